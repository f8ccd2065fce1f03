"""faster-whisper on real weights: real words, short context, no words on noise, short answers kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from tests.helpers.nonspeech import NONSPEECH
from tests.helpers.utterances import clips, utterance
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, BackendUnavailable, UnsupportedLanguage
from voicedoc.evaluate.scores import ErrorCount, word_errors
from voicedoc.evaluate.text import normalise
from voicedoc.recognize.faster_whisper import FasterWhisper

pytestmark = pytest.mark.model

SHORT_ANSWERS = [
    (29.28, 0.58),
    (166.43, 0.68),
    (211.0, 0.71),
    (242.46, 0.49),
    (280.48, 0.62),
    (108.6, 1.0),
    (184.76, 0.87),
]
"""Start and length, in seconds, of "Start…", "No.", "No.", "Yes.", "No.", "Definitely.", "Pretty bad." in CAR0001."""


@pytest.fixture(scope="module")
def short(loaded_model: Callable[[str], LoadedModel]) -> FasterWhisper:
    return FasterWhisper(loaded_model("whisper-base"), device="cpu", context="short")


@pytest.fixture(scope="module")
def full(loaded_model: Callable[[str], LoadedModel]) -> FasterWhisper:
    return FasterWhisper(loaded_model("whisper-base"), device="cpu", context="full")


@pytest.fixture(scope="module")
def consultation(devset: Path) -> Samples:
    with av.open(str(devset / "audio" / "consult" / "CAR0001.mp3")) as file:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SPEECH_RATE)
        parts = [part.to_ndarray()[0] for frame in file.decode(audio=0) for part in resampler.resample(frame)]
    return as_samples(np.concatenate(parts))


def test_short_context_costs_no_more_than_a_point_of_word_errors(
    short: FasterWhisper, full: FasterWhisper, devset: Path
) -> None:
    errors = {short: ErrorCount(0, 0), full: ErrorCount(0, 0)}
    for clip in clips(devset, "en", "pt", "es", "it")[::2]:
        visit = (clip.language, "de")
        for recognizer in errors:
            read = recognizer.recognize(clip.utterance, languages=visit).text
            pair = (normalise(clip.text, clip.language), normalise(read, clip.language))
            errors[recognizer] += word_errors(*pair)
    assert errors[short].total > 200
    assert errors[short].rate <= errors[full].rate + 0.01


def test_the_language_of_whole_utterances_is_right(short: FasterWhisper, devset: Path) -> None:
    heard = [
        (clip.name, clip.language, short.recognize(clip.utterance, languages=("en", clip.language)).language)
        for clip in clips(devset, "pt", "es", "fr", "de", "it", "ja", "ko")
    ]
    assert len(heard) > 8
    assert [row for row in heard if row[1] != row[2]] == []


@pytest.mark.parametrize("name", sorted(NONSPEECH))
def test_noise_has_no_words_even_where_voice_detection_let_it_through(short: FasterWhisper, name: str) -> None:
    for seconds, level_db in ((0.3, -60.0), (1.0, -20.0), (5.0, -35.0), (5.0, -15.0)):
        heard = short.recognize(utterance(NONSPEECH[name](seconds, 10 ** (level_db / 20))), languages=("en", "pt"))
        assert (heard.text, heard.words) == ("", ()), (name, seconds, level_db)
        assert heard.doubts == ("no speech",)


def test_short_answers_are_not_taken_for_noise(short: FasterWhisper, consultation: Samples) -> None:
    heard = []
    for start, seconds in SHORT_ANSWERS:
        first = round(start * SPEECH_RATE)
        piece = consultation[first : first + round(seconds * SPEECH_RATE)]
        heard.append(short.recognize(utterance(piece), languages=("en", "pt")).text)
    assert all(heard), heard
    assert sum(text.rstrip(".") in ("No", "Yes") for text in heard) >= 3


def test_a_reading_is_the_same_every_time(short: FasterWhisper, devset: Path) -> None:
    spoken = clips(devset, "pt")[0].utterance
    first, second = (short.recognize(spoken, languages=("en", "pt")) for _ in range(2))
    assert first == second


def test_an_utterance_of_more_than_thirty_seconds_is_read_to_its_end(short: FasterWhisper, devset: Path) -> None:
    parts = [clip.utterance.samples for clip in clips(devset, "en") if clip.name.startswith("libri")][:5]
    pause = np.zeros(SPEECH_RATE, np.float32)
    long = utterance(as_samples(np.concatenate([sound for part in parts for sound in (part, pause)])))
    heard = short.recognize(long, languages=("en", "pt"))
    assert long.span.duration > 50.0
    assert "tents" in heard.text
    assert heard.words[-1].span.end > long.span.end - 6.0


def test_a_language_without_a_token_is_refused(short: FasterWhisper) -> None:
    with pytest.raises(UnsupportedLanguage, match="yue"):
        short.recognize(utterance(), languages=("en", "yue"))


def test_an_utterance_without_samples_has_no_words(short: FasterWhisper) -> None:
    assert short.recognize(utterance(np.zeros(0, np.float32)), languages=("en", "pt")).text == ""


def test_what_the_library_cannot_do_is_one_failure_with_a_remedy(
    short: FasterWhisper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(*_: object) -> None:
        raise RuntimeError("CUDA failed with error out of memory")

    monkeypatch.setattr(short._engine, "encode", out_of_memory)
    with pytest.raises(BackendFailed, match="out of memory") as caught:
        short.recognize(utterance(), languages=("en", "pt"))
    assert "smaller model" in caught.value.remedy


def test_an_impossible_type_is_said_at_once(loaded_model: Callable[[str], LoadedModel]) -> None:
    with pytest.raises(BackendUnavailable, match="int9") as caught:
        FasterWhisper(loaded_model("whisper-base"), device="cpu", compute_type="int9")
    assert "compute_type" in caught.value.remedy


def test_speech_in_neither_of_the_two_languages_is_doubted_and_theirs_is_not(
    short: FasterWhisper, devset: Path
) -> None:
    doubts = {
        clip.name: (clip.language, short.recognize(clip.utterance, languages=("en", "pt")).doubts)
        for clip in clips(devset, "de", "fr", "es", "ru", "en", "pt")[::2]
    }
    assert len(doubts) > 15
    for language, found in doubts.values():
        named = [doubt for doubt in found if doubt.startswith("another language")]
        assert named == ([] if language in ("en", "pt") else [f"another language: {language}"])
