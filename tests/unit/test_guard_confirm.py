"""Confirmation, told as conversations between an English-speaking doctor and a Portuguese-speaking patient."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.helpers.utterances import outcomes
from voicedoc.core.events import (
    NO_UTTERANCE,
    Answered,
    Asked,
    Cleared,
    Event,
    Guarded,
    Held,
    Notice,
    NotTranslated,
    Pressed,
    TaughtBack,
    TurnAttributed,
    UtteranceReopened,
    Withdrawn,
)
from voicedoc.core.speech import Hypothesis, Role, Translation, UtteranceId, Visit, Word
from voicedoc.core.time import Span
from voicedoc.errors import ConfigError
from voicedoc.guard.asking import Asking
from voicedoc.guard.confirm import Confirm
from voicedoc.guard.confirmation import SOONEST

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

VISIT = Visit("en", "pt")
READ = Asking(read_back=("dose", "drug", "allergy"))
DOCTOR, PATIENT = Role.DOCTOR, Role.PATIENT

TWENTY, VINTE = "Take twenty milligrams twice a day.", "Tome vinte miligramas duas vezes por dia."
ASKED = "You said: twenty milligrams twice a day. Correct?"


def turn(
    number: int, text: str, *, role: Role = DOCTOR, at: float | None = None, seconds: float = 1.0, unsure: str = ""
) -> TurnAttributed:
    """An utterance of `seconds` that ends at `at` (ten seconds after the one before)."""
    at = 10.0 * number if at is None else at
    words = tuple(Word(word, Span(0, 1), 0.1 if word == unsure else 0.9) for word in text.split())
    language = VISIT.doctor if role is DOCTOR else VISIT.patient
    return TurnAttributed(
        at=at,
        utterance=UtteranceId(number),
        span=Span(at - seconds, at),
        role=role,
        method="channel",
        confidence=1.0,
        hypothesis=Hypothesis(text, language, 1.0, 0.9, words),
    )


def passed(said: TurnAttributed, text: str = "…") -> Guarded:
    source = said.hypothesis.language
    return Guarded(
        at=said.at,
        utterance=said.utterance,
        listener=VISIT.listener(source),
        translation=Translation(text, source, VISIT.other(source), ("scripted",)),
        n_findings=0,
    )


def held(said: TurnAttributed, text: str = "…") -> Held:
    guarded = passed(said, text)
    return Held(
        at=said.at,
        utterance=said.utterance,
        listener=guarded.listener,
        translation=guarded.translation,
        back="",
        differences=("20 is 200",),
        n_attempts=0,
    )


def said(number: int, text: str, translation: str = "…", **how: object) -> list[Event]:
    spoken = turn(number, text, **how)  # type: ignore[arg-type]  # those of `turn`
    return [spoken, passed(spoken, translation)]


def refused(number: int, text: str, translation: str = "…", **how: object) -> list[Event]:
    spoken = turn(number, text, **how)  # type: ignore[arg-type]  # those of `turn`
    return [spoken, held(spoken, translation)]


def key(command: str, about: int = 0, *, at: float = 100.0) -> list[Event]:
    return [Pressed(at=at, command=command, utterance=UtteranceId(about))]


def went_on(number: int, at: float) -> list[Event]:
    return [UtteranceReopened(at=at, utterance=UtteranceId(number), channel=0, revision=1)]


def told(events: Iterable[Event]) -> list[str]:
    """Events in short: "ask 1 doctor", "say 1 patient: …", "drop 2: why"."""
    short: dict[type, Callable[..., str]] = {
        Asked: lambda e: f"ask {e.utterance} {e.listener}: {e.text}",
        Answered: lambda e: f"{e.answer} {e.utterance} by {e.by}" + (f" in {e.words}" if e.words else ""),
        Cleared: lambda e: f"{'say' if e.purpose == 'translation' else 'voice'} {e.utterance} {e.listener}: {e.text}",
        Withdrawn: lambda e: f"drop {e.utterance}: {e.reason}",
        Notice: lambda e: f"notice {e.code}",
        TaughtBack: lambda e: f"taught {e.utterance} of {list(e.instruction)}",
    }
    return [short[type(event)](event) for event in events]


async def all_of(*parts: list[Event], options: Asking = READ) -> list[Event]:
    return await outcomes(Confirm(VISIT, options), [event for part in parts for event in part])


async def course(*parts: list[Event], options: Asking = READ) -> list[str]:
    return told(await all_of(*parts, options=options))


QUESTION = [f"ask 1 doctor: {ASKED}", f"voice 1 doctor: {ASKED}"]
AGAIN = "voice 1 doctor: Please say it again."


async def test_a_clean_translation_passes_at_once():
    events = await all_of(said(1, "How are you?", "Como está?"))
    (only,) = events
    assert told(events) == ["say 1 patient: Como está?"]
    assert isinstance(only, Cleared) and (only.at, only.language, only.critical) == (10.0, "pt", False)


async def test_without_a_profiles_wish_nothing_is_read_back():
    assert await course(said(1, TWENTY, VINTE), options=Asking()) == [f"say 1 patient: {VINTE}"]


async def test_a_dose_waits_for_the_speakers_yes():
    events = await all_of(said(1, TWENTY, VINTE), said(2, "Yes."))
    assert told(events) == [*QUESTION, "yes 1 by voice in 2", f"say 1 patient: {VINTE}", "drop 2: an answer"]
    asked, voiced = events[:2]
    assert (
        isinstance(asked, Asked) and asked.kind == "read-back" and asked.items == ("twenty milligrams", "twice a day")
    )
    assert isinstance(voiced, Cleared) and voiced.critical and voiced.purpose == "question"


async def test_the_patients_dose_is_read_back_to_the_patient_in_their_language():
    events = await course(said(1, "Tomo quinhentos miligramas.", "I take 500 mg.", role=PATIENT))
    assert events[0] == "ask 1 patient: Disse: quinhentos miligramas. Certo?"


async def test_a_no_withdraws_it_and_asks_to_say_it_again():
    assert await course(said(1, TWENTY), said(2, "No.")) == [
        *QUESTION, "no 1 by voice in 2", "drop 1: the speaker said no", AGAIN, "drop 2: an answer",
    ]  # fmt: skip


async def test_a_full_correction_takes_the_place_of_what_was_said():
    events = await course(
        said(1, TWENTY), said(2, "No, fifteen milligrams once a day.", "Não, quinze."), said(3, "Yes.")
    )
    question = "You said: No, fifteen milligrams once a day. Correct?"
    assert events == [
        *QUESTION, "no 1 by voice in 2", "drop 1: the speaker corrected it", f"ask 2 doctor: {question}",
        f"voice 2 doctor: {question}", "yes 2 by voice in 3", "say 2 patient: Não, quinze.", "drop 3: an answer",
    ]  # fmt: skip


async def test_a_bare_correction_is_to_be_said_again():
    assert await course(said(1, TWENTY), said(2, "No, fifteen.")) == [
        *QUESTION, "no 1 by voice in 2", "drop 1: the speaker corrected it", AGAIN,
        "drop 2: a correction that is to be said again",
    ]  # fmt: skip


async def test_an_unclear_answer_is_asked_once_more_and_then_waits_for_a_key():
    talk = [said(1, TWENTY, VINTE), said(2, "Mm-hm."), said(3, "What?"), said(4, "Yes.")]
    assert await course(*talk, key("yes", 1)) == [
        *QUESTION, "unclear 1 by voice in 2", *QUESTION, "drop 2: no plain answer",
        "unclear 1 by voice in 3", "notice waits-for-key", "drop 3: no plain answer",
        "notice waits-in-line", "yes 1 by key", f"say 1 patient: {VINTE}", "say 4 patient: …",
    ]  # fmt: skip


async def test_a_statement_leaves_the_question_open_and_waits_behind_it():
    assert await course(said(1, TWENTY, VINTE), said(2, "Yes, but not on Sundays.", "Mas"), said(3, "Yes.")) == [
        *QUESTION, "unclear 1 by voice", *QUESTION, "notice waits-in-line",
        "yes 1 by voice in 3", f"say 1 patient: {VINTE}", "say 2 patient: Mas", "drop 3: an answer",
    ]  # fmt: skip


async def test_the_other_one_may_talk_meanwhile():
    events = await course(said(1, TWENTY, VINTE), said(2, "Sim.", "Yes.", role=PATIENT), said(3, "Yes."))
    assert events == [
        *QUESTION, "say 2 doctor: Yes.", "yes 1 by voice in 3", f"say 1 patient: {VINTE}", "drop 3: an answer",
    ]  # fmt: skip


async def test_what_was_begun_before_anybody_could_hear_the_question_answers_nothing():
    soon = 10.0 + SOONEST
    early = said(2, "Yes.", "Sim.", at=soon + 0.5)
    assert "yes 1 by voice in 2" not in await course(said(1, TWENTY), early)
    assert "yes 1 by voice in 2" in await course(said(1, TWENTY), said(2, "Yes.", at=soon + 1.0))


async def test_nobody_answers_in_time_and_a_key_still_does():
    events = await all_of(said(1, TWENTY, VINTE), said(2, "Yes.", "Sim.", at=31.5), key("yes"))
    assert told(events) == [
        *QUESTION, "none 1 by voice", "notice waits-for-key", "notice waits-in-line",
        "yes 1 by key", f"say 1 patient: {VINTE}", "say 2 patient: Sim.",
    ]  # fmt: skip
    assert [event.at for event in events[2:4]] == [30.0, 30.0]


async def test_keys_answer_as_words_do():
    assert await course(said(1, TWENTY, VINTE), key("yes")) == [*QUESTION, "yes 1 by key", f"say 1 patient: {VINTE}"]
    no = [*QUESTION, "no 1 by key", "drop 1: the speaker said no", AGAIN]
    assert await course(said(1, TWENTY, VINTE), key("no", 1)) == no
    assert await course(said(1, TWENTY, VINTE), key("say")) == [*QUESTION, "yes 1 by key", f"say 1 patient: {VINTE}"]
    assert await course(said(1, TWENTY, VINTE), key("skip")) == [*QUESTION, "no 1 by key", "drop 1: skipped"]


async def test_a_key_that_comes_before_its_question_is_kept_for_it():
    spoken = turn(1, TWENTY)
    events = await course([spoken], key("yes", 1, at=12.0), [passed(spoken, VINTE)])
    assert events == [*QUESTION, "yes 1 by key", f"say 1 patient: {VINTE}"]


async def test_a_key_for_nothing_is_told():
    assert await course(key("yes")) == ["notice nothing-to-answer"]
    assert await course(said(1, "Hello."), key("no", 1)) == ["say 1 patient: …", "notice nothing-to-answer"]
    assert await course(said(1, "Hello."), key("repeat")) == ["say 1 patient: …"]


HOLD = "ask 1 doctor: The translation may not say what was said. Speak it anyway, or skip it?"


async def test_a_held_translation_is_shown_to_the_clinician_and_waits_for_a_key():
    events = await all_of(refused(1, TWENTY, VINTE), key("say"))
    assert told(events) == [HOLD, "yes 1 by key", f"say 1 patient: {VINTE}"]
    assert isinstance(events[0], Asked) and (events[0].kind, events[0].items) == ("hold", ("20 is 200",))
    assert await course(refused(1, TWENTY), key("skip", 1)) == [HOLD, "no 1 by key", "drop 1: skipped"]
    assert await course(refused(1, TWENTY), key("no")) == [
        HOLD, "notice nothing-to-answer", "drop 1: the session ended",
    ]  # fmt: skip


async def test_the_key_yes_does_not_let_a_held_translation_go():
    assert await course(refused(1, TWENTY), key("yes", 1)) == [
        HOLD, "notice nothing-to-answer", "drop 1: the session ended",
    ]  # fmt: skip


async def test_a_patients_held_translation_is_shown_to_the_clinician_too():
    events = await course(
        refused(1, "Tomo vinte.", "200", role=PATIENT), said(2, "Sim.", "Yes.", role=PATIENT), key("say")
    )
    assert events == [HOLD, "notice waits-in-line", "yes 1 by key", "say 1 doctor: 200", "say 2 doctor: Yes."]


async def test_a_spoken_yes_lets_a_held_translation_go_only_where_the_profile_says_so():
    events = await course(refused(1, TWENTY, VINTE), said(2, "Yes.", "Sim."))
    assert events[1:] == ["notice waits-in-line", "drop 1: the session ended", "drop 2: the session ended"]
    options = Asking(say_by_voice=True)
    events = await course(refused(1, TWENTY, VINTE), said(2, "Sim.", role=PATIENT), said(3, "Yes."), options=options)
    assert events == [
        HOLD, "say 2 doctor: …", "yes 1 by voice in 3", f"say 1 patient: {VINTE}", "drop 3: an answer",
    ]  # fmt: skip
    events = await course(refused(1, TWENTY), said(2, "No."), options=options)
    assert events == [HOLD, "no 1 by voice in 2", "drop 1: skipped", "drop 2: an answer"]
    events = await course(refused(1, TWENTY), said(2, "Mm-hm."), options=options)
    assert "notice waits-in-line" in events and "drop 2: no plain answer" not in events


DOUBT = "ask 1 doctor: Did you say: fifteen milligrams?"


async def test_what_the_recogniser_was_not_sure_of_is_asked_back():
    unsure = said(1, "Take fifteen milligrams.", "15 mg", unsure="fifteen")
    events = await all_of(unsure, said(2, "Yes."), options=Asking())
    assert told(events) == [
        DOUBT, DOUBT.replace("ask", "voice"), "yes 1 by voice in 2", "say 1 patient: 15 mg", "drop 2: an answer",
    ]  # fmt: skip
    assert isinstance(events[0], Asked) and events[0].kind == "doubt"
    assert await course(unsure, options=Asking(ask_doubts=False)) == ["say 1 patient: 15 mg"]
    assert await course(unsure, options=Asking(doubt_below=0.05)) == ["say 1 patient: 15 mg"]


async def test_what_is_doubtful_and_critical_is_asked_in_one_question():
    (first, *_) = await course(said(1, "Take fifteen milligrams twice a day.", unsure="fifteen"))
    assert first == "ask 1 doctor: Did you say: fifteen milligrams twice a day?"


async def test_a_doubtful_held_translation_is_first_confirmed_by_its_speaker():
    events = await course(
        refused(1, "Take fifteen milligrams.", unsure="fifteen"), said(2, "Yes."), key("say", 1), options=Asking()
    )
    assert events == [
        DOUBT, DOUBT.replace("ask", "voice"), "yes 1 by voice in 2", HOLD, "drop 2: an answer",
        "yes 1 by key", "say 1 patient: …",
    ]  # fmt: skip


async def test_a_question_to_the_patient_is_not_read_back():
    assert await course(said(1, "Do you take metformin?", "?")) == ["say 1 patient: ?"]


async def test_an_utterance_that_goes_on_voids_its_question_and_its_answer_is_that_of_the_next_revision():
    again = turn(1, "Take twenty milligrams twice a day, with food.", at=14.0, seconds=5.0)
    events = await course(said(1, TWENTY), went_on(1, 11.0), [again, passed(again, "Com comida")], said(2, "Yes."))
    question = "You said: twenty milligrams twice a day, with food. Correct?"
    assert events[:3] == [*QUESTION, "drop 1: reopened"]
    assert events[3:] == [
        f"ask 1 doctor: {question}", f"voice 1 doctor: {question}", "yes 1 by voice in 2", "say 1 patient: Com comida",
        "drop 2: an answer",
    ]  # fmt: skip


async def test_what_is_on_its_way_of_an_utterance_that_goes_on_is_dropped():
    old, new = turn(1, "Take", at=10.0), turn(1, "Take care.", at=12.0, seconds=3.0)
    assert await course([old], went_on(1, 10.5), [passed(old), new, passed(new, "Cuide-se.")]) == [
        "drop 1: reopened", "say 1 patient: Cuide-se.",
    ]  # fmt: skip
    assert await course(went_on(1, 10.5), [old, passed(old)]) == ["drop 1: reopened"]


async def test_a_yes_that_goes_on_opens_the_question_again():
    longer = turn(2, "Yes, but I meant fifteen.", at=22.0, seconds=3.0)
    events = await course(said(1, TWENTY, VINTE), said(2, "Yes."), went_on(2, 20.5), [longer, passed(longer)])
    assert events[:5] == [*QUESTION, "yes 1 by voice in 2", f"say 1 patient: {VINTE}", "drop 2: an answer"]
    assert events[5:7] == ["drop 1: the answer goes on", f"ask 1 doctor: {ASKED}"]
    assert f"say 1 patient: {VINTE}" not in events[7:]
    assert "unclear 1 by voice" in events[7:]


async def test_a_no_that_goes_on_opens_the_question_again():
    longer = turn(2, "No… yes, correct, twenty.", at=22.0, seconds=3.0)
    events = await course(
        said(1, TWENTY, VINTE), said(2, "No."), went_on(2, 20.5), [longer, passed(longer)], key("yes", 1)
    )
    assert events[-3:] == ["drop 2: no plain answer", "yes 1 by key", f"say 1 patient: {VINTE}"]


async def test_one_question_is_open_at_a_time_also_after_an_answer_that_goes_on():
    second = "You said: ten milligrams. Correct?"
    longer = turn(3, "Yes, exactly.", at=33.0, seconds=4.0)
    events = await course(
        said(1, TWENTY, VINTE),
        said(2, "And take ten milligrams.", "B"),
        said(3, "Yes."),
        went_on(3, 30.5),
        [longer, passed(longer)],
        said(4, "Yes.", at=40.0),
    )
    assert events[events.index("drop 1: the answer goes on") :] == [
        "drop 1: the answer goes on", f"ask 1 doctor: {ASKED}", "yes 1 by voice in 3", f"say 1 patient: {VINTE}",
        f"ask 2 doctor: {second}", f"voice 2 doctor: {second}", "drop 3: an answer",
        "yes 2 by voice in 4", "say 2 patient: B", "drop 4: an answer",
    ]  # fmt: skip


async def test_what_a_key_has_answered_stays_answered_when_an_earlier_answer_goes_on():
    longer = turn(2, "Mm-hm, good.", at=22.0, seconds=3.0)
    events = await course(
        said(1, TWENTY, VINTE), said(2, "Mm-hm."), key("yes", 1, at=20.2), went_on(2, 20.5), [longer, passed(longer)]
    )
    assert events[-2:] == [f"say 1 patient: {VINTE}", "say 2 patient: …"]


async def test_a_turn_that_cannot_be_translated_holds_nobody_up():
    lost = turn(1, "Hm", at=10.0)
    nothing = NotTranslated(at=10.0, utterance=UtteranceId(1), text="Hm", reason="there are no words")
    assert await course([lost, nothing], said(2, "Hello.", "Olá.")) == ["say 2 patient: Olá."]
    assert await course([lost], said(2, "Hello.", "Olá.")) == ["say 2 patient: Olá."]


async def test_a_translation_that_arrives_before_its_turn_waits_for_it():
    first = turn(1, TWENTY)
    assert await course([passed(first, VINTE), first], options=Asking()) == [f"say 1 patient: {VINTE}"]
    assert await course([passed(first, VINTE)], options=Asking()) == ["drop 1: the session ended"]


INSTRUCTION = [said(1, "Take one tablet twice a day.", "A"), said(2, "For seven days.", "B")]


async def test_a_repetition_is_compared_with_what_the_doctor_said():
    events = await all_of(
        *INSTRUCTION,
        key("teach-back", at=25.0),
        said(3, "Um comprimido duas vezes por dia.", "x", role=PATIENT),
        said(4, "Por sete dias.", "y", role=PATIENT),
        said(5, "Sete dias, sim senhor doutor.", "z", role=PATIENT),
        options=Asking(read_back=("dose",)),
    )
    events = [event for event in events if event.at > 24]
    assert told(events)[:2] == [
        "ask 2 patient: Por favor, diga com as suas palavras o que lhe foi explicado agora.",
        "voice 2 patient: Por favor, diga com as suas palavras o que lhe foi explicado agora.",
    ]
    first, second = [event for event in events if isinstance(event, TaughtBack)]
    assert first.instruction == second.instruction == (1, 2)
    assert (first.missing, second.missing) == (("seven days",), ())
    assert set(second.kept) >= {"one tablet", "twice a day", "seven days"}


async def test_a_repetition_is_translated_and_not_read_back():
    events = await course(
        *INSTRUCTION,
        key("yes", 1, at=15.0),
        key("teach-back", 1, at=25.0),
        said(3, "Hum.", "m", role=PATIENT),
        said(4, "Um comprimido.", "One tablet.", role=PATIENT),
        options=Asking(read_back=("dose",)),
    )
    assert events[-3:] == ["say 3 doctor: m", "taught 4 of [1]", "say 4 doctor: One tablet."]


async def test_the_doctor_going_on_ends_a_teach_back():
    events = await course(
        *INSTRUCTION,
        key("teach-back", at=25.0),
        said(3, "Okay.", "Ok."),
        said(4, "Please come back on Monday.", "Volte."),
        said(5, "Um comprimido duas vezes por dia, sete dias.", "One", role=PATIENT),
        options=Asking(),
    )
    assert "none 2 by voice" in events
    assert not [line for line in events if line.startswith("taught")]


async def test_an_instruction_is_what_the_patient_has_heard_since_they_last_spoke():
    events = await all_of(
        said(1, "Take 20 mg.", "A"),
        said(2, "Tenho muita dor de cabeça hoje.", "B", role=PATIENT),
        refused(3, "Take 50 mg."),
        key("skip"),
        said(4, "Rest for two days.", "C", at=120.0),
        key("teach-back", at=125.0),
        options=Asking(),
    )
    assert [event.utterance for event in events if isinstance(event, Asked) and event.kind == "teach-back"] == [4]


async def test_without_an_instruction_there_is_nothing_to_teach_back():
    assert await course(said(1, "Hello."), key("teach-back")) == ["say 1 patient: …", "notice nothing-to-teach-back"]
    assert await course(*INSTRUCTION, key("teach-back", 9), options=Asking()) == [
        "say 1 patient: A", "say 2 patient: B", "notice nothing-to-teach-back",
    ]  # fmt: skip


async def test_every_event_names_its_cause_and_is_declared():
    events = await all_of(*INSTRUCTION, key("yes"), key("teach-back"), said(20, "Dois.", role=PATIENT), key("no"))
    assert {type(event) for event in events} <= Confirm.emits
    assert all(event.at >= 10.0 for event in events)
    assert all(getattr(event, "utterance", 1) != NO_UTTERANCE for event in events)


@pytest.mark.parametrize("options", [{"read_back": ("doses",)}, {"doubt_below": 2.0}, {"answer_within": 0.0}])
async def test_a_wrong_option_is_named(options: dict[str, object]):
    with pytest.raises(ConfigError):
        Asking(**options)  # type: ignore[arg-type]  # that is the point
