"""A visit at the microphone: what two people say, interpreted while they wait for each other.

Beside `session.py` and `batch.py` the only file that knows the order of the stages.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import anyio
import numpy as np
from anyio.abc import TaskStatus

from voicedoc.attribute.evidence import LiveAttributor
from voicedoc.attribute.live import AttributeLive
from voicedoc.attribute.own_sound import OwnSound
from voicedoc.attribute.own_voice import OwnVoice
from voicedoc.attribute.typed import FIRST_TYPED, Typed
from voicedoc.capture.chunks import ChunkWriter, as_pcm
from voicedoc.capture.devices import Microphone
from voicedoc.capture.echo import LEAD, EchoCanceller, WebRtcEcho, can_cancel
from voicedoc.capture.gate import Gate
from voicedoc.capture.microphone import ReadMicrophone
from voicedoc.capture.recorder import OpenInput, open_microphone
from voicedoc.capture.replay import Replay
from voicedoc.converse.advice.advisor import advisor_for
from voicedoc.converse.advise import Advise
from voicedoc.converse.intake import Intake
from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cipher import Cipher
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    NO_UTTERANCE,
    Answered,
    Event,
    InterviewClosed,
    MicrophoneUsed,
    Notice,
    Pressed,
    RoomOpened,
    SoundChecked,
    TranscriptPartial,
    Utterance,
)
from voicedoc.core.journal import JournalSink
from voicedoc.core.speech import Role, Translation, UtteranceId
from voicedoc.engine import Engine, opening
from voicedoc.errors import AudioError, StoreError
from voicedoc.guard.confirm import Confirm
from voicedoc.guard.names import VisitNames
from voicedoc.guard.stage import Guard
from voicedoc.phrases.stage import FIRST_PHRASE, OfferPhrases
from voicedoc.recognize.memory import RememberingRecognizer
from voicedoc.recognize.partials import Partials
from voicedoc.recognize.role import SpeechRecognizer
from voicedoc.recognize.stage import Recognize
from voicedoc.run import Run, Watch, cause, nobody
from voicedoc.runtime.clock import Clock, WallClock
from voicedoc.runtime.controls import Controls
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.speculate import Speculate, Step
from voicedoc.runtime.stage import Stage
from voicedoc.segment.live import SegmentLive
from voicedoc.speak.barge_in import BargeIn
from voicedoc.speak.live import SpeakLive, first_words
from voicedoc.speak.loudspeaker import Loudspeaker, SoundDevice
from voicedoc.speak.play import Play
from voicedoc.speak.reference import Reference
from voicedoc.store.open_session import Before, OpenSession
from voicedoc.store.vault import Sound
from voicedoc.translate.memory import RememberingTranslator
from voicedoc.translate.rewording import Reworder
from voicedoc.translate.role import Translator
from voicedoc.translate.sentences import has_words
from voicedoc.translate.stage import Translate

log = logging.getLogger(__name__)

SPOKEN = "spoken.chunks"
"""What the loudspeaker played, beside the microphone's spool."""

NOTHING = Before()

TAIL = 0.3
"""Seconds that a room rings after the voice, where no sound check has measured it."""

SPARE = 0.1
"""Seconds more than it has: the voice is louder than the check's sound, and a busy machine reads its clocks late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The devices of a visit, and how they are used.

    `roles` says who speaks on each of the microphones' channels; empty where one microphone is shared. Without
    `speaking` translations are only shown. `check` is what the sound check found; None where there was none.
    """

    microphones: tuple[Microphone, ...] = (Microphone(),)
    roles: tuple[Role, ...] = ()
    loudspeaker: str = ""
    speaking: bool = True
    push_to_talk: bool = False
    check: SoundChecked | None = None

    @property
    def full_duplex(self) -> bool:
        """Whether the microphone is listened to while the interpreter's voice speaks."""
        return self.check is not None and self.check.full_duplex

    @property
    def tail(self) -> float:
        """Seconds that the room rings after the voice."""
        return TAIL if self.check is None or self.check.tail is None else self.check.tail + SPARE


class Source(Stage, Protocol):
    """A stage that brings sound. `position` is how far the audio has come, in seconds, as of now."""

    @property
    def position(self) -> float: ...


@dataclass(frozen=True)
class Around:
    """What a source of live sound may need of its session."""

    clock: Clock
    gate: Gate
    reference: Reference


class LiveSession:
    """One visit, from its first sound to its last word. Make it inside the event loop and `run` it once.

    `source` opens what is heard. `kept` takes what the loudspeaker played. Without `keys` nothing can be pressed: a
    source that replays a session brings what was pressed then. `before` is what earlier parts left, `earlier` what
    happened in them, as far as the advisor must know. With `intake` the
    assistant asks in the doctor's place: only the patient is listened to, and the session ends with the interview.
    """

    def __init__(
        self,
        engine: Engine,
        room: Room,
        journal: JournalSink,
        source: Callable[[Around], Source],
        *,
        kept: Callable[[int, Samples], None] | None = None,
        loudspeaker: Loudspeaker | None = None,
        keys: bool = True,
        before: Before = NOTHING,
        earlier: Sequence[Event] = (),
        intake: Intake | None = None,
        watch: Watch = nobody,
        clock: Clock | None = None,
    ) -> None:
        self._engine, self._room, self._journal, self._kept = engine, room, journal, kept
        self._before, self._earlier = before, earlier
        self._intake, self._watch = intake, watch
        self._run = Run(self._seen, clock=clock or WallClock())
        self.floor = Floor(tail=room.tail)
        self._reference = Reference()
        self._gate = Gate(None if room.full_duplex else self.floor.sounded.muted, push_to_talk=room.push_to_talk)
        self.source = source(Around(self._run.clock, self._gate, self._reference))
        self._loudspeaker = loudspeaker
        self._own_voice = OwnVoice(self.floor.sounded)
        self._barge_in = self._listening_to_people()
        self._controls = Controls(self._position, self._at_once) if keys else None

    @property
    def position(self) -> float:
        """The audio clock, in seconds, as of now."""
        return self.source.position

    @property
    def levels(self) -> Sequence[float]:
        """The microphones' levels, one for each channel, in dB; none where the source measures none."""
        return getattr(self.source, "levels", ())

    async def run(self) -> None:
        """Interpret until `Command.END`, or until the source ends. Everything is kept, whatever happens.

        Raises:
            BackendUnavailable: If no microphone opens.
            StoreError: If the disk is full. What was written is kept.
        """
        stages = self._stages()
        name = self._loudspeaker.name if self._loudspeaker else ""
        known = (opened_room(self._room, name), *self._engine.notices)
        await self._run.through(stages, self._journal, opening(self._engine), known)

    def press(self, command: Command, argument: str = "", utterance: UtteranceId = NO_UTTERANCE) -> None:
        """A key or a button. `utterance` is what it is about, where the screen shows one."""
        if self._controls:
            self._controls.press(command, argument, utterance)

    def stop(self) -> None:
        """End at once, without waiting for what is being understood. `Command.END` waits."""
        self._run.stop.set()

    def _seen(self, event: Event) -> None:
        self._watch(event)
        if isinstance(event, InterviewClosed):
            self.press(Command.END)

    def _position(self) -> float:
        return self.source.position

    def _at_once(self, pressed: Pressed) -> None:
        """What a key does before any stage hears of it."""
        self._gate.press(pressed)
        if self._room.speaking:
            self._barge_in.press(pressed)
        if pressed.command == Command.END and isinstance(self.source, ReadMicrophone):
            self.source.stop()

    def _stages(self) -> list[Stage]:
        """The wiring."""
        engine, visit = self._engine, self._engine.visit
        understand = engine.worker("recognize")
        recognizer = RememberingRecognizer(engine.recognizer)
        translator = RememberingTranslator(engine.translator)
        stages: list[Stage] = [
            self.source,
            SegmentLive(
                engine.detector,
                engine.worker("segment"),
                engine.listening,
                self._channels(),
                self._before.last_utterance,
                engine.turns,
            ),
            Speculate(self._ahead(recognizer, translator)),
            Recognize(recognizer, understand, self._spoken),
            self._attribute(recognizer),
            Typed(visit, FIRST_TYPED + self._before.n_lines),
            Translate(translator, understand, visit),
            Guard(Reworder(engine.translator), understand, VisitNames(engine.glossary)),
            self._intake or Confirm(visit, engine.asking),
            *self._speaking(),
        ]
        if self._controls:
            stages.append(self._controls)
        if engine.partial_recognizer:
            stages.append(Partials(engine.partial_recognizer, engine.worker("partials"), self._spoken))
        if engine.phrases and not self._intake:
            stages.append(
                OfferPhrases(engine.phrases, engine.worker("phrases"), visit, FIRST_PHRASE + self._before.n_lines)
            )
        if engine.profile.advise and not self._intake:
            stages.append(Advise(partial(advisor_for, visit, self._earlier, engine.suspicion), engine.worker("advise")))
        return stages

    @property
    def _spoken(self) -> tuple[str, ...]:
        """The languages that may be heard."""
        visit = self._engine.visit
        return (visit.patient,) if self._intake else visit.languages

    def _speaking(self) -> list[Stage]:
        if not self._room.speaking:
            return []
        self._loudspeaker = self._loudspeaker or SoundDevice(self._position, device=self._room.loudspeaker)
        play = Play(
            self._loudspeaker,
            self.floor,
            self._run.clock,
            position=self._position,
            reference=self._reference,
            on_played=self._kept,
        )
        without = frozenset({Answered}) if self._intake else frozenset()
        return [
            SpeakLive(self._engine.voices, self._engine.worker("speak"), self.floor, without=without),
            play,
            self._barge_in,
        ]

    def _listening_to_people(self) -> BargeIn:
        without = frozenset() if self._engine.partial_recognizer else frozenset({TranscriptPartial})
        return BargeIn(self.floor, self._run.clock, echo=self._own_voice.echoes, without=without)

    def _channels(self) -> dict[str, int]:
        return {role.value: channel for channel, role in enumerate(self._room.roles)}

    def _attribute(self, recognizer: SpeechRecognizer) -> AttributeLive:
        engine = self._engine
        return AttributeLive(
            LiveAttributor(engine.visit, channels=dict(enumerate(self._room.roles))),
            engine.visit,
            engine.embed,
            engine.worker("diarize"),
            lambda utterance, language: recognizer.recognize(utterance, languages=(language,)),
            engine.worker("recognize"),
            self._own_voice,
            OwnSound(self._reference.read) if self._room.speaking else None,
            self._echo_heard,
        )

    def _echo_heard(self, at: float) -> Notice | None:
        """The voice has come back through an open microphone: it is kept out from here on."""
        if not self._gate.keep_out(self.floor.sounded.muted):
            return None
        message = "the microphone hears the interpreter's voice: it is no longer listened to while the voice speaks"
        return Notice(at=at, code="echo-heard", message=message, remedy="use headphones, or turn the loudspeaker down")

    def _ahead(self, recognizer: SpeechRecognizer, translator: Translator) -> list[Step]:
        """What is done at the first silence, before it is known whether the speaker has finished."""
        visit, voices = self._engine.visit, self._engine.voices

        def understand(utterance: Utterance) -> Translation | None:
            read = recognizer.recognize(utterance, languages=self._spoken)
            if not has_words(read.text):
                return None
            return translator.translate(read.text, source=read.language, target=visit.other(read.language))

        def voice(translation: Translation) -> None:
            speaker, words = first_words(voices, translation.text, translation.target)
            for _ in speaker.synthesizer.synthesize(words, language=translation.target):
                pass

        steps = [Step(self._engine.worker("recognize"), understand)]
        voiced = self._room.speaking and not self._intake
        return [*steps, Step(self._engine.worker("speak"), voice)] if voiced else steps


class Track:
    """What the loudspeaker played, in time, sealed like the microphone's spool. Written by a thread of its own.

    A disk that refuses it ends nothing: it is told once, tried again with what is played next, and silence stands for
    what was lost.
    """

    def __init__(self, path: Path, cipher: Cipher) -> None:
        self._path, self._cipher = path, cipher
        self._chunks: ChunkWriter | None = None
        self._thread = ThreadPoolExecutor(1, "voicedoc-track")
        self._refused: StoreError | None = None
        self._told = False

    def __enter__(self) -> Track:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.submit(self._close)
        self._thread.shutdown()
        if self._refused and not self._told:
            log.warning("the recording of the voice is not whole: %s", self._refused)

    def put(self, first_sample: int, samples: Samples) -> None:
        """Samples at 16 kHz; silence fills what lies between them and the last ones. Returns at once.

        Raises:
            StoreError: Once, if what was put before could not be kept. What is put now is kept if that is possible.
        """
        self._thread.submit(self._write, first_sample, samples)
        if self._refused and not self._told:
            self._told = True
            raise self._refused

    def _write(self, first_sample: int, samples: Samples) -> None:
        try:
            chunks = self._chunks = self._chunks or ChunkWriter.take_up(
                self._path, self._cipher, rate=SPEECH_RATE, n_channels=1
            )
            while (n_silent := min(first_sample - chunks.n_samples, SPEECH_RATE)) > 0:
                chunks.write(np.zeros((n_silent, 1), np.int16))
            chunks.write(as_pcm(samples[max(0, chunks.n_samples - first_sample) :, None]))
        except (AudioError, StoreError) as error:
            self._refuse(error)

    def _close(self) -> None:
        try:
            if self._chunks:
                self._chunks.close()
        except StoreError as error:
            self._refuse(error)

    def _refuse(self, error: AudioError | StoreError) -> None:
        self._refused = self._refused or StoreError(str(error), remedy=error.remedy)


def run_live(
    engine: Engine,
    stored: OpenSession,
    room: Room,
    *,
    earlier: Sequence[Event] = (),
    intake: Intake | None = None,
    watch: Watch = nobody,
    beside: Callable[[LiveSession], Coroutine[Any, Any, None]] | None = None,
    open_input: OpenInput = open_microphone,
    open_loudspeaker: Callable[[Callable[[], float]], Loudspeaker] | None = None,
) -> None:
    """Interpret a visit, or with `intake` hold an interview, from code that is not asynchronous.

    `beside` runs while the session does, in its event loop: it reads keys. The first Ctrl-C ends the session as
    `Command.END` does, the second at once. `open_loudspeaker` is given the audio clock, in seconds as of now; None
    takes the room's, by PortAudio.

    Raises:
        BackendUnavailable: If no microphone opens.
        StoreError: If the disk is full. What was written is kept.
    """

    async def run() -> None:
        with Track(stored.audio / SPOKEN, stored.cipher) as track:
            session = LiveSession(
                engine,
                room,
                stored.journal,
                microphone(engine, stored, room, open_input),
                kept=track.put,
                loudspeaker=open_loudspeaker(lambda: session.position) if open_loudspeaker else None,
                before=stored.before,
                earlier=earlier,
                intake=intake,
                watch=watch,
            )
            async with anyio.create_task_group() as tasks:
                if threading.current_thread() is threading.main_thread():
                    await tasks.start(_end_on_signal, session)
                if beside:
                    tasks.start_soon(beside, session)
                await session.run()
                tasks.cancel_scope.cancel()

    _run_here(run)


def replay(
    engine: Engine,
    sound: Sound,
    events: Sequence[Event],
    room: Room,
    *,
    paced: bool = False,
    intake: Intake | None = None,
    watch: Watch = nobody,
) -> list[Event]:
    """Run a stored session again from its spool and its keys; what happens now. Nothing is written, nothing is heard.

    `paced` runs it at its own speed; otherwise as fast as the machine can.
    """
    happened: list[Event] = []

    def take(event: Event) -> None:
        happened.append(event)
        watch(event)

    async def run() -> None:
        source = replayed(engine, sound, events, paced=paced)
        quiet = replace(room, speaking=False)
        await LiveSession(engine, quiet, Unkept(), source, keys=False, intake=intake, watch=take).run()

    _run_here(run)
    return happened


class Unkept:
    """A `JournalSink` for sessions that are kept elsewhere."""

    def order(self, stages: Sequence[str]) -> None:
        """See `JournalSink`."""

    def append(self, event: Event, stage: str = "") -> None:
        """See `JournalSink`."""

    def seal(self) -> None:
        """See `JournalSink`."""


def microphone(
    engine: Engine, stored: OpenSession, room: Room, open_input: OpenInput = open_microphone
) -> Callable[[Around], ReadMicrophone]:
    """The room's microphones as a session's source; `stored` keeps what they hear."""

    def opened(around: Around) -> ReadMicrophone:
        return ReadMicrophone(
            room.microphones,
            stored.audio,
            stored.cipher,
            around.clock,
            engine.worker("capture"),
            gate=around.gate,
            echo=_echo(room),
            reference=around.reference,
            echo_delay=_echo_delay(room),
            begin_at=stored.heard,
            open_input=open_input,
        )

    return opened


def replayed(
    engine: Engine, sound: Sound, events: Sequence[Event], *, paced: bool = False
) -> Callable[[Around], Replay]:
    """A stored session as a source: what was heard, and what was pressed, once more."""

    def opened(around: Around) -> Replay:
        return Replay(sound.folder, sound.cipher, events, around.clock, engine.worker("capture"), paced=paced)

    return opened


def _echo(room: Room) -> Callable[[], EchoCanceller] | None:
    return WebRtcEcho if room.full_duplex and can_cancel() else None  # with headphones it is not needed


def _echo_delay(room: Room) -> float:
    return LEAD if room.check is None or room.check.echo_delay is None else room.check.echo_delay


def _run_here(run: Callable[[], Awaitable[None]]) -> None:
    try:
        anyio.run(run)
    except BaseExceptionGroup as group:
        raise cause(group) from group


async def _end_on_signal(session: LiveSession, *, task_status: TaskStatus[None]) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        task_status.started()
        ending = False
        async for _ in signals:
            if ending:
                session.stop()
            session.press(Command.END)
            ending = True


def opened_room(room: Room, loudspeaker_name: str = "") -> RoomOpened:
    """A room for the journal."""
    return RoomOpened(
        at=0.0,
        microphones=tuple(MicrophoneUsed(used.device, used.channels) for used in room.microphones),
        roles=room.roles,
        loudspeaker=room.loudspeaker if room.speaking else "",
        loudspeaker_name=loudspeaker_name if room.speaking else "",
        speaking=room.speaking,
        push_to_talk=room.push_to_talk,
        full_duplex=room.full_duplex,
        tail=room.tail,
    )
