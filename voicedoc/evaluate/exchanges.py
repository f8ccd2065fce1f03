"""Questions with reference answers for the speech loop, and what came of them, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ASR, MT, DIALOGUE, TTS = "asr", "mt", "dialogue", "tts"
"""What hears the question, what translates it and the answer, what answers, and what says the answer.

What is said is heard by the recogniser again: its errors on the voice count as the voice's.
"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its reference answer, each in several languages."""

    question: Mapping[str, str]
    answer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chain:
    """What came of one set of `real` stages, gold in the place of the others.

    The question as heard and as put to whoever answers; the answer as given, as it was to be said, and as heard, in
    `language`. `alike` is the cosine between what was heard and the reference answer in that language; None where
    nothing tells.
    """

    real: tuple[str, ...]
    transcript: str
    asked: str
    answer: str
    told: str
    heard: str
    language: str
    alike: float | None = None


@dataclass(frozen=True, slots=True)
class Looped:
    """What came of one question. `inner` is the language in which it was answered, `question` and `answer` gold in it.

    `chains` has every set of `stages`. `agreement` is the cosine between the answer as heard and the answer that the
    same question gets when it is typed and the answer read; None where nothing tells.
    """

    answerer: str
    stages: tuple[str, ...]
    inner: str
    question: str
    answer: str
    chains: tuple[Chain, ...]
    agreement: float | None = None

    def chain(self, *gold: str) -> Chain:
        """The chain with `gold` in the place of these stages, the others real."""
        wanted = set(self.stages) - set(gold)
        return next(one for one in self.chains if set(one.real) == wanted)
