"""Judges that follow a rule: what a judge's labels are worth is seen beside those of one that knows nothing.

They end in the same four labels as XLingEval's judge, see `read_judgement` in `answers.py`, and see what it sees: an
expert's answer and another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from voicedoc.core.languages import primary
from voicedoc.evaluate.agreement import contradicts
from voicedoc.evaluate.answers import Judgement
from voicedoc.evaluate.consistency import jaccard, words_of

Judge: TypeAlias = Callable[[str, str, str], Judgement]
"""An expert's answer, another one, and their language to a label."""

SHARED = 0.02
"""Of the words of two texts, the part in common below which they are taken to be of different things."""


def always_more(_expert: str, _answer: str, _language: str) -> Judgement:
    """Whatever it reads, the answer is the better one."""
    return "more"


def by_length(expert: str, answer: str, language: str) -> Judgement:
    """The longer answer is the better one."""
    return "more" if len(words_of(answer, language)) > len(words_of(expert, language)) else "less"


def by_rules(expert: str, answer: str, language: str) -> Judgement:
    """Contradictory where one says yes and the other no, or a critical item is another; neither where hardly a word is
    shared; otherwise by length.
    """
    if contradicts(expert, answer, primary(language), primary(language)):
        return "contradicts"
    one, other = _words(expert, language), _words(answer, language)
    if (jaccard(one, other) or 0.0) < SHARED:
        return "neither"
    return by_length(expert, answer, language)


def _words(text: str, language: str) -> set[tuple[str, ...]]:
    return {(word,) for word in words_of(text, language)}


RULES: Mapping[str, Judge] = MappingProxyType(
    {"always more": always_more, "longer is better": by_length, "rules": by_rules}
)
"""Judges by name."""


def kappa(one: Sequence[str | None], other: Sequence[str | None]) -> float | None:
    """How far two judges agree beyond chance, from -1 to 1; None where chance alone would have them always agree.

    Source: Cohen 1960, A coefficient of agreement for nominal scales.

    Raises:
        ValueError: If they have not judged the same number of answers, or none.
    """
    if len(one) != len(other) or not one:
        raise ValueError(f"two judges need the same answers, got {len(one)} and {len(other)}")
    n = len(one)
    counts, others = Counter(one), Counter(other)
    by_chance = sum(counts[label] * others[label] for label in counts) / n**2
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    return None if by_chance == 1.0 else (agreed - by_chance) / (1.0 - by_chance)
