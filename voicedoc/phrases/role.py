"""What finding by meaning needs from outside, if it is there: sentence vectors, and drugs' names in other languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class SentenceEmbedder(Protocol):
    """Turns sentences of any language into vectors whose products say how near their meanings are."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shape `(len(texts), n_dimensions)`."""
        ...


class DrugNames(Protocol):
    """Knows how drugs are called. `voicedoc.core.glossary.Glossary` is one."""

    def drug(self, text: str, source: str, target: str) -> str | None:
        """What the drug called `text` in `source` is called in `target`; None for what it does not know as a drug."""
        ...

    def drugs(self, language: str) -> Sequence[str]:
        """The names in `language` of all drugs that it knows."""
        ...


class TokenEmbedder(SentenceEmbedder, Protocol):
    """A `SentenceEmbedder` that tells what it makes of each token, too: to compare texts word by word."""

    def token_vectors(self, texts: Sequence[str]) -> Sequence[NDArray[np.float32]]:
        """For each text vectors of length 1, shape `(n_tokens, n_dimensions)`; first and last are the text's ends."""
        ...
