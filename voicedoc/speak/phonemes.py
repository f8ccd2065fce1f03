"""Phonemes from eSpeak NG, which is GPL and runs as a program of its own: see `espeak_process.py`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from voicedoc.core.audio import Samples
from voicedoc.errors import BackendFailed, BackendUnavailable, Unspeakable
from voicedoc.speak.letters import subtag_of
from voicedoc.speak.process import ChildProcess, decode_pcm

_SCRIPT = Path(__file__).with_name("espeak_process.py")
_VOICES = {"en": "en-us", "pt": "pt-br", "zh": "cmn"}
"""Espeak's names where they differ from the language subtag."""


class Sound(NamedTuple):
    """Samples and their rate in Hz."""

    rate: int
    samples: Samples


class EspeakProcess:
    """eSpeak NG behind a pipe.

    Raises:
        BackendUnavailable: If the library is not installed.
    """

    def __init__(self) -> None:
        self._child = ChildProcess(_SCRIPT, name="espeak-ng")
        try:
            answer = self._child.ask(do="hello")
        except BackendFailed as error:
            raise _unavailable(str(error)) from error
        if "missing" in answer:
            self._child.close()
            raise _unavailable(answer["missing"])
        self.version = str(answer["version"])

    def phonemes(self, text: str, *, language: str) -> list[str]:
        """IPA with tie bars ("^"), alternating with the text's punctuation.

        Raises:
            Unspeakable: If a word has no phonemes.
        """
        answer = self._child.ask(do="phonemes", voice=voice_of(language), text=text)
        if answer["silent"]:
            raise Unspeakable(
                f"{len(answer['silent'])} words have no phonemes in '{language}'", remedy="read them on the screen"
            )
        return [str(part) for part in answer["parts"]]

    def speak(self, text: str, *, language: str) -> Sound:
        """The sound of `text`. A fresh program each time: else what was said before changes the samples."""
        self._child.close()
        answer = self._child.ask(do="speak", voice=voice_of(language), text=text)
        return Sound(int(answer["rate"]), decode_pcm(answer["pcm"]))

    def close(self) -> None:
        """End the program."""
        self._child.close()


def voice_of(language: str) -> str:
    """Espeak's voice for a BCP 47 tag: Brazilian for Portuguese, unless it says Portugal."""
    if language.lower() in ("pt-pt", "es-419", "en-gb", "fr-be", "fr-ch"):
        return {"pt-pt": "pt"}.get(language.lower(), language.lower())
    subtag = subtag_of(language)
    return _VOICES.get(subtag, subtag)


def _unavailable(reason: str) -> BackendUnavailable:
    return BackendUnavailable(f"espeak-ng cannot be loaded: {reason}", remedy="pip install 'voicedoc[espeak]'")
