"""The patient's screen: what has been let go to them, their own words, four buttons, and never any advice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from voicedoc_desktop.process.task import DIED
from voicedoc_desktop.state.patient import LAST, Button, Doing, PatientScreen, Said, patient_screen, presses_of
from voicedoc_desktop.state.patient_words import WORDS, has_words, words_in
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.tasks.visit import Began, HoldVisit, Press
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.views.patient import PatientWindow
from voicedoc_desktop.views.visit import VisitView
from voicedoc_desktop.views.visit_talk import TalkPage

from tests.desktop import visits
from tests.desktop.conftest import ScriptedDesk
from tests.desktop.visits import talking
from tests.helpers.live_events import any_event, held, opened, partial, said, started, translated, turn, understood
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    NO_UTTERANCE,
    Answered,
    Asked,
    Cleared,
    Event,
    InterpreterCalled,
    Pressed,
    SessionClosed,
    Withdrawn,
)
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.guard.answers import Answer, read_answer
from voicedoc.phrases.bank import PhraseBank
from voicedoc.view.advance import advance
from voicedoc.view.state import State

pytestmark = pytest.mark.unit

EN_PT = Visit("en", "pt")
KEPT: list[QWidget] = []


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    """Windows live as long as their test: nobody else holds them."""
    yield
    KEPT.clear()


def screen_of(*parts: Event | Iterable[Event]) -> PatientScreen:
    flat = [event for part in parts for event in ([part] if isinstance(part, Event) else part)]
    return patient_screen(reduce(advance, flat, State()), EN_PT)


def window_of(qtbot: QtBot, viewmodel: VisitViewModel, language: str = "pt") -> PatientWindow:
    window = PatientWindow(viewmodel, language)
    KEPT.append(window)
    qtbot.addWidget(window)
    window.open()
    qtbot.waitExposed(window)
    return window


def words_of(widget: QWidget) -> str:
    QApplication.processEvents()
    parts = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(part.text() for part in parts if part.isVisibleTo(widget))


DOCTORS = ("en", "Any pain?"), ("pt", "Alguma dor?")
PATIENTS = ("pt", "Sim, no peito."), ("en", "Yes, in the chest.")


# --- what is seen


def test_the_patient_sees_what_is_said_to_them_and_their_own_words() -> None:
    screen = screen_of(opened(), turn(1, 1.0, Role.DOCTOR, *DOCTORS), turn(2, 6.0, Role.PATIENT, *PATIENTS))
    assert screen.said == (
        Said(UtteranceId(1), "Alguma dor?", "pt", mine=False),
        Said(UtteranceId(2), "Sim, no peito.", "pt", mine=True),
    )


def test_what_is_held_is_not_for_the_patient() -> None:
    assert screen_of(opened(), held(1, 1.0)).said == ()


def test_what_is_translated_and_not_yet_let_go_is_not_for_the_patient() -> None:
    early = [
        started(1, 1.0),
        *understood(1, 1.0, 3.0, Role.DOCTOR, *DOCTORS[0]),
        translated(1, 3.5, Role.PATIENT, *DOCTORS),
    ]
    assert screen_of(opened(), early).said == ()
    late = [*early, *said(1, 3.5, Role.PATIENT, *DOCTORS[1], begins=4.0)[:2]]
    assert [one.text for one in screen_of(opened(), late).said] == ["Alguma dor?"]


def test_what_was_taken_back_is_gone() -> None:
    gone = Withdrawn(at=8.0, utterance=UtteranceId(1), reason="the answer goes on")
    assert screen_of(opened(), turn(1, 1.0, Role.DOCTOR, *DOCTORS), gone).said == ()


def test_the_last_sentences_stay_and_the_newest_stands_last() -> None:
    turns = [event for n in range(1, 9) for event in turn(n, 5.0 * n, Role.DOCTOR, ("en", f"{n}"), ("pt", f"n{n}"))]
    assert [one.text for one in screen_of(opened(), turns).said] == ["n6", "n7", "n8"]
    assert LAST == 3


def test_a_question_to_the_patient_is_what_yes_and_no_answer() -> None:
    screen = screen_of(visits.talk())
    assert screen.asked == 4
    assert screen.said[-1] == Said(UtteranceId(4), "Disse 2 dias?", "pt", mine=False, is_question=True)
    assert screen_of(opened(), held(1, 1.0)).asked == NO_UTTERANCE


def test_words_of_somebody_whom_nobody_knows_yet_are_not_taken_for_the_patients() -> None:
    assert screen_of(opened(), started(1, 1.0), partial(1, 2.0, "Good")).said == ()


@given(st.lists(any_event(), max_size=12))
def test_whatever_happens_nothing_that_waits_or_was_withdrawn_is_shown_but_what_was_let_go(events: list[Event]) -> None:
    state = reduce(advance, events, State())
    let_go = {saying.text for line in state.lines.values() for saying in line.sayings.values()}
    own = {text for line in state.lines.values() for text in (line.text, line.stable)}
    assert all(one.text in (own if one.mine else let_go) for one in patient_screen(state, EN_PT).said)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (opened(), Doing.LISTENING),
        (turn(1, 1.0, Role.DOCTOR, *DOCTORS)[:-1], Doing.SPEAKING),
        ([Pressed(at=1.0, command=Command.TALK, argument="patient")], Doing.SPEAK_NOW),
        ([Pressed(at=1.0, command=Command.TALK, argument="doctor")], Doing.WAIT),
        ([Pressed(at=1.0, command=Command.PAUSE)], Doing.PAUSED),
        ([Pressed(at=1.0, command=Command.END)], Doing.WAIT),
        ([SessionClosed(at=1.0, reason="finished", n_utterances=0)], Doing.OVER),
    ],
)
def test_what_goes_on_is_told_as_far_as_the_patient_need_know(events: list[Event], expected: Doing) -> None:
    assert screen_of(events).doing is expected


# --- the words


@pytest.mark.parametrize("language", WORDS)
def test_yes_and_no_are_understood_as_yes_and_no(language: str) -> None:
    words = words_in(language)
    assert read_answer(words.yes, language) is Answer.YES
    assert read_answer(words.no, language) is Answer.NO


@pytest.mark.parametrize("language", WORDS)
def test_where_the_phrase_bank_has_words_they_are_the_screens(language: str) -> None:
    bank = PhraseBank.load()
    words = words_in(language)
    assert bank.phrase("small-talk.not-understood").text[language].startswith(words.not_understood)
    assert bank.phrase("small-talk.moment").text[language].rstrip(".。।") == words.wait


def test_there_are_ten_languages_and_english_for_the_others() -> None:
    assert set(WORDS) == {"en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru"}
    assert words_in("pt-BR") is WORDS["pt"]
    assert words_in("sv") is WORDS["en"]
    assert has_words("ar")
    assert not has_words("sv")


@pytest.mark.parametrize("language", WORDS)
def test_no_word_is_empty_and_no_two_buttons_are_alike(language: str) -> None:
    words = words_in(language)
    texts = [getattr(words, name) for name in words.__slots__]
    assert all(text.strip() == text and text for text in texts)
    assert len({words.yes, words.no, words.not_understood, words.stop, words.go_on}) == 5


def test_every_button_has_its_commands() -> None:
    asked = PatientScreen(asked=UtteranceId(7), repeats=UtteranceId(5))
    told = {button: [press.command for press in presses_of(button, asked, "Sim")] for button in Button}
    assert told == {
        Button.YES: [Command.YES],
        Button.NO: [Command.NO],
        Button.NOT_UNDERSTOOD: [Command.REPEAT],
        Button.STOP: [Command.STOP, Command.PAUSE],
        Button.GO_ON: [Command.RESUME],
    }


# --- the window


def test_the_window_shows_no_advice_nothing_held_and_no_note(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*visits.talk(), *visits.advice(), visits.offered(19.0)])
    window = window_of(qtbot, viewmodel)
    job.tell(visits.note(), visits.late(20.0))
    shown = words_of(window)
    for secret in ("Emergency", "warfarin", "15 mg", "50 mg", "Subjective", "allergic", "behind", "Take"):
        assert secret not in shown, secret
    assert "Disse 2 dias?" in shown


def test_the_buttons_speak_the_patients_language_and_tell_the_session(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    window = window_of(qtbot, viewmodel)
    for name, expected in (
        ("Sim", [Press(Command.YES, utterance=UtteranceId(4))]),
        ("Não", [Press(Command.NO, utterance=UtteranceId(4))]),
        ("Não entendi", [Press(Command.REPEAT, utterance=UtteranceId(1))]),
        ("Parar", [Press(Command.STOP), Press(Command.PAUSE)]),
    ):
        job.said.clear()
        made = next(one for one in window.buttons.values() if one.text() == name)
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        assert job.said == expected


def test_after_a_stop_the_patient_reads_that_it_is_paused_and_may_go_on(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    window = window_of(qtbot, viewmodel)
    job.tell(Pressed(at=21.0, command=Command.PAUSE))
    assert "O médico foi avisado." not in words_of(window)
    job.tell(Pressed(at=22.0, command=Command.RESUME))
    qtbot.mouseClick(window.buttons[Button.STOP], Qt.MouseButton.LeftButton)
    job.tell(Pressed(at=23.0, command=Command.PAUSE))
    assert "A conversa está em pausa. O médico foi avisado." in words_of(window)
    assert window.buttons[Button.STOP].isHidden()
    qtbot.mouseClick(window.buttons[Button.GO_ON], Qt.MouseButton.LeftButton)
    assert job.said[-1] == Press(Command.RESUME)


def test_the_window_runs_the_way_of_its_language_whatever_the_interface_does(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk, patient="ar")
    window = window_of(qtbot, viewmodel, "ar")
    assert window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    qtbot.wait(1)
    assert window.buttons[Button.YES].x() > window.buttons[Button.NO].x()


def test_without_anything_to_repeat_not_understood_cannot_be_pressed(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, opened())
    window = window_of(qtbot, viewmodel)
    assert not window.buttons[Button.NOT_UNDERSTOOD].isEnabled()
    job.tell(*turn(1, 1.0, Role.DOCTOR, *DOCTORS))
    assert window.buttons[Button.NOT_UNDERSTOOD].isEnabled()


def test_at_the_end_the_window_says_so_and_its_buttons_are_over(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    window = window_of(qtbot, viewmodel)
    job.tell(SessionClosed(at=30.0, reason="finished", n_utterances=4))
    assert "A conversa terminou" in words_of(window)
    assert not any(made.isEnabled() for made in window.buttons.values())


def test_a_human_interpreter_who_was_called_is_told_to_the_patient_without_the_reason(
    qtbot: QtBot, desk: ScriptedDesk
) -> None:
    viewmodel, job = talking(desk)
    window = window_of(qtbot, viewmodel)
    job.tell(InterpreterCalled(at=21.0, reason="cancer news"))
    assert "Um intérprete humano foi chamado" in words_of(window)
    assert "cancer" not in words_of(window)


def test_a_phrase_that_the_doctor_chose_is_shown(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, opened())
    window = window_of(qtbot, viewmodel)
    phrase = {"language": "pt", "text": "Tem alergias?", "purpose": "phrase"}
    job.tell(Cleared(at=2.0, utterance=UtteranceId(2_000_000), listener=Role.PATIENT, **phrase))
    assert "Tem alergias?" in words_of(window)


def test_the_doctor_opens_the_window_and_it_goes_with_the_visit(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    view = VisitView(viewmodel)
    KEPT.append(view)
    qtbot.addWidget(view)
    view.show()
    assert isinstance(view.page, TalkPage)
    view.page.wants_patient_screen.emit()
    window = view.patient_window
    assert window is not None
    assert window.isVisible()
    job.finish(visits.ENDED)
    assert view.patient_window is window
    viewmodel.home()
    assert view.patient_window is None


def test_the_patients_window_does_not_keep_the_app_alive(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    assert not window_of(qtbot, viewmodel).testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


def test_f11_fills_the_display_and_escape_gives_it_back(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    window = window_of(qtbot, viewmodel)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_a_window_that_was_closed_and_is_opened_again_shows_what_is_so_now(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, opened())
    window = window_of(qtbot, viewmodel)
    window.close()
    job.tell(*turn(1, 1.0, Role.DOCTOR, *DOCTORS))
    window.open()
    assert "Alguma dor?" in words_of(window)


# --- whose keyboard it is, whose question is answered, and whose session it is

ALLERGY = ("en", "Are you allergic to penicillin?"), ("pt", "É alérgico a penicilina?")


def view_of(qtbot: QtBot, viewmodel: VisitViewModel) -> VisitView:
    view = VisitView(viewmodel)
    KEPT.append(view)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.page.setFocus()
    return view


def opened_by(view: VisitView) -> PatientWindow:
    view.open_patient_window()
    window = view.patient_window
    assert window is not None
    return window


def test_the_space_bar_presses_no_button_of_the_patients_and_is_the_clinicians(
    qtbot: QtBot, desk: ScriptedDesk
) -> None:
    viewmodel, job = talking(desk)
    window = opened_by(view_of(qtbot, viewmodel))
    with qtbot.waitActive(window):
        window.activateWindow()
    for pressed in (None, Button.NOT_UNDERSTOOD):
        if pressed is not None:
            qtbot.mouseClick(window.buttons[pressed], Qt.MouseButton.LeftButton)
        job.said.clear()
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Space)
        assert [press.command for press in job.said if isinstance(press, Press)] == [Command.TALK]


def test_keys_in_the_patients_window_go_into_what_the_clinician_types(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    view = view_of(qtbot, viewmodel)
    viewmodel.key("w")
    job.said.clear()
    window = opened_by(view)
    QTest.keyClicks(window, "m n")
    assert viewmodel.state.board.typed == "m n"
    assert job.said == []


def test_a_question_that_the_doctor_has_talked_past_is_not_answered_by_the_patients_buttons() -> None:
    later = [*visits.talk()[:-2], *turn(6, 21.0, Role.DOCTOR, *ALLERGY)]
    screen = screen_of(later)
    assert (screen.asked, screen.may_answer) == (NO_UTTERANCE, False)
    expired = Answered(at=33.0, utterance=UtteranceId(4), kind="doubt", answer="none", by="voice")
    screen = screen_of(later, expired)
    assert (screen.asked, screen.may_answer) == (NO_UTTERANCE, True)
    assert presses_of(Button.NO, screen, "Não") == ((Command.TYPE, "patient: Não", NO_UTTERANCE),)


def test_the_question_that_yes_and_no_answer_stands_above_them_whatever_the_patient_said_since() -> None:
    own = [started(6, 21.0), *understood(6, 21.0, 23.0, Role.PATIENT, "pt", "Como?")]
    screen = screen_of(visits.talk()[:-2], own)
    assert screen.asked == 4
    assert [one.text for one in screen.said[-2:]] == ["Como?", "Disse 2 dias?"]


def test_what_the_patient_is_to_repeat_is_not_answered_by_yes() -> None:
    about = {"at": 9.0, "utterance": UtteranceId(1), "listener": Role.PATIENT, "language": "pt"}
    told = Asked(**about, kind="teach-back", text="Como vai tomar?", items=())
    said_so = Cleared(**about, text="Como vai tomar?", purpose="question")
    screen = screen_of(opened(), turn(1, 1.0, Role.DOCTOR, *DOCTORS), told, said_so)
    assert (screen.asked, screen.may_answer) == (NO_UTTERANCE, True)


def test_words_in_the_patients_language_are_theirs_once_it_is_known_for_whom_they_are_translated() -> None:
    heard = [started(1, 1.0), understood(1, 1.0, 3.0, Role.UNKNOWN, *PATIENTS[0])[0]]
    assert screen_of(opened(), heard).said == ()
    assert [one.text for one in screen_of(opened(), heard, translated(1, 3.5, Role.DOCTOR, *PATIENTS)).said] == [
        "Sim, no peito."
    ]


def test_once_it_is_over_nothing_that_was_said_is_left_for_the_next_patient(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    window = window_of(qtbot, viewmodel)
    job.tell(SessionClosed(at=30.0, reason="finished", n_utterances=4))
    assert "Disse 2 dias?" not in words_of(window)
    assert viewmodel.patient.said == ()


def test_a_visit_that_failed_is_over_for_the_patient(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    job.finish(replace(visits.ENDED, reason="failed"))
    assert viewmodel.patient == PatientScreen(doing=Doing.OVER)


def test_where_nobody_listens_the_patient_is_not_told_that_somebody_does(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, opened())
    window = window_of(qtbot, viewmodel)
    assert "O intérprete está à escuta" in words_of(window)
    job.fail("the process ended", "", DIED)
    assert "O intérprete está à escuta" not in words_of(window)
    assert not any(made.isEnabled() for made in window.buttons.values())
    viewmodel.again()
    desk.job(HoldVisit).tell(visits.loaded(), visits.consent_wanted())
    assert "Um momento, por favor" in words_of(window)
    assert not any(made.isEnabled() for made in window.buttons.values())


def test_another_session_has_another_window_in_its_own_language(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    view = view_of(qtbot, viewmodel)
    opened_by(view).close()
    job.finish(visits.ENDED)
    viewmodel.arrive(Go(Place.VISIT, session="0ther"))
    assert view.patient_window is None
    desk.job(HoldVisit).tell(visits.loaded("ar"), Began("0ther", 2), *opened(patient="ar"))
    assert opened_by(view).words is WORDS["ar"]


def test_the_session_that_goes_on_keeps_its_window(qtbot: QtBot, desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    view = view_of(qtbot, viewmodel)
    window = opened_by(view)
    job.fail("the process ended", "", DIED)
    viewmodel.again()
    desk.job(HoldVisit).tell(visits.loaded(), Began("7f3a9c2e", 2))
    assert view.patient_window is window
    assert window.isVisible()


def test_views_that_are_made_anew_find_the_patients_window_and_do_not_close_it(
    qtbot: QtBot, desk: ScriptedDesk
) -> None:
    viewmodel, job = talking(desk)
    before = view_of(qtbot, viewmodel)
    window = opened_by(before)
    KEPT.remove(before)
    before.deleteLater()
    qtbot.wait(1)
    after = view_of(qtbot, viewmodel)
    assert opened_by(after) is window
    assert window.isVisible()
    job.finish(visits.ENDED)
    viewmodel.home()
    assert not window.isVisible()


def test_the_patient_reads_that_the_doctor_was_told_until_somebody_goes_on(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.patient_pressed(Button.STOP)
    viewmodel.patient_pressed(Button.YES)
    viewmodel.patient_was_heard()
    assert viewmodel.patient.was_told
    job.tell(Pressed(at=22.0, command=Command.RESUME))
    assert not viewmodel.patient.was_told
