"""Review: choose a session; read, hear and correct it; note, findings, speakers; documents; its end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from voicedoc.core.time import clock_text
from voicedoc_desktop.look.apply import design
from voicedoc_desktop.look.icons import set_icon
from voicedoc_desktop.state.address import host_of, leaves_this_machine
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.review import Opened, Playing, ReviewState, containing, row_at, word_at
from voicedoc_desktop.viewmodels.review import STEP, ReviewViewModel
from voicedoc_desktop.views.review_export import ExportDialog
from voicedoc_desktop.views.review_findings import FindingsPanel
from voicedoc_desktop.views.review_list import STATE_ICONS, STATE_TONES, SessionList, state_word, when_text
from voicedoc_desktop.views.review_note import NotePanel
from voicedoc_desktop.views.review_speakers import AboutPanel, SpeakersPanel, role_word
from voicedoc_desktop.widgets.badge import Badge
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button, describe
from voicedoc_desktop.widgets.card import GRID, beside
from voicedoc_desktop.widgets.elided import Elided
from voicedoc_desktop.widgets.empty import EmptyState, Loading
from voicedoc_desktop.widgets.labels import label, named
from voicedoc_desktop.widgets.lines import LinesView
from voicedoc_desktop.widgets.outline import OutlineBar
from voicedoc_desktop.widgets.question import Question, asked

NARROW = 1100
"""Pixels of width below which the list gives way to the session that is open."""


BESIDE = 700
"""Units of width from which note and findings stand beside the transcript."""


class ReviewView(QWidget):
    """The screen. It shows `ReviewState`, and asks the view-model for what a user does."""

    def __init__(self, model: ReviewViewModel) -> None:
        super().__init__()
        self._model = model
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        named(self, self.tr("Review"))
        self.sessions = SessionList()
        self.session = SessionPanel(model)
        self._wants_list = True
        self._compose()
        self.sessions.chosen.connect(self._open)
        self.sessions.searched.connect(model.search)
        self.session.list_wanted.clicked.connect(self._toggle_list)
        model.changed.connect(self.show_state)
        model.played.connect(self.session.show_playing)
        self.show_state(model.state)

    def _compose(self) -> None:
        self._side = QWidget()
        self._side.setFixedWidth(320)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Review"), "title"))
        column.addWidget(self.sessions, 1)
        self.open_folder = button(
            self.tr("Open a folder …"),
            self._choose_folder,
            icon="folder",
            role="quiet",
            shortcut="Ctrl+O",
            description=self.tr("Results of recordings lie in folders"),
        )
        column.addWidget(self.open_folder)
        self._pages = QStackedWidget()
        self._nothing = EmptyState(
            "review",
            self.tr("Choose a session"),
            self.tr("Its words, its sound and its note are shown here."),
        )
        self._opening = Loading(self.tr("Opening the session …"))
        for page in (self._nothing, self._opening, self.session):
            self._pages.addWidget(page)
        across = QHBoxLayout()
        across.setSpacing(2 * GRID)
        across.addWidget(self._side)
        across.addWidget(self._pages, 1)
        self.problem = Banner(Notice("", tone=Tone.BAD))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self.problem)
        whole.addLayout(across, 1)

    def show_state(self, state: ReviewState) -> None:
        """Show what is known now."""
        self.sessions.show_state(state)
        self.problem.setVisible(bool(state.problem))
        self.problem.show_notice(Notice(state.problem, state.remedy, Tone.BAD))
        page = self._opening if state.opening else self.session if state.opened else self._nothing
        self._pages.setCurrentWidget(page)
        if state.opened:
            self.session.show_state(state, state.opened)
        else:
            self.session.drop_typed()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        state = self._model.state
        is_alone = not (state.opened or state.opening)
        self._side.setVisible(is_alone or self._wants_list)
        self._side.setFixedWidth(min(320, max(240, self.width() // 4)))

    def _open(self, session: str) -> None:
        """A click on what is open is none; what was typed is not lost by one."""
        state = self._model.state
        is_other = session != (state.opening or (state.opened.known.id if state.opened else ""))
        if is_other and self._model.busy and not self._may_leave():
            self.sessions.show_state(state)
            return
        if self.width() < NARROW:
            self._wants_list = False
        if is_other:
            self._model.open(session)
        self._fit()

    def _may_leave(self) -> bool:
        question = Question(
            self,
            self.tr("Open another session?"),
            self.tr("{what}: it is lost then.").format(what=self._model.busy),
            yes=self.tr("Open it"),
            no=self.tr("Stay"),
            is_danger=True,
        )
        return asked(question)

    def _toggle_list(self) -> None:
        self._wants_list = not self._wants_list
        self._fit()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Which folder of results?"))
        if folder:
            self._open(folder)


class SessionPanel(QWidget):
    """One session: its head, its transcript with the player below, and what belongs to it at the side."""

    def __init__(self, model: ReviewViewModel) -> None:
        super().__init__()
        self._model = model
        self._shown: Opened | None = None
        named(self, self.tr("Session"))
        self.lines = LinesView(self._line_words())
        named(self.lines, self.tr("Transcript"), self.tr("Enter plays a line, Space pauses, F2 corrects it"))
        self._make_head()
        self._make_tools()
        self._make_player()
        self._make_side()
        self._compose()
        self._connect()

    # --- making

    def _line_words(self) -> dict[str, str]:
        return {
            "missing": self.tr("Lost in translation"),
            "changed": self.tr("Changed in translation"),
            "invented": self.tr("Added by the translation"),
            "unknown": self.tr("unknown"),
            "doctor": role_word("doctor"),
            "patient": role_word("patient"),
            "other": role_word("other"),
            "somebody": self.tr("somebody"),
            "was": self.tr("✎ Corrected by {by}, {when}. Before: {before}"),
            "correct": self.tr("Correct this text"),
            "keys": self.tr("Enter keeps it, Escape leaves it as it was"),
        }

    def _make_head(self) -> None:
        self.list_wanted = button(self.tr("Sessions"), icon="menu", role="icon", shortcut="Ctrl+L")
        self.title = label("", "heading", wraps=False)
        self.facts = Elided("", "caption")
        self.state = Badge()
        self.corrections = Badge(icon="edit")
        self.go_on = button(self.tr("Continue"), self._model.continue_session, icon="continue")
        self.end = button(self.tr("End it"), self._model.end_session, icon="check")
        self.export = button(self.tr("Documents …"), self._export, icon="export", shortcut="Ctrl+E")
        self.purge = button(self.tr("Destroy …"), self._purge, icon="trash", role="danger")
        self.working = label("", "caption")
        self.stop = button(self.tr("Stop"), self._model.stop_work, icon="stop", role="quiet")
        self._typing: dict[str, bool] = {}
        self.damaged = Banner(Notice("", tone=Tone.BAD))

    def _make_tools(self) -> None:
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(self.tr("Find in the transcript"))
        self.finder.setClearButtonEnabled(True)
        named(self.finder, self.tr("Find in the transcript"), self.tr("Enter goes to the next line that has it"))
        self.correct = button(self.tr("Correct"), self.lines.edit_text, icon="edit")
        describe(self.correct, self.tr("Correct"), self.tr("Correct what was said in the current line (F2)"))
        self.retranslate = button(
            self.tr("Correct translation"), lambda: self.lines.edit_text(translation=True), icon="translate"
        )
        describe(
            self.retranslate,
            self.tr("Correct translation"),
            self.tr("Correct the translation of the current line (Shift+F2)"),
        )

    def _make_player(self) -> None:
        self.play = button(self.tr("Play"), self._model.pause, icon="play", role="icon", shortcut="Ctrl+Space")
        self.back = button(
            self.tr("Back 5 seconds"), lambda: self._model.move(-STEP), icon="back", role="icon", shortcut="Alt+Left"
        )
        self.forth = button(
            self.tr("On 5 seconds"), lambda: self._model.move(STEP), icon="forward", role="icon", shortcut="Alt+Right"
        )
        self.time = label("0:00.0", "caption", wraps=False)
        self.outline = OutlineBar()
        named(self.outline, self.tr("Recording"), self.tr("Arrow keys go back and forth"))
        self.silent = label(self.tr("This session has no sound."), "muted")
        self.unheard = Banner(Notice("", tone=Tone.WARN))

    def _make_side(self) -> None:
        self.note, self.findings = NotePanel(), FindingsPanel()
        self.speakers, self.about = SpeakersPanel(), AboutPanel()
        self.tabs = QTabWidget()
        named(self.tabs, self.tr("What belongs to the session"))
        self.tabs.addTab(self.note, self.tr("Note"))
        self.tabs.addTab(self.findings, self.tr("Findings"))
        self.tabs.addTab(self.speakers, self.tr("Speakers"))
        self.tabs.addTab(self.about, self.tr("About"))

    def _compose(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(GRID, 0, GRID, 0)
        column.setSpacing(GRID)
        tools = beside(self.finder, self.correct, self.retranslate)
        column.addLayout(tools)
        column.addWidget(self.lines, 1)
        column.addWidget(self.unheard)
        column.addWidget(self.silent)
        self._player = QWidget()
        playing = QHBoxLayout(self._player)
        playing.setContentsMargins(0, 0, 0, 0)
        playing.setSpacing(4)
        for made in (self.play, self.back, self.forth, self.time):
            playing.addWidget(made)
        playing.addWidget(self.outline, 1)
        column.addWidget(self._player)
        right = QWidget()
        around = QVBoxLayout(right)
        around.setContentsMargins(GRID, 0, GRID, 0)
        around.addWidget(self.tabs)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setChildrenCollapsible(False)
        self.tabs.setMinimumWidth(240)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(self._head())
        whole.addWidget(self.damaged)
        whole.addWidget(self._split, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what belongs to the session under the transcript, where there is no room beside it."""
        super().resizeEvent(event)
        is_narrow = self.width() < design().px(BESIDE)
        self._split.setOrientation(Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal)

    def _head(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(GRID)
        for made in (self.list_wanted, self.title, self.state, self.corrections):
            first.addWidget(made)
        first.addStretch(1)
        first.addWidget(self.working)
        first.addWidget(self.stop)
        second = beside(self.facts, self.go_on, self.end, self.export, self.purge)
        both = QVBoxLayout()
        both.setSpacing(4)
        both.addLayout(first)
        both.addLayout(second)
        return both

    def _connect(self) -> None:
        model = self._model
        self.lines.wanted.connect(model.play)
        self.lines.paused.connect(model.pause)
        self.lines.corrected.connect(model.correct)
        self.outline.sought.connect(model.seek)
        self.finder.textChanged.connect(self._find)
        self.finder.returnPressed.connect(self._find_next)
        self.note.draft_wanted.connect(model.draft)
        self.note.model_wanted.connect(self._draft_by_model)
        self.note.typing.connect(lambda is_on: self._types("note", is_on=is_on))
        self.lines.typing.connect(lambda is_on: self._types("line", is_on=is_on))
        self.note.chosen.connect(model.show_note)
        self.note.edited.connect(model.edit_note)
        self.note.signed.connect(model.sign)
        self.note.evidence.connect(self._point)
        self.findings.chosen.connect(lambda utterance: self._point((utterance,)))
        self.speakers.named.connect(model.name_speaker)
        self.speakers.editor.textChanged.connect(self._editor)
        QShortcut(QKeySequence.StandardKey.Find, self, self.finder.setFocus)

    # --- what is shown

    def show_state(self, state: ReviewState, opened: Opened) -> None:
        """Show a session and its note."""
        if opened is not self._shown:
            is_other = self._shown is None or self._shown.known.id != opened.known.id
            self._shown = opened
            self._show_session(opened, is_other=is_other)
        self._show_buttons(state, opened)
        self.note.show_state(state)
        self.note.offer_model(is_there=bool(self._model.dialogue_model))
        self.outline.show_outline(state.outline)
        self.show_playing(state.playing)

    def _show_session(self, opened: Opened, *, is_other: bool) -> None:
        known = opened.known
        self.title.setText(when_text(known.began) or known.id)
        length = clock_text(opened.duration)
        self.facts.setText("  ·  ".join((" – ".join(opened.languages), length, known.id)))
        self.state.show_state(
            state_word(known.state), STATE_ICONS.get(known.state, "info"), STATE_TONES.get(known.state, "plain")
        )
        n = opened.n_corrections
        self.corrections.setVisible(n > 0)
        self.corrections.show_state(self.tr("{n} corrected").format(n=n), "edit", "info")
        self.damaged.setVisible(bool(opened.damaged))
        self.damaged.show_notice(
            Notice(
                self.tr("Parts of this session cannot be read: {n}").format(n=len(opened.damaged)),
                self.tr("What is left is shown. A backup may have the rest."),
                Tone.BAD,
            )
        )
        if is_other:
            self.lines.mark(())
            self.finder.clear()
        self.lines.show_rows(opened.rows)
        self.outline.show_duration(opened.duration)
        self.outline.show_marks([found.start for found in opened.findings])
        self._player.setVisible(opened.has_sound)
        self.silent.setVisible(not opened.has_sound)
        self.findings.show_found(opened.findings)
        self.speakers.show_voices(opened.voices, may_change=known.may_change)
        self.about.show_opened(opened)
        self._show_counts(opened)

    def _show_counts(self, opened: Opened) -> None:
        n = len(opened.findings)
        self.tabs.setTabText(1, self.tr("Findings ({n})").format(n=n) if n else self.tr("Findings"))

    def _show_buttons(self, state: ReviewState, opened: Opened) -> None:
        known, is_free = opened.known, not state.working
        self.working.setText(f"{state.working} …" if state.working else "")
        self.stop.setVisible(state.can_stop)
        self.lines.may_change = known.may_change
        self.go_on.setVisible(known.may_continue)
        self.end.setVisible(known.state == "crashed")
        self.purge.setVisible(not known.is_folder)
        self.purge.setEnabled(is_free and known.may_change)
        self.export.setEnabled(is_free)
        for made in (self.correct, self.retranslate):
            made.setEnabled(is_free and known.may_change and bool(opened.rows))

    def show_playing(self, playing: Playing) -> None:
        """Show what is heard now."""
        is_heard = playing.is_on and not playing.is_paused
        word = self.tr("Pause") if is_heard else self.tr("Play")
        if self.play.accessibleName() != word:
            set_icon(self.play, "pause" if is_heard else "play")
            describe(self.play, word, shortcut="Ctrl+Space")
        total = self._shown.duration if self._shown else 0.0
        self.time.setText(f"{clock_text(playing.at)} / {clock_text(total)}")
        self.outline.show_place(playing.at)
        self.unheard.setVisible(bool(playing.problem))
        self.unheard.show_notice(Notice(playing.problem, tone=Tone.WARN))
        row = row_at(self._shown.rows, playing.at) if self._shown and playing.is_on else None
        number = word_at(row.said, playing.at) if row and row.said else -1
        self.lines.heard(row.utterance if row else 0, number, follows=is_heard)

    # --- what one does

    def _point(self, utterances: tuple[int, ...]) -> None:
        self.lines.mark(utterances)
        self.lines.show_line(utterances[0])

    def _find(self, text: str) -> None:
        self.lines.mark(containing(self._shown.rows, text) if self._shown else ())

    def _find_next(self) -> None:
        if self._shown is None:
            return
        found = containing(self._shown.rows, self.finder.text())
        current = self.lines.row
        order = [row.utterance for row in self._shown.rows]
        place = order.index(current.utterance) if current else -1
        later = [one for one in found if order.index(one) > place]
        if found:
            self.lines.show_line((later or found)[0])

    def _editor(self, name: str) -> None:
        self._model.editor = name.strip()

    def drop_typed(self) -> None:
        """What was typed of a session is nothing in another one."""
        if any(self._typing.values()):
            self.note.drop_typed()
            self.lines.show_rows(())

    def _types(self, where: str, *, is_on: bool) -> None:
        self._typing[where] = is_on
        self._model.set_busy(self.tr("What was typed is not kept yet") if any(self._typing.values()) else "")

    def _draft_by_model(self, template: str) -> None:
        """What was said goes to another machine only once somebody has read where to."""
        host = host_of(self._model.server)
        words = self.tr("All that was said goes to the dialogue model {model} on {host}, which words a draft.")
        text = words.format(model=self._model.dialogue_model, host=host)
        if not self._model.server.startswith("https:") and leaves_this_machine(self._model.server):
            text += " " + self.tr("The way there is not encrypted.")
        question = Question(
            self,
            self.tr("Send what was said to {host}?").format(host=host),
            text,
            yes=self.tr("Send it"),
            no=self.tr("Not now"),
        )
        if asked(question):
            self._model.draft_by_model(template)

    def _export(self) -> None:
        if self._shown is None:
            return
        dialog = ExportDialog(self, self._shown)
        if dialog.exec() == ExportDialog.DialogCode.Accepted:
            self._model.export(dialog.folder, dialog.formats, sound=dialog.sound)

    def _purge(self) -> None:
        if self._shown is None:
            return
        session = self._shown.known.id
        question = Question(
            self,
            self.tr("Destroy this session for good?"),
            self.tr(
                "Its words, its sound and its notes are gone; nothing brings them back, except a backup. "
                "The list of deeds keeps that it was there. Documents that were written stay where they are."
            ),
            yes=self.tr("Destroy it"),
            no=self.tr("Keep it"),
            is_danger=True,
            typed=session,
        )
        if asked(question):
            self._model.purge()
