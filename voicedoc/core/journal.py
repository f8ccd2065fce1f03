"""The journal: every event of a session, one JSON line each, appended as it happens.

While a session runs, lines stand in the order in which facts arrived. Each line carries its place in the canonical
order (`at`, stage, number within the stage), which depends on the audio alone. Reading sorts by it; `seal` rewrites the
file in it, so that two runs of one recording give the same bytes apart from timing events.
"""

from __future__ import annotations

import json
import os
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from voicedoc.core.events import Event, event_types
from voicedoc.errors import JournalError, StoreError


def to_json(value: object) -> Any:
    """Dataclasses become objects, enums their values; audio fields are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value) if not f.metadata.get("audio")}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, float):
        return round(value, 5)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def from_json(hint: Any, value: Any) -> Any:  # one return per shape of JSON
    """The inverse of `to_json` for a type hint. Audio fields come back as None."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hasattr(hint, "__supertype__"):
        return from_json(hint.__supertype__, value)
    if origin in (types.UnionType, typing.Union):
        present = [a for a in arguments if a is not type(None)]
        return None if value is None else from_json(present[0], value)
    if origin is tuple:
        return tuple(from_json(arguments[0], item) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(
            **{
                f.name: None if f.metadata.get("audio") else from_json(hints[f.name], value[f.name])
                for f in fields(hint)
                if f.name in value or f.metadata.get("audio")
            }
        )
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if hint is float:
        return float(value)
    return value


Line: TypeAlias = dict[str, Any]
"""One event as the journal keeps it: its `type`, the `stage` that emitted it, its `place`, and its own fields."""


class JournalSink(Protocol):
    """Where a running session's events are kept: a file, or the session store."""

    def order(self, stages: Sequence[str]) -> None:
        """Fix the stages' places in the canonical order. The session itself comes first."""
        ...

    def append(self, event: Event, stage: str = "") -> None:
        """Keep one event, emitted by `stage` ("" is the session itself). Events that only flow are not kept.

        Raises:
            StoreError: If the disk is full or gone. What was kept before stays.
        """
        ...

    def seal(self) -> None:
        """The session has ended well: from now on nothing is appended.

        Raises:
            StoreError: If the disk is full. What was kept stays.
        """
        ...


class Numbering:
    """Gives events their lines and places. A session that was continued has one for each of its parts, from 1."""

    def __init__(self, part: int = 1) -> None:
        self._part = part
        self._counts: dict[str, int] = {}
        self._ranks: dict[str, int] = {}

    def order(self, stages: Sequence[str]) -> None:
        """Fix the stages' places in the canonical order. The session itself comes first."""
        self._ranks = {name: rank for rank, name in enumerate(stages, start=1)}

    def line(self, event: Event, stage: str) -> Line:
        """The line of an event that is emitted now."""
        count = self._counts[stage] = self._counts.get(stage, 0) + (not event.timing)
        return _line(event, stage, [round(event.at, 5), self._ranks.get(stage, 0), count], self._part)


def _line(event: Event, stage: str, place: list[float], part: int) -> Line:
    # No event has a field `part`; a session that ran in one go does not mention it.
    parts = {"part": part} if part > 1 else {}
    return {"type": type(event).__name__, "stage": stage, "place": place, **parts, **to_json(event)}


def later_lines(lines: Sequence[Line], events: Sequence[Event]) -> list[Line]:
    """The lines of what a person has said afterwards, to stand after everything else but the session's end."""
    part = max((_part(line) for line in lines), default=1)
    places = [line["place"] for line in lines if _part(line) == part]
    at = max((place[0] for place in places), default=0.0)
    rank = 1 + max((place[1] for place in places), default=0)  # after whatever the stages said at that moment
    made = [_line(event, "", [at, rank, count], part) for count, event in enumerate(events, start=1)]
    return [{**line, "at": at} for line in made]


def text_of(line: Line) -> str:
    """A line as it is written, without its end."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines, given in the order in which they were written, in the canonical order."""
    return sorted(lines, key=_place)


def _place(line: Line) -> tuple[int, int, list[float], str]:
    ends = {"SessionOpened": 0, "SessionClosed": 2}
    return (_part(line), ends.get(line["type"], 1), line["place"], line["type"])


def _part(line: Line) -> int:
    return int(line.get("part", 1))


def events_of(lines: Iterable[Line], where: str) -> list[Event]:
    """The events of lines that were given in the order in which they were written, in the canonical order.

    Raises:
        JournalError: If one was written by a newer version. `where` is named in the message.
    """
    known = event_types()
    events: list[Event] = []
    for line in in_order(lines):
        kind = known.get(line["type"])
        if kind is None:
            raise JournalError(
                f"{where} has an event '{line['type']}' that this version does not know",
                remedy="read it with the version of VoiceDoc that wrote it (first line), or a newer one",
            )
        events.append(from_json(kind, line))
    return events


class Journal:
    """A `JournalSink`: `journal.jsonl`. Use as a context manager; `seal` when the session has ended well.

    Each line is handed to the operating system at once, so that it survives the death of this process;
    `sync=True` also forces it to the disk, so that it survives the machine's.
    """

    def __init__(self, path: Path, *, sync: bool = False) -> None:
        self.path = path
        self._file = path.open("xb", buffering=0)
        self._sync = sync
        self._numbering = Numbering()
        self._broken: StoreError | None = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def order(self, stages: Sequence[str]) -> None:
        """See `JournalSink`."""
        self._numbering.order(stages)

    def append(self, event: Event, stage: str = "") -> None:
        """See `JournalSink`."""
        if event.journalled:
            self._write(text_of(self._numbering.line(event, stage)) + "\n")

    def _write(self, line: str) -> None:
        if self._broken:
            raise self._broken
        try:
            waiting = memoryview(line.encode())
            while waiting:
                waiting = waiting[self._file.write(waiting) :]
            if self._sync:
                os.fsync(self._file.fileno())
        except OSError as error:
            # A half-written line must stay the last one, or the journal could not be read.
            self._broken = _full(self.path, error)
            raise self._broken from error

    def seal(self) -> None:
        """Close the file and put its lines into the canonical order, atomically.

        Raises:
            StoreError: If the disk is full. The lines stand as they were.
        """
        self._file.close()
        write_lines(self.path, _lines(self.path))


def amend(path: Path, events: Sequence[Event]) -> None:
    """Add what a person has said afterwards, such as who a speaker is, to a journal whose session has ended. Atomic.

    Raises:
        JournalError: If the file is missing or is not a journal.
        StoreError: If the disk is full. The journal stands as it was.
    """
    lines = list(_lines(path))
    write_lines(path, [*lines, *later_lines(lines, events)])


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    """Make a journal of `lines`, in canonical order, in the place of what is there; or leave that as it was.

    Raises:
        StoreError: If the disk is full.
    """
    draft = path.with_suffix(".sealing")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            for line in in_order(lines):
                file.write(text_of(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _full(path, error) from error


def _full(path: Path, error: OSError) -> StoreError:
    return StoreError(f"cannot write {path}: {error.strerror}", remedy="free some disk space, then run again")


def _lines(path: Path) -> Iterator[Line]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise JournalError(f"cannot read {path}: {error.strerror}", remedy="name a journal.jsonl") from error
    *whole, _half_written = raw.split(b"\n")
    for number, text in enumerate(whole, start=1):
        try:
            line = json.loads(text)
        except ValueError as error:
            raise JournalError(
                f"{path}, line {number} is not JSON", remedy="the file was edited or damaged; restore it from a copy"
            ) from error
        yield line


def read_journal(path: Path) -> list[Event]:
    """Every event of a journal, sealed or not, in the canonical order. Audio fields are None.

    A half-written last line (the process died) is left out.

    Raises:
        JournalError: If the file is missing, is not a journal, or was written by a newer version.
    """
    return events_of(_lines(path), str(path))
