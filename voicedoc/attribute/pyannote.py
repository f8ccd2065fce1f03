"""Who speaks when, by pyannote.audio 4, offline."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from voicedoc.attribute.campplus import LEAST_FRAMES, CamPlusPlus
from voicedoc.attribute.clusters import assign, likeness_of_halves, speakers_in, unit
from voicedoc.attribute.diarizer import Diarization, Voice
from voicedoc.attribute.overlap import Flags, runs, speaking, window_starts
from voicedoc.attribute.pyannote_library import Library, device_of, load_checkpoint, pyannote_library
from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import BackendFailed, ConfigError, ModelError

T = TypeVar("T")

CONFIG = "config.yaml"
SEGMENTATION = "pytorch_model.bin"
PIPELINES = (
    "pyannote.audio.pipelines.SpeakerDiarization",
    "pyannote.audio.pipelines.speaker_diarization.SpeakerDiarization",
)
"""The pipelines that a snapshot may be of."""

INSIDE = "$model/"
"""How a config names what lies beside it."""

LEAST_SPEECH = 2.0
"""Seconds of speech from which a voice can be told again."""

LEAST_OWN = 1.0
"""Seconds of clear speech without which nobody is a speaker of their own. Tuned on the development set."""

LEAST_SHARE = 0.005
"""Of all clear speech, for the same: in hours, odd moments add up to seconds."""

LEAST_OVERLAP = 0.03
"""Share of the speech with two voices at once from which there are two people, however alike they sound."""

LEAST_TURN = 6
"""Frames of 17 ms: less is a change of mind between windows, not a turn."""

TONE_BANDS = 8
TONE_CHANGE = 0.3
"""Of the natural logarithm of energy in 10 ms. On the development set speech has 0.34 and more, a tone up to 0.24."""

LONG = 60
"""Windows. In a recording of more, prints are taken in every other one; in the others time tells who speaks."""

ENOUGH_FRAMES = 500
"""Of 10 ms: more tell no more about a voice, and cost time. Tuned on the development set."""

PIECE = 150
LEAST_PIECE = 100
"""Frames of 10 ms of a voice sample that are compared with its others."""

ONE_VOICE = 0.35
"""Cosine between the two halves of a voice sample's pieces, from which it is one voice. On the development set 63
samples of one voice have 0.42 and more, of two people who both speak for 1.5 s or longer 0.25 and less."""

AT_ONCE = 0.15
"""Share of a voice sample's speech in which two are heard at once, from which there are two."""

BATCH = 8
"""Windows that are heard at once: 5 MB of samples."""


class Pyannote:
    """A `Diarizer`. Wants 16 kHz.

    A folder with pyannote's segmentation and CAM++ is put together here: fast on a CPU, in memory that hardly grows
    with the recording. A folder with a `config.yaml` is a snapshot of a pipeline (`pyannote-community-1`) and runs
    as its authors set it up, whatever `step` and `threshold` say; it takes memory with the square of the length.

    `step` is the distance between windows, as a share of their 10 s. `threshold` is the cosine distance from which two
    voices are two. `threads` are PyTorch's, in the whole process.

    Raises:
        ConfigError: If an option is wrong.
        ModelError: If `model`'s folder is neither.
        ModelCorrupt: If a file in it is damaged, or would run anything when loaded.
        BackendUnavailable: If pyannote.audio is not installed, or the device is not there.
    """

    def __init__(
        self,
        model: LoadedModel | None,
        *,
        device: str = "auto",
        threads: int = 1,
        step: float = 0.25,
        threshold: float = 0.6,
        max_speakers: int = 8,
    ) -> None:
        if model is None:
            raise ConfigError("diarizer 'pyannote' needs a model", remedy="model = 'pyannote-campplus' under [diarize]")
        _check_options(threads, step, threshold, max_speakers)
        self._name = model.name
        library = pyannote_library()
        library.torch.set_num_threads(threads)
        where = device_of(library, device)
        self._engine: _Engine = (
            _Snapshot(library, model.path, where, max_speakers)
            if (model.path / CONFIG).is_file()
            else _Assembled(library, model.path, where, step, threshold, max_speakers)
        )

    def diarize(self, samples: Samples, *, n_speakers: int | None = None) -> Diarization:
        """See `Diarizer`. Finds fewer than `n_speakers` where there are not so many voices.

        Raises:
            ConfigError: If `n_speakers` is not at least 1.
        """
        if n_speakers is not None and n_speakers < 1:
            raise ConfigError(f"there cannot be {n_speakers} speakers", remedy="give a number from 1 on, or none")
        if not samples.size:
            return Diarization((), {})
        return self._told(samples, lambda: self._engine.diarize(samples, n_speakers))

    def _told(self, samples: Samples, listen: Callable[[], T]) -> T:
        try:
            return listen()
        except (RuntimeError, MemoryError) as error:  # PyTorch reports out-of-memory as either
            raise BackendFailed(
                f"{self._name} could not tell who speaks in {samples.size / SPEECH_RATE:.1f} s of audio: {error}",
                remedy="set device = 'cpu' in the profile's [diarize] options, or give the turns with --turns",
            ) from error

    def voice(self, samples: Samples) -> Voice:
        """See `Diarizer`."""
        if self._told(samples, lambda: self._engine.n_voices(samples)) > 1:
            raise BackendFailed(
                f"more than one voice is heard in {samples.size / SPEECH_RATE:.1f} s of audio",
                remedy="record this person alone for 5 to 10 s",
            )
        turns, voices = self.diarize(samples)
        seconds = {name: sum(turn.span.duration for turn in turns if turn.speaker == name) for name in voices}
        longest = max(seconds, key=lambda name: seconds[name], default="")
        if seconds.get(longest, 0.0) < LEAST_SPEECH:
            raise BackendFailed(
                f"there are {seconds.get(longest, 0.0):.1f} s of speech in {samples.size / SPEECH_RATE:.1f} s of audio,"
                f" and a voice needs {LEAST_SPEECH:.0f} s",
                remedy="record this person alone for 5 to 10 s",
            )
        return voices[longest]


def _check_options(threads: int, step: float, threshold: float, max_speakers: int) -> None:
    for name, value, low, high in (
        ("threads", threads, 1, 256),
        ("step", step, 0.05, 1.0),
        ("threshold", threshold, 0.0, 2.0),
        ("max_speakers", max_speakers, 1, 100),
    ):
        if not low <= value <= high:
            raise ConfigError(
                f"{name} = {value} is not between {low} and {high}", remedy="leave it out for the default"
            )


class _Engine(Protocol):
    def diarize(self, samples: Samples, n_speakers: int | None) -> Diarization: ...

    def n_voices(self, samples: Samples) -> int:
        """At least how many voices there are in a short sample, which should be one."""
        ...


class _Turn(NamedTuple):
    """A turn whose speaker is an index into some voices."""

    start: float
    end: float
    speaker: int


def _named(turns: Iterable[_Turn], voices: NDArray[np.float32], duration: float) -> Diarization:
    """The turns within the recording, by time, with labels by first appearance."""
    inside = sorted(turn for turn in turns if turn.start < min(turn.end, duration))
    names = {speaker: f"S{number}" for number, speaker in enumerate(dict.fromkeys(t.speaker for t in inside), start=1)}
    return Diarization(
        tuple(SpeakerTurn(Span(max(0.0, t.start), min(t.end, duration)), names[t.speaker]) for t in inside),
        {name: unit(voices[speaker]) for speaker, name in names.items()},
    )


# --- put together here


class _Print(NamedTuple):
    """What one of a window's own speakers sounds like, from `seconds` in which nobody else speaks."""

    voice: Voice
    seconds: float
    window: int
    local: int


class _Heard(NamedTuple):
    """What was heard in all windows. `active` has shape `(n_windows, n_frames, n_local)`."""

    active: Flags
    prints: list[_Print]


class _Assembled:
    """Segmentation in windows, CAM++ for each window's speakers, clusters of these, and the windows put together.

    Source: Bredin 2023, "pyannote.audio 2.1 speaker diarization pipeline" (Interspeech).
    """

    def __init__(
        self, library: Library, folder: Path, device: str, step: float, threshold: float, max_speakers: int
    ) -> None:
        if not (folder / SEGMENTATION).is_file():
            raise ModelError(
                f"{folder} has neither {CONFIG} nor {SEGMENTATION}", remedy="voicedoc models pull pyannote-campplus"
            )
        self._torch = library.torch
        model = load_checkpoint(library, folder / SEGMENTATION)
        self._inference = library.audio.Inference(model, device=self._torch.device(device), batch_size=BATCH)
        self._network = CamPlusPlus(folder, library.torch, device)
        self._window: int = round(model.specifications.duration * SPEECH_RATE)
        self._step: int = round(step * self._window)
        self._frame, self._middle = model.receptive_field.step, model.receptive_field.duration / 2
        self._threshold, self._max_speakers = threshold, max_speakers

    def diarize(self, samples: Samples, n_speakers: int | None) -> Diarization:
        active, prints = self._hear(samples)
        if not prints:
            return Diarization((), {})
        seconds = np.array([print_.seconds for print_ in prints])
        voices = speakers_in(
            np.stack([print_.voice for print_ in prints]),
            seconds,
            threshold=self._threshold,
            least_seconds=max(self._n_heard(samples.size) * LEAST_OWN, LEAST_SHARE * float(seconds.sum())),
            n_speakers=n_speakers,
            at_least=min(_n_at_once(active), self._max_speakers),
            at_most=self._max_speakers,
        )
        firsts = np.rint(np.arange(len(active)) * self._step / SPEECH_RATE / self._frame).astype(np.int64)
        flags = speaking(active, _speakers(active, prints, voices, firsts), firsts, len(voices))
        turns = (
            _Turn(self._time(run.first), self._time(run.stop), run.speaker) for run in runs(flags, least=LEAST_TURN)
        )
        return _named(turns, voices, samples.size / SPEECH_RATE)

    def n_voices(self, samples: Samples) -> int:
        """Two where pieces of speech fall into two groups that sound unlike each other, or people speak at once."""
        pieces: list[Voice] = []
        n_speech = n_at_once = 0
        for start in range(0, samples.size, self._window):
            window = self._windows(samples, range(start, start + 1))
            local = (self._inference.infer(window[:, np.newaxis]) > 0.5)[0]
            n_speech += int(local.any(axis=1).sum())
            n_at_once += int((local.sum(axis=1) > 1).sum())
            pieces += self._pieces(window[0], local)
        alike = likeness_of_halves(np.stack(pieces)) if pieces else 1.0
        return 1 + (alike < ONE_VOICE or n_at_once > AT_ONCE * max(1, n_speech))

    def _pieces(self, window: Any, local: Flags) -> Iterator[Voice]:
        """Prints of `PIECE` of a window's speech, each of one of its own speakers; the last of each may be shorter."""
        features = self._network.features(window)
        rows = np.arange(len(features)) * len(local) // len(features)
        alone = local & (local.sum(axis=1, keepdims=True) == 1)
        for speaker in range(local.shape[1]):
            own = np.flatnonzero(alone[rows, speaker])
            for first in range(0, own.size, PIECE):
                piece = own[first : first + PIECE]
                if piece.size >= LEAST_PIECE and not _is_tone(features[piece]):
                    yield self._network.embed(features[piece]).numpy()

    def _n_heard(self, n_samples: int) -> float:
        """In how many prints the same second of speech is, on average: in few where there are few windows."""
        starts = window_starts(n_samples, self._window, self._step)
        heard = [min(n_samples, starts[number] + self._window) - starts[number] for number in _sounded(len(starts))]
        return sum(heard) / n_samples

    def _time(self, frame: int) -> float:
        return float(frame * self._frame + self._middle)

    def _hear(self, samples: Samples) -> _Heard:
        starts = window_starts(samples.size, self._window, self._step)
        sounded = frozenset(_sounded(len(starts)))
        active: list[Flags] = []
        prints: list[_Print] = []
        for first in range(0, len(starts), BATCH):
            windows = self._windows(samples, starts[first : first + BATCH])
            found = self._inference.infer(windows[:, np.newaxis]) > 0.5
            for number, (window, local) in enumerate(zip(windows, found, strict=True), start=first):
                if number in sounded:
                    prints += self._prints(window, local, number)
            active.append(found)
        return _Heard(np.concatenate(active), prints)

    def _windows(self, samples: Samples, starts: range) -> Any:
        """Copies of some windows, filled up with silence beyond the end; shape `(n_windows, n_samples)`."""
        copies = np.zeros((len(starts), self._window), np.float32)
        for copy, start in zip(copies, starts, strict=True):
            part = samples[start : start + self._window]
            copy[: part.size] = part
        return self._torch.from_numpy(copies)

    def _prints(self, window: Any, local: Flags, number: int) -> Iterator[_Print]:
        """The print of each speaker of a window; from overlapped speech where there is too little that is clear."""
        if not local.any():
            return
        features = self._network.features(window)
        rows = np.arange(len(features)) * len(local) // len(features)
        alone = local & (local.sum(axis=1, keepdims=True) == 1)
        for speaker in np.flatnonzero(local.any(axis=0)).tolist():
            own = np.flatnonzero(alone[rows, speaker])
            if own.size < LEAST_FRAMES:
                own = np.flatnonzero(local[rows, speaker])
            if own.size >= LEAST_FRAMES and not _is_tone(features[own]):
                # Few lengths: PyTorch keeps what it has prepared for each.
                size = min(own.size - own.size % LEAST_FRAMES, ENOUGH_FRAMES)
                first = (own.size - size) // 2
                voice = self._network.embed(features[own[first : first + size]]).numpy()
                seconds = float(alone[:, speaker].mean()) * self._window / SPEECH_RATE
                yield _Print(voice, seconds, number, speaker)


def _is_tone(features: Any) -> bool:
    """Whether the loudest bands hardly change from frame to frame, as those of a ringing line do and no voice's."""
    loudest = features[:, features.mean(dim=0).topk(TONE_BANDS).indices]
    return bool((loudest[1:] - loudest[:-1]).abs().mean(dim=1).median() < TONE_CHANGE)


def _n_at_once(active: Flags) -> int:
    """How many people there are at least, since so many are heard at once."""
    frames = np.bincount(active.sum(axis=2).ravel(), minlength=2)
    at_least = np.cumsum(frames[::-1])[::-1]  # by number of voices: frames with so many or more
    return max(1, int((at_least[1:] > LEAST_OVERLAP * at_least[1]).sum()))


def _speakers(
    active: Flags, prints: list[_Print], voices: NDArray[np.float32], first_frames: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Which speaker each window's own speakers are, shape `(n_windows, n_local)`; -1 where nothing tells.

    By their prints; in windows without, by who is heard at that time in the windows with prints.
    """
    speakers = np.full((active.shape[0], active.shape[2]), -1, np.int64)
    for window, group in groupby(prints, key=lambda print_: print_.window):
        own = list(group)
        local = [print_.local for print_ in own]
        likeness = np.stack([print_.voice for print_ in own]) @ voices.T
        speakers[window, local] = assign(likeness, _at_once(active[window][:, local]))
    sounded = _sounded(len(active))
    known = speaking(active[sounded], speakers[sounded], first_frames[sounded], len(voices))
    for window in sorted(set(range(len(active))) - set(sounded)):
        here = known[first_frames[window] :][: active.shape[1]].astype(np.float32)
        shared = active[window].T.astype(np.float32) @ here
        local = np.flatnonzero(shared.any(axis=1)).tolist()
        speakers[window, local] = assign(shared[local], _at_once(active[window][:, local]))
    return speakers


def _sounded(n_windows: int) -> list[int]:
    """The windows whose speakers' prints are taken: the first, the last, and enough between them."""
    return sorted({*range(0, n_windows, 1 if n_windows <= LONG else 2), n_windows - 1})


def _at_once(active: Flags) -> Flags:
    """Which of a window's speakers are ever heard together, shape `(n_local, n_local)`."""
    heard = active.astype(np.int64)
    return (heard.T @ heard > 0) & ~np.eye(heard.shape[1], dtype=bool)


# --- a snapshot of a pipeline


class _Snapshot:
    """A pipeline as its authors set it up: `config.yaml`, whose `$model/…` are folders beside it."""

    def __init__(self, library: Library, folder: Path, device: str, max_speakers: int) -> None:
        self._torch, self._max_speakers = library.torch, max_speakers
        config = _read_config(folder / CONFIG)
        parts = {key: folder / value[len(INSIDE) :] for key, value in config.parameters.items() if _is_inside(value)}
        if missing := {"segmentation", "embedding", "plda"} - set(parts):
            raise ModelError(
                f"{folder / CONFIG} does not say where in its folder {', '.join(sorted(missing))} is",
                remedy="use a pipeline that is whole, such as pyannote/speaker-diarization-community-1",
            )
        pieces = {key: load_checkpoint(library, parts[key] / SEGMENTATION) for key in ("segmentation", "embedding")}
        kind = library.audio.pipelines.SpeakerDiarization
        try:
            pieces["plda"] = library.audio.core.plda.PLDA.from_pretrained(parts["plda"])
            self._pipeline = kind(**{**config.parameters, **pieces}).instantiate(config.tuned)
        except (OSError, TypeError, ValueError, KeyError) as error:
            raise ModelError(
                f"the pipeline in {folder} does not fit this version of pyannote.audio: {error}",
                remedy="pull the model again, or change the version of pyannote.audio",
            ) from error
        self._pipeline.to(self._torch.device(device))

    def n_voices(self, samples: Samples) -> int:
        turns, voices = self.diarize(samples, None)
        seconds = [sum(turn.span.duration for turn in turns if turn.speaker == name) for name in voices]
        return sum(each >= LEAST_OWN for each in seconds)

    def diarize(self, samples: Samples, n_speakers: int | None) -> Diarization:
        most = None if n_speakers else self._max_speakers
        with warnings.catch_warnings():
            # Samples are read-only here, and the library does not write to them.
            warnings.filterwarnings("ignore", "The given NumPy array is not writable", UserWarning)
            # Fewer voices than asked for: the contract allows it.
            warnings.filterwarnings("ignore", r"\s*The detected number of speakers", UserWarning)
            heard = {"waveform": self._torch.from_numpy(samples)[np.newaxis], "sample_rate": SPEECH_RATE}
            found = self._pipeline(heard, num_speakers=n_speakers, max_speakers=most)
        voices = np.asarray(found.speaker_embeddings, np.float32)
        rows = {label: row for row, label in enumerate(found.speaker_diarization.labels()) if voices[row].any()}
        turns = (
            _Turn(segment.start, segment.end, rows[label])
            for segment, _, label in found.speaker_diarization.itertracks(yield_label=True)
            if label in rows  # the library adds speakers without a voice where more overlap than it has told apart
        )
        return _named(turns, voices, samples.size / SPEECH_RATE)


def _is_inside(value: object) -> bool:
    """Whether `value` names a folder beside the config. Others name what is on a hub."""
    return isinstance(value, str) and value.startswith(INSIDE) and ".." not in value


class _Config(NamedTuple):
    """What a pipeline is made with, and what has been tuned in it."""

    parameters: Mapping[str, Any]
    tuned: Mapping[str, Any]


def _read_config(path: Path) -> _Config:
    import yaml

    try:
        config = yaml.safe_load(path.read_text("utf-8"))
        pipeline, tuned = config["pipeline"], config["params"]
        name, parameters = pipeline["name"], pipeline["params"]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"{path} describes no pipeline: {error}", remedy="pull the model again") from error
    if name not in PIPELINES:
        raise ModelError(f"{path} is a pipeline of {name}", remedy=f"only {PIPELINES[0]} tells speakers apart here")
    return _Config(parameters, tuned)
