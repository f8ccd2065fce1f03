"""How models are told who says what, where their own files do not say it: chat formats as data.

A format is a Jinja template, as in Hugging Face's tokenizers: it is given `messages` (each with `role` and `content`),
`add_generation_prompt`, `bos_token` and `eos_token`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean

_FOLDER = Path(__file__).parent / "formats"


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """A chat format. `models`: hub repositories that want it; `stop`: texts that end a reply; `source`: who says so."""

    name: str
    description: str
    models: tuple[str, ...]
    source: str
    template: str
    stop: tuple[str, ...]


@cache
def formats() -> Mapping[str, ChatFormat]:
    """Every format by name."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}


def chat_format(name: str, model: str) -> ChatFormat | None:
    """The format called `name`; without a name, that of the model called `model`, if it is listed with one.

    Raises:
        ConfigError: If no format has that name.
    """
    if name:
        if name not in formats():
            raise ConfigError(f"no chat format is called '{name}'", remedy=did_you_mean(name, list(formats())))
        return formats()[name]
    return next((known for known in formats().values() if model.lower() in map(_stored, known.models)), None)


def _stored(repo: str) -> str:
    """What a pulled repository is called in the store, in lower case."""
    return repo.replace("/", "--").lower()


def _read(path: Path) -> ChatFormat:
    table = tomllib.loads(path.read_text("utf-8"))
    return ChatFormat(
        path.stem,
        table["description"],
        tuple(table["models"]),
        table["source"],
        table["template"],
        tuple(table["stop"]),
    )
