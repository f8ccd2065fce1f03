"""A dialog that is as large as its words."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog


class Dialog(QDialog):
    """As high as words that wrap need it in the width that there is: Qt itself reckons with lines that do not."""

    def showEvent(self, event: QShowEvent) -> None:
        """See the class."""
        super().showEvent(event)
        self.grow()

    def grow(self) -> None:
        """Be high enough: words have come."""
        layout = self.layout()
        needs = layout.totalHeightForWidth(self.width()) if layout is not None and layout.hasHeightForWidth() else 0
        if needs > self.height():
            self.resize(self.width(), needs)
