"""transformers on a tiny random Whisper, and on whisper-base's weights written out as a checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.ct2_whisper import save, write_checkpoint
from tests.helpers.utterances import clips, utterance
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelError, UnsupportedLanguage
from voicedoc.recognize.faster_whisper import FasterWhisper
from voicedoc.recognize.transformers import TransformersWhisper
from voicedoc.torch_audio import import_torchaudio

pytestmark = pytest.mark.model

Load = Callable[[str], LoadedModel]


def _tiny(folder: Path, tokenizer: Path, **generation: object) -> TransformersWhisper:
    import torch

    import_torchaudio()
    from transformers import WhisperConfig, WhisperForConditionalGeneration

    torch.manual_seed(3)
    sizes = {"d_model": 32, "encoder_layers": 1, "decoder_layers": 2, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32}
    config = WhisperConfig(vocab_size=51865, encoder_attention_heads=2, decoder_attention_heads=2, **sizes)
    save(WhisperForConditionalGeneration(config), tokenizer, folder, **generation)
    return TransformersWhisper(LoadedModel("tiny-random", folder, ""), device="cpu", beam_size=2)


@pytest.fixture(scope="module")
def tokenizer(loaded_model: Load) -> Path:
    return loaded_model("whisper-base").path / "tokenizer.json"


@pytest.fixture(scope="module")
def base(loaded_model: Load, tmp_path_factory: pytest.TempPathFactory) -> TransformersWhisper:
    folder = tmp_path_factory.mktemp("whisper-base")
    write_checkpoint(loaded_model("whisper-base").path, folder)
    return TransformersWhisper(LoadedModel("whisper-base", folder, ""), device="cpu", beam_size=1)


def test_a_random_checkpoint_reads_something_in_one_of_two_languages(tmp_path: Path, tokenizer: Path) -> None:
    recognizer = _tiny(tmp_path, tokenizer, alignment_heads=[[0, 0], [1, 1]])
    sound = np.random.default_rng(0).standard_normal(16_000).astype(np.float32) * 0.1
    heard = recognizer.recognize(utterance(sound, start=5.0), languages=("pt-BR", "zh-Hans"))
    assert heard.language in ("pt-BR", "zh-Hans")
    assert heard.text or heard.discarded
    spans = [word.span for word in heard.words]
    assert all(5.0 <= before.start <= before.end <= after.start <= 6.0 for before, after in pairwise(spans))


def test_without_alignment_heads_there_are_no_words_in_time(
    base: TransformersWhisper, devset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base._engine._model.generation_config, "alignment_heads", None)
    heard = base.recognize(clips(devset, "pt")[0].utterance, languages=("en", "pt"))
    assert heard.text.startswith("Uma raposa")
    assert heard.words == ()
    assert heard.confidence > 0.5


def test_it_reads_what_faster_whisper_reads(base: TransformersWhisper, loaded_model: Load, devset: Path) -> None:
    other = FasterWhisper(
        loaded_model("whisper-base"), device="cpu", beam_size=1, compute_type="float32", context="full"
    )
    spoken = clips(devset, "pt")[0].utterance
    ours, theirs = (recognizer.recognize(spoken, languages=("en", "pt")) for recognizer in (base, other))
    assert (ours.text, ours.language) == (theirs.text, theirs.language)
    assert ours.confidence == pytest.approx(theirs.confidence, abs=0.05)
    starts = [(one.span.start, two.span.start) for one, two in zip(ours.words, theirs.words, strict=True)]
    assert all(abs(one - two) < 0.15 for one, two in starts), starts


def test_characters_are_words_where_writing_has_no_spaces(base: TransformersWhisper, devset: Path) -> None:
    heard = base.recognize(clips(devset, "ja")[1].utterance, languages=("en", "ja"))
    assert len(heard.words) > 10
    assert "".join(word.text for word in heard.words) == heard.text
    assert "\ufffd" not in heard.text


def test_a_folder_without_a_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not a speech recogniser") as caught:
        TransformersWhisper(LoadedModel("none", tmp_path, ""))
    assert "config.json" in caught.value.remedy


def test_an_unknown_type_or_language_is_refused(base: TransformersWhisper, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        TransformersWhisper(LoadedModel("none", tmp_path, ""), dtype="flaot16")
    assert "float16" in caught.value.remedy
    with pytest.raises(UnsupportedLanguage):
        base.recognize(utterance(), languages=("en", "qaa"))
