"""A voice for tests and demos: a tone for each letter, no model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed

_SECONDS_A_LETTER = 0.06


class Tones:
    """A `Synthesizer`: one burst of tone per word, as long as the word. `languages` narrows what it speaks.

    `fails_on`: a word at which it fails, as a broken backend would.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        rate: int = 16_000,
        languages: list[str] | None = None,
        fails_on: str = "",
    ) -> None:
        del model
        self._rate = rate
        self._languages = frozenset(languages or ["en", "pt", "es", "fr", "de", "it", "hi", "zh", "ja", "ru"])
        self._fails_on = fails_on

    @property
    def rate(self) -> int:
        """As configured, in Hz."""
        return self._rate

    @property
    def languages(self) -> frozenset[str]:
        """As configured."""
        return self._languages

    @property
    def voice(self) -> str:
        """Its name."""
        return "tones"

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """One chunk per word: a tone whose pitch depends on the letters, with soft edges, and a gap."""
        for word in text.split():
            if self._fails_on and self._fails_on in word:
                raise BackendFailed("the scripted voice was told to fail", remedy="leave out 'fails_on'")
            yield self._burst(word)

    def _burst(self, word: str) -> Samples:
        n_samples = round(len(word) * _SECONDS_A_LETTER * self._rate)
        time = np.arange(n_samples) / self._rate
        pitch = 150.0 + sum(map(ord, word)) % 250
        tone = 0.3 * np.sin(2 * np.pi * pitch * time) * np.hanning(n_samples)
        return as_samples(np.concatenate([tone, np.zeros(self._rate // 20)]).astype(np.float32))
