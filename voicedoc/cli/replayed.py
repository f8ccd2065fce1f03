"""Whether a session that was run again from its sound came out as it did: utterance by utterance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voicedoc.core.events import Event
from voicedoc.core.journal import to_json
from voicedoc.core.time import clock_text
from voicedoc.view.advance import advance
from voicedoc.view.state import Line, State


@dataclass(frozen=True, slots=True)
class Compared:
    """How many of all utterances are alike in both. `differences` say which are not, and in what; not what was said."""

    n_alike: int
    n_all: int
    differences: tuple[str, ...]


def compare(before: Iterable[Event], after: Iterable[Event]) -> Compared:
    """Compare two journals of the same sound by what was understood, of whom, and what it was translated to.

    Times count as exactly as a journal keeps them.
    """
    one, other = _lines(before), _lines(after)
    numbers = sorted(one.keys() | other.keys())
    differences = []
    for number in numbers:
        if what := _difference(one.get(number), other.get(number)):
            line = one.get(number) or other[number]
            differences.append(f"{clock_text(line.began)} utterance {number}: {what}")
    return Compared(len(numbers) - len(differences), len(numbers), tuple(differences))


def _lines(events: Iterable[Event]) -> dict[int, Line]:
    state = State()
    for event in events:
        state = advance(state, event)
    return {line.utterance: line for line in state.lines.values() if line.text}


def _difference(one: Line | None, other: Line | None) -> str:
    if one is None or other is None:
        return "only in the replay" if one is None else "not in the replay"
    parts = ("span", "text", "language", "role", "translation", "target")
    return ", ".join(part for part in parts if to_json(getattr(one, part)) != to_json(getattr(other, part)))
