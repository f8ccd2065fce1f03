"""Builds a two-language consultation from utterances: one recording, with turns that are known to the sample.

The turns may be real recordings or synthesized; the room between them is quiet noise, not digital silence, so that
nothing is easier than it would be in a surgery.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.speech import Role
from voicedoc.core.time import Span


@dataclass(frozen=True)
class Part:
    """One turn to come: who speaks, in which language, what, and how it sounds (float32 mono)."""

    role: Role
    language: str
    text: str
    samples: Samples


@dataclass(frozen=True)
class Turn:
    """One turn as it stands in the recording."""

    role: Role
    language: str
    text: str
    span: Span


@dataclass(frozen=True)
class Consultation:
    """A recording of `n_channels` and its turns."""

    samples: Samples
    rate: int
    turns: tuple[Turn, ...]

    def write(self, audio: Path) -> None:
        """Write the audio, in the format of its suffix, and the turns beside it as `.turns.json`."""
        import soundfile

        soundfile.write(audio, self.samples, self.rate)
        rows = [
            {
                "start": round(t.span.start, 3),
                "end": round(t.span.end, 3),
                "speaker": t.role.value,
                "language": t.language,
                "text": t.text,
            }
            for t in self.turns
        ]
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        audio.with_suffix(".turns.json").write_text(text + "\n", "utf-8")


def consult(
    parts: Sequence[Part],
    *,
    rate: int,
    pause: float = 1.2,
    pauses: Sequence[float] | None = None,
    separate: bool = False,
    noise_db: float = -60.0,
    seed: int = 0,
) -> Consultation:
    """Put `parts`, all at `rate` Hz, one after another with `pause` seconds between them, before and after them.

    `pauses` has the seconds before each part; below 0 it begins before the one before it has ended.
    With `separate`, the doctor is on channel 0 and the patient on channel 1 and samples have the shape (n_samples, 2);
    else (n_samples,).

    Raises:
        ValueError: If there is not one of `pauses` for each part, or a part would begin before the recording.
    """
    spans = _places(parts, [pause] * len(parts) if pauses is None else pauses, rate)
    n_samples = max((stop for _, stop in spans), default=0) + round(pause * rate)
    room = np.random.default_rng(seed).standard_normal((n_samples, 2 if separate else 1)).astype(np.float32)
    room *= np.float32(10 ** (noise_db / 20))
    turns = []
    for part, (first, stop) in zip(parts, spans, strict=True):
        channel = 1 if separate and part.role is Role.PATIENT else 0
        room[first:stop, channel] += part.samples
        turns.append(Turn(part.role, part.language, part.text, Span.from_samples(first, stop, rate)))
    samples = np.clip(room, -1.0, 1.0)
    return Consultation(samples if separate else as_samples(samples[:, 0]), rate, tuple(turns))


def _places(parts: Sequence[Part], pauses: Sequence[float], rate: int) -> list[tuple[int, int]]:
    """Each part's first sample and the one after its last."""
    places, stop = [], 0
    for part, pause in zip(parts, pauses, strict=True):
        first = stop + round(pause * rate)
        if first < 0:
            raise ValueError(f"a pause of {pause} s before '{part.text}' begins before the recording")
        stop = first + part.samples.size
        places.append((first, stop))
    return places
