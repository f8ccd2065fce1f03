"""What terminal and app share around a visit: the room, what is read out, which models it loads, what is plugged in."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.helpers.live_events import opened
from voicedoc.capture import devices as lists
from voicedoc.capture.devices import Device, Microphone, devices_now
from voicedoc.core.audio import Samples
from voicedoc.core.events import AudioOpened, SoundChecked
from voicedoc.core.speech import Role, Visit
from voicedoc.engine import live_models, open_live_engine
from voicedoc.errors import BackendUnavailable, ConfigError
from voicedoc.live import Room, opened_room
from voicedoc.profiles import load_profile
from voicedoc.visit.aloud import Aloud
from voicedoc.visit.consent import script_in
from voicedoc.visit.room import RoomWanted, Used, devices_used, room_again

pytestmark = pytest.mark.unit

FOUND = [
    Device(0, "Yeti", 2, 0, 48000, False, False),
    Device(1, "Built-in", 1, 2, 48000, True, True),
    Device(2, "HDMI", 0, 2, 48000, False, False),
]
BOTH = (Role.DOCTOR, Role.PATIENT)
TWO = Room(microphones=(Microphone("Yeti"), Microphone("Built")), roles=BOTH, loudspeaker="HDMI")


@pytest.mark.parametrize(
    ("room", "used"),
    [
        (Room(), Used(("Built-in",), "Built-in")),
        (Room(speaking=False), Used(("Built-in",), "")),
        (TWO, Used(("Yeti", "Built-in"), "HDMI")),
        (Room(microphones=(Microphone("yeti", (0, 1)),)), Used(("Yeti, channel 1", "Yeti, channel 2"), "Built-in")),
    ],
)
def test_devices_are_called_by_their_names(room: Room, used: Used) -> None:
    assert devices_used(room, FOUND) == used


def test_a_device_that_is_not_there_is_an_error_that_lists_the_others() -> None:
    with pytest.raises(ConfigError, match="no microphone is called 'HDMI'") as told:
        devices_used(Room(microphones=(Microphone("HDMI"),)), FOUND)
    assert "Yeti" in told.value.remedy
    with pytest.raises(BackendUnavailable, match="no loudspeaker"):
        devices_used(Room(), FOUND[:1])


def test_a_session_goes_on_in_its_own_room_where_nothing_else_is_asked_for() -> None:
    two = AudioOpened(at=0.0, source="microphone", rate=16000, n_channels=2, codec="pcm", duration=None)
    events = [*opened(), opened_room(TWO), two]
    assert room_again("7f3a", events, RoomWanted()) == TWO
    assert room_again("7f3a", events, RoomWanted(silent=True, loudspeaker="")) == replace(
        TWO, speaking=False, loudspeaker=""
    )
    with pytest.raises(ConfigError, match=r"records 2 channel\(s\).* have 1"):
        room_again("7f3a", events, RoomWanted(microphone="Yeti"))


def test_a_sound_check_holds_for_the_same_devices_only_and_only_if_that_is_wanted() -> None:
    check = SoundChecked(
        at=0.0, microphone="Yeti", loudspeaker="HDMI", noise=-60.0, speech=None, echo=None, echo_delay=None,
        full_duplex=True,
    )  # fmt: skip
    events = [*opened(), check, opened_room(replace(TWO, check=check))]
    assert room_again("7f3a", events, RoomWanted(push_to_talk=True), keeps_check=True).check == check
    assert room_again("7f3a", events, RoomWanted()).check is None
    for other in (RoomWanted(loudspeaker="Built"), RoomWanted(doctor="Built", patient="Yeti"), RoomWanted(silent=True)):
        assert room_again("7f3a", events, other, keeps_check=True).check is None


# --- reading out


class Player:
    """Sound devices of which only playing is asked."""

    def __init__(self, fails_at: int = -1, waits: bool = False) -> None:
        self.n_played, self._fails_at, self._waits = 0, fails_at, waits
        self.began = threading.Event()

    def play(self, samples: Samples, rate: int, device: str, stopping: threading.Event) -> None:
        assert samples.size and rate > 0 and device == "HDMI"
        if self.n_played == self._fails_at:
            raise BackendUnavailable("the loudspeaker does not play")
        self.n_played += 1
        self.began.set()
        if self._waits:
            assert stopping.wait(10)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[Player], tuple[Aloud, list[str], threading.Event]]:
    def make(player: Player) -> tuple[Aloud, list[str], threading.Event]:
        troubles, ended = list[str](), threading.Event()
        with open_live_engine(load_profile("scripted"), Visit("en", "pt")) as engine:
            aloud = Aloud(engine, "HDMI", player, troubles.append, ended.set)  # type: ignore[arg-type]
        return aloud, troubles, ended

    return make


def test_every_sentence_is_read_out_and_the_end_is_told(read: Any) -> None:
    aloud, troubles, ended = read(player := Player())
    aloud(script_in("pt").sentences, "pt")
    assert ended.wait(10)
    assert (player.n_played, troubles) == (7, [])


def test_a_loudspeaker_that_fails_is_told_before_the_end(read: Any) -> None:
    aloud, troubles, ended = read(player := Player(fails_at=2))
    aloud(script_in("pt").sentences, "pt")
    assert ended.wait(10)
    assert (player.n_played, troubles) == (2, ["not read out: the loudspeaker does not play"])


def test_reading_falls_silent_at_once(read: Any) -> None:
    aloud, troubles, ended = read(player := Player(waits=True))
    aloud.stop()  # before it has begun
    aloud(script_in("pt").sentences, "pt")
    assert player.began.wait(10)
    aloud.stop()
    assert ended.is_set()
    assert (player.n_played, troubles) == (1, [])


# --- models


def test_the_models_of_a_visit_are_those_of_its_pair() -> None:
    profile = load_profile("embedded-es")
    spanish, portuguese = live_models(profile, Visit("en", "es")), live_models(profile, Visit("en", "pt"))
    assert {profile.segment.model, profile.recognize.model, "firefox-en-pt"} <= set(spanish), "through Portuguese"
    assert "kokoro" in portuguese and "kokoro" not in spanish
    assert len(set(portuguese)) == len(portuguese)
    assert set(live_models(profile, Visit("pt", "en"))) == set(portuguese)
    assert live_models(load_profile("scripted"), Visit("en", "pt")) == ()


# --- what is plugged in


def program(monkeypatch: pytest.MonkeyPatch, out: str = "", status: int = 0, late: bool = False) -> None:
    """In the place of the program that lists devices: one that says `out`."""

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        assert command[-1] == "voicedoc.capture.devices"
        if late:
            raise subprocess.TimeoutExpired(command, options["timeout"])
        return subprocess.CompletedProcess(command, status, out)

    monkeypatch.setattr(subprocess, "run", run)


def test_a_process_of_its_own_lists_what_is_plugged_in_now(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lists, "devices", lambda: FOUND)
    lists.main()
    program(monkeypatch, capsys.readouterr().out)
    assert devices_now() == FOUND


def test_why_nothing_is_listed_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> list[Device]:
        raise BackendUnavailable("cannot use sound devices", remedy="install PortAudio")

    monkeypatch.setattr(lists, "devices", refuse)
    lists.main()
    program(monkeypatch, capsys.readouterr().out)
    with pytest.raises(BackendUnavailable, match="cannot use sound devices") as told:
        devices_now()
    assert told.value.remedy == "install PortAudio"
    program(monkeypatch, status=-11)
    with pytest.raises(BackendUnavailable, match="has died"):
        devices_now()
    program(monkeypatch, late=True)
    with pytest.raises(BackendUnavailable, match="does not answer"):
        devices_now()
