"""Endpoints from probabilities: properties that hold for any speech, and the cases that people hear."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.errors import ConfigError
from voicedoc.segment.endpoint import Endpoint, Endpointer, Endpointing
from voicedoc.segment.role import WINDOW

pytestmark = pytest.mark.unit

RATE = 16_000
PER_SECOND = RATE / WINDOW


def found_in(probabilities: list[float], options: Endpointing, *, tail: int = 0, block: int = 0) -> list[Endpoint]:
    endpointer = Endpointer(options)
    found: list[Endpoint] = []
    size = block or max(1, len(probabilities))
    for start in range(0, len(probabilities), size):
        found += endpointer.push(probabilities[start : start + size])
    return found + endpointer.finish(len(probabilities) * WINDOW + tail)


def said(*parts: tuple[float, float]) -> list[float]:
    """Probabilities from (probability, seconds)."""
    return [probability for probability, seconds in parts for _ in range(round(seconds * PER_SECOND))]


def seconds(endpoint: Endpoint) -> tuple[float, float]:
    return (endpoint.start_sample / RATE, endpoint.stop_sample / RATE)


speech = st.lists(
    st.tuples(st.sampled_from([0.0, 0.02, 0.3, 0.4, 0.5, 0.6, 0.95, 1.0]), st.integers(1, 120)), max_size=25
).map(lambda runs: [probability for probability, n in runs for _ in range(n)])
choices = st.builds(
    Endpointing,
    threshold=st.floats(0.05, 0.95),
    min_speech=st.floats(0.0, 0.5),
    silence=st.floats(0.1, 2.0),
    pad_before=st.floats(0.0, 0.5),
    pad_after=st.floats(0.0, 0.5),
    max_length=st.floats(2.0, 8.0),
)
properties = settings(max_examples=200, deadline=None)


@properties
@given(speech, choices, st.integers(0, WINDOW - 1))
def test_utterances_are_in_order_disjoint_within_the_audio_and_not_too_long(
    probabilities: list[float], options: Endpointing, tail: int
) -> None:
    found = found_in(probabilities, options, tail=tail)
    total = len(probabilities) * WINDOW + tail
    for endpoint in found:
        assert 0 <= endpoint.start_sample < endpoint.stop_sample <= endpoint.decided_sample <= total
        assert endpoint.stop_sample - endpoint.start_sample <= round(options.max_length * RATE)
        assert endpoint.reason in ("silence", "length", "end")
    for before, after in pairwise(found):
        assert before.stop_sample <= after.start_sample
        assert before.decided_sample <= after.decided_sample
    assert [endpoint.reason for endpoint in found[:-1]].count("end") == 0


@properties
@given(speech, choices, st.integers(1, 50))
def test_the_size_of_blocks_does_not_matter(probabilities: list[float], options: Endpointing, block: int) -> None:
    assert found_in(probabilities, options, block=block) == found_in(probabilities, options)


@properties
@given(speech, choices)
def test_enough_speech_is_never_lost(probabilities: list[float], options: Endpointing) -> None:
    covered = np.zeros(len(probabilities) * WINDOW, bool)
    for endpoint in found_in(probabilities, options):
        covered[endpoint.start_sample : endpoint.stop_sample] = True
    least = max(1, round(options.min_speech * RATE / WINDOW))
    position = 0
    for is_speech, run in groupby(probability >= options.threshold for probability in probabilities):
        n = len(list(run))
        if is_speech and n >= least:
            assert covered[position * WINDOW : (position + n) * WINDOW].all()
        position += n


@properties
@given(speech, choices)
def test_what_it_says_it_needs_is_enough(probabilities: list[float], options: Endpointing) -> None:
    endpointer = Endpointer(options)
    needed = 0
    for probability in probabilities:
        for endpoint in endpointer.push([probability]):
            assert endpoint.start_sample >= needed
        assert needed <= endpointer.needed_sample <= endpointer.heard_sample
        needed = endpointer.needed_sample
    assert all(endpoint.start_sample >= needed for endpoint in endpointer.finish(len(probabilities) * WINDOW))


@properties
@given(speech, choices)
def test_decisions_only_use_what_has_been_heard(probabilities: list[float], options: Endpointing) -> None:
    whole = [e for e in found_in(probabilities, options) if e.reason != "end"]
    cut = len(probabilities) // 2
    early = [e for e in found_in(probabilities[:cut], options) if e.reason != "end"]
    assert early == [e for e in whole if e.decided_sample <= cut * WINDOW]


# --- cases


def test_speech_between_silences_is_one_utterance_with_pads() -> None:
    (endpoint,) = found_in(said((0, 1.024), (1, 2.048), (0, 2.0)), Endpointing())
    assert seconds(endpoint) == (pytest.approx(1.024 - 0.2, abs=0.001), pytest.approx(3.072 + 0.2, abs=0.001))
    assert endpoint.reason == "silence"
    assert endpoint.decided_sample / RATE == pytest.approx(3.072 + 0.5, abs=WINDOW / RATE)


def test_a_short_pause_does_not_end_an_utterance_and_a_long_one_does() -> None:
    assert len(found_in(said((1, 1), (0, 0.4), (1, 1), (0, 1)), Endpointing())) == 1
    assert len(found_in(said((1, 1), (0, 0.6), (1, 1), (0, 1)), Endpointing())) == 2


def test_a_click_is_no_utterance() -> None:
    assert found_in(said((0, 1), (1, 0.13), (0, 1)), Endpointing()) == []


def test_a_short_answer_is_an_utterance() -> None:
    assert len(found_in(said((0, 1), (1, 0.23), (0, 1)), Endpointing())) == 1


def test_speech_that_fades_goes_on_until_it_is_well_below_the_threshold() -> None:
    faded = said((0, 1), (0.9, 1), (0.4, 2), (0.9, 1), (0, 1))
    (endpoint,) = found_in(faded, Endpointing(threshold=0.5))
    assert endpoint.stop_sample - endpoint.start_sample == pytest.approx(4.4 * RATE, rel=0.02)
    assert found_in(said((0.4, 3), (0, 1)), Endpointing(threshold=0.5)) == []


@pytest.mark.parametrize("threshold", [0.02, 0.1, 0.15, 0.3, 0.5])
def test_silence_ends_an_utterance_at_any_threshold(threshold: float) -> None:
    (endpoint,) = found_in(said((1, 1), (0, 2)), Endpointing(threshold=threshold))
    assert endpoint.reason == "silence"


def test_pads_never_reach_into_the_neighbour() -> None:
    options = Endpointing(silence=0.3, pad_before=1.0, pad_after=1.0)
    first, second = found_in(said((0, 2), (1, 1), (0, 0.4), (1, 1), (0, 2)), options)
    assert first.stop_sample <= second.start_sample


def test_the_end_of_the_audio_ends_an_utterance_with_its_last_sample() -> None:
    (endpoint,) = found_in(said((0, 1), (1, 1)), Endpointing(), tail=300)
    assert endpoint.reason == "end"
    assert endpoint.stop_sample == endpoint.decided_sample == len(said((0, 1), (1, 1))) * WINDOW + 300


def test_no_audio_has_no_utterance() -> None:
    assert found_in([], Endpointing()) == []
    assert found_in([], Endpointing(), tail=100) == []


def test_an_endless_utterance_is_cut_in_its_best_pause() -> None:
    first, second = found_in(said((1, 16.0), (0.6, 0.064), (1, 1.5), (0.45, 0.32), (1, 8.0), (0, 1)), Endpointing())
    assert first.reason == "length"
    assert first.stop_sample == second.start_sample
    assert 17.56 <= first.stop_sample / RATE <= 17.9
    assert second.reason == "silence"


def test_speech_without_any_pause_is_cut_at_the_greatest_length_and_nothing_is_lost() -> None:
    found = found_in(said((1, 50.0)), Endpointing(max_length=20.0))
    assert [endpoint.reason for endpoint in found] == ["length", "length", "end"]
    assert found[0].start_sample == 0
    assert all(before.stop_sample == after.start_sample for before, after in pairwise(found))
    assert found[-1].stop_sample == len(said((1, 50.0))) * WINDOW
    assert seconds(found[0])[1] > 19.8


def test_silence_after_a_cut_makes_no_utterance_of_its_own() -> None:
    found = found_in(said((1, 19.4), (0, 3.0)), Endpointing(silence=1.5))
    assert [endpoint.reason for endpoint in found] == ["length"]
    assert seconds(found[0])[1] >= 19.4


@pytest.mark.parametrize(
    "wrong", [{"threshold": 0.0}, {"threshold": 1.5}, {"silence": 0.0}, {"max_length": 1.0}, {"pad_before": -0.1}]
)
def test_values_out_of_range_are_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=next(iter(wrong))) as caught:
        Endpointing(**wrong)
    assert "between" in caught.value.remedy
