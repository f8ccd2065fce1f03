"""Reading something out before a session runs, such as what consent is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from voicedoc.errors import BackendUnavailable, UnsupportedLanguage, VoiceDocError

if TYPE_CHECKING:
    from voicedoc.core.audio import Samples
    from voicedoc.engine import Engine

PATIENCE = 5.0
"""Seconds to wait for a voice that is to fall silent."""


class Aloud:
    """Reads sentences out with an engine's voice for their language, in a thread of its own.

    `trouble` is told where that fails: it is to be read on the screen then.
    """

    def __init__(self, engine: Engine, loudspeaker: str, trouble: Callable[[str], None]) -> None:
        self._engine, self._loudspeaker, self._trouble = engine, loudspeaker, trouble
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, sentences: Sequence[str], language: str) -> None:
        """Begin to read."""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._read, args=(sentences, language, self._stopping), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Fall silent, within a tenth of a second or so."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _read(self, sentences: Sequence[str], language: str, stopping: threading.Event) -> None:
        try:
            for sentence in sentences:
                if not stopping.is_set():
                    self._play(*self._sound(sentence, language), stopping)
        except VoiceDocError as error:
            self._trouble(f"not read out: {error}")

    def _sound(self, sentence: str, language: str) -> tuple[Samples, int]:
        """A sentence's samples and their rate."""
        from voicedoc.speak.spoken import spoken_text

        voice = self._engine.voices.voice_for(language)
        work = partial(voice.synthesizer.synthesize, spoken_text(sentence, language), language=language)
        chunks = self._engine.worker("speak").run(lambda: list(work()))
        return (np.concatenate(chunks) if chunks else np.zeros(0, np.float32)), voice.synthesizer.rate

    def _play(self, samples: Samples, rate: int, stopping: threading.Event) -> None:
        from voicedoc.capture.devices import choose, devices, portaudio

        sounddevice = portaudio()
        device = choose(self._loudspeaker, devices(), "output").number
        tenth = max(1, rate // 10)
        try:
            with sounddevice.OutputStream(rate, device=device, channels=1, dtype="float32") as stream:
                for first in range(0, samples.size, tenth):
                    if stopping.is_set():
                        stream.abort()
                        return
                    stream.write(np.ascontiguousarray(samples[first : first + tenth, None]))
        except sounddevice.PortAudioError as error:
            raise BackendUnavailable(f"the loudspeaker does not play: {error}") from error


def has_voice(engine: Engine, language: str) -> bool:
    """Whether something can be read out in `language`."""
    try:
        engine.voices.voice_for(language)
    except UnsupportedLanguage:
        return False
    return True
