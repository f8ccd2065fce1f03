"""The visit while people talk."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from voicedoc.core.commands import Command
from voicedoc.core.events import OfferedPhrase
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.view.bidi import plain
from voicedoc.view.keys import Prompt
from voicedoc_desktop.look.apply import design, look
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
from voicedoc_desktop.views.visit_bar import Troubles, VisitBar
from voicedoc_desktop.views.visit_before import clear
from voicedoc_desktop.views.visit_controls import HELD_MS, Controls
from voicedoc_desktop.views.visit_prompt import PromptPanel
from voicedoc_desktop.views.visit_side import Side
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.bubble import directed
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, row
from voicedoc_desktop.widgets.decision import NO, REPHRASE, SAY, SKIP, YES
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.language_names import language_name
from voicedoc_desktop.widgets.step_words import role_sign
from voicedoc_desktop.widgets.transcript import TWO_COLUMNS_FROM, Transcript

SIDE_FROM = 920
"""Width, in pixels at 100 %, from which advice stands beside what is said; a button shows it otherwise."""

BAR_WORDS_FROM = 780
"""Width, in pixels at 100 %, from which the buttons of the bar have words beside their icons."""

CONTROL_WORDS_FROM = 600
"""Height, in pixels at 100 %, from which the smaller controls have words beside their icons."""

_COMMANDS = {SAY: Command.SAY, SKIP: Command.SKIP, YES: Command.YES, NO: Command.NO}

_TALK_KEYS = ("space", "left", "right")
_BACK_KEYS = ("up", "down", "page-up", "page-down")


class TalkPage(QWidget):
    """Two columns, advice beside them, controls below. Takes the keys of `voicedoc live`.

    Signals:
        wants_patient_screen: The patient shall have a screen of their own.
    """

    wants_patient_screen = Signal()

    def __init__(self, viewmodel: VisitViewModel, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        named(self, self.tr("Visit"))
        self.bar, self.troubles = VisitBar(), Troubles(viewmodel)
        self.transcript, self.side = Transcript(visit), Side(viewmodel)
        self.prompt, self.controls = PromptPanel(viewmodel), Controls(viewmodel)
        self._columns = _Columns(visit)
        self._offers = QVBoxLayout()
        self._newest = button(self.tr("To the newest"), self.transcript.to_end, icon="down", role="primary")
        self._newest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._newest.hide()
        self._shows_side = self._side_button()
        self._compose()
        self._shown_offers: tuple[OfferedPhrase, ...] = ()
        self._down = QElapsedTimer()
        self._begins = False
        self._wants_side = {True: True, False: False}
        """Whether somebody wants advice in sight, where there is room and where there is none."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.transcript)
        look().changed.connect(self._fit)
        self.transcript.decided.connect(self._decide)
        self.transcript.followed.connect(self._newest.setHidden)
        self.troubles.wants_line.connect(lambda number: self.transcript.show_line(UtteranceId(number)))
        self.side.wants_line.connect(lambda number: self.transcript.show_line(UtteranceId(number)))

    def _side_button(self) -> QPushButton:
        self._patient_screen = button(self.tr("Patient's screen"), self.wants_patient_screen.emit, icon="screen")
        self._patient_screen.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.buttons.addWidget(self._patient_screen)
        made = button(self.tr("Advice"), self._toggle_side, icon="note", checkable=True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.buttons.addWidget(made)
        return made

    def _compose(self) -> None:
        said = QVBoxLayout()
        said.setSpacing(GRID)
        said.addWidget(self._columns)
        said.addWidget(self.transcript, 1)
        said.addLayout(row(self._newest))
        offers = QWidget()
        offers.setLayout(self._offers)
        self._offers.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._offers.setSpacing(4)
        said.addWidget(offers)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(said, 1)
        middle.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addWidget(self.bar)
        whole.addWidget(self.troubles)
        whole.addLayout(middle, 1)
        prompt = QHBoxLayout()
        prompt.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        prompt.addWidget(self.prompt)
        whole.addLayout(prompt)
        whole.addWidget(self.controls)

    def show_screen(self, screen: VisitScreen) -> None:
        """As it is now."""
        self.bar.show_screen(screen)
        self.troubles.show_screen(screen)
        self.transcript.show_lines(screen.talk.in_order)
        self.transcript.set_live(is_live=screen.is_live)
        self.side.show_screen(screen)
        before = self.prompt.isVisible()
        self.prompt.show_screen(screen)
        if before and screen.board.prompt is Prompt.NONE:
            self.transcript.setFocus()
        if not before and screen.board.prompt is not Prompt.NONE:
            self._let_go()  # the line that is typed in sees the key come up
        self._show_offers(screen)
        self.controls.show_screen(screen)
        self._place_side()

    # --- phrases that are offered

    def _show_offers(self, screen: VisitScreen) -> None:
        offers = screen.talk.offers if screen.is_live else ()
        if offers == self._shown_offers:
            return
        self._shown_offers = offers
        clear(self._offers)
        for number, offer in enumerate(offers, start=1):
            self._offers.addLayout(self._offer(number, offer, screen))

    def _offer(self, number: int, offer: OfferedPhrase, screen: VisitScreen) -> QHBoxLayout:
        says = button(f"{number}  {plain(offer.source_text)}", lambda: self._viewmodel.choose(offer.id), role="quiet")
        says.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        means = label(plain(offer.text), "muted")
        directed(means, screen.visit.patient if screen.visit else "")
        return row(Badge(self.tr("reviewed"), "check", "good"), says, means, stretch_last=True)

    # --- decisions about a line

    def _decide(self, what: str, number: int) -> None:
        utterance = UtteranceId(number)
        if what == REPHRASE:
            self._viewmodel.rephrase(utterance)
        else:
            self._viewmodel.press(_COMMANDS[what], utterance=utterance)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a key means, by the settings; others go on to the window."""
        name = self._meant(event)
        if not name or not self._viewmodel.state.is_live:
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat() and name not in _BACK_KEYS:
            return
        if name in _BACK_KEYS:
            self.transcript.look_back(name)
        elif name == "escape" and self._viewmodel.state.board.prompt is Prompt.NONE:
            self.transcript.to_end()
            self._viewmodel.key(name)
        else:
            if name in _TALK_KEYS:
                self._begins = self._viewmodel.state.talk.talking is None
                self._down.start()
            self._viewmodel.key(name)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A talk key that was held down is let go."""
        if event.isAutoRepeat() or self._meant(event) not in _TALK_KEYS:
            super().keyReleaseEvent(event)
            return
        if self._begins and self._down.isValid() and self._down.elapsed() >= HELD_MS:
            self._viewmodel.let_go()
        self._begins = False

    def changeEvent(self, event: QEvent) -> None:
        """Nobody holds a key down whose release the window does not see."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._let_go()

    def _let_go(self) -> None:
        if self._begins:
            self._begins = False
            self._viewmodel.let_go()

    def _meant(self, event: QKeyEvent) -> str:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return ""
        key = Qt.Key(event.key())
        name = event.text() if event.text() in ("/", ".") else QKeySequence(key).toString()
        return self._viewmodel.meaning(name)

    # --- room

    def _toggle_side(self) -> None:
        self._wants_side[self._has_room()] = not self.side.isVisible()
        self._place_side()

    def _has_room(self) -> bool:
        return self.width() >= design().px(SIDE_FROM)

    def _place_side(self) -> None:
        """Where there is room it stands beside what is said; else it takes half of that, while somebody wants it."""
        has_room = self._has_room()
        shows = self._wants_side[has_room] or self._viewmodel.state.board.note
        self.side.setVisible(shows)
        self.side.setFixedWidth(design().px(320) if has_room else self.width() // 2)
        self._shows_side.setChecked(shows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Advice goes out of the way on a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        has_words = self.width() >= design().px(BAR_WORDS_FROM)
        for one in (self._patient_screen, self._shows_side):
            one.setText(one.accessibleName() if has_words else "")
        is_compact = self.height() < design().px(CONTROL_WORDS_FROM) or self.width() < design().px(BAR_WORDS_FROM)
        self.controls.set_compact(is_compact=is_compact)
        self._columns.setVisible(self.width() >= design().px(TWO_COLUMNS_FROM))
        self._place_side()


class _Columns(QWidget):
    """Whose language stands where."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        across.setSpacing(2 * GRID)
        doctor, patient = role_sign(Role.DOCTOR), role_sign(Role.PATIENT)
        for sign, language in ((doctor, visit.doctor), (patient, visit.patient)):
            badge = Badge(f"{sign.word} · {language_name(language)}", sign.icon, sign.tone)
            across.addWidget(badge, 1, Qt.AlignmentFlag.AlignLeading)
