"""FLORES-200: sentences of encyclopaedias and news in 204 languages, one file for each, line by line the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, zip_longest
from pathlib import Path

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import files
from voicedoc_corpora.languages import tag_of_code
from voicedoc_corpora.rows import Broken, Parallel

CARD = CorpusCard(
    name="flores",
    description="997 sentences to develop, 1,012 to test (devtest), in 204 languages",
    languages=("mul",),
    sources=(
        Source("{dev,devtest}/*.{dev,devtest}", "facebookresearch/flores, flores200_dataset", "CC-BY-SA-4.0", True),
    ),
    attribution="NLLB Team 2022, No Language Left Behind (arXiv 2207.04672)",
    fields={
        "<code>.<split>": "text, by tag: eng_Latn becomes en, zho_Hant becomes zh-Hant",
        "(line)": "id: the split and the line",
    },
    certainty="the release's README was seen, its files were not; FLORES+ (parquet) is another format and is not read",
)

SPLITS = ("dev", "devtest")


def read(path: Path, languages: Sequence[str] = ()) -> Iterator[Parallel | Broken]:
    """The sentences of the splits below `path`, in `languages` (BCP 47 tags) or in all that are there.

    Raises:
        CorpusError: If there are no files `<code>.dev` or `<code>.devtest`.
    """
    found = files(path, *(f"*_*.{split}" for split in SPLITS))
    for split in SPLITS:
        texts = {tag_of_code(file.stem): file for file in found if file.suffix == f".{split}"}
        yield from _split(split, {tag: file for tag, file in texts.items() if not languages or tag in languages})


def _split(split: str, texts: dict[str, Path]) -> Iterator[Parallel | Broken]:
    """One row for each line. A language that lacks it is reported, and the row has the others."""
    columns = [_sentences(file) for file in texts.values()]
    for number, sentences in zip(count(1), zip_longest(*columns)):
        text: dict[str, str] = {}
        for (tag, file), sentence in zip(texts.items(), sentences, strict=True):
            if isinstance(sentence, str) and sentence.strip():
                text[tag] = sentence.strip()
            else:
                yield Broken(file, number, sentence.reason if isinstance(sentence, Broken) else "has no sentence")
        if text:
            yield Parallel(f"{split}:{number}", split, text)


def _sentences(file: Path) -> Iterator[str | Broken]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                yield Broken(file, number, "is not UTF-8")
