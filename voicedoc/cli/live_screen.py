"""A live session on a full screen: who speaks, what it means, what waits for an answer, and which keys there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from voicedoc.cli.live_advice import advice_rows
from voicedoc.cli.live_note import note_rows
from voicedoc.cli.live_rows import BETWEEN, HEAD, QUIET, TRANSLATED, TWO_COLUMNS_FROM, Paper, meant, original, rows_of
from voicedoc.core.speech import Visit
from voicedoc.core.time import clock_text
from voicedoc.view.bidi import plain
from voicedoc.view.keys import Board, Prompt, shown_question
from voicedoc.view.state import Line, Note, State

NOTE_STANDS = {"notice": 20.0, "done": 10.0, "trouble": 60.0}
"""Seconds of audio for which a note stays on the screen."""

MOST_SHOWN = 3
"""Notes on the screen at once: the newest."""

FRAMES_PER_SECOND = 10

QUIETEST = -60.0
"""The level in dB that leaves the meter empty."""

METER = 10
"""Steps of the meter."""

KEYS = (
    ("space", "talk"),
    ("←/→", "doctor/patient talks"),
    ("d/p", "that was the doctor/patient"),
    ("r", "repeat"),
    (".", "stop the voice"),
    ("t", "teach-back"),
    ("/", "phrase"),
    ("w", "type"),
    ("h", "human interpreter"),
    ("m", "pause"),
    ("o", "note so far"),
    ("↑/↓", "look back"),
    ("q", "end"),
)
"""What the footer says; what answers a question stands beside the question."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the screen shows beside the session's events. `levels` in dB per channel, as of now.

    `has_keys`: somebody can press keys here. `note` is what a note of the visit would say so far, line by line.
    """

    session: str
    visit: Visit
    profile: str
    microphones: tuple[str, ...] = ()
    levels: tuple[float, ...] = ()
    has_keys: bool = True
    note: tuple[str, ...] = ()


LEAST_BODY = 6
"""Lines for what people say, on screens that are high enough."""


def screen(state: State, board: Board, around: Surroundings, console: Console, width: int, height: int) -> list[Text]:
    """The lines of the screen, exactly `height` of them, none wider than `width` columns."""
    paper = Paper(console, width, around.visit)
    top = _head(state, around, paper)
    waiting, offers, notes = _waiting(state, paper), _offers(state, paper), _notes(state, paper)
    advice = advice_rows(state, paper)
    keys, prompt = _key_lines(state, board, around, paper), _prompt_lines(board, paper)
    room = height - len([*top, *waiting, *advice, *offers, *notes, _rule(width), *keys, *prompt])
    for block in (keys, notes, offers, advice):  # what people say comes first
        room += _shorten(block, min(LEAST_BODY, height // 3) - room)
    bottom = [*waiting, *advice, *offers, *notes, _rule(width), *keys, *prompt]
    body = note_rows(around.note, board.back, paper, max(room, 0)) if board.note else None
    lines = [*top, *(body if body is not None else _body(state, board, paper, max(room, 0))), *bottom]
    for line in lines:
        line.truncate(width, overflow="crop")  # a terminal of a few columns shows what it can
    return lines[-height:]


def _shorten(block: list[Text], wanted: int) -> int:
    """Leave out so many of a block's last lines, never the first, and say so; how many were left out."""
    n_left_out = min(max(0, wanted), max(0, len(block) - 1))
    if n_left_out:
        del block[-n_left_out:]
        block[-1].truncate(max(1, block[-1].cell_len - 2))
        block[-1].append(" …", style=QUIET)
    return n_left_out


# --- the head


def _head(state: State, around: Surroundings, paper: Paper) -> list[Text]:
    visit = around.visit
    first = Text.assemble(
        (" VoiceDoc ", "bold reverse"),
        f"  doctor {visit.doctor} ⇄ patient {visit.patient}",
        (f"  {around.profile}  session {around.session}", QUIET),
    )
    first.append(f"  {clock_text(state.position)}", style="bold")
    second = Text(" ").append_text(_light(state)).append(f" {state.activity}", style="bold")
    second.append_text(_meters(around)).append_text(_hindrances(state))
    lines = [*paper.wrapped(first, paper.width), *paper.wrapped(second, paper.width), _rule(paper.width)]
    return lines + ([_titles(visit, paper.width)] if paper.width >= TWO_COLUMNS_FROM else [])


def _light(state: State) -> Text:
    if state.lost or state.closed:
        return Text("●", style="red")
    return Text("●", style="yellow" if state.resting or state.ending or state.waits_for_button else "green")


def _meters(around: Surroundings) -> Text:
    text = Text()
    for channel, level in enumerate(around.levels):
        name = around.microphones[channel] if channel < len(around.microphones) else ""
        full = round(METER * (1 - max(QUIETEST, min(level, 0.0)) / QUIETEST))
        text.append(f"  {plain(name)} " if name else "  ", style=QUIET)
        text.append("▮" * full, style="green" if level < -6.0 else "red").append("▯" * (METER - full), style=QUIET)
        text.append(f" {level:.0f} dB", style=QUIET)
    return text


def _hindrances(state: State) -> Text:
    """What keeps the session from hearing or from being in time."""
    text = Text()
    for lost in state.lost:
        text.append(f"  ✗ {plain(lost.device)} is gone", style="bold red")
    if state.resting:
        text.append("  paused: m listens again", style="bold yellow")
    if state.talking is not None:
        text.append(f"  ◉ {state.talking.value} has the button", style="bold green")
    if state.muted.end > 0 and state.position - state.muted.end < 0.3 and not state.push_to_talk:
        text.append("  not heard while the voice speaks", style=QUIET)
    if (late := state.behind) is not None:
        text.append(f"  {late.stage} {late.seconds:.1f} s behind", style="yellow")
        text.append(f" ({plain(late.measure)})" if late.measure else "", style="yellow")
    if state.called is not None:
        text.append("  human interpreter called", style="bold magenta")
    return text


def _titles(visit: Visit, width: int) -> Text:
    column = (width - HEAD - len(BETWEEN)) // 2
    left = f"doctor · {visit.doctor}"
    return Text(f"{'':{HEAD}}{left:<{column}}{BETWEEN}patient · {visit.patient}", style=QUIET)


def _rule(width: int) -> Text:
    return Text("─" * width, style=QUIET)


# --- the turns


def _body(state: State, board: Board, paper: Paper, height: int) -> list[Text]:
    """As many of the newest turns as there is room for; scrolled back, older ones."""
    lines = state.in_order
    if board.back:
        lines = lines[: max(1, len(lines) - board.back)]
    rows: list[Text] = []
    for line in reversed(lines):
        if len(rows) >= height:
            break
        rows = rows_of(line, paper) + rows
    rows = rows[-height:] if height else []
    return rows + [Text() for _ in range(height - len(rows))]


# --- what waits for somebody


def _waiting(state: State, paper: Paper) -> list[Text]:
    line = shown_question(state)
    if line is None:
        return []
    others = len(state.waiting) - 1
    more = [Text(f"  {others} more after this", style=QUIET)] if others else []
    is_held = line.question is None or line.question.kind == "hold"
    return [_rule(paper.width), *(_held(line, paper) if is_held else _question(line, paper)), *more]


def _held(line: Line, paper: Paper) -> list[Text]:
    title = Text(f"⚠ held, not said ({clock_text(line.began)})   ", style="bold yellow")
    rows = [title.append_text(_keys((("s", "say it as it is"), ("x", "leave it out"))))]
    rows += _field(f"{line.role.value} said", original(line), line.language, paper)
    rows += _field(f"{line.listener.value} would hear", meant(line), line.target, paper)
    if line.held and line.held.back:
        rows += _field("which means", Text(plain(line.held.back)), line.language, paper)
    differences = line.held.differences if line.held else line.question.items if line.question else ()
    for difference in differences:
        rows += _field("differs", Text(plain(difference), style="bold red"), "", paper)
    return rows


def _question(line: Line, paper: Paper) -> list[Text]:
    question = line.question
    if question is None:
        return []
    names = {"read-back": "read back to", "doubt": "asked of", "teach-back": "to be taught back by"}
    title = f"? {names.get(question.kind, question.kind)} the {question.listener.value}"
    title += " (the answer was not clear)" if line.unclear else ""
    keys = (("y", "yes"), ("n", "no, say it again"), ("x", "leave it out"))
    rows = [Text(f"{title}   ", style="bold cyan").append_text(_keys(keys))]
    rows += _field("asks", Text(plain(question.text), style="bold"), question.language, paper)
    if question.items:
        rows += _field("about", Text(plain(", ".join(question.items)), style="bold red"), "", paper)
    return rows


def _field(name: str, text: Text, language: str, paper: Paper) -> list[Text]:
    indent = 22
    lines = paper.wrapped(text, paper.width - indent, language)
    heads = [Text(f"  {name:<{indent - 2}}", style=QUIET), *(Text(" " * indent) for _ in lines[1:])]
    return [start.append_text(rest) for start, rest in zip(heads, lines, strict=True)]


def _offers(state: State, paper: Paper) -> list[Text]:
    """Reviewed sentences for what the clinician said, each with its digit."""
    rows = []
    for number, offer in enumerate(state.offers, start=1):
        text = Text(f" {number} ", style="bold").append(f"reviewed: {plain(offer.source_text)}", style="not bold")
        rows += paper.wrapped(text.append(f"  {plain(offer.text)}", style=f"not bold {TRANSLATED}"), paper.width)
    return rows


# --- notes and keys


def _notes(state: State, paper: Paper) -> list[Text]:
    """The newest first: on a small screen it is what stays."""
    fresh = [note for note in state.notes if state.position - note.at <= NOTE_STANDS[note.kind]]
    return [row for note in reversed(fresh[-MOST_SHOWN:]) for row in paper.wrapped(note_text(note), paper.width)]


def note_text(note: Note) -> Text:
    """A note with what can be done about it."""
    marks = {"trouble": ("⚠ ", "bold yellow"), "done": ("✓ ", "green"), "notice": ("⚠ ", "yellow")}
    mark, style = marks[note.kind]
    text = Text(mark + plain(note.text), style=style)
    return text.append(f" → {plain(note.remedy)}", style="not bold") if note.remedy else text


def _key_lines(state: State, board: Board, around: Surroundings, paper: Paper) -> list[Text]:
    if not around.has_keys:
        return [Text("Ctrl-C ends", style=QUIET)]
    if board.prompt is not Prompt.NONE:
        return []
    return _packed([(key, _does(key, does, state, board)) for key, does in KEYS], paper.width)


def _prompt_lines(board: Board, paper: Paper) -> list[Text]:
    """What is being typed or asked of the keys, and why a key did nothing."""
    hint = [Text(board.hint, style="yellow")] if board.hint else []
    match board.prompt:
        case Prompt.NONE:
            return hint
        case Prompt.END:
            return [Text("End the session?  ", style="bold").append_text(_keys((("q", "end"), ("esc", "go on"))))]
        case _:
            return [*hint, *_prompt(board, paper)]


def _does(key: str, does: str, state: State, board: Board) -> str:
    """What a key does now, where that depends on what goes on."""
    if key == "m" and state.resting:
        return "listen again"
    if key == "o" and board.note:
        return "what is said"
    if key == "space":
        return "let go" if state.talking is not None else f"{board.button.value} talks"
    return does


def _prompt(board: Board, paper: Paper) -> list[Text]:
    is_search = board.prompt is Prompt.PHRASE
    enter = {Prompt.PHRASE: "search", Prompt.WORDS: "say it"}.get(board.prompt, "call")
    keys = [("enter", enter), *([("1-9", "say it")] if is_search else []), ("esc", "back")]
    rows = []
    for number, offer in enumerate(board.offered, start=1):
        style = "bold" if offer.is_ready else QUIET
        text = Text(f" {number} ", style="bold").append(plain(offer.text), style=style)
        rows += paper.wrapped(text.append(f"  {plain(offer.translation)}", style=f"not bold {QUIET}"), paper.width)
    typed = Text(f"{board.prompt.value}: ", style="bold").append(plain(board.typed), style="not bold").append("▏  ")
    return [*rows, *paper.wrapped(typed.append_text(_keys(keys)), paper.width)]


def _keys(keys: Sequence[tuple[str, str]]) -> Text:
    return Text("   ").join(_key(key, does) for key, does in keys)


def _key(key: str, does: str) -> Text:
    return Text(key, style="bold").append(f" {does}", style=f"not bold {QUIET}")


def _packed(keys: Iterable[tuple[str, str]], width: int) -> list[Text]:
    """Keys on as few lines as they need, none of them broken."""
    lines = [Text()]
    for key in (_key(key, does) for key, does in keys):
        if lines[-1].plain and lines[-1].cell_len + 3 + key.cell_len > width:
            lines.append(Text())
        lines[-1].append("   " if lines[-1].plain else "").append_text(key)
    return lines


# --- on a terminal


class LiveScreen:
    """Shows a session on the whole terminal while it runs; then the terminal has back what it showed before.

    What was said stays on no scroll-back. `look` gives what is to be shown, ten times a second, from another thread.
    """

    def __init__(self, look: Callable[[], tuple[State, Board, Surroundings]], console: Console) -> None:
        self._look, self._console = look, console
        self._live = Live(
            get_renderable=self._rendered,
            console=console,
            screen=True,
            refresh_per_second=FRAMES_PER_SECOND,
            vertical_overflow="crop",
        )

    def __enter__(self) -> LiveScreen:
        self.show()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()

    def show(self) -> None:
        """Take the terminal. Showing what is shown is no mistake."""
        self._live.start(refresh=True)

    def hide(self) -> None:
        """Give it back."""
        self._live.stop()

    def _rendered(self) -> Group:
        width, height = self._console.size
        return Group(*screen(*self._look(), self._console, width, height))
