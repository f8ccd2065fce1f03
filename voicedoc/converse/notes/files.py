"""Notes as files, by the format's name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from voicedoc.converse.notes import fhir
from voicedoc.converse.notes.kept import Kept, Shelf, kept_notes
from voicedoc.converse.notes.word import to_docx
from voicedoc.converse.notes.written import to_json, to_markdown
from voicedoc.core.events import Event
from voicedoc.errors import ConfigError, StoreError
from voicedoc.export.files import replacing
from voicedoc.export.transcript import Transcript, transcript_of
from voicedoc.registry import did_you_mean, missing_package

ENDINGS = (".md", ".json", ".docx", ".fhir-r4.json", ".fhir-r5.json")
"""How the names of notes' files end; what they end with says what they hold."""

_BY_FORMAT = {"note": (".md", ".json"), "docx": (".docx",), "fhir": (".fhir-r4.json", ".fhir-r5.json")}
"""What is written of each note where a session is exported in these formats."""


def content(kept: Kept, transcript: Transcript, ending: str) -> bytes:
    """A note as the file of this ending holds it.

    Raises:
        BackendUnavailable: If a package is missing.
    """
    makers: dict[str, Callable[[], bytes]] = {
        ".md": lambda: to_markdown(kept).encode(),
        ".json": lambda: _json(to_json(kept)),
        ".docx": lambda: to_docx(kept),
        ".fhir-r4.json": lambda: _json(fhir.to_bundle(kept, transcript, _now(), fhir.R4)),
        ".fhir-r5.json": lambda: _json(fhir.to_bundle(kept, transcript, _now(), fhir.R5)),
    }
    try:
        return makers[ending]()
    except ImportError as error:
        raise missing_package(error, "fhir" if "fhir" in ending else "documents") from error


def ending_of(path: Path) -> str:
    """The ending of a file's name, the longest that is known.

    Raises:
        ConfigError: If none is.
    """
    found = [ending for ending in ENDINGS if path.name.lower().endswith(ending)]
    if not found:
        remedy = did_you_mean(path.suffix or path.name, list(ENDINGS))
        raise ConfigError(f"'{path.name}' does not say what kind of file it is", remedy=remedy)
    return max(found, key=len)


def write(kept: Kept, transcript: Transcript, path: Path) -> None:
    """Write a note in the format that the file's name says.

    Raises:
        ConfigError: If it says none.
        BackendUnavailable: If a package is missing.
        StoreError: If it cannot be written.
    """
    made = content(kept, transcript, ending_of(path))
    try:
        with replacing(path) as file:
            file.write(made)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror}", remedy="choose another place") from error


def write_all(shelf: Shelf, folder: Path, formats: Iterable[str], events: Sequence[Event] | None = None) -> list[Path]:
    """Write the last version of each kept note, and the last one that is signed, in those of `formats` that notes have.

    `events`: the journal, where it was read.

    Raises as `write` and `kept_notes` do.
    """
    endings = [ending for name in formats for ending in _BY_FORMAT.get(name, ())]
    if not endings:
        return []
    journal = shelf.events() if events is None else events
    transcript, written = transcript_of(journal), []
    for kept in current_notes(kept_notes(shelf, journal)):
        for ending in endings:
            path = folder / f"note-{kept.note.name}.{kept.version}{ending}"
            write(kept, transcript, path)
            written.append(path)
    return written


def current_notes(notes: Iterable[Kept]) -> list[Kept]:
    """The last version of each, and the last signed one before it."""
    last: dict[tuple[str, bool], Kept] = {}
    for kept in notes:
        last[kept.note.name, kept.signature is not None] = kept
    newest = {name: max(one.version for (own, _), one in last.items() if own == name) for name, _ in last}
    return [one for (name, signed), one in last.items() if signed or one.version == newest[name]]


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
