"""No translation at all: to measure the pipeline without a model, and as a placeholder."""

from __future__ import annotations

from voicedoc.core.cards import LoadedModel
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Translation


class Identity:
    """A `Translator` for any pair that gives the text back; between two languages with the doubt "untranslated"."""

    def __init__(self, model: LoadedModel | None = None) -> None:
        self.name = "identity"

    def supports(self, source: str, target: str) -> bool:
        """Always."""
        return True

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        doubts = () if same_language(source, target) else ("untranslated",)
        return Translation(text.strip(), source, target, (self.name,), doubts)
