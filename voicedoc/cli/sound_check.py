"""The sound check before a live session: two seconds of the room and the loudspeaker, two of a person; in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from voicedoc.cli.aside import aside
from voicedoc.cli.live_start import choice
from voicedoc.core.events import SoundChecked
from voicedoc.errors import AudioError, BackendUnavailable
from voicedoc.visit.sound_check import check_microphone, check_words, duplex_words, together
from voicedoc.visit.sound_system import PortAudio

if TYPE_CHECKING:
    from voicedoc.capture.devices import Microphone
    from voicedoc.live import Room


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


def _checked(microphone: Microphone, room: Room, console: Console) -> SoundChecked:
    name = f" of {microphone.device}" if len(room.microphones) > 1 else ""
    first = "be quiet while it plays a sound …" if room.speaking else "be quiet for a moment …"
    console.print(Text(f"Sound check{name}: {first}", style="bold"))

    def ask() -> None:
        console.print(Text("Now say a few words.", style="bold"))

    with aside(console):
        return check_microphone(microphone, room.loudspeaker if room.speaking else None, PortAudio(), ask)
