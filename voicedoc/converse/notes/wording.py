"""What the interview knows, as sentences in fixed wordings. Nothing is concluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voicedoc.converse.interview.state import COMPLAINT
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import Material
from voicedoc.converse.notes.note import Origin, Sentence, Support
from voicedoc.core.events import AlarmRaised, ConflictFound, FactNoted
from voicedoc.core.languages import same_language
from voicedoc.export.transcript import Line
from voicedoc.guard.tokens import folded

_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Wording:
    """Words facts in the language of `material`. `words` are the template's."""

    material: Material
    labels: Labels
    words: dict[str, str]

    def present(self, facts: Iterable[FactNoted]) -> Iterator[Sentence]:
        """One sentence each: what is so, and what was told."""
        for fact in facts:
            if fact.state == "present":
                yield self._sentence(f"{self._label(fact)}.", [fact])
            else:
                told, doubts = self._told(fact)
                named = told if fact.name == COMPLAINT else f"{self._label(fact)}: {told}"
                yield self._sentence(named, [fact], doubts)

    def grouped(self, word: str, facts: Sequence[FactNoted]) -> Iterator[Sentence]:
        """One sentence of all: "Denies: …"."""
        if facts:
            things = _BETWEEN.join(dict.fromkeys(map(self._label, facts)))
            yield self._sentence(self.words[word].format(things=things), facts)

    def open(self) -> Iterator[Sentence]:
        """What nobody has asked or answered."""
        named = [self.labels.label(name, self.material.language) for name in self.material.interview.open]
        if named:
            text = self.words["open"].format(things=_BETWEEN.join(dict.fromkeys(named)))
            yield Sentence(text, self.material.language, (), Origin.RULE, Support.REMARK)

    def alarm(self, alarm: AlarmRaised) -> Sentence:
        """What cannot wait, and why."""
        return self._told_by_rules(f"{self.words[alarm.level]}: {alarm.reason}", alarm.evidence)

    def conflict(self, conflict: ConflictFound) -> Sentence:
        """Two medicines that may not go together, or one and an allergy."""
        source = f" ({conflict.source})" if conflict.source else ""
        return self._told_by_rules(f"{' + '.join(conflict.names)}: {conflict.message}{source}", conflict.evidence)

    def _label(self, fact: FactNoted) -> str:
        return self.labels.label(fact.name, self.material.language, fact.question)

    def _told(self, fact: FactNoted) -> tuple[str, tuple[str, ...]]:
        """A value as rules word it, as its translation has it, or as it was said; and what is doubtful about that."""
        language = self.material.language
        if worded := self.labels.value(fact, language):
            return worded, ()
        line = self.material.line(fact.utterance)
        if line is None or same_language(line.language, language) or not _holds(line.text, fact.value):
            return fact.value, ()
        if translated := line.text_in(language):
            return f"“{translated}” ({line.language}: “{fact.value}”)", ()
        return f"{line.language}: “{fact.value}”", (f"not translated into {language}",)

    def _sentence(self, text: str, facts: Sequence[FactNoted], more: tuple[str, ...] = ()) -> Sentence:
        utterances = tuple(dict.fromkeys(int(fact.utterance) for fact in facts if fact.utterance))
        if not utterances:  # known before anybody spoke
            return Sentence(text, self.material.language, (), Origin.RULE, Support.REMARK)
        reasons = tuple(dict.fromkeys(reason for fact in facts for reason in self._lacks(fact)))
        doubts = (*more, *dict.fromkeys(doubt for number in utterances for doubt in self._doubts(number)))
        support = Support.UNSUPPORTED if reasons else Support.PARTLY if doubts else Support.SUPPORTED
        return Sentence(text, self.material.language, utterances, Origin.RULE, support, (*reasons, *doubts))

    def _lacks(self, fact: FactNoted) -> Iterator[str]:
        """What a fact rests on must be there, word for word; so must what a model has read."""
        line = self.material.line(fact.utterance)
        if not fact.utterance:
            return
        if line is None:
            yield f"utterance {fact.utterance} is not in the journal"
        elif not _holds(line.text, fact.words):
            yield f"utterance {fact.utterance} does not say “{fact.words}”"

    def _doubts(self, utterance: int) -> Iterator[str]:
        line = self.material.line(utterance)
        if line is not None:
            yield from doubts_about(line, self.material.language)

    def _told_by_rules(self, text: str, evidence: Sequence[int]) -> Sentence:
        named = [int(number) for number in evidence if number]
        if not named and evidence:  # known before anybody spoke
            return Sentence(text, self.material.language, (), Origin.RULE, Support.REMARK)
        there = tuple(number for number in named if self.material.line(number))
        support = Support.SUPPORTED if there and len(there) == len(named) else Support.UNSUPPORTED
        reasons = () if support is Support.SUPPORTED else ("not all that it rests on is in the journal",)
        return Sentence(text, self.material.language, there, Origin.RULE, support, reasons)


def doubts_about(line: Line, language: str) -> Iterator[str]:
    """What is doubtful about the words of an utterance, and about their translation into `language`."""
    is_shown = not same_language(line.language, language)
    yield from (warning for warning in line.warnings if warning.startswith("doubtful:"))
    if is_shown:
        yield from (one.message for one in line.findings if not one.target or same_language(one.target, language))
        if any(same_language(target, language) for target in line.held):
            yield "its translation was held"


def _holds(text: str, words: str) -> bool:
    """Whether a text has these words, whatever their case and accents."""
    return bool(words.strip()) and _plain(words) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(folded(word) for word in text.casefold().split())
