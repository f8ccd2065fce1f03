"""Make the weights of `voicedoc.converse.suspicion` out of its examples, and say how well they read what they have not
been shown. Run it after every change of `voicedoc/converse/suspicion/examples/`:

    python pipelines/recipes/train_suspicion.py voicedoc/converse/suspicion/weights.npz

Needs the model multilingual-e5-small and the extra `evaluate` (scikit-learn). The same examples give the same weights.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from voicedoc.converse.suspicion.suspicion import NOTHING, examples, examples_digest
from voicedoc.phrases.e5 import E5, MODEL
from voicedoc.store.models import ModelStore

STRENGTH = 30.0
"""Inverse of the penalty on large weights."""

MOST_FALSE = 0.05
"""Share of harmless sentences at which a question for nothing is borne."""

FOLDS = 5

APART = "en"
"""The language whose examples stand in an order of their own: what says the same there is not kept together with the
others, which flatters the figures.
"""


class Example(NamedTuple):
    """A sentence, what it is about, and which others say the same."""

    text: str
    name: str
    group: str


def main() -> None:
    """Measure by cross-validation, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="the file to write")
    weights = parser.parse_args().weights
    said = list_examples()
    names, groups = np.array([one.name for one in said]), np.array([one.group for one in said])
    embedder = E5(ModelStore.default().open(MODEL))
    vectors = embedder.embed([one.text for one in said])
    certain = measured(vectors, names, groups)
    mean = vectors.mean(axis=0)
    model = fitted(vectors - mean, names)
    np.savez(
        weights,
        names=np.array(model.classes_, dtype=str),
        rows=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        mean=mean.astype(np.float32),
        certain=np.float32(certain),
        model=np.array(embedder.name),
        examples=np.array(examples_digest()),
    )
    print(f"{len(said)} examples in {len(examples())} languages -> {weights}")


def list_examples() -> list[Example]:
    """Every example; those that say the same in several languages are in one group."""
    return [
        Example(text, name, f"{name} {number} {language if language == APART else ''}")
        for language, by_name in examples().items()
        for name, texts in by_name.items()
        for number, text in enumerate(texts)
    ]


def fitted(vectors: NDArray[np.float32], names: NDArray[np.str_]) -> LogisticRegression:
    """The linear reading of these vectors."""
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(vectors, names)


def measured(vectors: NDArray[np.float32], names: NDArray[np.str_], groups: NDArray[np.str_]) -> float:
    """The probability of danger from which on it is told: as low as harmless sentences allow, each read by weights
    that have seen neither it nor what stands in its place elsewhere (but see `APART`). Prints what that finds.
    """
    danger, best = np.zeros(len(names)), np.empty(len(names), dtype=object)
    for train, test in GroupKFold(FOLDS).split(vectors, names, groups):
        mean = vectors[train].mean(axis=0)
        model = fitted(vectors[train] - mean, names[train])
        odds = model.predict_proba(vectors[test] - mean)
        harmless = list(model.classes_).index(NOTHING)
        danger[test] = 1.0 - odds[:, harmless]
        odds[:, harmless] = 0.0
        best[test] = model.classes_[odds.argmax(axis=1)]
    own = names == NOTHING
    certain = float(np.quantile(danger[own], 1.0 - MOST_FALSE))
    for name in sorted(set(names)):
        there = names == name
        told = there & (danger >= certain)
        print(f"{name:14} told in {told.sum():4} of {there.sum():4}, as such in {(told & (best == name)).sum():4}")
    print(f"from {certain:.2f} on")
    return certain


if __name__ == "__main__":
    main()
