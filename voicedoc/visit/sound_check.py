"""The sound check before a session: two seconds of the room and the loudspeaker, two of a person; in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import anyio

from voicedoc.core.events import SoundChecked
from voicedoc.run import cause

if TYPE_CHECKING:
    from voicedoc.capture.devices import Microphone
    from voicedoc.visit.sound_system import SoundSystem

SPEECH = 2.0
"""Seconds in which somebody is to say something."""

HEARD, CLEAR = 6.0, 12.0
"""dB above the room from which on something was heard, and from which on it serves well."""


def check_microphone(
    microphone: Microphone, loudspeaker: str | None, sound: SoundSystem, ask: Callable[[], None]
) -> SoundChecked:
    """Check a microphone, with what it hears of the loudspeaker; None where nothing is to be spoken.

    `ask` is called when somebody is to say a few words. Nothing of what is heard is kept but the figures.

    Raises:
        AudioError, BackendUnavailable: If a device gives no sound.
    """
    try:
        return anyio.run(partial(_check, microphone, loudspeaker, sound, ask))
    except BaseExceptionGroup as group:
        raise cause(group) from group


async def _check(
    microphone: Microphone, loudspeaker: str | None, sound: SoundSystem, ask: Callable[[], None]
) -> SoundChecked:
    from voicedoc.capture.check import SoundCheck
    from voicedoc.capture.echo import WebRtcEcho, can_cancel
    from voicedoc.runtime.clock import WallClock
    from voicedoc.runtime.worker import ThreadWorker

    worker = ThreadWorker("sound-check")
    try:
        echo = WebRtcEcho if loudspeaker is not None and can_cancel() else None
        check = SoundCheck(
            microphone, WallClock(), worker, echo=echo, speech=SPEECH, ask=ask, open_input=sound.open_input
        )
        plays = None if loudspeaker is None else sound.loudspeaker(lambda: check.position, loudspeaker)
        return await check.run(plays)
    finally:
        worker.close()


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
