"""What is told of relatives' illnesses: it belongs to the family history, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from voicedoc.converse.interview.heard import phrases_of
from voicedoc.converse.interview.read import Reply
from voicedoc.converse.interview.texts import LANGUAGES
from voicedoc.converse.medicines.lexicon import medicine_lexicon
from voicedoc.converse.medicines.read import State, medicines_in
from voicedoc.converse.signs.lexicon import kinds, sign_lexicon
from voicedoc.converse.signs.mentions import mentions
from voicedoc.core.languages import primary
from voicedoc.guard.questions import sentences
from voicedoc.guard.tokens import Token, tokenise


def family_told(reply: Reply) -> Iterator[str]:
    """The sentences that tell of an illness of a relative's which is not the patient's."""
    for row, _ in _told(reply):
        yield reply.text[row[0].start : row[-1].end].strip()


def without_family(reply: Reply) -> str:
    """What is told, with blanks for what is told of relatives' illnesses."""
    text, language = reply.text, primary(reply.language)
    for row, first in _told(reply):
        mine, joins = medicine_lexicon(language).mine, phrases_of(language, "and")
        begins = (at for at in range(first + 1, len(row)) if row[at - 1].ends_clause or joins.at(row[at - 1 : at], 0))
        again = (at for at in begins if mine.at(row, at))
        start, end = row[first].start, row[next(again, len(row)) - 1].end
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _told(reply: Reply) -> Iterator[tuple[list[Token], int]]:
    """Sentences with the place of the relative in them."""
    if primary(reply.language) not in LANGUAGES:
        return
    others = medicine_lexicon(reply.language).others
    for row in sentences(tokenise(reply.text)):
        tokens, text = list(row), reply.text[row[0].start : row[-1].end].strip()
        related = [at for at in range(len(tokens)) if others.at(tokens, at) and not _is_friend(tokens[at:], reply)]
        if not related or row[-1].text in "?？؟":
            continue
        mine = {sign.name for sign in reply.signs if sign.present} | _conditions(text, reply.language, anybodys=False)
        theirs = _illnesses(text, tokens, reply) - mine
        if theirs:
            yield tokens, related[0]


def _is_friend(tokens: list[Token], reply: Reply) -> bool:
    return phrases_of(primary(reply.language), "friends").at(tokens, 0) is not None


def _illnesses(text: str, tokens: list[Token], reply: Reply) -> set[str]:
    """The illnesses that are named in a sentence, whoever has them."""
    lexicon = sign_lexicon(reply.language)
    wanted = {*kinds().chronic, *kinds().feared}
    named = {one.sign for one in mentions(tokenise(text), lexicon) if one.sign in wanted}
    stroke = phrases_of(primary(reply.language), "stroke")
    if any(stroke.at(tokens, at) for at in range(len(tokens))):
        named.add("thinks-stroke")
    return named | _conditions(text, reply.language, anybodys=True)


def _conditions(text: str, language: str, *, anybodys: bool) -> set[str]:
    """The conditions that count for medicines and are told to be there: of the patient, or whoever has them."""
    found = medicines_in(text, language, anybodys=anybodys)
    return {one.name for one in found if one.kind == "condition" and one.state is State.NOW}
