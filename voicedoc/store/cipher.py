"""AES-256-GCM under one key: for a session's journal and audio, and for the sessions' keys themselves."""

from __future__ import annotations

import os

from voicedoc.errors import StoreError

KEY_SIZE = 32
"""Bytes."""

_VERSION = b"\x01"
_NONCE_SIZE = 12


def new_key() -> bytes:
    """A key that nobody has had before."""
    return os.urandom(KEY_SIZE)


class AesGcm:
    """A `voicedoc.core.cipher.Cipher`. May be used from any thread.

    What it seals is a version byte, the nonce and the ciphertext with its tag. Nonces are random, 96 bits: an hour of
    a session seals some 30,000 times, and their risk of meeting reaches 2^-32 only after 2^32.

    Source: NIST SP 800-38D, 8.2.2 and 8.3.
    """

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._aead = AESGCM(key)

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """See `Cipher`."""
        nonce = os.urandom(_NONCE_SIZE)
        return _VERSION + nonce + self._aead.encrypt(nonce, plain, _VERSION + place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """See `Cipher`."""
        from cryptography.exceptions import InvalidTag

        nonce, rest = sealed[1 : 1 + _NONCE_SIZE], sealed[1 + _NONCE_SIZE :]
        try:
            if sealed[:1] != _VERSION or len(nonce) < _NONCE_SIZE:
                raise InvalidTag
            return self._aead.decrypt(nonce, rest, _VERSION + place)
        except InvalidTag as error:
            raise StoreError(
                f"{place.decode(errors='replace')} is damaged, or was sealed under another key",
                remedy="restore it from a backup: voicedoc sessions restore",
            ) from error
