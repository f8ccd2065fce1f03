"""Two people with a microphone each that also hears the other, faintly: nothing is transcribed twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.helpers.utterances import Clip, clips
from voicedoc.batch import Job, transcribe_file
from voicedoc.core.audio import SPEECH_RATE
from voicedoc.core.events import NothingHeard
from voicedoc.core.journal import read_journal
from voicedoc.engine import open_batch_engine
from voicedoc.errors import ModelMissing
from voicedoc.evaluate.scores import word_errors
from voicedoc.evaluate.text import normalise
from voicedoc.profiles import load_profile
from voicedoc.segment.apart import REASON

pytestmark = pytest.mark.model

DOCTOR = ("libri_en_6930-75918-0002", "libri_en_6930-75918-0006", "libri_en_6930-75918-0008")
PATIENT = ("lj_en_LJ001-0004", "lj_en_LJ001-0006", "lj_en_LJ001-0013")


def visit(by_name: dict[str, Clip], path: Path, bleed_db: float) -> Path:
    """They take turns; each channel has the other's voice 5 ms later and `bleed_db` down."""
    said = np.zeros((60 * SPEECH_RATE, 2))
    at = SPEECH_RATE
    for pair in zip(DOCTOR, PATIENT, strict=True):
        for channel, name in enumerate(pair):
            own = by_name[name].utterance.samples
            said[at : at + own.size, channel] += 0.05 * own / np.sqrt(np.mean(np.square(own)))
            at += own.size + SPEECH_RATE
    across = np.roll(said[:, ::-1], 80, axis=0) * 10 ** (bleed_db / 20)
    noise = 3e-5 * np.random.default_rng(0).standard_normal(said.shape)
    soundfile.write(path, (said + across + noise)[: at + SPEECH_RATE], SPEECH_RATE)
    return path


@pytest.mark.parametrize("bleed_db", [-15.0, -25.0])
def test_what_the_other_microphone_hears_faintly_is_not_transcribed_twice(
    bleed_db: float, devset: Path, tmp_path: Path
) -> None:
    by_name = {clip.name: clip for clip in clips(devset, "en")}
    recording = visit(by_name, tmp_path / "visit.wav", bleed_db)
    try:
        opening = open_batch_engine(load_profile("embedded"), ("en",), diarize=False)
        with opening as engine:
            job = Job(channels="separate", formats=("json",))
            outcome = transcribe_file(engine, recording, tmp_path / "out", job)
    except ModelMissing as error:
        pytest.skip(f"{error}. {error.remedy}")
    for speaker, names in (("C1", DOCTOR), ("C2", PATIENT)):
        said = " ".join(line.text for line in outcome.transcript.in_time() if line.speaker == speaker)
        reference = " ".join(by_name[name].text for name in names)
        assert word_errors(normalise(reference, "en"), normalise(said, "en")).rate < 0.2, (speaker, said)
    events = read_journal(tmp_path / "out" / "journal.jsonl")
    assert sum(isinstance(event, NothingHeard) and event.reason == REASON for event in events) >= 2
