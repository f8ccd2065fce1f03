"""The live endpointer on probabilities: what holds for any speech and any button, and the cases that people notice."""

from __future__ import annotations

from collections import deque
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.errors import ConfigError
from voicedoc.segment.heard import Heard
from voicedoc.segment.listener import Listener
from voicedoc.segment.patience import MARGIN, Listening, Patience
from voicedoc.segment.press import Order
from voicedoc.segment.role import WINDOW

pytestmark = pytest.mark.unit

RATE = 16_000
PER_SECOND = RATE / WINDOW


def said(*parts: tuple[float, float]) -> list[float]:
    """Probabilities from (probability, seconds)."""
    return [probability for probability, seconds in parts for _ in range(round(seconds * PER_SECOND))]


def heard_in(
    probabilities: list[float], options: Listening | None = None, *, orders: list[Order] | None = None, tail: int = 0
) -> list[Heard]:
    listener = Listener(options or Listening(), deque(orders or []))
    happened = [one for probability in probabilities for one in listener.push(probability)]
    return happened + listener.finish(len(probabilities) * WINDOW + tail)


def ends(happened: list[Heard]) -> list[Heard]:
    """The last revision of each utterance."""
    last: list[Heard] = []
    for one in happened:
        if one.what == "reopened":
            last.pop()
        elif one.what == "ended":
            last.append(one)
    return last


speech = st.lists(
    st.tuples(st.sampled_from([0.0, 0.02, 0.3, 0.4, 0.5, 0.6, 0.95, 1.0]), st.integers(1, 80)), max_size=25
).map(lambda runs: [probability for probability, n in runs for _ in range(n)])
choices = st.builds(
    Listening,
    threshold=st.floats(0.05, 0.95),
    min_speech=st.floats(0.0, 0.5),
    silence=st.floats(0.4, 0.9),
    least_silence=st.floats(0.2, 0.4),
    most_silence=st.floats(0.9, 2.0),
    pause=st.floats(0.1, 0.2),
    pad_before=st.floats(0.0, 0.5),
    pad_after=st.floats(0.0, 0.1),
    max_length=st.floats(2.0, 8.0),
    reopen=st.floats(0.0, 2.0),
    reopen_length=st.floats(0.0, 9.0),
    n_reopen=st.integers(0, 3),
    button_only=st.sampled_from([False, False, False, True]),
)
buttons = st.lists(st.integers(0, 400_000), max_size=8, unique=True).map(
    lambda samples: [Order(sample, held=number % 2 == 0) for number, sample in enumerate(sorted(samples))]
)
properties = settings(max_examples=200, deadline=None)


@properties
@given(speech, choices, buttons, st.integers(0, WINDOW - 1))
def test_what_begins_ends_and_utterances_are_in_order_disjoint_and_within_the_audio(
    probabilities: list[float], options: Listening, orders: list[Order], tail: int
) -> None:
    happened = heard_in(probabilities, options, orders=orders, tail=tail)
    total = len(probabilities) * WINDOW + tail
    assert [one.what for one in happened if one.what in ("started", "reopened", "ended")][1::2] == ["ended"] * (
        sum(one.what == "ended" for one in happened)
    )
    assert sum(one.what in ("started", "reopened") for one in happened) == sum(one.what == "ended" for one in happened)
    assert all(0 <= one.start_sample < one.stop_sample <= one.decided_sample <= total for one in happened)
    assert all(before.decided_sample <= after.decided_sample for before, after in pairwise(happened))
    last = ends(happened)
    assert all(before.stop_sample <= after.start_sample for before, after in pairwise(last))
    assert all(one.stop_sample - one.start_sample <= options.max_length * RATE + 1 for one in happened)


@properties
@given(speech, choices)
def test_enough_speech_is_never_lost(probabilities: list[float], options: Listening) -> None:
    if options.button_only:
        return
    covered = np.zeros(len(probabilities) * WINDOW, bool)
    for end in ends(heard_in(probabilities, options)):
        covered[end.start_sample : end.stop_sample] = True
    least = max(1, round(options.min_speech * RATE / WINDOW))
    position = 0
    for is_speech, run in groupby(probability >= options.threshold for probability in probabilities):
        n = len(list(run))
        if is_speech and n >= least:
            assert covered[position * WINDOW : (position + n) * WINDOW].all()
        position += n


@properties
@given(speech, choices)
def test_an_end_in_silence_has_exactly_the_samples_of_the_pause_before_it(
    probabilities: list[float], options: Listening
) -> None:
    happened = heard_in(probabilities, options)
    for place, one in enumerate(happened):
        if one.what == "ended" and one.reason == "silence" and happened[place - 1].what != "started":
            pause = next(before for before in reversed(happened[:place]) if before.what == "paused")
            assert (pause.start_sample, pause.stop_sample) == (one.start_sample, one.stop_sample)


@properties
@given(speech, choices, buttons)
def test_what_it_says_it_needs_is_enough(probabilities: list[float], options: Listening, orders: list[Order]) -> None:
    listener = Listener(options, deque(orders))
    needed = 0
    for probability in probabilities:
        for one in listener.push(probability):
            assert one.start_sample >= needed
        assert needed <= listener.needed_sample <= listener.heard_sample
        needed = listener.needed_sample
    assert all(one.start_sample >= needed for one in listener.finish(len(probabilities) * WINDOW))


@properties
@given(speech, choices, st.integers(0, 30))
def test_a_button_that_comes_late_marks_the_same_samples(
    probabilities: list[float], options: Listening, late: int
) -> None:
    """In a session where only buttons count, however many windows had been heard when the press was known."""
    options = Listening(**{**_fields(options), "button_only": True, "max_length": 8.0})
    press, release = 30 * WINDOW + 17, 60 * WINDOW + 5
    orders: deque[Order] = deque()
    listener = Listener(options, orders)
    happened: list[Heard] = []
    for window in range(120):
        if window == 30 + min(late, 29):
            orders.append(Order(press, held=True))
        if window == 60 + late:
            orders.append(Order(release, held=False))
        happened += listener.push(probabilities[window] if window < len(probabilities) else 0.0)
    assert [(end.start_sample, end.stop_sample) for end in ends(happened)] == [(press, release)]


def _fields(options: Listening) -> dict[str, Any]:
    return {name: getattr(options, name) for name in Listening.__dataclass_fields__}


# --- what happens to one utterance


def test_an_utterance_is_told_of_while_it_is_spoken() -> None:
    happened = heard_in(said((0, 1), (1, 1.6), (0, 2)))
    assert [one.what for one in happened] == ["started", "so far", "so far", "so far", "paused", "ended"]
    started, *so_far, paused, ended = happened
    assert started.decided_sample / RATE == pytest.approx(1.0 + 0.2, abs=0.04), "as soon as it is no click"
    assert [one.stop_sample == one.decided_sample for one in so_far] == [True] * 3
    assert paused.decided_sample / RATE == pytest.approx(2.6 + 0.16, abs=0.04)
    assert ended.decided_sample / RATE == pytest.approx(2.6 + 0.5, abs=0.04)
    assert (paused.start_sample, paused.stop_sample) == (ended.start_sample, ended.stop_sample)
    assert ended.reason == "silence"


def test_a_click_is_not_told_of() -> None:
    assert heard_in(said((0, 1), (1, 0.1), (0, 2))) == []


def test_a_first_silence_within_an_utterance_is_told_each_time() -> None:
    happened = heard_in(said((1, 1), (0, 0.3), (1, 1), (0, 0.3), (1, 1), (0, 2)))
    assert [one.what for one in happened].count("paused") == 3
    assert [one.what for one in happened].count("ended") == 1


def test_nothing_is_told_of_speech_in_a_silence() -> None:
    happened = heard_in(said((1, 1), (0, 0.4), (1, 0.4), (0, 2)))
    silent = range(round(1.02 * RATE), round(1.38 * RATE))
    assert not [one for one in happened if one.what == "so far" and one.decided_sample in silent]


# --- cut too early


def test_an_utterance_that_was_cut_too_early_is_reopened_and_then_whole() -> None:
    happened = heard_in(said((0, 1), (1, 1.2), (0, 0.8), (1, 1.2), (0, 2)))
    assert [one.what for one in happened if one.what not in ("so far", "paused")] == [
        "started", "ended", "reopened", "ended",
    ]  # fmt: skip
    first, second = (one for one in happened if one.what == "ended")
    assert first.start_sample == second.start_sample
    assert second.stop_sample / RATE == pytest.approx(4.2 + 0.15, abs=0.04)
    reopened = next(one for one in happened if one.what == "reopened")
    assert reopened.decided_sample / RATE == pytest.approx(3.0 + 0.2, abs=0.04), "once it is no click"


def test_a_click_after_an_utterance_does_not_reopen_it() -> None:
    happened = heard_in(said((1, 1), (0, 0.8), (1, 0.1), (0, 2)))
    assert [one.what for one in happened if one.what not in ("so far", "paused")] == ["started", "ended"]


def test_speech_after_a_long_silence_is_a_new_utterance() -> None:
    happened = heard_in(said((1, 1), (0, 1.3), (1, 1), (0, 2)))
    assert len(ends(happened)) == 2
    assert not [one for one in happened if one.what == "reopened"]


def test_an_utterance_is_reopened_only_so_often() -> None:
    options = Listening(n_reopen=2, least_silence=0.5, most_silence=0.5)
    happened = heard_in(said(*[(1, 1), (0, 0.8)] * 5), options)
    assert [one.what for one in happened].count("reopened") == 3
    assert [one.what for one in happened if one.what in ("started", "reopened")] == [
        "started", "reopened", "reopened", "started", "reopened",
    ]  # fmt: skip


def test_a_long_utterance_is_not_reopened() -> None:
    probabilities = said((1, 5), (0, 0.8), (1, 1), (0, 2))
    assert len(ends(heard_in(probabilities, Listening(reopen_length=4.0)))) == 2
    assert len(ends(heard_in(probabilities, Listening(reopen_length=6.0)))) == 1


def test_an_utterance_is_not_reopened_beyond_the_greatest_length() -> None:
    options = Listening(max_length=5.0)
    happened = heard_in(said((1, 4), (0, 0.8), (1, 3), (0, 2)), options)
    assert not [one for one in happened if one.what == "reopened"]
    assert len(ends(happened)) == 2


def test_a_reopened_utterance_that_grows_too_long_is_cut_and_nothing_is_lost() -> None:
    options = Listening(max_length=6.0)
    happened = heard_in(said((1, 3), (0, 0.8), (1, 5), (0, 2)), options)
    assert [one.reason for one in happened if one.what == "ended"] == ["silence", "length", "silence"]
    last = ends(happened)
    assert last[0].stop_sample == last[1].start_sample
    assert 3.0 < last[0].stop_sample / RATE < 3.8, "in the pause"
    assert last[1].stop_sample / RATE == pytest.approx(8.8 + 0.15, abs=0.04)


# --- patience


def cut_after(options: Listening, pause: float, *, utterances: int = 15, words: float = 1.2) -> float:
    """The silence that ends an utterance of somebody who pauses once in each, for so long, after `utterances`."""
    listener = Listener(options)
    for probability in said(*[(1, words), (0, pause), (1, words), (0, 3)] * utterances):
        listener.push(probability)
    return listener.silence


def test_a_halting_speaker_is_given_longer_and_a_brisk_one_is_answered_sooner() -> None:
    options = Listening()
    brisk, usual, halting = (cut_after(options, pause) for pause in (0.0, 0.4, 0.9))
    assert brisk == options.least_silence
    assert brisk < usual < halting
    assert halting == pytest.approx(0.9 + MARGIN, abs=0.05)


def test_patience_stays_within_its_bounds() -> None:
    assert cut_after(Listening(most_silence=0.8), 0.75) == 0.8
    assert cut_after(Listening(least_silence=0.5), 0.0) == 0.5


def test_a_halting_speaker_is_cut_less_and_less() -> None:
    happened = heard_in(said(*[(1, 1), (0, 0.8), (1, 1), (0, 3)] * 6))
    reopened_at = [one.decided_sample / RATE for one in happened if one.what == "reopened"]
    assert 1 <= len(reopened_at) <= 2
    assert max(reopened_at) < 12, "in the first utterances only"


def test_one_long_pause_does_not_make_a_channel_slow_for_good() -> None:
    patience = Patience(Listening())
    usual = patience.silence
    patience.learn([1.0])
    for _ in range(4):
        patience.learn([0.3])
    assert patience.silence <= usual


def test_utterances_without_pauses_count_as_brisk() -> None:
    patience = Patience(Listening())
    for _ in range(8):
        patience.learn([0.1])
    assert patience.silence == Listening().least_silence


@given(st.lists(st.lists(st.floats(0.0, 10.0), max_size=5), max_size=20))
def test_whatever_is_learned_the_silence_is_bounded(utterances: list[list[float]]) -> None:
    options = Listening()
    patience = Patience(options)
    for pauses in utterances:
        patience.learn(pauses)
        assert options.least_silence <= patience.silence <= options.most_silence


# --- buttons


def button(press: float, release: float) -> list[Order]:
    return [Order(round(press * RATE), held=True), Order(round(release * RATE), held=False)]


def test_a_press_is_the_utterance_whatever_is_said() -> None:
    happened = heard_in(said((0, 1), (1, 1), (0, 1.5), (1, 1), (0, 2)), orders=button(0.51, 5.0))
    (end,) = ends(happened)
    assert (end.start_sample, end.stop_sample, end.reason) == (round(0.51 * RATE), 5 * RATE, "button")
    assert [one.what for one in happened].count("started") == 1
    assert not [one for one in happened if one.what == "paused"]


def test_a_tap_is_no_utterance() -> None:
    assert heard_in(said((0, 4)), orders=button(1.0, 1.1)) == []


def test_speech_before_a_press_is_an_utterance_of_its_own() -> None:
    happened = heard_in(said((0, 1), (1, 4), (0, 2)), orders=button(3.0, 4.0))
    assert [(end.start_sample / RATE, end.stop_sample / RATE, end.reason) for end in ends(happened)] == [
        (pytest.approx(0.8, abs=0.04), 3.0, "button"),
        (3.0, 4.0, "button"),
        (4.0, pytest.approx(5.15, abs=0.04), "silence"),
    ]


def test_with_buttons_only_speech_alone_is_nothing() -> None:
    probabilities = said((0, 1), (1, 4), (0, 2))
    assert heard_in(probabilities, Listening(button_only=True)) == []
    (end,) = ends(heard_in(probabilities, Listening(button_only=True), orders=button(2.0, 3.0)))
    assert (end.start_sample, end.stop_sample) == (2 * RATE, 3 * RATE)


def test_a_press_that_the_end_of_the_audio_ends_is_kept() -> None:
    (end,) = ends(heard_in(said((1, 3)), Listening(button_only=True), orders=button(1.0, 9.0), tail=100))
    assert (end.stop_sample, end.reason) == (len(said((1, 3))) * WINDOW + 100, "end")


def test_an_endless_press_is_cut_in_its_best_pause_and_goes_on() -> None:
    options = Listening(button_only=True, max_length=10.0)
    happened = heard_in(said((1, 9), (0.1, 0.5), (1, 7), (0, 1)), options, orders=button(0.0, 14.0))
    first, second = ends(happened)
    assert (first.reason, second.reason) == ("length", "button")
    assert 9.0 < first.stop_sample / RATE < 9.5
    assert first.stop_sample == second.start_sample


@pytest.mark.parametrize(
    "wrong", [{"least_silence": 0.7}, {"most_silence": 0.4}, {"pause": 0.1}, {"so_far": 0.0}, {"n_reopen": -1}]
)
def test_values_that_do_not_fit_are_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=next(iter(wrong))) as caught:
        Listening(**wrong)
    assert caught.value.remedy
