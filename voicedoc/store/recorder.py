"""Writes what the interpreter's voice said, in time, one track for each listener."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar

import numpy as np

from voicedoc.core.audio import Samples
from voicedoc.core.events import ClauseSpoken, ClauseSynthesized
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.errors import StoreError
from voicedoc.runtime.stage import Emit, Kinds

TRACK_RATE = 24_000
"""Hz. That of the best voices; whatever is slower loses nothing."""

_BLOCK = TRACK_RATE * 10


def track_name(listener: Role) -> str:
    """The file that holds what `listener` hears."""
    return f"interpretation-{listener.value}.wav"


class Track:
    """A WAV file, 24 kHz 16-bit mono, that grows along the audio clock."""

    def __init__(self, path: Path) -> None:
        import soundfile

        self.path = path
        self._file = soundfile.SoundFile(path, "w", TRACK_RATE, 1, "PCM_16", format="WAV")
        self.n_samples = 0

    def place(self, samples: Samples, first_sample: int) -> None:
        """Append `samples` at `first_sample`, after silence. Positions only grow."""
        self._write(np.zeros(max(0, first_sample - self.n_samples), np.float32))
        self._write(samples)

    def close(self, n_samples: int) -> None:
        """Pad with silence to `n_samples` and close."""
        self._write(np.zeros(max(0, n_samples - self.n_samples), np.float32))
        self._file.close()

    def _write(self, samples: Samples) -> None:
        import soundfile

        try:
            for start in range(0, samples.size, _BLOCK):
                self._file.write(samples[start : start + _BLOCK])
            self._file.flush()
        except soundfile.LibsndfileError as error:
            raise StoreError(
                f"cannot write {self.path}: {error}", remedy="free some disk space, then run again"
            ) from error
        self.n_samples += samples.size


@dataclass
class Recorder:
    """The tracks of both listeners. A context manager: on leaving, both are as long as the session."""

    folder: Path
    tracks: dict[Role, Track] = field(init=False)
    free_at: float = 0.0

    def __post_init__(self) -> None:
        self.tracks = {role: Track(self.folder / track_name(role)) for role in (Role.DOCTOR, Role.PATIENT)}

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        length = max(track.n_samples for track in self.tracks.values())
        for track in self.tracks.values():
            track.close(length)

    def say(self, clause: ClauseSynthesized) -> Span:
        """Place a clause as soon as it may be said: after its utterance, and after what the voice is still saying.

        The recording does not wait for the interpreter, as people would; when it is behind, the voice follows later.
        """
        from soxr import resample

        samples = np.asarray(resample(clause.samples, clause.rate, TRACK_RATE), np.float32)
        first = round(max(clause.at, self.free_at) * TRACK_RATE)
        self.tracks[clause.listener].place(samples, first)
        span = Span.from_samples(first, first + samples.size, TRACK_RATE)
        self.free_at = span.end
        return span


@dataclass(frozen=True)
class Record:
    """Puts each clause on its listener's track."""

    recorder: Recorder

    name: ClassVar[str] = "record"
    consumes: ClassVar[Kinds] = frozenset({ClauseSynthesized})
    emits: ClassVar[Kinds] = frozenset({ClauseSpoken})

    async def run(self, inbox: AsyncIterable[Any], emit: Emit) -> None:
        """Consume until the voices have said everything."""
        async for clause in inbox:
            span = self.recorder.say(clause)
            await emit(
                ClauseSpoken(
                    at=clause.at, utterance=clause.utterance, clause=clause.clause, listener=clause.listener, span=span
                )
            )


def mix(original: Iterable[Samples], folder: Path) -> Path:
    """Write `interpretation.wav`: the original on the left, the interpreter on the right, in real time order.

    `original` yields mono blocks at 24 kHz. Both tracks must be closed. Memory stays bounded.
    """
    import soundfile

    path = folder / "interpretation.wav"
    voices = [soundfile.SoundFile(folder / track_name(role)) for role in (Role.DOCTOR, Role.PATIENT)]
    try:
        with soundfile.SoundFile(path, "w", TRACK_RATE, 2, "PCM_16", format="WAV") as file:
            for left in _padded(original, len(voices[0])):
                right = sum(np.asarray(_read(voice, left.size)) for voice in voices)
                file.write(np.clip(np.stack([left, right], axis=1), -1.0, 1.0))
    except soundfile.LibsndfileError as error:
        raise StoreError(f"cannot write {path}: {error}", remedy="free some disk space, then run again") from error
    finally:
        for voice in voices:
            voice.close()
    return path


def _padded(blocks: Iterable[Samples], n_samples: int) -> Iterator[Samples]:
    """The blocks, then silence up to `n_samples`."""
    done = 0
    for block in blocks:
        done += block.size
        yield block
    while done < n_samples:
        size = min(_BLOCK, n_samples - done)
        done += size
        yield np.zeros(size, np.float32)


def _read(file: Any, n_samples: int) -> Samples:
    samples: Samples = file.read(n_samples, dtype="float32", fill_value=0.0)
    return samples
