from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import anyio
import pytest

from voicedoc.core.events import Event, Finding, Guarded, Held, Notice, Reworded, Translated
from voicedoc.core.speech import Attempt, Role, Translation, UtteranceId
from voicedoc.export.transcript import transcript_of
from voicedoc.guard import lexicon
from voicedoc.guard.stage import MOST_ATTEMPTS, Guard
from voicedoc.runtime.worker import InlineWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


def translated(number: int, said: str, shown: str, *, source: str = "en", target: str = "pt") -> Translated:
    return Translated(
        at=float(number),
        utterance=UtteranceId(number),
        listener=Role.PATIENT,
        source_text=said,
        translation=Translation(shown, source, target, ("scripted",)),
    )


class Offered:
    """A `Rewording` that offers fixed texts, and counts how many were asked for."""

    def __init__(self, *texts: str) -> None:
        self.texts, self.n_made = texts, 0

    def attempts(self, text: str, first: Translation) -> Iterator[Attempt]:
        for offered in self.texts:
            self.n_made += 1
            yield Attempt("otherwise", Translation(offered, first.source, first.target, ("other",)))

    def back(self, translation: Translation) -> str:
        return f"back: {translation.text}"


async def guarded(*events: Translated, rewording: Offered | None = None) -> list[Event]:
    send, receive = anyio.create_memory_object_stream[Translated](len(events))
    with send:
        for event in events:
            send.send_nowait(event)
    emitted: list[Event] = []

    async def emit(event: Event) -> None:
        emitted.append(event)

    with receive:
        await Guard(rewording, InlineWorker()).run(receive, emit)
    return emitted


async def test_a_tenfold_dose_is_held_with_its_difference_and_its_meaning_back():
    *findings, last = await guarded(translated(3, "Take 20 mg.", "Tome 200 mg."), rewording=Offered())
    assert findings and all(isinstance(f, Finding) and (f.utterance, f.at) == (3, 3.0) for f in findings)
    assert any(isinstance(f, Finding) and f.held for f in findings)
    assert isinstance(last, Held)
    assert (last.translation.text, last.back, last.listener) == ("Tome 200 mg.", "back: Tome 200 mg.", Role.PATIENT)
    assert any("20" in difference and "200" in difference for difference in last.differences)


class Exhausted(Offered):
    """A `Rewording` for which there is no memory."""

    def attempts(self, text: str, first: Translation) -> Iterator[Attempt]:
        raise MemoryError

    def back(self, translation: Translation) -> str:
        raise MemoryError


async def test_without_memory_for_other_ways_a_wrong_dose_is_held_all_the_same():
    *_, last = await guarded(translated(3, "Take 20 mg.", "Tome 200 mg."), rewording=Exhausted())
    assert isinstance(last, Held)
    assert (last.back, last.n_attempts) == ("", 0)


async def test_a_held_translation_is_never_let_go():
    events = await guarded(translated(1, "No fever.", "Febre."), translated(2, "Fever.", "Febre."))
    assert [event.utterance for event in events if isinstance(event, Guarded)] == [2]


async def test_another_translation_that_lost_nothing_takes_the_first_ones_place():
    offered = Offered("Tome 2 mg.", "Tome 20 mg.", "Tome 20 mg agora.")
    events = await guarded(translated(1, "Take 20 mg.", "Tome 200 mg."), rewording=offered)
    reworded, last = [event for event in events if not isinstance(event, Finding)]
    assert isinstance(reworded, Reworded) and isinstance(last, Guarded)
    assert (reworded.before, reworded.translation.text) == ("Tome 200 mg.", "Tome 20 mg.")
    assert last.translation == reworded.translation
    assert offered.n_made == 2  # and not one more than needed


async def test_only_so_many_other_translations_are_tried():
    offered = Offered(*(f"Tome {number} mg." for number in range(30, 60)))
    *_, last = await guarded(translated(1, "Take 20 mg.", "Tome 200 mg."), rewording=offered)
    assert isinstance(last, Held) and last.n_attempts == offered.n_made == MOST_ATTEMPTS


async def test_a_faithful_translation_passes_without_findings():
    (only,) = await guarded(translated(1, "No pain.", "Sem dor."))
    assert isinstance(only, Guarded) and only.n_findings == 0


async def test_an_unknown_language_is_told_once_and_never_stops_the_translation():
    events = await guarded(
        translated(1, "Take 20 mg.", "20 mg se lo.", target="tlh"),
        translated(2, "Dard nahi hai.", "Pain.", source="tlh", target="en"),
    )
    assert [type(event) for event in events] == [Notice, Guarded, Guarded]
    notice = events[0]
    assert isinstance(notice, Notice)
    assert notice.code == "guard-unsupported" and "tlh" in notice.message


@pytest.fixture
def poor_hindi(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lexicon of Hindi that claims neither families nor dates."""
    rich = lexicon.lexicon_of("hi")
    poor = replace(rich, supports=rich.supports - {"family", "date"})
    known = lexicon.lexicon_of
    monkeypatch.setattr(lexicon, "lexicon_of", lambda tag: poor if tag == "hi" else known(tag))


@pytest.mark.usefixtures("poor_hindi")
async def test_a_pair_with_categories_that_are_not_checked_is_told_once_and_by_name():
    events = await guarded(
        translated(1, "No pain.", "दर्द नहीं।", target="hi"),
        translated(2, "दर्द नहीं।", "No pain.", source="hi", target="en"),
        translated(3, "No pain.", "Sem dor."),
        translated(4, "दर्द नहीं।", "Sem dor.", source="hi"),
    )
    told = [event for event in events if isinstance(event, Notice)]
    assert [notice.code for notice in told] == ["guard-unchecked", "guard-unchecked"]
    assert all("date, family" in notice.message for notice in told)
    assert ["en and hi" in told[0].message, "hi and pt" in told[1].message] == [True, True]
    assert sum(isinstance(event, Guarded) for event in events) == 4


@pytest.mark.usefixtures("poor_hindi")
async def test_what_is_not_checked_stands_in_the_transcript():
    events = await guarded(translated(1, "No pain.", "दर्द नहीं।", target="hi"))
    (notice,) = transcript_of(events).notices
    assert "does not check date, family" in notice and "ask back" in notice


async def test_what_is_emitted_is_declared():
    events = await guarded(
        translated(1, "Take 2 mg", "Tome 3 mg"), translated(2, "2", "3", target="tlh"), rewording=Offered("Tome 2 mg")
    )
    events += await guarded(translated(1, "2", "3"))
    assert {type(event) for event in events} == Guard.emits
