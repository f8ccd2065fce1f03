"""Wordings of a language as data: words in order, with `*` for any ending and `…` for words between."""

from __future__ import annotations

import re
from collections.abc import Iterable

from voicedoc.guard.tokens import Token, folded, tokenise

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CLITICS = "(?:وال|بال|فال|كال|ال|لل|و|ف|ب|ك|ل)?"
_GAP = r"(?: [^ .?!;:؟।]+){0,7}?"
_GAP_IN_HAN = r"[^。！？?!.]{0,14}?"


def flat(text: str) -> str:
    """A text as wordings are compared with it: lower case, no accents, one space between words, Han simplified."""
    made: list[str] = []
    before: Token | None = None
    for token in tokenise(text):
        joins = before is not None and before.end == token.start and _HAN.match(token.text) and _HAN.match(before.text)
        made.append(("" if joins or before is None else " ") + folded(token.text).rstrip("'"))
        before = token
    return "".join(made)


def pattern(wordings: Iterable[str]) -> re.Pattern[str]:
    """What matches any of `wordings` in a `flat` text; nothing where there are none."""
    longest_first = sorted(wordings, key=len, reverse=True)
    return re.compile("|".join(_one(wording) for wording in longest_first) or r"(?!)")


def _one(wording: str) -> str:
    if _HAN.search(wording):
        return _GAP_IN_HAN.join(re.escape(flat(part)) for part in wording.split("…"))
    parts = [" ".join(_word(word) for word in part.split()) for part in wording.split("…")]
    return f"(?<![^ ])(?:{(_GAP + ' ').join(part.strip() for part in parts)})(?![^ ])"


def _word(word: str) -> str:
    plain = re.escape(flat(word.rstrip("*")))
    clitics = _CLITICS if _ARABIC.search(word) else ""
    return clitics + plain + (r"[^ ]*" if word.endswith("*") else "")
