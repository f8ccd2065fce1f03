"""The session store: what is appended is there, in order, sealed; sessions end, or are found where they broke off."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.helpers.vault import (
    MARKER,
    Calendar,
    closed,
    consented,
    keep_visit,
    opened,
    transcript,
    utterance,
    vault_in,
)
from voicedoc.core.events import (
    Event,
    Frame,
    RoleAssigned,
    SessionClosed,
    SessionOpened,
    TranscriptPartial,
    Utterance,
)
from voicedoc.core.journal import Journal, read_journal, write_lines
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.errors import ConfigError, JournalError, StoreBusy, StoreError
from voicedoc.run import Run
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.store.audit import broken_at
from voicedoc.store.cipher import AesGcm, new_key
from voicedoc.store.vault import Vault, sessions_folder

pytestmark = pytest.mark.unit


# --- the journal


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from(["utterance", "transcript", "partial"])), min_size=1, max_size=30
    )
)
def test_the_store_and_the_file_keep_the_same_journal(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("journals")
    make = {"utterance": utterance, "transcript": transcript, "partial": partial_of}
    stages = {"utterance": "segment", "transcript": "recognize", "partial": "recognize"}
    with Journal(folder / "journal.jsonl") as file, vault_in(folder / "store") as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            for sink in (file, session.journal):
                sink.order(["segment", "recognize"])
                sink.append(opened())
                for number, kind in said:
                    sink.append(make[kind](number), stages[kind])
                sink.append(closed(9.0))
                sink.seal()
        assert vault.read(session.id) == read_journal(file.path)
        write_lines(folder / "exported.jsonl", vault.lines(session.id))
    assert (folder / "exported.jsonl").read_bytes() == file.path.read_bytes()


def partial_of(number: int) -> TranscriptPartial:
    return TranscriptPartial(
        at=float(number),
        utterance=UtteranceId(number),
        channel=0,
        revision=0,
        language="pt",
        stable="Eu",
        unstable="tomo",
    )


@dataclass(frozen=True)
class Speaks:
    """A source that says what it is given."""

    events: tuple[Event, ...]

    name: ClassVar[str] = "segment"
    consumes: ClassVar[Kinds] = frozenset()
    emits: ClassVar[Kinds] = frozenset({Utterance})

    async def run(self, inbox: AsyncIterable[Any], emit: Emit) -> None:
        for event in self.events:
            await emit(event)


@pytest.mark.anyio
async def test_a_run_keeps_its_events_in_the_store(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            await Run().through([Speaks((utterance(1), utterance(2)))], session.journal, opened())  # type: ignore[arg-type]
        first, _dated, *said, end = vault.read(session.id)
        assert isinstance(first, SessionOpened)
        assert said == [utterance(1), utterance(2)]
        assert end == SessionClosed(at=2.0, reason="finished", n_utterances=2)
        assert vault.find(session.id).state == "closed"


@pytest.mark.anyio
async def test_an_utterance_that_was_reopened_counts_once(tmp_path: Path) -> None:
    said = (utterance(1), replace(utterance(1), at=1.5, revision=1), utterance(2))
    with vault_in(tmp_path) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            await Run().through([Speaks(said)], session.journal, opened())  # type: ignore[arg-type]
        assert vault.read(session.id)[-1] == SessionClosed(at=2.0, reason="finished", n_utterances=2)


def test_events_that_only_flow_are_not_kept(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            session.journal.append(Frame(at=0.1, channel=0, first_sample=0, samples=None))  # type: ignore[arg-type]
        assert vault.read(session.id) == []


def test_nothing_that_was_said_lies_readable_on_the_disk(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        assert MARKER in str(vault.read(session))
    vault = vault_in(tmp_path)
    running = vault.begin(doctor="en", patient="pt", profile="scripted")
    running.journal.append(transcript(1))
    found = subprocess.run(
        ["grep", "-rlaE", f"{MARKER}|Gravamos|We record", tmp_path], capture_output=True, check=False
    )
    running.close()
    vault.close()
    assert (found.returncode, found.stdout) == (1, b""), "with the log still beside the database"


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    with vault_in(tmp_path / "sessions") as vault:
        session = keep_visit(vault)
        modes = {
            path: path.stat().st_mode & 0o077 for path in [tmp_path / "sessions", *vault.folder.glob("sessions.db*")]
        }
        assert vault.sound(session).folder.stat().st_mode & 0o077 == 0
    assert len(modes) >= 3, "the log too"
    assert set(modes.values()) == {0}


def test_consent_is_kept_with_the_journal_and_can_be_listed_without_a_key(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        keep_visit(vault)
    with vault_in(tmp_path, None) as vault:
        (session,) = vault.sessions()
        assert session.agreed is True
        assert (session.doctor, session.patient, session.n_lines) == ("en", "pt", 7)


def test_a_session_without_consent_says_so(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted"):
            pass
        assert vault.find("last").agreed is None


# --- a session's life


def test_a_session_is_open_then_closed(tmp_path: Path) -> None:
    calendar = Calendar()
    with vault_in(tmp_path, now=calendar) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            assert vault.find(session.id).state == "open"
            assert (session.part, session.heard, session.last_utterance) == (1, 0.0, 0)
            session.journal.append(utterance(3), "segment")
            session.journal.append(closed(3.0, reason="interrupted"))
            session.journal.seal()
        found = vault.find(session.id[:4])
        assert (found.state, found.reason, found.seconds) == ("closed", "interrupted", 3.0)
        assert found.began == found.ended == "2026-01-31T09:00:00+00:00"
        assert vault.unfinished() == []


def test_a_session_that_could_not_be_sealed_is_unfinished_and_can_be_closed(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault, sealed=False)
        assert [each.id for each in vault.unfinished()] == [session]
        vault.close_crashed(session, heard=7.5)
        assert vault.unfinished() == []
        assert vault.read(session)[-1] == SessionClosed(at=7.5, reason="failed", n_utterances=2)
        vault.close_crashed(session)
        assert sum(isinstance(event, SessionClosed) for event in vault.read(session)) == 1


@pytest.mark.parametrize("sealed", [False, True])
def test_a_session_can_be_continued_and_its_parts_stay_in_order(tmp_path: Path, sealed: bool) -> None:
    with vault_in(tmp_path) as vault:
        first = keep_visit(vault, sealed=sealed)
        before = vault.read(first)
        with vault.resume(first) as session:
            assert (session.part, session.heard, session.last_utterance) == (2, 2.0, 2)
            session.journal.append(opened())
            session.journal.append(utterance(3), "segment")
            session.journal.append(closed(3.0, 3))
            session.journal.seal()
        events = vault.read(first)
        assert events == [*before, opened(), utterance(3), closed(3.0, 3)]
        assert vault.find(first).parts == 2
        write_lines(tmp_path / "exported.jsonl", vault.lines(first))
    assert read_journal(tmp_path / "exported.jsonl") == events


def test_what_a_person_says_afterwards_comes_before_the_end(tmp_path: Path) -> None:
    named = RoleAssigned(
        at=0.0, speaker="S1", role=Role.PATIENT, confidence=1.0, reasons=("given by hand",), name="Ana"
    )
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        vault.amend(session, [named])
        *_, last, end = vault.read(session)
        assert isinstance(last, RoleAssigned)
        assert (last.name, last.at) == ("Ana", 2.0)
        assert isinstance(end, SessionClosed)
        with vault.begin(doctor="en", patient="pt", profile="scripted") as running, pytest.raises(StoreBusy):
            vault.amend(running.id, [named])


def test_sessions_are_found_by_the_beginning_of_their_id(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        with pytest.raises(ConfigError, match="no session 'last'"):
            vault.find("last")
        first, second = keep_visit(vault), keep_visit(vault)
        assert vault.find("last").id == second
        assert [each.id for each in vault.sessions()] == [second, first]
        assert vault.find(first.upper()).id == first
        with pytest.raises(ConfigError, match="no session 'zz'") as caught:
            vault.find("zz")
        assert first in caught.value.remedy
        with pytest.raises(ConfigError):
            vault.find("")
        with pytest.raises(ConfigError, match="no session 'zz'"):
            vault.read("zz")


def test_the_store_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "here"))
    assert sessions_folder() == tmp_path / "here"
    monkeypatch.delenv("VOICEDOC_SESSIONS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert sessions_folder() == tmp_path / "voicedoc" / "sessions"


# --- death

DYING = """
import sys
from pathlib import Path
from tests.helpers.vault import *

with vault_in(Path(sys.argv[1])) as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as session:
    session.journal.order(["segment", "recognize"])
    session.journal.append(opened())
    session.journal.append(consented())
    print(session.id, flush=True)
    for number in range(1, 1_000_000):
        session.journal.append(utterance(number), "segment")
        session.journal.append(transcript(number), "recognize")
        print(number, flush=True)
"""


@pytest.mark.parametrize("n_said", [0, 1, 40, 333])
def test_a_killed_session_has_everything_that_was_appended(n_said: int, tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", DYING, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    session = process.stdout.readline().strip()
    with vault_in(tmp_path) as vault:
        assert vault.find(session).state == "open"
        assert vault.unfinished() == []
        with pytest.raises(StoreBusy, match="a process is at session"):
            vault.resume(session)
        told = [process.stdout.readline() for _ in range(n_said)]
        process.send_signal(signal.SIGKILL)
        n_told = len(told) + len(process.stdout.read().splitlines())
        process.wait()
        process.stdout.close()
        (found,) = vault.unfinished()
        events = vault.read(session)
        assert events[:2] == [opened(), consented()]
        n_kept = (len(events) - 2) // 2
        assert n_kept >= n_told
        expected = [event for number in range(1, n_kept + 2) for event in (utterance(number), transcript(number))]
        assert events[2:] == expected[: len(events) - 2], "a whole beginning of what was said, without gaps"
        assert vault.check() == []
        with vault.resume(found.id) as again:
            assert again.last_utterance in (n_kept, n_kept + 1)
            again.journal.append(closed(again.heard))
            again.journal.seal()
        assert vault.find(session).state == "closed"


def test_a_child_that_outlives_a_killed_session_does_not_keep_it_open(tmp_path: Path) -> None:
    code = """
import os, signal, sys, time
from pathlib import Path
from tests.helpers.vault import *
session = vault_in(Path(sys.argv[1])).begin(doctor="en", patient="pt", profile="scripted")
child = os.fork()
if not child:
    print(os.getpid(), flush=True)
    time.sleep(60)
    os._exit(0)
time.sleep(0.5)
os.kill(os.getpid(), signal.SIGKILL)
"""
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    child = int(process.stdout.readline())
    process.wait()
    with vault_in(tmp_path) as vault:
        assert len(vault.unfinished()) == 1
    subprocess.run(["kill", "-9", str(child)], check=True)
    process.stdout.close()


def test_two_processes_may_keep_sessions_at_once(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.helpers.vault import *\n" + (
        "print(keep_visit(vault_in(Path(sys.argv[1])), n_utterances=200, audio=False))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ids = {process.communicate()[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    with vault_in(tmp_path) as vault:
        assert {each.id for each in vault.sessions()} == ids
        assert [len(vault.read(session)) for session in ids] == [403] * 3
        assert broken_at(vault.audit()) is None


def test_a_writer_that_is_in_the_way_for_a_moment_costs_no_line_and_no_wait(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            other = sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            session.journal.append(utterance(1), "segment")
            session.journal.append(utterance(2), "segment")
            assert other.execute("SELECT count(*) FROM lines").fetchone()[0] == 0
            other.execute("ROLLBACK")
            other.close()
            session.journal.append(utterance(3), "segment")
        assert vault.read(session.id) == [utterance(1), utterance(2), utterance(3)]


def test_lines_that_waited_are_written_without_a_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicedoc.store.stored_journal.UPKEEP_EVERY", 0.02)
    with vault_in(tmp_path) as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        other = sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        session.journal.append(utterance(1), "segment")
        other.execute("ROLLBACK")
        arrived = threading.Event()
        for _ in range(200):
            if other.execute("SELECT count(*) FROM lines").fetchone()[0] == 1:
                arrived.set()
                break
            threading.Event().wait(0.02)
        other.close()
        assert arrived.is_set()


def test_the_log_does_not_grow_with_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicedoc.store.stored_journal.UPKEEP_EVERY", 0.02)
    monkeypatch.setattr("voicedoc.store.stored_journal.LONG_LOG", 200_000)
    log = tmp_path / "sessions.db-wal"
    with vault_in(tmp_path) as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        for number in range(1, 3000):  # without upkeep they make a log of 24 MB
            session.journal.append(utterance(number), "segment")
        for number in range(3000, 4000):
            session.journal.append(utterance(number), "segment")
            if log.stat().st_size < 2_000_000:
                break
            threading.Event().wait(0.03)
        assert log.stat().st_size < 2_000_000


def test_the_last_line_and_the_end_of_a_session_are_written_together(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        session.journal.append(utterance(1), "segment")
        session.journal.append(closed(1.0))
        assert vault.read(session.id) == [utterance(1)], "a death now leaves it without an end, to be closed once"
        session.journal.seal()
        assert vault.read(session.id) == [utterance(1), closed(1.0)]


def test_the_end_of_a_session_waits_for_another_writer(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            other = sqlite3.connect(tmp_path / "sessions.db", isolation_level=None, check_same_thread=False)
            other.execute("BEGIN IMMEDIATE")
            threading.Timer(0.4, lambda: other.execute("ROLLBACK")).start()
            session.journal.append(closed(1.0))
            session.journal.seal()
            other.close()
        assert vault.find(session.id).state == "closed"
        assert vault.read(session.id) == [closed(1.0)]


def test_a_vault_may_be_asked_from_other_threads_while_a_session_runs(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
            lengths: list[int] = []
            asking = [
                threading.Thread(target=lambda: lengths.extend(len(vault.read(session.id)) for _ in range(20)))
                for _ in range(3)
            ]
            for thread in asking:
                thread.start()
            for number in range(1, 200):
                session.journal.append(utterance(number), "segment")
            for thread in asking:
                thread.join()
        assert len(lengths) == 60
        assert len(vault.read(session.id)) == 199
        assert broken_at(vault.audit()) is None


# --- sealing


@given(st.binary(max_size=300), st.binary(max_size=20), st.data())
def test_what_is_sealed_opens_in_its_place_and_unchanged_only(plain: bytes, place: bytes, data: st.DataObject) -> None:
    cipher = AesGcm(new_key())
    sealed = cipher.seal(plain, place)
    assert cipher.open(sealed, place) == plain
    assert cipher.seal(plain, place) != sealed
    with pytest.raises(StoreError):
        cipher.open(sealed, place + b"x")
    with pytest.raises(StoreError):
        AesGcm(new_key()).open(sealed, place)
    index = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(StoreError):
        cipher.open(sealed[:index] + bytes([sealed[index] ^ 1]) + sealed[index + 1 :], place)
    with pytest.raises(StoreError):
        cipher.open(sealed[:index], place)


def test_a_cipher_serves_several_threads_at_once() -> None:
    cipher, wrong = AesGcm(new_key()), []

    def work(name: bytes) -> None:
        for number in range(2000):
            plain = name * (number % 50)
            if cipher.open(cipher.seal(plain, name), name) != plain:
                wrong.append(name)

    threads = [threading.Thread(target=work, args=(b"%d" % number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# --- damage


def tamper(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / "sessions.db", isolation_level=None)
    connection.execute(sql)
    connection.close()


TAMPERING = {
    "changed": "UPDATE lines SET sealed = zeroblob(length(sealed)) WHERE number = 4",
    "moved": "UPDATE lines SET sealed = (SELECT sealed FROM lines WHERE number = 5) WHERE number = 4",
    "missing": "DELETE FROM lines WHERE number = 4",
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_a_damaged_line_is_named_and_the_others_can_be_salvaged(kind: str, tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        whole = vault.lines(session)
    tamper(tmp_path, TAMPERING[kind])
    with vault_in(tmp_path) as vault:
        with pytest.raises(StoreError, match="line 4") as caught:
            vault.read(session)
        assert "backup" in caught.value.remedy
        salvaged = vault.salvage(session)
        assert [line for line in whole if line not in salvaged.lines] == [whole[3]]
        assert len(salvaged.damaged) == 1
        assert vault.check() == list(salvaged.damaged)


def test_lines_that_are_taken_from_the_end_of_a_closed_session_are_missed(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
    tamper(tmp_path, "DELETE FROM lines WHERE number >= 6")
    with vault_in(tmp_path) as vault:
        with pytest.raises(StoreError, match="5 of its 7 lines"):
            vault.read(session)
        assert len(vault.salvage(session).lines) == 5


@pytest.mark.parametrize("content", [b"not a database at all, " * 500, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_file_that_is_no_database_is_told_and_left_alone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "sessions.db").write_bytes(content)
    with pytest.raises(StoreError, match="cannot use") as caught:
        Vault(tmp_path)
    assert "restore" in caught.value.remedy
    assert (tmp_path / "sessions.db").read_bytes() == content


def test_somebody_elses_database_is_told_and_left_alone(tmp_path: Path) -> None:
    tamper(tmp_path, "CREATE TABLE recipes (title TEXT)")
    content = (tmp_path / "sessions.db").read_bytes()
    with pytest.raises(StoreError, match="not a session store"):
        Vault(tmp_path)
    assert (tmp_path / "sessions.db").read_bytes() == content


# --- audit


def test_every_deed_leaves_an_entry_and_none_of_what_was_said(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        vault.read(session)
        vault.purge(session)
        trail = vault.audit()
        assert [entry.action for entry in trail] == ["key-made", "began", "closed", "read", "purged"]
        assert {entry.session for entry in trail[1:]} == {session}
        assert all(entry.who for entry in trail)
        assert MARKER not in str(trail)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET who = 'somebody else' WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit WHERE number = 1",
    ],
)
def test_a_trail_that_was_changed_is_found_out(sql: str, tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        keep_visit(vault)
        assert broken_at(vault.audit()) is None
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tamper(tmp_path, sql)
    for trigger in ("audit_is_never_changed", "audit_is_never_shortened"):
        tamper(tmp_path, f"DROP TRIGGER {trigger}")
    tamper(tmp_path, sql)
    with vault_in(tmp_path) as vault:
        assert broken_at(vault.audit()) in (1, 2)
        assert "audit trail" in vault.check()[0]


def test_an_event_of_a_newer_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        monkeypatch.setattr("voicedoc.core.journal.event_types", lambda: {"SessionOpened": SessionOpened})
        with pytest.raises(JournalError, match=f"session {session} has an event"):
            vault.read(session)
