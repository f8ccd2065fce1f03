"""`results.jsonl`: what has been solved, on disk at once; in memory only where each row begins."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any, overload

from voicedoc.capture.decode import sha256_of
from voicedoc.core.journal import from_json, to_json
from voicedoc.errors import ServerFailed, StoreError
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.solve import Job

_ASIDE = "aside"
"""Marks lines of items that the last run was not about: kept for a later one, and no part of its figures."""

_PASSED = f"{ServerFailed.__name__}:"
"""How the errors of rows begin that a server has failed: it may answer now."""


class Rows(Sequence[Row]):
    """The rows of one run in the order of its jobs, read from disk each time that they are looked at."""

    def __init__(self, path: Path, begins: Sequence[int]) -> None:
        self._path, self._begins = path, begins

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return Rows(self._path, self._begins[place])
        with self._path.open("rb") as file:
            file.seek(self._begins[place])
            return _row(json.loads(file.readline()))

    def __len__(self) -> int:
        return len(self._begins)

    def __iter__(self) -> Iterator[Row]:
        with self._path.open("rb") as file:
            for begin in self._begins:
                file.seek(begin)
                yield _row(json.loads(file.readline()))


class Results:
    """The file while a run is on. Rows that an earlier one of the same `config` has left stand, unless a server failed.

    Rows of other configurations stay for whoever runs those again.

    Use as a context manager, on one thread.

    Raises:
        StoreError: If the file is damaged, or cannot be written.
    """

    def __init__(self, path: Path, config: str) -> None:
        self._path, self._config = path, config
        self._places: dict[str, int] = {}
        self._wanted: dict[str, None] = {}
        self.n_resumed = 0
        self._file: IO[bytes] = BytesIO()
        self._rewrite(line for line in _lines(path, config) if not line["error"].startswith(_PASSED))

    def __enter__(self) -> Results:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def expect(self, job: Job) -> bool:
        """Take a job up among those of this run; whether it is solved already."""
        item = job.item.id
        self._wanted[item] = None
        known = item in self._places and self._line(self._places[item]).get("content") == content_of(job)
        self.n_resumed += known
        if not known:
            self._places.pop(item, None)
        return known

    def add(self, job: Job, row: Row) -> None:
        """Keep a row: from now on it survives the death of this process."""
        begin = self._file.seek(0, 2)
        try:
            self._file.write(_text({"config": self._config, "content": content_of(job), **to_json(row)}))
            self._file.flush()
        except OSError as error:
            raise _full(self._path, error) from error
        self._places[job.item.id] = begin

    def finish(self) -> Rows:
        """Put the lines into the order of the jobs, whatever the order in which they were solved; the rows of this run.

        Lines of items that this run was not about come last, and are no part of it.
        """
        wanted = [item for item in self._wanted if item in self._places]
        others = [item for item in self._places if item not in self._wanted]
        begins = {item: self._places[item] for item in (*wanted, *others)}
        self._rewrite(self._marked(begins))
        return Rows(self._path, [self._places[item] for item in wanted])

    def _marked(self, begins: Mapping[str, int]) -> Iterator[dict[str, Any]]:
        for item, begin in begins.items():
            line = self._line(begin)
            line.pop(_ASIDE, None)
            yield line if item in self._wanted else {_ASIDE: True, **line}

    def _line(self, begin: int) -> dict[str, Any]:
        self._file.seek(begin)
        line: dict[str, Any] = json.loads(self._file.readline())
        return line

    def _rewrite(self, lines: Iterator[dict[str, Any]]) -> None:
        """Put `lines` into the place of this configuration's, all or none; of lines of one item, the last is found."""
        draft = self._path.with_suffix(".draft")
        places: dict[str, int] = {}
        try:
            with draft.open("wb") as file:
                file.writelines(text for text, line in _texts(self._path) if line["config"] != self._config)
                for line in lines:
                    places[line["item"]] = file.tell()
                    file.write(_text(line))
            self._file.close()
            draft.replace(self._path)
            self._file = self._path.open("r+b")
        except OSError as error:
            raise _full(self._path, error) from error
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(
                f"{self._path} is damaged: {error}", remedy="delete it, and run again: replies that were kept stay"
            ) from error
        self._places = places


def read_rows(path: Path, config: str) -> Iterator[Row]:
    """The rows of the last run of a configuration. A half-written last line, from a run that died, is left out."""
    return (_row(line) for line in _lines(path, config) if _ASIDE not in line)


def _lines(path: Path, config: str) -> Iterator[dict[str, Any]]:
    """The whole lines of a configuration."""
    return (line for _, line in _texts(path) if line["config"] == config)


def _texts(path: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """The whole lines of all configurations, as written and parsed."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        yield from ((text, json.loads(text)) for text in file if text.endswith(b"\n"))


def _row(line: Mapping[str, Any]) -> Row:
    row: Row = from_json(Row, line)
    return row


def _text(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _full(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot write {path}: {error.strerror}", remedy="free some disk space, then run again: it goes on"
    )


# --- what a row is an answer to


def content_of(job: Job) -> str:
    """A digest over what goes into a job and what should come out of it; of audio, over its bytes."""
    audio = job.item.audio
    sound = sha256_of(audio) if audio and audio.is_file() else ""
    told = to_json(replace(job, item=replace(job.item, audio=None)))
    text = json.dumps([told, sound], ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _plain(value: object) -> object:
    """What JSON has no word for; of a function that makes a sound, nothing can be told."""
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, Set):
        return sorted(str(item) for item in value)
    return value.name if isinstance(value, Path) else ""
