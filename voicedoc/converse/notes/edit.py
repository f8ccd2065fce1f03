"""A note as text that a person edits, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from voicedoc.converse.notes.material import Material
from voicedoc.converse.notes.note import Note, Origin, Paragraph, Section, Sentence, Support
from voicedoc.converse.notes.rules import evidence_of
from voicedoc.converse.notes.support import Checker
from voicedoc.core.labels import one_line
from voicedoc.errors import ConfigError

_EXPLAINED = """\
# Edit the sentences, then save and close. Each begins with "- "; [3, 5] are the utterances that it rests on.
# A sentence that you change or add is judged anew; without utterances it counts as your own. Lines that begin with one
# "#" are not read. Headings ("##" a section, "###" a paragraph) stay; a paragraph may be left out or added.
"""

_SENTENCE = re.compile(r"-\s+(?P<text>.*?)(?:\s*\[(?P<numbers>\s*\d+(?:\s*,\s*\d+)*\s*)\])?\s*")


def to_text(note: Note) -> str:
    """The note as it is edited."""
    return "\n".join([_EXPLAINED, *_lines(note)]) + "\n"


def _lines(note: Note) -> Iterator[str]:
    for section in note.sections:
        yield from (f"## {section.title}", "")
        for paragraph in section.paragraphs:
            if paragraph.label:
                yield f"### {paragraph.label}"
            for sentence in paragraph.sentences:
                numbers = f" [{', '.join(map(str, sentence.utterances))}]" if sentence.utterances else ""
                yield f"- {one_line(sentence.text)}{numbers}"
            yield ""


def from_text(text: str, note: Note, material: Material) -> Note:
    """The note that a person has made of `note`: what they left as it was is as it was.

    Raises:
        ConfigError: If a line is no part of a note, a section is not the note's, or an utterance is not the session's.
    """
    reader = _Reader(note, material)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.read(line.strip(), number)
    return reader.edited()


class _Reader:
    """Reads line by line."""

    def __init__(self, note: Note, material: Material) -> None:
        self._note, self._material = note, material
        self._checker = Checker(material)
        self._known = {(one_line(one.text), one.utterances): one for one in note.sentences()}
        self._titles = {section.title: section for section in note.sections}
        self._found: dict[str, list[tuple[str, Sentence]]] = {title: [] for title in self._titles}
        self._title = self._label = ""

    def read(self, line: str, number: int) -> None:
        if line.startswith("### "):
            self._label = line[4:].strip()
        elif line.startswith("## "):
            self._title, self._label = line[3:].strip(), ""
            if self._title not in self._titles:
                known = ", ".join(self._titles)
                raise ConfigError(f"line {number}: there is no section '{self._title}'", remedy=f"known: {known}")
        elif line and not line.startswith("#"):
            self._found[self._section(number)].append((self._label, self._sentence(line, number)))

    def _section(self, number: int) -> str:
        if not self._title:
            raise ConfigError(f"line {number} stands before the first section", remedy="put it under a heading: ## …")
        return self._title

    def _sentence(self, line: str, number: int) -> Sentence:
        match = _SENTENCE.fullmatch(line)
        if match is None or not match["text"]:
            raise ConfigError(f"line {number} is no sentence: {line[:40]!r}", remedy='begin it with "- "')
        if known := self._known.get((line.removeprefix("-").strip(), ())):
            return known
        numbers = match["numbers"] or ""
        utterances = tuple(dict.fromkeys(int(one) for one in numbers.split(",") if one.strip()))
        if known := self._known.get((match["text"], utterances)):
            return known
        for one in utterances:
            if self._material.line(one) is None:
                raise ConfigError(
                    f"line {number}: this session has no utterance {one}", remedy="name one that was said, or none"
                )
        return self._own(match["text"], utterances)

    def _own(self, text: str, utterances: tuple[int, ...]) -> Sentence:
        """What a person has written: they answer for it, where they name nothing that was said."""
        language = self._note.language
        if not utterances:
            return Sentence(text, language, (), Origin.PERSON, Support.REMARK)
        judged = self._checker.judge(text, language, utterances)
        return Sentence(text, language, utterances, Origin.PERSON, judged.support, judged.reasons)

    def edited(self) -> Note:
        sections = tuple(self._made(section) for section in self._note.sections)
        made = replace(self._note, sections=sections)
        cited = {number for sentence in made.sentences() for number in sentence.utterances}
        return replace(
            made,
            evidence=tuple(evidence_of(sorted(cited), self._material)),
            n_used=sum(said.utterance in cited for said in self._material.draft.said),
        )

    def _made(self, section: Section) -> Section:
        labels = dict.fromkeys(label for label, _ in self._found[section.title])
        paragraphs = tuple(
            Paragraph(label, tuple(one for own, one in self._found[section.title] if own == label)) for label in labels
        )
        return replace(section, paragraphs=paragraphs)
