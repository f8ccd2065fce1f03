"""The engine dies in mid-visit: the window stays, says so, and one press goes on with the session."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.process.task import DIED
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.visit_plan import VisitPlan
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import Stage

from tests.helpers.desktop_visit import GuardedVisit, file_sound, scripted_profile
from tests.helpers.vault import PASSPHRASE, vault_in
from voicedoc.core.commands import Command

pytestmark = pytest.mark.unit

PATIENCE = 120_000
"""Milliseconds that a test waits on a busy machine."""


@pytest.fixture
def desk_of_its_own(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    profile = scripted_profile(tmp_path)
    task = partial(GuardedVisit, sound=file_sound(tmp_path), consented=True)
    monkeypatch.setattr(
        "voicedoc_desktop.viewmodels.visit.HoldVisit", lambda **plan: task(**{**plan, "profile": profile})
    )
    desk = Desk()
    yield desk
    desk.close()


def said(viewmodel: VisitViewModel) -> list[str]:
    return [line.text for line in viewmodel.state.talk.in_order if line.text]


@pytest.mark.parametrize("window", ["the same", "a new one"])
def test_a_visit_goes_on_after_its_engine_has_died(
    desk_of_its_own: Desk, qtbot: QtBot, tmp_path: Path, window: str
) -> None:
    settings = SettingsStore(tmp_path / "settings.toml")
    viewmodel = VisitViewModel(desk_of_its_own, settings)
    viewmodel.begin(VisitPlan(doctor="en", patient="pt", checks=False, silent=True))
    qtbot.waitUntil(lambda: len(said(viewmodel)) >= 1, timeout=PATIENCE)
    session = viewmodel.state.session
    with vault_in(tmp_path / "sessions") as vault:
        os.kill(vault.find(session).pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: viewmodel.state.trouble is not None, timeout=PATIENCE)
    assert viewmodel.state.trouble is not None and viewmodel.state.trouble.kind == DIED
    before = said(viewmodel)
    assert viewmodel.state.stage is Stage.TALK and before, "what was said stays in sight"

    if window == "a new one":
        viewmodel = VisitViewModel(desk_of_its_own, settings)
        viewmodel.continue_session(session)
    else:
        viewmodel.again()
    qtbot.waitUntil(lambda: viewmodel.state.is_live or viewmodel.state.sound is not None, timeout=PATIENCE)
    if window == "a new one":
        viewmodel.go_on()
    qtbot.waitUntil(lambda: viewmodel.state.is_live, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(said(viewmodel)) > len(before), timeout=PATIENCE)
    assert said(viewmodel)[: len(before)] == before
    viewmodel.press(Command.END)
    qtbot.waitUntil(lambda: viewmodel.state.stage is Stage.ENDED, timeout=PATIENCE)
    assert (viewmodel.state.session, viewmodel.state.ended and viewmodel.state.ended.reason) == (session, "finished")
    with vault_in(tmp_path / "sessions") as vault:
        (kept,) = vault.sessions()
    assert (kept.id, kept.parts, kept.state) == (session, 2, "closed")
