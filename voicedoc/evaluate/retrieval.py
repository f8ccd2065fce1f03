"""Retrieval: whether a question finds the right document, and whether what is answered is out of the right one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from voicedoc.errors import ConfigError, CorpusError
from voicedoc.evaluate.documents import DEPTH, WAYS, Retrieved
from voicedoc.evaluate.figures import figures_of
from voicedoc.evaluate.rows import Item, Row
from voicedoc.evaluate.scores import Counts, Scorer, ratio, share, whole
from voicedoc.evaluate.tables import Table, number
from voicedoc.registry import did_you_mean

if TYPE_CHECKING:
    from voicedoc.evaluate.tasks import Task

BY_NAME = "by name"
"""The baseline: every document, as they are sorted, whatever the question."""

FINDERS = (*WAYS, BY_NAME)
"""How documents are found, by name."""

DEPTHS = (1, 3, 5)
"""k of HR@k."""

_Count: TypeAlias = Callable[[Retrieved], Counts | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the documents of the starter set that answer it; none where nothing there does."""

    text: str
    language: str
    sheets: frozenset[str]


def read_questions(path: Path) -> tuple[Asked, ...]:
    """The questions of a file.

    Raises:
        CorpusError: If it is missing or broken.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return tuple(Asked(one["text"], one["language"], frozenset(one["sheets"])) for one in table["question"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CorpusError(
            f"{path} cannot be read: {error}", remedy="each [[question]]: text, language, sheets"
        ) from error


def check_finders(names: Sequence[str]) -> None:
    """Raises: ConfigError: If there is no such way, or none is named."""
    if not names:
        raise ConfigError("retrieval needs a way to find documents", remedy=f"answerers = {list(FINDERS)}")
    for name in names:
        if name not in FINDERS:
            raise ConfigError(f"nothing finds documents '{name}'", remedy=did_you_mean(name, list(FINDERS)))


def wanted(task: Task) -> Iterator[Item]:
    """The task's questions in its languages; `reference` names the right documents."""
    for name in task.data.files:
        path = task.folder / name
        for place, one in enumerate(read_questions(path), start=1):
            if one.language in task.data.languages:
                id_, sheets = f"{path.stem}:{place}", " ".join(sorted(one.sheets))
                yield Item(id_, one.language, id_, one.language, sheets, source=one.text)


# --- scores


def _scorer(name: str, title: str, count: _Count, *, lower: bool = False) -> Scorer:
    def counted(row: Row) -> Counts | None:
        return count(row.retrieved) if row.retrieved else None

    return Scorer(name, title, lower, whole(counted), share)


def _hit(depth: int) -> _Count:
    def counted(one: Retrieved) -> Counts | None:
        return (float(not set(one.wanted).isdisjoint(one.found[:depth])), 1.0) if one.wanted else None

    return counted


def _reciprocal(row: Row) -> Counts | None:
    """A hundred by the rank of the first passage out of a right document; 0 below `DEPTH`."""
    one = row.retrieved
    if one is None or not one.wanted:
        return None
    ranks = [rank for rank, name in enumerate(one.found[:DEPTH], start=1) if name in one.wanted]
    return (100.0 / ranks[0] if ranks else 0.0, 1.0)


def _answerable(is_so: Callable[[Retrieved], bool]) -> _Count:
    return lambda one: (float(is_so(one)), 1.0) if one.wanted and one.kind else None


def _unanswerable(is_so: Callable[[Retrieved], bool]) -> _Count:
    return lambda one: (float(is_so(one)), 1.0) if not one.wanted and one.kind else None


def _unknown(one: Retrieved) -> bool:
    return one.kind == "unknown"


def _told(one: Retrieved) -> bool:
    return one.told


def _right(one: Retrieved) -> bool:
    return not set(one.wanted).isdisjoint(one.cited)


def _only_right(one: Retrieved) -> bool:
    return bool(one.cited) and set(one.cited) <= set(one.wanted)


RETRIEVAL_SCORERS = (
    *(_scorer(f"hr@{depth}", f"a right document among the first {depth} passages", _hit(depth)) for depth in DEPTHS),
    Scorer("mrr", f"mean reciprocal rank of the first right passage, of {DEPTH}", False, whole(_reciprocal), ratio),
    _scorer("answered", "answerable questions that are answered", _answerable(lambda one: one.kind == "answer")),
    _scorer("cites-right", "answerable questions whose answer quotes a right document", _answerable(_right)),
    _scorer("cites-only-right", "answerable questions whose answer quotes nothing else", _answerable(_only_right)),
    _scorer("abstains", "unanswerable questions that get 'I do not know'", _unanswerable(_unknown)),
    _scorer("told-by-tables", "unanswerable ones that a table of interactions answers", _unanswerable(_told)),
)
"""Whether the right documents are found and quoted."""


def retrieval_tables(rows: Iterable[Row]) -> Iterator[Table]:
    """Every way of finding over all languages together."""
    found = (
        replace(row, slice=row.slice.removeprefix(f"{row.language} ")) for row in rows if row.retrieved is not None
    )
    lines = tuple(
        (one.title, one.slice, number(one.value), number(one.low), number(one.high), one.n)
        for one in figures_of(RETRIEVAL_SCORERS, found)
    )
    if lines:
        columns = ("measure", "found", "value", "95 % from", "to", "n")
        yield Table("retrieval", "All languages together", columns, lines)
