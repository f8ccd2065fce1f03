"""An interview in writing: the session, the stage, the command, and what it leaves behind."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import anyio
import numpy as np
import pytest
from click.testing import CliRunner, Result
from numpy.typing import NDArray

from tests.conftest import ROOT
from tests.helpers.interviews import PACKS, Talk, question, turn
from tests.helpers.vault import PASSPHRASE, vault_in
from voicedoc.cli import main
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Option, Slot
from voicedoc.converse.dialogue.scripted import ScriptedDialogue
from voicedoc.converse.intake import Intake
from voicedoc.converse.interview.alarm import of_rules
from voicedoc.converse.interview.history import history_of, to_data, to_markdown
from voicedoc.converse.interview.interviewer import FIRST_ASKED, Begun, Interviewer
from voicedoc.converse.interview.model_reader import ModelReader
from voicedoc.converse.interview.read import Answer
from voicedoc.converse.interview.state import Interview, Person, replayed
from voicedoc.converse.interview.wording import asks_the_same, reworded
from voicedoc.converse.suspicion.suspicion import Suspicion, shipped_weights
from voicedoc.core.events import (
    Cleared,
    Event,
    FactNoted,
    InterviewClosed,
    Notice,
    NotTranslated,
    QuestionAsked,
    SessionClosed,
    SessionOpened,
    Translated,
    TurnAttributed,
    UtteranceReopened,
    Withdrawn,
)
from voicedoc.core.journal import Journal, read_journal
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.engine import TextEngine, open_text_engine
from voicedoc.errors import BackendFailed, ConfigError, UnsupportedLanguage, VoiceDocError
from voicedoc.export.transcript import transcript_of
from voicedoc.intake import LONGEST, Answers, Interviewing, TextSession, as_before
from voicedoc.profiles import load_profile
from voicedoc.runtime.worker import InlineWorker
from voicedoc.translate.router import Translators
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = pytest.mark.unit

VISIT = Visit("en", "pt")
CHEST = ("Tenho dor no peito há três dias", "não", "não", "sete")


@contextmanager
def engine(visit: Visit = VISIT, meant: dict[str, str] | None = None) -> Iterator[TextEngine]:
    with open_text_engine(load_profile("scripted"), visit) as opened:
        translator = Translators([ScriptedTranslator(phrases=meant or {})] if meant is not None else [])
        yield replace(opened, translator=translator, workers=dict.fromkeys(opened.workers, InlineWorker()))


def typing(*lines: str | None) -> Answers:
    rest = iter(lines)

    async def answer() -> str | None:
        await anyio.lowlevel.checkpoint()
        return next(rest, None)

    return answer


async def held(folder: Path, *lines: str, interviewing: Interviewing | None = None, visit: Visit = VISIT,
               meant: dict[str, str] | None = None) -> list[Event]:  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    with engine(visit, meant) as opened, Journal(folder / "journal.jsonl") as journal:
        session = TextSession(opened, interviewing or Interviewing(packs=PACKS), journal, typing(*lines))
        await session.run()
    return read_journal(folder / "journal.jsonl")


def of(events: list[Event], kind: type[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


# --- the session


@pytest.mark.anyio
async def test_each_question_gets_its_line_and_the_journal_has_all(tmp_path: Path) -> None:
    events = await held(
        tmp_path, *CHEST, meant={CHEST[0]: "I have had chest pain for three days", "não": "no", "sete": "7"}
    )
    asked = [event.question for event in of(events, QuestionAsked)]  # type: ignore[attr-defined]
    assert asked == ["common.complaint", "chest.pressure", "chest.arm", "chest.scale", "chest.course"]
    lines = [(line.role.value, line.text_in("en")) for line in transcript_of(events).in_time()]
    assert lines[1:4] == [
        ("assistant", "What brings you here?"),
        ("patient", "I have had chest pain for three days"),
        ("assistant", "Is it a pressure?"),
    ]
    assert events[-1] == SessionClosed(at=events[-1].at, reason="finished", n_utterances=0)
    assert not of(events, InterviewClosed)  # the input ended first


@pytest.mark.anyio
async def test_what_nobody_translates_stays_as_it_is_and_that_is_told(tmp_path: Path) -> None:
    events = await held(tmp_path, *CHEST)
    assert len(of(events, NotTranslated)) == len(CHEST)
    assert {event.translation.models for event in of(events, Translated)} == {("complaints",)}  # type: ignore[attr-defined]
    assert "not translated" in to_markdown(history_of(events, PACKS)) or "«sete»" in to_markdown(
        history_of(events, PACKS)
    )


@pytest.mark.anyio
async def test_the_end_of_the_interview_ends_the_session_before_the_input_does(tmp_path: Path) -> None:
    events = await held(tmp_path, CHEST[0], "sim", "não", "não")
    (closed,) = of(events, InterviewClosed)
    assert closed.reason == "emergency"  # type: ignore[attr-defined]
    said = [event for event in of(events, TurnAttributed) if event.role is Role.PATIENT]  # type: ignore[attr-defined]
    assert len(said) == 2


@pytest.mark.anyio
async def test_empty_lines_are_no_answers(tmp_path: Path) -> None:
    events = await held(tmp_path, "", "   ", CHEST[0], "", "não")
    assert [event.question for event in of(events, QuestionAsked)][-1] == "chest.arm"  # type: ignore[attr-defined]


@pytest.mark.anyio
async def test_one_language_for_both_needs_no_translation(tmp_path: Path) -> None:
    events = await held(tmp_path, "chest pain", "no", visit=Visit("en", "en"))
    assert not of(events, Translated)
    assert history_of(events, PACKS).complaints == ("Chest pain",)


@pytest.mark.anyio
async def test_an_interview_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    before = await held(tmp_path / "1", *CHEST[:2])
    goes_on = as_before(before, PACKS)
    with engine() as opened, Journal(tmp_path / "journal.jsonl") as journal:
        session = TextSession(opened, goes_on, journal, typing("não", "sete"), before=before)
        await session.run()
    after = read_journal(tmp_path / "journal.jsonl")
    asked = [(event.question, event.act) for event in of(after, QuestionAsked)]  # type: ignore[attr-defined]
    assert asked == [("chest.arm", "repeat"), ("chest.scale", "ask"), ("chest.course", "ask")]


def test_how_an_interview_was_held_is_read_from_its_journal() -> None:
    talk = Talk(known=Begun(("head",), Person(30, "male")), budget=7).says("it aches")
    held_so = as_before(talk.events, PACKS)
    assert (held_so.n_questions, held_so.known) == (7, Begun(("head",), Person(30.0, "male")))


def test_what_cannot_work_is_refused_before_anything_is_loaded() -> None:
    with pytest.raises(UnsupportedLanguage, match="'ja'"):
        Interviewing(packs=PACKS).check(Visit("en", "ja"))
    with pytest.raises(Exception, match="'toe'"):
        Interviewing(known=Begun(("toe",)), packs=PACKS).check(VISIT)


# --- the stage


async def through(stage: Intake, *inbox: Event) -> list[Event]:
    async def arriving() -> AsyncIterator[Event]:
        for event in inbox:
            yield event

    events: list[Event] = []

    async def emit(event: Event, /) -> None:
        events.append(event)

    await stage.run(arriving(), emit)  # type: ignore[arg-type]
    return events


@pytest.mark.anyio
async def test_who_goes_on_speaking_takes_back_what_followed_and_the_question_is_withdrawn() -> None:
    stage = Interviewing(packs=PACKS).stage(Visit("pt", "en"))
    heard = [turn("chest pain", 1), turn("no", 2)]
    reopened = UtteranceReopened(at=2.5, utterance=UtteranceId(2), channel=0, revision=1)
    again = replace(turn("no, well, a bit of a pressure, yes", 2), at=3.0)
    events = await through(stage, *heard, reopened, again)
    withdrawn = [event.utterance for event in of(events, Withdrawn)]  # type: ignore[attr-defined]
    arm = next(event for event in of(events, QuestionAsked) if event.question == "chest.arm")  # type: ignore[attr-defined]
    assert withdrawn == [arm.utterance]  # type: ignore[attr-defined]
    journal = [
        *heard,
        *[event for event in events if event.at <= 2.0],
        reopened,
        again,
        *[e for e in events if e.at == 3.0],
    ]
    assert replayed(Interview(Visit("pt", "en")), journal).known == stage.interview.known


@pytest.mark.anyio
async def test_numbers_of_the_assistants_utterances_never_meet_those_of_others() -> None:
    events = await through(Interviewing(packs=PACKS).stage(Visit("pt", "en")), turn("chest pain", 1), turn("no", 2))
    numbers = [event.utterance for event in of(events, Cleared)]  # type: ignore[attr-defined]
    assert numbers == sorted(set(numbers)) and min(numbers) == FIRST_ASKED


class _Unreadable(Interviewer):
    """Rules that fail on one sentence."""

    error: VoiceDocError = ConfigError("a lexicon is wrong", remedy="mend it")

    def take(self, interview: Interview, turn: TurnAttributed, *rest: object) -> list[Event]:  # type: ignore[override]
        if "broken" in turn.hypothesis.text:
            raise self.error
        return super().take(interview, turn, *rest)  # type: ignore[arg-type]


@pytest.mark.anyio
@pytest.mark.parametrize("error", [ConfigError("a"), UnsupportedLanguage("b"), BackendFailed("c")])
async def test_a_sentence_that_cannot_be_read_is_kept_and_the_interview_goes_on(error: VoiceDocError) -> None:
    stage = Interviewing(packs=PACKS).stage(Visit("pt", "en"))
    stage._interviewer = _Unreadable(stage._interviewer.plan, stage._interviewer.visit)
    object.__setattr__(stage._interviewer, "error", error)
    said = [turn("chest pain", 1), turn("a broken sentence", 2), turn("no", 3)]
    events = await through(stage, *said)
    (notice,) = of(events, Notice)
    assert notice.code == "unread"  # type: ignore[attr-defined]
    asked = [event.question for event in of(events, QuestionAsked)]  # type: ignore[attr-defined]
    assert asked[:4] == ["common.complaint", "chest.pressure", "chest.arm", "chest.onset"]
    page = to_markdown(history_of([_opened("pt", "en"), *said, *events], PACKS))
    assert "«a broken sentence»" in page and "não respondeu" in page


# --- a model that reads

REPLIES = {
    "yes": '{"state": "yes", "quote": "like an elephant sits on me"}',
    "invented": '{"state": "yes", "quote": "it is a pressure"}',
    "no": '{"state": "no", "quote": "like an elephant sits on me"}',
    "cut": '{"state": "ye',
    "unclear": '{"state": "unclear", "quote": ""}',
}
ASIDE = "like an elephant sits on me"


def reader(kind: str) -> ModelReader:

    text = f"Question: Is it a pressure?\nAnswer: {ASIDE}\nAllowed states: yes, no, does not know, unclear"
    return ModelReader(ScriptedDialogue(replies={text: REPLIES[kind]}))


PRESSURE = PACKS.packs["chest"].questions[0]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("yes", Answer("present")), ("no", Answer("absent")), ("invented", None), ("cut", None), ("unclear", None)],
)
def test_what_a_model_reads_counts_only_with_a_quote_from_the_answer(kind: str, answer: Answer | None) -> None:
    assert reader(kind).read(PRESSURE, ASIDE, "en") == answer


@pytest.mark.anyio
async def test_a_danger_that_only_a_model_reads_is_asked_for_once_more() -> None:
    stage = Interviewing(packs=PACKS).stage(Visit("pt", "en"))
    stage._reader, stage._worker = reader("no"), InlineWorker()
    events = await through(stage, turn("chest pain", 1), turn(ASIDE, 2))
    last = of(events, QuestionAsked)[-1]
    assert (last.question, last.act) == ("chest.pressure", "confirm")  # type: ignore[attr-defined]
    assert "chest-pressure" not in stage.interview.known


def test_a_danger_that_a_model_reads_twice_holds_and_a_denial_by_a_model_never_does() -> None:
    for read, state in ((Answer("present"), "present"), (Answer("absent"), "unknown")):
        talk = Talk().says("chest pain").says(ASIDE, "well, that elephant", read=read)
        assert talk.fact("chest-pressure").state == state
    assert talk.state.closed is None


def test_elsewhere_a_model_may_read_an_answer_and_the_history_says_so() -> None:
    talk = Talk().says("chest pain since today", "no", "no", "5").says("could be nicer", read=Answer("told", "worse"))
    fact = talk.fact("chest.course")
    assert (fact.value, fact.by) == ("worse", "model")


@pytest.mark.anyio
async def test_a_model_that_fails_is_told_once_and_rules_go_on() -> None:
    text = f"Question: Is it a pressure?\nAnswer: {ASIDE}\nAllowed states: yes, no, does not know, unclear"
    stage = Interviewing(packs=PACKS).stage(Visit("pt", "en"))
    stage._reader, stage._worker = ModelReader(ScriptedDialogue(failing=[text])), InlineWorker()
    events = await through(stage, turn("chest pain", 1), turn(ASIDE, 2), turn(ASIDE, 3))
    (notice,) = of(events, Notice)
    assert notice.code == "no-model-reader" and len(of(events, QuestionAsked)) >= 4  # type: ignore[attr-defined]


class Meaningless:
    """An embedder that always fails."""

    name = shipped_weights().model

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise BackendFailed(f"{len(texts)} texts are too many")


@pytest.mark.anyio
async def test_meanings_that_cannot_be_read_are_told_of_once_and_words_are_read_all_the_same() -> None:
    stage = Interviewing(packs=PACKS).stage(Visit("pt", "en"))
    stage._suspicion, stage._worker = Suspicion(Meaningless()), InlineWorker()
    events = await through(stage, turn("chest pain", 1), turn("no", 2), turn("no", 3))
    (notice,) = of(events, Notice)
    assert notice.code == "no-meanings" and len(of(events, QuestionAsked)) >= 4  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("Do you have a fever at the moment?", True), ("Do you have a fever? Take paracetamol.", False),
        ("Do you have no fever?", False), ("You have a fever.", False), ("Do you have a cough?", False),
        ("Have you had a fever of 39 degrees?", False), ("Fever?", False),
    ],
)  # fmt: skip
def test_a_rewording_stands_only_if_it_asks_the_same(words: str, same: bool) -> None:
    fixed = question("q", Slot.ASSOCIATED, "yes-no", "Do you have a fever?", sign="fever")
    assert asks_the_same(fixed.text["en"], words, "en") is same
    model = ScriptedDialogue(replies={"Do you have a fever?": words})
    assert reworded(model, fixed, "en") == (words if same else "Do you have a fever?")


# --- the history


def test_the_history_is_in_the_doctors_language_with_the_patients_words_and_where_they_stand() -> None:
    talk = Talk(Visit("pt", "en")).says(
        "I have had chest pain for three days", "no, but I take aspirin", "I don't know", "7"
    )
    history = history_of([_opened("pt", "en"), *talk.events], PACKS)
    assert history.complaints == ("Dor no peito",)
    entries = {entry.name: entry for slot in history.slots.values() for entry in slot}
    assert (entries["chest-pressure"].value, entries["chest-pressure"].words) == ("não", "no, but I take aspirin")
    assert entries["chest.onset"].value == "3 dias" and "dito sem ser perguntado" in entries["chest.onset"].remarks
    assert entries["pain-spreads-arm"].value == "o paciente não sabe"
    assert entries["drugs"].value == "acetylsalicylic acid"
    page = to_markdown(history)
    assert "«I don't know» [3]" in page and "chest.allergies" not in page
    assert history.ending == "A entrevista foi cortada." and "common.allergies" in history.open
    assert json.loads(json.dumps(to_data(history)))["status"] == "draft, not reviewed"


def test_what_fitted_no_question_is_in_the_history_with_its_words_and_number() -> None:
    talk = Talk(Visit("en", "en")).says("I have chest pain", "38.7 this morning", "no", "what did you say?", "no")
    history = history_of([_opened("en", "en"), *talk.events], PACKS)
    assert [(one.words, one.utterance) for one in history.unplaced] == [("38.7 this morning", 2)]
    assert "## Also said, not placed\n\n- «38.7 this morning» [2]\n" in to_markdown(history)
    (row,) = to_data(history)["unplaced"]
    assert row == {"words": "38.7 this morning", "translated": "", "utterance": 2}


def test_not_known_is_said_only_where_the_patient_says_so() -> None:
    talk = Talk(Visit("en", "en")).says("I have chest pain", "purple", "green", "I don't know")
    entries = {entry.name: entry for slot in history_of([_opened("en", "en"), *talk.events], PACKS).slots.values()
               for entry in slot}  # fmt: skip
    assert entries["chest-pressure"].value == "not answered"
    assert entries["pain-spreads-arm"].value == "not known to the patient"


def test_a_danger_that_was_told_both_ways_is_shown_as_unclear_with_the_words() -> None:
    words = "Yes, no, well, it is not a pressure, yes"
    talk = Talk(Visit("en", "en")).says("I have chest pain", words, words)
    page = to_markdown(history_of([_opened("en", "en"), *talk.events], PACKS))
    assert f"no clear answer «{words}»" in page


def test_an_emergency_in_the_first_sentence_is_the_complaint_of_the_history() -> None:
    talk = Talk(Visit("en", "en"), packs=load_packs(), alarms=of_rules(Alarms())).says("I can't breathe")
    history = history_of([_opened("en", "en"), *talk.events], load_packs())
    assert history.slots["chief complaint"][0].words == "I can't breathe"
    assert "Complaint" not in history.open and history.complaints


@pytest.mark.anyio
async def test_an_endless_line_does_not_hold_it_up(tmp_path: Path) -> None:
    events = await held(tmp_path, "I have chest pain. " + "and so on " * 90_000, visit=Visit("en", "en"))
    said = [event for event in of(events, TurnAttributed) if event.role is Role.PATIENT]  # type: ignore[attr-defined]
    assert len(said[0].hypothesis.text) == LONGEST  # type: ignore[attr-defined]
    assert [notice.code for notice in of(events, Notice)] == ["answer-cut"]  # type: ignore[attr-defined]


def test_a_patients_words_cannot_change_the_page() -> None:
    talk = Talk(Visit("en", "en")).says("chest pain\n# Diagnosis: **none** <script> [1](http://x)")
    page = to_markdown(history_of([_opened("en", "en"), *talk.events], PACKS))
    assert "\n# Diagnosis" not in page and "<script>" not in page and "[1](http" not in page


def test_facts_of_an_answer_that_was_reopened_are_not_in_the_history() -> None:
    talk = Talk(Visit("pt", "en")).says("chest pain", "no")
    reopened = UtteranceReopened(at=2.5, utterance=UtteranceId(2), channel=0, revision=1)
    history = history_of([_opened("pt", "en"), *talk.events, reopened], PACKS)
    assert "chest-pressure" not in {entry.name for slot in history.slots.values() for entry in slot}


def _opened(doctor: str, patient: str) -> SessionOpened:
    return SessionOpened(
        at=0.0, version="0", profile="scripted", profile_sha256="", doctor=doctor, patient=patient, models=(),
        stages=("intake",),
    )  # fmt: skip


# --- the command


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "store"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "store"


def run(*arguments: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["intake", *(str(argument) for argument in arguments)], input=typed)


WRITTEN = ("--patient", "pt", "--doctor", "en", "--text", "--consented", "--profile", "scripted")
ILL = "Tenho dor de cabeça desde ontem\nnão\n"


def test_the_help_teaches_and_the_complaints_are_listed() -> None:
    result = run("--help")
    assert result.exit_code == 0 and "voicedoc intake --patient pt --doctor en --text" in result.output
    listed = run("--list")
    assert "headache" in listed.output and "unreviewed" in listed.output
    assert {"id", "sources"} <= set(json.loads(run("--list", "--json").stdout)[0])


def test_an_interview_into_a_folder_leaves_journal_transcript_and_history(store: Path, tmp_path: Path) -> None:
    result = run(*WRITTEN, "--out", tmp_path / "visit", "--questions", "3", typed=ILL + "não\nnão\nnão\nnada\nnada\n")
    assert result.exit_code == 0, result.output
    assert {"journal.jsonl", "transcript.md", "history.md", "history.json"} <= {
        p.name for p in (tmp_path / "visit").iterdir()
    }
    assert "«Tenho dor de cabeça desde ontem»" in (tmp_path / "visit" / "history.md").read_text("utf-8")
    assert "# History" in result.output
    assert [path.name for path in (tmp_path / "visit" / "notes").iterdir()] == ["001.json"]
    again = run(*WRITTEN, "--out", tmp_path / "visit", typed=ILL)
    assert again.exit_code == 1 and "--overwrite" in again.output
    assert run(*WRITTEN, "--out", tmp_path / "visit", "--overwrite", typed=ILL).exit_code == 0


def test_an_interview_is_kept_encrypted_and_its_history_can_be_read_again(store: Path, tmp_path: Path) -> None:
    result = run(*WRITTEN, "--json", typed=ILL)
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert printed["complaints"] == ["Headache"]
    with vault_in(store) as vault:
        (session,) = vault.sessions()
        assert len(vault.notes(session.id)) == 1, "a note is drafted for the clinician"
    assert session.state == "closed"
    raw = b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())
    assert "cabeça".encode() not in raw
    assert json.loads(run("--history", "last", "--json").stdout) == printed
    assert "Motivo" in run("--history", "last", "--doctor", "es").output
    assert run("--history", "last", "--out", tmp_path / "h").exit_code == 0 and (tmp_path / "h" / "history.md").exists()


def test_an_interview_goes_on_from_the_store_unless_it_is_over(store: Path) -> None:
    run(*WRITTEN, typed=ILL)
    result = run("--continue", "last", "--text", "--consented", typed="parar\n")
    assert result.exit_code == 0, result.output
    with vault_in(store) as vault:
        (session,) = vault.sessions()
        events = vault.read(session.id)
    first = [event.question for event in of(events, QuestionAsked)]  # type: ignore[attr-defined]
    assert first.count(first[2]) == 2, "the open question was put again"
    over = run("--continue", "last", "--text", "--consented")
    assert over.exit_code == 2 and "--history" in over.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--patient", "pt"), "--doctor"), (("--patient", "pt", "--doctor", "en", "--out", "x"), "--text"),
        (("--patient", "pt", "--doctor", "en", "--text"), "--consented"),
        (("--patient", "ja", "--doctor", "en", "--text", "--consented"), "interviews are in"),
        ((*WRITTEN, "--complaint", "hedache"), "did you mean 'headache'?"),
    ],
)  # fmt: skip
def test_every_mistake_says_what_to_do(store: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0 and said in result.output, result.output


def test_an_emergency_has_its_own_exit_status(store: Path) -> None:
    result = run("--patient", "en", "--doctor", "en", "--text", "--consented", "--profile", "scripted",
                 typed="crushing chest pain and cold sweat and I cannot breathe\n")  # fmt: skip
    assert result.exit_code == 3, result.output
    assert "emergency" in result.output


@pytest.mark.timeout(120)
def test_ctrl_c_at_a_terminal_keeps_everything(store: Path, tmp_path: Path) -> None:
    """A person types at a terminal, and gives up in the middle of a question."""
    here, there = pty.openpty()
    command = [sys.executable, "-m", "voicedoc", "intake", *WRITTEN, "--out", str(tmp_path / "visit")]
    process = subprocess.Popen(
        command, stdin=there, stdout=there, stderr=there, cwd=ROOT, start_new_session=True, env={**os.environ}
    )
    os.close(there)
    try:
        _wait_for(here, "> ")
        os.write(here, "Tenho dor de cabeça\n".encode())
        _wait_for(here, "> ")
        process.send_signal(signal.SIGINT)
        shown = _wait_for(here, "-> ")
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(here)
    assert "History" in shown
    facts = [event.words for event in of(read_journal(tmp_path / "visit" / "journal.jsonl"), FactNoted)]  # type: ignore[attr-defined]
    assert "Tenho dor de cabeça" in facts


def _wait_for(terminal: int, text: str) -> str:
    shown = ""
    while text not in shown:
        shown += os.read(terminal, 65536).decode("utf-8", "replace")
    return shown


def test_a_choice_that_a_model_reads_is_one_of_the_options() -> None:
    asked = question("q", Slot.COURSE, "choice", "How?", options=(Option("a", {"en": ("A",)}),))
    text = "Question: How?\nAnswer: like this\nAllowed states: a, unclear"
    for reply, answer in (
        ('{"state": "a", "quote": "this"}', Answer("told", "a")),
        ('{"state": "b", "quote": "this"}', None),
    ):
        assert ModelReader(ScriptedDialogue(replies={text: reply})).read(asked, "like this", "en") == answer
