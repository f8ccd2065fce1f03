"""A dialogue model that reads answers which rules cannot read. What it says counts only with a quote, word for word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from voicedoc.converse.complaints.pack import Question
from voicedoc.converse.dialogue.role import DialogueModel, Message, Sampling, whole
from voicedoc.converse.interview.read import Answer
from voicedoc.core.languages import primary

_INSTRUCTIONS = (
    "You read what a patient answered to one question of a medical interview. "
    "Say only what the patient said, never what may be true. "
    'Reply with JSON: "state" is one of the allowed words, "unclear" if the answer does not say; '
    '"quote" is the part of the answer that says so, copied letter for letter, "" if unclear.'
)

_SHORT = Sampling(max_tokens=120)

_YES_NO = {"yes": "present", "no": "absent", "does not know": "unknown"}
_UNCLEAR = "unclear"


class ModelReader:
    """Reads answers to yes/no questions and choices. The model has no say in what is asked, nor in how urgent it is.

    What it reads is dropped where its quote does not stand in the answer. Blocking; call it on the model's thread.
    """

    def __init__(self, model: DialogueModel) -> None:
        self._model = model

    def read(self, question: Question, text: str, language: str) -> Answer | None:
        """What was answered; None where the model does not know, or cannot show it.

        Raises:
            BackendFailed: If the model gives no reply.
        """
        allowed = _states(question)
        messages = [Message("system", _INSTRUCTIONS), Message("user", _asked(question, text, language, allowed))]
        reply = whole(self._model.stream(messages, schema=_schema(allowed), sampling=_SHORT))
        return _accepted(reply.text, text, question, allowed)


def _states(question: Question) -> tuple[str, ...]:
    options = tuple(option.id for option in question.options)
    return (*(options or _YES_NO), _UNCLEAR)


def _asked(question: Question, text: str, language: str, allowed: tuple[str, ...]) -> str:
    wording = question.text.get(primary(language)) or question.text["en"]
    return f"Question: {wording}\nAnswer: {text}\nAllowed states: {', '.join(allowed)}"


def _schema(allowed: tuple[str, ...]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": {"state": {"type": "string", "enum": list(allowed)}, "quote": {"type": "string"}},
        "required": ["state", "quote"],
        "additionalProperties": False,
    }


def _accepted(reply: str, text: str, question: Question, allowed: tuple[str, ...]) -> Answer | None:
    """The reply as an answer, if it is whole, allowed, and can be shown in the patient's words."""
    try:
        read = json.loads(reply)
    except json.JSONDecodeError:  # cut off
        return None
    if not isinstance(read, dict) or read.get("state") not in allowed or read["state"] == _UNCLEAR:
        return None
    quote = str(read.get("quote", "")).strip()
    if not quote or quote not in text:
        return None
    if question.options:
        return Answer("told", read["state"])
    return Answer({"yes": "present", "no": "absent"}.get(read["state"], "unknown"))  # type: ignore[arg-type]
