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
    separate: bool = False,
    noise_db: float = -60.0,
    seed: int = 0,
) -> Consultation:
    """Put `parts`, all at `rate` Hz, one after another with `pause` seconds between them.

    With `separate`, the doctor is on channel 0 and the patient on channel 1 and samples have the shape (n_samples, 2);
    else (n_samples,).
    """
    gap = round(pause * rate)
    n_samples = gap + sum(part.samples.size + gap for part in parts)
    room = np.random.default_rng(seed).standard_normal((n_samples, 2 if separate else 1)).astype(np.float32)
    room *= np.float32(10 ** (noise_db / 20))
    turns, first = [], gap
    for part in parts:
        channel = 1 if separate and part.role is Role.PATIENT else 0
        stop = first + part.samples.size
        room[first:stop, channel] += part.samples
        turns.append(Turn(part.role, part.language, part.text, Span.from_samples(first, stop, rate)))
        first = stop + gap
    samples = np.clip(room, -1.0, 1.0)
    return Consultation(samples if separate else as_samples(samples[:, 0]), rate, tuple(turns))
