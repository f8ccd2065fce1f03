"""A note, as it is kept: sections of sentences, each with the utterances that it rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from voicedoc.core.journal import from_json, to_json


class Support(StrEnum):
    """Whether what a sentence rests on says it. REMARK: it is about the interview, and nobody is to have said it."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    REMARK = "remark"


class Origin(StrEnum):
    """Who worded a sentence: somebody in the visit (word for word, or translated), a rule, a model, a person after."""

    SAID = "said"
    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a note. `utterances` are what it rests on; `reasons` say what they do not say, or what is doubtful.

    `language` is its own, a BCP 47 tag: what nobody translated stands in the language in which it was said.
    """

    text: str
    language: str
    utterances: tuple[int, ...]
    origin: Origin
    support: Support
    reasons: tuple[str, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether a reader must be warned of it."""
        return self.support in (Support.PARTLY, Support.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences under a `label`, such as "Allergies"; "" where the section has no further headings."""

    label: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a note. `name` is the template's, `title` in the note's language."""

    name: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An utterance that a sentence rests on. `translation` is in the note's language; "" where it was said in that.

    `start` and `end` are seconds on the audio clock.
    """

    utterance: int
    speaker: str
    role: str
    start: float
    end: float
    language: str
    text: str
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note. `method` is "rules", or the model that worded it; `notices` are what its reader must know.

    `reader` is "doctor" or "patient". `words` are the template's own wordings in the note's language. `coverage`: how
    many of the sentences that were said it rests on.
    """

    template: str
    language: str
    reader: str
    title: str
    method: str
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...]
    notices: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    n_said: int = 0
    n_used: int = 0

    @property
    def name(self) -> str:
        """What the note is called in its session: "soap-en"."""
        return f"{self.template}-{self.language}"

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in the note's order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph.sentences

    def word(self, key: str) -> str:
        """A wording of the template."""
        return dict(self.words).get(key, "")

    def counts(self) -> Counts:
        """How well it is supported."""
        return Counts({kind: sum(said.support is kind for said in self.sentences()) for kind in Support})


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences by their support."""

    by_support: Mapping[Support, int] = field(default_factory=dict)

    @property
    def n_claims(self) -> int:
        """Sentences that say what was said: all but remarks."""
        return sum(n for kind, n in self.by_support.items() if kind is not Support.REMARK)

    @property
    def rate(self) -> float | None:
        """The share of claims that are supported; None where there are none."""
        return self.by_support.get(Support.SUPPORTED, 0) / self.n_claims if self.n_claims else None


def to_data(note: Note) -> dict[str, Any]:
    """The note as plain JSON data."""
    data: dict[str, Any] = to_json(note)
    return data


def from_data(data: Mapping[str, Any]) -> Note:
    """The inverse of `to_data`."""
    note: Note = from_json(Note, data)
    return note


def to_bytes(note: Note) -> bytes:
    """What is hashed, signed and kept: `to_data` as JSON in UTF-8 with sorted keys, without white space."""
    return json.dumps(to_data(note), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_of(note: Note) -> str:
    """The digest of `to_bytes`, in hexadecimal."""
    return hashlib.sha256(to_bytes(note)).hexdigest()
