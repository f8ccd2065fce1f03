"""A patient who knows atomic facts: tells each when it is asked for, nothing else, and invents nothing.

Source: the patient agents of DoctorAgent-RL (arXiv 2505.19630) and MedDialogRubrics, by rule instead of by a model: the
same questions get the same answers.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeAlias
from zlib import crc32

from voicedoc.converse.complaints.pack import Question, Slot
from voicedoc.core.languages import primary
from voicedoc.errors import UnsupportedLanguage
from voicedoc.evaluate.consult_cases import Case, Fact

Kind: TypeAlias = Literal["told", "denied", "unknown", "sorry", "invented"]
"""What an answer is: a fact, a no, "I don't know", nothing because the question is none, or made up on purpose."""

_LISTED = frozenset({Slot.HISTORY, Slot.DRUGS, Slot.ALLERGIES, Slot.FAMILY, Slot.SOCIAL, Slot.CONCERN})
"""Slots of which a patient knows whether there is anything."""

_LOOSE = "-loose"
_EVERY, _TELLING = 3, 4
"""Every third answer; words of a fact that is told unasked."""


class Reply(NamedTuple):
    """What a patient answers; `fact` is the key of the fact that it tells, "" for none."""

    text: str
    kind: Kind
    fact: str = ""


class Patient(Protocol):
    """Somebody who answers questions."""

    def answer(self, question: Question | None) -> Reply:
        """The answer to a question; None stands for one in free words that is no question of a pack."""
        ...


class ScriptedPatient:
    """A `Patient` of one case. Asked again, it says the same in other words where it has any: at last a plain yes.

    A `loose` one says yes and no as people do ("I'd say so", "not really"), and plainly when asked again.

    Raises:
        UnsupportedLanguage: If nobody has written what patients say in the language.
    """

    def __init__(self, case: Case, *, loose: bool = False) -> None:
        self._case, self._loose = case, loose
        self._says = wordings(case.language)
        if loose and not self._says["yes" + _LOOSE]:
            raise UnsupportedLanguage(f"simulated patients do not speak loosely in '{case.language}'")
        self._n_asked: Counter[str] = Counter()
        self._told: dict[str, str] = {}

    def answer(self, question: Question | None) -> Reply:
        """The fact that it asks for; else no, or that the patient cannot tell."""
        if question is None:
            return Reply(self._says["sorry"][0], "sorry")
        n_before = self._n_asked[question.id]
        self._n_asked[question.id] += 1
        kind, forms, fact = self._forms(question)
        return Reply(forms[min(n_before, len(forms) - 1)], kind, fact)

    def _forms(self, question: Question) -> tuple[Kind, tuple[str, ...], str]:
        """What kind of answer it is, the ways to say it, and the fact that it tells."""
        fact = self._case.fact(question)
        if fact is not None and self._has_told(fact, question):
            return "denied", self._plainly("no", question), ""
        if fact is not None and not fact.unknown:
            return "told", (*fact.said, *(self._plainly("yes", question) if fact.is_sign else ())), fact.key
        if fact is None and question.sign in self._case.signs and question.expects == "yes-no":
            return "told", self._plainly("yes", question), question.sign
        if question.slot is Slot.PERSON and question.expects in ("number", "choice"):
            return "told", self._who(question), Slot.PERSON.value
        lists = question.slot in _LISTED and not question.only_if
        denies = fact is None and (question.expects == "yes-no" or lists)
        return ("denied", self._plainly("no", question), "") if denies else ("unknown", self._says["unknown"], "")

    def _plainly(self, name: str, question: Question) -> tuple[str, ...]:
        """Yes or no; the ways to say it are drawn by the question, so that they are always the same."""
        if not self._loose:
            return self._says[name]
        ways = self._says[name + _LOOSE]
        return (ways[crc32(question.id.encode()) % len(ways)], *self._says[name])

    def _has_told(self, fact: Fact, question: Question) -> bool:
        """Whether another question has had this answer: "and what else?" has none then."""
        first = self._told.setdefault(fact.key, question.id)
        return question.slot in _LISTED and not fact.is_sign and first != question.id

    def _who(self, question: Question) -> tuple[str, ...]:
        """The age or the sex."""
        if question.expects == "choice":
            return self._says[self._case.sex]
        return age_said(self._case)


class InventingPatient:
    """A `Patient` that strays from the facts in every third answer, to see whether it is noticed.

    It says yes to what is not there, no to what is, adds what it was not asked, or makes something up. Such an answer
    is of the kind "invented".
    """

    def __init__(self, case: Case) -> None:
        self._case, self._honest = case, ScriptedPatient(case)
        self._says = wordings(case.language)
        self._n_answers = 0

    def answer(self, question: Question | None) -> Reply:
        """The honest answer, or one that is not."""
        honest = self._honest.answer(question)
        self._n_answers += 1
        if question is None or self._n_answers % _EVERY:
            return honest
        return Reply(self._invented(question, honest), "invented", honest.fact)

    def _invented(self, question: Question, honest: Reply) -> str:
        if honest.kind == "denied" and question.expects == "yes-no":
            return self._says["yes"][0]
        if honest.kind == "told" and question.expects == "yes-no" and self._n_answers % 2:
            return self._says["no"][0]
        other = self._unasked(honest) if honest.kind == "told" else ""
        return f"{honest.text} {other or self._says['made-up'][0]}"

    def _unasked(self, honest: Reply) -> str:
        """What another fact says; "" where none says enough to be told apart."""
        forms = (form for fact in self._case.facts if fact.key != honest.fact for form in fact.said)
        return next((form for form in forms if len(form.split()) >= _TELLING), "")


def age_said(case: Case) -> tuple[str, ...]:
    """How the patient says their age."""
    return tuple(form.format(n=case.age) for form in wordings(case.language)["age"])


@cache
def wordings(language: str) -> Mapping[str, tuple[str, ...]]:
    """What patients say in a language beside their facts: "yes", "no", "unknown", "sorry", "age", "female", "male".

    Raises:
        UnsupportedLanguage: If there is nothing for it.
    """
    table = tomllib.loads(Path(__file__).with_name("consult_patient.toml").read_text("utf-8"))
    found = {name: tuple(forms.get(primary(language), ())) for name, forms in table.items()}
    if not all(forms for name, forms in found.items() if not name.endswith(_LOOSE)):
        raise UnsupportedLanguage(f"simulated patients do not speak '{language}'")
    return found
