"""The languages that may be spoken, as Whisper knows them, and the choice between them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from voicedoc.errors import UnsupportedLanguage

RELIABLE_FROM = 1.0
"""Seconds. Of 150 choices on the development set 150 were right on whole utterances, 139 on their first 0.7 s."""

OTHER_FROM = 2.0
OTHER_BELOW = 0.1
"""Seconds, and the share of the languages named below which so long an utterance is in another one. On the
development set with two named, cut at 2 s: 24 of 24 in English or Portuguese are above it, whole utterances in others
all below."""

SWITCH_PRICE = 4.0
"""How much likelier an utterance must become by a change of language in its midst, as a natural logarithm. Of 231
utterances of the development set in one language, with another one named, 1 is taken for two; of two joined with 0.2 s
between them 29 of 31 are told apart where each has 4 to 9 s, 47 of 73 where one has 4 s or less."""

UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
"""Codes of languages written without spaces: each token is a word. Source: openai/whisper whisper/tokenizer.py."""

_LEAST = 0.01
"""The smallest share that counts: no single part is so sure that it alone makes a change worth its price twice."""

_CODES = {
    "arb": "ar",
    "cmn": "zh",
    "fil": "tl",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "jv": "jw",
    "nb": "no",
    "prs": "fa",
    "swh": "sw",
    "zh-yue": "yue",
}
"""BCP 47 subtags that Whisper calls otherwise. Source: openai/whisper whisper/tokenizer.py, LANGUAGES."""


class LanguageChoice(NamedTuple):
    """One of the languages named: `tag` as the visit writes it, `code` as the model does, `confidence` in [0, 1].

    `other` is the model's code of the language that is really spoken, where it is none of those named.
    """

    tag: str
    code: str
    confidence: float
    other: str = ""


def whisper_code(tag: str, known: Collection[str]) -> str:
    """Whisper's code for a BCP 47 tag, e.g. "pt" for "pt-BR".

    Raises:
        UnsupportedLanguage: If it is not among the codes that the model has, `known`.
    """
    subtags = tag.lower().replace("_", "-").split("-")
    code = _CODES.get("-".join(subtags[:2]), _CODES.get(subtags[0], subtags[0]))
    if code not in known:
        near = "use zh for Mandarin, or a large-v3 model" if code == "yue" else "choose a multilingual Whisper model"
        raise UnsupportedLanguage(
            f"the recogniser's model does not know '{tag}' ({len(known)} languages)", remedy=f"{near} in the profile"
        )
    return code


def choose(
    languages: Sequence[str], codes: Sequence[str], shares: Mapping[str, float], seconds: float
) -> LanguageChoice:
    """The likeliest of the languages named, given the model's probability of each code, `shares`.

    The confidence is that language's share of those named; under `RELIABLE_FROM` seconds of speech it is drawn towards
    what a guess would have. Tags with one code cannot be told apart: the first stands for them, and they share.
    """
    tags = tuple(dict.fromkeys(languages))
    if len(tags) == 1:
        return LanguageChoice(languages[0], codes[0], 1.0)
    code_of = dict(zip(languages, codes, strict=True))
    named = {code: shares.get(code, 0.0) for code in code_of.values()}
    best, total = max(named, key=lambda code: named[code]), sum(named.values())
    rivals = [tag for tag in tags if code_of[tag] == best]
    if total <= 0.0:
        return LanguageChoice(rivals[0], best, 1.0 / len(tags))
    guess, trust = 1.0 / len(tags), min(1.0, seconds / RELIABLE_FROM)
    share = named[best] / total / len(rivals)
    is_other = seconds >= OTHER_FROM and total < OTHER_BELOW
    other = max(shares, key=lambda code: shares[code]) if is_other else ""
    return LanguageChoice(rivals[0], best, guess + (share - guess) * trust, other)


def follow(codes: Sequence[str], heard: Sequence[Mapping[str, float]]) -> list[str]:
    """The code that each part of an utterance is in, given the model's probabilities in each, `heard`.

    The likeliest course, where each change of language costs `SWITCH_PRICE`: so one part that sounds like another
    language is not believed, a few in a row are. (A Viterbi search.)
    """
    names = tuple(dict.fromkeys(codes))
    scores = dict.fromkeys(names, 0.0)
    came: list[dict[str, str]] = []
    for shares in heard:
        best = max(names, key=lambda name: scores[name])
        came.append({name: name if scores[name] >= scores[best] - SWITCH_PRICE else best for name in names})
        likely = _log_shares(names, shares)
        scores = {name: max(scores[name], scores[best] - SWITCH_PRICE) + likely[name] for name in names}
    course = [max(names, key=lambda name: scores[name])]
    for step in reversed(came[1:]):
        course.append(step[course[-1]])
    return course[::-1]


def _log_shares(names: Sequence[str], shares: Mapping[str, float]) -> dict[str, float]:
    total = sum(shares.get(name, 0.0) for name in names)
    even = 1.0 / len(names)
    return {name: math.log(max(_LEAST, shares.get(name, 0.0) / total if total > 0.0 else even)) for name in names}
