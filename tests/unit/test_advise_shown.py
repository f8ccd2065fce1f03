"""What the advisor found, on the screen, line by line and in documents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.helpers.live_events import SILENCE, opened, turn
from tests.helpers.transcripts import opening
from tests.helpers.transcripts import turn as heard_turn
from voicedoc.cli.live_advice import STANDS
from voicedoc.cli.live_lines import lines_of
from voicedoc.cli.live_screen import Surroundings, screen
from voicedoc.core.events import (
    AlarmRaised,
    Cleared,
    ConflictFound,
    Event,
    FactNoted,
    Frame,
    InterviewClosed,
    NothingHeard,
    QuestionsOpen,
    StageFailed,
    TurnAttributed,
    TurnCorrected,
    Utterance,
    UtteranceReopened,
)
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.export.advice import UNREVIEWED, advice_of
from voicedoc.export.json_file import to_data
from voicedoc.export.markdown import to_markdown
from voicedoc.export.page.write import write_page
from voicedoc.export.transcript import transcript_of
from voicedoc.view.advance import advance
from voicedoc.view.keys import Board, Prompt
from voicedoc.view.state import State

pytestmark = pytest.mark.unit

ONE, TWO = UtteranceId(1), UtteranceId(2)


def alarm(at: float = 4.0, level: str = "emergency", *, name: str = "heart-attack", reason: str = "") -> AlarmRaised:
    return AlarmRaised(
        at=at,
        utterance=ONE,
        alarm=name,
        level=level,
        reason=reason or f"{name}: look at it",
        signs=("chest-pain",),
        evidence=(ONE,),
    )


def conflict(
    at: float = 5.0, severity: str = "major", names: tuple[str, str] = ("warfarin", "ibuprofen")
) -> ConflictFound:
    return ConflictFound(
        at=at,
        utterance=TWO,
        kind="interaction",
        names=names,
        severity=severity,
        message="Together they raise the risk of serious bleeding.",
        source="BNF (NICE): Interactions: warfarin, https://bnf.nice.org.uk/interactions/warfarin/",
        evidence=(ONE, TWO),
    )


def fact() -> FactNoted:
    return FactNoted(
        at=4.0, utterance=ONE, slot="drugs", name="warfarin", state="present", value="", words="warfarin", by="rule"
    )


def open_(*questions: str, at: float = 4.0, complaint: str = "headache") -> QuestionsOpen:
    return QuestionsOpen(at=at, complaint=complaint, questions=questions, asked=())


def after(*parts: Event | Iterable[Event]) -> State:
    flat = [event for part in parts for event in ([part] if isinstance(part, Event) else part)]
    return reduce(advance, flat, State())


def visit_so_far() -> list[Event]:
    return [
        *opened(),
        *turn(1, 1.0, Role.PATIENT, ("pt", "Tomo varfarina."), ("en", "I take warfarin.")),
        *turn(2, 4.0, Role.DOCTOR, ("en", "Take ibuprofen."), ("pt", "Tome ibuprofeno.")),
    ]


def shown(state: State, width: int = 100, height: int = 30, *, board: Board | None = None) -> str:
    console = Console(file=StringIO(), width=width, height=height)
    lines = screen(state, board or Board(), Surroundings("s", Visit("en", "pt"), "p"), console, width, height)
    assert len(lines) == height
    return "\n".join(line.plain for line in lines)


# --- the state


def test_what_was_found_is_kept_the_gravest_first() -> None:
    state = after(
        visit_so_far(),
        alarm(7.0, "urgent", name="chest-pain"),
        alarm(7.0),
        conflict(7.0, "moderate", ("warfarin", "paracetamol")),
        conflict(7.0),
        fact(),
    )
    assert [one.alarm for one in state.red_flags] == ["heart-attack", "chest-pain"]
    assert [one.severity for one in state.disagreeing] == ["major", "moderate"]
    assert state.facts["drugs", "warfarin"].state == "present"


@pytest.mark.parametrize(
    "change",
    [
        TurnCorrected(at=20.0, utterance=ONE, role=Role.DOCTOR),
        UtteranceReopened(at=20.0, utterance=ONE, channel=0, revision=1),
        TurnAttributed(
            at=20.0,
            utterance=ONE,
            span=Span(1.0, 3.0),
            role=Role.PATIENT,
            method="language",
            confidence=1.0,
            hypothesis=Hypothesis("Tomo vitamina C.", "pt", 1.0, 1.0),
        ),
    ],
    ids=["corrected", "reopened", "read otherwise"],
)
def test_what_rested_on_words_that_were_not_so_is_gone(change: Event) -> None:
    state = after(visit_so_far(), alarm(), conflict(8.0), fact(), change)
    assert (state.red_flags, state.disagreeing, dict(state.facts)) == ([], [], {})
    assert after(visit_so_far(), alarm(), change, alarm(21.0)).red_flags == [alarm(21.0)]


def test_the_same_words_once_more_take_nothing_away() -> None:
    again = [event for event in visit_so_far() if isinstance(event, TurnAttributed)]
    assert after(visit_so_far(), alarm(), again).red_flags == [alarm()]


def test_the_end_of_an_interview_is_told() -> None:
    (note,) = after(opened(), InterviewClosed(at=9.0, reason="budget", n_questions=12, open=("x.y", "x.z"))).notes
    assert "12 questions" in note.text and "2" in note.text and note.kind == "trouble"
    (note,) = after(opened(), InterviewClosed(at=9.0, reason="complete", n_questions=12, open=())).notes
    assert note.kind == "done"


# --- the screen


def test_the_panel_has_the_reason_the_medicines_and_what_is_worth_asking() -> None:
    text = shown(after(visit_so_far(), alarm(), conflict(8.0), open_("common.neck-stiff", "common.fever")))
    flag, pair, question = (text.index(words) for words in ("emergency: heart", "warfarin + ibuprofen", "worth asking"))
    assert flag < pair < question
    assert "neck" in text[question:] and "1 more" in text[question:]
    assert "worth asking" not in shown(after(visit_so_far(), open_()))


def test_the_question_is_in_the_clinicians_language_and_an_unknown_one_has_its_id() -> None:
    events = [*opened("pt", "en"), open_("common.neck-stiff")]
    console = Console(file=StringIO(), width=100)
    around = Surroundings("s", Visit("pt", "en"), "p")
    text = "\n".join(line.plain for line in screen(after(events), Board(), around, console, 100, 30))
    assert "pescoço" in text
    assert "nobody.knows" in shown(after(opened(), open_("nobody.knows")))


def test_an_emergency_stays_and_the_rest_goes_after_a_while() -> None:
    later = Frame(at=1_000.0, channel=0, first_sample=0, samples=SILENCE)
    state = after(visit_so_far(), alarm(), alarm(name="cough", level="soon"), conflict(8.0), later)
    text = shown(state)
    assert "heart-attack" in text and "cough" not in text and "warfarin + ibuprofen" not in text
    assert STANDS["emergency"] > 1e9


def test_many_warnings_are_counted() -> None:
    alarms = [alarm(name=f"alarm-{number}") for number in range(6)]
    text = shown(after(visit_so_far(), alarms))
    assert text.count("emergency:") == 3 and "3 more" in text


@pytest.mark.parametrize(("width", "height"), [(80, 16), (60, 10), (40, 8), (24, 6)])
def test_a_small_screen_keeps_the_prompt_and_the_gravest_warning(width: int, height: int) -> None:
    state = after(visit_so_far(), alarm(), conflict(8.0), open_("common.fever"))
    text = shown(state, width, height, board=Board(prompt=Prompt.WORDS, typed="any pain"))
    assert "any" in text and "pain▏" in text
    assert "⚠ emerg" in text


def test_hostile_texts_do_not_move_the_screen() -> None:
    evil = alarm(reason="\x1b[2J\x1b[1;31mrm\n\u202e")
    assert "\x1b" not in shown(after(visit_so_far(), evil))


# --- line by line


def test_warnings_and_the_next_question_are_printed_once() -> None:
    state, lines = State(), []
    events = [*visit_so_far(), alarm(), conflict(8.0), open_("common.fever", "common.confused"), open_("common.fever")]
    for event in events:
        before, state = state, advance(state, event)
        lines += [line.plain.strip() for line in lines_of(before, state, event)]
    assert sum(line.startswith("⚠ emergency: heart-attack") for line in lines) == 1
    assert sum(line.startswith("⚠ major: warfarin + ibuprofen: Together") for line in lines) == 1
    assert sum(line.startswith("? worth asking (headache): ") for line in lines) == 1


# --- documents


def recorded(*more: Event) -> list[Event]:
    return [
        opening("en", "pt"),
        *heard_turn(1, Span(1.0, 3.0), "Tomo varfarina.", "pt", "S2"),
        *heard_turn(2, Span(4.0, 6.0), "Take ibuprofen.", "en", "S1"),
        *more,
    ]


def test_warnings_stand_at_the_head_of_the_documents(tmp_path: Path) -> None:
    transcript = transcript_of(recorded(conflict(8.0), alarm(8.0)))
    grades = [(one.grade, one.said) for one in advice_of(transcript)]
    assert grades == [("emergency", (1.0,)), ("major", (1.0, 4.0))]
    text = to_markdown(transcript)
    assert UNREVIEWED in text and "heart-attack" in text
    assert text.index("## Warnings") < text.index("Tomo varfarina.")
    write_page(transcript, tmp_path)
    page = (tmp_path / "listen.html").read_text("utf-8")
    assert "Warnings for the clinician" in page and 'data-seek="4.0"' in page and "bnf.nice.org.uk" in page
    assert [row["names"] for row in to_data(transcript)["conflicts"]] == [["warfarin", "ibuprofen"]]  # type: ignore[attr-defined]


def test_without_warnings_the_documents_have_no_empty_head(tmp_path: Path) -> None:
    transcript = transcript_of(recorded())
    assert "Warnings" not in to_markdown(transcript)
    write_page(transcript, tmp_path)
    assert "Warnings for the clinician" not in (tmp_path / "listen.html").read_text("utf-8")


def test_a_page_does_not_run_what_a_warning_says(tmp_path: Path) -> None:
    evil = alarm(8.0, reason="<script>alert(1)</script>")
    write_page(transcript_of(recorded(evil)), tmp_path)
    assert "<script>alert" not in (tmp_path / "listen.html").read_text("utf-8")
    assert "\\<script>" in to_markdown(transcript_of(recorded(evil)))  # escaped, as all of Markdown's own signs


def test_documents_forget_what_rested_on_words_that_were_not_so() -> None:
    corrected = TurnCorrected(at=20.0, utterance=ONE, role=Role.DOCTOR)
    assert advice_of(transcript_of(recorded(conflict(8.0), alarm(8.0), corrected))) == []
    again = Utterance(
        at=9.0, utterance=ONE, channel=0, span=Span(1.0, 8.0), reason="silence", revision=1, samples=SILENCE
    )
    assert advice_of(transcript_of(recorded(alarm(8.0), again, alarm(8.0)))) == []  # the second came late
    assert len(advice_of(transcript_of(recorded(alarm(8.0), again, alarm(9.5))))) == 1


def test_a_failure_of_the_advice_is_told_of_the_session_not_of_an_utterance() -> None:
    failed = StageFailed(at=3.0, utterance=UtteranceId(0), stage="advise", message="a rule is broken", remedy="mend it")
    transcript = transcript_of(recorded(failed))
    assert transcript.notices == ["advise failed: a rule is broken → mend it"]
    assert transcript.n_failed == 0 and {line.utterance for line in transcript.in_time()} == {1, 2}


# --- the assistant, and what nobody said


def test_the_assistants_lines_have_a_title_and_no_false_warning() -> None:
    asked = TurnAttributed(
        at=7.0,
        utterance=UtteranceId(3_000_001),
        span=Span(7.0, 9.0),
        role=Role.ASSISTANT,
        method="typed",
        confidence=1.0,
        hypothesis=Hypothesis("Tem febre?", "pt", 1.0, 1.0),
    )
    transcript = transcript_of(recorded(asked))
    (line,) = [line for line in transcript.lines.values() if line.role is Role.ASSISTANT]
    assert transcript.title(line) == "assistant" and line.warnings == []
    assert "assistant" in to_markdown(transcript)
    assert "VoiceDoc" in shown(after(opened(), asked))


def test_what_was_typed_and_phrases_that_were_chosen_are_in_the_transcript_without_a_false_warning() -> None:
    typed = TurnAttributed(
        at=7.0,
        utterance=UtteranceId(1_000_001),
        span=Span(7.0, 7.0),
        role=Role.DOCTOR,
        method="typed",
        confidence=1.0,
        hypothesis=Hypothesis("Any pain?", "en", 1.0, 1.0),
    )
    phrase = Cleared(
        at=8.0,
        utterance=UtteranceId(2_000_001),
        listener=Role.PATIENT,
        language="pt",
        text="Respire fundo.",
        purpose="phrase",
    )
    transcript = transcript_of(recorded(typed, phrase))
    lines = {line.text: line for line in transcript.in_time()}
    assert "not recognised" not in " ".join(warning for line in lines.values() for warning in line.warnings)
    assert lines["Respire fundo."].role is Role.DOCTOR and lines["Respire fundo."].warnings == []


def test_an_utterance_that_was_never_recognised_is_still_told() -> None:
    ended = [event for event in recorded() if isinstance(event, Utterance)]
    (line,) = transcript_of([opening("en", "pt"), ended[0]]).in_time()
    assert line.warnings == ["not recognised: the session ended first"]
    silent = NothingHeard(at=3.0, utterance=ONE, span=Span(1.0, 3.0), reason="cough")
    assert transcript_of([opening("en", "pt"), ended[0], silent]).in_time() == []
