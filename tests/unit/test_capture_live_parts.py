"""The parts of live capture: devices, the ring, the program that records, the gate, the clock of arrivals."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.capture import microphone_process
from voicedoc.capture.arrival import ArrivalClock
from voicedoc.capture.devices import Device, Microphone, choose, described
from voicedoc.capture.gate import Gate
from voicedoc.capture.ring import Ring
from voicedoc.core.commands import Command
from voicedoc.core.events import Pressed
from voicedoc.core.time import Span
from voicedoc.errors import BackendUnavailable, ConfigError

pytestmark = pytest.mark.unit

FOUND = [
    Device(0, "HDA Intel: analog", 2, 2, 48_000, False, False),
    Device(1, "USB Microphone", 1, 0, 44_100, True, False),
    Device(2, "USB Microphone array", 4, 0, 16_000, False, False),
    Device(3, "HDMI", 0, 8, 48_000, False, True),
]


# --- devices


@pytest.mark.parametrize(
    ("wanted", "number"), [("", 1), ("0", 0), ("array", 2), ("USB Microphone", 1), ("usb microphone ARRAY", 2)]
)
def test_a_microphone_is_found_by_number_name_or_part_of_its_name(wanted: str, number: int) -> None:
    assert choose(wanted, FOUND, "input").number == number


@pytest.mark.parametrize("wanted", ["usb", "HDMI", "3", "9", "headset"])
def test_a_name_that_fits_none_or_several_says_what_there_is(wanted: str) -> None:
    with pytest.raises(ConfigError, match=wanted) as raised:
        choose(wanted, FOUND, "input")
    assert "USB Microphone array" in raised.value.remedy


def test_the_default_loudspeaker_is_the_systems_and_a_machine_without_one_says_so() -> None:
    assert choose("", FOUND, "output").name == "HDMI"
    with pytest.raises(BackendUnavailable, match="no loudspeaker"):
        choose("", FOUND[1:2], "output")


def test_devices_are_described_for_people() -> None:
    lines = described(FOUND).splitlines()
    assert len(lines) == 4
    assert lines[1] == "  1  USB Microphone: 1 in, 44100 Hz  (default microphone)"
    assert "8 out" in lines[3]


# --- the ring


@given(st.lists(st.tuples(st.binary(max_size=20), st.booleans()), max_size=60), st.integers(1, 40))
def test_a_ring_gives_what_it_took_in_order_and_counts_what_it_dropped(
    steps: list[tuple[bytes, bool]], size: int
) -> None:
    ring = Ring(size)
    came = bytearray()
    lost = 0
    for data, reads in [*steps, (b"", True), (b"", True), (b"x", True), (b"", True), (b"", True)]:
        ring.write(data)
        if reads:
            came += ring.read()
            n = ring.missing()
            lost += n
            came += b"?" * n
    written = b"".join(data for data, _ in steps) + b"x"
    assert len(came) == len(written)
    assert all(got in (0x3F, put) for got, put in zip(came, written, strict=True))
    assert lost <= len(written)


def test_nothing_is_dropped_while_somebody_reads() -> None:
    ring = Ring(10)
    for number in range(100):
        ring.write(bytes([number, number, number]))
        assert ring.read() == bytes([number] * 3)
        assert ring.missing() == 0


# --- the program that records


class FakePortAudio:
    """Stands in for `sounddevice`: a stream that calls back a few times and then breaks off."""

    class PortAudioError(Exception):
        pass

    def __init__(self, blocks: list[tuple[bytes, bool]], refuse: tuple[int, ...] = ()) -> None:
        self._blocks, self._refuse = blocks, refuse
        self.opened: list[int] = []

    def RawInputStream(self, **options: Any) -> Any:  # noqa: N802  # as PortAudio's has it
        self.opened.append(options["device"])
        if options["device"] in self._refuse:
            raise self.PortAudioError("Device unavailable")
        assert options["dtype"] == "int16"
        blocks, callback = iter(self._blocks), options["callback"]

        class Stream:
            samplerate = float(options["samplerate"])

            def start(self) -> None:
                pass

            @property
            def active(self) -> bool:
                block = next(blocks, None)
                if block is not None:
                    callback(block[0], len(block[0]) // 2, None, SimpleNamespace(input_overflow=block[1]))
                return block is not None

        return Stream()


def messages(monkeypatch: pytest.MonkeyPatch, fake: FakePortAudio, microphone: Microphone, **options: bool) -> Any:
    monkeypatch.setattr(microphone_process, "portaudio", lambda: fake)
    monkeypatch.setattr(microphone_process, "devices", lambda: list(FOUND))
    out = io.BytesIO()
    microphone_process.record(microphone, out, substitutes=options.get("substitutes", False))
    raw, told = out.getvalue(), []
    while raw:
        size = int.from_bytes(raw[1:5], "little")
        told.append((raw[:1], raw[5 : 5 + size]))
        raw = raw[5 + size :]
    return told


def test_it_says_what_it_opened_hands_on_all_samples_and_says_why_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    told = messages(monkeypatch, FakePortAudio([(b"ab", False), (b"cd", True), (b"ef", False)]), Microphone())
    assert [kind for kind, _ in told] == [b"O", b"S", b"X", b"S", b"S", b"E"]
    assert json.loads(told[0][1]) == {"name": "USB Microphone", "rate": 44_100, "n_channels": 1}
    assert b"".join(payload for kind, payload in told if kind == b"S") == b"abcdef"
    assert "USB Microphone" in json.loads(told[-1][1])["message"]


def test_another_microphone_stands_in_only_if_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakePortAudio([], refuse=(1,))
    assert [kind for kind, _ in messages(monkeypatch, fake, Microphone())] == [b"E"]
    fake = FakePortAudio([], refuse=(1,))
    told = messages(monkeypatch, fake, Microphone("USB Microphone"), substitutes=True)
    assert json.loads(told[0][1])["name"] == "HDA Intel: analog"
    assert fake.opened == [1, 0]
    told = messages(monkeypatch, FakePortAudio([]), Microphone("gone"), substitutes=True)
    assert json.loads(told[0][1])["name"] == "USB Microphone"  # the system's default


def test_a_channel_that_the_device_does_not_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ((kind, why),) = messages(monkeypatch, FakePortAudio([]), Microphone("array", channels=(0, 5)))
    assert kind == b"E"
    assert "4 channels" in json.loads(why)["message"]


# --- the gate


def pressed(command: Command, at: float) -> Pressed:
    return Pressed(at=at, command=command)


def test_without_voice_or_keys_everything_is_heard() -> None:
    assert not Gate().shut(Span(0.0, 9.0))


def test_only_what_touches_the_voice_is_shut() -> None:
    voice = Span(1.0, 2.0)
    gate = Gate(lambda span: [voice] if voice.overlap(span) else [])
    assert [gate.shut(Span(at, at + 0.05)) for at in (0.95, 0.96, 1.5, 1.99, 2.0)] == [False, True, True, True, False]


def test_push_to_talk_hears_from_the_press_until_a_moment_after_the_release() -> None:
    gate = Gate(push_to_talk=True)
    assert gate.shut(Span(0.0, 0.05))
    gate.press(pressed(Command.TALK, 1.02))
    assert not gate.shut(Span(1.0, 1.05))
    assert not gate.shut(Span(5.0, 5.05))
    gate.press(pressed(Command.RELEASE, 6.0))
    assert [gate.shut(Span(at, at + 0.05)) for at in (0.9, 5.9, 6.2, 6.3)] == [True, False, False, True]


def test_a_key_that_is_held_is_heard_though_the_voice_still_rings() -> None:
    gate = Gate(lambda span: [span])
    gate.press(pressed(Command.TALK, 1.0))
    assert not gate.shut(Span(1.0, 1.05))
    gate.press(pressed(Command.RELEASE, 2.0))
    assert gate.shut(Span(3.0, 3.05))


def test_while_paused_nothing_is_heard_key_or_not() -> None:
    gate = Gate(push_to_talk=True)
    gate.press(pressed(Command.TALK, 1.0))
    gate.press(pressed(Command.PAUSE, 2.0))
    gate.press(pressed(Command.PAUSE, 2.5))
    gate.press(pressed(Command.RESUME, 3.0))
    assert [gate.shut(Span(at, at + 0.05)) for at in (1.5, 2.0, 2.9, 3.0)] == [False, True, True, False]


# --- the clock of arrivals


def test_an_hour_on_a_slow_or_fast_crystal_loses_nothing_and_keeps_wall_time() -> None:
    for crystal in (-1e-4, 1e-4):
        clock, rate, n = ArrivalClock(16_000), 16_000 * (1 + crystal), 0
        for step in range(1, 36_000):
            now = step / 10
            n, block = round(now * rate), round(now * rate) - n
            assert clock.arrived(now, block) == 0
        assert clock.position(now) == pytest.approx(n / 16_000, abs=0.01)


def test_late_blocks_are_not_lost_ones() -> None:
    clock, n = ArrivalClock(1000), 0
    for step in range(1, 1000):
        now = step / 50
        if step % 100 > 55:  # nothing for 0.9 s, then all at once
            continue
        n, block = round(now * 1000), round(now * 1000) - n
        assert clock.arrived(now, block) == 0


def test_lost_samples_are_found_to_the_block() -> None:
    clock, filled = ArrivalClock(1000), []
    for step in range(1, 400):
        if missing := clock.arrived(step / 50, 0 if 200 <= step < 218 else 20):
            filled.append(missing)
            clock.filled(missing)
    assert filled == [360]
