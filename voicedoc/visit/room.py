"""The devices of a visit: as they are asked for, as a session had them, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from voicedoc.capture.devices import Device, Microphone, choose
from voicedoc.core.events import AudioOpened, Event, RoomOpened, SessionOpened, SoundChecked, TurnAttributed, Utterance
from voicedoc.core.speech import Role
from voicedoc.errors import ConfigError

if TYPE_CHECKING:
    from voicedoc.live import Room


@dataclass(frozen=True, slots=True)
class RoomWanted:
    """The devices that are asked for, by number, name or part of a name; None, "" and () where nothing is said.

    Either one microphone (with `roles`, one person on each of its channels), or two: the doctor's and the patient's.
    """

    microphone: str | None = None
    doctor: str | None = None
    patient: str | None = None
    roles: tuple[Role, ...] = ()
    loudspeaker: str | None = None
    push_to_talk: bool | None = None
    silent: bool | None = None

    def chosen(self, earlier: Room | None = None) -> Room:
        """The room: as `earlier`, where nothing else is asked for. What was measured in that does not hold.

        Raises:
            ConfigError: If what is asked for contradicts itself.
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


class Split(NamedTuple):
    """Microphones, and who speaks on each of their channels; () where all share one."""

    microphones: tuple[Microphone, ...]
    roles: tuple[Role, ...]


def microphones_of(microphone: str | None, doctor: str | None, patient: str | None, roles: tuple[Role, ...]) -> Split:
    """The microphones that are named, and who speaks on each channel.

    Raises:
        ConfigError: If they contradict each other.
    """
    if doctor is None and patient is None:
        channels = tuple(range(len(roles))) or (0,)
        return Split((Microphone(microphone or "", channels),), roles)
    if doctor is None or patient is None:
        raise ConfigError("--doctor-microphone and --patient-microphone go together", remedy="name both")
    if microphone is not None or roles:
        raise ConfigError("either two microphones, or one with --microphone and --channels", remedy="leave one out")
    return Split((Microphone(doctor), Microphone(patient)), (Role.DOCTOR, Role.PATIENT))


class Used(NamedTuple):
    """The devices of a room by name: one for each channel of the session; `loudspeaker` is "" without a voice."""

    channels: tuple[str, ...]
    loudspeaker: str


def devices_used(room: Room, found: Sequence[Device]) -> Used:
    """What the room's devices are called, among those that were found.

    Raises:
        BackendUnavailable: If there is no microphone, or no loudspeaker and one is wanted.
        ConfigError: If one is asked for that is not there.
    """
    names: list[str] = []
    for microphone in room.microphones:
        device = choose(microphone.device, found, "input")
        names += [_channel_name(device, channel, len(microphone.channels)) for channel in microphone.channels]
    return Used(tuple(names), choose(room.loudspeaker, found, "output").name if room.speaking else "")


def _channel_name(device: Device, channel: int, n_channels: int) -> str:
    return device.name if n_channels == 1 else f"{device.name}, channel {channel + 1}"


# --- a session that goes on, or is run again


def room_again(session: str, events: Sequence[Event], wanted: RoomWanted, *, keeps_check: bool = False) -> Room:
    """The room of a session that goes on: that of its last part, where nothing else is asked for.

    `keeps_check`: what the last sound check found still holds, as long as the devices are the same.

    Raises:
        ConfigError: If it would go on with another number of channels.
    """
    last = room_of(events)
    room = wanted.chosen(last)
    if keeps_check and _devices(room) == _devices(last):
        room = replace(room, check=last.check)
    recorded = next((event.n_channels for event in events if isinstance(event, AudioOpened)), None)
    n_channels = sum(len(microphone.channels) for microphone in room.microphones)
    if recorded not in (None, n_channels):
        raise ConfigError(
            f"session {session} records {recorded} channel(s), and the microphones that are named have {n_channels}",
            remedy="name as many, leave these options out (it had its own), or begin a new session",
        )
    return room


def _devices(room: Room) -> tuple[object, ...]:
    return room.microphones, room.loudspeaker, room.speaking


def room_of(events: Sequence[Event]) -> Room:
    """The room of a stored session, that of its last part; of an old journal, as far as that tells."""
    from voicedoc.live import Room

    check = next((event for event in reversed(events) if isinstance(event, SoundChecked)), None)
    told = next((event for event in reversed(events) if isinstance(event, RoomOpened)), None)
    if told is None:
        speaking = any("speak" in event.stages for event in events if isinstance(event, SessionOpened))
        return Room(roles=roles_of(events), speaking=speaking, check=check)
    return Room(
        microphones=tuple(Microphone(used.device, used.channels) for used in told.microphones),
        roles=told.roles,
        loudspeaker=told.loudspeaker,
        speaking=told.speaking,
        push_to_talk=told.push_to_talk,
        check=check,
    )


def roles_of(events: Sequence[Event]) -> tuple[Role, ...]:
    """Who spoke on each channel, where speakers were told apart by channel; () where one microphone was shared."""
    channels = {event.utterance: event.channel for event in events if isinstance(event, Utterance)}
    turns = [event for event in events if isinstance(event, TurnAttributed) and event.method == "channel"]
    roles = {channels[turn.utterance]: turn.role for turn in turns if turn.utterance in channels}
    return tuple(roles.get(channel, Role.UNKNOWN) for channel in range(max(roles, default=-1) + 1))
