"""A ring of bytes between the sound card's thread and the one that writes."""

from __future__ import annotations


class Ring:
    """Room for `size` bytes. One thread writes, another reads; neither waits, and nothing is allocated on writing.

    What does not fit is dropped and counted: the reader learns of it in the place where it is missing.
    """

    def __init__(self, size: int) -> None:
        self._room = memoryview(bytearray(size))
        self._size = size
        self._written = 0  # only the writer changes it, only after the bytes are there
        self._read = 0  # only the reader changes it
        self._dropped = 0  # bytes since the writer last had room; the writer's alone
        self._gap: tuple[int, int] | None = None  # where bytes are missing, and how many; handed over to the reader

    def write(self, data: memoryview | bytes) -> None:
        """Copy `data`, all of it or nothing."""
        n = len(data)
        if n > self._size - (self._written - self._read) or (self._dropped and self._gap):
            self._dropped += n
            return
        if self._dropped:
            self._gap, self._dropped = (self._written, self._dropped), 0
        start = self._written % self._size
        first = min(n, self._size - start)
        self._room[start : start + first] = data[:first]
        self._room[: n - first] = data[first:]
        self._written += n

    def read(self) -> bytes:
        """What is there, up to the next place where something is missing."""
        written = self._written  # before the gap: what the writer adds in between lies behind it
        stop = written if self._gap is None else self._gap[0]
        start, n = self._read % self._size, stop - self._read
        first = min(n, self._size - start)
        data = bytes(self._room[start : start + first]) + bytes(self._room[: n - first])
        self._read = stop
        return data

    def missing(self) -> int:
        """How many bytes are missing right here, told once; 0 if none."""
        if self._gap is None or self._gap[0] != self._read:
            return 0
        n, self._gap = self._gap[1], None
        return n
