"""Which documents of a session are to be written, and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.review import Opened
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID
from voicedoc_desktop.widgets.dialog import Dialog
from voicedoc_desktop.widgets.labels import label, named

USUAL = frozenset({"pdf", "docx"})
"""What is chosen where nobody has chosen."""

LEAST = 500
"""Pixels that the choices are wide, at least."""


class ExportDialog(Dialog):
    """Choose formats and a folder. `formats`, `folder` and `sound` are what was chosen."""

    def __init__(self, parent: QWidget | None, opened: Opened) -> None:
        super().__init__(parent)
        self._opened = opened
        title = self.tr("Write documents")
        self.setWindowTitle(title)
        named(self, title)
        self._boxes = {one.name: self._box(one.name, one.what, one.problem) for one in opened.formats}
        self._sound = QCheckBox(self.tr("The recording as well (FLAC)"))
        named(self._sound, self._sound.text())
        self._sound.setVisible(opened.has_sound and not opened.known.is_folder)
        self._folder = QLineEdit(self._usual_folder())
        named(self._folder, self.tr("Folder"), self.tr("A new folder, which is made"))
        self._folder.setReadOnly(opened.known.is_folder)
        self.write = button(self.tr("Write"), self.accept, icon="export", role="primary")
        self._compose()
        self._allow()

    def _box(self, name: str, what: str, problem: str) -> QCheckBox:
        made = QCheckBox(self._words().get(name, what))
        made.setEnabled(not problem)
        made.setToolTip(problem)
        named(made, made.text(), problem)
        made.setChecked(not problem and name in USUAL)
        made.toggled.connect(lambda _: self._allow())
        return made

    def _words(self) -> dict[str, str]:
        return {
            "pdf": self.tr("PDF, to print"),
            "docx": self.tr("Word document (DOCX)"),
            "md": self.tr("Text (Markdown)"),
            "json": self.tr("Data (JSON)"),
            "srt": self.tr("Subtitles (SRT)"),
            "vtt": self.tr("Subtitles for the web (VTT)"),
            "rttm": self.tr("Who spoke when (RTTM)"),
            "html": self.tr("A page to listen to and read along (HTML)"),
            "note": self.tr("An extractive draft of the note"),
            "fhir": self.tr("FHIR documents (R4 and R5)"),
            "deid": self.tr("De-identified transcript: a person must check it"),
        }

    def _compose(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addStrut(LEAST)  # no minimum of the dialog's own: larger letters need more
        whole.addWidget(label(self.windowTitle(), "heading"))
        if not self._opened.known.is_folder:
            text = self.tr("What is written can be read by everybody who can open the folder.")
            remedy = self.tr("In the app the session is encrypted; documents are not.")
            whole.addWidget(Banner(Notice(text, remedy, Tone.WARN)))
        for one in self._opened.formats:
            whole.addWidget(self._boxes[one.name])
            if one.problem:
                whole.addWidget(label(one.problem, "caption"))
        whole.addWidget(self._sound)
        whole.addSpacing(GRID)
        whole.addWidget(label(self.tr("Folder"), "subheading"))
        where = QHBoxLayout()
        where.setSpacing(GRID)
        where.addWidget(self._folder, 1)
        choose = button(self.tr("Choose …"), self._choose, icon="folder")
        choose.setVisible(not self._opened.known.is_folder)
        where.addWidget(choose)
        whole.addLayout(where)
        answers = QHBoxLayout()
        answers.setSpacing(GRID)
        answers.addStretch(1)
        answers.addWidget(button(self.tr("Cancel"), self.reject))
        answers.addWidget(self.write)
        whole.addLayout(answers)
        self._folder.textChanged.connect(lambda _: self._allow())

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that are chosen."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    @property
    def folder(self) -> str:
        """Where to."""
        return self._folder.text().strip()

    @property
    def sound(self) -> bool:
        """Whether the recording is wanted as well."""
        return self._sound.isVisibleTo(self) and self._sound.isChecked()

    def _usual_folder(self) -> str:
        known = self._opened.known
        if known.is_folder:
            return known.id
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{known.began[:10]} {known.id}".strip()
        return str(Path(documents) / "VoiceDoc" / name)

    def _choose(self) -> None:
        parent = QFileDialog.getExistingDirectory(self, self.tr("In which folder?"), str(Path(self.folder).parent))
        if parent:
            self._folder.setText(str(Path(parent) / Path(self._usual_folder()).name))

    def _allow(self) -> None:
        self.write.setEnabled(bool(self.folder) and (bool(self.formats) or self.sound))
