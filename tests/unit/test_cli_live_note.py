"""The note so far, on the screen of a session that goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.live_events import visit
from tests.unit.test_cli_live_screen import AROUND, console, shown, state_of
from voicedoc.cli.live_note import note_rows, note_so_far
from voicedoc.cli.live_rows import Paper
from voicedoc.view.keys import Board, pressed
from voicedoc.view.state import State

pytestmark = pytest.mark.unit


def test_the_note_holds_what_was_said_in_the_clinicians_language() -> None:
    lines = note_so_far(list(visit()), "en")
    assert any("chest" in line for line in lines if line.startswith("  "))
    assert not any("peito" in line and "(" not in line for line in lines)


def test_a_key_shows_the_note_in_the_place_of_what_people_say_and_back() -> None:
    state = state_of(visit())
    around = replace(AROUND, note=note_so_far(list(visit()), "en"))
    looking = pressed(Board(), "o", state).board
    rows = "\n".join(shown(state, board=looking, around=around))
    assert around.note[0] in rows and "Good morning" not in rows
    assert "o what is said" in rows
    assert "Good morning" in "\n".join(shown(state, board=pressed(looking, "o", state).board, around=around))
    assert pressed(looking, "escape", state).board == Board()


def test_a_long_note_is_read_line_by_line() -> None:
    paper = Paper(console(40, 10), 40, AROUND.visit)
    lines = [f"  line {number}" for number in range(30)]
    board = Board(note=True)
    for _ in range(3):
        board = pressed(board, "down", State()).board
    board = pressed(board, "up", State()).board
    assert [row.plain.strip() for row in note_rows(lines, board.back, paper, 3)] == ["line 2", "line 3", "line 4"]
    assert note_rows(lines, 99, paper, 3)[-1].plain.strip() == "line 29"
    assert len(note_rows([], 0, paper, 5)) == 5
