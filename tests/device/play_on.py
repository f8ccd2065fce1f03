"""A program for the tests: says something critical through the stage `play` and prints each fact as it comes."""

from __future__ import annotations

import sys
import time

import anyio

from tests.device.play_and_stop import RATE, rising_tone
from voicedoc.core.events import ClauseSound, Event
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.runtime.clock import WallClock
from voicedoc.runtime.floor import Floor
from voicedoc.speak.loudspeaker import SoundDevice
from voicedoc.speak.play import Play


async def main() -> None:
    floor, zero = Floor(), time.monotonic()

    def position() -> float:
        return time.monotonic() - zero

    async def emit(event: Event) -> None:
        utterance = getattr(event, "utterance", "")
        sys.stdout.write(f"{type(event).__name__} {utterance}\n")
        sys.stdout.flush()
        told.append(type(event).__name__)

    told: list[str] = []
    play = Play(SoundDevice(position), floor, WallClock(), position=position)
    saying = floor.announce(1, "a rising tone", "en", critical=True)
    floor.expect(saying)
    floor.settle(saying)
    send, inbox = anyio.create_memory_object_stream[ClauseSound](1)
    send.send_nowait(
        ClauseSound(
            at=0.0, utterance=UtteranceId(1), saying=saying.number, clause=0, part=0, last=True, listener=Role.PATIENT,
            language="en", text="a rising tone", spoken="", rate=RATE, samples=rising_tone(6.0),
        )
    )  # fmt: skip
    async with inbox, anyio.create_task_group() as tasks:
        tasks.start_soon(play.run, inbox, emit)
        while "ClauseSpoken" not in told:
            await anyio.sleep(0.05)
        send.close()


if __name__ == "__main__":
    anyio.run(main)
