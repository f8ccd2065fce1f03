"""What both people are told before anything is recorded, each in their language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from voicedoc.core.languages import primary
from voicedoc.view.bidi import RIGHT_TO_LEFT
from voicedoc_desktop.state.outlook import Outlook, Told
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.language_box import both_names


class ToldBefore(QWidget):
    """The doctor's text and the patient's; each runs in its own language's direction."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._shown: object = ()

    def show_outlook(self, outlook: Outlook | None) -> None:
        """Show its texts."""
        texts = outlook.consent if outlook else ()
        if texts == self._shown:
            return
        self._shown = texts
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for told in texts:
            self._column.addWidget(_one(told))
        if outlook is not None:
            status = self.tr("No lawyer and no professional translator has reviewed these words. Have yours reviewed.")
            self._column.addWidget(label(status, "caption"))


def _one(told: Told) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "sunken")
    named(frame, both_names(told.language), " ".join(told.sentences))
    from_right = primary(told.language) in RIGHT_TO_LEFT
    frame.setLayoutDirection(Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight)
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
    column.addWidget(label(both_names(told.language), "subheading"))
    lacking = QCoreApplication.translate("ToldBefore", "There is no text in this language: have a person explain it.")
    column.addWidget(label(" ".join(told.sentences) or lacking, tone="" if told.sentences else "warn"))
    return frame
