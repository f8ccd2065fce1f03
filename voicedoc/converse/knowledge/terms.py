"""What a text is found by: its words, cut short, and what it is about, by a name that all languages share."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from voicedoc.converse.knowledge.wording import flat, pattern
from voicedoc.core.languages import primary
from voicedoc.guard import LANGUAGES, drugs, extract
from voicedoc.guard.tokens import folded, tokenise

_STEM = 6
"""Letters that are left of a word, so that "vaccine" and "vaccination" meet. Source: McNamee & Mayfield 2004, who found
n-grams and truncation of 4 to 6 letters to do as well as stemmers for European languages."""

_NAMED = ("body", "symptom")
"""The kinds of the guard's items that say what a text is about, beside drugs."""

_NOT_ASKED = ("drug", "duration", "number", "unit", "date", "time", "negation")
"""The kinds of items that need not stand in a passage as words: drugs count by their INN, others hardly ever match."""

_TWICE = frozenset(
    {"symptom-alcohol", "symptom-fever", "symptom-pain", "symptom-cough", "symptom-diarrhoea", "symptom-vomiting"}
)
"""Those of the guard's items that are topics by themselves."""

_WITHIN = {"baby": "child", "low-sugar": "blood-sugar", "anaphylaxis": "allergy"}
"""Topics that are cases of another: what is said of children holds for babies, too."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@cache
def version() -> str:
    """What changes whenever a text's terms may: a store then reads its passages again."""
    here, guard = Path(__file__).parent, Path(drugs.__file__).parent
    data = [here / "concepts.toml", here / "terms.py", here / "wording.py", guard / "drugs.csv"]
    data += sorted((guard / "lexicons").glob("*.toml"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in data)).hexdigest()


@dataclass(frozen=True, slots=True)
class Terms:
    """`words` are cut short; `topics` are names of `concepts.toml` and the guard's items; `drugs` are INNs.

    `unknown` are the words that carry meaning and belong to no topic and no drug. `said_as` has the words, cut short,
    in which topics were named: in a text of the same language they may stand in a form that the topic does not list.
    """

    words: frozenset[str]
    topics: frozenset[str]
    drugs: frozenset[str]
    unknown: frozenset[str]
    said_as: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def indexed(self) -> tuple[str, ...]:
        """All as single words for a full-text index, sorted."""
        return (*sorted(self.words), *(f"topic_{t}" for t in sorted(self.topics)), *map(drug_term, sorted(self.drugs)))


def drug_term(inn: str) -> str:
    """The index's word for a drug."""
    return "drug_" + "-".join(tokens.text for tokens in tokenise(inn))


def terms_of(text: str, language: str, about: Iterable[str] = ()) -> Terms:
    """What `text` is found by; `about` are further INNs that it is about. Takes time linear in its length.

    A language that nobody wrote wordings for is read as English is, by its words alone.
    """
    tag = primary(language)
    items = extract(text, tag) if tag in LANGUAGES else ()
    told = flat(text)
    concepts = _concepts(tag)
    topics = [name for name, wording in concepts.items() if wording.search(told)]
    said_as = tuple((name, _said(concepts[name], told, tag)) for name in topics)
    rest = told
    for name in topics:
        rest = concepts[name].sub(" ", rest)
    for item in (item for item in items if item.kind in (*_NAMED, *_NOT_ASKED)):
        rest = rest.replace(flat(item.text), " ")
    topics += [f"{item.kind}-{_one_word(item.value)}" for item in items if item.kind in _NAMED]
    topics += [_WITHIN[name] for name in topics if name in _WITHIN]
    return Terms(
        frozenset(_words(told)),
        frozenset(topics) - _TWICE,
        frozenset(item.value for item in items if item.kind == "drug") | frozenset(about),
        frozenset(word for word in _words(rest) if not _is_empty(word, tag)),
        said_as,
    )


def _said(wording: re.Pattern[str], told: str, language: str) -> frozenset[str]:
    """The words that tell in what matches."""
    words = _words(" . ".join(match.group() for match in wording.finditer(told)))
    return frozenset(word for word in words if not _is_empty(word, language))


def _is_empty(word: str, language: str) -> bool:
    """Whether a word, cut short, says nothing of what a question is about; so does a pair of Han with such a sign."""
    if _HAN.match(word):
        return not empty_words(language).isdisjoint(word)
    return word in _cut_empty_words(language)


def _one_word(value: str) -> str:
    return "-".join(token.text for token in tokenise(value))


def words_of(text: str) -> set[str]:
    """The words of a text, as an index has them."""
    return _words(flat(text))


def _words(told: str) -> set[str]:
    """The words of a flat text, cut short; Han characters in pairs."""
    tokens = [token for token in tokenise(told) if token.kind in ("word", "code", "digits")]
    words = {cut_short(folded(token.text).strip("'")) for token in tokens if not _HAN.match(token.text)}
    han = [token for token in tokens if _HAN.match(token.text)]
    return words | {one.text + two.text for one, two in pairwise(han) if one.end == two.start}


def cut_short(word: str) -> str:
    """A word without its plural's "s", and without what follows its sixth letter; one in Han as it is."""
    if _HAN.match(word):
        return word
    bare = word[:-1] if len(word) > 3 and word.isascii() and word.endswith("s") and not word.endswith("ss") else word
    return bare[:_STEM]


@cache
def _concepts(language: str) -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(Path(__file__).with_name("concepts.toml").read_text("utf-8"))
    return {name: pattern(wordings[language]) for name, wordings in table.items() if language in wordings}


@cache
def empty_words(language: str) -> frozenset[str]:
    """The words of a language that say nothing of what a question is about, as `flat` has them."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return frozenset(flat(word) for word in table.get(language, "").split())


@cache
def _cut_empty_words(language: str) -> frozenset[str]:
    return frozenset(map(cut_short, empty_words(language)))


def topics_in(text: str, language: str) -> list[str]:
    """The topics that a text names in the wordings of a language."""
    told = flat(text)
    return [name for name, wording in _concepts(primary(language)).items() if wording.search(told)]
