"""Numbers in a text, in digits and in words, each with its value as a plain decimal ("2.5")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from voicedoc.guard.decimals import find_decimals
from voicedoc.guard.lexicon import Lexicon, Numbers
from voicedoc.guard.phrases import Match
from voicedoc.guard.shifted import find_shifted
from voicedoc.guard.tokens import Token
from voicedoc.guard.words import NumberSpan, WordSpan, plain, whole_numbers

_SIMPLE_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}
_MOST_PARTS = 8
_SCALES = (1_000, 10_000, 100_000, 10_000_000, 100_000_000, 1_000_000, 1_000_000_000, 1_000_000_000_000)

_ORDINAL = "第"
_LONGEST_AT = 3
"""Words of a phrase such as "fino alle"."""

_NOT_AN_HOUR = frozenset("都也儿")


def find_numbers(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> list[NumberSpan]:
    """Every number in order of place, then ordinals. `taken` are units' tokens, so that "per cent" is not a hundred."""
    decimals = list(find_decimals(tokens, taken, lexicon))
    decimals += find_shifted(tokens, taken, lexicon)
    decimals += _fractions(tokens, taken, lexicon)
    joined = {at for span in decimals for at in range(span.first, span.stop)}
    joined |= set(_no_numbers(tokens, taken, lexicon))
    words = list(_in_words(tokens, taken, joined, lexicon))
    scales = {span.first: span for span in words if Decimal(span.value) in _SCALES and span.stop == span.first + 1}
    digits = list(_in_digits(tokens, joined, lexicon, scales))
    covered = {at for span in digits for at in range(span.first, span.stop)}
    words = [span for span in words if span.first not in covered and not _is_vague(tokens, span, lexicon.numbers)]
    ordinals = [span for span in words if span.is_ordinal]
    certain = [*decimals, *digits, *(span for span in words if not span.is_ordinal)]
    halves = list(_halves(tokens, certain, taken, lexicon.numbers))
    spans = _without_repeats(tokens, sorted([*certain, *halves], key=lambda span: span.first), taken, lexicon.numbers)
    return [*spans, *ordinals, *_chinese_ordinals(tokens, lexicon)]


def _fractions(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> Iterator[NumberSpan]:
    """ "A quarter of" a unit; "um quarto" alone may be a room."""
    stop = 0
    for at in range(len(tokens)):
        match = lexicon.numbers.fractions.at(tokens, at) if at >= stop and at not in taken else None
        if match and {match.stop, match.stop + 1} & taken:
            stop = match.stop
            yield NumberSpan(at, stop, match.value)


def _no_numbers(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> Iterator[int]:
    """The tokens of words like 四肢 and 周三; but "每周三次" is three times, where what it counts follows."""
    calendar = (lexicon.clock.months, lexicon.clock.weekdays) if lexicon.numbers.words else ()
    for phrases in (lexicon.numbers.not_numbers, *calendar):
        for at in range(len(tokens)):
            match = phrases.at(tokens, at)
            if match is None or (match.lenient and _ends_clause(tokens, match.stop)):  # "从零到十分，" is up to ten
                continue
            if _goes_on(tokens, at, lexicon) or _is_hour(tokens, match, lexicon):
                continue
            if not counts_follow(tokens, match, taken, lexicon):
                yield from range(match.first, match.stop)


def _is_hour(tokens: list[Token], match: Match, lexicon: Lexicon) -> bool:
    """The 一点 of 一点半, 一点钟 and 下午一点, which elsewhere is "a little"."""
    clock, numbers = lexicon.clock, lexicon.numbers
    word = clock.hour.at(tokens, match.stop - 1)
    following = tokens[match.stop].text if match.stop < len(tokens) else ""
    if word is None or following in _NOT_AN_HOUR:
        return False
    parts = (clock.am, clock.pm, clock.noon, clock.night)
    before = (phrases.at(tokens, at) for phrases in parts for at in range(max(0, match.first - 2), match.first))
    in_part_of_day = any(part and part.stop == match.first for part in before)
    return (
        in_part_of_day or word.stop > match.stop or following in {*numbers.half_before, *numbers.words, *numbers.scales}
    )


def _ends_clause(tokens: list[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].ends_clause


def _goes_on(tokens: list[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a number or a time of day began before: the 十分 in 三十分 and 九点十分, the 一点 in 十一点."""
    if at == 0 or tokens[at].start != tokens[at - 1].end:
        return False
    before, numbers = tokens[at - 1].text, lexicon.numbers
    return before in numbers.words or before in numbers.scales or before in numbers.decimal_words


def counts_follow(tokens: list[Token], match: Match, taken: set[int], lexicon: Lexicon) -> bool:
    """Whether a Chinese phrase only seems to be there: 十分 in "十分钟", 周三 in "每周三次"."""
    ends = match.stop >= len(tokens) or tokens[match.stop].start != tokens[match.stop - 1].end
    if ends or tokens[match.first].text == _ORDINAL:
        return False
    inside = match.stop in taken or match.stop - 1 in taken
    return inside or lexicon.frequency.times.at(tokens, match.stop) is not None


def _chinese_ordinals(tokens: list[Token], lexicon: Lexicon) -> Iterator[NumberSpan]:
    """第六, which `not_numbers` keeps out of the numbers."""
    if not any(token.text == _ORDINAL for token in tokens):
        return
    for span in whole_numbers(tokens, lexicon, without=(), stopwords=lexicon.numbers.decimal_words):
        if span.first and tokens[span.first - 1].text == _ORDINAL:
            yield NumberSpan(span.first, span.stop, plain(span.value), lenient=True, is_ordinal=True)


def digits_values(text: str, numbers: Numbers) -> list[str]:
    """What digits say as one language writes them: "1,500" is 1500 in English and 1.5 in Portuguese.

    More than one value where they are no single number: the date "12.03.2020", a telephone number.
    """
    text = text.replace("\u00a0", "").replace("\u202f", "").replace("٬", "").replace("٫", numbers.decimal)
    head, *groups = text.split(numbers.group)
    if groups and _grouped(head, groups, numbers.decimal):
        text = text.replace(numbers.group, "")
    parts = text.replace(",", ".").split(".")
    if len(parts) > _MOST_PARTS:
        parts = ["".join(parts)]
    values = [".".join(parts)] if len(parts) <= 2 else parts
    return [plain(Decimal(value)) for value in values]


def _grouped(head: str, groups: list[str], decimal: str) -> bool:
    *middle, last = (group.split(decimal)[0] for group in groups)
    threes = all(len(group) == 3 for group in [*middle, last])
    lakhs = bool(middle) and len(last) == 3 and all(len(group) == 2 for group in middle)  # "1,50,000"
    exact = (threes or lakhs) and all(group.isdigit() for group in [*middle, last])
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
    if (stop := _after_groups(tokens, at, lexicon.numbers)) > at + 1:
        return [NumberSpan(at, stop, plain(Decimal("".join(token.text for token in tokens[at:stop]))))]
    values = [_year(tokens, at)] if _year(tokens, at) else digits_values(tokens[at].text, lexicon.numbers)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if at + 1 in scales and len(values) == 1:
        return [NumberSpan(at, at + 2, plain(Decimal(values[0]) * Decimal(scales[at + 1].value)))]
    touching = following is not None and following.start == tokens[at].end
    ordinal = touching and following is not None and following.text in lexicon.numbers.ordinal_suffixes
    return [NumberSpan(at, at + 1, value, lenient=ordinal) for value in values]


def _after_groups(tokens: list[Token], at: int, numbers: Numbers) -> int:
    """Where "1 500" ends, in languages that write it so."""
    stop = at + 1
    if numbers.group == "," or not (tokens[at].text.isdecimal() and len(tokens[at].text) <= 3):
        return stop
    while stop < len(tokens) and tokens[stop].kind == "digits" and tokens[stop].start == tokens[stop - 1].end + 1:
        if not (tokens[stop].text.isdecimal() and len(tokens[stop].text) == 3):
            break
        stop += 1
    return stop


def _year(tokens: list[Token], at: int) -> str:
    """The 2020 of "2019-20"; "" where there is no such year."""
    text, before = tokens[at].text, tokens[at - 2].text if at >= 2 else ""
    years = len(before) == 4 and before[:2] in {"19", "20"} and len(text) == 2 and text.isdecimal()
    follows = years and tokens[at - 1].text in {"-", "–", "/"} and text > before[2:]
    return before[:2] + text if follows and before.isdecimal() else ""


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
    halves = list(_with_half(tokens, lexicon))
    known = taken | joined | {span.first for span in halves}
    yield from halves
    for span in _thousands(tokens, whole_numbers(tokens, lexicon, without=known, stopwords=numbers.decimal_words)):
        single = span.stop == span.first + 1
        value = plain(span.value)
        if not span.digits:
            yield NumberSpan(span.first, span.stop, value, lenient=True, is_ordinal=True)
        elif not (single and _ambiguous(tokens, span.first, taken, lexicon)):
            yield NumberSpan(span.first, span.stop, value, lenient=value == "1")
    for at, token in enumerate(tokens):
        if value := numbers.times.get(token.text, ""):
            yield NumberSpan(at, at + 1, value, lenient=value == "1")


def _with_half(tokens: list[Token], lexicon: Lexicon) -> Iterator[NumberSpan]:
    """German "zwölfeinhalb"."""
    suffix = lexicon.numbers.half_suffix
    for at, token in enumerate(tokens):
        if not suffix or not token.text.endswith(suffix) or token.text in lexicon.numbers.times:
            continue
        word = Token("word", token.text.removesuffix(suffix), 0, 0)
        if whole := next(whole_numbers([word], lexicon, without=(), stopwords=()), None):
            yield NumberSpan(at, at + 1, plain(whole.value + Decimal("0.5")))


def _thousands(tokens: list[Token], spans: Iterable[WordSpan]) -> Iterator[WordSpan]:
    """ "One thousand, five hundred" is one number."""
    last: WordSpan | None = None
    for span in spans:
        follows = last is not None and span.first == last.stop + 1 and tokens[last.stop].text == ","
        if last and follows and last.value >= 1000 and last.value % 1000 == 0 and 0 < span.value < 1000:
            value = last.value + span.value
            last = WordSpan(last.first, span.stop, value, str(value))
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _ambiguous(tokens: list[Token], at: int, taken: set[int], lexicon: Lexicon) -> bool:
    """Italian "sei" is six before a unit and after "alle"; it is "you are" elsewhere."""
    if tokens[at].text not in lexicon.numbers.ambiguous or at + 1 in taken:
        return False
    before = (lexicon.clock.at.at(tokens, place) for place in range(max(0, at - _LONGEST_AT), at))
    return not any(match and match.stop == at for match in before)


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


def _without_repeats(
    tokens: list[Token], spans: list[NumberSpan], taken: set[int], numbers: Numbers
) -> list[NumberSpan]:
    """ "de 8 em 8 horas", "8/8 h" and "2 (two)" say it once."""
    kept: list[NumberSpan] = []
    for span in spans:
        last = kept[-1] if kept else None
        if (
            last
            and last.value == span.value
            and span.first == last.stop + 1
            and _repeats(tokens, last, span, taken, numbers)
        ):
            stop = span.stop + (tokens[span.first - 1].text == "(" and _text(tokens, span.stop) == ")")
            kept[-1] = NumberSpan(last.first, stop, span.value, last.lenient)
        elif last and last.stop == span.first and _for_each(tokens, last, span, numbers):
            kept[-1] = NumberSpan(last.first, span.stop, span.value, last.lenient)
        else:
            kept.append(span)
    return kept


def _for_each(tokens: list[Token], last: NumberSpan, span: NumberSpan, numbers: Numbers) -> bool:
    """ "दो-दो गोलियाँ" are two each time."""
    one, other = tokens[last.first], tokens[span.first]
    return bool(numbers.words) and one.kind == "word" and one.text == other.text


def _text(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _repeats(tokens: list[Token], last: NumberSpan, span: NumberSpan, taken: set[int], numbers: Numbers) -> bool:
    between = tokens[span.first - 1].text
    if between in numbers.repeat or (between == "/" and span.stop in taken and span.value != "0"):
        return True
    explains = between in {"-", "–", "(", "="}
    return explains and {tokens[last.first].kind, tokens[span.first].kind} == {"digits", "word"}
