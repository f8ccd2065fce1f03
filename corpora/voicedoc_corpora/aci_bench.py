"""ACI-Bench: visits in English, as a doctor and a patient acted or told them, with the notes of the visits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, csv_rows, each, over
from voicedoc_corpora.rows import Broken, Dialogue, Turn

CARD = CorpusCard(
    name="aci-bench",
    description="207 visits: 67 to train, 20 to validate, three tests of 40; transcripts by people and by recognisers",
    languages=("en",),
    sources=(Source("data/**/*.csv", "wyim/aci-bench", "CC-BY-4.0", True),),
    attribution="Yim et al. 2023, ACI-BENCH: a Novel Ambient Clinical Intelligence Dataset (Scientific Data 10)",
    fields={
        "id, or encounter_id": "id",
        "dataset": "topic: aci, virtassist, virtscribe",
        "dialogue": "turns: lines that begin with [doctor], [patient], …",
        "note": "note",
    },
    certainty="a released table was seen; the test reads ten real visits, put back into a table",
)

SPEAKER = re.compile(r"\[(\w+)\]\s*(.*)")


def read(path: Path) -> Iterator[Dialogue | Broken]:
    """The visits of a table, or of all tables of a folder, but for those about the visits (`*_metadata.csv`).

    Raises:
        CorpusError: If there is no `.csv` file.
    """
    return over(path, _table, "*.csv")


def _table(path: Path) -> Iterator[Dialogue | Broken]:
    return iter(()) if path.stem.endswith("_metadata") else each(csv_rows(path), _visit)


def _visit(record: Record) -> Dialogue:
    return Dialogue(
        id=record.text("encounter_id" if "encounter_id" in record.fields else "id"),
        language="en",
        turns=tuple(_turns(record.text("dialogue"))),
        topic=record.maybe("dataset"),
        note=record.maybe("note"),
    )


def _turns(dialogue: str) -> Iterator[Turn]:
    """A line that names no speaker goes on with the turn before it."""
    speaker, said = "", ""
    for line in dialogue.strip().splitlines():
        if found := SPEAKER.match(line):
            if speaker:
                yield Turn(speaker, said)
            speaker, said = found.group(1), found.group(2).strip()
        elif speaker:
            said = f"{said} {line.strip()}".strip()
        else:
            raise Malformed("field 'dialogue' does not begin with a speaker")
    yield Turn(speaker, said)
