"""Dates: found, and moved by a number of days with everything else left as it was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain

from babel import Locale

from voicedoc.deidentify.identifier import Identifier
from voicedoc.deidentify.lexicon import Lexicon, lexicon_of
from voicedoc.deidentify.spoken import cardinals
from voicedoc.deidentify.tokens import Token, fold

_YEARS = range(1900, 2036)
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(?P<iso>(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d))"
    r"|(?P<a>\d{1,2})(?P<mark>[./-]) ?(?P<b>\d{1,2})(?P=mark) ?(?P<y2>(?:19|20)\d\d|\d\d))(?![\d/-]|[.,]\d)"
)
_SHORT = re.compile(r"(?<![\d.,/-])(?P<a>\d{1,2})(?P<mark>[./])(?P<b>\d{1,2})(?P<end>\.?)(?![\d/%-]|[.,]\d)")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/%-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class DateWords:
    """How a language writes dates: values by their words in lower case, and patterns over all of them.

    `wide` are the months' full names: a short one ("mar", "sept") may be a word.
    """

    months: dict[str, int]
    wide: frozenset[str]
    days: dict[str, int]
    years: dict[str, int]
    patterns: tuple[re.Pattern[str], ...]
    spoken_year: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Clock:
    """By how many days dates move, and what "now" is: for years that are not said and ages that must not show.

    `month_first`: 3/12 is the twelfth of March, as Americans write.
    """

    days: int
    today: date
    month_first: bool = False


def find_dates(text: str, tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """Dates that name a day, a month or a year. Weekdays, times of day and "three weeks ago" are none."""
    for match in chain(_named_dates(text, tokens, lexicon), _numeric_dates(text, tokens, lexicon)):
        yield Identifier(match.start(), match.end(), "date")


def _named_dates(text: str, tokens: list[Token], lexicon: Lexicon) -> Iterator[re.Match[str]]:
    words = date_words(lexicon.language)
    for pattern in words.patterns:
        yield from (match for match in pattern.finditer(text) if _is_date(match, tokens, lexicon, words))
    for match in words.spoken_year.finditer(text):
        # nineteen eighty-two is a year; two thousand five may be a dose
        is_year = words.years[_key(match[0])] < 2000 or _cued("year_cues", match, tokens, lexicon)
        if is_year and not _of_something(match, tokens, lexicon):
            yield match


def _numeric_dates(text: str, tokens: list[Token], lexicon: Lexicon) -> Iterator[re.Match[str]]:
    for match in _NUMERIC.finditer(text):
        if any(_numeric_parts(match, month_first=first) for first in (False, True)):
            yield match
    for cue, pattern in (("date_cues", _SHORT), ("year_cues", _YEAR)):
        for match in pattern.finditer(text):
            possible = pattern is _YEAR or _is_day_and_month(match)
            if possible and _cued(cue, match, tokens, lexicon) and not _of_something(match, tokens, lexicon):
                yield match


def _is_date(match: re.Match[str], tokens: list[Token], lexicon: Lexicon, words: DateWords) -> bool:
    """Whether a month's name means a month here: "may" and "march" are verbs, "sept" is seven, "mar" the sea."""
    month, day, year = match["month"].casefold(), match["day"], match["year"]
    if month not in words.wide:
        return day is not None and year is not None and day[0].isdecimal()
    if day is None and year is None and month in lexicon.words["ambiguous_months"]:
        return _cued("month_cues", match, tokens, lexicon)
    return not (day and not year and _of_something(match, tokens, lexicon))


def _cued(key: str, match: re.Match[str], tokens: list[Token], lexicon: Lexicon) -> bool:
    place = next((n for n, token in enumerate(tokens) if token.end > match.start()), len(tokens))
    return lexicon.phrases[key].before(tokens, place) > 0


def _of_something(match: re.Match[str], tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether a unit follows: 2000 units, 1/2 tablet."""
    after = next((token for token in tokens if token.start >= match.end()), None)
    return after is not None and after.folded in lexicon.words["units"]


def _is_day_and_month(match: re.Match[str]) -> bool:
    a, b = int(match["a"]), int(match["b"])
    in_range = 1 <= min(a, b) <= 12 and max(a, b) <= 31
    return in_range and (match["mark"] == "/" or match["end"] == ".")


# --- moving


def shift(text: str, lexicon: Lexicon, clock: Clock) -> str:
    """A date as `find_dates` found it, moved. What cannot be read as a date becomes "[date]"."""
    words = date_words(lexicon.language)
    if match := _NUMERIC.fullmatch(text):
        return _shift_numeric(match, clock)
    if match := _SHORT.fullmatch(text):
        return _shift_short(match, clock)
    for pattern in words.patterns:
        if match := pattern.fullmatch(text):
            return _shift_named(match, words, lexicon, clock)
    if _YEAR.fullmatch(text):
        return str(_moved(int(text), 7, 1, clock).year)
    if _key(text) in words.years:
        return str(_moved(words.years[_key(text)], 7, 1, clock).year)
    return "[date]"


def _moved(year: int, month: int, day: int, clock: Clock) -> date:
    """The day, moved. Of somebody over 89 the year of birth would say so: it becomes that of a person of 90."""
    year = max(year, clock.today.year - 90)
    return _day(year, month, day) + timedelta(days=clock.days)


def _day(year: int, month: int, day: int) -> date:
    """A day; the month's last where there are not so many (29 February, 31 June)."""
    while day > 28:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
    return date(year, month, day)


def _numeric_parts(match: re.Match[str], *, month_first: bool) -> tuple[int, int, int] | None:
    """Year, month, day; None where there is no such month or day."""
    if match["iso"]:
        year, month, day = int(match["y1"]), int(match["m1"]), int(match["d1"])
    else:
        day, month = (int(match["b"]), int(match["a"])) if month_first else (int(match["a"]), int(match["b"]))
        year = _full_year(match["y2"])
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 36 else 1900)


def _shift_numeric(match: re.Match[str], clock: Clock) -> str:
    swapped = clock.month_first
    parts = _numeric_parts(match, month_first=swapped)
    if parts is None:
        swapped = not swapped
        parts = _numeric_parts(match, month_first=swapped)
    if parts is None:
        return "[date]"
    moved = _moved(*parts, clock)
    if match["iso"]:
        return moved.isoformat()
    first, second = (moved.month, moved.day) if swapped else (moved.day, moved.month)
    year = str(moved.year) if len(match["y2"]) == 4 else f"{moved.year % 100:02d}"
    width_a, width_b = len(match["a"]), len(match["b"])
    return match["mark"].join([f"{first:0{width_a}d}", f"{second:0{width_b}d}", year])


def _shift_short(match: re.Match[str], clock: Clock) -> str:
    a, b = int(match["a"]), int(match["b"])
    swapped = b > 12 or (clock.month_first and a <= 12)
    day, month = (b, a) if swapped else (a, b)
    moved = _moved(clock.today.year, month, day, clock)
    first, second = (moved.month, moved.day) if swapped else (moved.day, moved.month)
    return f"{first}{match['mark']}{second}{match['end']}"


def _shift_named(match: re.Match[str], words: DateWords, lexicon: Lexicon, clock: Clock) -> str:
    """Each part in its own place, so that what stands between them stays."""
    month = words.months[match["month"].casefold()]
    year = _year_of(match["year"], words) if match["year"] else None
    day = _day_of(match["day"], words) if match["day"] else None
    moved = _moved(year or clock.today.year, month, day or 15, clock)
    parts = {"month": _month_like(match["month"], moved.month, lexicon)}
    parts |= {"day": _day_like(match["day"], moved.day, lexicon)} if day else {}
    parts |= {"year": str(moved.year)} if year else {}
    return _replaced(match, parts)


def _replaced(match: re.Match[str], parts: dict[str, str]) -> str:
    text, offset = match[0], match.start()
    for name in sorted(parts, key=lambda name: -match.start(name)):
        text = text[: match.start(name) - offset] + parts[name] + text[match.end(name) - offset :]
    return text


def _year_of(text: str, words: DateWords) -> int:
    digits = text.strip("'’")
    return _full_year(digits) if digits.isdecimal() else words.years[_key(text)]


def _day_of(text: str, words: DateWords) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else words.days[_key(text)]


def _day_like(text: str, day: int, lexicon: Lexicon) -> str:
    """A day as the one before was written: with "th" or "." where that had one; from words, digits."""
    suffix = re.sub(r"^\d+", "", text) if text[0].isdecimal() else ("th" if lexicon.language == "en" else "")
    if lexicon.language == "en" and suffix:
        suffix = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    if lexicon.language == "de" and not suffix:
        suffix = "."
    return f"{day}{suffix if lexicon.language in ('en', 'de') or day == 1 else ''}"


def _month_like(text: str, month: int, lexicon: Lexicon) -> str:
    name = Locale(lexicon.language).months["format"]["wide"][month]
    return str(name.title() if text[0].isupper() else name.lower())


# --- the words


@cache
def date_words(language: str) -> DateWords:
    """How a language writes dates."""
    lexicon = lexicon_of(language)
    wide, short = _month_names(language, "wide"), _month_names(language, "abbreviated")
    days = {_key(form): day for day in range(1, 32) for form in _spoken_days(day, language)}
    years = {_key(form): year for year in _YEARS for form in _spoken_years(year, language)}
    late = {_key(form): 1900 + n for n in range(30, 100) for form in cardinals(n, language)}
    links, suffixes = _any_of(lexicon.words["date_links"]), _any_of(lexicon.words["ordinal_suffixes"])
    link = rf"(?:[\s,]+(?:{links}))*[\s,]+"
    day = rf"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:(?:{suffixes})\b|[.º°])?|{_any_of(days)})"
    month = rf"(?P<month>{_any_of(short | wide)})\b\.?"
    year = rf"(?P<year>(?:19|20)\d\d|['’]\d\d|{_any_of(years)}|{_any_of(late)})"
    nothing = "(?P<day>(?!))?"  # a group that all patterns have
    orders = [rf"{day}{link}{month}(?:{link}{year})?", rf"{nothing}{month}(?:{link}{year})?"]
    if language == "en":
        orders.append(rf"{month}\s+(?:the\s+)?{day}(?:{link}{year})?")
    patterns = tuple(re.compile(rf"(?<![\w.,/-]){order}(?!\w|[.,]\d)", re.I) for order in orders)
    spoken_year = re.compile(rf"(?<!\w)(?:{_any_of(years)})(?!\w)", re.I)
    return DateWords(short | wide, frozenset(wide), days, years | late, patterns, spoken_year)


def _month_names(language: str, width: str) -> dict[str, int]:
    months = Locale(language).months
    return {
        form: number
        for kind in ("format", "stand-alone")
        for number, name in months[kind][width].items()
        for form in (name.casefold().rstrip("."), fold(name).rstrip("."))
    }


def _spoken_days(day: int, language: str) -> set[str]:
    from num2words import num2words

    ordinal = num2words(day, lang=language, to="ordinal")
    forms = cardinals(day, language) | {ordinal, ordinal.replace("-", " ")}
    if language == "de":
        forms |= {ordinal + ending for ending in "nrs"}
    return forms


def _spoken_years(year: int, language: str) -> set[str]:
    from num2words import num2words

    text = num2words(year, lang=language, to="year" if language in ("en", "de") else "cardinal")
    forms = {text, text.replace("-", " ")}
    if language == "en":
        forms |= _english_years(year)
    if language == "fr" and year < 2000:
        forms |= {form.replace("mille neuf cent", "dix-neuf cent") for form in forms}
    if language == "es":
        forms |= {fold(form) for form in forms}
    return forms if year % 1000 else set()


def _english_years(year: int) -> set[str]:
    """Nineteen eighty two, nineteen oh two, two thousand and five, twenty twelve."""
    from num2words import num2words

    century, rest = divmod(year, 100)
    first = num2words(century)
    if rest == 0:
        return set()
    forms = {f"{first} {form}" for form in cardinals(rest, "en")} if rest > 9 else set()
    forms |= {f"{first} {zero} {num2words(rest)}" for zero in ("oh", "o") if rest < 10}
    return forms | ({f"two thousand {and_}{num2words(rest)}" for and_ in ("", "and ")} if century == 20 else set())


def _any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of several; between words there may be a hyphen or space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.sub(r"(?:\\ |\\-)+", r"[\\s-]+", re.escape(word)) for word in ordered) or "(?!)"


def _key(text: str) -> str:
    return re.sub(r"[\s,-]+", " ", text.lower())
