"""VietMed: medical talk in Vietnamese, on the telephone's 8 kHz, by patients, doctors and lecturers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, beside, each_element, number, over, span, xml_elements
from voicedoc_corpora.rows import Broken, Spoken

CARD = CorpusCard(
    name="vietmed",
    description="16 hours of transcribed speech, cut into utterances; lower case, numbers in words, no punctuation",
    languages=("vi",),
    sources=(Source("vietmed_corpus_*.xml", "leduckhai/MultiMed, VietMed/data_dump", "see the repository", False),),
    attribution="Le-Duc 2024, VietMed: A Dataset and Benchmark for Automatic Speech Recognition of Vietnamese in the "
    "Medical Domain (LREC-COLING 2024)",
    fields={
        "segment name, start, end": "id, span",
        "orth": "text",
        "speaker name": "speaker",
        "recording audio": "audio: that file in a folder of the same name beside the XML",
    },
    certainty="the beginning of the released dev file was seen; tested on a file made like it. `multimed` "
    "reads it as parquet",
)


def read(path: Path) -> Iterator[Spoken | Broken]:
    """The utterances of a corpus file, or of all `.xml` files of a folder.

    Raises:
        CorpusError: If there is no `.xml` file.
    """
    return over(path, _corpus, "*.xml")


def _corpus(path: Path) -> Iterator[Spoken | Broken]:
    for recording in xml_elements(path, "recording"):
        if isinstance(recording, Broken):
            yield recording
        else:
            audio = PurePosixPath(recording.get("audio", ""))
            yield from each_element(path, recording.iter("segment"), partial(_segment, path, audio))


def _segment(path: Path, audio: PurePosixPath, segment: Element) -> Spoken:
    text, speaker = segment.findtext("orth", "").strip(), segment.find("speaker")
    if not text or not segment.get("name"):
        raise Malformed("a segment has no name or no orth")
    return Spoken(
        id=segment.get("name", ""),
        language="vi",
        text=text,
        audio=beside(path.parent / audio.parent.name, audio.name) if audio.name else None,
        span=span(number(segment.get("start"), "a segment's start"), number(segment.get("end"), "a segment's end")),
        speaker="" if speaker is None else speaker.get("name", ""),
    )
