"""What the interview knows, as sentences in fixed wordings. Nothing is concluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.interview.corrected import is_corrected
from voicedoc.converse.interview.heard import heard
from voicedoc.converse.interview.read import CONTRADICTED
from voicedoc.converse.interview.state import AGE, COMPLAINT
from voicedoc.converse.interview.texts import CHECK
from voicedoc.converse.notes.labels import Labels, none_word, of_history
from voicedoc.converse.notes.material import Material, says_nothing
from voicedoc.converse.notes.note import Origin, Sentence, Support
from voicedoc.converse.signs.sign import names
from voicedoc.converse.suspicion.suspicion import concerns
from voicedoc.core.events import AlarmRaised, ConflictFound, FactNoted, Suspected
from voicedoc.core.languages import primary, same_language
from voicedoc.export.note import Statement
from voicedoc.export.transcript import Line
from voicedoc.guard.tokens import folded

_BETWEEN = "; "

_WHO = ("child", "infant-under-3-months")
"""Signs that say who the patient is, which an age says better."""

_LISTS = (Slot.HISTORY, Slot.FAMILY, Slot.SOCIAL)
"""Slots whose questions in the patient's own words can be answered with "none"."""

_ANSWERED = ("present", "absent", "unknown")
"""States of facts that answer a question for a sign."""

_UNANSWERED = ("declined", "unclear")
"""Values of facts that the patient could know."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words facts in the language of `material`. `words` are the template's."""

    material: Material
    labels: Labels
    words: dict[str, str]
    _quoted_already: set[int] = field(default_factory=set)

    def present(self, facts: Iterable[FactNoted]) -> Iterator[Sentence]:
        """One sentence each: what is so, and what was told. Of what was told and is so, what was told."""
        noted = list(facts)
        told_labels = {self._label(fact) for fact in noted if fact.state == "told"}
        for fact in noted:
            if fact.state == "present":
                if self._label(fact) not in told_labels and not (fact.name in _WHO and self._has_age):
                    yield self._present(fact)
            else:
                told, doubts = self._told(fact)
                named = told if fact.name == COMPLAINT else f"{self._label(fact)}: {told}"
                yield self._sentence(named, [fact], doubts)

    def _present(self, fact: FactNoted) -> Sentence:
        """What is so; with the words where it was told unasked and nothing else in the note quotes them."""
        is_quoted = fact.question or fact.utterance in self._quoted_already | self._of_complaint
        statements = [] if is_quoted else [one for one in self._statements(fact) if self.material.is_told(one)]
        if all(says_nothing(one.original or one.text, one.original_language or one.language) for one in statements):
            return self._sentence(f"{self._label(fact)}.", [fact])
        self._quoted_already.add(fact.utterance)
        quote, doubts = self._quoted(statements)
        return self._sentence(f"{self._label(fact)} – {quote}", [fact], doubts)

    @property
    def _of_complaint(self) -> set[int]:
        facts = self.material.interview.facts.values()
        return {fact.utterance for fact in facts if fact.slot == Slot.CHIEF_COMPLAINT}

    def absent(self, facts: Iterable[FactNoted]) -> Iterator[Sentence]:
        """What is not so: "Denies: …" for what can be denied, "Allergies: none." for what was asked to be named.

        Who a patient is not, that there is nothing to add, and what was not confirmed (it stands beside that) is left
        out; no other question has "no" as its answer.
        """
        kinds: dict[str, list[FactNoted]] = {}
        for fact in facts:
            if fact.name not in _WHO and fact.slot != Slot.CONCERN and not fact.name.startswith(f"{CHECK}."):
                kinds.setdefault(self._kind(fact), []).append(fact)
        named = {self._label(fact): fact for fact in kinds.get("none", ())}
        denied = [fact for fact in kinds.get("denies", ()) if self._label(fact) not in named]
        yield from self._grouped("denies", denied)
        for label, fact in named.items():
            yield self._sentence(f"{label}: {none_word(self.material.language)}.", [fact])
        yield from self._grouped("open", kinds.get("open", ()))

    def unknown(self, facts: Sequence[FactNoted]) -> Iterator[Sentence]:
        """What the patient does not know, and what they did not answer, or not so that rules understood it."""
        for fact in (one for one in facts if one.value == CONTRADICTED):
            yield self._sentence(f"{self._label(fact)}: {of_history(CONTRADICTED, self.material.language)}.", [fact])
        rest = [fact for fact in facts if fact.value != CONTRADICTED]
        yield from self._grouped("unknown", [fact for fact in rest if self._says_unknown(fact)])
        yield from self._grouped("open", [fact for fact in rest if not self._says_unknown(fact)])

    def _says_unknown(self, fact: FactNoted) -> bool:
        if fact.value in _UNANSWERED:
            return False
        line = self.material.line(fact.utterance)
        return line is None or fact.by == "model" or heard(line.text, line.language).is_("unknown")

    def _kind(self, fact: FactNoted) -> str:
        """What its absence means: one of "denies", "none", "open"."""
        question = self.labels.question_of(fact)
        if fact.name in names() or question is None or question.expects == "yes-no":
            return "denies"
        is_list = question.expects in ("drugs", "allergies") or (question.expects == "text" and fact.slot in _LISTS)
        return "none" if is_list else "open"

    def _grouped(self, word: str, facts: Sequence[FactNoted]) -> Iterator[Sentence]:
        """One sentence of all: "Denies: …"."""
        if facts:
            things = _BETWEEN.join(dict.fromkeys(map(self._label, facts)))
            yield self._sentence(self.words[word].format(things=things), facts)

    @property
    def _has_age(self) -> bool:
        return any(name == AGE for _, name in self.material.interview.facts)

    def open(self) -> Iterator[Sentence]:
        """What nobody has asked or answered."""
        named = [self.labels.label(name, self.material.language) for name in self.material.interview.open]
        if named:
            text = self.words["open"].format(things=_BETWEEN.join(dict.fromkeys(named)))
            yield Sentence(text, self.material.language, (), Origin.RULE, Support.REMARK)

    def alarm(self, alarm: AlarmRaised) -> Sentence:
        """What cannot wait, and why."""
        return self._told_by_rules(f"{self.words[alarm.level]}: {alarm.reason}", alarm.evidence)

    def suspicion(self, one: Suspected) -> Sentence:
        """What may have been meant, in the words that may mean it, and what came of the questions for it."""
        language, facts = self.material.language, self.material.interview.facts.values()
        reason = concerns()[one.concern].reason if one.concern in concerns() else {"en": one.reason}
        since = f" ({of_history('corrected', language)})" if is_corrected(self.material.line(one.utterance)) else ""
        known = [fact for fact in facts if fact.name in one.signs and fact.state in _ANSWERED]
        answers = [f"{self._label(fact)}: {of_history(fact.state, language)}" for fact in known]
        came = _BETWEEN.join(answers) or of_history("not_asked", language)
        told = reason.get(primary(language)) or reason["en"]
        text = f"{of_history('suspected', language)}: {told}{since}: “{one.words}” ({came})"
        return self._told_by_rules(text, (one.utterance, *(fact.utterance for fact in known)))

    def conflict(self, conflict: ConflictFound) -> Sentence:
        """Two medicines that may not go together, or one and an allergy."""
        source = f" ({conflict.source})" if conflict.source else ""
        return self._told_by_rules(f"{' + '.join(conflict.names)}: {conflict.message}{source}", conflict.evidence)

    def _label(self, fact: FactNoted) -> str:
        return self.labels.of_fact(fact, self.material.language)

    def _told(self, fact: FactNoted) -> tuple[str, tuple[str, ...]]:
        """A value as rules word it, or the whole sentences that tell it; and what is doubtful about that."""
        if worded := self.labels.value(fact, self.material.language):
            return worded, ()
        statements = self._statements(fact)
        if not statements:
            return fact.value, ()
        quote, doubts = self._quoted(statements)
        name = self._name(fact)
        if name and _plain(name) == _plain(statements[0].text):
            return name, doubts
        return (f"{name} – {quote}" if name else quote), doubts

    def _name(self, fact: FactNoted) -> str:
        """Medicines and what somebody is allergic to have international names; places English ones."""
        question = self.labels.question_of(fact)
        is_place = question is not None and question.expects == "place" and primary(self.material.language) == "en"
        is_name = fact.slot in (Slot.DRUGS, Slot.ALLERGIES) or is_place
        return fact.value if is_name and fact.value != fact.words else ""

    def _statements(self, fact: FactNoted) -> list[Statement]:
        """The sentences that a fact was read from."""
        said = [one for one in self.material.draft.said if fact.utterance and one.utterance == fact.utterance]
        return [one for one in said if _holds(one.original or one.text, fact.words)] or said

    def _quoted(self, statements: Sequence[Statement]) -> tuple[str, tuple[str, ...]]:
        """What was said, after its translation where it is in another language."""
        language, first = self.material.language, statements[0]
        shown = _joined(one.text for one in statements)
        if first.original:
            said = _joined(one.original for one in statements)
            return f"“{shown}” ({first.original_language}: “{said}”)", ()
        if same_language(first.language, language):
            return f"“{shown}”", ()
        return f"{first.language}: “{shown}”", (f"not translated into {language}",)

    def _sentence(self, text: str, facts: Sequence[FactNoted], more: tuple[str, ...] = ()) -> Sentence:
        utterances = tuple(dict.fromkeys(int(fact.utterance) for fact in facts if fact.utterance))
        if not utterances:  # known before anybody spoke
            return Sentence(text, self.material.language, (), Origin.RULE, Support.REMARK)
        reasons = tuple(dict.fromkeys(reason for fact in facts for reason in self._lacks(fact)))
        unconfirmed = [of_history("unconfirmed", self.material.language)] * any(map(self._is_unconfirmed, facts))
        doubts = (*more, *unconfirmed, *dict.fromkeys(doubt for number in utterances for doubt in self._doubts(number)))
        support = Support.UNSUPPORTED if reasons else Support.PARTLY if doubts else Support.SUPPORTED
        return Sentence(text, self.material.language, utterances, Origin.RULE, support, (*reasons, *doubts))

    def _is_unconfirmed(self, fact: FactNoted) -> bool:
        """Whether the patient said no when what it names was read back."""
        check = self.material.interview.facts.get((fact.slot, f"{CHECK}.{fact.slot}"))
        question = self.labels.question_of(fact)
        names = fact.name.partition(" ")[0] == fact.slot or (question is not None and question.expects == fact.slot)
        return check is not None and check.state == "absent" and fact.state == "told" and names

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


def _joined(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(texts))


def _holds(text: str, words: str) -> bool:
    """Whether a text has these words, whatever their case and accents."""
    return bool(words.strip()) and _plain(words) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(folded(word) for word in text.casefold().split())
