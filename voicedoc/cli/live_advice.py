"""What the rules warn the clinician of, and what is worth asking next, as lines of a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.text import Text

from voicedoc.cli.live_rows import QUIET, Paper
from voicedoc.converse.complaints.load import load_packs
from voicedoc.core.events import AlarmRaised, ConflictFound, Suspected
from voicedoc.core.languages import primary
from voicedoc.view.bidi import plain
from voicedoc.view.state import State

STANDS = {"emergency": math.inf, "urgent": 300.0, "soon": 120.0, "perhaps": 120.0, "major": 300.0, "moderate": 60.0}
"""Seconds of audio for which a warning stays on the screen."""

MOST_WARNINGS = 3
"""Warnings on the screen at once: the gravest, then the newest."""


def advice_rows(state: State, paper: Paper) -> list[Text]:
    """The gravest warnings, and the next question that is worth asking; nothing where there is nothing to tell."""
    fresh = list(_fresh(state))
    rows = [row for event in fresh[:MOST_WARNINGS] for row in paper.wrapped(advice_text(event), paper.width)]
    if len(fresh) > MOST_WARNINGS:
        rows[-1].append(f"  {len(fresh) - MOST_WARNINGS} more in the transcript", style=f"not bold {QUIET}")
    return [
        *rows,
        *(row for text in question_text(state, paper.visit.doctor) for row in paper.wrapped(text, paper.width)),
    ]


def _fresh(state: State) -> Iterator[AlarmRaised | ConflictFound | Suspected]:
    for alarm in state.red_flags:
        if state.position - alarm.at <= STANDS.get(alarm.level, 0.0):
            yield alarm
    for suspicion in state.suspicions.values():
        if state.position - suspicion.at <= STANDS["perhaps"]:
            yield suspicion
    for conflict in state.disagreeing:
        if state.position - conflict.at <= STANDS.get(conflict.severity, 0.0):
            yield conflict


def advice_text(event: AlarmRaised | ConflictFound | Suspected) -> Text:
    """One warning."""
    match event:
        case AlarmRaised():
            return Text(f"⚠ {plain(event.level)}: {plain(event.reason)}", style="bold red")
        case Suspected():
            return Text(f"? perhaps: {plain(event.reason)} (“{plain(event.words)}”): ask", style="bold yellow")
        case ConflictFound():
            names = plain(" + ".join(dict.fromkeys(event.names)))
            return Text(f"⚠ {plain(event.severity)}: {names}: {plain(event.message)}", style="bold yellow")


def question_text(state: State, language: str) -> list[Text]:
    """The first question that must be asked of the complaint that was spoken of last, in the clinician's language."""
    last = state.asking_about
    if last is None or not last.questions:
        return []
    wording = _wording(last.questions[0], language)
    more = f"  {len(last.questions) - 1} more" if len(last.questions) > 1 else ""
    text = Text(f"? worth asking ({plain(last.complaint)}): ", style=QUIET).append(plain(wording), style="not dim")
    return [text.append(more, style=QUIET)]


def _wording(question: str, language: str) -> str:
    """A question of a pack; its id where this installation has no such question."""
    packs = load_packs()
    known = {one.id: one for pack in packs.packs.values() for one in pack.questions} | {q.id: q for q in packs.common}
    if question not in known:
        return question
    text = known[question].text
    return text.get(primary(language)) or text["en"]
