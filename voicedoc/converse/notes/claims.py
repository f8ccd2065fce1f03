"""What a text says is so, and what it says is not: things that the guard or the signs' lexicons know by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from voicedoc.converse.interview.heard import heard
from voicedoc.converse.signs.read import signs_of
from voicedoc.core.languages import primary
from voicedoc.export.note import Entry, Statement
from voicedoc.guard.answers import Answer, read_answer
from voicedoc.guard.extract import read
from voicedoc.guard.lexicon import supported
from voicedoc.guard.scope import Polarity

_DENIABLE = frozenset({"symptom", "drug", "allergy", "pregnancy"})

_DENYING = {
    "en": ("denies", "denied", "denying", "negative for", "absence of"),
    "pt": ("nega", "negou", "negando", "ausência de"),
    "es": ("niega", "negó", "negando", "ausencia de"),
    "fr": ("nie", "a nié", "absence de"),
    "de": ("verneint", "verneinte", "kein hinweis auf"),
    "it": ("nega", "ha negato", "assenza di"),
    "zh": ("否认", "未诉"),
    "hi": ("इनकार", "इंकार"),
    "ar": ("ينفي", "تنفي", "نفى", "نفت"),
    "ru": ("отрицает", "отрицала", "отрицал"),
}
"""Verbs of notes that deny what follows, to the end of the sentence or a "but"; in Hindi, what stands before."""

_ANSWERS = {"yes": Polarity.AFFIRMED, "no": Polarity.DENIED}
_BUT = re.compile(r"\b(?:but|mas|pero|mais|aber|ma|но|لكن)\b|但|लेकिन")
_ENDS = re.compile(r"[.!?;…。！？؛।\n]")
_FIRST_CLAUSE = re.compile(r"[^,.;!?，。；！？،؛।]*")


@dataclass(frozen=True, slots=True)
class Claim:
    """`thing` is what is claimed ("symptom fever", "sign cough"), `words` how it is said. OPEN: it is only named."""

    thing: str
    polarity: Polarity
    words: str


def claims_of(text: str, language: str) -> Iterator[Claim]:
    """What `text` claims. Nothing in a language that the guard does not know."""
    if not supported(language):
        return
    denied = list(_denied_places(text, primary(language)))
    for found in read(text, language).concepts:
        if found.item.kind in _DENIABLE:
            polarity = Polarity.DENIED if _within(found.item.start, denied) else found.polarity
            yield Claim(f"{found.item.kind} {found.item.value}", polarity, found.item.text)
    for sign in signs_of(text, language):
        present = sign.present and not _within(sign.start, denied)
        yield Claim(f"sign {sign.name}", Polarity.AFFIRMED if present else Polarity.DENIED, sign.words)


def claims_of_entry(entry: Entry) -> Iterator[Claim]:
    """What somebody claims by a statement: by its words, and by a yes or no to what they were asked."""
    said = entry.statement
    yield from claims_of(said.text, said.language)
    answer = answer_of(said.text, said.language)
    if answer is not None:
        for question in entry.questions[-1:]:
            asked = question.text.rstrip("?？؟ ") + "."
            for claim in claims_of(asked, question.language):
                yield Claim(claim.thing, answer, claim.words)


def denies(text: str, language: str) -> bool:
    """Whether `text` denies anything; False in a language that the guard does not know."""
    if not supported(language):
        return False
    return any(one.sure for one in read(text, language).denials) or any(
        True for _ in _denied_places(text, primary(language))
    )


def may_deny(text: str, language: str) -> bool:
    """Whether `text` denies anything, be it by a word's meaning ("unable", "avoid")."""
    return n_denials(text, language) > 0


def n_denials(text: str, language: str) -> int:
    """How many words of `text` deny, or do so by their meaning; 0 in a language that the guard does not know."""
    if not supported(language):
        return 0
    verbs = sum(1 for _ in _denied_places(text, primary(language)))
    return verbs + sum(len(one.sure) + one.n_weak + one.n_agreeing for one in read(text, language).denials)


def answer_of(text: str, language: str) -> Polarity | None:
    """AFFIRMED for a statement that begins with a yes, DENIED for a no, None for others.

    The guard knows what confirms a translation; the interview what answers a question: 没有 is "no" to that alone.
    """
    for part in (text, _FIRST_CLAUSE.findall(text)[0]):
        answer = read_answer(part, language)
        if answer in (Answer.YES, Answer.NO):
            return Polarity.AFFIRMED if answer is Answer.YES else Polarity.DENIED
    return _ANSWERS.get(heard(text, language).says())


def without_answer(said: Statement) -> str:
    """What a statement says after its yes or no: "but I drink wine" of "No, but I drink wine"."""
    first = _FIRST_CLAUSE.findall(said.text)[0]
    return said.text[len(first) :] if answer_of(first, said.language) else said.text


def without_denials(text: str, language: str) -> str:
    """`text` without a note's verbs of denial."""
    return _verbs(primary(language)).sub(" ", text)


def _denied_places(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where a verb of denial reaches."""
    for verb in _verbs(language).finditer(text):
        if language == "hi":
            before = [end.end() for end in _ENDS.finditer(text, 0, verb.start())]
            yield (before[-1] if before else 0, verb.start())
        else:
            ends = [found.start() for found in (_ENDS.search(text, verb.end()), _BUT.search(text, verb.end())) if found]
            yield (verb.end(), min(ends, default=len(text)))


@cache
def _verbs(language: str) -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, _DENYING.get(language, ())))
    if not verbs:
        return re.compile(r"(?!)")
    return re.compile(verbs if language == "zh" else rf"(?<!\w)(?:{verbs})(?!\w)", re.IGNORECASE)


def _within(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
