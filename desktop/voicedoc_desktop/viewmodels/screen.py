"""What the window knows of every screen's view-model."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from voicedoc_desktop.state.places import Go


class Screen(QObject):
    """A view-model of one place.

    Signals:
        changed: The new state, in the GUI thread.
        wants: A `Go`: another place.
        noticed: A `Notice` for the foot of the window.
        said: A few words on something that was done, for a toast.
        busy_changed: What is under way here, in words, or "": see `busy`.
    """

    changed = Signal(object)
    wants = Signal(object)
    noticed = Signal(object)
    said = Signal(str)
    busy_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._busy = ""

    @property
    def busy(self) -> str:
        """What is under way here and must not be left by accident, in words; "" where nothing is."""
        return self._busy

    def set_busy(self, words: str) -> None:
        """Say what is under way here."""
        if words != self._busy:
            self._busy = words
            self.busy_changed.emit(words)

    @property
    def runs(self) -> str:
        """What goes on here whatever is shown and ends with the window, in words; "" where nothing does."""
        return ""

    def arrive(self, go: Go) -> None:
        """The place is shown, on being asked by `go`."""

    def leave(self) -> None:
        """Another place is shown."""

    def close(self) -> None:
        """The window closes: end what runs."""
