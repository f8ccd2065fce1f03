"""Scores of one question in several languages: do its answers agree, do they fit, and which route is the safer one?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from voicedoc.converse.routes import PIVOT
from voicedoc.core.languages import same_language
from voicedoc.evaluate.agreement import Agreement, Between, compared, contradicts
from voicedoc.evaluate.answers import read_verdict
from voicedoc.evaluate.rounds import Round
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Scorer, ratio, share, whole
from voicedoc.evaluate.statistics import Difference, paired_difference
from voicedoc.evaluate.tables import Cell, Heat, Table, Tabled, matrix, number

SHOWN = 20
"""Contradictions of each way that are listed."""

ENOUGH = 6
"""Questions of which, if all go one way, that is hardly chance (p = 1/32, two-sided); fewer cannot tell."""

SCALE = "Of E5, translations have about 0.89 and unrelated sentences 0.80 (8 statements in 4 languages)."
"""How a likeness in meaning is to be read: measured when the model was chosen."""

# --- one question


def _of_round(count: Callable[[Round, Row], Counts | None]) -> Callable[[Row], Sequence[Counts]]:
    def counted(row: Row) -> Counts | None:
        return None if row.round is None else count(row.round, row)

    return whole(counted)


def _near(asked: Round, _row: Row) -> Counts | None:
    return (100.0 * sum(near.cosine for near in asked.near), float(len(asked.near))) if asked.near else None


def _against(asked: Round) -> list[bool]:
    """For each pair of languages whether the answers contradict each other."""
    pairs = combinations(asked.answers().items(), 2)
    return [bool(contradicts(one, other, first, second)) for (first, one), (second, other) in pairs]


def _contradictions(asked: Round, _row: Row) -> Counts | None:
    found = _against(asked)
    return (float(sum(found)), float(len(found))) if found else None


def _split(asked: Round, _row: Row) -> Counts | None:
    """Whether it is answered by yes in one language and by no in another."""
    said = [verdict for text in asked.answers().values() if (verdict := read_verdict(text))]
    return (float(len(set(said)) > 1), 1.0) if len(said) > 1 else None


def _fitting(asked: Round, row: Row) -> Counts:
    said = [read_verdict(text) for text in asked.answers().values()]
    return (float(sum(verdict == row.reference for verdict in said)), float(len(asked.languages())))


def _unfit(asked: Round, row: Row) -> Counts:
    said = [read_verdict(text) for text in asked.answers().values()]
    return (float(sum(verdict not in (None, row.reference) for verdict in said)), float(len(asked.languages())))


def _readable(asked: Round, _row: Row) -> Counts:
    said = [read_verdict(text) for text in asked.answers().values()]
    return (float(sum(verdict is not None for verdict in said)), float(len(asked.languages())))


def _doubted(asked: Round, _row: Row) -> Counts | None:
    through = [one for one in asked.told if one.asked]
    return (float(sum(bool(one.doubts) for one in through)), float(len(through))) if through else None


def _lacking(asked: Round, _row: Row) -> Counts:
    return (float(sum(bool(one.lacking) for one in asked.told)), float(len(asked.told)))


ROUND_SCORERS = (
    Scorer("between-meaning", "likeness in meaning between languages (cosine)", False, _of_round(_near), ratio),
    Scorer(
        "between-contradict", "pairs of languages that contradict each other", True, _of_round(_contradictions), share
    ),
    Scorer("between-split", "questions answered by yes in one language, no in another", True, _of_round(_split), share),
    Scorer("stance-right", "answers, in all languages, that say what fits", False, _of_round(_fitting), share),
    Scorer("stance-wrong", "answers that say the opposite", True, _of_round(_unfit), share),
    Scorer("stance-readable", "answers that say yes or no", False, _of_round(_readable), share),
    Scorer("translation-doubted", "answers whose translations the guard holds", True, _of_round(_doubted), share),
    Scorer("languages-lacking", "languages that cannot go this way", True, _of_round(_lacking), share),
)
"""Measures of one question in several languages."""


# --- all questions


class _Way(NamedTuple):
    """A route, and who answers."""

    route: str
    answerer: str


def _by_way(rows: Iterable[Row]) -> dict[_Way, dict[str, tuple[Round, str]]]:
    """Rounds and what fits, by question."""
    found: dict[_Way, dict[str, tuple[Round, str]]] = defaultdict(dict)
    for row in rows:
        if row.round is not None:
            answerer = row.slice.removeprefix(f"{row.round.route} ")
            found[_Way(row.round.route, answerer)][row.group] = (row.round, row.reference)
    return found


def matrices(rows: Iterable[Row]) -> Iterator[Table]:
    """How alike answers are between languages, and how often they contradict each other, for each way."""
    for way, asked in _by_way(rows).items():
        found = _agreement(asked)
        if found is None or len(found.languages) < 2:
            continue
        name = " ".join(way)
        if found.meaning:
            title = f"Likeness in meaning between languages: {name}"
            values, low = found.matrix("meaning"), min(one.value for one in found.meaning)
            note = f"{_n(found.meaning)} {SCALE}"
            yield matrix(f"meaning {name}", title, found.languages, values, Heat(low, 1.0), note)
        title, values = (
            f"Contradictions between languages, in percent of questions: {name}",
            found.matrix("contradiction"),
        )
        heat = Heat(0.0, 100.0, good_is_high=False)
        yield matrix(f"contradiction {name}", title, found.languages, 100.0 * values, heat, _n(found.contradiction))


def _agreement(asked: Mapping[str, tuple[Round, str]]) -> Agreement | None:
    cosines = {
        (question, near.first, near.second): near.cosine for question, (one, _) in asked.items() for near in one.near
    }
    answers = {question: one.answers() for question, (one, _) in asked.items()}
    if not any(len(own) > 1 for own in answers.values()):
        return None
    return compared(answers, lambda *key: cosines.get(key))


def _n(found: Sequence[Between]) -> str:
    """Of how many questions, and how wide the intervals are: one entry stands for few questions."""
    counts = sorted({one.n for one in found})
    reach = max((one.high - one.low for one in found if one.low is not None and one.high is not None), default=0.0)
    many = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    return f"Over {many} questions; the widest 95 % interval of an entry spans {100.0 * reach:.0f} of 100."


def found_against(rows: Iterable[Row]) -> Iterator[Table]:
    """What contradicts what, the first `SHOWN` of each way, to be looked at: rules err, too."""
    lines: list[tuple[Cell, ...]] = []
    for way, asked in _by_way(rows).items():
        found = _agreement(asked)
        shown = list(found.found.items())[:SHOWN] if found else []
        lines += [(*way, *key, "; ".join(what)) for key, what in shown]
    if lines:
        columns = ("route", "answers by", "question", "language", "and", "what")
        note = f"The first {SHOWN} of each way, word for word as the rules found them."
        yield Table("contradictions", "What contradicts what", columns, tuple(lines), note)


def stances(rows: Iterable[Row]) -> Iterator[Table]:
    """For each way and language: answers in percent that say what fits, the opposite, and neither."""
    lines: list[tuple[Cell, ...]] = []
    for way, asked in _by_way(rows).items():
        for language in _languages(asked):
            said = [_stance(*one, language) for one in asked.values() if _is_asked(one[0], language)]
            shares = [round(100.0 * said.count(stance) / len(said), 1) for stance in ("right", "wrong", "", "failed")]
            lines.append((way.route, way.answerer, language, len(said), *shares))
    if lines:
        columns = ("route", "answers by", "language", "questions", "right %", "wrong %", "neither %", "no answer %")
        yield Table("stances", "Do the answers fit?", columns, tuple(lines))


def _languages(asked: Mapping[str, tuple[Round, str]]) -> list[str]:
    return list(dict.fromkeys(language for one, _ in asked.values() for language in one.languages()))


def _is_asked(asked: Round, language: str) -> bool:
    return language in asked.languages()


def _stance(asked: Round, fits: str, language: str) -> str:
    """Either "right", "wrong", "" for neither yes nor no, or "failed" where there is no answer."""
    text = asked.answers().get(language)
    if text is None:
        return "failed"
    verdict = read_verdict(text)
    return "" if verdict is None else "right" if verdict == fits else "wrong"


def routes(rows: Iterable[Row]) -> Iterator[Table]:
    """For each language which route answers better, over questions that could go both ways."""
    ways = _by_way(rows)
    lines: list[tuple[Cell, ...]] = []
    for way, direct in ways.items():
        pivot = ways.get(_Way("pivot", way.answerer), {})
        if way.route == "direct":
            lines += [
                (way.answerer, language, *line)
                for language in _languages(direct)
                if not same_language(language, PIVOT) and (line := _contrast(direct, pivot, language))
            ]
    if lines:
        columns = (
            "answers by",
            "language",
            "questions",
            "right % direct",
            "right % pivot",
            "points more by pivot",
            "from",
            "to",
        )
        more = ("wrong % direct", "wrong % pivot", "against English % direct", "against English % pivot", "safer")
        note = (
            "Points: 100 for an answer that fits, 0 for the opposite, 50 for neither or none. Paired by question; the "
            f"safer route is named where the interval leaves out 0, of {ENOUGH} questions or more. Against English: "
            "the answer contradicts the one to the English question."
        )
        yield Table("routes", "Which route is safer?", (*columns, *more), tuple(lines), note)


def _contrast(
    direct: Mapping[str, tuple[Round, str]], pivot: Mapping[str, tuple[Round, str]], language: str
) -> tuple[Cell, ...] | None:
    """One language; None where no question could go both ways."""
    both = [
        question
        for question in direct
        if question in pivot and all(_is_asked(way[question][0], language) for way in (direct, pivot))
    ]
    if not both:
        return None
    said = [[_stance(*way[question], language) for question in both] for way in (pivot, direct)]
    points = [[({"right": 1.0, "wrong": 0.0}.get(stance, 0.5), 1.0) for stance in own] for own in said]
    found = paired_difference(points[0], points[1], share)
    rights, wrongs = ([round(100.0 * own.count(what) / len(both), 1) for own in said] for what in ("right", "wrong"))
    against = [
        _against_english([way[question][0] for question in both], direct, both, language) for way in (direct, pivot)
    ]
    figures = (number(found.value), number(found.low), number(found.high))
    return (len(both), rights[1], rights[0], *figures, wrongs[1], wrongs[0], *against, _safer(found))


def _against_english(
    asked: Sequence[Round], direct: Mapping[str, tuple[Round, str]], questions: Sequence[str], language: str
) -> float | None:
    """Percent of answers that contradict the one to the English question."""
    pairs = [
        (said, english)
        for own, question in zip(asked, questions, strict=True)
        if (said := own.answers().get(language)) and (english := direct[question][0].answers().get(PIVOT))
    ]
    found = [bool(contradicts(english, own, PIVOT, language)) for own, english in pairs]
    return round(100.0 * float(np.mean(found)), 1) if found else None


def _safer(found: Difference) -> str:
    if found.n >= ENOUGH and (found.low > 0.0 or found.high < 0.0):
        return "pivot" if found.value > 0.0 else "direct"
    return "cannot be told"


ROUND_TABLES: Mapping[str, Tabled] = MappingProxyType(
    {"matrices": matrices, "stances": stances, "routes": routes, "contradictions": found_against}
)
"""Tables of questions in several languages, by name."""
