"""Utterances, and what a stage makes of them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, as_samples
from voicedoc.core.events import Event, Utterance
from voicedoc.core.speech import UtteranceId
from voicedoc.core.time import Span
from voicedoc.runtime.stage import Stage


def utterance(
    samples: NDArray[Any] | None = None, *, start: float = 0.0, number: int = 1, channel: int = 0
) -> Utterance:
    """An utterance of `samples` at 16 kHz (one second of silence without) that begins at `start` seconds."""
    samples = as_samples(np.zeros(SPEECH_RATE, np.float32) if samples is None else samples)
    span = Span(start, start + samples.size / SPEECH_RATE)
    return Utterance(
        at=span.end, utterance=UtteranceId(number), channel=channel, span=span, reason="silence", samples=samples
    )


async def outcomes(stage: Stage, inbox: Iterable[Event]) -> list[Event]:
    """Everything that `stage` emits for `inbox`."""
    emitted: list[Event] = []

    async def emit(event: Event, /) -> None:
        emitted.append(event)

    async def events() -> AsyncIterator[Event]:
        for event in inbox:
            yield event

    await stage.run(events(), emit)
    return emitted


@dataclass(frozen=True)
class Clip:
    """One utterance of the development set with its reference."""

    name: str
    language: str
    text: str
    utterance: Utterance


def clips(devset: Path, *languages: str) -> list[Clip]:
    """The development set's utterances; in `languages` only, where any are named."""
    rows = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    return [
        Clip(row["id"], row["language"], row["text"], utterance(soundfile.read(devset / row["audio"])[0]))
        for row in rows
        if row["kind"] == "utterance" and (not languages or row["language"] in languages)
    ]
