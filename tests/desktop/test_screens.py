"""Every screen, light, dark, from right to left and in large text: drawn for people to look at, walked for what lacks.

The pictures go to the folder `VOICEDOC_SCREENSHOTS`, else to pytest's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from voicedoc_desktop.look.apply import look
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.words.load import speak

from tests.desktop.conftest import ScriptedDesk
from tests.desktop.screens import Studio, load_screens

pytestmark = pytest.mark.unit

FORMS = {
    "light": ("light", "en", 100),
    "dark": ("dark", "en", 100),
    "right-to-left": ("light", "ar", 100),
    "large": ("light", "en", 150),
}
"""Theme, language, and size of text."""

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QProgressBar, QTextEdit,
)  # fmt: skip


@pytest.fixture(scope="module", params=FORMS)
def form(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """How everything is drawn; one form after the other, since changing it takes long."""
    theme, language, text_size = FORMS[request.param]
    look().apply(theme, text_size)
    speak(qapp, language)
    qapp.setProperty("test-look", (theme, text_size))
    qapp.setProperty("test-language", language)
    yield str(request.param)
    qapp.setProperty("test-look", None)
    qapp.setProperty("test-language", None)
    look().apply("light", 100)
    speak(qapp, "en")


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("VOICEDOC_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def studio(desk: ScriptedDesk, tmp_path: Path) -> Studio:
    return Studio(desk, SettingsStore(tmp_path / "desktop.toml"), tmp_path)


def _shown(qtbot: QtBot, studio: Studio, name: str) -> QWidget:
    view = load_screens()[name](studio)
    qtbot.addWidget(view)
    if not isinstance(view, QDialog):
        view.resize(1180, 820)
    view.show()
    qtbot.waitExposed(view)
    for _ in range(3):
        QApplication.processEvents()
    return view


@pytest.mark.parametrize("name", load_screens())
def test_a_screen_is_drawn_and_nothing_of_it_is_cut_off(
    qtbot: QtBot, studio: Studio, pictures: Path, name: str, form: str
) -> None:
    view = _shown(qtbot, studio, name)
    _whole(view)
    picture = view.grab()
    assert picture.save(str(pictures / f"{name}.{form}.png"))
    assert [_called(widget) for widget in _controls(view) if _is_cut(widget)] == []


@pytest.mark.parametrize("name", ["passphrase", "question", "review-export"])
def test_a_dialog_is_as_high_as_its_words(qtbot: QtBot, studio: Studio, name: str, form: str) -> None:
    del form
    view = _shown(qtbot, studio, name)
    layout = view.layout()
    assert layout is not None
    assert view.height() >= layout.totalHeightForWidth(view.width())


def _whole(view: QWidget) -> None:
    """Make a view as high as what it scrolls through, so that a picture has all of it."""
    areas = [area for area in view.findChildren(QScrollArea) if area.widget() is not None and area.isVisible()]
    more = max((area.widget().height() - area.viewport().height() for area in areas), default=0)
    if more > 0:
        view.resize(view.width(), min(view.height() + more, 3000))
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("name", load_screens())
def test_every_control_says_what_it_is(qtbot: QtBot, studio: Studio, name: str) -> None:
    view = _shown(qtbot, studio, name)
    nameless = [_called(widget) for widget in _controls(view) if not _name_of(widget)]
    assert nameless == []


@pytest.mark.parametrize("name", load_screens())
def test_every_control_can_be_reached_by_keyboard(qtbot: QtBot, studio: Studio, name: str) -> None:
    view = _shown(qtbot, studio, name)
    wanted = {widget for widget in _controls(view) if widget.isEnabled() and not isinstance(widget, QProgressBar)}
    reached = set()
    first = next((widget for widget in _chain(view)), None)
    for widget in _chain(view):
        if widget.focusPolicy() & widget.focusPolicy().TabFocus:
            reached.add(widget)
    assert first is not None or not wanted
    assert [_called(widget) for widget in wanted - reached if not _is_part(widget, reached)] == []


def _chain(view: QWidget) -> Iterator[QWidget]:
    """The widgets in the order in which Tab goes through them."""
    widget = view.nextInFocusChain()
    while widget is not None and widget is not view:
        if view.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()


def _controls(view: QWidget) -> list[QWidget]:
    """What people use, of what is shown; not the parts that Qt makes a control of."""
    shown = [widget for kind in CONTROLS for widget in view.findChildren(kind) if widget.isVisibleTo(view)]
    own = [widget for widget in dict.fromkeys(shown) if not widget.objectName().startswith("qt_")]
    return [widget for widget in own if not isinstance(widget, QScrollBar)]


def _is_part(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether it belongs to a control that is reached, or steers with the arrow keys in a group."""
    parent = widget.parentWidget()
    return parent in reached or bool(widget.property("by-arrows"))


def _name_of(widget: QWidget) -> str:
    parent = widget.parentWidget()
    own = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    is_inside = isinstance(parent, (QComboBox, QAbstractSpinBox)) or (parent and parent.inherits("QKeySequenceEdit"))
    return own or (parent.accessibleName() if is_inside and parent else "")


def _is_cut(widget: QWidget) -> bool:
    """Whether a button's words need more room than it has."""
    if not isinstance(widget, QAbstractButton) or not widget.text():
        return False
    return widget.width() + 1 < min(widget.minimumSizeHint().width(), widget.sizeHint().width())


def _called(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} '{words}' in {type(widget.parentWidget()).__name__}"
