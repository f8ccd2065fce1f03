"""Phrases found with multilingual-e5-small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.phrases.measure import figures
from voicedoc.core.cards import LoadedModel
from voicedoc.phrases import PhraseBank
from voicedoc.phrases.e5 import E5

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def embedder(loaded_model: Callable[[str], LoadedModel]) -> E5:
    return E5(loaded_model("multilingual-e5-small"))


def test_a_translation_is_nearer_than_anything_else(embedder: E5) -> None:
    english = embedder.embed(["Do you have any allergies?", "Where is the toilet?", "Take it with a glass of water."])
    others = embedder.embed(["Tem alguma alergia?", "厕所在哪里？", "Запивайте его стаканом воды."])
    assert np.array_equal((english @ others.T).argmax(axis=1), [0, 1, 2])


def test_held_out_wordings_are_found_by_meaning(embedder: E5, tmp_path: Path) -> None:
    found = figures(PhraseBank.load(embedder=embedder, kept_in=tmp_path), "heldout")
    assert found.first / found.n_wordings >= 0.85 and found.fifth / found.n_wordings >= 0.88
    assert found.offered <= 2
    assert found.taken_for == 0
