"""How bytes are kept from strangers: what the store gives to whoever writes patients' words or voices to disk."""

from __future__ import annotations

from typing import Protocol


class Cipher(Protocol):
    """Authenticated encryption under one session's key."""

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """`plain`, encrypted. `place` ("audio 17") is bound to it: bytes that were moved elsewhere do not open."""
        ...

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """The inverse of `seal`.

        Raises:
            StoreError: If the bytes were damaged, moved, or sealed under another key.
        """
        ...


class Plain:
    """A `Cipher` that does not encrypt: for recordings that are not a patient's, and for tests."""

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """See `Cipher`."""
        del place
        return plain

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """See `Cipher`."""
        del place
        return sealed
