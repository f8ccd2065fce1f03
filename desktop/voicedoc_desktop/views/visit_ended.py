"""After a visit: how it was, and where it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout

from voicedoc.core.time import clock_text
from voicedoc.view.state import Figures
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card
from voicedoc_desktop.widgets.flow import flowing
from voicedoc_desktop.widgets.labels import label
from voicedoc_desktop.widgets.page import Page


class EndedPage(Page):
    """A summary in figures, and what comes next."""

    def __init__(self, viewmodel: VisitViewModel, screen: VisitScreen) -> None:
        super().__init__(QCoreApplication.translate("EndedPage", "The visit is over"), widest=720)
        ended = screen.ended
        reason = ended.reason if ended else ""
        self.body.addWidget(Banner(self._words(reason, screen.session)))
        if ended is not None and ended.figures is not None:
            self.body.addWidget(self._figures(ended.figures))
        review = button(self.tr("Review it"), viewmodel.review, icon="review", role="primary", is_big=True)
        review.setVisible(bool(screen.session) and reason not in ("declined", "given up"))
        fresh = button(self.tr("New visit"), viewmodel.home, icon="visit", is_big=True)
        self.body.addWidget(flowing(review, fresh))

    def _words(self, reason: str, session: str) -> Notice:
        kept = self.tr("It is kept, encrypted, as session {session}.").format(session=session)
        match reason:
            case "finished":
                return Notice(self.tr("The visit has ended and is kept."), kept, Tone.GOOD)
            case "declined":
                said = self.tr("The session says so, and no more.")
                return Notice(self.tr("Consent was refused: nothing was recorded."), said, Tone.INFO)
            case "given up":
                return Notice(self.tr("The visit did not begin. Nothing was recorded."), tone=Tone.INFO)
            case "interrupted":
                return Notice(self.tr("The visit was ended at once."), kept, Tone.WARN)
            case _:
                return Notice(self.tr("The visit ended because something failed."), kept, Tone.WARN)

    def _figures(self, figures: Figures) -> Card:
        card = Card(self.tr("In figures"), "clock")
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(GRID)
        delay = figures.median_delay
        rows = [
            (self.tr("Length"), clock_text(figures.duration).partition(".")[0]),
            (self.tr("Lines of the doctor"), str(figures.n_doctor)),
            (self.tr("Lines of the patient"), str(figures.n_patient)),
            (self.tr("Translated"), str(figures.n_translated)),
            (self.tr("Held"), str(figures.n_held)),
            (self.tr("Asked back"), str(figures.n_asked)),
            (self.tr("Failed"), str(figures.n_failed)),
            (self.tr("From the end of speech to the voice"), f"{delay:.1f} s" if delay is not None else "–"),
        ]
        for at, (name, value) in enumerate(rows):
            grid.addWidget(label(name, "muted"), at, 0)
            grid.addWidget(label(value, "subheading", wraps=False), at, 1)
        grid.setColumnStretch(0, 1)
        card.body.addLayout(grid)
        return card
