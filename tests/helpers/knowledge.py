"""Documents and stores for tests of knowledge."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.knowledge.document import Source
from voicedoc.converse.knowledge.starter import with_sheets
from voicedoc.converse.knowledge.store import FILE, KnowledgeStore


class LetterEmbedder:
    """A `SentenceEmbedder` without a model: texts with the same letters side by side are near."""

    name = "letters"

    def __init__(self) -> None:
        self.n_embedded = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.n_embedded += len(texts)
        made = np.zeros((len(texts), 256), np.float32)
        for row, text in enumerate(texts):
            for at in range(len(text) - 2):
                made[row, hashlib.sha256(text[at : at + 3].lower().encode()).digest()[0]] += 1.0
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        return np.asarray(made / np.maximum(lengths, 1e-6), np.float32)


def source(text: str, *, name: str = "note.txt", language: str = "en", title: str = "Note") -> Source:
    """A user's document."""
    return Source(
        kind="file",
        source=f"/documents/{name}",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=title,
        text=text,
        language=language,
    )


def pdf(pages: Sequence[str], *, password: str = "") -> bytes:
    """A PDF whose pages have these lines; an empty page has no text, as a scan has none."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(400, 400)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawn = "".join(f"({line}) Tj 0 -16 Td " for line in text.splitlines())
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 350 Td {drawn}ET".encode("latin-1"))
        page[NameObject("/Contents")] = stream
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def starter_store(folder: Path) -> KnowledgeStore:
    """A store with the starter set; it is made once and then copied."""
    (folder / FILE).write_bytes(_starter_file())
    return KnowledgeStore(folder)


@cache
def _starter_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder, KnowledgeStore(Path(folder)) as store:
        with_sheets(store)
        return store.path.read_bytes()
