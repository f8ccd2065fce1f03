"""Several people at once: a recogniser goes round in circles there, and no circle is handed on as if it were sure."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.utterances import clips, utterance
from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.profiles import load_profile
from voicedoc.recognize.faster_whisper import FasterWhisper

pytestmark = pytest.mark.model

SECONDS = 18
"""Of each utterance: people who never pause are cut at about so much."""


def babble(sounds: list[Samples], n_voices: int, n_utterances: int, seed: int) -> list[Utterance]:
    """`n_voices` equally loud voices at once, each of which reads out one of `sounds` after another."""
    rng = np.random.default_rng(seed)
    mixed = np.zeros(n_utterances * SECONDS * SPEECH_RATE)
    for _ in range(n_voices):
        at = 0
        while at < mixed.size:
            one = sounds[rng.integers(len(sounds))][: mixed.size - at]
            mixed[at : at + one.size] += one / np.sqrt(np.mean(one**2))
            at += one.size
    mixed *= 0.05 / np.sqrt(np.mean(mixed**2))
    parts = mixed.astype(np.float32).reshape(n_utterances, -1)
    return [utterance(part, start=number * SECONDS, number=number + 1) for number, part in enumerate(parts)]


def goes_round(text: str) -> bool:
    """Whether three words or more are said three times on end: found here in another way than by the recogniser."""
    bare = " ".join(re.findall(r"\w+", text.casefold()))
    return re.search(r"\b(\w+(?: \w+){2,}?)(?: \1){2}\b", bare) is not None


def test_no_loop_that_is_read_into_babble_passes_unmarked(
    loaded_model: Callable[[str], LoadedModel], devset: Path
) -> None:
    options = dict(load_profile("embedded").recognize.options)
    recognizer = FasterWhisper(loaded_model("whisper-base"), **options)
    sounds = [clip.utterance.samples for clip in clips(devset)]
    read: list[Hypothesis] = []
    for n_voices, seed in ((3, 4), (3, 6), (4, 11)):
        heard = recognizer.recognize_batch(babble(sounds, n_voices, 3, seed), languages=("en",))
        read += [one for one in heard if isinstance(one, Hypothesis)]
    assert len(read) == 9
    loops = [one for one in read if goes_round(one.text)]
    assert [one.text for one in loops if "repetition" not in one.doubts] == []
    assert loops or any(goes_round(one.discarded) for one in read), "no loop in this babble: try other voices"
