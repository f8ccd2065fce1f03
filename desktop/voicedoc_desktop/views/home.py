"""The first screen: a visit to be set up beside what was before."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from voicedoc_desktop.state.places import Place
from voicedoc_desktop.viewmodels.home import HomeViewModel
from voicedoc_desktop.viewmodels.home_screen import HomeState
from voicedoc_desktop.views.home_recent import RecentSessions
from voicedoc_desktop.views.home_setup import VisitSetup
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import Card
from voicedoc_desktop.widgets.columns import Columns
from voicedoc_desktop.widgets.drop import DropZone
from voicedoc_desktop.widgets.labels import label
from voicedoc_desktop.widgets.page import Page


class HomeView(QWidget):
    """Shows a `HomeState`."""

    def __init__(self, model: HomeViewModel) -> None:
        super().__init__()
        self._model = model
        subtitle = self.tr("Start a visit, go on with one, or look at what was said.")
        self.page = Page(self.tr("Home"), subtitle, widest=1240)
        self.setup, self.recent = VisitSetup(model), RecentSessions(model)
        self.page.add_action(self.setup.start)
        columns = Columns()
        columns.left.addWidget(self.setup)
        columns.right.addWidget(self.recent)
        columns.right.addWidget(self._recordings())
        columns.right.addWidget(self._limits())
        self.page.body.addWidget(columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        model.changed.connect(self.show_state)
        self.show_state(model.state)

    def show_state(self, state: HomeState) -> None:
        """Show it."""
        self.setup.show_state(state)
        self.recent.show_state(state)

    def _recordings(self) -> Card:
        card = Card(self.tr("Transcribe recordings"), "recordings")
        self.drop = DropZone(
            self.tr("Drop recordings here"), self.tr("They become transcripts in both languages, with speakers.")
        )
        self.drop.dropped.connect(self._model.drop)
        card.body.addWidget(self.drop)
        return card

    def _limits(self) -> Card:
        card = Card(self.tr("Keep in mind"), "info")
        card.body.addWidget(
            label(
                self.tr(
                    "VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that "
                    "matter: have a person at hand who can check."
                ),
                "muted",
            )
        )
        again = button(
            self.tr("Show the introduction"), lambda: self._model.open_place(Place.WELCOME), icon="info", role="quiet"
        )
        card.body.addWidget(again)
        return card
