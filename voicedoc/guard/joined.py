"""Words that say two things in one: Arabic duals, "полтаблетки", "Fentanylpflaster"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voicedoc.guard.drugs import is_listed
from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.tokens import Token, tokenise

_SHORTEST_DRUG = 4


def apart(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with such words as what they stand for: "حبتين" as "2 حبة", all at the word's own place."""
    if not (lexicon.joined or lexicon.compounds):
        return tokens
    return [part for token in tokens for part in _parts(token, lexicon)]


def _parts(token: Token, lexicon: Lexicon) -> Iterator[Token]:
    said = next((lexicon.joined[word] for word in _spellings(token, lexicon) if word in lexicon.joined), None)
    if token.kind == "word" and said is None and (tail := _tail(token.text, lexicon.compounds)):
        said = f"{token.text.removesuffix(tail)} {tail}"
    if token.kind != "word" or said is None:
        yield token
        return
    yield from (replace(part, start=token.start, end=token.end) for part in tokenise(said))


def _tail(word: str, tails: tuple[str, ...]) -> str:
    """The "pflaster" of "fentanylpflaster"; "" where no drug stands before it."""
    found = (tail for tail in tails if word.endswith(tail) and len(word) > len(tail) + _SHORTEST_DRUG)
    return next((tail for tail in found if is_listed(word.removesuffix(tail))), "")


def _spellings(token: Token, lexicon: Lexicon) -> Iterator[str]:
    yield token.plain
    for prefix in lexicon.prefixes:
        if not prefix.endswith("ال") and token.plain.startswith(prefix):
            yield token.plain[len(prefix) :]
