"""What is known of a corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """Some files of a corpus, a pattern below its folder: where they come from and on which terms."""

    files: str
    origin: str
    licence: str
    redistributable: bool


@dataclass(frozen=True, slots=True)
class CorpusCard:
    """A corpus. Its terms are those of its sources; `attribution` is whom to name, or what to cite.

    `languages` are BCP 47 tags; "mul" stands for more than a card can list. `fields` says what becomes of the corpus's
    own fields. `certainty` says how sure it is that the released files look as the reader expects: whether it has read
    real ones, or knows them from a description only.
    """

    name: str
    description: str
    languages: tuple[str, ...]
    sources: tuple[Source, ...]
    attribution: str
    fields: Mapping[str, str] = field(default_factory=dict)
    certainty: str = ""
