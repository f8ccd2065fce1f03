"""Recordings that tests make themselves, in any format that ffmpeg writes, and what the capture stage says of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

from voicedoc.capture.file import Channels, ReadFile
from voicedoc.core.events import Event, Frame
from voicedoc.runtime.clock import SteppingClock
from voicedoc.runtime.stage import Stage
from voicedoc.runtime.worker import InlineWorker

E = TypeVar("E", bound=Event)

ENCODERS = {"mp3": "libmp3lame", "m4a": "aac", "mp4": "aac", "opus": "libopus", "webm": "libopus", "aac": "aac"}
PCM = ("wav", "flac")


def noise(seconds: float, *, rate: int = 48_000, n_channels: int = 1, level: float = 0.1) -> NDArray[np.float32]:
    """Band-limited noise that swells and fades, shape `(n_samples, n_channels)`: every codec keeps it in its place."""
    n = round(seconds * rate)
    white = np.random.default_rng(7).standard_normal((n, n_channels))
    smooth = np.apply_along_axis(np.convolve, 0, white, np.hanning(max(5, rate // 1000)), "same")
    swell = 0.55 + 0.45 * np.sin(2 * np.pi * 1.7 * np.arange(n) / rate)[:, np.newaxis]
    return (level * swell * smooth / np.abs(smooth).max() * 3).clip(-0.9, 0.9).astype(np.float32)


def write(path: Path, samples: NDArray[np.float32], rate: int, *, subtype: str | None = None) -> Path:
    """Write samples, shape `(n_samples, n_channels)`, in the format that the name's ending says."""
    kind = path.suffix[1:]
    if kind in PCM:
        soundfile.write(path, samples, rate, subtype=subtype)
    else:
        encode(path, samples, rate, codec=subtype or ENCODERS[kind])
    return path


def encode(path: Path, samples: NDArray[np.float32], rate: int, *, codec: str, skip: range = range(0)) -> Path:
    """Write with one of ffmpeg's encoders, leaving out the packets whose numbers are in `skip`."""
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[samples.shape[1]]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout=layout)
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate)
        fifo = av.AudioFifo()
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            part.pts = None
            fifo.write(part)
        size, number, position = stream.codec_context.frame_size or 1024, 0, 0
        while (part := fifo.read(size, partial=True)) is not None:
            part.pts, part.time_base = position, Fraction(1, rate)  # so that the encoder's delay is written down
            position += part.samples
            for packet in stream.encode(part):
                if number not in skip:
                    container.mux(packet)
                number += 1
        for packet in stream.encode(None):
            container.mux(packet)
    return path


async def events_of(stage: Stage, *inbox: Event) -> list[Event]:
    """What a stage emits when it hears `inbox` and then the end."""
    events: list[Event] = []

    async def emit(event: Event) -> None:
        events.append(event)

    async with aclosing(flow(*inbox)) as heard:
        await stage.run(heard, emit)
    return events


async def flow(*events: Event) -> AsyncGenerator[Event, None]:
    """An inbox that holds `events` and then ends."""
    for event in events:
        yield event


async def captured(path: Path, folder: Path, *, channels: Channels = "mix", frame_samples: int = 4000) -> list[Event]:
    """What the capture stage emits for a recording."""
    stage = ReadFile(path, folder, SteppingClock(), InlineWorker(), channels=channels, frame_samples=frame_samples)
    return await events_of(stage)


def of_kind(kind: type[E], events: list[Event]) -> list[E]:
    """The events of one class."""
    return [event for event in events if isinstance(event, kind)]


def heard_on(channel: int, events: list[Event]) -> NDArray[np.float32]:
    """The samples of one channel's frames, in order."""
    return np.concatenate([frame.samples for frame in of_kind(Frame, events) if frame.channel == channel])


def lag(heard: NDArray[np.float32], original: NDArray[np.float32]) -> int:
    """By how many samples `heard` comes after `original`, by correlation."""
    n = min(heard.size, original.size)
    spectrum = np.fft.rfft(heard[:n], 2 * n) * np.conj(np.fft.rfft(original[:n], 2 * n))
    place = int(np.argmax(np.fft.irfft(spectrum, 2 * n)))
    return place if place < n else place - 2 * n
