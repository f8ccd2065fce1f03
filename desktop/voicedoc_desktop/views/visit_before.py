"""Before people talk: the models are loaded, the sound is checked, and both are asked whether they agree."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.viewmodels.visit import VisitViewModel
from voicedoc_desktop.viewmodels.visit_screen import VisitScreen
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.bubble import directed
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card, row
from voicedoc_desktop.widgets.empty import EmptyState
from voicedoc_desktop.widgets.flow import flowing
from voicedoc_desktop.widgets.labels import label, named, retone
from voicedoc_desktop.widgets.language_names import language_name
from voicedoc_desktop.widgets.page import Page
from voicedoc_desktop.words.failures import FailureWords, failure_words


class NoVisit(EmptyState):
    """Nothing is open."""

    def __init__(self, viewmodel: VisitViewModel) -> None:
        translate = QCoreApplication.translate
        start = button(translate("NoVisit", "Set up a visit"), viewmodel.home, icon="home", role="primary")
        text = translate(
            "NoVisit", "Choose the languages and devices on the first screen; the visit then goes on here."
        )
        super().__init__("visit", translate("NoVisit", "No visit is open"), text, [start])


class OpeningPage(Page):
    """The models are being loaded."""

    def __init__(self, viewmodel: VisitViewModel) -> None:
        super().__init__(QCoreApplication.translate("OpeningPage", "Getting ready"), widest=720)
        self._card = Card()
        self._what, self._count = label("", "subheading"), label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        named(self._bar, self.tr("Loading of the models"))
        self._card.body.addWidget(self._what)
        self._card.body.addWidget(self._bar)
        self._card.body.addWidget(self._count)
        self._told = QVBoxLayout()
        self._shown_told: list[Notice] = []
        self.body.addWidget(self._card)
        self.body.addLayout(self._told)
        self.body.addLayout(row(button(self.tr("Give up"), viewmodel.give_up, icon="cross")))

    def show_screen(self, screen: VisitScreen) -> None:
        """How far it has come."""
        loading = screen.loading
        self._bar.setRange(0, loading.n_all if loading else 0)
        if loading is None:
            self._what.setText(self.tr("Opening the devices and the store"))
            self._count.setText("")
        else:
            self._bar.setValue(loading.n_done)
            self._what.setText(self._loading_words(loading.what))
            of = self.tr("{done} of {all} are loaded").format(done=loading.n_done, all=loading.n_all)
            self._count.setText(of)
        self._bar.setAccessibleDescription(self._what.text())
        self._tell(self._notices(screen))

    def _tell(self, notices: list[Notice]) -> None:
        for notice in notices[len(self._shown_told) :]:
            self._told.addWidget(Banner(notice))
        self._shown_told = notices

    def _notices(self, screen: VisitScreen) -> list[Notice]:
        destroyed = self.tr("A session was over its time and has been destroyed: {session}")
        told = [
            Notice(one.trouble) if one.trouble else Notice(destroyed.format(session=one.session), tone=Tone.INFO)
            for one in screen.purged
        ]
        lacks = screen.opened.notices if screen.opened else ()
        return [*told, *(Notice(message, remedy) for message, remedy in lacks)]

    def _loading_words(self, what: str) -> str:
        words = {
            "segment": self.tr("Loading: who speaks when"),
            "recognize": self.tr("Loading: understanding speech"),
            "attribute": self.tr("Loading: telling voices apart"),
            "translate": self.tr("Loading: translation"),
            "speak": self.tr("Loading: the voice"),
            "embed": self.tr("Loading: reviewed phrases"),
        }
        return words.get(what, self.tr("Loading: {what}").format(what=what))


class CheckPage(Page):
    """The sound is checked: what to do now, then what was found."""

    def __init__(self, viewmodel: VisitViewModel) -> None:
        super().__init__(QCoreApplication.translate("CheckPage", "Sound check"), widest=720)
        self._now = Card()
        self._mark, self._words, self._who = QLabel(), label("", "title"), label("", "muted")
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for words in (self._words, self._who):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._now.body.addSpacing(2 * GRID)
        for widget in (self._mark, self._words, self._who):
            self._now.body.addWidget(widget)
        self._now.body.addSpacing(2 * GRID)
        self._found = Card()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GRID)
        self._found.body.addLayout(self._lines)
        self._go_on = button("", viewmodel.go_on, icon="forward", role="primary", is_big=True)
        again = button(self.tr("Check again"), viewmodel.check_again, icon="repeat", is_big=True)
        give_up = button(self.tr("Give up"), viewmodel.give_up, icon="cross", is_big=True)
        self._answers = flowing(self._go_on, again, give_up)
        self.body.addWidget(self._now)
        self.body.addWidget(self._found)
        self.body.addWidget(self._answers)
        self._shown: tuple[object, ...] = ()

    def show_screen(self, screen: VisitScreen) -> None:
        """The step that is on, or what was found."""
        if (screen.step, screen.sound) == self._shown:
            return
        self._shown = (screen.step, screen.sound)
        self._now.setVisible(screen.sound is None)
        self._found.setVisible(screen.sound is not None)
        self._answers.setVisible(screen.sound is not None)
        if screen.sound is None:
            self._show_step(screen)
        else:
            self._show_found(screen)

    def _show_step(self, screen: VisitScreen) -> None:
        speaks = screen.step is not None and screen.step.step == "speak"
        self._words.setText(self.tr("Now say a few words") if speaks else self.tr("Please be quiet for a moment"))
        set_icon(self._mark, "microphone" if speaks else "silent", "accent", size=56)
        name = screen.step.microphone if screen.step else ""
        self._who.setText(self.tr("Microphone: {name}").format(name=name) if name else "")
        self._who.setVisible(bool(name))
        named(self._now, self._words.text(), self._who.text())

    def _show_found(self, screen: VisitScreen) -> None:
        if screen.sound is None:
            return
        clear(self._lines)
        for line in screen.sound.lines:
            tone = "good" if line.is_well else "warn"
            mark = QLabel()
            set_icon(mark, "check" if line.is_well else "warning", tone, size=20)
            self._lines.addLayout(row(mark, label(line.text), stretch_last=True))
        if screen.sound.remedy:
            self._lines.addWidget(label(screen.sound.remedy, "muted"))
        words = self.tr("Go on") if screen.sound.is_well else self.tr("Go on all the same")
        self._go_on.setText(words)
        named(self._go_on, words)
        retone(self._go_on, "primary" if screen.sound.is_well else "", "role")
        set_icon(self._go_on, "forward", "on_accent" if screen.sound.is_well else "text", size=22)
        if screen.sound.is_well:
            self._go_on.setFocus()
        else:
            self.setFocus()  # nobody goes on all the same by a key that was meant for something else


class ConsentPage(Page):
    """What both are told, each in their language, and their answer."""

    def __init__(self, viewmodel: VisitViewModel) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("ConsentPage", "Do both agree?"),
            translate("ConsentPage", "Nothing is recorded yet."),
        )
        self._viewmodel = viewmodel
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # of its own: nobody agrees by a key that was meant for before
        self._doctor, self._patient = _Script("doctor"), _Script("patient")
        scripts = QHBoxLayout()
        scripts.setSpacing(2 * GRID)
        scripts.addWidget(self._doctor, 1)
        scripts.addWidget(self._patient, 1)
        self._status = label("", "caption")
        self._trouble = Banner(Notice(""))
        self._reads = button("", self._read, icon="loudspeaker", is_big=True)
        self._agree = button(self.tr("Both agree"), self._agreed, icon="check", role="primary", is_big=True)
        decline = button(self.tr("Somebody declines"), self._declined, icon="cross", role="danger", is_big=True)
        self.body.addLayout(scripts)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self._status)
        self.body.addWidget(flowing(self._agree, decline, self._reads))
        self._is_reading = False

    def show_screen(self, screen: VisitScreen) -> None:
        """The scripts, and whether one is being read out."""
        wanted = screen.consent
        if wanted is None:
            return
        self._doctor.show_script(self.tr("Doctor"), wanted.doctor.language, wanted.doctor.sentences)
        self._patient.show_script(self.tr("Patient"), wanted.patient.language, wanted.patient.sentences)
        self._status.setText(self.tr("These texts: {status}").format(status=self._status_words(wanted.status)))
        self._trouble.setVisible(bool(screen.reading_trouble))
        if screen.reading_trouble:
            self._trouble.show_notice(Notice(screen.reading_trouble))
        self._is_reading = screen.reading
        can_read = bool(wanted.patient.sentences) and screen.opened is not None and screen.opened.speaks_patient
        self._reads.setVisible(can_read)
        words = self.tr("Stop reading") if screen.reading else self.tr("Read it out again")
        self._reads.setText(words)
        named(self._reads, words)

    def _status_words(self, status: str) -> str:
        known = {
            "not reviewed by a lawyer or a professional translator": self.tr(
                "not reviewed by a lawyer or a professional translator"
            )
        }
        return known.get(status, status)

    def _agreed(self) -> None:
        self._viewmodel.consent(agreed=True)

    def _declined(self) -> None:
        self._viewmodel.consent(agreed=False)

    def _read(self) -> None:
        self._viewmodel.read_aloud(is_on=not self._is_reading)


class _Script(Card):
    """What one person is told."""

    def __init__(self, icon: str) -> None:
        super().__init__(" ", icon)
        self._text = QVBoxLayout()
        self._text.setSpacing(GRID)
        self.body.addLayout(self._text)
        self.body.addStretch(1)
        self._shown: tuple[object, ...] = ()

    def show_script(self, who: str, language: str, sentences: tuple[str, ...]) -> None:
        """The sentences, in the direction of their language."""
        if (who, language, sentences) == self._shown:
            return
        self._shown = (who, language, sentences)
        self.title.setText(f"{who} · {language_name(language)}")
        named(self, self.title.text(), " ".join(sentences))
        clear(self._text)
        if not sentences:
            lack = self.tr("There is no text in this language: have a person explain it.")
            self._text.addWidget(Banner(Notice(lack)))
        for sentence in sentences:
            words = label(sentence)
            directed(words, language)
            self._text.addWidget(words)


class BrokenPage(QWidget):
    """The visit did not begin, and why."""

    def __init__(self, viewmodel: VisitViewModel, screen: VisitScreen) -> None:
        super().__init__()
        words = failure_words(screen.trouble) if screen.trouble else FailureWords("", "", "")
        again = button(self.tr("Try again"), viewmodel.again, icon="repeat", role="primary")
        home = button(self.tr("Back to Home"), viewmodel.home, icon="home")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        models = button(self.tr("Open Models"), viewmodel.models, icon="models")
        models.setVisible(screen.trouble is not None and screen.trouble.kind in ("ModelMissing", "ModelCorrupt"))
        buttons = [again, home] if models.isHidden() else [again, models, home]
        column.addWidget(EmptyState("error", words.title, words.remedy, buttons, tone="bad"), 1)
        if words.details != f"{words.title}\n{words.remedy}".strip():
            details = label(words.details, "caption")
            details.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(details)
        named(self, words.title, words.remedy)


def clear(column: QVBoxLayout) -> None:
    """Take away all that a column holds."""
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        while inner is not None and (part := inner.takeAt(0)) is not None:
            if (widget := part.widget()) is not None:
                widget.hide()
                widget.deleteLater()
