"""Subtitles: for each language a file of its own, and one with the translation under what was said."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voicedoc.core.languages import primary, same_language
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.export.escapes import in_subrip
from voicedoc.export.files import write_text
from voicedoc.export.reflow import (
    LINE_WIDTH,
    LONGEST,
    Atom,
    atoms_of,
    in_cues,
    in_pieces,
    lines_of,
    n_lines_of,
    width,
)
from voicedoc.export.transcript import Line, Transcript

READING_SPEED = 17.0
"""Columns per second that are read with ease: Netflix's limit for adults' programmes in most languages."""

FASTEST = 20.0
"""Columns per second that a cue may ask for; then it makes the next one wait, where it must."""

SHORTEST = 1.0
"""Seconds that a cue stays, where the next one can wait so long."""

SHORTEST_OF_ALL = 0.5
"""Seconds that a cue stays, whatever comes after it."""

GAP = 0.084
"""Seconds between two cues: two frames at 24 frames per second."""

FLICKER = 0.42
"""Seconds. A shorter gap between cues is closed, down to `GAP`: it would only flicker. Source: Netflix, as above."""

LATEST = 1.0
"""Seconds that a cue may come after what it shows, to give the one before it time."""

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on the screen for a while. `speaker` is what readers call who speaks, "" where nobody is known.

    `columns` is how much of it one reader has to read. `utterance` is the line's that it is from.
    """

    span: Span
    lines: tuple[str, ...]
    speaker: str
    utterance: int
    columns: int


def monolingual(transcript: Transcript, language: str, *, marks: bool = True) -> list[Cue]:
    """Cues in one language: what was said in it or its translation, and what has neither as it was said.

    `marks`: whether the first cue of another speaker says who it is, in brackets.
    """
    return _in_time(
        [cue for line, mark in _marked(transcript, marks) for cue in _cues(transcript, line, language, mark)]
    )


def bilingual(transcript: Transcript, *, marks: bool = True) -> list[Cue]:
    """Cues with what was said on one line and its translation on the next; both lines for the one where it is alone."""
    return _in_time([cue for line, mark in _marked(transcript, marks) for cue in _pairs(transcript, line, mark)])


def _marked(transcript: Transcript, marks: bool) -> Iterator[tuple[Line, str]]:
    """The lines that have words, each with the mark of its speaker where another spoke before."""
    last = ""
    for line in transcript.in_time():
        if line.text.strip():
            speaker = _speaker(transcript, line)
            yield line, _mark(speaker) if marks and speaker != last else ""
            last = speaker


def _speaker(transcript: Transcript, line: Line) -> str:
    """What readers call who speaks; the label of a voice of which no more is known."""
    title = transcript.title(line)
    return line.speaker if title == Role.UNKNOWN.value else title


def _mark(speaker: str) -> str:
    name = speaker or "?"
    return f"[{name if width(name) <= LINE_WIDTH // 2 else name[: LINE_WIDTH // 4] + '…'}]"


# --- from lines to cues


def _cues(transcript: Transcript, line: Line, language: str, mark: str) -> Iterator[Cue]:
    text = line.text_in(language)
    is_heard = not text or same_language(line.language, language)
    shown_in = line.language if is_heard else language
    atoms = _begun(_heard(line) if is_heard else atoms_of(text, shown_in, _voiced(line)), mark)
    for part in in_cues(atoms):
        lines = tuple(_directed(row, shown_in) for row in lines_of(part) or [])
        yield _cue(transcript, line, _span(part), lines, sum(map(width, lines)))


def _pairs(transcript: Transcript, line: Line, mark: str) -> Iterator[Cue]:
    if not (language := _first_translation(transcript, line)):
        yield from _cues(transcript, line, line.language, mark)
        return
    heard = _begun(_heard(line), mark)
    translated = atoms_of(line.translations[language].text, language, _voiced(line))
    n, earliest = _n_pairs(heard, translated), 0.0
    for above, below in zip(in_pieces(heard, n), in_pieces(translated, n), strict=True):
        texts = ((above, line.language), (below, language))
        lines = [_directed(" ".join(lines_of(part, 1) or []), tag) for part, tag in texts if part]
        span = _span(above or below)
        earliest = max(earliest, span.start)  # a translation's own times may lie before the words that are shown
        yield _cue(transcript, line, Span(earliest, max(earliest, span.end)), tuple(lines), max(map(width, lines)))


def _n_pairs(heard: Sequence[Atom], translated: Sequence[Atom]) -> int:
    """How many cues two texts need, a line each; as many as their time needs, where there are words enough."""
    seconds = heard[-1].span.end - heard[0].span.start
    n_for_time = min(int(seconds // LONGEST) + 1, len(heard))
    return max(n_lines_of(heard), n_lines_of(translated), n_for_time)


def _first_translation(transcript: Transcript, line: Line) -> str:
    """The language whose translation is shown: the first of those asked for; "" where there is none."""
    made = [tag for tag, translation in line.translations.items() if translation.text.strip()]
    order = [*(transcript.opened.targets if transcript.opened else ()), *made]
    return min(made, key=order.index, default="")


def _heard(line: Line) -> list[Atom]:
    words = line.hypothesis.words if line.hypothesis else ()
    return atoms_of(line.text, line.language, line.span, words)


def _voiced(line: Line) -> Span:
    """From the first word to the last, without the silence around them."""
    words = line.hypothesis.words if line.hypothesis else ()
    return Span(words[0].span.start, max(words[-1].span.end, words[0].span.start)) if words else line.span


def _begun(atoms: list[Atom], mark: str) -> list[Atom]:
    """The atoms with the speaker's mark on the first of them, or before it where both do not fit on a line."""
    if not mark or not atoms:
        return atoms
    first, *rest = atoms
    if width(mark) + 1 + first.width <= LINE_WIDTH:
        return [first._replace(text=f"{mark} {first.text}"), *rest]
    return [Atom(mark, False, Span(first.span.start, first.span.start)), first._replace(space=True), *rest]


def _span(atoms: Sequence[Atom]) -> Span:
    return Span(atoms[0].span.start, max(atom.span.end for atom in atoms))


def _cue(transcript: Transcript, line: Line, span: Span, lines: tuple[str, ...], columns: int) -> Cue:
    return Cue(span, lines, _speaker(transcript, line), line.utterance, columns)


def _directed(text: str, language: str) -> str:
    """Right-to-left text isolated, so that the rest of the cue keeps its order."""
    return f"\u2067{text}\u2069" if primary(language) in RIGHT_TO_LEFT else text


# --- time


def _in_time(cues: list[Cue]) -> list[Cue]:
    """The cues one after another, each as long as it takes to read where there is room.

    A cue stays on into the silence after it. Where it would still be faster than `FASTEST`, or where people speak at
    once, the next one comes up to `LATEST` seconds later.
    """
    cues = sorted(cues, key=lambda cue: cue.span.start)
    timed: list[Cue] = []
    free = 0.0
    for number, cue in enumerate(cues):
        start = max(cue.span.start, free)
        following = cues[number + 1].span.start - GAP if number + 1 < len(cues) else float("inf")
        end = _end(cue, start, following)
        timed.append(replace(cue, span=Span(_milliseconds(start), _milliseconds(end))))
        free = end + GAP
    return timed


def _end(cue: Cue, start: float, following: float) -> float:
    """When a cue goes, which comes at `start` and after which the next one wants to come at `following`."""
    wanted = max(cue.span.end, start + SHORTEST, start + cue.columns / READING_SPEED)
    needed = min(start + max(SHORTEST, cue.columns / FASTEST), following + LATEST)
    end = min(wanted, max(following, needed))
    if 0.0 < following - end < FLICKER:
        end = following
    return min(max(end, start + SHORTEST_OF_ALL), start + LONGEST)


def _milliseconds(seconds: float) -> float:
    return round(seconds, 3)


# --- files


def write_srt(transcript: Transcript, folder: Path) -> None:
    """Write `subtitles.srt`, bilingual, and `subtitles.<language>.srt` for each language where something is translated.

    Those are the languages that were heard, and those that were asked for.
    """
    for name, language in _tracks(transcript):
        cues = monolingual(transcript, language) if language else bilingual(transcript)
        _write(folder / f"{name}.srt", "srt", [(cue.span, in_subrip("\n".join(cue.lines))) for cue in cues])


def write_vtt(transcript: Transcript, folder: Path) -> None:
    """Write `subtitles.vtt`, bilingual, and `subtitles.<language>.vtt`; the speakers are in `<v>` tags."""
    for name, language in _tracks(transcript):
        cues = monolingual(transcript, language, marks=False) if language else bilingual(transcript, marks=False)
        _write(folder / f"{name}.vtt", "vtt", [(cue.span, _voice(cue)) for cue in cues])


def _tracks(transcript: Transcript) -> list[tuple[str, str]]:
    """The files' names and languages; "" for all languages at once, which is all where nothing was translated."""
    translates = transcript.opened is not None and (transcript.opened.targets or not transcript.opened.languages)
    languages = transcript.languages if translates else ()
    return [("subtitles", ""), *((f"subtitles.{language}", language) for language in languages)]


def _voice(cue: Cue) -> str:
    """A cue's text for WebVTT. Source: W3C WebVTT, 3.3: &, < and > are escaped; a title is on one line."""
    text = "\n".join(html.escape(line, quote=False) for line in cue.lines)
    return f"<v {html.escape(cue.speaker, quote=False)}>{text}" if cue.speaker else text


def _write(path: Path, kind: str, cues: Sequence[tuple[Span, str]]) -> None:
    from pysubs2 import SSAEvent, SSAFile

    file = SSAFile()
    file.events = [
        SSAEvent(start=round(span.start * 1000), end=round(span.end * 1000), text=_plain(text)) for span, text in cues
    ]
    write_text(path, file.to_string(kind, keep_ssa_tags=True))


def _plain(text: str) -> str:
    """Text in which neither pysubs2 nor a player sees a command: a word joiner parts a backslash, and an arrow."""
    return text.replace("\\", "\\\u2060").replace("-->", "--\u2060>").replace("\n", "\\N")
