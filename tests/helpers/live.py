"""A whole live session in virtual time: the real wiring on scripted backends, devices and a real store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import anyio
import numpy as np

from tests.helpers.live_devices import ScriptedMicrophone
from tests.helpers.vault import vault_in
from tests.helpers.virtual_time import VirtualClock
from voicedoc.converse.intake import Intake
from voicedoc.core.audio import Samples
from voicedoc.core.commands import Command
from voicedoc.core.events import Event
from voicedoc.engine import Engine
from voicedoc.live import LiveSession, Room, Track, Unkept, microphone, replayed
from voicedoc.speak.scripted_loudspeaker import ScriptedLoudspeaker
from voicedoc.store.vault import Vault

RATE = 16_000


@dataclass
class Sitting:
    """What came of a session: its events, what its loudspeaker played, where it is stored."""

    vault: Vault
    id: str = ""
    events: list[Event] = field(default_factory=list)
    played: Samples = field(default_factory=lambda: np.zeros(0, np.float32))

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


def pcm(samples: Samples) -> np.ndarray:
    """One channel, or shape `(n_samples, n_channels)`, as a microphone gives it."""
    whole = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    return whole if whole.ndim == 2 else whole[:, None]


async def held(
    engine: Engine,
    folder: Path,
    sound: Samples,
    *,
    room: Room | None = None,
    until: float | None = None,
    continues: str = "",
    act: Callable[[LiveSession, Event], None] = lambda session, event: None,
    keys: Sequence[tuple[float, Command, str]] = (),
    intake: Intake | None = None,
) -> Sitting:
    """Hold a session of which `sound` is what the microphone hears. It ends with the sound, or at `until`.

    `act` sees every event and may press keys; `keys` are pressed at their second, with their argument.
    """
    clock = VirtualClock()
    devices = ScriptedMicrophone(clock, pcm(sound), rate=RATE)
    ends = until if until is not None else len(sound) / RATE
    sitting = Sitting(vault_in(folder))
    chosen = room or Room()
    vault = sitting.vault
    earlier = vault.read(continues) if continues else []
    opened = vault.resume(continues) if continues else vault.begin(doctor="en", patient="pt", profile="scripted")
    with opened as stored:
        sitting.id = stored.id
        loudspeaker = ScriptedLoudspeaker(clock)
        with Track(stored.audio / "spoken.chunks", stored.cipher) as track:

            def take(event: Event) -> None:
                sitting.events.append(event)
                act(session, event)

            session = LiveSession(
                engine,
                chosen,
                stored.journal,
                microphone(engine, stored, chosen, devices),
                kept=track.put,
                loudspeaker=loudspeaker,
                before=stored.before,
                earlier=earlier,
                intake=intake,
                watch=take,
                clock=clock,
            )
            async with clock.running(), anyio.create_task_group() as tasks:

                async def end() -> None:
                    await clock.sleep_until(ends)
                    session.press(Command.END)

                async def press() -> None:
                    for at, command, argument in keys:
                        await clock.sleep_until(at)
                        session.press(command, argument)

                tasks.start_soon(end)
                tasks.start_soon(press)
                await session.run()
        sitting.played = loudspeaker.played
    return sitting


async def again(
    engine: Engine,
    sitting: Sitting,
    room: Room | None = None,
    events: Sequence[Event] | None = None,
    intake: Intake | None = None,
) -> list[Event]:
    """The events of the same session, replayed from what was stored (or `events` of it), in `room` or a plain one."""
    happened: list[Event] = []
    stored = sitting.vault.read(sitting.id) if events is None else events
    source = replayed(engine, sitting.vault.sound(sitting.id), stored)
    quiet = replace(room or Room(), speaking=False)
    await LiveSession(engine, quiet, Unkept(), source, keys=False, intake=intake, watch=happened.append).run()
    return happened
