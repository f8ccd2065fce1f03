"""The guard's false alarms: sentences with human translations, from the development set, in each language.

TICO-19 and the medical phrases were looked at while the guard was made; nothing was tuned on the refugee phrasebook.
A translation that leaves something out, or adds something, counts as a false alarm here, though it is a true one.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicedoc_corpora.devset import parallel

from tests.bench.report import write_result
from tests.challenge.score import Rate
from voicedoc.guard import LANGUAGES, compare_texts

FILES = {
    "TICO-19": "tico19_dev",
    "medical phrases": "medical_phrases",
    "refugee phrasebook, not tuned on": "refugee_medical_glossary",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("VOICEDOC_DEVSET"), help="the development set")
    folder = Path(parser.parse_args().data) / "text"
    corpora = {name: dict(measured(folder / f"{file}.jsonl")) for name, file in FILES.items()}
    print(write_result("guard-human", {"corpora": corpora}))


def measured(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each language how many of its sentences are held against the English ones, and for what."""
    lines = list(parallel(path))
    for language in LANGUAGES:
        pairs = [
            (said, shown)
            for line in lines
            if (said := line.in_language("en")) and language != "en" and (shown := line.in_language(language))
        ]
        if pairs:
            held = [compare_texts(*pair, source="en", target=language).held for pair in pairs]
            rate = Rate(sum(map(bool, held)), len(pairs))
            low, high = rate.interval
            kinds = Counter(kind for verdicts in held for kind in {verdict.item.kind for verdict in verdicts})
            figure = {"value": rate.value, "low": low, "high": high, "hits": rate.hits, "n": rate.n}
            yield language, {**figure, "of": dict(sorted(kinds.items()))}


if __name__ == "__main__":
    main()
