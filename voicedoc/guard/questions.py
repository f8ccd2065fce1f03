"""What people are asked, in their own language and with their own words. Nothing here is translated by a machine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voicedoc.core.languages import primary
from voicedoc.core.speech import Critical
from voicedoc.guard.extract import extract
from voicedoc.guard.tokens import Token, tokenise

_FOLDER = Path(__file__).parent / "questions"

LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""What there are questions in."""

_TURNING = frozenset({"negation", "modality"})
"""Kinds that turn what a sentence says into its opposite: such a sentence is read back whole."""

_BARE = frozenset({"number", "laterality"})
"""Kinds that say nothing without their sentence: "seven", "left"."""

_GAP = 3
"""Words between two items at most, for what stands between them to be read along: "20 mg of amoxicillin a day"."""

_ENDS = " \t\n.,;:!?…。，！？；：、।॥؟،؛¿¡\"'«»"
_ASKING = frozenset("?？؟")


@dataclass(frozen=True, slots=True)
class Wording:
    """The questions of one language. "{items}" stands for what was said."""

    comma: str
    read_back: str
    doubt: str
    hold: str
    say_again: str
    teach_back: str


@cache
def question_table(language: str) -> dict[str, Any]:
    """The file of one of `LANGUAGES`."""
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def wording(language: str) -> Wording | None:
    """The questions in a language (a BCP 47 tag); None where there are none."""
    return Wording(**question_table(primary(language))["ask"]) if primary(language) in LANGUAGES else None


def with_items(question: str, comma: str, excerpts: Sequence[str]) -> str:
    """A question about words of what was said.

    >>> with_items("You said: {items}. Correct?", ", ", ["twenty milligrams", "twice a day"])
    'You said: twenty milligrams, twice a day. Correct?'
    """
    return question.replace("{items}", comma.join(excerpts))


def outermost(items: Sequence[Critical]) -> list[Critical]:
    """Items that lie in no other one, in order of place: the dose, not its number and unit."""
    found: list[Critical] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        if not found or item.end > found[-1].end:
            found.append(item)
    return found


def excerpts(text: str, language: str, items: Sequence[Critical]) -> tuple[str, ...]:
    """The words of `text` that say `items`, as they stand there, so that they mean what they mean there.

    Items that stand close together are read with what is between them. A sentence that denies, or tells to stop or to
    go on, is read whole; so is one with a mere number or side.
    """
    read: list[str] = []
    everything = extract(text, language)
    for tokens in sentences(tokenise(text)):
        start, end = tokens[0].start, tokens[-1].end
        inside = outermost([item for item in items if start <= item.start < end])
        kinds = {item.kind for item in everything if start <= item.start < end}
        if inside and (kinds & _TURNING or any(item.kind in _BARE for item in inside)):
            read.append(_trimmed(text, start, end, inside))
        elif inside:
            read += [text[first:stop] for first, stop in _joined(inside, tokens)]
    return tuple(dict.fromkeys(read))


def stated(text: str, language: str) -> tuple[Critical, ...]:
    """The critical items of the sentences that are no questions."""
    asking = [(row[0].start, row[-1].end) for row in sentences(tokenise(text)) if row[-1].text in _ASKING]
    items = extract(text, language)
    return tuple(item for item in items if not any(start <= item.start < end for start, end in asking))


def sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each sentence, with the mark that ends it."""
    sentence: list[Token] = []
    for token in tokens:
        sentence.append(token)
        if token.ends_sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _trimmed(text: str, start: int, end: int, items: Sequence[Critical]) -> str:
    """A sentence without the marks around it; those that belong to an item ("b.i.d.") stay."""
    sentence = text[start:end]
    first = start + len(sentence) - len(sentence.lstrip(_ENDS))
    stop = start + len(sentence.rstrip(_ENDS))
    return text[min(first, items[0].start) : max(stop, *(item.end for item in items))]


def _joined(items: Sequence[Critical], tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Places of items, those that are close together as one."""
    places: list[tuple[int, int]] = []
    for item in items:
        if places and _close(places[-1][1], item.start, tokens):
            places[-1] = (places[-1][0], max(places[-1][1], item.end))
        else:
            places.append((item.start, item.end))
    return places


def _close(end: int, start: int, tokens: Sequence[Token]) -> bool:
    between = [token for token in tokens if end <= token.start < start]
    return len(between) <= _GAP and not any(token.ends_clause for token in between)
