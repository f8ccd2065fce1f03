"""What can be expected of a pair of languages: what was measured, and on how much; else that nothing was."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from voicedoc_desktop.state.outlook import Direction, Measured, Outlook
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.language_box import name_here

FEW = 10
"""Recordings or sentences below which a figure says little."""


class Expectation(QFrame):
    """Both directions, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        named(self, self.tr("What can be expected"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        self._column.setSpacing(GRID + 4)
        self._shown: object = ()

    def show_outlook(self, outlook: Outlook | None, *, waits: bool) -> None:
        """Show it; `waits`: it is being looked up."""
        wanted = (outlook, waits)
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if waits:
            self._column.addWidget(label(self.tr("Looking up what was measured for this pair …"), "muted"))
        served = outlook is not None and not outlook.problem
        self.setVisible(waits or served)
        if outlook is not None and served:
            for direction in (outlook.to_patient, outlook.to_doctor):
                if direction is not None:
                    self._column.addWidget(_one(direction))


def _one(direction: Direction) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    head = QHBoxLayout()
    head.setSpacing(GRID)
    head.addWidget(label(_way(direction), "subheading", wraps=False))
    head.addStretch(1)
    for badge in (_translation(direction), _voice(direction)):
        head.addWidget(badge)
    column.addLayout(head)
    column.addWidget(label(_measured(direction), "caption"))
    return whole


def _way(direction: Direction) -> str:
    """From one language to the other; the arrow points as one reads."""
    from_right = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"{name_here(direction.source)} {'←' if from_right else '→'} {name_here(direction.target)}"


def _translation(direction: Direction) -> Badge:
    translate = QCoreApplication.translate
    match direction.quality:
        case "":
            return Badge(translate("Expectation", "not translated"), "cross", "bad")
        case "good":
            return Badge(translate("Expectation", "translated"), "translate", "good")
        case _:
            return Badge(translate("Expectation", "draft translation"), "warning", "warn")


def _voice(direction: Direction) -> Badge:
    translate = QCoreApplication.translate
    match direction.voice:
        case "":
            return Badge(translate("Expectation", "shown only"), "silent", "warn")
        case "good":
            return Badge(translate("Expectation", "spoken"), "loudspeaker", "good")
        case _:
            return Badge(translate("Expectation", "spoken, plain voice"), "loudspeaker", "info")


def _measured(direction: Direction) -> str:
    """What was measured, one thing after the other; what was not is said, too."""
    translate = QCoreApplication.translate
    name = name_here(direction.source)
    parts = [
        _part(
            direction.heard,
            translate("Expectation", "{name}: {value} of 100 words misheard (recordings: {n})"),
            translate("Expectation", "{name}: how well it is heard was not measured"),
            name,
        ),
        _part(
            direction.translated,
            translate("Expectation", "translation {value} of 100 like a person's (chrF2, sentences: {n})"),
            translate("Expectation", "translation not measured"),
            name,
        ),
        _part(
            direction.answered,
            translate("Expectation", "the voice begins after {value} s (sentences: {n})"),
            translate("Expectation", "time to the voice not measured"),
            name,
        ),
    ]
    return " · ".join(parts)


def _part(measured: Measured | None, found: str, lacking: str, name: str) -> str:
    if measured is None:
        return lacking.format(name=name)
    text = found.format(name=name, value=f"{measured.value:g}", n=measured.n)
    if measured.n >= FEW:
        return text
    return QCoreApplication.translate("Expectation", "{text}: too few to rely on").format(text=text)
