"""Keys: from a terminal's bytes to names, from names to commands; and that the terminal is given back as it was."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from tests.helpers.live_events import doubted, held, opened, turn, visit
from voicedoc.cli.aside import told
from voicedoc.cli.keys import Decoder, Keys, has_keys
from voicedoc.cli.live_desk import Desk, finder
from voicedoc.cli.live_screen import Surroundings
from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE, Asked, Event, OfferedPhrase, PhrasesOffered, Pressed
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.engine import open_live_engine
from voicedoc.profiles import load_profile
from voicedoc.view.advance import advance
from voicedoc.view.keys import NO_PHRASE, NOT_SUSPENDED, Answer, Board, Offered, Press, Prompt, found, pressed
from voicedoc.view.state import State

pytestmark = pytest.mark.unit

EN_PT = Visit("en", "pt")


def state_of(*parts: Event | Iterable[Event]) -> State:
    flat = [event for part in parts for event in ([part] if isinstance(part, Event) else part)]
    return reduce(advance, flat, State())


def press(keys: str | list[str], state: State | None = None, board: Board | None = None) -> Answer:
    """The last answer, after some keys, with all commands of all of them."""
    answer, presses = Answer(board or Board()), []
    for key in keys:
        answer = pressed(answer.board, key, state or State())
        presses += answer.presses
    return answer._replace(presses=tuple(presses))


# --- what each key means


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (".", Press(Command.STOP)),
        ("m", Press(Command.PAUSE)),
        ("space", Press(Command.TALK, "doctor")),
        ("left", Press(Command.TALK, "doctor")),
        ("right", Press(Command.TALK, "patient")),
        ("d", Press(Command.SPEAKER, "doctor", UtteranceId(3))),
        ("p", Press(Command.SPEAKER, "patient", UtteranceId(3))),
        ("r", Press(Command.REPEAT, "", UtteranceId(2))),
        ("t", Press(Command.TEACH_BACK, "", UtteranceId(3))),
        ("s", Press(Command.SAY, "", UtteranceId(3))),
        ("x", Press(Command.SKIP, "", UtteranceId(3))),
    ],
)
def test_a_key_is_a_command_about_what_the_screen_shows(key: str, expected: Press) -> None:
    assert press([key], state_of(visit())).presses == (expected,)


@pytest.mark.parametrize(("key", "command"), [("y", Command.YES), ("n", Command.NO), ("x", Command.SKIP)])
def test_a_question_is_answered_by_its_number(key: str, command: Command) -> None:
    about = turn(1, 1.0, Role.PATIENT, ("pt", "Há 2 dias."), ("en", "For 2 days."))[:-4]
    assert press([key], state_of(opened(), about, doubted(1, 3.5))).presses == (Press(command, "", UtteranceId(1)),)


def test_what_is_held_takes_more_than_a_yes() -> None:
    answer = press("y", state_of(opened(), held(1, 1.0)))
    assert answer.presses == ()
    assert "s says it" in answer.board.hint


def test_what_the_patient_is_to_repeat_is_answered_by_no_key_and_stands_in_the_way_of_none() -> None:
    wanted = Asked(at=30.0, utterance=UtteranceId(1), kind="teach-back", listener=Role.PATIENT, language="pt", text="?")
    assert press("s", state_of(visit(), wanted)).presses == (Press(Command.SAY, "", UtteranceId(3)),)
    alone = press("y", state_of(opened(), turn(1, 1.0, Role.DOCTOR, ("en", "One."), ("pt", "Um.")), wanted))
    assert alone.presses == ()
    assert alone.board.hint


@pytest.mark.parametrize("key", ["y", "s", "d", "r", "t"])
def test_a_key_with_nothing_to_be_about_says_so(key: str) -> None:
    answer = press(key)
    assert answer.presses == ()
    assert answer.board.hint


def test_a_second_press_lets_the_button_go() -> None:
    talking = state_of(Pressed(at=1.0, command=Command.TALK, argument="patient"))
    for key in ("space", "left", "right"):
        assert press([key], talking).presses == (Press(Command.RELEASE),)


def test_the_space_bar_talks_for_whoever_talked_last() -> None:
    board = press(["right"]).board
    assert press(["space"], board=board).presses == (Press(Command.TALK, "patient"),)


def test_paused_listening_is_resumed_by_the_same_key() -> None:
    assert press("m", state_of(Pressed(at=1.0, command=Command.PAUSE))).presses == (Press(Command.RESUME),)


def test_ending_takes_a_second_key() -> None:
    assert press("q").presses == ()
    assert press("qq").presses == (Press(Command.END),)
    assert press(["ctrl-d", "enter"]).presses == (Press(Command.END),)
    kept = press(["q", "escape", "."])
    assert kept.presses == (Press(Command.STOP),)
    assert kept.board.prompt is Prompt.NONE


def test_a_human_interpreter_is_called_with_the_reason() -> None:
    assert press(["h", *"cancer", "space", *"news", "backspace", "enter"]).presses == (
        Press(Command.INTERPRETER, "cancer new"),
    )
    assert press(["h", *"qds", "escape"]).presses == ()


def test_what_the_doctor_types_is_interpreted() -> None:
    typed = press(["w", *"One", "space", *"a", "space", *"day.", "enter"])
    assert typed.presses == (Press(Command.TYPE, "doctor: One a day."),)
    assert press(["w", "enter"]).presses == ()


def test_a_phrase_is_searched_and_chosen_by_its_number() -> None:
    answer = press(["/", *"any 2 pains", "enter"])
    assert answer.search == "any 2 pains"
    board = found(
        answer.board, answer.search, [Offered("pain.any", "Any pain?", "Dói?"), Offered("x", "{n}", "{n}", False)]
    )
    assert press("1", board=board).presses == (Press(Command.PHRASE, "pain.any"),)
    assert press("1", board=board).board == Board()
    gap = press("2", board=board)
    assert (gap.presses, gap.board.prompt) == ((), Prompt.PHRASE)
    assert "gap" in gap.board.hint
    assert press([*" at 9"], board=board).board.typed == "any 2 pains at 9"
    for keys in (["space", "1"], ["space", *"1 tablet"]):  # who goes on typing has chosen nothing
        assert press(keys, board=board).presses == ()
    spaced = press(["/", "space", *"pain", "space", "enter"])
    assert (spaced.search, spaced.board.typed) == ("pain", "pain")


def test_a_search_that_finds_nothing_says_so() -> None:
    board = press(["/", *"zzz", "enter"]).board
    assert found(board, "zzz", []).hint == NO_PHRASE
    assert found(Board(), "zzz", [Offered("a", "b", "c")]) == Board()  # left before it was found


def test_an_offered_phrase_is_chosen_by_its_digit() -> None:
    offer = PhrasesOffered(at=1.0, utterance=UtteranceId(1), phrases=(OfferedPhrase("consent.record", 0.9, "a", "b"),))
    assert press("1", state_of(offer)).presses == (Press(Command.PHRASE, "consent.record"),)
    assert press("2", state_of(offer)).presses == ()


def test_looking_back_stops_at_both_ends() -> None:
    state = state_of(visit())
    assert press(["up"] * 9, state).board.back == 3
    assert press(["page-up", "down"], state).board.back == 2
    assert press(["up", "up", "escape"], state).board.back == 0
    assert press(["down"], state).board.back == 0


def test_ctrl_z_suspends_no_session() -> None:
    assert press(["ctrl-z"]).board.hint == NOT_SUSPENDED


@given(
    st.lists(st.one_of(st.sampled_from(["enter", "escape", "space", "backspace", "unknown", "up"]), st.characters()))
)
def test_no_sequence_of_keys_is_too_much(keys: list[str]) -> None:
    answer = press(keys, state_of(visit()))
    assert all(isinstance(each.command, Command) for each in answer.presses)


@pytest.mark.anyio
async def test_phrases_of_the_bank_are_found_for_the_clinician() -> None:
    with open_live_engine(load_profile("scripted"), EN_PT) as engine:
        offered = await finder(engine)("are you allergic to anything")
    assert offered[0].id == "allergies.any"
    assert offered[0].is_ready


# --- from bytes to names


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"q", ["q"]),
        (b" \r\n\x7f\x04\x1a", ["space", "enter", "enter", "backspace", "ctrl-d", "ctrl-z"]),
        (b"\x1b[A\x1b[B\x1bOC\x1b[D", ["up", "down", "right", "left"]),
        (b"\x1b[5~\x1b[6~\x1b[15~", ["page-up", "page-down", "unknown"]),
        ("é中".encode(), ["é", "中"]),
        (b"\x1bq", ["escape", "q"]),
        (b"\x01", ["unknown"]),
    ],
)
def test_bytes_have_names_however_they_are_cut(data: bytes, keys: list[str]) -> None:
    assert Decoder().feed(data) == keys
    decoder = Decoder()
    assert [key for at in range(len(data)) for key in decoder.feed(data[at : at + 1])] == keys


def test_an_escape_that_nothing_follows_is_a_key() -> None:
    decoder = Decoder()
    assert decoder.feed(b"\x1b") == []
    assert decoder.is_waiting
    assert decoder.flush() == ["escape"]
    assert not decoder.is_waiting


@given(st.binary(max_size=40))
def test_no_bytes_are_too_much(data: bytes) -> None:
    decoder = Decoder()
    keys = decoder.feed(data) + decoder.flush()
    assert all(len(key) == 1 or key.isascii() for key in keys)


# --- the terminal


class Tty:
    """Both ends of a terminal: `keyboard` is where a person types."""

    def __init__(self) -> None:
        self.keyboard, self.fd = pty.openpty()
        self._open = {self.keyboard, self.fd}

    def hang_up(self) -> None:
        """The person's end is gone."""
        self._open.remove(self.keyboard)
        os.close(self.keyboard)

    def close(self) -> None:
        for fd in self._open:
            os.close(fd)


@pytest.fixture
def tty() -> Iterator[Tty]:
    terminal = Tty()
    yield terminal
    terminal.close()


def test_keys_are_not_echoed_and_the_terminal_is_given_back(tty: Tty) -> None:
    before = termios.tcgetattr(tty.fd)
    with Keys(tty.fd):
        within = termios.tcgetattr(tty.fd)
        assert not within[3] & (termios.ECHO | termios.ICANON)
        assert within[3] & termios.ISIG  # Ctrl-C stays a signal
    assert termios.tcgetattr(tty.fd) == before


def test_the_terminal_is_given_back_after_an_error(tty: Tty) -> None:
    before = termios.tcgetattr(tty.fd)
    with pytest.raises(RuntimeError), Keys(tty.fd):
        raise RuntimeError
    assert termios.tcgetattr(tty.fd) == before


def test_a_pipe_has_no_keys() -> None:
    reading, writing = os.pipe()
    assert not has_keys(reading)
    os.close(reading)
    os.close(writing)


@pytest.mark.anyio
async def test_keys_come_as_they_are_typed_until_the_terminal_is_gone(tty: Tty) -> None:
    seen: list[str] = []
    with Keys(tty.fd) as keys, anyio.fail_after(5):
        os.write(tty.keyboard, b"d\x1b[A")
        async for key in keys:
            seen.append(key)
            if len(seen) == 2:
                os.write(tty.keyboard, b"\x1b")
            if key == "escape":
                tty.hang_up()
    assert seen == ["d", "up", "escape"]


class ScriptedSession:
    """Takes what is pressed; has levels."""

    levels = (-20.0, -30.0)

    def __init__(self) -> None:
        self.pressed: list[tuple[Any, ...]] = []

    def press(self, command: Command, argument: str = "", utterance: UtteranceId = NO_UTTERANCE) -> None:
        self.pressed.append((command, argument, utterance))


@pytest.mark.anyio
async def test_the_desk_hands_keys_to_the_session_and_gives_the_terminal_back(tty: Tty) -> None:
    before = termios.tcgetattr(tty.fd)
    session = ScriptedSession()
    with open(tty.fd, "w", closefd=False) as out:  # a terminal's number, not a path
        console = Console(file=out, width=80, height=24, force_terminal=True)
        around = Surroundings("1", EN_PT, "scripted", ("A", "B"))
        with Desk(console, around, allergies, fd=tty.fd) as desk, anyio.fail_after(10):
            for event in visit():
                desk.take(event)
            os.write(tty.keyboard, b"s/allergic to anything\r")
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(desk.beside, session)
                tasks.start_soon(_drain, tty.keyboard)
                while not desk.board.offered:
                    await anyio.sleep(0.01)
                os.write(tty.keyboard, b"1")
                while len(session.pressed) < 2:
                    await anyio.sleep(0.01)
                tasks.cancel_scope.cancel()
    assert session.pressed == [
        (Command.SAY, "", UtteranceId(3)),
        (Command.PHRASE, "allergies.any", NO_UTTERANCE),
    ]
    assert termios.tcgetattr(tty.fd) == before


async def allergies(text: str) -> list[Offered]:
    assert text == "allergic to anything"
    return [Offered("allergies.any", "Are you allergic to anything?", "É alérgico a alguma coisa?")]


async def _drain(fd: int) -> None:
    """Read what the screen writes, as a terminal does."""
    while True:
        await anyio.wait_readable(fd)
        os.read(fd, 65536)


ASIDE = """
import os
from rich.console import Console
from voicedoc.cli.aside import aside
with aside(Console()):
    for _ in range(3):
        os.write(2, b"ALSA lib: underrun\\n")
os.write(2, b"after\\n")
"""


def test_what_libraries_write_is_kept_off_the_screen_and_told_afterwards(tty: Tty) -> None:
    subprocess.run([sys.executable, "-c", ASIDE], stdin=tty.fd, stdout=tty.fd, stderr=tty.fd, check=True)
    shown = Text.from_ansi(os.read(tty.keyboard, 4096).decode().replace("\r", "")).plain
    assert shown.splitlines() == ["ALSA lib: underrun (×3)", "after"]


def test_what_libraries_write_into_a_file_is_left_alone() -> None:
    done = subprocess.run([sys.executable, "-c", ASIDE], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "ALSA lib: underrun\n" * 3 + "after\n")


def test_a_library_that_says_much_is_told_in_brief() -> None:
    assert told("\n".join(f"line {n}" for n in range(12)) + "\n\n")[-1] == "… and 2 other lines"


SUSPENDED = """
import anyio, sys
from voicedoc.cli.keys import Keys
async def main():
    with Keys(0, on_pause=lambda: say("pause"), on_resume=lambda: say("resume")) as keys:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(keys.watch_suspension)
            await anyio.sleep(0.1)
            say("ready")
            async for key in keys:
                say(key)
                if key == "q":
                    tasks.cancel_scope.cancel()
def say(text):
    sys.stderr.write(text + "\\n")
    sys.stderr.flush()
anyio.run(main)
"""


def test_a_suspended_process_gives_the_terminal_back_and_takes_it_again(tty: Tty) -> None:
    before = termios.tcgetattr(tty.fd)
    command = [sys.executable, "-c", SUSPENDED]
    with subprocess.Popen(command, stdin=tty.fd, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr
        assert said.readline() == "ready\n"
        assert termios.tcgetattr(tty.fd) != before
        process.send_signal(signal.SIGTSTP)
        os.waitpid(process.pid, os.WUNTRACED)
        assert termios.tcgetattr(tty.fd) == before
        process.send_signal(signal.SIGCONT)
        assert [said.readline(), said.readline()] == ["pause\n", "resume\n"]
        assert termios.tcgetattr(tty.fd) != before
        os.write(tty.keyboard, b"q")
        assert said.readline() == "q\n"
        assert process.wait(10) == 0
    assert termios.tcgetattr(tty.fd) == before
