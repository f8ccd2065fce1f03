"""Orders and tasks for batch jobs without models."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicedoc.batch import Job
from voicedoc.core.events import SessionClosed, SessionOpened
from voicedoc.core.journal import read_journal
from voicedoc.jobs.find import find_recordings
from voicedoc.jobs.plan import Task, plan
from voicedoc.jobs.work import EngineSpec, Order, Report
from voicedoc.profiles import Profile, load_profile

FORMATS = ("json", "md")

PROFILE = """
[segment]
detector = "energy"
worker = "inline"

[recognize]
recognizer = "scripted"
worker = "inline"
options = {{ script = [{script}] }}

[[translate]]
translator = "scripted"
source = "*"
target = "*"
"""


def scripted_profile(folder: Path, n_lines: int = 3000) -> Profile:
    """A profile without models whose recogniser has `n_lines` for all recordings together."""
    path = folder / "script.toml"
    path.write_text(PROFILE.format(script=", ".join(['"en: Take 2 tablets."'] * n_lines)), "utf-8")
    return load_profile(str(path))


def scripted_order(folder: Path, *, resume: bool = False, overwrite: bool = False, job: Job | None = None) -> Order:
    """What every task of a test is done with."""
    spec = EngineSpec(scripted_profile(folder), ("en", "pt"), ("pt",))
    return Order(spec, job or Job(formats=FORMATS), resume=resume, overwrite=overwrite)


def tasks_for(recordings: Path, out: Path) -> list[Task]:
    """A task for each recording in a folder."""
    found = find_recordings([recordings])
    assert found.problems == []
    return plan(found.recordings, out)


def statuses(reports: list[Report]) -> dict[str, str]:
    """Status by the recording's name."""
    return {report.task.path.name: report.status for report in reports}


def check_finished(folder: Path) -> None:
    """That a result is whole: marked so, one session that ran to its end, its documents there."""
    assert (folder / "result.json").is_file()
    events = read_journal(folder / "journal.jsonl")
    kinds = Counter(type(event) for event in events)
    assert kinds[SessionOpened] == kinds[SessionClosed] == 1
    assert [event.reason for event in events if isinstance(event, SessionClosed)] == ["finished"]
    assert all((folder / name).stat().st_size for name in ("audio.flac", "transcript.json", "transcript.md"))
    assert not (folder / ".lock").exists()


def unfinished(out: Path) -> list[Path]:
    """What has been begun under `out` and is not finished."""
    return [path for path in out.rglob("*") if path.name.endswith((".partial", ".older", ".lock"))]


@contextmanager
def nobody() -> Iterator[None]:
    """Root may read and write everything; nobody may not."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def let_all_reach(folder: Path) -> None:
    """Let everybody read a folder of a test; pytest lets only its own user pass."""
    temporary = Path(tempfile.gettempdir())
    for each in (folder, *folder.parents):
        if each != temporary and each.is_relative_to(temporary):
            each.chmod(0o755)
