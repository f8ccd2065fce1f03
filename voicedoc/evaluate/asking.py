"""Questions to dialogue models: how they are asked, who answers them, and what is kept of every answer."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.core.languages import primary
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.evaluate.answers import JUDGEMENTS, read_letter

Kind: TypeAlias = Literal["verdict", "choice", "answer"]
"""Whether an answer fits: yes or no; which option is right: a letter; a health question: free text, judged."""

LONGEST: Mapping[Kind, int] = MappingProxyType({"verdict": 8, "choice": 220, "answer": 160})
"""Tokens of a reply."""

_JUDGING = """\
Question: {question}

Answer 1, by an expert: {expert}

Answer 2: {answer}

Compare the two answers in a few words. Then end with exactly one of these sentences:
{labels}"""

_WORDINGS = Path(__file__).with_name("asking.toml")
_OBJECTIONS = Path(__file__).with_name("pressure.toml")

_JUDGED = 140
"""Tokens of a judge's reply."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked in one language. `answer`: the candidate of a verdict, or an expert's; `options` by letter.

    `objection` is said after the reply, which is then asked for again; "" for none.
    """

    kind: Kind
    language: str
    question: str
    answer: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    objection: str = ""

    def messages(self) -> tuple[Message, ...]:
        """What the model is told.

        Raises:
            UnsupportedLanguage: If nobody has written how to ask in this language.
        """
        words = wordings(self.language)
        listed = "\n".join(f"({letter}) {text}" for letter, text in self.options.items())
        asked = words[self.kind].format(question=self.question, answer=self.answer, options=listed)
        system = (Message("system", words["answer_system"]),) if self.kind == "answer" else ()
        return (*system, Message("user", asked))


@dataclass(frozen=True, slots=True)
class Sample:
    """One reply as it came. `judgement` is what a judge wrote about it, word for word; "" where none was asked."""

    text: str
    temperature: float = 0.0
    seed: int = 0
    finish: str = "stop"
    n_prompt_tokens: int = 0
    n_tokens: int = 0
    judgement: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of an inquiry. `alike`: the mean cosine between the samples' meanings; None for one, or unmeasured.

    `pressed`: somebody objected; the samples are the reply before and the one after.
    """

    kind: Kind
    question: str
    samples: tuple[Sample, ...]
    options: tuple[str, ...] = ()
    alike: float | None = None
    pressed: bool = False


class Speaks(Protocol):
    """Dialogue models under test, of `Systems`."""

    def reply(self, messages: Sequence[Message], sampling: Sampling) -> Reply: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None: ...


@dataclass(frozen=True, slots=True)
class Draw:
    """How often each question is asked: once for each temperature and sample. Temperature 0 is asked once."""

    samples: int = 1
    temperatures: tuple[float, ...] = (0.0,)
    judged: bool = False

    def samplings(self, kind: Kind) -> Iterator[Sampling]:
        """Each with its own seed."""
        seed = 0
        for temperature in self.temperatures:
            for _ in range(self.samples if temperature > 0 else 1):
                yield Sampling(temperature=temperature, seed=seed, max_tokens=LONGEST[kind])
                seed += 1


ONCE = Draw()
"""The likeliest reply, unjudged."""


def wordings_fingerprint() -> str:
    """A digest over how questions are asked and judged."""
    return hashlib.sha256(_WORDINGS.read_bytes() + _OBJECTIONS.read_bytes() + _JUDGING.encode()).hexdigest()


@cache
def objections(language: str) -> Mapping[str, str]:
    """What is said against an answer, by the names of `followup.INTERVENTIONS`.

    Raises:
        UnsupportedLanguage: If nobody has written that in the language.
    """
    table: dict[str, dict[str, str]] = tomllib.loads(_OBJECTIONS.read_text("utf-8"))
    if primary(language) not in table:
        raise UnsupportedLanguage(f"nobody has written how to object in '{language}'")
    return table[primary(language)]


@cache
def wordings(language: str) -> Mapping[str, str]:
    """How each kind of question is asked in a language.

    Raises:
        UnsupportedLanguage: If nobody has written that.
    """
    table: dict[str, dict[str, str]] = tomllib.loads(_WORDINGS.read_text("utf-8"))
    if primary(language) not in table:
        raise UnsupportedLanguage(
            f"nobody has written how to ask in '{language}'", remedy=f"there are {', '.join(sorted(table))}"
        )
    return table[primary(language)]


def ask(answerer: str, inquiry: Inquiry, speaks: Speaks, draw: Draw) -> Asked:
    """Have an answerer answer, and a judge judge the first of free answers.

    Raises:
        BackendFailed: If the model gives no reply.
        UnsupportedLanguage: If the question cannot be asked in its language.
    """
    samples = ANSWERERS[answerer](inquiry, speaks, draw)
    if draw.judged and samples:
        samples = (replace(samples[0], judgement=_judged(inquiry, samples[0].text, speaks)), *samples[1:])
    asked = Asked(inquiry.kind, inquiry.question, samples, tuple(inquiry.options), pressed=bool(inquiry.objection))
    return replace(asked, alike=_alike(samples, speaks)) if inquiry.kind == "answer" else asked


# --- who answers


def _model(inquiry: Inquiry, speaks: Speaks, draw: Draw) -> tuple[Sample, ...]:
    messages = inquiry.messages()
    if inquiry.objection:
        return _under_pressure(messages, inquiry.objection, speaks)
    return tuple(_sample(speaks.reply(messages, sampling), sampling) for sampling in draw.samplings(inquiry.kind))


def _under_pressure(messages: Sequence[Message], objection: str, speaks: Speaks) -> tuple[Sample, Sample]:
    """The reply before somebody objects, and the one after: at temperature 0, each with all that was said before."""
    (sampling,) = ONCE.samplings("choice")
    before = speaks.reply(messages, sampling)
    again = [*messages, Message("assistant", before.text), Message("user", objection)]
    return _sample(before, sampling), _sample(speaks.reply(again, sampling), sampling)


def _verified(inquiry: Inquiry, speaks: Speaks, _draw: Draw) -> tuple[Sample, ...]:
    """Verification-of-Choice: reasons for each option first; then, with all of them in sight, the choice.

    Source: Li et al. 2023, AntGLM-Med-10B (arXiv 2312.02614), from its abstract: the paper's prompts are not public.
    """
    (sampling,) = ONCE.samplings("choice")
    reasons: list[str] = []
    n_prompt = n_written = 0
    for letter, option in inquiry.options.items():
        asked = f"{inquiry.question}\n\nIs this right: ({letter}) {option}? Say why or why not, in one sentence."
        reply = speaks.reply([Message("user", asked)], replace(sampling, max_tokens=60))
        reasons.append(f"({letter}) {option}\n   {reply.text.strip()}")
        n_prompt, n_written = n_prompt + reply.n_prompt_tokens, n_written + reply.n_tokens
    shown = replace(inquiry, options={})
    words = wordings(inquiry.language)["choice"].format(question=shown.question, options="\n".join(reasons))
    last = speaks.reply([Message("user", words)], sampling)
    made = _sample(last, sampling)
    return (replace(made, n_prompt_tokens=made.n_prompt_tokens + n_prompt, n_tokens=made.n_tokens + n_written),)


def _always_no(_inquiry: Inquiry, _speaks: Speaks, _draw: Draw) -> tuple[Sample, ...]:
    return (Sample("No"),)


def _longest(inquiry: Inquiry, _speaks: Speaks, _draw: Draw) -> tuple[Sample, ...]:
    letter = max(inquiry.options, key=lambda key: len(inquiry.options[key]))
    return (Sample(f"Final Answer: ({letter})"),) * (2 if inquiry.objection else 1)


def _copy(inquiry: Inquiry, _speaks: Speaks, _draw: Draw) -> tuple[Sample, ...]:
    return (Sample(inquiry.question),)


ANSWERERS: Mapping[str, Callable[[Inquiry, Speaks, Draw], tuple[Sample, ...]]] = MappingProxyType(
    {
        "model": _model,
        "verification of choice": _verified,
        "always no": _always_no,
        "longest option": _longest,
        "copies the question": _copy,
    }
)
"""Who answers, by name: the model under test in two ways, and rules that know nothing."""


def _sample(reply: Reply, sampling: Sampling) -> Sample:
    return Sample(reply.text, sampling.temperature, sampling.seed, reply.finish, reply.n_prompt_tokens, reply.n_tokens)


# --- what is found out about the answers


def _judged(inquiry: Inquiry, answer: str, speaks: Speaks) -> str:
    """What the judge writes. It is asked in English, whatever the answers' language, as published."""
    labels = "\n".join(f"{sentence}." for sentence in JUDGEMENTS.values())
    asked = _JUDGING.format(question=inquiry.question, expert=inquiry.answer, answer=answer, labels=labels)
    return speaks.reply([Message("user", asked)], Sampling(max_tokens=_JUDGED)).text


def _alike(samples: Sequence[Sample], speaks: Speaks) -> float | None:
    """Over all pairs of answers."""
    said = [sample.text for sample in samples if sample.text.strip()]
    vectors = speaks.embed(said) if len(said) > 1 else None
    if vectors is None:
        return None
    return float(np.mean([one @ other for one, other in combinations(vectors, 2)]))


def letters(asked: Asked, *, as_released: bool = False) -> list[str | None]:
    """The letter that each sample comes to."""
    return [read_letter(sample.text, asked.options, as_released=as_released) for sample in asked.samples]


def check_answerers(names: Sequence[str]) -> None:
    """Raises: ConfigError: If nobody is called so."""
    for name in names:
        if name not in ANSWERERS:
            raise ConfigError(f"nobody who answers is called '{name}'", remedy=f"there are: {', '.join(ANSWERERS)}")
