"""Numbers in a text, in digits and in words, each with its value as a plain decimal ("2.5")."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from voicedoc.guard.decimals import find_decimals
from voicedoc.guard.lexicon import Lexicon, Numbers
from voicedoc.guard.tokens import Token
from voicedoc.guard.words import NumberSpan, plain, whole_numbers

_SIMPLE_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}
_SCALES = (1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000)


def find_numbers(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> list[NumberSpan]:
    """Every number, in order of place. `taken` are the tokens of units, so that "per cent" is not a hundred."""
    decimals = list(find_decimals(tokens, taken, lexicon))
    joined = {at for span in decimals for at in range(span.first, span.stop)}
    words = list(_in_words(tokens, taken, joined, lexicon))
    scales = {span.first: span for span in words if Decimal(span.value) in _SCALES and span.stop == span.first + 1}
    digits = list(_in_digits(tokens, joined, lexicon, scales))
    covered = {at for span in digits for at in range(span.first, span.stop)}
    words = [span for span in words if span.first not in covered and not _is_vague(tokens, span, lexicon.numbers)]
    certain = [*decimals, *digits, *words]
    halves = list(_halves(tokens, certain, taken, lexicon.numbers))
    return _without_repeats(tokens, sorted([*certain, *halves], key=lambda span: span.first), lexicon.numbers)


def digits_values(text: str, numbers: Numbers) -> list[str]:
    """What digits say as one language writes them: "1,500" is 1500 in English and 1.5 in Portuguese.

    More than one value where they are no single number: the date "12.03.2020".
    """
    text = text.replace("\u00a0", "").replace("\u202f", "")
    head, *groups = text.split(numbers.group)
    if groups and _grouped(head, groups, numbers.decimal):
        text = text.replace(numbers.group, "")
    parts = text.replace(",", ".").split(".")
    values = [".".join(parts)] if len(parts) <= 2 else parts
    return [plain(Decimal(value)) for value in values]


def _grouped(head: str, groups: list[str], decimal: str) -> bool:
    *middle, last = groups
    exact = all(len(group) == 3 and group.isdigit() for group in [*middle, last.split(decimal)[0]])
    return exact and 1 <= len(head) <= 3 and head != "0"


def _in_digits(
    tokens: list[Token], joined: set[int], lexicon: Lexicon, scales: dict[int, NumberSpan]
) -> Iterator[NumberSpan]:
    skip = -1
    for at, token in enumerate(tokens):
        if at < skip or at in joined:
            continue
        if token.text in _SIMPLE_FRACTIONS:
            yield NumberSpan(at, at + 1, _SIMPLE_FRACTIONS[token.text])
        elif token.kind == "digits":
            fraction = _fraction(tokens, at)
            spans = [fraction] if fraction else _digits(tokens, at, lexicon, scales)
            skip = spans[-1].stop
            yield from spans


def _digits(tokens: list[Token], at: int, lexicon: Lexicon, scales: dict[int, NumberSpan]) -> list[NumberSpan]:
    values = digits_values(tokens[at].text, lexicon.numbers)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if at + 1 in scales and len(values) == 1:
        return [NumberSpan(at, at + 2, plain(Decimal(values[0]) * Decimal(scales[at + 1].value)))]
    touching = following is not None and following.start == tokens[at].end
    ordinal = touching and following is not None and following.text in lexicon.numbers.ordinal_suffixes
    return [NumberSpan(at, at + 1, value, lenient=ordinal) for value in values]


def _fraction(tokens: list[Token], at: int) -> NumberSpan | None:
    """ "1/2" and "3/4", but neither "120/80" nor the date "1/2/2024"."""
    if [token.text for token in tokens[at + 1 : at + 2]] != ["/"] or at + 2 >= len(tokens):
        return None
    above, below = tokens[at].text, tokens[at + 2].text
    chained = [token.text for token in tokens[at + 3 : at + 4]] == ["/"] or (at > 0 and tokens[at - 1].text == "/")
    if chained or not (len(above) == 1 and below in {"2", "3", "4", "8"} and above < below):
        return None
    return NumberSpan(at, at + 3, plain(round(Decimal(above) / Decimal(below), 3)))


def _in_words(tokens: list[Token], taken: set[int], joined: set[int], lexicon: Lexicon) -> Iterator[NumberSpan]:
    numbers = lexicon.numbers
    spans = whole_numbers(tokens, lexicon, without=taken | joined, stopwords=numbers.decimal_words)
    for span in spans:
        single = span.stop == span.first + 1
        if not span.digits or (single and _ambiguous(tokens, span.first, taken, numbers)):
            continue
        value = plain(span.value)
        yield NumberSpan(span.first, span.stop, value, lenient=value == "1")
    for at, token in enumerate(tokens):
        if value := numbers.times.get(token.text, ""):
            yield NumberSpan(at, at + 1, value, lenient=value == "1")


def _ambiguous(tokens: list[Token], at: int, taken: set[int], numbers: Numbers) -> bool:
    """Italian "sei" is six before a unit and "you are" elsewhere."""
    return tokens[at].text in numbers.ambiguous and at + 1 not in taken


def _is_vague(tokens: list[Token], span: NumberSpan, numbers: Numbers) -> bool:
    return span.stop == span.first + 1 and tokens[span.first].text in numbers.vague


def _halves(tokens: list[Token], others: list[NumberSpan], taken: set[int], numbers: Numbers) -> Iterator[NumberSpan]:
    """ "half", "meio", "halbe". Some also mean other things: "por meio de" is by means of, "no meio" in the middle."""
    ends = {span.stop for span in others}
    for at, token in enumerate(tokens):
        after_number = bool(ends & set(range(at - 2, at + 1)))
        if token.text in numbers.half or (
            token.text in numbers.half_before and (after_number or _halves_next(tokens, at, taken, numbers))
        ):
            yield NumberSpan(at, at + 1, "0.5")


def _halves_next(tokens: list[Token], at: int, taken: set[int], numbers: Numbers) -> bool:
    if at + 1 in taken:
        return True
    thing = at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].text not in numbers.fillers
    return thing and not (at > 0 and tokens[at - 1].text in numbers.half_not_after)


def _without_repeats(tokens: list[Token], spans: list[NumberSpan], numbers: Numbers) -> list[NumberSpan]:
    """ "de 8 em 8 horas" says 8 once."""
    kept: list[NumberSpan] = []
    for span in spans:
        last = kept[-1] if kept else None
        between = [token.text for token in tokens[last.stop : span.first]] if last else []
        if last and last.value == span.value and len(between) == 1 and between[0] in numbers.repeat:
            continue
        kept.append(span)
    return kept
