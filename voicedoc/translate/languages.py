"""Language tags, and the codes by which model families call languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voicedoc.core.languages import primary

WITHOUT_SPACES = frozenset({"zh", "yue", "ja"})
"""Languages that are written without spaces between sentences."""


def tag_of(code: str) -> str:
    """The BCP 47 tag of an ISO 639-3 code with or without a region: 'es' of 'spa', 'pt-BR' of 'pt_BR'."""
    language, _, region = code.partition("_")
    by_three = {flores[:3]: tag for tag, flores in _table().flores.items() if "-" not in tag}
    short = by_three.get(language, language)
    return f"{short}-{region}" if region else short


def codes(tag: str) -> list[str]:
    """Every code by which a model may call a language, the most precise first.

    >>> codes("pt-BR")
    ['pt_BR', 'pt_br', 'pt', 'por_Latn', 'por']
    """
    table, language = _table(), primary(tag)
    found = []
    for variant in _variants(tag):
        underscored = variant.replace("-", "_")
        flores = [table.flores[variant]] if variant in table.flores else []
        found += [underscored, underscored.lower(), *flores]
    found += table.synonyms.get(language, []) + table.opus.get(language, [])
    found += [code[:3] for code in found if code[3:4] == "_" and code[4:5].isupper()]
    return list(dict.fromkeys(found))


def _variants(tag: str) -> list[str]:
    """The tag, then language and script, then the language alone. Chinese regions imply a script."""
    language, *rest = tag.replace("_", "-").split("-")
    language = language.lower()
    scripts = [part.title() for part in rest if len(part) == 4 and part.isalpha()]
    regions = [part.upper() for part in rest if len(part) in (2, 3) and part.isalnum()]
    if language == "zh" and not scripts and set(regions) & {"TW", "HK", "MO"}:
        scripts = ["Hant"]
    suffixes = [*scripts, *regions]
    return [f"{language}-{suffix}" for suffix in suffixes] + [language]


@dataclass(frozen=True, slots=True)
class _Table:
    """The sections of `languages.toml`."""

    flores: dict[str, str]
    synonyms: dict[str, list[str]]
    opus: dict[str, list[str]]
    function_words: dict[str, list[str]]


@cache
def _table() -> _Table:
    path = Path(__file__).with_name("languages.toml")
    return _Table(**tomllib.loads(path.read_text("utf-8")))


_SCRIPT_NAMES = {
    "Latn": ("LATIN",), "Cyrl": ("CYRILLIC",), "Arab": ("ARABIC",), "Deva": ("DEVANAGARI",), "Hans": ("CJK",),
    "Hant": ("CJK",), "Jpan": ("HIRAGANA", "KATAKANA", "CJK"), "Hang": ("HANGUL",), "Grek": ("GREEK",),
    "Hebr": ("HEBREW",), "Thai": ("THAI",), "Beng": ("BENGALI",), "Ethi": ("ETHIOPIC",), "Armn": ("ARMENIAN",),
    "Geor": ("GEORGIAN",), "Taml": ("TAMIL",), "Telu": ("TELUGU",), "Khmr": ("KHMER",), "Mymr": ("MYANMAR",),
    "Laoo": ("LAO",), "Sinh": ("SINHALA",), "Gujr": ("GUJARATI",), "Guru": ("GURMUKHI",), "Knda": ("KANNADA",),
    "Mlym": ("MALAYALAM",), "Orya": ("ORIYA",), "Tibt": ("TIBETAN",),
}  # fmt: skip
_WRITTEN_IN_SEVERAL = frozenset({"sr", "bs", "uz", "az", "kk", "mn", "pa", "ku", "ks", "kr", "sat"})


def script_names(tag: str) -> tuple[str, ...]:
    """How Unicode's character names begin in a language's script; empty where unknown or where there are several."""
    language = primary(tag)
    flores = [code for code in codes(tag) if code in _table().flores.values()]
    if language in _WRITTEN_IN_SEVERAL or not flores:
        return ()
    return _SCRIPT_NAMES.get(flores[0].partition("_")[2], ())


def function_words(tag: str) -> frozenset[str]:
    """The most frequent function words of a language; empty where we list none."""
    return frozenset(_table().function_words.get(primary(tag), ()))


def known_languages() -> list[str]:
    """The language subtags that we have codes for, in alphabetical order."""
    return sorted({primary(tag) for tag in _table().flores})
