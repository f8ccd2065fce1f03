"""Before a live session: devices, sessions that were cut off, and consent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from voicedoc import __version__
from voicedoc.core.events import AudioOpened, Consented, Event, SessionClosed, SessionOpened
from voicedoc.core.speech import Role, Visit
from voicedoc.core.time import clock_text
from voicedoc.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from voicedoc.capture.devices import Device, Microphone
    from voicedoc.engine import Engine
    from voicedoc.live import Room
    from voicedoc.store.stored import StoredSession
    from voicedoc.store.vault import Vault


# --- devices


@dataclass(frozen=True)
class RoomOptions:
    """What the command line says of the devices; None, "" and () where it says nothing."""

    microphone: str | None = None
    doctor: str | None = None
    patient: str | None = None
    roles: tuple[Role, ...] = ()
    loudspeaker: str | None = None
    push_to_talk: bool | None = None
    silent: bool | None = None

    def chosen(self, earlier: Room | None = None) -> Room:
        """The room: as `earlier`, where an option does not say otherwise. What was measured in that does not hold.

        Raises:
            click.UsageError: If the options contradict each other.
        """
        from voicedoc.live import Room

        room = replace(earlier or Room(), check=None)
        if self.microphone or self.doctor or self.patient or self.roles:
            microphones, roles = microphones_of(self.microphone, self.doctor, self.patient, self.roles)
            room = replace(room, microphones=microphones, roles=roles)
        if self.loudspeaker is not None:
            room = replace(room, loudspeaker=self.loudspeaker)
        if self.push_to_talk is not None:
            room = replace(room, push_to_talk=self.push_to_talk)
        return room if self.silent is None else replace(room, speaking=not self.silent)


def room_for(vault: Vault, before: StoredSession | None, options: RoomOptions, console: Console) -> Room:
    """The room of a visit; one that goes on has that of its last part, where no option says otherwise.

    Raises:
        ConfigError: If a session would go on with another number of channels.
    """
    from voicedoc.cli.replayed import room_of

    if before is None:
        return options.chosen()
    try:
        events = vault.read(before.id)
    except StoreError as error:
        console.print(Text(f"⚠ which devices session {before.id} had is not known: {error}", style="yellow"))
        return options.chosen()
    room = options.chosen(room_of(events))
    _check_channels(before.id, events, room)
    return room


def _check_channels(session: str, events: list[Event], room: Room) -> None:
    recorded = next((event.n_channels for event in events if isinstance(event, AudioOpened)), None)
    n_channels = sum(len(microphone.channels) for microphone in room.microphones)
    if recorded not in (None, n_channels):
        raise ConfigError(
            f"session {session} records {recorded} channel(s), and the microphones that are named have {n_channels}",
            remedy="name as many, leave these options out (it had its own), or begin a new session",
        )


def microphones_of(
    microphone: str | None, doctor: str | None, patient: str | None, roles: tuple[Role, ...]
) -> tuple[tuple[Microphone, ...], tuple[Role, ...]]:
    """The microphones that the options name, and who speaks on each channel; () where all share one.

    Raises:
        click.UsageError: If the options contradict each other.
    """
    from voicedoc.capture.devices import Microphone

    if doctor is None and patient is None:
        channels = tuple(range(len(roles))) or (0,)
        return (Microphone(microphone or "", channels),), roles
    if doctor is None or patient is None:
        raise click.UsageError("--doctor-microphone and --patient-microphone go together")
    if microphone is not None or roles:
        raise click.UsageError("either two microphones, or one with --microphone and --channels")
    return (Microphone(doctor), Microphone(patient)), (Role.DOCTOR, Role.PATIENT)


def show_devices(room: Room, console: Console) -> tuple[str, ...]:
    """Say which devices are used; the microphones' names, one for each channel of the session.

    Raises:
        BackendUnavailable: If there is no microphone, or no loudspeaker and one is wanted.
        ConfigError: If an option names none of them.
    """
    from voicedoc.capture.devices import choose, devices

    found = devices()
    names: list[str] = []
    for microphone in room.microphones:
        device = choose(microphone.device, found, "input")
        names += [_channel_name(device, channel, len(microphone.channels)) for channel in microphone.channels]
    for number, name in enumerate(names):
        who = f" ({room.roles[number].value})" if number < len(room.roles) else ""
        console.print(Text(f"microphone{who}: {name}"))
    if room.speaking:
        console.print(Text(f"loudspeaker: {choose(room.loudspeaker, found, 'output').name}"))
    else:
        console.print(Text("no voice: translations are shown only"))
    return tuple(room.roles[number].value if number < len(room.roles) else name for number, name in enumerate(names))


def _channel_name(device: Device, channel: int, n_channels: int) -> str:
    return device.name if n_channels == 1 else f"{device.name}, channel {channel + 1}"


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
    from voicedoc.cli.aloud import Aloud, has_voice
    from voicedoc.cli.consent import ask_consent, consented

    if was_taken:
        return consented(visit, agreed=True, was_told=False)
    if not asks:
        raise click.UsageError("nobody is here to press a key: take consent before, and say so with --consented")
    speaks = room.speaking and has_voice(engine, visit.patient)
    say = Aloud(engine, room.loudspeaker, lambda text: console.print(Text(text, style="yellow"))) if speaks else None
    return consented(visit, agreed=ask_consent(visit, console, say))


def refusal(engine: Engine, consent: Consented) -> tuple[Event, ...]:
    """The journal of a session that somebody declined: that it was asked, and no more."""
    opened = SessionOpened(
        at=0.0,
        version=__version__,
        profile=engine.profile.name,
        profile_sha256=engine.profile.sha256,
        doctor=engine.visit.doctor,
        patient=engine.visit.patient,
        models=engine.models,
        stages=(),
    )
    return opened, consent, SessionClosed(at=0.0, reason="declined", n_utterances=0)
