"""Where recordings are dropped."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named, retone


class DropZone(QFrame):
    """Takes files by drag and drop, or from a dialog.

    Signals:
        dropped: A tuple of paths.
    """

    dropped = Signal(tuple)

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        named(self, title, text)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        mark = QLabel()
        set_icon(mark, "upload", "accent", size=28)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (label(title, "subheading"), label(text, "caption")):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        self.choose = button(self.tr("Choose files …"), self._ask, icon="folder", role="quiet")
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that it would be taken."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            retone(self, "true", "over")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is held over it any more."""
        super().dragLeaveEvent(event)
        retone(self, "false", "over")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        retone(self, "false", "over")
        paths = tuple(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _ask(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Recordings"))
        if paths:
            self.dropped.emit(tuple(paths))
