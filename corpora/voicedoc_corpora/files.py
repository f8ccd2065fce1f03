"""Reading files of rows: each row with its line, and `Broken` for what cannot be read, which ends nothing."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from voicedoc.core.time import Span
from voicedoc.errors import CorpusError
from voicedoc_corpora.rows import Broken, Found

Thing = TypeVar("Thing")


class Malformed(ValueError):
    """A row is not as its card says. The message names the field, never what it holds."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row as the file has it: fields by name, the line where it begins, and its key where the file names its rows."""

    file: Path
    line: int
    fields: Mapping[str, Any]
    key: str = ""

    def text(self, name: str) -> str:
        """A field that must hold text.

        Raises:
            Malformed: If it is missing, empty, or something else.
        """
        value = self._given(name)
        if not isinstance(value, str):
            raise Malformed(f"field '{name}' is not text but {type(value).__name__}")
        if not value.strip():
            raise Malformed(f"field '{name}' is empty")
        return value

    def maybe(self, name: str) -> str:
        """A field of text that may be missing: then ""."""
        return self.text(name) if self.fields.get(name) not in (None, "") else ""

    def number(self, name: str) -> float:
        """A field that must hold a number, or text that is one."""
        return number(self._given(name), f"field '{name}'")

    def items(self, name: str) -> list[Any]:
        """A field that must hold a list."""
        value = self._given(name)
        if not isinstance(value, list):
            raise Malformed(f"field '{name}' is not a list but {type(value).__name__}")
        return value

    def texts(self, name: str) -> dict[str, str]:
        """A field that must hold texts by name."""
        value = self._given(name)
        if not isinstance(value, dict) or not value or not all(isinstance(text, str) for text in value.values()):
            raise Malformed(f"field '{name}' does not hold texts by name")
        return value

    def _given(self, name: str) -> Any:
        if name not in self.fields:
            raise Malformed(f"field '{name}' is missing")
        return self.fields[name]


def number(value: Any, what: str) -> float:
    """A finite number, or text that is one.

    Raises:
        Malformed: If `what` is something else.
    """
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise Malformed(f"{what} is not a number")
    return found


def span(start: float, end: float) -> Span:
    """From `start` to `end`, seconds.

    Raises:
        Malformed: If it begins before 0, or ends before it begins.
    """
    if not 0.0 <= start <= end:
        raise Malformed("it begins before 0, or ends before it begins")
    return Span(start, end)


def each(records: Iterable[Record | Broken], make: Callable[[Record], Found]) -> Iterator[Found | Broken]:
    """What `make` makes of each record; broken ones, and those that it finds malformed, as `Broken`."""
    for record in records:
        if isinstance(record, Broken):
            yield record
            continue
        try:
            yield make(record)
        except Malformed as error:
            yield Broken(record.file, record.line, str(error))


def files(path: Path, *patterns: str) -> list[Path]:
    """`path` itself if it is a file, else the files below it that match a pattern, by name.

    Raises:
        CorpusError: If there are none.
    """
    if path.is_file():
        return [path]
    found = sorted({file for pattern in patterns for file in path.rglob(pattern) if file.is_file()})
    if not found:
        raise CorpusError(
            f"{path} holds no {' or '.join(patterns)}" if path.is_dir() else f"{path} is missing",
            remedy="give the folder that holds the corpus, or one of its files; `voicedoc corpora info` says which",
        )
    return found


def over(path: Path, read: Callable[[Path], Iterator[Found | Broken]], *patterns: str) -> Iterator[Found | Broken]:
    """What `read` finds in each of the `files`; one that cannot be opened or is not UTF-8 is reported."""
    for file in files(path, *patterns):
        yield from guarded(file, read(file))


def guarded(file: Path, rows: Iterator[Thing | Broken]) -> Iterator[Thing | Broken]:
    """The rows of a file; where it cannot be read on, that instead of what is left."""
    try:
        yield from rows
    except OSError as error:
        yield Broken(file, 0, f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        yield Broken(file, 0, f"is not UTF-8 (byte {error.start})")


def beside(folder: Path, name: str) -> Path | None:
    """The recording `name` of `folder`; None where the copy has no such folder.

    Raises:
        Malformed: If the folder is there and the recording is not.
    """
    if not folder.is_dir():
        return None
    if not (folder / name).is_file():
        raise Malformed(f"the recording {folder.name}/{name} is missing")
    return folder / name


# --- lines


def lines(path: Path) -> Iterator[tuple[int, str] | Broken]:
    """The numbered lines that are not blank."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                yield Broken(path, number, "is not UTF-8")
                continue
            if text.strip():
                yield number, text


def json_lines(path: Path) -> Iterator[Record | Broken]:
    """One JSON object on each line."""
    for line in lines(path):
        yield line if isinstance(line, Broken) else _json_line(path, *line)


def _json_line(path: Path, number: int, text: str) -> Record | Broken:
    try:
        return _record(path, number, json.loads(text))
    except json.JSONDecodeError as error:
        return Broken(path, number, f"is not JSON: {error.msg}")


def csv_rows(path: Path) -> Iterator[Record | Broken]:
    """Comma-separated rows under a line of names; a row may go over several lines. Without the names, no more."""
    rows = _csv_lines(path)
    names = next(rows, None)
    if isinstance(names, Broken):
        yield names
    elif names is not None:
        for row in rows:
            yield row if isinstance(row, Broken) else _csv_row(path, row[0], names[1], row[1])


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]] | Broken]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, strict=True)
        while True:
            line = rows.line_num + 1
            try:
                yield line, next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Broken(path, line, f"is not CSV: {error}")


def _csv_row(path: Path, line: int, names: list[str], row: list[str]) -> Record | Broken:
    if len(row) != len(names):
        return Broken(path, line, f"has {len(row)} fields instead of {len(names)}")
    return Record(path, line, dict(zip(names, row, strict=True)))


# --- whole files of JSON


def json_object(path: Path) -> Iterator[Record | Broken]:
    """The one object in a JSON file."""
    yield _json_line(path, 1, path.read_text("utf-8-sig"))


def json_entries(path: Path) -> Iterator[Record | Broken]:
    """The objects in a JSON file that is a list of them, or one object that names them.

    Where the JSON itself breaks off, the rest of the file is reported as one.
    """
    text, line, counted = path.read_text("utf-8-sig"), 1, 0
    try:
        for at, key, value in _members(text):
            line, counted = line + text.count("\n", counted, at), at
            yield _record(path, line, value, key)
    except json.JSONDecodeError as error:
        yield Broken(path, error.lineno, f"is not JSON: {error.msg}; the rest of the file was not read")


def _members(text: str) -> Iterator[tuple[int, str, Any]]:
    """Where each member of the outermost list or object begins, its name ("" in a list), and what it is."""
    decode, at = json.JSONDecoder().raw_decode, _skip(text, 0)
    closing = {"[": "]", "{": "}"}.get(text[at : at + 1])
    if closing is None:
        raise json.JSONDecodeError("neither a list nor an object", text, at)
    key, at = "", _skip(text, at + 1)
    while text[at : at + 1] != closing:
        begin = at
        if closing == "}":
            key, at = decode(text, at)
            at = _after(text, at, ":")
        value, at = decode(text, at)
        yield begin, key, value
        at = _skip(text, at)
        if text[at : at + 1] != closing:
            at = _after(text, at, ",")
    if _skip(text, at + 1) != len(text):
        raise json.JSONDecodeError("something follows", text, _skip(text, at + 1))


def _after(text: str, at: int, mark: str) -> int:
    """The next place that is not white space, after the `mark` that must come now."""
    at = _skip(text, at)
    if text[at : at + 1] != mark:
        raise json.JSONDecodeError(f"no '{mark}'", text, at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    """The next place in `text` that is not white space."""
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    return at


def _record(path: Path, line: int, value: Any, key: str = "") -> Record | Broken:
    if not isinstance(value, dict):
        return Broken(path, line, f"is not an object but {type(value).__name__}")
    return Record(path, line, value, key)


# --- XML

LINE = "#line"
"""The attribute under which an element from `xml_elements` has its line; no name that XML itself could have."""


def xml_elements(path: Path, tag: str) -> Iterator[Element | Broken]:
    """Every `<tag>` of a file as it is read. Where the XML breaks off, the rest of the file is reported as one."""
    elements = _Elements(tag)
    with path.open("rb") as file:
        while chunk := file.read(1 << 16):
            try:
                elements.feed(chunk)
            except expat.ExpatError as error:
                yield from elements.take()
                yield _breaks_off(path, error)
                return
            yield from elements.take()
    try:
        elements.feed(b"", last=True)
    except expat.ExpatError as error:
        yield _breaks_off(path, error)


def each_element(
    path: Path, elements: Iterable[Element | Broken], make: Callable[[Element], Found]
) -> Iterator[Found | Broken]:
    """As `each`, of a file's elements."""
    for element in elements:
        if isinstance(element, Broken):
            yield element
            continue
        try:
            yield make(element)
        except Malformed as error:
            yield Broken(path, int(element.get(LINE, 0)), str(error))


def _breaks_off(path: Path, error: expat.ExpatError) -> Broken:
    return Broken(path, error.lineno, f"is not XML: {expat.ErrorString(error.code)}; the rest of the file was not read")


class _Elements:
    """The `<tag>`s of what it is fed, each with the lines of everything in it."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._done: list[Element] = []
        self._depth = 0
        self._builder = TreeBuilder()
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        self._parser.Parse(chunk, last)

    def take(self) -> list[Element]:
        """Those that have come to their end since the last call."""
        taken, self._done = self._done, []
        return taken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._depth and name != self._tag:
            return
        if not self._depth:
            self._builder = TreeBuilder()
        self._depth += 1
        self._builder.start(name, {**attributes, LINE: str(self._parser.CurrentLineNumber)})

    def _end(self, name: str) -> None:
        if not self._depth:
            return
        self._depth -= 1
        self._builder.end(name)
        if not self._depth:
            self._done.append(self._builder.close())

    def _text(self, text: str) -> None:
        if self._depth:
            self._builder.data(text)
