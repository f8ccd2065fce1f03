"""The visit's two languages, as Whisper knows them, and the choice between them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from voicedoc.errors import UnsupportedLanguage

RELIABLE_FROM = 1.0
"""Seconds. Of 150 choices on the development set 150 were right on whole utterances, 139 on their first 0.7 s."""

OTHER_FROM = 2.0
OTHER_BELOW = 0.1
"""Seconds, and the share of the visit's two languages below which so long an utterance is in another one. On the
development set, cut at 2 s: 24 of 24 in English or Portuguese are above it, whole utterances in others all below."""

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
    """One of the visit's languages: `tag` as the visit writes it, `code` as the model does, `confidence` in [0, 1].

    `other` is the model's code of the language that is really spoken, where it is neither of the two.
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
    languages: tuple[str, str], codes: tuple[str, str], shares: Mapping[str, float], seconds: float
) -> LanguageChoice:
    """The likelier of the visit's two languages, given the model's probability of each code, `shares`.

    The confidence is that language's share of the two; under `RELIABLE_FROM` seconds of speech it is drawn towards 0.5.
    """
    first, second = (shares.get(code, 0.0) for code in codes)
    if languages[0] == languages[1]:
        return LanguageChoice(languages[0], codes[0], 1.0)
    if codes[0] == codes[1] or first + second <= 0.0:
        return LanguageChoice(languages[0], codes[0], 0.5)
    best = 0 if first >= second else 1
    share = max(first, second) / (first + second)
    trust = min(1.0, seconds / RELIABLE_FROM)
    is_other = seconds >= OTHER_FROM and first + second < OTHER_BELOW
    other = max(shares, key=lambda code: shares[code]) if is_other else ""
    return LanguageChoice(languages[best], codes[best], 0.5 + (share - 0.5) * trust, other)
