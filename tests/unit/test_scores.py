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
    bleu,
    bleu_counts,
    bleu_signature,
    bleu_tokens,
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


@pytest.mark.parametrize(
    ("language", "pairs"),
    [
        (
            "pt",
            [("Tome dois comprimidos por dia.", "Tome dois comprimidos ao dia."), ("Não coma mel, por favor.", "Não")],
        ),
        ("en", [("a b c d e f g", "a b c x e f g"), ("one", "two"), ("x y", "")]),
        ("en", [("one two three four", "five six seven eight")]),
        ("en", [("one two three four five", "one six two seven three")]),
        ("zh", [("每天吃两片药。", "每天吃三片药。")]),
        ("ja", [("毎日二錠飲んでください", "毎日三錠飲んでください")]),
    ],
)
def test_bleu_of_summed_counts_is_sacrebleus(language: str, pairs: list[tuple[str, str]]):
    bleu_of = pytest.importorskip("sacrebleu.metrics.bleu").BLEU
    summed = np.asarray([bleu_counts(reference, ours, language) for reference, ours in pairs]).sum(0)
    wanted = bleu_of(tokenize=bleu_tokens(language)).corpus_score([o for _, o in pairs], [[r for r, _ in pairs]])
    assert float(bleu(summed)) == pytest.approx(wanted.score)
    assert bleu(np.stack([summed, summed])).shape == (2,)


def test_the_signature_of_bleu_says_how_each_language_was_parted():
    told = bleu_signature(["pt", "en", "zh"])
    assert told.count("tok:13a") == told.count("tok:zh") == 1 and "smooth:exp" in told and "version:" in told


def test_the_match_error_rate_counts_what_was_inserted():
    mer = SCORERS["mer"]
    assert mer.count(row("take two", "take two more pills")) == (2, 4)
    assert mer.count(row("take two tablets", "take ten")) == (2, 3)
    assert mer.count(row("", "a b")) == (2, 2) and mer.count(row("吃药", "吃药", "zh")) is None


def test_numbers_that_nobody_said_cost_precision_and_not_recall():
    added = row("Take 20 mg.", "Take 20 mg for 3 days, then 40 mg.")
    assert SCORERS["numbers"].count(added) == (1, 1)
    assert SCORERS["numbers-precision"].count(added) == (1, 3)
    assert SCORERS["numbers-precision"].count(row("Take 20 mg.", "Take it.")) is None


def test_critical_items_of_a_translation_are_recalled_and_precise():
    right = row("", "Tome 20 mg.", "pt", "Take 20 mg.", "en")
    recall, precision = SCORERS["items"].count(right), SCORERS["items-precision"].count(right)
    assert recall is not None and precision is not None
    assert recall[0] == recall[1] > 0 and precision[0] == precision[1] > 0
    added = row("", "Tome 20 mg de manhã e 40 mg à noite.", "pt", "Take 20 mg.", "en")
    more = SCORERS["items-precision"].count(added)
    assert more is not None and more[0] < more[1]
