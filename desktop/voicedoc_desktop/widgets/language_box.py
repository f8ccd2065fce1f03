"""Choosing a language: each by its own name, and by its name in the interface's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from voicedoc.core.languages import primary
from voicedoc_desktop.widgets.choices import Choice
from voicedoc_desktop.widgets.language_names import language_name


def language_choices(tags: Sequence[str]) -> list[Choice]:
    """Languages, in the order of their names in the interface's language."""
    choices = [Choice(tag, both_names(tag)) for tag in tags]
    return sorted(choices, key=lambda choice: choice.text.casefold())


def both_names(tag: str) -> str:
    """ "Portuguese · português"; one alone where they are the same, the tag where neither is known."""
    here, itself = name_here(tag), language_name(tag)
    return here if here.casefold() == itself.casefold() else f"{here} · {itself}"


def name_here(tag: str) -> str:
    """A language's name in the interface's language; its own where that has none."""
    translate = QCoreApplication.translate
    names = {
        "ar": translate("Languages", "Arabic"),
        "de": translate("Languages", "German"),
        "en": translate("Languages", "English"),
        "es": translate("Languages", "Spanish"),
        "fr": translate("Languages", "French"),
        "hi": translate("Languages", "Hindi"),
        "it": translate("Languages", "Italian"),
        "ja": translate("Languages", "Japanese"),
        "pt": translate("Languages", "Portuguese"),
        "ru": translate("Languages", "Russian"),
        "zh": translate("Languages", "Chinese"),
    }
    return names.get(primary(tag)) or language_name(tag)
