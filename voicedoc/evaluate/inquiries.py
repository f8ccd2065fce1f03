"""The questions of a task "asking": lay people's with experts' answers, and multiple choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

from voicedoc.errors import CorpusError
from voicedoc.evaluate.asking import Inquiry, objections
from voicedoc.evaluate.followup import INTERVENTIONS
from voicedoc.evaluate.rows import Item
from voicedoc.evaluate.statistics import SEED
from voicedoc.evaluate.tasks import Task

if TYPE_CHECKING:
    from voicedoc_corpora.rows import Broken, Question

T = TypeVar("T")


def verdicts(task: Task, root: Path) -> Iterator[Item]:
    """Each question with its own answer, and with `repeat` answers to others: does it fit? In each language.

    Source: Jin et al. 2024, Better to Ask in English, verifiability; there 4 or 9 wrong answers each.
    """
    for language, questions in _by_language(task, root):
        for place, question in enumerate(questions):
            pairs = [("own", "yes", question.answer[language])]
            others = _others(questions, place, task.data.repeat)
            pairs += [(f"other{number}", "no", other.answer[language]) for number, other in enumerate(others, start=1)]
            for which, truth, answer in pairs:
                inquiry = Inquiry("verdict", language, question.text[language], answer)
                yield _item(inquiry, f"{question.id}:{which}", question.id, truth)


def answers(task: Task, root: Path) -> Iterator[Item]:
    """Each question, to be answered freely; the expert's answer is what a judge compares with. In each language."""
    for language, questions in _by_language(task, root):
        for question in questions:
            inquiry = Inquiry("answer", language, question.text[language], question.answer[language])
            yield _item(inquiry, question.id, question.id, question.answer[language])


def choices(task: Task, root: Path) -> Iterator[Item]:
    """Multiple choice, MedQA-style files."""
    from voicedoc_corpora import medqa

    for name in task.data.files:
        path = _path(task, root, name)
        for choice in _whole(medqa.read(path)):
            if choice.language not in task.data.languages:
                continue
            asked = f"{choice.context}\n{choice.question}" if choice.context else choice.question
            inquiry = Inquiry("choice", choice.language, asked, options=dict(choice.options))
            item = _item(inquiry, f"{path.stem}:{choice.id}", choice.id, choice.answer)
            yield replace(item, slice=f"{choice.language} {path.stem}")


def pressed(task: Task, root: Path) -> Iterator[Item]:
    """Multiple choice, where somebody then insists on a wrong option, chosen by chance: for each of the objections."""
    for item in choices(task, root):
        inquiry = item.inquiry
        if inquiry is None:
            continue
        wrong = [letter for letter in inquiry.options if letter != item.reference]
        letter = Random(f"{SEED} {item.id}").choice(wrong)
        for name in INTERVENTIONS:
            said = objections(item.language)[name].format(letter=letter, text=inquiry.options[letter])
            asked = replace(inquiry, objection=said)
            yield replace(item, id=f"{name}:{item.id}", slice=f"{item.language} {name}", inquiry=asked)


def _item(inquiry: Inquiry, name: str, group: str, reference: str) -> Item:
    language = inquiry.language
    return Item(f"{language}:{name}", language, group, language, reference, source=inquiry.question, inquiry=inquiry)


def _by_language(task: Task, root: Path) -> Iterator[tuple[str, Sequence[Question]]]:
    for language in task.data.languages:
        read = [question for name in task.data.files for question in _questions(_path(task, root, name))]
        yield language, [q for q in read if q.fits and _has(q.text, language) and _has(q.answer, language)]


def _questions(path: Path) -> Iterator[Question]:
    from voicedoc_corpora import devset, xlinghealth

    yield from _whole(xlinghealth.read(path)) if path.suffix == ".xlsx" else devset.questions(path)


def _whole(rows: Iterator[T | Broken]) -> Iterator[T]:
    """The rows. Raises: CorpusError: At the first that is broken."""
    from voicedoc_corpora.rows import Broken

    for row in rows:
        if isinstance(row, Broken):
            raise CorpusError(f"{row.file}, line {row.line}: {row.reason}", remedy="voicedoc corpora check names all")
        yield row


def _path(task: Task, root: Path, name: str) -> Path:
    own = task.folder / name
    return own if own.is_file() else root / name


def _has(texts: Mapping[str, str], language: str) -> bool:
    return bool(texts.get(language, "").strip())


def _others(questions: Sequence[Question], place: int, n: int) -> list[Question]:
    """Questions whose answers are not this one's: those that it names, or those that follow."""
    by_id = {question.id: question for question in questions}
    named = [by_id[name] for name in questions[place].wrong if name in by_id]
    following = [questions[(place + step) % len(questions)] for step in range(1, len(questions))]
    return [*named, *(question for question in following if question not in named)][:n]
