"""What a person does with a finished session: say who a speaker is, and make documents again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from voicedoc.core.events import RoleAssigned
from voicedoc.core.journal import amend, read_journal
from voicedoc.core.speech import Role
from voicedoc.errors import ConfigError, JournalError
from voicedoc.export.formats import FORMATS, write_documents
from voicedoc.export.transcript import Speaker, Transcript, transcript_of
from voicedoc.registry import did_you_mean
from voicedoc.store.results import Result, read_result, write_result
from voicedoc.store.sessions import JOURNAL


def read_transcript(folder: Path) -> Transcript:
    """The transcript of a session's folder.

    Raises:
        JournalError: If there is no journal in it, or it cannot be read.
    """
    return transcript_of(read_journal(folder / JOURNAL))


def rename_speakers(folder: Path, names: Mapping[str, str]) -> Transcript:
    """Say who speakers are, and make the folder's documents again. A name that is a role ("doctor") sets the role.

    Raises:
        ConfigError: If the session has no speaker with such a label.
        JournalError: If there is no journal in the folder.
        StoreError: If the disk is full. The journal then stands as it was.
    """
    speakers = read_transcript(folder).speakers
    for label in names:
        if label not in speakers:
            raise ConfigError(f"{folder} has no speaker '{label}'", remedy=_known(label, list(speakers)))
    amend(folder / JOURNAL, [_assigned(speakers[label], name) for label, name in names.items()])
    transcript = read_transcript(folder)
    write_documents(transcript, folder, documents_in(folder))
    return transcript


def _known(label: str, labels: list[str]) -> str:
    if not labels:
        return "speakers are told apart by voicedoc transcribe; an interpreted session has roles only"
    return did_you_mean(label, labels)


def _assigned(speaker: Speaker, name: str) -> RoleAssigned:
    roles = {role.value: role for role in Role}
    return RoleAssigned(
        at=0.0,
        speaker=speaker.label,
        role=roles.get(name.casefold(), speaker.role),
        name="" if name.casefold() in roles else name,
        confidence=1.0,
        reasons=("given by hand",),
    )


def export_again(folder: Path, formats: Iterable[str]) -> Transcript:
    """Make documents of a finished session, from its journal.

    Raises:
        ConfigError: If there is no such format.
        JournalError: If there is no journal in the folder, or the journal of a finished result is damaged.
        StoreError: If the disk is full.
    """
    names = tuple(formats)
    transcript, result = read_transcript(folder), read_result(folder)
    if result and transcript.outcome != "finished":
        raise JournalError(f"{folder / JOURNAL} is damaged: it has no end", remedy="restore it from a copy")
    write_documents(transcript, folder, names)
    if result:
        write_result(folder, Result(result.key, tuple(dict.fromkeys([*result.formats, *names]))))
    return transcript


def documents_in(folder: Path) -> tuple[str, ...]:
    """The formats of which a folder has documents."""
    return tuple(
        name for name, made in FORMATS.items() if any(path for pattern in made.files for path in folder.glob(pattern))
    )
