"""A glossary changes what a real recogniser writes: names that nobody could spell by ear."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import soxr

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import Utterance
from voicedoc.core.glossary import Glossary, Term
from voicedoc.core.speech import UtteranceId
from voicedoc.core.time import Span
from voicedoc.errors import BackendUnavailable
from voicedoc.recognize.faster_whisper import FasterWhisper
from voicedoc.registry import backend

pytestmark = pytest.mark.model

NAMES = ("Xarelto", "Zyprexa", "Kowalczyk", "Euthyrox", "Jardiance", "Trulicity", "Novaminsulfon", "Ticagrelor")
GLOSSARY = Glossary(tuple(Term("drug", name) for name in NAMES))
SAID = ("Please take Xarelto and Zyprexa every evening.", "Doctor Kowalczyk prescribed Euthyrox last week.")


@pytest.fixture(scope="module")
def whisper(loaded_model: Callable[[str], LoadedModel]) -> FasterWhisper:
    return FasterWhisper(loaded_model("whisper-base"), threads=1, parallel=1)


def utterance(samples: Samples) -> Utterance:
    seconds = samples.size / SPEECH_RATE
    return Utterance(
        at=seconds, utterance=UtteranceId(1), channel=0, reason="pause", span=Span(0.0, seconds), samples=samples
    )


def read_out(text: str) -> Utterance:
    try:
        voice = backend("synthesizers", "hibari")()
    except BackendUnavailable as error:
        pytest.skip(f"{error}. {error.remedy}")
    sound = np.concatenate(list(voice.synthesize(text, language="en")))
    return utterance(as_samples(soxr.resample(sound, voice.rate, SPEECH_RATE).astype(np.float32)))


def named(whisper: FasterWhisper, *, hinted: bool) -> set[str]:
    """The glossary's names in what is heard."""
    whisper.hint({"en": GLOSSARY.hotwords("en") if hinted else ""})
    texts = [whisper.recognize(read_out(said), languages=("en", "pt")).text for said in SAID]
    return {name for name in NAMES if any(name in text for text in texts)}


def test_names_of_the_glossary_are_written_as_it_has_them(whisper: FasterWhisper) -> None:
    plain, hinted = named(whisper, hinted=False), named(whisper, hinted=True)
    assert plain < hinted
    assert {"Xarelto", "Kowalczyk", "Euthyrox"} <= hinted
    assert hinted <= {"Xarelto", "Zyprexa", "Kowalczyk", "Euthyrox"}  # and none that nobody said


def test_a_glossary_makes_no_words_of_noise(whisper: FasterWhisper) -> None:
    whisper.hint({"en": GLOSSARY.hotwords("en"), "pt": GLOSSARY.hotwords("pt")})
    noise = np.random.default_rng(0).normal(0, 0.02, 5 * SPEECH_RATE).astype(np.float32)
    assert whisper.recognize(utterance(as_samples(noise)), languages=("en", "pt")).text == ""
