"""The notes that are kept with a session: every version as it was, drafts until a person signs them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from voicedoc.converse.notes.note import Note, from_data, sha256_of, to_bytes
from voicedoc.core.events import Event, NoteSigned
from voicedoc.core.journal import amend, read_journal
from voicedoc.core.labels import is_label
from voicedoc.errors import ConfigError, StoreError
from voicedoc.export.files import replacing
from voicedoc.store.sessions import JOURNAL
from voicedoc.store.vault import Vault

NOTES = "notes"
"""The folder, in a session's folder, in which its notes lie."""


class Shelf(Protocol):
    """Where the notes of one session are kept. What is on it does not change; there is only ever more."""

    def events(self) -> list[Event]:
        """The session's journal."""
        ...

    def contents(self) -> Sequence[bytes]:
        """Every note that was kept, the first one first.

        Raises:
            StoreError: If one cannot be read.
        """
        ...

    def keep(self, content: bytes) -> None:
        """Add one."""
        ...

    def sign(self, event: NoteSigned) -> None:
        """Write down that one was signed."""
        ...


@dataclass(frozen=True)
class StoredShelf:
    """The notes of a session in the encrypted store."""

    vault: Vault
    session: str

    def events(self) -> list[Event]:
        """See `Shelf`."""
        return self.vault.read(self.session)

    def contents(self) -> Sequence[bytes]:
        """See `Shelf`."""
        return self.vault.notes(self.session)

    def keep(self, content: bytes) -> None:
        """See `Shelf`."""
        self.vault.keep_note(self.session, content)

    def sign(self, event: NoteSigned) -> None:
        """See `Shelf`. The audit trail has neither the name nor the digest."""
        self.vault.amend(self.session, [event], action="note-signed")


@dataclass(frozen=True)
class FolderShelf:
    """The notes of a session's folder, as readable as everything else in it."""

    folder: Path

    def events(self) -> list[Event]:
        """See `Shelf`."""
        return read_journal(self.folder / JOURNAL)

    def contents(self) -> Sequence[bytes]:
        """See `Shelf`."""
        try:
            return [path.read_bytes() for path in self._paths()]
        except OSError as error:
            raise StoreError(f"cannot read {error.filename}: {error.strerror}", remedy="check its rights") from error

    def keep(self, content: bytes) -> None:
        """See `Shelf`."""
        place = self.folder / NOTES
        last = max((int(path.stem) for path in self._paths()), default=0)
        try:
            place.mkdir(exist_ok=True)
            with replacing(place / f"{last + 1:03}.json") as file:
                file.write(content)
        except OSError as error:
            raise StoreError(f"cannot write into {place}: {error.strerror}", remedy="free some disk space") from error

    def sign(self, event: NoteSigned) -> None:
        """See `Shelf`."""
        amend(self.folder / JOURNAL, [event])

    def _paths(self) -> list[Path]:
        named = (path for path in (self.folder / NOTES).glob("*.json") if re.fullmatch(r"\d+", path.stem))
        return sorted(named, key=lambda path: int(path.stem))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for a note, since when (ISO 8601), and the digest of what was signed."""

    signer: str
    signed: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a note, from 1. `signature` is None while it is a draft."""

    note: Note
    version: int
    signature: Signature | None

    @property
    def id(self) -> str:
        """What a signature names: "soap-en.2"."""
        return f"{self.note.name}.{self.version}"

    @property
    def sha256(self) -> str:
        """The note's digest, computed now."""
        return sha256_of(self.note)

    @property
    def is_whole(self) -> bool:
        """Whether it says what was signed; a draft always does."""
        return self.signature is None or self.signature.sha256 == self.sha256

    @property
    def state(self) -> str:
        """ "draft", "signed", or "changed": signed, and not as it was then."""
        if self.signature is None:
            return "draft"
        return "signed" if self.is_whole else "changed"


def kept_notes(shelf: Shelf, events: Sequence[Event] | None = None) -> list[Kept]:
    """Every version of every note, in the order in which they were kept. `events`: the journal, where it was read.

    Raises:
        StoreError: If one cannot be read, or is no note.
    """
    signed = signatures(shelf.events() if events is None else events)
    versions: dict[str, int] = {}
    found = []
    for content in shelf.contents():
        note = _read(content)
        versions[note.name] = version = versions.get(note.name, 0) + 1
        found.append(Kept(note, version, signed.get(f"{note.name}.{version}")))
    return found


def signatures(events: Sequence[Event]) -> dict[str, Signature]:
    """Signatures by what they are of ("soap-en.2"). The first one of a version holds."""
    signed: dict[str, Signature] = {}
    for event in events:
        if isinstance(event, NoteSigned):
            signed.setdefault(event.note, Signature(event.signer, event.signed, event.sha256))
    return signed


def latest(shelf: Shelf, name: str, events: Sequence[Event] | None = None) -> Kept | None:
    """The last version of a note; None where there is none. Raises as `kept_notes` does."""
    return next((kept for kept in reversed(kept_notes(shelf, events)) if kept.note.name == name), None)


def keep(shelf: Shelf, note: Note, events: Sequence[Event] | None = None) -> Kept:
    """Keep a note as a new version, which is a draft; one that says what the last one says is that one.

    Raises:
        StoreError: If it cannot be written, or another process is at the session.
    """
    last = latest(shelf, note.name, events)
    if last and to_bytes(last.note) == to_bytes(note):
        return last
    shelf.keep(to_bytes(note))
    return Kept(note, last.version + 1 if last else 1, None)


def sign(shelf: Shelf, kept: Kept, signer: str, now: datetime | None = None) -> Kept:
    """Write down that `signer` has read a version and answers for it.

    Raises:
        ConfigError: If it is signed already, or the name is none.
        StoreError: If it cannot be written, or another process is at the session.
    """
    name = signer.strip()
    if not name or not is_label(name):
        raise ConfigError(f"{signer!r} is no name to sign with", remedy='on one line, such as "Dr Ana Silva"')
    if kept.signature:
        raise ConfigError(
            f"{kept.id} was signed by {kept.signature.signer} already", remedy="--edit makes a new version of it"
        )
    when = (now or datetime.now(UTC)).astimezone().isoformat(timespec="seconds")
    shelf.sign(NoteSigned(at=0.0, note=kept.id, sha256=kept.sha256, signer=name, signed=when))
    return Kept(kept.note, kept.version, Signature(name, when, kept.sha256))


def broken(shelf: Shelf) -> list[str]:
    """What is wrong with the signed notes of a session: changed since, or gone. Nothing where all are whole."""
    events = shelf.events()
    kept = {one.id: one for one in kept_notes(shelf, events)}
    gone = [f"{id} was signed and is gone" for id in signatures(events) if id not in kept]  # noqa: A001
    return [*gone, *(f"{one.id} is not what was signed" for one in kept.values() if not one.is_whole)]


def _read(content: bytes) -> Note:
    try:
        return from_data(json.loads(content))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"a note cannot be read: {type(error).__name__}",
            remedy="it was changed, or written by a newer VoiceDoc: restore it from a copy",
        ) from error
