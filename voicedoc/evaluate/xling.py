"""What XLingEval asks of answers in several languages, over all of a task's rows: tables beside the single figures.

Source: Jin et al. 2024, Better to Ask in English (arXiv 2310.13132). There, answers are translated into English before
they are compared; here only where a task says `translated`. Otherwise words in common, lengths and topics are of
different things in different languages, which tests between languages do not know; likeness in meaning is not
concerned. And all questions count together, not each data set by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple, TypeAlias

from voicedoc.evaluate.answers import Judgement, read_judgement
from voicedoc.evaluate.asking import Asked, Sample
from voicedoc.evaluate.asking_scores import Said, likeness_at, said_at
from voicedoc.evaluate.consistency import consistency
from voicedoc.evaluate.correctness import correctness_figures
from voicedoc.evaluate.drift import languages_of
from voicedoc.evaluate.judges import RULES, kappa
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.significance import anova, t_test, tukey
from voicedoc.evaluate.tables import Cell, Heat, Table, Tabled, number
from voicedoc.evaluate.topics import N_TOPICS, alike_by_topic, hdp, lda

MEASURES = ("words in common", "pairs of words", "meaning", "BERTScore", "length", "its deviation")
"""What is measured of several answers to one question."""


class Group(NamedTuple):
    """Who answers, in which language."""

    answerer: str
    language: str


Values: TypeAlias = Mapping[str, Mapping[str, float]]
"""A measure's values by language and question."""

Drawn: TypeAlias = dict[float, dict[str, dict[str, float]]]
"""Values by temperature, measure and question."""


def _free(rows: Iterable[Row]) -> Iterator[tuple[Group, Row, Asked]]:
    """The rows of free answers."""
    for row in rows:
        if row.asked is not None and row.asked.kind == "answer" and row.asked.samples:
            yield Group(row.item.partition(":")[0], row.language), row, row.asked


# --- correctness, as a judge sees it


def correctness(rows: Iterable[Row]) -> Iterator[Table]:
    """How far the first language is ahead of the others, for each answerer, over questions judged in all languages."""
    labels: dict[str, dict[str, dict[str, Judgement | None]]] = defaultdict(lambda: defaultdict(dict))
    for group, row, asked in _free(rows):
        if judgement := asked.samples[0].judgement:
            labels[group.answerer][group.language][row.group] = read_judgement(judgement)
    lines = [(answerer, *line) for answerer, own in labels.items() if (line := _ahead(own))]
    if lines:
        columns = (
            "answers by",
            "points ahead",
            "from",
            "to",
            "contradicting: times",
            "from",
            "to",
            "questions",
            "labels read %",
            "of",
        )
        note = "The first language beside the mean of the others; no ratio where answers in the first never contradict."
        yield Table("correctness", "How far the first language is ahead", columns, tuple(lines), note)


def _ahead(labels: Mapping[str, Mapping[str, Judgement | None]]) -> tuple[Cell, ...] | None:
    languages = list(labels)
    everywhere = [question for question in labels[languages[0]] if all(question in own for own in labels.values())]
    if len(languages) < 2 or not everywhere:
        return None
    judged = [{language: labels[language][question] for language in languages} for question in everywhere]
    found = correctness_figures(judged, languages)
    figures = (found["gap"], found["contradiction-ratio"])
    values = [number(value) for one in figures for value in (one.value, one.low, one.high)]
    read = [label is not None for question in judged for label in question.values()]
    return (*values, len(everywhere), round(100.0 * fmean(read), 1), " – ".join(languages))


def judges(rows: Iterable[Row]) -> Iterator[Table]:
    """What the judge says and what rules say of the same answers, and how far they agree beyond chance."""
    labels: dict[Group, dict[str, list[str | None]]] = defaultdict(lambda: defaultdict(list))
    for group, row, asked in _free(rows):
        if judgement := asked.samples[0].judgement:
            labels[group]["the judge"].append(read_judgement(judgement))
            for name, rule in RULES.items():
                labels[group][name].append(rule(row.reference, row.output, row.language))
    lines = [_judge_line(group, name, said, own) for group, own in labels.items() for name, said in own.items()]
    if lines:
        shares = ("more %", "less %", "neither %", "contradicts %", "unread %")
        note = 'Kappa: agreement with the judge beyond chance. With "longer is better": it has looked at the length.'
        columns = ("language", "answers by", "judged by", "n", *shares, "kappa")
        yield Table("judges", "Judges", columns, tuple(lines), note)


def _judge_line(
    group: Group, name: str, said: Sequence[str | None], own: Mapping[str, Sequence[str | None]]
) -> tuple[Cell, ...]:
    counted = Counter(said)
    shares = [100.0 * counted[label] / len(said) for label in ("more", "less", "neither", "contradicts", None)]
    agreed = None if name == "the judge" else number(kappa(own["the judge"], said))
    return (group.language, group.answerer, name, len(said), *(round(share, 1) for share in shares), agreed)


# --- consistency of several samples


def _temperatures(asked: Asked) -> list[float]:
    """Those at which there is more than one answer."""
    counted = Counter(sample.temperature for sample in asked.samples if sample.text.strip())
    return sorted(temperature for temperature, n in counted.items() if n > 1)


def _measured(asked: Asked, language: str, temperature: float) -> dict[str, float]:
    """Every measure of the samples at one temperature that can be had."""
    said, alike = consistency(*said_at(asked, language, temperature)), likeness_at(asked, temperature)
    words = (said.unigrams, said.bigrams)
    meanings = (alike.meaning, alike.f1) if alike else (None, None)
    each = (*words, *meanings, said.length, said.length_deviation)
    return {name: value for name, value in zip(MEASURES, each, strict=True) if value is not None}


def _compared_in(rows: Iterable[Row]) -> dict[tuple[Group, float], set[str]]:
    """The languages in which words are compared."""
    found: dict[tuple[Group, float], set[str]] = defaultdict(set)
    for group, row, asked in _free(rows):
        for temperature in _temperatures(asked):
            found[group, temperature].add(said_at(asked, row.language, temperature).language)
    return found


def _drawn(rows: Iterable[Row]) -> dict[Group, Drawn]:
    found: dict[Group, Drawn] = defaultdict(lambda: defaultdict(lambda: {name: {} for name in MEASURES}))
    for group, row, asked in _free(rows):
        for temperature in _temperatures(asked):
            for name, value in _measured(asked, row.language, temperature).items():
                found[group][temperature][name][row.group] = value
    return found


def samples(rows: Iterable[Row]) -> Iterator[Table]:
    """How much alike several answers to one question are, by language and temperature."""
    lines: list[tuple[Cell, ...]] = []
    compared = _compared_in(rows)
    for group, drawn in _drawn(rows).items():
        for temperature, found in sorted(drawn.items()):
            means = [number(fmean(own.values())) if own else None for own in found.values()]
            words_in = ", ".join(sorted(compared[group, temperature]))
            lines.append((group.language, group.answerer, temperature, len(found["length"]), words_in, *means))
    if lines:
        yield Table(
            "samples",
            "Several answers to one question",
            ("language", "answers by", "temperature", "questions", "words compared in", *MEASURES),
            tuple(lines),
            "Means over questions of means over pairs. Lengths in words; in characters where words are not parted.",
        )


@dataclass
class _Said:
    """All answers of one group, in the order of their questions."""

    questions: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)

    def in_language(self, language: str) -> Said:
        """All in English, if all were translated."""
        if all(sample.english.strip() for sample in self.samples):
            return Said([sample.english for sample in self.samples], "en")
        return Said([sample.text for sample in self.samples], language)


MOST = 20_000
"""Answers of one group in which topics are looked for: the first, since they are all held in memory."""


def topics(rows: Iterable[Row]) -> Iterator[Table]:
    """The same by topics, which are found in all answers of a language together, `MOST` at most."""
    said: dict[Group, _Said] = defaultdict(_Said)
    several: dict[Group, set[float]] = defaultdict(set)
    for group, row, asked in _free(rows):
        several[group].update(_temperatures(asked))
        answers = [sample for sample in asked.samples if sample.text.strip()]
        if len(said[group].samples) + len(answers) > MOST:
            continue
        said[group].questions += [row.group] * len(answers)
        said[group].samples += answers
    lines = [(*group[::-1], *line) for group, own in said.items() for line in _topic_lines(group, own, several[group])]
    if lines:
        yield Table(
            "topics",
            "Are several answers to one question about the same topics?",
            ("language", "answers by", "topics by", "temperature", "cosine", "its deviation", "questions"),
            tuple(lines),
            f"Topics are found in all answers of a language together, {MOST} at most; of few answers they say little.",
        )


def _topic_lines(group: Group, said: _Said, temperatures: Iterable[float]) -> Iterator[tuple[Cell, ...]]:
    wanted, compared = sorted(temperatures), said.in_language(group.language)
    models = [f"LDA {n}" for n in N_TOPICS if n <= len(said.samples)] + ["HDP"] if wanted else []
    for name in models:
        n_topics = int(name.removeprefix("LDA ")) if name != "HDP" else 0
        found = lda(*compared, n_topics) if n_topics else hdp(*compared)
        for temperature in wanted:
            places = [place for place, one in enumerate(said.samples) if one.temperature == temperature]
            alike = alike_by_topic(found[places], [said.questions[place] for place in places]).values()
            scatter = [one.deviation for one in alike if one.deviation is not None]
            means = (fmean(one.mean for one in alike), fmean(scatter) if scatter else None)
            yield (name, temperature, *map(number, means), len(alike))


# --- do languages differ by more than chance?


def contrasts(rows: Iterable[Row]) -> Iterator[Table]:
    """ANOVA over languages, Tukey's pairs, and t-tests paired by question, of every measure at every temperature."""
    drawn = _drawn(rows)
    lines: list[tuple[Cell, ...]] = []
    for answerer in dict.fromkeys(group.answerer for group in drawn):
        own = {group.language: found for group, found in drawn.items() if group.answerer == answerer}
        for temperature in sorted({temperature for found in own.values() for temperature in found}):
            for measure in MEASURES:
                values = {tag: found[temperature][measure] for tag, found in own.items() if temperature in found}
                tested = _tested({tag: by_question for tag, by_question in values.items() if by_question})
                lines += [(answerer, temperature, measure, *line) for line in tested]
    if lines:
        columns = ("answers by", "temperature", "measure", "test", "languages", "F or difference", "from", "to", "p")
        note = (
            "Tukey's pairs hold together; neither they nor t-tests, paired by question, are corrected for the number "
            "of measures. Measures of words are of different things in different languages."
        )
        yield Table("tests", "Do languages differ by more than chance?", columns, tuple(lines), note)


def _tested(values: Values) -> Iterator[tuple[Cell, ...]]:
    lists = {language: list(own.values()) for language, own in values.items()}
    if (whole := anova(lists)) is not None:
        named = f"ANOVA, F({whole.between}, {whole.within})"
        yield (named, ", ".join(values), number(whole.f), None, None, number(whole.p))
    pairs = [("Tukey", pair) for pair in tukey(lists)] + [("paired t", pair) for pair in t_test(values)]
    for test, pair in pairs:
        figures = (pair.difference, pair.low, pair.high, pair.p)
        yield (test, f"{pair.first} – {pair.second}", *map(number, figures))


# --- is it answered in the language that was asked in?


def drifts(rows: Iterable[Row]) -> Iterator[Table]:
    """In which languages the sentences of answers are, for each answerer and language asked, in percent."""
    found: dict[Group, Counter[str]] = defaultdict(Counter)
    for group, _, asked in _free(rows):
        for sample in asked.samples:
            found[group].update(languages_of(sample.text))
    for answerer in dict.fromkeys(group.answerer for group in found):
        own = {group.language: counted for group, counted in found.items() if group.answerer == answerer and counted}
        others = {tag for counted in own.values() for tag in counted} - own.keys()
        heard = (*own, *sorted(others))
        lines: tuple[tuple[Cell, ...], ...] = tuple(
            (asked, *(round(100.0 * counted[tag] / counted.total(), 1) for tag in heard))
            for asked, counted in own.items()
        )
        if lines:
            note = "By sentence; those are left out of which the detector is not sure."
            title = f"Languages of the sentences of answers, in percent: {answerer}"
            yield Table(f"drift {answerer}", title, ("asked in", *heard), lines, note, Heat(0.0, 100.0))


XLING_TABLES: Mapping[str, Tabled] = {
    "correctness": correctness,
    "judges": judges,
    "samples": samples,
    "topics": topics,
    "tests": contrasts,
    "drift": drifts,
}
"""Tables of answers in several languages, by name."""
