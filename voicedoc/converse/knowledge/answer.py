"""An answer: sentences of documents, word for word, each with its place; or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["answer", "unknown", "boundary", "emergency"]
"""Passages answer; none does; it is never answered (a dose, a diagnosis, …); help is needed first."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence stands: `document's text[start:end]`. `passage` and `document` are the store's numbers."""

    document: int
    title: str
    source: str
    passage: int
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, word for word, in the document's `language`.

    `shown` is what the asker reads: a translation that the guard found nothing wrong with, or `text` itself. `doubt`
    says why it is not translated; "" where it is, or need not be. The guard sees numbers, drugs, a lost "not"; it does
    not see every wrong word: where `is_translated`, show `text` beneath it.
    """

    text: str
    language: str
    citation: Citation
    shown: str
    doubt: str = ""

    @property
    def is_translated(self) -> bool:
        """Whether a machine worded what is shown."""
        return self.shown != self.text


@dataclass(frozen=True, slots=True)
class Interaction:
    """What the tables of `voicedoc.converse.medicines` have against two medicines together.

    `names` are INNs; `severity` "major" or "moderate"; `text` is in the asker's language, `source` where to check it.
    """

    names: tuple[str, str]
    severity: str
    text: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`message` are fixed words in the asker's `language`; `message_for_clinician` the same in the clinician's.

    `reason`: which boundary or alarms. `urgent`, in both languages, is said first: somebody must be seen today.
    `quotes` and `interactions` are there only where `kind` is "answer"; `cautions` are fixed words to the asker that
    come before them. `warnings` are for the clinician. `route`: how the question got to the documents:
    "direct", "pivot" or "both".
    """

    kind: Kind
    question: str
    language: str
    message: str
    message_for_clinician: str = ""
    reason: str = ""
    urgent: str = ""
    urgent_for_clinician: str = ""
    quotes: tuple[Quote, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    cautions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    route: str = ""
