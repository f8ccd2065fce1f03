"""Subtitles: what fits on a screen and can be read in its time, with every word in its place."""

from __future__ import annotations

import itertools
import re
import string
from dataclasses import replace
from pathlib import Path

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.transcripts import ARABIC, assigned, consultation, opening, translated, turn, words_in_time
from voicedoc.core.events import Event
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.export.formats import FORMATS
from voicedoc.export.reflow import atoms_of, in_cues, joined, lines_of, width
from voicedoc.export.subtitles import (
    Cue,
    bilingual,
    monolingual,
    write_srt,
    write_vtt,
)
from voicedoc.export.transcript import Transcript, transcript_of

pytestmark = pytest.mark.unit

MILLISECOND = 0.0011
ISOLATES = str.maketrans("", "", "\u2067\u2069")


def shown(cues: list[Cue], utterance: int) -> str:
    """Everything that the cues of an utterance show, without marks and white space."""
    text = " ".join(line for cue in cues if cue.utterance == utterance for line in cue.lines)
    return bare(re.sub(r"\[[^\]]*\]", "", text))


def bare(text: str) -> str:
    return "".join(text.translate(ISOLATES).split())


def check_limits(cues: list[Cue]) -> None:
    """What holds for any cues, whatever was said."""
    for cue in cues:
        assert 1 <= len(cue.lines) <= 2
        for line in cue.lines:
            assert width(line) <= 42 or " " not in re.sub(r"^\[[^\]]*\] ", "", line)
        assert 0.5 - MILLISECOND <= cue.span.duration <= 7.0 + MILLISECOND
    for cue, following in itertools.pairwise(cues):
        room = following.span.start - cue.span.end
        assert room >= 0.083 - MILLISECOND
        is_readable = cue.columns <= (cue.span.duration + MILLISECOND) * 20
        assert is_readable or room <= 0.084 + MILLISECOND or cue.span.duration >= 7.0 - MILLISECOND


# --- the consultation


def test_a_language_s_subtitles_have_its_words_and_translations_and_else_the_original():
    transcript = consultation()
    cues = monolingual(transcript, "pt")
    check_limits(cues)
    for line in transcript.in_time():
        assert shown(cues, line.utterance) == bare(line.text_in("pt") or line.text)


def test_bilingual_cues_have_the_translation_below_the_original():
    cues = bilingual(consultation())
    check_limits(cues)
    assert [cue.lines for cue in cues[:2]] == [
        ("[doctor] Good morning.", "Bom dia."),
        ("What brings you in today?", "O que o traz cá hoje?"),
    ]
    assert cues[-1].lines == ("[patient] Está bem, doutora.",), "there is no translation"


def test_a_word_is_on_the_screen_when_it_is_said_unless_somebody_speaks_at_the_same_time():
    transcript = consultation()
    cues = monolingual(transcript, "en")
    for line in (line for line in transcript.in_time() if line.language == "en" and line.utterance != 12):
        mine = [cue for cue in cues if cue.utterance == line.utterance]
        assert mine[0].span.start == pytest.approx(line.span.start, abs=0.01)
        assert mine[-1].span.end >= min(line.span.end, 50.9) - 0.01


def test_the_speaker_is_marked_when_another_speaks_and_a_stranger_by_a_label():
    firsts = {cue.utterance: cue.lines[0] for cue in reversed(monolingual(consultation(), "en"))}
    assert firsts[1].startswith("[doctor] ") and firsts[2].startswith("[patient] ")
    assert not firsts[6].startswith("["), "the doctor goes on"
    assert "[S3]" in firsts[8]
    assert firsts[9].startswith("[?] "), "nobody is known to speak"


def test_right_to_left_text_is_isolated_and_other_text_is_not():
    cues = {cue.utterance: cue for cue in bilingual(consultation(), marks=False)}
    assert cues[8].lines == (f"\u2067{ARABIC}\u2069", "No, he is not allergic to penicillin.")


def test_a_cue_stays_while_it_takes_to_read_where_nothing_follows():
    events = [opening("en"), *turn(1, Span(0.0, 0.4), "Ninety-eight point six degrees.", "en", "")]
    (cue,) = monolingual(transcript_of(events), "en", marks=False)
    assert cue.span.duration == pytest.approx(31 / 17, abs=0.01)


def test_a_cue_that_is_too_fast_makes_the_next_one_wait_but_not_for_long():
    def two(text: str) -> list[Cue]:
        events = [opening("en"), *turn(1, Span(0.0, 1.0), text, "en", ""), *turn(2, Span(1.0, 2.0), "Yes.", "en", "")]
        return monolingual(transcript_of(events), "en", marks=False)

    hurried, after = two("Have you taken your tablets?"), two("Have you taken the tablets, and did they help you?")
    assert hurried[0].span.end == pytest.approx(28 / 20, abs=0.002)
    assert hurried[1].span.start == pytest.approx(28 / 20 + 0.084, abs=0.002)
    assert after[1].span.start == pytest.approx(2.0, abs=0.01), "one second late, and no more"


def test_speech_at_the_same_time_is_shown_one_after_the_other():
    words = "I think it is a strain and you should rest your leg for a while."
    events = [
        opening("en"), *turn(1, Span(0.0, 5.0), words, "en", "S1"), *turn(2, Span(2.0, 3.0), "Thank God.", "en", "S2"),
    ]  # fmt: skip
    cues = monolingual(transcript_of(events), "en")
    check_limits(cues)
    assert {cue.utterance for cue in cues} == {1, 2}


def test_a_long_pause_in_an_utterance_is_no_reason_to_show_a_cue_for_long():
    text = "Wait. Now it hurts."
    early, late = words_in_time("Wait.", Span(0.0, 0.5)), words_in_time("Now it hurts.", Span(12.0, 13.0))
    cues = in_cues(atoms_of(text, "en", Span(0.0, 13.0), [*early, *late]))
    assert [joined(cue) for cue in cues] == ["Wait.", "Now it hurts."]


def test_without_words_in_the_recording_there_are_files_without_cues(tmp_path: Path):
    write_srt(Transcript(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["subtitles.srt"]
    assert (tmp_path / "subtitles.srt").read_text("utf-8").strip() == ""


# --- division


@pytest.mark.parametrize("number", ["2.5 mg", "13.60 mmol/L", "1 000 ml", "37,5 °C", "$ 40", "14 days", "nº 12"])
def test_a_number_is_never_parted_from_its_unit(number: str):
    for n in range(60):
        text = f"{'a ' * n}take {number} of it every single day until you come back to see me here"
        cues = in_cues(atoms_of(text, "en", Span(0.0, 20.0)))
        assert sum(number in line for cue in cues for line in lines_of(cue) or []) == 1


def test_cues_end_with_sentences_and_lines_with_clauses():
    text = "Take one tablet in the morning, and one in the evening. Do not drive. Come back in two weeks for a test."
    cues = in_cues(atoms_of(text, "en", Span(0.0, 9.0)))
    assert lines_of(cues[0]) == ["Take one tablet in the morning,", "and one in the evening."]
    assert all(joined(cue).endswith(".") for cue in cues)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "血圧は120/80で、体温は37.5度です。このお薬は2.5mgを1日1回、朝食の後に飲んでください。わかりましたか？"),
        ("zh", "你今天哪里不舒服？请每天服用2.5毫克药片一次，如果疼痛加重，请立即叫救护车，不要等到明天早上。"),
        ("zh-TW", "您今天哪裡不舒服？請每天服用2.5毫克藥片一次，如果疼痛加重，請立即叫救護車，不要等到明天早上。"),
        ("th", "วันนี้คุณมีอาการปวดหัวไหมครับกรุณากินยาวันละครั้งหลังอาหารเช้าและกลับมาพบแพทย์อีกครั้งในสองสัปดาห์หน้า"),
        ("km", "តើថ្ងៃនេះអ្នកមានអាការៈឈឺក្បាលទេសូមលេបថ្នាំមួយគ្រាប់ក្នុងមួយថ្ងៃបន្ទាប់ពីអាហារពេលព្រឹកនិងត្រឡប់មកវិញ"),
    ],
)
def test_text_without_spaces_is_cut_between_its_words(language: str, text: str):
    cues = in_cues(atoms_of(text, language, Span(0.0, 20.0)))
    lines = [line for cue in cues for line in lines_of(cue) or []]
    assert "".join(lines) == text
    assert len(lines) > 1 and all(width(line) <= 42 for line in lines)
    assert not any(re.match(r"[、。，？！ๆ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u17b6-\u17d3]", line) for line in lines)
    for whole in ("2.5毫克", "37.5度", "2.5mg", "今天", "กรุณา"):
        assert whole not in text or any(whole in line for line in lines)


def test_words_in_time_give_text_without_spaces_its_times():
    words = [*words_in_time("你好", Span(1.0, 2.0)), *words_in_time("再见", Span(5.0, 6.0))]
    atoms = atoms_of("你好再见", "zh", Span(0.0, 7.0), words)
    assert (atoms[0].span.start, atoms[-1].span.end) == pytest.approx((1.0, 6.0), abs=0.02)


def test_words_that_are_not_the_text_s_do_not_time_it():
    atoms = atoms_of("one two", "en", Span(2.0, 4.0), words_in_time("eins zwei", Span(3.0, 4.0)))
    assert atoms[0].span.start == pytest.approx(2.0, abs=0.02)


# --- properties

LATIN = st.text(string.ascii_lowercase, min_size=1, max_size=12)
CYRILLIC = st.text("абвгдежзиклмнопрст", min_size=1, max_size=12)
ENDS = st.sampled_from(["", "", "", ",", ".", "?"])
ODD = st.sampled_from(["7.5 mg", "x" * 50, "血圧は120/80で、体温は37.5度です。", "(and)", "13.60", "1 000 ml", "—"])


def texts(letters: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    word = st.tuples(letters, ENDS).map("".join)
    return st.lists(word, min_size=1, max_size=60).map(" ".join)


MIXED = st.lists(st.one_of(LATIN, LATIN, LATIN, ODD), min_size=1, max_size=50).map(" ".join)


@st.composite
def conversations(draw: st.DrawFn) -> tuple[list[Event], list[tuple[str, str]]]:
    """Events, and each utterance's words and translation ("" for none); speech may overlap and be of any speed."""
    events: list[Event] = [opening("en", "ru", targets=("ru",))]
    said: list[tuple[str, str]] = []
    at = 0.0
    for number in range(1, draw(st.integers(1, 6)) + 1):
        at = max(0.0, at + draw(st.floats(-3.0, 4.0)))
        span = Span(at, at + draw(st.floats(0.1, 25.0)))
        text, translation = draw(st.one_of(texts(LATIN), MIXED)), draw(st.one_of(st.just(""), texts(CYRILLIC)))
        events += turn(number, span, text, "en", draw(st.sampled_from(["S1", "S2", ""])))
        if translation:
            events.append(translated(number, span.end, text, translation, "en", "ru"))
        said.append((text, translation))
        at = span.end
    return [*events, assigned("S1", Role.DOCTOR)], said


@settings(deadline=None, max_examples=60)
@given(conversations())
def test_every_word_is_shown_in_order_and_no_cue_breaks_the_limits(made: tuple[list[Event], list[tuple[str, str]]]):
    events, said = made
    transcript = transcript_of(events)
    english, russian = monolingual(transcript, "en"), monolingual(transcript, "ru")
    check_limits(english)
    check_limits(russian)
    for number, (text, translation) in enumerate(said, start=1):
        assert shown(english, number) == bare(text)
        assert shown(russian, number) == bare(translation or text)


@settings(deadline=None, max_examples=60)
@given(conversations())
def test_both_languages_of_a_pair_keep_every_word_in_order(made: tuple[list[Event], list[tuple[str, str]]]):
    events, said = made
    cues = bilingual(transcript_of(events))
    check_limits(cues)
    for number, (text, translation) in enumerate(said, start=1):
        everything = shown(cues, number)
        letters = re.compile(r"[а-я]")
        assert "".join(letters.findall(everything)) == "".join(letters.findall(translation))
        assert re.sub(r"[а-я.,?]", "", everything) == re.sub(r"[.,?]", "", bare(text))


def test_a_translation_longer_than_what_was_said_is_shown_in_its_order():
    words = "а а а а ааа ааааааа аааааааааа аааааааааааа аааааааааааа аааааааааааб аааа"
    span = Span(0.0, 1.0)
    events = [opening("en", "ru", targets=("ru",)), *turn(1, span, "aaaa a", "en", "S1")]
    events.append(translated(1, span.end, "aaaa a", words, "en", "ru"))
    cues = bilingual(transcript_of(events))
    assert shown(cues, 1).replace("a", "") == bare(words)


# --- files


def test_srt_is_read_back_with_the_same_times_and_words(tmp_path: Path):
    FORMATS["srt"].write(consultation(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "subtitles.ar.srt", "subtitles.en.srt", "subtitles.pt.srt", "subtitles.srt",
    ]  # fmt: skip
    cues = monolingual(consultation(), "pt")
    read = pysubs2.load(str(tmp_path / "subtitles.pt.srt"))
    assert [(cue.start / 1000, cue.end / 1000) for cue in read] == [(cue.span.start, cue.span.end) for cue in cues]
    assert [cue.plaintext for cue in read] == ["\n".join(cue.lines) for cue in cues]


def test_vtt_names_the_speaker_and_escapes_what_would_be_a_tag(tmp_path: Path):
    events = [
        opening("en"), *turn(1, Span(0.0, 4.0), "Is it <b>bad</b> & --> worse?", "en", "S1"),
        assigned("S1", Role.PATIENT, name="Ana <Lee>"),
    ]  # fmt: skip
    write_vtt(transcript_of(events), tmp_path)
    text = (tmp_path / "subtitles.vtt").read_text("utf-8")
    assert text.startswith("WEBVTT\n")
    assert "<v Ana &lt;Lee&gt;>Is it &lt;b&gt;bad&lt;/b&gt; &amp; --&gt; worse?" in text
    assert len(re.findall(r"^\d\d:\d\d:\d\d\.\d{3} --> ", text, re.MULTILINE)) == 1


def test_braces_and_backslashes_of_the_words_are_kept(tmp_path: Path):
    write_srt(transcript_of([opening("en"), *turn(1, Span(0.0, 4.0), r"a {b} \N c --> d", "en", "")]), tmp_path)
    text = (tmp_path / "subtitles.srt").read_text("utf-8")
    assert r"a {b} \N c --> d" in text.replace("\u2060", "")
    assert text.count("-->") == 1


@pytest.mark.parametrize(
    ("targets", "tracks"),
    [((), []), (("en",), ["en"]), (("pt",), ["en", "pt"]), (("pt", "fr"), ["en", "fr", "pt"])],
)
def test_there_is_a_file_for_each_language_that_was_heard_or_asked_for_and_for_no_other(
    targets: tuple[str, ...], tracks: list[str], tmp_path: Path
):
    opened = replace(opening("en", "pt", "es"), targets=targets)
    write_srt(transcript_of([opened, *turn(1, Span(0.0, 2.0), "Hello.", "en", "")]), tmp_path)
    expected = ["subtitles.srt", *(f"subtitles.{track}.srt" for track in tracks)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(expected)
