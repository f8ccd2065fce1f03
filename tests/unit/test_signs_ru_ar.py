"""What patients tell in Russian and in Arabic: signs that are there, and those that are not."""

from __future__ import annotations

import pytest

from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.alarms.watch import Watch
from voicedoc.converse.signs.read import signs_of
from voicedoc.core.speech import UtteranceId

pytestmark = pytest.mark.unit

EMERGENCIES = {
    "ru": [
        ("У меня давит в груди и отдаёт в левую руку, холодный пот", "chest-pressure pain-spreads-arm sweating-cold"),
        ("доктор сильно болит грудь и тяжело дышать", "chest-pain breathless"),
        ("Кажется, у меня инфаркт", "thinks-heart-attack"),
        ("не могу дышать", "breathless-severe breathless"),
        ("мне нечем дышать и губы посинели", "breathless-severe blue-lips"),
        ("У мужа перекосило лицо и он говорит невнятно", "face-drooping speech-slurred"),
        ("правая рука не поднимается и речь заплетается", "arm-weak speech-slurred"),
        ("онемела половина лица и рука не слушается", "one-side-numb arm-weak"),
        ("после укуса осы опухли губы и горло сжимает", "swelling-face throat-tight allergen-contact"),
        ("поел орехов, пошла крапивница и задыхаюсь", "allergen-contact hives breathless"),
        ("я не хочу больше жить", "wants-to-die"),
        ("всем было бы лучше, если бы меня не было", "wants-to-die"),
        ("хочется уснуть и не проснуться", "wants-to-die"),
        ("я накопила таблетки и решила умереть", "suicide-plan"),
        ("наглоталась таблеток, выпила всю пачку снотворного", "overdose"),
        ("сын выпил отбеливатель", "poisoned child"),
        ("он без сознания и не реагирует", "unconscious"),
        ("у меня чёрный стул", "stool-black"),
        ("рвёт кровью", "vomiting-blood"),
        ("сижу на крыше, хочу прыгнуть", "suicide-plan"),
        ("никогда такой головной боли не было", "headache-worst-ever"),
        ("такой головной боли у меня никогда не было", "headache-worst-ever"),
        ("всем без меня будет легче", "wants-to-die"),
        ("температура, трясёт, так плохо мне никогда не было", "rigid-unwell"),
        ("самая сильная головная боль в жизни, внезапно", "headache-worst-ever"),
        ("температура, шея не гнётся, свет режет глаза", "neck-stiff fever light-hurts"),
        ("У дочки судороги", "seizure child"),
        ("живот твёрдый как доска", "abdomen-rigid"),
        ("внезапно ослеп на один глаз", "vision-lost"),
        ("кровь хлещет и не останавливается", "bleeding-heavy"),
        ("спина болит и онемело между ног", "saddle-numb back-pain"),
        ("ребёнок проглотил батарейку", "battery-swallowed"),
        ("внезапно сильно заболел живот", "abdominal-pain-severe-sudden"),
        ("болит яичко", "testicle-pain"),
        ("упал с лестницы, кость торчит", "injury-high-force bone-deformed"),
        ("я слышу голоса, хочу убить соседа", "hears-voices harm-others"),
        ("не знаю что делать болит грудь и задыхаюсь", "chest-pain breathless"),
        ("Нет, у меня давит грудь и немеет рука", "chest-pressure"),
    ],
    "ar": [
        ("عندي ضغط على صدري وألم ينزل إلى ذراعي اليسرى وعرق بارد", "chest-pressure pain-spreads-arm sweating-cold"),
        ("صدري يوجعني وضيق تنفس", "chest-pain breathless"),
        ("أظن أنها نوبة قلبية", "thinks-heart-attack"),
        ("لا أستطيع التنفس", "breathless-severe breathless"),
        ("مش قادر اتنفس", "breathless-severe"),
        ("وجهه مائل وكلامه غير واضح", "face-drooping speech-slurred"),
        ("فجأة ما أقدر أحرك يدي اليمنى ولساني ثقيل", "arm-weak speech-slurred"),
        ("خدر في نصف جسمي ووجهي", "one-side-numb"),
        ("لسعتني نحلة وتورمت شفتاي وحلقي يضيق", "allergen-contact throat-tight"),
        ("أكلت فول سوداني وطلع لي طفح وأختنق", "allergen-contact breathless"),
        ("أريد أن أموت", "wants-to-die"),
        ("الجميع سيكونون أفضل بدوني", "wants-to-die"),
        ("يكون أحسن لو لم أكن هنا", "wants-to-die"),
        ("جمعت حبوب وقررت أموت", "suicide-plan"),
        ("أخذت علبة كاملة من البنادول", "overdose"),
        ("ابني شرب كلور", "poisoned child"),
        ("هو فاقد الوعي ولا يستجيب", "unconscious"),
        ("البراز عندي أسود", "stool-black"),
        ("أتقيأ دم", "vomiting-blood"),
        ("وقعت على راسي وعم استفرغ", "head-injury vomiting"),
        ("مراتي وقعت ومش بترد", "unconscious"),
        ("ما أقدر أصحي بنتي", "drowsy-hard-to-wake"),
        ("أسوأ صداع في حياتي جاء فجأة", "headache-worst-ever"),
        ("عندي حمى ورقبتي متصلبة والضوء يؤلمني", "neck-stiff fever"),
        ("بنتي عندها تشنجات", "seizure child"),
        ("بطني قاسي مثل الخشب", "abdomen-rigid"),
        ("فقدت بصري فجأة", "vision-lost"),
        ("نزيف شديد لا يتوقف", "bleeding-heavy"),
        ("ظهري يؤلمني وعندي خدر بين رجلي", "saddle-numb back-pain"),
        ("طفلي بلع بطارية", "battery-swallowed"),
        ("ألم شديد ومفاجئ في بطني", "abdominal-pain"),
        ("ألم في الخصية", "testicle-pain"),
        ("سقط من السطح والعظم بارز", "injury-high-force bone-deformed"),
        ("أسمع أصواتا وأريد أن أقتله", "hears-voices harm-others"),
    ],
}

URGENT = {
    "ru": [
        ("я беременна и у меня идёт кровь", "pregnant vaginal-bleeding"),
        ("отошли воды", "waters-broken"),
        ("ребёнок в животе перестал шевелиться, я на тридцатой неделе беременности", "baby-moves-less"),
        ("ребёнку 6 недель, у него температура 38,5", "infant-under-3-months fever"),
    ],
    "ar": [
        ("أنا حامل وعندي نزيف", "pregnant vaginal-bleeding"),
        ("نزل ماء الجنين", "waters-broken"),
        ("أنا حامل ولا أشعر بحركة الجنين", "baby-moves-less"),
        ("طفلي عمره ستة أسابيع وعنده حرارة", "infant-under-3-months fever"),
    ],
}

QUIET = {
    "ru": [
        "Температуры нет, кашля тоже нет",
        "грудь не болит",
        "боли в груди нет",
        "у меня нет одышки",
        "Нет, я не задыхаюсь",
        "у отца был инфаркт",
        "у бабушки был рак",
        "моя мама умерла от инсульта",
        "в детстве у меня были судороги",
        "пять лет назад у меня был обморок",
        "боюсь, что у меня будет инсульт",
        "а вдруг у меня инфаркт",
        "читала про признаки инсульта",
        "умираю со смеху",
        "умираю с голоду",
        "головная боль с этими документами",
        "мне сделали анализ крови",
        "сделали прививку от столбняка",
        "кровотечения не было",
        "рвоты с кровью не было",
        "стул не чёрный",
        "без температуры и без озноба",
        "умирать я не хочу",
        "сердце разбито, он ушёл",
        "что делать если начнётся кровотечение",
        "голова раньше болела, уже прошла",
        "болит колено второй день",
        "нужна справка для работы",
        "нос заложен, горло першит",
        "убил бы время в очереди",
        "сознание не терял",
        "судорог никогда не было",
        "головной боли не было",
        "рвоты с кровью не было никогда",
        "никакой крови в кале нет",
    ],
    "ar": [
        "لا عندي حرارة ولا سعال",
        "لا أشعر بألم في صدري",
        "ليس عندي ضيق تنفس",
        "ما عندي ألم في الصدر",
        "بدون حرارة",
        "أبي كان عنده جلطة قلبية",
        "جدتي ماتت بالسرطان",
        "والدتي أصيبت بسكتة دماغية العام الماضي",
        "كان عندي صرع في طفولتي",
        "أغمي علي قبل سنوات",
        "أخاف أن أصاب بسكتة دماغية",
        "خايف يجيني جلطة قلبية",
        "قرأت عن أعراض الجلطة الدماغية",
        "ميت من الضحك",
        "أموت من الجوع",
        "بموت فيك",
        "عملت تحليل دم",
        "أخذت لقاح الكزاز",
        "لا يوجد نزيف",
        "لم أتقيأ دما",
        "البراز ليس أسود",
        "مش عندي تشنجات",
        "لم أفقد الوعي",
        "قلبي مكسور لأنه تركني",
        "ماذا أفعل إذا صار نزيف",
        "كان عندي صداع وراح",
        "ركبتي توجعني من يومين",
        "أحتاج تقرير للعمل",
        "أنفي مسدود",
        "ضغط العمل كبير",
        "لا أريد أن أموت",
    ],
}

_DANGERS = [(language, text, signs) for language, rows in EMERGENCIES.items() for text, signs in rows]
_TOLD = _DANGERS + [(language, text, signs) for language, rows in URGENT.items() for text, signs in rows]
_QUIET = [(language, text) for language, rows in QUIET.items() for text in rows]


def _levels(text: str, language: str) -> set[str]:
    return {one.alarm.level for one in Watch(Alarms()).hear(UtteranceId(1), text, language)}


@pytest.mark.parametrize(("language", "text", "signs"), _TOLD)
def test_what_is_told_is_read(language: str, text: str, signs: str) -> None:
    present = {sign.name for sign in signs_of(text, language) if sign.present}
    assert set(signs.split()) <= present


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, text, _ in _DANGERS])
def test_an_emergency_is_raised(language: str, text: str) -> None:
    assert "emergency" in _levels(text, language)


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, text, _ in _TOLD])
def test_what_cannot_wait_is_at_least_urgent(language: str, text: str) -> None:
    assert _levels(text, language) & {"emergency", "urgent"}


@pytest.mark.parametrize(("language", "text"), _QUIET)
def test_what_is_denied_past_or_not_the_patients_raises_nothing(language: str, text: str) -> None:
    assert not _levels(text, language)
