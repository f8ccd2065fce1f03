"""The sound of a session that is over: played, and as an outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.capture.chunks import CHUNKS_NAME, as_block, read_blocks, survey
from voicedoc.capture.devices import portaudio
from voicedoc.capture.spool import SPOOL_NAME
from voicedoc.core.cipher import Cipher
from voicedoc.errors import AudioError, BackendUnavailable
from voicedoc.store.vault import Sound
from voicedoc_desktop.process.task import Here
from voicedoc_desktop.state.review import Outline
from voicedoc_desktop.tasks.sessions import At, Pause, Resume, Seek

Block = NDArray[np.float32]
"""Samples of one channel."""

BLOCK = 0.05
"""Seconds that are played at once: how late a pause may be."""

N_PEAKS = 1200


@dataclass(frozen=True)
class Recording:
    """The sound of a session. `blocks(sample)` gives one channel from a sample on, in blocks of any length."""

    rate: int
    n_samples: int
    blocks: Callable[[int], Iterator[Block]]

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.n_samples / self.rate


def stored_recording(sound: Sound) -> Recording | None:
    """The sound of a session in the store; None where it has none.

    Raises:
        AudioError, StoreError: If it cannot be read.
    """
    path = sound.folder / CHUNKS_NAME
    if not path.is_file():
        return None
    kept = survey(path, sound.cipher)
    return Recording(kept.rate, kept.n_samples, lambda first: _chunks(path, sound.cipher, first))


def _chunks(path: Path, cipher: Cipher, first: int) -> Iterator[Block]:
    for pcm in read_blocks(path, cipher, first_sample=first):
        yield _mixed(as_block(pcm))


def folder_recording(folder: Path) -> Recording | None:
    """The sound of a folder of results; None where it has none.

    Raises:
        AudioError: If it cannot be read.
    """
    path = folder / SPOOL_NAME
    if not path.is_file():
        return None
    with _opened(path) as file:
        return Recording(file.samplerate, file.frames, lambda first: _read(path, first))


def _read(path: Path, first: int) -> Iterator[Block]:
    with _opened(path) as file:
        file.seek(min(first, file.frames))
        while len(block := file.read(round(file.samplerate), dtype="float32", always_2d=True)):
            yield _mixed(block)


def _opened(path: Path) -> Any:
    import soundfile

    try:
        return soundfile.SoundFile(path)
    except soundfile.LibsndfileError as error:
        raise AudioError(f"cannot read {path}: {error}", remedy="restore it from a copy") from error


def _mixed(block: Block) -> Block:
    """Its channels in one."""
    mixed: Block = block.mean(axis=1, dtype=np.float32)
    return mixed


# --- outline


def outline_of(recording: Recording, here: Here) -> Outline:
    """The loudest sample of each of `N_PEAKS` equal parts. Ends early where nobody wants it any more."""
    loudest = np.zeros(N_PEAKS, np.float32)
    at = 0
    for block in recording.blocks(0):
        if here.stopped.is_set():
            break
        places = (np.arange(at, at + len(block)) * N_PEAKS) // max(recording.n_samples, 1)
        np.maximum.at(loudest, np.minimum(places, N_PEAKS - 1), np.abs(block))
        at += len(block)
    peaks = np.minimum(np.rint(loudest * 255), 255).astype(np.uint8)
    return Outline(peaks.tobytes(), recording.duration)


# --- playing


class Player:
    """Plays a recording until its end, or until nobody wants it any more.

    Raises:
        BackendUnavailable: If there is no loudspeaker.
    """

    def __init__(self, recording: Recording, here: Here, loudspeaker: str = "") -> None:
        self._recording, self._here, self._sounds = recording, here, portaudio()
        self._paused = False
        try:
            self._stream: Any = self._sounds.OutputStream(
                samplerate=recording.rate, channels=1, dtype="float32", device=loudspeaker or None
            )
        except (self._sounds.PortAudioError, ValueError) as error:
            raise BackendUnavailable(
                f"the loudspeaker cannot be opened: {error}", remedy="choose another one in Settings"
            ) from error

    def play(self, start: float) -> None:
        """Play from a second on."""
        self._stream.start()
        try:
            wanted: float | None = start
            while wanted is not None:
                wanted = self._play_from(min(max(0.0, wanted), self._recording.duration))
        finally:
            self._stream.close()

    def _play_from(self, start: float) -> float | None:
        """Play on; where to go on from there, None at the end."""
        at = start
        self._tell(at)
        for block in self._pieces(start):
            if (moved := self._listened(at)) is not None:
                return moved
            if self._here.stopped.is_set():
                return None
            self._stream.write(block)
            at += len(block) / self._recording.rate
            self._tell(max(start, at - float(self._stream.latency)))
        self._stream.stop()  # what is in the device's hands is still heard
        self._tell(self._recording.duration)
        return None

    def _pieces(self, start: float) -> Iterator[Block]:
        size = round(BLOCK * self._recording.rate)
        for block in self._recording.blocks(round(start * self._recording.rate)):
            for first in range(0, len(block), size):
                yield np.ascontiguousarray(block[first : first + size])

    def _listened(self, at: float) -> float | None:
        """Do what the window says; where to, if it wants to go elsewhere. Waits as long as it wants a pause."""
        while True:
            said = self._here.poll(0.2 if self._paused else 0.0)
            if isinstance(said, Seek):
                return said.at
            if isinstance(said, Pause | Resume):
                self._pause(at, paused=isinstance(said, Pause))
            elif not self._paused or self._here.stopped.is_set():
                return None

    def _pause(self, at: float, *, paused: bool) -> None:
        if paused == self._paused:
            return
        self._paused = paused
        if paused:
            self._stream.stop()
        else:
            self._stream.start()
        self._tell(at)

    def _tell(self, at: float) -> None:
        self._here.tell(At(at, self._paused))
