"""XLingHealth: health questions of lay people with answers by experts, in English, Spanish, Chinese and Hindi."""

from __future__ import annotations

import ast
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from voicedoc.registry import missing_package
from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, each, over
from voicedoc_corpora.languages import tag_of_name
from voicedoc_corpora.rows import Broken, Question

CARD = CorpusCard(
    name="xlinghealth",
    description="HealthQA, LiveQA and MedicationQA: questions of lay people, answers of experts, and wrong answers",
    languages=("en", "es", "hi", "zh"),
    sources=(Source("*.xlsx", "claws-lab/XLingEval, XLingHealth_Dataset", "Apache-2.0", True),),
    attribution="Jin et al. 2024, Better to Ask in English: Cross-Lingual Evaluation of Large Language Models for "
    "Healthcare Queries (WWW 2024)",
    fields={
        "question_<Language>, answer_<Language>": "text, answer: one for each language that has a column",
        "label": "fits: 1 or 0; as a list, one for each of answer_ids, of which the row's own must be 1",
        "answer_ids": "wrong: the ids without the row's own; where label is a list, those with 0",
    },
    certainty="the columns are those of the release: one wide sheet, while its own loader wants one for each language. "
    "How label and answer_ids are written was not seen; what is neither a number nor a list is reported",
)


def read(path: Path) -> Iterator[Question | Broken]:
    """The rows of a workbook, or of all workbooks of a folder. Needs openpyxl (the extra `evaluate`).

    Raises:
        BackendUnavailable: If openpyxl is not installed.
        CorpusError: If there is no workbook.
    """
    return over(path, _workbook, "*.xlsx")


def _workbook(path: Path) -> Iterator[Question | Broken]:
    try:
        languages, records = {}, _records(path)
        first = next(records, None)
        if first is not None:
            languages = _languages(first)
            yield from each((first,), lambda record: _question(record, languages))
        yield from each(records, lambda record: _question(record, languages))
    except Malformed as error:
        yield Broken(path, 1, str(error))


def _records(path: Path) -> Iterator[Record]:
    """The rows of the first sheet, with the names of its first row."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise missing_package(error, "evaluate") from error

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        with closing(book):
            rows = book.worksheets[0].iter_rows(values_only=True)
            names = [str(name).strip() for name in next(rows, ())]
            for line, row in enumerate(rows, start=2):
                if any(value is not None for value in row):
                    yield Record(path, line, dict(zip(names, row, strict=False)))
    except (InvalidFileException, *DAMAGED):
        raise Malformed("is not a whole workbook; a Git LFS pointer instead of the file?") from None


DAMAGED = (BadZipFile, EOFError, KeyError, NotImplementedError, ParseError, zlib.error)
"""What openpyxl lets through from the archive and its XML."""


def _languages(first: Record) -> dict[str, str]:
    """Tags by the names that the columns have."""
    names = [column.removeprefix("question_") for column in first.fields if column.startswith("question_")]
    lacking = [name for name in ("id", "label") if name not in first.fields]
    lacking += [f"answer_{name}" for name in names if f"answer_{name}" not in first.fields]
    if lacking or not names:
        raise Malformed(f"has no column {', '.join(lacking) or 'question_<Language>'}")
    return {name: tag_of_name(name) for name in names}


def _question(record: Record, languages: Mapping[str, str]) -> Question:
    own = _id(record.fields.get("id"))
    fits, wrong = _judged(own, _list(record, "label"), [_id(id_) for id_ in _list(record, "answer_ids")])
    return Question(
        id=f"{record.file.stem}:{own}",
        text={tag: record.text(f"question_{name}").strip() for name, tag in languages.items()},
        answer={tag: record.text(f"answer_{name}").strip() for name, tag in languages.items()},
        fits=fits,
        wrong=tuple(f"{record.file.stem}:{id_}" for id_ in wrong),
    )


def _judged(own: str, labels: list[Any], ids: list[str]) -> tuple[bool, list[str]]:
    """Whether the row's own answer fits, and the answers that do not."""
    if not labels or any(label not in (0, 1) for label in labels):
        raise Malformed("field 'label' is neither 0 nor 1")
    if len(labels) == 1:
        return labels == [1], [id_ for id_ in ids if id_ != own]
    if len(labels) != len(ids) or (own, 1) not in zip(ids, labels, strict=True):
        raise Malformed("fields 'label' and 'answer_ids' do not belong together")
    return True, [id_ for id_, label in zip(ids, labels, strict=True) if not label]


def _list(record: Record, name: str) -> list[Any]:
    """A cell: nothing, a number, or a list written out."""
    value = record.fields.get(name)
    try:
        value = ast.literal_eval(value) if isinstance(value, str) and value.strip() else value
    except (ValueError, SyntaxError):
        raise Malformed(f"field '{name}' is neither a number nor a list of numbers") from None
    return list(value) if isinstance(value, (list, tuple)) else [] if value in (None, "") else [value]


def _id(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or value == "":
        raise Malformed("an id is neither a number nor text")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
