"""The starter set: short sheets about medicines and self-care, in English, written for this project.

Each is in `starter/*.md`: what it is about between lines of `+++`, in TOML, then its text. No clinician has reviewed
them; each names a public source to check it against.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from voicedoc.converse.knowledge.document import Check, Source
from voicedoc.converse.knowledge.readers import one_line_each
from voicedoc.converse.knowledge.store import KnowledgeStore

LICENCE = "Apache-2.0"

REVIEW = "unreviewed by a clinician"

_FOLDER = Path(__file__).parent / "starter"


def sheets() -> list[Source]:
    """All sheets, by name."""
    return [_sheet(path) for path in sorted(_FOLDER.glob("*.md"))]


def with_sheets(store: KnowledgeStore, *, again: bool = False) -> KnowledgeStore:
    """The store with the starter set in it, as it is now. `again` also brings back what the user removed."""
    there = sheets()
    store.sync_sheets(there, digest(there), again=again)
    return store


def digest(of: list[Source]) -> str:
    """What tells one state of the set from another."""
    return hashlib.sha256("\n".join(f"{sheet.source} {sheet.sha256}" for sheet in of).encode()).hexdigest()


def _sheet(path: Path) -> Source:
    raw = path.read_text("utf-8")
    _, front, body = raw.split("+++\n", 2)
    about = tomllib.loads(front)
    return Source(
        kind="sheet",
        source=f"starter/{path.stem}",
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        title=about["title"],
        text=one_line_each(body).strip() + "\n",
        language="en",
        licence=LICENCE,
        drugs=tuple(about["drugs"]),
        check=Check(about["publisher"], about["check"], about["url"]),
    )
