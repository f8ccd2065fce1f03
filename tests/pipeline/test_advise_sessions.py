"""The silent advisor in whole sessions: live, interpreted, transcribed. It tells the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner

from tests.helpers.live import again, held
from tests.helpers.sounds import bursts, write_bursts
from voicedoc.batch import Job, transcribe_file
from voicedoc.cli import main
from voicedoc.converse.advice.advisor import Advisor
from voicedoc.core.events import (
    AlarmRaised,
    ClauseSpoken,
    ClauseSynthesized,
    ConflictFound,
    Event,
    FactNoted,
    QuestionsOpen,
    SessionClosed,
    StageFailed,
    TurnAttributed,
    event_types,
)
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_batch_engine, open_engine, open_live_engine
from voicedoc.errors import ConfigError
from voicedoc.profiles import Profile, load_profile
from voicedoc.runtime.worker import InlineWorker, ThreadWorker
from voicedoc.session import Recording, interpret, interpret_file

pytestmark = pytest.mark.unit

E = TypeVar("E", bound=Event)

ADVICE = (AlarmRaised, ConflictFound, FactNoted, QuestionsOpen)

SCRIPT = (
    "en: Good morning. What brings you in today?",
    "pt: Dói-me o peito e estou com suores frios. Tomo varfarina.",
    "en: Are you allergic to penicillin?",
    "pt: Sim.",
    "en: I will give you ibuprofen and amoxicillin.",
    "pt: Obrigado.",
)

PROFILE = """
description = "A visit with something to warn of."

[segment]
detector = "energy"
worker = "inline"

[recognize]
recognizer = "scripted"
worker = "inline"
options = { script = SCRIPT }

[diarize]
diarizer = "scripted"
worker = "inline"

[[translate]]
translator = "scripted"
source = "*"
target = "*"

[speak]
worker = "inline"

[[voices]]
synthesizer = "scripted"
languages = ["en", "pt"]
quality = "good"
startup = 0.0
"""

NAMES = {("warfarin", "ibuprofen"), ("penicillin", "amoxicillin")}


def profile(tmp_path: Path, more: str = "", script: Sequence[str] = SCRIPT) -> Profile:
    path = tmp_path / "visit.toml"
    path.write_text(PROFILE.replace("SCRIPT", json.dumps(list(script), ensure_ascii=False)) + more, "utf-8")
    return load_profile(str(path))


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return Recording(write_bursts(tmp_path / "visit.wav", n=6))


def of(events: Sequence[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def names(events: Sequence[Event]) -> set[tuple[str, ...]]:
    return {event.names for event in of(events, ConflictFound)}


def lines_without_timing(path: Path) -> list[str]:
    timing = {name for name, kind in event_types().items() if kind.timing}
    return [line for line in path.read_text("utf-8").splitlines() if json.loads(line)["type"] not in timing]


# --- interpreting a recording


def test_paced_and_unpaced_runs_give_one_journal(recording: Recording, tmp_path: Path) -> None:
    for name, paced in (("paced", True), ("hurried", False)):
        with open_engine(profile(tmp_path), Visit("en", "pt")) as engine:
            interpret_file(engine, recording, tmp_path / name, paced=paced)
    paced_lines = lines_without_timing(tmp_path / "paced" / "journal.jsonl")
    assert paced_lines == lines_without_timing(tmp_path / "hurried" / "journal.jsonl")
    assert names(list(read_journal(tmp_path / "paced" / "journal.jsonl"))) == NAMES


def test_on_a_thread_of_its_own_it_gives_the_same_journal(recording: Recording, tmp_path: Path) -> None:
    worker = ThreadWorker("advice", gives_way=True)
    with open_engine(profile(tmp_path), Visit("en", "pt")) as engine:
        interpret_file(engine, recording, tmp_path / "inline")
    with open_engine(profile(tmp_path), Visit("en", "pt")) as engine:
        apart = replace(engine, workers={**engine.workers, "inline": worker})
        interpret_file(apart, recording, tmp_path / "apart")
    worker.close()
    assert lines_without_timing(tmp_path / "apart" / "journal.jsonl") == lines_without_timing(
        tmp_path / "inline" / "journal.jsonl"
    )


@pytest.mark.anyio
async def test_a_session_advises_on_either_event_loop(recording: Recording, tmp_path: Path) -> None:
    with open_engine(profile(tmp_path), Visit("en", "pt")) as engine:
        outcome = await interpret(engine, recording, tmp_path / "out")
    events = list(read_journal(tmp_path / "out" / "journal.jsonl"))
    assert outcome.reason == "finished" and not of(events, StageFailed)
    assert names(events) == NAMES
    assert "emergency" in {event.level for event in of(events, AlarmRaised)}
    assert {event.complaint for event in of(events, QuestionsOpen)} >= {"chest-pain"}
    markdown = (tmp_path / "out" / "transcript.md").read_text("utf-8")
    assert "## Warnings for the clinician" in markdown and "warfarin + ibuprofen" in markdown


def test_a_profile_may_leave_it_out_and_says_what_is_wrong_with_its_switch(
    recording: Recording, tmp_path: Path
) -> None:
    with open_engine(profile(tmp_path, "[advise]\non = false\n"), Visit("en", "pt")) as engine:
        interpret_file(engine, recording, tmp_path / "out")
    events = list(read_journal(tmp_path / "out" / "journal.jsonl"))
    assert not [event for event in events if isinstance(event, ADVICE)]
    for wrong in ("[advise]\non = 1\n", "[advise]\noff = true\n", "advise = false\n"):
        with pytest.raises(ConfigError, match="advise"):
            load_profile(str(_with(tmp_path, wrong)))


def _with(tmp_path: Path, more: str) -> Path:
    path = tmp_path / "wrong.toml"
    text = PROFILE.replace("SCRIPT", "[]")
    path.write_text(more + text if more.startswith("advise") else text + more, "utf-8")
    return path


def test_the_command_leaves_it_out_too(recording: Recording, tmp_path: Path) -> None:
    profile(tmp_path)
    arguments = ["interpret", str(recording.path), "--doctor", "en", "--patient", "pt"]
    arguments += ["--profile", str(tmp_path / "visit.toml"), "--out", str(tmp_path / "out"), "--no-advice"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert not [e for e in read_journal(tmp_path / "out" / "journal.jsonl") if isinstance(e, ADVICE)]


def test_a_mistake_in_a_rule_does_not_touch_the_interpretation(
    recording: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(advisor: Advisor, turn: TurnAttributed) -> list[Event]:
        raise IndexError(turn.hypothesis.text)

    with open_engine(replace(profile(tmp_path), advise=False), Visit("en", "pt")) as engine:
        interpret_file(engine, recording, tmp_path / "without")
    monkeypatch.setattr(Advisor, "hear", broken)
    with open_engine(profile(tmp_path), Visit("en", "pt")) as engine:
        outcome = interpret_file(engine, recording, tmp_path / "out")
    events = list(read_journal(tmp_path / "out" / "journal.jsonl"))
    assert outcome.reason == "finished" and outcome.transcript.n_failed == 0
    assert {event.stage for event in of(events, StageFailed)} == {"advise"}
    without = list(read_journal(tmp_path / "without" / "journal.jsonl"))
    assert of(events, ClauseSpoken) == of(without, ClauseSpoken) != []
    assert not any("varfarina" in event.message for event in of(events, StageFailed))


# --- transcribing one


def test_a_batch_job_warns_too_and_its_key_knows_when_it_does_not(recording: Recording, tmp_path: Path) -> None:
    chosen = profile(tmp_path)
    people = [("doctor", "patient")[number % 2] for number in range(6)]
    rows = [f"SPEAKER visit 1 {0.5 + 2 * n} 2.0 <NA> <NA> {who} <NA> <NA>" for n, who in enumerate(people)]
    turns = tmp_path / "turns.rttm"
    turns.write_text("\n".join(rows) + "\n", "utf-8")
    keys = []
    for name, made in (("with", chosen), ("without", replace(chosen, advise=False))):
        with open_batch_engine(made, ("en", "pt")) as engine:
            transcribe_file(engine, recording.path, tmp_path / name, Job(turns=turns, formats=("json", "md", "html")))
            keys.append(Job().made_with_engine(engine))
    events = list(read_journal(tmp_path / "with" / "journal.jsonl"))
    assert names(events) == NAMES
    assert not [e for e in read_journal(tmp_path / "without" / "journal.jsonl") if isinstance(e, ADVICE)]
    assert keys[0] != keys[1] and keys[1]["advice"] == "left out"


# --- at the microphone, in virtual time


@contextmanager
def live_engine(tmp_path: Path) -> Iterator[Engine]:
    with open_live_engine(profile(tmp_path), Visit("en", "pt")) as engine:
        yield replace(engine, workers=dict.fromkeys(engine.workers, InlineWorker()))


SOUND = bursts(6, seconds=1.0, pause=6.0)


@pytest.mark.anyio
async def test_a_live_session_warns_and_says_nothing_of_it_aloud(tmp_path: Path) -> None:
    with live_engine(tmp_path) as engine:
        session = await held(engine, tmp_path, SOUND)
    assert session.of(SessionClosed)[0].reason == "finished" and not session.of(StageFailed)
    assert names(session.events) == NAMES
    texts = {clause.text for clause in session.of(ClauseSynthesized)}
    assert texts and not any(event.message in text for event in session.of(ConflictFound) for text in texts)
    assert {clause.utterance for clause in session.of(ClauseSynthesized)} <= {1, 2, 3, 4, 5, 6}


@pytest.mark.anyio
async def test_a_replay_finds_the_same(tmp_path: Path) -> None:
    with live_engine(tmp_path) as engine:
        session = await held(engine, tmp_path, SOUND)
    with live_engine(tmp_path) as another:
        replayed = await again(another, session)

    def found(events: Sequence[Event]) -> list[str]:
        return sorted(repr(event) for event in events if isinstance(event, ADVICE))

    assert found(replayed) == found(session.events) != []


@pytest.mark.anyio
async def test_advice_costs_the_interpretation_no_time(tmp_path: Path) -> None:
    """In virtual time: every word is spoken at the same moment with advice and without."""
    spans = []
    for advises in (True, False):
        with live_engine(tmp_path) as engine:
            chosen = replace(engine, profile=replace(engine.profile, advise=advises))
            session = await held(chosen, tmp_path / str(advises), SOUND)
            spans.append([(clause.utterance, clause.span) for clause in session.of(ClauseSpoken)])
            assert bool([event for event in session.events if isinstance(event, ADVICE)]) is advises
    assert spans[0] == spans[1] != []


@pytest.mark.anyio
async def test_what_was_told_before_a_break_is_still_known_after_it(tmp_path: Path) -> None:
    before, after = ["pt: Tomo varfarina.", "en: Let us have a break."], ["en: I will give you ibuprofen."]
    sitting = None
    for script in (before, after):
        with open_live_engine(profile(tmp_path, script=script), Visit("en", "pt")) as engine:
            inline = replace(engine, workers=dict.fromkeys(engine.workers, InlineWorker()))
            sound = bursts(len(script), seconds=1.0, pause=4.0)
            sitting = await held(inline, tmp_path, sound, continues=sitting.id if sitting else "")
    assert sitting is not None
    (conflict,) = sitting.of(ConflictFound)
    assert conflict.names == ("warfarin", "ibuprofen") and len(conflict.evidence) == 2
    assert sitting.of(FactNoted) == []  # that was told in the first part


def test_the_captions_of_a_recording_have_the_warnings(recording: Recording, tmp_path: Path) -> None:
    profile(tmp_path)
    arguments = ["interpret", str(recording.path), "--doctor", "en", "--patient", "pt"]
    arguments += ["--profile", str(tmp_path / "visit.toml"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    words = " ".join(done.output.split())
    assert "warfarin + ibuprofen: Together they raise the risk of serious bleeding." in words
    assert "emergency: " in words
