"""Whatever a person is called and whatever was said, documents show it as it is and take none of it for markup."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.helpers.transcripts import assigned, opening, turn
from voicedoc.core.labels import is_label, one_line
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.export.escapes import in_markdown
from voicedoc.export.formats import FORMATS
from voicedoc.export.transcript import Transcript, transcript_of

pytestmark = pytest.mark.unit

NAMES = (
    "*Ana* _Silva_ `x` ~~no~~",
    "</script><img src=x onerror=alert(1)>",
    "[Ana](javascript:alert(1)) <b>",
    "a | b &lt; & c \\N {\\an8}{b}",
    "--> 00:00:01.000 # ##",
    "Ana\n\nWEBVTT \x1b[31m\x00",
)


def transcript_with(name: str, said: str = "Hello.") -> Transcript:
    events = [opening("en", "pt"), *turn(1, Span(0.0, 4.0), said, "en", "S1"), assigned("S1", Role.OTHER, name=name)]
    return transcript_of(events)


def written(name: str, format_name: str, folder: Path, said: str = "Hello.") -> str:
    made = FORMATS[format_name]
    made.write(transcript_with(name, said), folder)
    path = folder / made.files[0].replace("*", "")
    return path.read_text("utf-8")


class Shown(HTMLParser):
    """A page's text and elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.elements = "", list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(markdown: str) -> Shown:
    return Shown(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def marked_up(shown: Shown) -> int:
    return sum(tag in {"img", "a", "code", "s", "b", "script"} for tag in shown.elements)


def in_markdown_file(text: str) -> str:
    shown = rendered(text)
    assert marked_up(shown) == 0
    assert shown.elements.count("em") == 0
    return shown.text


def in_page(text: str) -> str:
    shown = Shown(text)
    assert "img" not in shown.elements
    return shown.text


def in_subrip_file(text: str) -> str:
    assert not re.search(r"[<{][^\u2060]", text)
    assert "\x00" not in text
    assert len(text.split("\n\n")) == 2, "one cue, and the end"
    return text.replace("\u2060", "")


def in_webvtt(text: str) -> str:
    (name,) = re.findall(r"<v ([^<>\n]*)>", text)
    assert text.count("-->") == 1
    return html.unescape(name).replace("\u2060", "")


def in_json(text: str) -> str:
    title = json.loads(text)["speakers"][0]["title"]
    assert isinstance(title, str)
    return title


def in_fhir(text: str) -> str:
    bundle = json.loads(text)
    sections = bundle["entry"][0]["resource"]["section"]
    return "".join(shown for section in sections for shown in ElementTree.fromstring(section["text"]["div"]).itertext())


READ: dict[str, Callable[[str], str]] = {
    "md": in_markdown_file, "html": in_page, "vtt": in_webvtt, "json": in_json, "fhir": in_fhir,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_name", READ)
def test_a_speakers_name_is_shown_as_it_is(format_name: str, name: str, tmp_path: Path) -> None:
    if FORMATS[format_name].extra:
        pytest.importorskip(FORMATS[format_name].packages[0])
    assert one_line(name) in READ[format_name](written(name, format_name, tmp_path))


@pytest.mark.parametrize("name", NAMES)
def test_a_speakers_name_is_shown_in_word_and_rttm(name: str, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    FORMATS["docx"].write(transcript_with(name), tmp_path)
    tables = docx.Document(str(tmp_path / "transcript.docx")).tables
    assert one_line(name) in [cell.text for table in tables for row in table.rows for cell in row.cells]
    (line,) = written(name, "rttm", tmp_path).splitlines()
    assert len(line.split()) == 10
    assert line.split()[7] == "_".join(one_line(name).split())


@pytest.mark.parametrize("name", [name for name in NAMES if len(one_line(name)) <= 19] + ["<i>Ana</i>", "{b}", "a\nb"])
def test_a_speakers_name_is_shown_in_subtitles(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pysubs2")
    assert f"[{one_line(name)}]" in in_subrip_file(written(name, "srt", tmp_path))


@pytest.mark.parametrize("said", NAMES)
@pytest.mark.parametrize("format_name", ["md", "html", "fhir"])
def test_what_was_said_is_shown_as_it_is(format_name: str, said: str, tmp_path: Path) -> None:
    if FORMATS[format_name].extra:
        pytest.importorskip(FORMATS[format_name].packages[0])
    assert one_line(said).split()[0] in READ[format_name](written("", format_name, tmp_path, said))


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("*_`[]<>|~&#;\\")).map(one_line).filter(bool))
def test_markdown_gives_back_any_text(text: str) -> None:
    shown = rendered(f"**0:00 {in_markdown(text)}** \u2068{in_markdown(text)}\u2069")
    assert marked_up(shown) == 0
    assert shown.text.strip() == f"0:00 {text} \u2068{text}\u2069"


@given(st.text())
def test_any_text_on_one_line_is_a_label(text: str) -> None:
    made = one_line(text)
    assert is_label(made) == bool(made)
    assert one_line(made) == made
