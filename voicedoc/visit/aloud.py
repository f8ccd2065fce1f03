"""Reading something out before a session runs, such as what consent is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from voicedoc.errors import UnsupportedLanguage, VoiceDocError

if TYPE_CHECKING:
    from voicedoc.core.audio import Samples
    from voicedoc.engine import Engine
    from voicedoc.visit.sound_system import SoundSystem

PATIENCE = 5.0
"""Seconds to wait for a voice that is to fall silent."""


class Aloud:
    """Reads sentences out with an engine's voice for their language, in a thread of its own.

    `trouble` is told where that fails: it is to be read on the screen then. `ended` is called when the reading is over,
    whatever its end; both in that thread.
    """

    def __init__(
        self,
        engine: Engine,
        loudspeaker: str,
        sound: SoundSystem,
        trouble: Callable[[str], None],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine, self._loudspeaker, self._sound = engine, loudspeaker, sound
        self._trouble, self._ended = trouble, ended
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
                if stopping.is_set():
                    return
                samples, rate = self._voiced(sentence, language)
                if not stopping.is_set():
                    self._sound.play(samples, rate, self._loudspeaker, stopping)
        except VoiceDocError as error:
            self._trouble(f"not read out: {error}")
        finally:
            self._ended()

    def _voiced(self, sentence: str, language: str) -> tuple[Samples, int]:
        """A sentence's samples and their rate."""
        from voicedoc.speak.spoken import spoken_text

        voice = self._engine.voices.voice_for(language)
        work = partial(voice.synthesizer.synthesize, spoken_text(sentence, language), language=language)
        chunks = self._engine.worker("speak").run(lambda: list(work()))
        return (np.concatenate(chunks) if chunks else np.zeros(0, np.float32)), voice.synthesizer.rate


def has_voice(engine: Engine, language: str) -> bool:
    """Whether something can be read out in `language`."""
    try:
        engine.voices.voice_for(language)
    except UnsupportedLanguage:
        return False
    return True
