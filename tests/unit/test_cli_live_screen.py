"""The screen of a live session: two goldens, and that nothing is ever wider or higher than the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from tests.conftest import ROOT
from tests.helpers.live_events import any_event, doubted, held, opened, partial, started, turn, visit
from voicedoc.cli.live_rows import CRITICAL, Paper, meant, original, rows_of
from voicedoc.cli.live_screen import LiveScreen, Surroundings, screen
from voicedoc.core.commands import Command
from voicedoc.core.events import DeviceLost, Event, LagReport, Muted, Notice, OfferedPhrase, PhrasesOffered, Pressed
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.view.advance import advance
from voicedoc.view.bidi import isolated, plain
from voicedoc.view.keys import Board, Offered, Prompt
from voicedoc.view.state import State

pytestmark = pytest.mark.unit

EN_PT = Visit("en", "pt")
AROUND = Surroundings("7f3a9c2e", EN_PT, "embedded", ("Yeti",), (-23.0,))


def state_of(*parts: Event | Iterable[Event]) -> State:
    flat = [event for part in parts for event in ([part] if isinstance(part, Event) else part)]
    return reduce(advance, flat, State())


def console(width: int = 80, height: int = 24) -> Console:
    return Console(file=StringIO(), width=width, height=height)


def shown(
    state: State, width: int = 80, height: int = 24, *, board: Board | None = None, around: Surroundings = AROUND
) -> list[str]:
    lines = screen(state, board or Board(), around, console(width, height), width, height)
    return [line.plain.rstrip() for line in lines]


@pytest.mark.parametrize(("width", "height"), [(80, 28), (120, 28)])
def test_the_screen_is_as_it_was(width: int, height: int) -> None:
    golden = ROOT / "tests" / "golden" / f"live-screen-{width}.txt"
    assert "\n".join(shown(state_of(visit()), width, height)) + "\n" == golden.read_text("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.lists(any_event(), max_size=25), st.integers(20, 140), st.integers(3, 40), st.sampled_from(Prompt))
def test_it_fits_every_terminal(events: list[Event], width: int, height: int, prompt: Prompt) -> None:
    board = Board(prompt=prompt, typed="any pain?", back=2)
    lines = screen(state_of(events), board, AROUND, console(width, height), width, height)
    assert len(lines) == height
    assert all("\n" not in line.plain for line in lines)
    assert all(line.cell_len <= width for line in lines)


def test_wide_terminals_have_a_column_for_each_language() -> None:
    rows = shown(state_of(visit()), 120)
    row = next(row for row in rows if "Good morning" in row)
    assert row.index("Good morning") < row.index("│") < row.index("Bom dia")
    answer = next(row for row in rows if "Sim, dói-me" in row)
    assert answer.index("Yes, my chest") < answer.index("│") < answer.index("Sim, dói-me")


def test_certain_words_are_bright_and_others_dim() -> None:
    state = state_of(started(1, 1.0), partial(1, 2.0, "Take two", "tablets"))
    text = original(state.lines[UtteranceId(1)])
    styles = {text.plain[span.start : span.end].strip(): str(span.style) for span in text.spans}
    assert str(text.style) == "bold"
    assert styles["tablets"] == "not bold dim"


def test_a_held_translation_shows_the_difference_marked_what_it_means_and_the_keys() -> None:
    state = state_of(opened(), held(1, 1.0))
    rows = "\n".join(shown(state))
    for words in (
        "held, not said",
        "s say it as it is",
        "x leave it out",
        "Take 15 mg twice a day.",
        "50 mg became 15",
    ):
        assert words in rows
    line = state.lines[UtteranceId(1)]
    for text, item in ((original(line), "50 mg"), (meant(line), "15 mg")):
        assert [text.plain[span.start : span.end] for span in text.spans if span.style == CRITICAL] == [item]


def test_a_question_shows_what_is_asked_of_whom_and_the_keys() -> None:
    about = turn(1, 1.0, Role.PATIENT, ("pt", "Há 2 dias."), ("en", "For 2 days."))[:-4]
    rows = "\n".join(shown(state_of(opened(), about, doubted(1, 3.5))))
    for words in ("asked of the patient", "Disse 2 dias?", "y yes", "n no"):
        assert words in rows


def test_several_open_questions_are_counted() -> None:
    assert any("1 more after this" in row for row in shown(state_of(opened(), held(1, 1.0), held(2, 5.0))))


def test_trouble_is_on_the_screen_while_it_lasts() -> None:
    state = state_of(
        opened(),
        DeviceLost(at=5.0, device="Yeti", message="unplugged", remedy="plug it in again"),
        LagReport(at=5.0, stage="recognize", seconds=2.5, measure="partials skipped"),
        Muted(at=5.0, span=Span(4.0, 5.0)),
        Pressed(at=5.0, command=Command.PAUSE),
        Pressed(at=5.0, command=Command.TALK, argument="patient"),
    )
    rows = " ".join(" ".join(shown(state, 120)).split())
    for words in (
        "Yeti is gone",
        "Yeti: unplugged → plug it in again",
        "recognize 2.5 s behind (partials skipped)",
        "paused: m listens again",
        "patient has the button",
        "not heard while the voice speaks",
        "space let go",
        "m listen again",
    ):
        assert words in rows


def test_on_a_small_screen_what_people_say_comes_before_notices_and_keys() -> None:
    notice = Notice(at=9.0, code="phrases-by-letters", message="found by letters alone: " + "x" * 150, remedy="pull it")
    said = turn(1, 1.0, Role.PATIENT, ("pt", "Dói-me o peito."), ("en", "My chest hurts."))
    rows = shown(state_of(opened(), said, notice), 40, 12)
    assert "VoiceDoc" in rows[0]
    assert any("Dói-me" in row for row in rows) and any("My chest" in row for row in rows)
    assert sum(row.rstrip().endswith("…") for row in rows) >= 1, "what was left out is not hidden"


def test_a_notice_leaves_the_screen_after_a_while() -> None:
    notice = Notice(at=1.0, code="no-voice", message="no voice for 'hi'", remedy="read it")
    assert any("no voice" in row for row in shown(state_of(notice)))
    assert not any("no voice" in row for row in shown(state_of(notice, Notice(at=60.0, code="x", message="later"))))


def test_offered_phrases_have_their_digit() -> None:
    offer = PhrasesOffered(
        at=3.5, utterance=UtteranceId(1), phrases=(OfferedPhrase("a", 0.9, "May I record?", "Posso gravar?"),)
    )
    assert any("1 reviewed: May I record?  Posso gravar?" in row for row in shown(state_of(offer)))


def test_what_is_typed_and_found_is_in_the_footer() -> None:
    board = Board(Prompt.PHRASE, "any pain", "any pain", (Offered("pain.any", "Does anything hurt?", "Dói?"),))
    rows = shown(State(), board=board)
    assert any("1 Does anything hurt?  Dói?" in row for row in rows)
    assert rows[-1].startswith("find a phrase: any pain▏")


@pytest.mark.parametrize(
    ("prompt", "does"), [(Prompt.PHRASE, "search"), (Prompt.WORDS, "say it"), (Prompt.REASON, "call")]
)
def test_a_prompt_names_each_of_its_keys_once(prompt: Prompt, does: str) -> None:
    footer = shown(State(), board=Board(prompt=prompt, typed="any pain"))[-1]
    assert f"enter {does}" in footer
    assert footer.count("esc back") == 1


def test_older_turns_can_be_looked_at() -> None:
    many = [turn(n, 5.0 * n, Role.DOCTOR, ("en", f"Sentence {n}."), ("pt", f"Frase {n}.")) for n in range(1, 30)]
    state = state_of(opened(), *many)
    newest = "\n".join(shown(state))
    assert "Sentence 29." in newest
    assert "Sentence 1." not in newest
    older = "\n".join(shown(state, board=Board(back=28)))
    assert "Sentence 1." in older
    assert "Sentence 29." not in older


def test_without_keys_only_ctrl_c_is_named() -> None:
    assert shown(State(), around=Surroundings("1", EN_PT, "embedded", has_keys=False))[-1] == "Ctrl-C ends"


# --- directions, and what steers terminals


def test_text_from_right_to_left_is_isolated_line_by_line() -> None:
    arabic = "هل لديك حساسية من أي دواء أو طعام؟ " * 4
    state = state_of(opened("en", "ar"), turn(1, 1.0, Role.DOCTOR, ("en", "Any allergies?"), ("ar", arabic.strip())))
    rows = rows_of(state.lines[UtteranceId(1)], Paper(console(), 80, Visit("en", "ar")))
    written = [row.plain for row in rows if "\u0600" <= max(row.plain) <= "\u206f"]
    assert len(written) > 1
    assert all(row.count("\u2067") == row.count("\u2069") == 1 for row in written)
    assert not any("\u2067" in row.plain for row in rows if "Any allergies?" in row.plain)


def test_text_without_such_letters_is_left_alone() -> None:
    assert isolated("Bom dia.", "pt") == "Bom dia."


def test_what_steers_a_terminal_is_taken_out_in_its_place() -> None:
    nasty = "a\x1b[2Jb\u202ec\u2066d\ne"
    assert plain(nasty) == "a [2Jb c d e"
    state = state_of(turn(1, 1.0, Role.DOCTOR, ("en", nasty), ("pt", nasty)))
    assert not any(letter in row for row in shown(state) for letter in "\x1b\u202e\u2066\n")


def test_the_terminal_shows_what_it_showed_before() -> None:
    out = StringIO()
    terminal = Console(file=out, width=80, height=24, force_terminal=True)
    with LiveScreen(lambda: (state_of(visit()), Board(), AROUND), terminal) as shown_live:
        shown_live.hide()
        shown_live.show()
        shown_live.show()
    assert out.getvalue().count("\x1b[?1049h") == out.getvalue().count("\x1b[?1049l") == 2
    assert "Good morning" in Text.from_ansi(out.getvalue()).plain
