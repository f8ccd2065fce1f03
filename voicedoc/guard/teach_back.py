"""What a patient repeats of an instruction in their own words, compared with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voicedoc.guard.compare import compare_texts
from voicedoc.guard.policy import CHANGED, INVENTED, KEPT, MISSING
from voicedoc.guard.verdicts import Verdict

TAUGHT = frozenset({"number", "dose", "frequency", "timing", "duration", "date", "time", "drug", "allergy"}) | {
    "negation",
    "laterality",
    "modality",
    "pregnancy",
}
"""Categories that an instruction is made of. Body parts, symptoms and relatives are worded freely."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """What became of each item of an instruction. See `voicedoc.core.events.TaughtBack`."""

    kept: tuple[str, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing or changed."""
        return not self.missing and not self.changed


def compare_repetition(instruction: str, repeated: str, *, source: str, target: str) -> Repetition:
    """Compare an instruction in language `source` with its repetition in language `target`.

    Raises:
        UnsupportedLanguage: If the guard does not know one of the languages.
    """
    compared = compare_texts(instruction, repeated, source=source, target=target)
    verdicts = [verdict for verdict in compared.verdicts if verdict.item.kind in TAUGHT]
    return Repetition(*(_words(verdicts, kind) for kind in (KEPT, MISSING, CHANGED, INVENTED)))


def _words(verdicts: Iterable[Verdict], kind: str) -> tuple[str, ...]:
    named = (_named(verdict) for verdict in verdicts if verdict.kind == kind)
    return tuple(dict.fromkeys(named))


def _named(verdict: Verdict) -> str:
    if verdict.kind == CHANGED and verdict.source and verdict.target:
        return f"{verdict.source.text} → {verdict.target.text}"
    return verdict.item.text
