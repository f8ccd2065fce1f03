"""Opus-MT, NLLB, M2M100 and MADLAD: the whole path on tiny random models, which both engines must read alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tiny_translators import checkpoint, converted
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelCorrupt, ModelMissing, UnsupportedLanguage
from voicedoc.translate.ctranslate2 import CTranslate2
from voicedoc.translate.transformers import TransformersTranslator

for package in ("ctranslate2", "torch", "transformers", "sentencepiece"):
    pytest.importorskip(package, reason="pip install 'voicedoc[ctranslate2,transformers]'")

pytestmark = pytest.mark.unit  # the models are made here, in seconds

FAMILIES = ["opus", "opus-multi", "nllb", "m2m100", "madlad"]
OPTIONS: dict[str, dict[str, str]] = {"opus": {"source": "en", "target": "pt"}, "opus-multi": {"source": "en"}}
TEXT = "Where does it hurt?"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[LoadedModel, LoadedModel]]:
    """A family's checkpoint, and the same for CTranslate2; made once."""
    root, made = tmp_path_factory.mktemp("tiny"), {}

    def get(family: str) -> tuple[LoadedModel, LoadedModel]:
        if family not in made:
            original = checkpoint(family, root / family)
            for_ct2 = converted(original, root / f"{family}-ct2")
            made[family] = (LoadedModel(family, original, ""), LoadedModel(family, for_ct2, ""))
        return made[family]

    return get


Models = Callable[[str], tuple[LoadedModel, LoadedModel]]


def _both(models: Models, family: str) -> tuple[TransformersTranslator, CTranslate2]:
    original, for_ct2 = models(family)
    options = OPTIONS.get(family, {})
    return (
        TransformersTranslator(original, device="cpu", **options),
        CTranslate2(for_ct2, device="cpu", **options),
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_the_source_is_asked_as_the_models_authors_do(family: str, models: Models) -> None:
    """The tokens that we give are those of the family's own tokenizer."""
    ours, _ = _both(models, family)
    tokenizer = ours._tokenizer
    seen: list[list[int]] = []
    generate = ours._generate
    ours._generate = lambda tokens, forced, limit: seen.append(tokens) or generate(tokens, forced, limit)  # type: ignore
    ours.translate(TEXT, source="en", target="pt")
    if family in ("nllb", "m2m100"):
        tokenizer.src_lang = {"nllb": "eng_Latn", "m2m100": "en"}[family]
    text = {"madlad": f"<2pt> {TEXT}", "opus-multi": f">>por<< {TEXT}"}.get(family, TEXT)
    assert seen == [tokenizer(text)["input_ids"]]


@pytest.mark.parametrize("family", FAMILIES)
def test_both_engines_ask_alike(family: str, models: Models) -> None:
    transformers, ctranslate2 = _both(models, family)
    ids: list[Any] = []
    tokens: list[Any] = []
    by_id, by_token = transformers._generate, ctranslate2._generate
    transformers._generate = lambda *call: ids.append(call) or by_id(*call)  # type: ignore
    ctranslate2._generate = lambda *call: tokens.append(call) or by_token(*call)  # type: ignore
    for translator in (transformers, ctranslate2):
        translator.translate(TEXT, source="en", target="pt-BR")
    (((given, forced, limit),), ((pieces, forced_piece, piece_limit),)) = ids, tokens
    assert transformers._tokenizer.convert_ids_to_tokens(given) == pieces
    assert (forced, limit) == (forced_piece, piece_limit)


@pytest.mark.parametrize("family", ["nllb", "m2m100"])
def test_the_targets_token_is_forced_and_not_shown(family: str, models: Models) -> None:
    transformers, ctranslate2 = _both(models, family)
    token = {"nllb": "por_Latn", "m2m100": "__pt__"}[family]
    before, forced = transformers._told.prompt("en", "pt")
    asked = [*before, "▁", "</s>"]
    ids = transformers._generate(transformers._tokenizer.convert_tokens_to_ids(asked), forced, 8)
    assert transformers._tokenizer.convert_ids_to_tokens(ids)[0] == token
    assert ctranslate2._generate(asked, forced, 8)[0] == token
    for translator in (transformers, ctranslate2):
        text = translator.translate(TEXT, source="en", target="pt").text
        assert token not in text and "</s>" not in text and "<unk>" not in text and "madeup" not in text


@pytest.mark.parametrize("family", ["opus", "nllb", "madlad"])
def test_both_engines_give_the_same_text(family: str, models: Models) -> None:
    """As far as the shorter goes: they count their limit of tokens differently by one."""
    one, other = (translator.translate(TEXT, source="en", target="pt").text for translator in _both(models, family))
    length = min(len(one), len(other)) - 8
    assert length > 20
    assert one[:length] == other[:length]


@pytest.mark.parametrize("family", ["nllb", "m2m100", "madlad", "opus-multi"])
def test_another_target_is_another_request(family: str, models: Models) -> None:
    _, translator = _both(models, family)
    other = "es" if family == "opus-multi" else "zh"
    assert translator.supports("en", other) and not translator.supports("en", "xyz")
    assert translator._told.prompt("en", other) != translator._told.prompt("en", "pt")
    with pytest.raises(UnsupportedLanguage):
        translator.translate(TEXT, source="en", target="xyz")


def test_a_loop_that_only_the_limit_ends_is_doubted(models: Models) -> None:
    for translator in _both(models, "madlad"):
        assert "cut off" in translator.translate(TEXT, source="en", target="pt").doubts


def test_text_that_the_vocabulary_lacks_is_doubted(models: Models) -> None:
    for translator in _both(models, "nllb"):
        assert "unknown" in translator.translate("Ж", source="en", target="pt").doubts


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"device": "tpu"}, ConfigError, "tpu"),
        ({"compute_type": "int3"}, ConfigError, "int3"),
        ({"family": "marian"}, ConfigError, "marian"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    options: dict[str, str], kind: type[ConfigError], message: str, models: Models
) -> None:
    with pytest.raises(kind, match=message) as caught:
        CTranslate2(models("nllb")[1], **options)  # type: ignore[arg-type]
    assert caught.value.remedy
    if "compute_type" not in options:
        with pytest.raises(kind, match=message):
            TransformersTranslator(models("nllb")[0], **options)  # type: ignore[arg-type]


def test_a_bilingual_model_needs_its_languages(models: Models) -> None:
    for kind, model in zip((TransformersTranslator, CTranslate2), models("opus"), strict=True):
        with pytest.raises(ConfigError, match="which languages"):
            kind(model, device="cpu")


@pytest.mark.parametrize("missing", ["model.bin", "shared_vocabulary.json", "sentencepiece.bpe.model"])
def test_a_missing_file_is_named(missing: str, models: Models, tmp_path: Path) -> None:
    _copy(models("nllb")[1].path, tmp_path, without=missing)
    with pytest.raises(ModelMissing, match=missing.replace(".", r"\.")):
        CTranslate2(LoadedModel("m", tmp_path, ""), device="cpu")


@pytest.mark.parametrize("damaged", ["model.bin", "shared_vocabulary.json", "sentencepiece.bpe.model", "config.json"])
def test_a_damaged_file_is_corrupt(damaged: str, models: Models, tmp_path: Path) -> None:
    _copy(models("nllb")[1].path, tmp_path)
    (tmp_path / damaged).write_bytes(b"\xff\x00 no such thing")
    with pytest.raises(ModelCorrupt):
        CTranslate2(LoadedModel("m", tmp_path, ""), device="cpu")


@pytest.mark.parametrize("damaged", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_damaged_checkpoint_is_corrupt(damaged: str, models: Models, tmp_path: Path) -> None:
    _copy(models("nllb")[0].path, tmp_path)
    (tmp_path / damaged).write_bytes(b"\xff\x00 no such thing")
    with pytest.raises(ModelCorrupt):
        TransformersTranslator(LoadedModel("m", tmp_path, ""), device="cpu")


def _copy(source: Path, target: Path, *, without: str = "") -> None:
    for path in source.iterdir():
        if path.name != without:
            (target / path.name).write_bytes(path.read_bytes())
