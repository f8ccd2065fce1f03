"""The transcript for a word processor."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voicedoc.core.languages import primary
from voicedoc.core.time import clock_text
from voicedoc.export.corrected import MARK, told_of
from voicedoc.export.files import replacing
from voicedoc.export.subtitles import RIGHT_TO_LEFT
from voicedoc.export.transcript import Line, Transcript

WARNING = "\u26a0"
NOT_REVIEWED = (
    "Machine-made, not reviewed by a person. It does not replace a qualified interpreter. "
    f"What is marked {WARNING} is doubtful: listen to it."
)

_RED, _GREY, _PALE = "B00020", "5F6368", "FDECEA"
_EAST_ASIAN = frozenset({"zh", "yue", "ja", "ko"})
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTHS_CM = (1.9, 2.3, 6.5, 6.3)
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def write_docx(transcript: Transcript, folder: Path) -> None:
    """Write `transcript.docx`. The same transcript gives the same bytes."""
    with replacing(folder / "transcript.docx") as file:
        file.write(to_docx(transcript))


def to_docx(transcript: Transcript) -> bytes:
    """A document: what it is about, notices, and a table with time, speaker, what was said, and its translations."""
    import docx

    document = docx.Document()
    _describe(document, transcript)
    page(document)
    title = _title(transcript)
    document.add_heading(clean(title), level=0)
    marked(document.add_paragraph(), NOT_REVIEWED)
    _facts(document, transcript)
    for notice in transcript.notices:
        marked(document.add_paragraph(), f"{WARNING} {notice}")
    document.add_heading("Transcript", level=1)
    _lines(document, transcript)
    _models(document, transcript)
    return packed(document)


def _title(transcript: Transcript) -> str:
    return f"Transcript of {Path(transcript.source).name or 'a session'}"


def _describe(document: Any, transcript: Transcript) -> None:
    """The file's properties; no date of making, so that a document can be made again."""
    began = _began(transcript)
    properties = document.core_properties
    properties.title, properties.comments = clean(_title(transcript))[:255], "machine-made, not reviewed"
    properties.author = properties.last_modified_by = "VoiceDoc"
    properties.created = properties.modified = began
    properties.revision = 1
    properties.language = clean(", ".join(transcript.languages))[:255]


def _began(transcript: Transcript) -> datetime:
    if not transcript.began:
        return _EARLIEST
    return max(_EARLIEST, datetime.fromisoformat(transcript.began).astimezone(UTC))


def page(document: Any) -> None:
    """A4, with margins of 2 cm."""
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.0)


# --- tables


def _facts(document: Any, transcript: Transcript) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in _facts_of(transcript):
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(name).bold = True
        cells[1].paragraphs[0].add_run(clean(value))
    _set_widths(table, (4.0, 13.0))


def _facts_of(transcript: Transcript) -> Iterator[tuple[str, str]]:
    opened = transcript.opened
    yield "Recording", transcript.source or "a session"
    if transcript.source_sha256:
        yield "Its sha256", transcript.source_sha256
    yield "Began", transcript.began or "not known"
    yield "Duration", f"{clock_text(transcript.duration)} ({transcript.outcome})"
    yield "Languages", ", ".join(transcript.languages) or "not known"
    if opened:
        yield "Translated into", ", ".join(opened.targets or (opened.doctor, opened.patient))
        yield "Profile", f"{opened.profile}, sha256 {opened.profile_sha256[:12]}, VoiceDoc {opened.version}"
    for speaker in transcript.speakers.values():
        reasons = ", ".join(speaker.reasons) or "told apart by voice"
        yield f"Speaker {speaker.label}", f"{speaker.title}: {reasons} ({speaker.confidence:.0%})"
    if transcript.nothing_heard:
        spans = (f"{clock_text(span.start)}–{clock_text(span.end)}" for span in transcript.nothing_heard)
        yield "Voice without words", ", ".join(spans)


def _models(document: Any, transcript: Transcript) -> None:
    if not (transcript.opened and transcript.opened.models):
        return
    document.add_heading("Models", level=1)
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    _head(table, ("Step", "Model", "sha256", "Licence"))
    for model in transcript.opened.models:
        cells = table.add_row().cells
        for cell, text in zip(cells, (model.role, model.name, model.sha256, model.licence), strict=True):
            cell.paragraphs[0].add_run(clean(text))
    _set_widths(table, (2.2, 3.8, 8.5, 2.5))


def _lines(document: Any, transcript: Transcript) -> None:
    lines = transcript.in_time()
    if not lines:
        document.add_paragraph("No words were understood in this recording.")
        return
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    _head(table, ("Time", "Speaker", "As said", "Translation"))
    for line in lines:
        _row(table.add_row(), transcript, line)
    _set_widths(table, _WIDTHS_CM)


def _head(table: Any, names: Sequence[str]) -> None:
    """A first row that is repeated on each page."""
    row = table.add_row()
    for cell, name in zip(row.cells, names, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _row(row: Any, transcript: Transcript, line: Line) -> None:
    time, speaker, said, translated = row.cells
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    time.paragraphs[0].add_run(clock_text(line.span.start))
    speaker.paragraphs[0].add_run(clean(transcript.title(line)))
    if line.text:
        say(said.paragraphs[0], line.text, line.language)
    _translate(translated, line)
    for warning in line.warnings:
        marked(said.add_paragraph(), f"{WARNING} {warning}")
    for told in told_of(line.corrections):
        _colour(said.add_paragraph().add_run(clean(f"{MARK} {told}")), _GREY)
    if line.warnings:
        said._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_PALE))


def _translate(cell: Any, line: Line) -> None:
    paragraph = cell.paragraphs[0]
    for number, made in enumerate(line.translations.values()):
        say(cell.add_paragraph() if number else paragraph, made.text, made.target)


# --- paragraphs


def say(paragraph: Any, text: str, language: str, *, tagged: bool = True) -> None:
    """A language's tag, then text in it: marked with the language for spelling and reading aloud, in its direction."""
    tag = paragraph.add_run(f"{language}  " if tagged else "")
    _colour(tag, _GREY)
    run = paragraph.add_run(clean(text))
    is_rtl = primary(language) in RIGHT_TO_LEFT
    if is_rtl:
        paragraph._p.get_or_add_pPr().insert_element_before(_element("w:bidi"), *_AFTER_BIDI)
        tag.font.rtl = run.font.rtl = True
    kind = "bidi" if is_rtl else "eastAsia" if primary(language) in _EAST_ASIAN else "val"
    run._r.get_or_add_rPr().append(_element("w:lang", **{kind: language}))


_AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl"),
    *("w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
"""What stands after `w:bidi` in a paragraph's properties. Source: ECMA-376 part 1, 17.3.1.26."""


def marked(paragraph: Any, text: str) -> None:
    """A warning: in words and with its sign, and in a colour as well."""
    run = paragraph.add_run(clean(text))
    run.bold = True
    _colour(run, _RED)


def _colour(run: Any, colour: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour)


def _set_widths(table: Any, centimetres: Sequence[float]) -> None:
    """For each column and cell: word processors read one or the other."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, centimetres, strict=True):
            cell.width = Cm(width)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def clean(text: str) -> str:
    """Text without the characters that XML does not have."""
    return _CONTROL.sub("\ufffd", text)


def packed(document: Any) -> bytes:
    """The document as a file whose entries carry no time of writing."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EARLIEST.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
