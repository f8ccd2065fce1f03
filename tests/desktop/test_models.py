"""Models: fetched one after another, verified, removed; and the office's work on a store of small ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.models import ModelsState, Work, size_text, waiting_for, working
from voicedoc_desktop.tasks import models as tasks
from voicedoc_desktop.tasks.models import (
    ListModels,
    PullModel,
    PullStopped,
    Removed,
    RemoveModel,
    Verified,
    VerifyModel,
)
from voicedoc_desktop.views import models as models_view

from tests.desktop.conftest import ScriptedDesk
from tests.desktop.office import Office
from tests.desktop.screens import Studio
from tests.desktop.work_screens import ROWS, models
from voicedoc.core.cards import Card, FolderSource, ModelFile
from voicedoc.errors import ModelCorrupt, ModelError
from voicedoc.store.models import ModelStore
from voicedoc.store.verified import sha256_of

pytestmark = pytest.mark.unit


@pytest.fixture
def studio(desk: ScriptedDesk, tmp_path: Path) -> Studio:
    return Studio(desk, SettingsStore(tmp_path / "desktop.toml"), tmp_path)


# --- pure


def test_what_is_lacking_is_what_a_profile_needs_and_nobody_fetches() -> None:
    state = ModelsState(rows=ROWS, profile="workstation")
    assert [row.name for row in state.shown] == ["silero-vad", "whisper-large-v3-turbo"]
    assert [row.name for row in state.lacking] == ["whisper-large-v3-turbo"]
    assert state.bytes_lacking == 1_620_000_000
    assert waiting_for(state, ["whisper-large-v3-turbo"]).lacking == ()
    assert working(state, "whisper-large-v3-turbo", Work("pull")).lacking == ()


def test_models_wait_once_however_often_they_are_asked_for() -> None:
    state = waiting_for(waiting_for(ModelsState(rows=ROWS), ["a", "b"]), ["b", "a"])
    assert state.wanted == ("a", "b")


def test_sizes_are_for_people() -> None:
    assert [size_text(size) for size in (None, 17_100_000, 1_620_000_000)] == ["?", "17.1 MB", "1.62 GB"]


# --- the screen


def test_models_are_fetched_one_after_another(qtbot: QtBot, studio: Studio) -> None:
    model, view = models(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(model.state.rows))
    model.pull(["whisper-large-v3-turbo", "opus-mt-en-es"])
    assert [task.name for task in studio.desk.tasks(PullModel)] == ["whisper-large-v3-turbo"]
    card = view._cards["whisper-large-v3-turbo"]
    studio.desk.job(PullModel).tell(Work("pull", "wheel", 405_000_000, 1_620_000_000), Work("pull", note="a line"))
    assert card.bar.value() == 250
    assert model.state.work["whisper-large-v3-turbo"].note == "a line"
    studio.desk.job(PullModel).finish(replace(ROWS[2], state="installed"))
    assert card.badge.accessibleName() == "there"
    assert [task.name for task in studio.desk.tasks(PullModel)][1:] == ["opus-mt-en-es"]
    studio.desk.job(PullModel).fail("no network", "check the network", "SourceFailed")
    assert not model.state.told["opus-mt-en-es"].is_good
    assert not model.state.work


def test_a_download_can_be_stopped_and_begun_again(qtbot: QtBot, studio: Studio) -> None:
    model, view = models(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(model.state.rows))
    model.pull(["whisper-large-v3-turbo", "opus-mt-en-es"])
    model.stop("opus-mt-en-es")
    assert model.state.wanted == ()
    model.stop("whisper-large-v3-turbo")
    job = studio.desk.job(PullModel)
    assert job.is_stopped
    job.fail("the download was stopped", "", "PullStopped")
    assert "kept" in model.state.told["whisper-large-v3-turbo"].text
    view._cards["whisper-large-v3-turbo"].pull.click()
    assert len(studio.desk.tasks(PullModel)) == 2


@pytest.mark.parametrize("accepts", [True, False])
def test_a_licence_that_is_not_settled_is_accepted_first(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch, accepts: bool
) -> None:
    model, view = models(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(model.state.rows))
    monkeypatch.setattr(models_view, "asked", lambda question: accepts)
    view._cards["hibari-en"].pull.click()
    assert studio.desk.tasks(PullModel) == ([PullModel("hibari-en", accepts=True)] if accepts else [])


def test_all_that_a_profile_lacks_is_fetched_at_once(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, view = models(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(model.state.rows))
    monkeypatch.setattr(models_view, "asked", lambda question: False)
    view.profile.chosen.emit("embedded")
    assert view.lacking.isVisibleTo(view)
    view.pull_all.click()
    assert studio.desk.tasks(PullModel) == []
    view.profile.chosen.emit("workstation")
    view.pull_all.click()
    assert [task.name for task in studio.desk.tasks(PullModel)] == ["whisper-large-v3-turbo"]


def test_verifying_and_removing_say_what_came_of_it(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, view = models(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(model.state.rows))
    card = view._cards["whisper-base"]
    card.verify.click()
    assert not card.verify.isVisibleTo(view)
    studio.desk.job(VerifyModel).finish(Verified(replace(ROWS[1], state="damaged"), 4, ("model.bin: is missing",)))
    assert not model.state.told["whisper-base"].is_good and card.badge.accessibleName() == "damaged"
    monkeypatch.setattr(models_view, "asked", lambda question: True)
    card.remove.click()
    studio.desk.job(RemoveModel).finish(Removed(replace(ROWS[1], state="missing"), 148_000_000))
    assert "148.0 MB" in model.state.told["whisper-base"].text
    assert not card.remove.isVisibleTo(view)


def test_what_comes_with_a_library_is_neither_fetched_nor_removed(qtbot: QtBot, studio: Studio) -> None:
    model, view = models(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(model.state.rows))
    card = view._cards["silero-vad"]
    assert not card.remove.isVisibleTo(view) and not card.pull.isVisibleTo(view)
    assert card.verify.isVisibleTo(view)


# --- the office's work


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    """A store that knows one small model, which lies in a folder."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "weights.bin").write_bytes(b"0123456789" * 100)
    card = Card(
        name="tiny", role="speak", backend="scripted", description="Small.", languages=("en",), licence="not stated",
        provenance="made here", files=(ModelFile("weights.bin", 1000, sha256_of(source / "weights.bin")),),
        sources=(FolderSource(str(source)),), confirm_licence=True,
    )  # fmt: skip
    made = ModelStore(tmp_path / "models", {"tiny": card})
    monkeypatch.setattr(tasks, "_store", lambda: made)
    return made


def test_a_model_is_fetched_verified_and_removed(store: ModelStore, tmp_path: Path) -> None:
    office = Office(tmp_path)
    (row,) = ListModels().run(office)
    assert (row.state, row.asks, row.size) == ("missing", True, 1000)
    with pytest.raises(ModelError, match="confirmed"):
        PullModel("tiny").run(office)
    assert PullModel("tiny", accepts=True).run(office).state == "installed"
    assert VerifyModel("tiny").run(office).damaged == ()
    weights = store.path("tiny") / "weights.bin"
    weights.chmod(0o644)
    weights.write_bytes(b"9" * 1000)
    found = VerifyModel("tiny").run(office)
    assert found.damaged == ("weights.bin: has another sha256",) and found.n_files == 1
    assert PullModel("tiny", force=True).run(office).state == "installed"
    assert VerifyModel("tiny").run(office).damaged == ()
    gone = RemoveModel("tiny").run(office)
    assert gone.row.state == "missing" and gone.freed == 1000


def test_a_model_whose_source_has_changed_is_not_installed(store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "source" / "weights.bin").write_bytes(b"x" * 1000)
    with pytest.raises(ModelCorrupt):
        PullModel("tiny", accepts=True).run(Office(tmp_path))
    assert ListModels().run(Office(tmp_path))[0].state == "missing"


def test_a_pull_that_nobody_wants_any_more_breaks_off(tmp_path: Path) -> None:
    office = Office(tmp_path)
    telling = tasks._Telling(office)
    telling.advance("wheel", 1, 2)
    assert office.told == [Work("pull", "wheel", 1, 2)]
    office.stopped.set()
    with pytest.raises(PullStopped):
        telling.advance("wheel", 2, 2)


def test_every_shipped_profile_is_named_at_the_models_that_it_uses(tmp_path: Path) -> None:
    rows = {row.name: row for row in ListModels().run(Office(tmp_path))}
    assert "embedded" in rows["whisper-base"].profiles
    assert rows["whisper-base"].licence
