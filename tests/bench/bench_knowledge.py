"""The knowledge store: how often the right sheet is found, and how often nothing is said where nothing is known.

`--calibration` prints the same for the questions that limits were set on, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from tests.bench.report import spread, write_result
from tests.challenge.knowledge import Question, questions
from tests.challenge.score import Rate
from voicedoc.converse.ask import Asker
from voicedoc.converse.knowledge.answer import Answer
from voicedoc.converse.knowledge.distil import distil
from voicedoc.converse.knowledge.document import Document
from voicedoc.converse.knowledge.search import Search, Way
from voicedoc.converse.knowledge.starter import with_sheets
from voicedoc.converse.knowledge.store import KnowledgeStore
from voicedoc.phrases.e5 import E5, MODEL
from voicedoc.store.models import ModelStore

DEPTHS = (1, 3, 5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calibration", action="store_true")
    calibrating = parser.parse_args().calibration
    asked = questions("calibration" if calibrating else "questions")
    model = ModelStore.default().open(MODEL)
    with tempfile.TemporaryDirectory() as folder, KnowledgeStore(Path(folder)) as store:
        with_sheets(store)
        embedder = E5(model)
        store.embed_missing(embedder)
        figures = {
            "n": len(asked),
            "n_answerable": sum(bool(question.sheets) for question in asked),
            "n_passages": sum(document.n_passages for document in store.documents()),
            "model": model.name,
            "model_sha256": model.sha256,
            "found": found(Search(store, embedder), asked),
            "answers": {
                "words": answered(Asker(Search(store)), store, asked),
                "both": answered(Asker(Search(store, embedder)), store, asked),
            },
        }
    print(json.dumps(figures, indent=1) if calibrating else write_result("knowledge", figures))


def found(search: Search, asked: Iterable[Question]) -> dict[str, Any]:
    """HR@k: the share of answerable questions with a right sheet among the first k passages, by way and language."""
    hits: dict[tuple[str, int, str], list[bool]] = defaultdict(list)
    for question in asked:
        if not question.sheets:
            continue
        query = distil(question.text, question.language)
        for way in get_args(Way):
            best = [sheet(hit.passage.document) for hit in search.find(query, max(DEPTHS), way=way)]
            for depth in DEPTHS:
                right = not question.sheets.isdisjoint(best[:depth])
                hits[way, depth, "all"].append(right)
                hits[way, depth, question.language].append(right)
    return {
        way: {f"hr@{k}": {one: rate(hits[w, d, one]) for w, d, one in hits if (w, d) == (way, k)} for k in DEPTHS}
        for way in get_args(Way)
    }


def answered(asker: Asker, store: KnowledgeStore, asked: Iterable[Question]) -> dict[str, Any]:
    """How questions fared. Right: every document that is quoted is one of the question's sheets."""
    fared: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    milliseconds = []
    for question in asked:
        began = time.process_time()
        answer = asker.ask(question.text, question.language)
        milliseconds.append(1000 * (time.process_time() - began))
        cited = {sheet(store.document(quote.citation.document)) for quote in answer.quotes}
        for group in ("all", question.language):
            for name, is_so in outcome(question, answer, cited).items():
                fared[name][group].append(is_so)
    rates = {name: {group: rate(values) for group, values in groups.items()} for name, groups in fared.items()}
    return {**rates, "milliseconds": spread(milliseconds)}


def outcome(question: Question, answer: Answer, cited: set[str]) -> dict[str, bool]:
    """What counts of one question."""
    if not question.sheets:
        return {
            "abstained": answer.kind == "unknown",
            "told_by_tables_alone": bool(answer.interactions) and not answer.quotes,
            "sent_to_help": answer.kind == "emergency",
        }
    return {
        "answered": answer.kind == "answer",
        "sent_to_help": answer.kind == "emergency",
        "cites_right_sheet": not question.sheets.isdisjoint(cited),
        "cites_only_right_sheets": bool(cited) and cited <= question.sheets,
    }


def rate(values: list[bool]) -> dict[str, Any]:
    """A share with its counts and interval."""
    counted = Rate(sum(values), len(values))
    return {"hits": counted.hits, "n": counted.n, "value": counted.value, "interval": counted.interval}


def sheet(document: Document) -> str:
    """The sheet's name."""
    return document.source.removeprefix("starter/")


if __name__ == "__main__":
    main()
