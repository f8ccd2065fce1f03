"""The stage `capture` for a recording: frames at the speed of the pipeline, or at the recording's own."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from anyio import CancelScope

from voicedoc.capture.channels import Advice, ChannelComparison
from voicedoc.capture.damage import Loudness
from voicedoc.capture.decode import AudioFile, sha256_of
from voicedoc.capture.framing import Framing
from voicedoc.capture.spool import SPOOL_NAME, Spool
from voicedoc.core.events import AudioClosed, AudioDamaged, AudioOpened, Event, Frame, Notice
from voicedoc.runtime.clock import Clock
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

Channels = Literal["mix", "separate"]


class Probe(NamedTuple):
    """What is known of a recording before it is read. `duration` in seconds; None where the file does not say."""

    codec: str
    rate: int
    n_channels: int
    duration: float | None


def probe(path: Path) -> Probe:
    """Open a recording, decode its beginning, and close it.

    Raises:
        AudioError: If it cannot be read, or not be kept without loss.
    """
    with AudioFile(path) as audio:
        return Probe(audio.codec, audio.rate, audio.n_channels, audio.duration)


@dataclass(frozen=True)
class ReadFile:
    """Decodes `path`, writes each block into `SPOOL_NAME` in `folder`, then emits it as frames.

    `channels`: "mix" averages all into channel 0; "separate" keeps them, one frame each for the same time, in order.
    `paced` releases each frame when the clock has reached its end. Ends in `AudioError` or `StoreError` if it must.
    """

    path: Path
    folder: Path
    clock: Clock
    worker: Worker
    paced: bool = False
    channels: Channels = "mix"
    frame_samples: int = 4000  # 0.25 s

    name: ClassVar[str] = "capture"
    consumes: ClassVar[Kinds] = frozenset()
    emits: ClassVar[Kinds] = frozenset({AudioOpened, Frame, AudioDamaged, AudioClosed, Notice})

    async def run(self, inbox: AsyncIterable[Event], emit: Emit) -> None:
        """Run to the end of the recording."""
        del inbox  # a source
        reading = _Reading(self)
        try:
            while (events := await self.worker.call(reading.more)) is not None:
                for event in events:
                    if self.paced and isinstance(event, Frame):
                        await self.clock.sleep_until(event.at)
                    await emit(event)
        finally:
            with CancelScope(shield=True):  # on the same thread: after a block that is still being decoded
                await self.worker.call(reading.close)


class _Reading:
    """A recording on its way: source, spool and framing. Blocking; one thread at a time."""

    def __init__(self, stage: ReadFile) -> None:
        self._stage = stage
        self._opened = ExitStack()
        self._steps = self._read()

    def more(self) -> list[Event] | None:
        """The next events: those of about one second; None after the last."""
        return next(self._steps, None)

    def close(self) -> None:
        """Close what is open. What has been spooled is then whole."""
        self._opened.close()

    def _read(self) -> Iterator[list[Event]]:
        source = self._opened.enter_context(AudioFile(self._stage.path))
        file = self._stage.folder / SPOOL_NAME
        spool = self._opened.enter_context(
            Spool(file, rate=source.rate, n_channels=source.n_channels, bits=source.bits)
        )
        mixes = self._stage.channels == "mix"
        framing = Framing(source.rate, 1 if mixes else source.n_channels, self._stage.frame_samples)
        loudness, comparison = Loudness(source.n_channels), ChannelComparison(source.n_channels)
        yield _beginning(source)
        for block in source.blocks():
            spool.write(block)
            loudness.hear(block)
            frames = framing.push(block.mean(axis=1, keepdims=True) if mixes else block)
            advice = comparison.hear(block, source.rate) if mixes else None
            yield [*frames, *source.damages.settled(source.n_samples), *_notices(advice, source)]
        spool.close()
        yield [*framing.finish(), *_ending(source, loudness, each=not mixes)]


def _beginning(source: AudioFile) -> list[Event]:
    opened = AudioOpened(
        at=0.0,
        source=source.path.name.encode(errors="replace").decode(),  # a name may be no text
        codec=source.codec,
        rate=source.rate,
        n_channels=source.n_channels,
        duration=source.duration,
        sha256=sha256_of(source.path),
    )
    if source.n_tracks == 1:
        return [opened]
    message = f"{source.path.name} has {source.n_tracks} sound tracks; only the main one is used"
    remedy = f"for another: ffmpeg -i {source.path.name} -map 0:a:1 second.flac"
    return [opened, Notice(at=0.0, code="more-tracks", message=message, remedy=remedy)]


def _notices(advice: Advice | None, source: AudioFile) -> list[Event]:
    at = source.n_samples / source.rate
    return [Notice(at=at, code=advice.code, message=advice.message, remedy=advice.remedy)] if advice else []


def _ending(source: AudioFile, loudness: Loudness, *, each: bool) -> list[Event]:
    duration = source.n_samples / source.rate
    return [
        *source.damages.settled(source.n_samples, finished=True),
        *source.ending(),
        *loudness.silence(duration, each=each),
        AudioClosed(at=duration, spool=SPOOL_NAME, duration=duration),
    ]
