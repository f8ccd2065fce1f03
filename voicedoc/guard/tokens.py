"""A text cut into words, digits and marks, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = (  # combining marks, which Python's \w leaves out: Latin, Hebrew, Arabic, Devanagari
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
)
_PATTERN = re.compile(
    # COVID-19, B12, H1N1: names, not numbers; but Arabic writes "and" and "for" onto digits
    rf"(?P<code>(?<!\d)(?!(?<!\w)[وفبلك]\d)[^\W\d_{_HAN}]+[-‑–]?\d(?:(?![{_HAN}])[\w‑-])*)"
    r"|(?P<digits>\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,٫٬]\d+)*|(?<![\w.])\.\d+)"
    rf"|(?P<han>[{_HAN}])"
    rf"|(?P<word>[^\W\d_{_HAN}](?:[^\W\d_{_HAN}]|[{_SIGNS}])*['’´`ʼ]?)"
    r"|(?P<break>\n)"
    r"|(?P<mark>[^\w\s]|_)"
)
_APOSTROPHES = str.maketrans("’´`ʼ", "''''")
_HYPHENS = frozenset("-‑–")
_SENTENCE_ENDS = frozenset(".!?;…。！？；؟؛।॥۔")
_CLAUSE_ENDS = frozenset(",:()—，：、（）،")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i", "ة": "ه", "ى": "ي", "ـ": "", "ँ": "ं"}
)
_DROPPED = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u093c\u200c\u200d]")
_DIGITS = {ord(digit): str(int(digit)) for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９"}
_SHORTEST_UNACCENTED = 5
_LONGEST_WORD = 64
"""Longer ones are no words; composing and folding them could take more than linear time."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case ("n'", "avalez"), digits, a code such as "B12", or a mark, with its place in characters.

    `plain` is the word as people write it without accents, where that is safe: "estomago", but not "ne" for "né".
    """

    kind: str
    text: str
    start: int
    end: int
    plain: str = ""

    @property
    def ends_sentence(self) -> bool:
        return self.kind == "break" or self.text in _SENTENCE_ENDS

    @property
    def ends_clause(self) -> bool:
        return self.ends_sentence or self.text in _CLAUSE_ENDS


def tokenise(text: str) -> list[Token]:
    """Every token of `text` in order. Hyphens inside words are left out, so "vingt-deux" is two words side by side.

    Each Han character is a word, in its simplified form; digits are those of ASCII.
    """
    found = [_token(match) for match in _PATTERN.finditer(text)]
    return [token for at, token in enumerate(found) if not _joins(found, at)]


def folded(word: str) -> str:
    """A word without accents and other signs that people leave out: "estomago", "strasse"."""
    if word.isascii() or len(word) > _LONGEST_WORD:
        return word
    apart = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return unicodedata.normalize("NFC", _DROPPED.sub("", apart))


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or ""
    text = match.group().lower().translate(_APOSTROPHES)
    if kind in {"digits", "code"}:
        text = text.translate(_DIGITS)
    if kind == "han":
        text = _simplified().get(text, text)
    if kind in {"word", "code"} and len(text) <= _LONGEST_WORD:
        text = unicodedata.normalize("NFC", text)
    plain = _plain(text) if kind in {"word", "code"} else text
    return Token("word" if kind == "han" else kind, text, match.start(), match.end(), plain)


@cache
def _simplified() -> dict[str, str]:
    """Traditional Chinese characters and their simplified ones."""
    lines = Path(__file__).with_name("han.txt").read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


def _plain(word: str) -> str:
    """Accents tell short words of the Latin script apart: "né" and "ne", "más" and "mas"."""
    latin = all(letter < "\u0370" for letter in word)
    return word if latin and len(word) < _SHORTEST_UNACCENTED else folded(word)


def _joins(tokens: list[Token], at: int) -> bool:
    if tokens[at].text not in _HYPHENS or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    touching = before.end == tokens[at].start and tokens[at].end == after.start
    return touching and "word" in (before.kind, after.kind)
