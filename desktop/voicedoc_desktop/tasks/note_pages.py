"""Notes as Review shows them, and what a person does with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from voicedoc.converse.dialogue.openai import OpenAIDialogue
from voicedoc.converse.notes.edit import from_text, to_text
from voicedoc.converse.notes.files import current_notes
from voicedoc.converse.notes.kept import Kept, Shelf, keep, kept_notes, sign
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import gather
from voicedoc.converse.notes.model import Drafting, ModelDrafter
from voicedoc.converse.notes.note import Note, Origin, Paragraph
from voicedoc.converse.notes.support import Checker
from voicedoc.converse.notes.template import load_template
from voicedoc.converse.notes.written import status_of, warning_of
from voicedoc.core.events import Event
from voicedoc.errors import BackendFailed, ConfigError
from voicedoc.revise import note_of
from voicedoc_desktop.process.task import Here
from voicedoc_desktop.state.review import Claim, Heading, NotePage
from voicedoc_desktop.tasks.archive import archive_of


def pages(here: Here, session: str) -> tuple[NotePage, ...]:
    """The last version of each note of a session, and the last one that is signed."""
    archive = archive_of(here, session)
    return tuple(map(page_of, current_notes(kept_notes(archive.shelf, archive.read().events))))


def draft(here: Here, session: str, template: str, language: str) -> NotePage:
    """A draft by rules, as a new version."""
    shelf = archive_of(here, session).shelf
    return page_of(note_of(shelf, shelf.events(), load_template(template), language=language, again=True))


def draft_by_model(here: Here, session: str, template: str, server: str, model: str) -> NotePage:
    """A draft that a dialogue model on a server words, and rules judge, as a new version.

    Raises:
        BackendFailed: If nobody wants it any more.
    """
    shelf = archive_of(here, session).shelf
    plan, events = load_template(template), shelf.events()
    material = gather(events, reader=plan.reader)
    with closing(OpenAIDialogue(None, url=server, name=model, allow_remote=True)) as dialogue:
        drafter = ModelDrafter(dialogue, material, plan, Labels.shipped(), Checker(material))
        note = _drafted(drafter.draft(), here)
    return page_of(keep(shelf, note, events))


def _drafted(drafting: Drafting, here: Here) -> Note:
    with closing(drafting):
        while not here.stopped.is_set():
            try:
                next(drafting)
            except StopIteration as end:
                made: Note = end.value
                return made
    raise BackendFailed("the draft was stopped", remedy="draft it again")


def edit(here: Here, session: str, note: str, text: str) -> NotePage:
    """A new version, as a person has edited another one."""
    shelf = archive_of(here, session).shelf
    events = shelf.events()
    kept = _version(shelf, events, note)
    material = gather(events, language=kept.note.language, reader=kept.note.reader)
    return page_of(keep(shelf, from_text(text, kept.note, material), events))


def sign_version(here: Here, session: str, note: str, sha256: str, signer: str) -> NotePage:
    """Sign a version, if it is what was shown."""
    shelf = archive_of(here, session).shelf
    kept = _version(shelf, shelf.events(), note)
    if kept.sha256 != sha256:
        raise ConfigError("this note is not what was shown", remedy="open the session again and read it")
    return page_of(sign(shelf, kept, signer))


def _version(shelf: Shelf, events: Sequence[Event], name: str) -> Kept:
    for kept in kept_notes(shelf, events):
        if kept.id == name:
            return kept
    raise ConfigError(f"this session has no note {name}", remedy="open the session again")


def page_of(kept: Kept) -> NotePage:
    """A version as Review shows it."""
    note = kept.note
    return NotePage(
        id=kept.id,
        template=note.template,
        language=note.language,
        title=note.title,
        state=kept.state,
        status=status_of(kept),
        sha256=kept.sha256,
        headings=tuple(_headings(note)),
        notices=note.notices,
        text=to_text(note),
        n_doubtful=sum(one.is_doubtful for one in note.sentences()),
    )


def _headings(note: Note) -> Iterator[Heading]:
    for section in note.sections:
        plain = [paragraph for paragraph in section.paragraphs if not paragraph.label]
        yield Heading(1, section.title, tuple(claim for one in plain for claim in _claims(one, note)))
        for paragraph in section.paragraphs:
            if paragraph.label:
                yield Heading(2, paragraph.label, _claims(paragraph, note))


def _claims(paragraph: Paragraph, note: Note) -> tuple[Claim, ...]:
    return tuple(
        Claim(one.text, one.language, one.utterances, one.origin is Origin.PERSON, warning_of(one, note))
        for one in paragraph.sentences
    )
