"""Numbers that identify: telephones, records, insurance, postcodes, plates, house numbers; and ages over 89.

Doses, vital signs, results and durations are numbers too and stay: a number counts only by its form, after a cue
("my phone number is"), or in the answer to a question for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voicedoc.deidentify.identifier import Identifier
from voicedoc.deidentify.lexicon import Lexicon
from voicedoc.deidentify.spoken import Spoken, number_at
from voicedoc.deidentify.tokens import Token, fold, is_caseless

OLDEST_SHOWN = 89
"""Years. Above it an age identifies. Source: 45 CFR 164.514(b)(2)(i)(C)."""

_FORMS = re.compile(
    r"(?<![\w.,/-])(?:"
    r"\d{3}-\d{2}-\d{4}"  # US social security
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}"  # Brazil, CPF
    r"|\d{5}-\d{3}|\d{4}-\d{3}"  # postcodes of Brazil and Portugal
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"  # postcode of the United Kingdom
    r"|[A-Z]\d[A-Z] ?\d[A-Z]\d"  # postcode of Canada
    r"|[XYZ]?-?\d{7,8}-?[A-Z]"  # Spain, DNI and NIE
    r"|[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]"  # Italy, codice fiscale
    r"|[12] ?\d\d ?[01]\d ?(?:\d[\dAB]) ?\d{3} ?\d{3}(?: ?\d\d)?"  # France, sécurité sociale
    r"|[A-Z]{1,4}-?\d{5,}[A-Z]?"  # insured persons (Germany: a letter and nine digits), passports
    r"|[A-Z]{4}\d{6}[A-Z\d]{8}"  # Mexico, CURP
    r"|[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{2} \d{3} [A-Z]{2}"  # plates of France and Italy
    r"|[A-Z]{1,3}-[A-Z]{1,2} ?\d{1,4}"  # Germany
    r"|[A-Z]{2}\d\d ?[A-Z]{3}|[A-Z]{3}\d[A-Z]\d\d"  # the United Kingdom, Brazil
    r"|756\.\d{4}\.\d{4}\.\d{2}"  # Switzerland, AHV
    r")(?![\w/-]|[.,]\d)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*")
_JOINT = re.compile(r"[\s./()+–-]{0,3}")
_CHUNK = re.compile(r"\w+(?:[-./]\w+)*")
_CODE_CUES = ("id_cues", "plate_cues", "postcode_cues")
_REACH = 4
_NATIONAL = (7, 15)
"""Digits of a telephone number, with and without its country. Source: ITU-T E.164."""


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers and, where they are part of it, single letters, one after another: tokens `[first, stop)`."""

    first: int
    stop: int
    parts: tuple[Spoken, ...]

    @property
    def digits(self) -> str:
        return "".join(part.digits for part in self.parts)


def find_numbers(
    text: str, tokens: list[Token], lexicon: Lexicon, *, asked: bool, asked_date: bool
) -> Iterator[Identifier]:
    """Identifying numbers. `asked`: the text before asked for one; `asked_date`: for somebody's birthday."""
    for match in _FORMS.finditer(text):
        yield Identifier(match.start(), match.end(), "number")
    for run in runs(tokens, lexicon):
        start, end = tokens[run.first].start, tokens[run.stop - 1].end
        if _of_something(tokens, run.stop, lexicon) or _THOUSANDS.fullmatch(text[start:end]):
            continue
        if asked_date and len(run.parts) > 1:
            yield Identifier(start, end, "date")
        elif _is_cued(tokens, run, lexicon, asked=asked) or _looks_like_telephone(text[start:end], run):
            yield Identifier(_with_plus(text, start), end, "number")
    yield from _after_cue(text, tokens, lexicon)


def find_ages(tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """Ages over 89, in digits or words."""
    for place in range(len(tokens)):
        number = number_at(tokens, place, lexicon)
        if number is None or not OLDEST_SHOWN < int(number.digits) < 116:
            continue
        stop = place + number.n_tokens
        if _is_age(tokens, place, stop, lexicon):
            yield Identifier(tokens[place].start, tokens[stop - 1].end, "age")


def _is_age(tokens: list[Token], place: int, stop: int, lexicon: Lexicon) -> bool:
    after = tokens[stop].folded.partition("-")[0] if stop < len(tokens) else ""
    if after in lexicon.words["age_units"]:
        return True
    return lexicon.phrases["age_cues"].before(tokens, place) > 0 and not _of_something(tokens, stop, lexicon)


def runs(tokens: list[Token], lexicon: Lexicon) -> Iterator[Run]:
    """Numbers that follow each other without a word between."""
    place = 0
    while place < len(tokens):
        parts, stop = _run_at(tokens, place, lexicon)
        if parts:
            yield Run(place, stop, tuple(parts))
        place = max(stop, place + 1)


def _run_at(tokens: list[Token], place: int, lexicon: Lexicon) -> tuple[list[Spoken], int]:
    parts: list[Spoken] = []
    while place < len(tokens) and (not parts or _joins(tokens[place - 1], tokens[place])):
        number = number_at(tokens, place, lexicon)
        if number is None:
            break
        parts.append(number)
        place += number.n_tokens
    return parts, place


def _joins(before: Token, token: Token) -> bool:
    if not before.is_word and not token.is_word:
        return bool(_JOINT.fullmatch(token.gap))
    return bool(re.fullmatch(r"[\s,./-]{1,3}", token.gap))


def _of_something(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a unit follows, or a percent sign: a clinical number."""
    if place >= len(tokens):
        return False
    return tokens[place].folded in lexicon.words["units"] or "%" in tokens[place].gap


def _is_cued(tokens: list[Token], run: Run, lexicon: Lexicon, *, asked: bool) -> bool:
    n_digits = len(run.digits)
    if asked and n_digits > 2:
        return True
    cues = ((("id_cues", "phone_cues"), 4), (("postcode_cues",), 4), (("plate_cues",), 2))
    return any(
        n_digits >= least and any(_is_near(key, tokens, run.first, lexicon) for key in keys) for keys, least in cues
    )


def _is_near(key: str, tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a cue stands before, in the same sentence."""
    reach = 0
    while reach < _REACH and reach < place and not tokens[place - reach].opens_sentence:
        reach += 1
    return lexicon.phrases[key].within(tokens, place, reach)


def _looks_like_telephone(text: str, run: Run) -> bool:
    digits, (least, most) = run.digits, _NATIONAL
    if not least <= len(digits) <= most or _counts(run.parts):
        return False
    if all(part.n_tokens == 1 and part.digits in text for part in run.parts):  # written in digits
        groups = [len(part.digits) for part in run.parts]
        return (
            len(groups) == 1
            or digits[0] == "0"
            or "(" in text
            or (groups[-1] == 4 and max(groups[:-1]) < 4)
            or groups[0] == 9
        )
    return all(len(part.digits) == 1 for part in run.parts) or digits[0] == "0"


def _counts(parts: Sequence[Spoken]) -> bool:
    """Whether somebody counts: one two three, or a hundred, ninety-three, eighty-six."""
    values = [int(part.digits) for part in parts]
    return len(values) > 2 and len({after - before for before, after in pairwise(values)}) == 1


def _with_plus(text: str, start: int) -> int:
    """Where a telephone number begins with its "+" or parenthesis."""
    while start and text[start - 1] in "+(":
        start -= 1
    return start


def _after_cue(text: str, tokens: list[Token], lexicon: Lexicon) -> Iterator[Identifier]:
    """Letters and digits after a cue: "plate AB-123-CD", "policy number X 4 7 B"."""
    chunks = [(match.start(), match.end()) for match in _CHUNK.finditer(text)]
    longest = 4 if is_caseless(text) else 2
    for n, (start, _) in enumerate(chunks):
        place = next((place for place, token in enumerate(tokens) if token.start == start), 0)
        if not place or not any(_is_near(key, tokens, place, lexicon) for key in _CODE_CUES):
            continue
        stop = n
        while stop < len(chunks) and _is_code(text[slice(*chunks[stop])], lexicon, longest=longest):
            stop += 1
        code = text[start : chunks[stop - 1][1]] if stop > n else ""
        if sum(map(str.isdecimal, code)) > 1 and any(map(str.isalpha, code)):
            yield Identifier(start, start + len(code), "number")


def _is_code(chunk: str, lexicon: Lexicon, *, longest: int) -> bool:
    """Whether it may be part of a code: something with digits, a few capitals, up to `longest` letters."""
    if any(map(str.isdecimal, chunk)):
        return True
    return (chunk.isupper() and len(chunk) < 8) or (
        len(chunk) <= longest and fold(chunk) not in lexicon.words["not_names"]
    )
