"""A visit's glossary in translation: its terms come out as the glossary says, or a doubt names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from voicedoc.core.glossary import Glossary, Pair, any_term, key_of
from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed
from voicedoc.translate.role import Translator

STAND_INS = ("Xqa", "Xqe", "Xqi", "Xqo", "Xqu", "Xqad", "Xqed", "Xqid", "Xqod", "Xqud")
"""Words of no language, which translation models copy as they do names; without digits, which the guard would count."""

_STAND_IN = re.compile(r"\bXq[a-z]{1,2}\b")

MISSING = "glossary term missing: "


class WithGlossary:
    """A `Translator` that holds `translator` to `glossary`.

    A translation that lacks a term is made again with stand-ins that models copy, which then become the terms. Where
    that fails too, the first translation stands, with the doubt "glossary term missing: …" for each term that it lacks.
    """

    def __init__(self, translator: Translator, glossary: Glossary) -> None:
        self._translator, self._glossary = translator, glossary
        self._terms: dict[tuple[str, str], _Terms] = {}
        self.name = translator.name

    def supports(self, source: str, target: str) -> bool:
        """What `translator` supports."""
        return self._translator.supports(source, target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        plain = self._translator.translate(text, source=source, target=target)
        said = self._terms_of(source, target).said_in(text)
        if not said or not (lost := _lost(said, plain.text)):
            return plain
        doubts = tuple(f"{MISSING}{term}" for term in lost)
        return self._forced(text, said, source, target) or replace(plain, doubts=plain.doubts + doubts)

    def _terms_of(self, source: str, target: str) -> _Terms:
        """The glossary's terms, made ready once for each pair of languages."""
        if (source, target) not in self._terms:
            self._terms[source, target] = _Terms(self._glossary.pairs(source, target))
        return self._terms[source, target]

    def _forced(self, text: str, said: Sequence[Pair], source: str, target: str) -> Translation | None:
        """A translation with every term in its place; None where there is none."""
        terms = list(dict.fromkeys(said))
        if len(terms) > len(STAND_INS) or _STAND_IN.search(text):
            return None
        hidden = dict(zip(terms, STAND_INS, strict=False))
        masked = _Terms(terms).replaced(text, hidden)
        try:
            made = self._translator.translate(masked, source=source, target=target)
        except BackendFailed:
            return None  # the first translation stands, with its doubts
        if Counter(_STAND_IN.findall(made.text)) != Counter(hidden[term] for term in said):
            return None
        shown = {stand_in: term.target for term, stand_in in hidden.items()}
        return replace(made, text=_STAND_IN.sub(lambda found: shown[found.group()], made.text))


class _Terms:
    """Terms to be found in a text."""

    def __init__(self, terms: Sequence[Pair]) -> None:
        self._by_key = {key_of(term.source): term for term in terms}
        loose = [term.source for term in terms if not term.cased]
        self._pattern = any_term(loose, cased=[term.source for term in terms if term.cased])

    def said_in(self, text: str) -> list[Pair]:
        """The terms in `text`, as often as they are there."""
        return [self._by_key[key_of(found.group())] for found in self._pattern.finditer(text)]

    def replaced(self, text: str, by: Mapping[Pair, str]) -> str:
        """`text` with each term replaced."""
        return self._pattern.sub(lambda found: by[self._by_key[key_of(found.group())]], text)


def _lost(said: Sequence[Pair], output: str) -> list[str]:
    """What the terms must become and `output` has less often than was said, each once."""
    wanted = Counter(term.target for term in said)
    there = Counter(key_of(found.group()) for found in any_term(wanted).finditer(output))
    return [term for term, n in wanted.items() if there[key_of(term)] < n]
