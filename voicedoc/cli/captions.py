"""Live captions and progress in the terminal; or, for machines, one JSON object per recording."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from voicedoc.core.events import (
    AlarmRaised,
    AudioDamaged,
    AudioOpened,
    BackendSwitched,
    ClauseShown,
    ConflictFound,
    Event,
    Finding,
    NothingHeard,
    Notice,
    NotTranslated,
    StageFailed,
    Suspected,
    Translated,
    TurnAttributed,
    UtteranceEvent,
)
from voicedoc.core.speech import Role
from voicedoc.core.time import clock_text
from voicedoc.errors import VoiceDocError
from voicedoc.session import Outcome


class CaptionConsole(Console):
    """Captions are not the record: where nobody reads them any more, the session goes on without them."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Captions:
    """Shows a session as it runs. A context manager, since it holds the terminal's last line for progress."""

    def __init__(self, *, quiet: bool) -> None:
        self._json = quiet
        self._console = CaptionConsole(stderr=quiet, highlight=False, markup=False)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[clock]}"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(
            *columns, console=self._console, transient=True, disable=quiet or not self._console.is_terminal
        )
        self._task: TaskID | None = None
        self._said: dict[int, TurnAttributed] = {}  # waits for its translation, to be shown with it

    def __enter__(self) -> Captions:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """One line about what is going on."""
        if not self._json:
            self._show(Text(text, style="dim"))

    def begin(self, file: Path) -> None:
        """A new recording."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(file.name, total=None, clock="")
        self._said = {}

    def take(self, event: Event) -> None:
        """Show an event and move the progress bar to its place in the audio."""
        if self._json:
            return
        if self._task is not None:
            total = event.duration if isinstance(event, AudioOpened) else None
            self._progress.update(self._task, total=total) if total else None
            if isinstance(event, UtteranceEvent):
                self._progress.update(self._task, completed=event.at, clock=clock_text(event.at))
        if isinstance(event, TurnAttributed):
            self._said[event.utterance] = event
        elif isinstance(event, UtteranceEvent) and event.utterance in self._said and caption(event):
            self._show(said(self._said.pop(event.utterance)))
        self._show(*caption(event))

    def _show(self, *lines: Text | str) -> None:
        for line in lines:
            self._console.print(line, soft_wrap=True)

    def done(self, outcome: Outcome) -> None:
        """What was understood, and where it lies."""
        if self._json:
            sys.stdout.write(json.dumps(summary(outcome), ensure_ascii=False) + "\n")
            return
        self._show(*(said(turn) for turn in self._said.values()))
        figures = summary(outcome)
        length = clock_text(outcome.transcript.duration)
        self._show(
            Text(f"{outcome.reason}: {figures['utterances']} utterances in {length}", style="bold"),
            f"  doctor {figures['by_doctor']}, patient {figures['by_patient']}, translated {figures['translated']}, "
            f"failed {figures['failed']}, warnings {figures['warnings']}",
            *(_file(outcome.folder / name, what) for name, what in RESULTS),
        )

    def failed(self, file: Path, error: VoiceDocError) -> None:
        """A recording that could not be interpreted."""
        if self._json:
            row = {"file": str(file), "reason": "failed", "error": str(error), "remedy": error.remedy}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            return
        message = str(error) if str(file) in str(error) else f"{file}: {error}"
        self._show(Text(message, style="red"), *([f"Try: {error.remedy}"] if error.remedy else []))


RESULTS = (
    ("transcript.md", "read it"),
    ("interpretation.wav", "hear it: the original left, the interpreter right"),
    ("journal.jsonl", "everything that happened"),
)


def _file(path: Path, what: str) -> Text:
    return Text(f"  {path}  ").append(what, style="dim")


def summary(outcome: Outcome) -> dict[str, object]:
    """A session in figures."""
    transcript = outcome.transcript
    lines = [line for line in transcript.lines.values() if line.has_words]
    return {
        "file": transcript.source,
        "folder": str(outcome.folder),
        "reason": outcome.reason,
        "duration": transcript.duration,
        "utterances": len(lines),
        "by_doctor": sum(line.role == "doctor" for line in lines),
        "by_patient": sum(line.role == "patient" for line in lines),
        "translated": sum(bool(line.translations) for line in lines),
        "failed": transcript.n_failed,
        "spoken": sum(bool(line.spoken) for line in lines),
        "warnings": len(transcript.notices) + sum(len(line.warnings) for line in lines),
        "notices": transcript.notices,
    }


def who(role: Role) -> str:
    """A role on eight columns at most."""
    return "VoiceDoc" if role is Role.ASSISTANT else role.value


def said(turn: TurnAttributed) -> Text:
    """Who said what, and when."""
    line = Text(f"{clock_text(turn.span.start):>9} {who(turn.role):<8}", style="bold")
    return line.append(f"{turn.hypothesis.language}  {turn.hypothesis.text}", style="not bold")


def caption(event: Event) -> list[Text]:
    """The lines that an event puts on the screen; none for most."""
    match event:
        case Translated():
            return [Text(f"{'':>18}{event.translation.target}  {event.translation.text}", style="cyan")]
        case Finding():
            return [_warning(event.message)]
        case AlarmRaised():
            return [_warning(f"{event.level}: {event.reason}")]
        case Suspected():
            return [_warning(f"perhaps: {event.reason}")]
        case ConflictFound():
            return [_warning(f"{event.severity}: {' + '.join(dict.fromkeys(event.names))}: {event.message}")]
        case NotTranslated():
            return [_warning(f"not translated: {event.reason}")]
        case ClauseShown():
            return [_warning(f"not spoken: “{event.text}”: {event.reason}", event.remedy)]
        case NothingHeard(discarded=discarded) if discarded:
            return [_warning(f"not taken for speech ({event.reason}): “{discarded}”")]
        case Notice() | AudioDamaged():
            return [_warning(event.message, event.remedy)]
        case StageFailed():
            return [_warning(f"{event.stage} failed: {event.message}", event.remedy)]
        case BackendSwitched():
            return [_warning(f"{event.role}: {event.after} instead of {event.before}: {event.reason}")]
        case _:
            return []


def _warning(message: str, remedy: str = "") -> Text:
    hint = f" → {remedy}" if remedy else ""
    return Text(f"{'⚠':>17} {message}{hint}", style="yellow")
