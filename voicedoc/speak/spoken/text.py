"""From a written text to one without digits and symbols, in a single pass from left to right.

At each place the rules of `RULES` are tried in order; the first that reads what stands there wins, and what none
reads is copied. At the end nothing but letters, spaces and punctuation may be left: otherwise the text cannot be
spoken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from voicedoc.errors import Unspeakable
from voicedoc.speak.spoken.lexicon import Lexicon, lexicon_of
from voicedoc.speak.spoken.rules import RULES
from voicedoc.speak.spoken.units import UNSPACED

_PUNCTUATION = frozenset(".,;:!?…'\"“”‘’„«»‹›()-–—¿¡·。、，；：？！「」『』《》（）・।॥،؛؟")
_SAME = str.maketrans({
    "\u2212": "−", "℃": "°C", "℉": "°F", "μ": "µ", "％": "%", "⁄": "/", "∕": "/", "‐": "-", "‑": "-", "[": "(",
    "]": ")", "{": "(", "}": ")", "`": "'", "´": "'", "•": "–", "●": "–", "▪": "–", "■": "–", "＆": "&", "＋": "+",
    "＝": "=", "／": "/", "＜": "<", "＞": ">", "～": "~", "＃": "#", "＠": "@", "＄": "$",
    "®": None, "™": None, "\u00ad": None, "\u200b": None,
})  # fmt: skip
"""Look-alikes, list marks, and marks that nobody reads out."""
_START = re.compile(rf"\d|[^\w\s]|(?<!\w)\w|(?<=\d)[^\W\d]|(?<=[{UNSPACED}])[A-Za-z]")
_JOINERS = "\u200c\u200d"  # letters of Devanagari and Arabic are written with them


class _Read(NamedTuple):
    words: str
    end: int


def spoken_text(text: str, language: str) -> str:
    """`text` as it is to be read out: numbers, units, dates, times and symbols in words of `language` (BCP 47).

    Only letters, combining marks, spaces and punctuation are left. A text without digits and symbols comes back as it
    is in any language.

    Raises:
        Unspeakable: If something has no words in this language; what it is, is in the message.
    """
    text = _uniform(text)
    lexicon = lexicon_of(language)
    words = re.sub(r"\s+", " ", "".join(_pieces(text, lexicon))).strip() if lexicon else text
    words = re.sub(r" ([.,;:!?।])", r"\1", words)
    if strange := sorted({mark for mark in words if not _is_speakable(mark)}):
        named = ", ".join(unicodedata.name(mark, repr(mark)).lower() for mark in strange[:3])
        raise Unspeakable(f"no words for {named} in '{language}'", remedy="read it on the screen")
    return words


def _uniform(text: str) -> str:
    """One code point per sign: digits of any script as 0–9, fractions as 1/2, look-alikes as one."""
    plain = "".join(_plain(mark) for mark in unicodedata.normalize("NFC", text).translate(_SAME))
    return re.sub(r"(?<=\d)['’](?=\d)(?!\d{3}(?!\d))", " ", plain)  # 5'10 is two numbers, 1'000 is one


def _plain(mark: str) -> str:
    if mark.isascii() or not (mark.isdigit() or mark.isnumeric()) or mark in "²³":
        return mark
    if mark.isdecimal():
        return str(unicodedata.decimal(mark))
    expanded = unicodedata.normalize("NFKC", mark)
    return f" {expanded.replace('⁄', '/')}" if "⁄" in expanded else mark


def _pieces(text: str, lexicon: Lexicon) -> Iterator[str]:
    position = 0
    while start := _START.search(text, position):
        yield text[position : start.start()]
        read = _read(text, start.start(), lexicon) or _Read(text[start.start()], start.start() + 1)
        yield read.words
        position = read.end
    yield text[position:]


def _read(text: str, position: int, lexicon: Lexicon) -> _Read | None:
    for pattern_of, read in RULES:
        found = pattern_of(lexicon.language).match(text, position)
        if found and found.end() > position and (words := read(found, lexicon)) is not None:
            return _Read(_spaced(words, found, lexicon), found.end())
    return None


def _spaced(words: str, found: re.Match[str], lexicon: Lexicon) -> str:
    """Words need space around them where the text had none: "B12", "5mg/kg"."""
    if not lexicon.joiner:
        return words
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return f"{' ' if _is_letter(before) else ''}{words}{' ' if after.isalnum() or after == '(' else ''}"


def _is_letter(mark: str) -> bool:
    return bool(mark) and (mark.isalnum() or unicodedata.category(mark).startswith("M"))


def _is_speakable(mark: str) -> bool:
    if mark.isspace() or mark in _PUNCTUATION or mark in _JOINERS:
        return True
    return unicodedata.category(mark)[0] in "LM"
