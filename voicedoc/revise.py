"""What a person does with a finished session: correct it, say who a speaker is, note it, and make documents again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from voicedoc.capture.chunks import CHUNKS_NAME, export_flac, survey
from voicedoc.capture.spool import SPOOL_NAME
from voicedoc.converse.notes.files import write_all as write_notes
from voicedoc.converse.notes.kept import FolderShelf, Kept, Shelf, StoredShelf, keep, latest
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import gather
from voicedoc.converse.notes.rules import draft_by_rules
from voicedoc.converse.notes.template import Template
from voicedoc.core.events import Event, Finding, RoleAssigned, TextCorrected
from voicedoc.core.journal import amend, events_of, read_journal, write_lines
from voicedoc.core.labels import is_label, one_line
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.errors import AudioError, ConfigError, JournalError, StoreError, UnsupportedLanguage
from voicedoc.export.formats import FORMATS, with_holders, write_documents
from voicedoc.export.transcript import Line, Speaker, Transcript, transcript_of
from voicedoc.guard.compare import compare_texts
from voicedoc.registry import did_you_mean
from voicedoc.store.results import read_result, write_result
from voicedoc.store.sessions import JOURNAL
from voicedoc.store.vault import Vault


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
    amend(folder / JOURNAL, _assignments(read_transcript(folder), names, str(folder)))
    transcript = read_transcript(folder)
    write_documents(transcript, folder, documents_in(folder))
    return transcript


def rename_stored_speakers(vault: Vault, session: str, names: Mapping[str, str]) -> Transcript:
    """Say who the speakers of a session in the store are. See `rename_speakers`."""
    events = _assignments(transcript_of(vault.read(session)), names, f"session {session}")
    vault.amend(session, events)
    return transcript_of(vault.read(session))


def _assignments(transcript: Transcript, names: Mapping[str, str], where: str) -> list[RoleAssigned]:
    speakers = transcript.speakers
    for label in names:
        if label not in speakers:
            raise ConfigError(f"{where} has no speaker '{label}'", remedy=_known(label, list(speakers)))
    return [_assigned(speakers[label], name) for label, name in names.items()]


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


def correct_text(folder: Path, utterance: int, language: str, text: str, editor: str = "") -> Transcript:
    """Correct what was understood of an utterance, or its translation, and make the folder's documents again.

    `language` says which of its texts; one in which there is none yet is a translation by a person. The guard compares
    the texts anew. The journal keeps what stood there before, and documents tell it.

    Raises:
        ConfigError: If the session has no such utterance, or the text or the name cannot be written.
        JournalError: If there is no journal in the folder.
        StoreError: If the disk is full. The journal then stands as it was.
    """
    if events := _correction(read_transcript(folder), utterance, language, text, editor):
        amend(folder / JOURNAL, events)
    transcript = read_transcript(folder)
    write_documents(transcript, folder, documents_in(folder))
    return transcript


def correct_stored_text(
    vault: Vault, session: str, utterance: int, language: str, text: str, editor: str = ""
) -> Transcript:
    """Correct a text of a session in the store. See `correct_text`."""
    transcript = transcript_of(vault.read(session))
    if events := _correction(transcript, utterance, language, text, editor):
        vault.amend(session, events, action="text-corrected")
        transcript = transcript_of(vault.read(session))
    return transcript


def _correction(transcript: Transcript, utterance: int, language: str, text: str, editor: str) -> list[Event]:
    """What is to be written down; nothing where the text is as it was."""
    line = transcript.lines.get(utterance)
    if line is None or not line.has_words:
        raise ConfigError(f"this session has no utterance {utterance}", remedy="voicedoc sessions show")
    wanted, by = one_line(text), one_line(editor)
    if not is_label(wanted):
        raise ConfigError("the corrected text is empty", remedy="write what was said, or [inaudible]")
    spoken = language not in line.translations and (not line.text or same_language(language, line.language))
    before = line.text if spoken else line.text_in(language)
    if wanted == before:
        return []
    now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    named = line.language if spoken and line.language else language
    corrected = TextCorrected(
        at=0.0,
        utterance=UtteranceId(utterance),
        language=named,
        spoken=spoken,
        before=before,
        text=wanted,
        editor=by,
        corrected=now,
    )
    return [corrected, *_compared_again(line, corrected)]


def _compared_again(line: Line, corrected: TextCorrected) -> list[Finding]:
    """What is not the same on both sides now; nothing for languages that the guard does not know."""
    if corrected.spoken:
        pairs = [(corrected.text, made.text, target) for target, made in line.translations.items()]
    else:
        pairs = [(line.text, corrected.text, corrected.language)]
    return [finding for said, text, target in pairs for finding in _findings(line, said, text, target)]


def _findings(line: Line, said: str, text: str, target: str) -> list[Finding]:
    try:
        found = compare_texts(said, text, source=line.language, target=target).differences
    except UnsupportedLanguage:
        return []
    return [
        Finding(
            at=0.0,
            utterance=UtteranceId(line.utterance),
            verdict=verdict.kind,
            item=verdict.item,
            message=verdict.message,
            target=target,
            other=verdict.other,
            held=verdict.held,
        )
        for verdict in found
    ]


def note_of(
    shelf: Shelf, events: Sequence[Event], template: Template, *, language: str = "", again: bool = False
) -> Kept:
    """The last version of a session's note; where there is none, or `again`, a draft by rules, kept now.

    Raises:
        StoreError: If it cannot be read or written.
    """
    material = gather(events, language=language, reader=template.reader)
    last = None if again else latest(shelf, f"{template.name}-{material.language}", events)
    return last or keep(shelf, draft_by_rules(material, template, Labels.shipped()), events)


def export_again(folder: Path, formats: Iterable[str]) -> Transcript:
    """Make documents of a finished session and its notes, and anew those that take one of these along.

    Raises:
        ConfigError: If there is no such format.
        JournalError: If there is no journal in the folder, or the journal of a finished result is damaged.
        StoreError: If the disk is full.
    """
    names = tuple(formats)
    transcript, result = read_transcript(folder), read_result(folder)
    if result and transcript.outcome != "finished":
        raise JournalError(f"{folder / JOURNAL} is damaged: it has no end", remedy="restore it from a copy")
    write_documents(transcript, folder, with_holders(names, result.formats if result else ()))
    write_notes(FolderShelf(folder), folder, names)
    if result:
        write_result(folder, result._replace(formats=tuple(dict.fromkeys([*result.formats, *names]))))
    return transcript


def export_stored(
    vault: Vault, session: str, folder: Path, formats: Iterable[str], *, sound: bool = False, salvage: bool = False
) -> tuple[str, ...]:
    """Write a session of the store into a new folder, where everybody can read it: its journal, documents, notes.

    `sound` writes its recording, too. `salvage` leaves out what is damaged, and returns what that was.

    Raises:
        StoreError: If there is such a folder already, the disk is full, or (not `salvage`) a line is damaged.
    """
    lines, damaged = vault.salvage(session) if salvage else (vault.lines(session), ())
    recording = vault.sound(session) if sound else None
    if recording and not (recording.folder / CHUNKS_NAME).exists():
        raise StoreError(f"session {session} has no sound", remedy="export it without --sound")
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise StoreError(f"cannot make {folder}: {error.strerror}", remedy="choose another --out") from error
    names = tuple(formats)
    write_lines(folder / JOURNAL, lines)
    if recording:
        export_flac(recording.folder / CHUNKS_NAME, recording.cipher, folder / SPOOL_NAME)
    events = events_of(lines, f"session {session}")
    write_documents(transcript_of(events), folder, names)
    try:
        write_notes(StoredShelf(vault, session), folder, names, events)
    except StoreError as error:
        if not salvage:
            raise
        damaged = (*damaged, str(error))
    vault.note("exported", session, formats=",".join(("journal", *names)), sound=sound, salvaged=len(damaged))
    return damaged


def close_stored(vault: Vault, session: str) -> None:
    """End a session whose process died, at the end of what was heard.

    Raises:
        StoreError: If another process is at it.
    """
    folder, cipher = vault.sound(session)
    try:
        heard = survey(folder / CHUNKS_NAME, cipher).duration
    except (AudioError, StoreError):  # it has none, or it is damaged: then the journal alone says how far it came
        heard = 0.0
    vault.close_crashed(session, heard)


def documents_in(folder: Path) -> tuple[str, ...]:
    """The formats of which a folder has documents."""
    return tuple(
        name for name, made in FORMATS.items() if any(path for pattern in made.files for path in folder.glob(pattern))
    )
