"""The challenge set: sentences filled from the templates, in two languages each, and the same with one planted error.

Every pair follows from the half, the seed and its place alone. The error is made by filling the target's slot with
another value, or by taking another reading of the sentence, so that the target stays grammatical.

The half "dev" is for development. **The half "held" is not: nobody looks at its failures.** Its templates and its open
slots' values are others; who reads its texts to make the guard better has lost the only honest figure. Only scores of
it are printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.challenge.slots import ERRORS, HERE, LANGUAGES, rendering, values, wrong

HALVES = ("dev", "held")

OTHERS = tuple(language for language in LANGUAGES if language != "en")

ROUTES = (
    *(("en", other) for other in OTHERS),
    *((other, "en") for other in OTHERS),
    ("pt", "es"), ("es", "pt"), ("fr", "de"), ("de", "fr"), ("zh", "ru"), ("ru", "zh"), ("ar", "fr"), ("fr", "ar"),
)  # fmt: skip
"""Source and target languages."""

SEED = 4
N_CORRECT = 3
"""Correct pairs of each template and route in a round; an error is planted once."""

CORRECT = "correct"

_PIECE = re.compile(r"\{(?P<kind>[a-z]+)(?P<second>2?)(?:\.(?P<form>\w+))?\}|(?P<mark>[<>])|(?P<text>[^{}<>]+)")
_VOWELS = "aàâeéèêiîoôuyAEIOU"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A filled template in one language; the places of its slots, and those that its readings differ in."""

    text: str
    slots: dict[str, Place]
    marks: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """What was said and what stands there instead, as texts and places; no places where nothing is said of it."""

    source_places: tuple[Place, ...]
    target_places: tuple[Place, ...]
    source_text: str
    target_text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation. `kind` is "correct" or the planted error's category."""

    source_language: str
    target_language: str
    source: str
    target: str
    kind: str
    planted: Planted | None
    template: str
    half: str
    seed: int


@dataclass(frozen=True, slots=True)
class Template:
    """`says`: reading → language → alternatives; `errors`: (reading, what it becomes) → category."""

    id: str
    half: str
    says: dict[str, dict[str, tuple[str, ...]]]
    errors: dict[tuple[str, str], str]

    @property
    def slots(self) -> dict[str, str]:
        """The slots that all languages and readings need: name → kind."""
        texts = (text for reading in self.says.values() for texts in reading.values() for text in texts)
        found = (match for text in texts for match in _PIECE.finditer(text) if match["kind"])
        return {match["kind"] + match["second"]: match["kind"] for match in found}


@dataclass(frozen=True, slots=True)
class _Error:
    """An error at a slot, or (`slot` "") from a reading to another."""

    category: str
    slot: str = ""
    reading: str = ""
    becomes: str = ""


@cache
def templates(half: str) -> tuple[Template, ...]:
    tables = tomllib.loads((HERE / "templates" / f"{half}.toml").read_text("utf-8"))["template"]
    return tuple(_template(half, table) for table in tables)


def _template(half: str, table: dict[str, object]) -> Template:
    says, errors = table["says"], table.get("errors", {})
    assert isinstance(says, dict) and isinstance(errors, dict)
    return Template(
        id=str(table["id"]),
        half=half,
        says={
            reading: {language: tuple(texts) for language, texts in languages.items()}
            for reading, languages in says.items()
        },
        errors={(change.split(">")[0], change.split(">")[1]): category for change, category in errors.items()},
    )


def challenge(half: str, *, seed: int = SEED, rounds: int = 1) -> list[Pair]:
    """All pairs of a half, without repetitions, in a fixed order. A round has some thousands."""
    pairs: dict[tuple[str, str, str, str], Pair] = {}
    for at in range(rounds):
        for template in templates(half):
            for route in ROUTES:
                for pair in _pairs(template, route, seed, at):
                    pairs.setdefault((*route, pair.source, pair.target), pair)
    return list(pairs.values())


def _pairs(template: Template, route: tuple[str, str], seed: int, at: int) -> Iterator[Pair]:
    for copy in range(N_CORRECT):
        rng = Random(f"{seed}/{template.half}/{template.id}/{route}/{at}/{CORRECT}/{copy}")
        yield _pair(template, route, None, seed, rng)
    for error in _errors(template):
        rng = Random(f"{seed}/{template.half}/{template.id}/{route}/{at}/{error}")
        yield _pair(template, route, error, seed, rng)


def _errors(template: Template) -> Iterator[_Error]:
    for slot, kind in template.slots.items():
        for category in ERRORS[kind]:
            yield _Error(category, slot)
    for (reading, becomes), category in template.errors.items():
        yield _Error(category, reading=reading, becomes=becomes)


def _pair(template: Template, route: tuple[str, str], error: _Error | None, seed: int, rng: Random) -> Pair:
    reading = error.reading if error and error.reading else _a_reading(template, error, rng)
    filled = _drawn(template, rng)
    source = sentence(rng.choice(template.says[reading][route[0]]), filled, route[0], rng)
    if error is None:
        target = sentence(rng.choice(template.says[reading][route[1]]), filled, route[1], rng)
        return Pair(*route, source.text, target.text, CORRECT, None, template.id, template.half, seed)
    target = _wrong_target(template, route[1], reading, filled, error, rng)
    planted = _planted(source, target, error)
    return Pair(*route, source.text, target.text, error.category, planted, template.id, template.half, seed)


def _a_reading(template: Template, error: _Error | None, rng: Random) -> str:
    """Any that has the slot where something is to go wrong."""
    readings = [
        reading
        for reading, languages in template.says.items()
        if error is None or all(f"{{{error.slot}" in text for texts in languages.values() for text in texts)
    ]
    return rng.choice(readings)


def _drawn(template: Template, rng: Random) -> dict[str, str]:
    """A value for each slot; two slots of a kind get different ones."""
    filled: dict[str, str] = {}
    for slot, kind in template.slots.items():
        filled[slot] = rng.choice([value for value in values(kind, template.half) if value not in filled.values()])
    return filled


def _wrong_target(
    template: Template, language: str, reading: str, filled: dict[str, str], error: _Error, rng: Random
) -> Sentence:
    if not error.slot:
        return sentence(rng.choice(template.says[error.becomes][language]), filled, language, rng)
    slot = error.slot
    kind = template.slots[slot]
    value = wrong(error.category, kind, filled[slot], template.half, rng)
    assert value is not None, (template.id, error)
    return sentence(rng.choice(template.says[reading][language]), filled | {slot: value}, language, rng)


def _planted(source: Sentence, target: Sentence, error: _Error) -> Planted:
    before = (source.slots[error.slot],) if error.slot else source.marks
    after = (target.slots[error.slot],) if error.slot else target.marks
    before, after = (tuple(place for place in places if place[0] < place[1]) for places in (before, after))
    return Planted(before, after, _texts(source.text, before), _texts(target.text, after))


def _texts(text: str, places: tuple[Place, ...]) -> str:
    return " … ".join(text[start:end] for start, end in places)


def sentence(pattern: str, filled: dict[str, str], language: str, rng: Random) -> Sentence:
    """Fill a pattern. What is filled with nothing takes the space before it along; "b.i.d." ends a sentence, too."""
    text = ""
    slots: dict[str, Place] = {}
    marks: list[Place] = []
    begun = 0
    for match in _PIECE.finditer(pattern):
        if match["mark"] == "<":
            begun = len(text)
        elif match["mark"] == ">":
            marks.append(_trimmed(text, begun, len(text)))
        elif match["text"]:
            text += match["text"][text[-1:] in (" ", ".") and match["text"][0] == text[-1] :]
        else:
            slot = match["kind"] + match["second"]
            piece = rendering(match["kind"], filled[slot], match["form"] or "", language, rng)
            text = _joined(text, piece)
            slots[slot] = (len(text), len(text) + len(piece))
            text += piece
            if not piece and pattern[match.end() : match.end() + 1] not in (" ", "{", "<"):
                text = text.rstrip(" ")
                slots[slot] = (len(text), len(text))
    return Sentence(_capitalised(text), slots, tuple(marks))


def _joined(text: str, piece: str) -> str:
    """French "de" before `piece`, where the pattern has "de'"."""
    if not text.endswith(" de'"):
        return text
    return text[:-2] + "'" if piece[0] in _VOWELS else text[:-1] + " "


def _trimmed(text: str, start: int, end: int) -> Place:
    """Without spaces and commas around it."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip(" ,，،")), start + len(inner.rstrip(" ,，،"))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
