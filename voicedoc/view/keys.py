"""What each key means in a live session: pure. What shows the session says which utterance a key is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from voicedoc.core.commands import Command
from voicedoc.core.events import NO_UTTERANCE
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.view.state import LET_GO, TEACH_BACK, Line, State

MOST_OFFERED = 9
"""Phrases that are offered: each has a digit."""

LONGEST = 300
"""Letters of what is typed."""

NOT_SUSPENDED = "Ctrl-Z would lose what is said: m pauses, q ends"
NO_PHRASE = "no phrase says this"


class Prompt(Enum):
    """What is being typed; `NONE`: keys are commands."""

    NONE = ""
    REASON = "why a human interpreter is called"
    PHRASE = "find a phrase"
    WORDS = "the doctor says"
    END = "end the session?"


@dataclass(frozen=True, slots=True)
class Offered:
    """A phrase that was found. `is_ready`: it can be said as it is; else something is to be filled in."""

    id: str
    text: str
    translation: str
    is_ready: bool = True


@dataclass(frozen=True, slots=True)
class Board:
    """The keyboard's own state. `button` is whose push-to-talk the space bar is; `back` how far one has scrolled back.

    `searched` is what `offered` was found for. `hint` is a word to whoever pressed a key that does nothing now.
    `note`: the note so far is shown in the place of what people say.
    """

    prompt: Prompt = Prompt.NONE
    typed: str = ""
    searched: str = ""
    offered: tuple[Offered, ...] = ()
    button: Role = Role.DOCTOR
    back: int = 0
    hint: str = ""
    note: bool = False


class Press(NamedTuple):
    """A command for the session."""

    command: Command
    argument: str = ""
    utterance: UtteranceId = NO_UTTERANCE


class Answer(NamedTuple):
    """What a key does: the board after it, the commands, and a text to find phrases for ("": none)."""

    board: Board
    presses: tuple[Press, ...] = ()
    search: str = ""


def pressed(board: Board, key: str, state: State) -> Answer:
    """What `key` does while the screen shows `board` and `state`."""
    board = replace(board, hint="")
    if board.prompt is Prompt.NONE:
        return _command(board, key, state)
    if key == "escape":
        return Answer(replace(board, prompt=Prompt.NONE, typed="", searched="", offered=()))
    if board.prompt is Prompt.END:
        return _ended(board, key)
    return _typed(board, key)


def found(board: Board, searched: str, offered: Sequence[Offered]) -> Board:
    """Phrases have been found for what was searched."""
    if board.prompt is not Prompt.PHRASE:
        return board
    hint = "" if offered else NO_PHRASE
    return replace(board, searched=searched, offered=tuple(offered[:MOST_OFFERED]), hint=hint)


# --- what is typed


def _ended(board: Board, key: str) -> Answer:
    closed = replace(board, prompt=Prompt.NONE)
    return Answer(closed, (Press(Command.END),)) if key in ("q", "enter") else Answer(closed)


def chooses(board: Board, key: str) -> bool:
    """Whether a key chooses a phrase that was found: a digit does while what was searched stands there untouched."""
    return bool(board.offered) and key.isdecimal() and board.typed == board.searched


def _typed(board: Board, key: str) -> Answer:
    if key == "enter":
        return _entered(board)
    if chooses(board, key):
        return _chosen(board, int(key))
    if key == "backspace":
        return Answer(replace(board, typed=board.typed[:-1]))
    letter = " " if key == "space" else key
    if len(letter) > 1 or len(board.typed) >= LONGEST:
        return Answer(board)
    return Answer(replace(board, typed=board.typed + letter))


def _entered(board: Board) -> Answer:
    text = board.typed.strip()
    if board.prompt is Prompt.PHRASE:
        return Answer(replace(board, typed=text), search=text)
    closed = replace(board, prompt=Prompt.NONE, typed="")
    if board.prompt is Prompt.WORDS:
        return Answer(closed, (Press(Command.TYPE, f"{Role.DOCTOR.value}: {text}"),) if text else ())
    return Answer(closed, (Press(Command.INTERPRETER, text),))


def _chosen(board: Board, number: int) -> Answer:
    if not 1 <= number <= len(board.offered):
        return Answer(board)
    phrase = board.offered[number - 1]
    if not phrase.is_ready:
        return Answer(replace(board, hint="this one has a gap to be filled: say it yourself"))
    closed = replace(board, prompt=Prompt.NONE, typed="", searched="", offered=())
    return Answer(closed, (Press(Command.PHRASE, phrase.id),))


# --- commands


def _command(board: Board, key: str, state: State) -> Answer:
    match key:
        case "space" | "left" | "right":
            return _button(board, key, state)
        case "d" | "p":
            return _speaker(board, Role.DOCTOR if key == "d" else Role.PATIENT, state)
        case "y" | "n" | "s" | "x":
            return _decided(board, key, state)
        case "/" | "h" | "w" | "q" | "ctrl-d":
            prompts = {"/": Prompt.PHRASE, "h": Prompt.REASON, "w": Prompt.WORDS}
            return Answer(replace(board, prompt=prompts.get(key, Prompt.END), typed=""))
        case "o" | "up" | "down" | "page-up" | "page-down" | "escape":
            return Answer(_looked(board, key, state))
        case "ctrl-z":
            return Answer(replace(board, hint=NOT_SUSPENDED))
        case "r" | "t":
            return _about(board, key, state)
        case _ if key.isdecimal():
            return _offer(board, int(key), state)
        case "." | "m":
            pause = Command.RESUME if state.resting else Command.PAUSE
            return Answer(board, (Press(Command.STOP if key == "." else pause),))
        case _:
            return Answer(board)


def _looked(board: Board, key: str, state: State) -> Board:
    """The note, or what is said, further up or down."""
    if key == "o" or (board.note and key == "escape"):
        return replace(board, note=key == "o" and not board.note, back=0)
    if not board.note:
        return replace(board, back=_scrolled(board.back, key, len(state.in_order)))
    step = {"up": -1, "down": 1, "page-up": -10, "page-down": 10}[key]
    return replace(board, back=max(0, board.back + step))


def _offer(board: Board, number: int, state: State) -> Answer:
    """A phrase that was offered for what the clinician said."""
    if not 1 <= number <= len(state.offers):
        return Answer(board)
    return Answer(board, (Press(Command.PHRASE, state.offers[number - 1].id),))


def _button(board: Board, key: str, state: State) -> Answer:
    """The terminal does not tell when a key is let go: a second press does."""
    if state.talking is not None:
        return Answer(board, (Press(Command.RELEASE),))
    role = {"left": Role.DOCTOR, "right": Role.PATIENT}.get(key, board.button)
    return Answer(replace(board, button=role), (Press(Command.TALK, role.value),))


def _speaker(board: Board, role: Role, state: State) -> Answer:
    lines = [line for line in state.in_order if line.text]
    if not lines:
        return Answer(replace(board, hint="nobody has said anything yet"))
    return Answer(board, (Press(Command.SPEAKER, role.value, lines[-1].utterance),))


_DECISIONS = {"y": Command.YES, "n": Command.NO, "s": Command.SAY, "x": Command.SKIP}


def _decided(board: Board, key: str, state: State) -> Answer:
    """An answer to the question, or the held translation, that the screen shows."""
    waiting = [line for line in state.waiting if not (line.question and line.question.kind == TEACH_BACK)]
    if not waiting:
        return Answer(replace(board, hint="nothing waits for an answer"))
    line = waiting[-1]
    is_held = line.question.kind == "hold" if line.question else True
    if is_held and key in "yn":
        return Answer(replace(board, hint="it is held: s says it as it is, x leaves it out"))
    return Answer(board, (Press(_DECISIONS[key], utterance=line.utterance),))


def shown_question(state: State) -> Line | None:
    """The line whose question, or whose held translation, keys answer now: the one that was asked last."""
    waiting = state.waiting
    return waiting[-1] if waiting else None


def _about(board: Board, key: str, state: State) -> Answer:
    """Repeat the last translation that was let go; have the doctor's last instruction taught back."""
    lines = [line for line in state.in_order if line.text]
    if key == "r":
        spoken = [line for line in lines if line.step in LET_GO]
        return _press_about(board, Command.REPEAT, spoken, "there is nothing to repeat")
    instructions = [line for line in lines if line.role is Role.DOCTOR]
    return _press_about(board, Command.TEACH_BACK, instructions, "the doctor has said nothing yet")


def _press_about(board: Board, command: Command, lines: Sequence[Line], lacking: str) -> Answer:
    """A command about the last of some lines."""
    if not lines:
        return Answer(replace(board, hint=lacking))
    return Answer(board, (Press(command, utterance=lines[-1].utterance),))


def _scrolled(back: int, key: str, n_lines: int) -> int:
    steps = {"up": 1, "down": -1, "page-up": 5, "page-down": -5, "escape": -back}
    return max(0, min(back + steps[key], n_lines - 1))
