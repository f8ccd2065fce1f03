"""Who spoke, by turns that somebody has marked: an RTTM file or a JSON list."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from voicedoc.attribute.role import Attribution
from voicedoc.core.events import TranscriptFinal
from voicedoc.core.labels import is_label
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.core.turns import GivenTurn, SpeakerTurn
from voicedoc.errors import ConfigError

ROLES: Mapping[str, Role] = {"doctor": Role.DOCTOR, "patient": Role.PATIENT}
"""Speakers' names that need no mapping."""


class ByTurns:
    """An `Attributor`. The role whose turns cover most of the utterance spoke it; nobody known where none does.

    The confidence is that role's share of all marked time in the utterance: near 0.5 where both spoke.

    Raises:
        ConfigError: If there are no turns.
    """

    method: ClassVar[str] = "turns"

    def __init__(self, turns: Sequence[GivenTurn]) -> None:
        if not turns:
            raise ConfigError("no turns are given", remedy="mark at least one turn, or leave --turns out")
        self._turns = sorted(turns, key=lambda turn: turn.span)

    def attribute(self, transcript: TranscriptFinal) -> Attribution:
        """See `Attributor`."""
        covered: dict[Role, float] = {}
        for turn in self._turns:
            if seconds := turn.span.overlap(transcript.span):
                covered[turn.role] = covered.get(turn.role, 0.0) + seconds
        if not covered:
            return Attribution(Role.UNKNOWN, 0.0)
        role = max(covered, key=lambda role: covered[role])
        return Attribution(role, covered[role] / sum(covered.values()))


def read_turns(path: Path, speakers: Mapping[str, Role] | None = None) -> list[GivenTurn]:
    """The turns in `path`: RTTM, or JSON `[{"start": 0.0, "end": 2.5, "speaker": "doctor"}, …]` where it ends in .json.

    `speakers` says who a speaker's name is; "doctor" and "patient" need no saying.

    Raises:
        ConfigError: If the file cannot be read, or a line or item is wrong; it says which.
    """
    roles = {**ROLES, **(speakers or {})}
    return [GivenTurn(turn.span, _role(turn.speaker, roles, where)) for turn, where in _marked(path)]


def read_speaker_turns(path: Path) -> list[SpeakerTurn]:
    """As `read_turns`, with the speakers' names as they stand, whoever they are.

    Raises:
        ConfigError: If the file cannot be read, or a line or item is wrong; it says which.
    """
    return [turn for turn, _ in _marked(path)]


class _Marked(NamedTuple):
    turn: SpeakerTurn
    where: str


def _marked(path: Path) -> list[_Marked]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read turns from {path}: {error}", remedy="name an RTTM or JSON file") from error
    turns = list(_from_json(path, text) if path.suffix.lower() == ".json" else _from_rttm(path, text))
    if not turns:
        raise ConfigError(f"{path} has no turns", remedy="mark at least one turn, or leave --turns out")
    return turns


def _from_rttm(path: Path, text: str) -> Iterator[_Marked]:
    """Source: NIST RT-09 evaluation plan, appendix A: type file channel start duration … speaker, by white space."""
    for number, line in enumerate(text.splitlines(), start=1):
        fields = line.split()
        if not fields or fields[0].startswith(";") or fields[0] != "SPEAKER":
            continue
        where = f"{path}, line {number}"
        if len(fields) < 8:
            raise ConfigError(
                f"{where} has {len(fields)} fields, SPEAKER lines have at least 8",
                remedy="SPEAKER file 1 start duration <NA> <NA> doctor",
            )
        start = _seconds(fields[3], where)
        if not is_label(fields[7]):
            raise ConfigError(f"{where}: {fields[7]!r} is no speaker's name", remedy="write a name on one line")
        span = _span(start, start + _seconds(fields[4], where), where)
        yield _Marked(SpeakerTurn(span, fields[7]), where)


def _from_json(path: Path, text: str) -> Iterator[_Marked]:
    try:
        items = json.loads(text)
    except ValueError as error:
        raise ConfigError(f"{path} is not JSON: {error}", remedy="mend that line, or use RTTM") from error
    if not isinstance(items, list):
        raise ConfigError(f"{path} holds no list of turns", remedy=_JSON_FORM)
    for item, number in zip(items, _lines_of(text, items), strict=True):
        where = f"{path}, line {number}"
        if not isinstance(item, dict) or not {"start", "end", "speaker"} <= item.keys():
            raise ConfigError(f"{where}: a turn has start, end and speaker", remedy=_JSON_FORM)
        if not is_label(name := str(item["speaker"])):
            raise ConfigError(f"{where}: {name!r} is no speaker's name", remedy="write a name on one line")
        span = _span(_seconds(item["start"], where), _seconds(item["end"], where), where)
        yield _Marked(SpeakerTurn(span, name), where)


_JSON_FORM = '[{"start": 0.0, "end": 2.5, "speaker": "doctor"}, …]'


def _lines_of(text: str, items: Iterable[Any]) -> Iterator[int]:
    """The line on which each of a JSON list's items begins."""
    decoder, position = json.JSONDecoder(), text.index("[") + 1
    for _ in items:
        position += len(text[position:]) - len(text[position:].lstrip(" \t\r\n,"))
        yield text.count("\n", 0, position) + 1
        _, position = decoder.raw_decode(text, position)


def _seconds(value: object, where: str) -> float:
    try:
        seconds = float(value) if isinstance(value, (str, int, float)) else math.nan
    except ValueError:
        seconds = math.nan
    if not math.isfinite(seconds):
        raise ConfigError(f"{where}: '{value}' is not a number of seconds", remedy="write seconds, such as 12.5")
    return seconds


def _span(start: float, end: float, where: str) -> Span:
    if not 0.0 <= start < end:
        raise ConfigError(
            f"{where}: a turn from {start} s to {end} s", remedy="a turn starts at 0 or later and has length"
        )
    return Span(start, end)


def _role(speaker: str, roles: Mapping[str, Role], where: str) -> Role:
    known = {name.casefold(): role for name, role in roles.items()}
    if speaker.casefold() not in known:
        raise ConfigError(
            f"{where}: nobody knows who speaker '{speaker}' is",
            remedy=f"--speaker '{speaker}=doctor' (or =patient), or write the role in its place",
        )
    return known[speaker.casefold()]
