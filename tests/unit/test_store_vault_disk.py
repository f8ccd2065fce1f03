"""The disk is full, may not be written, or holds another version's store: it is told, and nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers.jobs import let_all_reach, nobody
from tests.helpers.vault import keep_visit, passphrase_keys, utterance, vault_in
from voicedoc.errors import KeyRefused, StoreError
from voicedoc.store.backup import MANIFEST, back_up, restore
from voicedoc.store.database import shipped_schema

pytestmark = pytest.mark.unit

LIMITED = """
import resource, sys
from pathlib import Path
from tests.helpers.vault import *
from voicedoc.errors import StoreError

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
with vault_in(folder) as vault:
    with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        session.journal.order(["segment"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited[1]))
        for number in range(1, 10_000):
            try:
                session.journal.append(utterance(number), "segment")
            except StoreError as error:
                print(number, error, "|", error.remedy, flush=True)
                break
        if sys.argv[3] == "room again":
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
            session.journal.append(utterance(number + 1), "segment")
            session.journal.append(closed(number + 1.0))
            session.journal.seal()
        else:
            try:
                session.journal.seal()
            except StoreError as error:
                print("not sealed:", error, flush=True)
"""


def limited(folder: Path, limit: int, then: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, folder, str(limit), then],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stderr == ""
    return int(done.stdout.split(maxsplit=1)[0]), done.stdout


@pytest.mark.parametrize("limit", [150_000, 700_000])
def test_a_full_disk_is_told_and_what_was_appended_before_is_there(limit: int, tmp_path: Path) -> None:
    failed_at, output = limited(tmp_path, limit, "no room")
    assert "cannot use" in output
    assert "free space" in output
    assert "not sealed" in output
    with vault_in(tmp_path) as vault:
        (session,) = vault.unfinished()
        numbers = [event.utterance for event in vault.read(session.id)]  # type: ignore[attr-defined]
        assert numbers == list(range(1, failed_at)), "all that were acknowledged, and no half one"
        vault.close_crashed(session.id)
        assert vault.check() == []


def test_what_found_no_room_is_written_when_there_is_room_again(tmp_path: Path) -> None:
    failed_at, _ = limited(tmp_path, 300_000, "room again")
    with vault_in(tmp_path) as vault:
        (session,) = vault.sessions()
        assert session.state == "closed"
        *events, _ = vault.read(session.id)
        numbers = [event.utterance for event in events]  # type: ignore[attr-defined]
        assert numbers == list(range(1, failed_at + 2))


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with vault_in(tmp_path / "store") as vault:
        session = keep_visit(vault)
    let_all_reach(tmp_path)
    for path in [tmp_path / "store", *(tmp_path / "store").rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for folder in (tmp_path / "store", tmp_path / "new"):
        with nobody(), pytest.raises(StoreError) as caught:
            vault_in(folder)
        assert "VOICEDOC_SESSIONS" in caught.value.remedy
    with vault_in(tmp_path / "store") as vault:
        assert len(vault.read(session)) == 7


# --- versions


MORE = """
-- What a later version might add.
ALTER TABLE sessions ADD COLUMN room TEXT NOT NULL DEFAULT 'unknown';
CREATE TRIGGER rooms_have_names BEFORE UPDATE OF room ON sessions WHEN NEW.room = ''
BEGIN
    SELECT RAISE(ABORT, 'a room has a name; or not');
END;
"""

BROKEN = "CREATE TABLE half (a);\nINSERT INTO nowhere VALUES (1);\n"


def pragma(folder: Path, name: str) -> int:
    connection = sqlite3.connect(folder / "sessions.db")
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    connection.close()
    return value


def test_a_store_of_an_older_version_is_brought_up_to_date_with_all_that_is_in_it(tmp_path: Path) -> None:
    first, *_ = shipped_schema()
    with vault_in(tmp_path, schema=(first,)) as vault:
        session, unfinished = keep_visit(vault), keep_visit(vault, sealed=False)
        before, trail = vault.read(session), vault.audit()
    assert pragma(tmp_path, "user_version") == 1
    with vault_in(tmp_path, schema=(*shipped_schema(), MORE)) as vault:
        assert vault.read(session) == before
        assert [each.id for each in vault.unfinished()] == [unfinished]
        assert vault.audit()[: len(trail)] == trail
        keep_visit(vault)
        assert vault.check() == []
    assert pragma(tmp_path, "user_version") == len(shipped_schema()) + 1
    connection = sqlite3.connect(tmp_path / "sessions.db")
    assert connection.execute("SELECT DISTINCT room FROM sessions").fetchall() == [("unknown",)]
    with pytest.raises(sqlite3.IntegrityError, match="or not"):
        connection.execute("UPDATE sessions SET room = ''")
    connection.close()


def test_an_update_that_fails_changes_nothing(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        vault_in(tmp_path, schema=(*shipped_schema(), BROKEN))
    assert pragma(tmp_path, "user_version") == len(shipped_schema())
    with vault_in(tmp_path) as vault:
        assert len(vault.read(session)) == 7


def test_a_store_of_a_newer_version_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    with vault_in(tmp_path, schema=(*shipped_schema(), MORE)) as vault:
        keep_visit(vault)
    content = (tmp_path / "sessions.db").read_bytes()
    with pytest.raises(StoreError, match="written by a newer VoiceDoc") as caught:
        vault_in(tmp_path)
    assert "update VoiceDoc" in caught.value.remedy
    assert (tmp_path / "sessions.db").read_bytes() == content


# --- backups


def test_a_backup_brings_back_everything(tmp_path: Path) -> None:
    with vault_in(tmp_path / "store") as vault:
        session, other = keep_visit(vault), keep_visit(vault, sealed=False)
        events, trail = vault.read(session), vault.audit()
        with vault.begin(doctor="en", patient="pt", profile="scripted") as running:
            running.journal.append(utterance(1))
            assert back_up(vault, tmp_path / "backup", passphrase_keys()) == 3
        assert vault.audit()[-1].action == "found-unfinished"
    shutil.rmtree(tmp_path / "store")
    restore(tmp_path / "backup", tmp_path / "store")
    with vault_in(tmp_path / "store") as vault:
        assert vault.read(session) == events
        assert vault.read(running.id) == [utterance(1)]
        assert {each.id for each in vault.unfinished()} == {other, running.id}
        assert vault.audit()[: len(trail)] == trail
        assert vault.check() == []
        folder, cipher = vault.sound(session)
        assert cipher.open((folder / "000002.chunk").read_bytes(), b"audio 2")


def test_a_backup_with_a_passphrase_of_its_own_opens_with_that_one_only(tmp_path: Path) -> None:
    with vault_in(tmp_path / "store") as vault:
        session = keep_visit(vault)
        back_up(vault, tmp_path / "backup", passphrase_keys(), "for the safe in the cellar")
    assert sorted(path.name for path in (tmp_path / "backup").iterdir()) == ["audio", MANIFEST, "sessions.db"]
    restore(tmp_path / "backup", tmp_path / "new")
    with vault_in(tmp_path / "new", "for the safe in the cellar") as vault:
        assert len(vault.read(session)) == 7
    with vault_in(tmp_path / "new") as vault, pytest.raises(KeyRefused):
        vault.read(session)
    with vault_in(tmp_path / "store") as vault:
        assert len(vault.read(session)) == 7


def test_a_backup_never_replaces_anything(tmp_path: Path) -> None:
    with vault_in(tmp_path / "store") as vault:
        keep_visit(vault)
        (tmp_path / "backup").mkdir()
        (tmp_path / "backup" / "precious").touch()
        with pytest.raises(StoreError, match="not empty"):
            back_up(vault, tmp_path / "backup", passphrase_keys())
        (tmp_path / "backup" / "precious").unlink()
        back_up(vault, tmp_path / "backup", passphrase_keys())
        with pytest.raises(StoreError, match="not empty"):
            restore(tmp_path / "backup", tmp_path / "store")
        assert len(vault.sessions()) == 1


@pytest.mark.parametrize("name", ["sessions.db", "audio/{session}/000001.chunk", MANIFEST])
@pytest.mark.parametrize("how", ["gone", "changed"])
def test_a_damaged_backup_is_told_before_anything_is_made(name: str, how: str, tmp_path: Path) -> None:
    with vault_in(tmp_path / "store") as vault:
        session = keep_visit(vault)
        back_up(vault, tmp_path / "backup", passphrase_keys())
    path = tmp_path / "backup" / name.format(session=session)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(StoreError, match=r"damaged or missing|not a backup"):
        restore(tmp_path / "backup", tmp_path / "new")
    assert {each.name for each in tmp_path.iterdir()} == {"store", "backup"}


def test_a_backup_for_which_there_is_no_room_leaves_nothing_that_looks_like_one(tmp_path: Path) -> None:
    with vault_in(tmp_path / "store") as vault:
        keep_visit(vault, n_utterances=60)
    code = (
        "import resource, sys; from pathlib import Path; from tests.helpers.vault import *\n"
        "from voicedoc.store.backup import back_up; from voicedoc.errors import StoreError\n"
        "vault = vault_in(Path(sys.argv[1]) / 'store')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: back_up(vault, Path(sys.argv[1]) / 'backup', passphrase_keys())\n"
        "except StoreError as error: print(error, '|', error.remedy)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "free space" in done.stdout, done.stdout + done.stderr
    assert {each.name for each in tmp_path.iterdir()} == {"store"}
