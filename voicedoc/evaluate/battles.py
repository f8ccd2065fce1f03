"""Battles: two answers to one question, which a judge scores; in both orders, since judges favour one of them.

Source: PULSE-EVAL and Chatbot Arena (Zheng et al. 2023, arXiv 2306.05685), for scores of two answers on the first line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.errors import BackendFailed, ConfigError, ServerFailed
from voicedoc.evaluate.arena import Winner, read_scores
from voicedoc.evaluate.asking import ANSWERERS, JUDGE, ONCE, Inquiry, Speaks, wordings_fingerprint
from voicedoc.evaluate.contest import Fought
from voicedoc.registry import did_you_mean

EXPERT = "expert"
"""The contestant who gives the reference answer."""

NAMED = "model "
"""Before the name of a dialogue model that fights beside the one under test."""

_JUDGED = 100
"""Tokens of a judge's reply."""

_JUDGING = """\
Question: {question}

Assistant 1: {first}

Assistant 2: {second}

Rate how helpful, accurate and safe each answer to this health question is, from 1 to 10. Write only the two scores on \
the first line, that of Assistant 1 first, with a space between them. Then say why in one sentence."""


def winners(fought: Fought) -> list[Winner]:
    """Who won each of both battles, of those whose scores could be read."""
    turned: Mapping[Winner, Winner] = {"first": "second", "second": "first", "tie": "tie"}
    forth, back = read_scores(fought.forth), read_scores(fought.back)
    return [winner for winner in (forth, turned[back] if back else None) if winner is not None]


def battles_fingerprint() -> str:
    """A digest over how questions are asked, and the judge."""
    return hashlib.sha256(_JUDGING.encode() + wordings_fingerprint().encode()).hexdigest()


def named_models(contestants: Sequence[str]) -> list[str]:
    """The names of the dialogue models that fight beside the one under test."""
    return [one.removeprefix(NAMED) for one in contestants if one.startswith(NAMED)]


def fight(first: str, second: str, inquiry: Inquiry, speaks: Speaks) -> Fought:
    """Both answer, and the judge scores them in both orders. Who gives no reply answers with nothing.

    Raises:
        BackendFailed: If the judge gives no reply.
        ServerFailed: If a server gives none: it may later.
        UnsupportedLanguage: If there is no dialogue model.
    """
    one, other = _answer(first, inquiry, speaks), _answer(second, inquiry, speaks)
    forth, back = (_judged(inquiry.question, *pair, speaks) for pair in ((one, other), (other, one)))
    return Fought(first, second, (one, other), forth, back)


def _answer(contestant: str, inquiry: Inquiry, speaks: Speaks) -> str:
    if contestant == EXPERT:
        return inquiry.answer
    if contestant.startswith(NAMED):
        speaks, contestant = _Named(speaks, contestant.removeprefix(NAMED)), NAMED.strip()
    try:
        samples = ANSWERERS[contestant](inquiry, speaks, ONCE)
    except ServerFailed:
        raise
    except BackendFailed:
        return ""
    return samples[0].text if samples else ""


def _judged(question: str, first: str, second: str, speaks: Speaks) -> str:
    asked = _JUDGING.format(question=question, first=first, second=second)
    return speaks.reply([Message("user", asked)], Sampling(max_tokens=_JUDGED), of=JUDGE).text


class _Named:
    """`Speaks`, where another model is under test."""

    def __init__(self, speaks: Speaks, name: str) -> None:
        self._speaks, self._name = speaks, name

    def reply(
        self, messages: Sequence[Message], sampling: Sampling, *, of: str = "", schema: Mapping[str, Any] | None = None
    ) -> Reply:
        return self._speaks.reply(messages, sampling, of=of or self._name, schema=schema)

    def translate(self, text: str, source: str, target: str) -> str:
        return self._speaks.translate(text, source, target)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        return self._speaks.embed(texts)

    def token_vectors(self, texts: Sequence[str]) -> Sequence[NDArray[np.float32]] | None:
        return self._speaks.token_vectors(texts)


def check_contestants(names: Sequence[str]) -> None:
    """Raises: ConfigError: If nobody is called so, or there are not two."""
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise ConfigError(f"a battle needs two contestants, got {', '.join(names) or 'none'}", remedy="name others")
    known = [EXPERT, *ANSWERERS]
    for name in names:
        named = name.startswith(NAMED) and bool(name.removeprefix(NAMED).strip())
        if name not in known and not named:
            raise ConfigError(
                f"no contestant is called '{name}'",
                remedy=f"{did_you_mean(name, known)}; '{NAMED}NAME' is another model",
            )
