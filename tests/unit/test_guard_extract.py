from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.errors import UnsupportedLanguage
from voicedoc.guard import LANGUAGES, compare_texts, extract
from voicedoc.guard.lexicon import lexicon_of
from voicedoc.speak.spoken import spoken_text

pytestmark = pytest.mark.unit

SPOKEN = {
    "de": ["zwei", "fünfundzwanzig", "komma", "punkt", "millionen", "mal", "halb"],
    "en": ["two", "twenty", "point", "million", "times", "half", "second"],
    "es": ["dos", "veinte", "coma", "punto", "mil", "veces", "medio"],
    "fr": ["quatre", "vingt", "virgule", "point", "mille", "fois", "demi"],
    "it": ["due", "venti", "virgola", "punto", "mila", "volte", "mezzo"],
    "pt": ["dois", "vinte", "vírgula", "ponto", "mil", "vezes", "meio"],
}
MARKS = ["5", "25", "2.5", ",", "mg"]


def values(text: str, language: str, kind: str) -> list[str]:
    return [item.value for item in extract(text, language) if item.kind == kind]


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("take 2.5 mg", "en", ["2.5"]),
        ("take two point five milligrams", "en", ["2.5"]),
        ("twenty-one drops, one hundred and five times", "en", ["21", "105"]),
        ("1,500 people, 7,162 cases, 1.8 billion", "en", ["1500", "7162", "1800000000"]),
        ("twice a day", "en", ["2"]),
        ("half a tablet, 1/2 tablet, ½ tablet", "en", ["0.5", "0.5", "0.5"]),
        ("two and a half hours", "en", ["2", "0.5"]),
        ("120/80", "en", ["120", "80"]),
        ("2-3 tablets", "en", ["2", "3"]),
        ("on 12.03.2020", "en", ["12", "3", "2020"]),
        ("COVID-19, vitamin B12, H1N1, N95", "en", []),
        ("thousands of people", "en", []),
        ("the second dose", "en", []),
        ("tome 2,5 mg", "pt", ["2.5"]),
        ("tome dois vírgula cinco miligramas", "pt", ["2.5"]),
        ("1.500 pessoas, 0.125 mg, 370 milhões", "pt", ["1500", "0.125", "370000000"]),
        ("vinte por cento", "pt", ["20"]),
        ("duas vezes por dia, de oito em oito horas", "pt", ["2", "8"]),
        ("meio comprimido, por meio de um exame, no meio do peito", "pt", ["0.5", "1"]),
        ("dois comprimidos e meio", "pt", ["2", "0.5"]),
        ("sexta-feira", "pt", []),
        ("dos coma cinco miligramos", "es", ["2.5"]),
        ("medio comprimido, veintiún días, once horas", "es", ["0.5", "21", "11"]),
        ("el diez por ciento", "es", ["10"]),
        ("deux virgule cinq milligrammes, quatre-vingt-dix-sept", "fr", ["2.5", "97"]),
        ("1\u202f500 malades, un demi-comprimé", "fr", ["1500", "1", "0.5"]),
        ("un nouveau médicament neuf, neuf jours", "fr", ["1", "9"]),
        ("zweieinhalb Tabletten, anderthalb Stunden", "de", ["2.5", "1.5"]),
        ("fünfundzwanzig Tropfen, zweimal täglich", "de", ["25", "2"]),
        ("zweihundertfünfzig Milligramm, zwei Komma fünf", "de", ["250", "2.5"]),
        ("zero point two five, two point twenty five, 2 point 5, two point 05", "en", ["0.25", "2.25", "2.5", "2.05"]),
        ("take zero point five two times a day", "en", ["0.5", "2"]),
        ("two point two five million, 1 point 8 billion", "en", ["2250000", "1800000000"]),
        ("at one point, two people; the point is two; 2.5 point 3", "en", ["1", "2", "2", "2.5", "3"]),
        ("two point five point three", "en", ["2.5", "3"]),
        ("zero vírgula dois cinco, dois ponto cinco, 2 vírgula 25", "pt", ["0.25", "2.5", "2.25"]),
        ("zero vírgula vinte e cinco, zero vírgula zero cinco", "pt", ["0.25", "0.05"]),
        ("dois vírgula cinco duas vezes ao dia", "pt", ["2.5", "2"]),
        ("cero coma dos cinco, dos punto cinco, dos coma cinco millones", "es", ["0.25", "2.5", "2500000"]),
        ("zéro virgule deux cinq, deux point cinq, deux virgule vingt-cinq", "fr", ["0.25", "2.5", "2.25"]),
        ("null Komma zwei fünf, 2 Komma 5, zwei Komma fünfundzwanzig", "de", ["0.25", "2.5", "2.25"]),
        ("zero virgola due cinque, due punto cinque, due virgola venticinque", "it", ["0.25", "2.5", "2.25"]),
        ("lei non sei malata; sei compresse", "it", ["6"]),
        ("mezza compressa, due virgola cinque milligrammi", "it", ["0.5", "2.5"]),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(text: str, language: str, numbers: list[str]):
    assert values(text, language, "number") == numbers


@pytest.mark.parametrize(
    ("text", "language", "units"),
    [
        (
            "500mg, 5 mL, 50 mcg, 10 µg, 72 kilograms",
            "en",
            ["milligram", "milliliter", "microgram", "microgram", "kilogram"],
        ),
        (
            "1000 IU; 120 mmHg; 92 %; 38.5 °C",
            "en",
            ["international-unit", "millimeter-of-mercury", "percent", "celsius"],
        ),
        ("2 tablets, 3 drops, two puffs, half a teaspoon", "en", ["tablet", "drop", "puff", "teaspoon"]),
        ("5 mg/kg", "en", ["milligram", "kilogram"]),
        ("how many days? every day a tablet", "en", []),
        ("a second opinion, the second dose", "en", []),
        ("2 comprimidos, 3 gotas, 20 por cento, 8 horas", "pt", ["tablet", "drop", "percent", "hour"]),
        ("2 a 3 comprimidos", "pt", ["tablet"]),
        ("dos cucharadas, 3 semanas, 4 gotas", "es", ["tablespoon", "week", "drop"]),
        ("2 gélules, 3 jours, 37 degrés", "fr", ["capsule", "day", "celsius"]),
        ("zwei Hübe, 3 Tage, 5 Milliliter", "de", ["puff", "day", "milliliter"]),
        ("due compresse, 5 gocce, 3 settimane", "it", ["tablet", "drop", "week"]),
    ],
)
def test_units_count_where_they_measure_something(text: str, language: str, units: list[str]):
    assert values(text, language, "unit") == units


@pytest.mark.parametrize(
    ("text", "language", "n"),
    [
        ("I don't smoke and I have no pain.", "en", 2),
        ("I cannot eat without pain.", "en", 2),
        ("No one came.", "en", 1),
        ("not only at night", "en", 0),
        ("Não comi nada.", "pt", 1),
        ("Não tenho febre nem tosse.", "pt", 1),
        ("Ninguém veio. Sem dor.", "pt", 2),
        ("De nada.", "pt", 0),
        ("No tengo ningún dolor.", "es", 1),
        ("Nadie vino.", "es", 1),
        ("Je n'ai pas de fièvre.", "fr", 1),
        ("Je ne mange plus. J'en veux plus.", "fr", 1),
        ("Je n’ai rien mangé, je ne fume jamais.", "fr", 2),
        ("Ich habe keine Schmerzen und nehme nichts.", "de", 2),
        ("Nehmen Sie das nicht nur abends.", "de", 0),
        ("Non ho mai fumato.", "it", 1),
        ("Ha mai fumato?", "it", 0),
        ("Nessuno fuma.", "it", 1),
    ],
)
def test_a_denial_is_counted_once_however_many_words_agree_in_it(text: str, language: str, n: int):
    assert len(values(text, language, "negation")) == n


def test_items_name_their_place():
    text = "Não tome 2,5 mg."
    assert [text[item.start : item.end] for item in extract(text, "pt")] == ["Não", "2,5", "2,5 mg", "mg"]
    assert all(item.text == text[item.start : item.end] for item in extract(text, "pt"))


def test_a_regional_tag_counts_as_its_language():
    assert extract("dois dias", "pt-BR") == extract("dois dias", "pt")


def test_an_unknown_language_is_refused_with_those_known():
    with pytest.raises(UnsupportedLanguage, match="'ja'") as caught:
        extract("二", "ja")
    assert "pt" in caught.value.remedy


@settings(deadline=None)  # the machine may be busy
@given(
    whole=st.integers(0, 9999),
    fraction=st.text("0123456789", min_size=1, max_size=4),
    language=st.sampled_from(tuple(SPOKEN)),
)
def test_a_decimal_read_out_is_the_decimal_written(whole: int, fraction: str, language: str):
    written = f"{whole}{lexicon_of(language).numbers.decimal}{fraction} mg"
    spoken = spoken_text(written, language)
    assert not any(sign.isdigit() for sign in spoken)
    value = f"{Decimal(f'{whole}.{fraction}').normalize():f}"
    assert values(spoken, language, "number") == values(written, language, "number") == [value]


@pytest.mark.parametrize("language", SPOKEN)
def test_whole_numbers_read_out_are_those_written(language: str):
    wrong = [n for n in range(1100) if values(spoken_text(f"{n} mg", language), language, "number") != [str(n)]]
    assert wrong == []


@settings(deadline=None)  # the machine may be busy
@given(st.data(), st.sampled_from(tuple(SPOKEN)))
def test_numbers_of_any_words_do_not_overlap(data: st.DataObject, language: str):
    words = data.draw(st.lists(st.sampled_from(SPOKEN[language] + MARKS)))
    numbers = [item for item in extract(" ".join(words), language) if item.kind == "number"]
    assert all(one.end <= other.start for one, other in pairwise(numbers))


@settings(deadline=None)  # the machine may be busy
@given(st.text(), st.text(), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_any_text_can_be_compared(source: str, target: str, one: str, other: str):
    for verdict in compare_texts(source, target, source=one, target=other).verdicts:
        for item, text in ((verdict.source, source), (verdict.target, target)):
            assert item is None or text[item.start : item.end] == item.text


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet="0123456789.,/ ½-º²٣", max_size=60), st.sampled_from(LANGUAGES))
def test_any_digits_can_be_compared(text: str, language: str):
    assert compare_texts(text, text, source=language, target=language).differences == ()


def test_very_long_numbers_and_texts_are_read():
    for text in ("9" * 20_000, "1.5" * 5_000, "two " * 20_000, "0" * 5_000 + "1/2", "9" * 9_000 + " billion"):
        assert compare_texts(text, text, source="en", target="en").differences == ()
