"""The state of a live session: what each kind of event changes, and what no event may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.live_events import (
    SILENCE,
    answered,
    any_event,
    doubted,
    ended,
    held,
    kinds_of_events,
    opened,
    partial,
    started,
    translated,
    turn,
    understood,
    visit,
)
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Answered,
    Asked,
    AudioDamaged,
    BackendSwitched,
    ClauseShown,
    ClauseSpoken,
    Cleared,
    Consented,
    DeviceBack,
    DeviceLost,
    Event,
    Frame,
    InterpreterCalled,
    LagReport,
    Muted,
    NothingHeard,
    Notice,
    NotTranslated,
    OfferedPhrase,
    PhrasesOffered,
    Pressed,
    Reworded,
    RoleAssigned,
    SessionClosed,
    StageFailed,
    TaughtBack,
    TextCorrected,
    TurnCorrected,
    UtteranceReopened,
    VoiceCancelled,
    VoicePaused,
    VoiceResumed,
    Withdrawn,
)
from voicedoc.core.speech import Role, Translation, UtteranceId
from voicedoc.core.time import Span
from voicedoc.live import Room, opened_room
from voicedoc.view.advance import IGNORED, advance, taken
from voicedoc.view.state import MOST_NOTES, State, Step, figures_of

pytestmark = pytest.mark.unit

ONE = UtteranceId(1)
MORNING = ("en", "Good morning."), ("pt", "Bom dia.")


def after(*parts: Event | Iterable[Event], state: State | None = None) -> State:
    flat = [event for part in parts for event in ([part] if isinstance(part, Event) else part)]
    return reduce(advance, flat, state or State())


def one_turn() -> list[Event]:
    return [*opened(), *turn(1, 1.0, Role.DOCTOR, *MORNING)]


# --- every kind of event


@pytest.mark.parametrize("kind", kinds_of_events(), ids=lambda kind: kind.__name__)
def test_every_kind_of_event_is_shown_or_said_to_be_ignored(kind: type[Event]) -> None:
    assert (kind in taken()) != (kind in IGNORED)


@settings(max_examples=300, deadline=None)
@given(st.lists(any_event(), max_size=40))
def test_no_sequence_of_events_is_too_much(events: list[Event]) -> None:
    state = after(events)
    assert state.position == max((event.at for event in events), default=0.0)
    assert len(state.notes) <= MOST_NOTES
    assert figures_of(state).n_utterances <= len(state.lines)
    assert state.activity
    assert all(line in state.lines.values() for line in (*state.in_order, *state.waiting))


@settings(max_examples=200, deadline=None)
@given(st.lists(any_event(), max_size=20), any_event())
def test_a_state_is_never_changed_only_followed(events: list[Event], last: Event) -> None:
    state = after(events)
    before = (state.lines.copy() if isinstance(state.lines, dict) else None, state.notes, state.position)
    advance(state, last)
    assert before == (state.lines, state.notes, state.position)


@settings(max_examples=200, deadline=None)
@given(st.lists(any_event(), max_size=30), st.integers(0, 4))
def test_what_followed_from_an_earlier_revision_comes_too_late(late: list[Event], number: int) -> None:
    utterance = UtteranceId(number)
    moment = 100.0  # after every event that comes late
    again = [
        UtteranceReopened(at=moment, utterance=utterance, channel=0, revision=1),
        ended(number, 98.0, 101.0, revision=1),
        *understood(number, 98.0, 101.0, Role.DOCTOR, "en", "No pain."),
        translated(number, 101.5, Role.PATIENT, ("en", "No pain."), ("pt", "Sem dor.")),
    ]
    about = [event for event in late if getattr(event, "utterance", None) == utterance]
    fresh = after(again).lines[utterance]
    assert after(again, about).lines[utterance] == fresh
    mended = after(about, again).lines[utterance]
    assert (mended.text, mended.translation, mended.warnings) == ("No pain.", "Sem dor.", ())
    assert (mended.held, mended.question, mended.findings, dict(mended.sayings)) == (None, None, (), {})


# --- a turn


def test_a_turn_goes_from_speaking_to_said() -> None:
    steps = []
    state = State()
    for event in one_turn():
        state = advance(state, event)
        steps += [state.lines[ONE].step] if ONE in state.lines else []
    assert list(dict.fromkeys(steps)) == [
        Step.SPEAKING,
        Step.UNDERSTANDING,
        Step.TRANSLATING,
        Step.CHECKING,
        Step.WAITING,
        Step.SAYING,
        Step.SAID,
    ]
    line = state.lines[ONE]
    assert (line.role, line.text, line.translation) == (Role.DOCTOR, "Good morning.", "Bom dia.")
    assert not line.is_open


def test_without_a_voice_a_translation_is_shown() -> None:
    stages = ("capture", "segment", "confirm")
    events = [event for event in turn(1, 1.0, Role.DOCTOR, *MORNING) if not isinstance(event, ClauseSpoken)]
    cleared = [event for event in events if isinstance(event, Cleared)]
    assert after(opened(stages=stages), events[: events.index(cleared[0]) + 1]).lines[ONE].step is Step.SHOWN


def test_shown_words_give_way_to_newer_ones_and_to_what_was_said() -> None:
    state = after(started(1, 1.0), partial(1, 1.5, "Take", " fifty"), partial(1, 2.0, "Take fifteen", " milli"))
    assert (state.lines[ONE].stable, state.lines[ONE].unstable) == ("Take fifteen", " milli")
    final = after(ended(1, 1.0, 3.0), understood(1, 1.0, 3.0, Role.DOCTOR, "en", "Take 15 mg."), state=state)
    late = advance(final, partial(1, 3.5, "Take fifty"))
    assert (late.lines[ONE].text, late.lines[ONE].stable) == ("Take 15 mg.", "")


def test_a_reopened_utterance_keeps_its_words_in_sight_until_there_are_others() -> None:
    state = after(one_turn(), UtteranceReopened(at=4.2, utterance=ONE, channel=0, revision=1), started(1, 4.2))
    line = state.lines[ONE]
    assert (line.text, line.translation, line.unstable, line.step) == ("", "", "Good morning.", Step.SPEAKING)
    assert line.began == 1.0
    newer = advance(state, partial(1, 4.6, "Good morning. How", revision=1)).lines[ONE]
    assert (newer.stable, newer.unstable) == ("Good morning. How", "")


def test_what_the_machine_heard_of_itself_is_not_shown() -> None:
    own = NothingHeard(at=3.5, utterance=ONE, span=Span(1.0, 3.0), reason="own voice", discarded="Bom dia.")
    assert after(started(1, 1.0), ended(1, 1.0, 3.0), own).in_order == []


def test_text_that_was_taken_for_invented_is_told() -> None:
    noise = NothingHeard(at=3.5, utterance=ONE, span=Span(1.0, 3.0), reason="no speech", discarded="Thank you.")
    (line,) = after(started(1, 1.0), ended(1, 1.0, 3.0), noise).in_order
    assert line.warnings == ("not taken for speech (no speech): “Thank you.”",)


def test_a_speaker_whose_role_is_corrected_is_corrected_in_every_line() -> None:
    state = after(one_turn())
    known = replace(state, lines={ONE: replace(state.lines[ONE], speaker="S1")})
    named = RoleAssigned(at=9.0, speaker="S1", role=Role.PATIENT, confidence=1.0, reasons=())
    assert advance(known, named).lines[ONE].role is Role.PATIENT


def test_what_a_person_corrected_stands_in_the_place_of_what_was_understood() -> None:
    about = {"at": 9.0, "utterance": ONE, "editor": "Ana", "corrected": "2026-11-23T09:00:00+00:00"}
    said = TextCorrected(**about, language="en", spoken=True, before="Good morning.", text="Good evening.")
    meant = TextCorrected(**about, language="pt", spoken=False, before="Bom dia.", text="Boa noite.")
    line = after(one_turn(), said, meant).lines[ONE]
    assert (line.text, line.translation) == ("Good evening.", "Boa noite.")


def test_a_turn_that_is_read_again_in_the_other_language_waits_for_its_translation() -> None:
    state = after(one_turn(), TurnCorrected(at=6.0, utterance=ONE, role=Role.PATIENT))
    assert (state.lines[ONE].role, state.lines[ONE].translation) == (Role.PATIENT, "Bom dia.")
    again = after(understood(1, 1.0, 3.0, Role.PATIENT, "pt", "Bom dia.")[1:], state=state).lines[ONE]
    assert (again.text, again.translation, again.step) == ("Bom dia.", "", Step.TRANSLATING)


# --- what waits for somebody


def test_a_held_translation_waits_until_it_is_let_go_or_left_out() -> None:
    state = after(opened(), held(1, 1.0))
    assert [line.utterance for line in state.waiting] == [1]
    assert state.lines[ONE].step is Step.HELD
    clear = Cleared(
        at=3.5, utterance=ONE, listener=Role.PATIENT, language="pt", text="Tome 15 mg.", purpose="translation"
    )
    assert advance(state, clear).waiting == []
    left_out = advance(state, Withdrawn(at=3.5, utterance=ONE, reason="skipped"))
    assert (left_out.waiting, left_out.lines[ONE].step, left_out.lines[ONE].why) == ([], Step.WITHDRAWN, "skipped")


def test_a_question_stays_open_until_the_answer_is_clear() -> None:
    state = after(
        opened(), turn(1, 1.0, Role.PATIENT, ("pt", "Há 2 dias."), ("en", "For 2 days."))[:-4], doubted(1, 3.5)
    )
    assert [line.utterance for line in state.waiting] == [1]
    unclear = advance(state, answered(1, 6.0, "unclear"))
    assert [line.unclear for line in unclear.waiting] == [True]
    assert advance(unclear, answered(1, 8.0, "yes")).waiting == []


def test_a_question_that_is_spoken_does_not_end_the_utterance() -> None:
    state = after(
        opened(), turn(1, 1.0, Role.PATIENT, ("pt", "Há 2 dias."), ("en", "For 2 days."))[:-4], doubted(1, 3.5)
    )
    asked = Cleared(
        at=3.5, utterance=ONE, listener=Role.PATIENT, language="pt", text="Disse 2 dias?", purpose="question"
    )
    spoken = ClauseSpoken(at=3.5, utterance=ONE, clause=0, listener=Role.PATIENT, span=Span(4.0, 5.0))
    state = after(asked, spoken, state=state)
    assert [line.utterance for line in state.waiting] == [1]
    assert state.lines[ONE].step is Step.ASKED


@pytest.mark.parametrize(
    "over",
    [
        TaughtBack(
            at=9.0, utterance=UtteranceId(2), instruction=(ONE,), kept=(), missing=("50 mg",), changed=(), added=()
        ),
        Answered(at=9.0, utterance=ONE, kind="teach-back", answer="none", by="voice"),
    ],
)
def test_an_instruction_that_was_repeated_or_is_not_going_to_be_waits_for_nobody(over: Event) -> None:
    wanted = Asked(at=6.0, utterance=ONE, kind="teach-back", listener=Role.PATIENT, language="pt", text="Diga.")
    asked = after(one_turn(), wanted)
    assert asked.lines[ONE].step is Step.ASKED
    done = after(over, state=asked)
    assert done.waiting == []
    assert done.lines[ONE].step is Step.SAID


def test_the_question_that_was_asked_last_is_the_last() -> None:
    state = after(opened(), held(1, 1.0), held(2, 5.0))
    assert [line.utterance for line in state.waiting] == [1, 2]
    assert (figures_of(state).n_held, figures_of(state).n_asked) == (2, 2)


# --- the voice


def test_the_voice_pauses_resumes_and_is_cut_short() -> None:
    state = after(one_turn()[:-1])
    paused = advance(state, VoicePaused(at=4.0, utterance=ONE, reason="somebody speaks"))
    assert (paused.lines[ONE].step, paused.activity) == (Step.PAUSED, "voice waits")
    resumed = advance(paused, VoiceResumed(at=4.2, utterance=ONE, reason="a cough"))
    assert (resumed.lines[ONE].step, resumed.activity) == (Step.SAYING, "voice speaks to the patient")
    cut = advance(resumed, VoiceCancelled(at=4.4, utterance=ONE, reason="stopped", heard="Bom"))
    assert (cut.lines[ONE].step, cut.lines[ONE].why) == (Step.CUT, "stopped")


def test_a_clause_that_cannot_be_spoken_is_told_and_counts_as_done() -> None:
    shown = ClauseShown(
        at=3.5, utterance=ONE, clause=0, listener=Role.PATIENT, language="pt", text="Bom dia.", reason="no voice"
    )
    line = after(one_turn()[:-3], shown).lines[ONE]
    assert (line.step, line.warnings) == (Step.SHOWN, ("not spoken: “Bom dia.”: no voice",))


def test_the_delay_counts_from_the_end_of_speech_to_the_first_sound() -> None:
    figures = figures_of(after(one_turn(), turn(2, 6.0, Role.PATIENT, ("pt", "Sim."), ("en", "Yes."))))
    assert figures.delays == pytest.approx((1.0, 1.0))
    assert figures.median_delay == pytest.approx(1.0)
    assert (figures.n_doctor, figures.n_patient, figures.n_translated) == (1, 1, 2)


def test_a_phrase_that_was_chosen_has_a_line_without_an_original() -> None:
    said = Cleared(
        at=9.0,
        utterance=UtteranceId(2_000_000),
        listener=Role.PATIENT,
        language="pt",
        text="Posso gravar esta conversa?",
        purpose="phrase",
    )
    line = after(one_turn(), said).in_order[-1]
    assert (line.role, line.text, line.translation) == (Role.DOCTOR, "", "Posso gravar esta conversa?")


def test_phrases_are_offered_for_some_seconds() -> None:
    offer = PhrasesOffered(at=3.5, utterance=ONE, phrases=(OfferedPhrase("consent.record", 0.9, "May I?", "Posso?"),))
    state = after(one_turn(), offer)
    assert [phrase.id for phrase in state.offers] == ["consent.record"]
    assert advance(state, Notice(at=40.0, code="x", message="later")).offers == ()


# --- devices, keys, trouble


def test_a_device_that_comes_back_under_another_name_takes_the_lost_ones_place() -> None:
    lost = [
        DeviceLost(at=5.0, device="USB microphone", message="unplugged"),
        DeviceLost(at=9.0, device="Speaker", message="unplugged"),
    ]
    state = after(lost, DeviceBack(at=10.0, device="Built-in microphone", seconds=5.0))
    assert [gone.device for gone in state.lost] == ["Speaker"]
    assert state.notes[-1].text == "Built-in microphone serves again in place of USB microphone, after 5.0 s"
    assert advance(state, DeviceBack(at=11.0, device="Speaker", seconds=2.0)).lost == ()
    assert [note.text for note in state.notes if note.kind == "trouble"] == ["Speaker: unplugged"]  # one is over


def test_buttons_and_pauses_are_seen() -> None:
    talk = after(Pressed(at=1.0, command=Command.TALK, argument="patient"))
    assert talk.talking is Role.PATIENT
    assert advance(talk, Pressed(at=2.0, command=Command.RELEASE)).talking is None
    paused = after(Pressed(at=1.0, command=Command.PAUSE))
    assert (paused.resting, paused.activity) == (True, "not listening")
    assert not advance(paused, Pressed(at=2.0, command=Command.RESUME)).resting
    assert after(Pressed(at=1.0, command=Command.END)).activity == "ending"


def test_with_push_to_talk_nobody_is_listened_to_until_there_is_a_button() -> None:
    room = opened_room(Room(push_to_talk=True))
    assert after(opened_room(Room())).activity == "listening"
    state = after(room)
    assert (state.activity, state.waits_for_button) == ("waits for the button", True)
    talk = advance(state, Pressed(at=1.0, command=Command.TALK, argument="patient"))
    assert (talk.activity, talk.waits_for_button) == ("listening", False)


@pytest.mark.parametrize("reason", ["answered", "asked again"])
def test_a_question_that_is_over_is_no_translation_that_is_cut_short(reason: str) -> None:
    state = after(one_turn(), VoiceCancelled(at=4.4, utterance=ONE, reason=reason, heard=""))
    assert state.lines[ONE].step is Step.SAID


def test_lag_is_told_while_it_lasts() -> None:
    state = after(LagReport(at=5.0, stage="recognize", seconds=2.5, measure="partials skipped"))
    assert state.behind is not None
    assert state.behind.stage == "recognize"
    assert after(LagReport(at=6.0, stage="recognize", seconds=0.0), state=state).behind is None
    assert after(Notice(at=30.0, code="x", message="later"), state=state).behind is None


@pytest.mark.parametrize(
    ("event", "kind", "words"),
    [
        (Notice(at=1.0, code="no-voice", message="no voice for 'hi'"), "notice", "no voice"),
        (AudioDamaged(at=1.0, kind="clipped", span=Span(0.0, 1.0), message="too loud"), "trouble", "too loud"),
        (BackendSwitched(at=1.0, role="voice", before="a", after="b", reason="gone"), "trouble", "b instead of a"),
        (InterpreterCalled(at=1.0, reason="surgery"), "done", "human interpreter called: surgery"),
        (StageFailed(at=1.0, utterance=UtteranceId(0), stage="speak", message="no sound"), "trouble", "speak failed"),
        (
            TaughtBack(
                at=1.0,
                utterance=ONE,
                instruction=(ONE,),
                kept=("50 mg",),
                missing=("twice a day",),
                changed=(),
                added=(),
            ),
            "trouble",
            "missing: twice a day",
        ),
    ],
)
def test_what_the_user_must_see_is_a_note(event: Event, kind: str, words: str) -> None:
    (note,) = after(event).notes
    assert note.kind == kind
    assert words in note.text


def test_a_failed_utterance_says_why_and_is_counted() -> None:
    failed = StageFailed(at=3.5, utterance=ONE, stage="translate", message="out of memory", remedy="a smaller model")
    state = after(one_turn()[:6], failed)
    assert state.lines[ONE].step is Step.FAILED
    assert state.lines[ONE].warnings == ("translate failed: out of memory → a smaller model",)
    assert figures_of(state).n_failed == 1


def test_other_things_a_user_should_know_stand_with_the_utterance() -> None:
    made = Translation("Bom dia!", "en", "pt", ("other",))
    events = (
        Reworded(at=3.5, utterance=ONE, listener=Role.PATIENT, way="clause by clause", before="Dia.", translation=made),
        NotTranslated(at=3.5, utterance=UtteranceId(2), text="Hm.", reason="no words"),
    )
    state = after(one_turn()[:7], events)
    assert state.lines[ONE].translation == "Bom dia!"
    assert "translated again" in state.lines[ONE].warnings[0]
    assert state.lines[UtteranceId(2)].step is Step.UNTRANSLATED


def test_the_rest_is_known_too() -> None:
    state = after(
        visit(),
        Frame(at=17.5, channel=0, first_sample=0, samples=SILENCE),
        Muted(at=8.0, span=Span(7.0, 8.0)),
        Consented(at=0.0, agreed=True, texts=(), languages=()),
        SessionClosed(at=17.0, reason="finished", n_utterances=4),
    )
    assert state.position == 17.5
    assert (state.muted, state.agreed, state.activity) == (Span(7.0, 8.0), True, "ended: finished")
