"""The words of questions that the advisor names by their id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicedoc.core.languages import primary

if TYPE_CHECKING:
    from voicedoc.converse.complaints.load import Packs
    from voicedoc_desktop.process.task import Here


@dataclass(frozen=True, slots=True)
class Wordings:
    """In one language: `questions` by id, `complaints` by the id of their pack."""

    questions: Mapping[str, str]
    complaints: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadWordings:
    """A task: what the complaint packs ask, in `language`; in English where a pack has no words for it."""

    language: str

    def run(self, here: Here) -> Wordings:
        """Read the packs that come with VoiceDoc.

        Raises:
            ConfigError: If one of them is wrong.
        """
        del here
        from voicedoc.converse.complaints.load import load_packs

        return wordings_of(load_packs(), self.language)


def wordings_of(packs: Packs, language: str) -> Wordings:
    """The packs' words in a language."""
    questions = [*packs.common, *(question for pack in packs.packs.values() for question in pack.questions)]
    return Wordings(
        {question.id: _in(question.text, language) for question in questions},
        {name: _in(pack.title, language) for name, pack in packs.packs.items()},
    )


def _in(text: Mapping[str, str], language: str) -> str:
    return text.get(primary(language)) or text["en"]
