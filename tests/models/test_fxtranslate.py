"""The packaged English–Portuguese models, as they are."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("fxtranslate", reason="pip install 'voicedoc[fxtranslate]'")

from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ModelCorrupt
from voicedoc.translate.fxtranslate import FxTranslate

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model(loaded_model: Callable[[str], LoadedModel]) -> LoadedModel:
    return loaded_model("firefox-en-pt")


@pytest.fixture(scope="module")
def english(model: LoadedModel) -> FxTranslate:
    return FxTranslate(model, source="en", target="pt")


def test_a_long_utterance_keeps_every_sentence(english: FxTranslate) -> None:
    text = " ".join(f"Take {n}.5 milligrams of medicine number {n} with water." for n in range(1, 41))
    made = english.translate(text, source="en", target="pt-BR")
    assert len(text) > 2000
    assert all(re.search(rf"\b{n}[.,]5 ", made.text) for n in range(1, 41))
    assert made.doubts == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Take 2.5 mg twice a day.", "2,5 mg"),
        ("Take ½ tablet.", "1/2"),
        ("Take 500 µg once a week.", "500 mcg"),
        ("Come back at 10:30.", "10:30"),
        ("Your temperature is 38.5 °C.", "38,5 °C"),
        ("It’s “bad” – don’t take it.", "Não"),
    ],
)
def test_doses_and_times_come_through(english: FxTranslate, text: str, kept: str) -> None:
    made = english.translate(text, source="en", target="pt")
    assert kept.lower() in made.text.lower() and made.doubts == ()


def test_characters_that_the_model_cannot_read_are_doubts(english: FxTranslate) -> None:
    assert english.translate("It is ≥ 38 °C.", source="en", target="pt").doubts == ("unknown: ≥",)


@pytest.mark.parametrize("text", ["", "  ", "\n", "…", "😀"])
def test_text_without_words_stays_without(english: FxTranslate, text: str) -> None:
    assert english.translate(text, source="en", target="pt").text == ""


def test_another_thread_may_not_use_it(english: FxTranslate) -> None:
    caught: list[BaseException] = []

    def use() -> None:
        try:
            english.translate("Hello.", source="en", target="pt")
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert "another thread" in str(caught[0])


def test_an_engine_made_on_a_thread_ends_with_it(model: LoadedModel) -> None:
    made: list[FxTranslate] = []
    thread = threading.Thread(target=lambda: made.append(FxTranslate(model, source="en", target="pt")))
    thread.start()
    thread.join()
    made.clear()  # dropped here, where the engine must not be freed: an unraisable error would fail the test


@pytest.mark.parametrize("damaged", ["model.bin", "lex.s2t.bin"])
def test_a_truncated_file_is_corrupt(model: LoadedModel, damaged: str, tmp_path: Path) -> None:
    for path in model.path.iterdir():
        content = path.read_bytes()
        (tmp_path / path.name).write_bytes(content[:1000] if path.name == damaged else content)
    with pytest.raises(ModelCorrupt):
        FxTranslate(LoadedModel("cut", tmp_path, ""), source="en", target="pt")
