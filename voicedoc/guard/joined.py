"""Words that say a number and a thing in one: Arabic duals, "полтаблетки"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.tokens import Token, tokenise


def apart(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with such words as what they stand for: "حبتين" as "2 حبة", all at the word's own place."""
    if not lexicon.joined:
        return tokens
    return [part for token in tokens for part in _parts(token, lexicon)]


def _parts(token: Token, lexicon: Lexicon) -> Iterator[Token]:
    said = next((lexicon.joined[word] for word in _spellings(token, lexicon) if word in lexicon.joined), None)
    if token.kind != "word" or said is None:
        yield token
        return
    yield from (replace(part, start=token.start, end=token.end) for part in tokenise(said))


def _spellings(token: Token, lexicon: Lexicon) -> Iterator[str]:
    yield token.plain
    for prefix in lexicon.prefixes:
        if not prefix.endswith("ال") and token.plain.startswith(prefix):
            yield token.plain[len(prefix) :]
