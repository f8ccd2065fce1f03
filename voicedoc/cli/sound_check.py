"""The sound check before a live session: two seconds of the room and the loudspeaker, two of a person; in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
from rich.console import Console
from rich.text import Text

from voicedoc.cli.aside import aside
from voicedoc.cli.live_start import choice
from voicedoc.core.events import SoundChecked
from voicedoc.errors import AudioError, BackendUnavailable
from voicedoc.run import cause

if TYPE_CHECKING:
    from voicedoc.capture.devices import Microphone
    from voicedoc.live import Room

SPEECH = 2.0
"""Seconds in which somebody is to say something."""

HEARD, CLEAR = 6.0, 12.0
"""dB above the room from which on something was heard, and from which on it serves well."""


def check_room(room: Room, console: Console, *, asks: bool) -> Room:
    """Check a room's sound, again if somebody wants. Nothing of what is heard is kept but the figures.

    A device that fails is told, and somebody may go on without the check; where nobody can be asked, that is an error.

    Raises:
        AudioError, BackendUnavailable: If a device gives no sound, and nobody can be asked.
        click.Abort: If somebody gives up.
    """
    while True:
        try:
            is_well, room = _checked_once(room, console)
        except (AudioError, BackendUnavailable) as error:
            if not asks:
                raise
            console.print(Text(f"  ⚠ {error}" + (f" → {error.remedy}" if error.remedy else ""), style="red"))
            is_well = False
        if is_well or not asks:
            return room
        console.print(Text("r: check again   enter: go on   q: give up", style="bold"))
        if choice("r\n") == "\n":
            return room


def _checked_once(room: Room, console: Console) -> tuple[bool, Room]:
    """Whether all is well, and the room with what was found."""
    checks = [_checked(microphone, room, console) for microphone in room.microphones]
    found = together(checks)
    words = [word for check in checks for word in check_words(check)]
    for is_well, text in (*words, (True, duplex_words(found, speaks=room.speaking))):
        console.print(Text(f"  {'✓' if is_well else '⚠'} {text}", style="green" if is_well else "yellow"))
    return all(is_well for is_well, _ in words), replace(room, check=found)


def together(checks: Sequence[SoundChecked]) -> SoundChecked:
    """The check of a room with several microphones: what holds for all of them."""
    return replace(
        checks[0],
        microphone=", ".join(check.microphone for check in checks),
        full_duplex=all(check.full_duplex for check in checks),
        tail=max((check.tail for check in checks if check.tail is not None), default=None),
    )


def check_words(check: SoundChecked) -> list[tuple[bool, str]]:
    """What was found about a microphone and the loudspeaker, in words; each with whether it is well."""
    return [_microphone_words(check), *([_loudspeaker_words(check)] if check.loudspeaker else [])]


def _microphone_words(check: SoundChecked) -> tuple[bool, str]:
    name = f"microphone {check.microphone}"
    if check.speech is None:
        return True, f"{name}: the room at {check.noise:.0f} dB"
    above = check.speech - check.noise
    if above < HEARD:
        return False, f"{name}: nobody was heard, only the room ({check.noise:.0f} dB). Is it muted, or the wrong one?"
    text = f"{name}: a voice {above:.0f} dB above the room"
    return (True, text) if above >= CLEAR else (False, f"{text}, which is little: come closer, or turn it up")


def _loudspeaker_words(check: SoundChecked) -> tuple[bool, str]:
    name = f"loudspeaker {check.loudspeaker}"
    if check.echo is None:
        return True, f"{name}: the microphone does not hear it. Did you? (with headphones that is as it should be)"
    late = f", {check.echo_delay * 1000:.0f} ms later" if check.echo_delay is not None else ""
    left = f", {check.echo_loss:.0f} dB of it can be taken out" if check.echo_loss is not None else ""
    return True, f"{name}: heard at {check.echo:.0f} dB{late}{left}"


def duplex_words(check: SoundChecked, *, speaks: bool) -> str:
    """What the check means for those who speak."""
    if not speaks:
        return "there is no voice that could be heard"
    if check.full_duplex:
        return "the voice can be interrupted by speaking"
    tail = f" and {check.tail:.1f} s after" if check.tail is not None else ""
    return f"while the voice speaks{tail}, the microphone is not listened to: the key . stops the voice"


def _checked(microphone: Microphone, room: Room, console: Console) -> SoundChecked:
    name = f" of {microphone.device}" if len(room.microphones) > 1 else ""
    first = "be quiet while it plays a sound …" if room.speaking else "be quiet for a moment …"
    console.print(Text(f"Sound check{name}: {first}", style="bold"))

    def ask() -> None:
        console.print(Text("Now say a few words.", style="bold"))

    try:
        with aside(console):
            return anyio.run(_check, microphone, room, ask)
    except BaseExceptionGroup as group:
        raise cause(group) from group


async def _check(microphone: Microphone, room: Room, ask: Callable[[], None]) -> SoundChecked:
    from voicedoc.capture.check import SoundCheck
    from voicedoc.capture.echo import WebRtcEcho, can_cancel
    from voicedoc.runtime.clock import WallClock
    from voicedoc.runtime.worker import ThreadWorker
    from voicedoc.speak.loudspeaker import SoundDevice

    worker = ThreadWorker("sound-check")
    try:
        echo = WebRtcEcho if room.speaking and can_cancel() else None
        check = SoundCheck(microphone, WallClock(), worker, echo=echo, speech=SPEECH, ask=ask)
        loudspeaker = SoundDevice(lambda: check.position, device=room.loudspeaker) if room.speaking else None
        return await check.run(loudspeaker)
    finally:
        worker.close()
