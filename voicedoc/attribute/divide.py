"""One utterance, several speakers: which words are whose, and where the text is cut.

A pure function of words, their times and the diarizer's turns. The cheapest way through the words is sought: a word
that is not inside its speaker's turns costs the seconds that are missing, a change of speaker costs more in the middle
of a sentence than at its end. So a boundary moves to the end of a sentence that is near, single stray words stay with
their neighbours, and a "mm-hm" of the other's is cut out only where its words are really there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from voicedoc.core.speech import Hypothesis, Word
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn

AT_SENTENCE_END = 0.1
AT_CLAUSE_END = 0.2
IN_SENTENCE = 0.6
"""Seconds of speech that must be on the other side before the speaker changes at such a place. A clause ends at a
comma, a pause, or between any two words of a text without marks."""

PAUSE = 0.3
"""Seconds between two words that count as the end of a clause."""

NEAR = 1.0
"""Seconds. How far from a word a turn may be to have a say in whose it is; beyond, the nearest turn of all decides."""

MOSTLY = 0.5
"""Share of a part's speech in which somebody else speaks, too, from which it is doubtful."""

BRIEF = 0.25
"""Seconds of another's speech that make nobody doubt who speaks."""

UNCOVERED = 0.5
"""How sure it is whose a word is that lies in no turn, so that the nearest decides."""

SHORTEST = 0.02
"""Seconds. Some words have no length; they count as this long."""

OVERLAPPING = "overlapping speech"
UNDIVIDED = "several speakers, no word times"

_SENTENCE_END = re.compile(r"""[.!?…。！？؟।۔]["'”’»)\]」』）]*$""")
_CLAUSE_END = re.compile(r"""[,;:—–،؛、，；：]["'”’»)\]」』）]*$""")
_TITLE = re.compile(r"(?:^|[\s(])(?:\w|dra?|mr|mrs|ms|sra?|prof|st)\.$", re.IGNORECASE)
_OPENING = "¿¡\"'“‘«([{「『（《"
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""
_BOUND = "ะาำๅ々ーぁぃぅぇぉっゃゅょんァィゥェォッャュョンゝゞ"
"""Letters that never begin a word."""
_PREPOSED = "เแโใไ"
"""Thai vowels that are written before their consonant."""


class Part(NamedTuple):
    """What one speaker said of an utterance, in one language.

    `confidence` in [0, 1]: how sure it is that it was this speaker.
    """

    speaker: str
    span: Span
    hypothesis: Hypothesis
    confidence: float


class Timeline:
    """Who speaks when, to be asked about a moment.

    Raises:
        ValueError: If there are no turns.
    """

    def __init__(self, turns: Sequence[SpeakerTurn]) -> None:
        if not turns:
            raise ValueError("a timeline needs at least one turn")
        self._turns = sorted(turns, key=lambda turn: (turn.span, turn.speaker))
        self._starts = [turn.span.start for turn in self._turns]
        self._latest_ends = list(accumulate((turn.span.end for turn in self._turns), max))

    def near(self, span: Span) -> dict[str, list[Span]]:
        """The turns within `NEAR` seconds of `span`, by speaker; the nearest turn alone where there are none."""
        last = bisect_right(self._starts, span.end + NEAR)
        first = bisect_left(self._latest_ends, span.start - NEAR, hi=last)
        found: dict[str, list[Span]] = {}
        for turn in self._turns[first:last]:
            if _gap(turn.span, span) <= NEAR:
                found.setdefault(turn.speaker, []).append(turn.span)
        return found or self._nearest(span)

    def _nearest(self, span: Span) -> dict[str, list[Span]]:
        turn = min(self._turns, key=lambda turn: _gap(turn.span, span))
        return {turn.speaker: [turn.span]}


def _gap(one: Span, other: Span) -> float:
    return max(0.0, one.start - other.end, other.start - one.end)


def divide(span: Span, hypothesis: Hypothesis, timeline: Timeline) -> list[Part]:
    """The parts of an utterance, of one speaker and one language each; in time order, they are the whole text and all
    words.

    White space between two parts belongs to neither. A hypothesis without words in time stays whole.
    """
    turns = timeline.near(span)
    units = _units(hypothesis)
    if not units:
        return [_whole(span, hypothesis, turns)]
    speakers = sorted(turns, key=lambda speaker: (-_covered(span, turns[speaker]), speaker))
    owners = _cheapest(_changes(hypothesis, units), [[_cost(unit.span, turns[s]) for s in speakers] for unit in units])
    spoken = [_language(hypothesis, unit) for unit in units]
    runs = [list(run) for _, run in groupby(zip(owners, spoken, units, strict=True), key=lambda owned: owned[:2])]
    pieces = [_Piece(speakers[run[0][0]], run[0][1], [unit for *_, unit in run]) for run in runs]
    spans = _spans(span, pieces)
    return [_part(hypothesis, piece, where, turns) for piece, where in zip(pieces, spans, strict=True)]


def _whole(span: Span, hypothesis: Hypothesis, turns: dict[str, list[Span]]) -> Part:
    """The speaker who is heard longest has it all."""
    speaker = min(turns, key=lambda speaker: (-_covered(span, turns[speaker]), _gap_to(span, turns[speaker]), speaker))
    heard = [other for other, spans in turns.items() if _covered(span, spans) > BRIEF]
    doubts = (UNDIVIDED,) if len(heard) > 1 else ()
    return Part(speaker, span, _doubted(hypothesis, doubts), _confidence([span], speaker, turns))


def _language(hypothesis: Hypothesis, unit: _Unit) -> str:
    """The language of a unit's first word."""
    return hypothesis.languages[unit.first] if hypothesis.languages else hypothesis.language


# --- units: the shortest pieces of text between which it may be cut


class _Unit(NamedTuple):
    """Words `first` to `stop` (excluded), usually one, and the characters `start` to `end` that are theirs."""

    first: int
    stop: int
    start: int
    end: int
    span: Span


def _units(hypothesis: Hypothesis) -> list[_Unit]:
    """The text in pieces without gaps: the last character of one is before the first of the next."""
    text, words = hypothesis.text, hypothesis.words
    if not words:
        return []
    firsts, starts = [0], [0]
    for number, cut in _cuts(text, words):
        if _has_letters(text[starts[-1] : cut]) and _has_letters(text[cut:]):
            firsts.append(number)
            starts.append(cut)
    word_ranges, text_ranges = pairwise([*firsts, len(words)]), pairwise([*starts, len(text)])
    return [
        _Unit(first, stop, start, end, _span_of(words[first:stop]))
        for (first, stop), (start, end) in zip(word_ranges, text_ranges, strict=True)
    ]


def _cuts(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Before which words the text may be cut, and at which character."""
    cursor = 0
    for number, word in enumerate(words):
        start = text.find(word.text, cursor) if word.text else -1
        if start < 0:
            continue
        if number and (cut := _cut(text, cursor, start)) is not None:
            yield number, cut
        cursor = start + len(word.text)


def _cut(text: str, end: int, start: int) -> int | None:
    """Where to cut between a word that ends at `end` and one that starts at `start`; None where it must not be."""
    spaces = [place for place in range(end, start) if text[place].isspace()]
    if spaces:
        start = spaces[-1] + 1
    while start > end and text[start - 1] in _OPENING:
        start -= 1
    if not (text[start].isalnum() or text[start] in _OPENING):
        return None
    return start if spaces or _may_part(text[start - 1], text[start]) else None


def _may_part(before: str, after: str) -> bool:
    """Whether a text may be cut between two characters without white space: in scripts that have none."""
    if after in _BOUND or before in _PREPOSED or before in _OPENING:
        return False
    if before.isalnum() or unicodedata.category(before)[0] == "M":
        return bool(_UNSPACED.match(before) and (_UNSPACED.match(after) or after in _OPENING))
    return unicodedata.east_asian_width(before) in "WF"


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _span_of(words: Sequence[Word]) -> Span:
    return Span(min(word.span.start for word in words), max(word.span.end for word in words))


# --- who says which unit


def _covered(span: Span, turns: Sequence[Span]) -> float:
    """Seconds of `span` that are inside at least one of `turns`."""
    seconds, reached = 0.0, span.start
    for turn in sorted(turns):
        start, end = max(turn.start, reached), min(turn.end, span.end)
        if start < end:
            seconds, reached = seconds + end - start, end
    return seconds


def _gap_to(span: Span, turns: Sequence[Span]) -> float:
    return min(_gap(span, turn) for turn in turns)


def _widened(span: Span) -> Span:
    return span if span.duration >= SHORTEST else Span(span.start, span.start + SHORTEST)


def _cost(span: Span, turns: Sequence[Span]) -> float:
    """Seconds of a unit that are outside a speaker's turns, and from it to the nearest, at most `NEAR`."""
    span = _widened(span)
    return span.duration - _covered(span, turns) + min(NEAR, _gap_to(span, turns))


def _changes(hypothesis: Hypothesis, units: Sequence[_Unit]) -> list[float]:
    """What it costs to change the speaker before each unit but the first."""
    marked = any(_sentence_ends(hypothesis.text[: unit.end]) for unit in units[:-1]) or any(
        _CLAUSE_END.search(hypothesis.text[: unit.end].rstrip()) for unit in units[:-1]
    )
    return [
        _change(hypothesis.text[: one.end], other.span.start - one.span.end, marked) for one, other in pairwise(units)
    ]


def _change(before: str, pause: float, marked: bool) -> float:
    if _sentence_ends(before):
        return AT_SENTENCE_END
    if not marked or pause >= PAUSE or _CLAUSE_END.search(before.rstrip()):
        return AT_CLAUSE_END
    return IN_SENTENCE


def _sentence_ends(text: str) -> bool:
    """Whether `text` ends with a sentence; "Dr." and initials do not end one."""
    text = text.rstrip()
    return bool(_SENTENCE_END.search(text)) and not _TITLE.search(text)


def _cheapest(changes: Sequence[float], costs: Sequence[Sequence[float]]) -> list[int]:
    """The number of the speaker of each unit, so that `costs` and `changes` add up to the least (Viterbi)."""
    totals, came = list(costs[0]), []
    for change, cost in zip(changes, costs[1:], strict=True):
        best = min(range(len(totals)), key=totals.__getitem__)
        stays = [total <= totals[best] + change for total in totals]
        came.append([number if stay else best for number, stay in enumerate(stays)])
        totals = [min(total, totals[best] + change) + more for total, more in zip(totals, cost, strict=True)]
    path = [min(range(len(totals)), key=totals.__getitem__)]
    for origins in reversed(came):
        path.append(origins[path[-1]])
    return path[::-1]


# --- parts


class _Piece(NamedTuple):
    speaker: str
    language: str
    units: list[_Unit]


def _spans(span: Span, pieces: Sequence[_Piece]) -> list[Span]:
    """From each piece's first word to its last; the outer two reach to the utterance's ends."""
    starts = [span.start, *(piece.units[0].span.start for piece in pieces[1:])]
    ends = [*(piece.units[-1].span.end for piece in pieces[:-1]), span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _part(hypothesis: Hypothesis, piece: _Piece, span: Span, turns: dict[str, list[Span]]) -> Part:
    first, last = piece.units[0], piece.units[-1]
    heard = [_widened(unit.span) for unit in piece.units]
    doubts = (OVERLAPPING,) if _overlapped(heard, piece.speaker, turns) > MOSTLY else ()
    words = hypothesis.words[first.first : last.stop]
    if len(words) < len(hypothesis.words):
        hypothesis = replace(
            hypothesis,
            text=hypothesis.text[first.start : last.end].strip(),
            language=piece.language,
            languages=(),
            words=words,
            confidence=sum(word.confidence for word in words) / len(words),
            discarded=hypothesis.discarded if first.first == 0 else "",
        )
    return Part(piece.speaker, span, _doubted(hypothesis, doubts), _confidence(heard, piece.speaker, turns))


def _doubted(hypothesis: Hypothesis, doubts: tuple[str, ...]) -> Hypothesis:
    return replace(hypothesis, doubts=(*hypothesis.doubts, *doubts)) if doubts else hypothesis


def _overlapped(heard: Sequence[Span], speaker: str, turns: dict[str, list[Span]]) -> float:
    """The share of `heard` in which `speaker` and somebody else speak."""
    both = 0.0
    for span in heard:
        own = [Span(max(t.start, span.start), min(t.end, span.end)) for t in turns[speaker] if t.overlap(span)]
        others = [turn for other, spans in turns.items() if other != speaker for turn in spans]
        both += min(span.duration, sum(_covered(mine, others) for mine in own))
    return both / sum(span.duration for span in heard)


def _confidence(heard: Sequence[Span], speaker: str, turns: dict[str, list[Span]]) -> float:
    """The speaker's share of all speech in `heard`; where nobody's turn is, a word counts as `UNCOVERED`."""
    by_speaker = {s: sum(_covered(span, spans) for span in heard) for s, spans in turns.items()}
    every = [span for spans in turns.values() for span in spans]
    uncovered = sum(span.duration - _covered(span, every) for span in heard)
    total = sum(by_speaker.values()) + uncovered
    return (by_speaker[speaker] + UNCOVERED * uncovered) / total if total else UNCOVERED
