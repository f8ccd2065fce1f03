"""A session that this process is at: its journal, its key, the folder for its sound."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from voicedoc.core.cipher import Cipher
from voicedoc.core.journal import Line
from voicedoc.store.stored_journal import StoredJournal


class Before(NamedTuple):
    """What earlier parts left: the last moment on the audio clock, the last utterance's number, and counts."""

    heard: float = 0.0
    last_utterance: int = 0
    n_utterances: int = 0
    n_lines: int = 0


def before_of(lines: Iterable[Line], n_lines: int) -> Before:
    """Read it off the lines that can be read; `n_lines` counts the others, too."""
    whole = list(lines)
    return Before(
        heard=max((float(line["at"]) for line in whole), default=0.0),
        last_utterance=max((int(line["utterance"]) for line in whole if line["type"] == "Utterance"), default=0),
        n_utterances=len({line["utterance"] for line in whole if line["type"] == "Utterance"}),
        n_lines=n_lines,
    )


@dataclass
class OpenSession:
    """A session that this process is at. A context manager.

    `part` is 1, and one more each time that the session is continued. `journal` is for the session's run; `audio` is
    a folder for its sound, which `cipher` seals. `before` tells of earlier parts.
    Left without `journal.seal()` (the disk was full, the process died), it is among the `unfinished` of the vault.
    """

    id: str
    part: int
    audio: Path
    cipher: Cipher
    journal: StoredJournal
    before: Before
    _closing: ExitStack = field(repr=False)

    @property
    def heard(self) -> float:
        """Where earlier parts end on the audio clock, in seconds; 0.0 in the first."""
        return self.before.heard

    @property
    def last_utterance(self) -> int:
        """The highest number that something said in an earlier part has; 0 in the first."""
        return self.before.last_utterance

    def __enter__(self) -> OpenSession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the session. Closing again does nothing."""
        self._closing.close()
