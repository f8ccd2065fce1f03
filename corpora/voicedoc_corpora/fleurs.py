"""FLEURS: sentences of FLORES read aloud in 102 languages, each by up to three people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicedoc.core.time import Span
from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, beside, each, lines, over
from voicedoc_corpora.languages import tag_of_code
from voicedoc_corpora.rows import Broken, Spoken

CARD = CorpusCard(
    name="fleurs",
    description="sentences read aloud in 102 languages, 16 kHz mono: about ten hours to train in each",
    languages=("mul",),
    sources=(
        Source("<language>/<split>.tsv", "google/fleurs, data", "CC-BY-4.0", True),
        Source("<language>/audio/<split>/*.wav", "google/fleurs, data (unpack the .tar.gz)", "CC-BY-4.0", True),
    ),
    attribution="Conneau et al. 2022, FLEURS: Few-shot Learning Evaluation of Universal Representations of Speech "
    "(arXiv 2205.12446)",
    fields={
        "1 (number)": "labels: sentence; several people read the same one",
        "2 (file)": "id, audio",
        "3 (as written)": "text",
        "4 (lower case, without marks)": "labels: normalized",
        "6 (samples)": "span",
        "7": "labels: gender",
        "(folder)": "language: hi_in becomes hi-IN",
    },
    certainty="from the data set's own description; the files were not seen",
)

N_COLUMNS = 7
RATE = 16_000


def read(path: Path) -> Iterator[Spoken | Broken]:
    """The utterances of a `.tsv` file, or of all below a folder. `audio` is None where nothing was unpacked.

    Raises:
        CorpusError: If there is no `.tsv` file.
    """
    return over(path, lambda file: each(_records(file), _utterance), "*.tsv")


def _records(path: Path) -> Iterator[Record | Broken]:
    # Split on tabs, not with csv: the sentences have bare quotation marks.
    for line in lines(path):
        if isinstance(line, Broken):
            yield line
            continue
        number, text = line
        columns = text.split("\t")
        if len(columns) == N_COLUMNS:
            yield Record(path, number, dict(zip("1234567", columns, strict=True)))
        else:
            yield Broken(path, number, f"has {len(columns)} columns instead of {N_COLUMNS}")


def _utterance(record: Record) -> Spoken:
    folder, name, n_samples = record.file.parent, record.text("2"), record.number("6")
    if n_samples <= 0:
        raise Malformed("column 6 is no number of samples")
    return Spoken(
        id=Path(name).stem,
        language=tag_of_code(folder.name),
        text=record.text("3"),
        audio=beside(folder / "audio" / record.file.stem, name),
        span=Span.from_samples(0, int(n_samples), RATE),
        labels={"sentence": record.text("1"), "normalized": record.text("4"), "gender": record.text("7").lower()},
    )
