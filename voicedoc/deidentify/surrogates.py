"""What stands in an identifier's place: invented, of the same kind, and the same wherever the identifier returns."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from voicedoc.deidentify.dates import Clock, shift
from voicedoc.deidentify.gazetteer import first_names, is_name, town_at
from voicedoc.deidentify.identifier import Identifier
from voicedoc.deidentify.lexicon import Lexicon, lexicon_of
from voicedoc.deidentify.spoken import number_at, say
from voicedoc.deidentify.tokens import Token, fold, tokenise

if TYPE_CHECKING:
    from faker import Faker

_TRIES = 1000
_WEEKS = (10, 260)
"""By how much dates move back. Whole weeks, so that a weekday that is said stays right."""


def key_of(source_sha256: str, salt: bytes) -> bytes:
    """The key of a transcript's surrogates. Without the salt, which is never stored, nobody can compute it again."""
    return hmac.digest(salt, source_sha256.encode(), hashlib.sha256)


class Surrogates:
    """Surrogates for one transcript, in both of its languages.

    `avoid` are the folded words of all its texts: none of them becomes a surrogate, so that no real name comes back.
    `today` is when the visit was, as far as that is known; `month_first` says that 3/12 is the twelfth of March.
    """

    def __init__(
        self, key: bytes, locale: str, *, avoid: Collection[str], today: date, month_first: bool = False
    ) -> None:
        from faker import Faker

        self._key = key
        self._invent: Faker = Faker(locale)
        self._invent.seed_instance(int.from_bytes(key, "big"))
        self._taken = set(avoid)
        self._made: dict[str, str] = {}
        self._clock = Clock(self._days, today, month_first)

    @cached_property
    def _days(self) -> int:
        least, most = _WEEKS
        return -7 * (least + int.from_bytes(self._digest("dates")[:4], "big") % (most - least))

    def replace(self, text: str, found: Collection[Identifier], language: str) -> str:
        """`text` with a surrogate in each identifier's place."""
        for one in sorted(found, reverse=True):
            text = text[: one.start] + self._surrogate(one, text[one.start : one.end], language) + text[one.end :]
        return text

    def _surrogate(self, one: Identifier, text: str, language: str) -> str:
        match one.kind:
            case "name":
                return self._name(text)
            case "place":
                return _like(text, self._once(_place_key(text), self._invent.city))
            case "street":
                return self._street(text, lexicon_of(language))
            case "date":
                return shift(text, lexicon_of(language), self._clock)
            case "age":
                return "90" if text.isdecimal() else say("90", lexicon_of(language).language)
            case "number":
                return self._number(text, lexicon_of(language))
            case "email":
                return self._once(f"email {fold(text)}", self._invent.ascii_safe_email)
            case "url":
                return "www.example.org"

    def _name(self, text: str) -> str:
        if re.fullmatch(r"\w([-., ]{1,2}\w)+", text):  # spelled: S-I-L-V-A
            joint = re.sub(r"\w", "", text[:3])
            return joint.join(self._word_of_name(re.sub(r"\W", "", text))).upper()
        return _like(text, self._word_of_name(text))

    def _word_of_name(self, text: str) -> str:
        kind = first_names().get(fold(text), "last")
        invent = {
            "female": self._invent.first_name_female,
            "male": self._invent.first_name_male,
            "": self._invent.first_name,
        }
        return self._once(f"name {fold(text)}", invent.get(kind, self._invent.last_name), one_word=True)

    def _street(self, text: str, lexicon: Lexicon) -> str:
        kind = ""
        if lexicon.language == "de":  # in one word: Lindenstraße
            match = re.search(r"(straße|strasse|str|weg|gasse|platz|allee|ring|damm|ufer|chaussee|steig)$", text, re.I)
            kind = match[0] if match else ""
        return _like(text, self._once(f"street {fold(text)}", self._invent.last_name, one_word=True) + kind)

    def _once(self, key: str, invent: Callable[[], str], *, one_word: bool = False) -> str:
        """The surrogate for a key, invented when first asked for. No two keys share one."""
        if key not in self._made:
            ideas = (invent() for _ in range(_TRIES))
            fresh = (idea for idea in ideas if self._is_fresh(idea) and (idea.isalpha() or not one_word))
            self._made[key] = next(fresh, f"{key.partition(' ')[0].title()}{len(self._made)}")
            self._taken.add(fold(self._made[key]))
        return self._made[key]

    def _is_fresh(self, idea: str) -> bool:
        """Whether neither the whole nor a word of it that is a name was said in the transcript."""
        words = fold(idea).split()
        return fold(idea) not in self._taken and not any(word in self._taken and is_name(word) for word in words)

    def _number(self, text: str, lexicon: Lexicon) -> str:
        """Other digits and letters of the same form. Zeros stay, so that a number can be said as the old one was."""
        tokens = tokenise(text)
        parts = list(_parts(tokens, lexicon))
        plain = "".join(part.plain for part in parts)
        stream = iter(hashlib.shake_256(self._digest(f"number {plain}")).digest(len(plain) + 1))
        made = [(part, "".join(_other(char, next(stream)) for char in part.plain)) for part in parts]
        for part, other in reversed(made):
            text = text[: part.start] + part.write(other, lexicon.language) + text[part.end :]
        return text

    def _digest(self, told: str) -> bytes:
        return hmac.digest(self._key, told.encode(), hashlib.sha256)


@dataclass(frozen=True, slots=True)
class _Part:
    """Characters of a number that change together. `plain` are its digits or letters; `repeats` of "double five"."""

    start: int
    end: int
    plain: str
    in_words: bool
    repeats: int = 1

    def write(self, plain: str, language: str) -> str:
        return say(plain[: len(plain) // self.repeats], language) if self.in_words else plain


def _parts(tokens: list[Token], lexicon: Lexicon) -> Iterator[_Part]:
    place = 0
    while place < len(tokens):
        token, number = tokens[place], number_at(tokens, place, lexicon)
        if number:
            first = place + (number.repeats > 1)
            place += number.n_tokens
            yield _Part(tokens[first].start, tokens[place - 1].end, number.digits, token.is_word, number.repeats)
            continue
        if len(token.text) == 1 or token.text.isupper():
            yield _Part(token.start, token.end, token.text, in_words=False)
        place += 1


def _other(char: str, byte: int) -> str:
    """Another digit or letter; a zero stays. What is neither stays."""
    if char.isdecimal():
        return str((int(char) + byte % 8) % 9 + 1) if int(char) else char
    if "a" <= char.lower() <= "z":
        made = "abcdefghijklmnopqrstuvwxyz"[(ord(char.lower()) - ord("a") + 1 + byte % 25) % 26]
        return made.upper() if char.isupper() else made
    return char


def _place_key(text: str) -> str:
    """The same for "Lisboa" and "Lisbon"."""
    words = [token.folded for token in tokenise(text)]
    found = town_at(words)
    known = found is not None and found[0] == len(words)
    return f"place {found[1].id}" if found and known else f"place {' '.join(words)}"


def _like(text: str, made: str) -> str:
    """`made` in the case of `text`."""
    if text.islower():
        return made.lower()
    return made.upper() if text.isupper() and len(text) > 1 else made
