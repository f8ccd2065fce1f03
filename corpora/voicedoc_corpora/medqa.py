"""MedQA, and what is written like it: multiple choice questions of medical examinations, one JSON object on a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, each, json_lines, over
from voicedoc_corpora.rows import Broken, Choice

CARD = CorpusCard(
    name="medqa",
    description="examination questions for doctors with four or five options; also MMLU and others in this format",
    languages=("en", "zh", "zh-TW"),
    sources=(Source("**/*.jsonl", "jind11/MedQA, data_clean/questions", "MIT (the repository)", False),),
    attribution="Jin et al. 2020, What Disease does this Patient Have? (arXiv 2009.13081)",
    fields={
        "question": "question",
        "options": "options, by letter",
        "answer_idx": "answer: a letter; `answer`, where given, must be the text of that option",
        "id": "id; else the file's name and the line",
    },
    certainty="reads 80 real MMLU and 50 real PubMedQA questions in this format; MedQA's own files from its README",
)

FOLDERS = {"US": "en", "Mainland": "zh", "Taiwan": "zh-TW"}
"""Languages of the folders in which MedQA comes. Elsewhere it is English."""


def read(path: Path) -> Iterator[Choice | Broken]:
    """The questions of a file, or of all files of a folder.

    Raises:
        CorpusError: If there is no `.jsonl` file.
    """
    return over(path, lambda file: each(json_lines(file), _choice), "*.jsonl")


def _choice(record: Record) -> Choice:
    options, answer = record.texts("options"), record.text("answer_idx")
    if answer not in options:
        raise Malformed("field 'answer_idx' names none of the options")
    if record.maybe("answer") not in ("", options[answer]):
        raise Malformed("fields 'answer' and 'answer_idx' name different options")
    languages = [FOLDERS[part] for part in record.file.parts if part in FOLDERS]
    return Choice(
        id=record.maybe("id") or f"{record.file.stem}:{record.line}",
        language=languages[-1] if languages else "en",
        question=record.text("question"),
        options=options,
        answer=answer,
    )
