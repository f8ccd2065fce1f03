"""A live session without a screen: a line for each thing that matters, or one JSON object per event for programs."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.text import Text

from voicedoc.cli.captions import said
from voicedoc.cli.live_advice import advice_text, question_text
from voicedoc.cli.live_screen import note_text
from voicedoc.core.events import (
    AlarmRaised,
    Answered,
    Asked,
    Cleared,
    ConflictFound,
    Consented,
    Event,
    Guarded,
    Held,
    QuestionsOpen,
    Suspected,
    TurnAttributed,
    TurnCorrected,
    UtteranceEvent,
    UtteranceReopened,
    VoiceCancelled,
    Withdrawn,
)
from voicedoc.core.journal import to_json
from voicedoc.core.time import clock_text
from voicedoc.view.advance import QUESTION_OVER, advance, is_stale
from voicedoc.view.bidi import isolated, plain
from voicedoc.view.state import Figures, State

INDENT = 18


class PlainLines:
    """Prints what happens, line by line, as `voicedoc interpret` does."""

    def __init__(self, console: Console) -> None:
        self.state = State()
        self._console = console

    def take(self, event: Event) -> None:
        """Show one event."""
        before, self.state = self.state, advance(self.state, event)
        for line in lines_of(before, self.state, event):
            self._console.print(line, soft_wrap=True)


class JsonLines:
    """Prints each journalled event as one JSON object with its `type`, as the journal has it. Samples are left out."""

    def __init__(self, console: Console) -> None:
        self.state = State()
        self._console = console

    def take(self, event: Event) -> None:
        """Print one event."""
        self.state = advance(self.state, event)
        if event.journalled:
            self.put({"type": type(event).__name__, **to_json(event)})

    def put(self, row: dict[str, Any]) -> None:
        """Print one object."""
        self._console.print(json.dumps(row, ensure_ascii=False), soft_wrap=True)


def lines_of(before: State, after: State, event: Event) -> list[Text]:
    """What an event adds to a session that is shown line by line; nothing for most."""
    lines = [] if is_stale(before, event) else [*_spoken(event), *_warnings(before, after, event)]
    lines += _worth_asking(before, after) if isinstance(event, QuestionsOpen) else []
    new = after.n_notes - before.n_notes
    return lines + [Text(" " * INDENT).append_text(note_text(note)) for note in after.notes[len(after.notes) - new :]]


def _spoken(event: Event) -> list[Text]:
    match event:
        case TurnAttributed():
            return [_directed(said(event))]
        case Guarded() | Held():
            return [_meant(event.translation.target, event.translation.text), *_held(event)]
        case Cleared(purpose="phrase"):
            return [_meant(event.language, event.text)]
        case Asked() if event.kind != "hold":
            return [_remark(f"? {event.listener.value}, {event.kind}: “{plain(event.text)}”")]
        case Answered():
            return [_remark(f"answered: {event.answer} ({event.by})")]
        case Withdrawn():
            return [_remark(f"not said: {plain(event.reason)}")]
        case VoiceCancelled() if event.reason not in QUESTION_OVER:
            return [_remark(f"cut short: {plain(event.reason)}")]
        case TurnCorrected():
            return [_remark(f"that was the {event.role.value}")]
        case UtteranceReopened():
            return [_remark(f"{clock_text(event.at)} goes on: what follows takes its place")]
        case AlarmRaised() | ConflictFound() | Suspected():
            return [Text(" " * INDENT).append_text(advice_text(event))]
        case Consented():
            return [_remark("consent was given" if event.agreed else "consent was refused")]
        case _:
            return []


def _worth_asking(before: State, after: State) -> list[Text]:
    """The next question, where it is another than before."""
    language = after.opened.doctor if after.opened else "en"
    now = question_text(after, language)
    if not now or _first(after) == _first(before):
        return []
    return [Text(" " * INDENT).append_text(text) for text in now]


def _first(state: State) -> tuple[str, ...]:
    last = state.asking_about
    return last.questions[:1] if last else ()


def _directed(line: Text) -> Text:
    return Text(isolated(line.plain), style="bold") if isolated(line.plain) != line.plain else line


def _meant(language: str, text: str) -> Text:
    return Text(f"{'':>{INDENT}}{language}  {isolated(plain(text), language)}", style="cyan")


def _held(event: Guarded | Held) -> list[Text]:
    if isinstance(event, Guarded):
        return []
    back = f"; translated back: “{plain(event.back)}”" if event.back else ""
    return [_remark(f"⚠ held, not said: {plain('; '.join(event.differences))}{back}", "bold yellow")]


def _remark(text: str, style: str = "dim") -> Text:
    return Text(f"{'':>{INDENT}}{text}", style=style)


def _warnings(before: State, after: State, event: Event) -> list[Text]:
    if not isinstance(event, UtteranceEvent) or event.utterance not in after.lines:
        return []
    known = before.lines[event.utterance].warnings if event.utterance in before.lines else ()
    now = after.lines[event.utterance].warnings
    new = now[len(known) :] if now[: len(known)] == known else now
    return [_remark(f"⚠ {plain(warning)}", "yellow") for warning in new]


def summary(session: str, reason: str, figures: Figures) -> dict[str, object]:
    """A session in figures, for programs."""
    return {
        "type": "Summary",
        "session": session,
        "reason": reason,
        "duration": round(figures.duration, 3),
        "utterances": figures.n_utterances,
        "by_doctor": figures.n_doctor,
        "by_patient": figures.n_patient,
        "translated": figures.n_translated,
        "held": figures.n_held,
        "asked": figures.n_asked,
        "failed": figures.n_failed,
        "median_delay": None if figures.median_delay is None else round(figures.median_delay, 3),
    }


def summary_lines(session: str, reason: str, figures: Figures) -> list[Text]:
    """A session in figures, and where it is, for people."""
    length = clock_text(figures.duration)
    lines = [
        Text(f"session {session} {reason}: {figures.n_utterances} utterances in {length}", style="bold"),
        Text(
            f"  doctor {figures.n_doctor}, patient {figures.n_patient}, translated {figures.n_translated}, "
            f"held {figures.n_held}, asked back {figures.n_asked}, failed {figures.n_failed}"
        ),
    ]
    if figures.median_delay is not None:
        n = len(figures.delays)
        lines.append(Text(f"  from the end of speech to the first translated sound: {figures.median_delay:.1f} s"
                          f" in the median of {n}"))  # fmt: skip
    where = (("show", "read it"), ("export", "make documents: --format docx,html"), ("purge", "destroy it"))
    for command, what in where:
        lines.append(Text(f"  voicedoc sessions {command} {session}  ").append(what, style="dim"))
    return lines
