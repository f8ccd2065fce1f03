"""multilingual-e5-small in 4 bits, run with numpy: sentence vectors for about a hundred languages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelMissing
from voicedoc.phrases.e5_file import Packed

MODEL = "multilingual-e5-small"
"""The model's card."""

FILE = "e5-small-q4.bin"

AT_ONCE = 32
"""Texts that go through the network together: more take more memory and no less time."""

_PREFIX = "query: "

Floats = NDArray[np.float32]


class E5:
    """A `SentenceEmbedder`. One sentence at a time; tens of milliseconds each on one core.

    Source: BERT's encoder with mean pooling, as multilingual-e5-small's model card describes it (Wang et al. 2024,
    https://arxiv.org/abs/2402.05672).

    Raises:
        ConfigError: If no model is named.
        ModelMissing: If the model's folder has no packed model.
        ModelCorrupt: If the file is damaged.
    """

    def __init__(self, model: LoadedModel | None = None) -> None:
        if model is None:
            raise ConfigError("embedder 'e5' needs a model", remedy=f"voicedoc models pull {MODEL}")
        path = model.path / FILE
        if not path.is_file():
            raise ModelMissing(f"{model.path} has no {FILE}", remedy=f"voicedoc models pull {model.name}")
        self.name = model.name
        self._file = Packed(path)
        self._layers = [_Layer(self._file, at) for at in range(self._file.shape.n_layers)]

    def embed(self, texts: Sequence[str]) -> Floats:
        """See `SentenceEmbedder`. Many at once cost less each than one."""
        if not texts:
            return np.zeros((0, self._file.shape.width), np.float32)
        parts = [self._embedded(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
        return np.concatenate(parts)

    def token_vectors(self, texts: Sequence[str]) -> list[Floats]:
        """See `TokenEmbedder`."""
        parts = [texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE)]
        return [_unit(vectors) for part in parts for vectors in self._hidden(part)]

    def _embedded(self, texts: Sequence[str]) -> Floats:
        return _unit(np.stack([hidden.mean(axis=0) for hidden in self._hidden([_PREFIX + text for text in texts])]))

    def _hidden(self, texts: Sequence[str]) -> list[Floats]:
        """All the texts' tokens go through the network in one row; each text attends to itself alone."""
        shape = self._file.shape
        tokens = [self._file.tokenizer.tokens(text, shape.n_positions) for text in texts]
        cuts = np.cumsum([0, *map(len, tokens)]).tolist()
        hidden = self._first(tokens)
        for layer in self._layers:
            hidden = layer.run(hidden, cuts)
        return [hidden[start:end] for start, end in pairwise(cuts)]

    def _first(self, tokens: Sequence[Sequence[int]]) -> Floats:
        """Each token's own vector, its place's, and what they have in common."""
        file, shape = self._file, self._file.shape
        places = np.concatenate([np.arange(len(of_text)) for of_text in tokens])
        words = file.rows("emb.word", np.concatenate([np.array(of_text) for of_text in tokens]), shape.width)
        at_places = file.floats("emb.pos").reshape(-1, shape.width)[places]
        summed = words + at_places + file.floats("emb.type")[: shape.width]
        return _normed(summed, file.floats("emb.ln.w"), file.floats("emb.ln.b"), shape.epsilon)


class _Layer:
    """One layer of the encoder, unpacked."""

    def __init__(self, file: Packed, at: int) -> None:
        self._shape = shape = file.shape
        self._attention = {
            name: (file.matrix(f"l{at}.{name}.w", shape.width, shape.width), file.floats(f"l{at}.{name}.b"))
            for name in ("q", "k", "v", "ao")
        }
        self._into = (file.matrix(f"l{at}.fi.w", shape.inner, shape.width), file.floats(f"l{at}.fi.b"))
        self._out = (file.matrix(f"l{at}.fo.w", shape.width, shape.inner), file.floats(f"l{at}.fo.b"))
        self._norms = [(file.floats(f"l{at}.{name}.w"), file.floats(f"l{at}.{name}.b")) for name in ("aln", "oln")]

    def run(self, hidden: Floats, cuts: list[int]) -> Floats:
        """The next hidden states, shape `(n_tokens, width)`. `cuts` are the texts' bounds."""
        attended = _normed(hidden + self._attend(hidden, cuts), *self._norms[0], self._shape.epsilon)
        inner = _gelu(_affine(attended, self._into))
        return _normed(attended + _affine(inner, self._out), *self._norms[1], self._shape.epsilon)

    def _attend(self, hidden: Floats, cuts: list[int]) -> Floats:
        size = self._shape.width // self._shape.n_heads
        q, k, v = (
            _affine(hidden, self._attention[name]).reshape(-1, self._shape.n_heads, size).transpose(1, 0, 2)
            for name in ("q", "k", "v")
        )
        mixed = [_mixed(q[:, start:end], k[:, start:end], v[:, start:end]) for start, end in pairwise(cuts)]
        return _affine(np.concatenate(mixed), self._attention["ao"])


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _mixed(q: Floats, k: Floats, v: Floats) -> Floats:
    """Attention of one text's tokens to each other, heads side by side: shape `(n_tokens, width)`."""
    scores = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(q.shape[-1]))
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = (weights / weights.sum(axis=-1, keepdims=True)) @ v
    return np.asarray(heads.transpose(1, 0, 2).reshape(q.shape[1], -1), np.float32)


def _affine(x: Floats, weights: tuple[Floats, Floats]) -> Floats:
    return x @ weights[0] + weights[1]


def _normed(x: Floats, scale: Floats, shift: Floats, epsilon: float) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(epsilon))
    return np.asarray(centred / deviation * scale + shift, np.float32)


def _gelu(x: Floats) -> Floats:
    """Exact GELU; erf by a rational approximation with an error below 1.5e-7.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26.
    """
    z = np.abs(x) / np.float32(np.sqrt(2))
    t = 1 / (1 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), np.float32)
