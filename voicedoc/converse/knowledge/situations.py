"""What a question tells or only asks: many tablets that were taken; a side effect that somebody does not have yet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

from voicedoc.converse.knowledge.terms import terms_of
from voicedoc.converse.knowledge.wording import flat, pattern
from voicedoc.converse.signs.sign import Sign
from voicedoc.core.languages import primary
from voicedoc.guard import extract
from voicedoc.translate.sentences import sentences

MANY = 10
"""Tablets taken that are treated as an overdose whatever they are. Nobody's threshold but ours: few medicines are taken
so, and to say "call a poison centre" once too often does no harm."""

_COUNTED = re.compile(r"(\d+)(?: [^ .?!,;]+){0,3}? ?$")
_FOLLOWING = re.compile(r"(?: [^ ,.?!;]+){0,4}")


@dataclass(frozen=True, slots=True)
class _Taken:
    taken: Pattern[str]
    pieces: Pattern[str]
    daily: Pattern[str]


def tells_many_taken(question: str, language: str) -> bool:
    """Whether it says that ten or more tablets were taken, in one sentence and not "each day"."""
    tags = [tag for tag in dict.fromkeys((primary(language), "en")) if tag in _taken()]
    return any(_tells_many(one, _taken()[tag], language) for one in sentences(question) for tag in tags)


def _tells_many(sentence: str, words: _Taken, language: str) -> bool:
    told = flat(sentence)
    if not words.taken.search(told) or words.daily.search(told):
        return False
    counted = [_COUNTED.search(told[: match.start()]) for match in words.pieces.finditer(told)]
    numbers = [int(match[1]) for match in counted if match and len(match[1]) < 4]
    doses = (item.value.split() for item in extract(sentence, language) if item.kind == "dose")
    numbers += [int(dose[0]) for dose in doses if dose[0].isdecimal() and dose[1:] in (["tablet"], ["capsule"])]
    return any(number >= MANY for number in numbers)


def without_feared(question: str, language: str, signs: Iterable[Sign]) -> list[Sign]:
    """The signs without those that a question names as what a medicine might do: "can cetirizine make me drowsy?".

    Only in a sentence that names a drug and asks, and only right after such words.
    """
    wordings = _causing().get(primary(language))
    kept, at = list(signs), 0
    for sentence in sentences(question):
        start = question.find(sentence, at)
        at = max(at, start + len(sentence))
        asks = sentence.rstrip().endswith(("?", "？", "؟"))
        if wordings is None or not asks or not terms_of(sentence, language).drugs:
            continue
        feared = _feared(flat(sentence), wordings)
        kept = [one for one in kept if not (start <= one.start < at and _is_in(flat(one.words), feared, sentence))]
    return kept


def _feared(told: str, wordings: Pattern[str]) -> str:
    """What stands within and right after the words that ask, between commas."""
    found = []
    for part in re.split("[,;،，]", told):
        for match in wordings.finditer(part.strip()):
            after = _FOLLOWING.match(part.strip(), match.end())
            found.append(match.group() + (after.group() if after else ""))
    return " . ".join(found)


def _is_in(words: str, feared: str, sentence: str) -> bool:
    return bool(words) and words in feared and flat(sentence).count(words) == 1


@cache
def _taken() -> dict[str, _Taken]:
    return {
        tag: _Taken(pattern(said["taken"]), pattern(said["pieces"]), pattern(said["daily"]))
        for tag, said in _read("taken.toml").items()
    }


@cache
def _causing() -> dict[str, Pattern[str]]:
    return {tag: pattern(said) for tag, said in _read("causing.toml").items()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
