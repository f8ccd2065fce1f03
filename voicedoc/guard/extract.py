"""What a text says that must not be lost: numbers, units, negations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicedoc.core.speech import Critical
from voicedoc.guard.lexicon import Lexicon, lexicon_of
from voicedoc.guard.negation import Denial, find_denials
from voicedoc.guard.numbers import find_numbers
from voicedoc.guard.tokens import Token, tokenise
from voicedoc.guard.words import NumberSpan


@dataclass(frozen=True, slots=True)
class Found:
    """An item. A `lenient` one may match an item on the other side but is not missed there.

    `amount` is the number that a unit measures, "" where there is none.
    """

    item: Critical
    lenient: bool = False
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one text. `denials` has one entry for each sentence.

    `loose` are values that are meant but not said as numbers ("a couple"); `ages` those that may be ages without
    "years" ("I'm 39").
    """

    numbers: tuple[Found, ...]
    loose: tuple[str, ...]
    ages: frozenset[str]
    units: tuple[Found, ...]
    denials: tuple[Denial, ...]


def extract(text: str, language: str) -> tuple[Critical, ...]:
    """The critical items of `text` in order of place: "number", "unit" (with a number) and "negation".

    Raises:
        UnsupportedLanguage: If the guard does not know the language.
    """
    reading = read(text, language)
    items = [
        found.item for found in (*reading.numbers, *reading.units) if found.item.kind != "unit" or not found.lenient
    ]
    items += [item for denial in reading.denials for item in denial.sure]
    return tuple(sorted(items, key=lambda item: (item.start, item.end)))


def read(text: str, language: str) -> Reading:
    """Everything that can be compared in `text`. Takes time linear in its length.

    Raises:
        UnsupportedLanguage: If the guard does not know the language.
    """
    lexicon = lexicon_of(language)
    tokens = tokenise(text)
    spans = _unit_spans(tokens, lexicon)
    taken = {at for first, stop, _ in spans for at in range(first, stop)}
    numbers = find_numbers(tokens, taken, lexicon)
    return Reading(
        numbers=tuple(
            Found(_critical("number", span.value, text, tokens, span.first, span.stop), span.lenient)
            for span in numbers
        ),
        loose=tuple(match[1] for at in range(len(tokens)) if (match := lexicon.numbers.loosely.at(tokens, at))),
        ages=frozenset(_ages(tokens, taken, numbers, lexicon)),
        units=tuple(_units(text, tokens, spans, numbers, lexicon)),
        denials=find_denials(text, tokens, lexicon),
    )


def _ages(tokens: list[Token], taken: set[int], numbers: list[NumberSpan], lexicon: Lexicon) -> Iterator[str]:
    """Numbers without a unit one or two words after "am", "was", "aged" …"""
    for span in numbers:
        nearby = {token.text for token in tokens[max(0, span.first - 2) : span.first]}
        if span.stop not in taken and nearby & lexicon.numbers.age_cues:
            yield span.value


def _unit_spans(tokens: list[Token], lexicon: Lexicon) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    at = 0
    while at < len(tokens):
        match = lexicon.units.at(tokens, at)
        if match and not _stray_letter(tokens, at, match[0]):
            spans.append((at, at + match[0], match[1]))
        at += match[0] if match else 1
    return spans


def _stray_letter(tokens: list[Token], at: int, length: int) -> bool:
    """A single letter is a unit only right after digits."""
    lone = length == 1 and len(tokens[at].text) == 1 and tokens[at].kind == "word"
    return lone and (at == 0 or tokens[at - 1].kind != "digits")


def _units(
    text: str, tokens: list[Token], spans: list[tuple[int, int, str]], numbers: list[NumberSpan], lexicon: Lexicon
) -> Iterator[Found]:
    """Units that measure something count; those that stand alone ("how many days") are lenient."""
    counted = {span.stop: span.value for span in numbers}
    for first, stop, unit in spans:
        before = first
        while before > 0 and before not in counted and tokens[before - 1].text in lexicon.numbers.fillers:
            before -= 1
        measures = before in counted
        if measures and stop < len(tokens) and tokens[stop].text == "/":
            counted[stop + 1] = ""  # mg/kg: what follows the stroke measures, too
        item = _critical("unit", unit, text, tokens, first, stop)
        yield Found(item, lenient=not measures, amount=counted.get(before, ""))


def _critical(kind: str, value: str, text: str, tokens: list[Token], first: int, stop: int) -> Critical:
    start, end = tokens[first].start, tokens[stop - 1].end
    return Critical(kind, value, text[start:end], start, end)
