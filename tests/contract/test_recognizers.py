"""What every recogniser promises, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.ct2_whisper import write_checkpoint
from tests.helpers.utterances import clips, utterance
from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.recognize.faster_whisper import FasterWhisper
from voicedoc.recognize.role import SpeechRecognizer
from voicedoc.recognize.scripted import ScriptedRecognizer
from voicedoc.recognize.transformers import TransformersWhisper

VISIT = ("en", "pt-BR")

Load = Callable[[str], LoadedModel]


def _scripted(load: Load, folder: Path) -> SpeechRecognizer:
    return ScriptedRecognizer(script=["pt: Uma raposa velha não consegue aprender nenhum ofício.", ""])


def _faster_whisper(load: Load, folder: Path) -> SpeechRecognizer:
    return FasterWhisper(load("whisper-base"), device="cpu", beam_size=1)


def _transformers(load: Load, folder: Path) -> SpeechRecognizer:
    write_checkpoint(load("whisper-base").path, folder)
    return TransformersWhisper(LoadedModel("whisper-base", folder, ""), device="cpu", beam_size=1)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(_scripted, id="scripted", marks=pytest.mark.unit),
        pytest.param(_faster_whisper, id="faster-whisper", marks=pytest.mark.model),
        pytest.param(_transformers, id="transformers", marks=pytest.mark.model),
    ],
)
def readings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Utterance, Hypothesis, Hypothesis]]:
    """A spoken utterance that begins at 100 s, its hypothesis, and that of a silent one."""
    load = request.getfixturevalue("loaded_model")
    devset = request.getfixturevalue("devset")
    recognizer = request.param(load, tmp_path_factory.mktemp("checkpoint"))
    spoken = utterance(clips(devset, "pt")[0].utterance.samples, start=100.0)
    silent = utterance(np.zeros(24_000, np.float32), start=200.0)
    yield spoken, recognizer.recognize(spoken, languages=VISIT), recognizer.recognize(silent, languages=VISIT)


Readings = tuple[Utterance, Hypothesis, Hypothesis]


def test_it_reads_what_was_said_in_one_of_the_visits_languages(readings: Readings) -> None:
    _, heard, _ = readings
    assert "raposa velha" in heard.text
    assert heard.language == VISIT[1]


def test_confidences_are_shares(readings: Readings) -> None:
    _, heard, silent = readings
    assert all(0.0 <= word.confidence <= 1.0 for word in heard.words)
    for hypothesis in (heard, silent):
        assert 0.0 <= hypothesis.confidence <= 1.0
        assert 0.5 <= hypothesis.language_confidence <= 1.0


def test_words_are_on_the_sessions_clock_in_order_and_are_the_text(readings: Readings) -> None:
    spoken, heard, _ = readings
    assert "".join(word.text for word in heard.words) == heard.text.replace(" ", "")
    spans = [word.span for word in heard.words]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert spoken.span.start <= spans[0].start
    assert spans[-1].end <= spoken.span.end
    assert spans[-1].end - spans[0].start > 0.5 * spoken.span.duration


def test_silence_has_no_words(readings: Readings) -> None:
    _, _, silent = readings
    assert (silent.text, silent.words, silent.confidence) == ("", (), 0.0)
