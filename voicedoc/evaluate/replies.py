"""Replies of dialogue models by what was asked: kept on disk, so that nothing is asked twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from voicedoc.converse.dialogue.role import DialogueModel, Message, Pieces, Reply, Sampling
from voicedoc.converse.dialogue.wire import request_to_wire
from voicedoc.errors import BackendFailed, StoreError
from voicedoc.evaluate.spending import Used, added_up
from voicedoc.runtime.worker import Worker
from voicedoc.store.sqlite import PATIENCE, remedies, told, whole

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (
    key BLOB PRIMARY KEY, model TEXT NOT NULL, text TEXT NOT NULL, finish TEXT NOT NULL,
    n_prompt_tokens INTEGER NOT NULL, n_tokens INTEGER NOT NULL, seconds REAL NOT NULL
) WITHOUT ROWID
"""

_AGAIN = "delete the file; its models are asked again"

_REMEDIES = remedies(
    room="free some disk space, then run again: it goes on",
    elsewhere="choose another folder with --out",
    again=_AGAIN,
)


class Replier(Protocol):
    """A dialogue model in evaluation: in process, on a server, or a rule."""

    @property
    def name(self) -> str:
        """What reports call it."""
        ...

    @property
    def identity(self) -> str:
        """Everything that its replies depend on, but for the request."""
        ...

    def reply(self, messages: Sequence[Message], sampling: Sampling, schema: Mapping[str, Any] | None) -> Reply:
        """What it replies.

        Raises:
            BackendFailed: If it gives no reply to this.
        """
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class InProcess:
    """A `Replier` of a model of our own, which is made and asked by `worker`, one reply at a time."""

    def __init__(self, make: Callable[[], DialogueModel], made_of: str, worker: Worker) -> None:
        self._model = worker.run(make)
        self.name = self._model.name
        self.identity = f"{self.name} {made_of}"
        self._worker, self._stopped = worker, False

    def reply(self, messages: Sequence[Message], sampling: Sampling, schema: Mapping[str, Any] | None) -> Reply:
        """See `Replier`."""
        return self._worker.run(lambda: self._whole(self._model.stream(messages, schema=schema, sampling=sampling)))

    def close(self) -> None:
        """See `Replier`. A reply that is being written ends here."""
        self._stopped = True

    def _whole(self, pieces: Pieces) -> Reply:
        while not self._stopped:
            try:
                next(pieces)
            except StopIteration as end:
                reply: Reply = end.value
                return reply
        pieces.close()
        raise stopped()


def stopped() -> BackendFailed:
    """What becomes of items that were in hand when a run was broken off."""
    return BackendFailed("the run was stopped", remedy="run the same again: it goes on")


class Spent(NamedTuple):
    """What a model was asked and wrote."""

    n_replies: int
    n_prompt_tokens: int
    n_tokens: int


class Kept(NamedTuple):
    """A reply, and how long it took when it was asked for."""

    reply: Reply
    seconds: float


class Replies(Protocol):
    """Where replies are kept. Any number of threads."""

    def get(self, key: bytes) -> Kept | None:
        """The reply to a request; None where nobody has asked it yet."""
        ...

    def put(self, key: bytes, model: str, kept: Kept) -> None:
        """Keep a reply: from now on it survives the death of this process."""
        ...

    def spent(self) -> dict[str, Spent]:
        """What all replies that are kept have taken, by the models' identities."""
        ...


class StoredReplies:
    """`Replies` in an SQLite file; without `path`, in memory.

    Raises:
        StoreError: If the file cannot be used.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or Path(":memory:")
        self._lock = threading.Lock()
        with self._told():
            self._connection = sqlite3.connect(
                self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            with whole(self._connection):
                self._make()

    def get(self, key: bytes) -> Kept | None:
        """See `Replies`."""
        asked = "SELECT text, finish, n_prompt_tokens, n_tokens, seconds FROM replies WHERE key = ?"
        with self._told(), self._lock:
            found = self._connection.execute(asked, (key,)).fetchone()
        return Kept(Reply(*found[:-1]), found[-1]) if found else None

    def put(self, key: bytes, model: str, kept: Kept) -> None:
        """See `Replies`."""
        reply, seconds = kept
        row = (key, model, reply.text, reply.finish, reply.n_prompt_tokens, reply.n_tokens, seconds)
        with self._told(), self._lock:
            self._connection.execute("INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def spent(self) -> dict[str, Spent]:
        """See `Replies`."""
        asked = "SELECT model, COUNT(*), SUM(n_prompt_tokens), SUM(n_tokens) FROM replies GROUP BY model ORDER BY model"
        with self._told(), self._lock:
            return {model: Spent(*counts) for model, *counts in self._connection.execute(asked)}

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _make(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version != _VERSION and self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreError(f"{self._path} was not made by this version of VoiceDoc", remedy=_AGAIN)
        self._connection.execute(_SCHEMA)
        self._connection.execute(f"PRAGMA user_version = {_VERSION}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self._path, _REMEDIES):
            yield


class _Meter(threading.local):
    """Of one thread."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.used: list[Used] = []


_METER = _Meter()


def spared_seconds() -> float:
    """How long the replies had taken, once, that this thread has found since it last asked this."""
    seconds, _METER.seconds = _METER.seconds, 0.0
    return seconds


def used_tokens() -> tuple[Used, ...]:
    """What the replies took that this thread has had since it last asked this, whether found or asked for."""
    used, _METER.used = _METER.used, []
    return added_up(used)


class Asked:
    """Asks models, each request once: later, and meanwhile on other threads, its reply is found in `replies`."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self._turns: dict[bytes, threading.Lock] = {}
        self._n_waiting: Counter[bytes] = Counter()
        self._lock = threading.Lock()

    def reply(
        self, model: Replier, messages: Sequence[Message], sampling: Sampling, schema: Mapping[str, Any] | None = None
    ) -> Reply:
        """The reply of `model`. One that fails is not kept.

        Raises:
            BackendFailed: If it gives none.
        """
        key = key_of(model.identity, messages, sampling, schema)
        with self._turn(key):
            kept, began = self._replies.get(key), time.perf_counter()
            if kept is not None:
                _METER.seconds += kept.seconds
                reply = kept.reply
            else:
                reply = model.reply(messages, sampling, schema)
                self._replies.put(key, model.identity, Kept(reply, time.perf_counter() - began))
            _METER.used.append(Used(model.identity, 1, reply.n_prompt_tokens, reply.n_tokens))
            return reply

    @contextmanager
    def _turn(self, key: bytes) -> Iterator[None]:
        """One thread at a time for each request."""
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
            self._n_waiting[key] += 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                self._n_waiting[key] -= 1
                if not self._n_waiting[key]:
                    del self._n_waiting[key], self._turns[key]


def key_of(
    identity: str, messages: Sequence[Message], sampling: Sampling, schema: Mapping[str, Any] | None = None
) -> bytes:
    """A digest over a request to a model."""
    request = request_to_wire(identity, messages, sampling, schema=schema)
    return hashlib.sha256(json.dumps(request, ensure_ascii=False, sort_keys=True).encode()).digest()
