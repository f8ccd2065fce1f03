"""What a person does with sessions that are over: look, listen, correct, name the speakers, export, destroy.

The window knows these tasks, so nothing heavy is imported before one is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from voicedoc_desktop.process.task import Here
from voicedoc_desktop.state.review import Known, Opened, Outline

PDF = "pdf"
"""The format that the window makes itself: Qt has the fonts for every script."""


@dataclass(frozen=True, slots=True)
class ListSessions:
    """Every session in the store, the last one first. Needs no passphrase."""

    def run(self, here: Here) -> tuple[Known, ...]:
        from voicedoc_desktop.tasks.archive import known_of

        return tuple(known_of(one) for one in here.vault().sessions())


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Everything that was said in a session."""

    session: str

    def run(self, here: Here) -> Opened:
        from voicedoc_desktop.tasks.archive import archive_of
        from voicedoc_desktop.tasks.opened import opened_of

        archive = archive_of(here, self.session)
        return opened_of(archive, archive.read())


@dataclass(frozen=True, slots=True)
class CloseSession:
    """End a session whose process died."""

    session: str

    def run(self, here: Here) -> Known:
        from voicedoc.revise import close_stored
        from voicedoc_desktop.tasks.archive import known_of

        close_stored(here.vault(), self.session)
        return known_of(here.vault().find(self.session))


@dataclass(frozen=True, slots=True)
class CorrectText:
    """Correct what was understood of an utterance, or its translation."""

    session: str
    utterance: int
    language: str
    text: str
    editor: str = ""

    def run(self, here: Here) -> Opened:
        from voicedoc_desktop.tasks.archive import archive_of
        from voicedoc_desktop.tasks.opened import opened_of

        archive = archive_of(here, self.session)
        archive.correct(self.utterance, self.language, self.text, self.editor)
        return opened_of(archive, archive.read())


@dataclass(frozen=True, slots=True)
class NameSpeaker:
    """Say who a speaker is: a name, or a role ("doctor", "patient", "other")."""

    session: str
    label: str
    name: str

    def run(self, here: Here) -> Opened:
        from voicedoc_desktop.tasks.archive import archive_of
        from voicedoc_desktop.tasks.opened import opened_of

        archive = archive_of(here, self.session)
        archive.rename({self.label: self.name})
        return opened_of(archive, archive.read())


@dataclass(frozen=True, slots=True)
class DrawOutline:
    """The outline of a session's sound; None where it has none."""

    session: str

    def run(self, here: Here) -> Outline | None:
        from voicedoc_desktop.tasks.archive import archive_of
        from voicedoc_desktop.tasks.sound import outline_of

        recording = archive_of(here, self.session).recording()
        return outline_of(recording, here) if recording else None


@dataclass(frozen=True, slots=True)
class Seek:
    """Said to a player: go on from there."""

    at: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Said to a player."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Said to a player."""


@dataclass(frozen=True, slots=True)
class At:
    """Told by a player: what is heard now."""

    seconds: float
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class PlaySound:
    """Play a session's sound from a second on. Tells `At`, hears `Seek`, `Pause` and `Resume`."""

    session: str
    start: float = 0.0
    loudspeaker: str = ""

    def run(self, here: Here) -> None:
        from voicedoc.errors import ConfigError
        from voicedoc_desktop.tasks.archive import archive_of
        from voicedoc_desktop.tasks.sound import Player

        recording = archive_of(here, self.session).recording()
        if recording is None or not recording.n_samples:
            raise ConfigError("this session has no sound", remedy="its recording was not kept, or nothing was recorded")
        Player(recording, here, self.loudspeaker).play(self.start)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has made. `left_out` says what was damaged. `page`: HTML to be printed into `PDF`, or ""."""

    folder: str
    files: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class ExportSession:
    """Write documents of a session into a folder: a new one, or a result's own."""

    session: str
    folder: str
    formats: tuple[str, ...]
    sound: bool = False

    def run(self, here: Here) -> Exported:
        from voicedoc_desktop.tasks.archive import archive_of
        from voicedoc_desktop.tasks.printed import page_of

        archive, folder = archive_of(here, self.session), Path(self.folder)
        before = set(folder.glob("*")) if archive.known().is_folder else set()
        made = tuple(name for name in self.formats if name != PDF)
        left_out = archive.export(folder, made, sound=self.sound)
        page, unread = page_of(archive) if PDF in self.formats else ("", ())
        files = tuple(sorted(path.name for path in folder.iterdir() if path not in before))
        return Exported(str(folder), files, tuple(dict.fromkeys((*left_out, *unread))), page)


@dataclass(frozen=True, slots=True)
class PurgeSession:
    """Destroy a session for good."""

    session: str

    def run(self, here: Here) -> None:
        here.vault().purge(self.session)
