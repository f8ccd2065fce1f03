"""PDF files by pypdf: their text, page after page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicedoc.converse.knowledge.readers import Read, one_line_each
from voicedoc.errors import ConfigError
from voicedoc.registry import missing_package

if TYPE_CHECKING:
    from pypdf import PdfReader

_SCANNED = 20
"""Letters a page, on average, below which pages are pictures."""


def read_pdf(raw: bytes, where: str) -> Read:
    """The text of a PDF. Lines are joined to paragraphs, words that lines divide put together.

    Raises:
        BackendUnavailable: If pypdf is not installed.
        ConfigError: If it is damaged, needs a password, or its pages are pictures.
    """
    try:
        import pypdf
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise missing_package(error, "knowledge") from error
    try:
        with _quiet():
            reader = pypdf.PdfReader(io.BytesIO(raw))
            _check_open(reader, where)
            texts = [_tidy(page.extract_text()) for page in reader.pages]
            title = str(reader.metadata.title or "") if reader.metadata else ""
    except DependencyError as error:
        raise ConfigError(f"{where} is locked: {error}", remedy="save a copy without a password") from error
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        # pypdf meets damage wherever it is, and not always with an error of its own
        raise ConfigError(
            f"{where} is not a sound PDF: {error}", remedy="open and save it anew, or use text"
        ) from error
    if sum(map(len, texts)) < _SCANNED * max(1, len(texts)):
        raise ConfigError(
            f"the {len(texts)} pages of {where} are pictures without text",
            remedy="run text recognition on it first (ocrmypdf in.pdf out.pdf), then add the result",
        )
    return _joined(texts, title.strip())


def _check_open(reader: PdfReader, where: str) -> None:
    """Many are encrypted with an empty password, for reading by anyone."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise ConfigError(f"{where} needs a password", remedy="save a copy without a password, and add that")


def _tidy(text: str) -> str:
    text = re.sub(r"(?<=[^\W\d_])-\n(?=[^\W\d_])", "", text.replace("\0", ""))
    return one_line_each(text).strip()


def _joined(texts: list[str], title: str) -> Read:
    pages, whole = [], ""
    for text in texts:
        pages.append(len(whole))
        whole += text + "\n\n"
    return Read(whole, title, "", tuple(pages))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pypdf logs of flaws in a file, which may quote the file, out of the log."""
    log = logging.getLogger("pypdf")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before
