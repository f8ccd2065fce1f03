"""PriMock57: mock consultations in primary care in English, with a channel, a transcript for each, and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Record, beside, each, files, guarded, json_object
from voicedoc_corpora.rows import Broken, Dialogue, Turn
from voicedoc_corpora.textgrid import turns

CARD = CorpusCard(
    name="primock57",
    description="57 consultations, nine hours, seven clinicians, actors with case cards as patients",
    languages=("en",),
    sources=(
        Source("transcripts/*.TextGrid", "babylonhealth/primock57", "CC-BY-4.0", True),
        Source("notes/*.json", "babylonhealth/primock57", "CC-BY-4.0", True),
        Source("audio/*.wav", "babylonhealth/primock57 (Git LFS)", "CC-BY-4.0", True),
    ),
    attribution="Papadopoulos Korfiatis et al. 2022, PriMock57: A Dataset Of Primary Care Mock Consultations (ACL)",
    fields={
        "day1_consultation01_<role>.TextGrid": "id; turns of both, in time's order",
        "text": "turns: as released, with <UNSURE>…</UNSURE> and <UNIN/>; `plain` takes these out",
        "notes: presenting_complaint, note": "topic, note",
    },
    certainty="a released TextGrid and a note were seen; tested on files made like them",
)

ROLES = ("doctor", "patient")

MARKS = re.compile(r"<UNIN/>|</?UNSURE>")


def plain(text: str) -> str:
    """What a turn says without the transcriber's marks."""
    return " ".join(MARKS.sub("", text).split())


def read(path: Path) -> Iterator[Dialogue | Broken]:
    """The consultations below a folder, or the one to which a `.TextGrid` belongs.

    Raises:
        CorpusError: If there is no `.TextGrid` file.
    """
    for folder, id_ in sorted({(file.parent, file.stem.rpartition("_")[0]) for file in files(path, "*.TextGrid")}):
        yield from _consultation(folder, id_)


def _consultation(folder: Path, id_: str) -> Iterator[Dialogue | Broken]:
    """One with a broken turn is not given without it: that would be another consultation."""
    said: list[Turn] = []
    is_whole = True
    for file in (folder / f"{id_}_{role}.TextGrid" for role in ROLES):
        for turn in guarded(file, turns(file)):
            if isinstance(turn, Broken):
                is_whole = False
                yield turn
            else:
                said.append(turn)
    if is_whole:
        note = folder.parent / "notes" / f"{id_}.json"
        notes = guarded(note, json_object(note)) if note.is_file() else (Record(note, 0, {}),)
        yield from each(notes, lambda record: _dialogue(folder, id_, said, record))


def _dialogue(folder: Path, id_: str, said: list[Turn], note: Record) -> Dialogue:
    audio = {role: beside(folder.parent / "audio", f"{id_}_{role}.wav") for role in ROLES}
    return Dialogue(
        id=id_,
        language="en",
        turns=tuple(sorted(said, key=lambda turn: (turn.start or 0.0, turn.end or 0.0))),
        topic=note.maybe("presenting_complaint"),
        note=note.maybe("note"),
        audio={role: file for role, file in audio.items() if file is not None},
    )
