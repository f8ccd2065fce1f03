"""Review through the office's own process: the store is opened there, and everything crosses the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.recordings import Stage
from voicedoc_desktop.viewmodels.recordings import RecordingsViewModel
from voicedoc_desktop.viewmodels.review import ReviewViewModel

from tests.helpers.jobs import check_finished, scripted_profile
from tests.helpers.sounds import write_bursts
from tests.helpers.transcripts import consultation_events
from voicedoc.store.keys import Keys
from voicedoc.store.vault import Vault

pytestmark = pytest.mark.unit

PATIENCE = 60_000
"""Milliseconds that a test waits on a busy machine."""


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose processes find the store of this test."""
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "store"))
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", "correct horse battery")
    desk = Desk()
    yield desk
    desk.close()


@pytest.fixture
def session(office: Desk, tmp_path: Path) -> str:
    del office
    with Vault(tmp_path / "store", Keys.from_environment()) as vault:
        with vault.begin(doctor="en", patient="pt", profile="scripted") as begun:
            for event in consultation_events():
                begun.journal.append(event)
            begun.journal.seal()
        return begun.id


def wait(qtbot: QtBot, until: Any) -> None:
    qtbot.waitUntil(until, timeout=PATIENCE)


def test_a_stored_session_is_opened_corrected_noted_and_destroyed(
    qtbot: QtBot, office: Desk, session: str, tmp_path: Path
) -> None:
    model = ReviewViewModel(office, SettingsStore(tmp_path / "desktop.toml"))
    model.arrive(Go(Place.REVIEW, session=session))
    wait(qtbot, lambda: model.state.opened is not None and not model.state.is_listing)
    assert [one.id for one in model.state.sessions] == [session]
    model.editor = "Ana Silva"
    model.correct(7, "pt", "Não, nenhuma.")
    wait(qtbot, lambda: model.state.opened is not None and model.state.opened.n_corrections == 1)
    model.draft()
    wait(qtbot, lambda: model.state.page is not None)
    model.sign("Dr Ana Silva")
    wait(qtbot, lambda: model.state.page is not None and model.state.page.state == "signed")
    with qtbot.waitSignal(model.exported, timeout=PATIENCE) as made:
        model.export(str(tmp_path / "out"), ("pdf", "md"), sound=False)
    assert {"transcript.pdf", "transcript.md", "journal.jsonl"} <= set(made.args[0].files)
    assert "nenhuma" in (tmp_path / "out" / "transcript.md").read_text("utf-8")
    assert (tmp_path / "out" / "transcript.pdf").read_bytes().startswith(b"%PDF")
    model.purge()
    wait(qtbot, lambda: model.state.opened is None and not model.state.sessions)


def test_a_recording_that_is_dropped_is_transcribed_and_opens_in_review(
    qtbot: QtBot, office: Desk, tmp_path: Path
) -> None:
    settings = SettingsStore(tmp_path / "desktop.toml")
    model = RecordingsViewModel(office, settings)
    recording = write_bursts(tmp_path / "visit.wav", n=2)
    model.arrive(Go(Place.RECORDINGS))
    wait(qtbot, lambda: model.choices is not None)
    model.change(profile=str(scripted_profile(tmp_path).path), out=str(tmp_path / "out"), formats=("json", "md"))
    model.add((str(recording), str(tmp_path / "no such file.wav")))
    wait(qtbot, lambda: bool(model.state.items) and model.state.items[0].stage is Stage.DONE)
    assert "no such file" in model.state.problem
    item = model.state.items[0]
    check_finished(Path(item.folder))
    review = ReviewViewModel(office, settings)
    model.wants.connect(review.arrive)
    model.open(item.path)
    wait(qtbot, lambda: review.state.opened is not None)
    assert review.state.opened is not None and review.state.opened.has_sound
    assert review.state.opened.rows
