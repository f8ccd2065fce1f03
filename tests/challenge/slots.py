"""What fills a slot: the values there are, how each language says them, and which value an error puts in their place.

A value is a string that is the same in all languages ("500 milligram", "2/day", "knee left"). Open slots (drugs,
symptoms, numbers, …) have different values in the two halves; closed ones (sides, meals, today) have the same.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from babel import Locale

HERE = Path(__file__).parent

LANGUAGES = ("en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru")

NONE = "none"
"""The value of what was dropped."""

COMMA = {"pt", "es", "fr", "de", "it", "ru"}
NATIVE = {"hi": "०१२३४५६७८९", "ar": "٠١٢٣٤٥٦٧٨٩"}
NATIVE_SHARE = 0.3
EQUAL_SHARE = 0.15
"""How often numbers are in a script's own digits, and quantities in another unit (0.5 g, 2 weeks for 14 days)."""

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

ERRORS: dict[str, tuple[str, ...]] = {
    "mass": ("tenfold-dose", "changed-unit", "changed-number"),
    "volume": ("tenfold-dose", "changed-unit", "changed-number"),
    "tablets": ("tenfold-dose", "changed-unit", "changed-number"),
    "insulin": ("tenfold-dose", "changed-unit", "changed-number"),
    "drops": ("changed-unit", "changed-number"),
    "duration": ("changed-duration",),
    "years": ("changed-duration",),
    "gestation": ("changed-duration",),
    "age": ("changed-number",),
    "temperature": ("changed-number",),
    "weight": ("changed-number",),
    "pressure": ("changed-number",),
    "frequency": ("wrong-frequency",),
    "meal": ("changed-timing", "dropped-timing"),
    "part": ("changed-time",),
    "time": ("changed-time",),
    "date": ("changed-date",),
    "weekday": ("changed-date",),
    "past": ("changed-date",),
    "onset": ("changed-date",),
    "future": ("changed-date",),
    "drug": ("missing-drug", "substituted-drug"),
    "allergen": ("changed-allergen",),
    "family": ("changed-family",),
    "place": ("swapped-side", "changed-body"),
    "into": ("swapped-side",),
    "symptom": (),
}
"""What can go wrong in each kind of slot."""


@cache
def data(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "fillings" / f"{name}.toml").read_text("utf-8"))


@cache
def listed() -> dict[str, dict[str, Any]]:
    """kind → half → value → language → renderings."""
    return {"drug": data("drugs"), "symptom": data("symptoms"), **data("people"), **data("times")}


def values(kind: str, half: str) -> tuple[str, ...]:
    """All that may fill a slot of this kind in one half of the set."""
    if kind in data("quantities"):
        quantity = data("quantities")[kind]
        return tuple(f"{number} {unit}" for unit in quantity["units"] for number in quantity[half])
    if kind in ("place", "into"):
        return tuple(f"{part} {side}" for part in data("places")[kind][half] for side in ("left", "right", "both"))
    if kind in data("clock"):
        return tuple(data("clock")[kind][half])
    return tuple(listed()[kind].get(half) or listed()[kind]["both"])


def wrong(error: str, kind: str, value: str, half: str, rng: Random) -> str | None:
    """The value that this error puts in place of `value`; None where there is none."""
    if error in ("missing-drug", "dropped-timing"):
        return NONE
    if error == "tenfold-dose":
        return _tenfold(value, may_shrink=kind == "mass", rng=rng)
    if error == "changed-unit":
        number, unit = value.split()
        return f"{number} {rng.choice(data('quantities')[kind]['wrong'][unit])}"
    others = [other for other in _candidates(kind, half) if _differs(error, value, other)]
    return rng.choice(others) if others else None


def _candidates(kind: str, half: str) -> tuple[str, ...]:
    """What may stand there by mistake: also the wrong units of a duration."""
    if kind not in ("duration", "years", "gestation"):
        return values(kind, half)
    quantity = data("quantities")[kind]
    units = dict.fromkeys([*quantity["units"], *(unit for wrong in quantity["wrong"].values() for unit in wrong)])
    return tuple(f"{number} {unit}" for unit in units for number in quantity[half])


def _differs(error: str, value: str, other: str) -> bool:
    """Whether `other` is this error and no other, and means another thing than `value`."""
    if error in ("swapped-side", "changed-body"):
        (part, side), (other_part, other_side) = value.split(), other.split()
        return (part == other_part, side == other_side) == (error == "swapped-side", error == "changed-body")
    if error == "wrong-frequency":
        return _per_day(value) != _per_day(other)
    if error == "changed-duration":
        return value != other and _one_thing_changed(value, other) and _days(value) != _days(other)
    if error == "changed-number" and " " in value:
        ratio = _amount(value) / _amount(other)
        return ratio not in (Decimal(1), Decimal(10), Decimal("0.1"))
    return value != other


def _one_thing_changed(value: str, other: str) -> bool:
    return any(one == two for one, two in zip(value.split(), other.split(), strict=True))


def _amount(value: str) -> Decimal:
    return Decimal(value.partition(" ")[0])


def _days(value: str) -> Decimal:
    return _amount(value) * DAYS[value.partition(" ")[2]]


def _per_day(value: str) -> Decimal:
    if value.endswith(" hour"):
        return 24 / _amount(value)
    times, unit = value.split("/")
    return Decimal(times) / DAYS[unit]


def _tenfold(value: str, *, may_shrink: bool, rng: Random) -> str:
    number, unit = value.split()
    factor = Decimal("0.1") if may_shrink and rng.random() < 0.3 else Decimal(10)
    return f"{(Decimal(number) * factor).normalize():f} {unit}"


def rendering(kind: str, value: str, form: str, language: str, rng: Random) -> str:
    """One way to say `value`, in the grammatical `form` that the sentence needs ("" for the only one).

    Raises:
        LookupError: If the language has no such form.
    """
    if value == NONE and kind == "meal":
        return ""
    if kind in data("quantities"):
        return _quantity(_equal(value, rng), form, language, rng)
    if kind in ("place", "into"):
        return _place(kind, value, language)
    if kind == "time":
        return _time(value, language, rng)
    if kind == "date":
        return _date(value, language, rng)
    if kind == "pressure":
        over = rng.choice(data("clock")["pressure"]["over"][language])
        return _digits(value.replace("/", over), language, rng)
    halves = listed()[kind].values()
    return _formed(rng.choice(_several(next(half[value] for half in halves if value in half)[language])), form)


def _several(renderings: Any) -> list[Any]:
    return renderings if isinstance(renderings, list) else [renderings]


def _formed(text: str | dict[str, str], form: str) -> str:
    return text if isinstance(text, str) else text[form]


def _equal(value: str, rng: Random) -> str:
    """Sometimes the same amount in another unit."""
    number, unit = value.split()
    if rng.random() >= EQUAL_SHARE:
        return value
    if unit == "milligram" and Decimal(number) % 100 == 0:
        return f"{(Decimal(number) / 1000).normalize():f} gram"
    if unit == "day" and Decimal(number) % 7 == 0 and Decimal(number) > 7:
        return f"{(Decimal(number) / 7).normalize():f} week"
    return value


def _quantity(value: str, form: str, language: str, rng: Random) -> str:
    number, unit = value.split()
    digits = _digits(_decimal(number, language), language, rng)
    if form == "number":
        return digits
    spelled = data("quantities")["spelled"].get(value)
    if spelled:
        return str(rng.choice(spelled[language]))
    names = rng.choice(_several(data("units")[unit][language]))
    plural = _locale(language).plural_form(Decimal(number))
    if language == "ar" and plural in ("one", "two") and plural in names:
        return str(names[plural])
    name = names.get(form) or names.get(plural) or names["other"]
    space = "" if language == "zh" else " "
    ways = [f"{digits}{space}{name}"]
    if "short" in names:
        ways.append(f"{digits}{space}{rng.choice(names['short'])}")
    words = data("numbers")[language].get(number)
    if words:
        ways.append(f"{words if isinstance(words, str) else words[names['gender']]}{space}{name}")
    return rng.choice(ways)


@cache
def _locale(language: str) -> Locale:
    return Locale(language)


def _decimal(number: str, language: str) -> str:
    return number.replace(".", ",") if language in COMMA else number


def _digits(text: str, language: str, rng: Random) -> str:
    """Sometimes in the script's own digits."""
    if language not in NATIVE or rng.random() >= NATIVE_SHARE:
        return text
    native = text.translate(str.maketrans("0123456789", NATIVE[language]))
    return re.sub(r"(?<=\d)\.(?=\d)", "٫", native) if language == "ar" else native


def _place(kind: str, value: str, language: str) -> str:
    part, side = value.split()
    texts = next(half[part] for half in data("places")[kind].values() if part in half)[language]
    if side == "both":
        return str(texts["both"])
    sides = data("places")["side"][side][language]
    return re.sub(r"\{side\.?(\w*)\}", lambda match: _formed(sides, match[1]), texts["one"])


def _time(value: str, language: str, rng: Random) -> str:
    clock = data("clock")["time"]
    hours, minutes = value.split(":")
    hour, hour12 = int(hours), (int(hours) - 1) % 12 + 1
    full = minutes == "00" and 7 <= hour12 <= 10
    ways = clock["any"][language] + (clock["hour"][language] * 2 if full else [])
    ways = ways + (clock["half"][language] if minutes == "30" and hour >= 12 else [])
    part = next(name for start, name in sorted(_parts(language), reverse=True) if hour >= start)
    words = data("numbers")["clock"]["ar"] if language == "ar" else data("numbers")[language]
    named = words.get(str(hour12), str(hour12))
    word = named if isinstance(named, str) else named["f"]
    text = rng.choice(ways).format(H=hour, MM=minutes, h=hour12, part=part, word=word)
    return _digits(text, language, rng)


def _parts(language: str) -> list[tuple[int, str]]:
    return [(int(start), name) for start, name in data("clock")["time"]["parts"][language].items()]


def _date(value: str, language: str, rng: Random) -> str:
    clock = data("clock")["date"]
    month, day = (int(part) for part in value.split("-"))
    name = rng.choice(clock["months"][language][str(month)])
    return _digits(rng.choice(clock["form"][language]).format(d=day, month=name, M=month), language, rng)
