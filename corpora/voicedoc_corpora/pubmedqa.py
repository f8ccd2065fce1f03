"""PubMedQA: yes, no or maybe, to the question that the title of a paper asks, from its abstract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, Record, each, json_entries, over
from voicedoc_corpora.rows import Broken, Choice

CARD = CorpusCard(
    name="pubmedqa",
    description="1,000 questions labelled by experts (ori_pqal.json); PQA-A has the same fields, PQA-U no decision",
    languages=("en",),
    sources=(Source("ori_pqa*.json", "pubmedqa/pubmedqa, data", "MIT", True),),
    attribution="Jin et al. 2019, PubMedQA: A Dataset for Biomedical Research Question Answering (EMNLP 2019)",
    fields={
        "(key)": "id, PubMed's number",
        "QUESTION": "question",
        "CONTEXTS": "context: the abstract's parts, one paragraph each",
        "final_decision": "answer: A for yes, B for no, C for maybe",
        "LONG_ANSWER": "explanation: the abstract's conclusion",
    },
    certainty="the beginning of the released ori_pqal.json was seen; tested on a file made like it",
)

DECISIONS = {"A": "yes", "B": "no", "C": "maybe"}


def read(path: Path) -> Iterator[Choice | Broken]:
    """The questions of a file, or of all `ori_pqa*.json` of a folder.

    Raises:
        CorpusError: If there is no such file.
    """
    return over(path, lambda file: each(json_entries(file), _choice), "ori_pqa*.json")


def _choice(record: Record) -> Choice:
    letters = {decision: letter for letter, decision in DECISIONS.items()}
    decision = record.text("final_decision")
    contexts = record.items("CONTEXTS")
    if decision not in letters:
        raise Malformed("field 'final_decision' is not yes, no or maybe")
    if not contexts or not all(isinstance(context, str) for context in contexts):
        raise Malformed("field 'CONTEXTS' does not hold paragraphs")
    return Choice(
        id=record.key,
        language="en",
        question=record.text("QUESTION"),
        options=DECISIONS,
        answer=letters[decision],
        context="\n".join(contexts),
        explanation=record.maybe("LONG_ANSWER"),
    )
