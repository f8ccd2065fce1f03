"""Fixed replies, for tests, demonstrations and documentation."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from typing import Any

from voicedoc.converse.dialogue.role import (
    GREEDY,
    Finish,
    Message,
    Pieces,
    Reply,
    Sampling,
    Tool,
    ToolCall,
    check_request,
)
from voicedoc.converse.dialogue.stops import Stops
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed


class ScriptedDialogue:
    """A `DialogueModel` that looks the user's last text up; to others it says "You said: …". A token is a word.

    `replies`: text → reply. `calls`: text → {"tool": name, "arguments": {…}}, made where that tool is offered.
    `failing`: texts at which it fails. `n_streams` counts the replies begun, `n_closed` those stopped before their end.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        replies: dict[str, str] | None = None,
        calls: dict[str, dict[str, Any]] | None = None,
        failing: list[str] | None = None,
        name: str = "scripted",
    ) -> None:
        self.name = name
        self._replies, self._calls, self._failing = replies or {}, calls or {}, failing or []
        self.n_streams = self.n_closed = 0

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[Tool] = (),
        schema: Mapping[str, Any] | None = None,
        sampling: Sampling = GREEDY,
    ) -> Pieces:
        """See `DialogueModel`. A scripted reply is given as it stands; whether it fits `schema` is the script's."""
        check_request(messages, tools, schema)
        self.n_streams += 1
        asked = [message.text for message in messages if message.role in ("user", "tool")][-1]
        if asked in self._failing:
            raise BackendFailed(f"'{self.name}' fails at this text, as its script says")
        n_prompt = sum(len(_words(message.text)) for message in messages)
        call = self._calls.get(asked, {})
        if call.get("tool") in [tool.name for tool in tools]:
            made = ToolCall(f"call-{self.n_streams}", call["tool"], call.get("arguments", {}))
            return Reply("", "tool", n_prompt, 1, (made,))
        reply = self._replies.get(asked, f"You said: {asked}")
        try:
            text, n_tokens, finish = yield from _spoken(reply, sampling)
        except GeneratorExit:
            self.n_closed += 1
            raise
        return Reply(text, finish, n_prompt, n_tokens)


def _spoken(reply: str, sampling: Sampling) -> Generator[str, None, tuple[str, int, Finish]]:
    """Yield the words; return the text, how many words there were, and why it ended."""
    words, stops, said = _words(reply), Stops(sampling.stop), ""
    n_tokens = 0
    for n_tokens, word in enumerate(words[: sampling.max_tokens], start=1):
        said += (piece := stops.feed(word))
        yield piece
        if stops.reached:
            return said, n_tokens, "stop"
    said += (piece := stops.rest())
    yield piece
    finish: Finish = "stop" if len(words) <= sampling.max_tokens else "length"
    return said, n_tokens, finish


def _words(text: str) -> list[str]:
    """The text in words, each with the space after it."""
    return re.findall(r"\s*\S+\s*", text)
