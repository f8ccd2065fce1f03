"""Notes of the development set's consultations: how much of them is supported, and what the checker of support finds.

ACI-Bench and PriMock57 (human transcripts, English), and one OSCE interview. `false_alarms`: sentences of the notes
that clinicians wrote, of every third visit, judged by the whole transcript; some of them say what nobody said
(examinations, conclusions), so that this is an upper bound. `corrupted`: sentences that were said, with one thing
changed; each must be marked.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.bench.report import write_result
from tests.challenge.score import Rate
from tests.helpers.notes import visit_events
from voicedoc.converse.notes.content import stems
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import Material, gather
from voicedoc.converse.notes.model import ModelDrafter
from voicedoc.converse.notes.note import Note, Support
from voicedoc.converse.notes.rules import draft_by_rules
from voicedoc.converse.notes.support import Checker
from voicedoc.converse.notes.template import load_template
from voicedoc.engine import named_dialogue_model
from voicedoc.export.note import Statement
from voicedoc.guard.extract import extract
from voicedoc.phrases.e5 import E5, MODEL
from voicedoc.store.models import ModelStore
from voicedoc.translate.sentences import sentences

_OTHERS = {
    "two": "seven", "three": "eight", "four": "nine", "five": "eleven", "six": "thirteen", "seven": "two",
    "eight": "three", "nine": "four", "ten": "twelve", "left": "right", "right": "left",
}  # fmt: skip
_ROLE = re.compile(r"\[(doctor|patient)(?:_guest)?\]\s*(.*)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("VOICEDOC_DEVSET"), help="the development set")
    parser.add_argument("--model", help="instead: a note worded by this model, of the beginning of a visit")
    parser.add_argument("--turns", type=int, default=40, help="of how many turns the model's note is made")
    arguments = parser.parse_args()
    if arguments.model:
        print(write_result("notes-model", of_model(arguments.model, Path(arguments.data), arguments.turns)))
        return
    visits = list(consultations(Path(arguments.data)))
    result = {
        "rules": [of_rules(name, material) for name, material, _ in visits],
        "false_alarms": false_alarms(visits[::3]),
        "corrupted": corrupted(visits),
    }
    print(write_result("notes", result))


# --- the visits


def consultations(data: Path) -> Iterator[tuple[str, Material, str]]:
    """Each consultation's name, what was said, and the note that a clinician wrote ("" where there is none)."""
    for name, turns, note in raw(data):
        yield name, gather(visit_events("en", *turns)), note


def raw(data: Path) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    for line in lines(data / "text" / "dialogues_primock57.jsonl"):
        turns = [(turn["speaker"], re.sub(r"<[^>]*>", " ", turn["text"]).strip()) for turn in line["turns"]]
        yield line["id"], [turn for turn in turns if turn[1]], line["note"]
    for line in lines(data / "text" / "dialogues_acibench.jsonl"):
        found = (_ROLE.match(row) for row in line["dialogue"].splitlines())
        yield line["id"], [(match[1], match[2]) for match in found if match], line["note"]
    for line in lines(data / "manifest.jsonl"):
        if line["kind"] == "consultation":
            roles = {"D": "doctor", "P": "patient", "doctor": "doctor", "patient": "patient"}
            turns = [(roles.get(turn["speaker"], "patient"), turn["text"]) for turn in line["turns"]]
            yield line["id"], turns, ""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


# --- notes


def of_rules(name: str, material: Material) -> dict[str, Any]:
    """A note by rules: its sentences by support, and how much of the visit it has."""
    return {"visit": name, **figures(draft_by_rules(material, load_template("soap"), Labels.shipped()))}


def figures(note: Note) -> dict[str, Any]:
    counts = note.counts()
    return {
        "said": note.n_said,
        "used": note.n_used,
        "sentences": {kind.value: n for kind, n in counts.by_support.items()},
        "by": dict(Counter(f"{one.origin.value} {one.support.value}" for one in note.sentences())),
    }


def of_model(name: str, data: Path, n_turns: int) -> dict[str, Any]:
    """The note that a model words of the beginning of the first visit, with what is marked in it."""
    visit, turns, _ = next(raw(data))
    material = gather(visit_events("en", *turns[:n_turns]))
    checker = Checker(material, E5(ModelStore.default().open(MODEL)))
    drafter = ModelDrafter(named_dialogue_model(name), material, load_template("soap"), Labels.shipped(), checker)
    with closing(drafter.draft()) as drafting:
        while True:
            try:
                section, label, sentence = next(drafting)
            except StopIteration as end:
                return {"visit": visit, "turns": n_turns, "model": name, **figures(end.value)}
            print(f"{sentence.origin.value:6} {sentence.support.value:12} {label or section}: {sentence.text}")
            print(f"       {sentence.utterances} {sentence.reasons}")


# --- the checker


def false_alarms(visits: Sequence[tuple[str, Material, str]]) -> dict[str, Any]:
    """How clinicians' own sentences are judged by the whole of what was said."""
    found: Counter[str] = Counter()
    for _, material, note in visits:
        checker, everything = Checker(material), {said.utterance for said in material.draft.said}
        for text in filter(_is_sentence, (one for row in note.splitlines() for one in sentences(row))):
            found[checker.judge(text, "en", everything).support.value] += 1
    return {"sentences": dict(found), "unsupported": rate(found[Support.UNSUPPORTED.value], found.total())}


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 3 and not text.isupper()


def corrupted(visits: Sequence[tuple[str, Material, str]]) -> dict[str, Any]:
    """By what was changed: how many changed sentences are marked at all, and as unsupported."""
    marked: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for place, (_, material, _) in enumerate(visits):
        checker, other = Checker(material), visits[(place + 1) % len(visits)][1]
        for kind, text, utterance in [*changed(material), *foreign(material, other)]:
            support = checker.judge(text, "en", [utterance]).support
            total[kind] += 1
            marked[kind] += support is not Support.SUPPORTED
            refused[kind] += support is Support.UNSUPPORTED
        for said in plain(material):
            total["unchanged"] += 1
            marked["unchanged"] += checker.judge(said.text, "en", [said.utterance]).support is not Support.SUPPORTED
    return {kind: {"marked": rate(marked[kind], n), "unsupported": rate(refused[kind], n)} for kind, n in total.items()}


def plain(material: Material) -> Iterator[Statement]:
    """What was stated, in sentences of some length."""
    yield from (said for said in material.draft.said if not said.is_question and len(said.text.split()) >= 4)


def changed(material: Material) -> Iterator[tuple[str, str, int]]:
    """Sentences with one number, side, medicine or their only denial changed, as a note might have it."""
    for said in plain(material):
        items = extract(said.text, "en")
        denials = [item for item in items if item.kind == "negation"]
        for item in items:
            before, after = said.text[: item.start], said.text[item.end :]
            other = _OTHERS.get(item.text.lower())
            if item.kind == "number" and item.text.isdigit():
                other = str(int(item.text) + 7)
            if item.kind in ("number", "laterality") and other:
                yield item.kind, f"{before}{other}{after}", said.utterance
            elif item.kind == "drug":
                other = "warfarin" if item.value != "warfarin" else "insulin"
                yield "drug", f"{before}{other}{after}", said.utterance
            elif item.kind == "negation" and len(denials) == 1 and len(stems(before + after, "en")) >= 2:
                yield "denial lost", f"{before}{after}", said.utterance


def foreign(material: Material, other: Material) -> Iterator[tuple[str, str, int]]:
    """What was said in another visit, resting on what was said in this one."""
    own = list(plain(material))
    for place, said in enumerate(plain(other)):
        if own and place % 5 == 0:
            yield "another visit", said.text, own[place % len(own)].utterance


def rate(hits: int, n: int) -> dict[str, float | int]:
    found = Rate(hits, n)
    low, high = found.interval
    return {"value": found.value, "low": low, "high": high, "hits": hits, "n": n}


if __name__ == "__main__":
    main()
