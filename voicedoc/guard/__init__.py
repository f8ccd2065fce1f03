"""Critical content on both sides of a translation: extracted, compared, reported."""

from voicedoc.guard.compare import compare_texts
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import CATEGORIES, LANGUAGES, support, unchecked
from voicedoc.guard.verdicts import Comparison, Verdict

__all__ = ["CATEGORIES", "LANGUAGES", "Comparison", "Verdict", "compare_texts", "extract", "support", "unchecked"]
