"""What facts are called in a note: the labels of the complaint packs' questions, and what signs mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from babel import Locale, UnknownLocaleError
from babel.units import UnknownUnitError, format_unit

from voicedoc.converse.complaints.pack import Pack, Question
from voicedoc.converse.signs.sign import names
from voicedoc.core.events import FactNoted
from voicedoc.core.languages import primary

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?) ([a-z]+)")
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
        """Those of the packs that come with VoiceDoc."""
        from voicedoc.converse.complaints.load import load_packs

        packs = load_packs()
        asked = [one for pack in packs.packs.values() for one in pack.questions]
        return cls.of([*packs.common, *asked], packs.packs.values())

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

    def question_of(self, fact: FactNoted) -> Question | None:
        """The question that a fact answers, as far as it is known."""
        return self.questions.get(fact.question) or self.questions.get(fact.name)

    def value(self, fact: FactNoted, language: str) -> str:
        """What was told, in `language`, where rules know how to say it: durations, scales, choices; else ""."""
        if named := [self.complaints[one] for one in fact.value.split() if one in self.complaints]:
            return _BETWEEN.join(title.get(primary(language)) or title.get("en", "") for title in named)
        question = self.question_of(fact)
        if question:
            for option in question.options:
                if option.id == fact.value:
                    said = option.said.get(primary(language)) or option.said.get("en", (fact.value,))
                    return said[0]
            if question.expects == "scale" and fact.value.isdigit():
                return fact.value + _OF_TEN
        worded = [_amount(one, language) for one in fact.value.split(_BETWEEN)]
        return _BETWEEN.join(worded) if all(worded) else ""


def _amount(value: str, language: str) -> str:
    """ "3 day" as people write it: "3 Tage"; a number as it is."""
    if re.fullmatch(r"\d+(?:\.\d+)?", value):
        return value
    match = _AMOUNT.fullmatch(value)
    if not match:
        return ""
    number, unit = float(match[1]), match[2]
    try:
        return format_unit(number, f"duration-{unit}", locale=Locale.parse(primary(language)))
    except (UnknownUnitError, UnknownLocaleError, ValueError):
        return ""
