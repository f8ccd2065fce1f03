"""eSpeak NG as a voice: the last resort, hard to understand. Speaks from a process of its own (GPL)."""

from __future__ import annotations

from collections.abc import Iterator

from voicedoc.core.audio import Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed
from voicedoc.speak.letters import check_script
from voicedoc.speak.phonemes import EspeakProcess

_RATE = 22_050
_LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "tr", "uk", "vi"})
"""Tried by us. It knows a hundred: name others in `languages`."""


class Espeak:
    """A `Synthesizer`, 22.05 kHz. `languages` names what it may speak, of the hundred that it knows."""

    def __init__(self, model: LoadedModel | None = None, *, languages: list[str] | None = None) -> None:
        del model  # the library brings its data
        self._espeak = EspeakProcess()
        self._languages = frozenset(languages) if languages else _LANGUAGES

    @property
    def rate(self) -> int:
        """22050."""
        return _RATE

    @property
    def languages(self) -> frozenset[str]:
        """What it was made for."""
        return self._languages

    @property
    def voice(self) -> str:
        """The engine's name."""
        return "espeak-ng"

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """One chunk, after it is sure that each word has phonemes."""
        check_script(text, language)
        self._espeak.phonemes(text, language=language)
        sound = self._espeak.speak(text, language=language)
        if sound.rate != _RATE:
            raise BackendFailed(
                f"espeak-ng speaks at {sound.rate} Hz, not {_RATE}", remedy="pip install 'voicedoc[espeak]'"
            )
        yield sound.samples
