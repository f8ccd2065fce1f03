"""Patients as atomic facts: what each says first, what each would answer, and what a careful doctor would ask."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, get_args

from voicedoc.converse.complaints.pack import Level, Question, Slot
from voicedoc.converse.signs.sign import names
from voicedoc.core.languages import primary
from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean

Item: TypeAlias = tuple[str, ...]
"""What must be asked: a sign or a slot, or one of several."""

LEVELS: tuple[str, ...] = get_args(Level)
"""How soon somebody must be seen, the soonest first."""

NONE = "none"
"""The value of a fact that says that there are none: medicines, allergies."""

_SLOTS = tuple(slot.value for slot in Slot)
_MEASURED = frozenset({"number", "scale"})
_FREE = frozenset({"text", "choice"})
"""A question that follows up another one and wants words is about that one's answer, not about its slot."""

_EVERY_VISITS = "common."
"""What the ids of questions begin with that every interview asks."""

_ALLERGIC = "history-allergy"

_MEANS: Mapping[str, tuple[str, ...]] = {
    "bleeding-heavy": ("bleeding",),
    "breathless-severe": ("breathless",),
    "breathless-lying": ("breathless",),
    "chest-pressure": ("chest-pain",),
    "cough-blood": ("cough", "bleeding"),
    "cough-phlegm": ("cough",),
    "fever-high": ("fever",),
    "headache-thunderclap": ("headache",),
    "headache-worst-ever": ("headache",),
    "hives": ("rash",),
    "infant-under-3-months": ("child",),
    "pain-moved-right-lower": ("abdominal-pain",),
    "pain-right-lower": ("abdominal-pain",),
    "pain-upper": ("abdominal-pain",),
    "pregnancy-headache-vision": ("headache",),
    "rash-not-fading": ("rash",),
    "stool-black": ("bleeding",),
    "stool-blood": ("bleeding",),
    "suicide-plan": ("wants-to-die",),
    "urine-blood": ("bleeding",),
    "vaginal-bleeding": ("bleeding",),
    "vertigo": ("dizzy",),
    "vomiting-blood": ("vomiting", "bleeding"),
    "vomiting-everything": ("vomiting",),
}
"""Signs that cannot be there without others."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a patient knows, and tells when asked for `key`: a sign, a slot, or a question's id.

    `said` are ways to say it, "" for a plain yes. `value` is what a history should make of it, where that is not the
    words themselves. `expects` is "number" for what was measured. `unknown`: the patient cannot tell.
    """

    key: str
    said: tuple[str, ...] = ()
    value: str = ""
    expects: str = ""
    unknown: bool = False

    @property
    def is_sign(self) -> bool:
        """Whether it is something that is there or not."""
        return self.key in names()


@dataclass(frozen=True, slots=True)
class Case:
    """A patient, in one language, and what is true of the visit.

    `opening` is said first; it tells the signs `told`. `must` are the items that a careful doctor would ask. `level`,
    `conclusion` and `recommendation` are what the visit should come to.
    """

    id: str
    language: str
    complaint: str
    level: str
    conclusion: str
    recommendation: str
    age: int
    sex: str
    opening: str
    told: tuple[str, ...]
    facts: tuple[Fact, ...]
    must: tuple[Item, ...]

    @property
    def signs(self) -> frozenset[str]:
        """What is there, also where it only follows."""
        present = {*self.told, *(fact.key for fact in self.facts if fact.is_sign and not fact.unknown)}
        if any(fact.key == Slot.ALLERGIES.value and fact.value != NONE for fact in self.facts):
            present.add(_ALLERGIC)
        return frozenset(present | {follows for sign in present for follows in _MEANS.get(sign, ())})

    def fact(self, question: Question) -> Fact | None:
        """The fact that answers a question; None where it asks for something else."""
        return next((fact for fact in self.facts if _answers(fact, question)), None)


def _answers(fact: Fact, question: Question) -> bool:
    if fact.key in (question.id, question.sign):
        return True
    if fact.key != question.slot.value or not _is_for_slot(question):
        return False
    return (fact.expects == "number") == (question.expects == "number") or question.expects not in _MEASURED


def _is_for_slot(question: Question) -> bool:
    """Whether it asks for what there is in its slot, and not for one thing of it."""
    match question.slot:
        case Slot.DRUGS | Slot.ALLERGIES:
            return question.expects == question.slot.value
        case Slot.HISTORY | Slot.FAMILY | Slot.SOCIAL | Slot.CONCERN:
            return question.expects == "text" and not question.only_if and question.id.startswith(_EVERY_VISITS)
        case _:
            return question.expects != "yes-no" and not (question.only_if and question.expects in _FREE)


def asked_for(question: Question) -> tuple[str, ...]:
    """What a question asks for: its sign, and its slot unless it is answered by yes or no."""
    keys = (question.sign, "" if question.sign and question.expects == "yes-no" else question.slot.value)
    return tuple(filter(None, keys))


def read_cases(path: Path, language: str) -> tuple[Case, ...]:
    """The cases of a file that can be told in a language.

    Raises:
        ConfigError: If the file is wrong; names the case and what to write.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}", remedy="mend the file") from error
    must = tuple(_item(words, path.name) for words in table["must"])
    told = [row for row in table["case"] if primary(language) in row["opening"]]
    return tuple(_case(row, path.stem, language, must) for row in told)


def _item(words: str, where: str) -> Item:
    return tuple(_known(key, where) for key in words.split(" or "))


def _known(key: str, where: str) -> str:
    if key not in names() and key not in _SLOTS:
        raise ConfigError(f"{where}: '{key}' is no sign and no slot", remedy=did_you_mean(key, [*names(), *_SLOTS]))
    return key


def _case(row: Mapping[str, Any], complaint: str, language: str, must: tuple[Item, ...]) -> Case:
    where = f"{complaint}.toml, {row['id']}"
    if row["level"] not in LEVELS:
        raise ConfigError(f"{where}: level '{row['level']}'", remedy=did_you_mean(row["level"], list(LEVELS)))
    return Case(
        id=row["id"],
        language=language,
        complaint=complaint,
        level=row["level"],
        conclusion=row["conclusion"],
        recommendation=row["recommendation"],
        age=row["age"],
        sex=row["sex"],
        opening=row["opening"][primary(language)],
        told=tuple(_known(sign, where) for sign in row["told"]),
        facts=tuple(_fact(fact, primary(language), where) for fact in row["facts"]),
        must=must,
    )


def _fact(row: Mapping[str, Any], language: str, where: str) -> Fact:
    """A fact as written. One of a slot must be said in the language: no plain yes tells it."""
    key = row["question"] if "question" in row else _known(row.get("sign") or row["slot"], where)
    said = row.get(language, ())
    if not said and "sign" not in row:
        raise ConfigError(f"{where}: '{key}' is not said in '{language}'", remedy=f"write {language} = …")
    return Fact(
        key=key,
        said=(said,) if isinstance(said, str) else tuple(said),
        value=row.get("value", ""),
        expects=row.get("expects", ""),
        unknown=row.get("unknown", False),
    )
