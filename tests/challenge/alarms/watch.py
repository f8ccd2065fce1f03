"""The alarms that the product raises for a case: `python -m tests.challenge.alarms.watch` lists what is wrong.

It lists the half "dev" only. There is no option for the held half, on purpose.
"""

from __future__ import annotations

import argparse

from tests.challenge.alarms.cases import LEVELS, Case, cases
from tests.challenge.alarms.score import is_wrong, outcomes
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.alarms.watch import Raised, Watch
from voicedoc.core.speech import UtteranceId


def raised(case: Case) -> list[Raised]:
    """Everything that is raised, utterance by utterance."""
    watch = Watch(Alarms())
    heard = (watch.hear(UtteranceId(n), text, case.language) for n, text in enumerate(case.said, start=1))
    return [one for some in heard for one in some]


def watched(case: Case) -> str:
    """The highest level that is raised; "none" where nothing is, or only what can wait for days."""
    levels = {one.alarm.level for one in raised(case)}
    return next((level for level in LEVELS if level in levels), "none")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="", help="one language only")
    wanted = parser.parse_args().language
    for case, found in filter(is_wrong, outcomes((c for c in cases("dev") if wanted in (c.language, "")), watched)):
        print(f"{case.id}: {case.level}, found {found} ({case.kind}; {case.note})")
        print("   ", " // ".join(case.said))
        for one in raised(case):
            print(f"    raised {one.alarm.id} ({one.alarm.level}) by {', '.join(one.alarm.signs)}")


if __name__ == "__main__":
    main()
