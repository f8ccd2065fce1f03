"""Many utterances at once without a model: passages, whose words are whose, what is read again, and the stage."""

from __future__ import annotations

import errno
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.utterances import outcomes, utterance
from voicedoc.core.audio import SPEECH_RATE
from voicedoc.core.events import Event, NothingHeard, StageFailed, TranscriptFinal, Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed, StoreError
from voicedoc.recognize import batched
from voicedoc.recognize.batched import RecognizeBatched, SampleFile
from voicedoc.recognize.doubts import is_plain
from voicedoc.recognize.one_by_one import OneByOne
from voicedoc.recognize.passages import GAP, Passage, Place, lay_out
from voicedoc.recognize.scripted import ScriptedRecognizer
from voicedoc.recognize.together import LONGEST, Together
from voicedoc.recognize.whisper import Heard, Reading, recognize
from voicedoc.recognize.windows import Window
from voicedoc.runtime.worker import InlineWorker, ThreadWorker

pytestmark = pytest.mark.unit

VISIT = ("en", "pt")


def sounds(*lengths: float, pause: float = 2.0, channels: Sequence[int] = ()) -> list[Utterance]:
    """Utterances one after another; the n-th is filled with n, so that it can be told apart."""
    start, made = 0.0, []
    for number, seconds in enumerate(lengths, start=1):
        samples = np.full(round(seconds * SPEECH_RATE), number / 1000, np.float32)
        channel = channels[number - 1] if channels else 0
        made.append(utterance(samples, start=start, number=number, channel=channel))
        start += seconds + pause
    return made


# --- passages


@given(st.lists(st.tuples(st.floats(0.1, 40.0), st.integers(0, 2)), max_size=30))
def test_every_utterance_that_fits_is_once_in_a_passage_of_its_channel(heard: list[tuple[float, int]]) -> None:
    utterances = sounds(*(seconds for seconds, _ in heard), channels=[channel for _, channel in heard])
    passages = lay_out(utterances, range(len(utterances)), LONGEST)
    numbers = [place.number for passage in passages for place in passage.places]
    assert sorted(numbers) == [n for n, one in enumerate(utterances) if one.span.duration <= LONGEST]
    assert all(passage.seconds <= LONGEST for passage in passages)
    for passage in passages:
        assert len({utterances[place.number].channel for place in passage.places}) == 1
        for place in passage.places:
            assert np.array_equal(passage.cut(place), utterances[place.number].samples)


def test_pauses_are_as_they_were_and_no_longer_than_a_second() -> None:
    (passage,) = lay_out(sounds(1.0, 1.0, 1.0, pause=0.4), range(3), LONGEST)
    assert [place.start for place in passage.places] == pytest.approx([0.0, 1.4, 2.8], abs=1e-4)
    (passage,) = lay_out(sounds(1.0, 1.0, pause=60.0), range(2), LONGEST)
    assert passage.seconds == pytest.approx(2.0 + GAP)


def passage_of(*edges: tuple[float, float]) -> Passage:
    places = tuple(Place(number, start, end) for number, (start, end) in enumerate(edges))
    return Passage(np.zeros(round(edges[-1][1] * SPEECH_RATE), np.float32), places)


def test_a_word_whose_start_lies_in_the_pause_belongs_to_the_utterance_in_which_it_ends() -> None:
    passage = passage_of((0.0, 2.0), (3.0, 5.0))
    words = [Heard(" pain?", 0.5, 1.8, 0.9), Heard(" No.", 1.8, 3.6, 0.9), Heard(" None.", 3.6, 4.0, 0.9)]
    first, second = passage.owners(words)
    assert [word.text for word in first] == [" pain?"]
    assert [(word.text, word.start) for word in second] == [(" No.", 0.0), (" None.", pytest.approx(0.6))]


@given(st.lists(st.floats(0.1, 6.0), min_size=1, max_size=8), st.lists(st.floats(0.0, 60.0), max_size=40))
def test_no_word_is_lost_and_their_order_is_kept(lengths: list[float], edges: list[float]) -> None:
    (passage, *_) = lay_out(sounds(*lengths), range(len(lengths)), LONGEST)
    times = sorted(edges)
    words = [Heard(f" {n}", start, end, 0.5) for n, (start, end) in enumerate(pairwise(times))]
    owned = passage.owners(words)
    assert [word.text for own in owned for word in own] == [word.text for word in words]
    assert len(owned) == len(passage.places)


def test_an_utterance_is_plain_with_enough_sure_words_that_do_not_go_round() -> None:
    assert is_plain(" No fever.", [0.9, 0.8], 1.2)
    assert not is_plain("", [], 1.2)
    assert not is_plain(" ...", [0.9], 1.2)
    assert not is_plain(" No fever.", [0.3, 0.2], 1.2)
    assert not is_plain(" No fever. No fever.", [0.9] * 4, 1.2)
    assert not is_plain(" It", [0.9], 5.0)


# --- reading together


class PlainEngine:
    """A `BatchEngine` to which the n-th utterance says `lines[n]`, wherever it hears it; `codes_of` its language.

    An encoding is the samples. `shown` counts how many encodings each call was given, and what was read in full.
    """

    codes = frozenset({"en", "pt"})

    def __init__(
        self, lines: Mapping[int, str], codes_of: Mapping[int, str] | None = None, *, most_at_once: int = 99
    ) -> None:
        self._lines, self._codes_of, self._most = lines, codes_of or {}, most_at_once
        self.decoded: list[tuple[str, tuple[tuple[int, ...], ...]]] = []

    def encode(self, window: Window, context: float) -> list[np.ndarray[Any, Any]]:
        return [window.samples]

    def part(self, encoding: Any, start: float, end: float) -> Any:
        return [encoding[0][round(start * SPEECH_RATE) : round(end * SPEECH_RATE)]]

    def languages(self, encoding: Any) -> Mapping[str, float]:
        codes = {self._codes_of.get(number, "en") for number in self._numbers(encoding[0])}
        if "?" in codes:
            return {"en": 0.5, "pt": 0.5}
        return {code: 0.98 if code in codes else 0.02 for code in ("en", "pt")}

    def stack(self, encodings: Sequence[Any]) -> Any:
        if len(encodings) > self._most:
            raise RuntimeError("out of memory")
        return [samples for encoding in encodings for samples in encoding]

    def read_all(self, stacked: Any, language: str, n: int, *, max_tokens: int) -> list[Reading]:
        numbers = [self._numbers(samples) for samples in stacked]
        self.decoded.append((language, tuple(numbers)))
        assert len(stacked) == n
        return [self._reading(own) for own in numbers]

    def read(self, encoding: Any, language: str, *, max_tokens: int, no_repeat: int = 0) -> Reading:
        return self.read_all(encoding, language, 1, max_tokens=max_tokens)[0]

    def align(self, encoding: Any, language: str, tokens: Sequence[int], seconds: float) -> list[Heard]:
        return self.align_all(encoding, language, [tokens], [seconds])[0]

    def align_all(
        self, stacked: Any, language: str, tokens: Sequence[Sequence[int]], seconds: Sequence[float]
    ) -> list[list[Heard]]:
        return [list(self._heard(samples)) for samples in stacked]

    def _numbers(self, samples: Any) -> tuple[int, ...]:
        return tuple(number for number in np.unique(np.round(samples * 1000).astype(int)).tolist() if number)

    def _reading(self, numbers: Sequence[int]) -> Reading:
        text = "".join(f" {self._lines.get(number, '')}" for number in numbers if self._lines.get(number))
        return Reading(text, tuple(range(len(text.split()))), -0.1, 0.0, False)

    def _heard(self, samples: Any) -> Iterable[Heard]:
        for number in self._numbers(samples):
            first, last = np.flatnonzero(np.round(samples * 1000) == number)[[0, -1]] / SPEECH_RATE
            said = self._lines.get(number, "").split()
            for place, word in enumerate(said):
                step = (last - first) / len(said)
                yield Heard(f" {word}", first + place * step, first + (place + 1) * step, 0.9)


def together(
    engine: PlainEngine, languages: tuple[str, ...] = VISIT, *, n_at_once: int = 2, each: Callable[..., Any] = map
) -> Together:
    alone = partial(recognize, engine, languages=languages, short_context=True)
    return Together(engine, languages, short_context=True, n_at_once=n_at_once, each=each, alone=alone)


def texts(read: Sequence[Hypothesis | BackendFailed]) -> list[str]:
    return [one.text for one in read if isinstance(one, Hypothesis)]


LINES = {number: f"w{number} x y z v w{number * 7}" for number in range(1, 30)}


def test_utterances_have_their_own_words_at_their_own_times() -> None:
    heard = sounds(*[4.0] * 20)
    read = together(PlainEngine(LINES)).read(heard)
    assert texts(read) == [LINES[number] for number in range(1, 21)]
    for one, hypothesis in zip(heard, read, strict=True):
        assert isinstance(hypothesis, Hypothesis)
        assert one.span.start <= hypothesis.words[0].span.start < one.span.start + 0.2
        assert hypothesis.words[-1].span.end <= one.span.end
        assert (hypothesis.language, hypothesis.doubts) == ("en", ())


def test_passages_are_decoded_together_in_even_shares_and_no_more_than_allowed() -> None:
    engine = PlainEngine(LINES)
    together(engine, n_at_once=2).read(sounds(*[8.0] * 10))
    assert [len(numbers) for _, numbers in engine.decoded] == [1, 1, 2, 1]
    assert all(len(own) == 2 for _, numbers in engine.decoded for own in numbers)


def test_languages_that_take_turns_are_read_each_by_itself() -> None:
    codes = {number: "pt" if number % 2 else "en" for number in LINES}
    engine = PlainEngine(LINES, codes)
    read = together(engine).read(sounds(*[3.0] * 8))
    assert texts(read) == [LINES[number] for number in range(1, 9)]
    assert [one.language for one in read if isinstance(one, Hypothesis)] == ["pt", "en"] * 4
    for language, numbers in engine.decoded:
        assert {codes[number] for own in numbers for number in own} == {language}


def test_an_uncertain_language_is_told_again_alone() -> None:
    engine = PlainEngine(LINES, {2: "?"})
    read = together(engine).read(sounds(3.0, 3.0, 3.0))
    assert engine.decoded[-1] == ("en", ((2,),))
    doubted = read[1]
    assert isinstance(doubted, Hypothesis)
    assert doubted.doubts == ("uncertain language",)


def test_an_utterance_without_words_is_read_again_alone() -> None:
    engine = PlainEngine({1: "No fever today.", 3: "And no cough."})
    read = together(engine, ("en",)).read(sounds(2.0, 1.0, 2.0))
    assert ("en", ((2,),)) in engine.decoded
    assert texts(read) == ["No fever today.", "", "And no cough."]


def test_a_loop_within_a_passage_is_read_again_and_what_stays_doubtful_is_marked() -> None:
    loop = "So they said that I can not go there I can not go there I can not go there"
    for number, lines in ((2, LINES | {2: loop}), (3, LINES | {3: "It was. " + loop})):
        engine = PlainEngine(lines)
        read = together(engine, ("en",)).read(sounds(*[6.0] * 4))
        assert ("en", ((number,),)) in engine.decoded, "by itself"
        assert [one.doubts for one in read if isinstance(one, Hypothesis)] == [
            ("repetition",) if place == number else () for place in range(1, 5)
        ]


def test_a_loop_that_is_spread_over_a_passage_is_read_again_utterance_by_utterance() -> None:
    engine = PlainEngine({1: "Good morning to you.", **dict.fromkeys(range(2, 6), "I do not know.")})
    read = together(engine, ("en",)).read(sounds(*[3.0] * 5))
    assert [numbers for _, numbers in engine.decoded[1:]] == [((number,),) for number in range(1, 6)]
    assert texts(read)[1:] == ["I do not know."] * 4


def test_one_utterance_is_read_as_if_there_were_no_batch() -> None:
    engine = PlainEngine(LINES)
    assert together(engine).read(sounds(3.0)) == [recognize(engine, sounds(3.0)[0], VISIT, short_context=True)]


def test_a_batch_that_does_not_fit_into_memory_is_halved_and_said(caplog: pytest.LogCaptureFixture) -> None:
    engine = PlainEngine(LINES, most_at_once=1)
    read = together(engine, n_at_once=4).read(sounds(*[8.0] * 8))
    assert texts(read) == [LINES[number] for number in range(1, 9)]
    assert "2 passages at once" in caplog.text
    assert "w1" not in caplog.text


def test_what_cannot_be_read_at_all_has_its_failure_and_the_others_their_words() -> None:
    engine = PlainEngine(LINES | {2: ""})

    def alone(one: Utterance) -> Hypothesis | BackendFailed:
        return BackendFailed("out of memory", remedy="a smaller model")

    reader = Together(engine, VISIT, short_context=True, n_at_once=4, each=map, alone=alone)
    first, second, third = reader.read(sounds(3.0, 3.0, 3.0))
    assert isinstance(second, BackendFailed)
    assert [one.text for one in (first, third) if isinstance(one, Hypothesis)] == [LINES[1], LINES[3]]


def test_words_are_discarded_that_only_one_of_two_readings_heard_and_that_one_hardly() -> None:
    def hypothesis(confidence: float) -> Callable[[Utterance], Hypothesis]:
        return lambda one: Hypothesis("And", "en", 1.0, confidence)

    for confidence, text, discarded in ((0.3, "", "And"), (0.8, "And", "")):
        engine = PlainEngine(LINES | {2: ""})
        reader = Together(engine, ("en",), short_context=True, n_at_once=4, each=map, alone=hypothesis(confidence))
        read = reader.read(sounds(3.0, 3.0, 3.0))[1]
        assert isinstance(read, Hypothesis)
        assert (read.text, read.discarded) == (text, discarded)


def test_words_that_fell_to_noise_are_given_back_by_reading_the_next_utterance_again() -> None:
    class Leaning(PlainEngine):
        """In a passage the first word of utterance 3 falls to utterance 2, which is noise."""

        def _heard(self, samples: Any) -> Iterable[Heard]:
            words = list(super()._heard(samples))
            if len(self._numbers(samples)) > 1:
                return [word._replace(start=6.0, end=6.5) if word.text == " Well," else word for word in words]
            return words

    lines = {1: "Any pain at all?", 3: "Well, it hurts at night."}
    engine = Leaning(lines)
    assert texts(together(engine, ("en",)).read(sounds(4.0, 4.0, 4.0))) == [lines[1], "", lines[3]]


# --- the stage


class Counting:
    """A `BatchRecognizer` that says how many samples it was given, and remembers the blocks."""

    def __init__(self, *, fail: int = 0) -> None:
        self.blocks: list[list[int]] = []
        self._fail = fail

    def check_languages(self, languages: tuple[str, ...]) -> None:
        """Any."""

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        raise AssertionError("a batch job reads blocks")

    def recognize_batch(
        self, utterances: Sequence[Utterance], *, languages: tuple[str, ...]
    ) -> list[Hypothesis | BackendFailed]:
        self.blocks.append([one.utterance for one in utterances])
        return [self._read(one) for one in utterances]

    def _read(self, one: Utterance) -> Hypothesis | BackendFailed:
        if one.utterance == self._fail:
            return BackendFailed("out of memory", remedy="choose a smaller model")
        sound = float(one.samples.mean()) * 1000 if one.samples.size else 0.0
        return Hypothesis(f"{one.samples.size} of {sound:.0f}" if sound else "", "en", 1.0, 1.0)


@pytest.mark.anyio
async def test_blocks_have_their_sizes_whatever_the_speed_and_come_out_in_order() -> None:
    recognizer = Counting()
    heard = sounds(*[0.1] * 10)
    events = await outcomes(RecognizeBatched(recognizer, ThreadWorker("test"), VISIT, blocks=(2, 4)), heard)
    assert recognizer.blocks == [[1, 2], [3, 4, 5, 6], [7, 8, 9, 10]]
    assert [(event.utterance, event.at) for event in events if isinstance(event, TranscriptFinal)] == [
        (one.utterance, one.at) for one in heard
    ]
    said = [event.hypothesis.text for event in events if isinstance(event, TranscriptFinal)]
    assert said == [f"1600 of {number}" for number in range(1, 11)]


@pytest.mark.anyio
async def test_a_failure_or_silence_in_a_block_is_one_events_and_the_others_are_read() -> None:
    heard = [*sounds(0.1, 0.1, 0.1), utterance(np.zeros(0, np.float32), number=4)]
    events = await outcomes(RecognizeBatched(Counting(fail=2), InlineWorker(), VISIT), heard)
    assert [type(event) for event in events] == [TranscriptFinal, StageFailed, TranscriptFinal, NothingHeard]
    failed = events[1]
    assert isinstance(failed, StageFailed)
    assert (failed.utterance, failed.stage, failed.remedy) == (2, "recognize", "choose a smaller model")


@pytest.mark.anyio
async def test_no_utterance_is_held_up_by_a_recogniser_that_is_busy() -> None:
    """The inbox is emptied to its end before the first block has been read."""
    emptied = anyio.Event()

    class Slow(InlineWorker):
        async def call(self, function: Callable[[], Any], /) -> Any:
            await emptied.wait()
            return function()

    async def inbox() -> AsyncIterator[Event]:
        for one in sounds(*[0.05] * 200):
            yield one
        emptied.set()

    events: list[Event] = []

    async def emit(event: Event, /) -> None:
        events.append(event)

    with anyio.fail_after(30):
        await RecognizeBatched(Counting(), Slow(), VISIT, blocks=(16,)).run(inbox(), emit)
    assert len(events) == 200


@pytest.mark.anyio
async def test_samples_that_wait_are_not_in_memory() -> None:
    """120 utterances of 10 s are 77 MB; a block of four and what is being written are a few."""
    seconds, n = 10.0, 120
    peaks: list[int] = []

    class Watching(Counting):
        def _read(self, one: Utterance) -> Hypothesis | BackendFailed:
            backing: Any = one.samples
            while backing.base is not None and not isinstance(backing, np.memmap):
                backing = backing.base
            assert isinstance(backing, np.memmap)
            return Hypothesis("x", "en", 1.0, 1.0)

    async def inbox() -> AsyncIterator[Event]:
        for number in range(n):
            yield utterance(np.ones(round(seconds * SPEECH_RATE), np.float32), start=number * 11.0, number=number + 1)
            await anyio.lowlevel.checkpoint()
        peaks.append(tracemalloc.get_traced_memory()[1])

    async def emit(event: Event, /) -> None:
        assert isinstance(event, TranscriptFinal)

    tracemalloc.start()
    try:
        await RecognizeBatched(Watching(), InlineWorker(), VISIT, blocks=(4,)).run(inbox(), emit)
    finally:
        tracemalloc.stop()
    assert peaks[0] < 8_000_000


def test_samples_come_back_from_the_file_as_they_were(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    heard = [utterance(rng.standard_normal(n).astype(np.float32), number=n + 1) for n in (0, 1, 7, 16_001)]
    with SampleFile(tmp_path) as file:
        waiting = [file.put(one) for one in heard]
        assert all(one.utterance.samples.size == 0 for one in waiting)
        for before, after in zip(heard, map(file.get, waiting), strict=True):
            assert np.array_equal(before.samples, after.samples)
            assert not after.samples.flags.writeable
            assert after == before
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, raw: memoryview) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            """Nothing to close."""

    monkeypatch.setattr(batched.tempfile, "TemporaryFile", lambda **_: Full())
    with SampleFile() as file, pytest.raises(StoreError, match="No space left") as caught:
        file.put(utterance())
    assert "TMPDIR" in caught.value.remedy


def test_a_folder_in_which_no_samples_can_wait_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="gone") as caught:
        SampleFile(tmp_path / "gone")
    assert "--out" in caught.value.remedy


def test_the_scripted_recogniser_reads_blocks_one_after_another() -> None:
    reader = OneByOne(ScriptedRecognizer(script=["Hello.", ""]))
    first, second, third = reader.recognize_batch(sounds(1.0, 1.0, 1.0), languages=VISIT)
    assert texts([first, second]) == ["Hello.", ""]
    assert isinstance(third, BackendFailed)
