"""The turns of a live session as lines of a terminal: two columns where there is room, else one turn after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from voicedoc.cli.captions import who
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Critical, Role, Visit
from voicedoc.core.time import clock_text
from voicedoc.view.bidi import isolated, plain
from voicedoc.view.state import Line, Step

TWO_COLUMNS_FROM = 100
"""Columns of a terminal from which each language has its own."""

HEAD = 17
"""Columns for when and who."""

BETWEEN = " │ "

SAID = "bold"
TRANSLATED = "cyan"
QUIET = "dim"
CRITICAL = "bold reverse red"

_GLYPHS = {
    Step.UNDERSTANDING: "… understanding",
    Step.TRANSLATING: "… translating",
    Step.CHECKING: "… checking",
    Step.ASKED: "? asked back",
    Step.HELD: "⚠ held, not said",
    Step.WAITING: "· to be said",
    Step.SAYING: "♪",
    Step.PAUSED: "‖ voice waits",
    Step.SAID: "✓",
    Step.CUT: "✗ cut short",
    Step.SHOWN: "✓ shown only",
    Step.WITHDRAWN: "✗ not said",
    Step.UNTRANSLATED: "✗ not translated",
    Step.FAILED: "✗ failed",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What rows are written on: so many columns, for the languages of a visit."""

    console: Console
    width: int
    visit: Visit

    def wrapped(self, text: Text, width: int, language: str = "") -> list[Text]:
        """Lines of at most `width` columns. Each is a stretch of its own direction."""
        lines = text.wrap(self.console, max(width, 1), overflow="fold")
        return [_isolated(line, language) for line in lines] or [Text()]


def rows_of(line: Line, paper: Paper) -> list[Text]:
    """One utterance."""
    rows = _in_columns(line, paper) if paper.width >= TWO_COLUMNS_FROM else _one_by_one(line, paper)
    for warning in line.warnings:
        text = Text(f"⚠ {plain(warning)}", style="yellow")
        rows += [Text(" " * HEAD).append_text(part) for part in paper.wrapped(text, paper.width - HEAD)]
    return rows


def head(line: Line) -> Text:
    """When and who, on `HEAD` columns."""
    name = "" if line.role is Role.UNKNOWN else who(line.role)
    return Text(f"{clock_text(line.began):>7} ", style=QUIET).append(f"{name:<8} ", style="not dim bold")


def _in_columns(line: Line, paper: Paper) -> list[Text]:
    """Left what is in the doctor's language, right what is in the patient's."""
    width = (paper.width - HEAD - len(BETWEEN)) // 2
    cells = [(original(line), line.language), (translation(line), line.target or paper.visit.other(line.language))]
    if not _is_left(line, paper.visit):
        cells.reverse()
    left, right = (paper.wrapped(text, width, language) for text, language in cells)
    height = max(len(left), len(right))
    rows = []
    for at, (one, other) in enumerate(zip(_filled(left, height), _filled(right, height), strict=True)):
        row = head(line) if at == 0 else Text(" " * HEAD)
        one.pad_right(max(0, width - one.cell_len))
        rows.append(row.append_text(one).append(BETWEEN, style=QUIET).append_text(other))
    return rows


def _filled(lines: list[Text], height: int) -> list[Text]:
    return lines + [Text() for _ in range(height - len(lines))]


def _is_left(line: Line, visit: Visit) -> bool:
    """Whether it was said in the doctor's language; before a language is known, by the doctor."""
    if line.language:
        return same_language(line.language, visit.doctor)
    return line.role is not Role.PATIENT


def _one_by_one(line: Line, paper: Paper) -> list[Text]:
    """What was said, and under it what it means."""
    label = f"{plain(line.language):<3} "
    width = paper.width - HEAD - len(label)
    rows = _labelled(paper.wrapped(original(line), width, line.language), head(line), label)
    other = translation(line)
    if not other.plain:
        return rows
    target = line.target or paper.visit.other(line.language)
    lines = paper.wrapped(other, width, target)
    return rows + _labelled(lines, Text(" " * HEAD), f"{plain(target) if line.translation else '':<3} ")


def _labelled(lines: Iterable[Text], first: Text, label: str) -> list[Text]:
    rows = []
    for at, line in enumerate(lines):
        start = first.append(label, style="not bold dim") if at == 0 else Text(" " * (HEAD + len(label)))
        rows.append(start.append_text(line))
    return rows


def original(line: Line) -> Text:
    """What was said, critical differences marked; what is not certain yet is dim."""
    if line.text:
        said = Text(plain(line.text), style=SAID)
        return _marked(said, [found.item for found in line.findings if found.verdict != "invented"])
    heard = Text(plain(line.stable), style=SAID)
    unstable = plain(line.unstable)
    gap = " " if line.stable and unstable and not unstable.startswith(" ") else ""
    heard.append(gap + unstable, style="not bold dim")
    return heard.append(" …" if heard.plain else "…", style="not bold dim") if line.step is Step.SPEAKING else heard


def meant(line: Line) -> Text:
    """What it means, critical differences marked."""
    invented = [found.item for found in line.findings if found.verdict == "invented"]
    changed = [found.other for found in line.findings if found.other]
    return _marked(Text(plain(line.translation), style=TRANSLATED), invented + changed)


def translation(line: Line) -> Text:
    """What it means, and how far it has come. What is not said is dim."""
    made = meant(line)
    if line.step in (Step.WITHDRAWN, Step.HELD):
        made.stylize(QUIET)
    if not (status := _status(line)):
        return made
    return made.append("  " if made.plain else "").append(status, style=f"not bold {QUIET}")


def _status(line: Line) -> str:
    glyph = _GLYPHS.get(line.step, "")
    tells_why = line.step in (Step.CUT, Step.WITHDRAWN, Step.PAUSED)
    return f"{glyph}: {plain(line.why)}" if tells_why and line.why else glyph


def _marked(text: Text, items: Iterable[Critical]) -> Text:
    """Mark the places of critical items, where the text still has them there."""
    for item in items:
        if text.plain[item.start : item.end] == plain(item.text):
            text.stylize(CRITICAL, item.start, item.end)
    return text


def _isolated(line: Text, language: str) -> Text:
    """A line of text between isolates of its direction, its marks kept."""
    line.rstrip()
    whole = isolated(line.plain, language)
    if whole == line.plain:
        return line
    return Text(whole[0]).append_text(line).append(whole[-1])
