"""Which of the things that were said belong under which heading of a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from voicedoc.converse.notes.material import Material
from voicedoc.converse.notes.template import Part, Template
from voicedoc.core.events import FactNoted
from voicedoc.core.languages import primary
from voicedoc.export.note import Entry, Statement
from voicedoc.guard.extract import extract
from voicedoc.guard.lexicon import supported
from voicedoc.translate.languages import WITHOUT_SPACES


@dataclass(slots=True)
class Chooser:
    """Gives each part of a template its sentences and facts; nothing is given twice."""

    material: Material
    template: Template
    _given: set[int] = field(default_factory=set)
    _quoted: set[tuple[int, str]] = field(default_factory=set)
    _facts_given: set[tuple[str, str]] = field(default_factory=set)

    def entries(self, part: Part, source: str) -> Iterator[Entry]:
        """What was said, for `said:…`, in time."""
        for entry in self.material.entries(source.partition(":")[2]):
            if self._is_left(entry) and self._fits(entry, part):
                self._give(entry)
                yield entry

    def facts(self, source: str, states: tuple[str, ...]) -> list[FactNoted]:
        """Facts in one of `states`, of the source's slot, or of all that are left."""
        slot = source.partition(":")[2]
        found = []
        for key, fact in self.material.interview.facts.items():
            if key not in self._facts_given and fact.state in states and slot in ("", fact.slot):
                self._facts_given.add(key)
                found.append(fact)
        return found

    def left(self) -> list[Entry]:
        """What no part has taken, in time."""
        return [entry for entry in self.material.entries("any") if self._is_left(entry)]

    def unplaced(self) -> Iterator[Entry]:
        """What a patient told an assistant, and neither a fact nor a part before has."""
        seen: set[str] = set()
        for entry in self.left():
            said = entry.statement
            if self.material.interview.has(said) and not self.material.is_told(said):
                self._give(entry)
                if said.text not in seen:  # they were asked again
                    seen.add(said.text)
                    yield entry

    def _is_left(self, entry: Entry) -> bool:
        said = entry.statement
        return id(entry) not in self._given and (said.utterance, said.text) not in self._quoted

    def _give(self, entry: Entry) -> None:
        self._given.add(id(entry))
        self._quoted.add((entry.statement.utterance, entry.statement.text))

    def _fits(self, entry: Entry, part: Part) -> bool:
        said = entry.statement
        if part.who and said.role not in part.who:
            return False
        if self._words_facts and self.material.is_told(said):
            return False
        return _is_about(said, part.about) and (part.cues is None or _has_cue(said, part))

    @property
    def _words_facts(self) -> bool:
        """Whether the template has the interview's facts: what they hold is then not quoted as well."""
        sources = {source for plan in self.template.sections for part in plan.parts for source in part.sources}
        return any(source.startswith("slot:") for source in sources)


def _texts(said: Statement) -> Iterable[tuple[str, str]]:
    """As it is shown, and as it was said."""
    yield said.language, said.text
    if said.original:
        yield said.original_language, said.original


def _is_about(said: Statement, categories: tuple[str, ...]) -> bool:
    if not categories:
        return True
    known = ((language, text) for language, text in _texts(said) if supported(language))
    return any(item.kind in categories for language, text in known for item in extract(text, language))


def _has_cue(said: Statement, part: Part) -> bool:
    return any(
        re.search(_whole(cue, language), text.casefold())
        for language, text in _texts(said)
        for cue in (part.cues or {}).get(primary(language), ())
    )


def _whole(cue: str, language: str) -> str:
    """A pattern for a cue: whole words, where words are apart."""
    escaped = re.escape(cue.casefold())
    return escaped if primary(language) in WITHOUT_SPACES else rf"(?<!\w){escaped}(?!\w)"
