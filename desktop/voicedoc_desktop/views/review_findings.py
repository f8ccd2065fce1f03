"""What the guard has found in a session, one below the other: choosing one shows its line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from voicedoc.core.time import clock_text
from voicedoc_desktop.look.icons import icon
from voicedoc_desktop.state.review import Found
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.empty import EmptyState
from voicedoc_desktop.widgets.labels import label, named


class FindingsPanel(QWidget):
    """A list of findings.

    Signals:
        chosen: The utterance of the one that somebody wants to see.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, self.tr("Findings"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        named(self.list, self.tr("Findings of the guard"), self.tr("Enter shows the line"))
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._none = EmptyState(
            "check",
            self.tr("Nothing was found"),
            self.tr("Numbers, doses, negations and the like are the same on both sides, as far as the guard can tell."),
            tone="good",
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self._none)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("What may differ between what was said and its translation"), "caption"))
        column.addWidget(self._pages, 1)

    def show_found(self, findings: Sequence[Found]) -> None:
        """Show these."""
        words = {
            "missing": self.tr("Lost"),
            "changed": self.tr("Changed"),
            "invented": self.tr("Added"),
        }
        self.list.clear()
        for found in findings:
            verdict = words.get(found.verdict, found.verdict)
            target = f" ({found.target})" if found.target else ""
            item = QListWidgetItem(f"{clock_text(found.start)}  {verdict}{target}\n{found.message}")
            item.setIcon(icon("warning", "bad"))
            item.setData(int(Qt.ItemDataRole.UserRole), found.utterance)
            self.list.addItem(item)
        self._pages.setCurrentWidget(self.list if findings else self._none)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(int(Qt.ItemDataRole.UserRole)))
