"""Whether a sentence forbids or permits, by its words; and which sentences say the opposite of each other."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import Pattern

from voicedoc.converse.knowledge.wording import flat, pattern
from voicedoc.core.languages import primary


@dataclass(frozen=True, slots=True)
class Stance:
    """A sentence may do both: "can be taken together, but never for long"."""

    forbids: bool = False
    permits: bool = False

    def opposes(self, other: Stance) -> bool:
        """Whether one plainly forbids and the other plainly permits."""
        plain = self.forbids != self.permits and other.forbids != other.permits
        return plain and self.forbids != other.forbids


def stance_of(sentence: str, language: str) -> Stance:
    """What a sentence says may be done; nothing in a language without wordings."""
    wordings = _wordings().get(primary(language))
    if wordings is None:
        return Stance()
    mild, forbidding, permitting = wordings
    told, n_mild = mild.subn(" . ", flat(sentence))
    told, n_forbidden = forbidding.subn(" . ", told)
    return Stance(n_forbidden > 0, n_mild > 0 or bool(permitting.search(told)))


@cache
def _wordings() -> dict[str, tuple[Pattern[str], Pattern[str], Pattern[str]]]:
    table = tomllib.loads(Path(__file__).with_name("stances.toml").read_text("utf-8"))
    return {
        tag: (pattern(said["mild"]), pattern(said["forbids"]), pattern(said["permits"])) for tag, said in table.items()
    }
