"""Mistakes in the window's own program: logged by their places alone, and told at the window's foot."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from voicedoc_desktop.process.mistakes import log_mistake
from voicedoc_desktop.process.task import BUG, Failure
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.words.failures import failure_words


class Mistakes(QObject):
    """Hears of every error that nobody has caught, in slots and in threads, once it is asked to `watch`.

    Signals:
        made: A `Notice`; once for each place in the program, in whichever thread it happened.
    """

    made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: set[str] = set()

    def watch(self) -> None:
        """From now on."""
        sys.excepthook = self._caught
        threading.excepthook = lambda what: self._take("a thread of the window", what.exc_value)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self._take("the window", error)

    def _take(self, where: str, error: BaseException | None) -> None:
        place = log_mistake(where, error)[0].partition(" < ")[0]
        if place not in self._told:  # telling may make the same mistake again
            self._told.add(place)
            words = failure_words(Failure(place, "", BUG))
            self.made.emit(Notice(words.title, f"{words.remedy} ({place})", Tone.BAD, "mistake"))
