"""A program for the tests: plays a rising tone through the stage `play` and, if told to, withdraws it in the middle.

Prints one JSON object: where on the clock the tone began to sound, when it was withdrawn, and what the stage said.
Arguments: seconds of the tone; seconds after its beginning at which it is withdrawn, or "never".
"""

from __future__ import annotations

import json
import sys
import time

import anyio
import numpy as np

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.events import ClauseSound, ClauseSpoken, Event, FirstAudio, VoiceCancelled
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.floor import Floor
from voicedoc.speak.loudspeaker import SoundDevice
from voicedoc.speak.play import Play

RATE = 24_000
LOW, HIGH = 400.0, 2400.0
"""Hz. The tone rises from one to the other, so that each moment of it can be told by its pitch."""


def rising_tone(seconds: float) -> Samples:
    moment = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * (LOW * moment + (HIGH - LOW) * moment**2 / (2 * seconds))
    return as_samples(0.5 * np.sin(phase))


async def main(seconds: float, stop_after: float | None) -> None:
    clock, floor, zero = WallClock(), Floor(), time.monotonic()

    def position() -> float:
        return time.monotonic() - zero

    loudspeaker = SoundDevice(position)
    play = Play(loudspeaker, floor, clock, position=position)
    told: list[Event] = []
    stopped = None

    async def emit(event: Event) -> None:
        told.append(event)

    async def stop() -> None:
        nonlocal stopped
        while not any(isinstance(event, FirstAudio) for event in told):
            await anyio.sleep(0.005)
        while position() < (saying.began or 0.0) + (stop_after or 0.0):
            await anyio.sleep(0.002)
        stopped = position()
        floor.withdraw(1, "a test", stopped)

    saying = floor.announce(1, "a rising tone", "en")
    floor.expect(saying)
    floor.settle(saying)
    send, inbox = anyio.create_memory_object_stream[ClauseSound](1)
    send.send_nowait(
        ClauseSound(
            at=0.0, utterance=UtteranceId(1), saying=saying.number, clause=0, part=0, last=True, listener=Role.PATIENT,
            language="en", text="a rising tone", spoken="", rate=RATE, samples=rising_tone(seconds),
        )
    )  # fmt: skip
    send.close()
    async with inbox, anyio.create_task_group() as tasks:
        if stop_after is not None:
            tasks.start_soon(stop)
        await play.run(inbox, emit)
    spans = [event.span for event in told if isinstance(event, ClauseSpoken)]
    found = {
        "began": saying.began,
        "stopped": stopped,
        "spoken": spans[0].duration if spans else None,
        "cancelled": [event.heard for event in told if isinstance(event, VoiceCancelled)],
        "gaps": loudspeaker.n_gaps,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    anyio.run(main, float(sys.argv[1]), None if sys.argv[2] == "never" else float(sys.argv[2]))
