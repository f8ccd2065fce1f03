"""The transcript's lines as HTML, and the same lines as numbers for the player."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from voicedoc.core.events import Finding
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Critical
from voicedoc.core.time import clock_text
from voicedoc.export.corrected import MARK, told_of
from voicedoc.export.page.columns import Cell, Column, cells_of, columns_of
from voicedoc.export.page.marking import Mark, mark_for, marked_text, place_words
from voicedoc.export.transcript import Line, Transcript

VERDICTS = {
    "missing": "lost in translation",
    "changed": "changed in translation",
    "invented": "added by the translation",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks on the page. `key` is the speaker's label, or the role where voices were not told apart."""

    key: str
    name: str


@dataclass
class Rows:
    """What was written. `words` are start and end of each `data-w`, one after the other, in seconds."""

    html: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    lines: list[dict[str, object]] = field(default_factory=list)
    words: list[float] = field(default_factory=list)


def voices_of(transcript: Transcript) -> tuple[Voice, ...]:
    """Everybody who speaks, in order of appearance. Two of one name are told apart by their labels."""
    labels = [_key(line) for line in transcript.in_time()] + [turn.speaker for turn in transcript.turns]
    known = transcript.speakers
    names = {label: known[label].title if label in known else label for label in labels}
    shared = {name for name in names.values() if list(names.values()).count(name) > 1}
    return tuple(
        Voice(key, f"{name} ({key})" if name in shared and key != name else name) for key, name in names.items()
    )


def rows_of(transcript: Transcript, voices: Sequence[Voice]) -> Rows:
    """Every line, by time."""
    rows, columns = Rows(), columns_of(transcript)
    number_of = {voice.key: number for number, voice in enumerate(voices)}
    for line in transcript.in_time():
        _add(rows, line, columns, number_of[_key(line)], voices)
    return rows


def seek_button(seconds: float, *, what: str = "") -> str:
    """A button that plays from a moment. `what` tells screen readers what is there."""
    time = clock_text(seconds)
    label = escape(f"Play from {time}{f', {what}' if what else ''}")
    return f'<button type="button" class="time" data-seek="{_number(seconds)}" aria-label="{label}">{time}</button>'


def _key(line: Line) -> str:
    return line.speaker or line.role.value


def _add(rows: Rows, line: Line, columns: Sequence[Column], voice: int, voices: Sequence[Voice]) -> None:
    n_words = len(rows.words) // 2
    cells = cells_of(line, columns)
    texts = "".join(_cell(rows, line, cells.get(place), place, column) for place, column in enumerate(columns))
    is_doubtful = bool(line.warnings) or 'class="unsure"' in texts
    name = voices[voice].name
    rows.lines.append(
        {
            "id": line.utterance,
            "start": _number(line.span.start),
            "end": _number(line.span.end),
            "voice": voice,
            "doubtful": is_doubtful,
            "flagged": bool(line.findings),
            "words": [n_words, len(rows.words) // 2],
        }
    )
    rows.html.append(
        f'<div role="row" class="line voice-{voice % 8}" id="u{line.utterance}">'
        f'<div role="presentation" class="cells"><div role="rowheader" class="who">'
        f"{seek_button(line.span.start, what=name)} <bdi>{escape(name)}</bdi></div>{texts}</div>"
        f"{_notes(rows, line)}</div>\n"
    )


def _cell(rows: Rows, line: Line, cell: Cell | None, place: int, column: Column) -> str:
    if cell is None:
        return f'<div role="cell" class="text none" data-column="{place}"></div>'
    kind, told = ("text said", "") if cell.is_original else ("text", '<span class="unseen">translation: </span>')
    text = _said(rows, line) if cell.is_original else marked_text(cell.text, (), _marks(line, cell))
    return (
        f'<div role="cell" class="{kind}" data-column="{place}" lang="{escape(cell.language)}" '
        f'dir="{column.direction}">{told}{text}</div>'
    )


def _said(rows: Rows, line: Line) -> str:
    words = line.hypothesis.words if line.hypothesis else ()
    placed = place_words(line.text, words, first_number=len(rows.words) // 2)
    rows.words += [_number(at) for each in placed for at in (each.word.span.start, each.word.span.end)]
    lost = (finding for finding in line.findings if finding.verdict in {"missing", "changed"})
    marks = [mark for finding in lost for mark in _mark(line.text, finding.item, "missing", finding)]
    return marked_text(line.text, placed, marks)


def _marks(line: Line, cell: Cell) -> list[Mark]:
    """What a translation adds or has instead: findings name its language, or none where there is but one."""
    here = (
        (finding.item if finding.verdict == "invented" else finding.other, finding)
        for finding in line.findings
        if finding.verdict in {"invented", "changed"}
        and (not finding.target or same_language(finding.target, cell.language))
    )
    return [mark for item, finding in here if item for mark in _mark(cell.text, item, "invented", finding)]


def _mark(text: str, item: Critical, kind: str, finding: Finding) -> list[Mark]:
    return mark_for(text, item, kind, f"{_verdict(finding)}: {finding.message}")


def _verdict(finding: Finding) -> str:
    what = VERDICTS.get(finding.verdict, finding.verdict)
    return f"{what} ({finding.target})" if finding.target else what


def _notes(rows: Rows, line: Line) -> str:
    """A line's findings and warnings, each once, below its texts."""
    notes = [_finding_note(rows, line, finding) for finding in line.findings]
    others = Counter(line.warnings) - Counter(finding.message for finding in line.findings)
    notes += [f"<li>{_isolated(warning)}</li>" for warning in others.elements()]
    notes += [f"<li>{MARK} {_isolated(told)}</li>" for told in told_of(line.corrections)]
    return f'<div role="cell"><ul class="notes">{"".join(notes)}</ul></div>' if notes else ""


def _finding_note(rows: Rows, line: Line, finding: Finding) -> str:
    anchor = f"f{len(rows.found) + 1}"
    verdict, message = f"<strong>{escape(_verdict(finding))}</strong>", _isolated(finding.message)
    link = f'<a href="#{anchor}">{clock_text(line.span.start)}</a>'
    rows.found.append(f'<li class="{_kind(finding)}">{link} {verdict} {message}</li>')
    return f'<li id="{anchor}" class="finding {_kind(finding)}" tabindex="-1">{verdict} {message}</li>'


def _kind(finding: Finding) -> str:
    return finding.verdict if finding.verdict in VERDICTS else "other"


def _isolated(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _number(seconds: float) -> float:
    return round(seconds, 3)
