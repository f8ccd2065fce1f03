"""The store: documents, their passages and sentence vectors, in one SQLite file.

A document is in it whole or not at all: each is one transaction. Any language is found by words, for these are cut out
beforehand (`terms.py`); vectors are added when there is an embedder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Row
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.knowledge import terms
from voicedoc.converse.knowledge.database import VARIABLE, Database
from voicedoc.converse.knowledge.document import Check, Document, Passage, Source
from voicedoc.converse.knowledge.passages import cut
from voicedoc.converse.knowledge.terms import terms_of
from voicedoc.errors import ConfigError
from voicedoc.phrases.role import SentenceEmbedder

FILE = "knowledge.sqlite"

Added: TypeAlias = Literal["added", "replaced", "unchanged"]

_AT_ONCE = 16
"""Passages whose vectors are kept together: what is lost when somebody stops it."""

_DOCUMENT = """
    SELECT documents.*, (SELECT COUNT(*) FROM passages WHERE document = documents.id) AS n_passages FROM documents
"""


class KnowledgeStore:
    """The store in the folder `root`, which is made where it is missing. Used from one thread; close it at the end.

    Raises:
        StoreError: If the file cannot be opened, is something else, or was written by a newer version.
    """

    def __init__(self, root: Path, *, schema: Sequence[str] = ()) -> None:
        self.path = root / FILE
        self._database = Database(self.path, schema=schema)
        self._known: dict[int, Document] = {}
        self._read_terms_again()

    @classmethod
    def default(cls) -> KnowledgeStore:
        """The user's: the folder VOICEDOC_KNOWLEDGE, or `voicedoc/knowledge` where the system keeps a user's data."""
        from platformdirs import user_data_path

        named = os.environ.get(VARIABLE)
        return cls(Path(named).expanduser() if named else user_data_path("voicedoc", appauthor=False) / "knowledge")

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> KnowledgeStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- changing

    def add(
        self, source: Source, tell: Callable[[int, int], None] = lambda done, total: None
    ) -> tuple[Document, Added]:
        """Put a document in; what had its `source` before goes. `tell` hears how many of how many passages are read.

        The same content again changes nothing, also from another source: it is the document that is there.
        """
        same = self._where("source = ?", (source.source,))
        there = self._where("sha256 = ? ORDER BY source = ? DESC", (source.sha256, source.source))
        if there and (there[0].source == source.source or not same):
            return there[0], "unchanged"
        with self._database.transaction():
            self._database.execute("DELETE FROM documents WHERE source = ?", (source.source,))
            number = self._insert(source, tell)
        self._known.clear()
        return self.document(number), "replaced" if same else "added"

    def _insert(self, source: Source, tell: Callable[[int, int], None] = lambda done, total: None) -> int:
        number = self._database.insert(
            "INSERT INTO documents (kind, source, sha256, title, licence, language, added, drugs, check_publisher,"
            " check_title, check_url, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(source.kind, source.source, source.sha256, source.title, source.licence, source.language),
                datetime.now(UTC).isoformat(timespec="seconds"),
                "|".join(source.drugs),
                *(source.check.publisher, source.check.title, source.check.url),
                source.text,
            ),
        )
        places = source.passages or cut(source.text, source.pages)
        for at, (start, stop) in enumerate(places):
            tell(at, len(places))
            page = sum(1 for begin in source.pages if begin <= start) or None
            text = source.text[start:stop]
            found_by = _indexed(source.kind, source.title, text, source.language, source.drugs)
            self._database.execute(
                "INSERT INTO passages (document, start, stop, page, is_entry, text, terms)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, start, stop, page, source.kind == "terminology", text, found_by),
            )
        return number

    def remove(self, number: int) -> Document:
        """Take a document out; its removed. A sheet of the starter set does not come back by itself.

        Raises:
            ConfigError: If there is none of this number.
        """
        document = self.document(number)
        with self._database.transaction():
            self._database.execute("DELETE FROM documents WHERE id = ?", (number,))
            if document.kind == "sheet":
                self._database.execute("INSERT OR IGNORE INTO removed_sheets VALUES (?)", (document.source,))
        self._known.clear()
        return document

    def sync_sheets(self, sheets: Iterable[Source], digest: str, *, again: bool = False) -> None:
        """Bring the starter set up to date, all of it or nothing. `again` also brings back what the user removed."""
        if self._setting("sheets") == digest and not again:
            return
        with self._database.transaction():
            if again:
                self._database.execute("DELETE FROM removed_sheets")
            removed = {row[0] for row in self._database.execute("SELECT source FROM removed_sheets")}
            there = {document.source: document for document in self._where("kind = 'sheet'")}
            for sheet in sheets:
                old = there.pop(sheet.source, None)
                if sheet.source not in removed and (old is None or old.sha256 != sheet.sha256):
                    self._database.execute("DELETE FROM documents WHERE source = ?", (sheet.source,))
                    self._insert(sheet)
            for gone in there.values():
                self._database.execute("DELETE FROM documents WHERE id = ?", (gone.id,))
            self._set("sheets", digest)
        self._known.clear()

    def embed_missing(
        self, embedder: SentenceEmbedder, tell: Callable[[int, int], None] = lambda done, total: None
    ) -> int:
        """Add the vectors that passages lack, a few at a time; how many. `tell` hears how many of how many are done.

        Terminologies get none: their entries are found by their words.
        """
        rows = self._database.execute(
            "SELECT passages.id, documents.title, passages.text FROM passages JOIN documents ON documents.id = document"
            " WHERE NOT is_entry AND NOT EXISTS"
            " (SELECT 1 FROM vectors WHERE passage = passages.id AND model = ?) ORDER BY passages.id",
            (embedder.name,),
        )
        for at in range(0, len(rows), _AT_ONCE):
            tell(at, len(rows))
            some = rows[at : at + _AT_ONCE]
            made = embedder.embed([f"{row['title']}. {row['text']}" for row in some])
            with self._database.transaction():
                for row, vector in zip(some, made, strict=True):
                    self._database.execute(
                        "INSERT OR REPLACE INTO vectors SELECT id, ?, ? FROM passages WHERE id = ?",
                        (embedder.name, np.asarray(vector, "<f4").tobytes(), row["id"]),
                    )
        return len(rows)

    def n_without_vectors(self, model: str) -> int:
        """How many passages have no vector by `model` yet."""
        rows = self._database.execute(
            "SELECT COUNT(*) FROM passages WHERE NOT is_entry AND NOT EXISTS"
            " (SELECT 1 FROM vectors WHERE passage = passages.id AND model = ?)",
            (model,),
        )
        return int(rows[0][0])

    def _read_terms_again(self) -> None:
        """Once, after a version that cuts words otherwise."""
        if self._setting("terms") == terms.version():
            return
        with self._database.transaction():
            for document in self._where():
                rows = self._database.execute("SELECT id, text FROM passages WHERE document = ?", (document.id,))
                for row in rows:
                    found_by = _indexed(document.kind, document.title, row["text"], document.language, document.drugs)
                    self._database.execute("UPDATE passages SET terms = ? WHERE id = ?", (found_by, row["id"]))
            for index in ("words", "entries"):
                self._database.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
            self._set("terms", terms.version())

    # --- looking

    def documents(self) -> list[Document]:
        """All, in the order in which they were added."""
        return self._where("1 ORDER BY id")

    def document(self, number: int) -> Document:
        """The document with this number.

        Raises:
            ConfigError: If there is none.
        """
        if number not in self._known:
            found = self._where("id = ?", (number,))
            if not found:
                raise ConfigError(
                    f"there is no document {number}", remedy="voicedoc knowledge list shows their numbers"
                )
            self._known[number] = found[0]
        return self._known[number]

    def text(self, number: int) -> str:
        """All that a document says."""
        return str(self._database.execute("SELECT text FROM documents WHERE id = ?", (self.document(number).id,))[0][0])

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        """The passages with these numbers, in the order asked for; those that are gone are left out."""
        wanted = list(numbers)
        marks = ", ".join("?" * len(wanted))
        rows = self._database.execute(f"SELECT * FROM passages WHERE id IN ({marks})", wanted)
        found = {row["id"]: self._passage(row) for row in rows}
        return [found[number] for number in wanted if number in found]

    def passages_of(self, number: int) -> list[Passage]:
        """The passages of a document, in order of place."""
        rows = self._database.execute("SELECT * FROM passages WHERE document = ? ORDER BY start", (number,))
        return [self._passage(row) for row in rows]

    def by_words(self, words: Iterable[str], limit: int, *, entries: bool = False) -> list[tuple[int, float]]:
        """Numbers of passages with any of `words` (as `Terms.indexed` has them) and their BM25, best first.

        `entries`: those of terminologies instead of documents.
        """
        asked = " OR ".join(f'"{word}"' for word in sorted(set(words)) if word.replace('"', "") == word != "")
        if not asked:
            return []
        index = "entries" if entries else "words"
        rows = self._database.execute(
            f"SELECT rowid, -bm25({index}) AS score FROM {index} WHERE {index} MATCH ?"
            " ORDER BY score DESC, rowid LIMIT ?",
            (asked, limit),
        )
        return [(row[0], row[1]) for row in rows]

    def rarity(self, words: Iterable[str]) -> dict[str, float]:
        """How much each word tells: the logarithm of how many passages of documents there are for each that has it."""
        total = self._database.execute("SELECT COUNT(*) FROM passages WHERE NOT is_entry")[0][0]
        found: dict[str, float] = {}
        for word in words:
            rows = self._database.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,))
            found[word] = float(np.log((1 + total) / (1 + (rows[0][0] if rows else 0)))) + 0.1
        return found

    def vectors(self, model: str) -> tuple[list[int], NDArray[np.float32]]:
        """The passages' numbers and their vectors by `model`, shape `(n, n_dimensions)`."""
        rows = self._database.execute("SELECT passage, vector FROM vectors WHERE model = ? ORDER BY passage", (model,))
        if not rows:
            return [], np.zeros((0, 0), np.float32)
        return [row[0] for row in rows], np.stack([np.frombuffer(row[1], "<f4") for row in rows])

    def _where(self, condition: str = "1", values: Sequence[Any] = ()) -> list[Document]:
        return [_document(row) for row in self._database.execute(f"{_DOCUMENT} WHERE {condition}", values)]

    def _passage(self, row: Row) -> Passage:
        document = self.document(row["document"])
        words = frozenset(row["terms"].split())
        return Passage(row["id"], document, row["start"], row["stop"], row["page"], row["text"], words)

    def _setting(self, name: str) -> str:
        rows = self._database.execute("SELECT value FROM settings WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def _set(self, name: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def _indexed(kind: str, title: str, text: str, language: str, drugs: Sequence[str]) -> str:
    """The words by which a passage is found: its own, its title's, and the drugs that its document is about.

    Those of a terminology, which may have a hundred thousand entries, are its plain words.
    """
    if kind == "terminology":
        return " ".join(sorted(terms.words_of(text)))
    return " ".join(terms_of(f"{title}.\n{text}", language, drugs).indexed)


def _document(row: Row) -> Document:
    return Document(
        row["id"],
        row["kind"],
        row["source"],
        row["sha256"],
        row["title"],
        row["licence"],
        row["language"],
        row["added"],
        tuple(name for name in row["drugs"].split("|") if name),
        Check(row["check_publisher"], row["check_title"], row["check_url"]),
        row["n_passages"],
    )
