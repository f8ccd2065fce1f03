"""What readers yield: a small vocabulary of frozen rows that all corpora share, and the row that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Broken:
    """What a reader could not read, in its row's place; the reading goes on. `line` is from 1, 0 for a whole file."""

    file: Path
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A health question with an answer, each in several languages (keys are BCP 47 tags).

    `fits` says whether the answer is one to this question; `wrong` has the ids of rows whose answers are not.
    """

    id: str
    text: Mapping[str, str]
    answer: Mapping[str, str]
    fits: bool = True
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A multiple choice question. `answer` is a key of `options`; `context` is what is to be read first."""

    id: str
    language: str
    question: str
    options: Mapping[str, str]
    answer: str
    context: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Parallel:
    """One text in several languages, translated by people. Keys are BCP 47 tags ("pt-BR") as the source has them."""

    id: str
    domain: str
    text: Mapping[str, str]

    def in_language(self, language: str) -> str | None:
        """The text in `language` or in a regional variety of it; None where there is none."""
        tags = [tag for tag in self.text if tag == language] or [t for t in self.text if t.split("-")[0] == language]
        return self.text[tags[0]] if tags else None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said. Times are seconds, None where nobody marked them."""

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A consultation in writing. `note` is what the doctor wrote of it; `audio` has each speaker's own channel."""

    id: str
    language: str
    turns: tuple[Turn, ...]
    topic: str = ""
    note: str = ""
    audio: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A patient for a simulated consultation: what they say first, all that they know, and what it comes to.

    `turns` is how a real consultation went on after the complaint.
    """

    id: str
    language: str
    complaint: str
    description: str
    turns: tuple[Turn, ...]
    diagnosis: str
    recommendation: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance. `span` is its place in `audio`, None for all of it; `audio` is None where the copy has none."""

    id: str
    language: str
    text: str
    audio: Path | None
    span: Span | None = None
    speaker: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diarized:
    """Who speaks when in a recording, in time's order. `audio` is None where the copy has none."""

    id: str
    turns: tuple[SpeakerTurn, ...]
    audio: Path | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a decision tree: a condition ("C") or a decision ("D"), told by triples (subject, relation, object).

    `logic` joins the triples: "and", "or", or "null" for fewer than two.
    """

    role: str
    triples: tuple[tuple[str, str, str], ...]
    logic: str


@dataclass(frozen=True, slots=True)
class DecisionTree:
    """A text and its binary tree in pre-order: after a condition come the branch "yes", then the branch "no"."""

    id: str
    language: str
    text: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence, word by word, with a tag for each: "O", "B-Claim", "I-Claim", "B-Premise", …"""

    id: str
    language: str
    words: tuple[str, ...]
    tags: tuple[str, ...]


Row: TypeAlias = Question | Choice | Parallel | Dialogue | Case | Spoken | Diarized | DecisionTree | Tagged

Found = TypeVar("Found", bound=Row)


def intact(rows: Iterable[Found | Broken]) -> Iterator[Found]:
    """The rows, for those who can do nothing with a damaged corpus.

    Raises:
        CorpusError: At the first broken one.
    """
    for row in rows:
        if isinstance(row, Broken):
            where = f"{row.file}, line {row.line}" if row.line else str(row.file)
            raise CorpusError(f"{where}: {row.reason}", remedy="fetch the file again, or mend that row")
        yield row
