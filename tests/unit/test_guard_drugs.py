from __future__ import annotations

import csv
from pathlib import Path

import pytest

from voicedoc.guard import drugs
from voicedoc.guard.drugs import find_drugs, skeleton
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
NO_DRUG = (
    "sozinho altas amarillo magnésio cholesterol colesterolo antiácidos américain africaine moment gravidez servicio "
    "descobrir aprile hablamos médecin medicina assassin magasin pouvoir savoir vaccine белок окно больница ouvir"
)


@pytest.mark.parametrize(("inn", "name"), [(inn, name) for inn, names in ONE_DRUG.items() for name in names.split()])
def test_a_drug_is_the_same_in_every_language_and_script(inn: str, name: str):
    assert [match.value for match in find_drugs(tokenise(name))] == [inn]


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
