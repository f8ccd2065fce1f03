"""What is asked of documents in evaluation: which of them a question finds, and what is answered out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeAlias, get_args

from voicedoc.converse.ask import Asker
from voicedoc.converse.knowledge.answer import Answer
from voicedoc.converse.knowledge.distil import distil
from voicedoc.converse.knowledge.search import Search, Way
from voicedoc.converse.knowledge.starter import digest, sheets, with_sheets
from voicedoc.converse.knowledge.store import KnowledgeStore
from voicedoc.errors import UnsupportedLanguage
from voicedoc.phrases.role import SentenceEmbedder
from voicedoc.translate.role import Translator

WAYS: tuple[Way, ...] = get_args(Way)
"""How passages are found: by their words, by their meaning, by both."""

Cited: TypeAlias = tuple[str, ...]
"""Documents by their short names ("warfarin"), in order."""


class Documents(Protocol):
    """A store of documents under test. `fingerprint` tells one state of it and of what searches it from another."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def names(self) -> Cited:
        """Every document there is."""
        ...

    def find(self, question: str, language: str, way: Way, limit: int) -> Cited:
        """The documents of the first `limit` passages, one for each passage, so that one may be named twice.

        Raises:
            UnsupportedLanguage: If nothing finds by meaning.
        """
        ...

    def ask(self, question: str, language: str, way: Way = "both") -> Answer:
        """The answer; see `Asker`. Any way but "words" is both, where there are vectors."""
        ...


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a question found, the best first, and what was answered out of it. `wanted` are the right documents.

    `kind` is the answer's, "" where nobody answered; `cited` the documents that it quotes, `told` whether it names an
    interaction that a table knows.
    """

    wanted: Cited
    found: Cited
    kind: str = ""
    cited: Cited = ()
    told: bool = False


class StarterDocuments:
    """The starter set alone, in a store of its own in `folder`. Used on one thread; `close` it at the end."""

    def __init__(self, folder: Path, embedder: SentenceEmbedder | None, translator: Translator | None) -> None:
        self._store = with_sheets(KnowledgeStore(folder))
        self._embedder, self._translator = embedder, translator

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    @property
    def fingerprint(self) -> str:
        """The sheets' digest, and what makes vectors."""
        return f"{digest(sheets())} {self._embedder.name if self._embedder else 'no vectors'}"

    @property
    def names(self) -> Cited:
        """See `Documents`."""
        return tuple(_name(document.source) for document in self._store.documents())

    def find(self, question: str, language: str, way: Way, limit: int) -> Cited:
        """See `Documents`."""
        if way != "words" and self._embedder is None:
            raise UnsupportedLanguage("nothing finds by meaning", remedy="voicedoc models pull multilingual-e5-small")
        hits = self._search(way).find(distil(question, language), limit, way=way)
        return tuple(_name(hit.passage.document.source) for hit in hits)

    def ask(self, question: str, language: str, way: Way = "both") -> Answer:
        """See `Documents`."""
        return Asker(self._search(way), translator=self._translator).ask(question, language)

    def _search(self, way: Way) -> Search:
        return self._by_words if way == "words" or self._embedder is None else self._by_both

    @cached_property
    def _by_words(self) -> Search:
        return Search(self._store)

    @cached_property
    def _by_both(self) -> Search:
        """Made when something is first looked up: the vectors take a while."""
        if self._embedder is not None:
            self._store.embed_missing(self._embedder)
        return Search(self._store, self._embedder)


def cited_of(answer: Answer) -> Cited:
    """The documents that an answer quotes, each once."""
    return tuple(dict.fromkeys(_name(quote.citation.source) for quote in answer.quotes))


def retrieve(documents: Documents, way: str, question: str, language: str, wanted: Sequence[str]) -> Retrieved:
    """What a question finds and is answered. `way` is one of `WAYS`, or "by name": all documents as they are sorted."""
    if way not in WAYS:
        return Retrieved(tuple(wanted), documents.names[:DEPTH])
    found = documents.find(question, language, way, DEPTH)
    if way == "meaning":  # answers need words
        return Retrieved(tuple(wanted), found)
    answer = documents.ask(question, language, way)
    return Retrieved(tuple(wanted), found, answer.kind, cited_of(answer), bool(answer.interactions))


DEPTH = 10
"""How far down the list a right document counts."""


def _name(source: str) -> str:
    return source.removeprefix("starter/")
