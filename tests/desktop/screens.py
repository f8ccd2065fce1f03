"""Every screen in a state worth looking at, by name. `test_screens.py` draws each; add yours with `@screen("name")`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget
from voicedoc_desktop.settings import SettingsStore

from tests.desktop.conftest import ScriptedDesk


@dataclass(frozen=True)
class Studio:
    """What a screen is made with."""

    desk: ScriptedDesk
    settings: SettingsStore
    folder: Path


Make = Callable[[Studio], QWidget]

SCREENS: dict[str, Make] = {}
"""How each screen is made, by its name."""


def screen(name: str) -> Callable[[Make], Make]:
    """Add a screen to those that are drawn, walked through and looked at."""

    def add(make: Make) -> Make:
        SCREENS[name] = make
        return make

    return add


def load_screens() -> dict[str, Make]:
    """Every screen; the modules that add some are imported here."""
    from tests.desktop import home_screens, review_screens, settings_screens, visit_screens, work_screens

    del home_screens, review_screens, settings_screens, visit_screens, work_screens
    return SCREENS
