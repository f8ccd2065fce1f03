"""One question in several languages, by two routes: asked as it is, or in English with both ways translated.

The answers are a dialogue model's, or those that `voicedoc ask` gives out of documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from voicedoc.converse.routes import PIVOT
from voicedoc.core.languages import primary, same_language
from voicedoc.errors import BackendFailed, CorpusError, ServerFailed, UnsupportedLanguage
from voicedoc.evaluate.asking import ANSWERERS, ONCE, Inquiry, Speaks
from voicedoc.evaluate.documents import Documents
from voicedoc.evaluate.loop import said_of
from voicedoc.evaluate.rounds import DOCUMENTS, Around, Near, Round, Told
from voicedoc.evaluate.rows import Item
from voicedoc.evaluate.tasks import Task
from voicedoc.guard import LANGUAGES, compare_texts

if TYPE_CHECKING:
    from voicedoc_corpora.files import Record
    from voicedoc_corpora.rows import Broken

MANY = "mul"
"""The language of a row that has several (ISO 639-2)."""


class Answers(Speaks, Protocol):
    """Dialogue models, translators and documents under test, of `Systems`."""

    @property
    def documents(self) -> Documents: ...


def questions(task: Task) -> Iterator[Item]:
    """The task's own questions by each route, in the languages of the task that each has.

    `reference` is the answer that fits.

    Raises:
        CorpusError: If a file is missing or a line broken.
    """
    from voicedoc_corpora.files import files, json_lines

    paths = [path for name in task.data.files for path in files(task.folder / name)]
    for route in task.data.routes:
        for path in paths:
            for line in json_lines(path):
                yield _item(_whole(line), task.data.languages, route)


def _whole(line: Record | Broken) -> Record:
    from voicedoc_corpora.rows import Broken

    if isinstance(line, Broken):
        raise CorpusError(f"{line.file}, line {line.line}: {line.reason}", remedy="mend that line")
    return line


def _item(line: Record, languages: Sequence[str], route: str) -> Item:
    from voicedoc_corpora.files import Malformed

    try:
        return _made(line, languages, route)
    except Malformed as error:
        raise CorpusError(f"{line.file}, line {line.line}: {error}", remedy="mend that line") from error


def _made(line: Record, languages: Sequence[str], route: str) -> Item:
    from voicedoc_corpora.files import Malformed

    asked, fits, name = line.texts("question"), line.text("fits"), line.text("id")
    if fits not in ("yes", "no"):
        raise Malformed("field 'fits' is neither yes nor no")
    own = {language: asked[language] for language in languages if language in asked}
    around = Around(route, own)
    return Item(f"{route}:{name}", route, name, MANY, fits, source=own.get(PIVOT, ""), around=around)


def go_round(answerer: str, around: Around, systems: Answers) -> Round:
    """Ask in every language, and see how near the answers are to each other.

    Raises:
        ServerFailed: If a server gave no answer in one of them: it may later, and what others replied is kept.
        UnsupportedLanguage: If there is no dialogue model.
    """
    way = _WAYS[around.route]
    told = tuple(way(answerer, question, language, systems) for language, question in around.questions.items())
    asked = Round(around.route, told)
    return replace(asked, near=_near(asked.answers(), systems))


def _near(answers: Mapping[str, str], systems: Answers) -> tuple[Near, ...]:
    vectors = systems.embed(list(answers.values())) if len(answers) > 1 else None
    if vectors is None:
        return ()
    placed = combinations(zip(answers, vectors, strict=True), 2)
    return tuple(Near(first, second, float(one @ other)) for (first, one), (second, other) in placed)


def _direct(answerer: str, question: str, language: str, systems: Answers) -> Told:
    try:
        return Told(language, _answer(answerer, question, language, systems))
    except UnsupportedLanguage as failure:
        if answerer != DOCUMENTS:  # without a model nothing can be asked in any language
            raise
        return Told(language, lacking=str(failure))
    except ServerFailed:
        raise
    except BackendFailed as failure:
        return Told(language, failed=str(failure))


def _pivot(answerer: str, question: str, language: str, systems: Answers) -> Told:
    """Through English; English itself is asked directly."""
    if same_language(language, PIVOT):
        return _direct(answerer, question, language, systems)
    asked = ""
    try:
        asked = _translated(question, language, PIVOT, systems)
        answered = _answer(answerer, asked, PIVOT, systems)
        text = _translated(answered, PIVOT, language, systems)
    except _NoWay as failure:
        return Told(language, asked=asked, lacking=str(failure))
    except ServerFailed:
        raise
    except BackendFailed as failure:
        return Told(language, asked=asked, failed=str(failure))
    doubts = (*_doubts(question, asked, language, PIVOT), *_doubts(answered, text, PIVOT, language))
    return Told(language, text, asked, answered, doubts)


class _NoWay(Exception):
    """There is no translator for a pair of languages; where there is no dialogue model, nothing can be asked at all."""


def _translated(text: str, source: str, target: str, systems: Answers) -> str:
    try:
        return systems.translate(text, source, target)
    except UnsupportedLanguage as failure:
        raise _NoWay(str(failure)) from failure


def _answer(answerer: str, question: str, language: str, systems: Answers) -> str:
    if answerer == DOCUMENTS:
        return said_of(systems.documents.ask(question, language))
    samples = ANSWERERS[answerer](Inquiry("closed", language, question), systems, ONCE)
    return samples[0].text if samples else ""


def _doubts(before: str, after: str, source: str, target: str) -> tuple[str, ...]:
    """What the guard holds of a translation; nothing for languages that it does not know."""
    if not {primary(source), primary(target)} <= set(LANGUAGES):
        return ()
    return tuple(verdict.message for verdict in compare_texts(before, after, source=source, target=target).held)


_WAYS = MappingProxyType({"direct": _direct, "pivot": _pivot})
