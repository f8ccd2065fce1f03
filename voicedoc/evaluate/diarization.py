"""Scores of who spoke when: diarization and Jaccard error rates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.turns import SpeakerTurn
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Scorer, ratio, share, whole
from voicedoc.registry import missing_package

COLLAR = 0.25
"""Seconds before and after each boundary of the reference that the lenient figure forgives."""


def time_errors(truth: Sequence[SpeakerTurn], found: Sequence[SpeakerTurn], duration: float, collar: float) -> Counts:
    """Seconds of speech missed, added, given to the wrong speaker, and in all, within `[0, duration)`.

    `collar` seconds before and after each boundary of the reference do not count; overlapping speech does, once for
    each speaker. Speakers are assigned so that the most time is right.
    Source: NIST Rich Transcription 2009 evaluation plan; by pyannote.metrics, whose collar is both sides' together.
    """
    metric = _metrics().DiarizationErrorRate(collar=2 * collar, skip_overlap=False)
    parts = metric(_annotation(truth), _annotation(found), uem=_whole(duration), detailed=True)
    return tuple(float(parts[name]) for name in ("missed detection", "false alarm", "confusion", "total"))


def jaccard_errors(truth: Sequence[SpeakerTurn], found: Sequence[SpeakerTurn], duration: float) -> Counts:
    """The sum of the speakers' Jaccard errors, and how many speakers there are. No collar; overlaps count.

    Source: Ryant et al. 2019, https://arxiv.org/abs/1906.07839.
    """
    metric = _metrics().JaccardErrorRate(collar=0.0, skip_overlap=False)
    parts = metric(_annotation(truth), _annotation(found), uem=_whole(duration), detailed=True)
    return (float(parts["speaker error"]), float(parts["speaker count"]))


def _metrics() -> Any:
    try:
        import pyannote.metrics.diarization as package
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    return package


def _annotation(turns: Sequence[SpeakerTurn]) -> Any:
    from pyannote.core import Annotation, Segment

    annotation = Annotation()
    for number, turn in enumerate(turns):
        annotation[Segment(turn.span.start, turn.span.end), number] = turn.speaker
    return annotation.support()  # overlapping turns of one speaker are one


def _whole(duration: float) -> Any:
    from pyannote.core import Segment, Timeline

    return Timeline([Segment(0.0, duration)])


def _time(collar: float, part: int | None = None) -> Callable[[Row], Sequence[Counts]]:
    """All four counts, or one of them with the total."""

    def count(row: Row) -> Counts | None:
        if not row.truth.turns:
            return None
        counts = time_errors(row.truth.turns, row.found.turns, row.duration, collar)
        return counts if part is None else (counts[part], counts[3])

    return whole(count)


def _one_voice(row: Row) -> Counts | None:
    """What was found, if one speaker had said it all: the baseline."""
    if not row.truth.turns:
        return None
    found = [SpeakerTurn(turn.span, "all") for turn in row.found.turns]
    return time_errors(row.truth.turns, found, row.duration, 0.0)


def _jaccard(row: Row) -> Counts | None:
    return jaccard_errors(row.truth.turns, row.found.turns, row.duration) if row.truth.turns else None


def _n_voices(turns: Sequence[SpeakerTurn]) -> int:
    return len({turn.speaker for turn in turns})


def _number_right(row: Row) -> Counts:
    return (float(_n_voices(row.found.turns) == _n_voices(row.truth.turns)), 1.0)


def _number_off(row: Row) -> Counts:
    return (float(abs(_n_voices(row.found.turns) - _n_voices(row.truth.turns))), 1.0)


def error_rate(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Diarization error rate in percent from summed `time_errors`; can be above 100."""
    return share(np.stack([counts[..., :3].sum(-1), counts[..., 3]], axis=-1))


DIARIZATION_SCORERS = (
    Scorer("der", "diarization error rate, no collar, overlaps scored", True, _time(0.0), error_rate),
    Scorer("der-collar", "the same, 0.25 s on either side of boundaries forgiven", True, _time(COLLAR), error_rate),
    Scorer("der-one", "diarization error rate if one speaker had said everything", True, whole(_one_voice), error_rate),
    Scorer("missed", "speech missed, of all speech", True, _time(0.0, 0), share),
    Scorer("false-alarm", "speech added, of all speech", True, _time(0.0, 1), share),
    Scorer("confusion", "speech of the wrong speaker, of all speech", True, _time(0.0, 2), share),
    Scorer("jer", "Jaccard error rate, no collar, overlaps scored", True, whole(_jaccard), share),
    Scorer("voices-right", "recordings with the right number of voices", False, whole(_number_right), share),
    Scorer("voices-off", "voices too many or too few", True, whole(_number_off), ratio, "voices"),
)
"""Measures of who spoke when."""
