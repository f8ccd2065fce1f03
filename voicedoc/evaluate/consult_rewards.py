"""What a visit is worth by DoctorAgent-RL's definitions: rewards, the combined score, efficiency and precision.

Source: Feng et al. 2025, DoctorAgent-RL (arXiv 2505.19630). Theirs rewards a diagnosis and a recommendation in words,
and a model judges both from 0 to 5. Nobody diagnoses here: the complaint and how soon somebody must be seen stand in
their place, and rules judge. So the figures compare doctors on these cases, not with published ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from voicedoc.core.languages import primary
from voicedoc.evaluate.consult_cases import LEVELS
from voicedoc.evaluate.consult_visit import Exchange, Visit
from voicedoc.evaluate.text import NO_SPACES

BAD, SORRY, INFORMATIVE, EXHAUSTED = -2.0, -1.0, 1.0, -5.0
MOST = 5.0
"""Of each of the two likenesses at the end, and of a judge's score."""

QUESTION_MARKS = "?？؟"

_Unit = TypeVar("_Unit")


def common_length(first: Sequence[_Unit], second: Sequence[_Unit]) -> int:
    """The length of the longest sequence that both have in this order, not always side by side."""
    best = [0] * (len(second) + 1)
    for one in first:
        before = 0
        for at, other in enumerate(second, start=1):
            before, best[at] = best[at], before + 1 if one == other else max(best[at], best[at - 1])
    return best[-1]


def likeness(found: str, wanted: str) -> float:
    """Characters in common, in order, for each of the longer text; 0.0 where one is empty."""
    longer = max(len(found), len(wanted))
    return common_length(found, wanted) / longer if longer else 0.0


def rouge_l(found: str, wanted: str) -> float:
    """F1 of words in common, in order. Source: Lin 2004, https://aclanthology.org/W04-1013."""
    ours, theirs = found.lower().split(), wanted.lower().split()
    total = len(ours) + len(theirs)
    return 2.0 * common_length(ours, theirs) / total if total else 0.0


def is_repeated(exchanges: Sequence[Exchange], at: int) -> bool:
    """Whether this was asked before: the same question, or the same words. Asking what was not answered is none."""
    ours = exchanges[at]
    same = (one for one in exchanges[:at] if one.text == ours.text or (one.question and one.question == ours.question))
    return ours.act not in ("clarify", "confirm") and any(same)


def is_informative(exchange: Exchange) -> bool:
    """Whether the patient could tell: a fact or a no."""
    return exchange.kind not in ("sorry", "unknown")


def turn_rewards(exchanges: Sequence[Exchange]) -> list[float]:
    """Of each question: two lost for a bad or repeated one, one where no answer is known, one won for the others."""
    return [_turn_reward(exchanges, at) for at in range(len(exchanges))]


def _turn_reward(exchanges: Sequence[Exchange], at: int) -> float:
    n_marks = sum(exchanges[at].text.count(mark) for mark in QUESTION_MARKS)
    if n_marks != 1 or is_repeated(exchanges, at):
        return BAD
    return INFORMATIVE if is_informative(exchanges[at]) else SORRY


def is_over(visit: Visit) -> bool:
    """Whether the budget was used up before the doctor had come to an end. Closing questions do not count."""
    n_counted = sum(exchange.act != "close" for exchange in visit.exchanges)
    return visit.reason in ("budget", "endless") or n_counted > visit.budget


def visit_reward(visit: Visit) -> float:
    """The rewards of all questions, and that of the end."""
    asked = sum(turn_rewards(visit.exchanges))
    if is_over(visit):
        return asked + EXHAUSTED
    ends = ((visit.conclusion, visit.case.conclusion), (visit.recommendation, visit.case.recommendation))
    return asked + sum(MOST * likeness(found, wanted) for found, wanted in ends)


def judged(visit: Visit) -> tuple[float, float]:
    """Scores from 0 to 5: for the complaint, right or wrong; for how soon, less for each level that it is off."""
    complaint = MOST if visit.complaint == visit.case.complaint else 0.0
    if visit.level not in LEVELS:
        return complaint, 0.0
    n_off = abs(LEVELS.index(visit.level) - LEVELS.index(visit.case.level))
    return complaint, MOST * (1.0 - n_off / (len(LEVELS) - 1))


def combined(rouges: tuple[float, float], scores: tuple[float, float]) -> float:
    """Half of the mean ROUGE-L and half of the judge's scores, each between 0 and 1."""
    return ((rouges[0] + rouges[1]) / 2.0 + (scores[0] + scores[1]) / (2.0 * MOST)) / 2.0


def visit_combined(visit: Visit) -> float:
    """The combined score of a visit, by `judged`."""
    conclusion = rouge_l(visit.conclusion, visit.case.conclusion)
    recommendation = rouge_l(visit.recommendation, visit.case.recommendation)
    return combined((conclusion, recommendation), judged(visit))


def efficiency(score: float, n_turns: int, tokens_per_turn: float) -> float:
    """DEI: the combined score squared, for what it cost; 0.0 without a turn, which cost nothing."""
    cost = n_turns + 0.01 * tokens_per_turn
    return score**2 / cost if cost else 0.0


def visit_efficiency(visit: Visit) -> float:
    """DEI of a visit; a question's tokens are its words or, where they are not parted, its characters."""
    apart = primary(visit.case.language) not in NO_SPACES
    n_tokens = sum(len(one.text.split()) if apart else len(one.text) for one in visit.exchanges)
    n_turns = len(visit.exchanges)
    return efficiency(visit_combined(visit), n_turns, n_tokens / n_turns if n_turns else 0.0)
