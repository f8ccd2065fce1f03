"""Text as it is read out: numbers, units and symbols in words, per language, before any phonemizer sees them."""

from __future__ import annotations

from voicedoc.speak.spoken.lexicon import languages
from voicedoc.speak.spoken.text import spoken_text

__all__ = ["languages", "spoken_text"]
