"""What models that are run here, token by token, have in common: the next token, the text, the reply."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.dialogue.choice import Choice
from voicedoc.converse.dialogue.role import Finish, Pieces, Reply, Sampling
from voicedoc.converse.dialogue.schema import Guide
from voicedoc.converse.dialogue.stops import Stops, Thoughts, certain
from voicedoc.converse.dialogue.tokens import ChatTokenizer, Words

Logits = NDArray[np.float32]


@dataclass(slots=True)
class Run:
    """One reply as it is being written."""

    n_prompt: int
    n_tokens: int = 0
    finish: Finish = "length"
    said: list[str] = field(default_factory=list)


class Chooser:
    """Chooses the next token. The same seed, the same choices."""

    def __init__(self, sampling: Sampling, guide: Guide | None) -> None:
        self._sampling, self._guide = sampling, guide
        self._chance = np.random.default_rng(sampling.seed)

    def __call__(self, logits: Logits) -> int:
        """The token, from logits of shape `(n_vocabulary,)`."""
        if self._guide:
            logits = np.where(self._guide.allowed(), logits, -np.inf)
        if self._sampling.temperature == 0.0:
            return int(logits.argmax())
        weights = np.exp((logits.astype(np.float64) - logits.max()) / self._sampling.temperature)
        tokens = np.argsort(-weights, kind="stable")
        shares = weights[tokens] / weights.sum()
        shares[np.cumsum(shares) - shares >= self._sampling.top_p] = 0.0
        return int(self._chance.choice(tokens, p=shares / shares.sum()))


def texts(
    tokens: Iterator[int | None], tokenizer: ChatTokenizer, guide: Guide | None, ends: Collection[int], run: Run
) -> Iterator[str]:
    """The text of tokens as they are chosen, up to one of `ends`. None, a block of the prompt, is an empty piece."""
    words = Words(tokenizer)
    for token in tokens:
        if token is None:
            yield ""
            continue
        run.n_tokens += 1
        if token in ends:
            run.finish = "stop"
            break
        if guide:
            guide.take(token)
        yield words.feed(token)
        if guide and guide.ended:
            run.finish = "stop"
            break
    yield words.rest()


def replied(written: Iterator[str], run: Run, stops: Stops, *, bound: bool, calls_tools: bool) -> Pieces:
    """The reply in pieces: without stop texts, thoughts, and the JSON of tool calls. `bound`: a grammar holds it."""
    choice, thoughts = Choice() if calls_tools else None, Thoughts()
    for text in certain(written, stops):
        answer = text if bound else thoughts.feed(text)
        piece = choice.feed(answer) if choice else answer
        run.said.append(piece)
        yield piece
    run.said.append(thoughts.rest())
    yield run.said[-1]
    calls = choice.calls() if choice else ()
    finish: Finish = "tool" if calls else "stop" if stops.reached else run.finish
    return Reply("".join(run.said), finish, run.n_prompt, run.n_tokens, calls)
