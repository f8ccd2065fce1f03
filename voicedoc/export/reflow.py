"""Texts in time, divided into what fits on a screen: the words that stay together, lines, and cues."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from voicedoc.core.languages import primary
from voicedoc.core.speech import Word
from voicedoc.core.time import Span

LINE_WIDTH = 42
"""Columns of a subtitle's line; a full-width character (Chinese, Japanese, Korean) takes two, so 21 of those.

Source: Netflix Timed Text Style Guide, English template: 42 characters, two lines.
"""

LONGEST = 7.0
"""Seconds that one cue may last. Source: as above."""


class Atom(NamedTuple):
    """What is never divided: a word, a number with its unit. `space` says whether white space stands before it."""

    text: str
    space: bool
    span: Span

    @property
    def width(self) -> int:
        """Columns."""
        return width(self.text)


def width(text: str) -> int:
    """Columns that a text takes: two for a full-width character, none for a mark that combines with the one before.

    >>> width("2.5 mg"), width("毫克"), width("ท์")
    (6, 4, 1)
    """
    return _width(text)


@lru_cache(maxsize=65536)
def _width(text: str) -> int:
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def joined(atoms: Sequence[Atom]) -> str:
    """The text of some atoms in a row."""
    return "".join(" " * (atom.space and number > 0) + atom.text for number, atom in enumerate(atoms))


# --- atoms


def atoms_of(text: str, language: str, span: Span, words: Sequence[Word] = ()) -> list[Atom]:
    """The atoms of `text`. In time by `words` where they are the text's; else each has its share of `span`."""
    clock = clock_of(text, span, words)
    chunks = [part for found in re.finditer(r"\S+", text) for part in _parts(found.group(), found.start(), language)]
    return [
        Atom(piece, start > 0 and text[start - 1].isspace(), clock(start, start + len(piece)))
        for piece, start in _kept_together(text, chunks)
    ]


class _Piece(NamedTuple):
    text: str
    start: int


_CLOSING = re.compile(
    r"[\s)\]}»”’'\"、。，．・：；？！…‥ー々〜～）］｝〕〉》」』】%％°,.;:!?ぁぃぅぇぉっゃゅょァィゥェォッャュョㇰ-ㇿๆฯ]"
)
"""What does not begin a line. Source: JIS X 4051, kinsoku shori, and Unicode TR14's classes CL, EX, NS."""
_OPENING = re.compile(r"[(\[{«“‘¿¡（［｛〔〈《「『【$€£¥＄￥]")
_NUMBER_BEFORE = re.compile(r"(\d|[$€£¥]|[nN][º°o]\.?)$")
_HALF_A_UNIT = re.compile(r"\d[毫微公千厘釐小分个個星國国]$")
"""A Chinese unit's first character: 毫克, 公斤, 小时, 星期, 個月, 国际单位 have more."""
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def _kept_together(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """A number and what follows it, an opening and a closing mark and their words: one piece, where it fits a line."""
    kept: list[_Piece] = []
    for piece in pieces:
        if kept and _belongs(kept[-1].text, piece.text):
            whole = text[kept[-1].start : piece.start + len(piece.text)]
            if width(whole) <= LINE_WIDTH:
                kept[-1] = _Piece(whole, kept[-1].start)
                continue
        kept.append(piece)
    return kept


def _belongs(before: str, after: str) -> bool:
    if _NUMBER_BEFORE.search(before):
        return after[0].isalnum() or after[0] in "%°‰µ/×x"
    if _HALF_A_UNIT.search(before) and _UNSPACED.match(after):
        return True
    return bool(_OPENING.match(before[-1]) or _CLOSING.match(after[0]))


def _parts(chunk: str, start: int, language: str) -> list[_Piece]:
    """A chunk between spaces; where its script has no spaces between words, the phrases of it."""
    phrases = _phrases(chunk, language) if _UNSPACED.search(chunk) else [chunk]
    starts = itertools.accumulate((len(phrase) for phrase in phrases), initial=start)
    return [_Piece(phrase, at) for phrase, at in zip(phrases, starts, strict=False)]


_RUN = re.compile(r"[0-9A-Za-z]+(?:[.,/:][0-9A-Za-z]+)*")
_MARK = re.compile(r"[。．！？，、；：]+[”’」』）]*")


def _phrases(chunk: str, language: str) -> list[str]:
    """The phrases that BudouX finds, never within a number or a Latin word, and always ended by a mark."""
    parser = _parser(chunk, language)
    found: list[str] = parser.parse(chunk) if parser else [chunk]
    ends = set(itertools.accumulate(map(len, found))) | {mark.end() for mark in _MARK.finditer(chunk)} | {len(chunk)}
    ends -= {inside for run in _RUN.finditer(chunk) for inside in range(run.start() + 1, run.end())}
    phrases = [chunk[start:end] for start, end in itertools.pairwise([0, *sorted(ends)])]
    return [
        part for phrase in phrases for part in ([phrase] if width(phrase) <= LINE_WIDTH // 2 else _clusters(phrase))
    ]


def _clusters(text: str) -> list[str]:
    """Letters with the marks that combine with them; Latin letters and digits in a row stay one."""
    return re.findall(
        r"[0-9A-Za-z.,/]+|.[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
        r"\u102b-\u103e\u17b4-\u17d3\u3099\u309a\ufe00-\ufe0f]*",
        text,
    )


def _parser(chunk: str, language: str) -> Any:
    """BudouX's model for the chunk's script; None where it has none (Lao, Khmer, Burmese): cut between letters."""
    if re.search(r"[\u0e00-\u0e7f]", chunk):
        return _model("thai")
    if re.search(r"[\u3040-\u30ff]", chunk) or primary(language) == "ja":
        return _model("japanese")
    if re.search(r"[\u3400-\u9fff]", chunk):
        is_traditional = primary(language) == "yue" or re.search(r"(?i)hant|-(tw|hk|mo)", language)
        return _model("traditional_chinese" if is_traditional else "simplified_chinese")
    return None


@cache
def _model(name: str) -> Any:
    import budoux

    return getattr(budoux, f"load_default_{name}_parser")()


def clock_of(text: str, span: Span, words: Sequence[Word]) -> Callable[[int, int], Span]:
    """Says when the characters from one position of `text` to another were said; `words` as in `atoms_of`."""
    places, seconds = _anchors(text, words) or ([0, len(text)], [span.start, span.end])
    places_in_order = np.asarray(places, float)
    times = np.maximum.accumulate(np.asarray(seconds, float))

    def said(start: int, stop: int) -> Span:
        inside = 0.01  # of a character: what begins where another ends has a time of its own
        first, last = np.interp([start + inside, stop - inside], places_in_order, times)
        return Span(round(float(first), 3), round(float(last), 3))

    return said


def _anchors(text: str, words: Sequence[Word]) -> tuple[list[float], list[float]] | None:
    """Positions in `text` and their times; None where the words are not the text's, or there are none."""
    places: list[float] = []
    seconds: list[float] = []
    position = 0
    for word in words:
        start = text.find(word.text, position)
        if start < 0:
            return None
        position = start + len(word.text)
        places += [start, position]
        seconds += [word.span.start, word.span.end]
    return (places, seconds) if places else None


# --- lines and cues


def break_cost(before: Atom, after: Atom) -> float:
    """How much it disturbs to cut between two atoms: 0 at a sentence's end, 1 at a clause's, 4 within one.

    A pause makes up for half of it.
    """
    mark = before.text.rstrip("\"'”’»)）」』】")[-1:]
    cost = 0.0 if mark in ".!?…؟।。！？" and mark else 1.0 if mark in ",;:،؛，、；：–—" and mark else 4.0
    if cost == 4.0 and _is_joint(before.text):
        cost = 5.0
    return cost / 2 if after.span.start - before.span.end >= 0.3 else cost


def _is_joint(word: str) -> bool:
    """A short word of a spaced script: an article, a preposition. It belongs to what follows."""
    return len(word) <= 3 and word.isalpha() and not _UNSPACED.search(word)


def lines_of(atoms: Sequence[Atom], n_lines: int = 2) -> list[str] | None:
    """The atoms on at most `n_lines` (1 or 2) lines, cut where it disturbs least; None where they do not fit.

    A single atom always fits: nothing can be done about it.
    """
    whole = joined(atoms)
    if width(whole) <= LINE_WIDTH or len(atoms) == 1:
        return [whole]
    if n_lines == 1:
        return None
    cuts = [(_line_cost(atoms, cut), cut) for cut in range(1, len(atoms)) if _fits(atoms[:cut]) and _fits(atoms[cut:])]
    if not cuts:
        return None
    _, cut = min(cuts)
    return [joined(atoms[:cut]), joined(atoms[cut:])]


def _fits(atoms: Sequence[Atom]) -> bool:
    return len(atoms) == 1 or width(joined(atoms)) <= LINE_WIDTH


def _line_cost(atoms: Sequence[Atom], cut: int) -> float:
    above, below = width(joined(atoms[:cut])), width(joined(atoms[cut:]))
    return break_cost(atoms[cut - 1], atoms[cut]) + abs(above - below) / 10 + (0.2 if above > below else 0.0)


_EACH_CUE = 5.0
"""What a further cue costs, in units of `break_cost`: more than cutting within a clause."""


def in_cues(atoms: Sequence[Atom], n_lines: int = 2) -> list[list[Atom]]:
    """Divide atoms into cues of at most `n_lines` lines and `LONGEST` seconds, with the least disturbing cuts."""
    best: list[tuple[float, int]] = [(0.0, 0)]  # for each number of atoms: cost, and where its last cue begins
    for stop in range(1, len(atoms) + 1):
        best.append(min(_ways_to_end(atoms, stop, best, n_lines)))
    return _divided(atoms, [start for _, start in best])


def _ways_to_end(
    atoms: Sequence[Atom], stop: int, best: Sequence[tuple[float, int]], n_lines: int
) -> list[tuple[float, int]]:
    ways = []
    for start in range(stop - 1, -1, -1):
        cue = atoms[start:stop]
        if len(cue) > 1 and not _is_cue(cue, n_lines):
            break
        cost = break_cost(atoms[stop - 1], atoms[stop]) if stop < len(atoms) else 0.0
        ways.append((best[start][0] + cost + _EACH_CUE + _hurry(cue), start))
    return ways


def _is_cue(cue: Sequence[Atom], n_lines: int) -> bool:
    return cue[-1].span.end - cue[0].span.start <= LONGEST and n_lines_of(cue) <= n_lines


def _hurry(cue: Sequence[Atom]) -> float:
    """What it costs to show a cue for less than a second."""
    return 3.0 * max(0.0, 1.0 - (cue[-1].span.end - cue[0].span.start))


def _divided(atoms: Sequence[Atom], starts: Sequence[int]) -> list[list[Atom]]:
    """The cues, from where each number of atoms has its last cue begin."""
    cues: list[list[Atom]] = []
    stop = len(atoms)
    while stop > 0:
        cues.append(list(atoms[starts[stop] : stop]))
        stop = starts[stop]
    return cues[::-1]


def in_pieces(atoms: Sequence[Atom], n: int) -> list[list[Atom]]:
    """Divide atoms into exactly `n` pieces of one line each and of like share; the last ones are empty where there
    are fewer atoms. Needs `n` to be at least `n_lines_of(atoms)`."""
    n_filled = min(n, len(atoms))
    total = max(1, sum(atom.width for atom in atoms))
    ends = [0, *itertools.accumulate(atom.width for atom in atoms)]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for piece in range(1, n_filled + 1):
        row: dict[int, tuple[float, int]] = {}
        for stop in range(piece, len(atoms) - (n_filled - piece) + 1):
            ways = _ways_to_fill(atoms, stop, best[-1])
            if ways:
                cost, start = min(ways)
                strays = 20.0 * abs(ends[stop] / total - piece / n_filled)
                row[stop] = (cost + strays, start)
        best.append(row)
    pieces: list[list[Atom]] = [[] for _ in range(n)]
    stop = len(atoms)
    for piece in range(n_filled, 0, -1):
        start = best[piece][stop][1]
        pieces[piece - 1], stop = list(atoms[start:stop]), start
    return pieces


def _ways_to_fill(atoms: Sequence[Atom], stop: int, before: dict[int, tuple[float, int]]) -> list[tuple[float, int]]:
    cost = break_cost(atoms[stop - 1], atoms[stop]) if stop < len(atoms) else 0.0
    ways = []
    for start in range(stop - 1, -1, -1):
        if not _fits(atoms[start:stop]):
            break
        if start in before:
            ways.append((before[start][0] + cost, start))
    return ways


def n_lines_of(atoms: Sequence[Atom]) -> int:
    """The fewest lines that hold the atoms."""
    n, line = 0, 0
    for atom in atoms:
        line += atom.space + atom.width
        if n == 0 or line > LINE_WIDTH:
            n, line = n + 1, atom.width
    return n
