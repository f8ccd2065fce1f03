"""Where the session store's master key comes from: the operating system's keyring, or a passphrase.

The store remembers which (a "record"), and how to tell that a key is the right one; never the key.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from voicedoc.errors import ConfigError, KeyRefused, StoreError
from voicedoc.store.cipher import KEY_SIZE, AesGcm, new_key

if TYPE_CHECKING:
    from collections.abc import Iterator

Ask: TypeAlias = Callable[[str, bool], str | None]
"""Asks a person for a passphrase, given what to ask and whether to ask twice; None where nobody can answer."""

Record: TypeAlias = dict[str, Any]
"""How a store's master key is had, as JSON: its kind, what the kind needs, and a check."""

KINDS = ("keyring", "passphrase")

SHORTEST = 8
"""Letters of a new passphrase."""

SERVICE = "voicedoc"
"""The name under which keyrings show our keys."""

_CHECK = b"voicedoc"
_CHECK_PLACE = b"the master key"

_GIVE_IT = "type it, or give it in VOICEDOC_PASSPHRASE, or through the descriptor that VOICEDOC_PASSPHRASE_FD names"
_NO_KEYRING = (
    "use a passphrase (VOICEDOC_SESSIONS_KEY=passphrase), or start the desktop's keyring (GNOME Keyring, KWallet)"
)


class Made(NamedTuple):
    """A new master key and how it will be had again."""

    master: bytes
    record: Record


@dataclass(frozen=True)
class Keys:
    """How keys are had in this process. `choice` is for a new store: "" takes the keyring where there is one.

    `given` is a passphrase that was given beforehand; `ask` asks for it. `work` is scrypt's cost of a new one: 2^17
    takes 128 MiB and some 0.4 s.

    Source: OWASP Password Storage Cheat Sheet, scrypt with N = 2^17, r = 8, p = 1.
    """

    choice: str = ""
    given: Callable[[], str | None] = lambda: None
    ask: Ask = lambda prompt, twice: None
    work: int = 2**17

    @classmethod
    def from_environment(cls, ask: Ask | None = None) -> Keys:
        """What the variables VOICEDOC_SESSIONS_KEY, VOICEDOC_PASSPHRASE_FD and VOICEDOC_PASSPHRASE say.

        Raises:
            ConfigError: If one of them makes no sense.
        """
        choice = os.environ.get("VOICEDOC_SESSIONS_KEY", "")
        if choice not in ("", *KINDS):
            raise ConfigError(f"VOICEDOC_SESSIONS_KEY is '{choice}'", remedy=f"set it to {' or '.join(KINDS)}")
        return cls(choice, _given_in_environment, ask or (lambda prompt, twice: None))

    # --- a new store

    def make(self, store: str) -> Made:
        """A new master key for the store with the id `store`.

        Raises:
            KeyRefused: If there is neither a keyring nor a passphrase.
        """
        if self.choice == "keyring" or (not self.choice and _keyring_works()):
            return _make_in_keyring(store)
        return self.make_from_passphrase(self._new_passphrase())

    def make_from_passphrase(self, passphrase: str) -> Made:
        """The master key that a new passphrase gives.

        Raises:
            KeyRefused: If it is too short.
        """
        if len(passphrase) < SHORTEST:
            raise KeyRefused(
                f"a passphrase of {len(passphrase)} letters is too short",
                remedy=f"choose {SHORTEST} or more: several words are good",
            )
        scrypt = {"salt": os.urandom(16).hex(), "n": self.work, "r": 8, "p": 1}
        master = _stretched(passphrase, scrypt)
        return Made(master, {"kind": "passphrase", "scrypt": scrypt, "check": _check_of(master)})

    def _new_passphrase(self) -> str:
        given = self.given() or self.ask("New passphrase for the sessions on this machine", True)
        if given:
            return given
        if self.choice == "passphrase":
            raise KeyRefused("no passphrase was given", remedy=_GIVE_IT)
        raise KeyRefused("this machine has no keyring, and no passphrase was given", remedy=_GIVE_IT)

    # --- a store that is there

    def open(self, record: Record) -> bytes:
        """The master key of a store.

        Raises:
            KeyRefused: If it cannot be had, or is not the store's.
        """
        if record["kind"] == "keyring":
            return _checked(_from_keyring(record["account"]), record, "the key in the keyring is not this store's")
        passphrase = self.given() or self.ask("Passphrase of the sessions on this machine", False)
        if not passphrase:
            raise KeyRefused("the sessions are under a passphrase, and none was given", remedy=_GIVE_IT)
        return _checked(_stretched(passphrase, record["scrypt"]), record, "that is not the passphrase")


def _given_in_environment() -> str | None:
    descriptor = os.environ.get("VOICEDOC_PASSPHRASE_FD")
    if descriptor is None:
        return os.environ.get("VOICEDOC_PASSPHRASE")
    return _read_descriptor(descriptor)


@cache  # it can be read only once
def _read_descriptor(descriptor: str) -> str:
    try:
        with os.fdopen(int(descriptor), "r", encoding="utf-8") as file:
            return file.readline().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"cannot read VOICEDOC_PASSPHRASE_FD={descriptor}: {error}",
            remedy="open it for the command: VOICEDOC_PASSPHRASE_FD=3 voicedoc … 3< file",
        ) from error


# --- passphrases


def _stretched(passphrase: str, scrypt: Record) -> bytes:
    normal = unicodedata.normalize("NFC", passphrase).encode()  # keyboards differ in how they compose letters
    n, r, p = scrypt["n"], scrypt["r"], scrypt["p"]
    return hashlib.scrypt(
        normal, salt=bytes.fromhex(scrypt["salt"]), n=n, r=r, p=p, maxmem=256 * r * (n + 8 * p), dklen=KEY_SIZE
    )


def _check_of(master: bytes) -> str:
    return AesGcm(master).seal(_CHECK, _CHECK_PLACE).hex()


def _checked(master: bytes, record: Record, problem: str) -> bytes:
    try:
        AesGcm(master).open(bytes.fromhex(record["check"]), _CHECK_PLACE)
    except StoreError as error:
        raise KeyRefused(problem, remedy="try again; without it nothing in this store can be read") from error
    return master


# --- the keyring


@contextmanager
def _keyring_errors(what: str) -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise KeyRefused(f"cannot {what} the keyring: {error}".rstrip(": "), remedy=_NO_KEYRING) from error


def _keyring_works() -> bool:
    """Whether there is a keyring that keeps secrets secret: those that do say so by their priority."""
    from keyring import get_keyring

    with _keyring_errors("find"):
        return float(get_keyring().priority) >= 1


def _make_in_keyring(store: str) -> Made:
    import keyring

    master, account = new_key(), f"{store}/{os.urandom(4).hex()}"
    with _keyring_errors("write to"):
        keyring.set_password(SERVICE, account, b64encode(master).decode())
    if _kept(account) != master:
        raise KeyRefused("the keyring does not keep what it is given", remedy=_NO_KEYRING)
    return Made(master, {"kind": "keyring", "account": account, "check": _check_of(master)})


def _from_keyring(account: str) -> bytes:
    kept = _kept(account)
    if kept is None:
        raise KeyRefused(
            f"the keyring has no key '{account}' of {SERVICE}",
            remedy="log in as the user who made these sessions, or restore a backup that is under a passphrase",
        )
    return kept


def _kept(account: str) -> bytes | None:
    import keyring

    with _keyring_errors("read"):
        kept = keyring.get_password(SERVICE, account)
    return None if kept is None else b64decode(kept)


def forget(record: Record) -> None:
    """Take a key that nothing was ever sealed under out of the keyring."""
    if record["kind"] == "keyring":
        import keyring

        with _keyring_errors("write to"):
            keyring.delete_password(SERVICE, record["account"])
