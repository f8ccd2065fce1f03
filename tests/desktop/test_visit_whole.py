"""A visit by mouse and key, through its view and a process of its own, on scripted backends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.state.patient import Doing
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.visit_plan import VisitPlan
from voicedoc_desktop.viewmodels import visit as module
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import Stage
from voicedoc_desktop.views.visit import VisitView
from voicedoc_desktop.views.visit_talk import TalkPage

from tests.helpers.desktop_visit import GuardedVisit, file_sound, scripted_profile
from tests.helpers.vault import PASSPHRASE, vault_in
from voicedoc.core.speech import Role
from voicedoc.view.state import Line, Step

pytestmark = pytest.mark.unit

PATIENCE = 60_000
"""Milliseconds that a test waits on a busy machine."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session store of the test's own."""
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    return tmp_path / "sessions"


@pytest.fixture
def viewmodel(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VisitViewModel]:
    """One whose visits hear a file, and change a dose in every translation."""
    wrong = {"Tome 2,5 mg duas vezes por dia.": "Tome 25 mg duas vezes por dia."}
    profile = scripted_profile(tmp_path, ["en: Take 2.5 mg twice a day.", "pt: Dói-me o peito."] * 20, wrong)
    sound = file_sound(tmp_path)

    def scripted(**options: Any) -> GuardedVisit:
        return GuardedVisit(**{**options, "sound": sound, "profile": profile})

    monkeypatch.setattr(module, "HoldVisit", scripted)
    desk = Desk()
    yield VisitViewModel(desk)
    desk.close()


def test_a_visit_from_its_set_up_to_its_end_by_mouse_and_key(
    qtbot: QtBot, viewmodel: VisitViewModel, store: Path
) -> None:
    view = VisitView(viewmodel)
    qtbot.addWidget(view)
    view.resize(1200, 860)
    view.show()

    def click(name: str) -> None:
        qtbot.waitUntil(lambda: bool(_buttons(view, name)), timeout=PATIENCE)
        qtbot.mouseClick(_buttons(view, name)[-1], Qt.MouseButton.LeftButton)

    def until(that: Any) -> None:
        qtbot.waitUntil(that, timeout=PATIENCE)

    def lines(step: Step) -> list[Line]:
        return [line for line in viewmodel.state.talk.lines.values() if line.step is step]

    viewmodel.arrive(Go(Place.VISIT, plan=VisitPlan(doctor="en", patient="pt")))
    until(lambda: viewmodel.state.sound is not None)
    click("Go on" if viewmodel.state.sound and viewmodel.state.sound.is_well else "Go on all the same")
    click("Both agree")
    until(lambda: bool(lines(Step.HELD)))
    assert isinstance(view.page, TalkPage)
    assert viewmodel.patient.said == () or all("25 mg" not in said.text for said in viewmodel.patient.said)
    held = lines(Step.HELD)[0].utterance
    click("Leave it out")
    until(lambda: viewmodel.state.talk.lines[held].step is Step.WITHDRAWN)
    click("Patient's screen")
    assert view.patient_window is not None
    until(lambda: viewmodel.state.levels != ())
    until(
        lambda: any(
            line.role is Role.PATIENT and line.step is Step.SAID for line in viewmodel.state.talk.lines.values()
        )
    )

    QTest.keyClick(view.focusWidget() or view, Qt.Key.Key_Q)
    click("End the visit")
    until(lambda: viewmodel.state.stage is Stage.ENDED)
    assert viewmodel.patient.doing is Doing.OVER
    with vault_in(store) as vault:
        (kept,) = vault.sessions()
    assert (kept.state, kept.parts, kept.id) == ("closed", 1, viewmodel.state.session)


def _buttons(view: VisitView, name: str) -> list[QAbstractButton]:
    """What can be clicked under this name."""
    found = [one for one in view.findChildren(QAbstractButton) if one.accessibleName() == name]
    return [one for one in found if one.isVisibleTo(view) and one.isEnabled()]
