"""Which questions must be answered before a translation is spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicedoc.core.events import Guarded, Held, TurnAttributed
from voicedoc.core.speech import Critical, Role, Visit
from voicedoc.errors import ConfigError
from voicedoc.guard.doubt import DOUBT_BELOW, Doubt, find_doubts
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import CATEGORIES, supported
from voicedoc.guard.questions import excerpts, outermost, stated, with_items, wording
from voicedoc.registry import did_you_mean

READ_BACK, DOUBT, HOLD, TEACH_BACK = "read-back", "doubt", "hold", "teach-back"

_READ_ALONG = frozenset({"number", "dose", "frequency", "timing", "duration", "date", "time", "drug", "allergy"}) | {
    "laterality",
    "pregnancy",
}
"""Kinds that are read back along with what the profile asks for: a dose with how often it is taken."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, and how long an answer may take.

    What passed the guard is read back where it has something of the categories `read_back` ("dose", "drug",
    "allergy", …). With `ask_doubts` a critical item with a word less sure than `doubt_below` is asked back. A spoken
    answer counts if it begins within `answer_within` seconds of audio. With `say_by_voice` a spoken yes of the doctor
    lets a held translation go; without it a key does.

    Raises:
        ConfigError: If a category is unknown or a number is out of range.
    """

    read_back: tuple[str, ...] = ()
    ask_doubts: bool = True
    doubt_below: float = DOUBT_BELOW
    answer_within: float = 20.0
    say_by_voice: bool = False

    def __post_init__(self) -> None:
        for category in self.read_back:
            if category not in CATEGORIES:
                raise ConfigError(
                    f"read_back has an unknown category '{category}'", remedy=did_you_mean(category, list(CATEGORIES))
                )
        if not 0.0 <= self.doubt_below <= 1.0:
            raise ConfigError(f"doubt_below = {self.doubt_below} is no probability", remedy="choose 0.0 to 1.0")
        if self.answer_within <= 0.0:
            raise ConfigError(f"answer_within = {self.answer_within} is too short", remedy="choose some 20 seconds")


@dataclass(frozen=True, slots=True)
class Question:
    """A question to `listener`. `about` are the items of the sentence, for which the answer may give other values.

    A "hold" is only shown; the others are spoken.
    """

    kind: str
    listener: Role
    language: str
    text: str
    items: tuple[str, ...]
    about: tuple[Critical, ...] = ()

    @property
    def spoken(self) -> bool:
        """Whether it is asked by voice, and may be answered so by whoever is asked."""
        return self.kind != HOLD


def questions_before(
    turn: TurnAttributed, outcome: Guarded | Held, visit: Visit, asking: Asking
) -> tuple[Question, ...]:
    """What must be answered, in this order, before a translation may be spoken: is it what was said, and may it go."""
    content = _about_content(turn, outcome, asking)
    held = _about_held(outcome, visit) if isinstance(outcome, Held) else None
    return tuple(question for question in (content, held) if question)


def say_again(turn: TurnAttributed, outcome: Guarded | Held) -> Question | None:
    """Asks the one who spoke to say it again; None where there are no words for it in their language."""
    language = turn.hypothesis.language
    words = wording(language)
    return Question("again", _speaker(outcome), language, words.say_again, ()) if words else None


def _speaker(outcome: Guarded | Held) -> Role:
    """Who said what was translated: of doctor and patient the one who need not hear it."""
    return Role.PATIENT if outcome.listener is Role.DOCTOR else Role.DOCTOR


def _about_content(turn: TurnAttributed, outcome: Guarded | Held, asking: Asking) -> Question | None:
    """One question about what is doubtful and what is to be read back."""
    text, language = turn.hypothesis.text, turn.hypothesis.language
    words = wording(language)
    if words is None or not supported(language):
        return None
    doubtful = [doubt.item for doubt in _doubts(turn, asking)]
    passed = () if isinstance(outcome, Held) else _to_read_back(stated(text, language), asking.read_back)
    items = outermost([*doubtful, *passed])
    if not items:
        return None
    kind, question = (DOUBT, words.doubt) if doubtful else (READ_BACK, words.read_back)
    asked = with_items(question, words.comma, excerpts(text, language, items))
    named = tuple(item.text for item in items)
    return Question(kind, _speaker(outcome), language, asked, named, extract(text, language))


def _doubts(turn: TurnAttributed, asking: Asking) -> Sequence[Doubt]:
    return find_doubts(turn.hypothesis, below=asking.doubt_below) if asking.ask_doubts else ()


def _to_read_back(items: Sequence[Critical], categories: Sequence[str]) -> Sequence[Critical]:
    if not any(item.kind in categories for item in items):
        return ()
    return [item for item in items if item.kind in _READ_ALONG or item.kind in categories]


def _about_held(held: Held, visit: Visit) -> Question:
    """For the clinician's screen; in English where there are no words in their language."""
    language = visit.doctor if wording(visit.doctor) else "en"
    words = wording(language)
    return Question(HOLD, Role.DOCTOR, language, words.hold if words else "", held.differences)
