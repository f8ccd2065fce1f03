"""What is read how: one rule per way of writing something. A rule's reader declines with None."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from voicedoc.speak.spoken.lexicon import Lexicon, lexicon_of, unit_symbols
from voicedoc.speak.spoken.numbers import (
    NUMBER,
    SPACED,
    Number,
    cardinal,
    digit_words,
    number_words,
    ordinal,
    parse_number,
    words_of,
    year_words,
)
from voicedoc.speak.spoken.units import UNSPACED, count, quantity, unit_pattern, unit_words

PatternOf = Callable[[str], re.Pattern[str]]
Reader = Callable[[re.Match[str], Lexicon], str | None]

_NOUN = re.compile(r"(?:\s*|-)([^\W\d_][^\s\d.,;:!?()/।]*)")
_EMERGENCY = r"(?:911|112|999|111|000|110|113|115|118|119|120|061|190|191|192|193|15|17|18)"
_SLASHED = rf"(?P<a>{NUMBER})\s?/\s?(?P<b>{NUMBER})(?![\d/])"
_LETTER = rf"[^\W\d_{UNSPACED}]"
_CODE_LETTER = re.compile(_LETTER)
_DASH = r"\s?[-–—−]\s?"


class Rule(NamedTuple):
    """A way of writing something: its pattern in a language, and what reads it."""

    pattern_of: PatternOf
    read: Reader


def _same(pattern: str) -> PatternOf:
    compiled = re.compile(pattern)
    return lambda language: compiled


def _lexicon(language: str) -> Lexicon:
    lexicon = lexicon_of(language)
    if lexicon is None:  # the rules run for languages with a lexicon only
        raise LookupError(language)
    return lexicon


def _noun_after(found: re.Match[str]) -> str:
    noun = _NOUN.match(found.string, found.end())
    return noun[1] if noun else ""


def _value(written: str, lexicon: Lexicon) -> Decimal:
    number = parse_number(written, lexicon)
    return number.value if number else Decimal(2)  # not one number: any plural form


# --- abbreviations and symbols


@cache
def _abbreviation(language: str) -> re.Pattern[str]:
    known = sorted(_lexicon(language).abbreviations, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)" if known else r"(?!)")


def _read_abbreviation(found: re.Match[str], lexicon: Lexicon) -> str:
    return lexicon.abbreviations[found[0]]


@cache
def _symbol(language: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, _lexicon(language).symbols))
    return re.compile(rf"\s*(?:{known})\s*" if known else r"(?!)")


def _read_symbol(found: re.Match[str], lexicon: Lexicon) -> str:
    return f" {lexicon.symbols[found[0].strip()]} "


def _read_times(found: re.Match[str], lexicon: Lexicon) -> str:
    return f" {lexicon.symbols['×']} "


def _read_dash(found: re.Match[str], lexicon: Lexicon) -> str:
    """Between two things of which neither is a plain number: "120/80-130/85"."""
    return lexicon.range.format(a="", b="")


def _read_per(found: re.Match[str], lexicon: Lexicon) -> str | None:
    """ "500 mg/5 ml", but not "50 mg/200 mg", which is two drugs in one tablet."""
    before = re.search(r"[^\W\d_]+$", found.string[: found.start()])
    after = re.match(rf"{NUMBER}\s?([^\W\d_]+)", found.string[found.end() :])
    if not lexicon.per or not before or not after or before[0].lower() == after[1].lower():
        return None
    return lexicon.per.format("", "")


@cache
def _per_unit(language: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, _lexicon(language).unit_symbols))
    return re.compile(rf"(?<=[^\W\d_])\s?/\s?(?P<unit>{known})(?![^\W_])" if known else r"(?!)")


def _read_per_unit(found: re.Match[str], lexicon: Lexicon) -> str | None:
    """ "2 fois/jour"."""
    name = unit_words(found["unit"], Decimal(1), lexicon)
    return lexicon.per.format("", name) if lexicon.per else None


# --- dates and times


def _read_iso_date(found: re.Match[str], lexicon: Lexicon) -> str | None:
    return _date(int(found["d"]), int(found["m"]), found["y"], lexicon)


def _read_date(found: re.Match[str], lexicon: Lexicon) -> str | None:
    a, b = int(found["a"]), int(found["b"])
    day, month = (b, a) if (lexicon.month_day and a <= 12) or b > 12 else (a, b)
    return _date(day, month, found["y"] or "", lexicon)


def _date(day: int, month: int, year: str, lexicon: Lexicon) -> str | None:
    from babel import Locale

    try:
        date(int(year) if year and int(year) else 2000, month, day)
    except ValueError:
        return None
    template = lexicon.date if year else lexicon.date_no_year
    parts = {
        "day": lexicon.first_day if day == 1 and lexicon.first_day else cardinal(day, lexicon),
        "month": str(Locale.parse(lexicon.language).months["format"]["wide"][month]),
        "m": cardinal(month, lexicon),
        "year": year_words(int(year), lexicon) if year else "",
        "year_digits": digit_words(year, lexicon),
    }
    if "{ordinal}" in template:
        parts["ordinal"] = ordinal(day, lexicon)
    if "genitive}" in template:
        parts["ordinal_genitive"] = ordinal(day, lexicon, case="g", gender="n")
        parts["year_genitive"] = ordinal(int(year), lexicon, case="g", gender="n") if year else ""
    return template.format(**parts)


def _read_clock(found: re.Match[str], lexicon: Lexicon) -> str | None:
    hour, minute, second = int(found["h"]), int(found["m"]), found["s"]
    if hour > 24 or minute > 59 or (second and int(second) > 59):
        return None
    template = lexicon.clock if minute or second else lexicon.clock_full
    if found["half"] and not minute:
        template = "{h}"
    words = template.format(
        h=_agreed(hour, lexicon.clock_noun, lexicon),
        H=count(cardinal(hour, lexicon), Decimal(hour), "duration-hour", lexicon),
        m=cardinal(minute, lexicon),
        M=count(cardinal(minute, lexicon), Decimal(minute), "duration-minute", lexicon),
        mm=f"{lexicon.clock_zero} {cardinal(minute, lexicon)}" if minute < 10 else cardinal(minute, lexicon),
    )
    if second:
        words += f" {count(cardinal(int(second), lexicon), Decimal(int(second)), 'duration-second', lexicon)}"
    return f"{words} {found['half'].strip()}" if found["half"] else words


def _agreed(n: int, noun: str, lexicon: Lexicon) -> str:
    return lexicon.agreeing(cardinal(n, lexicon), noun)


# --- strings of digits that are no quantities


@cache
def _call(language: str) -> re.Pattern[str]:
    cues = _lexicon(language).call_cues
    return re.compile(rf"(?P<cue>(?i:{cues}))(?P<n>{_EMERGENCY})(?![\d/:-]|[.,]\d)" if cues else r"(?!)")


def _read_call(found: re.Match[str], lexicon: Lexicon) -> str:
    return found["cue"] + digit_words(found["n"], lexicon)


def _read_phone(found: re.Match[str], lexicon: Lexicon) -> str | None:
    groups = re.findall(r"\d+", found[0])
    years = len(groups) == 2 and all(len(g) == 4 and g[:2] in ("19", "20") for g in groups)
    if years or sum(map(len, groups)) < 7 or re.fullmatch(rf"{SPACED}", found[0]) or _is_range(groups, found, lexicon):
        return None
    plus = f"{lexicon.symbols['+']} " if found[0].startswith("+") else ""
    return plus + ", ".join(digit_words(group, lexicon) for group in groups)


def _is_range(groups: list[str], found: re.Match[str], lexicon: Lexicon) -> bool:
    """ "1500-2000" is one where a unit follows or both ends are round."""
    if len(groups) != 2 or "-" not in found[0] or int(groups[0]) >= int(groups[1]):
        return False
    followed = re.compile(rf"\s?{unit_pattern(lexicon.language)}").match(found.string, found.end())
    return followed is not None or all(int(group) % 50 == 0 for group in groups)


# --- fractions and pairs


@cache
def _fraction(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<n>\d+)(?:\s+|-))?(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/.,]*\d)(?:\s?(?P<unit>{unit_pattern(language)}))?"
    )


def _read_fraction(found: re.Match[str], lexicon: Lexicon) -> str | None:
    a, b = int(found["a"]), int(found["b"])
    if not 0 < a < b or found["a"][0] == "0" or (b != 2 and str(b) not in lexicon.fractions):
        return None
    value = Decimal(2) if found["n"] else Decimal(1)
    noun = unit_words(found["unit"], value, lexicon) if found["unit"] else ""
    words = _fraction_words(a, b, found["n"], noun.split(" ")[0] or _noun_after(found), lexicon)
    return f"{words} {noun}".strip()


def _fraction_words(a: int, b: int, n: str | None, noun: str, lexicon: Lexicon) -> str:
    gender = lexicon.gender(noun)
    if b == 2 and n:
        key = "half_feminine" if gender == "feminine" and "half_feminine" in lexicon.mixed else "half"
        whole = _agreed(int(n), noun, lexicon) if key == "half_feminine" else _before_masculine(int(n), lexicon)
        return lexicon.mixed.get(n, lexicon.mixed[key]).format(n=whole)
    if b == 2:
        return lexicon.half[gender or "alone"]
    one, many = lexicon.fractions[str(b)]
    if not lexicon.joiner:
        fraction = one if a == 1 else many.format(a=cardinal(a, lexicon))
    else:
        fraction = f"{_before_masculine(a, lexicon)} {one if a == 1 else many}"
    return lexicon.mixed["other"].format(n=cardinal(int(n), lexicon), fraction=fraction) if n else fraction


def _before_masculine(n: int, lexicon: Lexicon) -> str:
    """Before the fraction's own name ("three quarters"), which is masculine wherever that matters."""
    words = cardinal(n, lexicon)
    for pattern, replacement in lexicon.agree.get("masculine", ()):
        words = re.sub(pattern, replacement, words)
    return words


@cache
def _pair(language: str) -> re.Pattern[str]:
    return re.compile(rf"{_SLASHED}(?:\s?(?P<unit>{unit_pattern(language)}))?")


def _read_pair(found: re.Match[str], lexicon: Lexicon) -> str | None:
    a, b, unit = found["a"], found["b"], found["unit"]
    if not unit and a.isdigit() and b.isdigit() and "0" in (a[0], b[0]) and len(a) <= 2 and len(b) <= 2:
        day_first = (int(b), int(a)) if lexicon.month_day else (int(a), int(b))
        if words := _date(*day_first, "", lexicon):
            return words
    noun = unit_words(unit, _value(b, lexicon), lexicon) if unit else ""
    next_noun = noun.split(" ")[0] or _noun_after(found)
    template, feminine = lexicon.over, ""
    if lexicon.every and a == b and next_noun.startswith("hora"):
        template, feminine = lexicon.every, next_noun
    elif not unit and a.isdigit() and b == "10" and int(a) <= 10:
        template = lexicon.out_of
    words = template.format(a=_in_words(a, feminine, lexicon), b=_in_words(b, feminine, lexicon))
    return f"{words} {noun}".strip()


def _in_words(written: str, noun: str, lexicon: Lexicon) -> str:
    return lexicon.agreeing(number_words(written, lexicon), noun)


def _read_scheme(found: re.Match[str], lexicon: Lexicon) -> str:
    """Doses over the day: 1-0-1."""
    return ", ".join(cardinal(int(dose), lexicon) for dose in re.findall(r"\d+", found[0]))


def _read_ratio(found: re.Match[str], lexicon: Lexicon) -> str:
    return lexicon.ratio.format(a=number_words(found["a"], lexicon), b=number_words(found["b"], lexicon))


# --- quantities


def _sign(found: re.Match[str], lexicon: Lexicon) -> str:
    """ "minus " for a dash that cannot be a range's or a word's; "plus " for a plus."""
    sign = found["sign"]
    if not sign:
        return ""
    name = lexicon.minus if sign in "-–−" else lexicon.symbols.get(sign, sign)
    return f"{name}{lexicon.joiner}"


_SIGNED = r"(?P<sign>(?<![^\s(])[-–](?=[\d.,])|−\s?|[+±]\s?)?"


@cache
def _quantity(language: str) -> re.Pattern[str]:
    spaced = rf"{SPACED}|" if _lexicon(language).spaced_groups else r"\d{1,3}(?: 0\d\d)(?: \d{3})*(?!\d)|"
    number = rf"(?:{spaced}{NUMBER})"
    return re.compile(
        rf"{_SIGNED}(?P<a>{number})(?:{_DASH}(?P<b>{number})(?![-–/]\d))?(?:(?P<gap>[\s\u00a0-]?)(?P<unit>{unit_pattern(language)}))?"
    )


def _read_quantity(found: re.Match[str], lexicon: Lexicon) -> str | None:
    a, b, unit = found["a"], found["b"], found["unit"]
    if _touches_letter(found, has_unit=bool(unit)):
        return None
    noun = "" if unit else _noun_after(found)
    if not b and not unit and _is_year(found, lexicon):
        return year_words(int(a), lexicon)
    words = _spaced_words(b or a, noun, lexicon)
    if unit:
        attributive = lexicon.language == "en" and found["gap"] == "-"  # "a 10-day course"
        words = quantity(words, Decimal(1) if attributive else _spaced_value(b or a, lexicon), unit, lexicon)
    if b:
        words = lexicon.range.format(a=_spaced_words(a, noun, lexicon), b=words)
    return _sign(found, lexicon) + words


def _touches_letter(found: re.Match[str], *, has_unit: bool) -> bool:
    """Part of a code such as B12: that is another rule's."""
    if re.search(rf"{_LETTER}$(?<!\d[xX])(?<!\W[xX])", found.string[: found.start("a")]):
        return True
    after = found.string[found.end() :]
    return not has_unit and _CODE_LETTER.match(after) is not None and not re.match(r"[xX]\s*\d", after)


def _spaced_words(written: str, noun: str, lexicon: Lexicon) -> str:
    number = _spaced_number(written)
    if number is None and " " in written:
        return digit_words(written.replace(" ", ""), lexicon)
    words = words_of(number, lexicon) if number else number_words(written, lexicon)
    return words if any(mark in written for mark in ".,") else lexicon.agreeing(words, noun)


def _spaced_number(written: str) -> Number | None:
    """`10 000` is a number for sure where a group begins with 0; `2 500` may be 2 (tablets) of 500."""
    if " " not in written or not re.search(r" 0", written):
        return None
    whole, _, fraction = written.partition(",")
    return Number(whole.replace(" ", ""), fraction, grouped=True)


def _spaced_value(written: str, lexicon: Lexicon) -> Decimal:
    number = _spaced_number(written)
    return number.value if number else _value(written, lexicon)


def _is_year(found: re.Match[str], lexicon: Lexicon) -> bool:
    if not lexicon.year_cues or not re.fullmatch(r"1[1-9]\d\d|20\d\d", found["a"]) or found["sign"]:
        return False
    return re.search(lexicon.year_cues, found.string[: found.start()]) is not None


@cache
def _ordinal(language: str) -> re.Pattern[str]:
    marks = _lexicon(language).ordinal
    end = "" if language == "de" else r"(?!\w)(?!\s?[CF]\b)"
    return re.compile(rf"(?P<n>\d{{1,4}})\.?(?P<mark>{marks}){end}" if marks else r"(?!)")


def _read_ordinal(found: re.Match[str], lexicon: Lexicon) -> str | None:
    n, mark = int(found["n"]), found["mark"]
    if mark == "º" and n > 30:  # "38º" is a temperature
        return count(cardinal(n, lexicon), Decimal(n), "angle-degree", lexicon)
    words = ordinal(n, lexicon) + lexicon.ordinal_suffix
    for written, pattern, replacement in lexicon.ordinal_forms:
        if re.search(written, mark):
            words = re.sub(pattern, replacement, words)
    return words


def _read_decade(found: re.Match[str], lexicon: Lexicon) -> str | None:
    """ "in her 40s" is no time in seconds."""
    if lexicon.language != "en":
        return None
    words = year_words(int(found["n"]), lexicon)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _read_every(found: re.Match[str], lexicon: Lexicon) -> str | None:
    """ "q8h" of prescriptions."""
    hours = int(found["n"])
    period = count(cardinal(hours, lexicon), Decimal(hours), "duration-hour", lexicon)
    return f"every {period}" if lexicon.language == "en" else None


@cache
def _money(language: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(_lexicon(language).currencies, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?P<before>{known})\s?(?P<a>{NUMBER})|(?P<b>{NUMBER})\s?(?P<after>{known})")


def _read_money(found: re.Match[str], lexicon: Lexicon) -> str:
    from babel.numbers import get_currency_name

    written, currency = found["a"] or found["b"], lexicon.currencies[found["before"] or found["after"]]
    name = str(get_currency_name(currency, count=_value(written, lexicon), locale=lexicon.language))
    noun = name.split(" ", maxsplit=1)[0]
    return f"{lexicon.agreeing(number_words(written, lexicon), noun)} {name}"


# --- letters with digits, and what is left


def _read_code(found: re.Match[str], lexicon: Lexicon) -> str:
    """B12, COVID-19, H1N1, 5-HT3: letters as they stand, short numbers as numbers, long ones digit by digit."""
    parts = (
        part
        if not part.isdigit()
        else cardinal(int(part), lexicon)
        if len(part) < 3 and part[0] != "0"
        else digit_words(part, lexicon)
        for part in re.findall(r"\d+|[^\W\d_]+", found[0])
    )
    return " ".join(parts)


@cache
def _unit_alone(language: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(unit_symbols().alone, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W\d_])(?={known})(?:{unit_pattern(language)})")


def _read_unit_alone(found: re.Match[str], lexicon: Lexicon) -> str:
    return unit_words(found[0], Decimal(2), lexicon)


_CLOCK = (
    r"(?P<h>\d{1,2})(?:\s?[hH]\s?(?=\d\d(?!\d))|:)(?P<m>\d{2})(?::(?P<s>\d{2}))?(?![\d:])(?!\s?h?\d)"
    r"(?:\s?[hH](?!\w)|\s(?:Uhr|uhr|heures|horas|ore)(?!\w))?(?P<half>\s?[AaPp]\.?\s?[Mm]\b\.?)?"
)
_ISO_DATE = r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
_DATE = r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?![\d/-])(?!\.\d)"
_PHONE = r"\+?(?:\(\d{2,4}\)|\d{2,})(?:[\s-]?(?:\(\d+\)|\d{2,}))+(?![\d/:]|[.,]\d)|\+\d{7,}"
_CODE = rf"(?<!\d)(?:{_LETTER}+-?(?=\d)|\d+-?(?={_LETTER}))(?:{_LETTER}|\d)*(?:-?\d(?:{_LETTER}|\d)*)*"

RULES: tuple[Rule, ...] = (
    Rule(_abbreviation, _read_abbreviation),
    Rule(_call, _read_call),
    Rule(_same(r"[qQ]\.?\s?(?P<n>\d{1,2})\s?[hH](?!\w)"), _read_every),
    Rule(_same(r"(?P<n>\d{1,3}0)'?s(?!\w)"), _read_decade),
    Rule(_same(_ISO_DATE), _read_iso_date),
    Rule(_same(_DATE), _read_date),
    Rule(_same(_CLOCK), _read_clock),
    Rule(_money, _read_money),
    Rule(_fraction, _read_fraction),
    Rule(_pair, _read_pair),
    Rule(_ordinal, _read_ordinal),
    Rule(_same(_PHONE), _read_phone),
    Rule(_same(r"\d{1,2}(?:[-–]\d{1,2}){2,}(?![\d.,/])"), _read_scheme),
    Rule(_same(rf"(?P<a>{NUMBER}):(?P<b>{NUMBER})"), _read_ratio),
    Rule(_quantity, _read_quantity),
    Rule(_same(r"(?<![^\W\d_])[xX]\s*(?=\d)"), _read_times),
    Rule(_same(r"(?<=\d)[-–—](?=\d)"), _read_dash),
    Rule(_same(r"(?<=[^\W\d_])\s?/\s?(?=\d)"), _read_per),
    Rule(_per_unit, _read_per_unit),
    Rule(_same(_CODE), _read_code),
    Rule(_unit_alone, _read_unit_alone),
    Rule(_symbol, _read_symbol),
)
"""Tried in this order at each place."""
