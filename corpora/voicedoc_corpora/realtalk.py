"""RealTalk-CN: people who settle everyday things in Chinese, with everything that makes speech unlike reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, beside, each, json_entries, number, over, span
from voicedoc_corpora.rows import Broken, Spoken

CARD = CorpusCard(
    name="realtalk",
    description="5,400 conversations of 113 people, 60,000 utterances, 150 hours; health care is one of 58 domains",
    languages=("zh",),
    sources=(
        Source("Spoken3MC/subset_json/*/*.json", "huggingface: BAAI/RealTalk-CN (gated)", "CC-BY-NC-SA-4.0", True),
    ),
    attribution="Wang et al. 2025, RealTalk-CN: A Realistic Chinese Speech-Text Dialogue Benchmark With Cross-Modal "
    "Interaction Analysis (arXiv 2508.10015)",
    fields={
        "(file, entry)": "id: the subset's folder, the file's name and the entry's number, from 1",
        "original_data: 文本content": "text: with the marks of `MARKS`, which `plain` takes out",
        "original_data: roleID": "speaker: user for 1, assistant for 2",
        "original_data: hdTimeStart, hdTimeEnd": "span, in seconds",
        "original_data: 槽值字典": "labels: a slot's name, and its values joined by 、",
        "text": "labels: intent",
        "audio_file": "audio: a path below the folder that holds Spoken3MC; None where the copy has no such folder",
    },
    certainty="nobody here has seen the files, which are gated; the fields are those that the authors' own program "
    "(github.com/Summer-Enzhi/RealTalk, main.py) reads. Tested on files made like that",
)

MARKS = ("～", "⁇", "✎", "↻")
"""What the transcribers put where a sound is drawn out, somebody hesitates, corrects or repeats themselves."""

SPEAKERS = {1: "user", 2: "assistant"}


def plain(text: str) -> str:
    """What an utterance says without the transcribers' marks."""
    return "".join(character for character in text if character not in MARKS)


def read(path: Path) -> Iterator[Spoken | Broken]:
    """The utterances of a subset's file, or of all `subset_json/*/*.json` of a folder.

    Raises:
        CorpusError: If there is no such file.
    """
    return over(path, _subset, "subset_json/*/*.json")


def _subset(path: Path) -> Iterator[Spoken | Broken]:
    entries = enumerate(json_entries(path), start=1)
    numbered = (
        entry if isinstance(entry, Broken) else Record(entry.file, entry.line, entry.fields, str(place))
        for place, entry in entries
    )
    return each(numbered, _utterance)


def _utterance(record: Record) -> Spoken:
    said = _object(record.fields, "original_data")
    file, text = record.file, said.get("文本content")
    if not isinstance(text, str) or not plain(text).strip():
        raise Malformed("field 'original_data: 文本content' is not text, or empty")
    if said.get("roleID") not in SPEAKERS:
        raise Malformed("field 'original_data: roleID' is neither 1 nor 2")
    begin, end = (number(said.get(key), f"field 'original_data: {key}'") for key in ("hdTimeStart", "hdTimeEnd"))
    audio = file.absolute().parents[3] / record.text("audio_file")
    intent = record.maybe("text")
    return Spoken(
        id=f"{file.parent.name}:{file.stem}:{record.key}",
        language="zh",
        text=text,
        audio=beside(audio.parent, audio.name),
        span=span(begin, end),
        speaker=SPEAKERS[said["roleID"]],
        labels=({"intent": intent} if intent else {}) | _slots(_object(said, "槽值字典")),
    )


def _slots(slots: Mapping[str, Any]) -> dict[str, str]:
    if not all(isinstance(values, list) and all(isinstance(v, str) for v in values) for values in slots.values()):
        raise Malformed("field 'original_data: 槽值字典' does not hold lists of texts")
    return {name: "、".join(values) for name, values in slots.items()}


def _object(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = fields.get(name)
    if not isinstance(value, dict):
        raise Malformed(f"field '{name}' is missing, or no object")
    return value
