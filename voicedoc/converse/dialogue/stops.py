"""What is held back from a stream of text until it is certain: the beginnings of stop texts, and a model's thoughts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

OPENING, CLOSING = "<think>", "</think>"
"""Around what reasoning models write before their answer."""


class Stops:
    """Lets text through up to the first of `stops` to be whole, and holds back what may be the beginning of one."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stops)
        self._held = ""
        self.reached = False

    def feed(self, piece: str) -> str:
        """What is certain to be part of the reply now; "" once a stop text was reached."""
        if self.reached:
            return ""
        text = self._held + piece
        found = [(at + len(stop), at) for stop in self._stops if (at := text.find(stop)) >= 0]
        if found:
            self.reached, self._held = True, ""
            return text[: min(found)[1]]
        n_held = max((_overlap(text, stop) for stop in self._stops), default=0)
        self._held = text[len(text) - n_held :]
        return text[: len(text) - n_held]

    def rest(self) -> str:
        """What was held back and turned out to be text, at the end."""
        held, self._held = self._held, ""
        return held


class Thoughts:
    """Lets an answer through without the thoughts before it."""

    def __init__(self) -> None:
        self._held = ""
        self._answers = False

    def feed(self, piece: str) -> str:
        """What belongs to the answer."""
        if self._answers:
            return piece
        self._held += piece
        begun = self._held.lstrip()
        if begun.startswith(OPENING):
            _, closed, answer = self._held.partition(CLOSING)
            if not (closed and answer.strip()):
                return ""
            self._answers, self._held = True, ""
            return answer.lstrip()
        if OPENING.startswith(begun):
            return ""
        self._answers = True
        return self.rest()

    def rest(self) -> str:
        """What was held back and turned out to be no thought, at the end."""
        held, self._held = self._held, ""
        return "" if held.lstrip().startswith(OPENING) else held


def certain(pieces: Iterator[str], stops: Stops) -> Iterator[str]:
    """The pieces up to a stop text, the last held back one included."""
    for piece in pieces:
        yield stops.feed(piece)
        if stops.reached:
            return
    yield stops.rest()


def _overlap(text: str, stop: str) -> int:
    """How many characters at the end of `text` begin `stop`."""
    return next((n for n in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:n])), 0)
