"""A complaint pack: questions, which of them must be asked, and the tree that leads from signs to how urgent it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias


class Slot(StrEnum):
    """What a history says about a complaint, and about the patient."""

    CHIEF_COMPLAINT = "chief complaint"
    ONSET = "onset"
    SITE = "site"
    CHARACTER = "character"
    SEVERITY = "severity"
    COURSE = "course"
    INFLUENCES = "influences"
    ASSOCIATED = "associated symptoms"
    HISTORY = "history"
    DRUGS = "drugs"
    ALLERGIES = "allergies"
    FAMILY = "family"
    SOCIAL = "social"
    PREGNANCY = "pregnancy"
    PERSON = "person"
    CONCERN = "concern"


Expects: TypeAlias = Literal["yes-no", "scale", "duration", "number", "place", "choice", "drugs", "allergies", "text"]
"""What kind of answer a question wants. "scale" is 0 to 10; "number" may have a unit, which is then `unit`."""

Group: TypeAlias = Literal["female", "male", "child", "adult", "childbearing", "over-50"]
"""Whom a question is for: a child is under 16; childbearing is female and 12 to 55; over 50 is 50 or older."""

Level: TypeAlias = Literal["emergency", "urgent", "soon", "routine"]
"""How soon somebody must be seen: call the emergency number now; within hours, today; within days; as planned."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public source of medical content: what a clinician would look up to check it."""

    publisher: str
    title: str
    year: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a "choice": `said` are words that mean it, by language subtag; the first is shown."""

    id: str
    said: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, in fixed wordings.

    `id` is stable: "headache.thunderclap"; in all packs it begins with the pack's id, shared ones with "common.".
    `text` is by language subtag, to the patient, one question only; `label` is what the history calls the answer
    ("Began suddenly"). `sign`: a yes means that this sign is present; it is not asked where the patient has told it.
    `must`: an interview is not complete without it. `only_if`/`unless` are signs: asked only if one of them is present
    / not if one of them is. `only_for`: whoever is in all of these groups, or may be; empty: everybody.
    """

    id: str
    slot: Slot
    expects: Expects
    text: Mapping[str, str]
    label: Mapping[str, str]
    must: bool = False
    sign: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    only_if: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only_for: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a decision tree in Text2MDT's form: a full binary tree, written in preorder.

    `role` "C" is a condition: `signs` joined by `relation`; its left branch is for yes, its right one for no. "D" is a
    decision: `level`, with `reason` by language subtag and `advice`, the id of a phrase of the bank to be said.
    """

    role: Literal["C", "D"]
    signs: tuple[str, ...] = ()
    relation: Literal["and", "or", "null"] = "null"
    level: Level = "routine"
    reason: Mapping[str, str] | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything about one complaint. `said` are words by which a patient names it, by language subtag.

    `signs`: it is the complaint where one of these is present, the likeliest first. `questions` stand in the order in
    which they are asked when nothing else decides. `tree`: every sign in it has a question in this pack.
    """

    id: str
    title: Mapping[str, str]
    said: Mapping[str, tuple[str, ...]]
    signs: tuple[str, ...]
    questions: tuple[Question, ...]
    tree: tuple[Node, ...]
    sources: tuple[Source, ...]
    version: int
    reviewed: str = ""
