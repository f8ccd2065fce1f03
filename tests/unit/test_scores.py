from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.evaluate.scores import (
    ErrorCount,
    character_errors,
    chrf,
    chrf_counts,
    chrf_signature,
    share,
    word_errors,
)
from voicedoc.evaluate.text import normalise

pytestmark = pytest.mark.unit

TEXTS = st.text(alphabet="abc déñ", max_size=20)


def row(reference: str, output: str, language: str = "en", source: str = "", source_language: str = "") -> Row:
    return Row("1", "s", "1", language, reference, output, source=source, source_language=source_language)


def test_word_errors_are_counts_of_words():
    assert word_errors("take two tablets daily", "take ten tablets") == ErrorCount(2, 4)
    assert word_errors("a", "") == ErrorCount(1, 1)
    assert word_errors("", "a b") == ErrorCount(2, 0)


def test_character_errors_are_counts_of_characters():
    assert character_errors("mg", "mcg") == ErrorCount(1, 2)


def test_counts_add_up_to_the_rate_over_all():
    total = word_errors("a b c d", "a b c x") + word_errors("e", "e")
    assert total == ErrorCount(1, 5)
    assert total.rate == 0.2
    assert np.isnan(ErrorCount(0, 0).rate)


@given(TEXTS, TEXTS)
def test_a_text_has_no_errors_against_itself_and_never_fewer_than_the_lengths_differ(one: str, other: str):
    assert word_errors(one, one).errors == 0
    count = word_errors(one, other)
    assert count.errors >= abs(len(one.split()) - len(other.split()))
    assert count.total == len(one.split())


def test_english_is_normalised_by_whispers_english_rules():
    assert normalise("Dr. Smith's colour: twenty-five!", "en") == normalise("doctor smith's color 25", "en-GB")


def test_other_languages_keep_their_letters_and_numerals():
    assert normalise("Não, dói-me à noite (sim).", "pt-BR") == "não dói me à noite"
    assert normalise("vinte e cinco", "pt") != normalise("25", "pt")


def test_languages_without_spaces_are_scored_by_character():
    assert normalise("你 好。", "zh") == "你好"
    chinese = row("你好", "你们", "zh")
    assert SCORERS["wer"].count(chinese) is None
    assert SCORERS["cer"].count(chinese) == (1, 2)


def test_doses_are_scored_unnormalised_too():
    spoken = row("Take 2.5 mg", "take two point five milligrams")
    assert SCORERS["wer-raw"].count(spoken) == (5, 3)
    assert SCORERS["numbers"].count(spoken) == (1, 1)
    assert SCORERS["units"].count(spoken) == (1, 1)
    assert SCORERS["numbers"].count(row("Take 2.5 mg", "take 25 mg")) == (0, 1)
    assert SCORERS["negations"].count(row("no pain", "pain")) == (0, 1)
    assert SCORERS["numbers"].count(row("๒", "๒", "th")) is None


def test_a_number_said_twice_must_be_found_twice():
    assert SCORERS["numbers"].count(row("2 in the morning, 2 at night", "2 in the morning")) == (1, 2)


def test_chrf_counts_give_what_sacrebleu_gives():
    from sacrebleu.metrics.chrf import CHRF

    metric, draw = CHRF(), random.Random(5)
    words = ["tome", "dois", "comprimidos", "de", "manhã", "e", "à", "noite", "sem", "falta", "não", "pare"]
    references = [" ".join(draw.choices(words, k=draw.randint(1, 12))) for _ in range(40)] + ["ab", "x"]
    outputs = [" ".join(w for w in r.split() if draw.random() > 0.3) for r in references[:-2]] + ["abc", "xyz"]
    counts = np.array([chrf_counts(r, o) for r, o in zip(references, outputs, strict=True)], dtype=float)
    assert float(chrf(counts.sum(0))) == pytest.approx(metric.corpus_score(outputs, [references]).score)
    for reference, output, count in zip(references, outputs, counts, strict=True):
        assert float(chrf(count)) == pytest.approx(metric.corpus_score([output], [[reference]]).score)


def test_chrf_names_its_signature():
    assert "nc:6" in chrf_signature() and "version:" in chrf_signature()


def test_shares_of_nothing_are_not_a_number():
    assert np.isnan(share(np.array([0.0, 0.0])))
    assert share(np.array([[1.0, 4.0], [2.0, 4.0]])).tolist() == [25.0, 50.0]


def test_alarms_compare_with_the_source_and_have_a_human_baseline():
    translated = row("Tome 20 mg.", "Tome 200 mg.", "pt", "Take 20 mg.", "en")
    assert SCORERS["alarms"].count(translated) == (1.0, 1.0)
    assert SCORERS["alarms-human"].count(translated) == (0.0, 1.0)
    assert SCORERS["alarms"].count(row("x", "x", "th", "x", "en")) is None


def test_what_the_guard_catches_is_told_by_the_human_translation():
    right = row("Tome 5 mg.", "Tome 5 mg agora.", "pt", "Take 5 mg.", "en")
    wrong = row("Tome 5 mg.", "Tome 50 mg.", "pt", "Take 5 mg.", "en")
    free = row("Tome o remédio.", "Tome 5 mg.", "pt", "Take 5 mg.", "en")
    names = ("strays", "caught", "held-others")
    assert [SCORERS[name].count(right) for name in names] == [(0.0, 1.0), None, (0.0, 1.0)]
    assert [SCORERS[name].count(wrong) for name in names] == [(1.0, 1.0), (1.0, 1.0), None]
    assert [SCORERS[name].count(free) for name in names] == [None] * 3  # the human has left something out
    assert [SCORERS[name].count(row("x", "x", "th", "x", "en")) for name in names] == [None] * 3
