"""What a task runs on, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicedoc.errors import ConfigError
from voicedoc.evaluate.tasks import Task


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to measure. `reference` should come out, in `language`; `source` goes in, where it is text.

    `slice` is what figures are given for, `group` what the bootstrap draws as one.
    """

    id: str
    slice: str
    group: str
    language: str
    reference: str
    source: str = ""
    source_language: str = ""
    audio: Path | None = None


def items_of(task: Task, root: Path | None, limit: int | None = None) -> list[Item]:
    """The items of a task in order, at most `limit` for each slice. `root` is the development set's folder.

    Raises:
        ConfigError: If the task needs the development set and `root` is None.
        CorpusError: If a file is missing or broken.
    """
    readers = {"utterances": _utterances, "translations": _translations, "sentences": _sentences}
    n_taken: dict[str, int] = {}
    taken: list[Item] = []
    for item in readers[task.data.part](task, root):
        n_taken[item.slice] = n_taken.get(item.slice, 0) + 1
        if limit is None or n_taken[item.slice] <= limit:
            taken.append(item)
    return taken


def _needed(task: Task, root: Path | None) -> Path:
    if root is None:
        raise ConfigError(
            f"task '{task.name}' runs on the development set", remedy="give its folder: --data DIR, or VOICEDOC_DEVSET"
        )
    return root


def _utterances(task: Task, root: Path | None) -> Iterator[Item]:
    from voicedoc_corpora import devset

    for language in task.data.languages:
        for recording in devset.utterances(_needed(task, root), language):
            yield Item(recording.id, language, recording.id, language, recording.reference, audio=recording.audio)


def _translations(task: Task, root: Path | None) -> Iterator[Item]:
    """Every file in every direction ("en-pt")."""
    from voicedoc_corpora import devset

    for direction in task.data.languages:
        source, target = direction.split("-")
        for name in task.data.files:
            path = _needed(task, root) / name
            for line in devset.parallel(path):
                before, after = line.in_language(source), line.in_language(target)
                if before and after:
                    part = f"{direction} {path.stem}"
                    yield Item(f"{direction}:{line.id}", part, line.id, target, after, before, source)


def _sentences(task: Task, _root: Path | None) -> Iterator[Item]:
    """The task's own sentences in each language."""
    from voicedoc_corpora import devset

    for language in task.data.languages:
        for name in task.data.files:
            for line in devset.parallel(task.folder / name):
                if text := line.in_language(language):
                    yield Item(f"{language}:{line.id}", language, line.id, language, text)
