"""Text of both directions on one screen: each piece keeps to itself."""

from __future__ import annotations

import re
import unicodedata

from voicedoc.core.languages import primary

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left."""

_LRI, _RLI, _FSI, _PDI = "\u2066", "\u2067", "\u2068", "\u2069"

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """`text` with a space in place of whatever steers a terminal or the direction of what stands around it.

    As long as before, so that positions in it hold.
    """
    return _CONTROL.sub(" ", text)


def isolated(text: str, language: str = "") -> str:
    """`text` as a stretch of its own direction, where it has letters that run from right to left.

    What stands around it is then not reordered with it. Without a `language` its first letter decides. `text` is one
    line, and `plain`. Other texts are left as they are: not every terminal knows how to hide the marks.

    Source: Unicode Standard Annex #9, 2.4 (directional isolates).
    """
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return text
    opening = _FSI if not language else _RLI if primary(language) in RIGHT_TO_LEFT else _LRI
    return f"{opening}{text}{_PDI}"
