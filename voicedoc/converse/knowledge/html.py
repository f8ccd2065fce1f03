"""HTML pages by Beautiful Soup: what they say, without what leads elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicedoc.converse.knowledge.readers import Read
from voicedoc.registry import missing_package

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NOT_SAID = (
    *("script", "style", "noscript", "template", "nav", "aside", "form", "button", "select", "textarea", "svg"),
    *("iframe", "object", "dialog", "head", "canvas"),
)
_LEADS_ELSEWHERE = ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "tr", "dt", "dd", "blockquote", "pre", "figcaption", "div")


def read_html(raw: bytes) -> Read:
    """What a page says, a paragraph a line, headings marked with "#"; navigation, forms and hidden text are left out.

    Raises:
        BackendUnavailable: If Beautiful Soup is not installed.
    """
    try:
        from bs4 import BeautifulSoup
    except ImportError as error:
        raise missing_package(error, "knowledge") from error
    page = BeautifulSoup(raw, "html.parser")
    title = page.title.get_text(" ", strip=True) if page.title else ""
    language = str(page.html.get("lang", "")) if page.html else ""
    _drop(page)
    body = page.find("main") or page.find("article") or page.body or page
    return Read("\n\n".join(_paragraphs(body)), title, language)


def _drop(page: BeautifulSoup) -> None:
    """Take out what is not said to a reader."""
    for tag in page.find_all(_NOT_SAID):
        tag.decompose()
    for tag in page.find_all(["header", "footer"]):
        if tag.find_parent(["article", "main"]) is None:
            tag.decompose()
    for tag in page.find_all(_is_unseen):
        if not tag.decomposed:
            tag.decompose()


def _is_unseen(tag: Tag) -> bool:
    role = str(tag.get("role", ""))
    hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or _HIDDEN.search(str(tag.get("style", "")))
    return role in _LEADS_ELSEWHERE or bool(hidden)


def _paragraphs(body: Tag) -> list[str]:
    """The text of each block that holds no other block, and of what stands between blocks."""
    for tag in body.find_all("br"):
        tag.replace_with(" ")
    for tag in body.find_all(_BLOCKS):
        mark = "#" * int(tag.name[1]) + " " if re.fullmatch(r"h[1-6]", tag.name) else "- " if tag.name == "li" else ""
        tag.insert(0, f"\n\n{mark}")
        tag.append("\n\n")
    pieces = re.split(r"\n\s*\n", body.get_text())
    lines = (" ".join(piece.split()) for piece in pieces)
    return [line for line in lines if line.strip("#- ")]
