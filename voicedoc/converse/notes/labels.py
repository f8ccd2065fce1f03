"""What facts are called in a note: the labels of the complaint packs' questions, and what signs mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voicedoc.converse.complaints.pack import Pack, Question
from voicedoc.converse.interview.amounts import amounts
from voicedoc.converse.interview.state import COMPLAINT
from voicedoc.converse.interview.texts import LANGUAGES, Texts, checks, general_questions, texts
from voicedoc.converse.signs.sign import names
from voicedoc.core.events import FactNoted
from voicedoc.core.languages import primary

_OF_TEN = "/10"
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Labels:
    """Knows how questions and signs are called in ten languages."""

    questions: Mapping[str, Question] = field(default_factory=dict)
    by_sign: Mapping[str, Question] = field(default_factory=dict)
    by_slot: Mapping[str, Question] = field(default_factory=dict)
    complaints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, questions: Iterable[Question], complaints: Iterable[Pack] = ()) -> Labels:
        """Of two questions with one id, sign or slot, the first counts. `complaints` have titles."""
        known = list(questions)[::-1]
        return cls(
            {one.id: one for one in known},
            {one.sign: one for one in known if one.sign},
            {one.slot.value: one for one in known},
            {pack.id: pack.title for pack in complaints},
        )

    @classmethod
    def shipped(cls) -> Labels:
        """Those of the packs that come with VoiceDoc, and of the questions that are asked where no pack fits."""
        from voicedoc.converse.complaints.load import load_packs

        packs = load_packs()
        asked = [one for pack in packs.packs.values() for one in pack.questions]
        return cls.of([*packs.common, *asked, *general_questions(), *checks()], packs.packs.values())

    def label(self, name: str, language: str, question: str = "") -> str:
        """What a sign or a question is called. A sign that no question asks for is called by its meaning, in English.

        `question`: what the fact answers, where its own name is not known. At the last, the name itself.
        """
        found = self.questions.get(name) or self.by_sign.get(name) or self.by_slot.get(name)
        if found is None and name not in names():
            found = self.questions.get(question)
        if found:
            return found.label.get(primary(language)) or found.label.get("en", name)
        return names().get(name, name)

    def of_fact(self, fact: FactNoted, language: str) -> str:
        """What a fact is called: as `label`, and by its slot where its question is not known (an older pack's)."""
        if not fact.question and (wide := _texts(language).signs.get(fact.name)):
            return wide
        if fact.name == fact.slot and fact.question not in self.questions:  # told unasked
            return slot_name(fact.slot, language)
        found = self.label(fact.name, language, fact.question)
        return slot_name(fact.slot, language) if found == fact.name else found

    def question_of(self, fact: FactNoted) -> Question | None:
        """The question that a fact answers, as far as it is known."""
        return self.questions.get(fact.name) or self.questions.get(fact.question)

    def value(self, fact: FactNoted, language: str) -> str:
        """What was told, in `language`, where rules know how to say it: durations, scales, choices; else ""."""
        chosen = fact.value.split()
        if fact.name == COMPLAINT:
            titles = [self.complaints[one] for one in chosen if one in self.complaints]
            return _BETWEEN.join(title.get(primary(language)) or title.get("en", "") for title in titles)
        question = self.question_of(fact)
        options = {option.id: option.said for option in question.options} if question else {}
        if chosen and all(one in options for one in chosen):
            return _BETWEEN.join((options[one].get(primary(language)) or options[one]["en"])[0] for one in chosen)
        if question and question.expects == "scale" and fact.value.isdigit():
            return fact.value + _OF_TEN
        return amounts(fact.value, language)


def slot_name(slot: str, language: str) -> str:
    """What a slot of a history is called."""
    return _texts(language).slots.get(slot, slot)


def of_history(word: str, language: str) -> str:
    """What a history says for "unconfirmed", "contradicted" and the like."""
    return _texts(language).history[word]


def none_word(language: str) -> str:
    """What a history says where somebody was asked for medicines, say, and has none."""
    return _texts(language).history["none"]


def _texts(language: str) -> Texts:
    """A history's, in English where there are none."""
    return texts(language if primary(language) in LANGUAGES else "en")
