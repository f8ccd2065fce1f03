"""Conversations of two people, put together from the development set's utterances: every turn is known to the sample.

What is real: voices, rooms, words. What is not: nobody answers anybody, and each sounds as in their own recording.
The same pair of languages always gives the same conversations.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import CorpusError
from voicedoc_corpora.consultation import Consultation, Part, consult
from voicedoc_corpora.devset import Recording, utterances

N_TURNS = 6
"""Turns of a conversation, the doctor's first, then each in turn. Who has fewer utterances says them again."""

PAUSES = (0.2, 1.5)
"""Shortest and longest silence between turns, seconds; drawn evenly."""

OVERLAP_SHARE = 0.2
OVERLAPS = (0.3, 0.8)
"""How often a turn begins before the last has ended, and how long before, seconds."""

LEVELS_DB = (-29.0, -23.0)
"""Softest and loudest speaker: the level of their speech, dBFS."""

FRAME = 0.02
SILENT_DB = -90.0
QUIET_DB = 30.0
SHARE_OF_RANGE = 0.4
SHORTEST_PAUSE = 0.3
SHORTEST_SPEECH = 0.1
"""How `speech_in` finds speech. On this set it differs from Silero's (at 0.5) in 2.6 % missed and 2.0 % added speech.

Source of 0.3 s: NIST Rich Transcription 2009 evaluation plan, which joins a speaker's segments over such pauses.
"""

MARGIN = 0.15
"""Seconds that are kept around an utterance's speech, for its soft beginning and end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A conversation before it is made: who says which utterance, in order."""

    id: str
    languages: tuple[str, str]
    parts: tuple[tuple[Role, Recording], ...]


@dataclass(frozen=True)
class Simulated:
    """A conversation, and who speaks when in it: pauses within turns are left out. Speakers are named by their role."""

    consultation: Consultation
    speech: tuple[SpeakerTurn, ...]


def plans(root: Path, doctor: str, patient: str) -> Iterator[Plan]:
    """The conversations between a doctor and a patient who speak these languages (BCP 47).

    Readers with three utterances or more take part, all readers of a language that has no such. Of two languages, each
    reader of the one with fewer speaks in one conversation; within one language, each two readers do.
    """
    doctors, patients = _readers(root, doctor), _readers(root, patient)
    pairs = list(combinations(doctors, 2)) if doctor == patient else _paired(list(doctors), list(patients))
    for n, (first, second) in enumerate(pairs):
        parts: list[tuple[Role, Recording]] = []
        for turn in range(N_TURNS // 2):
            at = n * N_TURNS // 2 + turn  # another conversation, other utterances, where there are more
            parts.append((Role.DOCTOR, doctors[first][at % len(doctors[first])]))
            parts.append((Role.PATIENT, patients[second][at % len(patients[second])]))
        yield Plan(f"{doctor}-{patient}-{n + 1}", (doctor, patient), tuple(parts))


def _readers(root: Path, language: str) -> dict[str, list[Recording]]:
    """Utterances by reader, of those readers who can lead a conversation without saying anything twice, if any can."""
    found: dict[str, list[Recording]] = {}
    for recording in utterances(root, language):
        found.setdefault(recording.reader, []).append(recording)
    if not found:
        raise CorpusError(f"{root} has no utterances in '{language}'", remedy="choose another pair of languages")
    often = {reader: spoken for reader, spoken in found.items() if len(spoken) >= N_TURNS // 2}
    return often or found


def _paired(doctors: Sequence[str], patients: Sequence[str]) -> list[tuple[str, str]]:
    """Everybody of the shorter list with somebody of the longer; not with its first in every pair of languages."""
    offset = zlib.crc32(f"{doctors[0]} {patients[0]}".encode())
    return [
        (doctors[(n + offset) % len(doctors)], patients[(n + offset) % len(patients)])
        for n in range(min(len(doctors), len(patients)))
    ]


def make(plan: Plan) -> Simulated:
    """Put a conversation together, 16 kHz.

    Raises:
        CorpusError: If an utterance cannot be read or has no speech.
    """
    draw = np.random.default_rng(zlib.crc32(plan.id.encode()))
    levels = {role: draw.uniform(*LEVELS_DB) for role in (Role.DOCTOR, Role.PATIENT)}
    trimmed = [_trimmed(recording) for _, recording in plan.parts]
    parts = [
        Part(role, recording.language, recording.reference, _at_level(samples, spans, levels[role]))
        for (role, recording), (samples, spans) in zip(plan.parts, trimmed, strict=True)
    ]
    consultation = consult(
        parts, rate=SPEECH_RATE, pause=1.0, pauses=_pauses(draw, parts), seed=zlib.crc32(plan.id.encode())
    )
    speech = [
        SpeakerTurn(Span(turn.span.start + span.start, turn.span.start + span.end), turn.role.value)
        for turn, (_, spans) in zip(consultation.turns, trimmed, strict=True)
        for span in spans
    ]
    return Simulated(consultation, tuple(sorted(speech, key=lambda turn: turn.span)))


def _pauses(draw: np.random.Generator, parts: Sequence[Part]) -> list[float]:
    """Seconds before each part. No overlap is longer than half of a turn that it touches."""
    pauses = [draw.uniform(*PAUSES)]
    for before, after in pairwise(parts):
        pause, overlap = draw.uniform(*PAUSES), draw.uniform(*OVERLAPS)
        fits = overlap * SPEECH_RATE * 2 < min(before.samples.size, after.samples.size)
        pauses.append(-overlap if draw.random() < OVERLAP_SHARE and fits else pause)
    return pauses


def _trimmed(recording: Recording) -> tuple[Samples, list[Span]]:
    """An utterance without the silence around it, and where there is speech in it."""
    samples = _read(recording.audio)
    spans = speech_in(samples)
    if not spans:
        raise CorpusError(f"{recording.audio} has no speech", remedy="fetch the development set again")
    start = max(0.0, spans[0].start - MARGIN)
    kept = samples[round(start * SPEECH_RATE) : round((spans[-1].end + MARGIN) * SPEECH_RATE)]
    return as_samples(kept), [Span(span.start - start, span.end - start) for span in spans]


def _read(path: Path) -> Samples:
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise CorpusError(f"cannot read {path}: {error}", remedy="fetch the development set again") from error
    if rate != SPEECH_RATE:
        raise CorpusError(f"{path} has {rate} Hz instead of {SPEECH_RATE}", remedy="fetch the development set again")
    return as_samples(samples[:, 0])


def speech_in(samples: Samples) -> list[Span]:
    """Where there is speech in a recording of one speaker (16 kHz), by its level alone.

    Frames of 20 ms count that are louder than 40 % of the way from the room (5th percentile, in dB) to the loudest
    speech (95th), and at most 30 dB softer than that. A pause below 0.3 s is none.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], _is_loud(samples), [False]]).astype(np.int8)))
    spans: list[Span] = []
    for first, stop in edges.reshape(-1, 2).tolist():
        span = Span(first * FRAME, min(stop * FRAME, samples.size / SPEECH_RATE))
        if spans and span.start - spans[-1].end < SHORTEST_PAUSE:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return [span for span in spans if span.duration >= SHORTEST_SPEECH]


def _is_loud(samples: Samples) -> NDArray[np.bool_]:
    size = round(FRAME * SPEECH_RATE)
    padded = np.pad(np.asarray(samples, np.float64), (0, -samples.size % size))
    levels = np.maximum(10 * np.log10(np.mean(padded.reshape(-1, size) ** 2, axis=1) + 1e-12), SILENT_DB)
    if levels.size == 0:
        return np.zeros(0, np.bool_)
    room, loud = np.percentile(levels, [5, 95])
    return np.asarray(levels > max(loud - QUIET_DB, room + SHARE_OF_RANGE * (loud - room)))


def _at_level(samples: Samples, spans: Sequence[Span], level_db: float) -> Samples:
    """The samples with their speech at `level_db`."""
    spoken = np.concatenate([samples[round(s.start * SPEECH_RATE) : round(s.end * SPEECH_RATE)] for s in spans])
    power = float(np.mean(np.asarray(spoken, np.float64) ** 2))
    return as_samples((samples * np.float32(10 ** (level_db / 20) / np.sqrt(power))).clip(-1.0, 1.0))
