"""Messages, tools and schemas as the OpenAI chat protocol has them; llama.cpp takes the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from voicedoc.converse.dialogue.role import Message, Sampling, Tool


def request_to_wire(
    name: str,
    messages: Sequence[Message],
    sampling: Sampling,
    *,
    tools: Sequence[Tool] = (),
    schema: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the model `name` is asked, but for how its answer shall come."""
    request: dict[str, Any] = {
        "model": name,
        "messages": [message_to_wire(message) for message in messages],
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "seed": sampling.seed,
        "max_tokens": sampling.max_tokens,
    }
    if sampling.stop:
        request["stop"] = list(sampling.stop)
    if tools:
        request["tools"] = [tool_to_wire(tool) for tool in tools]
    if schema is not None:
        request["response_format"] = schema_to_wire(schema)
    return request


def schema_to_wire(schema: Mapping[str, Any]) -> dict[str, Any]:
    """How a server is bound to a schema."""
    return {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": dict(schema)}}


def message_to_wire(message: Message) -> dict[str, Any]:
    """A message as the protocol has it."""
    made: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.role == "tool":
        made["tool_call_id"] = message.tool_call_id
    if message.tool_calls:
        made["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments), ensure_ascii=False)},
            }
            for call in message.tool_calls
        ]
    return made


def tool_to_wire(tool: Tool) -> dict[str, Any]:
    """A tool as servers are offered it."""
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}
