"""Puts what happened into its place between the frames."""

from __future__ import annotations

from collections.abc import Iterable

from voicedoc.core.events import Event, Frame


class InOrder:
    """Holds events back until frames have come to them: behind all that end by then, before the one that holds them."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._waiting: list[Event] = []
        self.add(events)

    def add(self, events: Iterable[Event]) -> None:
        """Events whose frames are still to come."""
        self._waiting = sorted([*self._waiting, *events], key=lambda event: event.at)

    def among(self, events: Iterable[Event]) -> list[Event]:
        """Frames, and what belongs to them, with the waiting events in their places."""
        merged: list[Event] = []
        for event in events:
            while self._waiting and isinstance(event, Frame) and self._waiting[0].at < event.at:
                merged.append(self._waiting.pop(0))
            merged.append(event)
        return merged

    def rest(self) -> list[Event]:
        """Those for which no frame came."""
        rest, self._waiting = self._waiting, []
        return rest
