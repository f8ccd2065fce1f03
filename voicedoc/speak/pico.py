"""SVOX Pico: small voices for German, Spanish, French, Italian and English. Apache-2.0; in the package py-nanotts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicedoc.core.audio import Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError
from voicedoc.registry import missing_package
from voicedoc.speak.letters import check_script, fold, subtag_of
from voicedoc.speak.process import ChildProcess, decode_pcm

_RATE = 16_000
_SCRIPT = Path(__file__).with_name("pico_process.py")
_VOICES = {"de": "de-DE", "en": "en-US", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
_ALPHABETS = {"de": "äöüß", "en": "", "es": "áéíóúüñ", "fr": "àâæçéèêëîïôœùûüÿ", "it": "àèéìíòóùú"}


class Pico:
    """A `Synthesizer`, 16 kHz. `voice` picks one of its six ("en-GB"); else the language decides.

    Raises:
        BackendUnavailable: If py-nanotts is not installed.
    """

    def __init__(self, model: LoadedModel | None = None, *, voice: str = "") -> None:
        if voice and voice not in (*_VOICES.values(), "en-GB"):
            raise ConfigError(
                f"Pico has no voice '{voice}'", remedy=f"known: {', '.join(sorted(_VOICES.values()))}, en-GB"
            )
        del model  # the package holds the voices
        self._voice = voice
        # without it, its samples depend on what was said before
        self._child = ChildProcess(_SCRIPT, name="pico", environment={"MALLOC_MMAP_THRESHOLD_": "1000000"})
        answer = self._child.ask(voice=voice or "en-US", text="a")
        if "missing" in answer:
            self._child.close()
            raise missing_package(ImportError(answer["missing"], name="py-nanotts"), "pico")

    @property
    def rate(self) -> int:
        """16000."""
        return _RATE

    @property
    def languages(self) -> frozenset[str]:
        """The voice's language, or all five."""
        return frozenset({self._voice.split("-")[0]}) if self._voice else frozenset(_VOICES)

    @property
    def voice(self) -> str:
        """The engine's name, and the voice's where one was chosen."""
        return f"pico {self._voice}".strip()

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """One chunk. Letters from elsewhere lose their accents: Pico skips those that it does not know."""
        check_script(text, language)
        subtag = subtag_of(language)
        if subtag not in self.languages:
            raise BackendFailed(
                f"Pico does not speak '{language}'", remedy=f"it speaks {', '.join(sorted(self.languages))}"
            )
        plain = fold(text, _ALPHABETS[subtag])
        yield decode_pcm(self._child.ask(voice=self._voice or _VOICES[subtag], text=plain)["pcm"])
