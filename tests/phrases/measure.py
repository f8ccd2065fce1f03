"""How well phrases are found: recall on other wordings, offers for unrelated sentences, near misses offered."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from voicedoc.core.speech import Role
from voicedoc.phrases import PhraseBank
from voicedoc.phrases.lexicon import languages

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Figures:
    """Counts. `first` and `fifth`: wordings whose phrase is offered first, or among the first five."""

    n_wordings: int
    first: int
    fifth: int
    n_unrelated: int
    offered: int
    n_near: int
    taken_for: int


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def wordings(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Language, phrase, sentence."""
    for language in sorted(languages() & table.keys()):
        for phrase, sentences in table[language].items():
            yield from ((language, phrase, sentence) for sentence in sentences)


def target_of(language: str) -> str:
    return "pt" if language == "en" else "en"


def found(bank: PhraseBank, sentence: str, language: str, speaker: Role | None = Role.DOCTOR) -> list[str]:
    return [match.phrase.id for match in bank.find(sentence, language, target_of(language), 5, speaker=speaker)]


def figures(bank: PhraseBank, name: str, only: str | None = None) -> Figures:
    table = read(name)
    ranks = [
        [*found(bank, sentence, language), phrase].index(phrase) + 5 * (phrase not in found(bank, sentence, language))
        for language, phrase, sentence in wordings(table)
        if only in (None, language)
    ]
    unrelated = [
        bool(found(bank, sentence, language))
        for language, sentences in table["unrelated"].items()
        for sentence in sentences
        if only in (None, language)
    ]
    near = [
        phrase in found(bank, sentence, language, None)
        for language, pairs in table.get("near", {}).items()
        for sentence, phrase in pairs.items()
        if only in (None, language)
    ]
    return Figures(
        len(ranks),
        sum(r == 0 for r in ranks),
        sum(r < 5 for r in ranks),
        len(unrelated),
        sum(unrelated),
        len(near),
        sum(near),
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--embedder", action="store_true")
    bank = PhraseBank.load(embedder=_embedder() if options.parse_args().embedder else None)
    for name in ("tuning", "heldout"):
        for only in (None, "en", "pt", "es", "fr", "de", "zh"):
            print(name, only or "all", json.dumps(asdict(figures(bank, name, only))))


def _embedder() -> Any:
    from voicedoc.phrases.e5 import E5
    from voicedoc.store.models import ModelStore

    return E5(ModelStore.default().open("multilingual-e5-small"))


if __name__ == "__main__":
    main()
