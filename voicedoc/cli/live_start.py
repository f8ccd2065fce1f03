"""Before a live session: devices, sessions that were cut off, and consent."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from voicedoc.core.events import Consented
from voicedoc.core.speech import Visit
from voicedoc.core.time import clock_text
from voicedoc.errors import ConfigError, StoreError
from voicedoc.visit.room import RoomWanted, devices_used, room_again

if TYPE_CHECKING:
    from voicedoc.engine import Engine
    from voicedoc.live import Room
    from voicedoc.store.stored import StoredSession
    from voicedoc.store.vault import Vault


# --- devices


def checked_room(wanted: RoomWanted) -> RoomWanted:
    """What the command line asks for, as long as it does not contradict itself.

    Raises:
        click.UsageError: If it does.
    """
    try:
        wanted.chosen()
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
    return wanted


def room_for(vault: Vault, before: StoredSession | None, wanted: RoomWanted, console: Console) -> Room:
    """The room of a visit; one that goes on has that of its last part, where no option says otherwise.

    Raises:
        ConfigError: If a session would go on with another number of channels.
    """
    if before is None:
        return wanted.chosen()
    try:
        events = vault.read(before.id)
    except StoreError as error:
        console.print(Text(f"⚠ which devices session {before.id} had is not known: {error}", style="yellow"))
        return wanted.chosen()
    return room_again(before.id, events, wanted)


def show_devices(room: Room, console: Console) -> tuple[str, ...]:
    """Say which devices are used; what the session's channels are called: who speaks there, or the microphone.

    Raises:
        BackendUnavailable: If there is no microphone, or no loudspeaker and one is wanted.
        ConfigError: If an option names none of them.
    """
    from voicedoc.capture.devices import devices

    used = devices_used(room, devices())
    roles = [role.value for role in room.roles]
    for name, role in zip_longest(used.channels, roles[: len(used.channels)]):
        console.print(Text(f"microphone ({role}): {name}" if role else f"microphone: {name}"))
    console.print(
        Text(f"loudspeaker: {used.loudspeaker}" if room.speaking else "no voice: translations are shown only")
    )
    return (*roles, *used.channels[len(roles) :])


# --- sessions that are over their time, and those that were cut off


def purge_expired(vault: Vault, console: Console, *, but: str = "") -> None:
    """Destroy the sessions that are not to be kept any longer, except `but`, and say so. A visit never fails for it."""
    for purged in vault.purge_expired(but=but):
        if purged.refused is None:
            console.print(Text(f"Session {purged.session} was over its time and has been destroyed.", style="dim"))
        else:
            console.print(Text(f"⚠ {purged.refused} → {purged.refused.remedy}", style="yellow"))


def offer_unfinished(vault: Vault, console: Console, *, asks: bool) -> StoredSession | None:
    """Say which sessions were cut off; where somebody can answer, the one to go on with."""
    from voicedoc.revise import close_stored

    for session in vault.unfinished():
        length = clock_text(session.seconds) if session.seconds else "its length is not known"
        about = f"{session.doctor} ⇄ {session.patient}, began {session.began[:16].replace('T', ' ')} UTC, {length}"
        console.print(Text(f"Session {session.id} was cut off ({about}). Nothing of it is lost.", style="yellow"))
        if not asks:
            console.print(Text(f"  voicedoc live --continue {session.id}   or   voicedoc sessions recover --close"))
            console.print(Text(f"  an interview: voicedoc intake --continue {session.id}"))
            continue
        console.print(Text("c: continue it   e: end it   enter: later   q: give up", style="bold"))
        match choice("ce\n"):
            case "c":
                return session
            case "e":
                close_stored(vault, session.id)
                console.print(Text(f"  {session.id} is closed", style="dim"))
            case _:
                pass
    return None


def choice(keys: str) -> str:
    """Wait for one of some keys; "\n" is Enter.

    Raises:
        click.Abort: At q, and where the input ends.
    """
    while True:
        try:
            key = click.getchar().lower().replace("\r", "\n")
        except EOFError:
            raise click.Abort from None
        if key in keys:
            return key
        if key == "q":
            raise click.Abort


# --- consent


def consent_for(
    visit: Visit, engine: Engine, room: Room, console: Console, *, asks: bool, was_taken: bool
) -> Consented:
    """Tell both people what is recorded, and have their answer; `was_taken`: it was asked for before.

    Raises:
        click.UsageError: If nobody is here to press a key.
    """
    from voicedoc.cli.consent import ask_consent
    from voicedoc.visit.aloud import Aloud, has_voice
    from voicedoc.visit.consent import consented
    from voicedoc.visit.sound_system import PortAudio

    if was_taken:
        return consented(visit, agreed=True, was_told=False)
    if not asks:
        raise click.UsageError("nobody is here to press a key: take consent before, and say so with --consented")
    speaks = room.speaking and has_voice(engine, visit.patient)

    def trouble(text: str) -> None:
        console.print(Text(text, style="yellow"))

    say = Aloud(engine, room.loudspeaker, PortAudio(), trouble) if speaks else None
    return consented(visit, agreed=ask_consent(visit, console, say))
