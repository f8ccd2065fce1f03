"""A note worded by a dialogue model, from the same sentences that the rules sort. What it writes is judged by rules.

Each sentence that was said is offered to the model once: under the heading to which the rules sort it, in chunks that
fit, or with the rest, for which the model chooses the section. What it leaves out of what must not be lost (medicines,
doses, allergies, pregnancy) is quoted after its sentences; so is all of a chunk of which nothing that it wrote stands.
What the interview noted stays in fixed wordings.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from voicedoc.converse.dialogue.role import DialogueModel, Reply, Sampling
from voicedoc.converse.notes.arriving import Arriving
from voicedoc.converse.notes.choose import Chooser
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import Material
from voicedoc.converse.notes.note import Note, Origin, Sentence, Support
from voicedoc.converse.notes.prompts import Chunk, form, in_chunks, messages
from voicedoc.converse.notes.rules import Placed, assemble, parts_of, quoted, worded
from voicedoc.converse.notes.support import Checker, asks
from voicedoc.converse.notes.template import Part, SectionPlan, Template
from voicedoc.converse.notes.wording import Wording
from voicedoc.core.speech import Role
from voicedoc.errors import BackendFailed, ConfigError
from voicedoc.export.note import Entry, Statement, leans
from voicedoc.guard.compare import compare_texts
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import supported
from voicedoc.guard.policy import CHANGED, MISSING

Drafting = Generator[Placed, None, Note]
"""Sentences as they are written, then the note. Closing it stops the model."""

NOWHERE = "none"
"""The section of what belongs into no note."""

BUDGET = 700
"""Estimated tokens of what was said that a model reads at once: the embedded one's context is 4096."""

_NEVER_LOST = frozenset({"drug", "dose", "allergy", "pregnancy"})
_SAMPLING = Sampling(max_tokens=700)


@dataclass(slots=True)
class ModelDrafter:
    """Drafts with a model. `checker` judges its sentences."""

    model: DialogueModel
    material: Material
    template: Template
    labels: Labels
    checker: Checker
    budget: int = BUDGET
    _offered: set[int] = field(default_factory=set)
    _notices: list[str] = field(default_factory=list)
    _placed: list[Placed] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.template.reader == "patient":
            raise ConfigError(
                f"'{self.template.name}' is for the patient: no model may word it",
                remedy="leave the model out; it is made of what the doctor said",
            )

    def draft(self) -> Drafting:
        """Yield every sentence as it is written; return the note."""
        chooser = Chooser(self.material, self.template)
        wording = Wording(self.material, self.labels, self.template.words_in(self.material.language))
        for plan, part in parts_of(self.template):
            yield from self._part(plan, part, chooser, wording)
        yield from self._rest(chooser)
        merged = merge(self._placed)
        return assemble(self._in_order(merged), self.material, self.template, self.model.name, self._notices)

    def _part(self, plan: SectionPlan, part: Part, chooser: Chooser, wording: Wording) -> Iterator[Placed]:
        label = self.template.text(part.label, self.material.language)
        heading = label or self.template.text(plan.title, self.material.language)
        entries: list[Entry] = []
        for source in part.sources:
            if source.startswith("said:"):
                entries += chooser.entries(part, source)
            else:
                yield from self._keep((plan.name, label, one) for one in worded(source, chooser, wording))
        statements = self._unoffered(entries)
        for chunk in in_chunks(statements, (plan.name,), heading, budget=self.budget):
            yield from self._keep(self._worded(chunk, {plan.name: label}, entries))

    def _rest(self, chooser: Chooser) -> Iterator[Placed]:
        """What no heading has, and questions that nobody answered: the model chooses the section."""
        entries = chooser.left()
        statements = [said for said in self.material.said() if id(said) not in self._offered]
        self._offered.update(map(id, statements))
        names = tuple(plan.name for plan in self.template.sections)
        labels = dict.fromkeys(names, "")
        for chunk in in_chunks(statements, (*names, NOWHERE), "", budget=self.budget):
            yield from self._keep(self._worded(chunk, labels, entries))

    def _unoffered(self, entries: Iterable[Entry]) -> list[Statement]:
        """The sentences of entries, and the questions that they answer, that have not been offered yet."""
        found: list[Statement] = []
        for entry in entries:
            for said in (*entry.questions, entry.statement):
                if id(said) not in self._offered:
                    self._offered.add(id(said))
                    found.append(said)
        return found

    def _keep(self, placed: Generator[Placed, None, None]) -> Iterator[Placed]:
        with closing(placed):
            for one in placed:
                self._placed.append(one)
                yield one

    # --- one chunk

    def _worded(self, chunk: Chunk, labels: dict[str, str], entries: Sequence[Entry]) -> Generator[Placed, None, None]:
        """What the model writes of a chunk, then what it has left out."""
        written: list[Sentence] = []
        try:
            with closing(self._items(chunk)) as items:
                for section, sentence in (self._sentence(item, chunk) for item in items):
                    if section != NOWHERE:
                        written.append(sentence)
                        yield section, labels[section], sentence
        except BackendFailed as error:
            self._notices.append(
                f"'{self.model.name}' could not word part of this: {error}; it is quoted as it was said"
            )
            written = []
        standing = [one for one in written if one.support is not Support.UNSUPPORTED and not asks(one.text)]
        for entry in _of(chunk, entries):
            if not standing or (_matters(entry) and _is_lost(entry, standing)):
                sentence = quoted(entry, self.material, self.template)
                section = self._home(entry, chunk)
                if section:
                    yield section, labels[section], sentence

    def _home(self, entry: Entry, chunk: Chunk) -> str:
        """Where what the model left out is quoted; "" where it may be left out. Doctors speak of what is to be done."""
        if len(chunk.sections) == 1:
            return chunk.sections[0]
        if not _matters(entry):
            return ""
        return chunk.sections[-2] if entry.statement.role is Role.DOCTOR else chunk.sections[0]

    def _items(self, chunk: Chunk) -> Generator[dict[str, Any], None, None]:
        arriving = Arriving()
        pieces = self.model.stream(messages(chunk, self.material.language), schema=form(chunk), sampling=_SAMPLING)
        with closing(pieces):
            while True:
                try:
                    piece = next(pieces)
                except StopIteration as end:
                    self._ended(end.value)
                    return
                yield from arriving.feed(piece)

    def _ended(self, reply: Reply) -> None:
        if reply.finish != "stop":
            self._notices.append(f"a reply of '{self.model.name}' was cut off: something may be missing")

    def _sentence(self, item: dict[str, Any], chunk: Chunk) -> tuple[str, Sentence]:
        """An item of the reply. What a schema would not allow is marked, not believed."""
        text = str(item.get("text", "")).strip()
        cited = item.get("utterances")
        numbers = [int(one) for one in cited if isinstance(one, int)] if isinstance(cited, list) else []
        known = self.checker.with_answers(one for one in numbers if one in chunk.utterances)
        section = str(item.get("section", chunk.sections[0]))
        section = section if section in chunk.sections else chunk.sections[0]
        judged = self.checker.judge(text, self.material.language, known)
        return section, Sentence(text, self.material.language, known, Origin.MODEL, judged.support, judged.reasons)

    def _in_order(self, placed: Sequence[Placed]) -> list[Placed]:
        """The template's order: what came with the rest joins the paragraph without a label, at its section's end."""
        labels = [
            (plan.name, self.template.text(part.label, self.material.language))
            for plan, part in parts_of(self.template)
        ]
        return sorted(placed, key=lambda one: labels.index(one[:2]) if one[:2] in labels else len(labels))


def _of(chunk: Chunk, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries whose statement is in a chunk."""
    there = set(map(id, chunk.statements))
    yield from (entry for entry in entries if id(entry.statement) in there)


def _matters(entry: Entry) -> bool:
    """Whether a sentence names what must not be lost, or answers a question that does."""
    said = (entry.statement, *(entry.questions[-1:] if leans(entry) else ()))
    return any(supported(one.language) and _names(one, _NEVER_LOST) for one in said)


def _is_lost(entry: Entry, sentences: Iterable[Sentence]) -> bool:
    """Whether no sentence rests on a statement, or those that do lack what must not be lost of it."""
    said = entry.statement
    own = [one for one in sentences if said.utterance in one.utterances]
    if not own or not supported(said.language) or not supported(own[0].language):
        return True
    text = " ".join(one.text for one in own)
    compared = compare_texts(said.text, text, source=said.language, target=own[0].language)
    return any(one.kind in (MISSING, CHANGED) and one.item.kind in _NEVER_LOST for one in compared.differences)


def _names(said: Statement, categories: frozenset[str]) -> bool:
    return any(item.kind in categories for item in extract(said.text, said.language))


def merge(placed: Iterable[Placed]) -> list[Placed]:
    """Sentences that are the same, in one paragraph, are one, which rests on what each of them does."""
    merged: dict[tuple[str, str, str], Placed] = {}
    for section, label, sentence in placed:
        key = (section, label, " ".join(sentence.text.casefold().split()).rstrip("."))
        if key in merged:
            merged[key] = (section, label, _joined(merged[key][2], sentence))
        else:
            merged[key] = (section, label, sentence)
    return list(merged.values())


_WORST_LAST = (Support.REMARK, Support.UNSUPPORTED, Support.PARTLY, Support.SUPPORTED)


def _joined(one: Sentence, other: Sentence) -> Sentence:
    """Two that say the same: it is as well supported as the better of them."""
    better = max(one, other, key=lambda sentence: _WORST_LAST.index(sentence.support))
    return replace(better, utterances=tuple(dict.fromkeys((*one.utterances, *other.utterances))))
