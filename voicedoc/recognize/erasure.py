"""How much of what was shown while somebody spoke was taken back.

Source: normalised erasure of Arivazhagan et al. 2020, "Re-translation versus Streaming for Simultaneous Translation"
(arXiv 2004.03643).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from voicedoc.core.events import Event, TranscriptFinal, TranscriptPartial, UtteranceReopened
from voicedoc.core.speech import UtteranceId
from voicedoc.recognize.agreement import same_unit, split


class Erasure(NamedTuple):
    """Counts of units: words, or letters in scripts without spaces. Sums of counts are counts.

    `n_erased` were shown and then taken back, `n_stable_erased` of them after they had been called stable; `n_final`
    are in the final transcripts of those utterances. `n_partials` counts what was shown.
    """

    n_erased: int
    n_stable_erased: int
    n_final: int
    n_partials: int

    @property
    def normalised(self) -> float:
        """Units taken back for each unit of the final text; 0.0 where there is none."""
        return self.n_erased / self.n_final if self.n_final else 0.0

    @property
    def stable(self) -> float:
        """The same for what had been called stable."""
        return self.n_stable_erased / self.n_final if self.n_final else 0.0


def erasure(events: Iterable[Event]) -> Erasure:
    """Count over a journal. Utterances without partials, or without a final text, do not count."""
    shown: dict[UtteranceId, tuple[list[str], list[str]]] = {}
    counts: dict[UtteranceId, list[int]] = {}
    total = Erasure(0, 0, 0, 0)
    for event in events:
        match event:
            case TranscriptPartial():
                units, stable = split(f"{event.stable}{event.unstable}"), split(event.stable)
                count = counts.setdefault(event.utterance, [0, 0, 0])
                before, _ = shown.get(event.utterance, ([], []))
                count[0] += _lost(before, units)
                count[2] += 1
                shown[event.utterance] = (units, stable)
            case TranscriptFinal() if event.utterance in shown:
                units, stable = shown.pop(event.utterance)
                final = split(event.hypothesis.text)
                erased, _, n = counts.pop(event.utterance)
                of_this = (erased + _lost(units, final), _lost(stable, final), len(final), n)
                total = Erasure(*(mine + own for mine, own in zip(total, of_this, strict=True)))
            case UtteranceReopened():
                shown.pop(event.utterance, None)
                counts.pop(event.utterance, None)
    return total


def _lost(before: list[str], after: list[str]) -> int:
    """Units of `before` from the first on that is not in its place in `after`."""
    for place, unit in enumerate(before):
        if place >= len(after) or not same_unit(unit, after[place]):
            return len(before) - place
    return 0
