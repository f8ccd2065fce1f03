"""How a visit is held: the models, the sound check and consent before it, and the session with what runs beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread

from voicedoc.core.commands import Command
from voicedoc.core.events import Consented, Event, Frame, Notice, SoundChecked
from voicedoc.core.glossary import NO_GLOSSARY, Glossary
from voicedoc.core.speech import UtteranceId, Visit
from voicedoc.engine import Engine, live_models, open_live_engine
from voicedoc.errors import AudioError, BackendUnavailable, StoreError, VoiceDocError
from voicedoc.live import LiveSession, Room, run_live
from voicedoc.profiles import load_profile
from voicedoc.store.models import ModelStore
from voicedoc.view.advance import advance, taken
from voicedoc.view.state import State, figures_of
from voicedoc.visit.aloud import Aloud, has_voice
from voicedoc.visit.begin import keep_refusal, opened
from voicedoc.visit.beside import find_phrases, note_so_far
from voicedoc.visit.consent import STATUS, Script, consented, scripts_for
from voicedoc.visit.room import Used, devices_used, room_again
from voicedoc.visit.sound_check import check_microphone, check_words, duplex_words, together
from voicedoc.visit.sound_system import PortAudio, SoundSystem
from voicedoc_desktop.process.mistakes import log_mistake
from voicedoc_desktop.tasks.devices import LEVELS_EVERY, Levels
from voicedoc_desktop.tasks.visit import (
    Began,
    CheckAgain,
    CheckLine,
    CheckStep,
    Consent,
    ConsentScript,
    ConsentWanted,
    Earlier,
    FallSilent,
    FindPhrases,
    GoOn,
    HoldVisit,
    Loading,
    NoteLine,
    NoteSoFar,
    Opened,
    PhrasesFound,
    Press,
    Purged,
    ReadAloud,
    Reading,
    SoundFound,
    VisitEnded,
    WatchNote,
)

if TYPE_CHECKING:
    from voicedoc.converse.notes.note import Note
    from voicedoc.core.cards import Card, LoadedModel
    from voicedoc.profiles import Profile
    from voicedoc.store.open_session import OpenSession
    from voicedoc.store.stored import StoredSession
    from voicedoc.store.vault import Vault
    from voicedoc_desktop.process.task import Here

PROFILE = "embedded"

LAST_WORDS = 30.0
"""Seconds that a session that is stopped has to say what it has to say."""

NOTE_EVERY = 1.0
CLOCK_EVERY = 0.1
POLL = 0.2
"""Seconds."""


class GivenUp(Exception):
    """The window wants no visit after all, before it has begun."""


def hold(wanted: HoldVisit, here: Here) -> VisitEnded:
    """Hold a visit; see `HoldVisit`."""
    with ExitStack() as closing:
        try:
            return _held(wanted, here, closing)
        except GivenUp:
            return VisitEnded("", "given up")


def _held(wanted: HoldVisit, here: Here, closing: ExitStack) -> VisitEnded:
    sound = wanted.sound or PortAudio()
    vault = here.vault()
    before = vault.find(wanted.continued) if wanted.continued else None
    _purge_expired(vault, here, before.id if before else "")
    visit = Visit(before.doctor, before.patient) if before else Visit(wanted.doctor, wanted.patient)
    profile = load_profile(wanted.profile or (before.profile if before else PROFILE))
    profile = replace(profile, advise=profile.advise and wanted.advises)
    vault.unlock()  # before anything is begun
    earlier = _earlier(vault, before, here)
    room = wanted.room.chosen()
    if before and earlier:
        room = room_again(before.id, earlier, wanted.room, keeps_check=not wanted.checks)
    used = devices_used(room, sound.devices())
    engine = closing.enter_context(_loaded(profile, visit, wanted.glossary, here))
    here.tell(_opened(engine, room, used, before.id if before else ""))
    room = _checked(room, used, sound, here) if wanted.checks else room
    consent = _consent(wanted, visit, before, engine, room, sound, here)
    stored = closing.enter_context(opened(vault, before, visit, profile.name, wanted.keep_days))
    if not consent.agreed:
        keep_refusal(stored, engine, consent)
        return VisitEnded(stored.id, "declined")
    return _talked(engine, stored, room, sound, consent, earlier, here)


# --- before


def _purge_expired(vault: Vault, here: Here, but: str) -> None:
    for purged in vault.purge_expired(but=but):
        here.tell(Purged(purged.session, str(purged.refused or "")))


def _earlier(vault: Vault, before: StoredSession | None, here: Here) -> list[Event]:
    """What happened in earlier parts; none where there are none, or where it cannot be read, which is told."""
    if before is None:
        return []
    try:
        return vault.read(before.id)
    except StoreError as error:
        message = f"what was said before is not shown, and advice begins anew: {error}"
        here.tell(Notice(at=0.0, code="earlier-lost", message=message, remedy=error.remedy))
        return []


def _loaded(profile: Profile, visit: Visit, glossary: str, here: Here) -> Any:
    words = Glossary.read(Path(glossary)) if glossary else NO_GLOSSARY
    store = ToldStore(ModelStore.default().root, len(live_models(profile, visit)), here)
    return open_live_engine(profile, visit, glossary=words, store=store)


class ToldStore(ModelStore):
    """A model store that tells the window of each model that is opened, and opens none once it wants no visit."""

    def __init__(self, root: Path, n_all: int, here: Here, cards: Mapping[str, Card] | None = None) -> None:
        super().__init__(root, cards)
        self._n_done, self._n_all, self._here = 0, n_all, here

    def open(self, name: str | Path) -> LoadedModel:
        """See `ModelStore`."""
        if self._here.stopped.is_set():
            raise GivenUp
        card = self.cards().get(str(name))
        what = card.role if card else ""
        self._here.tell(Loading(min(self._n_done, self._n_all), self._n_all, what))
        self._n_done += 1
        return super().open(name)


def _opened(engine: Engine, room: Room, used: Used, session: str) -> Opened:
    roles = [role.value for role in room.roles]
    return Opened(
        doctor=engine.visit.doctor,
        patient=engine.visit.patient,
        profile=engine.profile.name,
        channels=(*roles, *used.channels[len(roles) :]),
        loudspeaker=used.loudspeaker,
        has_phrases=engine.phrases is not None,
        speaks_patient=room.speaking and has_voice(engine, engine.visit.patient),
        session=session,
        notices=tuple((notice.message, notice.remedy) for notice in engine.notices),
    )


def _next(here: Here, *kinds: type) -> object:
    """The next thing of these kinds that the window says.

    Raises:
        GivenUp: If it wants no visit.
    """
    while not isinstance(said := here.heard(), kinds):
        if said is None:
            raise GivenUp
    return said


# --- the sound check


def _checked(room: Room, used: Used, sound: SoundSystem, here: Here) -> Room:
    """The room with what the sound check found, once the window goes on."""
    while True:
        try:
            found, room = _checked_once(room, used, sound, here)
        except (AudioError, BackendUnavailable) as error:
            found = SoundFound((CheckLine(False, str(error)),), error.remedy)
        here.tell(found)
        if isinstance(_next(here, GoOn, CheckAgain), GoOn):
            return room


def _checked_once(room: Room, used: Used, sound: SoundSystem, here: Here) -> tuple[SoundFound, Room]:
    checks = list[SoundChecked]()
    for microphone in room.microphones:
        name = used.channels[len(checks)] if len(room.microphones) > 1 else ""
        if here.stopped.is_set():
            raise GivenUp
        here.tell(CheckStep("quiet", name))
        loudspeaker = room.loudspeaker if room.speaking else None
        checks.append(check_microphone(microphone, loudspeaker, sound, partial(here.tell, CheckStep("speak", name))))
    found = together(checks)
    lines = [CheckLine(*words) for check in checks for words in check_words(check)]
    lines.append(CheckLine(True, duplex_words(found, speaks=room.speaking)))
    return SoundFound(tuple(lines)), replace(room, check=found)


# --- consent


def _consent(
    wanted: HoldVisit,
    visit: Visit,
    before: StoredSession | None,
    engine: Engine,
    room: Room,
    sound: SoundSystem,
    here: Here,
) -> Consented:
    """What people said; both are told first, unless consent was taken before."""
    if wanted.consented or (before is not None and before.agreed is True):
        return consented(visit, agreed=True, was_told=False)
    doctor, patient = scripts_for(visit)
    reads = bool(room.speaking and patient.sentences and has_voice(engine, visit.patient))
    here.tell(ConsentWanted(_script(doctor), _script(patient), STATUS, reads))
    reader = _Reader(engine, room, sound, patient, here) if reads else None
    try:
        return consented(visit, agreed=_agreed(here, reader))
    finally:
        if reader:
            reader.stop()


def _script(script: Script) -> ConsentScript:
    return ConsentScript(script.language, script.sentences)


def _agreed(here: Here, reader: _Reader | None) -> bool:
    if reader:
        reader.read()
    while not isinstance(said := _next(here, Consent, ReadAloud, FallSilent), Consent):
        if reader and isinstance(said, ReadAloud):
            reader.read()
        elif reader:
            reader.stop()
    return said.agreed


class _Reader:
    """Reads a script out, and tells the window whether it does."""

    def __init__(self, engine: Engine, room: Room, sound: SoundSystem, script: Script, here: Here) -> None:
        self._script, self._here, self._trouble = script, here, ""
        self._aloud = Aloud(engine, room.loudspeaker, sound, self._note, self._ended)

    def read(self) -> None:
        """From the beginning."""
        self._aloud.stop()
        self._trouble = ""
        self._here.tell(Reading(True))
        self._aloud(self._script.sentences, self._script.language)

    def stop(self) -> None:
        """Fall silent."""
        self._aloud.stop()

    def _note(self, trouble: str) -> None:
        self._trouble = trouble

    def _ended(self) -> None:
        self._here.tell(Reading(False, self._trouble))


# --- the session


def _talked(
    engine: Engine,
    stored: OpenSession,
    room: Room,
    sound: SoundSystem,
    consent: Consented,
    earlier: Sequence[Event],
    here: Here,
) -> VisitEnded:
    talk = _Talk(here, engine, earlier)
    if earlier:
        here.tell(Earlier(tuple(event for event in earlier if type(event) in _SHOWN)))
    here.tell(Began(stored.id, stored.part))
    for event in (consent, room.check):
        if event is not None:
            stored.journal.append(event)
            talk.take(event)
    run_live(
        engine,
        stored,
        room,
        earlier=earlier if engine.profile.advise else (),
        watch=talk.take,
        beside=talk.beside,
        open_input=sound.open_input,
        open_loudspeaker=(lambda position: sound.loudspeaker(position, room.loudspeaker)) if room.speaking else None,
    )
    return VisitEnded(stored.id, talk.state.closed or "unfinished", figures_of(talk.state))


_SHOWN = taken() | {Frame}


_TROUBLE = (VoiceDocError, ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What is wrong with what stands beside a visit, or a mistake in it: nothing there may end the visit."""


class _Talk:
    """What lies between a session and the window: its events, and what the window says. Lives in the event loop."""

    def __init__(self, here: Here, engine: Engine, earlier: Sequence[Event]) -> None:
        self.state = State()
        self._here, self._engine = here, engine
        self._happened = list(earlier)
        self._clock = -CLOCK_EVERY
        self._watches_note = False

    def take(self, event: Event) -> None:
        """Tell the window of an event; of those that only move the clock, ten a second."""
        self.state = advance(self.state, event)
        if event.journalled:
            self._happened.append(bare(event))  # hours of sound would else be kept for the note
        if type(event) not in _SHOWN or (isinstance(event, Frame) and event.at < self._clock + CLOCK_EVERY):
            return
        self._clock = max(self._clock, event.at)
        self._here.tell(bare(event))

    async def beside(self, session: LiveSession) -> None:
        """Run while the session does, until cancelled."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._tell_levels, session)
            tasks.start_soon(self._tell_note)
            tasks.start_soon(self._end_when_stopped, session)
            while True:
                said = await anyio.to_thread.run_sync(self._here.poll, POLL)
                match said:
                    case Press(command, argument, utterance):
                        session.press(command, argument, utterance)
                    case FindPhrases(text):
                        tasks.start_soon(self._find, text)
                    case WatchNote(is_on):
                        self._watches_note = is_on
                    case _ if self._here.stopped.is_set():
                        return
                    case _:
                        pass

    async def _end_when_stopped(self, session: LiveSession) -> None:
        """With its last words, where somebody hears them."""
        while not self._here.stopped.is_set():
            await anyio.sleep(POLL)
        if not self._here.is_alone:
            session.press(Command.END)
            with anyio.move_on_after(LAST_WORDS):
                while not self._here.is_alone:
                    await anyio.sleep(POLL)
        session.stop()

    async def _tell_levels(self, session: LiveSession) -> None:
        while True:
            if levels := tuple(session.levels):
                self._here.tell(Levels(levels))
            await anyio.sleep(LEVELS_EVERY)

    async def _tell_note(self) -> None:
        """While the note is looked at, it is made anew of what has happened since; in a thread."""
        n_told, told = -1, None
        while True:
            if self._watches_note and len(self._happened) > n_told:
                n_told, happened = len(self._happened), tuple(self._happened)
                lines = await self._note(happened)
                if lines is not None and lines != told:
                    told = lines
                    self._here.tell(NoteSoFar(tuple(lines)))
            await anyio.sleep(NOTE_EVERY if self._watches_note else LEVELS_EVERY)

    async def _note(self, happened: Sequence[Event]) -> list[NoteLine] | None:
        """The note's lines. None where it cannot be made: that is told, and it is left until it is wanted anew."""
        try:
            return _note_lines(await anyio.to_thread.run_sync(note_so_far, happened, self._engine.visit.doctor))
        except _TROUBLE as error:
            self._watches_note = False
            self._tell_trouble("no-note", "the note so far cannot be shown", error)
            return None

    async def _find(self, text: str) -> None:
        try:
            self._here.tell(PhrasesFound(text, tuple(await find_phrases(self._engine, text))))
        except _TROUBLE as error:
            self._tell_trouble("no-phrases", "phrases cannot be searched", error)

    def _tell_trouble(self, code: str, words: str, error: Exception) -> None:
        known = isinstance(error, VoiceDocError)
        why = str(error) if known else log_mistake("what stands beside a visit", error)[0]
        remedy = error.remedy if isinstance(error, VoiceDocError) else ""
        self._here.tell(Notice(at=self.state.position, code=code, message=f"{words}: {why}", remedy=remedy))


def _note_lines(note: Note) -> list[NoteLine]:
    lines: list[NoteLine] = []
    for section in note.sections:
        said = [sentence for paragraph in section.paragraphs for sentence in paragraph.sentences]
        if said:
            lines.append(NoteLine(section.title, is_title=True))
        lines += [
            NoteLine(one.text, is_doubtful=one.is_doubtful, utterances=tuple(map(UtteranceId, one.utterances)))
            for one in said
        ]
    return lines


def bare(event: Event) -> Event:
    """An event without its samples."""
    left_out: dict[str, Any] = dict.fromkeys(field.name for field in fields(event) if field.metadata.get("audio"))
    return replace(event, **left_out) if left_out else event
