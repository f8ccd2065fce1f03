"""Rules in the place of dialogue models: what a figure is worth is seen beside that of something that knows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean

PREFIX = "rule:"
"""How the names of rules begin where a model is named."""

_OPTION = re.compile(r"^\s*\(([A-Z])\)\s*(.*\S)", re.MULTILINE)


def always_no(_asked: str) -> str:
    """No, whatever is asked."""
    return "No"


def longest_answer(asked: str) -> str:
    """The option with the most characters; of a text without options, its longest line."""
    options = _OPTION.findall(asked)
    if options:
        letter, _ = max(options, key=lambda option: len(option[1]))
        return f"Final Answer: ({letter})"
    return max((line.strip() for line in asked.splitlines()), key=len, default="")


def copy_question(asked: str) -> str:
    """What was asked."""
    return asked


RULES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"always-no": always_no, "longest-answer": longest_answer, "copy-question": copy_question}
)
"""From what a user says last to a reply, by name."""


class RuleReplier:
    """A `Replier` that follows a rule; `name` is "rule:always-no", for example. A word is a token.

    Raises:
        ConfigError: If no rule is called so.
    """

    def __init__(self, name: str) -> None:
        rule = name.removeprefix(PREFIX)
        if rule not in RULES:
            raise ConfigError(f"no rule is called '{rule}'", remedy=did_you_mean(rule, list(RULES)))
        self.name = self.identity = name
        self._rule = RULES[rule]

    def reply(self, messages: Sequence[Message], sampling: Sampling, schema: Mapping[str, Any] | None) -> Reply:
        """See `Replier`. Rules do not write JSON."""
        asked = next((message.text for message in reversed(messages) if message.role == "user"), "")
        text = self._rule(asked)
        return Reply(text, "stop", sum(len(message.text.split()) for message in messages), len(text.split()))

    def close(self) -> None:
        """See `Replier`."""
