"""Times of day as each language says them, and what only looks like one."""

from __future__ import annotations

import pytest

from voicedoc.guard.extract import read

pytestmark = pytest.mark.unit

TIMES = {
    "en": {
        "09:15": "at nine fifteen; at a quarter past nine; at 9.15 am; at 9:15; at fifteen minutes past nine",
        "08:45": "at a quarter to nine; at 8:45; fifteen to nine in the morning",
        "08:10": "at ten past eight; at eight ten",
        "20:30": "at half past eight in the evening; at eight thirty pm",
        "00:00": "at midnight; at 12 at night",
        "06:00": "until six in the morning",
    },
    "pt": {
        "09:30": "às nove e meia; às 9h30",
        "09:20": "às nove e vinte",
        "08:45": "às quinze para as nove; às nove menos um quarto",
        "21:00": "às 21 horas; às nove da noite",
        "00:00": "à meia-noite",
    },
    "es": {
        "09:15": "a las nueve y cuarto; a las 9:15",
        "08:45": "a las nueve menos cuarto; a un cuarto para las nueve",
        "09:10": "a las nueve y diez",
        "00:00": "a medianoche",
    },
    "fr": {
        "09:15": "à neuf heures et quart; à 9h15; à neuf heures quinze",
        "08:45": "à neuf heures moins le quart",
        "08:50": "à neuf heures moins dix",
        "00:00": "à minuit",
    },
    "de": {
        "08:30": "um halb neun; um 8 Uhr 30",
        "09:15": "um Viertel nach neun",
        "08:45": "um Viertel vor neun; um drei viertel neun",
        "08:10": "um zehn nach acht",
        "02:00": "um 2 Uhr nachts",
    },
    "it": {
        "09:15": "alle nove e un quarto; alle 9.15",
        "08:45": "alle nove meno un quarto",
        "06:30": "alle sei e mezza",
        "21:15": "alle 21 e 15",
    },
    "zh": {
        "09:10": "九点十分; 九点过十分",
        "08:45": "差一刻九点; 八点三刻",
        "11:15": "十一点一刻",
        "20:30": "晚上八点半",
    },
    "hi": {
        "09:15": "सवा नौ बजे; नौ बजकर पंद्रह मिनट पर",
        "08:45": "पौने नौ बजे",
        "08:50": "नौ बजने में दस मिनट पर",
        "00:00": "रात 12 बजे",
    },
    "ar": {
        "09:30": "الساعة التاسعة والنصف",
        "08:45": "الساعة التاسعة إلا ربعا",
        "09:10": "الساعة التاسعة وعشر دقائق",
        "06:00": "حتى السادسة صباحًا",
        "20:00": "في تمام الثامنة مساء",
    },
    "ru": {
        "08:30": "в половине девятого; в восемь тридцать утра",
        "09:15": "в четверть десятого; в девять пятнадцать",
        "09:45": "без четверти десять",
        "08:50": "без десяти девять",
        "08:10": "в десять минут девятого",
    },
}

NO_TIMES = {
    "en": "every four to six hours; from 8 to 10; take 5 to 10 ml; two of them; the second dose",
    "ar": "بعد الجرعة الثانية; من أربع مرات",
    "de": "vor 10 Tagen; nach 8 Wochen",
    "pt": "às vezes; meia hora; de 8 em 8 horas",
    "ru": "2 раза в 3 дня; без 2 таблеток",
    "zh": "十分严重; 一点",
}


def times(text: str, language: str) -> set[str]:
    return {key for one in read(text, language).composed if one.item.kind == "time" for key in one.keys}


@pytest.mark.parametrize("language", TIMES)
def test_a_time_is_read_however_it_is_said(language: str):
    for time, ways in TIMES[language].items():
        for way in ways.split("; "):
            assert time in times(way, language), way


@pytest.mark.parametrize("language", NO_TIMES)
def test_other_numbers_are_no_times(language: str):
    assert {text for text in NO_TIMES[language].split("; ") if times(text, language)} == set()
