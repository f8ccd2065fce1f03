"""Countries, languages and peoples: capital in some languages, and no identifiers."""

from __future__ import annotations

from functools import cache

from babel import Locale

from voicedoc.deidentify.tokens import fold


@cache
def nations(language: str) -> frozenset[str]:
    """Folded words of the names of languages and countries, in one language."""
    locale = Locale(language)
    names = [*locale.languages.values(), *locale.territories.values()]
    return frozenset(word for name in names for word in fold(name).split() if len(word) > 3)


@cache
def countries(language: str) -> frozenset[str]:
    """Folded names of countries."""
    return frozenset(fold(name) for code, name in Locale(language).territories.items() if code.isalpha())
