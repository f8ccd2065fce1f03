"""`voicedoc transcribe` and `voicedoc sessions`, from the command line to the documents, on the scripted profile."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result
from rich.progress import Progress

from tests.conftest import ROOT
from tests.helpers.jobs import scripted_profile
from tests.helpers.sounds import write_bursts
from voicedoc.attribute.scripted import ScriptedDiarizer
from voicedoc.batch import Job, transcribe_file
from voicedoc.cli import main
from voicedoc.cli.batch_progress import BatchProgress, _TimeLeft
from voicedoc.core.events import RoleAssigned, SessionClosed, TurnAttributed
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Role
from voicedoc.deidentify import LANGUAGES
from voicedoc.engine import open_batch_engine
from voicedoc.export.formats import FORMATS
from voicedoc.jobs.plan import Task
from voicedoc.jobs.work import Progress as Heard
from voicedoc.jobs.work import Report
from voicedoc.profiles import load_profile

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


def test_a_session_that_is_missing_does_not_keep_others_from_being_exported(visit: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (visit / "speakers.rttm").unlink()
    missing = tmp_path / "missing.voicedoc"
    done = run("sessions", "export", missing, tmp_path / "empty", visit, "--format", "rttm")
    assert done.exit_code == 1
    assert done.stdout == f"{visit / 'speakers.rttm'}\n"
    assert done.stderr.count("Error: ") == 2
    assert str(missing) in done.stderr
    assert run("sessions", "export", missing, "--format", "rttm").exit_code == 2


@pytest.mark.parametrize("name", ["Ana\nSilva", "Ana\x1b[31m", "Ana\udcff"])
def test_a_name_that_cannot_be_written_is_refused(visit: Path, name: str) -> None:
    before = (visit / "journal.jsonl").read_bytes()
    done = run("sessions", "rename", visit, f"S1={name}")
    assert done.exit_code == 2
    assert "on one line" in done.output
    assert (visit / "journal.jsonl").read_bytes() == before


FULL = """
import resource, signal, sys
from voicedoc.cli import main

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit then fails as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.exit(main())
"""


@pytest.mark.parametrize("format_name", ["html", "docx"])
def test_exporting_to_a_full_disk_says_so_and_nothing_else(visit: Path, format_name: str) -> None:
    document = visit / {"html": "listen.html", "docx": "transcript.docx"}[format_name]
    before = document.read_bytes()
    command = [sys.executable, "-c", FULL, "sessions", "export", str(visit), "--format", format_name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert done.returncode == 1
    assert re.fullmatch(r"Error: cannot write .*\nTry: free some disk space.*\n", done.stderr), done.stderr
    assert document.read_bytes() == before


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
    ("arguments", "option", "message"),
    [
        (["--format", "pdf"], "--format", "no format 'pdf'"),
        (["--format", ""], "--format", "no format is named"),
        (["--format", "json,,md"], "--format", "empty place"),
        (["--languages", "english"], "--languages", "did you mean 'en'"),
        (["--languages", ""], "--languages", "no language is named"),
        (["--languages", "en,"], "--languages", "empty place"),
        (["--languages", "en,EN"], "--languages", "'en' is named twice"),
        (["--languages", "pt-PT,pt-BR"], "--languages", "one language to a recogniser"),
        (["--translate-to", "pt,pt"], "--translate-to", "'pt' is named twice"),
        (["--translate-to", " "], "--translate-to", "no language is named"),
        (["--channels", "doctor,nurse"], "--channels", "'nurse' is no role"),
        (["--channels", "foo"], "--channels", "or one of auto, mix, separate"),
        (["--channels", ""], "--channels", "no role is named"),
        (["--channels", "doctor,patient"], "--channels", "needs 2 channels"),
        (["--channels", "separate"], "--channels", "needs 2 channels"),
        (["--channels", "separate", "--speakers", "2"], "--channels", "--speakers do not go together"),
        (["--channels", "doctor,patient", "--speaker", "C1=patient"], "--channels", "both say who C1 is"),
        (["--speaker", "S1"], "--speaker", "SPEAKER=ROLE"),
        (["--speaker", "S1=nurse"], "--speaker", "'nurse' is no role"),
        (["--speaker", "S1=doctor", "--speaker", "S1=patient"], "--speaker", "'S1' has two roles"),
        (["--workers", "2"], "--workers", "--ray"),
        (["--ray", ""], "--ray", "HOST:PORT"),
        (["--ray", "nowhere"], "--ray", "HOST:PORT"),
        (["--speakers", "0"], "--speakers", "0"),
        (["--turns", "TEXT"], "--turns", "has no turns"),
        (["--doctor-voice", "TEXT"], "--doctor-voice", "is text, not audio"),
        (["--patient-voice", "TEXT"], "--patient-voice", "is text, not audio"),
        (["--profile", "MUTE", "--doctor-voice", "SOUND"], "--doctor-voice", "has no diarizer"),
        (["--doctor-voice", "SOUND", "--turns", "RTTM"], "--turns", "--doctor-voice do not go together"),
        (["--profile", "nope"], "--profile", "no profile 'nope'"),
        (["--profile", ""], "--profile", "no profile ''"),
        (["--out", ""], "--out", "empty name"),
        ([""], "PATH", "empty name"),
        (["--languages", "zh", "--format", "json,deid"], "--format", "'deid' is not for zh"),
        (["--profile", "embedded", "--languages", "hi"], "--languages", "must not be used for 'hi'"),
    ],
)
def test_wrong_usage_names_the_option_and_says_what_is_right(
    tmp_path: Path, arguments: list[str], option: str, message: str
) -> None:
    recording = write_bursts(tmp_path / "a.wav", n=1)
    (tmp_path / "text.txt").write_text("no turns, no sound\n")
    (tmp_path / "turns.rttm").write_text("SPEAKER a 1 0.0 2.0 <NA> <NA> doctor <NA> <NA>\n")
    mute = scripted_profile(tmp_path).path
    files = {"TEXT": tmp_path / "text.txt", "SOUND": recording, "RTTM": tmp_path / "turns.rttm", "MUTE": mute}
    given = [str(files.get(argument, argument)) for argument in arguments]
    usual = {"--languages": "en,pt", "--profile": "scripted", "--out": str(tmp_path / "out")}
    rest = [part for name, value in usual.items() if name not in given for part in (name, value)]
    done = run("transcribe", recording, *given, *rest)
    assert done.exit_code == 2, done.output
    told = done.output.replace("\n", " ")
    assert option in told
    assert message in told
    assert not (tmp_path / "out").exists()


def test_a_mono_recording_among_others_fails_alone_where_each_speaker_should_have_a_channel(tmp_path: Path) -> None:
    write_bursts(tmp_path / "in" / "mono.wav", n=2)
    write_bursts(tmp_path / "in" / "stereo.wav", n=4, n_channels=2)
    done = transcribe(tmp_path / "in", "--channels", "doctor,patient", "--out", tmp_path / "out", "--format", "json")
    assert done.exit_code == 1
    assert "mono.wav has one channel, and --channels speaks of 2" in done.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["stereo.voicedoc"]


def test_a_voice_sample_is_heard_once_before_any_recording_and_its_option_is_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recordings = tmp_path / "in"
    for name, n in (("a.wav", 1), ("b.wav", 2)):
        write_bursts(recordings / name, n=n)
    short = tmp_path / "short.wav"
    soundfile.write(short, np.zeros(4000), 8000)
    done = transcribe(recordings, "--patient-voice", short, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "'--patient-voice'" in done.output
    assert "short.wav does not show the patient's voice: 0.5 s of audio are too little" in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()

    heard: list[int] = []
    monkeypatch.setattr(ScriptedDiarizer, "voice", lambda self, samples: heard.append(samples.size) or np.ones(8))
    sample = recordings / "b.wav"
    done = transcribe(recordings, "--doctor-voice", sample, "--out", tmp_path / "out", "--format", "json")
    assert done.exit_code == 0
    assert heard == [5 * 16_000]


def test_voices_are_not_compared_where_each_speaker_has_a_channel_and_that_is_told(tmp_path: Path) -> None:
    job = Job(channels="separate", formats=("json",))
    recording = write_bursts(tmp_path / "stereo.wav", n=4, n_channels=2)
    with open_batch_engine(load_profile("scripted"), ("en", "pt")) as engine:
        voices = {Role.DOCTOR: np.ones(3, np.float32)}
        outcome = transcribe_file(engine, recording, tmp_path / "out", job, voices=voices)
    assert any("the doctor's voice sample was not used" in notice for notice in outcome.transcript.notices)


def test_resuming_with_overwrite_keeps_what_is_as_it_should_be_and_makes_the_rest_again(tmp_path: Path) -> None:
    for name, n in (("one.wav", 1), ("two.wav", 2)):
        write_bursts(tmp_path / "in" / name, n=n)
    arguments: list[str | Path] = [tmp_path / "in", "--out", tmp_path / "out", "--format", "json", "--json"]
    assert transcribe(*arguments).exit_code == 0
    assert transcribe(tmp_path / "in" / "one.wav", *arguments[1:-1], "--speakers", "1").exit_code == 1, "there already"
    other = transcribe(tmp_path / "in", *arguments[1:], "--resume", "--speakers", "1")
    assert other.exit_code == 1
    for row in map(json.loads, other.stdout.splitlines()):
        assert "was made with other settings: --speakers was not given and is 1" in row["message"]
        assert "--resume --overwrite" in row["remedy"]
    (tmp_path / "out" / "one.voicedoc" / "result.json").unlink()
    assert transcribe(*arguments, "--resume", "--overwrite").exit_code == 0
    again = transcribe(*arguments, "--resume", "--overwrite")
    assert [json.loads(line)["status"] for line in again.stdout.splitlines()] == ["already", "already"]


def test_the_table_shows_every_path_with_its_fate_and_cuts_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    long = "in/consultations of the third quarter/monday-2026-03-02-room-17-follow-up-visit.wav"
    write_bursts(Path(long), n=2)
    Path("in/same.wav").symlink_to(tmp_path / long)
    Path("in/copy.wav").write_bytes(Path(long).read_bytes())
    Path("in/bad.wav").write_text("no sound")
    Path("old.voicedoc").mkdir()
    paths = ["in", "in/same.wav", "missing.wav", "*.mp3", "old.voicedoc"]
    done = transcribe(*paths, "--out", "out", "--format", "json")
    assert done.exit_code == 1
    table = done.output[done.output.index("recording ") : done.output.index("3 failed:")]
    assert max(map(len, table.splitlines())) <= 80
    assert "…" not in table
    edge = table.splitlines()[0].index("length") - len("not begun  ")
    names = "".join(line[:edge].strip().replace(" ", "") for line in table.splitlines()[1:])
    for path in (long, "in/same.wav", "in/copy.wav", "in/bad.wav", "missing.wav", "*.mp3", "old.voicedoc"):
        assert path.replace(" ", "") in names
    fates = re.findall("done|same(?= )|failed|skipped", "\n".join(line[edge:] for line in table.splitlines()))
    assert sorted(fates) == ["done", "failed", "failed", "failed", "same", "skipped", "skipped"]


def test_names_are_shown_and_obeyed_by_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate([b"a\x1b[31m\n.wav", b"bytes\xff.wav", b"b[red].wav"], start=1):
        write_bursts(Path("a.wav"), n=number).rename(os.fsdecode(name))
    Path("bad\x1b[2J.wav").write_text("no sound")
    done = transcribe(".", "--out", "out", "--format", "all", "--translate-to", "en,pt")
    assert done.exit_code == 1
    assert "\x1b" not in done.output
    assert "bad\\x1b[2J.wav" in done.output
    assert "a\\x1b[31m\\n.wav" in done.output
    results = {os.fsencode(path.parent.name) for path in Path("out").glob("*/result.json")}
    assert results == {b"a\x1b[31m\n.voicedoc", b"bytes\xff.voicedoc", b"b[red].voicedoc"}


def test_the_table_says_where_the_documents_of_an_interrupted_recording_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.voicedoc.partial").mkdir()
    tasks = [Task(Path(f"{name}.wav"), Path(f"{name}.voicedoc")) for name in "ab"]
    with BatchProgress(tasks, as_json=False) as progress:
        for task in tasks:
            progress.report(Report(task, "interrupted"))
    shown = capsys.readouterr().out
    assert "→ a.voicedoc.partial" in shown
    assert "→ b" not in shown, "which was not begun"


def test_the_time_left_is_told_from_the_pace_since_the_beginning() -> None:
    now = 100.0
    bars = Progress(get_time=lambda: now)
    bars.add_task("visit.wav", total=1000.0, earlier=100.0)
    (bar,) = bars.tasks
    assert _TimeLeft().render(bar).plain == "-:--:--"
    now = 160.0
    for heard in range(100, 401):  # a block of utterances at once, after a minute without any
        bars.update(bar.id, completed=float(heard))
    assert _TimeLeft().render(bar).plain == "0:02:00"


def test_a_bar_shows_a_name_that_looks_like_markup(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal, to rich
    task = Task(Path("b[red].wav"), Path("out"), 5.0)
    with BatchProgress([task], as_json=False) as progress:
        progress.watch(Heard(task, 1.0, 5.0, 1))
    assert "b[red].wav" in capsys.readouterr().out


def test_a_recording_that_has_been_read_says_what_still_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal, to rich
    monkeypatch.setenv("COLUMNS", "140")
    task = Task(Path("a.wav"), Path("out"), 5.0)
    with BatchProgress([task], as_json=False) as progress:
        progress.watch(Heard(task, 5.0, 5.0, 1))
    assert "telling speakers apart" in capsys.readouterr().out


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
