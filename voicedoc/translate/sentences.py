"""Long text, a sentence at a time: translation models are trained on sentences and lose words of anything longer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from voicedoc.core.languages import primary
from voicedoc.errors import BackendFailed
from voicedoc.translate.languages import WITHOUT_SPACES

MAX_LENGTH = 200
"""Characters, about 40 words. Beyond 60 words, the packaged models dropped and garbled some (measured)."""

_ABBREVIATIONS = frozenset(
    {
        *("dr", "dra", "drs", "sr", "sra", "srta", "sres", "mr", "mrs", "ms", "mme", "mlle", "hr", "prof", "profa"),
        *("st", "ud", "uds", "vd", "vs", "nº", "núm", "fig", "approx", "aprox", "tel", "ext", "vol", "min", "max"),
        *("bzw", "z.b", "e.g", "i.e", "p.ex", "p.e"),
    }
)
"""Words that end with a full stop and go on, in lower case, in the languages of our profiles."""

_ENDS = re.compile(r"""[.!?…؟।۔]+["'”’»)\]]*(?=\s)|[。！？]+[”’」』）]*|\n+""")
_CLAUSE = re.compile(r"[,;:，；：、،؛—–](?=\s)|[，；：、](?=\S)")


def sentences(text: str) -> list[str]:
    """The sentences of `text`, stripped, none empty. Together they hold every character that is not white space.

    Decimals (2.5), times (10:30), initials and titles (Dr. Silva) are not ends of sentences.

    >>> sentences("Take 2.5 mg at 10.30. Dr. Silva is here.")
    ['Take 2.5 mg at 10.30.', 'Dr. Silva is here.']
    """
    cuts = [0, *(end.end() for end in _ENDS.finditer(text) if _is_end(text, end)), len(text)]
    parts = (text[start:stop].strip() for start, stop in pairwise(cuts))
    return [part for part in parts if part]


def _is_end(text: str, end: re.Match[str]) -> bool:
    """Whether a mark ends a sentence; a single full stop may belong to an abbreviation, an initial or a numeral."""
    if end.group()[0] not in ".…":
        return True
    following = text[end.end() :].lstrip()[:1]
    if following.islower() or following.isdigit():
        return False
    if end.group() != ".":
        return True
    word = text[: end.start()].split()[-1:] or [""]
    bare = word[0].strip("(\"'“‘«¿¡").lower()
    is_initial = len(bare) == 1 and bare.isalpha()
    is_ordinal = bare.isdigit() and len(bare) <= 2
    return not (is_initial or is_ordinal or bare in _ABBREVIATIONS)


def clause_pieces(text: str) -> list[str]:
    """Each clause of `text` by itself: sentences, cut after commas and the like. Together they hold every word."""
    return [piece for sentence in sentences(text) for piece in _at_clauses(sentence)]


def _at_clauses(sentence: str) -> Iterator[str]:
    cuts = [0, *(mark.end() for mark in _CLAUSE.finditer(sentence)), len(sentence)]
    parts = (sentence[start:stop].strip() for start, stop in pairwise(cuts))
    yield from (part for part in parts if part)


def pieces(text: str, *, max_length: int = MAX_LENGTH) -> list[str]:
    """Sentences, those longer than `max_length` characters cut: after a comma or the like, else between words."""
    return [piece for sentence in sentences(text) for piece in _shortened(sentence, max_length)]


def _shortened(sentence: str, max_length: int) -> Iterator[str]:
    while len(sentence) > max_length:
        cut = _best_cut(sentence, max_length)
        yield sentence[:cut].strip()
        sentence = sentence[cut:].strip()
    if sentence:
        yield sentence


def _best_cut(sentence: str, max_length: int) -> int:
    """Where to cut: the last clause mark of the second half, else the last space that does not follow a number."""
    half = max_length // 2
    clauses = [mark.end() for mark in _CLAUSE.finditer(sentence, half, max_length)]
    if clauses:
        return clauses[-1]
    spaces = [space.start() for space in re.finditer(r"(?<!\d)\s", sentence[:max_length]) if space.start() >= half]
    return spaces[-1] if spaces else max_length


def translate_by_sentence(
    text: str, translate_one: Callable[[str], str], *, target: str, max_length: int = MAX_LENGTH
) -> str:
    """Translate each piece and join them. A piece without letters or digits ("…") is kept as it is.

    Raises:
        BackendFailed: If a piece comes back without words: a sentence would be lost without a trace.
    """
    parts = pieces(text, max_length=max_length)
    translated = [translate_one(part).strip() if has_words(part) else part for part in parts]
    lost = sum(has_words(part) and not has_words(new) for part, new in zip(parts, translated, strict=True))
    if lost:
        raise BackendFailed(f"{lost} of {len(parts)} sentences came back empty", remedy="say it in other words")
    return ("" if primary(target) in WITHOUT_SPACES else " ").join(translated)


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit."""
    return any(character.isalnum() for character in text)
