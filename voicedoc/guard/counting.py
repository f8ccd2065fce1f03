"""Number words of languages that text2num does not read, from the lexicon's own values."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.tokens import Token

_TOO_LARGE = 10**15
_HUNDRED = 100
_SHORTEST_STEM = 3


@dataclass(slots=True)
class _Sum:
    """A number in the making: `done` are its thousands and more, `group` what a further scale may multiply."""

    done: int = 0
    group: int = 0
    last: int = 0  # the smallest thing that was added, 0 at the beginning
    teen: bool = False  # "خمسة" before "عشر"
    after_scale: bool = False  # 十 before 二
    units_first: bool = False  # Arabic: five and twenty
    short_tens: bool = False  # Chinese 一百二 is 120
    scale: int = 0  # the scale right before, of hundred or more
    ten_of: int = 0  # the scale that a digit right after it belongs to

    def takes(self, value: int, is_scale: bool, is_teen: bool) -> bool:
        """Add a word's value. False where it begins another number: "two three" are two."""
        self.teen = is_teen
        scale, self.scale, self.ten_of = self.scale, 0, 0
        if is_scale:
            self.after_scale = True
            self.scale = value if value >= _HUNDRED else 0
            return self._scales(value)
        if not self._has_room(value):
            return False
        self.group += value
        self.last = value
        self.after_scale = False
        self.ten_of = scale if self.short_tens and 0 < value < 10 else 0
        return True

    def _has_room(self, value: int) -> bool:
        """After "hundred" comes less than a hundred; Arabic says the units before the tens."""
        tail = self.group % 100
        if self.last == 0 or tail == 0:
            return value < 100 or self.group % 1000 == 0
        if self.after_scale and tail == 10:
            return 0 < value < 10
        if self.teen and 0 < tail < 10:
            return value == 10
        if self.units_first and tail < 10:
            return value % 10 == 0 and 20 <= value < 100
        return tail >= 20 and tail % 10 == 0 and value < 10

    def _scales(self, scale: int) -> bool:
        if self.done and scale >= 1000 and self.done < scale:
            return False
        if scale >= 1000:
            self.done += max(self.group, 1) * scale
            self.group = 0
        else:
            tail = self.group % scale
            if tail >= scale or (self.group and tail == 0):
                return False
            self.group += max(tail, 1) * scale - tail
        self.last = scale
        return self.value < _TOO_LARGE

    @property
    def value(self) -> int:
        return self.done + self.group + (self.last * (self.ten_of // 10 - 1) if self.ten_of else 0)


def counted(
    tokens: list[Token], lexicon: Lexicon, *, without: Collection[int], stopwords: Collection[str]
) -> Iterator[tuple[int, int, int]]:
    """Every whole number in words: its first token, the token after it, its value."""
    at = 0
    while at < len(tokens):
        stop, value = _one(tokens, at, lexicon, without, stopwords)
        if stop > at:
            yield at, stop, value
        at = max(stop, at + 1)


def _one(
    tokens: list[Token], first: int, lexicon: Lexicon, without: Collection[int], stopwords: Collection[str]
) -> tuple[int, int]:
    number = _Sum(units_first=bool(lexicon.numbers.join), short_tens=lexicon.spaceless)
    at, stop = first, first
    while at < len(tokens) and at not in without and tokens[at].text not in stopwords:
        if stop == at > first and _in_another_case(tokens[at - 1].text, tokens[at].text):
            break
        value, is_scale = _value(tokens[at], lexicon)
        if value is None:
            if not (stop == at > first and tokens[at].plain in lexicon.numbers.join):
                break
        elif number.takes(value, is_scale, tokens[at].plain in lexicon.numbers.teens):
            stop = at + 1
        else:
            break
        at += 1
    return stop, number.value


def _in_another_case(before: str, word: str) -> bool:
    """Russian "без двадцати восемь" is twenty to eight, not without twenty-eight: "двадцати восьми"."""
    return before.endswith("ти") and word.endswith("ь")


def _value(token: Token, lexicon: Lexicon) -> tuple[int | None, bool]:
    numbers = lexicon.numbers
    for word in _spellings(token, numbers.join):
        if word in numbers.scales:
            return numbers.scales[word], True
        if word in numbers.words:
            return numbers.words[word], False
    for prefix in lexicon.prefixes:
        stem = token.plain.removeprefix(prefix)
        if stem != token.plain and len(stem) >= _SHORTEST_STEM and stem in numbers.words:
            return numbers.words[stem], False
    return None, False


def _spellings(token: Token, join: Collection[str]) -> Iterator[str]:
    """As it stands, without accents, and without an "and" written onto it (Arabic "وعشرون")."""
    yield from (token.text, token.plain)
    for word in join:
        if token.plain.startswith(word) and len(token.plain) > len(word) + 1:
            yield token.plain[len(word) :]
