"""Gathers the app's words for translation, and makes what Qt reads of it.

    python desktop/packaging/words.py            # new words into the .ts files, and .qm files out of them
    python desktop/packaging/words.py --release  # only the .qm files

The .ts files are Qt Linguist's: `pyside6-linguist desktop/voicedoc_desktop/words/voicedoc_pt.ts` edits one. English has
one for its plurals alone. A test fails on words that a language lacks, and on .qm files that are older than their .ts.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "voicedoc_desktop"
WORDS = PACKAGE / "words"
LANGUAGES = ("en", "pt", "es", "zh", "ar")


def main(arguments: list[str]) -> None:
    """Gather and release."""
    if "--release" not in arguments:
        gather()
    release()


def gather() -> None:
    """Every text of the sources into the .ts files; what is no more goes."""
    sources = sorted(f"../{path.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.rglob("*.py"))
    for language in LANGUAGES:
        plurals = ["-pluralonly"] if language == "en" else []
        _run("lupdate", *plurals, "-no-obsolete", "-locations", "none", *sources, "-ts", f"voicedoc_{language}.ts")


def release() -> None:
    """The .qm files; a text without a translation stays English."""
    for language in LANGUAGES:
        _run("lrelease", "-silent", f"voicedoc_{language}.ts", "-qm", f"voicedoc_{language}.qm")


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / f"pyside6-{tool}"), *arguments], cwd=WORDS, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
