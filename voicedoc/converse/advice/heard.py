"""One utterance as the advisor takes it: its signs, its medicines, what it asks, and whether it is a yes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicedoc.converse.advice.asked import NOTHING, Asked, QuestionFinder
from voicedoc.converse.complaints.load import Packs
from voicedoc.converse.medicines.read import Named, medicines_in
from voicedoc.converse.signs.read import signs_of
from voicedoc.converse.signs.sign import Sign
from voicedoc.core.events import TurnAttributed
from voicedoc.core.languages import primary
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.guard.answers import Answer, read_answer
from voicedoc.guard.lexicon import lexicon_of
from voicedoc.guard.tokens import tokenise

ASKERS = frozenset({Role.DOCTOR, Role.ASSISTANT})
"""Who only asks. Everybody else tells; an unknown speaker may do either, and counts as the patient in what is told."""


_BY_VERB = {"zh": {"没有": Answer.NO, "没": Answer.NO, "有": Answer.YES, "有的": Answer.YES}}
"""Where a question with "have" is answered with its verb: yes or no to whether something is there, and only to that."""

_FEW = 4
"""Words after a yes or a no that leave it one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an utterance says. `at` orders the utterances, in seconds. `who` tells voices of one role apart.

    `complaints` are the ids of complaint packs of which a sign is there, the likeliest first; `told_complaints` also
    those of which only the words are: "a fever" in "hay fever", "migraine" in what somebody's mother has.
    """

    utterance: UtteranceId
    at: float
    role: Role
    who: str = ""
    signs: tuple[Sign, ...] = ()
    medicines: tuple[Named, ...] = ()
    complaints: tuple[str, ...] = ()
    told_complaints: tuple[str, ...] = ()
    asked: Asked = NOTHING
    answer: Answer = Answer.STATEMENT
    words: str = ""

    @property
    def tells(self) -> bool:
        """Whether what it says is of the patient's own."""
        return self.role not in ASKERS

    def may_answer(self, before: Heard) -> bool:
        """Whether it may be the answer to what was said `before`."""
        if before.role is Role.UNKNOWN and self.role is Role.UNKNOWN:
            return before.who != self.who
        return self.tells and (before.role in ASKERS or before.role is Role.UNKNOWN)


def heard(turn: TurnAttributed, role: Role, packs: Packs, finder: QuestionFinder) -> Heard:
    """Read an utterance of somebody in `role`.

    Raises:
        UnsupportedLanguage: If signs cannot be read in the language.
    """
    text, language = turn.hypothesis.text, turn.hypothesis.language
    medicines = medicines_in(text, language, anybodys=role is Role.OTHER)  # a companion speaks of the patient
    asked = finder.asked(text, language) if role in (*ASKERS, Role.UNKNOWN) else NOTHING
    one = Heard(
        turn.utterance,
        turn.span.start,
        role,
        turn.speaker,
        medicines=medicines,
        asked=asked,
        answer=_answer(text, language),
        words=text,
    )
    if role in ASKERS:
        return one
    signs = signs_of(text, language)
    told = packs.find(text, language, signs)
    present = {sign.name for sign in signs if sign.present}
    return replace(
        one,
        signs=signs,
        complaints=tuple(pack.id for pack in told if present.intersection(pack.signs)),
        told_complaints=tuple(pack.id for pack in told),
    )


def _answer(text: str, language: str) -> Answer:
    """A plain yes or no, or one with a few words after it that take nothing back: "Yes, I am."."""
    verb = _BY_VERB.get(primary(language), {}).get(text.strip(" 。.，,！!"))
    whole = verb or read_answer(text, language)
    if whole in (Answer.YES, Answer.NO):
        return whole
    tokens = tokenise(text)
    end = next((at for at, token in enumerate(tokens) if token.ends_clause), len(tokens))
    rest = [token for token in tokens[end:] if token.kind != "mark"]
    but = lexicon_of(language).negation.but
    if len(rest) > _FEW or end == len(tokens) or any(token.text in but or token.kind == "digits" for token in rest):
        return whole
    first = read_answer(text[: tokens[end].start], language)
    return first if first in (Answer.YES, Answer.NO) else whole
