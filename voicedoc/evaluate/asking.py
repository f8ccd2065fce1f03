"""Questions to dialogue models: how they are asked, who answers them, and what is kept of every answer."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.core.languages import primary, same_language
from voicedoc.errors import BackendFailed, ConfigError, ServerFailed, UnsupportedLanguage
from voicedoc.evaluate.answers import JUDGEMENTS, read_letter
from voicedoc.evaluate.bertscore import between_all
from voicedoc.evaluate.text import english_name

Kind: TypeAlias = Literal["verdict", "choice", "answer", "closed"]
"""Whether an answer fits: yes or no; which option is right: a letter; a health question: free text, judged; one that is
answered by yes or no, with a reason.
"""

LONGEST: Mapping[Kind, int] = MappingProxyType({"verdict": 8, "choice": 220, "answer": 160, "closed": 60})
"""Tokens of a reply."""

_JUDGING = """\
Question: {question}

Answer 1, by an expert: {expert}

Answer 2: {answer}

Compare the two answers in a few words. Then end with exactly one of these sentences:
{labels}"""

_WORDINGS = Path(__file__).with_name("asking.toml")
_OBJECTIONS = Path(__file__).with_name("pressure.toml")

VERIFIED = "verification of choice"
"""Who looks at each option before it chooses."""

SELF_CONSISTENT = "self-consistency"
"""Who is asked several times, and chooses by vote."""

VARIED = 0.7
"""The temperature of several samples, as published."""

JUDGE = "judge"
"""Whose reply is wanted, of `Speaks`: the judge's, which is the model under test where no other is named."""

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
        system = (Message("system", words[f"{self.kind}_system"]),) if f"{self.kind}_system" in words else ()
        return (*system, Message("user", asked))


@dataclass(frozen=True, slots=True)
class Sample:
    """One reply as it came. `judgement` is what a judge wrote about it, word for word; "" where none was asked.

    `english` is its translation; "" for English, and where nothing was, or could be, translated.
    """

    text: str
    temperature: float = 0.0
    seed: int = 0
    finish: str = "stop"
    n_prompt_tokens: int = 0
    n_tokens: int = 0
    judgement: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """How much alike the samples at one temperature are, over all their pairs: the mean cosine of their meanings, and
    BERTScore. None where nothing measures it.
    """

    temperature: float
    meaning: float | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of an inquiry. `likeness`: between the samples at each temperature that was asked at more than once.

    `pressed`: somebody objected; the samples are the reply before and the one after.
    """

    kind: Kind
    question: str
    samples: tuple[Sample, ...]
    options: tuple[str, ...] = ()
    likeness: tuple[Alike, ...] = ()
    pressed: bool = False


class Speaks(Protocol):
    """Dialogue models and translators under test, of `Systems`."""

    def reply(
        self, messages: Sequence[Message], sampling: Sampling, *, of: str = "", schema: Mapping[str, Any] | None = None
    ) -> Reply: ...

    def translate(self, text: str, source: str, target: str) -> str: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None: ...

    def token_vectors(self, texts: Sequence[str]) -> Sequence[NDArray[np.float32]] | None: ...


@dataclass(frozen=True, slots=True)
class Draw:
    """How often each question is asked: once for each temperature and sample. Temperature 0 is asked once.

    Free answers may be `judged`, and `translated` into English, to be compared there.
    """

    samples: int = 1
    temperatures: tuple[float, ...] = (0.0,)
    judged: bool = False
    translated: bool = False

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
    """How each kind of question is asked in a language; where nobody has written that, in English.

    Raises:
        UnsupportedLanguage: If there is no such language.
    """
    table: dict[str, dict[str, str]] = tomllib.loads(_WORDINGS.read_text("utf-8"))
    if primary(language) in table:
        return table[primary(language)]
    name = english_name(language)
    return {key: words.format(language=name) for key, words in table["*"].items()}


def ask(answerer: str, inquiry: Inquiry, speaks: Speaks, draw: Draw) -> Asked:
    """Have an answerer answer, and a judge judge the first of free answers.

    Raises:
        BackendFailed: If the model gives no reply.
        UnsupportedLanguage: If the question cannot be asked in its language.
    """
    samples = ANSWERERS[answerer](inquiry, speaks, draw)
    if draw.judged and samples:
        samples = (replace(samples[0], judgement=_judged(inquiry, samples[0].text, speaks)), *samples[1:])
    if draw.translated and inquiry.kind == "answer":
        samples = tuple(replace(sample, english=_english(sample.text, inquiry.language, speaks)) for sample in samples)
    asked = Asked(inquiry.kind, inquiry.question, samples, tuple(inquiry.options), pressed=bool(inquiry.objection))
    return replace(asked, likeness=_likeness(samples, speaks)) if inquiry.kind == "answer" else asked


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


def _self_consistent(inquiry: Inquiry, speaks: Speaks, draw: Draw) -> tuple[Sample, ...]:
    """As many samples as the task says, at `VARIED`, to be voted on.

    Source: Wang et al. 2022, Self-Consistency Improves Chain of Thought Reasoning (arXiv 2203.11171).
    """
    return _model(inquiry, speaks, replace(draw, temperatures=(VARIED,)))


def _always_no(inquiry: Inquiry, _speaks: Speaks, _draw: Draw) -> tuple[Sample, ...]:
    return _unmoved("No", inquiry)


def _longest(inquiry: Inquiry, _speaks: Speaks, _draw: Draw) -> tuple[Sample, ...]:
    letter = max(inquiry.options, key=lambda key: len(inquiry.options[key]))
    return _unmoved(f"Final Answer: ({letter})", inquiry)


def _copy(inquiry: Inquiry, _speaks: Speaks, _draw: Draw) -> tuple[Sample, ...]:
    return _unmoved(inquiry.question, inquiry)


def _unmoved(text: str, inquiry: Inquiry) -> tuple[Sample, ...]:
    """A rule's reply; the same after an objection."""
    return (Sample(text),) * (2 if inquiry.objection else 1)


ANSWERERS: Mapping[str, Callable[[Inquiry, Speaks, Draw], tuple[Sample, ...]]] = MappingProxyType(
    {
        "model": _model,
        SELF_CONSISTENT: _self_consistent,
        VERIFIED: _verified,
        "always no": _always_no,
        "longest option": _longest,
        "copies the question": _copy,
    }
)
"""Who answers, by name: the model under test in three ways, and rules that know nothing."""


def _sample(reply: Reply, sampling: Sampling) -> Sample:
    return Sample(reply.text, sampling.temperature, sampling.seed, reply.finish, reply.n_prompt_tokens, reply.n_tokens)


# --- what is found out about the answers


def _judged(inquiry: Inquiry, answer: str, speaks: Speaks) -> str:
    """What the judge writes. It is asked in English, whatever the answers' language, as published."""
    labels = "\n".join(f"{sentence}." for sentence in JUDGEMENTS.values())
    asked = _JUDGING.format(question=inquiry.question, expert=inquiry.answer, answer=answer, labels=labels)
    return speaks.reply([Message("user", asked)], Sampling(max_tokens=_JUDGED), of=JUDGE).text


def _english(text: str, language: str, speaks: Speaks) -> str:
    if same_language(language, "en") or not text.strip():
        return ""
    try:
        return speaks.translate(text, language, "en")
    except ServerFailed:
        raise
    except (BackendFailed, UnsupportedLanguage):
        return ""  # what is compared in which language is told beside the figures


def _likeness(samples: Sequence[Sample], speaks: Speaks) -> tuple[Alike, ...]:
    """Of the samples at each temperature, over all their pairs; nothing where there are none."""
    by_temperature = groupby(
        sorted((sample for sample in samples if sample.text.strip()), key=_temperature), key=_temperature
    )
    each = ((temperature, [sample.text for sample in own]) for temperature, own in by_temperature)
    return tuple(_alike(temperature, said, speaks) for temperature, said in each if len(said) > 1)


def _temperature(sample: Sample) -> float:
    return sample.temperature


def _alike(temperature: float, said: Sequence[str], speaks: Speaks) -> Alike:
    vectors, tokens = speaks.embed(said), speaks.token_vectors(said)
    meaning = None if vectors is None else float(np.mean([one @ other for one, other in combinations(vectors, 2)]))
    found = None if tokens is None else between_all(tokens)
    return Alike(temperature, meaning, *(found or (None, None, None)))


def letters(asked: Asked, *, as_released: bool = False) -> list[str | None]:
    """The letter that each sample comes to; None for each reply that was wanted where there are no samples."""
    if not asked.samples:
        return [None] * (2 if asked.pressed else 1)
    return [read_letter(sample.text, asked.options, as_released=as_released) for sample in asked.samples]


def check_pressed(names: Sequence[str]) -> None:
    """Raises: ConfigError: If somebody among them cannot be objected to."""
    for name in (VERIFIED, SELF_CONSISTENT):
        if name in names:
            raise ConfigError(f"nobody can object to '{name}'", remedy="take it out of answerers")


def check_answerers(names: Sequence[str]) -> None:
    """Raises: ConfigError: If nobody is called so."""
    for name in names:
        if name not in ANSWERERS:
            raise ConfigError(f"nobody who answers is called '{name}'", remedy=f"there are: {', '.join(ANSWERERS)}")
