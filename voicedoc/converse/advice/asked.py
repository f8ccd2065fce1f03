"""Which questions of the complaint packs somebody asks in their own words. Rather none than the wrong one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voicedoc.converse.complaints.load import Packs
from voicedoc.converse.complaints.pack import Question
from voicedoc.converse.medicines.read import speaks_of_allergy
from voicedoc.converse.signs.lexicon import sign_lexicon
from voicedoc.converse.signs.mentions import mentions
from voicedoc.core.languages import primary
from voicedoc.guard.tokens import Token, tokenise
from voicedoc.phrases.letters import LetterIndex
from voicedoc.phrases.lexicon import lexicon_of
from voicedoc.phrases.normal import normalised

ALIKE = 0.62
"""How alike a sentence and a question's wording must look, in [0, 1], where nothing else tells."""

_ASKING = frozenset("?？؟")

_LONGEST = 300
"""Characters. No question is nearly as long."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks: `questions` by id, and of its `last` sentence the signs that it asks about.

    `last` is empty where the text does not end with a question. `about_allergy`: that question speaks of one.
    """

    questions: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    about_allergy: bool = False


NOTHING = Asked()


class QuestionFinder:
    """Finds the packs' questions in what a clinician says; a language's index is made when it is first needed."""

    def __init__(self, packs: Packs) -> None:
        asked = (*packs.common, *(question for pack in packs.packs.values() for question in pack.questions))
        self._questions = tuple({question.id: question for question in asked}.values())
        self._by_sign: dict[str, list[str]] = defaultdict(list)
        for question in self._questions:
            if question.sign:
                self._by_sign[question.sign].append(question.id)
        self._signs = {question.id: question.sign for question in self._questions}
        self._indexes: dict[str, _Index] = {}

    def asked(self, text: str, language: str) -> Asked:
        """What `text` asks, by the signs that its questions speak of, and by how like a pack's wording they look.

        Raises:
            UnsupportedLanguage: If signs cannot be read in the language.
        """
        questions: dict[str, None] = {}
        last: tuple[str, ...] = ()
        about_allergy = False
        for sentence in _sentences(text):
            last, about_allergy = (), False
            if sentence[-1] not in _ASKING or len(sentence) > _LONGEST:
                continue
            alike = self._index(language).likest(sentence)
            signs = list(dict.fromkeys(_signs_spoken_of(sentence, language)))
            if alike is not None:
                questions[alike] = None
                signs = [self._signs[alike]] if self._signs[alike] else signs
            questions |= dict.fromkeys(question for sign in signs for question in self._by_sign[sign])
            last, about_allergy = tuple(signs), speaks_of_allergy(sentence, language)
        return Asked(tuple(questions), last, about_allergy)

    def _index(self, language: str) -> _Index:
        tag = primary(language)
        if tag not in self._indexes:
            self._indexes[tag] = _Index(self._questions, tag)
        return self._indexes[tag]


class _Index:
    """The wordings of one language."""

    def __init__(self, questions: Sequence[Question], language: str) -> None:
        worded = [question for question in questions if language in question.text]
        self._ids = [question.id for question in worded]
        texts = [normalised(question.text[language]) for question in worded]
        self._letters = LetterIndex(texts, spaced=lexicon_of(language).spaced)

    def likest(self, sentence: str) -> str | None:
        """The question that a sentence is, in much the same words; None where none is near."""
        if not self._ids:
            return None
        likeness = self._letters.likeness(normalised(sentence))
        best = int(likeness.argmax())
        return self._ids[best] if likeness[best] >= ALIKE else None


def _sentences(text: str) -> Iterable[str]:
    first = 0
    for token in tokenise(text):
        if token.ends_sentence:
            if sentence := text[first : token.end].strip():
                yield sentence
            first = token.end
    if rest := text[first:].strip():
        yield rest


def _signs_spoken_of(sentence: str, language: str) -> Iterable[str]:
    lexicon = sign_lexicon(language)
    tokens: list[Token] = [token for token in tokenise(sentence) if token.text not in lexicon.marks.fillers]
    return (mention.sign for mention in mentions(tokens, lexicon))
