"""Where a session that is over lies: in the encrypted store, or in a folder of results."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from voicedoc.converse.notes.kept import FolderShelf, Shelf, StoredShelf
from voicedoc.core.events import Event
from voicedoc.core.journal import events_of
from voicedoc.errors import ConfigError, StoreError
from voicedoc.export.transcript import Transcript
from voicedoc.revise import (
    correct_stored_text,
    correct_text,
    export_again,
    export_stored,
    read_transcript,
    rename_speakers,
    rename_stored_speakers,
)
from voicedoc.store.sessions import JOURNAL
from voicedoc.store.stored import StoredSession
from voicedoc.store.vault import Vault
from voicedoc_desktop.process.task import Here
from voicedoc_desktop.state.review import Known
from voicedoc_desktop.tasks.sound import Recording, folder_recording, stored_recording


@dataclass(frozen=True, slots=True)
class Read:
    """A journal. `damaged` says what of it could not be read."""

    events: Sequence[Event]
    damaged: tuple[str, ...] = ()


class Archive(Protocol):
    """One session that is over."""

    @property
    def shelf(self) -> Shelf: ...

    def known(self) -> Known: ...

    def read(self) -> Read:
        """Its journal; what is damaged is left out, and told."""
        ...

    def recording(self) -> Recording | None:
        """Its sound; None where it has none."""
        ...

    def correct(self, utterance: int, language: str, text: str, editor: str) -> Transcript: ...

    def rename(self, names: dict[str, str]) -> Transcript: ...

    def export(self, folder: Path, formats: Sequence[str], *, sound: bool) -> tuple[str, ...]:
        """Write documents; what was damaged and left out."""
        ...


def archive_of(here: Here, session: str) -> Archive:
    """A session by its id in the store, or by the path of its folder.

    Raises:
        ConfigError: If there is none.
    """
    if is_folder(session):
        if not (Path(session) / JOURNAL).is_file():
            raise ConfigError(f"there are no results in {session}", remedy="choose a folder that VoiceDoc has made")
        return _Folder(Path(session))
    return _Stored(here.vault(), session)


def is_folder(session: str) -> bool:
    """Whether a session is meant by the path of a folder."""
    return os.sep in session or (os.altsep is not None and os.altsep in session)


def known_of(one: StoredSession) -> Known:
    """What the list shows of a session in the store."""
    return Known(
        id=one.id,
        state=one.state,
        began=one.began,
        seconds=one.seconds,
        languages=(one.doctor, one.patient),
        keep_until=one.keep_until or "",
        agreed=one.agreed,
        n_lines=one.n_lines,
        reason=one.reason,
    )


@dataclass(frozen=True)
class _Stored:
    """A session in the store."""

    vault: Vault
    session: str

    @property
    def shelf(self) -> Shelf:
        return StoredShelf(self.vault, self.session)

    def known(self) -> Known:
        return known_of(self.vault.find(self.session))

    def read(self) -> Read:
        try:
            return Read(self.vault.read(self.session))
        except StoreError as error:
            lines, damaged = self.vault.salvage(self.session)
            if not damaged:
                raise
            return Read(events_of(lines, f"session {self.session}"), damaged or (str(error),))

    def recording(self) -> Recording | None:
        return stored_recording(self.vault.sound(self.session))

    def correct(self, utterance: int, language: str, text: str, editor: str) -> Transcript:
        return correct_stored_text(self.vault, self.session, utterance, language, text, editor)

    def rename(self, names: dict[str, str]) -> Transcript:
        return rename_stored_speakers(self.vault, self.session, names)

    def export(self, folder: Path, formats: Sequence[str], *, sound: bool) -> tuple[str, ...]:
        return export_stored(self.vault, self.session, folder, formats, sound=sound, salvage=True)


@dataclass(frozen=True)
class _Folder:
    """The results of a batch job, or a session that was kept in a folder."""

    folder: Path

    @property
    def shelf(self) -> Shelf:
        return FolderShelf(self.folder)

    def known(self) -> Known:
        transcript = read_transcript(self.folder)
        return Known(
            id=str(self.folder),
            state="folder",
            began=transcript.began,
            seconds=transcript.duration,
            languages=transcript.languages,
            n_lines=len(transcript.lines),
        )

    def read(self) -> Read:
        return Read(self.shelf.events())

    def recording(self) -> Recording | None:
        return folder_recording(self.folder)

    def correct(self, utterance: int, language: str, text: str, editor: str) -> Transcript:
        return correct_text(self.folder, utterance, language, text, editor)

    def rename(self, names: dict[str, str]) -> Transcript:
        return rename_speakers(self.folder, names)

    def export(self, folder: Path, formats: Sequence[str], *, sound: bool) -> tuple[str, ...]:
        del sound  # the folder has it
        with suppress(FileNotFoundError):
            if folder.resolve(strict=True) == self.folder.resolve():
                export_again(self.folder, formats)
                return ()
        raise ConfigError(
            "the documents of results in a folder are made in that folder", remedy=f"choose {self.folder}"
        )
