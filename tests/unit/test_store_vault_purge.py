"""Retention, and purge that leaves nothing: neither words nor what was sealed, in any file of the store."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.helpers.vault import Calendar, keep_visit, vault_in
from voicedoc.errors import StoreBusy, StoreError
from voicedoc.store import purge
from voicedoc.store.vault import Vault

pytestmark = pytest.mark.unit


def bytes_on_disk(folder: Path) -> bytes:
    """All bytes of all files, read by another process: closing a file here would drop SQLite's locks."""
    done = subprocess.run(["find", folder, "-type", "f", "-exec", "cat", "{}", "+"], capture_output=True, check=True)
    return done.stdout


def sealed_of(folder: Path, session: str) -> list[bytes]:
    """Everything of a session that is sealed, and its sealed key: parts of each that are long enough to be unique."""
    connection = sqlite3.connect(folder / "sessions.db")
    rows = connection.execute("SELECT sealed FROM lines WHERE session = ?", (session,)).fetchall()
    rows += connection.execute("SELECT sealed FROM consents WHERE session = ?", (session,)).fetchall()
    rows += connection.execute("SELECT data_key FROM sessions WHERE id = ?", (session,)).fetchall()
    rows += connection.execute("SELECT ending FROM sessions WHERE id = ?", (session,)).fetchall()
    connection.close()
    rows += [(path.read_bytes(),) for path in (folder / "audio" / session).iterdir()]
    return [row[0][13:37] for row in rows]


@pytest.mark.parametrize("n_utterances", [2, 300])
def test_a_purged_session_leaves_nothing_in_any_file(n_utterances: int, tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        kept, session = keep_visit(vault), keep_visit(vault, n_utterances=n_utterances, audio=n_utterances < 9)
        traces = sealed_of(tmp_path, session)
        before = bytes_on_disk(tmp_path)
        assert all(trace in before for trace in traces)
        assert len(traces) > 2 * n_utterances
        vault.purge(session)
        after = bytes_on_disk(tmp_path)
        assert [trace for trace in traces if trace in after] == []
        assert not (tmp_path / "audio" / session).exists()
        assert not (tmp_path / "locks" / session).exists()
        assert [each.id for each in vault.sessions()] == [kept]
        assert len(vault.read(kept)) == 7
        assert vault.check() == []
        assert all(trace in after for trace in sealed_of(tmp_path, kept))


def test_sound_is_overwritten_before_it_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    monkeypatch.setattr(purge.shutil, "rmtree", lambda folder: seen.extend(p.read_bytes() for p in folder.iterdir()))
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        sizes = {path.stat().st_size for path in (tmp_path / "audio" / session).iterdir()}
        vault.purge(session)
    assert len(seen) == 2
    assert {len(content) for content in seen} == sizes
    assert all(not any(content) for content in seen)


def test_a_link_in_a_sessions_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious", "utf-8")
    with vault_in(tmp_path / "store") as vault:
        session = keep_visit(vault)
        (vault.sound(session).folder / "link").symlink_to(tmp_path / "precious")
        vault.purge(session)
    assert (tmp_path / "precious").read_text("utf-8") == "precious"


def test_a_session_that_runs_cannot_be_purged(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        with pytest.raises(StoreBusy):
            vault.purge(session.id)
        assert vault.find(session.id).state == "open"


def test_a_purge_that_was_cut_short_is_unreadable_at_once_and_finished_at_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_failure(folder: Path) -> None:
        raise KeyboardInterrupt

    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        with monkeypatch.context() as patched:
            patched.setattr(purge, "overwrite_folder", power_failure)
            with pytest.raises(KeyboardInterrupt):
                vault.purge(session)
        assert (tmp_path / "audio" / session).exists()
        for use in (vault.read, vault.resume, vault.sound, vault.salvage):
            with pytest.raises(StoreError, match="has been destroyed"):
                use(session)
    with vault_in(tmp_path, None) as vault:
        assert vault.sessions() == []
        assert not (tmp_path / "audio" / session).exists()


def test_a_reader_in_the_way_is_told_and_the_purge_is_finished_later(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
    with vault_in(tmp_path, patience=0.1) as vault:
        reader = sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM lines").fetchone()
        with pytest.raises(StoreError, match="unreadable, but"):
            vault.purge(session)
        reader.close()
        assert vault.sessions() == []


def destroyed(vault: Vault, **options: str) -> list[str]:
    purged = vault.purge_expired(**options)
    assert all(each.refused is None for each in purged)
    return [each.session for each in purged]


def test_what_is_over_its_time_is_purged_and_nothing_else(tmp_path: Path) -> None:
    calendar = Calendar()
    with vault_in(tmp_path, now=calendar) as vault:
        vault.keep(30)
        by_setting, for_a_week = keep_visit(vault), keep_visit(vault, keep_days=7)
        vault.keep(None)
        for_ever, crashed = keep_visit(vault), keep_visit(vault, sealed=False, keep_days=1)
        calendar.pass_days(6.9)
        assert destroyed(vault) == [crashed]
        calendar.pass_days(0.1)
        assert destroyed(vault) == [for_a_week]
        calendar.pass_days(1000)
        with vault.resume(by_setting):
            assert destroyed(vault) == [], "not while somebody is at it"
        assert destroyed(vault) == [by_setting]
        assert [each.id for each in vault.sessions()] == [for_ever]
        vault.keep(1, for_ever)
        assert destroyed(vault) == [for_ever]
        assert [entry.detail for entry in vault.audit() if entry.action == "purged"] == ['{"reason": "expired"}'] * 4


def test_the_session_that_goes_on_is_not_purged(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        one, other = keep_visit(vault, keep_days=0), keep_visit(vault, keep_days=0)
        assert destroyed(vault, but=one) == [other]
        assert [each.id for each in vault.sessions()] == [one]


def test_a_session_that_was_cut_off_stays_for_a_day_though_it_was_not_to_be_kept(tmp_path: Path) -> None:
    calendar = Calendar()
    with vault_in(tmp_path, now=calendar) as vault:
        crashed = keep_visit(vault, sealed=False, keep_days=0)
        calendar.pass_days(0.9)
        assert destroyed(vault) == []
        calendar.pass_days(0.2)
        assert destroyed(vault) == [crashed]


def test_what_the_disk_refuses_to_destroy_is_told_and_the_others_are_destroyed(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        for _ in range(2):
            keep_visit(vault, keep_days=0)
    with vault_in(tmp_path, patience=0.1) as vault:
        reader = sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM lines").fetchone()
        refusals = [each.refused for each in vault.purge_expired()]
        assert len(refusals) == 2 and all("unreadable, but" in str(refused) for refused in refusals)
        reader.close()
        assert vault.sessions() == []
