"""Reading a user's document: plain text, Markdown, HTML or PDF, as one text whose places answers cite."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from voicedoc.converse.knowledge.document import Source
from voicedoc.errors import ConfigError

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf")
"""What can be read."""

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")

LARGEST = 64 << 20
"""Bytes. What is larger is no document that somebody wrote for readers."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says. `title` and `language` are what it says of itself, or ""; `pages` are where pages begin."""

    text: str
    title: str = ""
    language: str = ""
    pages: tuple[int, ...] = ()


def read_source(path: Path, *, title: str = "", language: str = "", licence: str = "unknown") -> Source:
    """The document in a file. `title` and `language` overrule what the file says.

    Raises:
        ConfigError: If it cannot be read, holds no text, or its language is neither given nor plain.
        BackendUnavailable: If reading it needs a package that is not installed.
    """
    raw = _bytes(path)
    read = _read(path, raw)
    if _UNSEEN.search(read.text):
        read = without_unseen(read)
    if not read.text.strip():
        raise ConfigError(f"{path} holds no text", remedy="nothing to add; a scan needs text recognition (OCR) first")
    tag = language or read.language or language_by_script(read.text)
    if not tag:
        raise ConfigError(f"{path} does not say which language it is in", remedy="add --language en (or pt, es, …)")
    marked = f"{title}\0{tag}\0{licence}\0".encode()
    return Source(
        kind="file",
        source=str(path.resolve()),
        sha256=hashlib.sha256(marked + raw).hexdigest(),
        title=title or read.title or path.stem,
        text=read.text,
        language=tag,
        licence=licence,
        pages=read.pages,
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path} has more than {LARGEST >> 20} MB", remedy="add the parts that you need")
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}", remedy="check the name and its rights") from error


def _read(path: Path, raw: bytes) -> Read:
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        from voicedoc.converse.knowledge.pdf import read_pdf

        return read_pdf(raw, str(path))
    if suffix in (".html", ".htm"):
        from voicedoc.converse.knowledge.html import read_html

        return read_html(raw)
    if suffix in SUFFIXES:
        return read_text(raw, str(path))
    raise ConfigError(f"{path} is no kind of document that can be read", remedy=f"known: {', '.join(SUFFIXES)}")


def read_text(raw: bytes, where: str) -> Read:
    """Plain text or Markdown in UTF-8; its first heading is its title. Lines of a paragraph become one.

    Raises:
        ConfigError: If it is not UTF-8, or not text.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where} is not UTF-8 text: {error}", remedy="save it as UTF-8") from error
    if "\0" in text:
        raise ConfigError(f"{where} is not text", remedy=f"known kinds of document: {', '.join(SUFFIXES)}")
    text = one_line_each(text)
    heading = re.match(r"\s*#{1,6} +(\S.*)", text)
    return Read(text, heading[1].strip() if heading else "")


def without_unseen(read: Read) -> Read:
    """The same without letters that nobody sees, which could hide words from rules and show them to a machine."""
    pages = tuple(page - len(_UNSEEN.findall(read.text[:page])) for page in read.pages)
    return replace(read, text=_UNSEEN.sub("", read.text), pages=pages)


def one_line_each(text: str) -> str:
    """Each paragraph, heading and item of a list on one line; what breaks lines within them becomes a space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"(?<=\S)[ \t]*\n(?!\s*\n)(?!\s*(?:[-*+•#>|]|\d+[.)] ))(?=[ \t]*\S)", _space, text)


def _space(match: re.Match[str]) -> str:
    """A space, but not after a heading, which is a line."""
    line = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    return match.group() if line.lstrip().startswith("#") else " "


def language_by_script(text: str) -> str:
    """The language that a script alone tells: zh, hi, ar or ru; "" where it does not."""
    scripts = {"zh": "[\u4e00-\u9fff]", "hi": "[\u0900-\u097f]", "ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]"}
    n_letters = max(1, sum(letter.isalpha() for letter in text))
    n_of = {tag: len(re.findall(letters, text)) for tag, letters in scripts.items()}
    best = max(n_of, key=lambda tag: n_of[tag])
    return best if n_of[best] > n_letters / 2 else ""
