"""Text as it is read out: nothing vanishes, numbers and units become words in six languages and four more."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_to_num import text2num

from voicedoc.errors import Unspeakable
from voicedoc.speak.spoken import languages, spoken_text
from voicedoc.speak.spoken.lexicon import lexicon_of
from voicedoc.speak.spoken.numbers import cardinal, parse_number

pytestmark = pytest.mark.unit

READINGS = {
    "en": {
        "Take 2.5 g at 10:30.": "Take two point five grams at ten thirty.",
        ".5 mg": "zero point five milligrams",
        "2.50 mL": "two point five zero milliliters",
        "0.05 mg/kg/day": "zero point zero five milligrams per kilogram per day",
        "500mg b.i.d.": "five hundred milligrams twice a day",
        "500mg/5ml": "five hundred milligrams per five milliliters",
        "50 mg/200 mg tablet": "fifty milligrams slash two hundred milligrams tablet",
        "• Tylenol® 5 mg": "– Tylenol five milligrams",
        "250 mcg, 250 µg": "two hundred fifty micrograms, two hundred fifty micrograms",
        "10 IU of insulin": "ten international units of insulin",
        "Take 1/2 tablet": "Take half a tablet",
        "1/2 hour": "half an hour",
        "½ tablet or 1½ tablets": "half a tablet or one and a half tablets",
        "3/4 of it": "three quarters of it",
        "2-3 times": "two to three times",
        "5–10 mg": "five to ten milligrams",
        "Your BP is 120/80 mmHg.": "Your BP is one hundred twenty over eighty millimeters of mercury.",
        "pain is 7/10": "pain is seven out of ten",
        "72 bpm, 95%": "seventy-two beats per minute, ninety-five percent",
        "38.5°C": "thirty-eight point five degrees Celsius",
        "-5 °C": "minus five degrees Celsius",
        "the 1st and 22nd": "the first and twenty-second",
        "call 911": "call nine one one",
        "call 555-0123": "call five five five, zero one two three",
        "since 1985": "since nineteen eighty-five",
        "on 12/05/2024": "on December fifth, twenty twenty-four",
        "1,000 mg": "one thousand milligrams",
        "1.000 mg": "one point zero zero zero milligrams",
        "2,5 mg": "two point five milligrams",
        "1,234,567": "one million two hundred thirty-four thousand five hundred sixty-seven",
        "vitamin B12, COVID-19, T4": "vitamin B twelve, COVID nineteen, T four",
        "2 x 500 mg": "two times five hundred milligrams",
        "$20.50": "twenty point five zero US dollars",
        "8:05 am, 12:00": "eight oh five am, twelve o'clock",
        "a 10-day course": "a ten day course",
        "in her 40s": "in her forties",
        "1500-2000 kcal": "one thousand five hundred to two thousand kilocalories",
        "1-0-1": "one, zero, one",
        "two mg": "two milligrams",
        "q8h": "every eight hours",
        "≥ 3 days": "at least three days",
    },
    "pt": {
        "Tome 2,5 g às 10:30": "Tome dois vírgula cinco gramas às dez horas e trinta minutos",
        "2.5 g": "dois vírgula cinco gramas",
        "1/2 comprimido, 1/2 hora": "meio comprimido, meia hora",
        "1 comprimido e 2 gotas": "um comprimido e duas gotas",
        "200 unidades": "duzentas unidades",
        "120/80": "cento e vinte por oitenta",
        "de 6/6 horas": "de seis em seis horas",
        "38,5°C": "trinta e oito vírgula cinco graus Celsius",
        "12/05/2024": "doze de maio de dois mil e vinte e quatro",
        "1.000 mg": "mil miligramas",
        "10h30": "dez horas e trinta minutos",
        "2x/dia": "duas vezes por dia",
        "1º dia, 2ª dose": "primeiro dia, segunda dose",
        "100 UI": "cem unidades internacionais",
        "0,25 mL": "zero vírgula dois cinco mililitro",
        "ligue para o 192": "ligue para o um nove dois",
        "e/ou": "e ou",
        "7 dias": "sete dias",
    },
    "es": {
        "Tome 2,5 mg a las 10:30": "Tome dos coma cinco miligramos a las diez horas y treinta minutos",
        "21 horas": "veintiuna horas",
        "1 tableta, 1 comprimido": "una tableta, un comprimido",
        "31 comprimidos": "treinta y un comprimidos",
        "1/2 tableta": "media tableta",
        "120/80": "ciento veinte sobre ochenta",
        "38,5 °C": "treinta y ocho coma cinco grados Celsius",
        "12/05/2024": "doce de mayo de dos mil veinticuatro",
        "1er día, 2ª dosis": "primer día, segunda dosis",
        "5 mg cada 8 h": "cinco miligramos cada ocho horas",
        "1 de cada 3": "uno de cada tres",
    },
    "fr": {
        "Prenez 2,5 mg à 10h30": "Prenez deux virgule cinq milligrammes à dix heures trente",
        "1 comprimé, 1 gélule": "un comprimé, une gélule",
        "21 gouttes": "vingt et une gouttes",
        "1 000 mg": "mille milligrammes",
        "2 500 mg": "deux cinq zéro zéro milligrammes",
        "10\u202f000": "dix mille",
        "120/80": "cent vingt sur quatre-vingts",
        "1er mai, 2e dose, 1re fois": "premier mai, deuxième dose, première fois",
        "2 fois/jour": "deux fois par jour",
        "5 d'entre eux": "cinq d'entre eux",
    },
    "de": {
        "Nehmen Sie 2,5 mg um 10:30 Uhr": "Nehmen Sie zwei Komma fünf Milligramm um zehn Uhr dreißig",
        "1 Tablette, 1 Tropfen": "eine Tablette, ein Tropfen",
        "1/2 Tablette": "eine halbe Tablette",
        "1 1/2 Tabletten": "eineinhalb Tabletten",
        "am 12.05.2024": "am zwölften Mai zweitausendvierundzwanzig",
        "am 5. Mai": "am fünften Mai",
        "120/80": "einhundertzwanzig zu achtzig",
        "100 IE": "einhundert Internationale Einheiten",
        "z. B. 3 mg": "zum Beispiel drei Milligramm",
        "1.000 mg": "eintausend Milligramm",
        "1 - Ein": "eins - Ein",
        "2x täglich": "zwei Mal täglich",
    },
    "it": {
        "Prenda 2,5 mg alle 10:30": "Prenda due virgola cinque milligrammi alle dieci ore e trenta minuti",
        "0,05 mg": "zero virgola zero cinque milligrammi",
        "1 compressa, 1 milligrammo": "una compressa, un milligrammo",
        "1/2 compressa": "mezza compressa",
        "120/80": "centoventi su ottanta",
        "12/05/2024": "dodici maggio duemilaventiquattro",
        "3 volte/die": "tre volte per giorno",
        "7 giorni, 38,5 °C": "sette giorni, trentotto virgola cinque gradi Celsius",
    },
    "hi": {
        "2.5 mg लें": "दो दशमलव पाँच मिलीग्राम लें",
        "१० गोली": "दस गोली",
        "नहीं होगा | फिर": "नहीं होगा। फिर",
        "1/2 गोली": "आधी गोली",
        "1,50,000": "एक लाख पचास हज़ार",
        "10:30": "दस बजकर तीस मिनट",
    },
    "zh": {
        "每天服用2.5毫克": "每天服用二点五毫克",
        "2片, 500mg": "两片, 五百毫克",
        "10205": "一万零二百零五",
        "由COVID-19引起": "由COVID 十九引起",
        "38.5°C": "三十八点五摄氏度",
        "5%": "百分之五",
        "2024-05-12": "二零二四年五月十二日",
    },
    "ja": {"2.5mgを飲む": "二点五 ミリグラムを飲む", "10:30": "十時三十分"},
    "ru": {
        "2,5 мг": "две целых пять десятых миллиграмма",
        "21 таблетка": "двадцать одна таблетка",
        "12.05.2024": "двенадцатого мая две тысячи двадцать четвёртого года",
        "1 000 мл": "одна тысяча миллилитров",
    },
}


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [(tag, text, words) for tag, table in READINGS.items() for text, words in table.items()],
)
def test_a_text_is_read_as_people_of_the_language_say_it(language: str, text: str, spoken: str) -> None:
    assert spoken_text(text, language) == spoken


def test_a_regional_tag_reads_like_its_language() -> None:
    assert spoken_text("2,5 mg", "pt-BR") == spoken_text("2,5 mg", "pt")


def test_every_language_has_a_lexicon_that_loads() -> None:
    assert set(READINGS) == languages()
    assert all(lexicon_of(language) for language in languages())


def test_a_text_without_numbers_passes_in_any_language() -> None:
    assert spoken_text("Merhaba, nasılsınız?", "tr") == "Merhaba, nasılsınız?"


@pytest.mark.parametrize("text", ["2 tablet", "günde ½", "٢ حبة"])
def test_numbers_in_a_language_without_a_lexicon_are_not_spoken(text: str) -> None:
    with pytest.raises(Unspeakable) as refused:
        spoken_text(text, "tr")
    assert refused.value.remedy


@pytest.mark.parametrize("text", ["take it 🙂", "x² + y²", "10^3", "a → b", "¤ 5"])
def test_what_has_no_words_is_refused_and_not_dropped(text: str) -> None:
    with pytest.raises(Unspeakable):
        spoken_text(text, "en")


def test_a_refusal_says_nothing_of_what_was_said() -> None:
    with pytest.raises(Unspeakable) as refused:
        spoken_text("Margarethe 🙂", "en")
    assert "Margarethe" not in str(refused.value)


# --- properties

NUMERALS = ["en", "pt", "es", "fr", "de", "it"]
FRAGMENTS = st.sampled_from(
    [
        "2.5", "1,000", "10:30", "1/2", "120/80", "2-3", "mg", "mL", " ", ", ", "%", "38.5°C", "B12",
        "12/05/2024", "1st", "x", "kg/m²", "-", "a", "casa", "ao dia", "h", ".", "(", ")", "+", "<", "½", "3",
        "007", "١", "５", "/", "'", "€", "º", "\u00a0", "1e5", ":", "24/7", "−", "5'10", "1.2.3", "q8h", "IU",
        "in ", "×", "≥", "$",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=12).map("".join), st.sampled_from(sorted(READINGS)))
def test_no_digit_and_no_symbol_is_ever_left(text: str, language: str) -> None:
    try:
        spoken = spoken_text(text, language)
    except Unspeakable:
        return
    assert not any(unicodedata.category(mark)[0] in "NSC" and mark not in "\u200c\u200d" for mark in spoken)
    assert not set("%°/<>+=&_@#*") & set(spoken)


@given(st.lists(FRAGMENTS, max_size=12).map("".join), st.sampled_from(NUMERALS))
def test_what_has_been_read_out_reads_the_same_again(text: str, language: str) -> None:
    try:
        spoken = spoken_text(text, language)
    except Unspeakable:
        return
    if not re.search(r"\b(?:mg|mL|x)\b", spoken):  # units alone are expanded, too
        assert spoken_text(spoken, language) == spoken


def value_of(words: str, language: str) -> int:
    """The number that text2num reads in the words. It does not know Italian's elided "centottanta"."""
    if language == "it":
        words = words.replace("centotta", "centootta").replace("centotto", "centootto")
    value = text2num(words, language)
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize("language", NUMERALS)
def test_every_number_of_a_dose_comes_back_from_its_words(language: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon is not None
    assert [value_of(cardinal(n, lexicon), language) for n in range(2000)] == list(range(2000))


@given(st.integers(0, 999_999), st.sampled_from(NUMERALS))
def test_a_whole_number_comes_back_from_its_words(n: int, language: str) -> None:
    assert value_of(spoken_text(f"({n})", language).strip("()"), language) == n


@given(st.integers(0, 999), st.text("0123456789", min_size=1, max_size=4), st.sampled_from(NUMERALS))
def test_no_digit_of_a_decimal_fraction_is_lost(whole: int, fraction: str, language: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon is not None
    sign = "." if language == "en" else ","
    spoken = spoken_text(f"{whole}{sign}{fraction} mg", language)
    before, after = spoken.split(f" {lexicon.decimal} ")
    digits = after.split()[:-1]
    assert value_of(before, language) == whole
    assert [value_of(digit, language) for digit in digits] == [int(digit) for digit in fraction]


ENDS = st.integers(2, 99).filter(lambda n: n % 10 != 1)  # "one" takes its noun's gender, which text2num does not know


@given(ENDS, ENDS, st.sampled_from(NUMERALS))
def test_both_ends_of_a_range_come_back_from_its_words(a: int, b: int, language: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon is not None
    template = lexicon.range.replace("{a}", "(?P<a>.+)").replace("{b}", r"(?P<b>\S+(?: \S+)*?)")
    found = re.fullmatch(rf"\({template} \w+\)", spoken_text(f"({a}-{b} kg)", language))
    assert found is not None
    assert (value_of(found["a"], language), value_of(found["b"], language)) == (a, b)


def test_hindi_numerals_differ_from_each_other() -> None:
    lexicon = lexicon_of("hi")
    assert lexicon is not None
    assert len(set(lexicon.small)) == 100


def test_chinese_numerals_have_a_zero_for_each_gap() -> None:
    lexicon = lexicon_of("zh")
    assert lexicon is not None
    words = {
        10: "十",
        20: "二十",
        105: "一百零五",
        110: "一百一十",
        1001: "一千零一",
        20_000: "二万",
        100_005: "十万零五",
    }
    assert {n: cardinal(n, lexicon) for n in words} == words


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("1.000", "pt", "1000"),
        ("1.000", "en", "1.000"),
        ("1,000", "pt", "1.000"),
        ("0.125", "pt", "0.125"),
        ("1.000.000", "en", "1000000"),
        ("1,234.5", "pt", "1234.5"),
        ("1'000", "de", "1000"),
        ("12,34,567", "hi", "1234567"),
    ],
)
def test_cldr_decides_where_conventions_collide_and_sense_where_they_do_not(
    written: str, language: str, value: str
) -> None:
    lexicon = lexicon_of(language)
    assert lexicon is not None
    number = parse_number(written, lexicon)
    assert number is not None
    assert str(number.value) == value


def test_what_is_no_number_is_read_piece_by_piece() -> None:
    assert spoken_text("1.2.3", "en") == "one point two point three"


def test_reading_is_quick_enough_to_be_unnoticed() -> None:
    rng = random.Random(7)
    text = " ".join(f"{rng.randint(1, 500)} mg" for _ in range(400))
    assert spoken_text(text, "pt").count("miligrama") == 400
