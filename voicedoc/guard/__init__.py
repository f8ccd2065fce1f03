"""Critical content on both sides of a translation: extracted, compared, reported."""

from voicedoc.guard.compare import Comparison, Verdict, compare_texts
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import LANGUAGES

__all__ = ["LANGUAGES", "Comparison", "Verdict", "compare_texts", "extract"]
