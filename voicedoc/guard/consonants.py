"""Names in scripts that write vowels otherwise: what is left of them in Devanagari and Arabic is their consonants.

Names with few consonants are told by their vowels, too, as far as Arabic writes them: كلوزابين, كلوزبين, not كلزب.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicedoc.guard.tokens import folded

_DEVANAGARI = dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसहं", "kkggnkksnnttddnttddnpfbbn-rllvsss-n", strict=True))
_ARABIC = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهويپڤگچ", "bttg-kddrsssadts-gfkklnn---bfgs", strict=True)) | {"ض": "d"}
_FOREIGN = frozenset("घझठढधभछखणळحخصضطظعق")  # sounds that no international name has
_VOWELS = "aeiou"
_FIRST_VOWELS = frozenset("अआइईउऊऋएऐऑओऔहاأإآعه")
_ARABIC_VOWELS = {"ا": "ae", "ي": "iea", "و": "ou", "ئ": "ie", "ؤ": "ou"}
"""The vowels that each stands for in international names."""

_FEWEST_VOWELS = 2

_MERGED = str.maketrans("pvgm", "bfkn")  # Arabic has no letters for p, v and g


def consonants(word: str) -> tuple[str, str] | None:
    """The script ("hi" or "ar") of a word and its consonants as `wanted` has them; None for other scripts and words."""
    letters = folded(word)
    if not _FOREIGN.isdisjoint(letters):
        return None
    for script, table in (("hi", _DEVANAGARI), ("ar", _ARABIC)):
        found = "".join(table.get(letter, "") for letter in letters).replace("-", "")
        if letters[:1] in table or (letters[:1] in _FIRST_VOWELS and found):
            found = "w" + found if script == "ar" and letters[0] == "و" else found
            begun = "a" if letters[0] in _FIRST_VOWELS else ""
            merged = found.replace("m", "n") if script == "hi" else found.translate(_MERGED)
            return script, begun + merged
    return None


def wanted(name: str, sound: str, script: str) -> Iterator[str]:
    """The consonants of a name with its sound (drugs.skeleton), as `consonants` would find them in a script."""
    begun = "a" if sound[:1] in set(_VOWELS) else ""
    found = re.sub(f"[{_VOWELS}]", "", sound)
    yield begun + (found.replace("m", "n") if script == "hi" else found.translate(_MERGED))
    if script == "ar" and name.startswith("w"):
        yield "w" + found[1:].translate(_MERGED)


def vowels(word: str) -> tuple[str, ...]:
    """The letters for vowels after each consonant of an Arabic word; those before the first may be any."""
    letters = folded(word)
    slots = [""]
    for place, letter in enumerate(letters):
        stands_first = place == 0 and letter == "و"
        if letter in _ARABIC_VOWELS and not stands_first:
            slots[-1] += letter
        elif stands_first or _ARABIC.get(letter, "-") != "-":
            slots.append("")
    return tuple(slots[1:])


def wanted_vowels(sound: str) -> tuple[str, ...]:
    """The same of a name by its sound, with its own vowels."""
    return tuple(re.split(f"[^{_VOWELS}]", sound)[1:])


def may_be_spelled(written: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether an Arabic word's vowels can be a name's: none that it lacks, and all but one of those that it has."""
    *inner, _ = wanted
    if len(written) != len(wanted) or written[-1] not in ("", "ا"):
        return False
    for letters, sounds in zip(written, inner, strict=False):
        if letters and not any(sound in _ARABIC_VOWELS[letter] for letter in letters for sound in sounds):
            return False
    told = sum(bool(letters) for letters in written[:-1])
    return told >= _FEWEST_VOWELS and sum(map(bool, inner)) - told <= 1
