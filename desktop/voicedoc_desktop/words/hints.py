"""Why a key did nothing, in the interface's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def hint_words(hint: str) -> str:
    """What `voicedoc.view.keys` says to whoever pressed a key; in its own words where there are no others."""
    translate = QCoreApplication.translate
    known = {
        "no phrase says this": translate("Hints", "No phrase says this."),
        "nothing waits for an answer": translate("Hints", "Nothing waits for an answer."),
        "there is nothing to repeat": translate("Hints", "There is nothing to repeat yet."),
        "the doctor has said nothing yet": translate("Hints", "The doctor has said nothing yet."),
        "nobody has said anything yet": translate("Hints", "Nobody has said anything yet."),
        "it is held: s says it as it is, x leaves it out": translate(
            "Hints", "It is held: say it as it is, or leave it out."
        ),
        "this one has a gap to be filled: say it yourself": translate("Hints", "This one has a gap to be filled."),
    }
    return known.get(hint, hint)
