"""A page of HTML made into a PDF, in a thread of its own: Qt has the fonts for every script."""

from __future__ import annotations

from contextlib import suppress
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
        """Write the file, in the place of one that is there. In any thread. Whatever comes of it, that is told."""
        problem = f"{self._path} cannot be written"
        try:
            if self._is_written():
                problem = ""
        finally:
            self._ended.emit(problem)

    def _is_written(self) -> bool:
        new = self._path.with_name(f".{NAME}")
        self._print(new)
        try:
            if new.stat().st_size == 0:
                return False
            new.replace(self._path)
        except OSError:  # no such folder, no room, or the old one is open in a program that lets nobody at it
            return False
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)
        return True

    def _print(self, path: Path) -> None:
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout.Unit.Millimeter)
        writer.setTitle("VoiceDoc")
        document = QTextDocument()
        font = QFont()
        font.setPointSize(_POINTS)
        document.setDefaultFont(font)
        document.setHtml(self._page)
        document.print_(writer)

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
