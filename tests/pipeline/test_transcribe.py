"""`voicedoc transcribe` and `voicedoc sessions`, from the command line to the documents, on the scripted profile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.helpers.sounds import write_bursts
from voicedoc.cli import main
from voicedoc.core.events import RoleAssigned, SessionClosed, TurnAttributed
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Role
from voicedoc.deidentify import LANGUAGES
from voicedoc.export.formats import FORMATS

pytestmark = pytest.mark.unit

USUAL = {"transcript.json", "transcript.md", "transcript.docx", "speakers.rttm", "listen.html", "subtitles.srt"}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def transcribe(*arguments: str | Path) -> Result:
    return run("transcribe", *arguments, "--languages", "en,pt", "--profile", "scripted")


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one recording, with a note."""
    folder = tmp_path_factory.mktemp("visit")
    recording = write_bursts(folder / "visit.wav", n=4)
    done = transcribe(recording, "--translate-to", "en,pt", "--note", "--out", folder / "visit.voicedoc")
    assert done.exit_code == 0, done.output
    return folder / "visit.voicedoc"


def test_a_recording_gets_every_usual_document_and_the_note(visit: Path) -> None:
    names = {path.name for path in visit.iterdir()}
    assert names >= USUAL | {"journal.jsonl", "audio.flac", "result.json", "note.md", "note.json"}
    assert names >= {"subtitles.en.vtt", "subtitles.pt.srt"}


def test_every_turn_is_in_both_languages(visit: Path) -> None:
    data = json.loads((visit / "transcript.json").read_text("utf-8"))
    heard = [row["language"] for row in data["utterances"]]
    assert heard == ["en", "pt", "en", "pt"]
    assert [[made["target"] for made in row["translations"]] for row in data["utterances"]] == [
        ["pt"],
        ["en"],
        ["pt"],
        ["en"],
    ]


def test_the_speakers_can_be_renamed_afterwards_and_the_documents_follow(visit: Path) -> None:
    before = [event for event in read_journal(visit / "journal.jsonl") if isinstance(event, RoleAssigned)]
    label = before[0].speaker
    done = run("sessions", "rename", visit, f"{label}=Ana Silva")
    assert done.exit_code == 0, done.output
    assert "Ana Silva" in (visit / "transcript.md").read_text("utf-8")
    assert "Ana_Silva" in (visit / "speakers.rttm").read_text("utf-8")
    events = read_journal(visit / "journal.jsonl")
    corrected = [event for event in events if isinstance(event, RoleAssigned)][-1]
    assert (corrected.name, corrected.role) == ("Ana Silva", before[0].role)
    assert isinstance(events[-1], SessionClosed)
    assert run("sessions", "rename", visit, f"{label}=patient").exit_code == 0
    last = [event for event in read_journal(visit / "journal.jsonl") if isinstance(event, RoleAssigned)][-1]
    assert (last.role, last.name) == (Role.PATIENT, "")


def test_a_speaker_who_is_not_there_is_refused_and_nothing_changes(visit: Path) -> None:
    before = (visit / "journal.jsonl").read_bytes()
    done = run("sessions", "rename", visit, "S9=doctor")
    assert done.exit_code == 1
    assert "no speaker 'S9'" in done.output
    assert (visit / "journal.jsonl").read_bytes() == before


def test_documents_can_be_made_again_from_the_journal(visit: Path) -> None:
    (visit / "transcript.docx").unlink()
    done = run("sessions", "export", visit, "--format", "docx,fhir")
    assert done.exit_code == 0, done.output
    assert (visit / "transcript.docx").is_file()
    assert json.loads((visit / "fhir-r5.json").read_text("utf-8"))["resourceType"] == "Bundle"


def test_resuming_does_only_what_is_missing(tmp_path: Path) -> None:
    write_bursts(tmp_path / "in" / "one.wav", n=2)
    first = transcribe(tmp_path / "in", "--out", tmp_path / "out", "--format", "json")
    assert first.exit_code == 0, first.output
    write_bursts(tmp_path / "in" / "two.wav", n=3)
    journal = (tmp_path / "out" / "one.voicedoc" / "journal.jsonl").stat()
    again = transcribe(tmp_path / "in", "--out", tmp_path / "out", "--format", "json,srt", "--resume", "--json")
    assert again.exit_code == 0, again.output
    rows = [json.loads(line) for line in again.stdout.splitlines()]
    assert {Path(row["path"]).name: row["status"] for row in rows} == {"one.wav": "already", "two.wav": "done"}
    assert (tmp_path / "out" / "one.voicedoc" / "subtitles.srt").is_file()
    assert (tmp_path / "out" / "one.voicedoc" / "journal.jsonl").stat().st_mtime_ns == journal.st_mtime_ns


def test_one_bad_recording_is_named_with_a_remedy_and_the_others_go_on(tmp_path: Path) -> None:
    write_bursts(tmp_path / "a.wav", n=2)
    (tmp_path / "b.mp3").write_text("this is no sound")
    done = transcribe(tmp_path, tmp_path / "missing.wav", "--out", tmp_path / "out", "--format", "json")
    assert done.exit_code == 1
    assert "b.mp3 is text, not audio" in done.output
    assert "missing.wav" in done.output
    assert done.output.count("Try:") >= 2
    assert (tmp_path / "out" / "a.voicedoc" / "result.json").is_file()
    assert not list((tmp_path / "out").glob("b*"))


def test_results_that_are_there_are_not_replaced_unasked(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "a.wav", n=2)
    assert transcribe(recording, "--out", tmp_path / "out", "--format", "json").exit_code == 0
    refused = transcribe(recording, "--out", tmp_path / "out", "--format", "json")
    assert refused.exit_code == 1
    assert "--resume" in refused.output
    assert transcribe(recording, "--out", tmp_path / "out", "--format", "json", "--overwrite").exit_code == 0


def test_channels_with_roles_are_speakers_of_their_own(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "stereo.wav", n=4, n_channels=2)
    done = transcribe(recording, "--channels", "doctor,patient", "--out", tmp_path / "out", "--format", "json")
    assert done.exit_code == 0, done.output
    turns = [e for e in read_journal(tmp_path / "out" / "journal.jsonl") if isinstance(e, TurnAttributed)]
    assert {(turn.speaker, turn.role, turn.method) for turn in turns} <= {
        ("C1", Role.DOCTOR, "channel"),
        ("C2", Role.PATIENT, "channel"),
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "pdf"], "no format 'pdf'"),
        (["--languages", "english"], "did you mean 'en'"),
        (["--languages", ""], "no language is named"),
        (["--channels", "doctor,nurse"], "'nurse' is no role"),
        (["--speaker", "S1"], "SPEAKER=ROLE"),
        (["--workers", "2"], "--ray"),
        (["--speakers", "0"], "0"),
    ],
)
def test_wrong_usage_says_what_is_right(tmp_path: Path, arguments: list[str], message: str) -> None:
    recording = write_bursts(tmp_path / "a.wav", n=1)
    options = arguments if "--languages" in arguments else ["--languages", "en,pt", *arguments]
    done = run("transcribe", recording, "--profile", "scripted", *options)
    assert done.exit_code == 2
    assert message in done.output


def test_a_format_that_a_language_does_not_have_is_refused_before_anything_is_transcribed(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "a.wav", n=1)
    done = run("transcribe", recording, "--languages", "zh", "--format", "json,deid", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "'deid' is not for zh" in done.output
    assert not (tmp_path / "out").exists()


def test_the_languages_of_the_deidentified_format_are_those_of_its_lexicons() -> None:
    assert FORMATS["deid"].languages == LANGUAGES


def test_a_file_of_turns_is_for_one_recording(tmp_path: Path) -> None:
    turns = tmp_path / "turns.rttm"
    turns.write_text("SPEAKER a 1 0.0 2.0 <NA> <NA> doctor <NA> <NA>\n")
    files = [write_bursts(tmp_path / "a.wav", n=1), write_bursts(tmp_path / "b.wav", n=2)]
    done = transcribe(*files, "--turns", turns, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "one recording" in done.output
    assert not (tmp_path / "out").exists()


def test_a_damaged_result_is_neither_taken_for_whole_nor_exported(tmp_path: Path) -> None:
    recording, out = write_bursts(tmp_path / "a.wav", n=2), tmp_path / "out"
    assert transcribe(recording, "--out", out, "--format", "md,json").exit_code == 0
    (out / "transcript.json").write_text("")
    assert transcribe(recording, "--out", out, "--format", "md,json", "--resume").exit_code == 0
    assert json.loads((out / "transcript.json").read_text("utf-8"))["outcome"] == "finished"
    journal, whole = out / "journal.jsonl", (out / "transcript.md").read_bytes()
    journal.write_bytes(journal.read_bytes()[:1500])
    resumed = transcribe(recording, "--out", out, "--format", "md,json", "--resume")
    assert (resumed.exit_code, "damaged" in resumed.output) == (1, True)
    exported = run("sessions", "export", out, "--format", "md")
    assert (exported.exit_code, "damaged" in exported.output) == (1, True)
    assert (out / "transcript.md").read_bytes() == whole
