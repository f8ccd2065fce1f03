"""Which letters a voice can read: what it would skip must not reach it."""

from __future__ import annotations

import unicodedata

from voicedoc.errors import Unspeakable

_SCRIPTS = {
    "ar": "ARABIC", "bg": "CYRILLIC", "bn": "BENGALI", "el": "GREEK", "fa": "ARABIC", "gu": "GUJARATI", "he": "HEBREW",
    "hi": "DEVANAGARI", "hy": "ARMENIAN", "ja": "CJK HIRAGANA KATAKANA",
    "ka": "GEORGIAN", "kn": "KANNADA", "ko": "HANGUL",
    "mk": "CYRILLIC", "ml": "MALAYALAM", "mr": "DEVANAGARI", "ne": "DEVANAGARI", "pa": "GURMUKHI", "ru": "CYRILLIC",
    "sr": "CYRILLIC", "ta": "TAMIL", "te": "TELUGU", "th": "THAI", "uk": "CYRILLIC", "ur": "ARABIC", "zh": "CJK",
}  # fmt: skip
_LATIN = "LATIN"


def subtag_of(language: str) -> str:
    """The language of a BCP 47 tag: "pt" for "pt-BR"."""
    return language.partition("-")[0].lower()


def check_script(text: str, language: str, *, latin: bool = True) -> None:
    """Refuse letters that a voice of `language` cannot read; Latin ones (names of drugs) pass where `latin`.

    Raises:
        Unspeakable: If there is such a letter.
    """
    scripts = {*_SCRIPTS.get(subtag_of(language), _LATIN).split(), *([_LATIN] if latin else [])}
    strange = {letter for letter in text if letter.isalpha() and _script(letter) not in scripts}
    if strange:
        named = ", ".join(sorted({_script(letter).lower() for letter in strange}))
        raise Unspeakable(f"a voice for '{language}' cannot read {named} letters", remedy="read them on the screen")


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "UNNAMED").removeprefix("FULLWIDTH ").removeprefix("MODIFIER LETTER ")
    return "KATAKANA" if "PROLONGED SOUND" in name else name.split(" ")[0]


def fold(text: str, alphabet: str) -> str:
    """`text` with letters that are not in `alphabet` (lower case, besides a–z) written without their accents.

    >>> fold("João e Zoë", "ë")
    'Joao e Zoë'

    Raises:
        Unspeakable: If a letter has no plain form: it would vanish.
    """
    folded = "".join(_folded(mark, alphabet) for mark in unicodedata.normalize("NFC", text))
    if strange := sorted({mark for mark in folded if mark.isalpha() and not _within(mark, alphabet)}):
        named = ", ".join(unicodedata.name(mark, "unnamed").lower() for mark in strange[:3])
        raise Unspeakable(f"the voice cannot read {named}", remedy="read it on the screen")
    return folded


_PLAIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ª": "a", "º": "o"}


def _within(mark: str, alphabet: str) -> bool:
    return mark.isascii() or mark.lower() in alphabet


def _folded(mark: str, alphabet: str) -> str:
    if not mark.isalpha() or _within(mark, alphabet):
        return "" if unicodedata.combining(mark) else mark
    if mark.lower() in _PLAIN:
        plain = _PLAIN[mark.lower()]
        return plain if mark.islower() else plain.capitalize()
    base = unicodedata.normalize("NFKD", mark)
    return "".join(part for part in base if not unicodedata.combining(part))
