"""Names in scripts that write vowels otherwise: what is left of them in Devanagari and Arabic is their consonants."""

from __future__ import annotations

import re
from functools import cache

from voicedoc.guard.tokens import folded

_DEVANAGARI = dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसहं", "kkggnkksnnttddnttddnpfbbn-rllvsss-n", strict=True))
_ARABIC = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهويپڤگچ", "bttg-kddrsssadts-gfkklnn---bfgs", strict=True)) | {"ض": "d"}
_FOREIGN = frozenset("घझठढधभछखणळحخصضطظعق")  # sounds that no international name has
_VOWELS = "aeiou"
_FIRST_VOWELS = frozenset("अआइईउऊऋएऐऑओऔहاأإآعه")
_MERGED = str.maketrans("pvgm", "bfkn")  # Arabic has no letters for p, v and g


def consonants(word: str) -> tuple[str, str] | None:
    """The script ("hi" or "ar") of a word and its consonants as `wanted` has them; None for other scripts and words."""
    letters = folded(word)
    if not _FOREIGN.isdisjoint(letters):
        return None
    for script, table in (("hi", _DEVANAGARI), ("ar", _ARABIC)):
        found = "".join(table.get(letter, "") for letter in letters).replace("-", "")
        if letters[:1] in table or (letters[:1] in _FIRST_VOWELS and found):
            found = "f" + found if script == "ar" and letters[0] == "و" else found
            begun = "a" if letters[0] in _FIRST_VOWELS else ""
            merged = found.replace("m", "n") if script == "hi" else found.translate(_MERGED)
            return script, begun + merged
    return None


@cache
def wanted(sound: str, script: str) -> str:
    """The consonants of a name by its sound (drugs.skeleton), as `consonants` would find them in a script."""
    begun = "a" if sound[:1] in set(_VOWELS) else ""
    found = re.sub(f"[{_VOWELS}]", "", sound)
    merged = found.replace("m", "n") if script == "hi" else found.translate(_MERGED)
    return begun + merged
