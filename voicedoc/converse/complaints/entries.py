"""Questions, tree nodes and sources, read from their tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import cast, get_args

from voicedoc.converse.complaints.pack import Expects, Group, Level, Node, Option, Question, Slot, Source
from voicedoc.converse.complaints.tables import LANGUAGES, Table
from voicedoc.converse.complaints.tree import check_tree
from voicedoc.converse.signs.sign import names
from voicedoc.phrases.bank import PhraseBank
from voicedoc.phrases.slots import slots_of

TOLD_BY_AGE = frozenset({"child", "infant-under-3-months"})
"""Signs that follow from the patient's age, which every interview asks."""

_QUESTION = ("id", "slot", "expects", "text", "phrase", "label", "must", "sign", "unit", "options")
_CONDITIONS = ("only_if", "unless", "only_for")
_TAKEN = ("use", "must", *_CONDITIONS)
_CONDITION, _DECISION = ("role", "signs", "relation"), ("role", "level", "reason", "advice")


def read_questions(file: Table, prefix: str, shared: Mapping[str, Question]) -> tuple[Question, ...]:
    """The questions of a file in their order; `use` takes those of `shared`.

    Raises:
        ConfigError: If one is wrong, or is there twice.
    """
    questions: dict[str, Question] = {}
    for table in file.tables("questions"):
        for question in _taken(table, shared) if "use" in table.entries else (_question(table, file, prefix),):
            if question.id in questions:
                raise file.wrong(f"question '{question.id}' is there twice", "remove one, or give it another id")
            questions[question.id] = question
    return tuple(questions.values())


def _taken(table: Table, shared: Mapping[str, Question]) -> Iterator[Question]:
    """Shared questions; what else the table says ("must", "only_if", …) holds for each of them."""
    table.check_keys(_TAKEN)
    ids = (table.text("use"),) if isinstance(table.entries["use"], str) else table.words("use")
    for id in ids:  # noqa: A001  # what it is called everywhere else
        table.check(id, shared, "shared question")
        question = shared[id]
        yield replace(
            question,
            must=table.flag("must", default=question.must),
            only_if=_signs(table, "only_if") or question.only_if,
            unless=_signs(table, "unless") or question.unless,
            only_for=_groups(table) or question.only_for,
        )


def _question(table: Table, file: Table, prefix: str) -> Question:
    id = table.text("id")  # noqa: A001
    table = Table(f"{file.where}, question '{id}'", table.entries)
    table.check_keys((*_QUESTION, *_CONDITIONS))
    if not id.startswith(f"{prefix}."):
        raise table.wrong("the id begins otherwise than its file is called", f"call it '{prefix}.{id.split('.')[-1]}'")
    question = Question(
        id=id,
        slot=Slot(table.one_of("slot", [slot.value for slot in Slot])),
        expects=cast(Expects, table.one_of("expects", get_args(Expects))),
        text=_wording(table),
        label=table.in_every_language("label"),
        must=table.flag("must", default=False),
        sign=_sign(table, table.text("sign", default="")),
        unit=table.text("unit", default=""),
        options=tuple(_option(option, table) for option in table.tables("options")),
        only_if=_signs(table, "only_if"),
        unless=_signs(table, "unless"),
        only_for=_groups(table),
    )
    _check_answer(table, question)
    return question


def _wording(table: Table) -> Mapping[str, str]:
    """The texts, or those of a phrase; languages that the phrase has not may be added to it."""
    if "phrase" not in table.entries:
        return table.in_every_language("text")
    phrase = _phrase(table, "phrase")
    added = table.table("text")
    if twice := [language for language in added.entries if language in phrase]:
        raise added.wrong(f"'{twice[0]}' is there, and in the phrase too", "remove it here, or the phrase")
    return Table(table.where, {"text": {**phrase, **added.entries}}).in_every_language("text")


def _phrase(table: Table, key: str) -> Mapping[str, str]:
    """The wordings of the phrase whose id is under `key`."""
    id = table.text(key)  # noqa: A001
    table.check(id, _phrases(), "phrase of the bank")
    wordings = {language: text for language, text in _phrases()[id].items() if language in LANGUAGES}
    if any(slots_of(text) for text in wordings.values()):
        raise table.wrong(f"phrase '{id}' has a place for a drug or an amount", "take another phrase, or write a text")
    return wordings


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    return {phrase.id: phrase.text for phrase in PhraseBank.load().phrases}


def _sign(table: Table, name: str) -> str:
    if name:
        table.check(name, names(), "sign")
    return name


def _signs(table: Table, key: str) -> tuple[str, ...]:
    return tuple(_sign(table, name) for name in table.words(key))


def _groups(table: Table) -> tuple[Group, ...]:
    for name in table.words("only_for"):
        table.check(name, get_args(Group), "group of people")
    return cast(tuple[Group, ...], table.words("only_for"))


def _option(table: Table, question: Table) -> Option:
    table = Table(f"{question.where}, option '{table.text('id')}'", table.entries)
    table.check_keys(("id", "said"))
    return Option(table.text("id"), table.said_in_every_language("said"))


def _check_answer(table: Table, question: Question) -> None:
    if (question.expects == "choice") != bool(question.options):
        raise table.wrong(
            f'expects "{question.expects}" with {len(question.options)} options',
            "a choice has options, and nothing else has",
        )
    ids = [option.id for option in question.options]
    if len(set(ids)) < len(ids):
        raise table.wrong("two options have one id", "give each its own")
    if question.unit and question.expects != "number":
        raise table.wrong(
            f'expects "{question.expects}", but has a unit', 'remove the unit, or write expects = "number"'
        )


def read_tree(file: Table, questions: Sequence[Question]) -> tuple[Node, ...]:
    """The tree of a file, whose conditions are about signs that `questions` ask for.

    Raises:
        ConfigError: If a node is wrong, the nodes are no whole tree in preorder, or a sign is not asked for.
    """
    nodes, asked = [], {question.sign for question in questions} | TOLD_BY_AGE
    for table in file.tables("tree"):
        node = _condition(table) if table.one_of("role", ("C", "D")) == "C" else _decision(table)
        if silent := [sign for sign in node.signs if sign not in asked]:
            raise table.wrong(f"no question asks for '{silent[0]}'", f'add a question with sign = "{silent[0]}"')
        nodes.append(node)
    check_tree(nodes, file.where)
    return tuple(nodes)


def _condition(table: Table) -> Node:
    table.check_keys(_CONDITION)
    signs = _signs(table, "signs")
    relation = table.one_of("relation", ("and", "or", "null"), default="null")
    if not signs or len(set(signs)) < len(signs):
        raise table.wrong("a condition is about one sign or more, each once", 'write signs = ["…"]')
    if (relation == "null") != (len(signs) == 1):
        raise table.wrong(
            f'{len(signs)} signs with relation = "{relation}"',
            'write "and" or "or" between signs, and no relation for a single one',
        )
    return Node("C", signs, relation)  # type: ignore[arg-type]  # one of the three, as checked


def _decision(table: Table) -> Node:
    table.check_keys(_DECISION)
    level = cast(Level, table.one_of("level", get_args(Level)))
    if missing := [language for language in LANGUAGES if language not in _phrase(table, "advice")]:
        raise table.wrong(f"the phrase has no {', '.join(missing)}", "add them to the phrase, or take another")
    return Node("D", level=level, reason=table.in_every_language("reason"), advice=table.text("advice"))


def read_source(table: Table) -> Source:
    """A source; its year may be missing.

    Raises:
        ConfigError: If it is incomplete.
    """
    table.check_keys(("publisher", "title", "year", "url"))
    year = table.number("year", least=1900) if "year" in table.entries else None
    url = table.text("url")
    if not url.startswith("https://"):
        raise table.wrong(f"the url is '{url}'", "write one that begins with https://")
    return Source(table.text("publisher"), table.text("title"), year, url)
