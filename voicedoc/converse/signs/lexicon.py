"""The words by which patients tell of signs in one language, read from `lexicons/<language>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voicedoc.core.languages import primary
from voicedoc.errors import ConfigError
from voicedoc.guard.lexicon import Lexicon, lexicon_of
from voicedoc.guard.phrases import Phrases

_FOLDER = Path(__file__).parent / "lexicons"
_HAN_GAP, _HAN_CLOSE, _GAP, _CLOSE = 8, 4, 5, 2


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say `sign`: all `parts`, near one another; `ordered`: in this order, and closer."""

    sign: str
    parts: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Words that change what is said about a sign near them.

    `mine` are words of the first person, with which something new is told, as with `breaks`; `fillers` are skipped.
    `answers` are a "no" that only answers. `back` are cues that deny what stands before them, and
    `topics` do so at the end of a clause ("a fever I don't have"). After `supposing` nothing
    is said to be so; `presuming` questions say it all the same ("why"). `over`: no longer; `ago`: once, not now.
    `relatives` are other people, of whom `past` tells what was, and of `strangers` `happened` too;
    with `theirs` it goes on.

    After `fears` no illness is told, only dreaded. What an allergy brings is told of the past, unless `now` stands
    beside it. `conditionals` begin what is asked for ("if my tongue swells, what then?"), `causing` what a medicine
    does. What is taken as `prescribed` is no overdose, unless a word says that it was `beyond` that ("at once").
    After `recovered`, what was long ago is no more; `wishing` ends a wish to die.
    `conditions` are words for what a person has for long.
    """

    mine: frozenset[str]
    breaks: frozenset[str]
    fillers: frozenset[str]
    answers: Phrases
    topics: Phrases
    back: frozenset[str]
    supposing: Phrases
    presuming: frozenset[str]
    over: Phrases
    ago: Phrases
    relatives: Phrases
    past: Phrases
    theirs: frozenset[str]
    strangers: Phrases
    happened: Phrases
    fears: Phrases
    now: Phrases
    conditionals: frozenset[str]
    causing: Phrases
    prescribed: Phrases
    beyond: Phrases
    recovered: Phrases
    wishing: Phrases
    conditions: frozenset[str]
    reach: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Words beside numbers: "fever" 39, "sugar" 320, "pressure" 190 "over" 120, the "baby" "is" six weeks "old"."""

    fever: Phrases
    sugar: Phrases
    pressure: Phrases
    over: frozenset[str]
    baby: Phrases
    age_before: frozenset[str]
    age_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class SignLexicon:
    """Everything by which signs are read in one language. `atoms` finds the parts of patterns, by part.

    `gap` and `close` are how many tokens at most may stand between two parts of a pattern, and of an ordered one.
    """

    guard: Lexicon
    atoms: Phrases
    patterns: Mapping[str, tuple[Pattern, ...]]
    idioms: Phrases
    marks: Marks
    measures: Measures
    gap: int
    close: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """`lasting` signs count when they are over, `chronic` ones are a relative's own, `history` may be long ago.

    `feared` ones are not there because they are feared; `reactions` are what an allergy brings. `means` maps a sign to
    those that it includes, `within` the other way round.
    """

    lasting: frozenset[str]
    chronic: frozenset[str]
    history: frozenset[str]
    feared: frozenset[str]
    reactions: frozenset[str]
    means: Mapping[str, tuple[str, ...]]
    within: Mapping[str, tuple[str, ...]]


@cache
def kinds() -> Kinds:
    """What is the same in every language."""
    table = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    means = {sign: tuple(general) for sign, general in table["means"].items()}
    generals = {name for names in means.values() for name in names}
    within = {name: tuple(sign for sign, names in means.items() if name in names) for name in generals}
    return Kinds(
        frozenset(table["lasting"]),
        frozenset(table["chronic"]),
        frozenset(table["history"]),
        frozenset(table["feared"]),
        frozenset(table["reactions"]),
        means,
        within,
    )


def sign_lexicon(language: str) -> SignLexicon:
    """The lexicon for a BCP 47 tag.

    Raises:
        UnsupportedLanguage: If the guard does not know the language.
    """
    return _read(primary(language), lexicon_of(language))


_KEPT: dict[str, SignLexicon] = {}


def _read(language: str, guard: Lexicon) -> SignLexicon:
    if language not in _KEPT:
        _KEPT[language] = _build(guard, tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8")))
    return _KEPT[language]


def _without_fillers(table: Any, fillers: frozenset[str], *, spaceless: bool) -> Any:
    """Every form without the words that are skipped in what is said, too."""
    if isinstance(table, dict):
        return {
            key: value if key == "fillers" else _without_fillers(value, fillers, spaceless=spaceless)
            for key, value in table.items()
        }
    if isinstance(table, list):
        return [_without_fillers(form, fillers, spaceless=spaceless) for form in table]
    kept = [word for word in (table if spaceless else table.split(" ")) if word not in fillers]
    return ("" if spaceless else " ").join(kept) or table


def _build(guard: Lexicon, written: dict[str, Any]) -> SignLexicon:
    table = _without_fillers(written, frozenset(written["marks"]["fillers"]), spaceless=guard.spaceless)
    groups: dict[str, list[str]] = table["words"]
    patterns = [_pattern(sign, said) for sign, ways in table["signs"].items() for said in ways]
    by_part: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for part in set(pattern.parts):
            by_part.setdefault(part, []).append(pattern)
    spaceless = guard.spaceless
    return SignLexicon(
        guard,
        Phrases(_atoms(by_part, groups), guard.prefixes),
        {part: tuple(found) for part, found in by_part.items()},
        _phrases(table["marks"].get("idioms", ()), guard),
        _marks(table["marks"], guard),
        _measures(table["measures"], guard),
        _HAN_GAP if spaceless else _GAP,
        _HAN_CLOSE if spaceless else _CLOSE,
    )


def _pattern(sign: str, said: str) -> Pattern:
    """ "a & b": near each other; "a + b": in this order and closer; "shallow breath*" is "shallow + breath*"."""
    if " & " in said:
        return Pattern(sign, tuple(word for part in said.split(" & ") for word in _words(part)), ordered=False)
    parts = said.split(" + ")
    return Pattern(sign, tuple(word for part in parts for word in _words(part)), ordered=True)


def _words(part: str) -> list[str]:
    """A part; with a star or a group in it, its words are parts, for only a single word can have a star."""
    return part.split() if "*" in part or "<" in part else [part]


def _atoms(parts: Iterable[str], groups: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Every form of each part; "<pain>" and "upper <belly>" stand for one form for each word of the group."""
    for part in parts:
        before, _, rest = part.partition("<")
        name, _, after = rest.partition(">")
        if rest and name not in groups:
            raise ConfigError(f"a sign's lexicon names the words <{name}>, which it does not list")
        for word in groups[name] if rest else [""]:
            yield _form(before + word + after), part


def _form(form: str) -> str:
    if "*" in form and " " in form:
        raise ConfigError(f"'{form}' has a star and several words", remedy="join the words with '+' or '&'")
    return form


def _marks(table: dict[str, Any], guard: Lexicon) -> Marks:
    mine = frozenset(table["mine"])
    return Marks(
        mine=mine,
        breaks=mine | frozenset(table["breaks"]) | guard.negation.and_words | guard.negation.but,
        fillers=frozenset(table["fillers"]),
        answers=_phrases(table.get("answers", ()), guard),
        topics=_phrases(table.get("topics", ()), guard),
        back=frozenset(table.get("back", ())),
        supposing=_phrases(table["supposing"], guard),
        presuming=frozenset(table["presuming"]),
        over=_phrases(table["over"], guard),
        ago=_phrases(table["ago"], guard),
        relatives=_phrases(table["relatives"], guard),
        past=_phrases(table["past"], guard),
        theirs=frozenset(table.get("theirs", ())),
        strangers=_phrases(table.get("strangers", ()), guard),
        happened=_phrases(table.get("happened", ()), guard),
        fears=_phrases(table.get("fears", ()), guard),
        now=_phrases(table.get("now", ()), guard),
        conditionals=frozenset(table.get("conditionals", ())),
        causing=_phrases(table.get("causing", ()), guard),
        prescribed=_phrases(table.get("prescribed", ()), guard),
        beyond=_phrases(table.get("beyond", ()), guard),
        recovered=_phrases(table.get("recovered", ()), guard),
        wishing=_phrases(table.get("wishing", ()), guard),
        conditions=frozenset(table.get("conditions", ())),
        reach=8 if guard.spaceless else 5,
    )


def _measures(table: dict[str, Any], guard: Lexicon) -> Measures:
    return Measures(
        fever=_phrases(table["fever"], guard),
        sugar=_phrases(table["sugar"], guard),
        pressure=_phrases(table["pressure"], guard),
        over=frozenset(table["over"]),
        baby=_phrases(table["baby"], guard),
        age_before=frozenset(table["age_before"]),
        age_after=frozenset(table["age_after"]),
    )


def _phrases(forms: Iterable[str], guard: Lexicon) -> Phrases:
    return Phrases(((form, form) for form in forms), guard.prefixes)
