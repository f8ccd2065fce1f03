"""The stage `partials`: what has been understood so far of an utterance that goes on. Skipped first when behind."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import anyio

from voicedoc.core.events import LagReport, SpeechPaused, SpeechSoFar, TranscriptPartial, Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed
from voicedoc.recognize.agreement import Agreement, Shown
from voicedoc.recognize.role import QuickRecognizer
from voicedoc.runtime.newest import Newest
from voicedoc.runtime.speculate import utterance_of
from voicedoc.runtime.stage import Emit, Kinds
from voicedoc.runtime.worker import Worker

SKIPPED = "partials skipped"

LEAST = 1.0
"""Seconds of an utterance from which it is read: of less, most that is read is taken back."""


@dataclass(frozen=True)
class Partials:
    """Reads the newest of each channel that goes on, one at a time, and shows what two readings in a row agree on.

    What waits when the speaker pauses or has finished is dropped: on a worker that it shares, a final reading waits for
    the one partial at most that is being read. Once something is stable the language stays. A reading that fails or
    says nothing shows nothing. The first that is skipped in an utterance is reported.
    """

    recognizer: QuickRecognizer
    worker: Worker
    languages: tuple[str, ...]

    name: ClassVar[str] = "partials"
    consumes: ClassVar[Kinds] = frozenset({SpeechSoFar, SpeechPaused, Utterance})
    emits: ClassVar[Kinds] = frozenset({TranscriptPartial, LagReport})

    async def run(self, inbox: AsyncIterable[SpeechSoFar | SpeechPaused | Utterance], emit: Emit) -> None:
        """Run until the inbox ends."""
        waiting: Newest[SpeechSoFar] = Newest()
        state = _State()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._read_all, waiting, state, emit)
            async for event in inbox:
                if isinstance(event, Utterance):
                    state.end(event)
                if not isinstance(event, SpeechSoFar):
                    waiting.drop(event.channel)
                elif event.span.duration < LEAST:
                    continue
                elif (skipped := waiting.put(event.channel, event)) and state.is_first_skipped(skipped):
                    seconds = event.at - skipped.at
                    await emit(LagReport(at=event.at, stage=self.name, seconds=seconds, measure=SKIPPED))
            waiting.close()

    async def _read_all(self, waiting: Newest[SpeechSoFar], state: _State, emit: Emit) -> None:
        while so_far := await waiting.take():
            growing = state.growing(so_far)
            languages = (growing.language,) if growing.language else self.languages
            read = partial(self.recognizer.recognize_so_far, utterance_of(so_far), languages=languages)
            try:
                hypothesis = await self.worker.call(read)
            except BackendFailed:  # the final reading will report it
                continue
            if hypothesis.text and not state.is_over(so_far):
                await emit(_shown(so_far, growing.take(hypothesis), hypothesis.language))


@dataclass
class _Growing:
    """One revision of an utterance as far as it has been shown."""

    utterance: int
    revision: int
    agreement: Agreement = field(default_factory=Agreement)
    language: str = ""

    def take(self, hypothesis: Hypothesis) -> Shown:
        shown = self.agreement.take(hypothesis.text)
        if shown.stable:
            self.language = hypothesis.language
        return shown


class _State:
    """What goes on, and what is over, by channel."""

    def __init__(self) -> None:
        self._growing: dict[int, _Growing] = {}
        self._over: dict[int, tuple[int, int]] = {}
        self._reported: set[tuple[int, int]] = set()

    def growing(self, so_far: SpeechSoFar) -> _Growing:
        found = self._growing.get(so_far.channel)
        if not found or (found.utterance, found.revision) != (so_far.utterance, so_far.revision):
            found = self._growing[so_far.channel] = _Growing(so_far.utterance, so_far.revision)
        return found

    def end(self, utterance: Utterance) -> None:
        self._over[utterance.channel] = (utterance.utterance, utterance.revision)

    def is_over(self, so_far: SpeechSoFar) -> bool:
        return self._over.get(so_far.channel, (0, 0)) >= (so_far.utterance, so_far.revision)

    def is_first_skipped(self, so_far: SpeechSoFar) -> bool:
        key = (so_far.utterance, so_far.revision)
        is_first = key not in self._reported
        self._reported = {key}
        return is_first


def _shown(so_far: SpeechSoFar, shown: Shown, language: str) -> TranscriptPartial:
    return TranscriptPartial(
        at=so_far.at,
        utterance=so_far.utterance,
        channel=so_far.channel,
        revision=so_far.revision,
        language=language,
        stable=shown.stable,
        unstable=shown.unstable,
    )
