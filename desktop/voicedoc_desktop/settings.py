"""The settings of this app: read at the start, written whenever one changes."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from voicedoc_desktop.state.settings import NotSettings, Settings, from_toml, to_toml

FILE = "desktop.toml"


def settings_path() -> Path:
    """Where they lie: `VOICEDOC_DESKTOP_SETTINGS`, or where the system keeps a user's settings."""
    from platformdirs import user_config_path

    named = os.environ.get("VOICEDOC_DESKTOP_SETTINGS")
    return Path(named).expanduser() if named else user_config_path("voicedoc", appauthor=False) / FILE


class SettingsStore(QObject):
    """The settings, in a file. One that cannot be read is put aside, and the defaults hold.

    Signals:
        changed: The new `Settings`.
        failed: Why they could not be written, in the system's words; they hold until the app ends.
    """

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.broken = ""
        """What was wrong with the file; "" where nothing was."""
        self.now = self._read()

    def change(self, **values: Any) -> None:
        """Change some of them, by name, and keep that."""
        changed = replace(self.now, **values)
        if changed == self.now:
            return
        self.now = changed
        self._write()
        self.changed.emit(changed)

    def _read(self) -> Settings:
        try:
            return from_toml(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, UnicodeDecodeError, NotSettings) as error:
            self.broken = str(error)
            self._put_aside()
            return Settings()

    def _put_aside(self) -> None:
        """Keep a file that cannot be read, beside where the next one will be written."""
        try:
            self.path.replace(self.path.with_suffix(".broken"))
        except OSError as error:
            self.broken += f"; {error.strerror}"

    def _write(self) -> None:
        whole = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            whole.write_text(to_toml(self.now), "utf-8", errors="replace")  # a device's name may be no Unicode
            whole.replace(self.path)
        except OSError as error:
            self.failed.emit(f"{self.path}: {error.strerror}")
