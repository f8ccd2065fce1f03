"""The development set: real recordings and texts under open licences, for tests and tuning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicedoc.errors import CorpusError
from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.rows import Parallel, Question, Turn

CARD = CorpusCard(
    name="devset",
    description="a consultation, meeting excerpts with several speakers, utterances, and parallel medical texts",
    languages=("de", "en", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "th", "yue", "zh"),
    sources=(
        Source(
            "audio/consult/CAR0001.*",
            "SakshamBindal17/DeepCare-AI tests/conversations (Fareez et al. 2022)",
            "CC-BY-4.0",
            True,
        ),
        Source("audio/diar/ami_trn*", "pyannote/pyannote-audio tests/data (AMI)", "CC-BY-4.0", True),
        Source(
            "audio/utt/*/fleurs*",
            "sebastian-software/cuttledoc fixtures; jaaacki/qwen3-asr (FLEURS)",
            "CC-BY-4.0",
            True,
        ),
        Source("audio/utt/en/libri_*", "Fenixcrowlite/ros2_ASR (LibriSpeech test-clean)", "CC-BY-4.0", True),
        Source("audio/utt/en/lj_*", "KoljaB/RealtimeSTT tests/unit/audio (LJ Speech)", "public domain", True),
        Source("audio/utt/en/librivox_*", "Debian pocketsphinx-testdata (LibriVox)", "public domain", True),
        Source("audio/utt/*/leopard_*", "Picovoice/leopard resources/audio_samples", "Apache-2.0", True),
        Source("audio/utt/ru/asterisk_*", "Debian asterisk-core-sounds-ru-g722", "CC-BY-3.0", True),
        Source("audio/utt/zh/aishell_*", "FireRedTeam/FireRedASR examples/wav (AISHELL-1)", "Apache-2.0", True),
        Source("text/xlinghealth.jsonl", "claws-lab/XLingEval (Jin et al. 2024)", "Apache-2.0", True),
        Source("text/pubmedqa.jsonl", "xk-huang/medagents-benchmark", "MIT", True),
        Source("text/mmlu_clinical.jsonl", "xk-huang/medagents-benchmark", "MIT", True),
        Source("text/tico19_dev.jsonl", "tico-19/tico-19.github.io", "CC0-1.0", True),
        Source("text/medical_phrases.jsonl", "meditranslaters/website", "MIT", True),
        Source("text/refugee_medical_glossary.jsonl", "refugee-phrasebook/py_rpb", "MIT (content CC0-1.0)", True),
        Source(
            "text/dialogues_primock57.jsonl",
            "babylonhealth/primock57 (Papadopoulos Korfiatis et al. 2022)",
            "CC-BY-4.0",
            True,
        ),
        Source("text/dialogues_acibench.jsonl", "wyim/aci-bench (Yim et al. 2023)", "CC-BY-4.0", True),
    ),
    attribution="LibriSpeech (Panayotov et al. 2015), FLEURS (Conneau et al. 2022), AMI Corpus, PriMock57, ACI-Bench, "
    "OSCE interviews (Fareez et al. 2022), TICO-19, XLingHealth",
)


@dataclass(frozen=True, slots=True)
class Recording:
    """An audio file with what people say in it. `duration` in seconds; `turns` is empty for single utterances.

    Turns of meetings have times and no words.
    """

    id: str
    audio: Path
    language: str
    duration: float
    reference: str
    domain: str
    licence: str
    turns: tuple[Turn, ...] = ()

    @property
    def reader(self) -> str:
        """Who reads it: utterances of one reader have the same; of the others only their own name is known."""
        parts = self.id.split("_")
        return f"{parts[0]}_{parts[1]}" if parts[0] in _ONE_READER else self.id


_ONE_READER = frozenset({"libri", "lj", "librivox", "asterisk"})
"""Sources of which all utterances here are read by one person: LibriSpeech's 6930, LJ Speech, one chapter, one set."""


def utterances(root: Path, language: str | None = None) -> Iterator[Recording]:
    """Single utterances, 16 kHz mono, of one language or of all. `root` holds `manifest.jsonl`."""
    for line in _lines(root / "manifest.jsonl"):
        if line["kind"] == "utterance" and language in (None, line["language"]):
            yield _recording(root, line)


def consultation(root: Path) -> Recording:
    """The English consultation: 10 minutes, doctor and patient on one channel, turns in order without times.

    Raises:
        CorpusError: If the set has none.
    """
    for line in _lines(root / "manifest.jsonl"):
        if line["kind"] == "consultation":
            return _recording(root, line)
    raise CorpusError(f"{root / 'manifest.jsonl'} lists no consultation", remedy="fetch the development set again")


def meetings(root: Path) -> Iterator[Recording]:
    """Excerpts of meetings, 30 s each on one channel, marked by hand from beginning to end: who speaks when."""
    for line in _lines(root / "manifest.jsonl"):
        if line["kind"] == "diarization":
            yield _recording(root, line)


def phrases(root: Path) -> Iterator[Parallel]:
    """Questions and instructions of a doctor, English with up to 28 languages."""
    return parallel(root / "text" / "medical_phrases.jsonl")


def tico(root: Path) -> Iterator[Parallel]:
    """TICO-19's development split: articles and dialogue on COVID-19, English with seven languages."""
    return parallel(root / "text" / "tico19_dev.jsonl")


def parallel(path: Path) -> Iterator[Parallel]:
    """Any file of parallel texts: JSON lines with `id`, `text` by language, and `domain` or `category`."""
    for line in _lines(path):
        domain = line.get("domain") or line.get("category") or ""
        yield Parallel(line["id"], domain, {tag: text for tag, text in line["text"].items() if text})


def questions(path: Path) -> Iterator[Question]:
    """Health questions with experts' answers, in several languages each. Wrong answers that some have are left out.

    Raises:
        CorpusError: If the file is missing or broken.
    """
    for line in _lines(path):
        yield Question(line["id"], line["question"], line["answer"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise CorpusError(f"{path} is missing", remedy="name the development set's folder, e.g. --data DIR")
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise CorpusError(f"{path}, line {number} is not JSON", remedy="fetch the file again") from error


def _recording(root: Path, line: dict[str, Any]) -> Recording:
    return Recording(
        id=line["id"],
        audio=root / line["audio"],
        language=line["language"],
        duration=float(line["duration"]),
        reference=line["text"],
        domain=line.get("domain", ""),
        licence=line["licence"],
        turns=tuple(_turn(turn) for turn in line.get("turns", ())),
    )


def _turn(turn: dict[str, Any]) -> Turn:
    return Turn(turn["speaker"], turn.get("text", ""), turn.get("start"), turn.get("end"))
