"""Buttons: a word, mostly an icon, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.labels import named

ButtonRole = Literal["", "primary", "danger", "quiet", "icon"]

_INKS = {"primary": "on_accent", "danger": "bad", "quiet": "accent"}


def button(
    text: str,
    act: Callable[[], object] | None = None,
    *,
    icon: str = "",
    role: ButtonRole = "",
    description: str = "",
    shortcut: str = "",
    checkable: bool = False,
    is_big: bool = False,
) -> QPushButton:
    """A button. With the role "icon" its text is only read out and shown when the pointer rests on it.

    `shortcut` is a key sequence, as QKeySequence reads it; the tip shows it.
    """
    made = QPushButton("" if role == "icon" else text)
    made.setProperty("role", role)
    made.setProperty("size", "big" if is_big else "")
    made.setCheckable(checkable)
    made.setAutoDefault(False)
    if icon:
        set_icon(made, icon, _INKS.get(role, "text"), size=22 if is_big else 20)
    describe(made, text, description, shortcut)
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    if act is not None:
        _connect(made, act)
    return made


def _connect(made: QPushButton, act: Callable[[], object]) -> None:
    def clicked() -> None:  # without whether it is checked, which the signal brings along
        act()

    made.clicked.connect(clicked)


def describe(made: QPushButton, text: str, description: str = "", shortcut: str = "") -> None:
    """What a button is and does, for those who hear it and in its tip."""
    named(made, text, description)
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) if shortcut else ""
    tip = description or (text if not made.text() else "")
    made.setToolTip(f"{tip or text}  ({keys})" if keys else tip)
