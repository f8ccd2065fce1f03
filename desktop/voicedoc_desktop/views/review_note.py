"""The note of a session: read with its evidence, edited, signed."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from voicedoc.core.languages import primary
from voicedoc.view.bidi import RIGHT_TO_LEFT
from voicedoc_desktop.look.apply import design, look
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.review import Claim, Heading, NotePage, ReviewState
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, row
from voicedoc_desktop.widgets.empty import EmptyState
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.question import Question, asked


class NotePanel(QWidget):
    """A note. Its numbers are links to what was said.

    Signals:
        draft_wanted: The template of a note that shall be drafted.
        model_wanted: The template of a note that the dialogue model shall draft.
        chosen: The id of a note that shall be shown.
        edited: A note's text, as somebody has edited it.
        typing: Whether there is an edited text that is not kept.
        signed: The name of whoever answers for it.
        evidence: The utterances of a sentence that somebody points to.
    """

    draft_wanted = Signal(str)
    model_wanted = Signal(str)
    chosen = Signal(str)
    edited = Signal(str)
    typing = Signal(bool)
    signed = Signal(str)
    evidence = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, self.tr("Note"))
        self._page: NotePage | None = None
        self._may_change = False
        self.versions = QComboBox()
        named(self.versions, self.tr("Which note"))
        self.versions.activated.connect(lambda number: self.chosen.emit(self.versions.itemData(number)))
        self.badge = Badge()
        self.problem = Banner(Notice("", tone=Tone.BAD))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._point)
        named(self.text, self.tr("The note"), self.tr("Numbers in brackets are links to what was said"))
        self.editor = QPlainTextEdit()
        self.editor.textChanged.connect(lambda: self.typing.emit(self._is_edited))
        named(self.editor, self.tr("Edit the note"), self.tr("Each sentence begins with a dash"))
        self._make_buttons()
        self._compose()
        look().changed.connect(self._restyled)

    def _make_buttons(self) -> None:
        self.draft = button(
            self.tr("Draft the note"),
            lambda: self.draft_wanted.emit("soap"),
            icon="note",
            role="primary",
            description=self.tr("By rules, from what was said; every sentence says where"),
        )
        self.summary = button(
            self.tr("Draft a summary for the patient"), lambda: self.draft_wanted.emit("summary"), icon="patient"
        )
        self.again = button(
            self.tr("Draft anew"), self._draft_again, icon="repeat", role="quiet",
            description=self.tr("A new version; the ones before stay"),
        )  # fmt: skip
        self.by_model = button(
            self.tr("Draft by the model"),
            lambda: self.model_wanted.emit("soap"),
            icon="sparkle",
            description=self.tr("What was said goes to the dialogue model on your network; rules judge every sentence"),
        )
        self.by_model_again = button(self.tr("By the model"), self._model_again, icon="sparkle", role="quiet")
        self.edit = button(self.tr("Edit"), self._edit, icon="edit")
        self.keep = button(self.tr("Keep"), self._keep, icon="check", role="primary")
        self.cancel = button(self.tr("Cancel"), self._show_reading)
        self.signer = QLineEdit()
        self.signer.setPlaceholderText(self.tr("Your name, such as Dr Ana Silva"))
        named(self.signer, self.tr("Who signs"), self.tr("The name of whoever answers for the note"))
        self.sign = button(self.tr("Sign"), self._sign, icon="shield", role="primary")
        self.signer.textChanged.connect(lambda _: self._allow())
        self.signer.returnPressed.connect(self._sign)

    def _compose(self) -> None:
        self._empty = EmptyState(
            "note",
            self.tr("No note yet"),
            self.tr("A draft is made of what was said, sentence by sentence. You read, edit and sign it."),
            [self.draft, self.summary, self.by_model],
        )
        self._reading, self._editing = QWidget(), QWidget()
        self._pages = QStackedWidget()
        for page in (self._empty, self._reading, self._editing):
            self._pages.addWidget(page)
        self._compose_reading()
        writing = QVBoxLayout(self._editing)
        writing.setContentsMargins(0, 0, 0, 0)
        writing.setSpacing(GRID)
        hint = self.tr("[3, 5] are the lines that a sentence rests on. Keep the headings.")
        writing.addWidget(label(hint, "caption"))
        writing.addWidget(self.editor, 1)
        writing.addLayout(row(self.keep, self.cancel))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GRID, 0, 0)
        whole.setSpacing(GRID)
        whole.addWidget(self.problem)
        whole.addWidget(self._pages, 1)

    def _compose_reading(self) -> None:
        reading = QVBoxLayout(self._reading)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(GRID)
        top = QHBoxLayout()
        top.addWidget(self.versions, 1)
        top.addWidget(self.badge)
        reading.addLayout(top)
        reading.addWidget(self.text, 1)
        reading.addLayout(row(self.edit, self.again, self.by_model_again))
        signing = QHBoxLayout()
        signing.setSpacing(GRID)
        signing.addWidget(self.signer, 1)
        signing.addWidget(self.sign)
        reading.addLayout(signing)

    # --- what is shown

    def show_state(self, state: ReviewState) -> None:
        """Show the session's note, or that there is none."""
        page, before = state.page, self._page
        self._may_change = bool(state.opened and state.opened.known.may_change) and not state.working
        self.problem.setVisible(bool(state.note_problem))
        self.problem.show_notice(Notice(state.note_problem, tone=Tone.BAD))
        self._page = page
        self._fill_versions(state)
        if page is None:
            self._pages.setCurrentWidget(self._empty)
            self.typing.emit(False)
        elif before is None or before.id != page.id or before.state != page.state:
            self._show_reading()
        if page != before:
            self._show_page()
        self._allow()

    def offer_model(self, *, is_there: bool) -> None:
        """Whether a dialogue model can be asked for a draft; of what is for the patient it words none."""
        self.by_model.setVisible(is_there)
        self.by_model_again.setVisible(is_there and self._page is not None and self._page.template != "summary")

    def _fill_versions(self, state: ReviewState) -> None:
        wanted = [(one.id, self._version_name(one)) for one in state.notes]
        if wanted != [(self.versions.itemData(n), self.versions.itemText(n)) for n in range(self.versions.count())]:
            self.versions.clear()
            for note, name in wanted:
                self.versions.addItem(name, note)
        if state.page:
            self.versions.setCurrentIndex(self.versions.findData(state.page.id))

    def _version_name(self, page: NotePage) -> str:
        number = page.id.rpartition(".")[2]
        return self.tr("{title} ({language}), version {number}").format(
            title=page.title, language=page.language, number=number
        )

    def _show_page(self) -> None:
        page = self._page
        if page is None:
            return
        self.text.setHtml(html_of(page))
        words = {"draft": self.tr("Draft"), "signed": self.tr("Signed"), "changed": self.tr("Changed since signed")}
        icons = {"draft": "edit", "signed": "check", "changed": "warning"}
        tones = {"draft": "warn", "signed": "good", "changed": "bad"}
        self.badge.show_state(words[page.state], icons[page.state], tones[page.state])

    def _restyled(self, _: object) -> None:
        self._show_page()

    @property
    def _is_edited(self) -> bool:
        is_open = self._page is not None and self._pages.currentWidget() is self._editing
        return is_open and self._page is not None and self.editor.toPlainText() != self._page.text

    def _show_reading(self) -> None:
        self._pages.setCurrentWidget(self._reading)
        self.typing.emit(False)
        self.problem.hide()

    def _allow(self) -> None:
        page = self._page
        is_draft = page is not None and page.may_be_signed
        for made in (self.draft, self.summary, self.again, self.by_model, self.by_model_again, self.edit, self.keep):
            made.setEnabled(self._may_change)
        self.signer.setVisible(is_draft)
        self.sign.setVisible(is_draft)
        self.sign.setEnabled(self._may_change and bool(self.signer.text().strip()))

    # --- what one does with it

    def _point(self, link: QUrl) -> None:
        numbers = tuple(int(one) for one in link.path().split(",") if one.isdigit())
        if numbers:
            self.evidence.emit(numbers)

    def _draft_again(self) -> None:
        if self._page:
            self.draft_wanted.emit(self._page.template)

    def drop_typed(self) -> None:
        """Forget what was edited."""
        self._show_reading()

    def _model_again(self) -> None:
        if self._page:
            self.model_wanted.emit(self._page.template)

    def _edit(self) -> None:
        if self._page:
            self.editor.setPlainText(self._page.text)
            self._pages.setCurrentWidget(self._editing)
            self.editor.setFocus()

    def _keep(self) -> None:
        text = self.editor.toPlainText()
        if self._page and text == self._page.text:
            self._show_reading()
        else:
            self.edited.emit(text)

    def _sign(self) -> None:
        page, signer = self._page, self.signer.text().strip()
        if page is None or not signer or not self.sign.isEnabled():
            return
        text = self.tr("By signing as {name} you say that you have read it and answer for it.").format(name=signer)
        if page.n_doubtful:
            text += " " + self.tr("{n} of its sentences are marked as doubtful.").format(n=page.n_doubtful)
        question = Question(
            self,
            self.tr("Sign this note?"),
            text,
            yes=self.tr("I have read it: sign"),
            no=self.tr("Not yet"),
        )
        if asked(question):
            self.signed.emit(signer)


def html_of(page: NotePage) -> str:
    """A note as Qt's HTML."""
    colours = design().palette
    parts = [f'<p style="color:{colours.muted}">{escape(page.status)}</p>']
    parts += [f'<p style="color:{colours.warn}">⚠ {escape(notice)}</p>' for notice in page.notices]
    parts += [_heading(one) for one in page.headings]
    return "".join(parts)


def _heading(one: Heading) -> str:
    size = design().px(16 if one.level == 1 else 14)
    above = 10 if one.level == 1 else 4
    style = f"font-weight:600;font-size:{size}px;margin:{above}px 0 2px 0"
    return f'<p style="{style}">{escape(one.title)}</p>' + "".join(map(_claim, one.claims))


def _claim(claim: Claim) -> str:
    colours = design().palette
    direction = "rtl" if primary(claim.language) in RIGHT_TO_LEFT else "ltr"
    numbers = ",".join(map(str, claim.utterances))
    link = f' <a href="{numbers}" style="color:{colours.accent}">[{numbers.replace(",", ", ")}]</a>' if numbers else ""
    pen = " ✎" if claim.by_person else ""
    text = f'<p dir="{direction}" style="margin:3px 0 3px 8px">{escape(claim.text)}{link}{pen}</p>'
    if not claim.warning:
        return text
    return f'{text}<p style="margin:0 0 4px 16px;color:{colours.warn}">⚠ {escape(claim.warning)}</p>'
