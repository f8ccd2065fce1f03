"""MTMedDialog: cases for a simulated patient, from real consultations: complaint, course, diagnosis, advice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, each, json_entries, over
from voicedoc_corpora.rows import Broken, Case, Turn

CARD = CorpusCard(
    name="mtmeddialog",
    description="2,082 cases to test, translated into English from IMCS-21, CHIP-MDCFNPC and MedDG",
    languages=("en",),
    sources=(Source("MTMedDialog_test.json", "JarvisUSTC/DoctorAgent-RL, data", "Apache-2.0", True),),
    attribution="Feng et al. 2025, DoctorAgent-RL: A Multi-Agent Collaborative Reinforcement Learning System for "
    "Multi-Turn Clinical Dialogue (arXiv 2505.19630)",
    fields={
        "self_report": "complaint",
        "dialogue: doctor_question, patient_response": "turns: what each says in a row is one turn",
        "enhanced_description": "description: what the patient knows, written by a model",
        "diagnosis, recommendation, category": "the same",
        "(line)": "id: the file's name and the line where the entry begins",
    },
    certainty="entries of the released test file were seen in a copy; tested on a file made like it. The files to "
    "train are parquet and are not read",
)


def read(path: Path) -> Iterator[Case | Broken]:
    """The cases of a file, or of all `MTMedDialog*.json` of a folder.

    Raises:
        CorpusError: If there is no such file.
    """
    return over(path, lambda file: each(json_entries(file), _case), "MTMedDialog*.json")


def _case(record: Record) -> Case:
    return Case(
        id=f"{record.file.stem}:{record.line}",
        language="en",
        complaint=record.text("self_report"),
        description=record.text("enhanced_description"),
        turns=tuple(turn for exchange in record.items("dialogue") for turn in _turns(exchange)),
        diagnosis=record.text("diagnosis"),
        recommendation=record.maybe("recommendation"),
        category=record.maybe("category"),
    )


def _turns(exchange: Any) -> Iterator[Turn]:
    for role, field in (("doctor", "doctor_question"), ("patient", "patient_response")):
        said = exchange.get(field) if isinstance(exchange, dict) else None
        if not isinstance(said, list) or not all(isinstance(sentence, str) for sentence in said):
            raise Malformed(f"field 'dialogue' has an entry without texts as '{field}'")
        if said:
            yield Turn(role, " ".join(said))
