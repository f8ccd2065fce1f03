"""What is known of a corpus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Some files of a corpus, a pattern below its folder: where they come from and on which terms."""

    files: str
    origin: str
    licence: str
    redistributable: bool


@dataclass(frozen=True, slots=True)
class CorpusCard:
    """A corpus. Its terms are those of its sources."""

    name: str
    description: str
    languages: tuple[str, ...]
    sources: tuple[Source, ...]
    attribution: str
