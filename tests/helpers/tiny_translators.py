"""Tiny, random, real checkpoints of the four families: what they say is noise, how they are asked is not."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voicedoc.torch_audio import import_torchaudio

SENTENCES = [
    "Where does it hurt?", "I have had pain in my chest for two days.", "Take 2.5 mg at 10:30.", "Do you have a fever?",
    "Onde dói?", "Tenho dor no peito há dois dias.", "Tome 2,5 mg às 10:30.", "Tem febre?",
    "I am not allergic to anything.",
    "Não sou alérgico a nada.", "The quick brown fox jumps over the lazy dog 0123456789.",
]  # fmt: skip
N_PIECES = 150
_SIZES: dict[str, Any] = {
    "d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2,
    "encoder_ffn_dim": 16, "decoder_ffn_dim": 16, "max_position_embeddings": 256,
}  # fmt: skip


def checkpoint(family: str, folder: Path) -> Path:
    """A checkpoint of `family` as Transformers saves it: "opus", "opus-multi", "nllb", "m2m100" or "madlad"."""
    import torch

    torch.manual_seed(7)
    torch.set_num_threads(1)  # models this small only wait for more
    folder.mkdir(parents=True, exist_ok=True)
    with _quietly():
        {"opus": _opus, "opus-multi": _opus_multi, "nllb": _nllb, "m2m100": _m2m100, "madlad": _madlad}[family](folder)
    return folder


def converted(source: Path, folder: Path) -> Path:
    """The same model for CTranslate2, with its SentencePiece files."""
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_tokenizer(self, kind: Any, name: str, **options: Any) -> Any:
            """As it was before Transformers 5, whose M2M100 tokenizer leaves its language tokens out."""
            tokenizer = super().load_tokenizer(kind, name, **options)
            vocabulary = {**tokenizer.get_vocab(), **getattr(tokenizer, "lang_token_to_id", {})}
            tokenizer.get_vocab = lambda: vocabulary
            return tokenizer

    pieces = [path.name for path in source.iterdir() if path.suffix in (".spm", ".model")]
    with _quietly():
        Converter(str(source), copy_files=pieces).convert(str(folder))
    return folder


@contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # conversion is not what is tested
        yield


def _train(path: Path, symbols: list[str]) -> list[str]:
    """Train a SentencePiece model into `path`; its pieces."""
    import sentencepiece

    prefix = path.with_name("trained")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES), model_prefix=str(prefix), vocab_size=N_PIECES, model_type="unigram",
        hard_vocab_limit=False, user_defined_symbols=symbols, pad_id=1, bos_id=-1, eos_id=2, unk_id=0,
        pad_piece="<pad>", eos_piece="</s>", minloglevel=2,
    )  # fmt: skip
    prefix.with_suffix(".model").rename(path)
    prefix.with_suffix(".vocab").unlink()
    trained = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [trained.id_to_piece(number) for number in range(trained.get_piece_size())]


def _opus(folder: Path, tokens: tuple[str, ...] = ()) -> None:
    import_torchaudio()
    from transformers import MarianConfig, MarianMTModel

    pieces = _train(folder / "source.spm", [])
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    text = [piece for piece in pieces if piece not in ("<unk>", "<pad>", "</s>")]
    vocabulary = ["</s>", "<unk>", *text, *tokens, "<pad>"]
    pad = len(vocabulary) - 1
    (folder / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(vocabulary)}), "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "MarianTokenizer"}), "utf-8")
    config = MarianConfig(
        vocab_size=len(vocabulary), decoder_vocab_size=len(vocabulary), pad_token_id=pad, eos_token_id=0,
        decoder_start_token_id=pad, forced_eos_token_id=0, **_SIZES,
    )  # fmt: skip
    MarianMTModel(config).save_pretrained(folder)


def _opus_multi(folder: Path) -> None:
    _opus(folder, (">>por<<", ">>spa<<"))


def _nllb(folder: Path) -> None:
    import_torchaudio()
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    _train(folder / "sentencepiece.bpe.model", [])
    languages = ["eng_Latn", "por_Latn", "zho_Hans", "zho_Hant"]
    tokenizer = _fast_tokenizer(NllbTokenizer, folder, languages)
    tokenizer.save_pretrained(folder)
    _m2m(M2M100Config, M2M100ForConditionalGeneration, len(tokenizer)).save_pretrained(folder)


def _fast_tokenizer(kind: Any, folder: Path, languages: list[str]) -> Any:
    """NLLB's tokenizer with the SentencePiece model's pieces, all of which merging single characters must reach."""
    import sentencepiece

    trained = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.bpe.model"))
    pieces = [trained.id_to_piece(number) for number in range(trained.get_piece_size())]
    text = [piece for piece in pieces if piece not in ("<unk>", "<pad>", "</s>")]
    vocabulary = {token: number for number, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", *text])}
    merges = [
        (piece[:cut], piece[cut:])
        for piece in text
        for cut in range(1, len(piece))
        if piece[:cut] in vocabulary and piece[cut:] in vocabulary
    ]
    return kind(vocab=vocabulary, merges=merges, extra_special_tokens=languages)


def _m2m(config: Any, model: Any, n_tokens: int) -> Any:
    return model(
        config(
            vocab_size=n_tokens, pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2,
            scale_embedding=True, **_SIZES,
        )
    )  # fmt: skip


def _m2m100(folder: Path) -> None:
    import_torchaudio()
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    pieces = _train(folder / "sentencepiece.bpe.model", [])
    text = [piece for piece in pieces if piece not in ("<unk>", "<pad>", "</s>")]
    vocabulary = {token: number for number, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", *text])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    tokenizer = M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
    tokenizer.save_pretrained(folder)
    n_tokens = max(tokenizer.lang_token_to_id.values()) + 1 + tokenizer.num_madeup_words
    _m2m(M2M100Config, M2M100ForConditionalGeneration, n_tokens).save_pretrained(folder)


def _madlad(folder: Path) -> None:
    import_torchaudio()
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    pieces = _train(folder / "spiece.model", ["<2en>", "<2pt>", "<2zh>"])
    tokenizer = T5Tokenizer.from_pretrained(str(folder), extra_ids=0)
    tokenizer.save_pretrained(folder)
    config = T5Config(
        vocab_size=len(pieces), d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2, pad_token_id=1, eos_token_id=2,
        decoder_start_token_id=1, feed_forward_proj="gated-gelu", tie_word_embeddings=False,
    )  # fmt: skip
    T5ForConditionalGeneration(config).save_pretrained(folder)
