"""The stage that says who spoke in a whole recording."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.utterances import outcomes, utterance
from voicedoc.attribute.by_turns import read_speaker_turns
from voicedoc.attribute.speakers import AttributeSpeakers
from voicedoc.core.events import (
    Diarized,
    Event,
    Notice,
    RoleAssigned,
    TranscriptFinal,
    TurnAttributed,
    Utterance,
    UtteranceDivided,
)
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Word
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import ConfigError

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


def said(
    text: str, start: float, end: float, *, number: int = 1, channel: int = 0, language: str = "en", timed: bool = True
) -> TranscriptFinal:
    """A transcript whose words, at an even pace, fill its span."""
    words = text.split()
    edges = np.linspace(start, end, len(words) + 1).tolist()
    spans = [Span(*edge) for edge in pairwise(edges)]
    timed_words = tuple(Word(word, span, 0.9) for word, span in zip(words, spans, strict=True)) if timed else ()
    return TranscriptFinal(
        at=end + 0.5,
        utterance=UtteranceId(number),
        channel=channel,
        span=Span(start, end),
        hypothesis=Hypothesis(text, language, 0.9, 0.9, timed_words),
    )


def diarized(*rows: tuple[str, float, float], at: float = 20.0) -> Diarized:
    return Diarized(at=at, channel=0, turns=tuple(SpeakerTurn(Span(start, end), who) for who, start, end in rows))


def nothing_in(number: int, start: float) -> Utterance:
    return utterance(start=start, number=number)


def of(kind: type[Event], events: list[Event]) -> list[Event]:
    return [event for event in events if type(event) is kind]


def turns_of(events: list[Event]) -> list[TurnAttributed]:
    return [event for event in events if isinstance(event, TurnAttributed)]


CONSULTATION = [
    said("Good morning. What brings you in? I've had a cough.", 0.0, 5.0, number=1),
    said("Do you smoke?", 6.0, 7.0, number=2),
    said("I smoke a little.", 8.0, 9.0, number=3),
]
VOICES = diarized(("S1", 0.0, 3.0), ("S2", 3.0, 5.0), ("S1", 6.0, 7.0), ("S2", 8.0, 9.0))


async def test_voices_divide_utterances_and_get_roles() -> None:
    events = await outcomes(AttributeSpeakers(("en",)), [VOICES, *CONSULTATION, nothing_in(7, 15.0)])
    kinds = [type(event).__name__ for event in events]
    assert kinds == ["RoleAssigned"] * 2 + ["UtteranceDivided"] + ["TurnAttributed"] * 4
    doctor, patient = of(RoleAssigned, events)
    assert isinstance(doctor, RoleAssigned) and isinstance(patient, RoleAssigned)
    assert (doctor.speaker, doctor.role, patient.speaker, patient.role) == ("S1", Role.DOCTOR, "S2", Role.PATIENT)
    assert doctor.at == patient.at == VOICES.at
    (divided,) = of(UtteranceDivided, events)
    assert divided == UtteranceDivided(at=5.5, utterance=UtteranceId(1), parts=(UtteranceId(1), UtteranceId(8)))
    rows = [(turn.utterance, turn.speaker, turn.role, turn.hypothesis.text) for turn in turns_of(events)]
    assert rows == [
        (1, "S1", Role.DOCTOR, "Good morning. What brings you in?"),
        (8, "S2", Role.PATIENT, "I've had a cough."),
        (2, "S1", Role.DOCTOR, "Do you smoke?"),
        (3, "S2", Role.PATIENT, "I smoke a little."),
    ]
    assert [turn.at for turn in turns_of(events)] == [5.5, 5.5, 7.5, 9.5]
    assert all(turn.method == "voice" and 0.7 < turn.confidence <= 1.0 for turn in turns_of(events))


async def test_the_order_of_arrival_does_not_matter() -> None:
    one = await outcomes(AttributeSpeakers(("en",)), [VOICES, *CONSULTATION])
    other = await outcomes(AttributeSpeakers(("en",)), [*reversed(CONSULTATION), VOICES])
    assert one == other


async def test_each_channel_is_a_speaker() -> None:
    inbox = [
        said("Where does it hurt? Show me.", 0.0, 3.0, number=1, channel=0),
        said("It hurts here. I feel sick.", 2.0, 4.0, number=2, channel=1),
    ]
    stage = AttributeSpeakers(("en",), method="channel")
    assert Diarized not in stage.consumes
    events = await outcomes(stage, inbox)
    assert not of(UtteranceDivided, events)
    rows = [(turn.utterance, turn.speaker, turn.role, turn.method) for turn in turns_of(events)]
    assert rows == [(1, "C1", Role.DOCTOR, "channel"), (2, "C2", Role.PATIENT, "channel")]
    assert [turn.hypothesis for turn in turns_of(events)] == [transcript.hypothesis for transcript in inbox]


async def test_who_changes_the_language_on_a_channel_has_a_part_in_each() -> None:
    both = said("Where does it hurt? No lado esquerdo?", 0.0, 7.0)
    mixed = replace(both, hypothesis=replace(both.hypothesis, languages=("en",) * 4 + ("pt",) * 3))
    events = await outcomes(AttributeSpeakers(("en", "pt"), method="channel"), [mixed])
    assert [(turn.speaker, turn.hypothesis.language, turn.hypothesis.text) for turn in turns_of(events)] == [
        ("C1", "en", "Where does it hurt?"),
        ("C1", "pt", "No lado esquerdo?"),
    ]
    assert len(of(UtteranceDivided, events)) == 1


async def test_a_role_given_to_a_channel_wins() -> None:
    inbox = [said("Where does it hurt?", 0.0, 3.0, channel=0), said("It hurts.", 4.0, 5.0, number=2, channel=1)]
    events = await outcomes(AttributeSpeakers(("en",), method="channel", given={"C2": Role.DOCTOR}), inbox)
    assert [turn.role for turn in turns_of(events)] == [Role.PATIENT, Role.DOCTOR]
    assert turns_of(events)[1].confidence == 1.0


async def test_a_role_given_to_nobody_is_noticed() -> None:
    stage = AttributeSpeakers(("en",), given={"S3": Role.DOCTOR})
    (notice,) = of(Notice, await outcomes(stage, [VOICES, *CONSULTATION]))
    assert isinstance(notice, Notice)
    assert (notice.code, notice.remedy) == ("no-such-speaker", "speakers here: S1, S2")


async def test_given_turns_keep_their_names_and_their_roles(tmp_path: Path) -> None:
    path = tmp_path / "turns.rttm"
    path.write_text("SPEAKER v 1 0.0 3.0 <NA> <NA> Doctor\nSPEAKER v 1 3.0 7.0 <NA> <NA> Ana\n")
    stage = AttributeSpeakers(("en",), method="turns", turns=tuple(read_speaker_turns(path)))
    assert Diarized not in stage.consumes
    events = await outcomes(stage, [said("I feel sick. My head. It hurts here. I feel bad.", 0.0, 6.0)])
    rows = [(turn.speaker, turn.role, turn.method) for turn in turns_of(events)]
    assert rows == [("Doctor", Role.DOCTOR, "turns"), ("Ana", Role.PATIENT, "turns")]


async def test_roles_that_nothing_tells_are_noticed_once_with_what_to_type() -> None:
    inbox = [said("Yes.", 0.0, 1.0), said("Yes.", 2.0, 3.0, number=2), diarized(("S1", 0.0, 1.0), ("S2", 2.0, 3.0))]
    events = await outcomes(AttributeSpeakers(("en",)), inbox)
    (notice,) = of(Notice, events)
    assert isinstance(notice, Notice)
    assert (notice.code, notice.at) == ("roles-unclear", 20.0)
    assert notice.remedy == "voicedoc sessions rename FOLDER S1=doctor"
    assert [(turn.role, turn.confidence) for turn in turns_of(events)] == [(Role.UNKNOWN, 0.0)] * 2


async def test_a_voice_sample_reaches_the_roles() -> None:
    voices = {"S1": np.array([0.0, 1.0], np.float32), "S2": np.array([1.0, 0.0], np.float32)}
    heard = Diarized(at=20.0, channel=0, turns=VOICES.turns, voices=voices)
    stage = AttributeSpeakers(("en",), samples={Role.DOCTOR: np.array([1.0, 0.0], np.float32)})
    events = await outcomes(stage, [heard, *CONSULTATION])
    assert {turn.speaker: turn.role for turn in turns_of(events)} == {"S1": Role.PATIENT, "S2": Role.DOCTOR}


@pytest.mark.parametrize("found", [[], [diarized()]], ids=["no diarization", "no turns"])
async def test_without_turns_two_languages_tell(found: list[Diarized]) -> None:
    inbox = [said("Where?", 0.0, 1.0), said("Aqui.", 2.0, 3.0, number=2, language="pt"), *found]
    events = await outcomes(AttributeSpeakers(("en", "pt")), inbox)
    assert [(turn.role, turn.method, turn.speaker) for turn in turns_of(events)] == [
        (Role.DOCTOR, "language", ""),
        (Role.PATIENT, "language", ""),
    ]
    assert len(events) == 2


async def test_without_turns_and_with_one_language_nobody_is_known() -> None:
    events = await outcomes(AttributeSpeakers(("en",)), CONSULTATION)
    assert [(turn.role, turn.confidence) for turn in turns_of(events)] == [(Role.UNKNOWN, 0.0)] * 3
    assert [turn.hypothesis for turn in turns_of(events)] == [transcript.hypothesis for transcript in CONSULTATION]


async def test_an_utterance_without_word_times_stays_whole() -> None:
    events = await outcomes(AttributeSpeakers(("en",)), [VOICES, said("Where? Here.", 2.0, 5.0, timed=False)])
    (turn,) = turns_of(events)
    assert (turn.utterance, turn.speaker, turn.hypothesis.text) == (1, "S2", "Where? Here.")
    assert turn.hypothesis.doubts


async def test_nothing_said_emits_nothing() -> None:
    assert await outcomes(AttributeSpeakers(("en",)), [VOICES, nothing_in(1, 0.0)]) == []


async def test_only_voices_need_a_diarizer() -> None:
    assert AttributeSpeakers(("en",)).consumes == {Utterance, TranscriptFinal, Diarized}
    assert AttributeSpeakers(("en",), method="turns").consumes == {Utterance, TranscriptFinal}


async def test_names_in_a_file_of_turns_may_be_anybodys(tmp_path: Path) -> None:
    path = tmp_path / "turns.json"
    path.write_text('[{"start": 0, "end": 4.0, "speaker": "SPEAKER_00"}]')
    assert read_speaker_turns(path) == [SpeakerTurn(Span(0.0, 4.0), "SPEAKER_00")]
    path.write_text("[]")
    with pytest.raises(ConfigError, match="no turns"):
        read_speaker_turns(path)
