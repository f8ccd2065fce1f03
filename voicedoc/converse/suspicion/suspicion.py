"""`Suspicion`: which dangers a sentence may speak of, by its meaning. It never alarms: it is a reason to ask."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.events import Suspected, TurnAttributed
from voicedoc.core.languages import primary
from voicedoc.errors import ModelCorrupt
from voicedoc.guard.questions import sentences
from voicedoc.guard.tokens import tokenise
from voicedoc.phrases.role import SentenceEmbedder

HERE = Path(__file__).parent

WEIGHTS = HERE / "weights.npz"
"""Made by `pipelines/recipes/train_suspicion.py` out of `examples/`."""

NOTHING = "nothing"
"""What most sentences are about."""

LONGEST = 12
"""Sentences of one utterance that are looked at, the last ones: a long story costs time."""

Floats = NDArray[np.float32]


MOST = 2
"""Concerns of one utterance: each costs the patient a question or two."""

CLOSE = 0.5
"""How likely the second concern is beside the first, where both are asked for."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A danger: its name, the signs whose questions tell whether it is there, and what the clinician is told."""

    name: str
    ask: tuple[str, ...]
    reason: Mapping[str, str]


class Hunch(NamedTuple):
    """A concern that `words` may be about."""

    concern: Concern
    words: str
    probability: float


@dataclass(frozen=True)
class Weights:
    """A linear reading of sentence vectors: one row for each of `names`, of which one is `NOTHING`.

    `mean`, shape `(n_dimensions,)`, is taken off a vector first. `certain` is the probability of any danger from which
    on it is told. `model` is the embedder's name, `examples` the digest of what it was trained on.
    """

    names: tuple[str, ...]
    rows: Floats
    bias: Floats
    mean: Floats
    certain: float
    model: str
    examples: str

    def probabilities(self, vectors: Floats) -> Floats:
        """Of each name for each vector: shape `(n_texts, n_names)`."""
        logits = (vectors - self.mean) @ self.rows.T + self.bias
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


class Suspicion:
    """Reads what a patient says for dangers that no word list may know.

    Raises:
        ModelCorrupt: If the weights were made for another embedder.
    """

    def __init__(self, embedder: SentenceEmbedder, weights: Weights | None = None) -> None:
        self._embedder, self._weights = embedder, weights or shipped_weights()
        if self._weights.model != embedder.name:
            raise ModelCorrupt(
                f"suspicions are read from vectors of '{self._weights.model}', not of '{embedder.name}'",
                remedy=f"voicedoc models pull {self._weights.model}",
            )
        self._concerns = concerns()

    def hunches(self, text: str) -> tuple[Hunch, ...]:
        """What `text` may be about, each concern once, the most probable first. Tens of milliseconds a sentence."""
        said = list(_pieces(text))[-LONGEST:]
        if not said:
            return ()
        found: dict[str, Hunch] = {}
        for words, row in zip(said, self._weights.probabilities(self._embedder.embed(said)), strict=True):
            for name, probability in self._told(row):
                if name not in found or found[name].probability < probability:
                    found[name] = Hunch(self._concerns[name], words, probability)
        return tuple(sorted(found.values(), key=lambda one: -one.probability)[:MOST])

    def _told(self, row: Floats) -> Iterator[tuple[str, float]]:
        """What one sentence may be about: the likeliest danger, and the next where it is hardly less likely."""
        odds = dict(zip(self._weights.names, row.tolist(), strict=True))
        if 1.0 - odds.pop(NOTHING) < self._weights.certain:
            return
        (name, first), (other, second) = sorted(odds.items(), key=lambda one: -one[1])[:2]
        yield name, first
        if second >= CLOSE * first:
            yield other, second


def _pieces(text: str) -> Iterator[str]:
    """The sentences of a text, and the whole where it is short: what recognisers write has few full stops."""
    rows = [text[row[0].start : row[-1].end] for row in sentences(tokenise(text)) if row]
    yield from (row for row in rows if any(letter.isalpha() for letter in row))
    if 1 < len(rows) <= 3:
        yield text.strip()


def suspected(hunch: Hunch, turn: TurnAttributed, language: str) -> Suspected:
    """A hunch about a turn for the journal, with its reason in the clinician's `language`."""
    reason = hunch.concern.reason
    return Suspected(
        at=turn.at,
        utterance=turn.utterance,
        concern=hunch.concern.name,
        reason=reason.get(primary(language)) or reason["en"],
        signs=hunch.concern.ask,
        words=hunch.words,
        probability=hunch.probability,
    )


@cache
def concerns() -> Mapping[str, Concern]:
    """The concerns of `concerns.toml`, by name."""
    table = tomllib.loads((HERE / "concerns.toml").read_text("utf-8"))
    return {name: Concern(name, tuple(row["ask"]), row["reason"]) for name, row in table.items()}


@cache
def shipped_weights() -> Weights:
    """The weights that are shipped."""
    with np.load(WEIGHTS, allow_pickle=False) as file:
        return Weights(
            tuple(str(name) for name in file["names"]),
            file["rows"],
            file["bias"],
            file["mean"],
            float(file["certain"]),
            str(file["model"]),
            str(file["examples"]),
        )


def examples() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """What people say, by language and concern: what the weights are made of."""
    files = sorted((HERE / "examples").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}


def examples_digest() -> str:
    """Of all the examples: weights tell by it that they were made of these."""
    files = sorted((HERE / "examples").glob("*.toml"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
