"""What is wrong with a recording, merged into few reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.capture.resample import Block
from voicedoc.core.audio import level_db
from voicedoc.core.events import AudioDamaged
from voicedoc.core.time import Span, clock_text

MERGE = 10.0
"""Seconds. Damage of one kind that is less far apart is reported as one."""

FULL_SCALE = 0.9995
MIN_CLIPPED = 20
"""Samples at full scale in a report. Fewer are a loud peak, not clipping."""

SILENT_DB = -60.0
"""A recording whose loudest second is quieter is silent: speech across a room is some 20 dB louder."""


class _Kind(NamedTuple):
    """How a kind of damage is told: `message` with `{n}` samples, and what the user can do."""

    message: str
    remedy: str
    least: int = 1


KINDS = {
    "clipped": _Kind(
        "the recording is too loud for its recorder: {n} samples are clipped at full scale",
        "record with less gain or with the microphone further away; words here may be misheard",
        MIN_CLIPPED,
    ),
    "not-a-number": _Kind(
        "{n} samples are not numbers; silence stands in for them", "check the program that wrote the recording"
    ),
    "lost": _Kind(
        "{n} samples were lost on their way from the microphone; silence stands in for them",
        "close other programs; try another USB port or microphone; words here may be misheard",
    ),
    "overflow": _Kind(
        "the sound driver has lost samples {n} times",
        "close other programs; try another USB port or microphone; words here may be misheard",
    ),
    "gap": _Kind(
        "{n} samples are missing or unreadable; silence stands in for them", "copy the recording again from its source"
    ),
}


@dataclass(slots=True)
class _Stretch:
    first_sample: int
    stop_sample: int
    n: int


class Damages:
    """Collects what is wrong. Positions are samples at `rate`."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._open: dict[str, _Stretch] = {}
        self._closed: list[tuple[str, _Stretch]] = []

    def add(self, kind: str, first_sample: int, stop_sample: int, n: int) -> None:
        """Note `n` samples of a kind in `KINDS`, the first at `first_sample`, the last before `stop_sample`."""
        stretch = self._open.get(kind)
        if stretch and first_sample - stretch.stop_sample < MERGE * self._rate:
            stretch.stop_sample, stretch.n = stop_sample, stretch.n + n
            return
        if stretch:
            self._closed.append((kind, stretch))
        self._open[kind] = _Stretch(first_sample, stop_sample, n)

    def settled(self, position: int, *, finished: bool = False) -> list[AudioDamaged]:
        """The reports to which nothing can be added any more, now that the audio before `position` has been seen."""
        for kind, stretch in list(self._open.items()):
            if finished or position - stretch.stop_sample >= MERGE * self._rate:
                self._closed.append((kind, self._open.pop(kind)))
        due, self._closed = self._closed, []
        return [self._report(kind, stretch, position) for kind, stretch in due if stretch.n >= KINDS[kind].least]

    def _report(self, kind: str, stretch: _Stretch, position: int) -> AudioDamaged:
        told = KINDS[kind]
        span = Span.from_samples(stretch.first_sample, stretch.stop_sample, self._rate)
        return AudioDamaged(
            at=position / self._rate,
            kind=kind,
            span=span,
            message=told.message.format(n=stretch.n) + f" ({clock_text(span.start)}–{clock_text(span.end)})",
            remedy=told.remedy,
        )


def without_holes(block: Block, first_sample: int, damages: Damages) -> Block:
    """The block with 0 in place of NaN and infinity."""
    finite = np.isfinite(block)
    if finite.all():
        return block
    holes = np.flatnonzero(~finite.all(axis=1))
    damages.add("not-a-number", first_sample + int(holes[0]), first_sample + int(holes[-1]) + 1, int((~finite).sum()))
    return np.where(finite, block, np.float32(0.0))


def note_clipping(block: Block, first_sample: int, rate: int, damages: Damages) -> None:
    """Note runs of at least 3 samples (0.1 ms, where that is more) at full scale; single peaks are no clipping."""
    loud = np.abs(block) >= FULL_SCALE
    if not loud.any():
        return
    for channel in loud.T:
        starts, stops = _runs(channel)
        long = stops - starts >= max(3, rate // 10_000)
        if long.any():
            first, stop = int(starts[long][0]), int(stops[long][-1])
            damages.add("clipped", first_sample + first, first_sample + stop, int((stops - starts)[long].sum()))


def _runs(flags: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where runs of True begin, and where they stop."""
    edges = np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)


class Loudness:
    """The loudest second of each channel."""

    def __init__(self, n_channels: int) -> None:
        self._peaks_db = [-120.0] * n_channels

    def hear(self, block: Block) -> None:
        """Take in one second."""
        self._peaks_db = [max(peak, level_db(c)) for peak, c in zip(self._peaks_db, block.T, strict=True)]

    def silence(self, duration: float, *, each: bool) -> list[AudioDamaged]:
        """A report where the whole recording is silent, or, with `each`, one for every silent channel."""
        silent = [index for index, peak in enumerate(self._peaks_db, start=1) if peak < SILENT_DB]
        if len(silent) == len(self._peaks_db):
            return [self._report("the recording is silent", max(self._peaks_db), duration)]
        names = [(f"channel {index} of {len(self._peaks_db)} is silent", index) for index in silent if each]
        return [self._report(name, self._peaks_db[index - 1], duration) for name, index in names]

    def _report(self, what: str, peak_db: float, duration: float) -> AudioDamaged:
        return AudioDamaged(
            at=duration,
            kind="silent",
            span=Span(0.0, duration),
            message=f"{what}: its loudest second is at {peak_db:.0f} dB of full scale",
            remedy="check the microphone, its cable and its mute switch",
        )
