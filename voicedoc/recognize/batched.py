"""The stage `recognize` of batch jobs: utterances in, many read at once, transcripts out in the same order."""

from __future__ import annotations

import math
import tempfile
from collections.abc import AsyncIterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from types import TracebackType
from typing import ClassVar, NamedTuple

import anyio
import numpy as np
from anyio.streams.memory import MemoryObjectReceiveStream

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.events import NothingHeard, StageFailed, TranscriptFinal, Utterance
from voicedoc.errors import StoreError
from voicedoc.recognize.role import BatchRecognizer
from voicedoc.recognize.stage import outcome
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

BLOCKS = (64, 256)
"""Utterances that are read at once: in the first block, to begin soon, and in those after it."""


@dataclass(frozen=True)
class RecognizeBatched:
    """Transcribes utterances in blocks of `blocks`, the last size again and again.

    One that fails is reported; the others go on.
    Utterances are taken as they come, and their samples wait in a file without a name in `folder` (the system's folder
    for such files where it is None): neither does a slow model hold up what else hears the recording, nor does a long
    recording fill the memory. A block is the next so many utterances, whatever the machine's speed.
    """

    recognizer: BatchRecognizer
    worker: Worker
    languages: tuple[str, ...]
    folder: Path | None = None
    blocks: tuple[int, ...] = BLOCKS

    name: ClassVar[str] = "recognize"
    consumes: ClassVar[Kinds] = frozenset({Utterance})
    emits: ClassVar[Kinds] = frozenset({TranscriptFinal, NothingHeard, StageFailed})

    async def run(self, inbox: AsyncIterable[Utterance], emit: Emit) -> None:
        """Run until the inbox ends and all of it has been read.

        Raises:
            StoreError: If the disk is full.
        """
        with SampleFile(self.folder) as file:
            arrived, waiting = anyio.create_memory_object_stream[_Waiting](math.inf)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._read_blocks, waiting, file, emit)
                async with arrived:
                    async for utterance in inbox:
                        arrived.send_nowait(file.put(utterance))

    async def _read_blocks(self, waiting: MemoryObjectReceiveStream[_Waiting], file: SampleFile, emit: Emit) -> None:
        block: list[_Waiting] = []
        sizes = chain(self.blocks, repeat(self.blocks[-1]))
        size = next(sizes)
        async with waiting:
            async for one in waiting:
                block.append(one)
                if len(block) == size:
                    await self._read(block, file, emit)
                    block, size = [], next(sizes)
        if block:
            await self._read(block, file, emit)

    async def _read(self, block: list[_Waiting], file: SampleFile, emit: Emit) -> None:
        utterances = [file.get(one) for one in block]
        read = partial(self.recognizer.recognize_batch, utterances, languages=self.languages)
        for one, result in zip(block, await self.worker.call(read), strict=True):
            await emit(outcome(one.utterance, result, self.name))


class _Waiting(NamedTuple):
    """An utterance without its samples, and where in the file they are, in bytes."""

    utterance: Utterance
    offset: int
    n_samples: int


NO_SAMPLES = as_samples(np.zeros(0, np.float32))


class SampleFile:
    """Samples that wait on disk. The file has no name, so nothing of it stays behind, whatever happens."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        try:
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  # closed by __exit__
        except OSError as error:
            raise self._refused(error) from error
        self._end = 0

    def __enter__(self) -> SampleFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, utterance: Utterance) -> _Waiting:
        """Write an utterance's samples down and let go of them.

        Raises:
            StoreError: If the disk is full.
        """
        raw = memoryview(utterance.samples.tobytes())
        try:
            while raw:
                raw = raw[self._file.write(raw) :]
        except OSError as error:
            raise self._refused(error) from error
        offset, self._end = self._end, self._end + utterance.samples.nbytes
        return _Waiting(replace(utterance, samples=NO_SAMPLES), offset, utterance.samples.size)

    def _refused(self, error: OSError) -> StoreError:
        where = self._folder or "the folder for temporary files"
        return StoreError(
            f"cannot write to {where} what is to be recognised: {error.strerror}",
            remedy="free space on that disk, or choose another with --out"
            if self._folder
            else "free space there, or point TMPDIR to another disk",
        )

    def get(self, waiting: _Waiting) -> Utterance:
        """The utterance with its samples, which stay on disk until they are looked at."""
        if not waiting.n_samples:
            return waiting.utterance
        samples: Samples = np.memmap(self._file, np.float32, "r", waiting.offset, (waiting.n_samples,))
        return replace(waiting.utterance, samples=as_samples(samples))
