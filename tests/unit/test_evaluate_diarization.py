"""Who spoke when: diarization scores, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.evaluate.diarization import error_rate, jaccard_errors, time_errors
from voicedoc.evaluate.rows import Account, Row
from voicedoc.evaluate.scorers import SCORERS

pytestmark = pytest.mark.unit

DURATION = 20.0
TRUTH = (("a", 1.0, 5.0), ("b", 5.0, 9.0), ("a", 10.0, 12.0))  # 10 s of speech


def turns(*spoken: tuple[str, float, float]) -> tuple[SpeakerTurn, ...]:
    return tuple(SpeakerTurn(Span(start, end), who) for who, start, end in spoken)


def errors(*found: tuple[str, float, float], collar: float = 0.0) -> tuple[float, ...]:
    return tuple(round(count, 6) for count in time_errors(turns(*TRUTH), turns(*found), DURATION, collar))


def moved(seconds: float, names: dict[str, str] | None = None) -> list[tuple[str, float, float]]:
    named = names or {"a": "S1", "b": "S2"}
    return [(named[who], start + seconds, end + seconds) for who, start, end in TRUTH]


def test_other_names_are_no_error():
    assert errors(*moved(0.0)) == (0.0, 0.0, 0.0, 10.0)
    assert errors(*moved(0.0, {"a": "b", "b": "a"})) == (0.0, 0.0, 0.0, 10.0)


def test_a_shift_costs_its_length_at_each_boundary():
    # Late by 0.2 s: missed at 1 and 10, added at 9 and 12, and at 5 the one is said to be the other.
    assert errors(*moved(0.2)) == (0.4, 0.4, 0.2, 10.0)
    assert float(error_rate(np.array(errors(*moved(0.2))))) == pytest.approx(10.0)


def test_the_collar_forgives_a_quarter_of_a_second_on_either_side_and_not_more():
    # Five boundaries at 1, 5, 9, 10 and 12: each takes out what of its half second is speech, 0.25, 0.5, 0.25 …
    assert errors(*moved(0.2), collar=0.25) == (0.0, 0.0, 0.0, 8.5)
    missed, added, confused, _ = errors(*moved(0.35), collar=0.25)
    assert (missed, added, confused) == (0.2, 0.2, 0.1)


def test_missed_added_and_wrong_speech_are_told_apart():
    assert errors(*moved(0.0)[:2]) == (2.0, 0.0, 0.0, 10.0)
    assert errors(*moved(0.0), ("S1", 15.0, 16.0)) == (0.0, 1.0, 0.0, 10.0)
    assert errors(("S1", 1.0, 9.0), ("S1", 10.0, 12.0)) == (0.0, 0.0, 4.0, 10.0)


def test_overlapping_speech_counts_once_for_each_speaker():
    truth = turns(("a", 0.0, 4.0), ("b", 2.0, 4.0))
    assert time_errors(truth, turns(("S1", 0.0, 4.0)), DURATION, 0.0) == (2.0, 0.0, 0.0, 6.0)


def test_a_speaker_s_own_turns_may_overlap():
    truth = turns(("a", 0.0, 3.0), ("a", 2.0, 4.0))
    assert time_errors(truth, turns(("S1", 0.0, 4.0)), DURATION, 0.0) == (0.0, 0.0, 0.0, 4.0)


def test_speech_beyond_what_was_marked_does_not_count():
    assert errors(*moved(0.0), ("S1", 25.0, 30.0)) == (0.0, 0.0, 0.0, 10.0)


def test_nothing_found_is_all_missed():
    assert errors() == (10.0, 0.0, 0.0, 10.0)
    assert jaccard_errors(turns(*TRUTH), (), DURATION) == (2.0, 2.0)


def test_jaccard_errors_weigh_speakers_alike():
    # a: 6 s, all right. b: 4 s of which 1 s found, so 3 of 4 s are wrong.
    found = turns(("S1", 1.0, 5.0), ("S2", 5.0, 6.0), ("S1", 10.0, 12.0))
    assert jaccard_errors(turns(*TRUTH), found, DURATION) == (0.75, 2.0)


def row(found: tuple[SpeakerTurn, ...], truth: tuple[SpeakerTurn, ...] = turns(*TRUTH)) -> Row:
    return Row("1", "s", "1", "en", "", "", truth=Account((), truth), found=Account((), found), duration=DURATION)


def test_scorers_take_turns_from_rows_and_have_one_speaker_as_their_baseline():
    found = turns(*moved(0.2))
    assert SCORERS["der"].count(row(found)) == pytest.approx((0.4, 0.4, 0.2, 10.0))
    assert SCORERS["der-collar"].count(row(found)) == pytest.approx((0.0, 0.0, 0.0, 8.5))
    assert SCORERS["missed"].count(row(found)) == pytest.approx((0.4, 10.0))
    assert SCORERS["false-alarm"].count(row(found)) == pytest.approx((0.4, 10.0))
    assert SCORERS["confusion"].count(row(found)) == pytest.approx((0.2, 10.0))
    assert SCORERS["der-one"].count(row(turns(*moved(0.0)))) == (0.0, 0.0, 4.0, 10.0)
    assert SCORERS["voices-right"].count(row(found)) == (1.0, 1.0)
    assert SCORERS["voices-off"].count(row(turns(("S1", 1.0, 12.0)))) == (1.0, 1.0)


def test_without_marked_turns_nothing_is_scored():
    for scorer in ("der", "der-collar", "der-one", "missed", "jer"):
        assert SCORERS[scorer].count(row(turns(*moved(0.0)), ())) is None
