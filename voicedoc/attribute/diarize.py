"""The stage `diarize`: a whole recording in, who speaks when out."""

from __future__ import annotations

from collections.abc import AsyncIterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from types import TracebackType
from typing import ClassVar

import numpy as np

from voicedoc.attribute.diarizer import Diarization, Diarizer
from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.events import AudioClosed, Diarized, Frame, Notice
from voicedoc.errors import BackendFailed, StoreError
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

CHANNEL = 0
"""Several voices are told apart on one channel; where each has a channel, there is nothing to tell."""


@dataclass(frozen=True)
class Diarize:
    """Tells apart who speaks, once the recording has ended. One that cannot be is reported, and has no turns.

    `n_speakers` is how many speak, where that is known. The samples wait in a file without a name in `folder`, which
    is gone at the end, whatever happens: 230 MB an hour. None is the system's folder for such files, maybe a small one.
    """

    diarizer: Diarizer
    worker: Worker
    n_speakers: int | None = None
    folder: Path | None = None

    name: ClassVar[str] = "diarize"
    consumes: ClassVar[Kinds] = frozenset({Frame, AudioClosed})
    emits: ClassVar[Kinds] = frozenset({Diarized, Notice})

    async def run(self, inbox: AsyncIterable[Frame | AudioClosed], emit: Emit) -> None:
        """Run until the inbox ends. The audio ends with `AudioClosed`; without it nothing is told.

        Raises:
            StoreError: If the disk is full.
        """
        with _Waiting(self.folder) as waiting:
            async for event in inbox:
                if isinstance(event, AudioClosed):
                    await self._tell(waiting.samples(), event.at, emit)
                elif event.channel == CHANNEL:
                    waiting.append(event)

    async def _tell(self, samples: Samples, at: float, emit: Emit) -> None:
        diarize = partial(self.diarizer.diarize, samples, n_speakers=self.n_speakers)
        try:
            turns, voices = await self.worker.call(diarize)
        except BackendFailed as error:
            await emit(Notice(at=at, code="diarization-failed", message=str(error), remedy=error.remedy))
            turns, voices = Diarization((), {})
        await emit(Diarized(at=at, channel=CHANNEL, turns=turns, voices=voices))


class _Waiting:
    """Samples on disk, in the order in which they come. Use as a context manager."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder or Path(gettempdir())
        self._n_samples = 0
        try:
            self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise self._refused(error) from error

    def __enter__(self) -> _Waiting:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what could not be written has been told; nothing in it is needed any more
            self._file.close()

    def append(self, frame: Frame) -> None:
        """Raises: ValueError: If the frame does not follow the one before. StoreError: If the disk is full."""
        if frame.first_sample != self._n_samples:
            raise ValueError(
                f"channel {frame.channel} goes on at sample {frame.first_sample}, expected {self._n_samples}"
            )
        try:
            self._file.write(frame.samples.data)
        except OSError as error:
            raise self._refused(error) from error
        self._n_samples += frame.samples.size

    def samples(self) -> Samples:
        """All of them, read from the file as they are looked at."""
        if not self._n_samples:
            return as_samples(np.zeros(0, np.float32))
        try:
            self._file.flush()
        except OSError as error:
            raise self._refused(error) from error
        return np.memmap(self._file, np.float32, mode="r", shape=(self._n_samples,))

    def _refused(self, error: OSError) -> StoreError:
        return StoreError(
            f"cannot write to {self._folder} what is to be told apart: {error.strerror}",
            remedy="free space on that disk, or choose another with --out",
        )
