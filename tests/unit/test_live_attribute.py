"""Who spoke in a live session: which evidence counts, what is learned from it, and what a person corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.helpers.recordings import events_of, of_kind
from tests.helpers.utterances import utterance
from voicedoc.attribute.diarizer import Voice
from voicedoc.attribute.evidence import ENOUGH_PRINTS, LiveAttributor
from voicedoc.attribute.live import AttributeLive
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.events import (
    NO_UTTERANCE,
    Event,
    NothingHeard,
    Notice,
    Pressed,
    TranscriptFinal,
    TurnAttributed,
    TurnCorrected,
    Utterance,
)
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.errors import BackendFailed
from voicedoc.runtime.worker import InlineWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

VISIT = Visit("en", "pt")
DOCTOR, PATIENT = 0.25, 0.75
"""Loudness by which `embed` tells the two people of these tests apart."""


def embed(samples: Samples) -> Voice:
    """Two voices at right angles, by loudness; 0.5 is as like one as the other."""
    angle = (float(np.abs(samples).max()) - DOCTOR) * np.pi
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


def said(
    number: int,
    text: str,
    language: str = "en",
    *,
    sure: float = 1.0,
    voice: float = DOCTOR,
    start: float | None = None,
    seconds: float = 2.0,
    channel: int = 0,
) -> list[Event]:
    """An utterance and its words."""
    sound = as_samples(np.full(round(seconds * SPEECH_RATE), voice, np.float32))
    heard = utterance(sound, start=10.0 * number if start is None else start, number=number, channel=channel)
    return [heard, _words(heard, Hypothesis(text, language, sure, 0.9))]


def _words(heard: Utterance, hypothesis: Hypothesis) -> TranscriptFinal:
    return TranscriptFinal(
        at=heard.at, utterance=heard.utterance, channel=heard.channel, span=heard.span, hypothesis=hypothesis
    )


def pressed(command: str, argument: str = "", *, at: float = 0.0, about: int = NO_UTTERANCE) -> Pressed:
    return Pressed(at=at, command=command, argument=argument, utterance=UtteranceId(about))


def reread(utterance: Utterance, language: str) -> Hypothesis:
    return Hypothesis("Não." if language == "pt" else "No.", language, 1.0, 0.8)


def stage(*, channels: dict[int, Role] | None = None, voices: bool = True, rereads: bool = True) -> AttributeLive:
    return AttributeLive(
        LiveAttributor(VISIT, channels=channels),
        VISIT,
        embed=embed if voices else None,
        embed_worker=InlineWorker(),
        reread=reread if rereads else None,
        reread_worker=InlineWorker(),
    )


async def turns(inbox: Sequence[list[Event] | Event], attribute: AttributeLive | None = None) -> list[TurnAttributed]:
    flat = [event for one in inbox for event in (one if isinstance(one, list) else [one])]
    return of_kind(TurnAttributed, await events_of(attribute or stage(), *flat))


def who(found: list[TurnAttributed]) -> list[tuple[Role, str]]:
    return [(turn.role, turn.method) for turn in found]


# --- the order of evidence


async def test_a_sure_language_tells_who_spoke() -> None:
    found = await turns([said(1, "Any pain?"), said(2, "Dói-me o peito.", "pt", voice=PATIENT)])
    assert who(found) == [(Role.DOCTOR, "language"), (Role.PATIENT, "language")]
    assert [(turn.utterance, turn.at) for turn in found] == [(1, 12.0), (2, 22.0)]


async def test_a_channel_is_stronger_than_a_language() -> None:
    channels = {0: Role.DOCTOR, 1: Role.PATIENT}
    found = await turns([said(1, "Obrigado.", "pt"), said(2, "Yes.", channel=1)], stage(channels=channels))
    assert who(found) == [(Role.DOCTOR, "channel"), (Role.PATIENT, "channel")]
    assert [turn.hypothesis.language for turn in found] == ["pt", "en"], "what was said stays"


async def test_a_button_is_stronger_than_anything() -> None:
    inbox = [pressed("talk", "patient", at=9.9), *said(1, "Any pain?", sure=0.99), pressed("release", at=12.1)]
    found = await turns([*inbox, *said(2, "Any pain?")])
    assert who(found) == [(Role.PATIENT, "button"), (Role.DOCTOR, "language")]
    found = await turns(inbox, stage(channels={0: Role.PATIENT, 1: Role.DOCTOR}))
    assert who(found) == [(Role.PATIENT, "button")]


async def test_a_button_counts_for_what_was_said_while_it_was_held() -> None:
    inbox = [pressed("talk", "patient", at=11.5), pressed("release", at=13.0), *said(1, "Any pain?")]
    assert who(await turns(inbox)) == [(Role.DOCTOR, "language")]


async def test_a_button_opens_its_owner_s_microphone_alone() -> None:
    inbox = [pressed("talk", "patient", at=9.0), *said(1, "Any pain?"), *said(2, "Sim.", "pt", start=10.0, channel=1)]
    found = await turns(inbox, stage(channels={0: Role.DOCTOR, 1: Role.PATIENT}))
    assert who(found) == [(Role.DOCTOR, "channel"), (Role.PATIENT, "button")]


async def test_a_voice_that_was_heard_before_tells_where_the_language_does_not() -> None:
    learned = [said(1, "Any pain?"), said(2, "Dói-me o peito.", "pt", voice=PATIENT)]
    found = await turns([*learned, said(3, "No.", sure=0.55, voice=PATIENT), said(4, "No.", sure=0.55)])
    assert who(found)[2:] == [(Role.PATIENT, "voice"), (Role.DOCTOR, "voice")]
    assert all(0.6 < turn.confidence < 1.0 for turn in found[2:])


async def test_one_voice_alone_tells_itself_and_the_other() -> None:
    found = await turns([said(1, "Any pain?"), said(2, "Mm.", sure=0.5, voice=PATIENT), said(3, "Mm.", sure=0.5)])
    assert who(found)[1:] == [(Role.PATIENT, "voice"), (Role.DOCTOR, "voice")]


async def test_a_voice_between_the_two_tells_nothing_and_then_the_last_speaker_counts() -> None:
    learned = [said(1, "Any pain?"), said(2, "Dói-me o peito.", "pt", voice=PATIENT)]
    unclear = said(3, "No.", sure=0.55, voice=(DOCTOR + PATIENT) / 2, start=23.0)
    found = await turns([*learned, unclear, said(4, "No.", sure=0.55, voice=0.5)])
    assert who(found)[2:] == [(Role.PATIENT, "last speaker"), (Role.DOCTOR, "language")]
    assert [turn.confidence for turn in found[2:]] == [0.5, 0.55]


async def test_too_short_a_sound_is_not_compared() -> None:
    found = await turns([said(1, "Any pain?"), said(2, "No.", sure=0.55, voice=PATIENT, seconds=0.4)])
    assert who(found)[1] == (Role.DOCTOR, "language")


async def test_it_does_without_voices() -> None:
    inbox = [said(1, "Dói-me o peito.", "pt", voice=PATIENT), said(2, "No.", sure=0.55, voice=PATIENT, start=13.0)]
    assert who(await turns(inbox, stage(voices=False))) == [(Role.PATIENT, "language"), (Role.PATIENT, "last speaker")]


# --- what is learned


async def test_nothing_is_learned_from_what_is_not_sure_or_too_short() -> None:
    doubtful = [said(1, "No.", sure=0.8), said(2, "No.", seconds=0.9), said(3, "Mm.", sure=0.5)]
    attribute = stage()
    await turns(doubtful, attribute)
    (unknown,) = of_kind(TranscriptFinal, said(4, "Mm.", sure=0.5))
    assert not attribute.attributor.needs_voice(unknown)


async def test_only_so_much_is_learned_and_nobody_waits_for_it() -> None:
    order: list[str] = []

    def noting(samples: Samples) -> Voice:
        order.append("print")
        return embed(samples)

    async def emit(event: Event) -> None:
        order.append("turn")

    async def inbox():  # type: ignore[no-untyped-def]
        for number in range(1, ENOUGH_PRINTS + 3):
            for event in said(number, "Any pain?"):
                yield event

    await replace(stage(), embed=noting).run(inbox(), emit)
    assert order == ["turn", "print"] * ENOUGH_PRINTS + ["turn"] * 2


# --- the language of short answers


LEARNED = [*said(1, "Any pain?"), *said(2, "Dói-me o peito.", "pt", voice=PATIENT)]


async def test_a_short_answer_is_read_again_in_the_language_of_the_voice() -> None:
    (_, _, turn) = await turns([*LEARNED, *said(3, "Now.", sure=0.55, voice=PATIENT)])
    assert (turn.role, turn.hypothesis.text, turn.hypothesis.language) == (Role.PATIENT, "Não.", "pt")
    assert turn.hypothesis.language_confidence == turn.confidence < 1.0


async def test_a_sure_reading_is_never_read_again() -> None:
    inbox = [pressed("talk", "doctor", at=0.0), *said(1, "Obrigado.", "pt", sure=0.9)]
    (turn,) = await turns(inbox)
    assert (turn.role, turn.hypothesis.text) == (Role.DOCTOR, "Obrigado.")


async def test_who_spoke_last_is_too_weak_to_read_again() -> None:
    inbox = [*said(1, "Dói-me.", "pt"), *said(2, "No.", sure=0.55, start=13.0, voice=PATIENT)]
    assert [turn.hypothesis.text for turn in await turns(inbox, stage(voices=False))] == ["Dói-me.", "No."]


@pytest.mark.parametrize("again", [Hypothesis("", "pt", 1.0, 0.0), BackendFailed("no")], ids=["nothing", "failure"])
async def test_a_second_reading_without_words_leaves_the_first(again: Hypothesis | BackendFailed) -> None:
    def reading(utterance: Utterance, language: str) -> Hypothesis:
        if isinstance(again, BackendFailed):
            raise again
        return again

    (_, _, turn) = await turns([*LEARNED, *said(3, "Now.", sure=0.55, voice=PATIENT)], replace(stage(), reread=reading))
    assert (turn.role, turn.hypothesis.text) == (Role.PATIENT, "Now.")


# --- corrections


async def test_a_person_corrects_who_it_was_and_the_words_stay() -> None:
    events = await events_of(stage(), *said(1, "Any pain?"), pressed("speaker", "patient", at=13.0, about=1))
    first, corrected = events
    assert isinstance(first, TurnAttributed)
    assert corrected == TurnCorrected(at=13.0, utterance=UtteranceId(1), role=Role.PATIENT)


async def test_a_correction_without_a_number_is_about_the_last() -> None:
    events = await events_of(stage(), *LEARNED, pressed("speaker", "doctor", at=30.0))
    assert of_kind(TurnCorrected, events) == [TurnCorrected(at=30.0, utterance=UtteranceId(2), role=Role.DOCTOR)]


async def test_a_corrected_voice_is_learned_anew() -> None:
    """By language the first is the doctor's; then somebody says it was the patient."""
    inbox = [*said(1, "Any pain?", voice=PATIENT), pressed("speaker", "patient", about=1)]
    found = await turns([*inbox, *said(2, "Mm.", sure=0.5, voice=PATIENT), *said(3, "Mm.", sure=0.5)])
    assert who(found)[1:] == [(Role.PATIENT, "voice"), (Role.DOCTOR, "voice")]


async def test_a_correction_of_words_read_in_the_other_s_language_reads_them_again() -> None:
    (_, again) = await turns([*said(1, "Now.", sure=0.55), pressed("speaker", "patient", about=1)])
    assert (again.utterance, again.role, again.method, again.hypothesis.text) == (1, Role.PATIENT, "button", "Não.")


async def test_a_correction_before_there_are_words_counts_when_they_come_and_after_a_reopening() -> None:
    heard, words = said(1, "Any pain?")
    found = await turns([heard, pressed("speaker", "patient", about=1), words, heard, words])
    assert who(found) == [(Role.PATIENT, "button")] * 2


@pytest.mark.parametrize(
    "key", [pressed("speaker", "nurse", about=1), pressed("speaker", "doctor", about=9), pressed("repeat")]
)
async def test_other_keys_change_nothing(key: Pressed) -> None:
    events = await events_of(stage(), *said(1, "Any pain?"), key, *said(2, "Any pain?"))
    assert [type(event) for event in events] == [TurnAttributed] * 2


async def test_a_correction_before_anything_was_said_is_about_nothing() -> None:
    events = await events_of(stage(), pressed("speaker", "patient"), *said(1, "Any pain?"))
    assert [event.role for event in of_kind(TurnAttributed, events)] == [Role.DOCTOR]


# --- the interpreter's own voice; words that overtake their sound


async def test_what_the_interpreter_said_is_nobody_s() -> None:
    attribute = replace(stage(), own_voice=lambda transcript: transcript.hypothesis.text == "Dói-lhe o peito?")
    events = await events_of(attribute, *said(1, "Dói-lhe o peito?", "pt"), *said(2, "Sim.", "pt"))
    heard, turn = events
    assert isinstance(heard, NothingHeard)
    assert (heard.utterance, heard.reason, heard.discarded) == (1, "own voice", "Dói-lhe o peito?")
    assert isinstance(turn, TurnAttributed)


async def test_what_sounds_like_the_interpreter_is_nobody_s_whatever_it_was_read_as_and_is_told() -> None:
    told: list[float] = []

    def echo_heard(at: float) -> Notice | None:
        told.append(at)
        return Notice(at=at, code="echo-heard", message="it hears itself") if len(told) == 1 else None

    attribute = replace(stage(), own_sound=lambda utterance: utterance.utterance < 3, echo_heard=echo_heard)
    events = await events_of(attribute, *said(1, "Dold."), *said(2, "I do that."), *said(3, "Sim.", "pt"))
    assert [type(event) for event in events] == [NothingHeard, Notice, NothingHeard, TurnAttributed]
    assert [event.discarded for event in events if isinstance(event, NothingHeard)] == ["Dold.", "I do that."]
    assert len(told) == 2


async def test_words_that_come_before_their_sound_wait_for_it() -> None:
    heard, words = said(3, "Now.", sure=0.55, voice=PATIENT)
    assert who(await turns([*LEARNED, words, heard]))[2:] == [(Role.PATIENT, "voice")]


async def test_words_of_a_reopened_utterance_wait_for_its_whole_sound() -> None:
    early, first = said(3, "Now.", sure=0.55, voice=PATIENT, seconds=0.4)
    whole, second = said(3, "Now I see.", sure=0.55, voice=PATIENT)
    found = await turns([*LEARNED, early, first, second, whole])
    assert [turn.method for turn in found[2:]] == ["language", "voice"]


async def test_words_whose_sound_never_comes_are_attributed_all_the_same() -> None:
    _, words = said(1, "Any pain?")
    assert who(await turns([words])) == [(Role.DOCTOR, "language")]


async def test_an_attributor_says_who_by_whatever_it_has() -> None:
    attributor = LiveAttributor(VISIT)
    _, words = said(1, "No.", sure=0.5)
    assert isinstance(words, TranscriptFinal)
    assert attributor.tell(words).method == "language"
