"""The de-identified export: recall and precision by category and language, and milliseconds a sentence.

`python -m tests.bench.bench_deidentify` measures the held-out half, writes the result and the figures that the export
states. `--dev` measures the half for tuning, prints what is missed and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.bench.make_deidentify import OUT
from tests.bench.report import ROOT, spread, write_result
from voicedoc.deidentify import find
from voicedoc.deidentify.lexicon import lexicon_of
from voicedoc.deidentify.tokens import tokenise
from voicedoc.evaluate.statistics import Interval, interval

MEASURED = ROOT / "voicedoc" / "deidentify" / "measured.toml"


@dataclass(frozen=True)
class Expected:
    """An identifier of the set, and whether every word and number of it was found."""

    sentence: str
    language: str
    category: str
    text: str
    known: bool
    plain: bool
    found: bool


@dataclass(frozen=True)
class Sentence:
    """What was found in one sentence, and what of it is no identifier."""

    id: str
    language: str
    text: str
    expected: tuple[Expected, ...]
    n_found: int
    false: tuple[str, ...]

    @property
    def counts(self) -> tuple[float, float, float, float]:
        """Expected and found; expected; found rightly; found."""
        right = self.n_found - len(self.false)
        return (sum(one.found for one in self.expected), len(self.expected), right, self.n_found)


def score(row: dict[str, Any]) -> Sentence:
    """Look for identifiers in one sentence of the set."""
    text, language = row["text"], row["language"]
    found = find(text, language)
    expected = tuple(
        Expected(
            row["id"],
            language,
            category,
            text[start:end],
            known,
            row["plain"],
            _is_covered(text, start, end, language, found),
        )
        for start, end, category, known in row["identifiers"]
    )
    spans = [(start, end) for start, end, *_ in row["identifiers"]]
    false = tuple(
        text[one.start : one.end] for one in found if all(one.end <= start or end <= one.start for start, end in spans)
    )
    return Sentence(row["id"], language, text, expected, len(found), false)


def _is_covered(text: str, start: int, end: int, language: str, found: Iterable[Any]) -> bool:
    """Whether every token is inside something found, but for joiners, kinds of streets and of institutions."""
    lexicon = lexicon_of(language)
    kinds = {
        token.folded
        for key in (
            "joiners",
            "street_words_before",
            "street_words_after",
            "facilities",
            "house_cues",
            "date_links",
            "saints",
        )
        for word in lexicon.words[key]
        for token in tokenise(word)
    }
    spans = [(one.start, one.end) for one in found]
    tokens = [token for token in tokenise(text[start:end]) if token.folded not in kinds]
    return all(any(a <= start + token.start and start + token.end <= b for a, b in spans) for token in tokens)


def recall(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    return sums[..., 0] / sums[..., 1]


def precision(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    return sums[..., 2] / sums[..., 3]


def rows(split: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in OUT.read_text("utf-8").splitlines()]
    return [row for row in found if row["split"] == split]


def by_language(sentences: list[Sentence]) -> dict[str, list[Sentence]]:
    languages = sorted({sentence.language for sentence in sentences})
    return {"all": sentences} | {key: [s for s in sentences if s.language == key] for key in languages}


def figures(sentences: list[Sentence]) -> dict[str, Any]:
    """Recall and precision with bootstrap intervals over sentences."""
    counts = [sentence.counts for sentence in sentences]
    return {
        "recall": _shown(interval(counts, recall)) | {"n_identifiers": int(sum(count[1] for count in counts))},
        "precision": _shown(interval(counts, precision)) | {"n_found": int(sum(count[3] for count in counts))},
    }


def _shown(one: Interval) -> dict[str, Any]:
    return {
        "value": round(one.value, 4),
        "low": round(one.low or 0.0, 4),
        "high": round(one.high or 0.0, 4),
        "n_sentences": one.n,
    }


def by_group(sentences: list[Sentence], group: Any) -> dict[str, Any]:
    """Recall for each value of a field of the expected identifiers."""
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for sentence in sentences:
        for one in sentence.expected:
            groups[group(one)].append((float(one.found), 1.0))
    return {key: _shown(interval(counts, recall)) for key, counts in sorted(groups.items())}


def measured_toml(sentences: list[Sentence]) -> str:
    """What the export states of itself."""
    tables = []
    for language, several in by_language(sentences).items():
        made = figures(several)
        lines = [
            f"recall = {made['recall']['value']}",
            f"low = {made['recall']['low']}",
            f"high = {made['recall']['high']}",
        ]
        lines += [
            f"precision = {made['precision']['value']}",
            f"n = {made['recall']['n_identifiers']}",
            f"n_sentences = {len(several)}",
        ]
        tables.append("\n".join([f"[{language}]", *lines]))
    return (
        "# Written by tests/bench/bench_deidentify.py from the held-out half of deidentify.jsonl.\n"
        + "\n\n".join(tables)
        + "\n"
    )


def show(sentences: list[Sentence]) -> None:
    for sentence in sentences:
        missed = [f"{one.category}: {one.text}" for one in sentence.expected if not one.found]
        if missed or sentence.false:
            print(f"{sentence.id} {sentence.text}\n    missed {missed}  false {list(sentence.false)}")
    for language, several in by_language(sentences).items():
        print(language, figures(several))
    print(by_group(sentences, lambda one: one.category))


def doses() -> list[Sentence]:
    """Sentences with doses and nothing that identifies: whatever is found there is false."""
    path = OUT.with_name("doses.jsonl")
    texts = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    made = [
        {"id": f"{row['id']}_{key}", "language": key, "text": text, "identifiers": [], "plain": False}
        for row in texts
        for key, text in row["text"].items()
    ]
    return [score(row) for row in made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="measure the half for tuning; write nothing")
    if parser.parse_args().dev:
        show([*map(score, rows("dev")), *doses()])
        return
    score(rows("dev")[0])  # reads the lists
    sentences, milliseconds = [], []
    for row in rows("held_out"):
        began = time.perf_counter()
        sentences.append(score(row))
        milliseconds.append(1000 * (time.perf_counter() - began))
    MEASURED.write_text(measured_toml(sentences), "utf-8")
    result = {
        "held_out": {language: figures(several) for language, several in by_language(sentences).items()},
        "by_category": by_group(sentences, lambda one: one.category),
        "by_category_and_language": by_group(sentences, lambda one: f"{one.category}, {one.language}"),
        "by_list": by_group(
            sentences,
            lambda one: ("on" if one.known else "not on") + " a list" if one.category in ("name", "place") else "other",
        ),
        "by_writing": by_group(sentences, lambda one: "without capitals" if one.plain else "with capitals"),
        "false_in_doses": {"n_false": sum(len(s.false) for s in doses()), "n_sentences": len(doses())},
        "milliseconds": spread(milliseconds),
    }
    print(write_result("deidentify", result))


if __name__ == "__main__":
    main()
