"""RTTM, read back by our own reader and by pyannote's."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.transcripts import assigned, consultation, consultation_events
from voicedoc.attribute.by_turns import read_turns
from voicedoc.core.events import Diarized
from voicedoc.core.speech import Role
from voicedoc.export.formats import FORMATS
from voicedoc.export.rttm import to_rttm
from voicedoc.export.transcript import Transcript, transcript_of

pytestmark = pytest.mark.unit


def written(transcript: Transcript, folder: Path) -> Path:
    FORMATS["rttm"].write(transcript, folder)
    return folder / "speakers.rttm"


def without_diarizer() -> Transcript:
    return transcript_of(event for event in consultation_events() if not isinstance(event, Diarized))


def test_our_own_reader_reads_the_diarizer_s_turns_back(tmp_path: Path):
    transcript = consultation()
    turns = read_turns(written(transcript, tmp_path), {"S3": Role.OTHER})
    roles = {"S1": Role.DOCTOR, "S2": Role.PATIENT, "S3": Role.OTHER}
    assert [turn.role for turn in turns] == [roles[turn.speaker] for turn in transcript.turns]
    for read, turn in zip(turns, transcript.turns, strict=True):
        assert (read.span.start, read.span.end) == pytest.approx((turn.span.start, turn.span.end), abs=0.001)


def test_pyannote_reads_it_back(tmp_path: Path):
    pytest.importorskip("pyannote.database", reason="pyannote is not installed", exc_type=ImportError)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyannote.database warns of its own configuration when it is imported
        from pyannote.database.util import load_rttm
    annotation = load_rttm(str(written(consultation(), tmp_path)))["visit"]
    assert annotation.labels() == ["S3", "doctor", "patient"]
    assert annotation.label_duration("S3") == pytest.approx(3.2, abs=0.002)


def test_without_a_diarizer_the_lines_are_the_turns(tmp_path: Path):
    transcript = without_diarizer()
    rows = [row.split() for row in to_rttm(transcript).splitlines()]
    assert len(rows) == len(transcript.in_time())
    assert [row[7] for row in rows].count("unknown") == 1, "one line is by nobody known"
    assert rows[0] == ["SPEAKER", "visit", "1", "0.500", "3.500", "<NA>", "<NA>", "doctor", "<NA>", "<NA>"]


def test_names_have_no_spaces_and_two_of_one_role_stay_two():
    events = consultation_events()
    named = [*events, replace(assigned("S1", Role.DOCTOR), name="Dr  Ana Silva"), assigned("S3", Role.PATIENT)]
    names = {row.split()[7] for row in to_rttm(transcript_of(named)).splitlines()}
    assert names == {"Dr_Ana_Silva", "S2", "S3"}, "two patients are told apart by their labels"


def test_a_source_with_spaces_is_one_field():
    transcript = consultation()
    transcript.source = "/recordings/visit of 2 May.m4a"
    assert {row.split()[1] for row in to_rttm(transcript).splitlines()} == {"visit_of_2_May"}


def test_without_speech_the_file_is_empty(tmp_path: Path):
    assert written(Transcript(), tmp_path).read_text("utf-8") == ""
