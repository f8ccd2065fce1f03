"""The packed embedding model's reader, on a tiny file of the same layout."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelCorrupt, ModelMissing
from voicedoc.phrases.e5 import AT_ONCE, E5, FILE

pytestmark = pytest.mark.unit

WIDTH, INNER, LAYERS, HEADS, PLACES = 32, 64, 2, 4, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁query", ":", "▁where", "▁pain", "e", "pa", "in"]


def packed(values: np.ndarray) -> bytes:
    """4-bit blocks of 32: a 16-bit scale, then pairs of weights."""
    blocks = values.reshape(-1, 32)
    scales = (np.abs(blocks).max(axis=1) / 7).astype("<f2")
    nibbles = np.clip(np.round(blocks / scales.astype(np.float32)[:, None]) + 8, 0, 15).astype(np.uint8)
    pairs = nibbles[:, :16] | (nibbles[:, 16:] << 4)
    return b"".join(scale.tobytes() + pair.tobytes() for scale, pair in zip(scales, pairs, strict=True))


def tensors(random: np.random.Generator) -> dict[str, bytes]:
    def floats(n: int, mean: float = 0.0) -> bytes:
        return (mean + 0.1 * random.standard_normal(n)).astype("<f4").tobytes()

    def matrix(n_out: int, n_in: int) -> bytes:
        return packed(random.standard_normal((n_out, n_in)).astype(np.float32))

    made = {
        "emb.word": matrix(len(PIECES), WIDTH), "emb.pos": floats(PLACES * WIDTH), "emb.type": floats(WIDTH),
        "emb.ln.w": floats(WIDTH, 1.0), "emb.ln.b": floats(WIDTH),
    }  # fmt: skip
    for at in range(LAYERS):
        for name, n_out, n_in in (
            ("q", WIDTH, WIDTH), ("k", WIDTH, WIDTH), ("v", WIDTH, WIDTH), ("ao", WIDTH, WIDTH), ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ):  # fmt: skip
            made |= {f"l{at}.{name}.w": matrix(n_out, n_in), f"l{at}.{name}.b": floats(n_out)}
        for name in ("aln", "oln"):
            made |= {f"l{at}.{name}.w": floats(WIDTH, 1.0), f"l{at}.{name}.b": floats(WIDTH)}
    return made


def tiny_model() -> bytes:
    pieces = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, pieces)]).astype("<u4")
    scores = np.array([0, 0, 0, 0, -2, -3, -3, -4, -4, -6, -5, -5], "<f4")
    head = struct.pack("<4sI7ifi", b"E5S1", 1, WIDTH, LAYERS, HEADS, INNER, len(PIECES), PLACES, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(b"".join(pieces)))
    head += offsets.tobytes() + scores.tobytes() + b"".join(pieces)
    same = struct.pack("<IBI", ord("Ｗ"), 1, ord("w"))  # a full-width letter becomes a plain one
    head += struct.pack("<iI", 1, len(same)) + same
    made = tensors(np.random.default_rng(7))
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in made)
    directory, body = b"", b""
    for name, content in made.items():
        place = start + len(body)
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, len(content) // 4, place, len(content))
        body += content
    return head + struct.pack("<i", len(made)) + directory + body


def model(folder: Path, content: bytes) -> LoadedModel:
    (folder / FILE).write_bytes(content)
    return LoadedModel("tiny", folder, "")


@pytest.fixture
def embedder(tmp_path: Path) -> E5:
    return E5(model(tmp_path, tiny_model()))


def test_vectors_have_length_one_and_texts_their_own(embedder: E5) -> None:
    vectors = embedder.embed(["where pain", "pain", ""])
    assert vectors.shape == (3, WIDTH) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)
    assert embedder.embed([]).shape == (0, WIDTH)


def test_a_text_does_not_see_the_others_of_its_batch(embedder: E5) -> None:
    texts = [f"{'pain ' * (n % 4)}where" for n in range(AT_ONCE + 3)]
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.allclose(embedder.embed(texts), alone, atol=1e-5)


def test_a_text_longer_than_the_model_is_cut(embedder: E5) -> None:
    assert np.allclose(embedder.embed(["pain " * 50]), embedder.embed(["pain " * 60]))


def test_the_tokenizer_takes_the_likeliest_pieces(embedder: E5) -> None:
    tokenizer = embedder._file.tokenizer
    assert tokenizer.tokens("query: where pain", 16) == [0, 5, 6, 7, 8, 2]
    assert tokenizer.tokens("query:  Ｗhere", 16) == [0, 5, 6, 7, 2]
    assert tokenizer.tokens("z", 16) == [0, 4, 3, 2]


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(200), tiny_model()[:900], tiny_model()[:-50]])
def test_a_damaged_file_is_corrupt(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ModelCorrupt) as caught:
        E5(model(tmp_path, content))
    assert caught.value.remedy


def test_no_model_and_no_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        E5(None)
    with pytest.raises(ModelMissing):
        E5(LoadedModel("empty", tmp_path, ""))
