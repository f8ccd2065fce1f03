"""The keys of a visit, each to be changed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QKeySequenceEdit, QWidget

from voicedoc_desktop.state.hot_keys import COMBINATION, HOT_KEYS, keys_now
from voicedoc_desktop.state.notices import Notice
from voicedoc_desktop.viewmodels.settings import SettingsState, SettingsViewModel
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, Card
from voicedoc_desktop.widgets.folded import Folded
from voicedoc_desktop.widgets.labels import label, named


class HotKeys(Card):
    """A field for each hot key."""

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(QCoreApplication.translate("HotKeys", "Keys during a visit"), "keyboard")
        self._model = model
        self._words = hot_key_words()
        self.trouble = Banner(Notice(""))
        self.trouble.hide()
        self.fields = {each.name: self._field(each.name) for each in HOT_KEYS}
        self.again = button(self.tr("All as at first"), model.reset_keys, icon="undo")
        self.body.addWidget(
            label(self.tr("Digits choose phrases that are offered; these stay as they are."), "caption")
        )
        self.body.addWidget(self.trouble)
        self.folded = Folded(self.tr("Change keys"), self._grid())
        self.body.addWidget(self.folded)

    def _grid(self) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(0, 1)
        for number, (name, edit) in enumerate(self.fields.items()):
            grid.addWidget(label(self._words[name]), number, 0)
            grid.addWidget(edit, number, 1)
        grid.addWidget(self.again, len(self.fields), 1)
        return whole

    def _field(self, name: str) -> QKeySequenceEdit:
        edit = QKeySequenceEdit()
        edit.setMaximumSequenceLength(1)
        named(edit, self._words[name], self.tr("Press the key that you want."))
        edit.editingFinished.connect(lambda: self._chosen(name, edit))
        return edit

    def _chosen(self, name: str, edit: QKeySequenceEdit) -> None:
        key = edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if key != keys_now(self._model.state.settings.keys)[name]:
            self._model.set_key(name, key)
            self._show_keys(self._model.state)

    def show_state(self, state: SettingsState) -> None:
        """Show it."""
        self._show_keys(state)
        self.trouble.setVisible(state.clash is not None)
        if state.clash is not None:
            _, key, taken = state.clash
            text = self.tr("The key {key} cannot be had: {taken}.")
            has_it = self._words.get(taken) or self.tr("it always means the same")
            if taken == COMBINATION:
                has_it = self.tr("a key of a visit is pressed alone")
            self.trouble.show_notice(Notice(text.format(key=key, taken=has_it), self.tr("Choose another one.")))

    def _show_keys(self, state: SettingsState) -> None:
        now = keys_now(state.settings.keys)
        for name, edit in self.fields.items():
            wanted = QKeySequence(now[name])
            if edit.keySequence() != wanted:
                edit.setKeySequence(wanted)


def hot_key_words() -> dict[str, str]:
    """What each hot key does, in words."""
    translate = QCoreApplication.translate
    return {
        "talk": translate("HotKeys", "Press to talk, press again to let go"),
        "talk-doctor": translate("HotKeys", "Talk: the doctor"),
        "talk-patient": translate("HotKeys", "Talk: the patient"),
        "was-doctor": translate("HotKeys", "That was the doctor"),
        "was-patient": translate("HotKeys", "That was the patient"),
        "yes": translate("HotKeys", "Yes, to what is asked back"),
        "no": translate("HotKeys", "No, to what is asked back"),
        "say": translate("HotKeys", "Say a held translation as it is"),
        "skip": translate("HotKeys", "Leave a held translation out"),
        "repeat": translate("HotKeys", "Say the last translation again"),
        "silence": translate("HotKeys", "The voice is silent at once"),
        "find-phrase": translate("HotKeys", "Find a reviewed phrase"),
        "type": translate("HotKeys", "Type what the doctor says"),
        "teach-back": translate("HotKeys", "Have the patient repeat the last instruction"),
        "interpreter": translate("HotKeys", "Call a human interpreter"),
        "pause": translate("HotKeys", "Listen no more; listen again"),
        "note": translate("HotKeys", "The note so far"),
        "end": translate("HotKeys", "End the visit"),
    }
