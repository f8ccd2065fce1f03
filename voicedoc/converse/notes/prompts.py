"""What a model is told and shown when it words a note, and the form that its reply must have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError

from voicedoc.converse.dialogue.role import Message
from voicedoc.core.labels import one_line
from voicedoc.core.languages import primary
from voicedoc.export.note import Statement

_TOLD = """You write a clinical note from sentences that were said in a visit.
Each line is one sentence: its number in brackets, who said it, what was said.
Write short sentences, in the third person, in {language}.
Say only what the lines say. Keep every number, dose, side, name of a medicine and every "no" as it was said.
Do not explain, do not conclude, do not advise, do not add anything.
A question alone says nothing: write what was answered.
For each sentence give the numbers of the lines that it is made of, as JSON."""

_ONE = "These lines belong under the heading: {heading}"
_SEVERAL = """Before the text of each sentence give the "section" to which it belongs, one of: {sections}.
Greetings and small talk belong to none."""

_SHOWN = (
    "These lines belong under the heading: Sleep\n\n[901] doctor: Do you sleep well?\n[902] patient: No, not at all.\n"
    "[903] patient: I lie awake from three every night.",
    '{"sentences": [{"text": "Does not sleep well.", "utterances": [901, 902]}, '
    '{"text": "Lies awake from three every night.", "utterances": [903]}]}',
)
"""What is wanted, shown once: small models need it. Only for notes in its language, lest the others come out in it."""

MAX_SENTENCES = 12
_LONGEST = 240
_MOST_CITED = 6


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sentences that a model reads together. `sections`: among which it chooses; one where they are sorted already."""

    statements: tuple[Statement, ...]
    sections: tuple[str, ...]
    heading: str = ""

    @property
    def utterances(self) -> tuple[int, ...]:
        """Those of its sentences, in order, each once."""
        return tuple(dict.fromkeys(said.utterance for said in self.statements))


def shown(said: Statement) -> str:
    """A sentence as a model reads it, on one line."""
    return f"[{said.utterance}] {one_line(said.speaker) or said.role.value}: {one_line(said.text)}"


def messages(chunk: Chunk, language: str) -> list[Message]:
    """What stays comes first, so that a model reads it once."""
    told = _TOLD.format(language=_name(language))
    task = _SEVERAL.format(sections=", ".join(chunk.sections)) if len(chunk.sections) > 1 else ""
    task = task or _ONE.format(heading=chunk.heading or chunk.sections[0])
    lines = "\n".join(map(shown, chunk.statements))
    example = [Message("user", _SHOWN[0]), Message("assistant", _SHOWN[1])] if primary(language) == "en" else []
    return [Message("system", told), *example, Message("user", f"{task}\n\n{lines}")]


def form(chunk: Chunk) -> dict[str, Any]:
    """The schema of a reply: its sentences can rest on the chunk's utterances alone, and there is at least one."""
    properties: dict[str, Any] = {
        "text": {"type": "string", "minLength": 1, "maxLength": _LONGEST},
        "utterances": {
            "type": "array",
            "items": {"type": "integer", "enum": list(chunk.utterances)},
            "minItems": 1,
            "maxItems": _MOST_CITED,
        },
    }
    if len(chunk.sections) > 1:
        properties = {"section": {"type": "string", "enum": list(chunk.sections)}, **properties}
    item = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    sentences = {"type": "array", "items": item, "minItems": 1, "maxItems": MAX_SENTENCES}
    return {
        "type": "object",
        "properties": {"sentences": sentences},
        "required": ["sentences"],
        "additionalProperties": False,
    }


def estimated_tokens(text: str) -> int:
    """About how many tokens a text has: a quarter of its ASCII characters, and each of the others."""
    n_ascii = sum(character < "\x80" for character in text)
    return 1 + n_ascii // 4 + len(text) - n_ascii


def in_chunks(statements: Sequence[Statement], sections: tuple[str, ...], heading: str, *, budget: int) -> list[Chunk]:
    """Sentences in chunks of at most `budget` estimated tokens; one that is longer is a chunk by itself."""
    chunks: list[list[Statement]] = []
    size = budget
    for said in statements:
        cost = estimated_tokens(shown(said) + "\n")
        if size + cost > budget or not chunks:
            chunks.append([])
            size = 0
        chunks[-1].append(said)
        size += cost
    return [Chunk(tuple(chunk), sections, heading) for chunk in chunks]


def _name(language: str) -> str:
    try:
        return str(Locale.parse(primary(language)).get_display_name("en"))
    except (UnknownLocaleError, ValueError):
        return language
