"""What a task runs on, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicedoc.errors import ConfigError
from voicedoc.evaluate import agreeing, drawing_items, inquiries, loop_items, recordings, retrieval
from voicedoc.evaluate.consult_cases import read_cases
from voicedoc.evaluate.rows import Item
from voicedoc.evaluate.tasks import Task


def items_of(task: Task, root: Path | None, limit: int | None = None) -> list[Item]:
    """The items of a task in order, at most `limit` for each slice. `root` is the development set's folder.

    Raises:
        ConfigError: If the task needs the development set and `root` is None.
        CorpusError: If a file is missing or broken.
    """
    return list(Items(task, root, limit))


@dataclass(frozen=True, slots=True)
class Items:
    """The items that `items_of` gives, read anew each time that they are gone through."""

    task: Task
    root: Path | None
    limit: int | None = None

    def __iter__(self) -> Iterator[Item]:
        n_taken: Counter[str] = Counter()
        for item in _all_items(self.task, self.root):
            n_taken[item.slice] += 1
            if self.limit is None or n_taken[item.slice] <= self.limit:
                yield item


def _all_items(task: Task, root: Path | None) -> Iterator[Item]:
    free = {"sentences": _sentences, "nonspeech": recordings.nonspeech, "patients": _patients}
    free |= {
        "exchanges": loop_items.exchanges,
        "wanted": retrieval.wanted,
        "questions": agreeing.questions,
        "journals": loop_items.journals,
    }
    if task.data.part in free:
        return free[task.data.part](task)
    if task.data.part == "texts":
        return drawing_items.texts(task, root)
    readers = {
        "utterances": _utterances,
        "translations": _translations,
        "consultation": recordings.consultation,
        "conversations": recordings.conversations,
        "meetings": recordings.meetings,
        "singles": recordings.singles,
        "verdicts": inquiries.verdicts,
        "answers": inquiries.answers,
        "choices": inquiries.choices,
        "pressed": inquiries.pressed,
        "spoken": loop_items.spoken,
    }
    if root is None:
        raise ConfigError(
            f"task '{task.name}' runs on the development set", remedy="give its folder: --data DIR, or VOICEDOC_DEVSET"
        )
    return readers[task.data.part](task, root)


def _utterances(task: Task, root: Path) -> Iterator[Item]:
    from voicedoc_corpora import devset

    for language in task.data.languages:
        for recording in devset.utterances(root, language):
            yield Item(recording.id, language, recording.id, language, recording.reference, audio=recording.audio)


def _translations(task: Task, root: Path) -> Iterator[Item]:
    """Every file in every direction ("en-pt")."""
    from voicedoc_corpora import devset

    for direction in task.data.languages:
        source, target = direction.split("-")
        for name in task.data.files:
            own = task.folder / name
            path = own if own.is_file() else root / name
            for line in devset.parallel(path):
                before, after = line.in_language(source), line.in_language(target)
                if before and after:
                    part = f"{direction} {path.stem}"
                    yield Item(f"{direction}:{line.id}", part, line.id, target, after, before, source)


def _sentences(task: Task) -> Iterator[Item]:
    """The task's own sentences in each language."""
    from voicedoc_corpora import devset

    for language in task.data.languages:
        for name in task.data.files:
            for line in devset.parallel(task.folder / name):
                if text := line.in_language(language):
                    yield Item(f"{language}:{line.id}", language, line.id, language, text)


def _patients(task: Task) -> Iterator[Item]:
    """The simulated patients in each language."""
    for language in task.data.languages:
        for name in task.data.files:
            for case in read_cases(task.folder / name, language):
                yield Item(f"{language}:{case.id}", language, case.id, language, "", source=case.opening, case=case)
