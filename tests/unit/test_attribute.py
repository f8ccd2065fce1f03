"""Who spoke: by language, by channel, by turns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.utterances import outcomes
from voicedoc.attribute.by_channel import ByChannel
from voicedoc.attribute.by_language import ByLanguage
from voicedoc.attribute.by_turns import ByTurns, read_turns
from voicedoc.attribute.role import Attributor
from voicedoc.attribute.stage import ENOUGH, Attribute
from voicedoc.core.events import Notice, TranscriptFinal, TurnAttributed
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.core.turns import GivenTurn
from voicedoc.errors import ConfigError

pytestmark = pytest.mark.unit

VISIT = Visit("en", "pt-BR")
TURNS = [
    GivenTurn(Span(0.0, 4.0), Role.DOCTOR),
    GivenTurn(Span(4.0, 10.0), Role.PATIENT),
    GivenTurn(Span(12.0, 13.0), Role.DOCTOR),
]


def said(
    language: str = "en",
    *,
    sure: float = 1.0,
    start: float = 0.0,
    end: float | None = None,
    channel: int = 0,
    number: int = 1,
) -> TranscriptFinal:
    span = Span(start, start + 1.0 if end is None else end)
    hypothesis = Hypothesis("text", language, sure, 0.9)
    return TranscriptFinal(
        at=span.end + 0.5, utterance=UtteranceId(number), channel=channel, span=span, hypothesis=hypothesis
    )


def test_each_is_known_by_their_language() -> None:
    attributor = ByLanguage(VISIT)
    assert attributor.attribute(said("en", sure=0.9)) == (Role.DOCTOR, 0.9)
    assert attributor.attribute(said("pt-BR", sure=0.8)) == (Role.PATIENT, 0.8)


def test_an_uncertain_language_right_after_somebody_is_the_same_speaker() -> None:
    attributor = ByLanguage(VISIT)
    attributor.attribute(said("pt-BR", start=0.0, end=2.0))
    assert attributor.attribute(said("en", sure=0.55, start=2.3, end=2.6)) == (Role.PATIENT, 0.5)


def test_an_uncertain_language_after_a_pause_decides_with_its_own_confidence() -> None:
    attributor = ByLanguage(VISIT)
    attributor.attribute(said("pt-BR", start=0.0, end=2.0))
    assert attributor.attribute(said("en", sure=0.55, start=5.0, end=5.3)) == (Role.DOCTOR, 0.55)


def test_somebody_on_another_channel_is_not_the_same_speaker() -> None:
    attributor = ByLanguage(VISIT)
    attributor.attribute(said("pt-BR", start=0.0, end=2.0, channel=1))
    assert attributor.attribute(said("en", sure=0.55, start=2.1, end=2.4)).role is Role.DOCTOR


def test_each_is_known_by_their_microphone_whatever_they_speak() -> None:
    attributor = ByChannel({0: Role.DOCTOR, 1: Role.PATIENT})
    assert attributor.attribute(said("pt-BR", channel=0)) == (Role.DOCTOR, 1.0)
    assert attributor.attribute(said("en", channel=1)) == (Role.PATIENT, 1.0)
    assert attributor.attribute(said("en", channel=2)) == (Role.UNKNOWN, 0.0)


def test_channels_without_roles_are_refused() -> None:
    with pytest.raises(ConfigError, match="role"):
        ByChannel({})


def test_an_utterance_belongs_to_the_turn_that_covers_most_of_it() -> None:
    attributor = ByTurns(TURNS)
    assert attributor.attribute(said(start=1.0, end=3.0)) == (Role.DOCTOR, 1.0)
    assert attributor.attribute(said(start=3.0, end=7.0)) == (Role.PATIENT, 0.75)
    assert attributor.attribute(said(start=10.5, end=11.5)) == (Role.UNKNOWN, 0.0)


def test_turns_of_one_role_count_together() -> None:
    assert ByTurns(TURNS).attribute(said(start=3.0, end=12.9)).role is Role.PATIENT
    several = [GivenTurn(Span(n, n + 0.4), Role.DOCTOR) for n in range(4)] + [GivenTurn(Span(1.4, 2.0), Role.PATIENT)]
    assert ByTurns(several).attribute(said(start=0.0, end=4.0)).role is Role.DOCTOR


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 9), st.sampled_from(Role)), min_size=1), st.floats(0, 60))
def test_the_confidence_is_a_share(rows: list[tuple[float, float, Role]], start: float) -> None:
    turns = [GivenTurn(Span(begin, begin + length), role) for begin, length, role in rows]
    attribution = ByTurns(turns).attribute(said(start=start, end=start + 3.0))
    assert 0.0 <= attribution.confidence <= 1.0


# --- files of turns


def test_rttm_and_json_give_the_same_turns(tmp_path: Path) -> None:
    rttm, listed = tmp_path / "turns.rttm", tmp_path / "turns.json"
    rttm.write_text(
        ";; a comment\nSPEAKER visit 1 0.0 4.0 <NA> <NA> Doctor <NA> <NA>\n\nSPEAKER visit 1 4 6 <NA> <NA> Ana\n"
    )
    listed.write_text(
        '[{"start": 0, "end": 4.0, "speaker": "doctor"},\n {"start": 4.0, "end": 10, "speaker": "ana", "text": "Dói."}]'
    )
    speakers = {"Ana": Role.PATIENT}
    assert read_turns(rttm, speakers) == read_turns(listed, speakers) == TURNS[:2]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.rttm", "SPEAKER v 1 0 1 x x doctor\nSPEAKER v 1 0 1 x x SPEAKER_00\n", "line 2: nobody knows .*SPEAKER_00"),
        ("a.rttm", "\nSPEAKER v 1 zero 1 x x doctor\n", "line 2: 'zero'"),
        ("a.rttm", "SPEAKER v 1 nan 1 x x doctor\n", "line 1: 'nan'"),
        ("a.rttm", "SPEAKER v 1 5\n", "line 1 has 4 fields"),
        ("a.rttm", "SPEAKER v 1 5 0 x x doctor\n", "line 1: a turn from 5.0 s to 5.0 s"),
        ("a.rttm", "SPKR-INFO v 1\n", "no turns"),
        ("a.json", "[]", "no turns"),
        ("a.json", "[\n{", "not JSON.*line 2"),
        ("a.json", '{"start": 1}', "no list"),
        ("a.json", '[\n {"start": 0, "end": 1, "speaker": "doctor"},\n\n {"start": 1}]', "line 4: a turn has"),
        ("a.json", '[{"start": -1, "end": 1, "speaker": "doctor"}]', "line 1: a turn from -1.0"),
        ("a.json", '[{"start": null, "end": 1, "speaker": "doctor"}]', "line 1: 'None'"),
    ],
)
def test_a_wrong_file_of_turns_says_where(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as caught:
        read_turns(path)
    assert caught.value.remedy


def test_a_missing_file_of_turns_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read turns"):
        read_turns(tmp_path / "none.rttm")


def test_no_turns_at_all_are_refused() -> None:
    with pytest.raises(ConfigError, match="no turns"):
        ByTurns([])


# --- the stage


@pytest.mark.anyio
async def test_a_sentence_in_the_others_language_keeps_its_speaker_and_its_language() -> None:
    (turn,) = await outcomes(
        Attribute(ByChannel({0: Role.DOCTOR}), Visit("en", "pt")), [said("pt-BR", channel=0, number=5)]
    )
    assert isinstance(turn, TurnAttributed)
    assert (turn.role, turn.hypothesis.language, turn.method, turn.utterance) == (Role.DOCTOR, "pt-BR", "channel", 5)


async def _notices(attributor: Attributor, languages: list[str]) -> list[Notice]:
    inbox = [said(language, number=number) for number, language in enumerate(languages, start=1)]
    events = await outcomes(Attribute(attributor, Visit("en", "pt")), inbox)
    assert sum(isinstance(event, TurnAttributed) for event in events) == len(languages)
    return [event for event in events if isinstance(event, Notice)]


@pytest.mark.anyio
async def test_one_language_alone_is_noticed_once() -> None:
    (notice,) = await _notices(ByLanguage(VISIT), ["en"] * (3 * ENOUGH))
    assert notice.code == "one-language"
    assert "--turns" in notice.remedy
    assert notice.at == said().at


@pytest.mark.anyio
async def test_nothing_is_noticed_where_both_are_heard_or_the_language_does_not_matter() -> None:
    assert not await _notices(ByLanguage(VISIT), ["en"] * (ENOUGH - 1))
    assert not await _notices(ByLanguage(VISIT), ["en"] * (ENOUGH - 1) + ["pt-BR"] + ["en"] * ENOUGH)
    assert not await _notices(ByChannel({0: Role.DOCTOR}), ["en"] * (3 * ENOUGH))


@pytest.mark.anyio
async def test_swapped_channels_are_noticed_once() -> None:
    swapped = ByChannel({0: Role.PATIENT, 1: Role.DOCTOR})
    inbox = [said(language, channel=channel) for _ in range(4) for channel, language in ((0, "en"), (1, "pt"))]
    notices = [e for e in await outcomes(Attribute(swapped, Visit("en", "pt")), inbox) if isinstance(e, Notice)]
    assert [notice.code for notice in notices] == ["roles-do-not-fit"]
    assert "--channels" in notices[0].remedy


@pytest.mark.anyio
async def test_channels_that_fit_are_not_noticed() -> None:
    right = ByChannel({0: Role.DOCTOR, 1: Role.PATIENT})
    inbox = [said(language, channel=channel) for _ in range(4) for channel, language in ((0, "en"), (1, "pt"))]
    events = await outcomes(Attribute(right, Visit("en", "pt")), inbox)
    assert not [e for e in events if isinstance(e, Notice)]
