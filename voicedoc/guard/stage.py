"""The guard's stage: a translation that lost or changed what is critical is made again, or held back."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from voicedoc.core.events import Finding, Guarded, Held, Notice, Reworded, Translated
from voicedoc.core.languages import primary
from voicedoc.core.speech import FIXED_WORDINGS, Attempt, Translation
from voicedoc.errors import BackendFailed
from voicedoc.guard.compare import Comparison, Verdict, compare_texts
from voicedoc.guard.lexicon import LANGUAGES, supported, unchecked
from voicedoc.guard.names import VisitNames
from voicedoc.guard.role import Rewording
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

MOST_ATTEMPTS = 4
"""Other translations that are tried of one sentence."""


@dataclass(frozen=True)
class Guard:
    """Compares each translation with what was said.

    One that differs in something that holds is translated again in other ways; if one of them does not differ so, it
    takes the first one's place (`Reworded`), else the sentence is `Held`. All that differs is reported as `Finding`.
    What is not held goes on as `Guarded`, and so do sentences that are written in both languages. `names` are the
    visit's own drugs and allergens. Without `rewording` nothing is made again or translated back. A pair with a
    language that the guard does not know gets one `Notice` a session, and no findings; one between whose languages some
    categories are not compared gets one that names them.
    """

    rewording: Rewording | None = None
    worker: Worker | None = None
    names: VisitNames | None = None

    name: ClassVar[str] = "guard"
    consumes: ClassVar[Kinds] = frozenset({Translated})
    emits: ClassVar[Kinds] = frozenset({Finding, Reworded, Held, Guarded, Notice})
    _told: set[str] = field(default_factory=set)

    async def run(self, inbox: AsyncIterable[Translated], emit: Emit) -> None:
        """Guard every translation until the inbox ends."""
        async for event in inbox:
            translation = event.translation
            if translation.models == FIXED_WORDINGS:
                await emit(_guarded(event, translation, 0))
                continue
            unknown = [primary(tag) for tag in (translation.source, translation.target) if not supported(tag)]
            if unknown:
                await self._tell(_unsupported(event, unknown), emit)
                await emit(_guarded(event, translation, 0))
                continue
            if lacking := unchecked(translation.source, translation.target):
                await self._tell(_unchecked(event, lacking), emit)
            await self._guard(event, emit)

    async def _tell(self, notice: Notice, emit: Emit) -> None:
        """Say it once a session."""
        if notice.message not in self._told:
            self._told.add(notice.message)
            await emit(notice)

    async def _guard(self, event: Translated, emit: Emit) -> None:
        first = _compared(event.source_text, event.translation, self.names)
        if not first.held:
            await self._let_go(event, event.translation, first, emit)
            return
        attempts = await self._attempts(event)
        for attempt in attempts:
            found = _compared(event.source_text, attempt.translation, self.names)
            if not found.held:
                await emit(_reworded(event, attempt))
                await self._let_go(event, attempt.translation, found, emit)
                return
        await self._hold(event, first, len(attempts), emit)

    async def _let_go(self, event: Translated, translation: Translation, found: Comparison, emit: Emit) -> None:
        for verdict in found.differences:
            await emit(_finding(event, verdict))
        await emit(_guarded(event, translation, len(found.differences)))

    async def _hold(self, event: Translated, found: Comparison, n_attempts: int, emit: Emit) -> None:
        for verdict in found.differences:
            await emit(_finding(event, verdict))
        await emit(
            Held(
                at=event.at,
                utterance=event.utterance,
                listener=event.listener,
                translation=event.translation,
                back=await self._back(event),
                differences=tuple(verdict.message for verdict in found.held),
                n_attempts=n_attempts,
            )
        )

    async def _attempts(self, event: Translated) -> list[Attempt]:
        """Other translations, those up to the first that does not differ so."""
        if self.rewording is None or self.worker is None:
            return []
        attempts = partial(_attempts, self.rewording, event.source_text, event.translation, self.names)
        try:
            return await self.worker.call(attempts)
        except BackendFailed:  # no memory: there is no other way than to hold it
            return []

    async def _back(self, event: Translated) -> str:
        """What a translation says, in the language of the one who spoke."""
        if self.rewording is None or self.worker is None:
            return ""
        try:
            return await self.worker.call(partial(self.rewording.back, event.translation))
        except BackendFailed:  # no memory: it is shown without
            return ""


def _attempts(rewording: Rewording, text: str, first: Translation, names: VisitNames | None) -> list[Attempt]:
    made: list[Attempt] = []
    for attempt in rewording.attempts(text, first):
        made.append(attempt)
        if len(made) == MOST_ATTEMPTS or not _compared(text, attempt.translation, names).held:
            break
    return made


def _compared(text: str, translation: Translation, names: VisitNames | None) -> Comparison:
    return compare_texts(text, translation.text, source=translation.source, target=translation.target, names=names)


def _finding(event: Translated, verdict: Verdict) -> Finding:
    return Finding(
        at=event.at,
        utterance=event.utterance,
        verdict=verdict.kind,
        item=verdict.item,
        message=verdict.message,
        target=event.translation.target,
        other=verdict.other,
        held=verdict.held,
    )


def _reworded(event: Translated, attempt: Attempt) -> Reworded:
    return Reworded(
        at=event.at,
        utterance=event.utterance,
        listener=event.listener,
        way=attempt.way,
        before=event.translation.text,
        translation=attempt.translation,
    )


def _guarded(event: Translated, translation: Translation, n_findings: int) -> Guarded:
    return Guarded(
        at=event.at,
        utterance=event.utterance,
        listener=event.listener,
        translation=translation,
        n_findings=n_findings,
    )


def _unsupported(event: Translated, unknown: list[str]) -> Notice:
    return Notice(
        at=event.at,
        code="guard-unsupported",
        message=f"the guard does not know {' and '.join(unknown)}: nothing critical is checked",
        remedy=f"ask back what matters; the guard knows {', '.join(LANGUAGES)}",
    )


def _unchecked(event: Translated, lacking: tuple[str, ...]) -> Notice:
    pair = sorted({primary(event.translation.source), primary(event.translation.target)})
    return Notice(
        at=event.at,
        code="guard-unchecked",
        message=f"between {' and '.join(pair)} the guard does not check {', '.join(lacking)}",
        remedy="ask back where these matter",
    )
