"""A task: whether a dialogue model on a machine of one's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicedoc_desktop.process.task import Here

TIMEOUT = 20.0
"""Seconds without a sign of the server; a model that is being loaded may need as long."""


@dataclass(frozen=True, slots=True)
class TryServer:
    """Ask it for one word. Returns what it is called. Nothing of any visit is sent."""

    url: str
    name: str

    def run(self, here: Here) -> str:
        """Raises:
        ConfigError: If that is no address.
        BackendFailed: If it does not answer.
        """
        del here
        from voicedoc.converse.dialogue.openai import OpenAIDialogue
        from voicedoc.converse.dialogue.role import Message, Sampling, whole

        model = OpenAIDialogue(None, url=self.url, name=self.name, timeout=TIMEOUT, allow_remote=True)
        try:
            whole(model.stream([Message("user", "Say: ready")], sampling=Sampling(max_tokens=8)))
        finally:
            model.close()
        return model.name
