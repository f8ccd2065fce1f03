"""Fixed phrases, for tests, demonstrations and documentation."""

from __future__ import annotations

from voicedoc.core.cards import LoadedModel
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed
from voicedoc.translate.outcome import outcome
from voicedoc.translate.role import require_pair
from voicedoc.translate.sentences import has_words


class ScriptedTranslator:
    """A `Translator` that looks whole texts up in `phrases`; others come back marked with the target: "[pt] Hello".

    `pairs`: those that it supports, e.g. ["en-pt"]; empty: all. `failing`: texts at which it fails.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        phrases: dict[str, str] | None = None,
        pairs: list[str] | None = None,
        failing: list[str] | None = None,
        name: str = "scripted",
    ) -> None:
        self.name = name
        self._phrases, self._failing = phrases or {}, failing or []
        self._pairs = [(first, second) for first, _, second in (pair.partition("-") for pair in pairs or [])]

    def supports(self, source: str, target: str) -> bool:
        """Two different languages; one of `pairs` where given."""
        listed = any(same_language(source, one) and same_language(target, other) for one, other in self._pairs)
        return not same_language(source, target) and (listed or not self._pairs)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        require_pair(self, source, target)
        text = text.strip()
        if text in self._failing:
            raise BackendFailed(f"'{self.name}' fails at this text, as its script says")
        output = self._phrases.get(text, f"[{target}] {text}" if has_words(text) else "")
        made = outcome(text, output, source=source, target=target, model=self.name)
        return Translation(made.text, source, target, (self.name,))  # what is scripted is not doubted
