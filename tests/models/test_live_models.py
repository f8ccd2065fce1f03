"""Live sessions on real weights: first impressions of speech that goes on, and voices."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.utterances import Clip, clips, utterance
from voicedoc.attribute.voice import CamPlusVoice
from voicedoc.core.audio import as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.recognize.agreement import Agreement
from voicedoc.recognize.faster_whisper import FasterWhisper

pytestmark = pytest.mark.model

Load = Callable[[str], LoadedModel]


@pytest.fixture(scope="module")
def recognizer(loaded_model: Load) -> FasterWhisper:
    return FasterWhisper(loaded_model("whisper-base"), device="cpu")


def clip(devset: Path, name: str) -> Clip:
    return next(one for one in clips(devset) if one.name == name)


def test_words_appear_while_they_are_said_and_most_stay(recognizer: FasterWhisper, devset: Path) -> None:
    spoken = clip(devset, "libri_en_6930-75918-0000")
    agreement, samples, stable = Agreement(), spoken.utterance.samples, [""]
    for stop in range(16_000, samples.size, 8_000):
        heard = recognizer.recognize_so_far(utterance(samples[:stop]), languages=("en", "pt"))
        assert heard.language == "en"
        assert heard.words == ()
        stable.append(agreement.take(heard.text).stable)
    final = recognizer.recognize(spoken.utterance, languages=("en", "pt")).text
    assert all(after.startswith(before) for before, after in pairwise(stable))
    said = [word.strip(".,").casefold() for word in final.split()]
    kept = [word for word in stable[-1].split() if word.strip(".,").casefold() in said]
    assert len(kept) >= 0.7 * len(stable[-1].split()) > 0


def test_no_words_appear_in_noise(recognizer: FasterWhisper) -> None:
    noise = 0.01 * np.random.default_rng(1).standard_normal(32_000)
    assert recognizer.recognize_so_far(utterance(noise), languages=("en", "pt")).text == ""


def test_a_voice_is_more_like_itself_than_like_another(loaded_model: Load, devset: Path) -> None:
    voice = CamPlusVoice(loaded_model("pyannote-campplus"))
    one, again, other = (
        voice(as_samples(clip(devset, name).utterance.samples[:32_000].copy()))
        for name in ("libri_en_6930-75918-0000", "libri_en_6930-75918-0007", "lj_en_LJ001-0004")
    )
    assert one is not None
    assert again is not None
    assert other is not None
    assert np.linalg.norm(one) == pytest.approx(1.0, abs=1e-4)
    assert one @ again > one @ other + 0.1
    assert voice(as_samples(np.zeros(2_000, np.float32))) is None
