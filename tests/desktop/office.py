"""A process for tasks without a process: what a task finds where it runs, in the test's own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tests.helpers.vault import vault_in
from voicedoc.store.vault import Vault

T = TypeVar("T")


class Office:
    """A `Here`. `told` is what a task has told; `say` says something to it; `on_told` sees each thing as it is told."""

    def __init__(self, folder: Path, on_told: Callable[[object], None] | None = None) -> None:
        self.told: list[Any] = []
        self.stopped = threading.Event()
        self.is_alone = False
        self._folder, self._on_told = folder, on_told
        self._said: queue.Queue[object] = queue.Queue()
        self._vault: Vault | None = None

    def tell(self, item: object) -> None:
        self.told.append(item)
        if self._on_told:
            self._on_told(item)

    def say(self, *items: object) -> None:
        for item in items:
            self._said.put(item)

    def heard(self) -> object | None:
        while not self.stopped.is_set():
            if (said := self.poll(0.02)) is not None:
                return said
        return None

    def poll(self, timeout: float = 0.0) -> object | None:
        try:
            return self._said.get(timeout=timeout) if timeout else self._said.get_nowait()
        except queue.Empty:
            return None

    def vault(self) -> Vault:
        if self._vault is None:
            self._vault = vault_in(self._folder / "store")
        return self._vault

    def close(self) -> None:
        """The task is over: whoever listens for it ends."""
        self.stopped.set()


class Speaker:
    """What the module `sounddevice` is to a player: keeps what would sound."""

    class PortAudioError(Exception):
        """A device that cannot be opened."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.played: list[Any] = []
        self.states: list[str] = []
        self.refuses = refuses

    def OutputStream(self, **options: Any) -> Speaker:  # noqa: N802 - as PortAudio has it
        if self.refuses:
            raise self.PortAudioError("no such device")
        self.options = options
        return self

    latency = 0.0

    def start(self) -> None:
        self.states.append("on")

    def stop(self) -> None:
        self.states.append("off")

    def close(self) -> None:
        self.states.append("closed")

    def write(self, block: Sequence[float]) -> None:
        self.played.extend(block)
