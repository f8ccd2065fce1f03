"""What a model's free text answers: a letter, yes or no, a judge's label; and the vote of several samples.

Each reader is strict, None for whatever is not unmistakable, or `as_released`: as the published figures were made, with
all that is wrong in it. Say beside every figure how many answers could be read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args
from unicodedata import normalize

Verdict: TypeAlias = Literal["yes", "no"]
Judgement: TypeAlias = Literal["neither", "contradicts", "more", "less"]

_RELEASED_LETTER = re.compile(r"final answer\s*:\s*\(?\s*([a-d])", re.IGNORECASE)
_RELEASED_FALLBACK = re.compile(
    r"final\s+answer\s+is\s+\$?\\boxed\{([a-d])\}"
    r"|final answer\s*:\s*(?:(?:the\s+)?final\s+answer\s+is\s+)?\$?\\boxed\{([a-d])\}"
    r"|final\s+answer\s+is\s+\(?([a-d])"
    r"|\*{1,2}final\s+answer:?\*{1,2}\s*\(?([a-d])",
    re.IGNORECASE,
)

_MARKUP = re.compile(r"\\[a-z]+|[*_`${}]")
_STATED = re.compile(r"final\s+answer\s*(?:is\s*:?|:)\s*(?:(?:the\s+)?answer\s+is\s*:?)?", re.I)
_CHOSEN = re.compile(
    r"\(?\s*(?:option\s+)?([a-z])\s*(?:\)|(?=[.,:;\]/])|(?<=\s)(?=[-–—])|$|(?=\s(?:or|and)\s))(.*)", re.I
)
_ANOTHER = re.compile(r"\W*(?:or\s|and\s|/|,|&)\s*\(?[a-z](?:\W|$)", re.I)
_BARE = re.compile(r"\(?([a-z])\)?[.:]?", re.I)


def read_letter(text: str, options: Collection[str] = "ABCD", *, as_released: bool = False) -> str | None:
    """The letter that a reply comes to, in capitals; None where it is none of `options`.

    Strict: of the last "Final answer: (B)", or of a reply that is nothing but a letter. The letter must stand by itself
    and be the only one. As released: of the first, even where it begins a word ("Final answer: Diazepam" is D).

    Source: bmanczak/MedQA-MultiTurnRobustness, `utils.py` at 1ddb77e, for what is read as released.
    """
    letter = _released_letter(text) if as_released else _stated_letter(text)
    return letter if letter is not None and letter in options else None


def _released_letter(text: str) -> str | None:
    if first := _RELEASED_LETTER.search(text):
        return first[1].upper()
    fallbacks = list(_RELEASED_FALLBACK.finditer(text))
    return next(letter.upper() for letter in fallbacks[-1].groups() if letter) if fallbacks else None


def _stated_letter(text: str) -> str | None:
    """Markup and the width of signs do not count."""
    plain = _MARKUP.sub("", normalize("NFKC", text)).strip()
    *before, last = _STATED.split(plain)
    if not before:
        bare = _BARE.fullmatch(plain)
        return bare[1].upper() if bare else None
    chosen = _CHOSEN.match(last.strip().partition("\n")[0])
    return None if chosen is None or _ANOTHER.match(chosen[2]) else chosen[1].upper()


YES = frozenset(
    {"yes", "correct", "true", "sí", "correcto", "cierto", "verdadero", "हाँ", "हां", "जी हाँ", "जी हां", "सही"}
    | {"是", "是的", "对", "对的", "正确", "没错", "可以", "能", "会", "有", "应该", "需要", "sim", "oui", "ja", "sì"}
)
"""Words for yes: English, Spanish, Hindi, Chinese; Portuguese, French, German, Italian."""

NO = frozenset(
    {"no", "incorrect", "false", "incorrecto", "falso", "नहीं", "जी नहीं", "नो", "गलत"}
    | {"否", "不", "不是", "不是的", "不对", "不正确", "错", "错误", "não", "non", "nein"}
    | {"不可以", "不能", "不会", "没有", "不应该", "不需要"}
)
"""Words for no, of the same languages."""

_LABEL = re.compile(r"(?:answer|respuesta|resposta|réponse|antwort|risposta|答案|उत्तर)\s*:\s*")
_WORD_ENDS = re.compile(r"[,.;:!。、।\n]|\s[-–—]")

_RELEASED_YES = ("yes", "sí", "हाँ", "可能性很大", "对", "是的", "正确")
_RELEASED_NO = ("no", "i'm sorry, but i am unable to understand", "नहीं", "नो", "不是", "不正确", "以上都不", "错误")


def read_verdict(text: str, *, as_released: bool = False) -> Verdict | None:
    """Whether a reply says yes or no; None where it says neither.

    Strict: it begins with a word of `YES` or `NO` and then ends or pauses. As released: by parts of words, so that
    "Unknown" is no, "不对" (not right) is yes, and "Yes, known side effect" cannot be read.

    Source: claws-lab/XLingEval, `verifiability/summarize_verifiability.py` at 6f502c7, for what is read as released
    from GPT models; of its phrases those that contain another of them are left out.
    """
    return _released_verdict(text.lower()) if as_released else _stated_verdict(text)


def _released_verdict(text: str) -> Verdict | None:
    if any(part in text for part in _RELEASED_NO) and "yes" not in text:
        return "no"
    return "yes" if any(part in text for part in _RELEASED_YES) and "no" not in text else None


def _stated_verdict(text: str) -> Verdict | None:
    plain = normalize("NFKC", text).casefold().strip(" \t\r\n\"'`*_()[]“”‘’«»")
    plain = _LABEL.sub("", plain, count=1) if _LABEL.match(plain) else plain
    first = _WORD_ENDS.split(plain.strip(" *_"), maxsplit=1)[0].strip(" \"'*_()“”")
    return "yes" if first in YES else "no" if first in NO else None


JUDGEMENTS: dict[Judgement, str] = {
    "neither": "Answer 2 provides neither contradictory nor similar information in comparison to Answer 1",
    "contradicts": "Answer 2 provides contradictory information in comparison to Answer 1",
    "more": "Answer 2 provides more comprehensive and appropriate information",
    "less": "Answer 2 provides less comprehensive and appropriate information",
}
"""What the judge of XLingEval may end in, word for word, in the order in which the released code looks for it."""


def read_judgement(text: str, *, as_released: bool = False) -> Judgement | None:
    """Which of `JUDGEMENTS` a judge's reply ends in; None where the published tables say "No Response".

    Strict: the only one in the last three sentences. As released: of several there, the first in the list.

    Source: claws-lab/XLingEval, `correctness_answer_evaluation.py` at 643c79b.
    """
    end = " ".join(text.replace("\n", " ").split(".")[-3:])
    present = [judgement for judgement in get_args(Judgement) if JUDGEMENTS[judgement] in end]
    return present[0] if present and (as_released or len(present) == 1) else None


class Vote(NamedTuple):
    """What most samples say, how many say so, and of how many; `answer` is None where none could be read."""

    answer: str | None
    n_for: int
    n_readable: int
    n: int


def vote(answers: Sequence[str | None]) -> Vote:
    """Self-consistency: the most frequent answer, of equally frequent ones the first given.

    Source: Wang et al. 2022, Self-Consistency Improves Chain of Thought Reasoning (arXiv 2203.11171), majority vote.
    """
    readable = [answer for answer in answers if answer is not None]
    if not readable:
        return Vote(None, 0, 0, len(answers))
    answer, n_for = Counter(readable).most_common(1)[0]
    return Vote(answer, n_for, len(readable), len(answers))
