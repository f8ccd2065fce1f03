"""Who spoke when, as RTTM: what diarizers and their scoring tools exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from voicedoc.core.labels import one_line
from voicedoc.core.turns import SpeakerTurn
from voicedoc.export.files import write_text
from voicedoc.export.transcript import Transcript

SHORTEST = 0.001
"""Seconds. RTTM has three decimals here, and a turn without length is no turn."""


def to_rttm(transcript: Transcript) -> str:
    """One SPEAKER line for each turn: the diarizer's, or the utterances' where there was no diarizer.

    Source: NIST RT-09 evaluation plan, appendix A. White space in names becomes "_".
    """
    names = _names(transcript)
    recording = _field(Path(transcript.source).stem or "session")
    return "".join(
        f"SPEAKER {recording} 1 {turn.span.start:.3f} {turn.span.duration:.3f} <NA> <NA> "
        f"{names.get(turn.speaker, _field(turn.speaker))} <NA> <NA>\n"
        for turn in sorted(_turns(transcript), key=lambda turn: turn.span)
        if turn.span.duration >= SHORTEST
    )


def _turns(transcript: Transcript) -> Iterator[SpeakerTurn]:
    if transcript.turns:
        yield from transcript.turns
        return
    for line in transcript.in_time():
        if line.hypothesis is not None:
            yield SpeakerTurn(line.span, line.speaker or line.role.value)


def _names(transcript: Transcript) -> dict[str, str]:
    """What each speaker is called: the title, or the label where two share a title."""
    titles = {label: _field(speaker.title) for label, speaker in transcript.speakers.items()}
    n_called = Counter(titles.values())
    return {label: title if n_called[title] == 1 else _field(label) for label, title in titles.items()}


def _field(text: str) -> str:
    return "_".join(one_line(text).split()) or "unknown"


def write_rttm(transcript: Transcript, folder: Path) -> None:
    """Write `speakers.rttm`."""
    write_text(folder / "speakers.rttm", to_rttm(transcript))
