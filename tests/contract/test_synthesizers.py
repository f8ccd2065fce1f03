"""What every synthesizer keeps to. Those with real weights run where their package or model is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendUnavailable, Unspeakable
from voicedoc.registry import backend, backends
from voicedoc.speak.role import Synthesizer
from voicedoc.torch_audio import import_torchaudio

Load = Callable[[str], LoadedModel]

TEXTS = {
    "de": "Nehmen Sie zwei Komma fünf Milligramm, zweimal täglich.",
    "en": "Take two point five milligrams of metoprolol, twice a day.",
    "es": "Tome dos coma cinco miligramos, dos veces al día.",
    "fr": "Prenez deux virgule cinq milligrammes, deux fois par jour.",
    "hi": "दो दशमलव पाँच मिलीग्राम लें।",
    "it": "Prenda due virgola cinque milligrammi, due volte al giorno.",
    "ja": "一日二回、二点五ミリグラムを飲んでください。",
    "pt": "Tome dois vírgula cinco miligramas, duas vezes ao dia.",
    "zh": "每天服用二点五毫克，两次。",
}
REAL = ["hibari", "pico", "kokoro", "openjtalk", "espeak"]
NAMES = ["scripted", "transformers", *(pytest.param(name, marks=pytest.mark.model) for name in REAL)]
_made: dict[str, Synthesizer] = {}


def tiny_vits(folder: Path) -> LoadedModel:
    """A VITS checkpoint with random weights, as small as they come."""
    import torch

    import_torchaudio()
    from transformers import VitsConfig, VitsModel

    letters = sorted(set("".join(TEXTS[tag] for tag in ("en", "es", "pt")).lower()) - {" "})
    vocabulary = {"<pad>": 0, **{mark: token for token, mark in enumerate([*letters, " ", "<unk>"], start=1)}}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    settings = {
        "tokenizer_class": "VitsTokenizer",
        "language": "por",
        "add_blank": True,
        "normalize": True,
        "phonemize": False,
    }
    (folder / "tokenizer_config.json").write_text(
        json.dumps({**settings, "is_uroman": False, "pad_token": "<pad>", "unk_token": "<unk>"}), "utf-8"
    )
    torch.manual_seed(1)
    config = VitsConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, ffn_dim=16,
        flow_size=16,        spectrogram_bins=17, prior_encoder_num_flows=1, prior_encoder_num_wavenet_layers=1,
        posterior_encoder_num_wavenet_layers=1,
        upsample_initial_channel=16, upsample_rates=[8, 8], upsample_kernel_sizes=[16, 16], resblock_kernel_sizes=[3],
        resblock_dilation_sizes=[[1]], duration_predictor_num_flows=1,
        depth_separable_num_layers=1, sampling_rate=16_000,
    )  # fmt: skip
    VitsModel(config).save_pretrained(str(folder))
    return LoadedModel("tiny-vits", folder, "")


@pytest.fixture(params=NAMES)
def synthesizer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Synthesizer:
    name = str(request.param)
    if name not in _made:
        arguments: list[Any] = []
        options: dict[str, Any] = {}
        if name == "kokoro":
            load: Load = request.getfixturevalue("loaded_model")
            arguments = [load("kokoro")]
        if name == "transformers":
            arguments, options = [tiny_vits(tmp_path_factory.mktemp("vits"))], {"languages": ["pt", "en"]}
        try:
            _made[name] = backend("synthesizers", name)(*arguments, **options)
        except BackendUnavailable as error:
            pytest.skip(f"{error}. {error.remedy}")
    return _made[name]


def said(synthesizer: Synthesizer, text: str, language: str) -> np.ndarray:
    return np.concatenate(list(synthesizer.synthesize(text, language=language)))


def a_language(synthesizer: Synthesizer) -> str:
    return min(synthesizer.languages & TEXTS.keys())


def test_this_suite_covers_every_backend() -> None:
    assert set(backends("synthesizers")) == {"scripted", "transformers", *REAL}


def test_it_says_what_it_is(synthesizer: Synthesizer) -> None:
    assert synthesizer.rate >= 8000
    assert synthesizer.voice
    assert synthesizer.languages
    assert all(language == language.lower() and "-" not in language for language in synthesizer.languages)


def test_sound_is_mono_float_and_within_full_scale_or_near(synthesizer: Synthesizer) -> None:
    language = a_language(synthesizer)
    for chunk in synthesizer.synthesize(TEXTS[language], language=language):
        assert chunk.ndim == 1
        assert chunk.dtype == np.float32
        assert np.isfinite(chunk).all()
        assert np.abs(chunk).max(initial=0.0) < 2.0


def test_the_same_text_gives_the_same_samples_whatever_was_said_before(synthesizer: Synthesizer) -> None:
    language = a_language(synthesizer)
    text = TEXTS[language]
    before = said(synthesizer, text, language)
    said(synthesizer, text.split(",")[0].split("、")[0].split("，")[0], language)
    for _ in range(2):
        assert said(synthesizer, text, language).tobytes() == before.tobytes()


def test_a_longer_text_takes_longer(synthesizer: Synthesizer) -> None:
    language = a_language(synthesizer)
    text = TEXTS[language]
    assert said(synthesizer, f"{text} {text}", language).size > 1.3 * said(synthesizer, text, language).size


def test_letters_that_it_cannot_read_are_refused_before_any_sound(synthesizer: Synthesizer) -> None:
    if synthesizer.voice == "tones":
        pytest.skip("tones has a tone for every letter")
    language = a_language(synthesizer)
    with pytest.raises(Unspeakable):
        said(synthesizer, f"Ибупрофен {TEXTS[language]}", language)


def test_closing_early_ends_the_work(synthesizer: Synthesizer) -> None:
    language = a_language(synthesizer)
    chunks = synthesizer.synthesize(TEXTS[language], language=language)
    next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    assert list(chunks) == []


@pytest.mark.unit
def test_a_seeded_voice_leaves_torchs_own_generator_alone(tmp_path: Path) -> None:
    import torch

    voice = backend("synthesizers", "transformers")(tiny_vits(tmp_path), languages=["pt"])
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    said(voice, TEXTS["pt"], "pt")
    assert torch.equal(torch.rand(3), expected)
