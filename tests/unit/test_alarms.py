from __future__ import annotations

import pytest

from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.alarms.rule import LEVELS, load_rules
from voicedoc.converse.alarms.watch import Watch
from voicedoc.converse.signs.read import signs_of
from voicedoc.converse.signs.sign import names
from voicedoc.core.speech import UtteranceId
from voicedoc.guard.lexicon import LANGUAGES

pytestmark = pytest.mark.unit


def level(text: str, language: str) -> str:
    alarms = Alarms().raised({sign.name: sign.present for sign in signs_of(text, language)})
    return alarms[0].level if alarms else "none"


EMERGENCIES = [
    ("en", "I have a crushing pain in my chest and it goes down my left arm and I'm sweating"),
    ("en", "the worst headache of my life, it came on suddenly"),
    ("en", "I'm seven weeks pregnant, I nearly fainted and my belly hurts, I am bleeding"),
    ("en", "he swallowed a button battery"),
    ("en", "I took a whole bottle of pills"),
    ("en", "my back hurts and I'm numb between my legs"),
    ("pt", "a boca dele ficou torta e não consegue levantar o braço"),
    ("pt", "quero morrer não aguento mais"),
    ("es", "tengo la presión en 190 sobre 120 y me duele la cabeza"),
    ("fr", "il a la bouche de travers et il parle bizarrement"),
    ("de", "meine Zunge ist geschwollen und ich bekomme kaum Luft"),
    ("it", "ho un forte dolore al petto che va al braccio sinistro e sto sudando"),
    ("zh", "嘴歪了说话不清楚"),
    ("hi", "मुंह टेढ़ा हो गया और हाथ नहीं उठ रहा"),
    ("ar", "فمه مايل وكلامه غير مفهوم"),
    ("ru", "рот перекосило и говорит невнятно"),
]


@pytest.mark.parametrize(("language", "text"), EMERGENCIES)
def test_an_emergency_is_told_from_a_patients_words(language: str, text: str) -> None:
    assert level(text, language) == "emergency"


CALM = [
    ("en", "my chest of drawers fell over"),
    ("en", "I have heartburn after dinner"),
    ("en", "my legs ache after the gym yesterday"),
    ("en", "no chest pain, no trouble breathing, just a cough"),
    ("en", "I bumped my head on the cupboard last week, I feel fine"),
    ("pt", "tenho azia depois de comer"),
    ("es", "tengo acidez después de comer"),
    ("fr", "je n'ai ni fièvre ni toux"),
    ("de", "ich habe weder Fieber noch Husten"),
    ("it", "muoio dal ridere"),
    ("zh", "工作压力大"),
    ("hi", "सिर दर्द ठीक हो गया"),
    ("ar", "مت من الضحك"),
    ("ru", "у меня изжога после еды"),
]


@pytest.mark.parametrize(("language", "text"), CALM)
def test_what_only_sounds_like_an_emergency_raises_nothing(language: str, text: str) -> None:
    assert level(text, language) == "none"


def test_the_most_urgent_alarm_comes_first() -> None:
    alarms = Alarms().raised({"chest-pain": True, "sweating-cold": True, "breathless": True})
    order = [LEVELS.index(alarm.level) for alarm in alarms]
    assert order == sorted(order)
    assert alarms[0].id == "heart-attack"
    assert "sweating-cold" in alarms[0].signs


def test_a_denied_sign_raises_nothing() -> None:
    assert Alarms().raised(dict.fromkeys(names(), False)) == ()


def test_every_rule_can_be_raised_by_its_own_signs() -> None:
    for rule in load_rules():
        for condition in rule.when:
            signs = dict.fromkeys((*condition.every, *condition.some), True)
            assert rule.id in {alarm.id for alarm in Alarms([rule]).raised(signs)}, rule.id


def test_every_rule_says_something_in_every_language_and_has_its_own_id() -> None:
    rules = load_rules()
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        assert set(rule.say) >= set(LANGUAGES), rule.id
        assert set(rule.reason) >= {"en", "pt", "es"}, rule.id
        assert rule.source.url.startswith("https://")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clinics_emergency_number_is_said(language: str) -> None:
    signs = {"thinks-heart-attack": True}
    assert "192" in Alarms(emergency_number="192").raised(signs)[0].say[language]
    plain = Alarms().raised(signs)[0].say[language]
    assert "{" not in plain
    assert "192" not in plain


def test_an_alarm_needs_signs_of_several_utterances_and_names_them() -> None:
    watch = Watch(Alarms())
    first = watch.hear(UtteranceId(1), "sinto uma dor no peito", "pt")
    assert "heart-attack" not in {raised.alarm.id for raised in first}
    assert watch.hear(UtteranceId(2), "bom dia", "pt") == ()
    (heart,) = (raised for raised in watch.hear(UtteranceId(3), "estou suando frio", "pt"))
    assert heart.alarm.id == "heart-attack"
    assert heart.evidence == (UtteranceId(1), UtteranceId(3))


def test_an_alarm_is_raised_once() -> None:
    watch = Watch(Alarms())
    assert watch.hear(UtteranceId(1), "I can't breathe", "en")
    assert watch.hear(UtteranceId(2), "I can't breathe", "en") == ()


def test_a_later_denial_takes_a_sign_back() -> None:
    watch = Watch(Alarms())
    watch.hear(UtteranceId(1), "I have chest pain", "en")
    watch.hear(UtteranceId(2), "no chest pain", "en")
    raised = watch.hear(UtteranceId(3), "I'm sweating", "en")
    assert watch.signs["chest-pain"] is False
    assert "heart-attack" not in {one.alarm.id for one in raised}
