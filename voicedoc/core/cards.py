"""What is known of a model, and a model that is in the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model whose files are in `path`, a folder, and have been verified.

    `name` is its card's; `sha256` the digest over all its files. A model that the user names by a folder or hub path
    of their own has no card: its `sha256` is computed when it is opened.
    """

    name: str
    path: Path
    sha256: str
    licence: str = ""
