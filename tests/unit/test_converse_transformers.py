"""Causal checkpoints in Transformers: written as the library itself writes, in blocks, bound, and refused in time."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("torch", reason="pip install 'voicedoc[transformers]'")
pytest.importorskip("transformers", reason="pip install 'voicedoc[transformers]'")
pytest.importorskip("llguidance", reason="pip install 'voicedoc[transformers]'")

from tests.helpers.tiny_chat import N_CONTEXT, tiny_chat_model
from voicedoc.converse.dialogue import transformers as module
from voicedoc.converse.dialogue.role import Message, Sampling, whole
from voicedoc.converse.dialogue.tokens import Words
from voicedoc.converse.dialogue.transformers import TransformersDialogue
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, ModelMissing

pytestmark = pytest.mark.unit

QUESTION = [Message("user", "Where does it hurt? " * 12)]
SHORT = Sampling(max_tokens=20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_chat_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def model(folder: Path) -> TransformersDialogue:
    return TransformersDialogue(LoadedModel("tiny", folder, ""), device="cpu")


def test_the_likeliest_tokens_are_those_that_the_library_itself_chooses(model: TransformersDialogue) -> None:
    import torch

    prompt = torch.tensor([model._tokenizer.prompt(QUESTION, N_CONTEXT)])
    with torch.inference_mode():
        output = model._network.generate(
            prompt, attention_mask=torch.ones_like(prompt), do_sample=False, max_new_tokens=20
        )
    expected = model._tokenizer.all.decode(output[0, prompt.shape[1] :], skip_special_tokens=True)
    assert whole(model.stream(QUESTION, sampling=SHORT)).text == expected


@pytest.mark.parametrize("n_block", [1, 7, 64, 10_000])
def test_the_blocks_in_which_a_prompt_is_read_do_not_change_the_reply(
    model: TransformersDialogue, n_block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = whole(model.stream(QUESTION, sampling=SHORT))
    monkeypatch.setattr(module, "N_BLOCK", n_block)
    assert whole(model.stream(QUESTION, sampling=SHORT)) == expected


def test_a_long_prompt_can_be_left_between_its_blocks(
    model: TransformersDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "N_BLOCK", 16)
    reads: list[int] = []
    read = model._read

    def counted(tokens: list[int], cache: Any) -> Any:
        reads.append(len(tokens))
        return read(tokens, cache)

    monkeypatch.setattr(model, "_read", counted)
    stream = model.stream(QUESTION, sampling=SHORT)
    assert (next(stream), next(stream)) == ("", "")
    stream.close()
    assert reads == [16, 16]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=30))
def test_text_comes_out_whole_characters_at_a_time(model: TransformersDialogue, text: str) -> None:
    words = Words(model._tokenizer)
    tokens = model._tokenizer.all(text, add_special_tokens=False)["input_ids"]
    pieces = [words.feed(token) for token in tokens]
    assert "".join([*pieces, words.rest()]) == model._tokenizer.all.decode(tokens, skip_special_tokens=True)
    assert "\ufffd" in text or not any(piece.endswith("\ufffd") for piece in pieces)


def test_a_schema_binds_even_a_model_that_knows_nothing(model: TransformersDialogue) -> None:
    schema = {
        "type": "object",
        "properties": {"days": {"type": "integer", "minimum": 0, "maximum": 30}, "site": {"enum": ["胸", "head"]}},
        "required": ["days", "site"],
        "additionalProperties": False,
    }
    for seed in range(5):
        sampling = Sampling(temperature=1.5, seed=seed, max_tokens=60)
        reply = whole(model.stream(QUESTION, schema=schema, sampling=sampling))
        made = json.loads(reply.text)
        assert reply.finish == "stop"
        assert 0 <= made["days"] <= 30 and made["site"] in ("胸", "head")


def test_seeds_differ(model: TransformersDialogue) -> None:
    texts = {whole(model.stream(QUESTION, sampling=Sampling(1.0, seed=seed, max_tokens=8))).text for seed in range(4)}
    assert len(texts) > 1


def test_a_prompt_that_is_too_long_is_refused_and_not_cut(model: TransformersDialogue) -> None:
    with pytest.raises(BackendFailed, match=f"takes {N_CONTEXT}") as caught:
        whole(model.stream([Message("user", "Where does it hurt? " * N_CONTEXT)]))
    assert caught.value.remedy and "hurt" not in str(caught.value)


def test_a_reply_ends_where_the_context_does(model: TransformersDialogue) -> None:
    word = "x "
    n_words = next(
        n
        for n in range(400, 4000, 10)
        if len(model._tokenizer.prompt([Message("user", word * n)], 10**6)) > N_CONTEXT - 30
    )
    reply = whole(model.stream([Message("user", word * n_words)], sampling=Sampling(max_tokens=500)))
    assert reply.finish in ("length", "stop")
    assert reply.n_prompt_tokens + reply.n_tokens <= N_CONTEXT


def test_a_checkpoint_without_a_template_needs_a_format(tmp_path: Path) -> None:
    loaded = LoadedModel("plain", tiny_chat_model(tmp_path, template=False), "")
    with pytest.raises(ConfigError) as caught:
        TransformersDialogue(loaded, device="cpu")
    assert 'chat = "chatml"' in caught.value.remedy
    model = TransformersDialogue(loaded, device="cpu", chat="chatml")
    assert whole(model.stream(QUESTION, sampling=SHORT)).n_tokens
    by_name = LoadedModel("SYNLP--ChiMed-GPT-1.0", loaded.path, "")
    assert TransformersDialogue(by_name, device="cpu")._tokenizer.prompt(QUESTION, N_CONTEXT)


def test_a_named_format_overrules_the_checkpoints_own(folder: Path, model: TransformersDialogue) -> None:
    other = TransformersDialogue(LoadedModel("tiny", folder, ""), device="cpu", chat="chimed-gpt")
    told = other._tokenizer.all.decode(other._tokenizer.prompt(QUESTION, N_CONTEXT))
    assert told.startswith("[human]:Where does it hurt?") and told.endswith("[bot]:")
    assert model._tokenizer.all.decode(model._tokenizer.prompt(QUESTION, N_CONTEXT)).startswith("<|im_start|>user\n")


def test_a_template_that_refuses_a_message_says_so(folder: Path) -> None:
    model = TransformersDialogue(LoadedModel("tiny", folder, ""), device="cpu")
    model._tokenizer._template = "{{ raise_exception('System role not supported') }}"
    with pytest.raises(ConfigError, match="System role not supported"):
        whole(model.stream(QUESTION))


@pytest.mark.parametrize(("options", "error"), [({"dtype": "float8"}, ConfigError), ({"chat": "none"}, ConfigError)])
def test_options_that_cannot_be_used_are_refused(
    folder: Path, options: dict[str, Any], error: type[ConfigError]
) -> None:
    with pytest.raises(error) as caught:
        TransformersDialogue(LoadedModel("tiny", folder, ""), **{"device": "cpu", **options})
    assert caught.value.remedy


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    make = partial(TransformersDialogue, LoadedModel("some", tmp_path, ""), device="cpu")
    with pytest.raises(ModelMissing, match=r"config\.json"):
        make()
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ModelCorrupt, match="some"):
        make()
    with pytest.raises(ConfigError):
        TransformersDialogue(None)
