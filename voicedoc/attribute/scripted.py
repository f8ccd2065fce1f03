"""Fixed turns instead of a model: for tests, demonstrations and documentation."""

from __future__ import annotations

import hashlib

import numpy as np

from voicedoc.attribute.clusters import unit
from voicedoc.attribute.diarizer import Diarization, Voice
from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import BackendFailed, ConfigError

N_DIMENSIONS = 8


class ScriptedDiarizer:
    """A `Diarizer` that finds `turns`, each "label start end" in seconds, as far as the recording goes.

    Without `turns`, speakers take turns of `every` seconds, as many as there are said to be, else two; they speak all
    the time. A label always has the same voice, and no two the same. `voice` is that of `speaker`.

    Raises:
        ConfigError: If a turn is not written so.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        turns: list[str] | None = None,
        every: float = 5.0,
        speaker: str = "S1",
    ) -> None:
        if every <= 0:
            raise ConfigError(f"every = {every} is no length of a turn", remedy="every = 5.0")
        self._turns = None if turns is None else sorted(map(_turn, turns), key=lambda turn: turn.span)
        self._every, self._speaker = every, speaker

    def diarize(self, samples: Samples, *, n_speakers: int | None = None) -> Diarization:
        """See `Diarizer`."""
        duration = samples.size / SPEECH_RATE
        written = self._alternating(duration, n_speakers or 2) if self._turns is None else self._turns
        heard = [turn for turn in written if turn.span.start < duration]
        names = {label: f"S{place}" for place, label in enumerate(dict.fromkeys(t.speaker for t in heard), start=1)}
        turns = (SpeakerTurn(Span(t.span.start, min(t.span.end, duration)), names[t.speaker]) for t in heard)
        return Diarization(tuple(turns), {name: _voice_of(label) for label, name in names.items()})

    def voice(self, samples: Samples) -> Voice:
        """See `Diarizer`."""
        if samples.size < SPEECH_RATE:
            raise BackendFailed(
                f"{samples.size / SPEECH_RATE:.1f} s of audio are too little for a voice", remedy="record 5 to 10 s"
            )
        return _voice_of(self._speaker)

    def _alternating(self, duration: float, n_speakers: int) -> list[SpeakerTurn]:
        starts = np.arange(0.0, duration, self._every).tolist()
        return [
            SpeakerTurn(Span(start, start + self._every), f"S{place % n_speakers + 1}")
            for place, start in enumerate(starts)
        ]


def _turn(line: str) -> SpeakerTurn:
    try:
        label, start, end = line.split()
        return SpeakerTurn(Span(float(start), float(end)), label)
    except ValueError as error:
        raise ConfigError(f"'{line}' is not a turn: {error}", remedy='turns = ["S1 0.0 2.5", …]') from error


def _voice_of(label: str) -> Voice:
    """Numbers that a label always gets, whatever the machine."""
    digest = np.frombuffer(hashlib.sha256(label.encode()).digest()[:N_DIMENSIONS], np.uint8)
    return unit(digest.astype(np.float32) - 127.5)
