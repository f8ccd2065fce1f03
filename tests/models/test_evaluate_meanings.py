"""Likeness of answers, token by token, with the packaged multilingual E5."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voicedoc.core.cards import LoadedModel
from voicedoc.evaluate.bertscore import bertscore
from voicedoc.phrases.e5 import E5, MODEL

pytestmark = pytest.mark.model

Load = Callable[[str], LoadedModel]

SAME = (
    ("Take two tablets a day with water.", "Tome dos pastillas al día con agua."),
    ("Do not drink alcohol with this medicine.", "Não beba álcool com este remédio."),
    ("The pain came back last night.", "Der Schmerz ist gestern Nacht zurückgekommen."),
)


def test_translations_are_more_alike_than_sentences_about_something_else(loaded_model: Load) -> None:
    model = E5(loaded_model(MODEL))
    firsts, seconds = (model.token_vectors(column) for column in zip(*SAME, strict=True))
    found = np.asarray([[bertscore(first, second).f1 for second in seconds] for first in firsts])
    assert [int(row.argmax()) for row in found] == [0, 1, 2]
    assert bertscore(firsts[0], firsts[0]).f1 == pytest.approx(1.0, abs=1e-5)


def test_token_vectors_have_length_1_and_do_not_depend_on_their_neighbours(loaded_model: Load) -> None:
    model = E5(loaded_model(MODEL))
    (alone,) = model.token_vectors([SAME[0][0]])
    beside = model.token_vectors([SAME[1][0], SAME[0][0]])[1]
    assert np.linalg.norm(alone, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert alone == pytest.approx(beside, abs=1e-4)
    assert model.token_vectors([]) == []
