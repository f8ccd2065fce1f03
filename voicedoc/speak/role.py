"""The role of this folder: text in, speech out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from voicedoc.core.audio import Samples


class Synthesizer(Protocol):
    """Speaks. `rate` is in Hz; `languages` are language subtags ("pt", not "pt-BR"); `voice` names it in events.

    The same text gives the same samples, whatever was said before.
    """

    @property
    def rate(self) -> int: ...
    @property
    def languages(self) -> frozenset[str]: ...
    @property
    def voice(self) -> str: ...

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """Yield mono chunks as they are ready; closing the iterator stops the work.

        `text` is what `spoken_text` returns: no digits, no symbols. An iterator whose `close` may be called from
        another thread (Kokoro's) can be stopped within a chunk.

        Raises:
            Unspeakable: If something of `text` would vanish.
            BackendFailed: If there is no sound for another reason.
        """
        ...
