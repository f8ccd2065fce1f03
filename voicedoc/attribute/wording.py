"""How somebody talks: questions, and phrases that clinicians or patients use, counted. Lists are in `cues/`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from voicedoc.core.languages import primary

_FOLDER = Path(__file__).parent / "cues"

_SENTENCE = re.compile(r"[^.!?…。！？؟।۔\n]+[.!?…。！？؟।۔]*")
_QUESTION = re.compile(r"[?？؟]")
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")


@dataclass(frozen=True, slots=True)
class Wording:
    """Counts over what somebody said: sentences, questions among them, clinicians' phrases, patients' phrases."""

    n_sentences: int = 0
    n_questions: int = 0
    n_doctor: int = 0
    n_patient: int = 0

    def __add__(self, other: Wording) -> Wording:
        return Wording(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class _Cues:
    """The lists of one language as patterns over plain words."""

    fillers: re.Pattern[str]
    asks: re.Pattern[str]
    asks_anywhere: bool
    doctor: re.Pattern[str]
    patient: re.Pattern[str]

    def is_question(self, sentence: str) -> bool:
        """Whether it begins as a question does; in a script without spaces, whether it holds a question word."""
        if self.asks_anywhere:
            return bool(self.asks.search(sentence))
        return bool(self.asks.match(self.fillers.sub("", sentence)))


def wording_of(text: str, language: str) -> Wording:
    """Count in `text`, of `language` (BCP 47). Without lists for the language only question marks count.

    >>> wording_of("OK, and how long have you had it? I'll prescribe something.", "en")
    Wording(n_sentences=2, n_questions=1, n_doctor=1, n_patient=0)
    """
    cues = _cues(primary(language))
    total = Wording()
    for match in _SENTENCE.finditer(text):
        sentence = plain(match.group())
        if not sentence.strip():
            continue
        asks = bool(_QUESTION.search(match.group())) or (cues is not None and cues.is_question(sentence))
        phrases = (len(cues.doctor.findall(sentence)), len(cues.patient.findall(sentence))) if cues else (0, 0)
        total += Wording(1, int(asks), *phrases)
    return total


def plain(text: str) -> str:
    """Words in lower case, one space around each; apostrophes stay, other marks and Arabic's short vowels go.

    >>> plain("Qu'est-ce  qui vous amène ?")
    " qu'est ce qui vous amène "
    """
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFC", text).casefold()).replace("’", "'")
    kept = (character if _is_kept(character) else " " for character in text)
    return f" {' '.join(''.join(kept).split())} "


def _is_kept(character: str) -> bool:
    return character == "'" or character.isalnum() or unicodedata.category(character)[0] == "M"


@cache
def _cues(language: str) -> _Cues | None:
    path = _FOLDER / f"{language}.toml"
    if not path.is_file():
        return None
    table = tomllib.loads(path.read_text("utf-8"))
    spaced = table.get("spaces", True)
    return _Cues(
        fillers=re.compile(f"^(?:{_any_of(table['fillers'], spaced)})+" if table["fillers"] else "^"),
        asks=re.compile(_any_of(table["asks"], spaced)),
        asks_anywhere=not spaced,
        doctor=re.compile(_any_of(table["doctor"], spaced)),
        patient=re.compile(_any_of(table["patient"], spaced)),
    )


def _any_of(phrases: list[str], spaced: bool) -> str:
    """A pattern for any of `phrases`, the longest first; of whole words where there are spaces."""
    words = [plain(phrase).strip() for phrase in phrases]
    either = "|".join(re.escape(phrase) for phrase in sorted(words, key=len, reverse=True))
    return f" (?:{either})(?= )" if spaced else f"(?:{either})"
