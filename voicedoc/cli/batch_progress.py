"""Progress of a batch job in the terminal: a bar for each recording and one for all; a table at the end."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TaskID, TaskProgressColumn, TextColumn
from rich.progress import Task as Bar
from rich.table import Table
from rich.text import Text

from voicedoc.core.time import clock_text
from voicedoc.jobs.find import Found
from voicedoc.store.results import partial_of

if TYPE_CHECKING:
    from pathlib import Path

    from voicedoc.jobs.plan import Task
    from voicedoc.jobs.work import Progress as Heard
    from voicedoc.jobs.work import Report

STYLES = {
    "done": "green", "already": "dim", "same": "dim", "skipped": "dim", "failed": "red", "incomplete": "yellow",
    "interrupted": "yellow", "not begun": "yellow",
}  # fmt: skip
"""Of what has become of a path. "incomplete": utterances in it could not be processed."""


_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, ends of lines, turns of the direction of writing, and halves of characters."""


class _TimeLeft(ProgressColumn):
    """How long it takes at the pace since the beginning: words come in blocks, which may be minutes apart.

    The field `earlier` is what an earlier run had done, and took no time.
    """

    max_refresh = 0.5

    def render(self, task: Bar) -> Text:
        """Hours, minutes, seconds."""
        heard = task.completed - task.fields.get("earlier", 0.0)
        if not task.total or not task.elapsed or heard <= 0.0:
            return Text("-:--:--", style="progress.remaining")
        seconds = task.elapsed * max(0.0, task.total - task.completed) / heard
        return Text(str(timedelta(seconds=round(seconds))), style="progress.remaining")


class BatchProgress:
    """Shows a job as it runs. A context manager, since it holds the terminal's last lines; its end is the table."""

    def __init__(self, tasks: Sequence[Task], *, as_json: bool) -> None:
        self._json = as_json
        self._console = Console(stderr=as_json, highlight=False, markup=False)
        self._out = Console(highlight=False, markup=False, soft_wrap=True)
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            _TimeLeft(),
        )
        self._progress = Progress(
            *columns, console=self._console, transient=True, disable=not self._console.is_terminal
        )
        self._bars: dict[str, TaskID] = {}
        self._tasks = tasks
        self._n_tasks = len(tasks)
        self._ended: set[str] = set()
        self._durations: dict[str, float] = {}
        self._heard: dict[str, float] = {}
        self._all = self._progress.add_task("all recordings", total=None, note=f"0 of {self._n_tasks}")
        self._reports: list[Report] = []
        self._found = Found()

    def __enter__(self) -> BatchProgress:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
        if not self._json and (self._reports or self._found.problems or self._found.skipped):
            self._show()

    @property
    def n_failed(self) -> int:
        """Recordings that failed or in which an utterance could not be processed, and paths that were none."""
        failed = [report for report in self._reports if report.status == "failed" or report.figures.n_failed]
        return len(self._found.problems) + len(failed)

    @property
    def interrupted(self) -> bool:
        """Whether the job was ended early."""
        return any(report.stopped or report.status == "interrupted" for report in self._reports)

    def found(self, found: Found) -> None:
        """What there is besides recordings, among what was named."""
        self._found = found
        if self._json:
            for status, problems in (("failed", found.problems), ("skipped", found.skipped)):
                for path, message, remedy in problems:
                    said = {"path": str(path), "status": status, "message": message, "remedy": remedy}
                    self._out.print(json.dumps(said, ensure_ascii=False))

    def watch(self, heard: Heard) -> None:
        """How far a recording has come."""
        name = str(heard.task.path)
        if name in self._ended:
            return
        if name not in self._bars:
            self._bars[name] = self._progress.add_task(_shown(heard.task.path.name), total=None, note="")
        duration = heard.duration or 0.0
        self._durations[name], self._heard[name] = duration, heard.heard
        done = clock_text(heard.heard) + (f" of {clock_text(duration)}" if duration else "")
        if duration and heard.heard >= duration:
            done = "telling speakers apart, then documents"
        self._progress.update(self._bars[name], total=duration or None, completed=heard.heard, note=done)
        self._update_all()

    def _update_all(self) -> None:
        """What is not begun yet is taken to be as long as the others are in the mean: an estimate."""
        known = len(self._durations)
        mean = sum(self._durations.values()) / known if known else 0.0
        total = sum(self._durations.values()) + mean * max(0, self._n_tasks - known)
        note = f"{len(self._ended)} of {self._n_tasks}"
        earlier = sum(report.figures.duration for report in self._reports if report.status == "already")
        heard = sum(self._heard.values())
        self._progress.update(self._all, total=total or None, completed=heard, note=note, earlier=earlier)

    def report(self, report: Report) -> None:
        """A recording has ended, well or not."""
        self._reports.append(report)
        name = str(report.task.path)
        self._ended.add(name)
        self._durations[name] = self._heard[name] = report.figures.duration
        if name in self._bars:
            self._progress.remove_task(self._bars.pop(name))
        self._update_all()
        if self._json:
            self._out.print(json.dumps(_data(report), ensure_ascii=False))
        elif report.status in ("failed", "interrupted"):
            self._say(Text(f"{report.status}: {_shown(name)}", style=STYLES[report.status]))
        else:
            said = f" ({report.message})" if report.message else ""
            self._say(Text(_shown(f"{_what_became(report)}: {name} → {report.task.folder}{said}")))

    def _say(self, line: Text) -> None:
        """A line above the bars. Paths are not broken: people copy them."""
        self._progress.console.print(line, soft_wrap=True)

    def _show(self) -> None:
        self._console.print(self._table())
        failed = [report for report in self._reports if report.status == "failed"]
        if n_failed := len(failed) + len(self._found.problems):
            self._console.print(Text(f"\n{n_failed} failed:", style="bold"))
        for report in failed:
            self._say(_trouble(str(report.task.path), "failed", report.message, report.remedy))
        for problem in self._found.problems:
            self._say(_trouble(str(problem.path), "failed", problem.message, problem.remedy))
        for report in self._reports:
            if n_lost := report.figures.n_failed:
                message = f"{n_lost} of its utterances could not be processed; the documents say which, and why"
                self._say(_trouble(str(report.task.path), "incomplete", message, "--overwrite to do it again"))

    def _table(self) -> Table:
        """What has become of every path that was named, and of every recording below one. Names are folded, not cut."""
        table = Table(box=None, padding=(0, 2, 0, 0))
        table.add_column("recording", overflow="fold")
        for head in ("", "length", "time", "words", "speakers", "warnings"):
            table.add_column(head, no_wrap=True)
        for report in self._reports:
            table.add_row(*_row(report))
        begun = {report.task.path for report in self._reports}
        rest = [(task.path, "not begun", "") for task in self._tasks if task.path not in begun]
        rest += [(problem.path, "skipped", problem.message) for problem in self._found.skipped]
        rest += [(problem.path, "failed", "") for problem in self._found.problems]
        for path, fate, why in rest:
            table.add_row(_shown(f"{path}: {why}" if why else str(path)), _fate(fate))
        return table


def _shown(text: str) -> str:
    """Text with names of files in it as a terminal may have it: control characters are shown, not obeyed."""
    return _UNSHOWN.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def _row(report: Report) -> tuple[str | Text, ...]:
    figures = report.figures
    results = f"\n→ {_shown(str(folder))}" if (folder := _results(report)) else ""
    counts = (figures.n_words, figures.n_speakers, figures.n_warnings)
    return (
        f"{_shown(str(report.task.path))}{results}",
        _fate(_what_became(report)),
        clock_text(figures.duration),
        f"{report.seconds:.0f} s",
        *map(str, counts),
    )


def _results(report: Report) -> Path | None:
    """Where the documents are; None where there are none."""
    if report.status == "interrupted":
        unfinished = partial_of(report.task.folder)
        return unfinished if unfinished.is_dir() else None
    return None if report.status == "failed" else report.task.folder


def _what_became(report: Report) -> str:
    is_there = report.status in ("done", "already")
    return "incomplete" if is_there and report.figures.n_failed else report.status


def _fate(status: str) -> Text:
    return Text(status, style=STYLES[status])


def _trouble(path: str, status: str, message: str, remedy: str) -> Text:
    said = message if path in message else f"{path}: {message}"
    line = Text(f"{status}: ", style=STYLES[status]).append(_shown(said), style="default")
    return line.append(f"\n  Try: {_shown(remedy)}", style="default") if remedy else line


def _data(report: Report) -> dict[str, object]:
    return {
        "path": str(report.task.path),
        "folder": str(report.task.folder),
        "status": report.status,
        "seconds": round(report.seconds, 2),
        "duration": round(report.figures.duration, 2),
        "words": report.figures.n_words,
        "utterances": report.figures.n_utterances,
        "speakers": report.figures.n_speakers,
        "findings": report.figures.n_findings,
        "warnings": report.figures.n_warnings,
        "failed_utterances": report.figures.n_failed,
        "message": report.message,
        "remedy": report.remedy,
    }
