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
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

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


class Journal:
    """Appends events to `journal.jsonl`. Use as a context manager; `seal` when the session has ended well.

    Each line is handed to the operating system at once, so that it survives the death of this process;
    `sync=True` also forces it to the disk, so that it survives the machine's.
    """

    def __init__(self, path: Path, *, sync: bool = False) -> None:
        self.path = path
        self._file = path.open("xb", buffering=0)
        self._sync = sync
        self._counts: dict[str, int] = {}
        self._ranks: dict[str, int] = {}
        self._broken: StoreError | None = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def order(self, stages: typing.Sequence[str]) -> None:
        """Fix the stages' places in the canonical order. The session itself comes first."""
        self._ranks = {name: rank for rank, name in enumerate(stages, start=1)}

    def append(self, event: Event, stage: str = "") -> None:
        """Write one event, emitted by `stage` ("" is the session itself). Events that only flow are not written."""
        if not event.journalled:
            return
        count = self._counts[stage] = self._counts.get(stage, 0) + (not event.timing)
        place = [round(event.at, 5), self._ranks.get(stage, 0), count]
        line = {**_line(event, stage), "place": place}
        self._write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")

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
        _rewrite(self.path, _lines(self.path))


def amend(path: Path, events: typing.Sequence[Event]) -> None:
    """Add what a person has said afterwards, such as who a speaker is, to a journal whose session has ended. Atomic.

    Raises:
        JournalError: If the file is missing or is not a journal.
        StoreError: If the disk is full. The journal stands as it was.
    """
    lines = list(_lines(path))
    places = [line["place"] for line in lines]
    at = max((place[0] for place in places), default=0.0)
    rank = 1 + max((place[1] for place in places), default=0)  # after whatever the stages said at that moment
    for count, event in enumerate(events, start=1):
        lines.append({**_line(event, ""), "at": at, "place": [at, rank, count]})
    _rewrite(path, lines)


def _line(event: Event, stage: str) -> dict[str, Any]:
    return {"type": type(event).__name__, "stage": stage, "place": [], **to_json(event)}


def _rewrite(path: Path, lines: typing.Iterable[dict[str, Any]]) -> None:
    """Replace a journal by `lines` in canonical order, or leave it as it was."""
    draft = path.with_suffix(".sealing")
    ordered = sorted(lines, key=_place)
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            for line in ordered:
                file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _full(path, error) from error


def _full(path: Path, error: OSError) -> StoreError:
    return StoreError(f"cannot write {path}: {error.strerror}", remedy="free some disk space, then run again")


def _place(line: dict[str, Any]) -> tuple[int, list[float], str]:
    ends = {"SessionOpened": 0, "SessionClosed": 2}
    return (ends.get(line["type"], 1), line["place"], line["type"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
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
    known = event_types()
    events: list[Event] = []
    for line in sorted(_lines(path), key=_place):
        kind = known.get(line["type"])
        if kind is None:
            raise JournalError(
                f"{path} has an event '{line['type']}' that this version does not know",
                remedy="read it with the version of VoiceDoc that wrote it (first line), or a newer one",
            )
        events.append(from_json(kind, line))
    return events
