"""The questions of a speech loop, and the utterances of which delays are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicedoc.errors import CorpusError
from voicedoc.evaluate.exchanges import Exchange
from voicedoc.evaluate.rows import Item
from voicedoc.evaluate.tasks import Task


def exchanges(task: Task) -> Iterator[Item]:
    """The task's own questions, in each of its languages. A voice asks, where a file names no recording.

    A line has `id`, `question` and `answer` by language and, where there is one, `audio` by language, beside the file.

    Raises:
        CorpusError: If a file is missing, or a line of it is broken or lacks the language.
    """
    for language in task.data.languages:
        for name in task.data.files:
            path = task.folder / name
            for number, line in enumerate(_lines(path), start=1):
                yield _exchange(line, language, path, number)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise CorpusError(f"{path} is missing", remedy="name a file beside the task")
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            yield json.loads(text)
        except ValueError as error:
            raise CorpusError(f"{path}, line {number} is not JSON", remedy="mend that line") from error


def _exchange(line: dict[str, Any], language: str, path: Path, number: int) -> Item:
    try:
        exchange = Exchange(dict(line["question"]), dict(line["answer"]))
        question, answer = exchange.question[language], exchange.answer[language]
        audio = line.get("audio", {}).get(language)
        name = f"{language}:{line['id']}"
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorpusError(
            f"{path}, line {number} has no question and answer in '{language}' ({error!r})",
            remedy="give id, question and answer, each by language",
        ) from error
    return Item(
        id=name,
        slice=language,
        group=line["id"],
        language=language,
        reference=answer,
        source=question,
        source_language=language,
        audio=path.parent / audio if audio else None,
        exchange=exchange,
    )


def spoken(task: Task, root: Path) -> Iterator[Item]:
    """The development set's utterances, in each direction ("pt-en"): what is spoken first, then what it becomes.

    Nobody has translated them: there is no reference.
    """
    from voicedoc_corpora import devset

    for direction in task.data.languages:
        source, target = direction.split("-")
        for found in devset.utterances(root, source):
            yield Item(
                id=f"{direction}:{found.id}",
                slice=direction,
                group=found.reader,
                language=target,
                reference="",
                source=found.reference,
                source_language=source,
                audio=found.audio,
            )


def journals(task: Task) -> Iterator[Item]:
    """Sessions that have been, by the journals that the task names; each is a slice. Nothing runs for them.

    Raises:
        CorpusError: If there is no such file.
    """
    for name in task.data.files:
        path = task.folder / name
        if not path.is_file():
            raise CorpusError(f"{path} is missing", remedy="name journals beside the task, or by their whole paths")
        yield Item(name, name, name, "", "", journal=path)
