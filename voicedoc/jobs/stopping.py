"""Ctrl-C and SIGTERM as a wish to stop, for work that must not break off just anywhere."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopRequests:
    """Notes Ctrl-C and SIGTERM instead of breaking off, while it is entered in the main thread; elsewhere does nothing.

    What starts other processes would leave them behind, or crash, where an exception came in the middle of it.
    """

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> StopRequests:
        self.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before or signal.SIG_DFL)  # None: not set from Python

    def listen(self) -> None:
        """Note signals from here on; once more after a library has put its own in the place of ours."""
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                before = signal.signal(number, self._note)
                self._before.setdefault(number, before)

    def check(self) -> None:
        """Raises: KeyboardInterrupt: If somebody has asked to stop."""
        if self.asked:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
