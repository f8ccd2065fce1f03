"""A translator that remembers its last translations, so that work done ahead is found when it is wanted."""

from __future__ import annotations

from collections import OrderedDict

from voicedoc.core.speech import Translation
from voicedoc.translate.role import Translator


class RememberingTranslator:
    """A `Translator` with the results of another one. It knows the last `size`; failures are not remembered.

    Called on one worker's thread, as any translator.
    """

    def __init__(self, translator: Translator, *, size: int = 16) -> None:
        self._translator, self._size = translator, size
        self._known: OrderedDict[tuple[str, str, str], Translation] = OrderedDict()

    @property
    def name(self) -> str:
        """The translator's."""
        return self._translator.name

    def supports(self, source: str, target: str) -> bool:
        """See `Translator`."""
        return self._translator.supports(source, target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        key = (text, source, target)
        if key not in self._known:
            self._known[key] = self._translator.translate(text, source=source, target=target)
        self._known.move_to_end(key)
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return self._known[key]
