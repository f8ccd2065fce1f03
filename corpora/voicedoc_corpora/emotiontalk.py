"""EmotionTalk: acted conversations in Chinese, each utterance with the emotion that people heard and saw in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Record, csv_rows, each, over
from voicedoc_corpora.rows import Broken, Spoken

CARD = CorpusCard(
    name="emotiontalk",
    description="19,250 utterances of 19 actors in pairs, 23.6 hours, seven emotions",
    languages=("zh",),
    sources=(
        Source("transcription.csv, mm.csv", "flageval-baai/EmotionTalk, EmotionTalk/dataset", "academic use", False),
    ),
    attribution="Sun et al. 2025, EmotionTalk: An Interactive Chinese Multimodal Emotion Dataset (arXiv 2505.23018)",
    fields={
        "name": "id; speaker: its part before the utterance's number",
        "chinese": "text: as released, with [over/]…[/over], [interrupted], [laughing]; `plain` takes these out",
        "emotion": "labels: emotion_in_text, as told from the words alone",
        "mm.csv: emotion": "labels: emotion, as told from words, voice and face",
    },
    certainty="the beginnings of the released tables were seen; tested on tables made like them. The recordings were "
    "not, so `audio` is None",
)

MARKS = re.compile(r"\[/?\w+/?\]")


def plain(text: str) -> str:
    """What an utterance says without the transcriber's marks."""
    return MARKS.sub("", text)


def read(path: Path) -> Iterator[Spoken | Broken]:
    """The utterances of `transcription.csv`, or of all of that name below a folder.

    Raises:
        CorpusError: If there is no such file.
    """
    return over(path, _table, "transcription.csv")


def _table(path: Path) -> Iterator[Spoken | Broken]:
    emotions: dict[str, str] = {}
    if path.with_name("mm.csv").is_file():
        for row in csv_rows(path.with_name("mm.csv")):
            if isinstance(row, Broken):
                yield row
            else:
                emotions[str(row.fields.get("file_name", "")).removesuffix(".mp4")] = str(row.fields.get("emotion", ""))
    yield from each(csv_rows(path), lambda record: _utterance(record, emotions))


def _utterance(record: Record, emotions: Mapping[str, str]) -> Spoken:
    name = record.text("name")
    labels = {"emotion_in_text": record.text("emotion"), "emotion": emotions.get(name, "")}
    return Spoken(
        id=name.rpartition("/")[2],
        language="zh",
        text=record.text("chinese"),
        audio=None,
        speaker=name.rpartition("/")[2].rpartition("_")[0],
        labels={key: label for key, label in labels.items() if label},
    )
