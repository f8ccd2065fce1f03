"""A document, its passages, and where in it an answer stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["sheet", "file", "terminology"]
"""A sheet of the starter set; a file of the user's; a terminology, whose entries are found but answer nothing."""


@dataclass(frozen=True, slots=True)
class Check:
    """A public source to check a document against: publisher, title and address; all empty where there is none."""

    publisher: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What can be put into the store.

    `source` names it for good: a path, `starter/paracetamol`. `text` is what it says; places are counted in it, in
    characters. `pages` are the places at which pages begin, where it has pages. `drugs`: the INNs that all of it is
    about, also where a passage does not name them. `passages`: where it is cut; empty: where `cut` says.
    """

    kind: Kind
    source: str
    sha256: str
    title: str
    text: str
    language: str
    licence: str = "unknown"
    drugs: tuple[str, ...] = ()
    check: Check = Check()
    pages: tuple[int, ...] = ()
    passages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the store. `id` is a number that is never used again; `added` an ISO date and time in UTC."""

    id: int
    kind: Kind
    source: str
    sha256: str
    title: str
    licence: str
    language: str
    added: str
    drugs: tuple[str, ...]
    check: Check
    n_passages: int


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is `document's text[start:end]`. `page` counts from 1; None where the document has no pages.

    `terms` are what it is found by.
    """

    id: int
    document: Document
    start: int
    end: int
    page: int | None
    text: str
    terms: frozenset[str]
