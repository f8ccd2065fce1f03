from __future__ import annotations

import anyio
import pytest

from voicedoc.core.events import Event, Finding, Guarded, Notice, Translated
from voicedoc.core.speech import Role, Translation, UtteranceId
from voicedoc.guard.stage import Guard

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


def translated(number: int, said: str, shown: str, *, source: str = "en", target: str = "pt") -> Translated:
    return Translated(
        at=float(number),
        utterance=UtteranceId(number),
        listener=Role.PATIENT,
        source_text=said,
        translation=Translation(shown, source, target, ("scripted",)),
    )


async def guarded(*events: Translated) -> list[Event]:
    send, receive = anyio.create_memory_object_stream[Translated](len(events))
    with send:
        for event in events:
            send.send_nowait(event)
    emitted: list[Event] = []

    async def emit(event: Event) -> None:
        emitted.append(event)

    with receive:
        await Guard().run(receive, emit)
    return emitted


async def test_a_lost_number_is_reported_and_the_translation_goes_on():
    first, second, last = await guarded(translated(3, "Take 20 mg.", "Tome 200 mg."))
    assert isinstance(first, Finding) and isinstance(second, Finding)
    assert [(f.verdict, f.item.value, f.utterance, f.at) for f in (first, second)] == [
        ("missing", "20", 3, 3.0),
        ("invented", "200", 3, 3.0),
    ]
    assert isinstance(last, Guarded)
    assert (last.n_findings, last.translation.text, last.listener) == (2, "Tome 200 mg.", Role.PATIENT)


async def test_a_faithful_translation_passes_without_findings():
    (only,) = await guarded(translated(1, "No pain.", "Sem dor."))
    assert isinstance(only, Guarded) and only.n_findings == 0


async def test_an_unknown_language_is_told_once_and_never_stops_the_translation():
    events = await guarded(
        translated(1, "Take 20 mg.", "20 मिलीग्राम लें।", target="hi"),
        translated(2, "दर्द नहीं है।", "Pain.", source="hi", target="en"),
    )
    assert [type(event) for event in events] == [Notice, Guarded, Guarded]
    notice = events[0]
    assert isinstance(notice, Notice)
    assert notice.code == "guard-unsupported" and "hi" in notice.message


async def test_what_is_emitted_is_declared():
    events = await guarded(translated(1, "2", "3"), translated(2, "2", "3", target="ja"))
    assert {type(event) for event in events} == Guard.emits
