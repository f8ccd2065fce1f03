"""Finds what identifies people in a transcript's texts, and puts surrogates in its place."""

from voicedoc.deidentify.find import Asked, find, seen_again
from voicedoc.deidentify.identifier import Identifier
from voicedoc.deidentify.lexicon import LANGUAGES, lexicon_of
from voicedoc.deidentify.measured import Measured, measured
from voicedoc.deidentify.surrogates import Surrogates, key_of

__all__ = [
    "LANGUAGES", "Asked", "Identifier", "Measured", "Surrogates", "find", "key_of", "lexicon_of", "measured",
    "seen_again",
]  # fmt: skip
