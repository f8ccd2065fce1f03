"""The listening page: one file with everything in it, safe to open, true to the transcript."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tracemalloc
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.browser import Browser, installed_browser
from tests.helpers.recordings import lag, noise, write
from tests.helpers.transcripts import ARABIC, DURATION, consultation, consultation_events, heard
from voicedoc.capture.spool import stream_mono
from voicedoc.core.speech import Critical, Role, Translation, Word
from voicedoc.core.time import Span
from voicedoc.export.formats import FORMATS
from voicedoc.export.page import clip, write_page
from voicedoc.export.page import write as page_writer
from voicedoc.export.page.columns import cells_of, columns_of
from voicedoc.export.page.marking import Mark, mark_for, marked_text, place_words
from voicedoc.export.page.rows import voices_of
from voicedoc.export.transcript import Line, Transcript, transcript_of

pytestmark = pytest.mark.unit

ASSETS = Path(page_writer.__file__).parent


class Reader(HTMLParser):
    """What a browser would see: elements with their attributes, and the text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.raw: list[tuple[dict[str, str], str]] = []
        self.text = ""
        self._within: tuple[str, dict[str, str]] = ("", {})
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = (tag, {name: value or "" for name, value in attrs})
        self.elements.append(self._within)

    def handle_endtag(self, tag: str) -> None:
        self._within = ("", {})

    def handle_data(self, data: str) -> None:
        tag, attributes = self._within
        if tag in ("script", "style"):
            self.raw.append((attributes | {"tag": tag}, data))
        else:
            self.text += data

    def having(self, name: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.elements if name in attributes]

    def data(self) -> dict[str, Any]:
        return dict(json.loads(next(text for attributes, text in self.raw if attributes.get("id") == "data")))

    def sound(self) -> bytes:
        return b"".join(b64decode(text) for attributes, text in self.raw if attributes.get("class") == "sound")


def page_of(transcript: Transcript, folder: Path) -> Reader:
    write_page(transcript, folder)
    return Reader((folder / "listen.html").read_text("utf-8"))


def with_sound(folder: Path, seconds: float = DURATION, *, n_channels: int = 1) -> Path:
    folder.mkdir(exist_ok=True)
    write(folder / "audio.flac", noise(seconds, rate=16_000, n_channels=n_channels), 16_000)
    return folder


# --- what the page says


def test_every_text_of_the_transcript_is_on_the_page(tmp_path: Path) -> None:
    transcript = consultation()
    text = page_of(transcript, tmp_path).text
    for line in transcript.in_time():
        assert line.text in text
        assert all(made.text in text for made in line.translations.values())
        assert all(warning in text for warning in line.warnings)
    assert all(notice in text for notice in transcript.notices)
    assert transcript.opened is not None
    assert all(model.sha256 in text for model in transcript.opened.models)
    assert "not reviewed" in text
    assert "0:44.0" in text  # nothing was heard there


def test_a_language_that_nobody_expected_gets_a_column_of_its_own() -> None:
    transcript = consultation()
    transcript.lines[1].hypothesis = heard("Guten Tag.", "de", Span(0.5, 4.0))
    columns = columns_of(transcript)
    assert [column.language for column in columns] == ["en", "pt", "ar", "de"]
    assert [cell.text for cell in cells_of(transcript.lines[1], columns).values()] == [
        "Guten Tag.",
        "Bom dia. O que o traz cá hoje?",
    ]


def test_two_regions_of_a_language_share_a_column_unless_both_are_asked_for() -> None:
    line = Line(1, Span(0.0, 1.0), hypothesis=heard("Hello.", "en", Span(0.0, 1.0)))
    line.translations = {
        "pt-PT": Translation("Olá.", "en", "pt-PT", ()),
        "pt-BR": Translation("Oi.", "en", "pt-BR", ()),
    }
    transcript = Transcript(lines={1: line})
    assert [column.language for column in columns_of(transcript)] == ["en", "pt-PT"]
    transcript = consultation()
    transcript.lines = {1: line}
    both = (*columns_of(consultation()), *columns_of(Transcript(lines={1: line}))[1:])
    assert cells_of(line, both)[3].text == "Olá."


def test_right_to_left_scripts_have_their_direction_and_every_text_its_language(tmp_path: Path) -> None:
    page = page_of(consultation(), tmp_path)
    cells = [each for each in page.having("lang") if "data-column" in each]
    assert {(each["lang"], each["dir"]) for each in cells} == {("en", "ltr"), ("pt", "ltr"), ("ar", "rtl")}
    assert ARABIC in page.text


def test_a_lost_number_is_marked_where_it_was_said_and_linked_from_the_list(tmp_path: Path) -> None:
    write_page(consultation(), tmp_path)
    html = (tmp_path / "listen.html").read_text("utf-8")
    assert re.search(r'<mark class="missing" title="[^"]*2\.5[^"]*">2\.5</mark>', html)
    assert '<a href="#f1">0:11.0</a>' in html
    assert html.count('id="f1"') == 1
    assert html.count("the number 2.5 is not in the translation") == 3  # mark, list, line; not once more as a warning


def test_an_invented_number_is_marked_in_its_own_translation_only() -> None:
    item = Critical("number", "5", "5", 5, 6)
    assert mark_for("take 5 mg", item, "invented", "why") == [Mark(5, 6, "invented", "why")]
    assert mark_for("tome cinco", item, "invented", "why") == []
    assert mark_for("", item, "invented", "why") == []


def test_unsure_words_are_marked_with_their_probability() -> None:
    words = (Word("Take", Span(0, 1), 0.9), Word("it", Span(1, 2), 0.31))
    html = marked_text("Take it", place_words("Take it", words, first_number=7), [])
    assert html == ('<span data-w="7">Take</span> <span data-w="8" class="unsure" title="31% sure">it</span>')


def test_a_mark_may_begin_and_end_within_words() -> None:
    words = place_words("20mg now", (Word("20mg", Span(0, 1), 0.9), Word(" now", Span(1, 2), 0.9)))
    html = marked_text("20mg now", words, [Mark(2, 6, "missing", "a"), Mark(0, 4, "invented", "b")])
    assert Reader(html).text == "20mg now"
    assert '<mark class="invented" title="b">20</mark><mark class="missing invented" title="a; b">mg</mark>' in html
    assert '<mark class="missing" title="a"> </mark><span data-w="1"><mark class="missing" title="a">n</mark>ow' in html


def test_a_word_that_is_not_in_the_text_derails_no_other() -> None:
    text = "I have had a pain for two days"
    words = tuple(Word(word, Span(0, 1), 0.9) for word in ["I", "have", "had", "uh", "a", "pain", "for", "2", "days"])
    placed = place_words(text, words)
    assert [text[each.start : each.end] for each in placed] == ["I", "have", "had", "a", "pain", "for", "days"]


@given(
    text=st.text(max_size=60),
    cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
    words=st.lists(st.text(max_size=6), max_size=12),
)
def test_marking_never_changes_a_text(text: str, cuts: list[tuple[int, int]], words: list[str]) -> None:
    said = (*text.split(), *words)
    placed = place_words(text, [Word(word, Span(0, 1), 0.4) for word in said])
    marks = [Mark(min(cut), max(cut), "missing", '<"&') for cut in cuts]
    pieces = re.sub(r"<[^>]*>", "", marked_text(text, placed, marks).replace("&lt;&quot;&amp;", ""))
    assert pieces == re.sub(r"<[^>]*>", "", marked_text(text, [], []))


def test_speakers_of_one_name_are_told_apart_and_names_are_kept() -> None:
    transcript = consultation()
    transcript.speakers["S2"].name = transcript.speakers["S1"].name = "Silva"
    names = {voice.key: voice.name for voice in voices_of(transcript)}
    assert names == {"S1": "Silva (S1)", "S2": "Silva (S2)", "S3": "S3", "unknown": "unknown"}


def test_every_word_has_its_time_and_every_line_its_words(tmp_path: Path) -> None:
    transcript = consultation()
    page = page_of(transcript, tmp_path)
    data = page.data()
    assert [int(each["data-w"]) for each in page.having("data-w")] == list(range(len(data["words"]) // 2))
    for row, line in zip(data["lines"], transcript.in_time(), strict=True):
        first, stop = row["words"]
        starts = data["words"][2 * first : 2 * stop : 2]
        assert row["id"] == line.utterance
        assert line.hypothesis is not None
        assert starts == pytest.approx([word.span.start for word in line.hypothesis.words], abs=0.001)
    assert [turn["start"] for turn in data["turns"]] == [turn.span.start for turn in transcript.turns]


@pytest.mark.parametrize(
    "transcript", [Transcript(), transcript_of(consultation_events()[:1]), Transcript(duration=9.0)]
)
def test_a_session_without_words_has_a_page_that_says_so(transcript: Transcript, tmp_path: Path) -> None:
    assert "No words were understood" in page_of(transcript, tmp_path).text


def test_no_findings_are_not_good_news_where_nobody_looked(tmp_path: Path) -> None:
    transcript = consultation()
    transcript.lines[3].findings = []
    assert "The guard found no number" in page_of(transcript, tmp_path).text
    assert transcript.opened is not None
    transcript.opened = replace(transcript.opened, stages=("recognize", "translate"))
    assert "were not checked" in page_of(transcript, tmp_path).text


# --- safety


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&<!--"


def test_nothing_that_people_said_or_named_becomes_markup(tmp_path: Path) -> None:
    transcript = consultation()
    elements = [tag for tag, _ in page_of(transcript, tmp_path).elements]
    transcript.source = f"{EVIL}.wav"
    transcript.speakers["S1"].name = EVIL
    transcript.speakers["S1"].reasons = (EVIL,)
    transcript.notices = [EVIL]
    line = transcript.lines[1]
    line.hypothesis = heard(EVIL, "en", Span(0.5, 4.0))
    line.translations["pt"] = Translation(EVIL, "en", "pt", ())
    line.warnings = [EVIL]
    page = page_of(transcript, tmp_path)
    assert [tag for tag, _ in page.elements if tag in ("script", "img")] == ["script"] * elements.count("script")
    assert page.text.count(EVIL) >= 5
    assert page.data()["voices"][0] == EVIL
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_the_policy_allows_this_script_and_style_and_nothing_from_anywhere(tmp_path: Path) -> None:
    page = page_of(consultation(), with_sound(tmp_path / "s"))
    policy = next(each["content"] for each in page.having("http-equiv"))
    style = next(text for attributes, text in page.raw if attributes["tag"] == "style")
    script = next(text for attributes, text in page.raw if attributes.get("type") == "module")
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (style, script)]
    assert policy.startswith("default-src 'none';")
    assert f"style-src {hashes[0]};" in policy
    assert f"script-src {hashes[1]};" in policy
    assert "unsafe" not in policy
    html = (tmp_path / "s" / "listen.html").read_text("utf-8")
    assert not re.search(r"https?://|\bsrc=|@import|url\(|\bfetch\(|\bstyle=", html)
    assert not page.having("href") or all(each["href"].startswith("#") for each in page.having("href"))


def test_a_name_with_bytes_that_are_no_characters_is_written(tmp_path: Path) -> None:
    transcript = consultation()
    transcript.source = "visit\udcff.wav"
    assert "visit?.wav" in page_of(transcript, tmp_path).text


def test_folders_of_the_machine_are_not_named(tmp_path: Path) -> None:
    transcript = consultation()
    transcript.source = r"C:\Users\maria\visit.wav"
    (tmp_path / "audio.flac").write_bytes(b"not audio at all")
    html = page_of(transcript, tmp_path).text
    assert "maria" not in html
    assert str(tmp_path) not in html


# --- the sound


def test_the_sound_is_in_the_page_and_every_moment_is_where_it_was(tmp_path: Path) -> None:
    folder = with_sound(tmp_path / "s", 20.0, n_channels=2)
    sound = page_of(consultation(), folder).sound()
    (tmp_path / "back.mp3").write_bytes(sound)
    back = np.concatenate(list(stream_mono(tmp_path / "back.mp3", 16_000)))
    original = np.concatenate(list(stream_mono(folder / "audio.flac", 16_000)))
    assert abs(back.size - original.size) < 0.1 * 16_000
    assert abs(lag(original, back)) < 0.005 * 16_000
    assert len(sound) == pytest.approx(20.0 * clip.BITS_PER_SECOND / 8, rel=0.02)


def test_every_frame_has_the_same_size_so_that_players_find_their_place(tmp_path: Path) -> None:
    with av.open(io.BytesIO(page_of(consultation(), with_sound(tmp_path / "s", 5.0)).sound()), "r") as container:
        sizes = {packet.size for packet in container.demux(audio=0) if packet.size}
    assert sizes == {round(clip.BITS_PER_SECOND / 8 * 576 / clip.RATE)}


def test_the_outline_has_the_loudest_sample_of_each_step(tmp_path: Path) -> None:
    samples = np.zeros(clip.RATE, np.float32)
    samples[clip.RATE // 2 : clip.RATE // 2 + 10] = -0.5
    soundfile.write(tmp_path / "a.wav", samples, clip.RATE, subtype="FLOAT")
    made = clip.write_clip(tmp_path / "a.wav", io.BytesIO())
    assert made.duration == 1.0
    assert [(place, peak) for place, peak in enumerate(made.peaks) if peak] == [(25, 128)]
    assert len(made.peaks) == clip.PEAKS_PER_SECOND


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "has no audio.flac"), (b"", "no sound"), (b"fLaC but not really", "cannot be read")],
)
def test_a_page_without_sound_works_and_says_why(content: bytes | None, reason: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "audio.flac").write_bytes(content)
    page = page_of(consultation(), tmp_path)
    assert reason in page.text
    assert "Tenho uma dor no peito" in page.text
    assert page.sound() == b""


def test_the_same_session_gives_the_same_page(tmp_path: Path) -> None:
    first, second = with_sound(tmp_path / "one", 5.0), with_sound(tmp_path / "two", 5.0)
    write_page(consultation(), first)
    write_page(consultation(), second)
    assert (first / "listen.html").read_bytes() == (second / "listen.html").read_bytes()


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    folder = with_sound(tmp_path / "s", 1.0)
    write_page(consultation(), folder)  # what is imported once is not counted
    write(folder / "audio.flac", np.tile(noise(10.0, rate=16_000), (30, 1)), 16_000)
    tracemalloc.start()
    try:
        write_page(consultation(), folder)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 300 * 16_000 * 4 / 2  # less than half of the decoded samples: 19 MB


def test_a_page_that_cannot_be_finished_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "listen.html").write_text("the earlier one")

    def full(_: object) -> Iterator[bytes]:
        yield b"some"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(page_writer, "_portions", full)
    with pytest.raises(OSError, match="No space"):
        write_page(consultation(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["listen.html"]
    assert (tmp_path / "listen.html").read_text() == "the earlier one"


def test_the_format_writes_the_page(tmp_path: Path) -> None:
    FORMATS["html"].write(consultation(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == list(FORMATS["html"].files)


# --- the script


@pytest.mark.skipif(shutil.which("node") is None, reason="no node")
def test_the_script_is_well_formed_and_finds_its_place_in_time(tmp_path: Path) -> None:
    whole = tmp_path / "page.mjs"
    whole.write_text("\n".join((ASSETS / name).read_text("utf-8") for name in page_writer.SCRIPTS), "utf-8")
    subprocess.run(["node", "--check", whole], check=True, timeout=60)
    asked = """
    const lines = [{start: 0, end: 9, voice: 0}, {start: 2, end: 3, voice: 1}, {start: 12, end: 13, voice: 0}];
    const data = {duration: 20, lines, turns: [], words: [2, 2.5, 0, 1, 12, 13], voices: ["a", "b"], nothingHeard: [],
                  peaks: {bytes: "AP8A", perSecond: 1}};
    const it = new Recording(data);
    console.log(JSON.stringify([
      [0, 2.2, 5, 10, 12].map((time) => it.lineAt(time)), [-1, 0.5, 2.2, 8, 12.5].map((time) => it.wordAt(time)),
      [it.wordBeside(2.2, 1), it.wordBeside(2.2, -1), it.wordBeside(19, 5)], it.voiceAt(2.5), it.loudest(0, 3),
      clockText(83.26), clockText(3600), clockText(59.96), folded("Três ÇÃO İ لا"),
    ]));
    """
    (tmp_path / "asked.mjs").write_text((ASSETS / "recording.js").read_text("utf-8") + asked, "utf-8")
    answer = subprocess.run(["node", tmp_path / "asked.mjs"], check=True, capture_output=True, text=True, timeout=60)
    assert json.loads(answer.stdout) == [
        [0, 1, 0, None, 2], [None, 1, 0, None, 2], [2, 1, 2], 1, 1,
        "1:23.3", "1:00:00.0", "1:00.0", "tres cao i لا",
    ]  # fmt: skip


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    program = installed_browser()
    if program is None:
        pytest.skip("no Chromium here")
    with Browser(program, tmp_path / "profile") as opened:
        yield opened


def test_in_a_browser_words_are_heard_and_lines_are_found(browser: Browser, tmp_path: Path) -> None:
    browser.open(page_path := write_and_name(with_sound(tmp_path / "s")))
    time = "Number(document.querySelector('.clock .now').textContent.split(':')[1])"
    bisoprolol = next(n for n, word in enumerate(words_on(browser)) if word.startswith("bisoprolol"))
    browser.click(f"[data-w='{bisoprolol}']")
    browser.wait_for(f"document.querySelector('.player.playing') && {time} > 13.9 && {time} < 17")
    browser.wait_for("document.querySelector('.line.now').id === 'u3'")
    browser.press(" ")
    browser.wait_for("!document.querySelector('.player.playing')")
    browser.press("ArrowDown")
    browser.wait_for(f"{time} === 18.2")
    browser.press("ArrowRight")
    browser.wait_for(f"{time} === 23.2")
    browser.press("/")
    browser.send("Input.insertText", text="TRES dias")
    browser.wait_for("document.querySelectorAll('.line:not([hidden])').length === 1")
    browser.press("Escape")
    browser.wait_for("document.querySelectorAll('.line[hidden]').length === 0")
    browser.click("[data-does=doubtful]")
    assert browser.value("[...document.querySelectorAll('.line:not([hidden])')].map(row => row.id)") == [
        "u3", "u4", "u9", "u12",
    ]  # fmt: skip
    browser.click("[data-voice='0']")
    assert browser.value("document.querySelector('#u3').hidden")
    browser.click("a[href='#f1']")
    browser.wait_for("!document.querySelector('#u3').hidden")
    browser.click("[data-shows='1']")
    assert browser.value("[...document.querySelectorAll('[data-column=\"1\"]')].every(cell => cell.hidden)")
    assert browser.console == []
    assert [url for url in browser.requests if not url.startswith(("blob:", page_path.as_uri()))] == []


def test_in_a_browser_a_page_without_sound_is_quiet(browser: Browser, tmp_path: Path) -> None:
    browser.open(write_and_name(tmp_path))
    assert browser.value("document.querySelector('.player').hidden")
    browser.click("[data-voice='1']")
    assert browser.value("document.querySelector('#u2').hidden")
    assert browser.console == []


def write_and_name(folder: Path) -> Path:
    write_page(consultation(), folder)
    return folder / "listen.html"


def words_on(browser: Browser) -> list[str]:
    return list(browser.value("[...document.querySelectorAll('[data-w]')].map(word => word.textContent)"))


def test_a_role_without_a_label_is_a_voice_too() -> None:
    line = Line(1, Span(0.0, 1.0), role=Role.DOCTOR, hypothesis=heard("Hello.", "en", Span(0.0, 1.0)))
    assert [voice.name for voice in voices_of(Transcript(lines={1: line}))] == ["doctor"]
