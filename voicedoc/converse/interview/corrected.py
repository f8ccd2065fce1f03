"""Whether what was read from an utterance still stands once a person has corrected its words."""

from __future__ import annotations

from collections.abc import Sequence

from voicedoc.converse.medicines.read import medicines_in
from voicedoc.converse.signs.read import signs_of
from voicedoc.core.events import FactNoted
from voicedoc.export.transcript import Line
from voicedoc.guard.lexicon import lexicon_of, supported
from voicedoc.guard.scope import Polarity, polarities
from voicedoc.guard.tokens import folded, tokenise


def is_corrected(line: Line | None) -> bool:
    """Whether a person has corrected what was said; the translations do not count."""
    return line is not None and any(one.spoken for one in line.corrections)


def stands(fact: FactNoted, line: Line | None) -> bool:
    """Whether a fact may be told of a line as it is now.

    What rests on all the words of an utterance ("no") falls with any change. The rest stands where its words are there
    still, denied or not as before, and the utterance tells the same of the sign, or of medicines.
    """
    if line is None or not is_corrected(line):
        return True
    before = next(one.before for one in line.corrections if one.spoken)
    was, now, words = _words(before), _words(line.text), _words(fact.words)
    if was == now:
        return True
    return words != was and _place(words, now) >= 0 and _read(fact, before, line) == _read(fact, line.text, line)


def _read(fact: FactNoted, text: str, line: Line) -> tuple[object, ...]:
    """What rules read from a text about what a fact tells."""
    if not supported(line.language):
        return ()
    tokens = tokenise(text)
    first = _place(_words(fact.words), _words(text))
    kept = [at for at, token in enumerate(tokens) if token.kind != "mark"][first : first + len(_words(fact.words))]
    polarity = polarities(tokens, lexicon_of(line.language))
    denied = tuple(polarity[at] is Polarity.DENIED for at in kept) if first >= 0 else ()
    signs = {(sign.name, sign.present) for sign in signs_of(text, line.language) if sign.name == fact.name}
    of_medicines = fact.slot in ("drugs", "allergies")
    named = medicines_in(text, line.language, allergens=True) if of_medicines else ()
    return denied, frozenset(signs), frozenset((one.name, one.kind, one.state) for one in named)


def _words(text: str) -> list[str]:
    return [folded(token.text) for token in tokenise(text) if token.kind != "mark"]


def _place(words: Sequence[str], text: Sequence[str]) -> int:
    """Where the words stand in a text, one after the other; -1 where they do not."""
    if not words:
        return -1
    found = (at for at in range(len(text) - len(words) + 1) if list(text[at : at + len(words)]) == list(words))
    return next(found, -1)
