"""The drugs and allergens of a visit's glossary, which the guard then knows beside its own."""

from __future__ import annotations

from collections.abc import Iterator

from voicedoc.core.glossary import Glossary, Term
from voicedoc.guard.drugs import find_drugs
from voicedoc.guard.lexicon import lexicon_of
from voicedoc.guard.phrases import Phrases
from voicedoc.guard.tokens import folded, tokenise


class VisitNames:
    """A glossary as the guard matches it. Names that the guard's own list has, too, mean the same drug as there."""

    def __init__(self, glossary: Glossary) -> None:
        self._terms = glossary.terms
        self._found: dict[tuple[str, str], Phrases] = {}

    def drugs(self, language: str) -> Phrases:
        """What the drugs are called in a language, each with its value."""
        return self._phrases("drug", language)

    def allergens(self, language: str) -> Phrases:
        """The same of what somebody is allergic to."""
        return self._phrases("allergy", language)

    def _phrases(self, kind: str, language: str) -> Phrases:
        if (kind, language) not in self._found:
            prefixes = lexicon_of(language).prefixes
            entries = ((term.form(language), _value(term)) for term in self._terms if term.kind == kind)
            self._found[kind, language] = Phrases((entry for entry in entries if entry[0]), prefixes)
        return self._found[kind, language]


def _value(term: Term) -> str:
    """The INN, where the guard lists one of the term's forms; else its first form."""
    return next(_listed(term), folded(next(_forms(term)).casefold()))


def _listed(term: Term) -> Iterator[str]:
    for form in _forms(term):
        tokens = tokenise(form)
        yield from (match.value for match in find_drugs(tokens) if not match.lenient and len(tokens) == match.stop)


def _forms(term: Term) -> Iterator[str]:
    yield from filter(None, (term.common, *(term.forms[tag] for tag in sorted(term.forms))))
