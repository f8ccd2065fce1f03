"""Medicines and allergies that are told in the patient's own words: each keeps its place, its dose, and its owner."""

# ruff: noqa: E501  # rows of examples; letters of other scripts count double

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.interviews import LANGUAGES, PACKS, Talk, question
from voicedoc.converse.complaints.load import Packs, load_packs
from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.interview.history import _Writer, to_markdown
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.read import CONTRADICTED, UNCLEAR, Answer, read_reply
from voicedoc.converse.interview.taken import joined, told_of_medicines
from voicedoc.converse.interview.texts import checks, texts
from voicedoc.core.events import TurnAttributed
from voicedoc.core.speech import Visit
from voicedoc.export.transcript import transcript_of
from voicedoc.guard.extract import extract

pytestmark = pytest.mark.unit


def told(text: str, language: str) -> tuple[str, str]:
    found = told_of_medicines(text, language, extract(text, language))
    return joined(found.medicines), joined(found.allergens)


@pytest.mark.parametrize(
    ("language", "text", "medicines", "allergens"),
    [
        ("en", "I take amlodipine 10 mg once a day and I'm allergic to latex and nuts.", "amlodipine 10 mg 1/day", "latex; nut"),
        ("pt", "Tomo losartana 50 mg e sou alérgica a látex e camarão.", "losartan 50 mg", "latex; shellfish"),
        ("es", "Tomo enalapril y soy alérgica al ibuprofeno, al látex y a las nueces.", "enalapril", "ibuprofen; latex; nut"),
        ("fr", "Je prends du bisoprolol 5 mg et je suis allergique au latex et aux noix.", "bisoprolol 5 mg", "latex; nut"),
        ("de", "Ich nehme Bisoprolol und bin gegen Latex und Nüsse allergisch.", "bisoprolol", "latex; nut"),
        ("it", "Prendo ramipril 5 mg e sono allergica al lattice e alle noci.", "ramipril 5 mg", "latex; nut"),
        ("zh", "我吃氨氯地平，对海鲜和花粉过敏。", "amlodipine", "shellfish; pollen"),
        ("hi", "मैं एम्लोडिपिन लेती हूँ और मुझे लेटेक्स और धूल से एलर्जी है।", "amlodipine", "latex; dust"),
        ("ar", "آخذ أملوديبين وعندي حساسية من اللاتكس والبنسلين.", "amlodipine", "latex; penicillin"),
        ("ru", "Принимаю эналаприл, аллергия на латекс и пенициллин.", "enalapril", "latex; penicillin"),
        ("pt", "Tomo omeprazol 20 e sou alérgico a dipirona e AAS.", "omeprazole 20", "metamizole; acetylsalicylic acid"),
        ("de", "Ich habe eine Nussallergie und nehme Metformin.", "metformin", "nut"),
        ("en", "My wife takes warfarin, I take 5 mg of ramipril twice a day and aspirin 75.", "ramipril 5 mg 2/day; acetylsalicylic acid 75", ""),
        ("es", "Tomo metformina de ochocientos cincuenta dos veces al día.", "metformin “ochocientos cincuenta dos veces al día”", ""),
    ],
)  # fmt: skip
def test_what_is_taken_and_what_is_not_borne_keep_their_places(
    language: str, text: str, medicines: str, allergens: str
) -> None:
    assert told(text, language) == (medicines, allergens)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm not allergic to penicillin, but to iodine."), ("pt", "Não tenho alergia a penicilina, mas a iodo sim."),
        ("es", "No soy alérgico a la penicilina, pero sí al yodo."), ("fr", "Je ne suis pas allergique à la pénicilline, mais à l'iode."),
        ("de", "Penicillinallergie habe ich keine, aber gegen Jod."), ("it", "Non sono allergico alla penicillina, ma allo iodio."),
        ("zh", "我对青霉素不过敏，但是对碘过敏。"), ("hi", "मुझे पेनिसिलिन से एलर्जी नहीं है, लेकिन आयोडीन से है।"),
        ("ar", "ليس عندي حساسية من البنسلين لكن من اليود."), ("ru", "На пенициллин аллергии нет, а на йод есть."),
    ],
)  # fmt: skip
def test_one_thing_is_borne_but_another_is_not(language: str, text: str) -> None:
    found = told_of_medicines(text, language, extract(text, language))
    assert (joined(found.borne), joined(found.allergens)) == ("penicillin", "iodine")


@pytest.mark.parametrize(
    ("language", "text", "own"),
    [
        ("en", "I'm allergic to mangosteen", "mangosteen"), ("pt", "Sou alérgico a jabuticaba.", "jabuticaba"), ("es", "soy alérgica a la guanábana", "guanábana"),
        ("fr", "Je suis allergique à la lanoline.", "lanoline"), ("de", "Ich bin gegen Beifuß allergisch", "Beifuß"), ("de", "allergisch auf Beifuß", "Beifuß"),
        ("it", "sono allergico alla lanolina", "lanolina"), ("zh", "我对羊毛脂过敏", "羊毛脂"), ("hi", "मुझे बैंगन से एलर्जी है", "बैंगन"),
        ("ar", "عندي حساسية من الباذنجان", "الباذنجان"), ("ru", "У меня аллергия на полынь", "полынь"),
    ],
)  # fmt: skip
def test_an_allergen_that_no_list_has_stands_in_the_patients_words(language: str, text: str, own: str) -> None:
    assert told(text, language)[1] == own


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How much ibuprofen should I take for my knee?"), ("en", "Can I take ibuprofen for my knee"),
        ("en", "My mother takes furosemide."), ("en", "My husband has asthma. He takes salbutamol."), ("it", "Dottore, mi dia la morfina."),
        ("pt", "Doutora, me receita tramadol."), ("es", "¿Puedo tomar ibuprofeno?"), ("fr", "Donnez-moi du tramadol."),
        ("de", "Meine Mutter hat Diabetes. Sie nimmt Metformin."), ("zh", "能不能给我开曲马多"), ("ru", "Выпишите мне трамадол."),
        ("ar", "أعطني ترامادول"), ("hi", "मेरी माँ मेटफॉर्मिन लेती हैं।"), ("en", "My son's friend is allergic to nuts."), ("en", "I'm not allergic to nuts."),
        ("en", "I ate some nuts yesterday."),
    ],
)  # fmt: skip
def test_what_is_asked_for_or_somebody_elses_is_not_taken(language: str, text: str) -> None:
    assert told(text, language) == ("", "")


def _history(talk: Talk) -> str:
    plan = Plan(talk.packs)
    return to_markdown(
        _Writer(plan, talk.state, transcript_of(talk.events), "en").history({}, asked_for_a_person=False)
    )


OPENING = "I have chest pain, I take sumatriptan 50 mg and I'm allergic to nuts"


def test_what_was_told_is_read_back_once_and_a_later_no_contradicts_it() -> None:
    talk = Talk(visit=Visit("en", "en")).says(OPENING)
    talk.answers(lambda name: "yes" if name == "check.drugs" else "40" if name == "common.age" else "no")
    assert talk.asked.count("check.drugs") == talk.asked.count("check.allergies") == 1
    assert "I have noted these medicines: sumatriptan 50 mg. Is that right?" in talk.said
    assert (talk.fact("common.drugs").state, talk.fact("common.drugs").value) == ("unknown", CONTRADICTED)
    assert talk.fact("check.drugs").state == "present" and talk.fact("check.allergies").state == "absent"
    shown = _history(talk)
    assert "Medicines: sumatriptan 50 mg" in shown and texts("en").history["contradicted"] in shown
    named = next(line for line in shown.splitlines() if line.startswith("- Allergies: nut"))
    assert texts("en").history["unconfirmed"] in named and "«no»" in named
    assert "Allergies: none" not in shown and "Medicines: none" not in shown


def test_nothing_is_read_back_where_nothing_was_told() -> None:
    talk = Talk(visit=Visit("en", "en")).says("I have chest pain").answers(lambda name: "no")
    assert not [name for name in talk.asked if name.startswith("check.")]
    assert talk.fact("common.drugs").state == "absent"


def test_no_allergy_to_one_thing_is_not_no_allergy() -> None:
    talk = Talk(visit=Visit("en", "en")).says("I have chest pain and no penicillin allergy")
    assert talk.state.known.get("history-allergy") is None
    talk.answers(lambda name: "no")
    assert "common.allergies" in talk.asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_back_in_the_patients_words(language: str) -> None:
    line = {
        "en": "I take Marcumar", "pt": "Tomo Marcumar", "es": "Tomo Marcumar", "fr": "Je prends du Marcumar", "de": "Ich nehme Marcumar",
        "it": "Prendo Marcumar", "zh": "我吃二甲双胍", "hi": "मैं मेटफॉर्मिन लेता हूँ", "ar": "آخذ ميتفورمين", "ru": "Принимаю метформин",
    }[language]  # fmt: skip
    talk = Talk(visit=Visit("en", language), packs=load_packs(), budget=1).says(line)
    talk.answers(lambda name: {"en": "yes"}.get(name, "…"), most=8)
    asked = checks()[0].text[language].partition("{")[0].strip()
    said = [one for one in talk.said if asked in one]
    name = line.split()[-1] if language not in ("zh", "hi") else {"zh": "二甲双胍", "hi": "मेटफॉर्मिन"}[language]
    assert said and name in said[0] and "{" not in said[0]


# --- what is named late, and what names nothing


def _read_back(answer: str) -> Talk:
    talk = Talk(visit=Visit("en", "en")).says("I have chest pain and I am allergic to penicillin")
    for _ in range(30):
        if talk.state.open and talk.state.open.question == "check.allergies":
            return talk.says(answer)
        talk.says("no")
    raise AssertionError("allergies were not read back")


@pytest.mark.parametrize(
    ("answer", "allergens"),
    [
        ("Yes, and I am allergic to latex, too.", {"penicillin", "latex"}), ("Yes, and also aspirin.", {"penicillin", "acetylsalicylic acid"}),
        ("Yes, but I take aspirin every day.", {"penicillin"}), ("Yes.", {"penicillin"}),
    ],
)  # fmt: skip
def test_an_allergen_that_is_named_when_they_are_read_back_is_noted(answer: str, allergens: set[str]) -> None:
    talk = _read_back(answer)
    named = Plan(talk.packs).named(talk.state, "allergies")
    assert {name for fact in named for name in fact.value.split("; ")} == allergens
    assert all(fact.words in {line.hypothesis.text for line in talk.of(TurnAttributed)} for fact in named)


def test_an_allergen_that_is_named_when_its_reaction_is_asked_for_is_noted() -> None:
    talk = Talk(visit=Visit("en", "en")).says("I have chest pain and I am allergic to penicillin")
    for _ in range(30):
        if talk.state.open and talk.state.open.question == "common.reaction":
            break
        talk.says("no")
    talk.says("A rash, and I am allergic to latex, too.")
    assert {fact.value for fact in Plan(talk.packs).named(talk.state, "allergies")} == {"penicillin", "latex"}


def test_each_medicine_stands_beside_the_words_that_name_it() -> None:
    talk = Talk(visit=Visit("en", "pt")).says("Tenho dor no peito. Tomo Marcumar.", "Não. Tomo também AAS.")
    first, second = Plan(talk.packs).named(talk.state, "drugs")
    assert (first.value, first.words, first.utterance) == ("phenprocoumon", "Tomo Marcumar.", 1)
    assert (second.value, second.words, second.utterance) == ("acetylsalicylic acid", "Tomo também AAS.", 2)
    talk.answers(lambda name: "não")
    assert any("Marcumar, AAS" in said for said in talk.said)
    shown = _history(talk)
    assert "- Medicines: phenprocoumon" in shown and "- Medicines: acetylsalicylic acid" in shown


def test_what_medicines_do_is_no_medicine() -> None:
    trouble = question("chest.trouble", Slot.DRUGS, "text", "Any trouble with your medicines?", must=True)
    chest = replace(PACKS.packs["chest"], questions=(trouble,), tree=())
    talk = Talk(visit=Visit("en", "en"), packs=Packs({"chest": chest}, PACKS.common)).says("I have chest pain")
    talk.answers(lambda name: "They upset my stomach." if name == "chest.trouble" else "no")
    assert talk.fact("chest.trouble").value == "They upset my stomach."
    assert talk.fact("common.drugs").state == "absent"
    assert "check.drugs" not in talk.asked


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("en", "common.drugs", "No, I don't take any medication."), ("pt", "common.drugs", "Não, não tomo nenhuma medicação."), ("es", "common.drugs", "No, no tomo ninguna medicación."),
        ("de", "common.drugs", "Nein, ich nehme keine Arzneimittel."), ("zh", "common.drugs", "没有，我不吃任何药物"), ("hi", "common.drugs", "नहीं, मैं कोई दवाई नहीं लेता"),
        ("ru", "common.drugs", "Нет, я не принимаю никаких препаратов"), ("en", "common.allergies", "No, but I take aspirin"),
    ],
)  # fmt: skip
def test_a_whole_sentence_that_says_none_is_none(language: str, name: str, text: str) -> None:
    asked = next(one for one in load_packs().common if one.id == name)
    assert read_reply(asked, text, language).answer == Answer("absent")


def test_what_only_denies_something_is_neither_a_name_nor_none() -> None:
    talk = Talk(visit=Visit("en", "en")).says("I have chest pain")
    talk.answers(lambda name: "No, I don't have any food allergies" if name == "common.allergies" else "no")
    assert (talk.fact("common.allergies").state, talk.fact("common.allergies").value) == ("unknown", UNCLEAR)
    assert "check.allergies" not in talk.asked
