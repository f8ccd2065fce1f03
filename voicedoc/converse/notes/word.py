"""Notes for a word processor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from voicedoc.converse.notes.kept import Kept
from voicedoc.converse.notes.note import Note, Paragraph
from voicedoc.converse.notes.written import MARK, status_of, warning_of
from voicedoc.core.time import clock_text
from voicedoc.export.docx_file import clean, marked, packed, page, say


def to_docx(kept: Kept) -> bytes:
    """A note with its state above it; a clinician's has what was said below. The same note gives the same bytes."""
    import docx

    note, document = kept.note, docx.Document()
    _describe(document, kept)
    page(document)
    say(document.add_heading(level=0), note.title, note.language, tagged=False)
    status = document.add_paragraph()
    if kept.state == "signed":
        say(status, status_of(kept), note.language, tagged=False)
    else:
        marked(status, status_of(kept))
    for notice in note.notices if note.reader == "doctor" else ():
        marked(document.add_paragraph(), f"{MARK} {notice}")
    for section in note.sections:
        say(document.add_heading(level=1), section.title, note.language, tagged=False)
        for paragraph in section.paragraphs:
            _paragraph(document, paragraph, note)
        if not section.paragraphs:
            say(document.add_paragraph(), note.word("nothing"), note.language, tagged=False)
    if note.reader == "doctor":
        _evidence(document, note)
    return packed(document)


def _describe(document: Any, kept: Kept) -> None:
    """The file's properties. Its only date is the signature's, so that a document can be made again."""
    signature = kept.signature
    when = datetime.fromisoformat(signature.signed).astimezone(UTC) if signature else datetime(1980, 1, 1, tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.comments = clean(kept.note.title)[:255], f"{kept.state}, sha256 {kept.sha256}"
    properties.author = "VoiceDoc"
    properties.last_modified_by = clean(signature.signer)[:255] if signature else "VoiceDoc"
    properties.created = properties.modified = when
    properties.revision = kept.version
    properties.language = clean(kept.note.language)


def _paragraph(document: Any, paragraph: Paragraph, note: Note) -> None:
    if paragraph.label:
        say(document.add_heading(level=2), paragraph.label, note.language, tagged=False)
    for sentence in paragraph.sentences:
        row = document.add_paragraph(style="List Bullet")
        say(row, sentence.text, sentence.language, tagged=False)
        if sentence.utterances and note.reader == "doctor":
            row.add_run(f"  [{', '.join(map(str, sentence.utterances))}]")
        if warning := warning_of(sentence, note):
            marked(document.add_paragraph(), f"{MARK} {warning}")


def _evidence(document: Any, note: Note) -> None:
    document.add_heading("What was said", level=1)
    for one in note.evidence:
        when = f"{clock_text(one.start)}–{clock_text(one.end)}"
        row = document.add_paragraph(f"[{one.utterance}] {when} {clean(one.speaker)}: ")
        say(row, one.text, one.language)
        if one.translation:
            say(document.add_paragraph(), one.translation, note.language)
