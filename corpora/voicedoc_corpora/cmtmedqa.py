"""CMtMedQA: consultations in Chinese over several turns, from Zhongjing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, each, json_entries, over
from voicedoc_corpora.rows import Broken, Dialogue, Turn

CARD = CorpusCard(
    name="cmtmedqa",
    description="70,000 consultations between doctors and patients, 1,000 of them to test",
    languages=("zh",),
    sources=(Source("CMtMedQA*.json", "SupritYoung/Zhongjing, data; Suprit/CMtMedQA", "Apache-2.0", True),),
    attribution="Yang et al. 2024, Zhongjing: Enhancing the Chinese Medical Capabilities of Large Language Model "
    "(AAAI 2024)",
    fields={
        "id": "id",
        "cate1, cate2": "topic",
        "history": "turns: pairs of what the patient and what the doctor says",
        "instruction, input, output": "turns: the last two",
    },
    certainty="the beginning of the released CMtMedQA_test.json was seen; tested on a file made like it",
)


def read(path: Path) -> Iterator[Dialogue | Broken]:
    """The consultations of a file, or of all `CMtMedQA*.json` of a folder.

    Raises:
        CorpusError: If there is no such file.
    """
    return over(path, lambda file: each(json_entries(file), _dialogue), "CMtMedQA*.json")


def _dialogue(record: Record) -> Dialogue:
    last = "\n".join(filter(None, (record.text("instruction"), record.maybe("input"))))
    pairs = [*record.items("history"), [last, record.text("output")]]
    if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(t, str) for t in pair) for pair in pairs):
        raise Malformed("field 'history' does not hold pairs of texts")
    return Dialogue(
        id=record.text("id"),
        language="zh",
        turns=tuple(Turn(who, text) for pair in pairs for who, text in zip(("patient", "doctor"), pair, strict=True)),
        topic=" / ".join(dict.fromkeys((record.text("cate1"), record.text("cate2")))),
    )
