"""The look: colours that can be read, a style sheet that names only what there is, icons that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import voicedoc_desktop
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from voicedoc_desktop.look.apply import Design, look, style_sheet
from voicedoc_desktop.look.icons import FOLDER, icon_names, pixmap, set_icon
from voicedoc_desktop.look.palette import DARK, LIGHT, PAIRS, Palette, contrast
from voicedoc_desktop.state.notices import Tone
from voicedoc_desktop.widgets.banner import ICONS

pytestmark = pytest.mark.unit

PACKAGE = Path(voicedoc_desktop.__file__).parent


def test_black_on_white_has_the_contrast_that_the_standard_names() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1.0


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colours_has_the_contrast_of_wcag_aa(palette: Palette) -> None:
    colours = palette.as_dict()
    weak = [
        (pair.front, pair.back, round(contrast(colours[pair.front], colours[pair.back]), 2))
        for pair in PAIRS
        if contrast(colours[pair.front], colours[pair.back]) < pair.least
    ]
    assert weak == []


def test_every_rule_that_sets_ink_and_ground_uses_a_pair_that_is_checked() -> None:
    sheet = (PACKAGE / "look" / "style.qss").read_text("utf-8")
    known = {(pair.front, pair.back) for pair in PAIRS}
    found = set()
    for body in re.findall(r"\{([^{}]*)\}", sheet):
        ink = re.search(r"(?<![-\w])color: \$(\w+)", body)
        ground = re.search(r"(?<![-\w])background: \$(\w+)", body)
        if ink and ground:
            found.add((ink[1], ground[1]))
    assert found
    assert found - known == set()


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_is_filled_whole(palette: Palette, text_size: int) -> None:
    sheet = style_sheet(Design(palette, text_size))
    assert "$" not in sheet
    assert not re.search(r"\d+u\b", sheet)
    assert all(Path(path).is_file() for path in re.findall(r'url\("([^"]+)"\)', sheet))


def test_lengths_grow_with_the_text() -> None:
    assert (Design(LIGHT, 100).px(16), Design(LIGHT, 150).px(16)) == (16, 24)


def test_every_icon_can_be_drawn_in_any_colour() -> None:
    for name in icon_names():
        source = (FOLDER / f"{name}.svg").read_text("utf-8")
        assert QSvgRenderer(source.encode()).isValid(), name
        assert "currentColor" in source, name


def test_every_icon_that_is_named_is_there() -> None:
    named = set()
    for path in PACKAGE.rglob("*.py"):
        named |= set(re.findall(r'\bicon="([a-z-]+)"', path.read_text("utf-8")))
    assert named
    assert named | set(ICONS.values()) <= set(icon_names())
    assert set(ICONS) == set(Tone)


def test_an_icon_that_is_not_there_says_so(qapp: QApplication) -> None:
    with pytest.raises(KeyError, match="no icon is called 'unicorn'"):
        pixmap("unicorn", "text", 20)


def test_icons_follow_the_theme_and_the_size_of_text(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    look().apply("light", 100)
    set_icon(button, "home")
    before = button.icon().pixmap(20).toImage()
    look().apply("dark", 150)
    after = button.icon().pixmap(20).toImage(), button.iconSize().width()
    look().apply("light", 100)
    assert after[0] != before
    assert after[1] == 30
