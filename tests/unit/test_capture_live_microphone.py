"""The stage that records microphones: on disk first, without gaps on the audio clock, whatever happens."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import anyio
import numpy as np
import pytest

from tests.helpers.live_devices import ByName, ScriptedMicrophone, frames_of, heard_of, nothing, offset, recorded, room
from voicedoc.capture import backlog
from voicedoc.capture.chunks import CHUNKS_NAME, HEARD_NAME, as_block, read_blocks, survey
from voicedoc.capture.devices import Microphone
from voicedoc.capture.gate import Gate
from voicedoc.capture.microphone import ReadMicrophone
from voicedoc.capture.recorder import Pcm
from voicedoc.capture.replay import Replay
from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cipher import Plain
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    AudioClosed,
    AudioDamaged,
    AudioOpened,
    DeviceBack,
    DeviceLost,
    Event,
    Frame,
    LagReport,
    Muted,
    Pressed,
)
from voicedoc.core.time import Span
from voicedoc.errors import BackendUnavailable, ConfigError
from voicedoc.runtime.clock import SteppingClock, WallClock
from voicedoc.runtime.worker import InlineWorker, ThreadWorker

pytestmark = [pytest.mark.unit, pytest.mark.anyio]

RATE = 16_000


def stage(folder: Path, device: Any, clock: SteppingClock, **options: Any) -> ReadMicrophone:
    microphones = options.pop("microphones", [Microphone()])
    return ReadMicrophone(microphones, folder, Plain(), clock, InlineWorker(), open_input=device, **options)


def kept(folder: Path, name: str = CHUNKS_NAME) -> Pcm:
    return np.concatenate(list(read_blocks(folder / name, Plain())))


def of_kind(kind: type[Event], events: list[Event]) -> list[Any]:
    return [event for event in events if type(event) is kind]


async def replayed(folder: Path, events: list[Event]) -> list[Event]:
    again: list[Event] = []

    async def emit(event: Event) -> None:
        again.append(event)

    await Replay(folder, Plain(), events, SteppingClock(), InlineWorker()).run(nothing(), emit)
    return again


def told_by(events: list[Event]) -> list[str]:
    """Events in a form that pytest compares quickly."""
    return [repr(event) for event in events]


def like_before(again: list[Event], events: list[Event]) -> bool:
    """Whether two runs emitted the same, sample by sample."""
    assert told_by(again) == told_by(events)
    return all(
        np.array_equal(one.samples, other.samples)
        for one, other in zip(of_kind(Frame, again), of_kind(Frame, events), strict=True)
    )


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
async def test_what_the_microphone_hears_is_kept_exactly_and_framed(rate: int, tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(4, rate), rate)
    opened, *middle, closed = await recorded(stage(tmp_path, device, clock), clock, 3.0)
    assert isinstance(opened, AudioOpened)
    assert (opened.at, opened.source, opened.rate, opened.n_channels) == (0.0, "USB", rate, 1)
    assert isinstance(closed, AudioClosed)
    on_disk = kept(tmp_path)
    assert np.array_equal(on_disk, device.sound[: len(on_disk)])
    assert len(on_disk) >= 2.9 * rate
    assert closed.duration == len(on_disk) / rate
    position = 0
    for frame in middle:
        assert isinstance(frame, Frame)
        assert frame.first_sample == position
        assert frame.samples.size <= 1600
        position += frame.samples.size
        assert frame.at == position / 16_000
    assert position == pytest.approx(closed.duration * 16_000, abs=1)
    if rate == RATE:
        assert np.array_equal(heard_of(middle), as_block(on_disk)[:, 0])
    assert survey(tmp_path / CHUNKS_NAME, Plain()).closed
    assert device.n_open == 0


async def test_every_frame_is_on_disk_before_anybody_hears_it(tmp_path: Path) -> None:
    clock = SteppingClock()
    n_checked = 0

    def check(event: Event) -> None:
        nonlocal n_checked
        if isinstance(event, Frame):
            n_checked += 1
            assert survey(tmp_path / CHUNKS_NAME, Plain()).duration >= event.at

    await recorded(stage(tmp_path, ScriptedMicrophone(clock, room(3, 48_000)), clock), clock, 2.0, check)
    assert n_checked >= 38


async def test_a_lost_microphone_is_silent_by_the_clock_until_it_is_back(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(14, RATE), RATE, gone=[(3.0, 7.3)])
    events = await recorded(stage(tmp_path, device, clock), clock, 12.0)
    (lost,), (back,) = of_kind(DeviceLost, events), of_kind(DeviceBack, events)
    assert "USB" in lost.message
    assert lost.remedy
    assert lost.at == pytest.approx(3.0, abs=0.05)
    assert back.device == "USB"
    assert 7.3 < back.at < 8.6
    assert back.seconds == pytest.approx(back.at - 3.0, abs=0.1)
    heard, truth = heard_of(events), as_block(device.sound)[:, 0]
    assert np.array_equal(heard[: round(2.9 * RATE)], truth[: round(2.9 * RATE)])
    assert not heard[round(3.1 * RATE) : round(7.2 * RATE)].any()
    assert abs(offset(heard, truth, 10 * RATE)) <= 0.03 * RATE  # the audio clock is true
    assert np.array_equal(kept(tmp_path)[:, 0], np.rint(heard * 32768)[: len(kept(tmp_path))])
    assert device.opened[0] == (Microphone(), False)
    assert all(substitutes for _, substitutes in device.opened[1:])


async def test_a_microphone_that_falls_silent_for_good_counts_as_lost(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(14, RATE), RATE, stalled=[(2.0, 6.0)])
    events = await recorded(stage(tmp_path, device, clock), clock, 12.0)
    (lost,), (back,) = of_kind(DeviceLost, events), of_kind(DeviceBack, events)
    assert lost.at == pytest.approx(2.0, abs=0.05)
    assert 5.0 <= back.at <= 7.5
    assert abs(offset(heard_of(events), as_block(device.sound)[:, 0], 10 * RATE)) <= 0.03 * RATE


async def test_a_short_silence_of_the_driver_loses_nothing(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(8, RATE), RATE, stalled=[(2.0, 3.5)])
    events = await recorded(stage(tmp_path, device, clock), clock, 6.0)
    assert not of_kind(DeviceLost, events) + of_kind(AudioDamaged, events)
    heard = heard_of(events)
    assert np.array_equal(heard, as_block(device.sound)[: heard.size, 0])


async def test_samples_that_vanish_without_a_word_are_noticed_and_the_clock_stays_true(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(14, RATE), RATE, loses=[(4.0, 4.5)])
    events = await recorded(stage(tmp_path, device, clock), clock, 12.0)
    (damage,) = of_kind(AudioDamaged, events)
    assert damage.kind == "lost"
    assert damage.span.duration == pytest.approx(0.5, abs=0.03)
    assert damage.span.start == pytest.approx(4.0, abs=1.5)
    assert abs(offset(heard_of(events), as_block(device.sound)[:, 0], 9 * RATE)) <= 0.03 * RATE


async def test_the_drivers_overflows_are_told_once_for_many(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(8, RATE), RATE, overflows=[2.0, 2.5, 4.0])
    events = await recorded(stage(tmp_path, device, clock), clock, 6.0)
    (damage,) = of_kind(AudioDamaged, events)
    assert damage.kind == "overflow"
    assert "3 times" in damage.message
    assert damage.span.start == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("drift", [-4e-4, 4e-4])
async def test_two_microphones_stay_in_step_though_their_clocks_drift(drift: float, tmp_path: Path) -> None:
    clock = SteppingClock()
    one, other = room(52, RATE, seed=1), room(52, RATE, seed=2)
    devices = ByName(A=ScriptedMicrophone(clock, one, RATE), B=ScriptedMicrophone(clock, other, RATE, speed=1 + drift))
    reading = stage(tmp_path, devices, clock, microphones=[Microphone("A"), Microphone("B")])
    events = await recorded(reading, clock, 50.0)
    first, second = heard_of(events, 0), heard_of(events, 1)
    assert first.size == second.size
    assert np.array_equal(first, as_block(one)[: first.size, 0])
    places = np.arange(second.size) * (1 + drift)  # what B heard at each moment of A's clock
    truth = np.interp(places, np.arange(len(other)), as_block(other)[:, 0])
    without = drift * 45 * RATE
    assert abs(without) > 250
    assert abs(offset(second, truth, 45 * RATE)) < 0.005 * RATE


async def test_a_lost_microphone_of_two_leaves_the_other_alone_and_nothing_stands_in_for_it(tmp_path: Path) -> None:
    clock = SteppingClock()
    a = ScriptedMicrophone(clock, room(12, RATE, seed=1), RATE, name="A")
    b = ScriptedMicrophone(clock, room(12, RATE, seed=2), RATE, name="B", gone=[(3.0, 6.0)])
    reading = stage(tmp_path, ByName(A=a, B=b), clock, microphones=[Microphone("A"), Microphone("B")])
    events = await recorded(reading, clock, 10.0)
    (lost,) = of_kind(DeviceLost, events)
    assert lost.device == "B"
    assert of_kind(DeviceBack, events)[0].device == "B"
    first, second = heard_of(events, 0), heard_of(events, 1)
    assert np.array_equal(first, as_block(a.sound)[: first.size, 0])
    assert not second[round(3.1 * RATE) : round(5.9 * RATE)].any()
    assert abs(offset(second, as_block(b.sound)[:, 0], 8 * RATE)) <= 0.03 * RATE
    assert not any(substitutes for _, substitutes in [*a.opened, *b.opened])


async def test_channels_of_one_device_become_channels_of_the_session_in_the_order_named(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(3, RATE, n_channels=4), RATE)
    reading = stage(tmp_path, device, clock, microphones=[Microphone("USB", channels=(2, 0))])
    events = await recorded(reading, clock, 2.0)
    assert [frame.channel for frame in of_kind(Frame, events)[:4]] == [0, 1, 0, 1]
    for channel, source in ((0, 2), (1, 0)):
        heard = heard_of(events, channel)
        assert np.array_equal(heard, as_block(device.sound)[: heard.size, source])


async def test_without_a_microphone_it_says_what_to_do(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(1, RATE), RATE, gone=[(0.0, 9.0)])
    with pytest.raises(BackendUnavailable, match="USB") as raised:
        await recorded(stage(tmp_path, device, clock), clock, 5.0)
    assert raised.value.remedy
    assert device.n_open == 0
    assert not (tmp_path / CHUNKS_NAME).exists()


async def test_a_microphone_that_gives_nothing_from_the_start_is_not_waited_for_forever(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(1, RATE), RATE, stalled=[(0.0, 99.0)])
    with pytest.raises(BackendUnavailable, match="gives no sound"):
        await recorded(stage(tmp_path, device, clock), clock, 50.0)


def test_no_microphone_or_no_channel_is_a_mistake_in_the_options() -> None:
    with pytest.raises(ConfigError):
        Microphone("USB", channels=())
    with pytest.raises(ConfigError):
        Microphone("USB", channels=(-1,))


async def test_it_can_be_stopped_before_the_first_sound(tmp_path: Path) -> None:
    clock = SteppingClock()
    reading = stage(tmp_path, ScriptedMicrophone(clock, room(1, RATE), RATE), clock)
    reading.stop()
    assert await recorded(reading, clock, 5.0) == []


async def test_recording_never_waits_for_those_who_listen(tmp_path: Path) -> None:
    clock = SteppingClock()
    reading = stage(tmp_path, ScriptedMicrophone(clock, room(80, 8000), 8000), clock)
    events: list[Event] = []

    async def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, Frame) and event.first_sample == 16_000:
            while reading.position < 60.0:  # a long thought, while it records
                await anyio.lowlevel.checkpoint()
        if clock.now() > 65.0:
            reading.stop()

    await reading.run(nothing(), emit)
    heard = heard_of(events)
    assert heard.size / 16_000 == pytest.approx(of_kind(AudioClosed, events)[0].duration, abs=1e-3)
    assert heard[-16_000:].any()  # late, but all of it
    report = of_kind(LagReport, events)[0]
    assert report.stage == "capture"
    assert report.seconds > 50


async def test_what_nobody_could_listen_to_for_minutes_is_in_the_recording_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "MOST", 12.0)
    clock = SteppingClock()
    reading = stage(tmp_path, ScriptedMicrophone(clock, room(25, 8000), 8000), clock)
    events: list[Event] = []

    async def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, Frame) and event.first_sample == 16_000:
            while reading.position < 20.0:
                await anyio.lowlevel.checkpoint()
        if clock.now() > 22.0:
            reading.stop()

    await reading.run(nothing(), emit)
    skipped = next(event for event in of_kind(AudioDamaged, events) if event.kind == "skipped")
    heard = heard_of(events)
    start, end = round(skipped.span.start * 16_000), round(skipped.span.end * 16_000)
    assert not heard[start:end].any()
    assert 6 < skipped.span.duration < 14
    assert heard[end : end + 8000].any()
    assert kept(tmp_path)[start // 2 : end // 2].any()
    again = await replayed(tmp_path, events)
    assert like_before(again, [event for event in events if type(event) is not LagReport])


async def test_a_recording_that_broke_off_goes_on_in_the_same_file(tmp_path: Path) -> None:
    clock = SteppingClock()
    await recorded(stage(tmp_path, ScriptedMicrophone(clock, room(3, 48_000)), clock), clock, 2.0)
    with (tmp_path / CHUNKS_NAME).open("ab") as file:
        file.write(b"a\x00\x01half a record")
    before = survey(tmp_path / CHUNKS_NAME, Plain())
    assert before.torn_bytes > 0
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(4, 44_100), 44_100, name="another")
    reading = stage(tmp_path, device, clock, begin_at=5.0)
    events = await recorded(reading, clock, 3.0)
    assert events[0].at == frames_of(events)[0].first_sample / 16_000 == 5.0
    assert of_kind(AudioOpened, events)[0].rate == 48_000  # as it began
    after = survey(tmp_path / CHUNKS_NAME, Plain())
    assert (after.rate, after.torn_bytes, after.closed) == (48_000, 0, True)
    assert after.duration == pytest.approx(5.0 + 3.0, abs=0.1)
    assert after.duration == of_kind(AudioClosed, events)[0].duration
    whole = kept(tmp_path)
    assert not whole[before.n_samples : 5 * 48_000].any()
    assert whole[5 * 48_000 + 2000 :].any()


async def test_the_audio_clock_goes_on_between_blocks(tmp_path: Path) -> None:
    clock = SteppingClock()
    reading = stage(tmp_path, ScriptedMicrophone(clock, room(5, RATE), RATE, delay=0.5), clock)
    differences: list[float] = []

    def compare(event: Event) -> None:
        if isinstance(event, Frame):
            differences.append(clock.now() - 0.5 - reading.position)
            assert reading.position >= event.at

    assert reading.position == 0.0
    await recorded(reading, clock, 3.0, compare)
    assert max(map(abs, differences)) < 0.03
    assert reading.levels[0] == pytest.approx(20 * np.log10(2000 / 32768), abs=1.0)


# --- what is listened to


def _voice(*spans: tuple[float, float]) -> Any:
    voice = [Span(*pair) for pair in spans]
    return lambda span: [part for part in voice if part.overlap(span) > 0]


async def test_the_interpreters_own_voice_is_recorded_and_not_heard_and_a_replay_hears_the_same(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(12, 48_000), gone=[(7.0, 8.0)])
    gate = Gate(_voice((2.03, 3.51), (4.0, 4.2)))
    events = await recorded(stage(tmp_path, device, clock, gate=gate), clock, 10.0)
    muted = of_kind(Muted, events)
    assert [(m.span.start, m.span.end) for m in muted] == [(2.0, 3.55), (4.0, 4.2)]
    assert all(m.at == m.span.end for m in muted)
    heard = heard_of(events)
    for start, end in ((2.0, 3.55), (4.0, 4.2)):
        assert not heard[round(start * 16_000) : round(end * 16_000)].any()
        assert kept(tmp_path)[round(start * 48_000) : round(end * 48_000)].any()
        assert heard[round(end * 16_000) : round(end * 16_000) + 800].any()
    journal = [event for event in events if type(event) is not Frame]
    assert like_before(await replayed(tmp_path, journal), events)


async def test_keys_are_replayed_in_their_places(tmp_path: Path) -> None:
    clock = SteppingClock()
    events = await recorded(stage(tmp_path, ScriptedMicrophone(clock, room(4, RATE), RATE), clock), clock, 3.0)
    presses = [Pressed(at=at, command=Command.TALK) for at in (0.0, 1.0, 1.01, 2.999, 77.0)]
    again = await replayed(tmp_path, [*presses, *events])
    assert [event for event in again if isinstance(event, Pressed)] == presses
    for press in presses:
        place = again.index(press)
        assert all(frame.at <= press.at for frame in of_kind(Frame, again[:place]))
        assert all(frame.at > press.at for frame in of_kind(Frame, again[place:]))


class Halving:
    """A canceller that leaves half of the microphone and takes out the reference."""

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        return as_samples((microphone / 2 - reference).astype(np.float32))


class Played:
    def read(self, first_sample: int, n: int) -> Samples:
        return as_samples(np.full(n, (first_sample >= 16_000) * 0.25, np.float32))


async def test_in_full_duplex_the_echo_is_taken_out_and_a_replay_needs_no_canceller(tmp_path: Path) -> None:
    clock = SteppingClock()
    device = ScriptedMicrophone(clock, room(4, 48_000, n_channels=2))
    options: dict[str, Any] = {"echo": Halving, "reference": Played(), "gate": Gate(_voice((2.0, 2.1)))}
    reading = stage(tmp_path, device, clock, microphones=[Microphone("", (0, 1))], **options)
    events = await recorded(reading, clock, 3.0)
    assert heard_of(events, 1)[20_000:30_000].mean() == pytest.approx(-0.25, abs=0.01)
    assert np.array_equal(kept(tmp_path), device.sound[: len(kept(tmp_path))])
    left = as_block(kept(tmp_path, HEARD_NAME))
    assert left[32_000:33_000].any()  # the gate is for those who listen
    again = await replayed(tmp_path, events)
    assert told_by(again) == told_by(events)
    for channel in (0, 1):
        assert np.abs(heard_of(again, channel) - heard_of(events, channel)).max() <= 0.51 / 32_768


async def test_a_paced_replay_keeps_time(tmp_path: Path) -> None:
    clock = SteppingClock()
    events = await recorded(stage(tmp_path, ScriptedMicrophone(clock, room(3, RATE), RATE), clock), clock, 2.0)
    clock = SteppingClock()
    lags: list[float] = []

    async def emit(event: Event) -> None:
        if isinstance(event, Frame):
            lags.append(clock.now() - event.at)

    replay = Replay(tmp_path, Plain(), events, clock, InlineWorker(), paced=True)
    await replay.run(nothing(), emit)
    assert lags == [0.0] * len(frames_of(events))
    assert replay.position == frames_of(events)[-1].at


async def test_a_cancelled_session_closes_its_recording_and_its_microphone(tmp_path: Path) -> None:
    clock, worker = SteppingClock(), ThreadWorker("capture")
    device = ScriptedMicrophone(clock, room(60, RATE), RATE)
    reading = ReadMicrophone([Microphone()], tmp_path, Plain(), clock, worker, open_input=device)

    async def emit(event: Event) -> None:
        if clock.now() > 2.0:
            tasks.cancel_scope.cancel()
        await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as tasks:
        await reading.run(nothing(), emit)
    worker.close()
    assert device.n_open == 0
    assert survey(tmp_path / CHUNKS_NAME, Plain()).closed


async def test_while_the_event_loop_stands_still_sound_goes_to_the_disk_all_the_same(tmp_path: Path) -> None:
    clock, worker = WallClock(), ThreadWorker("capture")
    device = ScriptedMicrophone(clock, room(60, RATE), rate=RATE)
    reading = ReadMicrophone([Microphone()], tmp_path, Plain(), clock, worker, open_input=device)
    behind: list[float] = []

    def busy(event: Event) -> None:
        if isinstance(event, Frame) and event.at > 0.2 and not behind:
            time.sleep(2.0)
            behind.append(reading.position - survey(tmp_path / CHUNKS_NAME, Plain()).duration)

    events = await recorded(reading, clock, 3.0, busy)
    worker.close()
    assert behind[0] < 1.0
    assert np.array_equal(as_samples(as_block(kept(tmp_path))[:, 0]), heard_of(events))
    assert len(of_kind(AudioClosed, events)) == 1
