"""The small parts of live speaking: tape, fades, gates, backchannels, short first clauses, sound in parts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import anyio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.audio import Samples
from voicedoc.core.time import Span
from voicedoc.errors import BackendFailed
from voicedoc.runtime.floor import Floor
from voicedoc.runtime.sounded import Sounded
from voicedoc.speak import backchannels
from voicedoc.speak.backchannels import has_words
from voicedoc.speak.clauses import clauses
from voicedoc.speak.heard import heard_part
from voicedoc.speak.loudspeaker import Converted, SoundDevice
from voicedoc.speak.opening import live_clauses, opening_cut
from voicedoc.speak.reference import KEPT, Block, Reference, Track
from voicedoc.speak.sound import Finishing, finished
from voicedoc.speak.steady import Steady
from voicedoc.speak.tape import FADE, Tape

pytestmark = pytest.mark.unit

RATE = 1000
ONES = np.ones(3 * RATE, np.float32)


def tape(*sayings: int) -> Tape:
    made = Tape(RATE)
    for saying in sayings:
        made.put(saying, 0, 0, ONES, last=True)
    return made


def kinds(of: Tape) -> list[str]:
    return [happening.kind for happening in of.happened()]


# --- tape


def test_what_is_put_is_pulled_and_silence_follows() -> None:
    of = tape(1, 2)
    pulled = of.pull(7 * RATE, 5.0)
    assert pulled[: 6 * RATE].min() == 1.0
    assert not pulled[6 * RATE :].any()
    assert [(what.kind, what.saying, what.at) for what in of.happened()] == [
        ("began", 1, 5.0),
        ("ended", 1, 8.0),
        ("began", 2, 8.0),
        ("ended", 2, 11.0),
    ]
    assert of.sounded_until == 11.0
    assert of.empty


def test_holding_fades_within_twenty_milliseconds_and_keeps_the_rest() -> None:
    of = tape(1)
    of.pull(1500, 0.0)
    of.hold()
    assert of.active
    fading = of.pull(100, 1.5)
    n_fade = round(FADE * RATE)
    assert np.all(np.diff(fading[:n_fade]) < 0)
    assert not fading[n_fade:].any()
    assert not of.active
    assert not of.pull(500, 2.0).any()
    of.go(anew=False)
    assert kinds(of) == ["began", "held"]
    rest = of.pull(5 * RATE, 3.0)
    assert np.all(np.abs(np.diff(rest[:n_fade])) <= 1 / n_fade + 1e-6)
    assert round(rest.sum()) >= 1500 - n_fade
    assert kinds(of) == ["resumed", "ended"]


def test_a_clause_begins_anew_where_it_must_or_had_hardly_begun() -> None:
    for anew, played in ((True, 2.0), (False, 0.5)):
        of = tape(1)
        of.pull(round(played * RATE), 0.0)
        of.hold()
        of.pull(100, played)
        of.go(anew=anew)
        assert round(of.pull(5 * RATE, 9.0).sum()) == 3 * RATE
        assert kinds(of) == ["began", "held", "began", "ended"]


def test_a_hold_that_is_lifted_before_the_sound_has_faded_changes_nothing() -> None:
    of = tape(1)
    of.pull(1000, 0.0)
    of.hold()
    of.pull(5, 1.0)
    of.go(anew=True)
    of.pull(5000, 1.005)
    assert kinds(of) == ["began", "ended"]


def test_going_on_begins_at_a_gap_between_words() -> None:
    of = Tape(RATE)
    sound = ONES.copy()
    sound[1200:1300] = 0.0
    of.put(1, 0, 0, sound, last=True)
    of.pull(1500, 0.0)
    of.hold()
    of.pull(100, 1.5)
    of.go(anew=False)
    rest = of.pull(200, 2.0)
    assert np.flatnonzero(rest)[0] < 25
    assert of.pull(3000, 2.2).sum() > 1400


def test_dropping_fades_and_the_next_saying_begins_at_full_level() -> None:
    of = tape(1, 2)
    of.pull(1000, 0.0)
    assert of.drop(1)
    pulled = of.pull(4000, 1.0)
    assert round(pulled[round(FADE * RATE) :].sum()) == 3 * RATE
    assert kinds(of) == ["began", "cut", "began", "ended"]


def test_dropping_what_has_not_begun_leaves_no_trace() -> None:
    of = tape(1, 2)
    of.pull(10, 0.0)
    assert not of.drop(2)
    of.pull(4000, 0.01)
    assert kinds(of) == ["began", "ended"]


def test_dropping_what_is_held_needs_no_loudspeaker() -> None:
    of = tape(1)
    of.pull(2000, 0.0)
    of.stop()
    assert of.drop(1)
    assert kinds(of) == ["began", "held", "cut"]
    assert of.empty


def test_a_clause_whose_sound_is_late_goes_on_when_it_comes() -> None:
    of = Tape(RATE)
    of.put(1, 0, 0, ONES, last=False)
    assert not of.pull(4000, 0.0)[3000:].any()
    assert not of.active
    of.put(1, 0, 1, ONES, last=True)
    assert of.pull(4000, 4.0).sum() == 3000
    assert kinds(of) == ["began", "ended"]


def test_a_starved_clause_can_be_held_and_dropped() -> None:
    for stop in (Tape.hold, lambda of: of.drop(1)):
        of = Tape(RATE)
        of.put(1, 0, 0, ONES, last=False)
        of.pull(4000, 0.0)
        stop(of)
        of.pull(10, 4.0)
        assert kinds(of)[0] == "began"
        assert not of.active


def test_a_first_part_that_comes_again_replaces_what_was_there() -> None:
    of = Tape(RATE)
    of.put(1, 0, 0, ONES, last=False)
    of.pull(1000, 0.0)
    of.put(1, 0, 0, ONES[:500], last=True)
    assert of.pull(4000, 1.0).sum() == 500
    assert kinds(of) == ["began", "began", "ended"]


@given(st.lists(st.tuples(st.sampled_from("phgd"), st.integers(1, 900)), max_size=30))
def test_the_tape_never_clicks_and_always_ends(doings: list[tuple[str, int]]) -> None:
    of, at, sound = tape(1, 2, 3), 0.0, [np.zeros(1, np.float32)]
    for doing, amount in doings:
        if doing == "h":
            of.hold()
        elif doing == "g":
            of.go(anew=bool(amount % 2))
        elif doing == "d":
            of.drop(amount % 3 + 1)
        sound.append(of.pull(amount, at))
        at += amount / RATE
    of.go(anew=False)
    sound.append(of.pull(20_000, at))
    assert of.empty
    whole = np.concatenate(sound)
    steps = np.abs(np.diff(whole))
    allowed = 1 / round(FADE * RATE) + 1e-6
    happened = of.happened()
    edges = sum(what.kind in ("began", "ended") for what in happened)
    assert np.count_nonzero(steps > allowed) <= edges  # a clause itself begins and ends at full level here
    assert {what.saying for what in happened if what.kind in ("ended", "cut")} <= {1, 2, 3}


# --- floor and gate


def test_the_voice_is_gated_from_its_beginning_to_the_end_of_the_tail() -> None:
    sounded = Sounded(tail=0.5)
    sounded.began(2.0)
    assert sounded.quiet_from() == float("inf")
    assert sounded.muted(Span(1.0, 3.0)) == (Span(2.0, 3.0),)
    sounded.ended(4.0)
    assert sounded.quiet_from() == 4.5
    assert sounded.muted(Span(4.4, 5.0)) == (Span(4.4, 4.5),)
    assert sounded.muted(Span(4.5, 5.0)) == ()
    assert sounded.is_sounding(4.49)
    assert not sounded.is_sounding(4.5)
    sounded.began(4.3)
    sounded.ended(4.4)
    assert sounded.muted(Span(0.0, 9.0)) == (Span(2.0, 4.9),)


def test_what_sounded_long_ago_is_forgotten() -> None:
    sounded = Sounded()
    for hour in range(100):
        sounded.began(hour * 10.0)
        sounded.says("a", "a", "en", Span(hour * 10.0, hour * 10.0 + 1.0))
        sounded.ended(hour * 10.0 + 1.0)
    assert len(sounded.said(Span(0.0, 2000.0))) < 20
    assert len(sounded.muted(Span(0.0, 2000.0))) < 20


def test_a_saying_is_over_when_all_its_clauses_are() -> None:
    floor = Floor()
    saying = floor.announce(1, "a b", "en")
    floor.expect(saying)
    floor.settle(saying)  # the clause has sounded
    assert floor.find(saying.number) is saying
    floor.settle(saying)  # no more of them come
    assert saying.over
    assert floor.find(saying.number) is None
    assert floor.sayings == ()


# --- sound in parts


@given(
    st.lists(st.tuples(st.integers(0, 700), st.sampled_from([0.0, 0.005, 0.5])), max_size=12),
    st.lists(st.integers(1, 900), max_size=8),
)
def test_sound_finished_in_parts_is_the_whole_finished_at_once(
    stretches: list[tuple[int, float]], cuts: list[int]
) -> None:
    rng = np.random.default_rng(0)
    parts = [(level * rng.uniform(-1, 1, size)).astype(np.float32) for size, level in stretches]
    whole = np.concatenate([np.zeros(0, np.float32), *parts])
    try:
        expected: Samples | None = finished(whole, 8000, "ab")
    except BackendFailed:
        expected = None
    finishing, got = Finishing(8000, "ab"), list[Samples]()
    try:
        for chunk in np.split(whole, np.cumsum(cuts).astype(int)):
            got.append(finishing.push(chunk))
        got.append(finishing.end())
    except BackendFailed:
        assert expected is None
    else:
        assert expected is not None
        assert np.array_equal(np.concatenate(got), expected)


def test_sound_beyond_full_scale_is_brought_below_it_in_parts_too() -> None:
    finishing = Finishing(8000, "ab")
    parts = [finishing.push(np.full(800, level, np.float32)) for level in (0.5, 2.0, 1.0)]
    assert [float(part.max()) for part in parts] == [0.5, 1.0, 0.5]
    with pytest.raises(BackendFailed):
        finishing.push(np.full(10, np.nan, np.float32))


# --- backchannels, what was heard, short first clauses


def test_each_of_the_ten_languages_has_its_backchannels_and_none_objects() -> None:
    assert backchannels.languages() == {"ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "zh"}
    objections = {
        "ar": "لا", "de": "nein", "en": "no", "es": "no", "fr": "non",
        "hi": "नहीं", "it": "no", "pt": "não", "ru": "нет", "zh": "不",
    }  # fmt: skip
    for language, word in objections.items():
        assert has_words(word, language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mm-hm.", "en", False),
        ("Uh huh, okay.", "en", False),
        ("Okay, but when?", "en", True),
        ("Ja, ja, genau!", "de", False),
        ("Ja und dann?", "de", True),
        ("Sim, tá bom.", "pt-BR", False),
        ("D’accord.", "fr", False),
        ("C'est ça ? Oui.", "fr", False),
        ("好的，好的。", "zh", False),
        ("好的，可是我疼。", "zh", True),
        ("OK", "zh", False),
        ("जी हाँ, ठीक है।", "hi", False),
        ("नहीं, दर्द है", "hi", True),
        ("نَعَم، طيب", "ar", False),
        ("Угу, понятно.", "ru", False),
        ("да нет", "ru", True),
        ("yes yes yes yes yes", "en", True),
        ("hai", "ja", True),
        ("… !", "en", False),
    ],
)
def test_who_only_shows_that_they_follow_has_no_words(text: str, language: str, expected: bool) -> None:
    assert has_words(text, language) is expected


@given(st.text(max_size=40), st.sampled_from(["en", "zh", "ar", "hi", "tr"]))
def test_any_text_can_be_asked_about(text: str, language: str) -> None:
    assert has_words(text, language) in (True, False)


@given(st.text("ab 漢字", max_size=30), st.floats(0.0, 1.0))
def test_what_was_heard_is_a_beginning_in_whole_words(text: str, share: float) -> None:
    part = heard_part(text, share)
    assert text.startswith(part)
    assert len(part) <= share * len(text) + 1e-9
    assert heard_part(text, 1.0) == text.rstrip()


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Tome este comprimido com um copo de água", "pt", "Tome este comprimido"),
        ("Tome dois comprimidos com água depois do café", "pt", "Tome dois comprimidos"),
        ("¿Tiene usted dolor en el pecho cuando camina deprisa?", "es", "¿Tiene usted dolor"),
        ("Prenez ce médicament avec un verre d'eau", "fr", "Prenez ce médicament"),
        ("Take the blue tablet with water", "en", "Take the blue tablet with water"),  # short enough
        ("Tome o remédio de oito em oito horas sempre", "pt", "Tome o remédio de oito em oito horas sempre"),
        ("Please take the tablets for 3 days only", "en", "Please take the tablets for 3 days only"),
        ("यह दवा खाने के बाद पानी के साथ लें", "hi", "यह दवा खाने के बाद"),
        ("请你把这个药和一杯水一起吃下去每天两次", "zh", "请你把这个药和一杯水一起吃下去每天两次"),
    ],
)
def test_a_slow_voices_first_clause_ends_before_a_phrase_and_never_at_a_number(
    text: str, language: str, first: str
) -> None:
    parts = list(live_clauses(text, language, 1.2))
    assert parts[0].text == first
    assert parts[0].goes_on == (first != text)
    assert [part.text for part in live_clauses(text, language, 0.1)] == list(clauses(text))


WORDS = st.sampled_from(["Tome", "com", "dois", "2", "mg", "comprimidos", "em", "para", "água,", "sem", "três", "dor"])


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_a_short_first_clause_loses_nothing_and_parts_no_number(text: str) -> None:
    parts = list(live_clauses(text, "pt", 1.2))
    assert "".join("".join(part.text for part in parts).split()) == "".join(text.split())
    cut = opening_cut(text, "pt")
    if cut:
        around = [text[:cut].rsplit(maxsplit=1)[-1], *text[cut:].split()[:2]]
        assert not any(word in ("dois", "2", "três") for word in around)


# --- loudspeaker


def test_a_device_with_a_rate_of_its_own_gets_the_same_sound() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000).astype(np.float32)
    pulled: list[tuple[float, int]] = []

    def pull(n_samples: int, at: float) -> Samples:
        first = sum(size for _, size in pulled)
        pulled.append((at, n_samples))
        return tone[first : first + n_samples]

    of = Converted(pull, 48_000, 44_100)
    whole = np.concatenate([of.pull(441, number * 0.01) for number in range(40)])
    assert whole.size == 40 * 441
    assert np.argmax(np.abs(np.fft.rfft(whole[4410:8820]))) == 44  # 440 Hz
    first = 0
    for at, size in pulled:
        assert at == pytest.approx(first / 48_000, abs=1e-6)  # where it really sounds, whatever waits in between
        first += size


def test_the_reference_forgets_what_is_long_ago_and_is_silent_in_between() -> None:
    reference = Reference()
    reference.write(1000, np.ones(500, np.float32))
    reference.write(2000, np.full(500, 2.0, np.float32))
    heard = reference.read(900, 1700)
    assert heard[:100].sum() == 0
    assert heard[100:600].sum() == 500
    assert heard[600:1100].sum() == 0
    assert heard[1100:1600].sum() == 1000
    assert heard[1600:].sum() == 0
    far = round(2 * KEPT * 16_000)
    reference.write(far, np.full(10, 3.0, np.float32))
    assert not reference.read(1000, 1500).any()
    assert reference.read(far - 5, 20).sum() == 30


def track_of(blocks: list[tuple[float, Samples]]) -> Samples:
    """The track of 10 ms blocks at 48 kHz, each with where it sounds."""
    reference = Reference()
    track = Track(48_000, reference.write)
    for number, (at, samples) in enumerate(blocks):
        track.add(Block(number, at, samples))
    track.close()
    return reference.read(0, 16_000)


def away(track: Samples, sound: Samples, first_block: int, at: float) -> float:
    """By how many seconds a block is later in the track than where it sounded; over five blocks."""
    part = sound.reshape(-1, 48_000 // 100)[first_block : first_block + 5].ravel()[::3]
    return int(np.correlate(track, part, "valid").argmax()) / 16_000 - at


@pytest.mark.parametrize("jump", [-0.12, -0.04, 0.1])
def test_what_a_device_has_thrown_away_does_not_move_what_it_plays_afterwards(jump: float) -> None:
    rng = np.random.default_rng(4)
    sound = np.repeat(rng.standard_normal(8_000), 6).astype(np.float32)  # the third part of the band and less
    blocks = np.split(sound, 100)
    placed = [(0.2 + number / 100 + (jump if number >= 30 else 0.0), block) for number, block in enumerate(blocks[:70])]
    track = track_of(placed)
    assert away(track, sound, 10, placed[10][0]) == pytest.approx(0.0, abs=0.002)
    assert away(track, sound, 55, placed[55][0]) == pytest.approx(0.0, abs=0.002)


def places(late: dict[int, float], n: int = 400, jitter: float = 0.004) -> list[float]:
    """By how much the blocks of 10 ms are placed later than they sound, on clocks that tremble and are read late."""
    rng, steady = np.random.default_rng(6), Steady(48_000)
    read = [number / 100 + jitter * rng.uniform(-1, 1) + late.get(number, 0.0) for number in range(n)]
    return [steady.place(480, 5.0 + at) - 5.0 - number / 100 for number, at in enumerate(read)]


def test_what_sounds_is_placed_to_a_millisecond_though_the_clocks_tremble() -> None:
    assert np.ptp(places({})[50:]) < 0.001
    read_late = places({number: 0.01 * number for number in range(100, 107)})
    assert np.ptp(read_late[50:]) < 0.0025
    assert read_late[-1] == pytest.approx(0.0, abs=0.002)


@pytest.mark.parametrize("jump", [-0.5, -0.05, 0.3])
def test_a_device_that_throws_sound_away_or_stands_still_is_followed(jump: float) -> None:
    placed = places(dict.fromkeys(range(100, 400), jump))
    assert placed[120] == pytest.approx(jump, abs=0.005)
    assert placed[-1] == pytest.approx(jump, abs=0.002)


def test_a_crystal_that_drifts_is_followed() -> None:
    placed = places({number: 2e-6 * number for number in range(2000)}, n=2000)
    assert placed[-1] == pytest.approx(0.004, abs=0.0015)


class TornDevice:
    """Stands for PortAudio: a device whose sound is torn where the system holds less than `enough` seconds of it."""

    class PortAudioError(Exception): ...

    def __init__(self, enough: float) -> None:
        self.enough, self.opened = enough, []

    def query_devices(self, *_: Any) -> dict[str, Any]:
        return {"name": "null", "default_samplerate": 48_000.0, "max_output_channels": 2}

    def check_output_settings(self, *_: Any, **__: Any) -> None: ...
    def _terminate(self) -> None: ...
    def _initialize(self) -> None: ...

    def OutputStream(self, *, latency: float, callback: Callable[..., None], **_: Any) -> Any:  # noqa: N802
        self.opened.append(latency)
        flags = SimpleNamespace(output_underflow=latency < self.enough)
        times = SimpleNamespace(outputBufferDacTime=latency, currentTime=0.0)

        def start() -> None:
            for _ in range(5):
                callback(np.zeros((480, 2), np.float32), 480, times, flags)

        return SimpleNamespace(active=True, start=start, close=lambda: None)


@pytest.mark.anyio
@pytest.mark.parametrize(("enough", "opened"), [(0.0, [0.04]), (0.1, [0.04, 0.08, 0.16]), (9.0, [0.04, 0.08, 0.16])])
async def test_a_device_whose_sound_is_torn_is_asked_to_hold_more(
    enough: float, opened: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    device = TornDevice(enough)
    monkeypatch.setitem(sys.modules, "sounddevice", device)
    loudspeaker = SoundDevice(lambda: 0.0)
    with anyio.move_on_after(0.5):
        await loudspeaker.play(lambda n, at: np.zeros(n, np.float32), lambda: None)
    assert device.opened == opened
    assert loudspeaker.n_gaps == 5 * sum(latency < enough for latency in opened)
