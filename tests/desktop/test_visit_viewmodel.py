"""A visit's view-model: what a task tells becomes a state, and what a person does becomes words to the task."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from voicedoc_desktop.process.task import DIED
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.notices import Notice
from voicedoc_desktop.state.patient import Button
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.visit_plan import Sharing, VisitPlan
from voicedoc_desktop.tasks.devices import Levels
from voicedoc_desktop.tasks.visit import (
    Began,
    CheckAgain,
    CheckStep,
    Consent,
    Earlier,
    FallSilent,
    FindPhrases,
    GoOn,
    HoldVisit,
    PhrasesFound,
    Press,
    Purged,
    ReadAloud,
    Reading,
    VisitEnded,
    WatchNote,
)
from voicedoc_desktop.tasks.wordings import ReadWordings, Wordings
from voicedoc_desktop.viewmodels.visit import NOT_UNDERSTOOD, VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import CUT_OFF, PatientSays, Stage, VisitScreen, advance

from tests.desktop import visits
from tests.desktop.conftest import ScriptedDesk
from tests.desktop.visits import begun, talking
from tests.helpers.live_events import held, opened, partial, started, turn
from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE, AlarmRaised, DeviceLost, Event, OfferedPhrase, Pressed, SessionClosed
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.view.advance import advance as move
from voicedoc.view.keys import Offered, Prompt
from voicedoc.view.state import State, Step

pytestmark = pytest.mark.unit


class Heard(QObject):
    """What a signal has said."""

    def __init__(self, signal: object) -> None:
        super().__init__()
        self.all: list[object] = []
        signal.connect(self.all.append)  # type: ignore[attr-defined]


# --- the way to the first word


def test_a_visit_goes_from_its_opening_to_its_end_as_the_task_tells(desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk)
    stages = [viewmodel.state.stage]
    for item in (
        Purged("0ld"),
        visits.Loading(1, 6, "recognize"),
        visits.loaded(),
        CheckStep("quiet"),
        CheckStep("speak"),
        visits.check_found(),
        visits.consent_wanted(),
        Reading(False),
        Began("7f3a9c2e", 1),
        *visits.talk(),
    ):
        job.tell(item)
        if viewmodel.state.stage is not stages[-1]:
            stages.append(viewmodel.state.stage)
    job.finish(visits.ENDED)
    assert [*stages, viewmodel.state.stage] == [Stage.OPENING, Stage.CHECK, Stage.CONSENT, Stage.TALK, Stage.ENDED]
    assert viewmodel.state.session == "7f3a9c2e"
    assert viewmodel.state.purged == (Purged("0ld"),)
    assert viewmodel.state.ended is not None
    assert viewmodel.state.ended.figures == visits.FIGURES


def test_what_people_decide_before_they_talk_is_told(desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk, visits.loaded(), visits.check_found(), visits.consent_wanted())
    viewmodel.check_again()
    viewmodel.go_on()
    viewmodel.read_aloud(is_on=False)
    viewmodel.read_aloud(is_on=True)
    viewmodel.consent(agreed=False)
    assert job.said == [CheckAgain(), GoOn(), FallSilent(), ReadAloud(), Consent(False)]
    assert job.process == "visit"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (VisitPlan(doctor="en", patient="ar", microphone="Yeti"), ("Yeti", None, None, ())),
        (
            VisitPlan(doctor="en", patient="ar", microphone="Box", sharing=Sharing.CHANNELS),
            ("Box", None, None, (Role.DOCTOR, Role.PATIENT)),
        ),
        (
            VisitPlan(doctor="en", patient="ar", microphone="A", patient_microphone="B", sharing=Sharing.TWO),
            (None, "A", "B", ()),
        ),
    ],
)
def test_a_plan_names_its_microphones_as_they_are_shared(
    desk: ScriptedDesk, plan: VisitPlan, expected: tuple[object, ...]
) -> None:
    VisitViewModel(desk).begin(plan)
    room = desk.job(HoldVisit).task.room
    assert (room.microphone, room.doctor, room.patient, room.roles) == expected


def test_a_plan_is_held_as_it_was_set_up(desk: ScriptedDesk) -> None:
    plan = VisitPlan(doctor="en", patient="ar", profile="p", checks=False, advises=False, glossary="g", keep_days=7)
    VisitViewModel(desk).arrive(Go(Place.VISIT, plan=plan))
    task = desk.job(HoldVisit).task
    assert (task.doctor, task.patient, task.profile) == ("en", "ar", "p")
    assert (task.checks, task.advises, task.glossary, task.keep_days) == (False, False, "g", 7)


def test_one_visit_is_held_at_a_time(desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    heard = Heard(viewmodel.said)
    for go in (Go(Place.VISIT), Go(Place.VISIT, session="7f3a9c2e")):
        viewmodel.arrive(go)
    assert heard.all == []
    for go in (Go(Place.VISIT, plan=visits.PLAN), Go(Place.VISIT, session="other")):
        viewmodel.arrive(go)
    assert heard.all == ["A visit is under way."] * 2
    assert len(desk.tasks(HoldVisit)) == 1


def test_a_visit_that_is_under_way_says_so_and_no_longer_once_it_is_over(desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk)
    assert viewmodel.busy
    job.finish(VisitEnded("", "given up"))
    assert not viewmodel.busy


def test_a_visit_that_does_not_begin_says_why_and_can_be_tried_again(desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk, visits.Loading(0, 6, "recognize"))
    job.fail("a model is not here", "pull it", "ModelMissing")
    assert viewmodel.state.stage is Stage.BROKEN
    assert viewmodel.state.trouble is not None
    assert not viewmodel.busy
    viewmodel.again()
    assert viewmodel.state.stage is Stage.OPENING
    assert len(desk.tasks(HoldVisit)) == 2


def test_closing_the_window_has_the_visit_end(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.close()
    assert job.is_stopped


# --- events


def test_many_events_that_come_at_once_redraw_once(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [])
    heard = Heard(viewmodel.changed)
    job.tell(*visits.talk(), Levels((-30.0,)))
    assert len(heard.all) == 1
    assert viewmodel.state.levels == (-30.0,)


def test_the_state_is_that_of_the_events_alone(desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    assert viewmodel.state.talk == reduce(move, visits.talk(), State())


def test_an_item_that_is_not_known_changes_nothing() -> None:
    screen = VisitScreen()
    assert advance(screen, object()) is screen


# --- keys and buttons


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("s", Press(Command.SAY, "", UtteranceId(4))),
        ("x", Press(Command.SKIP, "", UtteranceId(4))),
        ("y", Press(Command.YES, "", UtteranceId(4))),
        ("n", Press(Command.NO, "", UtteranceId(4))),
        (".", Press(Command.STOP)),
        ("m", Press(Command.PAUSE)),
        ("r", Press(Command.REPEAT, "", UtteranceId(2))),
        ("d", Press(Command.SPEAKER, "doctor", UtteranceId(4))),
        ("p", Press(Command.SPEAKER, "patient", UtteranceId(4))),
        ("t", Press(Command.TEACH_BACK, "", UtteranceId(3))),
        ("space", Press(Command.TALK, "doctor")),
        ("right", Press(Command.TALK, "patient")),
    ],
)
def test_each_key_tells_the_session_what_it_tells_on_a_terminal(desk: ScriptedDesk, key: str, expected: Press) -> None:
    viewmodel, job = talking(desk)
    viewmodel.key(key)
    assert job.said == [expected]


def test_keys_that_were_changed_mean_what_they_were_changed_to(desk: ScriptedDesk) -> None:
    viewmodel = VisitViewModel(desk)
    assert [viewmodel.meaning(key) for key in ("S", "Space", "Esc", "Return", "PgUp", "/", "5")] == [
        "s",
        "space",
        "escape",
        "enter",
        "page-up",
        "/",
        "5",
    ]


def test_before_and_after_the_talk_keys_do_nothing(desk: ScriptedDesk) -> None:
    viewmodel, job = begun(desk, visits.loaded())
    viewmodel.key("m")
    assert job.said == []
    viewmodel, job = talking(desk)
    job.tell(SessionClosed(at=30.0, reason="finished", n_utterances=4))
    viewmodel.key("m")
    assert job.said == []


def test_a_phrase_is_searched_and_chosen(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.key("/")
    viewmodel.type_text("allergic")
    viewmodel.key("enter")
    assert job.said == [FindPhrases("allergic")]
    job.tell(PhrasesFound("allergic", (Offered("allergies.any", "Any allergies?", "Alergias?"),)))
    viewmodel.key("1")
    assert job.said[1:] == [Press(Command.PHRASE, "allergies.any")]
    assert viewmodel.state.board.prompt is Prompt.NONE


def test_what_was_found_for_an_earlier_search_is_not_chosen_by_a_digit_of_a_later_one(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.key("/")
    viewmodel.type_text("allergic")
    job.tell(PhrasesFound("allergic", (Offered("allergies.any", "Any allergies?", "Alergias?"),)))
    viewmodel.type_text("pain in")
    viewmodel.key("1")
    assert job.said == []
    assert viewmodel.state.board.typed == "pain in1"


def test_what_the_doctor_types_is_said(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.key("w")
    viewmodel.type_text("Take one a day.")
    viewmodel.key("enter")
    assert job.said == [Press(Command.TYPE, "doctor: Take one a day.")]


def test_an_interpreter_is_called_with_the_reason(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.key("h")
    viewmodel.type_text("bad news")
    viewmodel.key("enter")
    assert job.said == [Press(Command.INTERPRETER, "bad news")]


def test_ending_asks_first(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.key("q")
    assert job.said == []
    viewmodel.key("enter")
    assert job.said == [Press(Command.END)]


def test_the_note_is_told_while_it_is_looked_at(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.key("o")
    job.tell(visits.note())
    viewmodel.show_note(is_on=False)
    assert job.said == [WatchNote(True), WatchNote(False)]
    assert viewmodel.state.note == visits.note().lines


def test_a_held_sentence_of_the_doctor_is_rephrased_by_changing_its_words(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.rephrase(UtteranceId(3))
    assert job.said == [Press(Command.SKIP, utterance=UtteranceId(3))]
    assert viewmodel.state.board.prompt is Prompt.WORDS
    assert viewmodel.state.board.typed == "Take 50 mg twice a day."


def test_a_held_sentence_of_the_patient_is_asked_for_again_by_a_reviewed_phrase(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.rephrase(UtteranceId(4))
    assert job.said == [Press(Command.SKIP, utterance=UtteranceId(4)), Press(Command.PHRASE, NOT_UNDERSTOOD)]


def test_the_phrase_that_asks_to_say_it_again_is_in_the_bank() -> None:
    from voicedoc.phrases.bank import PhraseBank

    phrase = PhraseBank.load().phrase(NOT_UNDERSTOOD)
    assert "say it again" in phrase.text["en"]
    assert phrase.speaker is not Role.PATIENT


# --- the advisor's words


def test_the_advisors_questions_get_their_words_in_the_doctors_language(desk: ScriptedDesk) -> None:
    viewmodel, _ = talking(desk)
    job = desk.job(ReadWordings)
    assert job.task == ReadWordings("en")
    assert job.process == "office"
    job.finish(Wordings({"a": "Where?"}, {}))
    assert viewmodel.wordings.questions == {"a": "Where?"}


def test_every_question_of_every_pack_has_words_in_each_language_of_the_interface() -> None:
    from voicedoc.converse.complaints.load import load_packs

    packs = load_packs()
    for language in ("en", "pt-BR", "es", "zh", "ar", "sv"):
        words = ReadWordings(language).run(None)  # type: ignore[arg-type]
        assert set(words.complaints) == set(packs.packs)
        assert all(words.questions.values())
    headache = ReadWordings("pt").run(None).complaints["headache"]  # type: ignore[arg-type]
    assert headache == "Dor de cabeça"


# --- an engine that is gone


def test_an_engine_that_dies_leaves_what_was_said_in_sight_and_one_click_goes_on(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    lines = viewmodel.state.talk.lines
    job.fail("the process ended", "", DIED)
    assert viewmodel.state.stage is Stage.TALK
    assert viewmodel.state.talk.lines == lines
    assert not viewmodel.state.is_live
    viewmodel.again()
    task = desk.job(HoldVisit).task
    assert (task.continued, task.checks) == ("7f3a9c2e", False)


def test_a_session_that_goes_on_shows_what_was_said_before_and_nothing_of_it_is_under_way(desk: ScriptedDesk) -> None:
    viewmodel = VisitViewModel(desk)
    viewmodel.arrive(Go(Place.VISIT, session="7f3a9c2e"))
    assert desk.job(HoldVisit).task.checks
    happened = [*visits.talk(), Pressed(at=20.5, command="pause")]
    desk.job(HoldVisit).tell(visits.loaded(), Earlier(tuple(happened)), Began("7f3a9c2e", 2))
    talk = viewmodel.state.talk
    assert [line.text for line in talk.in_order][:2] == [
        "Good morning. Where does it hurt?",
        talk.lines[UtteranceId(2)].text,
    ]
    assert not any(line.is_open for line in talk.lines.values())
    assert talk.waiting == []
    assert talk.lines[UtteranceId(5)].text == "And drink plenty"
    assert talk.lines[UtteranceId(3)].why == CUT_OFF
    assert talk.lines[UtteranceId(1)].step is Step.SAID
    assert not talk.resting
    assert viewmodel.state.is_live


# --- the patient's buttons


def test_yes_and_no_answer_what_the_patient_is_asked(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.patient_pressed(Button.YES)
    viewmodel.patient_pressed(Button.NO)
    assert job.said == [
        Press(Command.YES, utterance=UtteranceId(4)),
        Press(Command.NO, utterance=UtteranceId(4)),
    ]


def test_where_nothing_is_asked_yes_is_what_the_patient_says(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), *turn(1, 1.0, Role.DOCTOR, ("en", "Any pain?"), ("pt", "Alguma dor?"))])
    viewmodel.patient_pressed(Button.YES)
    assert job.said == [Press(Command.TYPE, "patient: Sim")]


def test_a_hold_that_waits_for_the_doctor_is_not_answered_by_the_patient(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*opened(), *held(1, 1.0)])
    viewmodel.patient_pressed(Button.YES)
    assert job.said == [Press(Command.TYPE, "patient: Sim")]


def test_what_the_patient_did_not_understand_is_said_again_and_the_doctor_is_told(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.patient_pressed(Button.NOT_UNDERSTOOD)
    assert job.said == [Press(Command.REPEAT, utterance=UtteranceId(1))]
    assert viewmodel.state.patient_says is PatientSays.NOT_UNDERSTOOD
    viewmodel.patient_was_heard()
    assert viewmodel.state.patient_says is PatientSays.NOTHING


def test_the_patients_stop_silences_the_voice_pauses_and_tells_the_doctor(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.patient_pressed(Button.STOP)
    assert job.said == [Press(Command.STOP), Press(Command.PAUSE)]
    assert viewmodel.state.patient_says is PatientSays.STOP
    viewmodel.patient_pressed(Button.GO_ON)
    assert job.said[2:] == [Press(Command.RESUME)]
    assert viewmodel.state.patient_says is PatientSays.NOTHING


def test_once_the_doctor_goes_on_the_patients_stop_is_no_longer_shown(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.patient_pressed(Button.STOP)
    job.tell(Pressed(at=21.0, command=Command.PAUSE))
    assert viewmodel.state.patient_says is PatientSays.STOP
    job.tell(Pressed(at=22.0, command=Command.RESUME))
    assert viewmodel.state.patient_says is PatientSays.NOTHING


def test_what_must_be_seen_is_told_at_the_foot_of_the_window_while_another_place_is_shown(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    heard = Heard(viewmodel.noticed)
    viewmodel.arrive(Go(Place.VISIT))
    job.tell(*visits.advice())
    assert heard.all == []
    viewmodel.leave()
    viewmodel.patient_pressed(Button.STOP)
    job.tell(DeviceLost(at=21.0, device="Yeti Nano", message="unplugged", remedy="plug it in"))
    about = {"at": 22.0, "utterance": UtteranceId(2), "signs": ("weak-arm",), "evidence": (UtteranceId(2),)}
    job.tell(AlarmRaised(**about, alarm="stroke", level="emergency", reason="Stroke?"))
    job.tell(Levels((-20.0,)))
    assert [notice.text for notice in heard.all if isinstance(notice, Notice)] == [
        "The patient wants to stop",
        "Yeti Nano is gone",
        "Emergency: Stroke?",
    ]


def test_a_patients_stop_stands_whatever_they_press_until_somebody_goes_on(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    viewmodel.patient_pressed(Button.STOP)
    viewmodel.patient_pressed(Button.NOT_UNDERSTOOD)
    assert viewmodel.state.patient_says is PatientSays.STOP
    job.tell(Pressed(at=22.0, command=Command.RESUME))
    assert viewmodel.state.patient_says is PatientSays.NOTHING


def test_before_anything_was_said_to_the_patient_there_is_nothing_to_repeat(desk: ScriptedDesk) -> None:
    happened: list[Event] = [*opened(), started(1, 1.0), partial(1, 2.0, "Good")]
    viewmodel, job = talking(desk, happened)
    viewmodel.patient_pressed(Button.NOT_UNDERSTOOD)
    assert job.said == []
    assert viewmodel.state.patient_says is PatientSays.NOT_UNDERSTOOD


# --- afterwards


def test_afterwards_the_session_is_reviewed_or_another_is_set_up(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk)
    job.finish(visits.ENDED)
    heard = Heard(viewmodel.wants)
    viewmodel.review()
    viewmodel.home()
    assert heard.all == [Go(Place.REVIEW, session="7f3a9c2e"), Go(Place.HOME)]
    assert viewmodel.state == VisitScreen()


def test_an_offered_phrase_is_said_by_its_digit(desk: ScriptedDesk) -> None:
    viewmodel, job = talking(desk, [*visits.talk(), visits.offered(20.0)])
    assert isinstance(viewmodel.state.talk.offers[0], OfferedPhrase)
    viewmodel.key("1")
    assert job.said == [Press(Command.PHRASE, "allergies.any", NO_UTTERANCE)]


def test_a_long_past_is_taken_in_little_by_little_and_what_comes_meanwhile_waits_for_it(
    qtbot: QtBot, desk: ScriptedDesk
) -> None:
    past = [event for n in range(1, 61) for event in turn(n, 5.0 * n, Role.DOCTOR, ("en", f"{n}"), ("pt", f"n{n}"))]
    viewmodel = VisitViewModel(desk)
    viewmodel.continue_session("7f3a9c2e")
    job = desk.job(HoldVisit)
    job.tell(visits.loaded(), Earlier((*opened(), *past)), Began("7f3a9c2e", 2))
    job.tell(started(61, 400.0), partial(61, 401.0, "So"))
    assert 0 < len(viewmodel.state.talk.lines) < 60
    qtbot.waitUntil(lambda: viewmodel.state.stage is Stage.TALK)
    assert len(viewmodel.state.talk.lines) == 61
    assert [line.is_open for line in viewmodel.state.talk.in_order].count(True) == 1


def test_an_engine_that_dies_while_the_past_is_taken_in_loses_none_of_it(desk: ScriptedDesk) -> None:
    past = [event for n in range(1, 61) for event in turn(n, 5.0 * n, Role.DOCTOR, ("en", f"{n}"), ("pt", f"n{n}"))]
    viewmodel = VisitViewModel(desk)
    viewmodel.continue_session("7f3a9c2e")
    desk.job(HoldVisit).tell(visits.loaded(), Earlier((*opened(), *past)), Began("7f3a9c2e", 2))
    desk.job(HoldVisit).fail("the process ended", "", DIED)
    assert len(viewmodel.state.talk.lines) == 60
    assert viewmodel.state.stage is Stage.TALK
    assert not viewmodel.state.is_live


def test_a_stored_session_goes_on_with_what_the_settings_say(desk: ScriptedDesk, tmp_path: Path) -> None:
    settings = SettingsStore(tmp_path / "desktop.toml")
    settings.change(advises=False, checks=False)
    VisitViewModel(desk, settings).arrive(Go(Place.VISIT, session="7f3a9c2e"))
    task = desk.job(HoldVisit).task
    assert (task.advises, task.checks) == (False, False)
