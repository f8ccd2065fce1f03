"""Open JTalk: Japanese, 48 kHz, through pyopenjtalk-plus (MIT; voice Mei, in the package, CC-BY-3.0)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, Unspeakable
from voicedoc.registry import missing_package
from voicedoc.speak.letters import check_script

_FULL_SCALE = 32768.0
_PUNCTUATION = frozenset("、。，．・：；？！「」『』（）…―ー〜　 ")


class OpenJTalk:
    """A `Synthesizer` for Japanese. `speed` 1.0 is the voice's own."""

    def __init__(self, model: LoadedModel | None = None, *, speed: float = 1.0) -> None:
        del model  # the package holds dictionary and voice
        try:
            import pyopenjtalk
        except ImportError as error:
            raise missing_package(error, "openjtalk") from error
        self._engine = pyopenjtalk
        self._speed = speed

    @property
    def rate(self) -> int:
        """48000."""
        return 48_000

    @property
    def languages(self) -> frozenset[str]:
        """Japanese only."""
        return frozenset({"ja"})

    @property
    def voice(self) -> str:
        """The engine's name."""
        return "openjtalk"

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """One chunk, after it is sure that each word has a reading."""
        check_script(text, language)
        words = self._engine.run_frontend(text)
        if unread := [w for w in words if w["pos"] == "記号" and not _PUNCTUATION.issuperset(w["string"])]:
            raise Unspeakable(f"{len(unread)} words have no reading", remedy="read them on the screen")
        try:
            sound, rate = self._engine.tts(text, speed=self._speed)
        except RuntimeError as error:
            raise BackendFailed(f"Open JTalk could not speak: {error}", remedy="choose another voice") from error
        if rate != self.rate:
            raise BackendFailed(
                f"Open JTalk speaks at {rate} Hz, not {self.rate}", remedy="pip install 'voicedoc[openjtalk]'"
            )
        samples = np.asarray(sound, dtype=np.float64) / _FULL_SCALE
        peak = float(np.abs(samples).max(initial=0.0))
        yield as_samples((samples / max(1.0, peak)).astype(np.float32))  # its peaks go beyond 16 bits
