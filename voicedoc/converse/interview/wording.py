"""A dialogue model that words a question anew. The fixed wording stands unless rules find nothing changed."""

from __future__ import annotations

from voicedoc.converse.complaints.pack import Question
from voicedoc.converse.dialogue.role import DialogueModel, Message, Sampling, whole
from voicedoc.converse.signs.read import signs_of
from voicedoc.core.languages import primary
from voicedoc.guard.compare import compare_texts
from voicedoc.guard.lexicon import supported
from voicedoc.guard.questions import sentences
from voicedoc.guard.tokens import tokenise

_INSTRUCTIONS = (
    "You word one question of a medical interview in a friendlier way, in the same language. "
    "Ask exactly the same thing, in one short question. Add nothing, leave nothing out, give no advice."
)

_SHORT = Sampling(max_tokens=80)
_SHORTEST, _LONGEST = 0.5, 2.0
"""How much shorter or longer than the fixed wording another one may be."""

_ASKING = frozenset("?？؟")


def reworded(model: DialogueModel, question: Question, language: str) -> str:
    """The question in the model's words if they ask the same thing, else in its own. Blocking.

    Raises:
        BackendFailed: If the model gives no reply.
    """
    fixed = question.text[primary(language)]
    reply = whole(model.stream([Message("system", _INSTRUCTIONS), Message("user", fixed)], sampling=_SHORT))
    words = reply.text.strip()
    return words if reply.finish == "stop" and asks_the_same(fixed, words, language) else fixed


def asks_the_same(fixed: str, words: str, language: str) -> bool:
    """Whether a rewording is one question of much the same length, with the same signs and nothing critical changed."""
    if not supported(language) or not fixed or not _SHORTEST <= len(words) / len(fixed) <= _LONGEST:
        return False
    rows = list(sentences(tokenise(words)))
    if len(rows) != 1 or rows[0][-1].text not in _ASKING:
        return False
    if compare_texts(fixed, words, source=language, target=language).differences:
        return False
    return {sign.name for sign in signs_of(fixed, language)} == {sign.name for sign in signs_of(words, language)}
