"""What a text says that must not be lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicedoc.core.speech import Critical
from voicedoc.guard.clock import find_times
from voicedoc.guard.concepts import find_concepts
from voicedoc.guard.dates import find_dates
from voicedoc.guard.drugs import skeleton, without_names
from voicedoc.guard.found import Found, critical
from voicedoc.guard.joined import apart
from voicedoc.guard.lexicon import Lexicon, lexicon_of
from voicedoc.guard.names import VisitNames
from voicedoc.guard.negation import Denial, find_denials
from voicedoc.guard.numbers import find_numbers
from voicedoc.guard.phrases import Match
from voicedoc.guard.quantities import Measured, Places, find_amounts, find_frequencies
from voicedoc.guard.tokens import Token, tokenise
from voicedoc.guard.words import NumberSpan


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one text. `denials` has one entry for each sentence.

    `composed` are doses, durations, frequencies, times and dates; `numbers` those outside of them. `units` are all
    units named, with or without a number. `loose` are values that are meant but not said as numbers ("a couple");
    `ages` those that may be ages without "years" ("I'm 39"). `sounds` are the text's words as drug names sound.
    `says_later`: it has a word such as "evening".
    """

    lexicon: Lexicon
    composed: tuple[Found, ...]
    numbers: tuple[Found, ...]
    parts: tuple[Critical, ...]
    units: frozenset[str]
    loose: tuple[str, ...]
    ages: frozenset[str]
    concepts: tuple[Found, ...]
    denials: tuple[Denial, ...]
    sounds: frozenset[str]
    says_later: bool


def extract(text: str, language: str) -> tuple[Critical, ...]:
    """The critical items of `text` in order of place. A dose is there as a whole, and so are its "number" and "unit".

    Raises:
        UnsupportedLanguage: If the guard does not know the language.
    """
    reading = read(text, language)
    items = [*reading.parts]
    items += [found.item for found in (*reading.composed, *reading.concepts) if not found.lenient]
    items += [item for denial in reading.denials for item in denial.sure]
    return tuple(sorted(items, key=lambda item: (item.start, item.end, item.kind)))


def read(text: str, language: str, names: VisitNames | None = None) -> Reading:
    """Everything that can be compared in `text`; `names` are the visit's own. Takes time linear in its length.

    Raises:
        UnsupportedLanguage: If the guard does not know the language.
    """
    lexicon = lexicon_of(language)
    named = apart(tokenise(text), lexicon)
    tokens = without_names(named, lexicon)
    units = _unit_matches(tokens, lexicon)
    taken = {at for match in units for at in range(match.first, match.stop)}
    found = find_numbers(tokens, taken, lexicon)
    numbers = [span for span in found if not span.is_ordinal]
    places = Places(tokens, found, units)
    composed = _composed(places, lexicon)
    covered = {at for one in composed for at in range(one.first, one.stop)}
    return Reading(
        lexicon=lexicon,
        composed=tuple(_whole(text, tokens, one) for one in composed),
        numbers=tuple(_number(text, tokens, span) for span in numbers if span.first not in covered),
        parts=tuple(_parts(text, places, numbers, lexicon)),
        units=frozenset(match.value for match in units),
        loose=tuple(_loose(tokens, found, lexicon)),
        ages=frozenset(_ages(tokens, taken, numbers, lexicon)),
        concepts=tuple(find_concepts(text, named, set(_without_named_times(composed)), lexicon, names)),
        denials=find_denials(text, tokens, lexicon),
        sounds=frozenset(skeleton(token.text) for token in tokens if token.kind == "word"),
        says_later=any(token.text in lexicon.clock.later for token in tokens),
    )


def _without_named_times(composed: list[Measured]) -> Iterator[int]:
    """The tokens of what is composed, but not "noon", which is a time and a part of the day."""
    for one in composed:
        if one.kind != "time" or one.numbers:
            yield from range(one.first, one.stop)


def _loose(tokens: list[Token], numbers: list[NumberSpan], lexicon: Lexicon) -> Iterator[str]:
    """ "A couple" and Arabic duals may be said as two, "in the sixth month" as six months."""
    yield from (span.value for span in numbers if span.is_ordinal)
    counted = {at for span in numbers for at in range(span.first, span.stop)}
    for at, token in enumerate(tokens):
        if lexicon.numbers.duals and at not in counted and token.plain.endswith(lexicon.numbers.duals):
            yield "2"
        for phrases in (lexicon.numbers.loosely, lexicon.clock.ordinals):
            if match := phrases.at(tokens, at):
                yield match.value


def _unit_matches(tokens: list[Token], lexicon: Lexicon) -> list[Match]:
    matches: list[Match] = []
    at = 0
    while at < len(tokens):
        match = lexicon.units.at(tokens, at)
        if match and not _stray_letter(tokens, at, match) and not _names_day(tokens, match, lexicon):
            matches.append(match)
        at = match.stop if match else at + 1
    return matches


def _names_day(tokens: list[Token], unit: Match, lexicon: Lexicon) -> bool:
    """The "day" of Arabic "day Monday" is no unit."""
    day = lexicon.clock.weekdays.at(tokens, unit.first)
    return day is not None and day.stop > unit.stop and tokens[unit.stop].start > tokens[unit.stop - 1].end


def _stray_letter(tokens: list[Token], at: int, match: Match) -> bool:
    """A single letter is a unit only right after digits, and in "3x/j"."""
    lone = (
        match.stop == at + 1 and len(tokens[at].text) == 1 and tokens[at].kind == "word" and tokens[at].text < "\u0370"
    )
    return lone and (at == 0 or (tokens[at - 1].kind != "digits" and tokens[at - 1].text != "/"))


def _composed(places: Places, lexicon: Lexicon) -> list[Measured]:
    """Dates, times, frequencies and amounts. Where two overlap, the earlier kind of these holds; none do afterwards."""
    chosen: list[Measured] = []
    taken: set[int] = set()
    for found in (find_dates(places, lexicon), find_times(places, lexicon), find_frequencies(places, lexicon)):
        for one in found:
            if taken.isdisjoint(range(one.first, one.stop)):
                taken.update(range(one.first, one.stop))
                chosen.append(one)
    for one in find_amounts(places, taken, lexicon):
        if taken.isdisjoint(range(one.first, one.stop)):
            taken.update(range(one.first, one.stop))
            chosen.append(one)
    return sorted((one for one in chosen if one.kind in lexicon.supports), key=lambda one: one.first)


def _whole(text: str, tokens: list[Token], one: Measured) -> Found:
    item = critical(one.kind, one.value, text, tokens, one.first, one.stop)
    return Found(item, one.keys, one.lenient, one.numbers, one.unit)


def _number(text: str, tokens: list[Token], span: NumberSpan) -> Found:
    item = critical("number", span.value, text, tokens, span.first, span.stop)
    return Found(item, frozenset({span.value}), span.lenient or span.value == "1")


def _parts(text: str, places: Places, numbers: list[NumberSpan], lexicon: Lexicon) -> Iterator[Critical]:
    """Every number, and every unit that measures something: those that stand alone ("how many days") do not count."""
    for span in numbers:
        yield critical("number", span.value, text, places.tokens, span.first, span.stop)
    measuring = {match.first: match for span in numbers if (match := places.unit_after(span.stop, lexicon))}
    for match in list(measuring.values()):
        per = places.units.get(match.stop + 1)
        if per and places.text(match.stop) == "/":
            measuring[per.first] = per
    for match in measuring.values():
        yield critical("unit", match.value, text, places.tokens, match.first, match.stop)


def _ages(tokens: list[Token], taken: set[int], numbers: list[NumberSpan], lexicon: Lexicon) -> Iterator[str]:
    """Numbers without a unit one or two words after "am", "was", "aged" …"""
    for span in numbers:
        nearby = {token.text for token in tokens[max(0, span.first - 2) : span.first]}
        if span.stop not in taken and nearby & lexicon.numbers.age_cues:
            yield span.value
