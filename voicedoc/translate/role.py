"""What a translator is."""

from __future__ import annotations

from typing import Protocol

from voicedoc.core.speech import Translation
from voicedoc.errors import UnsupportedLanguage


class Translator(Protocol):
    """Translates text. Blocking; made and called on one thread."""

    @property
    def name(self) -> str:
        """The model's or the composition's name, as in `Translation.models`."""
        ...

    def supports(self, source: str, target: str) -> bool:
        """Whether it translates from `source` to `target`, BCP 47 tags; regions do not matter (pt-BR is pt)."""
        ...

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """The whole of `text` in `target`. Text without any words gives an empty translation, and only that does.

        Raises:
            UnsupportedLanguage: If it does not support the pair.
            BackendFailed: If it has no translation for this text.
        """
        ...


def require_pair(translator: Translator, source: str, target: str) -> None:
    """Refuse a pair that `translator` does not support.

    Raises:
        UnsupportedLanguage: If so.
    """
    if not translator.supports(source, target):
        raise UnsupportedLanguage(
            f"translator '{translator.name}' does not translate from '{source}' to '{target}'",
            remedy="choose a translator for this pair in the profile",
        )
