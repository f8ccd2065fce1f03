"""A whole session on scripted backends: the real wiring, journal, recorder and views, without models."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import anyio
import numpy as np
import pytest
import soundfile

from tests.helpers.sounds import write_bursts
from voicedoc.capture.spool import stream_mono
from voicedoc.core.events import (
    ClauseShown,
    ClauseSpoken,
    ClauseSynthesized,
    Event,
    Guarded,
    SessionClosed,
    SessionOpened,
    StageFailed,
    Translated,
    TurnAttributed,
    Utterance,
    event_types,
)
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import Engine, open_engine
from voicedoc.errors import AudioError, StoreError
from voicedoc.export.transcript import transcript_of
from voicedoc.profiles import load_profile
from voicedoc.session import Recording, interpret, interpret_file
from voicedoc.store.sessions import session_folder

pytestmark = pytest.mark.unit


@pytest.fixture
def engine() -> Iterator[Engine]:
    with open_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
        yield engine


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return Recording(write_bursts(tmp_path / "visit.wav"))


def _of(events: list[Event], kind: type[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def test_a_session_says_who_said_what_and_what_each_heard(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    outcome = interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert outcome.reason == "finished"
    assert isinstance(events[0], SessionOpened)
    assert events[-1] == SessionClosed(at=events[-1].at, reason="finished", n_utterances=4)
    assert [(e.role, e.hypothesis.text) for e in events if isinstance(e, TurnAttributed)] == [
        (Role.DOCTOR, "Good morning. Do you have any pain?"),
        (Role.PATIENT, "Sim, dói-me o peito há 2 dias."),
        (Role.DOCTOR, "Take 2.5 mg twice a day."),
        (Role.PATIENT, "Não sou alérgico a nada."),
    ]
    heard = [(e.listener, e.text) for e in events if isinstance(e, ClauseSynthesized)]
    assert {listener for listener, _ in heard} == {Role.DOCTOR, Role.PATIENT}
    for_patient = " ".join(text for listener, text in heard if listener is Role.PATIENT)
    assert for_patient == "Bom dia. Tem alguma dor? Tome 2,5 mg duas vezes por dia."


def test_every_translation_is_spoken_or_shown_whole(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    for guarded in _of(events, Guarded):
        assert isinstance(guarded, Guarded)
        clauses = [
            e.text
            for e in events
            if isinstance(e, ClauseSynthesized | ClauseShown) and e.utterance == guarded.utterance
        ]
        assert " ".join(clauses) == guarded.translation.text


def test_the_voice_speaks_after_its_utterance_and_never_twice_at_once(
    engine: Engine, recording: Recording, tmp_path: Path
) -> None:
    interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    ends = {e.utterance: e.span.end for e in events if isinstance(e, Utterance)}
    spoken = [e for e in events if isinstance(e, ClauseSpoken)]
    assert all(e.span.start >= ends[e.utterance] for e in spoken)
    assert all(a.span.end <= b.span.start + 1e-6 for a, b in pairwise(spoken))


def test_the_tracks_hold_the_voice_where_the_journal_says(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    tracks = {role: soundfile.read(tmp_path / "out" / f"interpretation-{role}.wav") for role in ("doctor", "patient")}
    for event in events:
        if isinstance(event, ClauseSpoken):
            samples, rate = tracks[event.listener.value]
            inside = samples[round(event.span.start * rate) : round(event.span.end * rate)]
            assert np.abs(inside).max() > 0.01
            other, _ = tracks["doctor" if event.listener is Role.PATIENT else "patient"]
            assert np.abs(other[round(event.span.start * rate) : round(event.span.end * rate)]).max() == 0.0
    both, rate = soundfile.read(tmp_path / "out" / "interpretation.wav")
    original, _ = soundfile.read(recording.path)
    assert both.shape[1] == 2
    assert both.shape[0] >= len(original) * rate // 16_000
    loud = np.abs(original) > 0.3
    at = np.flatnonzero(loud)[0] / 16_000
    assert np.abs(both[round(at * rate) - 240 : round(at * rate) + 240, 0]).max() > 0.1


def _without_timing(path: Path) -> list[str]:
    timing = {name for name, kind in event_types().items() if kind.timing}
    return [line for line in path.read_text("utf-8").splitlines() if json.loads(line)["type"] not in timing]


def test_paced_and_unpaced_runs_give_the_same_journal(recording: Recording, tmp_path: Path) -> None:
    for name, paced in (("paced", True), ("hurried", False)):
        with open_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
            interpret_file(engine, recording, tmp_path / name, paced=paced)
    paced_lines = _without_timing(tmp_path / "paced" / "journal.jsonl")
    assert paced_lines == _without_timing(tmp_path / "hurried" / "journal.jsonl")
    assert len(paced_lines) > 20


@pytest.mark.anyio
async def test_a_session_runs_on_either_event_loop(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    outcome = await interpret(engine, recording, tmp_path / "out")
    assert outcome.reason == "finished"
    assert len(outcome.transcript.lines) == 4


@pytest.mark.anyio
async def test_stopping_early_keeps_what_was_said(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    stop = anyio.Event()

    def watch(event: Event) -> None:
        if isinstance(event, Translated):
            stop.set()

    outcome = await interpret(engine, recording, tmp_path / "out", paced=True, watch=watch, stop=stop)
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert outcome.reason == "interrupted"
    assert isinstance(events[-1], SessionClosed)
    assert len(_of(events, Translated)) == 1
    samples, rate = soundfile.read(tmp_path / "out" / "audio.flac")
    assert 1.0 < len(samples) / rate < 9.0
    assert (tmp_path / "out" / "interpretation.wav").is_file()


def test_one_failed_utterance_does_not_end_the_session(engine: Engine, tmp_path: Path) -> None:
    recording = Recording(write_bursts(tmp_path / "long.wav", n=6))  # the script has four lines
    outcome = interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert outcome.reason == "finished"
    assert [e.utterance for e in events if isinstance(e, StageFailed)] == [5, 6]
    assert "recognize failed" in (tmp_path / "out" / "transcript.md").read_text("utf-8")


def test_a_second_run_into_one_folder_is_refused_and_leaves_it_as_it_was(
    engine: Engine, recording: Recording, tmp_path: Path
) -> None:
    interpret_file(engine, recording, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pytest.raises(StoreError, match="earlier session") as caught:
        interpret_file(engine, recording, tmp_path / "out")
    assert "--overwrite" in caught.value.remedy
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_two_runs_at_once_into_one_folder_are_refused(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    with (
        session_folder(tmp_path / "out"),
        pytest.raises(StoreError, match="another run"),
    ):
        interpret_file(engine, recording, tmp_path / "out")


def test_overwriting_replaces_the_session_and_nothing_else(
    engine: Engine, recording: Recording, tmp_path: Path
) -> None:
    interpret_file(engine, recording, tmp_path / "out")
    (tmp_path / "out" / "my-notes.txt").write_text("mine", "utf-8")
    with open_engine(load_profile("scripted"), Visit("en", "pt")) as fresh:
        outcome = interpret_file(fresh, recording, tmp_path / "out", overwrite=True)
    assert outcome.reason == "finished"
    assert (tmp_path / "out" / "my-notes.txt").read_text("utf-8") == "mine"


def test_a_file_that_is_not_audio_leaves_no_folder_behind(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear doctor", "utf-8")
    with pytest.raises(AudioError) as caught:
        interpret_file(engine, Recording(tmp_path / "letter.txt"), tmp_path / "out")
    assert caught.value.remedy
    assert not (tmp_path / "out").exists()


_INTERPRET = [
    sys.executable,
    "-m",
    "voicedoc",
    "interpret",
    "--doctor",
    "en",
    "--patient",
    "pt",
    "--profile",
    "scripted",
]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_a_valid_journal(recording: Recording, tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen([*_INTERPRET, str(recording.path), "--paced", "--out", str(out)])
    deadline = time.monotonic() + 60
    while not (out / "journal.jsonl").exists() or b"Translated" not in (out / "journal.jsonl").read_bytes():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    assert process.wait(timeout=60) == 130
    closed = read_journal(out / "journal.jsonl")[-1]
    assert isinstance(closed, SessionClosed)
    assert closed.reason == "interrupted"


def test_a_killed_process_leaves_a_readable_journal_and_its_audio(recording: Recording, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen([*_INTERPRET, str(recording.path), "--paced", "--out", str(out)])
    deadline = time.monotonic() + 60
    while not (out / "journal.jsonl").exists() or b"Translated" not in (out / "journal.jsonl").read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.kill()
    process.wait()
    events = read_journal(out / "journal.jsonl")
    assert isinstance(events[0], SessionOpened)
    assert _of(events, Translated)
    last_utterance = max(e.span.end for e in events if isinstance(e, Utterance))
    n_samples = sum(block.size for block in stream_mono(out / "audio.flac", 16_000))
    assert n_samples / 16_000 >= last_utterance - 0.3  # what was understood is on the disk, less one FLAC frame


def test_a_full_disk_is_an_error_with_a_remedy_and_the_journal_stays_readable(tmp_path: Path) -> None:
    recording = write_bursts(tmp_path / "visit.wav")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "from voicedoc.cli import main; main(sys.argv[1:])"
    )
    arguments = ["interpret", str(recording), *_INTERPRET[4:], "--out", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert re.search(r"Try: free (some|space)", done.stdout + done.stderr)
    assert "Traceback" not in done.stderr
    assert isinstance(read_journal(tmp_path / "out" / "journal.jsonl")[0], SessionOpened)


def test_nothing_that_was_said_is_in_any_log(
    engine: Engine, recording: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(0):
        interpret_file(engine, recording, tmp_path / "out")
    logged = " ".join(record.getMessage() for record in caplog.records)
    for word in ("pain", "peito", "alérgico", "chest", "2,5"):
        assert word not in logged


def test_a_folder_that_cannot_be_written_is_an_error_with_a_remedy(
    engine: Engine, recording: Recording, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file, not a folder", "utf-8")
    with pytest.raises(StoreError) as caught:
        interpret_file(engine, recording, tmp_path / "out")
    assert "--out" in caught.value.remedy
    assert (tmp_path / "out").is_file()


def test_a_session_never_writes_over_its_own_recording(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    interpret_file(engine, recording, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pytest.raises(StoreError, match="itself part of the session"):
        interpret_file(engine, Recording(tmp_path / "out" / "audio.flac"), tmp_path / "out", overwrite=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_transcript_says_what_an_early_end_left_undone(engine: Engine, recording: Recording, tmp_path: Path) -> None:
    interpret_file(engine, recording, tmp_path / "out")
    *events, closed = read_journal(tmp_path / "out" / "journal.jsonl")
    whole = transcript_of([*events, closed])
    assert not any("ended first" in warning for line in whole.lines.values() for warning in line.warnings)
    for n_events in range(len(events)):
        transcript = transcript_of([*events[:n_events], closed])
        for number, line in transcript.lines.items():
            done = len(line.spoken) == len(whole.lines[number].spoken)
            assert done != any("ended first" in warning for warning in line.warnings)


def test_roles_that_do_not_fit_the_languages_are_marked_and_noticed(tmp_path: Path) -> None:
    rows = [f'{{"start": {n - 0.3}, "end": {n + 1.0}, "speaker": "patient"}}' for n in (1, 3, 5, 7)]
    (tmp_path / "turns.json").write_text(f"[{', '.join(rows)}]", "utf-8")
    recording = Recording(write_bursts(tmp_path / "visit.wav"), turns=tmp_path / "turns.json")
    with open_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
        interpret_file(engine, recording, tmp_path / "out")
    rows = json.loads((tmp_path / "out" / "transcript.json").read_text("utf-8"))["utterances"]
    assert rows[0]["role"] == "patient"
    assert ["the patient speaks en here" in row["warnings"] for row in rows] == [True, False, True, False]


def _changed(folder: Path, *changes: tuple[str, str]) -> str:
    """The scripted profile with parts of its text replaced."""
    text = load_profile("scripted").path.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = folder / "changed.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_language_without_a_voice_is_named_at_the_start_and_shown(recording: Recording, tmp_path: Path) -> None:
    profile = _changed(tmp_path, ('languages = ["en", "pt"]', 'languages = ["en"]'))
    with open_engine(load_profile(profile), Visit("en", "pt")) as engine:
        assert [(notice.code, "'pt'" in notice.message) for notice in engine.notices] == [("no-voice", True)]
        assert engine.notices[0].remedy
        interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert {e.language for e in events if isinstance(e, ClauseShown)} == {"pt"}
    assert {e.language for e in events if isinstance(e, ClauseSynthesized)} == {"en"}


def test_a_voice_below_the_profiles_floor_stays_silent(recording: Recording, tmp_path: Path) -> None:
    profile = _changed(tmp_path, ('quality = "good"', 'quality = "draft"'))
    with open_engine(load_profile(profile), Visit("en", "pt")) as engine:
        interpret_file(engine, recording, tmp_path / "out")
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert not _of(events, ClauseSynthesized)
    shown = [e for e in events if isinstance(e, ClauseShown)]
    assert shown
    assert all("floor is 'usable'" in e.reason for e in shown)


def test_a_direction_without_a_translator_is_named_at_the_start_and_written_down(
    recording: Recording, tmp_path: Path
) -> None:
    profile = _changed(tmp_path, ('source = "*"\ntarget = "*"', 'source = "en"\ntarget = "pt"'))
    with open_engine(load_profile(profile), Visit("en", "pt")) as engine:
        assert [notice.code for notice in engine.notices] == ["no-translator"]
        assert "from 'pt' to 'en'" in engine.notices[0].message
        interpret_file(engine, recording, tmp_path / "out")
    rows = json.loads((tmp_path / "out" / "transcript.json").read_text("utf-8"))["utterances"]
    assert [bool(row["translations"]) for row in rows] == [True, False, True, False]
    assert all("not translated" in " ".join(row["warnings"]) for row in rows[1::2])


def test_a_translation_of_lesser_quality_is_announced(tmp_path: Path) -> None:
    profile = _changed(tmp_path, ('target = "*"', 'target = "*"\nquality = "draft"'))
    with open_engine(load_profile(profile), Visit("en", "pt")) as engine:
        assert [notice.code for notice in engine.notices] == ["draft-translation", "draft-translation"]


@pytest.mark.anyio
async def test_a_session_that_is_stopped_at_once_leaves_a_valid_journal(
    engine: Engine, recording: Recording, tmp_path: Path
) -> None:
    stop = anyio.Event()
    stop.set()
    outcome = await interpret(engine, recording, tmp_path / "out", stop=stop)
    assert outcome.reason == "interrupted"
    assert isinstance(read_journal(tmp_path / "out" / "journal.jsonl")[-1], SessionClosed)
