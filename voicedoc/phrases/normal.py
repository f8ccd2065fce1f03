"""One spelling for texts that say the same: lower case, digits 0–9, no punctuation."""

from __future__ import annotations

import re
import unicodedata

SLOT = re.compile(r"\{(\w+)\}")

_KEPT_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,/-](?=\d)")
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "⁄": "/", "–": "-", "—": "-", "ـ": None})


def normalised(text: str) -> str:
    """`text` without what writing alone decides: case, punctuation, spaces, digits' script.

    >>> normalised("Take 2.5 mg, twice a day!")
    'take 2.5 mg twice a day'
    """
    spaced = re.sub(r"(?<=\d)(?=[½¼¾⅓⅔])", " ", text)
    plain = unicodedata.normalize("NFKC", spaced).translate(_SAME).lower()
    return " ".join("".join(_kept(plain, at) for at in range(len(plain))).split())


def normalised_wording(wording: str) -> str:
    """As `normalised`, with the wording's slots left in place: "take {dose} now"."""
    pieces = SLOT.split(wording)
    return " ".join(f"{{{piece}}}" if at % 2 else normalised(piece) for at, piece in enumerate(pieces) if piece.strip())


def _kept(text: str, at: int) -> str:
    mark = text[at]
    if mark.isdecimal():
        return str(unicodedata.decimal(mark))
    if mark.isalpha() or unicodedata.category(mark)[0] == "M" or mark == "'":
        return mark
    return mark if _KEPT_BETWEEN_DIGITS.match(text, at) else " "
