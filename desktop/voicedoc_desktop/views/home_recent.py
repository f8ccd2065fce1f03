"""The sessions that were: those that were cut off first, each with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.places import Place
from voicedoc_desktop.state.review import Known
from voicedoc_desktop.viewmodels.home import HomeViewModel
from voicedoc_desktop.viewmodels.home_screen import HomeState
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card, line
from voicedoc_desktop.widgets.empty import EmptyState, Loading
from voicedoc_desktop.widgets.labels import label
from voicedoc_desktop.widgets.language_box import name_here
from voicedoc_desktop.words.failures import failure_words


class RecentSessions(Card):
    """The list. It is made anew when the sessions change, and only then."""

    def __init__(self, model: HomeViewModel) -> None:
        super().__init__(QCoreApplication.translate("RecentSessions", "Recent visits"), "clock")
        self._model = model
        self._shown: object = ()

    def show_state(self, state: HomeState) -> None:
        """Show it."""
        wanted = (state.sessions, state.sessions_failure)
        if wanted == self._shown:
            return
        self._shown = wanted
        _clear(self.body)
        if state.sessions_failure is not None:
            self._show_failure(state.sessions_failure)
        elif state.sessions is None:
            self.body.addWidget(Loading(self.tr("Looking for visits …")))
            return
        self._show_sessions(state)

    def _show_failure(self, failure: Failure) -> None:
        words = failure_words(failure)
        banner = Banner(Notice(words.title, words.remedy, Tone.BAD))
        banner.setToolTip(words.details)
        self.body.addWidget(banner)

    def _show_sessions(self, state: HomeState) -> None:
        for session in state.unfinished:
            self.body.addWidget(self._cut_off(session))
        if not state.sessions and state.sessions_failure is None:
            text = self.tr("What is said in one can be read here afterwards.")
            self.body.addWidget(EmptyState("visit", self.tr("No visits yet"), text))
        for number, session in enumerate(state.recent):
            if number:
                self.body.addWidget(line())
            self.body.addWidget(self._one(session))
        if len(state.sessions or ()) > len(state.recent) + len(state.unfinished):
            self.body.addWidget(self._every(), 0, Qt.AlignmentFlag.AlignLeading)

    def _every(self) -> QPushButton:
        text = self.tr("All visits")
        return button(text, lambda: self._model.open_place(Place.REVIEW), icon="forward", role="quiet")

    def _cut_off(self, session: Known) -> Banner:
        banner = Banner(
            Notice(
                self.tr("A visit was cut off: {languages}").format(languages=_languages(session)),
                self.tr("{when}. Nothing of it is lost.").format(when=_when(session)),
            )
        )
        go_on = button(
            self.tr("Continue"), lambda: self._model.continue_session(session.id), icon="continue", role="primary"
        )
        banner.add_action(go_on)
        banner.add_action(button(self.tr("End it"), lambda: self._model.end_session(session.id), icon="stop"))
        return banner

    def _one(self, session: Known) -> QWidget:
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_languages(session), "subheading"))
        words.addWidget(label(_about(session), "caption"))
        across.addLayout(words, 1)
        across.addWidget(self._state(session))
        if session.may_continue:
            goes_on = self.tr("Continue the visit of {when}").format(when=_when(session))
            across.addWidget(
                button(goes_on, lambda: self._model.continue_session(session.id), icon="continue", role="icon")
            )
        opens = self.tr("Open the visit of {when}").format(when=_when(session))
        across.addWidget(button(opens, lambda: self._model.open_session(session.id), icon="forward", role="icon"))
        return whole

    def _state(self, session: Known) -> Badge:
        if session.agreed is False:
            return Badge(self.tr("declined"), "cross", "plain")
        if session.may_continue:
            return Badge(self.tr("interrupted"), "pause", "warn")
        match session.state:
            case "open":
                return Badge(self.tr("running"), "microphone", "info")
            case "purging":
                return Badge(self.tr("being destroyed"), "trash", "warn")
            case _:
                return Badge(self.tr("kept"), "lock", "plain")


def _languages(session: Known) -> str:
    return " ⇄ ".join(name_here(tag) for tag in session.languages)


def _when(session: Known) -> str:
    began = QDateTime.fromString(session.began, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(began, QLocale.FormatType.ShortFormat) if began.isValid() else "?"


def _about(session: Known) -> str:
    minutes, seconds = divmod(round(session.seconds), 60)
    text = QCoreApplication.translate("RecentSessions", "{when} · {length} min")
    return text.format(when=_when(session), length=f"{minutes}:{seconds:02}")


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
