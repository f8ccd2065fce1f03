"""MultiMed: medical talk from the web in five languages, cut into utterances; its Vietnamese part is VietMed's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from voicedoc.core.time import Span
from voicedoc.registry import missing_package
from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, each, over
from voicedoc_corpora.languages import tag_of_name
from voicedoc_corpora.rows import Broken, Spoken, intact

CARD = CorpusCard(
    name="multimed",
    description="lectures, interviews and talks on medicine; splits train, eval (of Vietnamese: dev) and test",
    languages=("de", "en", "fr", "vi", "zh"),
    sources=(Source("<Language>/<split>-*.parquet", "huggingface: leduckhai/MultiMed", "MIT", True),),
    attribution="Le-Duc et al. 2025, MultiMed: Multilingual Medical Speech Recognition via Attention Encoder Decoder "
    "(ACL 2025, arXiv 2409.14074)",
    fields={
        "(folder)": "language: the folder's name, in English",
        "(file, row)": "id: the file's name and the row's number, from 0, for the names of recordings repeat",
        "text": "text",
        "duration": "span: from 0 to it, in seconds",
        "audio": "audio: the recordings are inside the file, so None; `unpack` puts them beside one another as files",
    },
    certainty="columns and splits are those of the released card and training script; tested on files made like them. "
    "Its own scorer puts a space between all characters, so that its word error rates are of characters",
)

N_AT_ONCE = 256
"""Rows that are held in memory."""


def read(path: Path) -> Iterator[Spoken | Broken]:
    """The utterances of a file, or of all `.parquet` files of a folder. Needs pyarrow (the extra `corpora`).

    Raises:
        BackendUnavailable: If pyarrow is not installed.
        CorpusError: If there is no such file.
    """
    return over(path, _table, "*.parquet")


def unpack(path: Path, folder: Path) -> Iterator[Spoken]:
    """The utterances with their recordings, each written into `folder` as it is read.

    Raises:
        BackendUnavailable: If pyarrow is not installed.
        CorpusError: If there is no such file, or a row is broken.
    """
    for file in sorted(path.rglob("*.parquet")) if path.is_dir() else [path]:
        sounds = _column(file, "audio")
        for row, sound in zip(intact(read(file)), sounds, strict=True):
            named = folder / row.language / f"{row.id.replace(':', '-')}{_suffix(sound)}"
            named.parent.mkdir(parents=True, exist_ok=True)
            named.write_bytes(sound["bytes"])
            yield replace(row, audio=named)


def _table(path: Path) -> Iterator[Spoken | Broken]:
    try:
        language = tag_of_name(path.parent.name)
    except Malformed:
        yield Broken(path, 0, f"lies in the folder '{path.parent.name}', which is no language's name")
        return
    yield from each(_records(path), lambda record: _utterance(record, language))


def _utterance(record: Record, language: str) -> Spoken:
    duration = record.number("duration")
    if duration <= 0.0:
        raise Malformed("field 'duration' is not above 0")
    return Spoken(f"{record.file.stem}:{record.line}", language, record.text("text"), None, Span(0.0, duration))


def _records(path: Path) -> Iterator[Record | Broken]:
    """The rows without their recordings; `line` is the row's number."""
    arrow = _parquet()
    try:
        file = arrow.ParquetFile(path)
        if lacking := {"audio", "text", "duration"} - set(file.schema_arrow.names):
            yield Broken(path, 0, f"has no column '{min(lacking)}'")
            return
        number = 0
        for batch in file.iter_batches(N_AT_ONCE, columns=["text", "duration"]):
            for fields in batch.to_pylist():
                yield Record(path, number, fields)
                number += 1
    except (ValueError, NotImplementedError, OSError):  # Arrow has its own kinds of these
        yield Broken(path, 0, "is not a parquet file, or only a part of one")


def _column(path: Path, name: str) -> Iterator[Any]:
    """One field of each row."""
    for batch in _parquet().ParquetFile(path).iter_batches(N_AT_ONCE // 16, columns=[name]):
        yield from batch.column(0).to_pylist()


def _suffix(sound: dict[str, Any]) -> str:
    return PurePosixPath(sound.get("path") or "").suffix or ".wav"


def _parquet() -> Any:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise missing_package(error, "corpora") from error
    return parquet
