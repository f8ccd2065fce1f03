"""The sound check and the echo canceller, in rooms that tests make themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio
import numpy as np
import pytest

from tests.helpers.live_devices import ScriptedMicrophone
from voicedoc.capture.check import SoundCheck
from voicedoc.capture.devices import Microphone
from voicedoc.capture.echo import LEAD, WebRtcEcho, samples_ahead
from voicedoc.capture.recorder import Heard, Input, Opened, Sound
from voicedoc.core.audio import Samples, as_samples, level_db
from voicedoc.errors import BackendUnavailable
from voicedoc.runtime.clock import SteppingClock
from voicedoc.runtime.worker import InlineWorker

RATE = 48_000

IN_BAND = -4.8
"""dB: the third of white noise at 48 kHz that is left at 16 kHz."""

pytestmark = [pytest.mark.unit, pytest.mark.anyio]


def response(reverberation: float, *, gain_db: float, rate: int, seed: int = 5) -> Samples:
    """What a room makes of a click: the click itself, then noise that falls by 60 dB in `reverberation` seconds."""
    n = round(reverberation * rate)
    falling = np.random.default_rng(seed).standard_normal(n) * 10 ** (-3 * np.arange(n) / n)
    falling[0] = 8.0
    return as_samples((10 ** (gain_db / 20) * falling / np.sqrt(np.sum(falling**2))).astype(np.float32))


class Room:
    """A microphone (an `OpenInput`) that hears what a loudspeaker plays, `delay` seconds later, in noise of -60 dB.

    Until `torn_until` every other block of its sound is lost.
    """

    def __init__(
        self, clock: SteppingClock, *, delay: float, gain_db: float, reverberation: float, torn_until: float = 0.0
    ) -> None:
        self._clock, self._delay, self._torn_until = clock, delay, torn_until
        self._response = response(reverberation, gain_db=gain_db, rate=RATE)
        n = 12 * RATE
        self._air = (10 ** (-60 / 20) * np.random.default_rng(6).standard_normal(n)).astype(np.float32)
        self.name, self.rate, self.n_pulled, self.n_gaps = "speaker", RATE, 0, 0
        self._heard_to = 0

    # the microphone

    def __call__(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        room = self

        class Hears:
            told = False

            def read(self) -> list[Heard]:
                first: list[Heard] = [] if self.told else [Opened("mic", RATE)]
                self.told = True
                since, room._heard_to = room._heard_to, round(room._clock.now() * RATE)
                part = room._air[since : room._heard_to]
                return [*first, Sound(np.rint(part[:, np.newaxis] * 32767).astype(np.int16))] if part.size else first

            def close(self) -> None:
                pass

        return Hears()

    # the loudspeaker

    async def play(self, pull: Callable[[int, float], Samples], ready: Callable[[], None]) -> None:
        ready()
        began = self._clock.now()
        while True:
            at = began + self.n_pulled / RATE
            pulled = pull(480, at)
            part = np.convolve(pulled, self._response)
            start = round((at + self._delay) * RATE)
            if at < self._torn_until and pulled.any() and self.n_pulled // 480 % 2:
                self.n_gaps += 1
            else:
                self._air[start : start + part.size] += part.astype(np.float32)
            self.n_pulled += 480
            while self._clock.now() < at + 0.01:  # others move the clock
                await anyio.lowlevel.checkpoint()

    def say(self, at: float, level_db: float) -> None:
        speech = 10 ** (level_db / 20) * np.random.default_rng(8).standard_normal(RATE)
        self._air[round(at * RATE) :][:RATE] += speech.astype(np.float32)


async def checked(room: Room, clock: SteppingClock, **options: Any) -> Any:
    check = SoundCheck(Microphone(), clock, InlineWorker(), open_input=room, **options)
    return await check.run(room)


@pytest.mark.parametrize("delay", [0.02, 0.2])
async def test_the_check_finds_the_loudspeaker_in_the_microphone(delay: float) -> None:
    clock = SteppingClock()
    found = await checked(Room(clock, delay=delay, gain_db=-10, reverberation=0.3), clock)
    assert (found.microphone, found.loudspeaker) == ("mic", "speaker")
    assert found.noise == pytest.approx(IN_BAND - 60, abs=1.5)
    assert found.echo_delay == pytest.approx(delay, abs=0.03)
    assert -45 < found.echo < -25
    assert delay < found.tail < delay + 0.4
    assert (found.full_duplex, found.echo_loss, found.speech) == (False, None, None)  # there is no canceller


async def test_a_microphone_that_does_not_hear_the_loudspeaker_may_always_listen() -> None:
    clock = SteppingClock()
    found = await checked(Room(clock, delay=0.05, gain_db=-90, reverberation=0.3), clock)
    assert (found.echo, found.echo_delay, found.tail) == (None, None, None)
    assert found.full_duplex


async def test_the_check_takes_about_two_seconds_and_measures_speech_if_asked_to() -> None:
    clock = SteppingClock()
    room = Room(clock, delay=0.05, gain_db=-10, reverberation=0.2)
    room.say(3.0, -20)
    asked: list[float] = []
    found = await checked(room, clock, speech=2.0, ask=lambda: asked.append(clock.now()))
    assert 4.0 < clock.now() < 5.5
    assert asked == [pytest.approx(clock.now() - 2.0, abs=0.1)]
    assert found.speech == pytest.approx(IN_BAND - 20, abs=1)


async def test_without_a_loudspeaker_only_the_microphone_is_checked() -> None:
    clock = SteppingClock()
    room = Room(clock, delay=0.05, gain_db=-10, reverberation=0.2)
    found = await SoundCheck(Microphone(), clock, InlineWorker(), open_input=room).run(None)
    assert (found.loudspeaker, found.echo, found.full_duplex) == ("", None, False)
    assert found.noise == pytest.approx(IN_BAND - 60, abs=1.5)


async def test_a_microphone_that_goes_during_the_check_is_told() -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, np.zeros((48_000, 1), np.int16), gone=[(0.3, 99.0)])
    with pytest.raises(BackendUnavailable, match="USB"):
        await SoundCheck(Microphone(), clock, InlineWorker(), open_input=device).run(None)


class Perfect:
    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        return as_samples(0.001 * microphone)


class Useless:
    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        return as_samples(0.7 * microphone)


@pytest.mark.parametrize(("canceller", "allowed"), [(Perfect, True), (Useless, False)])
async def test_full_duplex_is_for_rooms_whose_echo_can_be_cancelled(canceller: Any, allowed: bool) -> None:
    clock = SteppingClock()
    found = await checked(Room(clock, delay=0.05, gain_db=-6, reverberation=0.3), clock, echo=canceller)
    assert found.full_duplex is allowed
    assert found.echo_loss == pytest.approx(60 if allowed else 3.1, abs=0.2)


def test_the_reference_is_read_ahead_only_as_far_as_it_must() -> None:
    assert samples_ahead(LEAD) == samples_ahead(0.3) == 0
    assert samples_ahead(0.0) == LEAD * 16_000


async def test_a_sound_that_was_torn_on_its_way_out_is_played_again() -> None:
    clock = SteppingClock()
    room = Room(clock, delay=0.05, gain_db=-6, reverberation=0.3, torn_until=1.5)
    found = await checked(room, clock, echo=Perfect)
    assert found.full_duplex
    assert found.echo_delay == pytest.approx(0.05, abs=0.03)
    assert 3.5 < clock.now() < 5.0


async def test_nothing_is_concluded_from_a_loudspeaker_that_always_tears() -> None:
    clock = SteppingClock()
    room = Room(clock, delay=0.05, gain_db=-90, reverberation=0.3, torn_until=99.0)
    found = await checked(room, clock, echo=Perfect)
    assert found.echo is None
    assert not found.full_duplex
    assert clock.now() < 8.0


# --- WebRTC's canceller


def speechlike(seconds: float, seed: int) -> Samples:
    """Noise with the rhythm and the colour of speech."""
    n = round(16_000 * seconds)
    rng = np.random.default_rng(seed)
    white = np.fft.rfft(rng.standard_normal(n))
    hertz = np.fft.rfftfreq(n, 1 / 16_000)
    coloured = np.fft.irfft(np.where(hertz > 100, white / np.maximum(hertz, 500.0), 0.0), n)
    beats = np.arange(0, seconds + 1, 0.15)
    rhythm = np.interp(np.arange(n) / 16_000, beats, rng.random(beats.size))
    sound = coloured * np.maximum(0.0, rhythm - 0.3)
    return as_samples((0.3 * sound / np.abs(sound).max()).astype(np.float32))


def cancelled(microphone: Samples, reference: Samples, delay: float = 0.1) -> Samples:
    canceller = WebRtcEcho(delay)
    steps = range(0, microphone.size, 800)
    left = [canceller.cancel(microphone[at : at + 800], reference[at : at + 800]) for at in steps]
    return as_samples(np.concatenate(left))


@pytest.mark.parametrize(("reverberation", "delay"), [(0.15, 0.05), (0.3, 0.15), (0.3, 0.3)])
async def test_the_echo_of_a_small_room_is_lessened_by_more_than_full_duplex_asks_for(
    reverberation: float, delay: float
) -> None:
    pytest.importorskip("livekit.rtc")
    played = speechlike(8.0, 1)
    echo = np.convolve(played, response(reverberation, gain_db=-8, rate=16_000))[: played.size]
    noise = 10 ** (-65 / 20) * np.random.default_rng(2).standard_normal(played.size)
    microphone = as_samples((np.pad(echo, (round(delay * 16_000), 0))[: played.size] + noise).astype(np.float32))
    left = cancelled(microphone, played, delay)
    assert left.size == microphone.size
    assert level_db(as_samples(microphone[48_000:])) - level_db(as_samples(left[48_000:])) > 15.0


async def test_an_echo_that_seems_to_come_before_its_sound_is_cancelled_with_the_reference_read_ahead() -> None:
    pytest.importorskip("livekit.rtc")
    delay, n_ahead = -0.08, samples_ahead(-0.08)
    played = speechlike(8.0, 1)
    echo = np.convolve(played, response(0.15, gain_db=-8, rate=16_000))[: played.size]
    microphone = as_samples(np.pad(echo, (0, 1280))[1280:].astype(np.float32))
    ahead = as_samples(np.pad(played, (0, n_ahead))[n_ahead:])
    left = cancelled(microphone, ahead, delay)
    assert level_db(as_samples(microphone[48_000:])) - level_db(as_samples(left[48_000:])) > 15.0


async def test_a_person_who_speaks_alone_is_left_as_they_are() -> None:
    pytest.importorskip("livekit.rtc")
    person = speechlike(4.0, 3)
    left = cancelled(person, as_samples(np.zeros_like(person)))
    assert level_db(left) == pytest.approx(level_db(person), abs=0.5)
    likeness = np.correlate(left[16_000:48_000], person[15_900:48_100], "valid")
    assert abs(int(likeness.argmax()) - 100) <= 64  # no delay that anybody would notice


async def test_odd_block_lengths_come_back_whole() -> None:
    pytest.importorskip("livekit.rtc")
    for n in (1000, 160, 7, 0):
        silence = as_samples(np.zeros(n, np.float32))
        assert WebRtcEcho().cancel(silence, silence).size == n


async def test_without_the_library_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "livekit.rtc", None)
    with pytest.raises(BackendUnavailable) as raised:
        WebRtcEcho()
    assert "voicedoc[echo]" in raised.value.remedy
