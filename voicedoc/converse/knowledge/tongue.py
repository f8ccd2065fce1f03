"""Which of the ten languages a question is in, by its letters and its commonest words."""

from __future__ import annotations

from voicedoc.converse.knowledge.readers import language_by_script
from voicedoc.converse.knowledge.terms import empty_words, topics_in
from voicedoc.converse.knowledge.wording import flat
from voicedoc.core.languages import primary
from voicedoc.guard import LANGUAGES

LATIN = ("en", "pt", "es", "fr", "de", "it")

LOOKED_AT = 4000
FEWEST, PLAINLY = 4, 1.5
"""A text is plainly in another language where it has so many of that one's commonest words, and so many times those of
the language that it was said to be in. Sisters such as Portuguese and Spanish share many."""


def likely_language(text: str) -> str:
    """The likeliest of the languages that wordings exist for; English where nothing tells."""
    if script := language_by_script(text):
        return script
    common = _common(text)
    return max(LATIN, key=lambda tag: common[tag])


def plainly_other(text: str, language: str) -> str:
    """The language that a text is in where that is plainly not `language`; "" where it may be."""
    text = text[:LOOKED_AT]
    given, script = primary(language), language_by_script(text)
    if given not in LANGUAGES:
        return ""
    if script or given not in LATIN:
        return script if script != given else ""
    common = _common(text)
    likely = max(LATIN, key=lambda tag: common[tag])
    return likely if common[likely] >= FEWEST and common[likely] > PLAINLY * common[given] else ""


def _common(text: str) -> dict[str, int]:
    """How many of its words are common ones in each language, and topics."""
    words = flat(text).split()
    return {tag: sum(word in empty_words(tag) for word in words) + len(topics_in(text, tag)) for tag in LATIN}
