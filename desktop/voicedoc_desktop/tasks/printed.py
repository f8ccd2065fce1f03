"""A session as one page of HTML that Qt can print: in every script, with what was corrected and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from voicedoc.converse.notes.files import current_notes
from voicedoc.converse.notes.kept import Kept, kept_notes
from voicedoc.converse.notes.note import Sentence
from voicedoc.converse.notes.written import status_of, warning_of
from voicedoc.core.languages import primary
from voicedoc.core.time import clock_text
from voicedoc.errors import StoreError
from voicedoc.export.corrected import MARK, told_of
from voicedoc.export.docx_file import NOT_REVIEWED, WARNING
from voicedoc.export.transcript import Line, Transcript, transcript_of
from voicedoc.view.bidi import RIGHT_TO_LEFT
from voicedoc_desktop.tasks.archive import Archive

_STYLE = """
body { color: #17212b } h1 { font-size: 18pt } h2 { font-size: 13pt; margin-top: 16pt }
.note { color: #4a5866; font-size: 9pt } .warn { color: #a3201d; font-size: 9pt } th { text-align: left }
"""


class Printed(NamedTuple):
    """A page of HTML, and what was damaged and is not on it."""

    page: str
    left_out: tuple[str, ...]


def page_of(archive: Archive) -> Printed:
    """The notes and the transcript of a session, to be printed."""
    read = archive.read()
    transcript, left_out = transcript_of(read.events), read.damaged
    try:
        notes = current_notes(kept_notes(archive.shelf, read.events))
    except StoreError as error:
        notes, left_out = [], (*left_out, str(error))
    parts = [*_head(transcript), *(part for kept in notes for part in _note(kept)), *_transcript(transcript)]
    return Printed(f"<html><head><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>", left_out)


def _head(transcript: Transcript) -> Iterator[str]:
    yield f"<h1>{escape(Path(transcript.source).name or 'Consultation')}</h1>"
    facts = [transcript.began, clock_text(transcript.duration), ", ".join(transcript.languages), transcript.outcome]
    yield f'<p class="note">{escape(" · ".join(fact for fact in facts if fact))}</p>'
    yield f'<p class="warn">{escape(NOT_REVIEWED)}</p>'
    for notice in transcript.notices:
        yield _told(f"{WARNING} {notice}", "warn")


def _note(kept: Kept) -> Iterator[str]:
    note = kept.note
    yield f"<h2>{escape(note.title)}</h2>{_told(status_of(kept), 'note')}"
    for section in note.sections:
        yield f"<h3>{escape(section.title)}</h3>"
        for paragraph in section.paragraphs:
            yield f"<h4>{escape(paragraph.label)}</h4>" if paragraph.label else ""
            for sentence in paragraph.sentences:
                yield _sentence(sentence, kept)


def _sentence(sentence: Sentence, kept: Kept) -> str:
    numbers = f" [{', '.join(map(str, sentence.utterances))}]" if sentence.utterances else ""
    shown = numbers if kept.note.reader == "doctor" else ""
    warning = warning_of(sentence, kept.note)
    return _text(f"{sentence.text}{shown}", sentence.language) + (_told(f"{WARNING} {warning}", "warn") * bool(warning))


def _transcript(transcript: Transcript) -> Iterator[str]:
    yield '<h2>Transcript</h2><table width="100%" cellpadding="4" border="0">'
    for line in transcript.in_time():
        who = f"<b>{escape(transcript.title(line))}</b><br/>{clock_text(line.span.start)}"
        yield f'<tr><td width="16%" valign="top">{who}</td><td>{"".join(_line(line))}</td></tr>'
    yield "</table>"


def _line(line: Line) -> Iterator[str]:
    if line.text:
        yield _text(line.text, line.language)
    for language, made in line.translations.items():
        yield _text(made.text, language, style="color:#4a5866")
    for warning in line.warnings:
        yield _told(f"{WARNING} {warning}", "warn")
    for told in told_of(line.corrections):
        yield _told(f"{MARK} {told}", "note")


def _text(text: str, language: str, *, style: str = "") -> str:
    direction = "rtl" if primary(language) in RIGHT_TO_LEFT else "ltr"
    return f'<p dir="{direction}" style="margin:2pt 0;{style}">{escape(text)}</p>'


def _told(text: str, kind: str) -> str:
    return f'<p class="{kind}" style="margin:2pt 0">{escape(text)}</p>'
