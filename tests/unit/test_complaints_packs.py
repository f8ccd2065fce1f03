"""The packs that come with VoiceDoc: whole, reachable, cited, and the same in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from voicedoc.converse.complaints import load
from voicedoc.converse.complaints.entries import TOLD_BY_AGE
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Node, Pack, Question, Slot
from voicedoc.converse.complaints.tables import LANGUAGES
from voicedoc.converse.signs.sign import names
from voicedoc.guard import compare_texts
from voicedoc.phrases.bank import PhraseBank

pytestmark = pytest.mark.unit

PACKS = load_packs()
SHARED = load._questions_of(Path(load.__file__).with_name("packs") / "shared.toml")
BY_ID = {
    question.id: question
    for question in (*SHARED, *PACKS.common, *(q for pack in PACKS.packs.values() for q in pack.questions))
}
COMPLAINTS = {
    *("chest-pain", "headache", "abdominal-pain", "fever", "cough-breathlessness", "back-pain", "dizziness"),
    *("rash", "injury", "pregnancy", "child-with-fever", "mental-health-crisis"),
    *("diabetes-follow-up", "hypertension-follow-up"),
}

MISREAD = {
    ("common.sex", "label", "ru"): "«Пол» is the sex here; the guard reads a half",
}
"""Where the wording is right and the guard is wrong: (question, what, language), with the reason."""

packs = pytest.mark.parametrize("pack", PACKS.packs.values(), ids=lambda pack: pack.id)
questions = pytest.mark.parametrize("question", BY_ID.values(), ids=lambda question: question.id)


def held(what: tuple[str, str], texts: Mapping[str, str]) -> Iterator[str]:
    """What the guard holds between English and each other language, both ways."""
    for language in sorted(set(texts) - {"en"}):
        if (*what, language) in MISREAD:
            continue
        for source, target in (("en", language), (language, "en")):
            verdicts = compare_texts(texts[source], texts[target], source=source, target=target).held
            yield from (f"{source}-{target}: {verdict.message}" for verdict in verdicts)


def conditions_leading_to(level: str, tree: tuple[Node, ...]) -> Iterator[Node]:
    """The conditions whose branch for yes is a decision of this level."""
    for node, following in pairwise(tree):
        if node.role == "C" and following.role == "D" and following.level == level:
            yield node


def test_every_complaint_of_the_product_has_a_pack() -> None:
    assert set(PACKS.packs) >= COMPLAINTS


@questions
def test_each_wording_and_label_says_the_same_in_every_language(question: Question) -> None:
    assert [*held((question.id, "text"), question.text), *held((question.id, "label"), question.label)] == []


@packs
def test_each_title_and_reason_says_the_same_in_every_language(pack: Pack) -> None:
    texts = {"title": pack.title} | {f"reason {at}": node.reason for at, node in enumerate(pack.tree) if node.reason}
    assert [line for name, text in texts.items() for line in held((pack.id, name), text)] == []


def test_a_question_is_there_in_ten_languages_and_is_not_the_english_one() -> None:
    for question in BY_ID.values():
        assert set(question.text) == set(question.label) == set(LANGUAGES), question.id
        others = [question.text[language] for language in LANGUAGES if language != "en"]
        assert question.text["en"] not in others, question.id


def test_a_question_has_one_question_mark() -> None:
    texts = {(one.id, language): text for one in BY_ID.values() for language, text in one.text.items()}
    assert {where: text for where, text in texts.items() if sum(map(text.count, "?？؟")) != 1} == {}


def test_a_wording_of_the_phrase_bank_is_taken_as_it_is() -> None:
    bank = {phrase.text["en"]: phrase for phrase in PhraseBank.load().phrases}
    same = [question for question in BY_ID.values() if question.text["en"] in bank]
    assert len(same) >= 20
    for question in same:
        wordings = bank[question.text["en"]].text
        ours = {language: question.text[language] for language in LANGUAGES if language in wordings}
        assert ours == {language: wordings[language] for language in ours}, question.id


def test_options_of_a_choice_are_told_apart_by_their_words() -> None:
    for question in BY_ID.values():
        for language in LANGUAGES:
            said = [word.casefold() for option in question.options for word in option.said[language]]
            assert len(set(said)) == len(said), (question.id, language)


def test_one_question_of_a_sign_is_asked_in_a_pack_or_in_common() -> None:
    for pack in PACKS.packs.values():
        signs = [question.sign for question in (*PACKS.common, *pack.questions) if question.sign]
        assert sorted({sign for sign in signs if signs.count(sign) > 1}) == [], pack.id


@packs
def test_whatever_makes_it_dangerous_must_be_asked(pack: Pack) -> None:
    must = {question.sign for question in (*PACKS.common, *pack.questions) if question.must} | TOLD_BY_AGE
    for level in ("emergency", "urgent"):
        for node in conditions_leading_to(level, pack.tree):
            assert {sign for sign in node.signs if sign not in must and sign not in pack.signs} == set()


@packs
def test_every_must_question_can_come_up(pack: Pack) -> None:
    asked = (*PACKS.common, *pack.questions)
    can_be_known = {question.sign for question in asked} | set(pack.signs) | TOLD_BY_AGE
    for question in pack.questions:
        if question.must and question.only_if:
            assert can_be_known.intersection(question.only_if), question.id
        assert not set(question.only_if) & set(question.unless), question.id


@packs
def test_what_only_if_needs_is_asked_before(pack: Pack) -> None:
    known = {question.sign for question in PACKS.common} | set(pack.signs) | TOLD_BY_AGE
    for question in pack.questions:
        assert not question.only_if or known.intersection(question.only_if), question.id
        known.add(question.sign)


@packs
def test_every_decision_of_a_tree_can_be_reached(pack: Pack) -> None:
    assert sorted(set(range(len(pack.tree))) - set(_reached(pack.tree, 0, {}))) == []


def _reached(tree: tuple[Node, ...], at: int, known: Mapping[str, bool]) -> Iterator[int]:
    """The nodes that some patient comes to, trying every answer that the way there leaves open."""
    yield at
    node = tree[at]
    if node.role == "D":
        return
    branches = {True: at + 1, False: _end(tree, at + 1)}
    for yes, branch in branches.items():
        if (answers := _answers(node, yes, known)) is not None:
            yield from _reached(tree, branch, answers)


def _answers(node: Node, yes: bool, known: Mapping[str, bool]) -> dict[str, bool] | None:
    """Answers that settle `node` so, or None where what is known excludes it."""
    if (node.relation == "and") == yes:  # all of them must be so
        wanted = dict.fromkeys(node.signs, yes)
        return {**known, **wanted} if all(known.get(sign, yes) == yes for sign in node.signs) else None
    free = next((sign for sign in node.signs if known.get(sign, yes) == yes), None)
    return {**known, free: yes} if free and yes else (dict(known) if free else None)


def _end(tree: tuple[Node, ...], at: int) -> int:
    """The place after the branch that begins at `at`."""
    return at + 1 if tree[at].role == "D" else _end(tree, _end(tree, at + 1))


@packs
def test_the_most_dangerous_comes_first_and_the_mildest_last(pack: Pack) -> None:
    levels = [node.level for node in pack.tree if node.role == "D"]
    assert levels[0] == "emergency"
    assert "emergency" in levels and levels[-1] != "emergency"


@packs
def test_an_emergency_tells_to_call_or_to_go_at_once(pack: Pack) -> None:
    now = {"advice.call-now", "emergency.go-now"}
    for node in pack.tree:
        if node.role == "D":
            assert (node.level == "emergency") <= (node.advice in now)
            assert node.level == "emergency" or node.advice != "advice.call-now"


@packs
def test_a_pack_cites_public_sources_and_says_that_nobody_has_reviewed_it(pack: Pack) -> None:
    assert len(pack.sources) >= 2
    assert len({source.url for source in pack.sources}) == len(pack.sources)
    assert pack.reviewed == ""


@packs
def test_a_pack_is_not_longer_than_an_interview_can_be(pack: Pack) -> None:
    plain = [question for question in pack.questions if not question.only_if and not question.only_for]
    assert 10 <= len(plain) <= 25
    assert 6 <= sum(question.must for question in plain) <= 23


def test_the_history_of_everybody_has_what_a_history_needs() -> None:
    wanted = set(Slot) - {
        *(Slot.ONSET, Slot.SITE, Slot.CHARACTER, Slot.SEVERITY),
        *(Slot.COURSE, Slot.INFLUENCES, Slot.ASSOCIATED),
    }
    assert {question.slot for question in PACKS.common} == wanted


def test_shared_questions_are_worded_once_and_all_are_taken() -> None:
    taken = {question.id for pack in PACKS.packs.values() for question in pack.questions}
    assert {question.id for question in SHARED} - taken == set()
    assert {question.id for question in SHARED} & {question.id for question in PACKS.common} == set()


def test_every_sign_that_a_pack_names_is_known() -> None:
    named = {sign for question in BY_ID.values() for sign in (question.sign, *question.only_if, *question.unless)}
    named |= {sign for pack in PACKS.packs.values() for sign in pack.signs}
    assert named - {""} <= set(names())
