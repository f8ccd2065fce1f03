"""Tools for models that write text: a schema leaves them the choice between calling one tool and speaking.

Small models put calls into prose and call tools that do not exist; bound to this schema they can do neither.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from voicedoc.converse.dialogue.role import Message, Tool, ToolCall

_SPOKEN = re.compile(
    r"""\A\s*\{\s*"reply"\s*:\s*"(
        (?: [^"\\]
          | \\[^u]
          | \\u[dD][89abAB][0-9a-fA-F]{2} (?: \\u[0-9a-fA-F]{4} | (?=[^\\]|\\[^u]) )
          | \\u(?![dD][89abAB])[0-9a-fA-F]{4}
        )*)""",
    re.DOTALL | re.VERBOSE,
)
"""What is said, up to an escape that is not whole yet: half of one, or the first of a pair of surrogates."""

_LONE = re.compile("[\ud800-\udfff]")
"""Half a character, which a model can write as an escape, and which is none."""

_INSTRUCTION = """\
You can use these tools:
{tools}
Write one JSON object and nothing else: {{"tool": "<name>", "arguments": {{…}}}} to use a tool, or
{{"reply": "<words>"}} to speak to the user. Use a tool only where it is needed."""


def choice_schema(tools: Sequence[Tool]) -> dict[str, Any]:
    """JSON that is either a reply or a call of one of `tools`."""
    spoken = _object({"reply": {"type": "string", "minLength": 1}})
    calls = [_object({"tool": {"const": tool.name}, "arguments": dict(tool.parameters)}) for tool in tools]
    return {"anyOf": [spoken, *calls]}


def with_tools(messages: Sequence[Message], tools: Sequence[Tool]) -> list[Message]:
    """The messages with the tools explained, and calls and results as text, for models that know no tools."""
    told = [_as_text(message) for message in messages]
    if not tools:
        return told
    lines = "\n".join(f"- {tool.name}: {tool.description} Arguments: {_json(tool.parameters)}" for tool in tools)
    explained = _INSTRUCTION.format(tools=lines)
    if told[0].role == "system":
        return [replace(told[0], text=f"{told[0].text}\n\n{explained}"), *told[1:]]
    return [Message("system", explained), *told]


class Choice:
    """Reads what a model writes under `choice_schema`, as it comes."""

    def __init__(self) -> None:
        self._written = ""
        self._said = 0

    def feed(self, piece: str) -> str:
        """The words to the user that are new; "" while a tool is being called."""
        self._written += piece
        found = _SPOKEN.match(self._written)
        if not found:
            return ""
        words = _LONE.sub("\ufffd", json.loads(f'"{found[1]}"', strict=False))
        new, self._said = words[self._said :], len(words)
        return new

    def calls(self) -> tuple[ToolCall, ...]:
        """The tool that was called, if one was and all of it was written."""
        try:
            made = json.loads(self._written)
        except ValueError:
            return ()
        if not (isinstance(made, dict) and "tool" in made):
            return ()
        return (ToolCall("call-1", made["tool"], made["arguments"]),)


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _as_text(message: Message) -> Message:
    if message.role == "tool":
        return Message("user", f"Result of the tool: {message.text}")
    if message.tool_calls:
        calls = "\n".join(_json({"tool": call.name, "arguments": call.arguments}) for call in message.tool_calls)
        return Message("assistant", f"{message.text}\n{calls}".strip())
    return message


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=dict)
