"""A synthesizer that remembers the last clauses it spoke: work done ahead, and what is said again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

from voicedoc.core.audio import Samples
from voicedoc.speak.role import Synthesizer


class RememberingSynthesizer:
    """A `Synthesizer` with the sounds of another one. It knows the last `size` clauses that were spoken to their end.

    They take up to `max_mb` of memory; the oldest go first. Whether a clause is known is asked when its first chunk is
    wanted, on the worker's thread: so a clause that is being spoken ahead is not spoken twice.
    """

    def __init__(self, synthesizer: Synthesizer, *, size: int = 64, max_mb: float = 32.0) -> None:
        self._synthesizer, self._size, self._most = synthesizer, size, round(max_mb * 1e6)
        self._known: OrderedDict[tuple[str, str], tuple[Samples, ...]] = OrderedDict()
        self._n_bytes = 0
        self._lock = Lock()

    @property
    def rate(self) -> int:
        """The synthesizer's."""
        return self._synthesizer.rate

    @property
    def languages(self) -> frozenset[str]:
        """The synthesizer's."""
        return self._synthesizer.languages

    @property
    def voice(self) -> str:
        """The synthesizer's."""
        return self._synthesizer.voice

    def synthesize(self, text: str, *, language: str) -> Iterator[Samples]:
        """See `Synthesizer`. Chunks come as they are made, the first time."""
        return _Speech(self, text, language)

    def recall(self, text: str, language: str) -> Iterator[Samples] | None:
        """The whole sound of a clause, if it is known."""
        with self._lock:
            known = self._known.get((text, language))
            if known is None:
                return None
            self._known.move_to_end((text, language))
            return iter(known)

    def speak(self, text: str, language: str) -> Iterator[Samples]:
        """Its sound, made now."""
        return self._synthesizer.synthesize(text, language=language)

    def keep(self, text: str, language: str, chunks: tuple[Samples, ...]) -> None:
        """Remember the whole sound of a clause."""
        with self._lock:
            self._n_bytes -= _size(self._known.pop((text, language), ()))
            self._known[text, language] = chunks
            self._n_bytes += _size(chunks)
            while self._known and (len(self._known) > self._size or self._n_bytes > self._most):
                self._n_bytes -= _size(self._known.popitem(last=False)[1])


class _Speech(Iterator[Samples]):
    """Hands chunks on as they are made, or as they are remembered."""

    def __init__(self, memory: RememberingSynthesizer, text: str, language: str) -> None:
        self._memory, self._text, self._language = memory, text, language
        self._chunks: Iterator[Samples] | None = None
        self._made: list[Samples] | None = None
        self._closed = False

    def __next__(self) -> Samples:
        if self._closed:
            raise StopIteration
        if self._chunks is None:
            self._chunks = self._memory.recall(self._text, self._language)
            if self._chunks is None:
                self._chunks, self._made = self._memory.speak(self._text, self._language), []
        try:
            chunk = next(self._chunks)
        except StopIteration:
            if self._made and not self._closed:
                self._memory.keep(self._text, self._language, tuple(self._made))
            raise
        if self._made is not None:
            self._made.append(chunk)
        return chunk

    def close(self) -> None:
        """Stop the work, from any thread where the synthesizer's iterator allows it."""
        self._closed = True
        if (close := getattr(self._chunks, "close", None)) is not None:
            close()


def _size(chunks: tuple[Samples, ...]) -> int:
    return sum(chunk.nbytes for chunk in chunks)
