from __future__ import annotations

import csv
from pathlib import Path

import pytest

from voicedoc.guard import drugs
from voicedoc.guard.drugs import find_drugs, skeleton
from voicedoc.guard.lexicon import lexicon_of
from voicedoc.guard.tokens import tokenise

pytestmark = pytest.mark.unit

ONE_DRUG = {
    "amoxicillin": "amoxicilina amoxicilline Amoxicillin амоксициллин 阿莫西林 أموكسيسيلين एमोक्सिसिलिन Clamoxyl",
    "paracetamol": "acetaminofén Tylenol paracétamol парацетамол Tachipirina 扑热息痛 باراسيتامول पैरासिटामोल",
    "acetylsalicylic acid": "aspirin Acetylsalicylsäure aspirine аспирин 阿司匹林 أسبرين एस्पिरिन",
    "warfarin": "varfarina warfarine Coumadin варфарин 华法林 وارفارين वारफारिन",
    "hydrochlorothiazide": "hidroclorotiazida idroclorotiazide Hydrochlorothiazid гидрохлоротиазид",
    "levothyroxine": "levotiroxina lévothyroxine Levothyroxin левотироксин Euthyrox",
    "simvastatin": "sinvastatina simvastatine симвастатин Zocor",
    "digoxin": "digoxina digossina Digoxin дигоксин 地高辛",
    "salbutamol": "albuterol Ventolin salbutamolo сальбутамол",
}
ARABIC = {
    "acetylsalicylic acid": "أسبرين الأسبرين والأسبرين بالأسبرين للأسبرين اسبيرين",
    "allopurinol": "ألوبيورينول ألوبورينول",
    "amoxicillin": "أموكسيسيلين أموكسيسلين أموكسسيلين",
    "ampicillin": "أمبيسيلين الأمبيسلين",
    "azithromycin": "أزيثرومايسين أزيثروميسين ازيترومايسين وبالأزيثرومايسين",
    "baclofen": "باكلوفين الباكلوفين",
    "bisoprolol": "بيسوبرولول بايسوبرولول",
    "captopril": "كابتوبريل كبتوبريل",
    "carvedilol": "كارفيديلول كارفديلول",
    "cefalexin": "سيفاليكسين سيفالكسين",
    "cefixime": "سيفيكسيم سفيكسيم",
    "ceftriaxone": "سيفترياكسون سفترياكسون",
    "cetirizine": "سيتيريزين سيتريزين",
    "clonidine": "كلونيدين الكلونيدين",
    "clozapine": "كلوزابين الكلوزابين",
    "codeine": "كودايين الكودايين كوديين",
    "colchicine": "كولشيسين الكولشيسين",
    "dexamethasone": "ديكساميثازون ديكساميتازون دكساميثازون",
    "diazepam": "ديازيبام الديازيبام ديازبام",
    "diclofenac": "ديكلوفيناك دايكلوفيناك",
    "digoxin": "ديجوكسين ديغوكسين والديجوكسين",
    "doxycycline": "دوكسيسايكلين دوكسيسيكلين",
    "enoxaparin": "إينوكسابارين انوكسابارين",
    "fentanyl": "فنتانيل فينتانيل",
    "fluoxetine": "فلوكسيتين فلوكستين",
    "furosemide": "فوروسيميد فيوروسيميد فروسيميد فوروسمايد",
    "gabapentin": "جابابنتين غابابنتين",
    "gentamicin": "جنتاميسين جنتامايسين",
    "glimepiride": "غليميبيريد جليمبيريد",
    "haloperidol": "هالوبيريدول هالوبريدول",
    "heparin": "هيبارين الهيبارين والهيبارين بالهيبارين",
    "hydrochlorothiazide": "هيدروكلوروثيازيد هيدروكلوروثيازايد",
    "ibuprofen": "إيبوبروفين ايبوبروفين الإيبوبروفين ابوبروفين",
    "insulin": "إنسولين الأنسولين بالإنسولين والإنسولين",
    "ketorolac": "كيتورولاك الكيتورولاك",
    "lactulose": "لاكتولوز اللاكتولوز لاكتيولوز",
    "levothyroxine": "ليفوثيروكسين ليفوثايروكسين",
    "lisinopril": "ليسينوبريل ليزينوبريل",
    "lorazepam": "لورازيبام لورازبام",
    "losartan": "لوسارتان لوزارتان باللوزارتان",
    "metformin": "ميتفورمين متفورمين",
    "methotrexate": "ميثوتريكسات ميثوتركسات",
    "metoclopramide": "ميتوكلوبراميد متوكلوبراميد",
    "metronidazole": "ميترونيدازول مترونيدازول",
    "morphine": "مورفين المورفين بالمورفين",
    "nadolol": "نادولول النادولول",
    "naproxen": "نابروكسين نابروكسن",
    "nifedipine": "نيفيديبين نيفديبين",
    "nitroglycerin": "نيتروغليسرين نيتروجليسرين",
    "paracetamol": "باراسيتامول بارسيتامول براسيتامول",
    "penicillin": "بنسلين البنسلين بنسيلين بينيسيلين",
    "prednisolone": "بريدنيزولون بريدنيسولون",
    "prednisone": "بريدنيزون بريدنيسون البريدنيزون",
    "quinine": "كينين الكينين",
    "ramipril": "راميبريل الراميبريل",
    "ranitidine": "رانيتيدين رانتيدين",
    "salbutamol": "سالبوتامول سالبيوتامول",
    "senna": "سنامكي السنامكي",
    "sertraline": "سيرترالين سرترالين",
    "simvastatin": "سيمفاستاتين سمفاستاتين",
    "sotalol": "سوتالول السوتالول",
    "spironolactone": "سبيرونولاكتون والسبيرونولاكتون",
    "temazepam": "تيمازيبام التيمازيبام",
    "theophylline": "ثيوفيلين الثيوفيلين",
    "timolol": "تيمولول التيمولول",
    "tramadol": "ترامادول الترامادول",
    "valsartan": "فالسارتان الفالسارتان",
    "vancomycin": "فانكومايسين فانكوميسين",
    "verapamil": "فيراباميل الفيراباميل",
    "warfarin": "وارفارين ورفارين الوارفرين للوارفارين",
}
NO_DRUG_IN_ARABIC = (
    "مورد قانون مدينة سنوات كبير البنات الكلية هارون تمارين عنوان مصروف سكين حرارة ملابس نادي تأمين فساتين "
    "كراتين ليمون زيتون صابون تلفون بنزين كيلومتر مليون قرنين يومين مريضين الوالدين متأخرين قوانين ميادين عناوين "
    "نتيجة كوبون حديد بلادي"
)
NO_DRUG = (
    "sozinho altas amarillo magnésio cholesterol colesterolo antiácidos américain africaine moment gravidez servicio "
    "descobrir aprile hablamos médecin medicina assassin magasin pouvoir savoir vaccine белок окно больница ouvir"
)


@pytest.mark.parametrize(("inn", "name"), [(inn, name) for inn, names in ONE_DRUG.items() for name in names.split()])
def test_a_drug_is_the_same_in_every_language_and_script(inn: str, name: str):
    assert [match.value for match in find_drugs(tokenise(name))] == [inn]


@pytest.mark.parametrize(("inn", "name"), [(inn, name) for inn, names in ARABIC.items() for name in names.split()])
def test_a_drug_is_the_same_however_arabic_spells_it(inn: str, name: str):
    prefixes = lexicon_of("ar").prefixes
    assert [match.value for match in find_drugs(tokenise(name), prefixes)] == [inn]


@pytest.mark.parametrize("word", NO_DRUG_IN_ARABIC.split())
def test_arabic_words_are_no_drugs(word: str):
    assert list(find_drugs(tokenise(word), lexicon_of("ar").prefixes)) == []


@pytest.mark.parametrize("word", NO_DRUG.split())
def test_words_that_sound_like_drugs_are_none(word: str):
    assert list(find_drugs(tokenise(word))) == []


@pytest.mark.parametrize("names", ["granisetron granissetron granisétron", "cefditoren", "nebulol nébulol"])
def test_an_unlisted_drug_sounds_alike_in_all_languages(names: str):
    assert len({skeleton(name.replace("ss", "s")) for name in names.split()}) == 1


def test_the_list_is_whole():
    lines = Path(drugs.__file__).with_name("drugs.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert all(None not in row and None not in row.values() for row in rows)
    assert len({row["inn"] for row in rows}) == len(rows) >= 300


def test_no_name_stands_for_two_drugs():
    names: dict[str, set[str]] = {}
    for inn, listed in drugs._listed().items():
        for name in listed:
            names.setdefault(name.lower(), set()).add(inn)
    assert {name: inns for name, inns in names.items() if len(inns) > 1} == {}
