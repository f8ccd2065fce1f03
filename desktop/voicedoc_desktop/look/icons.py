"""Our icons: lines on a grid of 24, in the colour that is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from voicedoc_desktop.look.apply import design, look

FOLDER = Path(__file__).with_name("icons")

MIRRORED = frozenset({"back", "forward", "continue", "send"})
"""Icons that point along the line of reading."""


def icon_names() -> tuple[str, ...]:
    """Every icon that there is."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def pixmap(name: str, token: str, size: int) -> QPixmap:
    """The icon `name` in one of the palette's colours, `size` units high.

    Raises:
        KeyError: If there is no such icon.
    """
    wanted, app = design(), QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    from_right = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    colour = wanted.palette.as_dict()[token]
    return _drawn(name, colour, wanted.px(size), ratio, mirrored=name in MIRRORED and from_right)


@cache
def _source(name: str) -> str:
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise KeyError(f"no icon is called '{name}'; there are {', '.join(icon_names())}")
    return path.read_text("utf-8")


@cache
def _drawn(name: str, colour: str, size: int, ratio: float, *, mirrored: bool) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    if mirrored:
        painter.translate(drawn.width(), 0)
        painter.scale(-1, 1)
    renderer.render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, token: str = "text", *, size: int = 20) -> QIcon:
    """The icon as buttons want it: muted where it is disabled."""
    made = QIcon(pixmap(name, token, size))
    made.addPixmap(pixmap(name, "muted", size), QIcon.Mode.Disabled)
    return made


def set_icon(widget: QAbstractButton | QLabel, name: str, token: str = "text", *, size: int = 20) -> None:
    """Show an icon on a button or a label, `size` units high; it follows the look and the direction of reading."""
    widget.setProperty("icon-name", name)
    widget.setProperty("icon-token", token)
    widget.setProperty("icon-size", size)
    _show(widget)
    the_look = look()
    if not the_look.property("refreshes-icons"):
        the_look.setProperty("refreshes-icons", True)
        the_look.changed.connect(lambda _: refresh_icons())


def refresh_icons() -> None:
    """Draw every icon anew: the colours, the size of text or the direction of reading have changed."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, (QAbstractButton, QLabel)) and widget.property("icon-name") is not None:
            _show(widget)


def _show(widget: QAbstractButton | QLabel) -> None:
    name, token = str(widget.property("icon-name")), str(widget.property("icon-token"))
    size = int(widget.property("icon-size"))
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, token, size))
        return
    pixels = design().px(size)
    widget.setIcon(icon(name, token, size=size))
    widget.setIconSize(QSize(pixels, pixels))
