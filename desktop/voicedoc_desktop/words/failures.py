"""What went wrong, in the interface's language. What exactly is in the engine's own words, which are English."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from voicedoc_desktop.process.task import BUG, DIED, Failure


class FailureWords(NamedTuple):
    """A line for everybody, what to do, and the engine's own message for those who mend it."""

    title: str
    remedy: str
    details: str


def failure_words(failure: Failure) -> FailureWords:
    """A failure in words."""
    details = f"{failure.message}\n{failure.remedy}".strip()
    known = _known(failure.kind)
    if known is None:
        return FailureWords(failure.message, failure.remedy, details)
    title, remedy = known
    return FailureWords(title, remedy or failure.remedy, details)


def _known(kind: str) -> tuple[str, str] | None:
    """Title and remedy; a remedy "" is the engine's own."""
    translate = QCoreApplication.translate
    words = {
        DIED: (
            translate("Failures", "The part of the app that did this ended unexpectedly."),
            translate("Failures", "Nothing that was kept is lost. Try again: it is started anew."),
        ),
        BUG: (
            translate("Failures", "Something went wrong that should not have."),
            translate("Failures", "Nothing that was kept is lost. If it happens again, report it with the log."),
        ),
        "KeyRefused": (
            translate("Failures", "The stored visits cannot be opened: their key was not given."),
            translate("Failures", "Try again and type the passphrase, or log in as the user who made them."),
        ),
        "StoreBusy": (
            translate("Failures", "Another program is at this session."),
            translate("Failures", "End it there first, then try again."),
        ),
        "StoreError": (translate("Failures", "What must be kept cannot be kept on this disk."), ""),
        "ModelMissing": (
            translate("Failures", "A model is missing."),
            translate("Failures", "Open Models and fetch it."),
        ),
        "ModelCorrupt": (
            translate("Failures", "A model's files are damaged."),
            translate("Failures", "Open Models and fetch it again."),
        ),
        "SourceFailed": (
            translate("Failures", "The model could not be fetched from where it lies."),
            translate("Failures", "Check the connection and try again: what has arrived is kept."),
        ),
        "BackendUnavailable": (translate("Failures", "Something that this needs is not on this machine."), ""),
        "UnsupportedLanguage": (
            translate("Failures", "This profile does not serve these languages."),
            translate("Failures", "Choose another profile, or other languages."),
        ),
    }
    return words.get(kind)
