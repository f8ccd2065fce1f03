"""Drug names in any of the guard's languages, each as its international nonproprietary name (INN)."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from voicedoc.guard.consonants import consonants, may_be_spelled, vowels, wanted, wanted_vowels
from voicedoc.guard.lexicon import Lexicon
from voicedoc.guard.phrases import Match, Phrases
from voicedoc.guard.tokens import Token, folded, tokenise

_SHORTEST_INN = 6
_SHORTEST_OTHER = 8  # brands that are shorter sound like words: Zosyn, "sozinho"
_SHORTEST_UNLISTED = 8
_LONGEST_NAME = 40
_FEWEST_CONSONANTS = 5  # and one more for brands; with fewer, one word in a hundred of Hindi and Arabic would be a drug
_NEVER_NAMES = ("وال", "بال", "لل")  # a clitic and the article, never the beginning of a name
_BLANK = "\ue000"

with Path(__file__).with_name("drug_stems.toml").open("rb") as _file:
    _TABLE = tomllib.load(_file)
STEMS, NOT_DRUGS = tuple(_TABLE["stems"]), frozenset(_TABLE["not_drugs"])
NOT_NAMES = frozenset(_TABLE["not_names"])

_CYRILLIC = str.maketrans(
    dict(zip("абвгдеёжзийклмнопрстуфхцыэ", "abvgdeejsiiklmnoprstufksie", strict=True))
    | {"ч": "ch", "ш": "sh", "щ": "sh", "ь": "", "ъ": "", "ю": "iu", "я": "ia"}
)
_CYRILLIC_WORD = re.compile("[а-яё-]{3,}")
_RUSSIAN_VOWELS = frozenset("аеоыя")
_CYRILLIC_CASES = re.compile(r"(?<=[а-я]{5})(?:ом|ем|ой|ою|ами)$")
_SPELLINGS = [  # from how INNs are written in English, French, German, the Romance languages and transliterated Russian
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"th|dt", "t"),
        (r"rh", "r"),
        (r"sch|sh", "s"),
        (r"ch", "k"),
        (r"y|ij", "i"),
        (r"ae|oe", "e"),
        (r"ss?c(?=[ei])|c(?=[ei])|z|ss", "s"),
        (r"cc|ck|c|qu|q", "k"),
        (r"x|ks|cs", "ks"),
        (r"w", "v"),
        (r"h", ""),
        (r"m(?=[pbvf])", "n"),
        (r"ei(?=n)", "ei"),
        (r"(.)\1", r"\1"),
        (r"(?<=[a-z]{4})(?:um|ium|os|as|es|[aeiou])$", ""),
    )
]


@cache
def _cached_skeleton(word: str) -> str:
    plain = _CYRILLIC_CASES.sub("", folded(word)).translate(_CYRILLIC)
    plain = re.sub(r"^gidro", "idro", plain)
    for pattern, sound in _SPELLINGS:
        plain = pattern.sub(sound, plain)
    return plain


def skeleton(word: str) -> str:
    """How a name sounds, much alike in all languages: "amoksisilin" for amoxicillin, amoxicilina, амоксициллин."""
    return _cached_skeleton(word) if len(word) <= _LONGEST_NAME else ""


def find_drugs(tokens: list[Token], prefixes: tuple[str, ...] = (), visit: Phrases | None = None) -> Iterator[Match]:
    """Every drug that is named, in order of place; first those of the `visit`, if it has its own.

    An unlisted one is lenient and has its skeleton for a value.
    """
    at = 0
    while at < len(tokens):
        own = visit.at(tokens, at) if visit else None
        match = own or _names(prefixes).at(tokens, at) or _by_sound(tokens[at], at, prefixes)
        if match:
            yield match
        at = match.stop if match else at + 1


def without_names(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with blanks for listed drugs, in languages without spaces: 二甲双胍 is neither two nor both."""
    if not lexicon.spaceless:
        return tokens
    blank = list(tokens)
    for match in find_drugs(tokens, lexicon.prefixes):
        for at in range(match.first, match.stop):
            blank[at] = replace(tokens[at], text=_BLANK, plain=_BLANK)
    return blank


def is_listed(word: str) -> bool:
    """Whether a word in the Latin script is the name of a drug in the list."""
    return bool(_names(()).at(tokenise(word), 0)) or skeleton(word) in _sounds()


def _by_sound(token: Token, at: int, prefixes: tuple[str, ...]) -> Match | None:
    if token.kind != "word" or not _SHORTEST_INN <= len(token.text) <= _LONGEST_NAME:
        return None
    sound = skeleton(token.text)
    if inn := _sounds().get(sound):
        return Match(at, at + 1, inn)
    if inn := _by_consonants(token.text, prefixes):
        return Match(at, at + 1, inn)
    unlisted = len(sound) >= _SHORTEST_UNLISTED and sound.endswith(STEMS) and sound not in NOT_DRUGS
    return Match(at, at + 1, sound, lenient=True) if unlisted else None


@cache
def _listed() -> dict[str, list[str]]:
    """Each INN with all its names."""
    lines = Path(__file__).with_name("drugs.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    listed: dict[str, list[str]] = {}
    for row in rows:
        names = [name.strip() for column in row.values() for name in column.split("|")]
        listed[row["inn"]] = [name for name in names if name]
    return listed


@cache
def _names(prefixes: tuple[str, ...]) -> Phrases:
    listed = ((form, inn) for inn, names in _listed().items() for name in names for form in _inflected(name))
    return Phrases(listed, prefixes)


def _inflected(name: str) -> list[str]:
    """A Russian name in its cases; any other as it is."""
    word = name.lower()
    if not _CYRILLIC_WORD.fullmatch(word):
        return [name]
    if word[-1] in _RUSSIAN_VOWELS:
        return [word, *(word[:-1] + ending for ending in ("а", "ы", "и", "у", "ой", "ою", "е", "ом"))]
    return [word, *(word.removesuffix("ь") + ending for ending in ("а", "у", "ом", "е", "я", "ю", "ем"))]


def _by_consonants(word: str, prefixes: tuple[str, ...]) -> str:
    """The INN of a name in Devanagari or Arabic, also after a clitic; "" where it is none."""
    stems = [word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)]
    if not word.startswith(_NEVER_NAMES):
        stems.append(word)
    if not NOT_NAMES.isdisjoint(stems):
        return ""
    found = [(stem, key) for stem in stems if (key := consonants(stem))]
    many = (inn for _, (script, key) in found if (inn := _consonants(script).get(key, "")))
    few = (inn for stem, (script, key) in found if script == "ar" and (inn := _by_vowels(stem, key)))
    return next(chain(many, few), "")


def _by_vowels(word: str, key: str) -> str:
    """The INN of a name in Arabic with few consonants, where its vowels agree, too."""
    inns = {inn for inn, wanted in _few_consonants().get(key, ()) if may_be_spelled(vowels(word), wanted)}
    return inns.pop() if len(inns) == 1 else ""


@cache
def _few_consonants() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """INNs with the vowels of each of their names that has few consonants, by these."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for inn, name, sound in _one_word_names():
        least, most = (3, _FEWEST_CONSONANTS) if name == inn else (_FEWEST_CONSONANTS, _FEWEST_CONSONANTS + 1)
        for key in wanted(name, sound, "ar"):
            if least <= len(key.lstrip("a")) < most:
                found.setdefault(key, []).append((inn, wanted_vowels(sound)))
    return found


@cache
def _consonants(script: str) -> dict[str, str]:
    """INNs by the consonants of each of their names, but not those that two of them share."""
    found: dict[str, str] = {}
    for inn, name, sound in _one_word_names():
        for key in wanted(name, sound, script):
            if len(key.lstrip("a")) >= (_FEWEST_CONSONANTS if name == inn else _FEWEST_CONSONANTS + 1):
                found[key] = "" if found.get(key, inn) != inn else inn
    return found


def _one_word_names() -> Iterator[tuple[str, str, str]]:
    """INN, name and sound of each name of one word in plain Latin letters."""
    for inn, names in _listed().items():
        for name in (name.lower() for name in names if name.isascii() and name.isalpha()):
            yield inn, name, skeleton(name)


@cache
def _sounds() -> dict[str, str]:
    """INNs by how each of their names of one word sounds."""
    sounds: dict[str, str] = {}
    for inn, names in _listed().items():
        for name in names:
            sound = skeleton(name.lower()) if len(tokenise(name)) == 1 else ""
            if len(sound) >= (_SHORTEST_INN if name == inn else _SHORTEST_OTHER):
                sounds.setdefault(sound, inn)
    return sounds
