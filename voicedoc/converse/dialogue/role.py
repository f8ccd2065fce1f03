"""What a dialogue model is."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from voicedoc.errors import ConfigError

Speaker: TypeAlias = Literal["system", "user", "assistant", "tool"]

Finish: TypeAlias = Literal["stop", "length", "tool"]
"""Why a reply ended: it was done, or came to a stop text; `max_tokens` or the context was full; it calls tools."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model asks to have done. `id` is unique within its reply; `arguments` fit the tool's `parameters`."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation. `role` "tool" gives the result of the call `tool_call_id` of an earlier one."""

    role: Speaker
    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """What the model may ask for. `parameters` is the JSON schema of an object, without references."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. Temperature 0 always takes the likeliest; above it, `seed` decides.

    `stop`: texts at which the reply ends, which are not part of it.

    Raises:
        ConfigError: If a value is out of range.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    max_tokens: int = 512
    stop: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.temperature >= 0.0 and 0.0 < self.top_p <= 1.0 and self.max_tokens > 0 and all(self.stop)):
            raise ConfigError(
                f"no sampling is possible with {self}",
                remedy="temperature from 0, top_p above 0 and up to 1, max_tokens from 1, no empty stop text",
            )


GREEDY = Sampling()
"""The likeliest token each time, up to 512."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `n_tokens` counts what the model wrote, `n_prompt_tokens` what it was given."""

    text: str
    finish: Finish
    n_prompt_tokens: int
    n_tokens: int
    tool_calls: tuple[ToolCall, ...] = field(default=())


Pieces: TypeAlias = Generator[str, None, Reply]
"""The text of a reply as it comes, and at its end the whole. `reply = yield from pieces`, or `whole(pieces)`."""


class DialogueModel(Protocol):
    """Answers messages. Blocking; made and called on one thread, one reply at a time."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[Tool] = (),
        schema: Mapping[str, Any] | None = None,
        sampling: Sampling = GREEDY,
    ) -> Pieces:
        """Yield the reply's text as it comes; the pieces joined are the returned reply's `text`.

        A piece may be empty: the prompt is still being read, and this is a chance to stop. Closing the generator stops
        the work within one token, or within one block of the prompt. With a JSON `schema` the text is JSON that fits
        it, unless the reply is cut off (`finish` "length"); the model does not see the schema, so that the messages
        must say what is wanted. With `tools` the model may call one instead of speaking.

        Raises:
            ConfigError: If there are no messages, or `schema` or a tool cannot be used, or both are given.
            BackendFailed: If there is no reply: the prompt is too long, the server is gone, …
        """
        ...


def check_request(messages: Sequence[Message], tools: Sequence[Tool], schema: Mapping[str, Any] | None) -> None:
    """Refuse what no backend can answer.

    Raises:
        ConfigError: If so.
    """
    if not any(message.role == "user" for message in messages):
        raise ConfigError("a dialogue model needs a message of the user", remedy='add Message("user", …)')
    if tools and schema is not None:
        raise ConfigError("a reply is either free to call tools or bound to a schema", remedy="give one of the two")
    names = [tool.name for tool in tools]
    if len(set(names)) < len(names):
        raise ConfigError(f"two tools have one name: {', '.join(sorted(names))}", remedy="rename one")


def whole(pieces: Pieces) -> Reply:
    """The reply, when all of it has come."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            reply: Reply = end.value
            return reply
