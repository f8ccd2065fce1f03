"""CasiMedicos-Arg: commented examination questions in four languages, word by word: claim, premise, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import lines, over
from voicedoc_corpora.rows import Broken, Tagged

CARD = CorpusCard(
    name="casimedicos-arg",
    description="558 cases of the Spanish residency examination with explanations: 5,021 claims, 2,313 premises",
    languages=("en", "es", "fr", "it"),
    sources=(Source("{EN,ES,FR,IT}/*.tsv", "ixa-ehu/antidote-casimedicos", "CC-BY-4.0", True),),
    attribution="Sviridova et al. 2024, CasiMedicos-Arg: A Medical Question Answering Dataset Annotated with "
    "Explanatory Argumentative Structures (EMNLP 2024)",
    fields={
        "<word> <tag> [<quality>]": "words, tags; a blank line ends a sentence; the quality is left out",
        "(folder)": "language",
        "(line)": "id: the file's name and the sentence's first line",
    },
    certainty="parts of the released English, Spanish and French files were seen; tested on files made like them. "
    "There are no relations between claims and premises in them",
)

Line: TypeAlias = tuple[int, str] | Broken

TAGS = frozenset({"O", *(f"{begin}-{kind}" for begin in "BI" for kind in ("Claim", "Premise"))})


def read(path: Path) -> Iterator[Tagged | Broken]:
    """The sentences of a file, or of all files of a folder. One with a broken line is reported and left out.

    Raises:
        CorpusError: If there is no `.tsv` file.
    """
    return over(path, _sentences, "*.tsv")


def _sentences(path: Path) -> Iterator[Tagged | Broken]:
    folder = path.parent.name.lower()
    for sentence in _blocks(lines(path)):
        words = [_word(path, line) for line in sentence]
        whole = [word for word in words if not isinstance(word, Broken)]
        yield from (word for word in words if isinstance(word, Broken))
        if len(whole) == len(words):
            yield Tagged(
                id=f"{path.stem}:{_number(sentence[0])}",
                language=folder if folder in CARD.languages else "en",
                words=tuple(word for word, _ in whole),
                tags=tuple(tag for _, tag in whole),
            )


def _blocks(found: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines with blank lines around them."""
    block: list[Line] = []
    for line in found:
        if block and _number(line) != _number(block[-1]) + 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _number(line: Line) -> int:
    return line.line if isinstance(line, Broken) else line[0]


def _word(path: Path, line: Line) -> tuple[str, str] | Broken:
    if isinstance(line, Broken):
        return line
    word, *rest = line[1].split()
    if len(rest) not in (1, 2) or rest[0] not in TAGS:
        return Broken(path, line[0], "is no word with a tag of this corpus")
    return word, rest[0]
