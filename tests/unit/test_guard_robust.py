"""Any text of any length can be compared: nothing raises, time grows with the length, answers do not vary."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.challenge.handwritten import SETS, handwritten
from tests.challenge.pairs import CORRECT
from voicedoc.guard import CATEGORIES, LANGUAGES, compare_texts, support, unchecked
from voicedoc.guard import lexicon as lexicon_module
from voicedoc.guard.lexicon import lexicon_of

pytestmark = pytest.mark.unit

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)  # lone surrogates, too
WORDS = """
5 0 0.5 1,5 1.000 12/03/2020 1-0-1 8/8 h q8h .5 ½ 1/2 14:30 14h30 am pm at um às de em cada every alle mg g % ° no nicht
kein não sin ne pas aber but and e left links right brust schmerzen arm mother allergic penicillin amoxicilina setzen
sie ab stop continue may march maio segunda na . , ? ; ( ) - – and a half y media
"""
FRAGMENTS = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=25).map(" ".join)

TABLES = ("numbers", "units", "clock", "frequency", "negation")
MARKS = [
    *(
        "1",
        "2",
        "8",
        "30",
        "39",
        "0.5",
        "1,5",
        "1.000",
        "12/03/2020",
        "14:30",
        "8h",
        "q8h",
        "1-0-1",
        "½",
        ",",
        ".",
        ";",
    ),
    *(":", "/", "-", "(", ")", "%", "°", "×", "?", "\n"),
]


def _forms(entry: object) -> Iterator[str]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from (str(key), *_forms(value))
    elif isinstance(entry, list):
        yield from (form for value in entry for form in _forms(value))
    elif isinstance(entry, str):
        yield entry.strip("*~ ")


def _vocabulary(language: str) -> list[str]:
    """What the lexicon says of numbers, units, times and denials, as words of one language."""
    path = Path(lexicon_module.__file__).parent / "lexicons" / f"{language}.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    return sorted({form for table in TABLES for form in _forms(tables[table]) if form})


def _said(language: str) -> st.SearchStrategy[tuple[str, str]]:
    words = st.sampled_from(_vocabulary(language)) | st.sampled_from(MARKS)
    return st.tuples(st.just(language), st.lists(words, max_size=14).map(" ".join))


SAID = st.sampled_from(LANGUAGES).flatmap(_said)

LONG = {
    "digits": "1234567890" * 50_000,
    "numbers": "1 " * 6_000,
    "parts": "1." * 300_000,
    "slashes": "1/" * 4_000,
    "schemes": "1-" * 4_000,
    "times": "14h30 " * 2_000,
    "marks on a letter": "a" + "\u0301\u0327" * 200_000,
    "marks on many letters": ("a" + "\u0327\u0301" * 30) * 5_000,
    "lone surrogates": "\ud800" * 4_000,
    "a very long word": "a" * 1_000_000,
    "letters that grow": "İ" * 100_000,
    "Han": "药" * 4_000,
    "negations": "no " * 4_000,
    "sides": "left arm " * 5_000,
    "doses": "5 mg " * 5_000,
    "open phrases": "setzen sie " * 5_000,
    "questions": "?" * 4_000,
    "scales": "thousand, " * 5_000,
    "drugs": "amoxicillin " * 5_000,
}


@settings(deadline=None)  # the machine may be busy
@given(ANY_TEXT, ANY_TEXT, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_any_text_can_be_compared(source: str, target: str, one: str, other: str):
    for verdict in compare_texts(source, target, source=one, target=other).verdicts:
        assert verdict.kind in {"kept", "missing", "changed", "invented"}
        assert verdict.held <= (verdict.kind != "kept")
        for item, text in ((verdict.source, source), (verdict.target, target)):
            assert item is None or (text[item.start : item.end] == item.text and item.kind in CATEGORIES)


@settings(deadline=None)  # the machine may be busy
@given(FRAGMENTS, st.sampled_from(LANGUAGES))
def test_a_text_says_what_it_says(text: str, language: str):
    assert compare_texts(text, text, source=language, target=language).differences == ()


@settings(deadline=None)  # the machine may be busy
@given(FRAGMENTS, FRAGMENTS, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_what_one_direction_loses_the_other_invents(source: str, target: str, one: str, other: str):
    there = compare_texts(source, target, source=one, target=other).differences
    back = compare_texts(target, source, source=other, target=one).differences
    assert bool(there) == bool(back)


@settings(deadline=None, max_examples=300)
@given(SAID, SAID)
def test_the_words_of_the_lexicons_can_stand_in_any_order(one: tuple[str, str], other: tuple[str, str]):
    (source, said), (target, shown) = one, other
    compare_texts(said, shown, source=source, target=target)
    assert compare_texts(said, said, source=source, target=source).differences == ()


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_long_text_takes_time_by_its_length_only(text: str, language: str):
    quarter = _seconds(text[: len(text) // 4], language)
    assert _seconds(text, language) < 12 * quarter + 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_consultation_takes_time_by_its_length_only(language: str):
    said, shown = (" ".join(texts) for texts in zip(*_sentences(language), strict=True))
    quarter = _seconds(5 * said, language, shown)
    assert _seconds(20 * said, language, shown) < 12 * quarter + 0.5


def test_many_lost_negations_take_time_by_their_number_only():
    quarter = _seconds("no " * 4_000, "en", "sim")
    assert _seconds("no " * 16_000, "en", "sim") < 6 * quarter + 0.5


def _sentences(language: str) -> list[tuple[str, str]]:
    """Every sentence with its translation into English; into Portuguese from English."""
    other = "pt" if language == "en" else "en"
    pairs = [pair for name in SETS for pair in handwritten(name) if pair.kind == CORRECT]
    wanted = (language, other)
    return [(pair.source, pair.target) for pair in pairs if (pair.source_language, pair.target_language) == wanted]


def _seconds(text: str, language: str, shown: str = "") -> float:
    """Of this process's own time: the machine may be busy."""
    began = time.process_time()
    if shown:
        compare_texts(text, shown, source=language, target="pt" if language == "en" else "en")
    else:
        assert compare_texts(text, text, source=language, target=language).differences == ()
    return time.process_time() - began


def test_the_answer_does_not_depend_on_the_hash_seed():
    program = (
        "from voicedoc.guard import compare_texts\n"
        "for v in compare_texts('No chest pain, fever or cough; 5 mg twice daily; my mother', "
        "'Dor no peito; 50 mg à noite, grávida', source='en', target='pt').verdicts: print(v.message)\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1 and all(said)


def test_what_a_language_does_not_support_is_named():
    assert set(support("pt")) == set(CATEGORIES)
    assert not any(support("xx").values())
    assert unchecked("en", "pt-BR") == ()
    assert unchecked("en", "xx") == CATEGORIES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_names_categories_that_exist(language: str):
    assert lexicon_of(language).supports <= set(CATEGORIES)
