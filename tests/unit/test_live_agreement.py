"""What is shown while somebody speaks: stable words stay, and what was taken back is counted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.events import Event, TranscriptFinal, TranscriptPartial, UtteranceReopened
from voicedoc.core.speech import Hypothesis, UtteranceId
from voicedoc.core.time import Span
from voicedoc.recognize.agreement import Agreement, said_once, split
from voicedoc.recognize.erasure import Erasure, erasure

pytestmark = pytest.mark.unit

words = st.sampled_from(["I", "have", "a", "pain", "in", "my", "chest,", "Chest.", "não", "痛い", "胸が", "2.5", "mg"])
readings = st.lists(st.lists(words, max_size=8).map(" ".join), max_size=10)


def shown(*texts: str) -> list[tuple[str, str]]:
    agreement = Agreement()
    return [tuple(agreement.take(text)) for text in texts]  # type: ignore[misc]


@given(readings)
def test_what_is_stable_is_only_ever_added_to(texts: list[str]) -> None:
    steps = shown(*texts)
    assert all(after.startswith(before) for (before, _), (after, _) in pairwise(steps))


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_text_at_all_is_taken(texts: list[str]) -> None:
    assert all(after.startswith(before) for (before, _), (after, _) in pairwise(shown(*texts)))


@given(readings, st.lists(words, max_size=8).map(" ".join))
def test_nothing_becomes_stable_that_was_read_only_once(texts: list[str], last: str) -> None:
    stable = shown(*texts)[-1][0] if texts else ""
    assert shown(*texts, last)[-1][0].startswith(stable)
    assert shown(last)[0] == ("", last)


@given(st.lists(words, min_size=1, max_size=12).map(" ".join))
def test_two_equal_readings_are_stable_as_a_whole(text: str) -> None:
    assert shown(text, text)[-1] == (text, "")


@given(st.lists(words, min_size=2, max_size=12), st.data())
def test_a_text_that_only_grows_is_shown_word_for_word(said: list[str], data: st.DataObject) -> None:
    counts = sorted(data.draw(st.lists(st.integers(1, len(said)), min_size=1, max_size=5)))
    steps = shown(*(" ".join(said[:n]) for n in counts))
    assert ["".join(step) for step in steps] == [" ".join(said[:n]) for n in counts]


@given(st.text())
def test_units_joined_are_the_text(text: str) -> None:
    assert "".join(split(text)) == " ".join(text.split())


def test_words_become_stable_when_two_readings_agree() -> None:
    assert shown("I have", "I have a pane", "I have a pain in", "I have a pain in my chest") == [
        ("", "I have"),
        ("I have", " a pane"),
        ("I have a", " pain in"),
        ("I have a pain in", " my chest"),
    ]


def test_case_and_punctuation_do_not_count_as_a_change() -> None:
    assert shown("It hurts.", "it hurts, here")[-1] == ("it hurts,", " here")


def test_a_later_reading_that_contradicts_what_is_stable_is_laid_beside_it() -> None:
    steps = shown("I have a pain", "I have a pain", "I've a pain in my", "I've a pain in my chest")
    assert steps[-1] == ("I have a pain in my", " chest")


def test_a_reading_that_falls_short_takes_nothing_back() -> None:
    assert shown("one two three", "one two three", "one")[-1] == ("one two three", "")


def test_scripts_without_spaces_are_settled_letter_by_letter() -> None:
    assert shown("胸が痛", "胸が痛い", "胸が痛いです")[-1] == ("胸が痛い", "です")


def test_two_decimal_numbers_that_differ_do_not_agree() -> None:
    assert shown("take 2.5", "take 25")[-1] == ("take", " 25")


# --- loops


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("It hurts here. It hurts here. It hurts", "It hurts here."),
        ("Since when? no no no no", "Since when? no"),
        ("Concord returned. Concord returned. Concord returned. Conc", "Concord returned."),
        ("It hurts a lot, a lot.", "It hurts a lot, a lot."),
        ("No, no.", "No, no."),
        ("痛いです痛いです痛いです", "痛いです"),
        ("", ""),
    ],
)
def test_of_a_loop_the_first_round_is_kept_and_what_people_say_twice_stays(text: str, once: str) -> None:
    assert said_once(text) == once


# --- erasure


def partial(number: int, stable: str, unstable: str) -> TranscriptPartial:
    return TranscriptPartial(
        at=1.0, utterance=UtteranceId(number), channel=0, revision=0, language="en", stable=stable, unstable=unstable
    )


def final(number: int, text: str) -> TranscriptFinal:
    heard = Hypothesis(text, "en", 1.0, 1.0)
    return TranscriptFinal(at=2.0, utterance=UtteranceId(number), channel=0, span=Span(0, 2), hypothesis=heard)


def test_what_is_only_added_to_is_not_erased() -> None:
    counted = erasure([partial(1, "", "I have"), partial(1, "I have", " a pain"), final(1, "I have a pain.")])
    assert counted == Erasure(0, 0, 4, 2)
    assert counted.normalised == 0.0


def test_words_are_erased_from_the_first_that_changes() -> None:
    counted = erasure([partial(1, "", "I have a pane in"), partial(1, "", "I have a pain"), final(1, "I had a pain")])
    assert counted == Erasure(2 + 3, 0, 4, 2)
    assert counted.normalised == 5 / 4


def test_a_final_text_that_contradicts_what_was_stable_is_counted_apart() -> None:
    counted = erasure([partial(1, "I have", " a"), final(1, "I had a pain")])
    assert (counted.n_erased, counted.n_stable_erased) == (2, 1)
    assert counted.stable == 0.25


def test_utterances_are_counted_each_and_summed() -> None:
    events: list[Event] = [partial(1, "", "no"), partial(2, "", "so"), final(2, "sew"), final(1, "no"), final(3, "yes")]
    assert erasure(events) == Erasure(1, 0, 2, 2)


def test_an_utterance_that_was_reopened_is_counted_once() -> None:
    reopened = UtteranceReopened(at=1.5, utterance=UtteranceId(1), channel=0, revision=1)
    events = [partial(1, "", "I have"), reopened, partial(1, "", "I have a"), final(1, "I have a pain")]
    assert erasure(events) == Erasure(0, 0, 4, 1)


def test_a_journal_without_partials_has_no_erasure() -> None:
    assert erasure([final(1, "yes")]).normalised == 0.0
