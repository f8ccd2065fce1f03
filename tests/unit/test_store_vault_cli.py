"""`voicedoc sessions`: what it prints, its exit status, and that every mistake gets a remedy."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.helpers.vault import MARKER, PASSPHRASE, keep_visit, vault_in
from voicedoc.capture.chunks import CHUNKS_NAME, ChunkWriter
from voicedoc.cli import main, stored
from voicedoc.core.events import RoleAssigned, SessionClosed
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Role

pytestmark = pytest.mark.unit


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's store, under a passphrase that the environment gives."""
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "store"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "store"


@pytest.fixture
def session(store: Path) -> str:
    """A finished one in it."""
    with vault_in(store) as vault:
        return keep_visit(vault)


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["sessions", *(str(argument) for argument in arguments)], input=typed)


def data(*arguments: str | Path) -> object:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


COMMANDS = [command.name for command in stored.COMMANDS]


@pytest.mark.parametrize("command", [*COMMANDS, "rename", "export"])
def test_every_command_has_help_that_teaches(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


def test_list_needs_no_passphrase(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOICEDOC_PASSPHRASE")
    shown = run("list").output
    assert session in shown
    assert "closed" in shown
    (row,) = data("list")  # type: ignore[misc]
    assert (row["id"], row["state"], row["agreed"], row["keep_until"]) == (session, "closed", True, None)
    assert MARKER not in shown + str(row)


def test_an_empty_store_says_how_to_begin(store: Path) -> None:
    assert "voicedoc live" in run("list").output
    assert data("list") == []


def test_list_says_what_is_over_its_time_and_destroys_nothing(session: str) -> None:
    assert "over their time" not in run("list").stderr
    run("keep", session, "--days", "0")
    for _ in range(2):
        listed = run("list")
        assert "1 over their time" in listed.stderr
        assert "voicedoc sessions purge --expired" in listed.stderr
    assert "over their time" not in run("list", "--json").stderr


def test_show_prints_what_was_said(session: str) -> None:
    assert MARKER in run("show", "last").stdout
    shown = data("show", session[:5])
    assert shown["transcript"]["utterances"][0]["text"] == f"Eu tomo {MARKER}."  # type: ignore[call-overload]


def test_a_session_that_is_not_there_is_an_error_with_a_remedy(session: str) -> None:
    result = run("show", "zzz")
    assert result.exit_code == 1
    assert session in result.output, "the remedy names what there is"


def test_a_wrong_passphrase_is_told(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", "not that one")
    result = run("show", session)
    assert result.exit_code == 1
    assert "that is not the passphrase" in result.output


def test_a_passphrase_is_asked_for_where_somebody_can_answer(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOICEDOC_PASSPHRASE")
    assert "VOICEDOC_PASSPHRASE" in run("show", session).output
    monkeypatch.setattr(stored, "can_answer", lambda: True)
    result = run("show", session, typed=f"{PASSPHRASE}\n")
    assert result.exit_code == 0, result.output
    assert PASSPHRASE not in result.output


# --- documents


def test_a_stored_session_is_exported_into_a_new_folder(session: str, store: Path) -> None:
    result = run("export", "last", "--format", "md,json", "--out", "visit")
    assert result.exit_code == 0, result.output
    assert set(result.stdout.split()) == {
        f"visit/{name}" for name in ("journal.jsonl", "transcript.md", "transcript.json")
    }
    with vault_in(store) as vault:
        assert read_journal(Path("visit/journal.jsonl")) == vault.read(session)
        (exported,) = (entry for entry in vault.audit() if entry.action == "exported")
        assert '"formats": "journal,json,md"' in exported.detail
    again = run("export", "last", "--format", "md", "--out", "visit")
    assert again.exit_code == 1
    assert "--out" in again.output
    assert run("export", session, "--format", "md").exit_code == 0
    assert Path(f"{session}.voicedoc/transcript.md").is_file()


def test_the_recording_is_exported_when_it_is_asked_for(session: str, store: Path) -> None:
    with vault_in(store) as vault:
        folder, cipher = vault.sound(session)
        with ChunkWriter.create(folder / CHUNKS_NAME, cipher, rate=16_000, n_channels=1) as writer:
            writer.write(np.arange(8000, dtype=np.int16)[:, np.newaxis])
    assert run("export", session, "--format", "md", "--sound", "--out", "visit").exit_code == 0
    samples, rate = soundfile.read("visit/audio.flac", dtype="int16")
    assert rate == 16_000
    assert (samples == np.arange(8000)).all()


def test_a_recording_that_is_not_there_is_told(session: str) -> None:
    result = run("export", session, "--format", "md", "--sound", "--out", "visit")
    assert result.exit_code == 1
    assert "has no sound" in result.output
    assert not Path("visit").exists()


def test_what_is_left_of_a_damaged_session_can_be_exported(session: str, store: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(store / "sessions.db", isolation_level=None)
    connection.execute("UPDATE lines SET sealed = x'00' WHERE number = 3")
    connection.close()
    refused = run("export", session, "--format", "md", "--out", "visit")
    assert refused.exit_code == 1
    assert "line 3" in refused.output
    assert not Path("visit").exists()
    salvaged = run("export", session, "--format", "md", "--out", "visit", "--salvage")
    assert salvaged.exit_code == 0
    assert "left out: session" in salvaged.output
    assert len(read_journal(Path("visit/journal.jsonl"))) == 6
    checked = run("check")
    assert checked.exit_code == 1
    assert "line 3" in checked.output


def test_the_speaker_of_a_stored_session_is_renamed(session: str, store: Path) -> None:
    assert "has no speaker 'S1'" in run("rename", session, "S1=doctor").output
    assigned = RoleAssigned(at=1.0, speaker="S1", role=Role.PATIENT, confidence=0.6, reasons=("answers",))
    with vault_in(store) as vault:
        vault.amend(session, [assigned])
    result = run("rename", session, "S1=Ana Silva")
    assert result.exit_code == 0, result.output
    assert result.stdout == "S1  Ana Silva  (given by hand)\n"


def test_what_is_neither_a_folder_nor_an_id_is_wrong_usage(store: Path) -> None:
    for command in (("rename", "visits/one", "S1=doctor"), ("export", "visits/one", "--format", "md")):
        result = run(*command)
        assert result.exit_code == 2
        assert "no folder, and no id" in result.output


# --- recovery, retention, purge


def test_recover_tells_what_was_cut_off_and_closes_it(session: str, store: Path) -> None:
    assert "Nothing is unfinished" in run("recover").output
    with vault_in(store) as vault:
        crashed = keep_visit(vault, sealed=False)
        folder, cipher = vault.sound(crashed)
        with ChunkWriter.create(folder / CHUNKS_NAME, cipher, rate=16_000, n_channels=1) as writer:
            writer.write(np.zeros((80_000, 1), np.int16))
    shown = run("recover")
    assert crashed in shown.stdout
    assert session not in shown.stdout
    assert "--close" in shown.output and "voicedoc intake --continue ID" in shown.output
    (row,) = data("recover", crashed[:6], "--close")  # type: ignore[misc]
    assert (row["state"], row["reason"], row["seconds"]) == ("closed", "failed", 5.0)
    with vault_in(store) as vault:
        assert vault.read(crashed)[-1] == SessionClosed(at=5.0, reason="failed", n_utterances=2)


def test_keep_sets_and_tells_for_how_long(session: str) -> None:
    assert "for ever" in run("keep").output
    assert "for 30 days" in run("keep", "--days", "30").output
    assert "kept until" in run("keep", session, "--days", "7").output
    assert "kept for ever" in run("keep", session, "--forever").output
    assert run("keep", "--days", "1", "--forever").exit_code == 2
    assert run("keep", "--days", "-1").exit_code == 2


def test_purge_asks_first(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unasked = run("purge", session)
    assert unasked.exit_code == 2
    assert "--yes" in unasked.output
    monkeypatch.setattr(stored, "can_answer", lambda: True)
    assert run("purge", session, typed="n\n").exit_code == 1
    assert len(data("list")) == 1  # type: ignore[arg-type]
    done = run("purge", session, typed="y\n")
    assert done.exit_code == 0
    assert f"{session} destroyed" in done.stdout
    assert data("list") == []


def test_purge_by_age_and_by_time(session: str, store: Path) -> None:
    assert run("purge").exit_code == 2
    assert data("purge", "--older-than", "1", "--expired", "--yes") == []
    assert run("keep", session, "--days", "0").exit_code == 0
    assert data("purge", "--expired", "--yes") == [session]
    with vault_in(store) as vault:
        (newer,) = [keep_visit(vault)]
        assert vault.audit()[-3].detail == '{"reason": "expired"}'
    assert data("purge", "--older-than", "0", "--yes") == [newer]


# --- copies, keys, the trail


def test_a_backup_is_restored_elsewhere(session: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICEDOC_BACKUP_PASSPHRASE", "in the safe, in the cellar")
    assert "1 sessions" in run("backup", "copy").stdout
    assert run("backup", "copy").exit_code == 1
    assert run("backup", "for-the-safe", "--passphrase").exit_code == 0
    assert "not empty" in run("restore", "copy").output
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "restored"))
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", "in the safe, in the cellar")
    restored = run("restore", "for-the-safe")
    assert restored.exit_code == 0, restored.output
    assert MARKER in run("show", session).stdout
    assert "restored" in run("audit").stdout


def test_who_makes_a_passphrase_is_told_what_it_is_for(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "can_answer", lambda: True)
    result = run("key", "--change", "passphrase", typed="a better passphrase\na better passphrase\n")
    assert result.exit_code == 0, result.output
    assert "Without this passphrase nobody can read it" in result.output


def test_the_passphrase_can_be_changed(session: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is a passphrase" in run("key").output
    assert "VOICEDOC" in run("key", "--change", "passphrase").output
    monkeypatch.setenv("VOICEDOC_NEW_PASSPHRASE", "a better passphrase")
    assert run("key", "--change", "passphrase").exit_code == 0
    assert run("show", session).exit_code == 1
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", "a better passphrase")
    assert run("show", session).exit_code == 0


def test_the_trail_is_printed_and_a_changed_one_has_an_exit_status(session: str, store: Path) -> None:
    import sqlite3

    shown = run("audit").stdout.splitlines()
    assert [re.split(r"\s+", line.strip())[3] for line in shown] == ["key-made", "began", "closed"]
    assert data("audit")["whole"] is True  # type: ignore[call-overload,index]
    connection = sqlite3.connect(store / "sessions.db", isolation_level=None)
    connection.executescript("DROP TRIGGER audit_is_never_changed; UPDATE audit SET who = 'nobody' WHERE number = 2")
    connection.close()
    result = run("audit")
    assert result.exit_code == 1
    assert "entry 2" in result.output


def test_help_of_sessions_loads_no_cryptography() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from voicedoc.cli import main\n"
        "for command in ('list', 'purge'): CliRunner().invoke(main, ['sessions', command, '--help'])\n"
        "print(sorted({'cryptography', 'keyring', 'sqlite3', 'numpy', 'soundfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
