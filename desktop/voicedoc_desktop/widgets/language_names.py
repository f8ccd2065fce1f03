"""What languages are called: each by its own name."""

from __future__ import annotations

from PySide6.QtCore import QLocale

_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fr": "français",
    "hi": "हिन्दी",
    "it": "italiano",
    "pt": "português",
    "ru": "русский",
    "zh": "中文",
}
"""Where Qt names a country along with the language."""


def language_name(tag: str) -> str:
    """The language's name in itself ("português"); its tag where Qt has no name for it."""
    if tag in _NAMES:
        return _NAMES[tag]
    locale = QLocale(tag.replace("-", "_"))
    name = locale.nativeLanguageName()
    return name if name and locale.language() is not QLocale.Language.C else tag
