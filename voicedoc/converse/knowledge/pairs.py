"""Two medicines in one question: which sentences name both, and what the tables have against them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from voicedoc.converse.knowledge.answer import Interaction
from voicedoc.converse.knowledge.document import Document, Passage
from voicedoc.converse.knowledge.instructed import is_instruction
from voicedoc.converse.knowledge.passages import sentence_places
from voicedoc.converse.knowledge.terms import terms_of
from voicedoc.converse.medicines.check import Conflict, conflicts
from voicedoc.converse.medicines.read import State, medicines_in
from voicedoc.converse.medicines.table import classes, known_name
from voicedoc.core.speech import UtteranceId

_CLASS_OF_TOPIC = {
    "opioid": "opioids",
    "benzodiazepine": "benzodiazepines",
    "blood-thinner": "anticoagulants",
    "statin": "statins",
    "steroid": "corticosteroids",
    "penicillin": "penicillins",
}
"""Topics that are the name of a class of medicines."""

_SOMEBODY = (UtteranceId(0),)


def named_together(text: str, document: Document, asked: frozenset[str]) -> frozenset[str]:
    """Which of the drugs `asked` about a sentence of a document names: itself, by a class, or as what the document is
    about; none where it does not name two, or only those that the document is about anyway.
    """
    said = _named(text, document.language) & asked
    about = frozenset(document.drugs) | terms_of(document.title, document.language).drugs
    together = said | (about & asked)
    is_told = len(said) > 1 or bool(said - about)
    return together if len(together) > 1 and is_told else frozenset()


def pairs_in(passage: Passage, asked: frozenset[str]) -> bool:
    """Whether a sentence of the passage names two of the drugs `asked` about."""
    places = sentence_places(passage.text, 0, len(passage.text))
    texts = (passage.text[start:end] for start, end in places)
    return any(named_together(text, passage.document, asked) and not is_instruction(text) for text in texts)


@lru_cache(4096)
def _named(text: str, language: str) -> frozenset[str]:
    """The drugs that a sentence names, those of a class that it names with them."""
    terms = terms_of(text, language)
    named = set(terms.drugs) | {one.name for one in medicines_in(text, language, anybodys=True)}
    groups = [group for group in classes().values() if group.generic in named - {""}]
    groups += [classes()[_CLASS_OF_TOPIC[topic]] for topic in terms.topics if topic in _CLASS_OF_TOPIC]
    return frozenset(named.union(*(group.members for group in groups)))


def medicines_of(question: str, language: str, drugs: Iterable[str]) -> frozenset[str]:
    """The medicines that a question is about, as the tables call them; not what was stopped, and no allergy."""
    read = medicines_in(question, language, anybodys=True)
    gone = {one.name for one in read if one.kind != "medicine" or one.state in (State.STOPPED, State.DENIED)}
    there = {one.name for one in read if one.name not in gone}
    return frozenset(there | ({known_name(drug) for drug in drugs} - gone))


def interactions(medicines: Iterable[str], language: str) -> tuple[Interaction, ...]:
    """What the tables have against medicines together, the gravest first, in words of `language`."""
    found = conflicts(dict.fromkeys(sorted(medicines), _SOMEBODY), {}, {})
    return tuple(_interaction(one, language) for one in found if one.kind in ("interaction", "same class"))


def _interaction(found: Conflict, language: str) -> Interaction:
    source = found.source
    year = f" ({source.year})" if source.year else ""
    return Interaction(
        found.names, found.severity, found.message(language), f"{source.publisher}: {source.title}{year}", source.url
    )


def pairs_of(medicines: Iterable[str]) -> Iterator[frozenset[str]]:
    """Every two of them."""
    return (frozenset(pair) for pair in combinations(sorted(medicines), 2))
