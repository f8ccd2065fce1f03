"""The top of a visit: what goes on, how loud it is, how far behind it is, and what must be seen at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from voicedoc.core.events import LagReport
from voicedoc.core.speech import Role
from voicedoc.core.time import clock_text
from voicedoc.view.bidi import plain
from voicedoc.view.state import Note, State
from voicedoc_desktop.look.apply import design
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_notices import alarm_notices, engine_notices, lost_notices, patient_notices
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
from voicedoc_desktop.widgets.activity import activity_sign, stage_word
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.flow import flowing
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.level import LevelMeter
from voicedoc_desktop.widgets.step_words import Sign, step_sign

NOTE_STANDS = {"notice": 20.0, "done": 10.0, "trouble": 60.0}
"""Seconds of audio for which a note stays in sight."""

MOST_NOTES = 2
"""Notes at once: the newest."""


class VisitBar(QFrame):
    """What goes on, in one line that wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "visit-bar")
        named(self, self.tr("What goes on"))
        self.activity, self.lag, self.button, self.called = Badge(), Badge(), Badge(), Badge()
        self._clock = label("", "heading", wraps=False)
        self._meters: list[LevelMeter] = []
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GRID)
        self._flow = flowing(self.activity, self.button, self.lag, self.called)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self._clock)
        whole.addWidget(self._flow, 1, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(self.buttons)
        self._shown: tuple[object, ...] = ()

    def show_screen(self, screen: VisitScreen) -> None:
        """As it is now."""
        state = screen.talk
        self._show_levels(screen)
        seconds = int(state.position)
        late = state.behind
        sign = activity_sign(state) if screen.trouble is None else Sign(self.tr("Not running"), "error", "bad")
        shown = (sign, seconds, late, state.talking, state.called)
        if shown == self._shown:
            return
        self._shown = shown
        self._clock.setText(clock_text(seconds).partition(".")[0])
        self._clock.setAccessibleName(self.tr("Time: {time}").format(time=self._clock.text()))
        self.activity.show_state(*sign)
        self._show_lag(late if screen.trouble is None else None)
        words = {
            Role.DOCTOR: self.tr("The doctor has the button"),
            Role.PATIENT: self.tr("The patient has the button"),
        }
        self.button.setVisible(state.talking in words)
        if state.talking in words:
            self.button.show_state(words[state.talking], "key", state.talking.value)
        self.called.setVisible(state.called is not None)
        self.called.show_state(self.tr("Human interpreter called"), "interpreter", "info")

    def _show_lag(self, late: LagReport | None) -> None:
        self.lag.setVisible(late is not None)
        if late is not None:
            words = self.tr("{stage}: {seconds:.1f} s behind")
            self.lag.show_state(words.format(stage=stage_word(late.stage), seconds=late.seconds), "clock", "warn")

    def _show_levels(self, screen: VisitScreen) -> None:
        names = screen.opened.channels if screen.opened else ()
        if len(self._meters) != len(names):
            self._make_meters(names)
        for number, meter in enumerate(self._meters):
            meter.show_level(screen.levels[number] if number < len(screen.levels) else None)

    def _make_meters(self, names: Sequence[str]) -> None:
        for meter in self._meters:
            meter.hide()
            meter.deleteLater()
        self._meters = [LevelMeter(name) for name in names]
        lines = self._flow.layout()
        if lines is None:
            return
        for meter, name in zip(self._meters, names, strict=True):
            meter.setToolTip(name)
            meter.setFixedWidth(design().px(24 * GRID))
            lines.addWidget(meter)


class Troubles(QWidget):
    """What must be seen at once: alarms, lost devices, the patient's buttons, an engine that is gone.

    Signals:
        wants_line: The number of an utterance that waits for somebody.
    """

    wants_line = Signal(int)

    def __init__(self, viewmodel: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._column.setSpacing(GRID)
        self._put_away: set[str] = set()
        self._shown: dict[Notice, Banner] = {}

    @property
    def banners(self) -> list[Banner]:
        """What is shown, from above."""
        return list(self._shown.values())

    def show_screen(self, screen: VisitScreen) -> None:
        """As it is now; what stays is not touched."""
        notices = list(dict.fromkeys(self._notices(screen)))
        for gone in [notice for notice in self._shown if notice not in notices]:
            banner = self._shown.pop(gone)
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._shown = {notice: self._shown.get(notice) or self._banner(notice) for notice in notices}
        for at, banner in enumerate(self._shown.values()):
            if self._column.indexOf(banner) != at:
                self._column.insertWidget(at, banner)
        self.setVisible(bool(notices))

    def _banner(self, notice: Notice) -> Banner:
        kind, _, about = notice.code.partition(" ")
        banner = Banner(notice, can_be_put_away=kind in ("patient", "alarm"))
        if notice.tone is Tone.BAD:
            QAccessible.updateAccessibility(QAccessibleEvent(banner, QAccessible.Event.Alert))
        match kind:
            case "engine":
                banner.add_action(button(self.tr("Continue"), self._viewmodel.again, icon="continue", role="primary"))
            case "patient":
                banner.put_away.connect(self._viewmodel.patient_was_heard)
            case "alarm":
                banner.put_away.connect(lambda: self._put(about))
            case "waits":
                words = QCoreApplication.translate("Advice", "Show where")
                banner.add_action(button(words, lambda: self.wants_line.emit(int(about)), role="primary"))
        for made in banner.findChildren(QPushButton):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the visit
        return banner

    def _put(self, alarm: str) -> None:
        """It has been seen, and stands in the advice."""
        self._put_away.add(alarm)
        self.show_screen(self._viewmodel.state)

    def _notices(self, screen: VisitScreen) -> list[Notice]:
        """Of the alarms the gravest that nobody has put away."""
        state = screen.talk
        alarms = [one for one in alarm_notices(state) if one.code.removeprefix("alarm ") not in self._put_away]
        return [
            *engine_notices(screen), *patient_notices(screen), *alarms[:1], *lost_notices(state), *_notes(state),
        ]  # fmt: skip


_WAITS = ("waits-in-line", "waits-for-key")
"""Codes of notices on something that waits for a person."""

_TONES = {"notice": Tone.WARN, "trouble": Tone.WARN, "done": Tone.GOOD}


def _notes(state: State) -> list[Notice]:
    """The newest that are still news. What a lost device has a notice of its own for is not said twice."""
    lost = {("trouble", lost.at) for lost in state.lost}
    fresh = [note for note in state.notes if state.position - note.at <= NOTE_STANDS[note.kind]]
    told = [_notice(note, state) for note in fresh if (note.kind, note.at) not in lost]
    return [notice for notice in told if notice is not None][-MOST_NOTES:]


def _notice(note: Note, state: State) -> Notice | None:
    """A note; of something that waits, the sentence itself and where it is, as long as it does."""
    if note.code not in _WAITS:
        return Notice(note.text, note.remedy, _TONES[note.kind])
    if not state.waiting:
        return None
    line = state.waiting[0]
    word = step_sign(line.step).word
    return Notice(f"{word[:1].upper()}{word[1:]}: “{plain(line.text)}”", "", Tone.WARN, f"waits {line.utterance}")
