"""A visit: opened, checked, agreed to, held, and gone on with after the engine was lost."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.view.keys import Answer, Board, Prompt, pressed
from voicedoc.visit.room import RoomWanted
from voicedoc_desktop.bridge import VISIT, Desk, Job
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.state.hot_keys import keys_now, meaning
from voicedoc_desktop.state.patient import Button, Doing, PatientScreen, patient_screen, presses_of
from voicedoc_desktop.state.patient_words import words_in
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.visit_plan import Sharing, VisitPlan
from voicedoc_desktop.tasks.visit import (
    CheckAgain,
    Consent,
    FallSilent,
    FindPhrases,
    GoOn,
    HoldVisit,
    Press,
    ReadAloud,
    WatchNote,
)
from voicedoc_desktop.tasks.wordings import ReadWordings, Wordings
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.viewmodels.visit_notices import news
from voicedoc_desktop.viewmodels.visit_screen import Past, PatientSays, Stage, VisitScreen, advance, failed, parts_of
from voicedoc_desktop.words.hints import hint_words

if TYPE_CHECKING:
    from voicedoc_desktop.settings import SettingsStore

_NAMED = {"Return": "enter", "Enter": "enter", "Esc": "escape", "PgUp": "page-up", "PgDown": "page-down"}
"""Keys that Qt and `voicedoc.view.keys` name differently."""

PAST_AT_ONCE = 200
"""Events of a session's earlier parts that are taken in before the window does something else."""

NOT_UNDERSTOOD = "small-talk.not-understood"
"""The reviewed phrase that asks the patient to say it again."""


class VisitViewModel(Screen):
    """The visit that is open, if any. Views read `state`, a `VisitScreen`, and redraw on `changed`.

    Signals:
        worded: The advisor's questions have words: `Wordings`.
    """

    worded = Signal(object)

    def __init__(self, desk: Desk, settings: SettingsStore | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        self._job: Job | None = None
        self._wording: Job | None = None
        self._news: deque[object] = deque()
        self._is_shown = False
        self.state = VisitScreen()
        self.wordings = Wordings({}, {})

    # --- beginning and ending

    def arrive(self, go: Go) -> None:
        """Begin what is planned, or go on with a session; a visit that is under way stays."""
        self._is_shown = True
        if self._job is not None:
            if go.plan is not None or go.session not in ("", self.state.session):
                self.said.emit(self.tr("A visit is under way."))
            return
        if go.plan is not None:
            self.begin(go.plan)
        elif go.session:
            self.continue_session(go.session)

    def leave(self) -> None:
        """Another place is shown: what must be seen is told at the foot of the window."""
        self._is_shown = False

    def begin(self, plan: VisitPlan) -> None:
        """Open a new visit."""
        self._start(VisitScreen(stage=Stage.OPENING, plan=plan), _task_of(plan))

    def continue_session(self, session: str) -> None:
        """Go on with a stored session. With one whose engine was lost in sight, what its sound check found holds."""
        plan = self.state.plan if self.state.session == session else None
        in_sight = self.state.session == session and self.state.stage is Stage.TALK
        wanted = plan or (self._settings.now.plan if self._settings else None)
        checks = not in_sight and (wanted is None or wanted.checks)
        task = HoldVisit(continued=session, advises=wanted is None or wanted.advises, checks=checks)
        self._start(VisitScreen(stage=Stage.OPENING, plan=plan, session=session), task)

    def again(self) -> None:
        """Try once more what came to nothing."""
        if self.state.session:
            self.continue_session(self.state.session)
        elif self.state.plan is not None:
            self.begin(self.state.plan)

    def give_up(self) -> None:
        """End a visit that has not begun; nothing is kept of it."""
        if self._job is not None:
            self._job.stop()

    def close(self) -> None:
        """End the session as its end key does."""
        if self._job is not None:
            self._job.stop()

    def _start(self, screen: VisitScreen, task: HoldVisit) -> None:
        if self._job is not None:
            return
        job = self._job = self._desk.do(task, process=VISIT)
        job.told.connect(self._told)
        job.done.connect(self._told_end)
        job.failed.connect(self._failed)
        self._show(screen)

    def _told(self, items: tuple[object, ...]) -> None:
        waits = bool(self._news)
        self._news.extend(part for item in items for part in parts_of(item))
        if not waits:
            self._take_some()

    def _take_some(self) -> None:
        """Take in what was told; of a session's past some at a time, so that the window never waits for it."""
        self._take(PAST_AT_ONCE)
        if self._news:
            QTimer.singleShot(0, self, self._take_some)

    def _take(self, most: float) -> None:
        """All that is new, but no more than so many things of the past."""
        screen, n_past = self.state, 0
        while self._news and n_past < most:
            n_past += isinstance(self._news[0], Past)
            screen = advance(screen, self._news.popleft())
        self._show(screen)

    def _told_end(self, ended: object) -> None:
        self._take(math.inf)
        self._job = None
        self._show(advance(self.state, ended))

    def _failed(self, failure: Failure) -> None:
        self._take(math.inf)
        self._job = None
        self._show(failed(self.state, failure))

    def _show(self, screen: VisitScreen) -> None:
        if screen is self.state:
            return
        before, self.state = self.state, screen
        if screen.opened is not before.opened and screen.opened is not None:
            self._ask_wordings(screen.opened.doctor)
        if screen.board.note != before.board.note:
            self._say(WatchNote(screen.board.note))
        self.set_busy(self.tr("A visit is under way.") if self._job is not None else "")
        if not self._is_shown:
            for notice in news(before, screen):
                self.noticed.emit(notice)
        self.changed.emit(screen)

    def _ask_wordings(self, language: str) -> None:
        """The advisor's questions have ids; their words are read beside the visit."""
        job = self._wording = self._desk.do(ReadWordings(language))
        job.done.connect(self._worded)

    def _worded(self, wordings: Wordings) -> None:
        self.wordings = wordings
        self.worded.emit(wordings)

    def _say(self, item: object) -> None:
        if self._job is not None:
            self._job.say(item)

    # --- before people talk

    def check_again(self) -> None:
        """Check the sound once more."""
        self._say(CheckAgain())

    def go_on(self) -> None:
        """Leave the sound check as it is."""
        self._say(GoOn())

    def consent(self, *, agreed: bool) -> None:
        """What both people said."""
        self._say(Consent(agreed))

    def read_aloud(self, *, is_on: bool) -> None:
        """Read the consent text out to the patient, or fall silent."""
        self._say(ReadAloud() if is_on else FallSilent())

    # --- keys and buttons

    def meaning(self, pressed_key: str) -> str:
        """What a key (as Qt names it) means in a visit, as `voicedoc.view.keys` has it; "" where it means nothing."""
        changed = self._settings.now.keys if self._settings else {}
        name = meaning(changed, pressed_key)
        return _NAMED.get(name, name.lower())

    def shortcut(self, name: str) -> str:
        """The key for something, by the name of its setting."""
        return keys_now(self._settings.now.keys if self._settings else {})[name]

    def key(self, name: str) -> None:
        """A key, by the name that `voicedoc.view.keys` has for it."""
        if self.state.is_live:
            self._obey(pressed(self.state.board, name, self.state.talk))

    def press(self, command: Command, argument: str = "", utterance: UtteranceId = NO_UTTERANCE) -> None:
        """A command for the session."""
        if self.state.is_live:
            self._say(Press(command, argument, utterance))

    def talk(self, role: Role) -> None:
        """Push-to-talk is held down for `role`."""
        self._set_board(replace(self.state.board, button=role))
        self.press(Command.TALK, role.value)

    def let_go(self) -> None:
        """Push-to-talk is let go."""
        self.press(Command.RELEASE)

    def type_text(self, text: str) -> None:
        """What stands in the line that is being typed."""
        if text != self.state.board.typed:
            self._set_board(replace(self.state.board, typed=text))

    def open_prompt(self, prompt: Prompt, typed: str = "") -> None:
        """Begin to type; `Prompt.NONE` leaves it."""
        if self.state.is_live:
            self._set_board(Board(prompt, typed, button=self.state.board.button, note=self.state.board.note))

    def choose(self, phrase: str) -> None:
        """Say a phrase of the bank, by its id."""
        self.press(Command.PHRASE, phrase)
        self.open_prompt(Prompt.NONE)

    def show_note(self, *, is_on: bool) -> None:
        """Have the note so far told, or no more."""
        if self.state.board.note != is_on:
            self._set_board(replace(self.state.board, note=is_on))

    def rephrase(self, utterance: UtteranceId) -> None:
        """A held translation is not said; whoever said it says it in other words.

        The doctor's words are there to be changed; the patient is asked to say it again, by a reviewed phrase.
        """
        line = self.state.talk.lines.get(utterance)
        if line is None or not self.state.is_live:
            return
        self.press(Command.SKIP, utterance=utterance)
        if line.listener is Role.PATIENT:
            self.open_prompt(Prompt.WORDS, line.text)
        elif self.state.opened is not None and self.state.opened.has_phrases:
            self.press(Command.PHRASE, NOT_UNDERSTOOD)
        else:
            self.said.emit(self.tr("Ask the patient to say it again."))

    def _obey(self, answer: Answer) -> None:
        for press in answer.presses:
            self._say(Press(*press))
        if answer.search:
            self._say(FindPhrases(answer.search))
        if answer.board.hint and answer.board.prompt is Prompt.NONE:
            self.said.emit(hint_words(answer.board.hint))
        self._set_board(answer.board)

    def _set_board(self, board: Board) -> None:
        if board != self.state.board:
            self._show(replace(self.state, board=board))

    # --- the patient's own screen

    @property
    def patient(self) -> PatientScreen:
        """What the patient's screen shows: nothing of what was said before people agreed, or once it is over."""
        visit, is_live = self.state.visit, self.state.is_live
        if self.state.stage is Stage.ENDED:
            return PatientScreen(doing=Doing.OVER)
        if visit is None or self.state.stage is not Stage.TALK:
            return PatientScreen()
        screen = replace(patient_screen(self.state.talk, visit), is_live=is_live)
        if not is_live:
            return screen if screen.doing is Doing.OVER else replace(screen, doing=Doing.WAIT)
        return replace(screen, was_told=self.state.patient_says is PatientSays.STOP)

    def patient_pressed(self, button: Button) -> None:
        """A button of the patient's screen. A stop stands until somebody goes on."""
        visit = self.state.visit
        if visit is None or not self.state.is_live:
            return
        words = words_in(visit.patient)
        word = words.yes if button is Button.YES else words.no
        for press in presses_of(button, self.patient, word):
            self._say(Press(*press))
        if self.state.patient_says is not PatientSays.STOP or button in (Button.STOP, Button.GO_ON):
            says = {Button.STOP: PatientSays.STOP, Button.NOT_UNDERSTOOD: PatientSays.NOT_UNDERSTOOD}
            self._show(replace(self.state, patient_says=says.get(button, PatientSays.NOTHING), was_heard=False))

    def patient_was_heard(self) -> None:
        """The clinician has seen what the patient told by a button."""
        is_stop = self.state.patient_says is PatientSays.STOP
        says = PatientSays.STOP if is_stop else PatientSays.NOTHING
        self._show(replace(self.state, patient_says=says, was_heard=True))

    # --- afterwards

    def review(self) -> None:
        """Look at the session that has ended."""
        self.wants.emit(Go(Place.REVIEW, session=self.state.session))

    def models(self) -> None:
        """Fetch what is missing."""
        self.wants.emit(Go(Place.MODELS))

    def home(self) -> None:
        """Set up another visit."""
        self._show(VisitScreen())
        self.wants.emit(Go(Place.HOME))


def _task_of(plan: VisitPlan) -> HoldVisit:
    room = RoomWanted(loudspeaker=plan.loudspeaker, push_to_talk=plan.push_to_talk, silent=plan.silent)
    match plan.sharing:
        case Sharing.ONE:
            room = replace(room, microphone=plan.microphone)
        case Sharing.CHANNELS:
            room = replace(room, microphone=plan.microphone, roles=(Role.DOCTOR, Role.PATIENT))
        case Sharing.TWO:
            room = replace(room, doctor=plan.microphone, patient=plan.patient_microphone)
    return HoldVisit(
        doctor=plan.doctor,
        patient=plan.patient,
        profile=plan.profile,
        room=room,
        checks=plan.checks,
        advises=plan.advises,
        keep_days=plan.keep_days,
        glossary=plan.glossary,
    )
