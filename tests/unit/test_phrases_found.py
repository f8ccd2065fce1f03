"""Phrases are found by other wordings, at least as well as the README says, and without an embedder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.phrases.measure import figures
from voicedoc.phrases import PhraseBank
from voicedoc.phrases.vectors import Vectors

pytestmark = pytest.mark.unit


def test_held_out_wordings_are_found_by_their_letters() -> None:
    found = figures(PhraseBank.load(), "heldout")
    assert found.n_wordings == 230 and found.n_unrelated == 60 and found.n_near == 46
    assert found.first / found.n_wordings >= 0.79 and found.fifth / found.n_wordings >= 0.81
    assert found.offered <= 2
    assert found.taken_for == 0


class CountingEmbedder:
    """A scripted `SentenceEmbedder`: a vector per text, and how many it was asked for."""

    name = "counting"

    def __init__(self) -> None:
        self.n = 0

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        self.n += len(texts)
        vectors = np.array([[len(text), text.count("e"), 1.0] for text in texts], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class SameMeaning:
    """An embedder that knows one pair of sentences with one meaning."""

    name = "same-meaning"

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        alike = ("where does it hurt", "zzz qqq")
        return np.array([[1.0, 0.0] if text in alike else [0.0, 1.0] for text in texts], np.float32)


def test_an_embedder_finds_what_letters_cannot() -> None:
    assert PhraseBank.load().find("Zzz qqq", "en", "pt") == []
    assert PhraseBank.load(embedder=SameMeaning()).find("Zzz qqq", "en", "pt")[0].phrase.id == "pain.where"


def test_an_embedder_does_not_overrule_the_veto() -> None:
    bank = PhraseBank.load(embedder=SameMeaning())
    assert [m for m in bank.find("Zzz not qqq", "en", "pt") if m.phrase.id == "pain.where"] == []


def test_vectors_are_kept_in_a_file_and_made_again_where_it_is_damaged(tmp_path: Path) -> None:
    texts = ["where does it hurt", "hello"]
    first = Vectors(CountingEmbedder(), tmp_path).of_bank(texts)
    again = CountingEmbedder()
    assert np.array_equal(Vectors(again, tmp_path).of_bank(texts), first) and again.n == 0
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:20])
    assert np.array_equal(Vectors(again, tmp_path).of_bank(texts), first) and again.n == 2


def test_other_texts_have_other_vectors_and_queries_are_never_written(tmp_path: Path) -> None:
    vectors = Vectors(CountingEmbedder(), tmp_path)
    vectors.of_bank(["one"])
    vectors.of_bank(["one", "two"])
    vectors.of_query("a patient's words")
    assert len(list(tmp_path.iterdir())) == 2
