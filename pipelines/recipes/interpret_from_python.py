"""The main job from Python: interpret a recording, then read its journal.

Run:  python pipelines/recipes/interpret_from_python.py visit.mp3 en pt results
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from voicedoc.core.events import Finding, Translated, TurnAttributed
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Visit
from voicedoc.engine import open_engine
from voicedoc.errors import VoiceDocError
from voicedoc.profiles import load_profile
from voicedoc.session import Recording, interpret_file


def interpret(recording: Path, doctor: str, patient: str, out: Path, profile: str) -> None:
    """Interpret, then print who said what, what it became, and what was lost on the way."""
    with open_engine(load_profile(profile), Visit(doctor, patient)) as engine:
        outcome = interpret_file(engine, Recording(recording), out)
    for event in read_journal(outcome.folder / "journal.jsonl"):
        match event:
            case TurnAttributed():
                print(f"{event.span.start:7.1f} s  {event.role.value}: {event.hypothesis.text}")
            case Translated():
                print(f"{'':11}{event.translation.target}: {event.translation.text}")
            case Finding():
                print(f"{'':11}! {event.message}")


def main() -> None:
    """Read the command line. What goes wrong is said in one line, with what to do about it."""
    parser = argparse.ArgumentParser(description="Interpret a recording, then print what its journal says.")
    parser.add_argument("recording", type=Path, help="any audio file")
    parser.add_argument("doctor", help="the doctor's language, e.g. en")
    parser.add_argument("patient", help="the patient's language, e.g. pt")
    parser.add_argument("out", type=Path, help="the folder for the results")
    parser.add_argument("--profile", default="embedded", help="a profile's name or path (default: %(default)s)")
    try:
        interpret(**vars(parser.parse_args()))
    except VoiceDocError as error:
        sys.exit(f"{error}\nTry: {error.remedy}" if error.remedy else str(error))


if __name__ == "__main__":
    main()
