"""Which of the ten languages a question is in, by its letters and its commonest words."""

from __future__ import annotations

from voicedoc.converse.knowledge.readers import language_by_script
from voicedoc.converse.knowledge.terms import empty_words, topics_in
from voicedoc.converse.knowledge.wording import flat

LATIN = ("en", "pt", "es", "fr", "de", "it")


def likely_language(text: str) -> str:
    """The likeliest of the languages that wordings exist for; English where nothing tells."""
    if script := language_by_script(text):
        return script
    words = flat(text).split()
    common = {tag: sum(word in empty_words(tag) for word in words) + len(topics_in(text, tag)) for tag in LATIN}
    return max(LATIN, key=lambda tag: common[tag])
