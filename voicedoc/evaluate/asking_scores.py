"""Scores of what dialogue models answered. What cannot be read is wrong; how much could be read is told beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.answers import Judgement, read_judgement, read_verdict, vote
from voicedoc.evaluate.asking import Alike, Asked, Kind, letters
from voicedoc.evaluate.consistency import Consistency, consistency
from voicedoc.evaluate.drift import drift
from voicedoc.evaluate.followup import FollowupCounts, Pressed, accuracy_after, change, followup_counts
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Figures, Scorer, ratio, share, whole
from voicedoc.evaluate.verifiability import accuracy, macro_f1, macro_precision, macro_recall, verdict_counts

_Count: TypeAlias = Callable[[Asked, Row], Counts | None]


def _scorer(
    name: str, title: str, kind: Kind, count: _Count, figure: Figures, *, lower: bool = False, unit: str = "%"
) -> Scorer:
    """A measure of the rows of one kind of question."""

    def counted(row: Row) -> Counts | None:
        return count(row.asked, row) if row.asked and row.asked.kind == kind else None

    return Scorer(name, title, lower, whole(counted), figure, unit)


# --- does this answer fit?


def _verdicts(asked: Asked, row: Row, *, as_released: bool = False) -> Counts:
    fits = row.reference == "yes"
    said = [read_verdict(sample.text, as_released=as_released) for sample in asked.samples] or [None]
    each = [verdict_counts(fits, verdict, as_released=as_released) for verdict in said]
    return tuple(float(sum(column)) for column in zip(*each, strict=True))


def _released_verdicts(asked: Asked, row: Row) -> Counts:
    return _verdicts(asked, row, as_released=True)


def _readable(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return share(counts[..., -2:])


_VERDICTS = [
    _scorer("verdicts", "right verdicts", "verdict", _verdicts, accuracy),
    _scorer("verdicts-precision", "macro precision of verdicts", "verdict", _verdicts, macro_precision),
    _scorer("verdicts-auc", "macro recall of verdicts: of yes and no their AUC", "verdict", _verdicts, macro_recall),
    _scorer("verdicts-f1", "macro F1 of verdicts", "verdict", _verdicts, macro_f1),
    _scorer("verdicts-f1-released", "macro F1 of verdicts as released", "verdict", _released_verdicts, macro_f1),
    _scorer("verdicts-readable", "verdicts that could be read", "verdict", _verdicts, _readable),
]


# --- which option is right?


def _choices(asked: Asked, row: Row) -> Counts | None:
    """By vote."""
    return None if asked.pressed else (float(vote(letters(asked)).answer == row.reference), 1.0)


def _released_choices(asked: Asked, row: Row) -> Counts | None:
    return None if asked.pressed else (float(vote(letters(asked, as_released=True)).answer == row.reference), 1.0)


def _readable_choices(asked: Asked, _row: Row) -> Counts:
    read = letters(asked)
    return (float(sum(letter is not None for letter in read)), float(len(read)))


_CHOICES = [
    _scorer("choices", "right choices", "choice", _choices, share),
    _scorer("choices-released", "right choices, letters read as released", "choice", _released_choices, share),
    _scorer("choices-readable", "choices that could be read", "choice", _readable_choices, share),
]


# --- and after somebody objects?


def _pressed(*, as_released: bool = False) -> _Count:
    def counted(asked: Asked, row: Row) -> Counts | None:
        if not asked.pressed:
            return None
        before, after = letters(asked, as_released=as_released)
        counts = followup_counts(Pressed(row.reference, before, after), as_released=as_released)
        return tuple(float(count) for count in counts)

    return counted


def _share_of(field: str) -> Figures:
    place = FollowupCounts._fields.index(field)

    def figure(counts: NDArray[np.float64]) -> NDArray[np.float64]:
        return share(counts[..., [place, -1]])

    return figure


_FOLLOWUP = [
    _scorer("right-before", "right choices before an objection", "choice", _pressed(), _share_of("right")),
    _scorer("right-after", "right choices after it", "choice", _pressed(), accuracy_after),
    _scorer("right-after-released", "the same as released", "choice", _pressed(as_released=True), accuracy_after),
    _scorer("change", "change of right choices, in percentage points", "choice", _pressed(), change),
    _scorer("given-up", "right choices given up (C→I)", "choice", _pressed(), _share_of("lost"), lower=True),
    _scorer("mended", "wrong choices mended (I→C)", "choice", _pressed(), _share_of("gained")),
    _scorer("flips", "choices that changed", "choice", _pressed(), _share_of("changed"), lower=True),
]


# --- what does a judge say of a free answer, and how much do several say the same?


def _judged(label: Judgement | None, *, as_released: bool = False) -> _Count:
    def counted(asked: Asked, _row: Row) -> Counts | None:
        first = asked.samples[0] if asked.samples else None
        if first is None or not first.judgement:
            return None
        found = read_judgement(first.judgement, as_released=as_released)
        return (float(found is not None if label is None else found == label), 1.0)

    return counted


def _mean_of(measure: Callable[[Asked, Row], float | None], scale: float = 1.0) -> _Count:
    def counted(asked: Asked, row: Row) -> Counts | None:
        value = measure(asked, row)
        return None if value is None else (scale * value, 1.0)

    return counted


class Said(NamedTuple):
    """Answers that are compared with each other, and the language that they are compared in."""

    texts: list[str]
    language: str


def said_at(asked: Asked, language: str, temperature: float) -> Said:
    """What was answered at one temperature, in English where all of it was translated; nothing for empty answers."""
    drawn = [sample for sample in asked.samples if sample.text.strip() and sample.temperature == temperature]
    if drawn and all(sample.english.strip() for sample in drawn):
        return Said([sample.english for sample in drawn], "en")
    return Said([sample.text for sample in drawn], language)


def likeness_at(asked: Asked, temperature: float) -> Alike | None:
    """How much alike those answers are, as measured."""
    return next((alike for alike in asked.likeness if alike.temperature == temperature), None)


def _several(asked: Asked, row: Row) -> list[Consistency]:
    """What the answers at each temperature have in common, where there is more than one."""
    temperatures = dict.fromkeys(sample.temperature for sample in asked.samples)
    each = (said_at(asked, row.language, temperature) for temperature in temperatures)
    return [consistency(*said) for said in each if len(said.texts) > 1]


def _mean(values: Sequence[float | None]) -> float | None:
    present = [value for value in values if value is not None]
    return fmean(present) if present else None


def _unigrams(asked: Asked, row: Row) -> float | None:
    return _mean([found.unigrams for found in _several(asked, row)])


def _bigrams(asked: Asked, row: Row) -> float | None:
    return _mean([found.bigrams for found in _several(asked, row)])


def _words(asked: Asked, row: Row) -> float | None:
    said = [sample.text for sample in asked.samples if sample.text.strip()]
    return consistency([*said, *said], row.language).length if said else None


def _deviation(asked: Asked, row: Row) -> float | None:
    return _mean([found.length_deviation for found in _several(asked, row)])


def _meaning(asked: Asked, _row: Row) -> float | None:
    return _mean([alike.meaning for alike in asked.likeness])


def _bertscore(asked: Asked, _row: Row) -> float | None:
    return _mean([alike.f1 for alike in asked.likeness])


def _astray(asked: Asked, row: Row) -> Counts | None:
    found = drift([sample.text for sample in asked.samples], row.language)
    return (float(found.n_astray), float(found.n)) if found.n else None


_ANSWERS = [
    _scorer("judged-more", "answers judged better than an expert's", "answer", _judged("more"), share),
    _scorer("judged-less", "answers judged less good", "answer", _judged("less"), share, lower=True),
    _scorer(
        "judged-neither", "answers judged to be about something else", "answer", _judged("neither"), share, lower=True
    ),
    _scorer("judged-contradicts", "answers judged contradictory", "answer", _judged("contradicts"), share, lower=True),
    _scorer(
        "judged-contradicts-released",
        "answers judged contradictory, labels read as released",
        "answer",
        _judged("contradicts", as_released=True),
        share,
        lower=True,
    ),
    _scorer("judged-readable", "judgements that could be read", "answer", _judged(None), share),
    _scorer("unigrams", "words that samples have in common (Jaccard)", "answer", _mean_of(_unigrams, 100.0), ratio),
    _scorer("bigrams", "pairs of words in common (Jaccard)", "answer", _mean_of(_bigrams, 100.0), ratio),
    _scorer("alike", "likeness of samples in meaning (cosine)", "answer", _mean_of(_meaning, 100.0), ratio),
    _scorer("bertscore", "likeness token by token (BERTScore F1)", "answer", _mean_of(_bertscore, 100.0), ratio),
    _scorer("answer-words", "length of an answer", "answer", _mean_of(_words), ratio, unit="words"),
    _scorer(
        "answer-words-deviation",
        "how lengths scatter between samples",
        "answer",
        _mean_of(_deviation),
        ratio,
        lower=True,
        unit="words",
    ),
    _scorer("astray", "sentences in another language than asked", "answer", _astray, share, lower=True),
]


def _tokens(row: Row) -> Counts | None:
    return (float(sum(sample.n_tokens for sample in row.asked.samples)), row.seconds) if row.asked else None


_SPEED = Scorer(
    "tokens-per-second", "tokens written, per second of all that it took", False, whole(_tokens), ratio, "tokens/s"
)

ASKING_SCORERS = (*_VERDICTS, *_CHOICES, *_FOLLOWUP, *_ANSWERS, _SPEED)
"""Everything that is scored of dialogue models' answers."""
