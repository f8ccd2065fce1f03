"""A note by rules alone: the interview's facts in fixed wordings, and what was said, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from voicedoc.converse.notes.choose import Chooser
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import Material
from voicedoc.converse.notes.note import Evidence, Note, Origin, Paragraph, Section, Sentence, Support
from voicedoc.converse.notes.template import Part, SectionPlan, Template
from voicedoc.converse.notes.wording import Wording, doubts_about
from voicedoc.core.languages import same_language
from voicedoc.export.note import Entry, Statement, leans

RULES = "rules"
"""`Note.method` where no model took part."""

Placed = tuple[str, str, Sentence]
"""A sentence with its section's name and its paragraph's label."""


def draft_by_rules(material: Material, template: Template, labels: Labels) -> Note:
    """The note of a session, or of as much of it as there is."""
    chooser = Chooser(material, template)
    wording = Wording(material, labels, template.words_in(material.language))
    placed = [
        (plan.name, template.text(part.label, material.language), sentence)
        for plan, part in parts_of(template)
        for source in part.sources
        for sentence in _sentences(source, part, chooser, wording)
    ]
    return assemble(placed, material, template, RULES)


def parts_of(template: Template) -> Iterator[tuple[SectionPlan, Part]]:
    """Every part with its section."""
    for plan in template.sections:
        for part in plan.parts:
            yield plan, part


def _sentences(source: str, part: Part, chooser: Chooser, wording: Wording) -> Iterator[Sentence]:
    if source.startswith("said:"):
        entries = chooser.entries(part, source)
        yield from (quoted(entry, chooser.material, chooser.template) for entry in entries)
    else:
        yield from worded(source, chooser, wording)


def worded(source: str, chooser: Chooser, wording: Wording) -> Iterator[Sentence]:
    """What the interview knows, for any source but `said:…`."""
    kind = source.partition(":")[0]
    if kind == "slot":
        yield from wording.present(chooser.facts(source, ("present", "told")))
    elif kind == "denied":
        yield from wording.absent(chooser.facts(source, ("absent",)))
    elif kind == "unknown":
        yield from wording.unknown(chooser.facts(source, ("unknown",)))
    elif kind == "unplaced":
        unplaced = chooser.unplaced()
        yield from (quoted(entry, chooser.material, chooser.template, with_question=True) for entry in unplaced)
    elif kind == "open":
        yield from wording.open()
    elif kind == "alarms":
        yield from map(wording.alarm, chooser.material.transcript.alarms.values())
        if chooser.template.reader != "patient":
            yield from map(wording.suspicion, chooser.material.transcript.suspicions.values())
    else:
        yield from map(wording.conflict, chooser.material.transcript.conflicts.values())


# --- what was said


def quoted(entry: Entry, material: Material, template: Template, *, with_question: bool = False) -> Sentence:
    """What was said, with what it answers where it means nothing by itself.

    A patient is not shown a translation that may be wrong: they get the words as they were said.
    """
    said, language = entry.statement, material.language
    doubts = _doubts(said, material)
    as_said = template.reader == "patient" and bool(doubts) and bool(said.original)
    shown, shown_in = (said.original, said.original_language) if as_said else (said.text, said.language)
    asked = entry.questions[-1:] if (with_question or leans(entry)) and not as_said else ()
    texts = [question.text for question in asked] + [shown]
    text = " – ".join(f"“{text}”" if template.quotes else text for text in texts)
    if not same_language(shown_in, language):
        doubts = (*doubts, f"not translated into {language}") if not as_said else doubts
    weighs = [doubt for doubt in doubts if template.reader == "patient" or not doubt.startswith("doubtful:")]
    support = Support.PARTLY if weighs else Support.SUPPORTED
    utterances = tuple(dict.fromkeys(one.utterance for one in (*asked, said)))
    return Sentence(text, shown_in, utterances, Origin.SAID, support, doubts)


def _doubts(said: Statement, material: Material) -> tuple[str, ...]:
    line = material.line(said.utterance)
    return tuple(dict.fromkeys(doubts_about(line, material.language))) if line else ()


# --- the whole


def assemble(
    placed: Iterable[Placed], material: Material, template: Template, method: str, notices: Iterable[str] = ()
) -> Note:
    """A note of sentences in the template's order. Paragraphs stand in the order in which they come."""
    sentences = list(placed)
    cited = {number for _, _, sentence in sentences for number in sentence.utterances}
    language = material.language
    return Note(
        template=template.name,
        language=language,
        reader=template.reader,
        title=template.text(template.title, language),
        method=method,
        sections=tuple(_section(plan, sentences, template, language) for plan in template.sections),
        evidence=tuple(evidence_of(sorted(cited), material)),
        notices=(*_notices(material), *notices),
        words=tuple(template.words_in(language).items()),
        n_said=material.draft.n_sentences,
        n_used=sum(said.utterance in cited for said in material.draft.said),
    )


def _section(plan: SectionPlan, placed: list[Placed], template: Template, language: str) -> Section:
    own = [(label, sentence) for name, label, sentence in placed if name == plan.name]
    paragraphs = tuple(
        Paragraph(label, tuple(sentence for _, sentence in group)) for label, group in groupby(own, lambda one: one[0])
    )
    return Section(plan.name, template.text(plan.title, language), paragraphs)


def evidence_of(utterances: Iterable[int], material: Material) -> Iterator[Evidence]:
    """Utterances as a note keeps them."""
    for number in utterances:
        if line := material.line(number):
            shown = material.transcript.lines[number].text_in(material.language)
            yield Evidence(
                utterance=number,
                speaker=material.transcript.title(line),
                role=line.role.value,
                start=line.span.start,
                end=line.span.end,
                language=line.language,
                text=line.text,
                translation="" if same_language(line.language, material.language) else shown,
            )


def _notices(material: Material) -> Iterator[str]:
    for language in material.draft.without_cues:
        yield f"there are no cue words for '{language}': what was said in it stands under no heading"
    if not material.draft.said and not material.interview.facts:
        yield "nothing was said in this session"
