"""Whether what was heard is the interpreter's own voice, come back through the microphone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from voicedoc.core.events import TranscriptFinal
from voicedoc.core.languages import same_language
from voicedoc.core.time import Span
from voicedoc.runtime.sounded import Said, Sounded

MOST_OF_IT = 0.5
"""Share of the utterance's time in which the voice must have sounded. Who repeats what they were told does so after."""
ALIKE, ALIKE_SHORT = 0.5, 0.75
"""Share of the letters heard that must be found in what was said, in its order; more where little was heard.

Measured on 1,500 unrelated pairs a language of the development set's phrases (ten languages), as if spoken over the
voice from beginning to end: 0.1 to 2.9 % of the longer ones would be taken for it. Of echoes in which every fifth
letter was read wrongly at random, 0 to 9 % would not (Hindi 27 %), of those with every tenth 0 to 2 %.
"""
_LONG, _WIDE = 20, 2.5
"""Letters from which on it is not little, and how many of them an ideograph counts."""
_RUN = 3
"""Letters in a row that count as found: any two texts of a language share single letters and pairs."""


class OwnVoice:
    """Tells the voice's echo from people, by what was said, in which language, and when.

    All three must fit: the same language, most of the letters, and most of the utterance's time. So a patient who
    repeats an instruction in the same words is heard, as is one who speaks other words over the voice. One word alone
    is an echo, too, if the voice said it at that time: a false "yes" is worse than one that must be said again.
    """

    def __init__(self, sounded: Sounded) -> None:
        self._sounded = sounded

    def __call__(self, transcript: TranscriptFinal) -> bool:
        """Whether the transcript is what the voice has just said."""
        return self.echoes(transcript.hypothesis.text, transcript.hypothesis.language, transcript.span)

    def echoes(self, text: str, language: str, span: Span) -> bool:
        """Whether `text`, heard in `span`, is what the voice said then."""
        said = [clause for clause in self._sounded.said(span) if same_language(clause.language, language)]
        if not said or self._covered(span, said) < MOST_OF_IT:
            return False
        wordings = (" ".join(clause.text for clause in said), " ".join(clause.spoken for clause in said))
        alike = ALIKE if _length(text) >= _LONG else ALIKE_SHORT
        return max(found_in(text, wording) for wording in wordings) >= alike

    def _covered(self, span: Span, said: Sequence[Said]) -> float:
        """The share of `span` in which the voice said these, or rang."""
        sounding, reached = 0.0, span.start
        for clause in sorted(said, key=lambda clause: clause.span):
            start, end = max(clause.span.start, reached), min(clause.span.end + self._sounded.tail, span.end)
            sounding += max(0.0, end - start)
            reached = max(reached, end)
        return sounding / span.duration if span.duration else 1.0


def found_in(heard: str, said: str) -> float:
    """The share in [0, 1] of the letters of `heard` that `said` has in the same order, in runs of some letters.

    >>> found_in("Two tablets a day.", "Take two tablets a day with water.")
    1.0
    """
    heard, said = _letters(heard), _letters(said)
    if not heard:
        return 0.0
    blocks = SequenceMatcher(None, heard, said, autojunk=False).get_matching_blocks()
    least = min(_RUN, len(heard))
    return sum(block.size for block in blocks if block.size >= least) / len(heard)


def _length(text: str) -> float:
    return sum(_WIDE if "\u3040" <= mark <= "\u9fff" else 1.0 for mark in _letters(text))


def _letters(text: str) -> str:
    """Letters and digits in lower case, without accents; nothing between them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in plain if mark.isalnum())
