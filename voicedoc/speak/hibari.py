"""hibari: a small English voice with its own reading rules, no eSpeak. Apache-2.0; the weights are in the package."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, Unspeakable
from voicedoc.registry import missing_package
from voicedoc.speak.letters import check_script, fold
from voicedoc.speak.onnx import onnx_errors

_ALPHABET = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšž"
"""Letters beside a–z that its network for unknown words has seen; it skips others."""
_LONGEST_WORD = 24
"""Letters. Its network for unknown words cuts longer ones off."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Hibari:
    """A `Synthesizer` for English, 24 kHz, one American female voice.

    `model` is optional: a folder with another `assets/hibari.onnx`; without it the package's own is used.
    """

    def __init__(self, model: LoadedModel | None = None, *, threads: int = 1, speed: float = 1.0) -> None:
        try:
            import hibari
        except ImportError as error:
            raise missing_package(error, "hibari") from error
        weights = model.path / "assets" / "hibari.onnx" if model else None
        if weights and not weights.is_file():
            raise ConfigError(f"{weights} is missing", remedy="leave out 'model': the package has its own")
        self._engine = hibari.Hibari(model=str(weights) if weights else None, threads=threads)
        self._speed, self._errors = speed, onnx_errors()
        self._readable: dict[str, bool] = {}

    @property
    def rate(self) -> int:
        """24000."""
        return int(self._engine.sample_rate)

    @property
    def languages(self) -> frozenset[str]:
        """English only."""
        return frozenset({"en"})

    @property
    def voice(self) -> str:
        """The package's name."""
        return "hibari"

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """One chunk per sentence. Its noise is seeded anew for each text."""
        check_script(text, language)
        text = fold(text, _ALPHABET)
        if unread := [word for word in _WORD.findall(text) if not self._is_readable(word)]:
            raise Unspeakable(f"{len(unread)} words have no phonemes", remedy="read them on the screen")
        try:
            for chunk in self._engine.stream(text, speed=self._speed, seed=0):
                yield as_samples(chunk)
        except self._errors as error:
            raise BackendFailed(f"hibari could not speak: {error}", remedy="choose another voice") from error

    def _is_readable(self, word: str) -> bool:
        """Whether the word has phonemes, all of which the voice knows, and is not longer than its network reads."""
        if word not in self._readable:
            phonemes = self._engine.g2p(word)
            known = all(mark in self._engine.vocab for mark in phonemes)
            self._readable[word] = bool(phonemes.strip()) and known and len(word) <= _LONGEST_WORD
        return self._readable[word]
