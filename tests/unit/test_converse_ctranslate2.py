"""Converted models: they say what their checkpoints say, and begin again where another token is wanted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ctranslate2", reason="pip install 'voicedoc[ctranslate2,transformers]'")
pytest.importorskip("torch", reason="pip install 'voicedoc[ctranslate2,transformers]'")
pytest.importorskip("llguidance", reason="pip install 'voicedoc[ctranslate2,transformers]'")

from tests.helpers.tiny_chat import converted, tiny_chat_model
from voicedoc.converse.dialogue.ctranslate2 import CTranslate2Dialogue
from voicedoc.converse.dialogue.role import Message, Sampling, whole
from voicedoc.converse.dialogue.transformers import TransformersDialogue
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, ModelMissing

pytestmark = pytest.mark.unit

QUESTION = [Message("system", "You are brief."), Message("user", "Where does it hurt? " * 12)]
SHORT = Sampling(max_tokens=20)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_chat_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def folder(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(checkpoint, tmp_path_factory.mktemp("ct2"))


@pytest.fixture
def model(folder: Path) -> CTranslate2Dialogue:
    return CTranslate2Dialogue(LoadedModel("tiny", folder, ""), device="cpu", threads=1)


@pytest.fixture
def begun(model: CTranslate2Dialogue, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many tokens were known each time that the model began."""
    known: list[int] = []
    guesses = model._guesses

    def counted(tokens: Sequence[int], at_most: int) -> Any:
        known.append(len(tokens))
        return guesses(tokens, at_most)

    monkeypatch.setattr(model, "_guesses", counted)
    return known


def test_it_says_what_the_checkpoint_says(checkpoint: Path, model: CTranslate2Dialogue) -> None:
    original = TransformersDialogue(LoadedModel("tiny", checkpoint, ""), device="cpu")
    assert whole(model.stream(QUESTION, sampling=SHORT)) == whole(original.stream(QUESTION, sampling=SHORT))


def test_free_text_is_written_in_one_go(model: CTranslate2Dialogue, begun: list[int]) -> None:
    reply = whole(model.stream(QUESTION, sampling=SHORT))
    assert begun == [reply.n_prompt_tokens]


def test_it_begins_again_only_after_tokens_that_it_would_not_have_written(
    model: CTranslate2Dialogue, begun: list[int]
) -> None:
    schema = {
        "type": "object",
        "properties": {"days": {"type": "integer", "minimum": 0, "maximum": 30}, "site": {"enum": ["胸", "head"]}},
        "required": ["days", "site"],
        "additionalProperties": False,
    }
    reply = whole(model.stream(QUESTION, schema=schema, sampling=Sampling(max_tokens=60)))
    made = json.loads(reply.text)
    assert 0 <= made["days"] <= 30 and made["site"] in ("胸", "head")
    assert 1 < len(begun) <= reply.n_tokens
    assert begun == sorted(set(begun))


def test_a_prompt_that_is_too_long_is_refused_and_not_cut(model: CTranslate2Dialogue) -> None:
    with pytest.raises(BackendFailed, match="takes 4096") as caught:
        whole(model.stream([Message("user", "Where does it hurt? " * 4096)]))
    assert caught.value.remedy and "hurt" not in str(caught.value)


def test_what_cannot_be_loaded_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in folder.iterdir():
        (broken / path.name).write_bytes(path.read_bytes()[:2000] if path.name == "model.bin" else path.read_bytes())
    for path, kind in ((tmp_path / "empty", ModelMissing), (broken, ModelCorrupt)):
        with pytest.raises(kind) as caught:
            CTranslate2Dialogue(LoadedModel("tiny", path, ""), device="cpu")
        assert caught.value.remedy
    with pytest.raises(ConfigError):
        CTranslate2Dialogue(LoadedModel("tiny", folder, ""), device="cpu", compute_type="int3")
