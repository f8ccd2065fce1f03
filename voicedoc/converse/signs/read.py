"""The signs that a patient's words tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voicedoc.converse.signs.lexicon import SignLexicon, kinds, sign_lexicon
from voicedoc.converse.signs.measured import measured
from voicedoc.converse.signs.mentions import mentions
from voicedoc.converse.signs.said import said
from voicedoc.converse.signs.sign import Sign
from voicedoc.guard.extract import extract
from voicedoc.guard.tokens import Token, tokenise

_GROWN = 16.0
"""Years."""

_AGES = frozenset({"child", "infant-under-3-months"})


def signs_of(text: str, language: str) -> tuple[Sign, ...]:
    """The signs that `text` says are there or not there, in order of place; takes time linear in its length.

    What is supposed, asked, over, or about somebody else is left out. A sign brings those that it includes: who cannot
    breathe is short of breath; who has no headache has no sudden one.

    Raises:
        UnsupportedLanguage: If the guard does not know the language.
    """
    lexicon = sign_lexicon(language)
    tokens = _without_fillers(tokenise(text), lexicon)
    told = said(tokens, mentions(tokens, lexicon), lexicon)
    signs = [_sign(text, tokens, one.mention.sign, one.present, one.mention.first, one.mention.stop) for one in told]
    numbers = measured(text, tokens, language, lexicon)
    if any(sign.name == "pregnant" and sign.present for sign in signs):  # "30 weeks" are not the baby's age
        numbers = (sign for sign in numbers if sign.name not in _AGES)
    signs += numbers
    if any(sign.name == "child" and sign.present for sign in signs):
        grown = _grown(text, language)
        signs = [one for one in signs if one.name != "child" or not any(a <= one.start < b for a, b in grown)]
    return tuple(sorted(_with_meant(signs), key=lambda sign: (sign.start, sign.end, sign.name)))


def _grown(text: str, language: str) -> list[tuple[int, int]]:
    """Where ages of adults are told: "a 58-year-old man" is no child."""
    years = [item for item in extract(text, language) if item.kind == "duration" and item.value.endswith(" year")]
    return [(item.start, item.end) for item in years if float(item.value.split()[0]) >= _GROWN]


def _without_fillers(tokens: list[Token], lexicon: SignLexicon) -> list[Token]:
    return [token for token in tokens if token.text not in lexicon.marks.fillers]


def _sign(text: str, tokens: list[Token], name: str, present: bool, first: int, stop: int) -> Sign:
    start, end = tokens[first].start, tokens[stop - 1].end
    return Sign(name, present, text[start:end], start, end)


def _with_meant(signs: Iterable[Sign]) -> Iterator[Sign]:
    """Every sign once for its place, with those that it includes, or, denied, that are cases of it."""
    seen: set[Sign] = set()
    for sign in signs:
        table = kinds().means if sign.present else kinds().within
        meant = (Sign(name, sign.present, sign.words, sign.start, sign.end) for name in table.get(sign.name, ()))
        for one in (sign, *meant):
            if one not in seen:
                seen.add(one)
                yield one
