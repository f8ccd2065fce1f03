"""TICO-19: texts on COVID-19, translated by professionals from English into 37 languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, each_element, over, xml_elements
from voicedoc_corpora.rows import Broken, Parallel

CARD = CorpusCard(
    name="tico19",
    description="30 documents, 3,071 sentences: articles, and dialogue of patients from CMU; one file for each pair",
    languages=("am", "ar", "bn", "en", "es-LA", "fa", "fr", "hi", "id", "ku", "my", "pt-BR", "ru", "sw", "ur", "zh"),
    sources=(Source("all.*.tmx", "tico-19/tico-19.github.io, data/TM (unpack the .zip)", "CC0-1.0", True),),
    attribution="Anastasopoulos et al. 2020, TICO-19: the Translation Initiative for COvid-19 (NLP-COVID19 2020)",
    fields={
        "tu tuid": "id; domain: dialogue for CMU, else the source's name (PubMed, Wikipedia, …)",
        "tuv xml:lang, seg": "text by the tags that the file gives",
    },
    certainty="the beginning of the released all.en-pt-BR.tmx was seen, and two of its units are in the test; the "
    "development set's rows of TICO-19 were made from these files by somebody else and have the same ids and texts",
)

LANGUAGE = "xml:lang"


def read(path: Path) -> Iterator[Parallel | Broken]:
    """The units of a `.tmx` file, or of all in a folder: each with the two languages of its file.

    Raises:
        CorpusError: If there is no `.tmx` file.
    """
    return over(path, lambda file: each_element(file, xml_elements(file, "tu"), _unit), "*.tmx")


def _unit(unit: Element) -> Parallel:
    id_ = unit.get("tuid", "")
    text = {variant.get(LANGUAGE, ""): _segment(variant) for variant in unit.iter("tuv")}
    if not id_:
        raise Malformed("a unit has no tuid")
    if len(text) < 2 or "" in text:
        raise Malformed("a unit is not in two languages that are named")
    source = id_.split("_")[0]
    return Parallel(id_, "dialogue" if source == "CMU" else source, text)


def _segment(variant: Element) -> str:
    segment = variant.find("seg")
    text = "" if segment is None else "".join(segment.itertext()).strip()
    if not text:
        raise Malformed(f"a unit has no text in '{variant.get(LANGUAGE, '')}'")
    return text
