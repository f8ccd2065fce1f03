"""A visit's place: one page for each stage, and the patient's window."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import Stage, VisitScreen
from voicedoc_desktop.views.patient import PatientWindow, patient_display
from voicedoc_desktop.views.visit_before import BrokenPage, CheckPage, ConsentPage, NoVisit, OpeningPage
from voicedoc_desktop.views.visit_ended import EndedPage
from voicedoc_desktop.views.visit_talk import TalkPage
from voicedoc_desktop.widgets.labels import named


class VisitView(QStackedWidget):
    """Shows the visit that is open, in the stage that it is in."""

    def __init__(self, viewmodel: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        named(self, self.tr("Visit"))
        self._stage: Stage | None = None
        self.page: QWidget = QWidget()
        self._patient = patient_display(viewmodel)
        viewmodel.changed.connect(self._show)
        self._show(viewmodel.state)

    def _show(self, screen: VisitScreen) -> None:
        if screen.stage is not self._stage:
            self._stage = screen.stage
            self._turn_to(self._page_of(screen))
        if isinstance(self.page, OpeningPage | CheckPage | ConsentPage | TalkPage):
            self.page.show_screen(screen)

    def _page_of(self, screen: VisitScreen) -> QWidget:
        visit = screen.visit
        match screen.stage:
            case Stage.OPENING:
                return OpeningPage(self._viewmodel)
            case Stage.CHECK:
                return CheckPage(self._viewmodel)
            case Stage.CONSENT:
                return ConsentPage(self._viewmodel)
            case Stage.TALK if visit is not None:
                page = TalkPage(self._viewmodel, visit)
                page.wants_patient_screen.connect(self.open_patient_window)
                return page
            case Stage.ENDED:
                return EndedPage(self._viewmodel, screen)
            case Stage.BROKEN:
                return BrokenPage(self._viewmodel, screen)
            case _:
                return NoVisit(self._viewmodel)

    def _turn_to(self, page: QWidget) -> None:
        before, self.page = self.page, page
        self.addWidget(page)
        self.setCurrentWidget(page)
        self.removeWidget(before)
        before.deleteLater()
        page.setFocus()

    # --- the patient's screen

    @property
    def patient_window(self) -> PatientWindow | None:
        """The patient's own, where somebody has opened it."""
        return self._patient.window

    def open_patient_window(self) -> None:
        """Give the patient a screen of their own."""
        self._patient.open(self.window())
