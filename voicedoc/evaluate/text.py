"""Texts made comparable before words or characters are counted."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache

from voicedoc.core.languages import primary
from voicedoc.errors import UnsupportedLanguage
from voicedoc.registry import missing_package

NO_SPACES = frozenset({"ja", "th", "yue", "zh"})
"""Languages whose writing does not part words: characters are counted instead."""


def normalise(text: str, language: str) -> str:
    """`text` without case, punctuation and, in English, without spelling variants and number words.

    Source: Whisper's English and basic normalisers (Radford et al. 2022, appendix C; package whisper-normalizer).

    Raises:
        BackendUnavailable: If the package is not installed.
    """
    normalised = _normaliser(primary(language) == "en")(text)
    return "".join(normalised.split()) if primary(language) in NO_SPACES else normalised.strip()


@cache
def _normaliser(english: bool) -> Callable[[str], str]:
    try:
        with warnings.catch_warnings():
            # Its module strings hold "\\s", which Python 3.12 and later warn about when they compile it.
            warnings.simplefilter("ignore", SyntaxWarning)
            from whisper_normalizer.basic import BasicTextNormalizer
            from whisper_normalizer.english import EnglishTextNormalizer
    except ImportError as error:
        raise missing_package(error, "evaluate") from error
    made: Callable[[str], str] = EnglishTextNormalizer() if english else BasicTextNormalizer()
    return made


def english_name(language: str) -> str:
    """What a language is called in English: "Swahili".

    Raises:
        UnsupportedLanguage: If there is no such language.
    """
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(primary(language)).get_language_name("en")
    except (UnknownLocaleError, ValueError) as error:
        raise UnsupportedLanguage(f"there is no language '{language}'", remedy="give a tag such as sw") from error
    return str(name)
