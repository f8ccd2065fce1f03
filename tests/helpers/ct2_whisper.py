"""A Whisper folder for CTranslate2, written out again as a transformers checkpoint: same weights, so the same words.

Source of the file format: OpenNMT/CTranslate2 python/ctranslate2/specs/model_spec.py, `_serialize`, version 6.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from voicedoc.torch_audio import import_torchaudio

_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def _text(file: BinaryIO) -> str:
    (length,) = struct.unpack("<H", file.read(2))
    return file.read(length)[:-1].decode()


def read_variables(path: Path) -> dict[str, NDArray[np.generic]]:
    """Every weight of a `model.bin`, by CTranslate2's name."""
    with path.open("rb") as file:
        file.read(4)
        _text(file)
        _, n_variables = struct.unpack("<II", file.read(8))
        return dict(_variable(file) for _ in range(n_variables))


def _variable(file: BinaryIO) -> tuple[str, NDArray[np.generic]]:
    name = _text(file)
    (rank,) = struct.unpack("<B", file.read(1))
    shape = struct.unpack(f"<{rank}I", file.read(4 * rank))
    kind, n_bytes = struct.unpack("<BI", file.read(5))
    return name, np.frombuffer(file.read(n_bytes), _TYPES[kind]).reshape(shape)


def _names(n_layers: int) -> Iterator[tuple[str, str]]:
    """CTranslate2's prefix and transformers' for everything that is copied as it is."""
    for conv in ("conv1", "conv2"):
        yield f"encoder/{conv}", f"encoder.{conv}"
    yield "encoder/layer_norm", "encoder.layer_norm"
    yield "decoder/layer_norm", "decoder.layer_norm"
    for side in ("encoder", "decoder"):
        for layer in range(n_layers):
            ours, theirs = f"{side}/layer_{layer}", f"{side}.layers.{layer}"
            yield f"{ours}/self_attention/layer_norm", f"{theirs}.self_attn_layer_norm"
            yield f"{ours}/self_attention/linear_1", f"{theirs}.self_attn.out_proj"
            yield f"{ours}/ffn/layer_norm", f"{theirs}.final_layer_norm"
            yield f"{ours}/ffn/linear_0", f"{theirs}.fc1"
            yield f"{ours}/ffn/linear_1", f"{theirs}.fc2"
            if side == "decoder":
                yield f"{ours}/attention/layer_norm", f"{theirs}.encoder_attn_layer_norm"
                yield f"{ours}/attention/linear_0", f"{theirs}.encoder_attn.q_proj"
                yield f"{ours}/attention/linear_2", f"{theirs}.encoder_attn.out_proj"


def _fused(n_layers: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Projections that CTranslate2 keeps in one matrix."""
    for layer in range(n_layers):
        for side in ("encoder", "decoder"):
            qkv = ("q_proj", "k_proj", "v_proj")
            yield f"{side}/layer_{layer}/self_attention/linear_0", f"{side}.layers.{layer}.self_attn", qkv
        kv = ("k_proj", "v_proj")
        yield f"decoder/layer_{layer}/attention/linear_1", f"decoder.layers.{layer}.encoder_attn", kv


def state_dict(weights: dict[str, NDArray[np.generic]], n_layers: int) -> dict[str, NDArray[np.generic]]:
    """The same weights by transformers' names, without the leading `model.`."""
    state = {
        "encoder.embed_positions.weight": weights["encoder/position_encodings/encodings"],
        "decoder.embed_positions.weight": weights["decoder/position_encodings/encodings"],
        "decoder.embed_tokens.weight": weights["decoder/embeddings/weight"],
    }
    kinds = {"weight": "weight", "bias": "bias", "gamma": "weight", "beta": "bias"}
    for ours, theirs in _names(n_layers):
        for kind, name in kinds.items():
            if f"{ours}/{kind}" in weights:
                state[f"{theirs}.{name}"] = weights[f"{ours}/{kind}"]
    for ours, theirs, parts in _fused(n_layers):
        for kind in ("weight", "bias"):
            for part, piece in zip(parts, np.split(weights[f"{ours}/{kind}"], len(parts)), strict=True):
                if (part, kind) != ("k_proj", "bias"):  # Whisper's keys have none
                    state[f"{theirs}.{part}.{kind}"] = piece
    return state


def write_checkpoint(source: Path, target: Path) -> None:
    """Write the CTranslate2 Whisper in `source` to `target` as transformers would save it."""
    import torch

    import_torchaudio()
    from transformers import WhisperConfig, WhisperForConditionalGeneration

    weights = read_variables(source / "model.bin")
    embeddings = weights["decoder/embeddings/weight"]
    n_layers = sum(name.startswith("encoder/layer_") and name.endswith("ffn/linear_0/bias") for name in weights)
    width = embeddings.shape[1]
    config = WhisperConfig(
        vocab_size=embeddings.shape[0],
        num_mel_bins=weights["encoder/conv1/weight"].shape[1],
        d_model=width,
        encoder_layers=n_layers,
        decoder_layers=n_layers,
        encoder_attention_heads=width // 64,
        decoder_attention_heads=width // 64,
        encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width,
    )
    model = WhisperForConditionalGeneration(config)
    state = {name: torch.from_numpy(value.astype(np.float32)) for name, value in state_dict(weights, n_layers).items()}
    model.model.load_state_dict(state)
    model.tie_weights()
    stored = json.loads((source / "config.json").read_text())
    save(model, source / "tokenizer.json", target, alignment_heads=stored["alignment_heads"])


def save(model: object, tokenizer_file: Path, target: Path, **generation: object) -> None:
    """Save a Whisper model with its tokenizer and feature extractor; `generation` goes into its generation config."""
    import_torchaudio()
    from transformers import (
        GenerationConfig,
        PreTrainedTokenizerFast,
        WhisperFeatureExtractor,
        WhisperForConditionalGeneration,
    )

    if not isinstance(model, WhisperForConditionalGeneration):
        raise TypeError(f"not a Whisper model: {type(model)}")
    model.generation_config = GenerationConfig(**generation)
    model.save_pretrained(target)
    WhisperFeatureExtractor(feature_size=model.config.num_mel_bins).save_pretrained(target)
    PreTrainedTokenizerFast(tokenizer_file=str(tokenizer_file), eos_token="<|endoftext|>").save_pretrained(target)
