"""Words on the screen, in the sizes that there are."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

TextRole = Literal["", "title", "heading", "subheading", "caption", "muted", "number"]


def label(text: str = "", role: TextRole = "", *, wraps: bool = True, tone: str = "") -> QLabel:
    """A text, plain and never mark-up. It can be selected nowhere: what is to be copied goes into a field."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    return made


def retone(widget: QWidget, tone: str, name: str = "tone") -> None:
    """Change what a widget means; the style sheet is asked again, for it and for what it contains."""
    if widget.property(name) == tone:
        return
    widget.setProperty(name, tone)
    for each in (widget, *widget.findChildren(QWidget)):
        if each.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is asked before it is first shown
            each.style().unpolish(each)
            each.style().polish(each)


def named(widget: QWidget, name: str, description: str = "") -> None:
    """Say what a control is to those who hear the screen instead of seeing it."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
