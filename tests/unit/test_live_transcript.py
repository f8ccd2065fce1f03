"""The transcript of a live session: an utterance that was reopened is there once, as it was in the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.transcripts import attributed, ended, heard, opening, translated
from voicedoc.core.events import (
    DeviceBack,
    DeviceLost,
    Event,
    InterpreterCalled,
    NotTranslated,
    TranscriptFinal,
    TurnCorrected,
    UtteranceReopened,
    VoiceCancelled,
)
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.core.time import Span
from voicedoc.export.transcript import transcript_of

pytestmark = pytest.mark.unit

FIRST, WHOLE = Span(1.0, 2.0), Span(1.0, 4.0)


def revision(number: int, span: Span, text: str, translation: str) -> list[Event]:
    """One revision of utterance 1 with all that follows from it."""
    key, said = UtteranceId(1), heard(text, "en", span)
    return [
        replace(ended(1, span), revision=number),
        TranscriptFinal(at=span.end, utterance=key, channel=0, span=span, hypothesis=said),
        attributed(1, span, said, "S1"),
        translated(1, span.end, text, translation, "en", "pt"),
    ]


CUT = revision(0, FIRST, "I have a", "Eu tenho um")
GIVEN_UP = NotTranslated(at=FIRST.end, utterance=UtteranceId(1), text="I have a", reason="it ends in mid-sentence")
REOPENED = UtteranceReopened(at=3.0, utterance=UtteranceId(1), channel=0, revision=1)
REST = revision(1, WHOLE, "I have a headache.", "Tenho dor de cabeça.")


def test_the_last_revision_stands_in_the_place_of_the_first() -> None:
    (line,) = transcript_of([opening("en", "pt"), *CUT, GIVEN_UP, REOPENED, *REST]).in_time()
    assert (line.text, line.text_in("pt"), line.span) == ("I have a headache.", "Tenho dor de cabeça.", WHOLE)
    assert not [warning for warning in line.warnings if "mid-sentence" in warning]


@pytest.mark.parametrize("n_late", [1, 2, 3, 4])
def test_what_follows_late_from_the_first_revision_does_not_count(n_late: int) -> None:
    """Recognition, attribution and translation of the cut utterance, done when it was whole already."""
    first = [*CUT, GIVEN_UP]
    early, late = first[:-n_late], first[-n_late:]
    (line,) = transcript_of([opening("en", "pt"), *early, REOPENED, REST[0], *late, *REST[1:]]).in_time()
    assert (line.text, line.text_in("pt")) == ("I have a headache.", "Tenho dor de cabeça.")
    assert not [warning for warning in line.warnings if "mid-sentence" in warning]


def test_a_revision_that_the_session_s_end_cut_short_says_so() -> None:
    (line,) = transcript_of([opening("en", "pt"), *CUT, REOPENED, REST[0]]).in_time()
    assert line.text == ""
    assert line.warnings == ["not recognised: the session ended first"]


def test_an_utterance_that_was_reopened_and_never_ended_again_is_as_it_was() -> None:
    (line,) = transcript_of([opening("en", "pt"), *CUT, REOPENED]).in_time()
    assert line.text == "I have a"


def test_a_corrected_role_stands_in_the_place_of_the_one_attributed() -> None:
    corrected = TurnCorrected(at=9.0, utterance=UtteranceId(1), role=Role.PATIENT)
    transcript = transcript_of([opening("en", "pt"), *CUT, corrected])
    (line,) = transcript.in_time()
    assert (line.role, line.text, transcript.title(line)) == (Role.PATIENT, "I have a", "patient")


@pytest.mark.parametrize(("reason", "told"), [("key", "it was stopped by a key"), ("words", "somebody spoke")])
def test_a_voice_that_was_cut_short_says_why(reason: str, told: str) -> None:
    cut = VoiceCancelled(at=5.0, utterance=UtteranceId(1), reason=reason, heard="Tenho")
    opened = replace(opening("en", "pt"), stages=("speak",))
    (line,) = transcript_of([opened, *REST, cut]).in_time()
    assert line.warnings == [f"not spoken, or not to its end: {told}"]


def test_what_happened_to_the_whole_visit_is_in_its_notices() -> None:
    events = [
        opening("en", "pt"),
        DeviceLost(at=61.0, device="Yeti", message="the microphone 'Yeti' is gone", remedy="plug it in"),
        DeviceBack(at=65.0, device="Yeti", seconds=4.0),
        InterpreterCalled(at=70.0, reason="bad news"),
    ]
    lost, back, called = transcript_of(events).notices
    assert "1:01" in lost and "plug it in" in lost
    assert "back, after 4.0 s" in back
    assert called.endswith("a human interpreter was called: bad news")
