"""A task: somebody reads one sentence out, and sees and hears what becomes of it. Nothing of it is kept."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from voicedoc_desktop.state.practice import Hearing, Practised, Preparing, Understanding

if TYPE_CHECKING:
    from voicedoc.capture.devices import Microphone
    from voicedoc.core.audio import Samples
    from voicedoc.engine import Engine
    from voicedoc.visit.sound_system import SoundSystem
    from voicedoc_desktop.process.task import Here

SECONDS = 6.0
"""For how long is listened."""

LONGEST_WAIT = 10.0
"""Seconds in which a microphone opens, at the most."""

EVERY = 0.05


@dataclass(frozen=True, slots=True)
class PractiseSentence:
    """Tells `Preparing`, `Hearing`, `Understanding`; returns a `Practised`. `sound`: None is this machine's."""

    doctor: str
    patient: str
    profile: str
    microphone: Microphone
    loudspeaker: str = ""
    seconds: float = SECONDS
    sound: SoundSystem | None = field(default=None, repr=False)

    def run(self, here: Here) -> Practised:
        """Listen once.

        Raises:
            ModelMissing: If a model has not been fetched.
            BackendUnavailable: If the microphone does not open.
            BackendFailed: If nothing can be made of what was heard.
        """
        from voicedoc.core.speech import Visit
        from voicedoc.engine import open_engine
        from voicedoc.profiles import load_profile
        from voicedoc.visit.sound_system import PortAudio

        sound = self.sound or PortAudio()
        here.tell(Preparing())
        with open_engine(load_profile(self.profile), Visit(self.doctor, self.patient)) as engine:
            samples = None if here.stopped.is_set() else _heard(self, sound, here)
            if samples is None or here.stopped.is_set():
                return Practised("", "", is_spoken=False)
            here.tell(Understanding())
            return _practised(self, engine, sound, samples, here)


def _heard(task: PractiseSentence, sound: SoundSystem, here: Here) -> Samples:
    """So many seconds of the microphone, at the rate of speech."""
    import numpy as np

    from voicedoc.capture.recorder import Ended, Opened, Sound
    from voicedoc.capture.resample import Resampler
    from voicedoc.core.audio import SPEECH_RATE, as_samples
    from voicedoc.errors import BackendUnavailable

    opened = sound.open_input(task.microphone, substitutes=False)
    blocks, rate, n_samples = [], 0, 0
    deadline = time.monotonic() + LONGEST_WAIT + task.seconds
    try:
        while not rate or n_samples < rate * task.seconds:
            for item in opened.read():
                match item:
                    case Opened():
                        rate = item.rate
                        here.tell(Hearing(task.seconds))
                    case Sound():
                        blocks.append(item.block[:, :1].astype(np.float32) / 32768.0)
                        n_samples += len(item.block)
                    case Ended():
                        raise BackendUnavailable(item.message, remedy=item.remedy)
            if time.monotonic() > deadline or here.stopped.wait(EVERY):
                break
    finally:
        opened.close()
    if not n_samples:
        raise BackendUnavailable("the microphone gives no sound", remedy="choose another one, or plug it in again")
    resampler = Resampler(rate, SPEECH_RATE, 1)
    whole = np.concatenate([resampler.push(np.concatenate(blocks)), resampler.finish()])
    return as_samples(whole[:, 0])


def _practised(task: PractiseSentence, engine: Engine, sound: SoundSystem, samples: Samples, here: Here) -> Practised:
    from voicedoc.core.audio import SPEECH_RATE
    from voicedoc.core.events import Utterance
    from voicedoc.core.speech import UtteranceId
    from voicedoc.core.time import Span

    span = Span.from_samples(0, len(samples), SPEECH_RATE)
    utterance = Utterance(at=span.end, utterance=UtteranceId(1), channel=0, span=span, reason="end", samples=samples)
    languages = (task.doctor, task.patient)
    read = partial(engine.recognizer.recognize, utterance, languages=languages)
    heard = engine.worker("recognize").run(read).text.strip()
    if not heard:
        return Practised("", "", is_spoken=False)
    translate = partial(engine.translator.translate, heard, source=task.doctor, target=task.patient)
    translation = engine.worker("translate").run(translate).text
    trouble = _spoken(task, engine, sound, translation, here)
    return Practised(heard, translation, is_spoken=not trouble, trouble=trouble)


def _spoken(task: PractiseSentence, engine: Engine, sound: SoundSystem, text: str, here: Here) -> str:
    """Say it aloud to the end; what went wrong, "" where nothing did."""
    from voicedoc.visit.aloud import Aloud, has_voice

    if not has_voice(engine, task.patient):
        return f"no voice speaks '{task.patient}'"
    troubles: list[str] = []
    ended = threading.Event()
    aloud = Aloud(engine, task.loudspeaker, sound, troubles.append, ended.set)
    aloud([text], task.patient)
    while not ended.wait(EVERY) and not here.stopped.is_set():
        pass
    aloud.stop()
    return troubles[0] if troubles else ""
