"""How much of a sentence's wording is in the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from voicedoc.core.languages import primary
from voicedoc.guard.tokens import folded, tokenise
from voicedoc.translate.languages import WITHOUT_SPACES

_STEM = 5
"""Letters that words of one meaning share, more or less: "smoking" and "smoker", "dolor" and "dolores"."""

_SHORTEST = 4
"""Letters. Shorter words are mostly grammar, but in Arabic, which writes fewer vowels."""

_ARTICLE = "ال"
"""Arabic's, which is written onto its noun."""


def stems(text: str, language: str) -> frozenset[str]:
    """The words of `text` that carry its content, cut to their beginnings; in Chinese and the like, pairs of signs."""
    return frozenset(_pairs(text) if primary(language) in WITHOUT_SPACES else _words(text))


def covered(sentence: str, evidence: frozenset[str], language: str) -> float | None:
    """The share of a sentence's content that is in `evidence`, in [0, 1]; None where it has no content words."""
    own = stems(sentence, language)
    return len(own & evidence) / len(own) if own else None


def _words(text: str) -> Iterator[str]:
    for token in tokenise(text):
        word = folded(token.text).removeprefix(_ARTICLE)
        if token.kind in {"digits", "code"}:
            yield token.text
        elif token.kind == "word" and _is_long(word) and word not in _stop_words():
            yield word[:_STEM]


def _is_long(word: str) -> bool:
    return len(word) >= (_SHORTEST - 1 if "\u0600" <= word[:1] <= "\u06ff" else _SHORTEST)


def _pairs(text: str) -> Iterator[str]:
    signs = [token.text for token in tokenise(text) if token.kind == "word"]
    yield from (one + other for one, other in pairwise(signs))


@cache
def _stop_words() -> frozenset[str]:
    lines = Path(__file__).with_name("stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(folded(word) for line in lines if not line.startswith("#") for word in line.split())
