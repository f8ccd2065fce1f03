"""A page of HTML made into a PDF, in a thread of its own: Qt has the fonts for every script."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

NAME = "transcript.pdf"

_POINTS = 11


class Printing(QObject):
    """One page that is being printed.

    Signals:
        over: Whatever its end, before the others.
        printed: The name of the file that was made.
        failed: Why none was.
    """

    over = Signal()
    printed = Signal(str)
    failed = Signal(str)

    def __init__(self, page: str, folder: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page, self._path = page, Path(folder) / NAME
        self._ended.connect(self._end)

    _ended = Signal(str)

    def begin(self) -> None:
        """Begin, and return at once."""
        QThreadPool.globalInstance().start(_Run(self))

    def make(self) -> None:
        """Write the file. In any thread."""
        writer = QPdfWriter(str(self._path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout.Unit.Millimeter)
        writer.setTitle("VoiceDoc")
        document = QTextDocument()
        font = QFont()
        font.setPointSize(_POINTS)
        document.setDefaultFont(font)
        document.setHtml(self._page)
        document.print_(writer)
        is_there = self._path.is_file() and self._path.stat().st_size > 0
        self._ended.emit("" if is_there else f"{self._path} cannot be written")

    def _end(self, problem: str) -> None:
        self.over.emit()
        if problem:
            self.failed.emit(problem)
        else:
            self.printed.emit(NAME)


class _Run(QRunnable):
    def __init__(self, printing: Printing) -> None:
        super().__init__()
        self._printing = printing

    def run(self) -> None:
        self._printing.make()
