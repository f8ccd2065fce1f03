"""Reviewed sentences with fixed translations, found by meaning and offered before machine translation."""

from voicedoc.phrases.bank import Phrase, PhraseBank
from voicedoc.phrases.search import Match

__all__ = ["Match", "Phrase", "PhraseBank"]
