"""Every corpus that has a reader, and checks of local copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from voicedoc.errors import ConfigError, CorpusError
from voicedoc.registry import did_you_mean
from voicedoc_corpora import (
    aci_bench,
    ami,
    casimedicos,
    cmtmedqa,
    emotiontalk,
    fleurs,
    flores,
    medqa,
    mtmeddialog,
    multimed,
    primock57,
    pubmedqa,
    realtalk,
    text2mdt,
    tico19,
    vietmed,
    xlinghealth,
)
from voicedoc_corpora.card import CorpusCard
from voicedoc_corpora.rows import Broken, Row


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is known of a corpus, and the reader of its files."""

    card: CorpusCard
    read: Callable[[Path], Iterator[Row | Broken]]


CORPORA = {
    corpus.card.name: corpus
    for corpus in (
        Corpus(xlinghealth.CARD, xlinghealth.read),
        Corpus(medqa.CARD, medqa.read),
        Corpus(pubmedqa.CARD, pubmedqa.read),
        Corpus(text2mdt.CARD, text2mdt.read),
        Corpus(casimedicos.CARD, casimedicos.read),
        Corpus(tico19.CARD, tico19.read),
        Corpus(flores.CARD, flores.read),
        Corpus(fleurs.CARD, fleurs.read),
        Corpus(vietmed.CARD, vietmed.read),
        Corpus(multimed.CARD, multimed.read),
        Corpus(emotiontalk.CARD, emotiontalk.read),
        Corpus(realtalk.CARD, realtalk.read),
        Corpus(ami.CARD, ami.read),
        Corpus(primock57.CARD, primock57.read),
        Corpus(aci_bench.CARD, aci_bench.read),
        Corpus(cmtmedqa.CARD, cmtmedqa.read),
        Corpus(mtmeddialog.CARD, mtmeddialog.read),
    )
}

N_SNIFFED = 20
"""Rows of which one must be readable for `identify` to think that a copy is of a corpus."""


@dataclass(slots=True)
class Findings:
    """What a local copy holds: rows by kind, how many of the spoken ones have no recording, and what is broken."""

    corpus: str
    n_rows: Counter[str] = field(default_factory=Counter)
    n_without_audio: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether there are rows, and none is broken."""
        return bool(self.n_rows) and not self.broken


def corpus(name: str) -> Corpus:
    """The corpus of that name.

    Raises:
        ConfigError: If there is none.
    """
    if name not in CORPORA:
        raise ConfigError(f"no corpus is called '{name}'", remedy=did_you_mean(name, list(CORPORA)))
    return CORPORA[name]


def identify(path: Path) -> Corpus:
    """The one corpus whose reader makes sense of what lies at `path`.

    Raises:
        CorpusError: If none does, or several do.
    """
    fitting = [corpus for corpus in CORPORA.values() if _makes_sense(corpus, path)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(corpus.card.name for corpus in fitting)
    what = f"could be any of {names}" if fitting else "looks like no corpus that has a reader"
    raise CorpusError(f"{path} {what}", remedy="say which it is: --corpus NAME; `voicedoc corpora list` has the names")


def _makes_sense(corpus: Corpus, path: Path) -> bool:
    try:
        return any(not isinstance(row, Broken) for row in islice(corpus.read(path), N_SNIFFED))
    except CorpusError:
        return False


def check(corpus: Corpus, path: Path) -> Findings:
    """Read a local copy from beginning to end.

    Raises:
        CorpusError: If `path` has no file of this corpus.
    """
    findings = Findings(corpus.card.name)
    for row in corpus.read(path):
        if isinstance(row, Broken):
            findings.broken.append(row)
        else:
            findings.n_rows[type(row).__name__] += 1
            findings.n_without_audio += getattr(row, "audio", "no matter") is None
    return findings
