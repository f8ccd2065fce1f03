"""Which words are whose, and where an utterance is cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.attribute.divide import OVERLAPPING, UNDIVIDED, Part, Timeline, divide
from voicedoc.core.speech import Hypothesis, Word
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn

pytestmark = pytest.mark.unit


def turns(*rows: tuple[str, float, float]) -> list[SpeakerTurn]:
    return [SpeakerTurn(Span(start, end), speaker) for speaker, start, end in rows]


def reading(text: str, times: list[float], words: list[str] | None = None, *, language: str = "en") -> Hypothesis:
    """Words (those between spaces, if none are given) that begin at `times`, each until the next."""
    words = words or text.split()
    assert len(words) == len(times) - 1
    timed = tuple(
        Word(word, Span(start, end), 0.5 + 0.01 * number)
        for number, (word, (start, end)) in enumerate(zip(words, pairwise(times), strict=True))
    )
    return Hypothesis(text, language, 0.9, 0.7, timed, ("low confidence",), "invented")


def evenly(text: str, start: float, end: float, words: list[str] | None = None) -> Hypothesis:
    n_words = len(words or text.split())
    return reading(text, [start + (end - start) * number / n_words for number in range(n_words + 1)], words)


def parts_of(hypothesis: Hypothesis, *rows: tuple[str, float, float]) -> list[Part]:
    span = Span(hypothesis.words[0].span.start, hypothesis.words[-1].span.end)
    return divide(span, hypothesis, Timeline(turns(*rows)))


def said(parts: list[Part]) -> list[tuple[str, str]]:
    return [(part.speaker, part.hypothesis.text) for part in parts]


QUESTION_AND_ANSWER = evenly("Where does it hurt? On the left side.", 0.0, 8.0)


def test_a_question_and_its_answer_are_two_parts() -> None:
    first, second = parts_of(QUESTION_AND_ANSWER, ("S1", 0.0, 4.0), ("S2", 4.0, 8.0))
    assert said([first, second]) == [("S1", "Where does it hurt?"), ("S2", "On the left side.")]
    assert (first.span, second.span) == (Span(0.0, 4.0), Span(4.0, 8.0))
    assert first.hypothesis.words + second.hypothesis.words == QUESTION_AND_ANSWER.words
    assert first.hypothesis.confidence == pytest.approx(0.515)
    assert second.hypothesis.confidence == pytest.approx(0.555)
    assert (first.hypothesis.discarded, second.hypothesis.discarded) == ("invented", "")
    assert {part.hypothesis.doubts for part in (first, second)} == {("low confidence",)}
    assert {part.hypothesis.language for part in (first, second)} == {"en"}
    assert first.confidence == second.confidence == 1.0


@pytest.mark.parametrize("change", [3.5, 3.8, 4.0, 4.3, 4.5])
def test_a_boundary_moves_to_the_end_of_the_sentence_that_is_near(change: float) -> None:
    parts = parts_of(QUESTION_AND_ANSWER, ("S1", 0.0, change), ("S2", change, 8.0))
    assert said(parts) == [("S1", "Where does it hurt?"), ("S2", "On the left side.")]


def test_a_speaker_who_is_cut_short_is_cut_in_mid_sentence() -> None:
    hypothesis = evenly("So you have been taking yes every morning and evening.", 0.0, 10.0)
    parts = parts_of(hypothesis, ("S1", 0.0, 5.0), ("S2", 5.0, 10.0))
    assert said(parts) == [("S1", "So you have been taking"), ("S2", "yes every morning and evening.")]


def test_one_speaker_keeps_the_hypothesis_as_it_is() -> None:
    (part,) = parts_of(QUESTION_AND_ANSWER, ("S1", 0.0, 9.0))
    assert part.hypothesis is QUESTION_AND_ANSWER
    assert (part.speaker, part.confidence) == ("S1", 1.0)


def spoken(parts: list[Part]) -> list[tuple[str, str, str]]:
    return [(part.speaker, part.hypothesis.language, part.hypothesis.text) for part in parts]


def test_each_part_of_an_utterance_in_two_languages_has_its_own() -> None:
    asked = replace(evenly("Where does it hurt? No lado esquerdo.", 0.0, 7.0), languages=("en",) * 4 + ("pt",) * 3)
    question, answer = ("en", "Where does it hurt?"), ("pt", "No lado esquerdo.")
    assert spoken(parts_of(asked, ("S1", 0.0, 4.0), ("S2", 4.0, 7.0))) == [("S1", *question), ("S2", *answer)]
    one = parts_of(asked, ("S1", 0.0, 7.0))
    assert spoken(one) == [("S1", *question), ("S1", *answer)], "one speaker may change the language, too"
    assert [part.hypothesis.languages for part in one] == [(), ()]
    assert [part.span for part in one] == [Span(0.0, 4.0), Span(4.0, 7.0)]


def test_a_sound_of_the_others_does_not_cut_where_no_words_are_theirs() -> None:
    parts = parts_of(QUESTION_AND_ANSWER, ("S1", 0.0, 8.0), ("S2", 5.1, 5.4))
    assert said(parts) == [("S1", QUESTION_AND_ANSWER.text)]


def test_a_stray_word_in_mid_sentence_stays_with_its_neighbours() -> None:
    hypothesis = evenly("It started in the night and it went on.", 0.0, 3.6)
    parts = parts_of(hypothesis, ("S1", 0.0, 1.6), ("S2", 1.6, 2.0), ("S1", 2.0, 3.6))
    assert said(parts) == [("S1", hypothesis.text)]


def test_an_ok_between_two_sentences_is_the_others() -> None:
    hypothesis = reading("It hurts here. OK. And also there.", [0.0, 0.3, 0.7, 1.2, 1.7, 2.0, 2.4, 3.0])
    parts = parts_of(hypothesis, ("S1", 0.0, 1.2), ("S2", 1.25, 1.65), ("S1", 1.75, 3.0))
    assert said(parts) == [("S1", "It hurts here."), ("S2", "OK."), ("S1", "And also there.")]


def test_a_word_that_no_turn_covers_goes_to_the_nearest() -> None:
    hypothesis = reading("Yes. No.", [0.0, 1.0, 2.0])
    parts = parts_of(hypothesis, ("S1", 0.0, 0.3), ("S2", 2.1, 3.0))
    assert said(parts) == [("S1", "Yes."), ("S2", "No.")]
    assert parts[1].confidence == 0.5


def test_far_from_every_turn_the_nearest_of_all_decides() -> None:
    (part,) = parts_of(evenly("Anybody there?", 50.0, 51.0), ("S1", 0.0, 9.0), ("S2", 70.0, 80.0))
    assert (part.speaker, part.confidence) == ("S2", 0.5)


def test_a_title_does_not_end_a_sentence() -> None:
    hypothesis = evenly("Is that all? Dr. Smith will see you.", 0.0, 8.0)
    parts = parts_of(hypothesis, ("S1", 0.0, 3.6), ("S2", 3.6, 8.0))
    assert said(parts) == [("S1", "Is that all?"), ("S2", "Dr. Smith will see you.")]


def test_two_voices_at_once_are_doubted() -> None:
    hypothesis = evenly("Everybody talks now. Alone again.", 0.0, 5.0)
    parts = parts_of(hypothesis, ("S1", 0.0, 5.0), ("S2", 0.2, 3.0))
    assert said(parts) == [("S1", hypothesis.text)]
    assert parts[0].hypothesis.doubts == ("low confidence", OVERLAPPING)
    assert parts[0].hypothesis.words == hypothesis.words
    assert 0.5 < parts[0].confidence < 0.7


def test_a_short_overlap_is_not_doubted() -> None:
    parts = parts_of(QUESTION_AND_ANSWER, ("S1", 0.0, 4.6), ("S2", 3.8, 8.0))
    assert [part.hypothesis.doubts for part in parts] == [("low confidence",)] * 2
    assert all(0.8 < part.confidence < 1.0 for part in parts)


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("哪里不舒服？我头疼。", ["哪里", "不", "舒服？", "我", "头", "疼。"], "哪里不舒服？"),
        ("哪里不舒服我头疼了", ["哪里", "不", "舒服", "我", "头", "疼了"], "哪里不舒服"),
        ("どうしましたか。頭が痛いです。", ["どう", "しました", "か。", "頭が", "痛い", "です。"], "どうしましたか。"),
        ("เจ็บตรงไหนปวดหัวมาก", ["เจ็บ", "ตรง", "ไหน", "ปวด", "หัว", "มาก"], "เจ็บตรงไหน"),
    ],
)
def test_scripts_without_spaces_are_cut_between_words(text: str, words: list[str], first: str) -> None:
    parts = parts_of(evenly(text, 0.0, 6.0, words), ("S1", 0.0, 3.0), ("S2", 3.0, 6.0))
    assert said(parts) == [("S1", first), ("S2", text.removeprefix(first))]


@pytest.mark.parametrize(
    ("text", "words", "may_begin"),
    [
        ("It was 13.60 yesterday", ["It", "was", "13", ".60", "yesterday"], {"was", "13", "yesterday"}),
        ("a well-being check", ["a", "well", "-being", "check"], {"well", "check"}),
        ("น้ำเปล่า", ["น", "้ำ", "เ", "ปล่", "า"], {"เ"}),
        ("キャップ", ["キ", "ャ", "ッ", "プ"], {"プ"}),
    ],
)
def test_nothing_that_belongs_together_is_cut(text: str, words: list[str], may_begin: set[str]) -> None:
    for change in range(1, len(words)):
        time = 10.0 * change / len(words)
        _, *later = parts_of(evenly(text, 0.0, 10.0, words), ("S1", 0.0, time), ("S2", time, 10.0))
        assert {part.hypothesis.words[0].text for part in later} <= may_begin


def test_opening_marks_go_with_what_they_open() -> None:
    hypothesis = evenly("¿Le duele? ¡Sí, mucho!", 0.0, 4.0, ["Le", "duele?", "Sí,", "mucho!"])
    parts = parts_of(hypothesis, ("S1", 0.0, 2.0), ("S2", 2.0, 4.0))
    assert said(parts) == [("S1", "¿Le duele?"), ("S2", "¡Sí, mucho!")]


def test_marks_apart_stay_with_what_they_close() -> None:
    hypothesis = evenly("Ça va ? Oui .", 0.0, 5.0)
    parts = parts_of(hypothesis, ("S1", 0.0, 2.0), ("S2", 2.0, 5.0))
    assert said(parts) == [("S1", "Ça va ?"), ("S2", "Oui .")]


def test_without_word_times_the_one_who_is_heard_longest_has_it_all_with_a_doubt() -> None:
    hypothesis = Hypothesis("Where does it hurt? Here.", "en", 1.0, 0.8)
    (part,) = divide(Span(0.0, 5.0), hypothesis, Timeline(turns(("S2", 3.5, 5.0), ("S1", 0.0, 3.5))))
    assert (part.speaker, part.hypothesis.text, part.confidence) == ("S1", hypothesis.text, 0.7)
    assert part.hypothesis.doubts == (UNDIVIDED,)
    (alone,) = divide(Span(0.0, 3.0), hypothesis, Timeline(turns(("S1", 0.0, 3.0))))
    assert alone.hypothesis is hypothesis


def test_words_that_the_text_spells_otherwise_lose_nothing() -> None:
    hypothesis = evenly("Take 2 now? Yes.", 0.0, 4.0, ["take", "two", "now?", "Yes."])
    parts = parts_of(hypothesis, ("S1", 0.0, 3.0), ("S2", 3.0, 4.0))
    assert said(parts) == [("S1", "Take 2 now?"), ("S2", "Yes.")]
    assert [len(part.hypothesis.words) for part in parts] == [3, 1]


def test_a_timeline_needs_turns() -> None:
    with pytest.raises(ValueError, match="at least one turn"):
        Timeline([])


# --- whatever is said and however it is diarized

PIECES = [
    "Yes.",
    "no",
    "13.60",
    "well-being,",
    "¿Qué?",
    "…",
    "-",
    "OK!",
    "它",
    "疼吗？",
    "「はい」",
    "ですか。",
    "ปวด",
    "า",
    "क्या",
    "हाँ।",
    "؟",
    "نعم",
]


@st.composite
def utterances(draw: st.DrawFn) -> tuple[Span, Hypothesis]:
    words = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
    glue = draw(
        st.lists(st.sampled_from([" ", "", "  ", " ¿", ". "]), min_size=len(words) - 1, max_size=len(words) - 1)
    )
    text = words[0] + "".join(space + word for space, word in zip(glue, words[1:], strict=True))
    if draw(st.booleans()):
        words[draw(st.integers(0, len(words) - 1))] = "unheard"  # not in the text
    edges = sorted(draw(st.lists(st.floats(0, 20), min_size=2 * len(words) + 2, max_size=2 * len(words) + 2)))
    confidences = draw(st.lists(st.floats(0, 1), min_size=len(words), max_size=len(words)))
    timed = tuple(
        Word(word, Span(edges[2 * n + 1], edges[2 * n + 2]), confidence)
        for n, (word, confidence) in enumerate(zip(words, confidences, strict=True))
    )
    return Span(edges[0], edges[-1]), Hypothesis(text.strip(), "en", 0.8, 0.5, timed, ("doubt",), "lost")


some_turns = st.lists(
    st.tuples(st.sampled_from(["S1", "S2", "S3"]), st.floats(0, 25), st.floats(0.01, 8)), min_size=1, max_size=12
).map(lambda rows: [SpeakerTurn(Span(start, start + length), speaker) for speaker, start, length in rows])


@given(utterances(), some_turns)
def test_nothing_is_lost_nothing_doubled_and_everything_is_in_order(
    utterance: tuple[Span, Hypothesis], marked: list[SpeakerTurn]
) -> None:
    span, hypothesis = utterance
    parts = divide(span, hypothesis, Timeline(marked))
    rest = hypothesis.text
    for part in parts:
        assert rest.startswith(part.hypothesis.text)
        rest = rest[len(part.hypothesis.text) :].lstrip()
        assert part.hypothesis.text == part.hypothesis.text.strip()
        assert part.hypothesis.words
    assert rest == ""
    assert tuple(word for part in parts for word in part.hypothesis.words) == hypothesis.words
    assert (parts[0].span.start, parts[-1].span.end) == (span.start, span.end)
    for part in parts:
        assert all(
            part.span.start <= word.span.start and word.span.end <= part.span.end for word in part.hypothesis.words
        )
        assert 0.0 <= part.confidence <= 1.0
        assert part.speaker in {turn.speaker for turn in marked}
        assert part.hypothesis.doubts[0] == "doubt"
    assert all(one.span.end <= other.span.start for one, other in pairwise(parts))
    assert all(one.speaker != other.speaker for one, other in pairwise(parts))
    assert [part.hypothesis.discarded for part in parts] == ["lost"] + [""] * (len(parts) - 1)


@given(utterances(), some_turns)
def test_each_parts_words_are_in_its_text(utterance: tuple[Span, Hypothesis], marked: list[SpeakerTurn]) -> None:
    span, hypothesis = utterance
    for part in divide(span, hypothesis, Timeline(marked)):
        found = 0
        for word in part.hypothesis.words:
            if word.text != "unheard":
                place = part.hypothesis.text.find(word.text, found)
                assert place >= 0, (part.hypothesis.text, word.text)
                found = place + len(word.text)


@given(some_turns, st.floats(0, 40), st.floats(0, 3))
def test_the_turns_near_a_moment_are_all_that_are_within_a_second_of_it(
    marked: list[SpeakerTurn], start: float, length: float
) -> None:
    span = Span(start, start + length)
    near = {turn for turn in marked if turn.span.start - span.end <= 1.0 and span.start - turn.span.end <= 1.0}
    found = Timeline(marked).near(span)
    if near:
        assert {(speaker, s) for speaker, spans in found.items() for s in spans} == {(t.speaker, t.span) for t in near}
    else:
        assert len(found) == 1
