"""The guard's stage: what a translation lost or added is reported before it is spoken."""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import ClassVar

from voicedoc.core.events import Finding, Guarded, Notice, Translated
from voicedoc.core.languages import primary
from voicedoc.guard.compare import Verdict, compare_texts
from voicedoc.guard.lexicon import LANGUAGES, supported
from voicedoc.runtime.stage import Emit, Kinds


class Guard:
    """Compares each translation with what was said and reports every difference; then lets it go on to be spoken.

    It reports and never holds back: a translation with findings is still followed by `Guarded`.
    A pair with a language that it does not know gets one `Notice` a session, and no findings.
    """

    name: ClassVar[str] = "guard"
    consumes: ClassVar[Kinds] = frozenset({Translated})
    emits: ClassVar[Kinds] = frozenset({Finding, Guarded, Notice})

    def __init__(self) -> None:
        self._told: set[str] = set()

    async def run(self, inbox: AsyncIterable[Translated], emit: Emit) -> None:
        """Guard every translation until the inbox ends."""
        async for event in inbox:
            verdicts = await self._verdicts(event, emit)
            for verdict in verdicts:
                await emit(_finding(event, verdict))
            await emit(_guarded(event, len(verdicts)))

    async def _verdicts(self, event: Translated, emit: Emit) -> tuple[Verdict, ...]:
        source, target = event.translation.source, event.translation.target
        unknown = [primary(language) for language in (source, target) if not supported(language)]
        if not unknown:
            return compare_texts(event.source_text, event.translation.text, source=source, target=target).verdicts
        if not self._told.issuperset(unknown):
            self._told.update(unknown)
            await emit(_unsupported(event, unknown))
        return ()


def _finding(event: Translated, verdict: Verdict) -> Finding:
    return Finding(
        at=event.at,
        utterance=event.utterance,
        verdict=verdict.kind,
        item=verdict.item,
        message=verdict.message,
        target=event.translation.target,
    )


def _guarded(event: Translated, n_findings: int) -> Guarded:
    return Guarded(
        at=event.at,
        utterance=event.utterance,
        listener=event.listener,
        translation=event.translation,
        n_findings=n_findings,
    )


def _unsupported(event: Translated, unknown: list[str]) -> Notice:
    return Notice(
        at=event.at,
        code="guard-unsupported",
        message=f"the guard does not know {' and '.join(unknown)}: numbers, units and negations are not checked",
        remedy=f"ask back what matters; the guard knows {', '.join(LANGUAGES)}",
    )
