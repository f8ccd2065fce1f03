"""`voicedoc live` as its user runs it, in a process of its own: through pipes with --json, or on a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.conftest import ROOT
from voicedoc.store.models import ModelStore

PATIENCE = 90.0
"""Seconds that a test waits for something to happen on a machine that is busy."""

_ON_TERMINAL = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"
"""A program that becomes another one, whose terminal the descriptor is that its first argument says."""

Row = dict[str, Any]
"""An event of the journal, as --json prints it."""


def with_stores(environment: dict[str, str], sessions: Path) -> dict[str, str]:
    """The environment of a user who keeps sessions in `sessions` under a passphrase, and has this machine's models."""
    return {
        **environment,
        "VOICEDOC_MODELS": str(ModelStore.default().root),
        "VOICEDOC_SESSIONS": str(sessions),
        "VOICEDOC_SESSIONS_KEY": "passphrase",
        "VOICEDOC_PASSPHRASE": "correct horse battery",
    }


def voicedoc(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "voicedoc", *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


class LiveProgram:
    """A session that prints JSON. A context manager; leaving it kills what still runs."""

    def __init__(self, environment: dict[str, str], *options: str, command: str = "live") -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "voicedoc", command, "--consented", "--json", *options],
            env=environment, cwd=ROOT, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.rows: list[Row] = []
        self._said: list[str] = []
        self._threads = [threading.Thread(target=read, daemon=True) for read in (self._read_rows, self._read_said)]

    def __enter__(self) -> LiveProgram:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.wait()
        for thread in self._threads:
            thread.join(timeout=10)
        for pipe in (self._program.stdout, self._program.stderr):
            if pipe is not None:
                pipe.close()

    def of(self, *kinds: str, **fields: Any) -> list[Row]:
        """The events of some kinds, whose fields are these."""
        rows = [row for row in list(self.rows) if row["type"] in kinds]
        return [row for row in rows if all(row[name] == value for name, value in fields.items())]

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for something."""
        deadline = time.monotonic() + PATIENCE
        while not what():
            alive = self._program.poll() is None
            assert time.monotonic() < deadline and alive, f"{self._kinds()}\n{''.join(self._said)}"
            time.sleep(0.05)

    def until_said(self, utterance: int) -> None:
        """Wait until the translation of an utterance has been spoken to its end."""
        self.until(lambda: self._is_said(utterance))

    def end(self) -> int:
        """Ctrl-C; the exit status."""
        self._program.send_signal(signal.SIGINT)
        return self.wait()

    def wait(self) -> int:
        """Wait until it has ended by itself; the exit status."""
        status = self._program.wait(timeout=PATIENCE)
        for thread in self._threads:
            thread.join(timeout=10)
        return status

    @property
    def said(self) -> str:
        """What it told people, beside the JSON."""
        return "".join(self._said)

    def _is_said(self, utterance: int) -> bool:
        spoken = {row["clause"] for row in self.of("ClauseSpoken", utterance=utterance)}
        texts = {row["clause"]: row["text"] for row in self.of("ClauseSynthesized", utterance=utterance)}
        whole = "".join(texts[clause] for clause in sorted(spoken & texts.keys()))
        return any(_letters(row["text"]) == _letters(whole) for row in self.of("Cleared", utterance=utterance))

    def _kinds(self) -> str:
        return "\n".join(f"{row.get('at', '')} {row['type']} {row.get('utterance', '')}" for row in list(self.rows))

    def _read_rows(self) -> None:
        for line in self._program.stdout or ():
            self.rows.append(json.loads(line))

    def _read_said(self) -> None:
        for line in self._program.stderr or ():
            self._said.append(line)


def _letters(text: str) -> str:
    return "".join(text.split())


class TerminalProgram:
    """A session on a terminal of 120 columns, whose keys a test presses. A context manager."""

    def __init__(self, environment: dict[str, str], *options: str) -> None:
        self._keyboard, self._terminal = os.openpty()
        termios.tcsetwinsize(self._terminal, (40, 120))
        self._mode = termios.tcgetattr(self._terminal)
        command = [sys.executable, "-m", "voicedoc", "live", "--consented", *options]
        self._program = subprocess.Popen(
            [sys.executable, "-c", _ON_TERMINAL, str(self._terminal), *command],
            env={**environment, "TERM": "xterm-256color"}, cwd=ROOT, pass_fds=(self._terminal,),
        )  # fmt: skip
        self._shown = bytearray()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> TerminalProgram:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._terminal)
        self._thread.join(timeout=10)
        os.close(self._keyboard)

    def press(self, keys: str) -> None:
        """Type something."""
        os.write(self._keyboard, keys.encode())

    def until_shown(self, text: str) -> None:
        """Wait until the terminal has shown a text."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < deadline and self._program.poll() is None, self.shown[-4000:]
            time.sleep(0.05)

    def wait(self) -> int:
        """The exit status, once it has ended."""
        status = self._program.wait(timeout=PATIENCE)
        time.sleep(0.2)  # for what is still on its way to the screen
        return status

    @property
    def shown(self) -> str:
        """All that was ever written to the terminal."""
        return bytes(self._shown).decode("utf-8", "replace")

    @property
    def is_as_before(self) -> bool:
        """Whether the terminal's mode is that from before the program."""
        return termios.tcgetattr(self._terminal) == self._mode

    def _read(self) -> None:
        try:
            while data := os.read(self._keyboard, 4096):
                self._shown += data
        except OSError:  # the terminal is closed
            return
