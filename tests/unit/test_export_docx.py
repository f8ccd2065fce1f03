"""The transcript for a word processor, read back with python-docx."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.helpers.transcripts import ARABIC, consultation, consultation_events, opening, turn
from voicedoc.core.events import SessionDated
from voicedoc.core.time import Span
from voicedoc.export.docx_file import NOT_REVIEWED, to_docx
from voicedoc.export.formats import FORMATS
from voicedoc.export.transcript import Transcript, transcript_of

pytestmark = pytest.mark.unit


def document_of(transcript: Transcript) -> Any:
    return docx.Document(io.BytesIO(to_docx(transcript)))


def tables(transcript: Transcript) -> tuple[Any, Any, Any]:
    """Facts, lines, models."""
    facts, lines, models = document_of(transcript).tables
    return facts, lines, models


def row_of(transcript: Transcript, text: str) -> Any:
    (row,) = [row for row in tables(transcript)[1].rows if text in row.cells[2].text]
    return row


def run_of(cell: Any, text: str) -> Any:
    return next(run for paragraph in cell.paragraphs for run in paragraph.runs if text in run.text)


def test_every_line_has_its_time_speaker_words_and_translations():
    transcript = consultation()
    rows = [[cell.text for cell in row.cells] for row in tables(transcript)[1].rows]
    assert rows[0] == ["Time", "Speaker", "As said", "Translation"]
    assert len(rows) - 1 == len(transcript.in_time())
    assert rows[2] == [
        "0:04.6", "patient", "pt  Tenho uma dor no peito há três dias.",
        "en  I have had a pain in my chest for three days.",
    ]  # fmt: skip


def test_what_the_document_is_about_stands_above_it():
    facts, _, models = tables(consultation())
    told = {row.cells[0].text: row.cells[1].text for row in facts.rows}
    assert told["Recording"] == "visit.wav"
    assert told["Duration"] == "1:15.0 (finished)"
    assert told["Languages"] == "en, pt, ar"
    assert told["Speaker S1"].startswith("doctor: asks 3 of 3 questions")
    assert [cell.text for cell in models.rows[1].cells] == ["recognize", "whisper-small", "ab" * 32, "MIT"]


def test_that_no_person_has_reviewed_it_and_notices_are_said_before_the_words():
    paragraphs = [paragraph.text for paragraph in document_of(consultation()).paragraphs]
    assert paragraphs[0] == "Transcript of visit.wav"
    assert NOT_REVIEWED in paragraphs
    assert "⚠ the beam is short on this machine → use --profile server" in paragraphs


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("13.60", "⚠ doubtful: low confidence"),
        ("2.5 mg", "⚠ the number 2.5 is not in the translation"),
        ("Está bem, doutora", "⚠ not translated: the translator failed"),
    ],
)
def test_what_is_doubtful_is_marked_in_words_and_in_colour(text: str, warning: str):
    cell = row_of(consultation(), text).cells[2]
    run = run_of(cell, warning)
    assert run.text == warning and run.bold
    assert str(run.font.color.rgb) == "B00020"
    assert cell._tc.tcPr.find(qn("w:shd")) is not None


def test_a_line_without_doubts_is_not_marked():
    cell = row_of(consultation(), "Good morning").cells[2]
    assert "⚠" not in cell.text and cell._tc.tcPr.find(qn("w:shd")) is None


def test_arabic_runs_from_right_to_left_and_english_does_not():
    row = row_of(consultation(), ARABIC)
    paragraph, run = row.cells[2].paragraphs[0], run_of(row.cells[2], ARABIC)
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    assert run.font.rtl
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar"
    translation = row.cells[3].paragraphs[0]
    assert translation._p.pPr is None or translation._p.pPr.find(qn("w:bidi")) is None


@pytest.mark.parametrize(("language", "attribute"), [("pt", "w:val"), ("ja", "w:eastAsia"), ("he", "w:bidi")])
def test_each_text_carries_its_language(language: str, attribute: str):
    transcript = transcript_of([opening(language), *turn(1, Span(0.0, 1.0), "Hm.", language, "")])
    run = run_of(row_of(transcript, "Hm.").cells[2], "Hm.")
    assert run._r.rPr.find(qn("w:lang")).get(qn(attribute)) == language


def test_the_same_transcript_gives_the_same_bytes():
    assert to_docx(consultation()) == to_docx(consultation())


def test_dates_are_the_session_s_and_not_the_moment_of_writing():
    properties = document_of(consultation()).core_properties
    assert properties.created.isoformat() == "2026-03-02T09:15:00+00:00"
    undated = [event for event in consultation_events() if not isinstance(event, SessionDated)]
    assert document_of(transcript_of(undated)).core_properties.created.year == 1980
    with zipfile.ZipFile(io.BytesIO(to_docx(consultation()))) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


def test_characters_that_xml_does_not_have_are_replaced():
    transcript = transcript_of([opening("en"), *turn(1, Span(0.0, 1.0), "a\x00b\x1b \ud800 c", "en", "")])
    assert "a\ufffdb\ufffd \ufffd c" in row_of(transcript, "b").cells[2].text


def test_a_recording_without_words_says_so():
    paragraphs = [paragraph.text for paragraph in document_of(Transcript()).paragraphs]
    assert "No words were understood in this recording." in paragraphs


def test_the_format_writes_its_file(tmp_path):
    FORMATS["docx"].write(consultation(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["transcript.docx"]
