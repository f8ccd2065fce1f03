"""One practice sentence: what was understood of it, and what it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicedoc.core.languages import primary

SENTENCES: Mapping[str, str] = {
    "ar": "صباح الخير. ما الذي أتى بك اليوم؟",
    "de": "Guten Morgen. Was führt Sie heute zu mir?",
    "en": "Good morning. What brings you here today?",
    "es": "Buenos días. ¿Qué le trae hoy por aquí?",
    "fr": "Bonjour. Qu'est-ce qui vous amène aujourd'hui ?",
    "hi": "सुप्रभात। आज आप यहाँ किसलिए आए हैं?",
    "it": "Buongiorno. Che cosa la porta qui oggi?",
    "pt": "Bom dia. O que o traz aqui hoje?",
    "ru": "Доброе утро. Что вас сегодня привело ко мне?",
    "zh": "早上好。您今天哪里不舒服？",
}
"""Something to read out, in the languages that are offered. Not reviewed by a professional translator."""


def sentence_in(language: str) -> str:
    """Something to read out; "" where there is nothing in this language."""
    return SENTENCES.get(primary(language), "")


@dataclass(frozen=True, slots=True)
class Preparing:
    """The models are being loaded."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """Somebody is to read the sentence out now, within so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was heard is being understood and translated."""


@dataclass(frozen=True, slots=True)
class Practised:
    """What was understood, and its translation; `trouble` says what of the voice did not work."""

    heard: str
    translation: str
    is_spoken: bool
    trouble: str = ""
