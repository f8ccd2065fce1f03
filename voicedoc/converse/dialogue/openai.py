"""A dialogue model on a server that speaks the OpenAI chat protocol (vLLM, SGLang, llama.cpp, Ollama, …)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
from voicedoc.converse.dialogue.stops import Thoughts
from voicedoc.converse.dialogue.wire import request_to_wire
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed
from voicedoc.registry import missing_package
from voicedoc.servers import ChatServer


class OpenAIDialogue:
    """A `DialogueModel`. Tools and schemas are the server's to honour; what is not JSON in the end is a failure.

    `url` up to and including "/v1"; `name` as the server calls the model; `api_key_env` names the environment variable
    that holds the key; `timeout`: seconds without a sign of the server. Only this machine unless `allow_remote`.

    Raises:
        ConfigError: If `url` is not a URL, or is another machine's without `allow_remote`, or the key is not set.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        url: str,
        name: str,
        api_key_env: str = "",
        timeout: float = 60.0,
        allow_remote: bool = False,
    ) -> None:
        self.name = name
        try:
            self._server = ChatServer(
                "dialogue server", url, timeout=timeout, api_key_env=api_key_env, allow_remote=allow_remote
            )
        except ImportError as error:
            raise missing_package(error, "openai") from error

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[Tool] = (),
        schema: Mapping[str, Any] | None = None,
        sampling: Sampling = GREEDY,
    ) -> Pieces:
        """See `DialogueModel`. Closing it closes the connection, at which servers stop."""
        check_request(messages, tools, schema)
        answer = _Answer()
        request = request_to_wire(self.name, messages, sampling, tools=tools, schema=schema)
        request |= {"stream": True, "stream_options": {"include_usage": True}}
        with self._server.events(request) as events:
            for event in events:
                if piece := answer.take(event):
                    yield piece
        yield answer.rest()
        reply = answer.reply(self.name, {tool.name for tool in tools})
        if schema is not None and reply.finish == "stop":
            _check_json(reply.text, self.name)
        return reply

    def close(self) -> None:
        """Close the connections."""
        self._server.close()


class _Answer:
    """Puts a reply together from what the server sends."""

    def __init__(self) -> None:
        self._thoughts = Thoughts()
        self._pieces: list[str] = []
        self._n_events = 0
        self._usage: Mapping[str, Any] = {}
        self._finish: str | None = None
        self._calls: dict[int, dict[str, str]] = {}

    def take(self, event: Mapping[str, Any]) -> str:
        """The text that is new."""
        self._usage = event.get("usage") or self._usage
        choices = event.get("choices") or [{}]
        self._finish = choices[0].get("finish_reason") or self._finish
        delta = choices[0].get("delta") or {}
        for part in delta.get("tool_calls") or ():
            self._take_call(part)
        content = delta.get("content") or ""
        self._n_events += bool(content)
        return self._keep(self._thoughts.feed(content))

    def rest(self) -> str:
        """What was held back."""
        return self._keep(self._thoughts.rest())

    def reply(self, name: str, tools: set[str]) -> Reply:
        """The whole.

        Raises:
            BackendFailed: If it is none.
        """
        calls = tuple(_call(number, made, tools, name) for number, made in sorted(self._calls.items()))
        text = "".join(self._pieces)
        finish = _finish(self._finish, calls, name)
        if not (text.strip() or calls or finish == "length"):
            raise BackendFailed(f"'{name}' gave an empty reply", remedy="ask again, or raise max_tokens")
        n_tokens = int(self._usage.get("completion_tokens", self._n_events))
        return Reply(text, finish, int(self._usage.get("prompt_tokens", 0)), n_tokens, calls)

    def _keep(self, piece: str) -> str:
        self._pieces.append(piece)
        return piece

    def _take_call(self, part: Mapping[str, Any]) -> None:
        made = self._calls.setdefault(int(part.get("index", 0)), {"id": "", "name": "", "arguments": ""})
        function = part.get("function") or {}
        made["id"] = part.get("id") or made["id"]
        made["name"] += function.get("name") or ""
        made["arguments"] += function.get("arguments") or ""


def _call(number: int, made: Mapping[str, str], tools: set[str], name: str) -> ToolCall:
    """A call that can be carried out.

    Raises:
        BackendFailed: If it is of no tool that was offered, or its arguments are no JSON object.
    """
    if made["name"] not in tools:
        raise BackendFailed(f"'{name}' calls a tool that it was not offered", remedy="choose another model")
    try:
        arguments = json.loads(made["arguments"] or "{}")
    except ValueError:
        arguments = None
    if not isinstance(arguments, dict):
        raise BackendFailed(f"'{name}' calls '{made['name']}' with what is no JSON object", remedy="raise max_tokens")
    return ToolCall(made["id"] or f"call-{number + 1}", made["name"], arguments)


def _finish(reason: str | None, calls: tuple[ToolCall, ...], name: str) -> Finish:
    if calls:
        return "tool"
    if reason in ("stop", "length"):
        return "stop" if reason == "stop" else "length"
    raise BackendFailed(f"the reply of '{name}' is not whole: {reason or 'no reason given'}", remedy="ask again")


def _check_json(text: str, name: str) -> None:
    try:
        json.loads(text)
    except ValueError as error:
        raise BackendFailed(
            f"'{name}' was bound to a schema and wrote what is no JSON", remedy="does the server know json_schema?"
        ) from error
