"""The window: the places at its side, one of them shown, and at its foot what must be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.views.navigation import Navigation
from voicedoc_desktop.views.passphrase import PassphraseDialog
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.question import Question, asked
from voicedoc_desktop.widgets.toasts import Toasts

NARROW = 900
"""Pixels of width below which the navigation folds."""

MOST_NOTICES = 3


@dataclass(frozen=True)
class Making:
    """How a place's view-model and its view are made, when somebody first goes there."""

    model: Callable[[Desk, SettingsStore], Screen]
    view: Callable[[Screen], QWidget]


class MainWindow(QMainWindow):
    """The window over all places. View-models live as long as it; `rebuild` makes the views anew.

    Signals:
        closed: Everything has ended; nothing is shown any more.
    """

    closed = Signal()

    def __init__(self, desk: Desk, settings: SettingsStore, places: Mapping[Place, Callable[[], Making]]) -> None:
        super().__init__()
        self._desk, self._settings, self._places = desk, settings, places
        self._makings: dict[Place, Making] = {}
        self.models: dict[Place, Screen] = {}
        self.views: dict[Place, QWidget] = {}
        self._notices: dict[str, Notice] = {}
        self.place = Place.HOME
        self._is_closing = False
        self.setWindowTitle("VoiceDoc")
        self.setMinimumSize(640, 480)
        self.resize(settings.now.width, settings.now.height)
        desk.died.connect(self._process_died)
        desk.passphrase_wanted.connect(self._ask_passphrase)
        settings.failed.connect(self._settings_failed)
        self._build()

    # --- what is shown

    def _build(self) -> None:
        whole, middle = QWidget(), QWidget()
        self.navigation = Navigation()
        self.navigation.chosen.connect(lambda place: self.go(Go(place)))
        self.navigation.fold_wanted.connect(lambda folded: self._settings.change(folded=folded))
        self.stack = QStackedWidget()
        self.busy_bar = self._busy_bar()
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        self._foot.setSpacing(GRID)
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addWidget(middle, 1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.busy_bar)
        column.addWidget(self.stack, 1)
        column.addLayout(self._foot)
        self.setCentralWidget(whole)
        self.toasts = Toasts(self, self.stack)
        self._fold_if_narrow()
        self._show_notices()

    def _busy_bar(self) -> Banner:
        made = Banner(Notice("", tone=Tone.INFO))
        made.add_action(button(self.tr("Back to it"), self._back_to_busy, icon="visit", role="primary"))
        made.hide()
        return made

    def rebuild(self) -> None:
        """Make every view anew: the language has changed."""
        self.toasts.deleteLater()
        self.views.clear()
        self._build()
        self._show(self.place)

    # --- going places

    def go(self, go: Go) -> None:
        """Show a place. One that is being used for something is not left without a word."""
        if go.place is not self.place and not self._may_leave():
            self.navigation.show_place(self.place)
            return
        if go.place is not self.place and self.place in self.models:
            self.models[self.place].leave()
        self.place = go.place
        model = self._model(go.place)
        self._show(go.place)
        model.arrive(go)

    def _may_leave(self) -> bool:
        here = self.models.get(self.place)
        if here is None or not here.busy:
            return True
        return asked(
            Question(
                self,
                self.tr("Leave this place?"),
                self.tr("{what}. It goes on meanwhile, and a bar above leads back to it.").format(what=here.busy),
                yes=self.tr("Look elsewhere"),
                no=self.tr("Stay"),
            )
        )

    def _making(self, place: Place) -> Making:
        if place not in self._makings:
            self._makings[place] = self._places[place]()
        return self._makings[place]

    def _model(self, place: Place) -> Screen:
        if place not in self.models:
            made = self._making(place).model(self._desk, self._settings)
            made.setParent(self)
            made.wants.connect(self.go)
            made.noticed.connect(self.notice)
            made.said.connect(self._say)
            made.busy_changed.connect(lambda _: self._show_busy())
            self.models[place] = made
        return self.models[place]

    def _show(self, place: Place) -> None:
        model = self._model(place)
        if place not in self.views:
            self.views[place] = self._making(place).view(model)
            self.stack.addWidget(self.views[place])
        self.stack.setCurrentWidget(self.views[place])
        self.navigation.setVisible(place is not Place.WELCOME)
        self.navigation.show_place(place)
        self._show_busy()

    def _busy_place(self) -> Place | None:
        return next((place for place, model in self.models.items() if model.busy), None)

    def _show_busy(self) -> None:
        place = self._busy_place()
        self.busy_bar.setVisible(place not in (None, self.place))
        if place is not None:
            self.busy_bar.show_notice(Notice(self.models[place].busy, tone=Tone.INFO))

    def _back_to_busy(self) -> None:
        place = self._busy_place()
        if place is not None:
            self.go(Go(place))

    # --- what must be seen

    def _say(self, words: str) -> None:
        """The toasts are made anew with the views."""
        self.toasts.say(words)

    def notice(self, notice: Notice) -> None:
        """Show something at the foot, until somebody puts it away."""
        key = notice.code or notice.text
        self._notices.pop(key, None)
        self._notices[key] = notice
        self._show_notices()

    def _put_away(self, key: str) -> None:
        self._notices.pop(key, None)
        self._show_notices()

    def _show_notices(self) -> None:
        while (item := self._foot.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, notice in list(self._notices.items())[-MOST_NOTICES:]:
            banner = Banner(notice, can_be_put_away=True)
            banner.put_away.connect(lambda key=key: self._put_away(key))
            self._foot.addWidget(banner)

    def _process_died(self, process: str) -> None:
        if process == "visit":
            text = self.tr("The part of the app that interprets ended unexpectedly.")
            remedy = self.tr("What was said is kept: a visit that had begun can be continued on the Visit screen.")
        else:
            text = self.tr("The part of the app that works in the background ended unexpectedly.")
            remedy = self.tr("Nothing that was kept is lost. It is started again when it is needed.")
        self.notice(Notice(text, remedy, Tone.BAD, f"died-{process}"))

    def _settings_failed(self, why: str) -> None:
        text = self.tr("The settings cannot be written: {why}").format(why=why)
        self.notice(Notice(text, self.tr("They hold until the app closes."), Tone.WARN, "settings"))

    def _ask_passphrase(self, wanted: object) -> None:
        dialog = PassphraseDialog(self, is_new=bool(getattr(wanted, "twice", False)))
        dialog.exec()
        self._desk.answer_passphrase(dialog.text)

    # --- the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation where there is little room."""
        super().resizeEvent(event)
        self._fold_if_narrow()

    def _fold_if_narrow(self) -> None:
        folded = self._settings.now.folded or self.width() < NARROW
        if folded != self.navigation.is_folded:
            self.navigation.fold(folded=folded)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask where something is under way; then end everything, in its order, with nothing shown any more."""
        if self._is_closing:
            return
        if not self._may_close():
            event.ignore()
            return
        self._is_closing = True
        for model in self.models.values():
            model.close()
        self._keep_size()
        for shown in QApplication.topLevelWidgets():  # the patient's window too
            shown.hide()
        self._desk.ended.connect(self.closed)
        self._desk.end()

    def _may_close(self) -> bool:
        what = next((words for model in self.models.values() if (words := model.busy or model.runs)), "")
        if not what:
            return True
        return asked(
            Question(
                self,
                self.tr("Close VoiceDoc?"),
                self.tr("{what}. Closing ends it; what was said is kept.").format(what=what),
                yes=self.tr("End it and close"),
                no=self.tr("Stay"),
                is_danger=True,
            )
        )

    def _keep_size(self) -> None:
        if self.isMaximized():
            self._settings.change(maximized=True)
        else:
            self._settings.change(maximized=False, width=self.width(), height=self.height())
