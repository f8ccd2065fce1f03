"""Batches on real weights: as good as one by one, each language in its own words, times that do not drift, no words
on what is no speech."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soxr

from tests.helpers.nonspeech import NONSPEECH
from tests.helpers.utterances import clips, outcomes, utterance
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples, level_db
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import AudioClosed, Event, Frame, NothingHeard, TranscriptFinal, Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.evaluate.scores import ErrorCount, word_errors
from voicedoc.evaluate.text import normalise
from voicedoc.recognize.batched import RecognizeBatched
from voicedoc.recognize.faster_whisper import FasterWhisper
from voicedoc.runtime.worker import InlineWorker
from voicedoc.segment.energy import Energy
from voicedoc.segment.role import VoiceDetector
from voicedoc.segment.silero import Silero
from voicedoc.segment.stage import Segment
from voicedoc.speak.hibari import Hibari
from voicedoc.speak.spoken import spoken_text

pytestmark = pytest.mark.model

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "samples" / "consultation-en-pt.ogg"

Load = Callable[[str], LoadedModel]


@pytest.fixture(scope="module")
def reader(loaded_model: Load) -> FasterWhisper:
    return FasterWhisper(loaded_model("whisper-base"), device="cpu", context="short", parallel=2)


@pytest.fixture(scope="module")
def silero(loaded_model: Load) -> Silero:
    return Silero(loaded_model("silero-vad"))


def decoded(path: Path) -> Samples:
    with av.open(str(path)) as file:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SPEECH_RATE)
        parts = [part.to_ndarray()[0] for frame in file.decode(audio=0) for part in resampler.resample(frame)]
    return as_samples(np.concatenate(parts))


async def segmented(samples: Samples, detector: VoiceDetector) -> list[Utterance]:
    frames: list[Event] = [
        Frame(at=(first + 4000) / SPEECH_RATE, channel=0, first_sample=first, samples=samples[first : first + 4000])
        for first in range(0, samples.size, 4000)
    ]
    seconds = samples.size / SPEECH_RATE
    found = await outcomes(
        Segment(detector, InlineWorker()), [*frames, AudioClosed(at=seconds, spool="", duration=seconds)]
    )
    return [event for event in found if isinstance(event, Utterance)]


async def transcribed(
    samples: Samples, detector: VoiceDetector, reader: FasterWhisper, languages: tuple[str, ...]
) -> list[Event]:
    """What the two stages of a batch job make of a recording."""
    heard = await segmented(samples, detector)
    return await outcomes(RecognizeBatched(reader, InlineWorker(), languages), heard)


def hypotheses(reader: FasterWhisper, heard: list[Utterance], *languages: str) -> list[Hypothesis]:
    read = reader.recognize_batch(heard, languages=languages)
    assert all(isinstance(one, Hypothesis) for one in read)
    return [one for one in read if isinstance(one, Hypothesis)]


def errors(reference: str, read: str, language: str) -> ErrorCount:
    return word_errors(normalise(reference, language), normalise(read, language))


# --- as good as one by one


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_consultation_is_read_no_worse_than_utterance_by_utterance(
    reader: FasterWhisper, silero: Silero, devset: Path
) -> None:
    row = json.loads((devset / "manifest.jsonl").read_text("utf-8").splitlines()[0])
    heard = (await segmented(decoded(devset / row["audio"])[: 150 * SPEECH_RATE], silero))[:40]
    together = hypotheses(reader, heard, "en", "pt")
    alone = [reader.recognize(one, languages=("en", "pt")) for one in heard]
    reference = " ".join(row["text"].split()[:300])

    def least(read: list[Hypothesis]) -> int:
        """Errors against the beginning of the reference that fits best: it has no times."""
        said = " ".join(one.text for one in read)
        words = reference.split()
        return min(errors(" ".join(words[:n]), said, "en").errors for n in range(150, 300, 5))

    assert least(together) <= least(alone)
    assert {one.language for one in together} == {"en"}
    close = [
        errors(one.text, other.text, "en").errors <= 1 for one, other in zip(alone, together, strict=True) if one.text
    ]
    assert sum(close) >= 0.7 * len(close)


def test_unrelated_clips_in_a_batch_are_read_no_worse_than_one_by_one(reader: FasterWhisper, devset: Path) -> None:
    chosen = clips(devset, "en", "es", "pt", "it")[::2]
    heard = [utterance(clip.utterance.samples, start=30.0 * n, number=n + 1) for n, clip in enumerate(chosen)]
    named = ("en", "es", "pt", "it")
    together = hypotheses(reader, heard, *named)
    alone = [reader.recognize(one, languages=named) for one in heard]
    assert [one.language for one in together] == [clip.language for clip in chosen]
    counts = [
        sum((errors(c.text, one.text, c.language) for c, one in zip(chosen, read, strict=True)), ErrorCount(0, 0))
        for read in (together, alone)
    ]
    assert counts[1].total > 200
    assert counts[0].rate <= counts[1].rate + 0.01


def test_the_number_of_threads_and_of_passages_at_once_does_not_change_a_word(
    reader: FasterWhisper, loaded_model: Load, devset: Path
) -> None:
    single = FasterWhisper(loaded_model("whisper-base"), device="cpu", context="short", parallel=1)
    heard = [
        utterance(clip.utterance.samples, start=20.0 * n, number=n + 1)
        for n, clip in enumerate(clips(devset, "en")[:6])
    ]
    assert hypotheses(single, heard, "en") == hypotheses(reader, heard, "en")


# --- languages


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_languages_that_take_turns_are_each_kept(reader: FasterWhisper, silero: Silero) -> None:
    turns = json.loads(SAMPLE.with_suffix(".turns.json").read_text("utf-8"))
    events = await transcribed(decoded(SAMPLE), silero, reader, ("en", "pt"))
    said = [event for event in events if isinstance(event, TranscriptFinal)]
    assert len(said) > 8
    wrong = [event.hypothesis.text for event in said if event.hypothesis.language != language_at(turns, event)]
    assert wrong == []


def language_at(turns: list[dict[str, Any]], event: TranscriptFinal) -> str:
    """The language of the turn that an utterance is in the midst of."""
    middle = (event.span.start + event.span.end) / 2
    nearest = min(turns, key=lambda turn: abs((turn["start"] + turn["end"]) / 2 - middle))
    return str(nearest["language"])


@pytest.mark.parametrize("other", ["pt", "es"])
def test_an_utterance_that_changes_its_language_keeps_both(reader: FasterWhisper, devset: Path, other: str) -> None:
    english = next(clip for clip in clips(devset, "en") if clip.name.startswith("fleurs"))
    foreign = clips(devset, other)[0]
    gap = (0.001 * np.random.default_rng(1).standard_normal(SPEECH_RATE // 5)).astype(np.float32)
    samples = np.concatenate(
        [foreign.utterance.samples[: 9 * SPEECH_RATE], gap, english.utterance.samples[: 9 * SPEECH_RATE]]
    )
    (heard,) = hypotheses(reader, [utterance(samples)], "en", other)
    assert set(heard.doubts) >= {f"several languages: {other}, en"}
    own = [reader.recognize(clip.utterance, languages=(clip.language,)).text for clip in (foreign, english)]
    for text, language in zip(own, (other, "en"), strict=True):
        words = normalise(text, language).split()[:12]
        found = sum(word in normalise(heard.text, language).split() for word in words)
        assert found >= 0.7 * len(words), (language, heard.text)


# --- times


def spoken(load: Load, text: str) -> Samples:
    voice = Hibari(load("hibari-en"))
    sound = np.concatenate(list(voice.synthesize(spoken_text(text, "en"), language="en")))
    return as_samples(np.asarray(soxr.resample(sound, voice.rate, SPEECH_RATE), np.float32))


def test_numbers_keep_a_time(reader: FasterWhisper, loaded_model: Load) -> None:
    lines = ("The total bill comes to 13.60 dollars.", "Your potassium is 4.15.", "Take 2.5 milligrams now.")
    heard, start = [], 0.0
    for number, line in enumerate(lines, start=1):
        heard.append(utterance(spoken(loaded_model, line), start=start, number=number))
        start = heard[-1].span.end + 0.7
    for one, hypothesis, figure in zip(heard, hypotheses(reader, heard, "en"), ("13.60", "4.15", "2.5"), strict=True):
        (word,) = [word for word in hypothesis.words if figure in word.text]
        assert one.span.start < word.span.start < word.span.end <= one.span.end
        assert word.span.duration > 0.3
        assert all(before.span.end <= after.span.start for before, after in pairwise(hypothesis.words))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_times_do_not_drift_in_half_an_hour(reader: FasterWhisper, silero: Silero, devset: Path) -> None:
    rng = np.random.default_rng(2)
    recording = (0.0005 * rng.standard_normal(31 * 60 * SPEECH_RATE)).astype(np.float32)
    chosen = [clip for clip in clips(devset, "en") if clip.name.startswith("fleurs")][:5]
    places = (7.3, 421.6, 1000.05, 1500.77, 1822.4)
    for clip, place in zip(chosen, places, strict=False):
        first = round(place * SPEECH_RATE)
        recording[first : first + clip.utterance.samples.size] += clip.utterance.samples
    events = await transcribed(as_samples(recording), silero, reader, ("en",))
    said = [event for event in events if isinstance(event, TranscriptFinal)]
    for clip, place in zip(chosen, places, strict=False):
        words = [
            word
            for event in said
            for word in event.hypothesis.words
            if place - 1.0 < word.span.start < place + clip.utterance.span.duration
        ]
        assert words[0].span.start == pytest.approx(place + onset(clip.utterance.samples), abs=0.35)
        assert words[-1].span.end <= place + clip.utterance.span.duration + 0.3
        assert len(words) > 0.5 * len(clip.text.split())


def onset(samples: Samples) -> float:
    """When a clip's sound begins, in seconds: its first 50 ms within 25 dB of the loudest."""
    blocks = [samples[first : first + 800] for first in range(0, samples.size - 800, 800)]
    levels = [level_db(block) for block in blocks]
    return next(n for n, level in enumerate(levels) if level > max(levels) - 25.0) * 0.05


# --- nothing invented


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("name", sorted(NONSPEECH))
async def test_what_is_no_speech_has_no_words_whichever_detector_listens(
    reader: FasterWhisper, silero: Silero, name: str
) -> None:
    """The energy detector lets everything loud through, so that the recogniser has to tell by itself."""
    pause = np.zeros(SPEECH_RATE, np.float32)
    made = [NONSPEECH[name](seconds, 10 ** (-20 / 20)) for seconds in (0.6, 1.5, 4.0)]
    recording = as_samples(np.concatenate([part for sound in made for part in (sound, pause)]))
    for detector in (silero, Energy(threshold_db=-45.0)):
        events = await transcribed(recording, detector, reader, ("en", "pt"))
        assert {type(event) for event in events} <= {NothingHeard}, list(events)
        if isinstance(detector, Energy) and name not in ("silence", "clicks"):
            assert events


def test_noise_between_utterances_takes_and_makes_no_words(reader: FasterWhisper, devset: Path) -> None:
    clip = next(clip for clip in clips(devset, "en") if clip.name.startswith("libri"))
    heard = []
    for number, name in enumerate(("speech", "cough", "speech", "chord", "speech", "pink", "babble"), start=1):
        samples = clip.utterance.samples if name == "speech" else NONSPEECH[name](1.0, 0.05)
        heard.append(utterance(samples, start=20.0 * number, number=number))
    read = hypotheses(reader, heard, "en")
    texts = [one.text for one in read]
    assert [bool(text) for text in texts] == [True, False, True, False, True, False, False]
    assert all(errors(clip.text, text, "en").rate < 0.3 for text in texts if text)
