"""How often: every usual way of saying it means the same in every language."""

from __future__ import annotations

import pytest

from voicedoc.guard.extract import read

pytestmark = pytest.mark.unit

WAYS: dict[str, dict[str, str]] = {
    "1/day": {
        "en": (
            "once a day; once daily; daily; one time a day; every day; per day once; q.d.; "
            "once every day; once per day; every 24 hours"
        ),
        "pt": (
            "uma vez ao dia; uma vez por dia; 1x ao dia; 1 vez/dia; diariamente; todos os dias; a cada 24 horas; 1x/dia"
        ),
        "es": (
            "una vez al día; una vez por día; 1 vez al día; diariamente; cada día; todos los días; "
            "cada 24 horas; una vez diaria"
        ),
        "fr": (
            "une fois par jour; 1 fois/jour; une fois par jour; chaque jour; tous les jours; "
            "quotidiennement; 1x/jour; toutes les 24 heures"
        ),
        "de": (
            "einmal täglich; einmal am Tag; 1x täglich; 1-mal täglich; 1 × am Tag; jeden Tag; "
            "einmal pro Tag; alle 24 Stunden; 1x tgl."
        ),
        "it": (
            "una volta al giorno; una volta al dì; 1 volta al giorno; ogni giorno; quotidianamente; "
            "ogni 24 ore; 1 v/die"
        ),
        "zh": "每天一次; 一天一次; 每日一次; 一日一次; 每日1次; 每24小时一次; 一天1次",
        "hi": ("दिन में एक बार; रोज़ एक बार; प्रतिदिन एक बार; रोज़ाना; हर दिन; हर 24 घंटे में; दिन में 1 बार"),
        "ar": "مرة واحدة يوميا; مرة في اليوم; مرة يوميا; كل يوم; كل 24 ساعة; مرة كل يوم; يوميًا",
        "ru": (
            "один раз в день; раз в день; 1 раз в день; ежедневно; каждый день; раз в сутки; "
            "каждые 24 часа; 1 р/д; однократно в день"
        ),
    },
    "2/day": {
        "en": (
            "twice a day; twice daily; two times a day; 2 times a day; b.i.d.; every 12 hours; "
            "2x a day; two times per day; 2x/day; bid; q12h; twice each day"
        ),
        "pt": (
            "duas vezes ao dia; duas vezes por dia; 2x ao dia; 2 vezes ao dia; de 12 em 12 horas; "
            "a cada 12 horas; 12/12 h; 2x/dia; de 12/12h"
        ),
        "es": ("dos veces al día; 2 veces al día; cada 12 horas; dos veces por día; 2x/día; dos veces diarias"),
        "fr": ("deux fois par jour; 2 fois par jour; toutes les 12 heures; 2x/jour; 2 fois/j; deux fois/jour"),
        "de": (
            "zweimal täglich; zweimal am Tag; 2x täglich; alle 12 Stunden; zwei Mal am Tag; "
            "2-mal täglich; zweimal pro Tag; 2 × täglich"
        ),
        "it": ("due volte al giorno; 2 volte al giorno; ogni 12 ore; due volte al dì; 2 volte/die; 2x/giorno"),
        "zh": "每天两次; 一天两次; 每日两次; 一日两次; 每日2次; 每12小时一次; 每天二次; 一日二次",
        "hi": ("दिन में दो बार; रोज़ दो बार; प्रतिदिन दो बार; हर 12 घंटे में; दिन में 2 बार; हर बारह घंटे पर; दो बार रोज़"),
        "ar": "مرتين يوميا; مرتين في اليوم; كل 12 ساعة; مرتان يوميا; مرتين باليوم; كل اثنتي عشرة ساعة",
        "ru": (
            "два раза в день; дважды в день; 2 раза в день; каждые 12 часов; 2 раза в сутки; "
            "дважды в сутки; по два раза в день; 2 р/д"
        ),
    },
    "3/day": {
        "en": (
            "three times a day; three times daily; t.i.d.; every eight hours; thrice daily; tid; q8h; "
            "3x daily; 3 times per day"
        ),
        "pt": (
            "três vezes ao dia; 3x ao dia; de 8 em 8 horas; a cada 8 horas; a cada oito horas; 3 vezes por dia; 8/8h"
        ),
        "es": "tres veces al día; 3 veces al día; cada ocho horas; cada 8 h; tres veces por día",
        "fr": "trois fois par jour; 3 fois par jour; toutes les huit heures; toutes les 8 h; 3x/j",
        "de": (
            "dreimal täglich; 3x täglich; alle acht Stunden; drei Mal pro Tag; dreimal am Tag; 3 x tgl.; alle 8 Std."
        ),
        "it": "tre volte al giorno; 3 volte al giorno; ogni otto ore; ogni 8 ore; tre volte al dì",
        "zh": "每天三次; 一天三次; 每日3次; 每8小时一次; 每八小时一次; 一日三次; 每隔8小时",
        "hi": ("दिन में तीन बार; हर 8 घंटे में; हर आठ घंटे में; दिन में 3 बार; प्रतिदिन तीन बार; हर आठ घंटे पर"),
        "ar": ("ثلاث مرات يوميا; ثلاث مرات في اليوم; كل ثماني ساعات; كل 8 ساعات; 3 مرات يوميا; ثلاث مرات باليوم"),
        "ru": (
            "три раза в день; 3 раза в день; каждые восемь часов; трижды в день; каждые 8 часов; "
            "три раза в сутки; по 3 раза в день"
        ),
    },
    "4/day": {
        "en": "four times a day; q.i.d.; every six hours; 4 times daily; every 6 hours; q6h",
        "pt": "quatro vezes ao dia; de 6 em 6 horas; a cada 6 horas; 4x ao dia",
        "es": "cuatro veces al día; cada 6 horas; cada seis horas",
        "fr": "quatre fois par jour; toutes les 6 heures; 4 fois par jour",
        "de": "viermal täglich; alle 6 Stunden; 4x täglich; viermal am Tag",
        "it": "quattro volte al giorno; ogni 6 ore; 4 volte al giorno",
        "zh": "每天四次; 一日四次; 每6小时一次; 每日4次",
        "hi": "दिन में चार बार; हर 6 घंटे में; हर छह घंटे में",
        "ar": "أربع مرات يوميا; كل ست ساعات; كل 6 ساعات; 4 مرات في اليوم",
        "ru": "четыре раза в день; каждые 6 часов; 4 раза в день; каждые шесть часов",
    },
    "1/week": {
        "en": "once a week; weekly; once weekly; every week; one time per week; every 7 days",
        "pt": "uma vez por semana; semanalmente; 1x por semana; toda semana; a cada 7 dias",
        "es": "una vez por semana; una vez a la semana; semanalmente; cada semana; cada 7 días",
        "fr": ("une fois par semaine; chaque semaine; toutes les semaines; 1 fois/semaine; tous les 7 jours"),
        "de": ("einmal pro Woche; einmal in der Woche; wöchentlich; einmal die Woche; jede Woche; alle 7 Tage"),
        "it": ("una volta alla settimana; settimanalmente; ogni settimana; una volta a settimana; ogni 7 giorni"),
        "zh": "每周一次; 一周一次; 每星期一次; 每个星期一次; 每7天一次",
        "hi": "हफ़्ते में एक बार; सप्ताह में एक बार; हर हफ़्ते; साप्ताहिक; हर 7 दिन में",
        "ar": ("مرة في الأسبوع; مرة أسبوعيا; مرة واحدة في الأسبوع; كل أسبوع; أسبوعيا; كل 7 أيام; مرة كل أسبوع"),
        "ru": ("раз в неделю; один раз в неделю; еженедельно; каждую неделю; 1 раз в неделю; каждые 7 дней"),
    },
    "3.5/week": {
        "en": ("every other day; every 2 days; every two days; on alternate days; every second day; every 48 hours"),
        "pt": ("dia sim, dia não; em dias alternados; a cada dois dias; a cada 48 horas; de dois em dois dias"),
        "es": "un día sí y otro no; cada dos días; en días alternos; cada 48 horas; día por medio",
        "fr": "un jour sur deux; tous les deux jours; toutes les 48 heures",
        "de": "jeden zweiten Tag; alle zwei Tage; alle 48 Stunden; an jedem zweiten Tag",
        "it": "a giorni alterni; ogni due giorni; un giorno sì e uno no; ogni 48 ore",
        "zh": "隔天一次; 每两天一次; 隔日一次; 每隔一天; 每48小时一次; 两天一次",
        "hi": "एक दिन छोड़कर; हर दूसरे दिन; हर दो दिन में; हर 48 घंटे में",
        "ar": "يوما بعد يوم; كل يومين; كل 48 ساعة; مرة كل يومين",
        "ru": "через день; каждый второй день; раз в два дня; каждые два дня; каждые 48 часов",
    },
    "1/month": {
        "en": "once a month; monthly; every month; every 30 days",
        "pt": "uma vez por mês; mensalmente; todo mês",
        "es": "una vez al mes; mensualmente; cada mes",
        "fr": "une fois par mois; tous les mois; chaque mois",
        "de": "einmal im Monat; monatlich; jeden Monat; einmal pro Monat",
        "it": "una volta al mese; mensilmente; ogni mese",
        "zh": "每月一次; 一个月一次; 每个月一次",
        "hi": "महीने में एक बार; हर महीने; मासिक",
        "ar": "مرة في الشهر; شهريا; كل شهر",
        "ru": "раз в месяц; ежемесячно; каждый месяц",
    },
}


@pytest.mark.parametrize("language", WAYS["1/day"])
@pytest.mark.parametrize("often", WAYS)
def test_every_way_of_saying_how_often_means_the_same(often: str, language: str):
    for way in WAYS[often][language].split("; "):
        found = [one.item.value for one in read(way, language).composed if one.item.kind == "frequency"]
        assert found == [often], way
