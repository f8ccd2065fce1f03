"""A visit on the screen: every state shows, every key works, and only what changes is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from voicedoc_desktop.process.task import DIED
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.patient import Button
from voicedoc_desktop.state.pieces import Look, Piece, is_doctors_side, original_pieces, translation_pieces
from voicedoc_desktop.tasks.visit import (
    CheckStep,
    Consent,
    FindPhrases,
    GoOn,
    PhrasesFound,
    Press,
    VisitEnded,
    WatchNote,
)
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.views.patient import PatientWindow
from voicedoc_desktop.views.visit import VisitView
from voicedoc_desktop.views.visit_before import BrokenPage, CheckPage, ConsentPage, NoVisit, OpeningPage
from voicedoc_desktop.views.visit_controls import HELD_MS
from voicedoc_desktop.views.visit_ended import EndedPage
from voicedoc_desktop.views.visit_talk import TalkPage
from voicedoc_desktop.widgets.step_words import level_sign, role_sign, step_sign
from voicedoc_desktop.widgets.transcript import AT_ONCE, Transcript

from tests.desktop import visits
from tests.desktop.conftest import ScriptedDesk
from tests.desktop.visits import begun, talking
from tests.helpers.live_events import any_event, doubted, ended, held, opened, partial, started, turn, understood
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    DeviceLost,
    Event,
    InterpreterCalled,
    LagReport,
    Notice,
    Pressed,
    VoicePaused,
    Withdrawn,
)
from voicedoc.core.speech import Critical, Role, UtteranceId, Visit
from voicedoc.view.keys import Offered
from voicedoc.view.state import Line, Step

pytestmark = pytest.mark.unit

EN_PT = Visit("en", "pt")
EN_AR = Visit("en", "ar")


KEPT: list[QWidget] = []


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    """Views live as long as their test: nobody else holds them."""
    yield
    KEPT.clear()


def shown(qtbot: QtBot, viewmodel: VisitViewModel, *, width: int = 1200) -> VisitView:
    view = VisitView(viewmodel)
    KEPT.append(view)
    qtbot.addWidget(view)
    view.resize(width, 860)
    view.show()
    qtbot.waitExposed(view)
    view.page.setFocus()
    return view


def talk_page(qtbot: QtBot, viewmodel: VisitViewModel, *, width: int = 1200) -> TalkPage:
    page = shown(qtbot, viewmodel, width=width).page
    assert isinstance(page, TalkPage)
    return page


def words_of(widget: QWidget) -> str:
    """All that is to be read on it, once what was added to it is shown."""
    QApplication.processEvents()
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    buttons = [button.text() for button in widget.findChildren(QAbstractButton) if button.isVisibleTo(widget)]
    return "\n".join([*labels, *buttons])


def button_of(widget: QWidget, name: str) -> QAbstractButton:
    """The button that is to be seen under this name."""
    QApplication.processEvents()
    found = [one for one in widget.findChildren(QAbstractButton) if one.accessibleName() == name]
    return next(one for one in found if one.isVisibleTo(widget))


def press(page: QWidget, key: Qt.Key, *, for_ms: int = 0) -> None:
    target = page.focusWidget() or page
    QTest.keyPress(target, key)
    if for_ms:
        QTest.qWait(for_ms)
    QTest.keyRelease(target, key)


# --- stages


@pytest.mark.parametrize(
    ("stage", "kind", "words"),
    [
        ("opening", OpeningPage, "Loading: understanding speech"),
        ("check-quiet", CheckPage, "Please be quiet for a moment"),
        ("check-speak", CheckPage, "Now say a few words"),
        ("check-found", CheckPage, "nobody was heard"),
        ("consent", ConsentPage, "May we record this?"),
    ],
)
def test_each_stage_before_the_talk_has_its_page(
    qtbot: QtBot, desk: ScriptedDesk, stage: str, kind: type[QWidget], words: str
) -> None:
    viewmodel, _ = begun(desk, *visits.STAGES[stage])
    view = shown(qtbot, viewmodel)
    assert isinstance(view.page, kind)
    assert words in words_of(view)


def test_without_a_visit_the_place_says_where_one_begins(qtbot: QtBot, desk: ScriptedDesk) -> None:
    view = shown(qtbot, VisitViewModel(desk))
    assert isinstance(view.page, NoVisit)
    assert "Set up a visit" in words_of(view)


@pytest.mark.parametrize(
    ("reason", "words", "has_review"),
    [
        ("finished", "7f3a9c2e", True),
        ("declined", "Consent was refused: nothing was recorded.", False),
        ("given up", "Nothing was recorded.", False),
        ("failed", "something failed", True),
        ("interrupted", "ended at once", True),
    ],
)
def test_each_end_is_told_in_its_words(
    qtbot: QtBot, desk: ScriptedDesk, reason: str, words: str, has_review: bool
) -> None:
    viewmodel, job = talking(desk)
    job.finish(replace(visits.ENDED, reason=reason))
    view = shown(qtbot, viewmodel)
    assert isinstance(view.page, EndedPage)
    assert words in words_of(view)
    assert ("Review it" in words_of(view)) is has_review


def test_a_visit_that_did_not_begin_says_why(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk)
    job.fail("model whisper-small is not here", "pull it", "ModelMissing")
    view = shown(qtbot, viewmodel)
    assert isinstance(view.page, BrokenPage)
    assert "model whisper-small is not here" in words_of(view)
    assert button_of(view, "Open Models").isEnabled()


def test_a_check_that_went_badly_is_not_the_obvious_way_on(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk, visits.loaded(), visits.check_found(is_well=False))
    view = shown(qtbot, viewmodel)
    assert button_of(view, "Go on all the same").property("role") == ""
    job.tell(visits.check_found())
    assert button_of(view, "Go on").property("role") == "primary"


def test_the_whole_way_by_mouse(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk, visits.loaded(), visits.check_found())
    view = shown(qtbot, viewmodel)
    qtbot.mouseClick(button_of(view, "Go on"), Qt.MouseButton.LeftButton)
    job.tell(visits.consent_wanted())
    qtbot.mouseClick(button_of(view, "Both agree"), Qt.MouseButton.LeftButton)
    job.tell(visits.Began("7f3a9c2e", 1), *visits.talk())
    qtbot.mouseClick(button_of(view, "End"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button_of(view, "End the visit"), Qt.MouseButton.LeftButton)
    assert job.said[-1] == Press(Command.END)


# --- the two columns


def test_each_text_runs_the_way_of_its_language(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk, patient="ar")
    page = talk_page(qtbot, viewmodel)
    doctor, patient = page.transcript.turns[:2]
    assert not doctor.original.runs_from_right
    assert doctor.translation.runs_from_right
    assert patient.original.runs_from_right
    assert not patient.translation.runs_from_right


def test_the_doctors_language_stands_in_the_first_column_whoever_speaks(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    page = talk_page(qtbot, viewmodel)
    for one in page.transcript.turns[:4]:
        first, second = (one.original, one.translation)
        if one.line is not None and one.line.role is Role.PATIENT:
            first, second = second, first
        assert first.x() < second.x()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_columns_are_mirrored_with_the_window_and_the_texts_are_not(
    qtbot: QtBot, desk: ScriptedDesk, direction: Qt.LayoutDirection
) -> None:
    viewmodel, _ = talking(desk, patient="ar")
    page = talk_page(qtbot, viewmodel)
    page.setLayoutDirection(direction)
    qtbot.wait(1)
    doctor = page.transcript.turns[0]
    is_from_left = direction is Qt.LayoutDirection.LeftToRight
    assert (doctor.original.x() < doctor.translation.x()) is is_from_left
    assert not doctor.original.runs_from_right
    assert doctor.translation.runs_from_right


def test_on_a_narrow_window_what_it_means_stands_below_what_was_said(qtbot: QtBot, desk: ScriptedDesk) -> None:
    transcript = Transcript(EN_PT)
    qtbot.addWidget(transcript)
    viewmodel, _ = talking(desk)
    transcript.resize(480, 700)
    transcript.show_lines(viewmodel.state.talk.in_order)
    transcript.show()
    qtbot.waitExposed(transcript)
    turn_ = transcript.turns[1]
    assert turn_.translation.y() >= turn_.original.y() + turn_.original.height()
    transcript.resize(1000, 700)
    qtbot.wait(1)
    assert turn_.translation.y() == turn_.original.y()


def test_what_may_still_change_differs_by_more_than_colour(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    html = talk_page(qtbot, viewmodel).transcript.turns[-1].original.html
    assert html.startswith("And drink plenty<span")
    assert "font-style:italic" in html
    assert "of wat…" in html


def test_a_difference_is_marked_in_both_texts(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    turn_ = talk_page(qtbot, viewmodel).transcript.turns[2]
    assert "text-decoration:underline; " in turn_.original.html
    assert turn_.original.html.count("<span") == turn_.translation.html.count("<span") == 1
    assert ">50 mg</span>" in turn_.original.html
    assert ">15 mg</span>" in turn_.translation.html


def test_what_people_say_is_never_mark_up(qtbot: QtBot, desk: ScriptedDesk) -> None:
    text = '<b>bold</b> & <img src="x">'
    viewmodel, _ = talking(desk, [*opened(), *turn(1, 1.0, Role.DOCTOR, ("en", text), ("pt", text))])
    turn_ = talk_page(qtbot, viewmodel).transcript.turns[0]
    assert turn_.original.html == "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;img src=&quot;x&quot;&gt;"


@pytest.mark.parametrize("step", list(Step))
def test_every_step_has_a_word_an_icon_and_shows(qtbot: QtBot, step: Step) -> None:
    from voicedoc_desktop.look.icons import icon_names

    sign = step_sign(step)
    assert sign.word
    assert sign.icon in icon_names()
    line = Line(utterance=UtteranceId(1), began=1.0, step=step, role=Role.DOCTOR, language="en", text="Hello.")
    transcript = Transcript(EN_PT)
    qtbot.addWidget(transcript)
    transcript.show_lines([replace(line, target="pt", translation="Olá.", why="because")])
    transcript.show()
    assert sign.word in words_of(transcript)


def test_every_role_and_level_has_a_word_and_an_icon(qtbot: QtBot) -> None:
    from voicedoc_desktop.look.icons import icon_names

    signs = [*map(role_sign, Role), *map(level_sign, ("emergency", "urgent", "soon", "major", "moderate", "new"))]
    assert all(sign.word and sign.icon in icon_names() for sign in signs)


def test_a_line_that_is_corrected_changes_its_column(qtbot: QtBot) -> None:
    line = Line(utterance=UtteranceId(1), began=1.0, role=Role.DOCTOR, text="?")
    transcript = Transcript(EN_PT)
    qtbot.addWidget(transcript)
    transcript.resize(1000, 300)
    transcript.show()
    transcript.show_lines([line])
    transcript.show_lines([replace(line, role=Role.PATIENT, translation="?", step=Step.SAID)])
    qtbot.wait(1)
    turn_ = transcript.turns[0]
    assert turn_.original.x() > turn_.translation.x()


def test_what_turned_out_to_be_nothing_goes(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), started(1, 1.0), partial(1, 1.5, "", "mm")])
    page = talk_page(qtbot, viewmodel)
    assert len(page.transcript.turns) == 1
    from voicedoc.core.events import NothingHeard
    from voicedoc.core.time import Span

    job.tell(NothingHeard(at=3.0, utterance=UtteranceId(1), span=Span(1.0, 2.0), reason="cough"))
    assert page.transcript.turns == []


# --- cost


def test_a_long_session_costs_no_more_to_go_on_with_than_a_short_one(qtbot: QtBot, desk: ScriptedDesk) -> None:
    def drawn(n_lines: int) -> int:
        viewmodel, job = talking(desk, [*opened(), *_many(n_lines)])
        page = talk_page(qtbot, viewmodel)
        before = page.transcript.n_drawn
        at = 5.0 * n_lines + 1.0
        job.tell(started(n_lines + 1, at), partial(n_lines + 1, at + 0.3, "So"))
        job.tell(partial(n_lines + 1, at + 0.6, "So", " now"))
        job.tell(visits.tick(at + 0.9))
        return page.transcript.n_drawn - before

    assert drawn(2) == drawn(200) == 2


def test_a_snapshot_in_which_nothing_is_new_touches_no_widget(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*visits.talk(), *visits.advice()])
    page = talk_page(qtbot, viewmodel)
    before, banners = page.transcript.n_drawn, list(page.troubles.banners)
    cards = page.side.advice.findChildren(QWidget)
    job.tell(visits.tick(20.5))
    assert page.transcript.n_drawn == before
    assert page.troubles.banners == banners
    assert page.side.advice.findChildren(QWidget) == cards


def _many(n_lines: int) -> Iterator[Event]:
    for number in range(1, n_lines + 1):
        role = Role.DOCTOR if number % 2 else Role.PATIENT
        texts = ("en", f"Line {number}."), ("pt", f"Linha {number}.")
        source, target = texts if role is Role.DOCTOR else texts[::-1]
        yield from turn(number, 5.0 * number - 4.0, role, source, target)


def test_lines_keep_their_order_when_one_comes_late(qtbot: QtBot) -> None:
    transcript = Transcript(EN_PT)
    qtbot.addWidget(transcript)
    lines = [
        Line(utterance=UtteranceId(number), began=at, text="x", language="en")
        for number, at in ((1, 1.0), (2, 2.0), (3, 1.5))
    ]
    transcript.show_lines(lines[:2])
    transcript.show_lines([lines[0], lines[2], lines[1]])
    transcript.resize(900, 600)
    transcript.show()
    qtbot.waitExposed(transcript)
    assert [turn_.line for turn_ in transcript.turns] == [lines[0], lines[2], lines[1]]
    assert all(one.y() < other.y() for one, other in pairwise(transcript.turns))
    transcript.show_lines([lines[1], lines[0]])
    assert [turn_.line for turn_ in transcript.turns] == [lines[1], lines[0]]


def test_whoever_looks_back_is_not_pulled_to_the_newest(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), *_many(30)])
    page = talk_page(qtbot, viewmodel)
    bar = page.transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    press(page, Qt.Key.Key_PageUp)
    where = bar.value()
    assert where < bar.maximum()
    job.tell(*turn(31, 151.0, Role.DOCTOR, ("en", "Later."), ("pt", "Depois.")))
    qtbot.wait(20)
    assert bar.value() == where
    qtbot.mouseClick(button_of(page, "To the newest"), Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()


# --- what waits for somebody


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Say it as it is", Command.SAY), ("Leave it out", Command.SKIP)],
)
def test_what_is_held_is_decided_in_its_place(qtbot: QtBot, desk: ScriptedDesk, name: str, expected: Command) -> None:
    viewmodel, job = talking(desk, [*opened(), *held(1, 1.0)])
    page = talk_page(qtbot, viewmodel)
    decision = page.transcript.turns[0].decision
    assert decision is not None
    assert "dose: 50 mg became 15 mg" in words_of(decision)
    assert "Take 15 mg twice a day." in words_of(decision)
    qtbot.mouseClick(button_of(decision, name), Qt.MouseButton.LeftButton)
    assert job.said == [Press(expected, utterance=UtteranceId(1))]


def test_rephrasing_puts_the_doctors_words_into_the_line_that_is_typed(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), *held(1, 1.0)])
    page = talk_page(qtbot, viewmodel)
    qtbot.mouseClick(button_of(page, "Rephrase"), Qt.MouseButton.LeftButton)
    line = page.prompt.line
    assert line.text() == "Take 50 mg twice a day."
    assert page.window().focusWidget() is line
    line.selectAll()
    QTest.keyClicks(line, "Take 50 mg, two times a day.")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert job.said[-1] == Press(Command.TYPE, "doctor: Take 50 mg, two times a day.")


@pytest.mark.parametrize(("name", "expected"), [("Yes", Command.YES), ("No, say it again", Command.NO)])
def test_a_question_that_was_asked_aloud_is_answered_in_its_place(
    qtbot: QtBot, desk: ScriptedDesk, name: str, expected: Command
) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    decision = page.transcript.turns[3].decision
    assert decision is not None
    assert "Disse 2 dias?" in words_of(decision)
    qtbot.mouseClick(button_of(decision, name), Qt.MouseButton.LeftButton)
    assert job.said == [Press(expected, utterance=UtteranceId(4))]


def test_what_was_decided_is_no_longer_asked(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), *held(1, 1.0)])
    page = talk_page(qtbot, viewmodel)
    job.tell(Withdrawn(at=5.0, utterance=UtteranceId(1), reason="skipped"))
    assert page.transcript.turns[0].decision is None
    assert "not said: skipped" in words_of(page.transcript)


# --- keys


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_D, Press(Command.SPEAKER, "doctor", UtteranceId(4))),
        (Qt.Key.Key_P, Press(Command.SPEAKER, "patient", UtteranceId(4))),
        (Qt.Key.Key_Y, Press(Command.YES, "", UtteranceId(4))),
        (Qt.Key.Key_N, Press(Command.NO, "", UtteranceId(4))),
        (Qt.Key.Key_S, Press(Command.SAY, "", UtteranceId(4))),
        (Qt.Key.Key_X, Press(Command.SKIP, "", UtteranceId(4))),
        (Qt.Key.Key_R, Press(Command.REPEAT, "", UtteranceId(2))),
        (Qt.Key.Key_T, Press(Command.TEACH_BACK, "", UtteranceId(3))),
        (Qt.Key.Key_M, Press(Command.PAUSE)),
        (Qt.Key.Key_Period, Press(Command.STOP)),
    ],
)
def test_every_key_of_the_terminal_works_in_the_window(
    qtbot: QtBot, desk: ScriptedDesk, key: Qt.Key, expected: Press
) -> None:
    viewmodel, job = talking(desk)
    press(talk_page(qtbot, viewmodel), key)
    assert job.said == [expected]


def test_a_talk_key_that_is_held_ends_as_it_is_let_go(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    press(talk_page(qtbot, viewmodel), Qt.Key.Key_Right, for_ms=HELD_MS + 100)
    assert job.said == [Press(Command.TALK, "patient"), Press(Command.RELEASE)]


def test_a_talk_key_that_is_tapped_stays_until_the_next_tap(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    press(page, Qt.Key.Key_Space)
    assert job.said == [Press(Command.TALK, "doctor")]
    job.tell(Pressed(at=21.0, command=Command.TALK, argument="doctor"))
    assert page.controls.doctor.text() == "Let go"
    press(page, Qt.Key.Key_Space)
    assert job.said[1:] == [Press(Command.RELEASE)]


def test_a_talk_button_is_held_or_tapped_by_mouse(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    middle = QPoint(20, 20)
    QTest.mousePress(page.controls.patient, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.wait(HELD_MS + 100)
    QTest.mouseRelease(page.controls.patient, Qt.MouseButton.LeftButton, pos=middle)
    assert job.said == [Press(Command.TALK, "patient"), Press(Command.RELEASE)]
    qtbot.mouseClick(page.controls.doctor, Qt.MouseButton.LeftButton)
    assert job.said[2:] == [Press(Command.TALK, "doctor")]


def test_a_key_that_repeats_itself_while_it_is_held_counts_once(qtbot: QtBot, desk: ScriptedDesk) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    for repeats in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=repeats)
        QApplication.sendEvent(page, event)
    assert job.said == [Press(Command.TALK, "doctor")]


def test_letters_that_are_typed_are_no_commands(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    press(page, Qt.Key.Key_Slash)
    line = page.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "any pain 2 days")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert job.said == [FindPhrases("any pain 2 days")]
    found = (Offered("pain.any", "Any pain?", "Dor?"), Offered("x", "{n}", "{n}", False))
    job.tell(PhrasesFound("any pain 2 days", found))
    assert "Dor?" in words_of(page.prompt)
    QTest.keyClick(line, Qt.Key.Key_1)
    assert job.said[1:] == [Press(Command.PHRASE, "pain.any")]
    assert not page.prompt.isVisible()
    assert page.window().focusWidget() is page.transcript


def test_a_phrase_with_a_gap_is_put_into_the_line_to_be_filled(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    press(page, Qt.Key.Key_Slash)
    viewmodel.type_text("dose")
    job.tell(PhrasesFound("dose", (Offered("x", "Take {dose}.", "Tome {dose}.", False),)))
    qtbot.mouseClick(button_of(page, "1  Take {dose}."), Qt.MouseButton.LeftButton)
    assert page.prompt.line.text() == "Take {dose}."
    assert job.said == []


def test_escape_leaves_what_is_typed(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    press(page, Qt.Key.Key_W)
    QTest.keyClicks(page.prompt.line, "no")
    QTest.keyClick(page.prompt.line, Qt.Key.Key_Escape)
    assert not page.prompt.isVisible()
    assert job.said == []


def test_a_click_on_a_control_leaves_the_keys_with_the_visit(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    qtbot.mouseClick(button_of(page, "Repeat"), Qt.MouseButton.LeftButton)
    press(page, Qt.Key.Key_Space)
    assert job.said == [Press(Command.REPEAT, "", UtteranceId(2)), Press(Command.TALK, "doctor")]


def test_every_control_tells_its_key(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    controls = talk_page(qtbot, viewmodel).controls
    for made in (controls.pause, controls.end, controls.doctor, *controls.small.values()):
        assert made.toolTip().endswith(")"), made.text()


# --- what must be seen


def test_what_goes_on_is_told_in_words(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, opened())
    bar = talk_page(qtbot, viewmodel).bar
    told = [bar.activity.accessibleName()]
    for event in (
        started(1, 1.0),
        ended(1, 1.0, 3.0),
        *understood(1, 1.0, 3.0, Role.DOCTOR, "en", "Hello."),
        Pressed(at=4.0, command=Command.PAUSE),
    ):
        job.tell(event)
        told.append(bar.activity.accessibleName())
    assert told == ["Listening", "Somebody speaks", "Understanding", "Translating", "Translating", "Translating"]
    job.tell(Withdrawn(at=5.0, utterance=UtteranceId(1), reason="skipped"))
    assert bar.activity.accessibleName() == "Paused: nothing is listened to"


def test_how_far_behind_it_is_is_told(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), visits.late(1.0)])
    bar = talk_page(qtbot, viewmodel).bar
    assert bar.lag.accessibleName() == "understanding: 2.4 s behind"
    job.tell(LagReport(at=2.0, stage="recognize", seconds=0.1))
    assert not bar.lag.isVisible()


def test_who_holds_the_floor_is_told(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, opened())
    bar = talk_page(qtbot, viewmodel).bar
    assert not bar.button.isVisible()
    job.tell(Pressed(at=1.0, command=Command.TALK, argument="patient"))
    assert bar.button.isVisible()
    assert bar.button.accessibleName() == "The patient has the button"


def test_the_gravest_alarm_stands_above_all_also_where_advice_is_hidden(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk, [*visits.talk(), *visits.advice()])
    page = talk_page(qtbot, viewmodel, width=700)
    assert not page.side.isVisible()
    assert "Emergency: Chest pain on exertion" in words_of(page.troubles)


def test_advice_has_alarms_first_then_conflicts_then_questions(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk, [*visits.talk(), *visits.advice()])
    words = words_of(talk_page(qtbot, viewmodel).side.advice)
    places = [
        words.index(part) for part in ("Emergency", "Chest pain", "Major", "warfarin + ibuprofen", "Worth asking")
    ]
    assert places == sorted(places)


def test_the_questions_worth_asking_get_their_words(qtbot: QtBot, desk: ScriptedDesk) -> None:
    from voicedoc_desktop.tasks.wordings import ReadWordings, Wordings

    viewmodel, _ = talking(desk, [*visits.talk(), *visits.advice()])
    page = talk_page(qtbot, viewmodel)
    desk.job(ReadWordings).finish(Wordings({"common.smoking": "Do you smoke?"}, {"chest-pain": "Chest pain"}))
    words = words_of(page.side.advice)
    assert "Worth asking: Chest pain" in words
    assert "Do you smoke?" in words


def test_a_lost_device_stands_until_it_is_back(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), DeviceLost(at=1.0, device="Yeti", message="unplugged", remedy="plug")])
    page = talk_page(qtbot, viewmodel)
    job.tell(visits.tick(500.0))
    assert words_of(page.troubles).count("Yeti is gone") == 1
    from voicedoc.core.events import DeviceBack

    job.tell(DeviceBack(at=501.0, device="Yeti", seconds=500.0))
    assert "gone" not in words_of(page.troubles)


def test_a_human_interpreter_who_was_called_stays_in_sight(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), InterpreterCalled(at=1.0, reason="cancer news")])
    page = talk_page(qtbot, viewmodel)
    job.tell(visits.tick(900.0))
    assert page.bar.called.isVisible()


def test_an_engine_that_is_gone_offers_to_go_on_and_takes_no_keys(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    job.fail("the process ended", "", DIED)
    assert "The session is safe up to here" in words_of(page.troubles)
    assert not page.controls.pause.isEnabled()
    decision = page.transcript.turns[2].decision
    assert decision is not None
    assert not decision.isEnabled()
    press(page, Qt.Key.Key_M)
    assert job.said == []
    qtbot.mouseClick(button_of(page, "Continue"), Qt.MouseButton.LeftButton)
    assert desk.jobs[-1].task.continued == "7f3a9c2e"


def test_the_note_so_far_stands_at_the_side_and_shows_what_it_rests_on(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    press(page, Qt.Key.Key_O)
    job.tell(visits.note())
    assert page.side.currentWidget() is page.side.note
    seen: list[int] = []
    page.side.wants_line.connect(seen.append)
    listed = page.side.note.list
    listed.itemActivated.emit(listed.item(1))
    assert seen == [2]


def test_a_voice_that_waits_says_why(qtbot: QtBot, desk: ScriptedDesk) -> None:
    happened = [*opened(), *turn(1, 1.0, Role.DOCTOR, ("en", "Hello."), ("pt", "Olá."))[:-1]]
    viewmodel, job = talking(desk, happened)
    page = talk_page(qtbot, viewmodel)
    job.tell(VoicePaused(at=4.0, utterance=UtteranceId(1), reason="somebody spoke"))
    assert "voice waits: somebody spoke" in words_of(page.transcript)


def test_a_question_whose_answer_was_not_clear_says_so(qtbot: QtBot, desk: ScriptedDesk) -> None:
    from voicedoc.core.events import Answered

    about = turn(1, 1.0, Role.PATIENT, ("pt", "Há 2 dias."), ("en", "For 2 days."))[:-4]
    viewmodel, job = talking(desk, [*opened(), *about, doubted(1, 3.5)])
    page = talk_page(qtbot, viewmodel)
    job.tell(Answered(at=6.0, utterance=UtteranceId(1), kind="doubt", answer="unclear", by="voice"))
    assert "the answer was not clear" in words_of(page.transcript)


# --- those who hear the screen


@pytest.mark.parametrize("stage", [*visits.STAGES, "talk", "ended", "broken"])
def test_every_control_has_a_name(qtbot: QtBot, desk: ScriptedDesk, stage: str) -> None:
    view = shown(qtbot, _at(desk, stage))
    nameless = [
        one
        for one in view.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QLineEdit) and one.isVisibleTo(view) and not one.accessibleName()
    ]
    assert nameless == []


def _at(desk: ScriptedDesk, stage: str) -> VisitViewModel:
    if stage in visits.STAGES:
        return begun(desk, *visits.STAGES[stage])[0]
    viewmodel, job = talking(desk, [*visits.talk(), *visits.advice()])
    if stage == "ended":
        job.finish(VisitEnded("7f3a9c2e", "finished", visits.FIGURES))
    if stage == "broken":
        viewmodel, job = begun(desk)
        job.fail()
    return viewmodel


def test_a_turn_is_read_out_with_who_said_it_and_how_far_it_has_come(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    first = talk_page(qtbot, viewmodel).transcript.turns[0]
    assert first.accessibleName() == "Doctor, Good morning. Where does it hurt?, said"
    assert first.accessibleDescription() == "Bom dia. Onde dói?"


# --- pieces


def test_marks_lie_where_the_items_are_and_never_overlap() -> None:
    from voicedoc.core.events import Finding

    def finding(item: Critical) -> Finding:
        return Finding(at=1.0, utterance=UtteranceId(1), verdict="missing", item=item, message="", held=True)

    items = [Critical("dose", "", "50 mg", 5, 10), Critical("number", "", "50", 5, 7), Critical("x", "", "gone", 0, 4)]
    line = Line(utterance=UtteranceId(1), began=0.0, text="Take 50 mg.", findings=tuple(map(finding, items)))
    pieces = original_pieces(line)
    assert "".join(piece.text for piece in pieces) == "Take 50 mg."
    assert Piece("mg", Look.DIFFERS) not in pieces
    assert [piece.text for piece in pieces if piece.look is Look.DIFFERS] in (["50 mg"], ["50", " mg"])
    assert translation_pieces(line) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line(utterance=UtteranceId(1), began=0.0), True),
        (Line(utterance=UtteranceId(1), began=0.0, role=Role.PATIENT), False),
        (Line(utterance=UtteranceId(1), began=0.0, role=Role.PATIENT, language="en-GB"), True),
        (Line(utterance=UtteranceId(1), began=0.0, role=Role.DOCTOR, target="ar", translation="x"), True),
        (Line(utterance=UtteranceId(1), began=0.0, role=Role.PATIENT, target="en", translation="x"), False),
    ],
)
def test_which_side_a_line_is_on(line: Line, expected: bool) -> None:
    assert is_doctors_side(line, EN_AR) is expected


# --- whatever happens


def test_a_button_that_nobody_is_known_to_hold_is_no_trouble(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    job.tell(Pressed(at=21.0, command=Command.TALK, argument=Role.UNKNOWN.value))
    assert not page.bar.button.isVisible()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.lists(any_event(), max_size=8), max_size=4), keys=st.text("dpynsxr.t/whmoq19 ", max_size=6))
def test_no_events_and_no_keys_are_too_much(
    qtbot: QtBot, desk: ScriptedDesk, parts: list[list[Event]], keys: str
) -> None:
    viewmodel, job = talking(desk, opened())
    page = talk_page(qtbot, viewmodel)
    patient = PatientWindow(viewmodel, "pt")
    qtbot.addWidget(patient)
    patient.show()
    for events in parts:
        job.tell(*events)
        QApplication.processEvents()
        for button in Button:
            viewmodel.patient_pressed(button)
    for key in keys:
        viewmodel.key("space" if key == " " else key)
    assert [turn_.line for turn_ in page.transcript.turns] == viewmodel.state.talk.in_order
    assert all(isinstance(said, Press | FindPhrases | WatchNote) for said in job.said)


def test_a_long_session_that_goes_on_is_shown_from_its_end_and_whole_in_the_end(
    qtbot: QtBot, desk: ScriptedDesk
) -> None:
    viewmodel, _ = talking(desk, [*opened(), *_many(AT_ONCE + 20)])
    page = talk_page(qtbot, viewmodel)
    assert len(page.transcript.turns) >= AT_ONCE
    last = page.transcript.turns[-1].line
    assert last is not None
    assert last.text == f"Linha {AT_ONCE + 20}."
    qtbot.waitUntil(lambda: len(page.transcript.turns) == AT_ONCE + 20, timeout=30_000)
    bar = page.transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=30_000)


def test_keys_that_somebody_changed_work(qtbot: QtBot, desk: ScriptedDesk, tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "desktop.toml")
    store.change(keys={"pause": "F5"})
    viewmodel = VisitViewModel(desk, store)
    viewmodel.begin(visits.PLAN)
    job = desk.jobs[-1]
    job.tell(visits.loaded(), visits.Began("7f3a9c2e", 1), *opened())
    page = talk_page(qtbot, viewmodel)
    press(page, Qt.Key.Key_F5)
    press(page, Qt.Key.Key_M)
    assert job.said == [Press(Command.PAUSE)]
    assert page.controls.pause.toolTip().endswith("(F5)")


def test_a_key_that_does_nothing_says_why(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk, opened())
    page = talk_page(qtbot, viewmodel)
    with qtbot.waitSignal(viewmodel.said) as said:
        press(page, Qt.Key.Key_Y)
    assert said.args == ["Nothing waits for an answer."]


def test_a_click_on_a_decision_leaves_the_keys_with_the_visit(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), *held(1, 1.0)])
    page = talk_page(qtbot, viewmodel)
    qtbot.mouseClick(button_of(page, "Leave it out"), Qt.MouseButton.LeftButton)
    job.tell(Withdrawn(at=5.0, utterance=UtteranceId(1), reason="skipped"))
    QApplication.processEvents()
    press(page, Qt.Key.Key_Space)
    assert job.said == [Press(Command.SKIP, utterance=UtteranceId(1)), Press(Command.TALK, "doctor")]


def test_a_decision_that_goes_while_it_has_the_focus_gives_it_to_the_visit(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), *held(1, 1.0)])
    page = talk_page(qtbot, viewmodel)
    button_of(page, "Leave it out").setFocus()
    job.tell(Withdrawn(at=5.0, utterance=UtteranceId(1), reason="skipped"))
    QApplication.processEvents()
    focus = page.window().focusWidget()
    assert not isinstance(focus, QAbstractButton)
    press(page, Qt.Key.Key_Space)
    assert job.said == [Press(Command.TALK, "doctor")]


def test_on_a_narrow_window_advice_comes_when_it_is_wanted(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    page = talk_page(qtbot, viewmodel, width=700)
    assert not page.side.isVisible()
    qtbot.mouseClick(button_of(page, "Advice"), Qt.MouseButton.LeftButton)
    assert page.side.isVisible()
    qtbot.mouseClick(button_of(page, "Advice"), Qt.MouseButton.LeftButton)
    assert not page.side.isVisible()
    press(page, Qt.Key.Key_O)
    assert page.side.isVisible()


def test_a_visit_fits_the_smallest_window(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk, [*visits.talk(), *visits.advice(), visits.late(20.0)])
    page = talk_page(qtbot, viewmodel, width=560)
    assert page.minimumSizeHint().width() <= 560


def test_a_view_that_is_made_anew_shows_what_the_old_one_did(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    old = shown(qtbot, viewmodel)
    old.deleteLater()
    KEPT.clear()
    page = talk_page(qtbot, viewmodel)
    job.tell(Withdrawn(at=21.0, utterance=UtteranceId(3), reason="skipped"))
    assert [turn_.line for turn_ in page.transcript.turns] == viewmodel.state.talk.in_order


def test_nobody_agrees_by_a_key_that_was_meant_for_the_page_before(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk, visits.loaded(), visits.check_found())
    view = shown(qtbot, viewmodel)
    QApplication.processEvents()
    job.tell(visits.consent_wanted())
    QApplication.processEvents()
    assert not isinstance(view.window().focusWidget(), QAbstractButton)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(view.window().focusWidget() or view, key)
    assert job.said == []
    button_of(view, "Both agree").setFocus()
    QTest.keyClick(view.window().focusWidget() or view, Qt.Key.Key_Space)
    assert job.said == [Consent(True)]


def test_an_alarm_that_was_seen_is_put_away_and_stays_in_the_advice(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*visits.talk(), *visits.advice()])
    page = talk_page(qtbot, viewmodel)
    qtbot.mouseClick(button_of(page.troubles, "Put away"), Qt.MouseButton.LeftButton)
    assert "Emergency" not in words_of(page.troubles)
    assert "Emergency" in words_of(page.side.advice)
    worse = replace(visits.advice()[0], at=21.0, alarm="stroke", reason="Face and arm: a stroke?")
    job.tell(worse)
    assert "Emergency: Face and arm: a stroke?" in words_of(page.troubles)


def test_what_others_wait_behind_is_shown_by_a_click(qtbot: QtBot, desk: ScriptedDesk) -> None:
    waits = Notice(at=10.0, code="waits-in-line", message="what is said next waits until utterance 1 is answered")
    viewmodel, job = talking(desk, [*opened(), *held(1, 1.0), waits])
    page = talk_page(qtbot, viewmodel)
    assert "Held, not said: “Take 50 mg twice a day.”" in words_of(page.troubles)
    seen: list[int] = []
    page.troubles.wants_line.connect(seen.append)
    qtbot.mouseClick(button_of(page.troubles, "Show where"), Qt.MouseButton.LeftButton)
    assert seen == [1]
    job.tell(Withdrawn(at=11.0, utterance=UtteranceId(1), reason="skipped"))
    assert not page.troubles.isVisible()


def test_a_banner_that_stays_is_not_made_anew(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*visits.talk(), *visits.advice()])
    page = talk_page(qtbot, viewmodel)
    (alarm,) = page.troubles.banners
    job.tell(Notice(at=20.5, code="x", message="something else"))
    assert page.troubles.banners[0] is alarm
    assert len(page.troubles.banners) == 2


def test_a_talk_key_that_is_held_while_somebody_begins_to_type_is_let_go(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    page = talk_page(qtbot, viewmodel)
    QTest.keyPress(page.focusWidget() or page, Qt.Key.Key_Space)
    job.tell(Pressed(at=21.0, command=Command.TALK, argument="doctor"))
    QTest.keyPress(page.focusWidget() or page, Qt.Key.Key_W)
    assert [one.command for one in job.said if isinstance(one, Press)] == [Command.TALK, Command.RELEASE]


@pytest.mark.parametrize("is_well", [True, False])
def test_the_space_bar_goes_on_from_a_sound_check_only_where_all_is_well(
    qtbot: QtBot, desk: ScriptedDesk, is_well: bool
) -> None:
    viewmodel, job = begun(desk, visits.loaded(), visits.check_found(is_well=True))
    view = shown(qtbot, viewmodel)
    job.tell(CheckStep("speak"))
    job.tell(visits.check_found(is_well=is_well))
    QApplication.processEvents()
    QTest.keyClick(view.page.window().focusWidget() or view.page, Qt.Key.Key_Space)
    assert (GoOn() in job.said) == is_well
