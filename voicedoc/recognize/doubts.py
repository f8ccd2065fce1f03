"""What speaks against a reading: words invented on noise, repetition loops. Rules on numbers, no list of phrases."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Sequence
from itertools import pairwise

COMPRESSIBLE = 2.4
"""A text that zlib shortens by more than this factor is a loop. Source: openai/whisper, compression_ratio_threshold."""

SUSPECT_FROM = 0.28
"""Suspicion from which a second opinion is worth its time. Every noise tried was above it in a first reading."""

INVENTED_FROM = 0.42
"""Mean suspicion of the readings, chosen on whisper-base between 51 utterances of a consultation under 1.6 s, none of
which is above 0.28, and words read into 60 pieces of white and pink noise, none of which is below 0.47."""

HARDLY = 0.02
"""Probability of a word that the model itself hardly believes: with one, a suspect reading is invented (breath)."""

UNSURE_BELOW = -1.0
"""Mean log probability of a token. Source: openai/whisper, logprob_threshold."""


PLAIN_FROM = -0.6
"""Mean log probability of the words of an utterance that was read among others: from here it is not read again."""

SPARSE_BELOW, EDGES = 0.6, 0.4
"""Words a second, and the seconds at an utterance's edges that are silence: with fewer words it is read again."""

LONGEST_GAP = 2.0
"""Seconds within an utterance in which no word begins or ends, at most. Half a second of silence ends an utterance, so
there is speech in a longer one that the decoder has skipped. In 167 utterances that were read well none has 1.9 s."""

LEAST_REPEATED, ROUNDS = 4, 1.5
"""Tokens in a row that each say what was said one phrase before, at least; and their number in lengths of the phrase.
In 134,000 words of the development set's dialogues and texts so many do in two places; in loops read into babble,
everywhere."""

SURE_FROM = 0.5
"""Mean word probability from which the words of an utterance are kept that had none when it was read among others.
On a consultation, below it: "um", "uh", "mmm" and the beginnings of sentences that are broken off, one word each."""


def suspicion(no_speech: float, log_probability: float) -> float:
    """How much speaks for words that come from the model's habit rather than from the sound.

    On noise both of Whisper's own signs point the same way: `no_speech`, its probability of silence, is high, and
    `log_probability`, the mean over the text's tokens, is low. Each alone would also reject short answers ("No.").
    """
    return no_speech - 0.25 * (log_probability + 2.0)


def is_invented(mean_suspicion: float, least_word: float) -> bool:
    """Whether a reading is to be discarded, by its suspicion and the probability of its least probable word."""
    return mean_suspicion > INVENTED_FROM or (mean_suspicion > SUSPECT_FROM and least_word < HARDLY)


def is_plain(text: str, words: Sequence[float], seconds: float) -> bool:
    """Whether an utterance that was read among others needs no second opinion. `words` are its words' probabilities.

    It does where it has no words, unsure ones, very few for its length, or goes round in circles.
    """
    if not any(letter.isalnum() for letter in text) or is_repetitive(text):
        return False
    mean = sum(math.log(max(1e-9, word)) for word in words) / len(words)
    return mean > PLAIN_FROM and len(words) > SPARSE_BELOW * (seconds - EDGES)


def gaps(words: Sequence[tuple[float, float]], seconds: float) -> list[tuple[float, float]]:
    """Where no word begins or ends for longer than `LONGEST_GAP`, in an utterance of so many seconds.

    `words` are their beginnings and ends.

    >>> gaps([(0.2, 0.5), (0.6, 1.0)], 1.2)
    []
    >>> gaps([(0.2, 0.5), (4.0, 4.6)], 5.0), gaps([(0.2, 4.1), (4.1, 4.6)], 5.0)
    ([(0.5, 4.0)], [(0.2, 4.1)])
    """
    times = [0.0, *(time for word in words for time in word), seconds]
    return [(before, after) for before, after in pairwise(times) if after - before > LONGEST_GAP]


def is_repetitive(text: str) -> bool:
    """Whether a text compresses like a loop, is one phrase said two or more times over, or goes round somewhere in it.

    >>> is_repetitive("Then in the same way. Then in the same way.")
    True
    >>> is_repetitive("And so they will not. They can be here. They can be here. They can be here.")
    True
    >>> is_repetitive("I'm I'm just having a lot of chest pain")
    False
    """
    raw = text.encode()
    if len(raw) > COMPRESSIBLE * len(zlib.compress(raw)) or _goes_round(_tokens(text)):
        return True
    bare = "".join(letter for letter in text.casefold() if unicodedata.category(letter)[0] in "LMN")
    return len(bare) > 1 and bare in (bare + bare)[1:-1]  # equal to a rotation of itself: made of repeats


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Thai, Lao, Burmese, Khmer, kana, Han: scripts that put no spaces between words."""


def _tokens(text: str) -> list[str]:
    """The words, without what is no letter, mark or number; single characters of scripts without spaces."""
    tokens: list[str] = []
    for word in text.casefold().split():
        bare = "".join(letter for letter in word if unicodedata.category(letter)[0] in "LMN")
        tokens += bare if _UNSPACED.search(bare) else [bare] if bare else []
    return tokens


def _goes_round(tokens: Sequence[str]) -> bool:
    """Whether some phrase is said over and over, however long it is and whatever comes before and after it."""
    return any(
        _longest_run(tokens, length) >= max(LEAST_REPEATED, ROUNDS * length) for length in range(1, len(tokens) // 2)
    )


def _longest_run(tokens: Sequence[str], length: int) -> int:
    """The most tokens in a row that are each the same as the one `length` before."""
    longest = run = 0
    for before, token in zip(tokens, tokens[length:], strict=False):
        run = run + 1 if token == before else 0
        longest = max(longest, run)
    return longest
