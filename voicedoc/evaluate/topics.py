"""Whether several answers to one question are about the same topics.

Topics are found in all answers of a language together: by latent Dirichlet allocation (scikit-learn) with a given
number of topics, and by a hierarchical Dirichlet process, which finds the number itself (gensim, for scikit-learn has
none). XLingEval uses the same libraries.

Source: Blei et al. 2003; Teh et al. 2006; Jin et al. 2024 (arXiv 2310.13132), where LDA with 20 topics is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import fmean, stdev
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.evaluate.consistency import words_of
from voicedoc.evaluate.statistics import SEED
from voicedoc.registry import missing_package

N_TOPICS = (10, 20, 50, 100, 200, 500)
"""How many topics are looked for, as published."""


class Alike(NamedTuple):
    """Cosines between the topics of two answers to one question: their mean, and how they scatter (sample deviation).

    The deviation is None where there is one pair.
    """

    mean: float
    deviation: float | None
    n_pairs: int


def lda(answers: Sequence[str], language: str, n_topics: int, *, seed: int = SEED) -> NDArray[np.float64]:
    """What share each topic has in each answer, shape `(n_answers, n_topics)`.

    Raises:
        BackendUnavailable: If scikit-learn is not installed.
        ValueError: If no answer has a word.
    """
    try:
        from sklearn.decomposition import LatentDirichletAllocation
        from sklearn.feature_extraction.text import CountVectorizer
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    counter = CountVectorizer(analyzer=lambda text: words_of(text, language))
    model = LatentDirichletAllocation(n_components=n_topics, random_state=seed)
    return np.asarray(model.fit_transform(counter.fit_transform(answers)), dtype=np.float64)


def hdp(answers: Sequence[str], language: str, *, seed: int = SEED) -> NDArray[np.float64]:
    """The same, where the process finds how many topics there are.

    Raises:
        BackendUnavailable: If gensim is not installed.
        ValueError: If no answer has a word.
    """
    try:
        from gensim.corpora import Dictionary
        from gensim.matutils import corpus2dense
        from gensim.models import HdpModel
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    words = [words_of(text, language) for text in answers]
    if not any(words):
        raise ValueError("no answer has a word")
    known = Dictionary(words)
    bags = [known.doc2bow(own) for own in words]
    model = HdpModel(bags, known, random_state=seed)
    return np.asarray(corpus2dense([model[bag] for bag in bags], num_terms=model.m_T).T, dtype=np.float64)


def alike_by_topic(topics: NDArray[np.float64], groups: Sequence[str]) -> Mapping[str, Alike]:
    """For each group, that is question, the cosines between all pairs of its answers; nothing for one alone."""
    lengths = np.linalg.norm(topics, axis=1, keepdims=True)
    vectors = np.divide(topics, lengths, out=np.zeros_like(topics), where=lengths > 0)
    places: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    found: dict[str, Alike] = {}
    for group, own in places.items():
        cosines = [float(vectors[one] @ vectors[other]) for one, other in combinations(own, 2)]
        if cosines:
            found[group] = Alike(fmean(cosines), stdev(cosines) if len(cosines) > 1 else None, len(cosines))
    return found
