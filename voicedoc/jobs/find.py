"""Which recordings are meant: files, folders with everything below them, and patterns that the shell left alone."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from voicedoc.capture.header import FORMATS
from voicedoc.store.results import holds_results

SUFFIXES = frozenset({
    ".wav", ".wave", ".mp3", ".mp2", ".mpga", ".m4a", ".m4b", ".flac", ".ogg", ".oga", ".opus", ".spx", ".webm",
    ".mp4", ".m4v", ".aac", ".ac3", ".amr", ".awb", ".wma", ".asf", ".aif", ".aiff", ".aifc", ".caf", ".w64", ".rf64",
    ".weba", ".3gp", ".3g2", ".3ga", ".mkv", ".mka", ".mov", ".avi",
})  # fmt: skip
"""Of the files in a folder that are taken for recordings. A file that is named is tried whatever it is called."""


class Recording(NamedTuple):
    """A recording that was found. `below` is its folder, relative to the folder that was named; "." for a named file.

    `alone`: this one file, and nothing else, was named.
    """

    path: Path
    below: Path = Path()
    alone: bool = False


class Problem(NamedTuple):
    """Something that was named and is not done, and why. `remedy` is empty where nothing is wrong with that."""

    path: Path
    message: str
    remedy: str


@dataclass
class Found:
    """What was found, in the order in which it was named and then by name; each once. The others likewise.

    `problems` cannot be used. `skipped` need not be done: other names of recordings, and results of VoiceDoc.
    """

    recordings: list[Recording] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)


def find_recordings(paths: Iterable[str | Path]) -> Found:
    """Every recording that `paths` mean. Hidden files and the results of VoiceDoc are left out of folders."""
    named = [os.fspath(path) for path in paths]
    search = _Search()
    for text in named:
        search.look(text)
    found = search.found
    if not found.recordings and not found.problems:
        told = [f"{path}: {message}" for path, message, _ in found.skipped]
        message = "; ".join(["no recording was named", *told])
        found.problems.append(Problem(Path(named[0]) if named else Path(), message, FORMATS))
        found.skipped = []
    if len(named) == 1 and found.recordings and found.recordings[0].path == Path(named[0]):
        found.recordings = [found.recordings[0]._replace(alone=True)]
    return found


class _Search:
    """Gathers recordings, each once however often and by whatever links it is reached."""

    def __init__(self) -> None:
        self.found = Found()
        self._files: dict[str, Path] = {}
        self._told: set[Path] = set()

    def look(self, text: str) -> None:
        """Take in one argument."""
        path = Path(text)
        if os.path.lexists(path):
            self._take(path)
        elif glob.has_magic(text):
            self._expand(text)
        else:
            self._problem(path, f"there is no file or folder {path}", "check the name and the folder")

    def _expand(self, pattern: str) -> None:
        matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - absolute, too
        if Path(pattern).name == "**":  # matches the folders, too, whose files it matches one by one
            matches = [path for path in matches if not path.is_dir()]
        if not matches:
            self._problem(Path(pattern), f"nothing matches {pattern}", "check the pattern and the folder")
        for path in matches:
            if not any(holds_results(folder) for folder in path.parents if folder.name):
                self._take(path)

    def _take(self, path: Path) -> None:
        if path.is_dir():
            self._take_folder(path)
        elif not self._is_dangling(path):
            self._add(path, Path())

    def _is_dangling(self, path: Path) -> bool:
        """Whether a path is a link that leads nowhere; if so, tell."""
        dangling = path.is_symlink() and not os.path.exists(path)  # noqa: PTH110 - False where Path.exists raises
        if dangling:
            self._problem(path, f"{path} is a link to nothing", "mend or remove the link")
        return dangling

    def _take_folder(self, folder: Path) -> None:
        if holds_results(folder):  # "rec/*" names them the second time, when the results are in there, too
            self._skip(folder, "results of VoiceDoc, no recording")
            return
        n_told = len(self._told)
        paths = list(self._below(folder, set()))
        for path in paths:
            self._add(path, path.parent.relative_to(folder))
        if not paths and len(self._told) == n_told:
            self._problem(folder, f"there is no recording in the folder {folder}", FORMATS)

    def _below(self, folder: Path, entered: set[str]) -> Iterator[Path]:
        """The recordings in a folder and below it, by name. Links may lead back: no folder is entered twice."""
        if (real := os.path.realpath(folder)) in entered:
            return
        entered.add(real)
        for entry in self._entries(folder):
            path = folder / entry.name
            if os.path.isdir(path):  # noqa: PTH112 - False where Path.is_dir raises
                if not holds_results(path):
                    yield from self._below(path, entered)
            elif path.suffix.lower() in SUFFIXES and not self._is_dangling(path):
                yield path

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                shown = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            remedy = f"chmod u+rx {folder}, or ask its owner"
            self._problem(folder, f"cannot read the folder {folder}: {error.strerror}", remedy)
            return []
        return sorted(shown, key=lambda entry: entry.name)

    def _add(self, path: Path, below: Path) -> None:
        real = os.path.realpath(path)
        first = self._files.setdefault(real, path)
        if first is path:
            self.found.recordings.append(Recording(path, below))
        elif os.path.normpath(first) != os.path.normpath(path):
            self._skip(path, f"the same file as {first}")

    def _skip(self, path: Path, message: str) -> None:
        if path not in self._told:
            self._told.add(path)
            self.found.skipped.append(Problem(path, message, ""))

    def _problem(self, path: Path, message: str, remedy: str) -> None:
        if path not in self._told:
            self._told.add(path)
            self.found.problems.append(Problem(path, message, remedy))
