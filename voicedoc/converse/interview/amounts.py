"""Amounts as people write them, in ten languages: "3 day" is "3 Tage"."""

from __future__ import annotations

import re

from voicedoc.core.languages import primary

_NUMBER = re.compile(r"\d+(\.\d+)?(-\d+(\.\d+)?)?")
_BETWEEN = "; "
"""Stands between the amounts of a fact's value."""


def amounts(value: str, language: str, between: str = _BETWEEN) -> str:
    """A fact's value in `language`; numbers and ranges as they are, "" where rules cannot say all of it.

    >>> amounts("1 day; 2 week", "en")
    '1 day; 2 weeks'
    """
    said = [_amount(part, language) for part in value.split(_BETWEEN)]
    return between.join(said) if all(said) else ""


def _amount(value: str, language: str) -> str:
    number, _, unit = value.partition(" ")
    if not _NUMBER.fullmatch(number):
        return ""
    if not unit or "-" in number:
        return "" if unit else number
    from babel import Locale, UnknownLocaleError
    from babel.units import UnknownUnitError, format_unit

    for length in ("long", "short"):  # babel has no long form of some
        try:
            locale = Locale.parse(primary(language))
            text = str(format_unit(float(number), f"duration-{unit}", length=length, locale=locale))
        except (UnknownUnitError, UnknownLocaleError, ValueError):
            return ""
        if "duration-" not in text:
            return text
    return ""
