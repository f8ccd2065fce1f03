"""Numbers as people say them and as recognisers write them down: digits, words, and both mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voicedoc.deidentify.lexicon import Lexicon
from voicedoc.deidentify.tokens import Token, fold, tokenise


@dataclass(frozen=True, slots=True)
class Spoken:
    """One number: `n_tokens` tokens that say `digits`. `repeats` is 2 or 3 for "double five"."""

    n_tokens: int
    digits: str
    repeats: int = 1


def number_at(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Spoken | None:
    """The number that begins at a token: a row of digits, or words for 0 to 99, and for 100 to 115 (ages)."""
    token = tokens[place]
    if not token.is_word:
        return Spoken(1, token.text)
    if token.folded in lexicon.repeat_words and place + 1 < len(tokens):
        repeats, digit = lexicon.repeat_words[token.folded], number_at(tokens, place + 1, lexicon)
        if digit and len(digit.digits) == 1:
            return Spoken(1 + digit.n_tokens, digit.digits * repeats, repeats)
    for words, digits in _numbers(lexicon.language).get(token.folded, ()):
        if tuple(one.folded for one in tokens[place : place + len(words)]) == words:
            return Spoken(len(words), digits)
    value = lexicon.digit_words.get(token.folded)
    return None if value is None else Spoken(1, str(value))


@cache
def _numbers(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Numbers by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for value in range(116):
        for text in cardinals(value, language):
            words = tuple(token.folded for token in tokenise(text))
            found.setdefault(words[0], []).append((words, str(value)))
    for several in found.values():
        several.sort(key=lambda entry: -len(entry[0]))
    return found


def cardinals(value: int, language: str) -> set[str]:
    """How a number is written in words: with and without hyphens and "and", in the genders that it has."""
    from num2words import num2words

    text = num2words(value, lang=language).replace(",", "")
    forms = {text, text.replace("-", " ")}
    if language == "en":
        forms |= {form.replace(" and ", " ") for form in forms} | {
            form.replace("one hundred", "a hundred") for form in forms
        }
    if language == "pt":
        forms |= {_last_word(text, {"um": "uma", "dois": "duas"})} | {
            form.replace("ezesse", "ezasse") for form in forms
        }
    if language == "es":
        forms |= {fold(text), _last_word(text, {"uno": "un"})}
    if language == "de":
        forms |= {text.replace("ß", "ss"), _last_word(text, {"eins": "ein"})}
    return forms


def _last_word(text: str, changes: dict[str, str]) -> str:
    *before, last = text.split(" ")
    return " ".join([*before, changes.get(last, last)])


def say(digits: str, language: str) -> str:
    """Digits as one number in words."""
    from num2words import num2words

    return str(num2words(int(digits), lang=language)).replace(",", "")
