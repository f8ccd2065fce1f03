"""Builds the sample consultation, `corpora/samples/consultation-en-pt.ogg`: 8 synthesized turns in two languages.

Also an example of voices from Python. The patient's voice is not the one in which the interpreter speaks Portuguese.
Run in the environment with the models pulled:  python pipelines/recipes/sample_consultation.py OUT.ogg
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import soxr
from voicedoc_corpora.consultation import Consultation, Part, consult

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.speech import Role
from voicedoc.errors import VoiceDocError
from voicedoc.speak.hibari import Hibari
from voicedoc.speak.kokoro import Kokoro
from voicedoc.speak.role import Synthesizer
from voicedoc.speak.spoken import spoken_text
from voicedoc.store.models import ModelStore

RATE = 24_000

LINES = (
    (Role.DOCTOR, "en", "Good morning. What brings you here today?"),
    (Role.PATIENT, "pt", "Bom dia, doutor. Estou com uma dor forte no peito, do lado esquerdo, há dois dias."),
    (Role.DOCTOR, "en", "Are you taking any medicine at the moment?"),
    (Role.PATIENT, "pt", "Sim, tomo vinte miligramas de omeprazol, uma vez por dia."),
    (Role.DOCTOR, "en", "Do you have any allergies?"),
    (Role.PATIENT, "pt", "Não, não tenho nenhuma alergia."),
    (Role.DOCTOR, "en", "Please take one tablet of aspirin now. Do not drive today."),
    (Role.PATIENT, "pt", "Está bem. Muito obrigado."),
)


def speech(voice: Synthesizer, text: str, language: str) -> Samples:
    """A text in a voice, at `RATE`, with a peak of 0.5."""
    chunks = list(voice.synthesize(spoken_text(text, language), language=language))
    samples = soxr.resample(np.concatenate(chunks), voice.rate, RATE)
    return as_samples(samples / np.abs(samples).max() * 0.5)


def synthesized(
    voices: Mapping[str, Synthesizer], lines: Sequence[tuple[Role, str, str]] = LINES, *, separate: bool = False
) -> Consultation:
    """A consultation of `lines` (role, language, text), in `voices` by language."""
    parts = [Part(role, language, text, speech(voices[language], text, language)) for role, language, text in lines]
    return consult(parts, rate=RATE, separate=separate)


def sample_voices(store: ModelStore) -> dict[str, Synthesizer]:
    """hibari for the doctor, one of Kokoro's men for the patient."""
    return {
        "en": Hibari(store.open("hibari-en")),
        "pt": Kokoro(store.open("kokoro"), voice="pm_alex", languages=["pt"]),
    }


def main() -> None:
    """Read the command line, and write the file that it names."""
    parser = argparse.ArgumentParser(description="Build the sample consultation: 8 turns in English and Portuguese.")
    parser.add_argument("out", type=Path, help="the file to write, e.g. consultation.ogg")
    out = parser.parse_args().out
    try:
        synthesized(sample_voices(ModelStore.default())).write(out)
    except VoiceDocError as error:
        sys.exit(f"{error}\nTry: {error.remedy}" if error.remedy else str(error))


if __name__ == "__main__":
    main()
