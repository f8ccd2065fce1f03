"""A session's notes: drafted by rules, edited and signed by a person. Nothing heavy is imported before one is run."""

from __future__ import annotations

from dataclasses import dataclass

from voicedoc_desktop.process.task import Here
from voicedoc_desktop.state.review import NotePage

TEMPLATES = ("soap", "summary")
"""For the clinician; for the patient."""


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """The last version of each note of a session, and the last one that is signed."""

    session: str

    def run(self, here: Here) -> tuple[NotePage, ...]:
        from voicedoc_desktop.tasks import note_pages

        return note_pages.pages(here, self.session)


@dataclass(frozen=True, slots=True)
class DraftNote:
    """A draft, as a new version: by rules, or by the dialogue model `model` at the address `server`."""

    session: str
    template: str = "soap"
    language: str = ""
    server: str = ""
    model: str = ""

    def run(self, here: Here) -> NotePage:
        from voicedoc_desktop.tasks import note_pages

        if self.server:
            return note_pages.draft_by_model(here, self.session, self.template, self.server, self.model)
        return note_pages.draft(here, self.session, self.template, self.language)


@dataclass(frozen=True, slots=True)
class EditNote:
    """A new version, as a person has edited the text of version `note` ("soap-en.2")."""

    session: str
    note: str
    text: str

    def run(self, here: Here) -> NotePage:
        from voicedoc_desktop.tasks import note_pages

        return note_pages.edit(here, self.session, self.note, self.text)


@dataclass(frozen=True, slots=True)
class SignNote:
    """Sign a version. `sha256` is that of what was shown: nothing else is signed."""

    session: str
    note: str
    sha256: str
    signer: str

    def run(self, here: Here) -> NotePage:
        from voicedoc_desktop.tasks import note_pages

        return note_pages.sign_version(here, self.session, self.note, self.sha256, self.signer)
