"""Review, in the states that it has: sessions as the tasks make them of a journal."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.review import Known, NotePage, Opened, Outline
from voicedoc_desktop.tasks.archive import Archive, Read
from voicedoc_desktop.tasks.note_pages import page_of
from voicedoc_desktop.tasks.notes import ReadNotes
from voicedoc_desktop.tasks.opened import opened_of
from voicedoc_desktop.tasks.sessions import At, DrawOutline, ListSessions, OpenSession, PlaySound
from voicedoc_desktop.viewmodels.review import ReviewViewModel
from voicedoc_desktop.views.review import ReviewView
from voicedoc_desktop.views.review_export import ExportDialog

from tests.desktop.screens import Studio, screen
from tests.helpers.notes import LABELS
from tests.helpers.transcripts import consultation_events
from voicedoc.converse.notes.kept import Kept, Signature, sha256_of
from voicedoc.converse.notes.material import gather
from voicedoc.converse.notes.rules import draft_by_rules
from voicedoc.converse.notes.template import load_template
from voicedoc.core.events import Event, TextCorrected
from voicedoc.core.speech import UtteranceId

SESSION = Known(
    id="7f3a91c0", state="closed", began="2026-11-22T15:12:00+00:00", seconds=75.0, languages=("en", "pt"),
    keep_until="2026-12-22T15:30:00+00:00", agreed=True, n_lines=61,
)  # fmt: skip

SESSIONS = (
    Known(id="aa11aa11", state="crashed", began="2026-11-23T07:58:00+00:00", seconds=421, languages=("en", "pt")),
    SESSION,
    Known(id="cc33cc33", state="closed", began="2026-11-21T09:40:00+00:00", seconds=1230, languages=("en", "ar")),
    Known(id="dd44dd44", state="open", began="2026-11-21T08:01:00+00:00", seconds=77, languages=("es", "zh")),
)

CORRECTED = TextCorrected(
    at=75.0, utterance=UtteranceId(7), language="pt", spoken=True, before="Não.", text="Não, nenhuma.",
    editor="Ana Silva", corrected="2026-11-23T08:10:00+00:00",
)  # fmt: skip


class Shown:
    """An `Archive` of one session, with what its journal says."""

    def __init__(self, known: Known, events: list[Event], *, has_sound: bool = True) -> None:
        self._known, self._events, self._has_sound = known, events, has_sound

    def known(self) -> Known:
        return self._known

    def recording(self) -> object | None:
        return object() if self._has_sound else None

    def opened(self) -> Opened:
        return opened_of(cast(Archive, self), Read(self._events))  # only what is asked for here


def opened(*more: Event, known: Known = SESSION, has_sound: bool = True) -> Opened:
    """The consultation, as Review shows it."""
    return Shown(known, [*consultation_events(), *more], has_sound=has_sound).opened()


def note(*, signer: str = "", template: str = "soap") -> NotePage:
    """Its note, a draft or signed."""
    plan = load_template(template)
    made = draft_by_rules(gather(consultation_events(), reader=plan.reader), plan, LABELS)
    signature = Signature(signer, "2026-11-23T08:20:00+00:00", sha256_of(made)) if signer else None
    return page_of(Kept(made, 1, signature))


OUTLINE = Outline(bytes(round(120 + 110 * math.sin(n / 9) * math.sin(n / 61)) for n in range(1200)), 75.0)


def review(
    studio: Studio, shown: Opened | None, notes: tuple[NotePage, ...] = ()
) -> tuple[ReviewViewModel, ReviewView]:
    """The screen with a session that is open."""
    studio.desk.answer(ListSessions, result=SESSIONS)
    studio.desk.answer(ReadNotes, result=notes)
    studio.desk.answer(DrawOutline, result=OUTLINE)
    if shown:
        studio.desk.answer(OpenSession, result=shown)
    model = ReviewViewModel(studio.desk, studio.settings)
    view = ReviewView(model)
    model.setParent(view)
    model.arrive(Go(Place.REVIEW, session=shown.known.id if shown else ""))
    return model, view


@screen("review-nothing-open")
def _nothing(studio: Studio) -> QWidget:
    return review(studio, None)[1]


@screen("review-no-sessions")
def _empty(studio: Studio) -> QWidget:
    view = review(studio, None)[1]
    studio.desk.answer(ListSessions, result=())
    return view


@screen("review-store-locked")
def _locked(studio: Studio) -> QWidget:
    model, view = review(studio, None)
    refused = Failure("the passphrase is wrong", "type it again: open the session once more", "KeyRefused")
    studio.desk.answer(OpenSession, failure=refused)
    model.open(SESSION.id)
    return view


@screen("review-session")
def _session(studio: Studio) -> QWidget:
    return review(studio, opened(CORRECTED), (note(),))[1]


@screen("review-playing")
def _playing(studio: Studio) -> QWidget:
    model, view = review(studio, opened(), (note(signer="Dr Ana Silva"),))
    studio.desk.script(PlaySound, lambda job: job.tell(At(12.9)))
    model.changed.connect(lambda state: model.play(12.0) if state.opened and not studio.desk.tasks(PlaySound) else None)
    return view


@screen("review-narrow")
def _narrow(studio: Studio) -> QWidget:
    view = review(studio, opened(), (note(),))[1]
    view.setMaximumWidth(640)
    view.session.list_wanted.click()
    return view


@screen("review-findings")
def _findings(studio: Studio) -> QWidget:
    view = review(studio, opened())[1]
    view.session.tabs.setCurrentIndex(1)
    return view


@screen("review-speakers")
def _speakers(studio: Studio) -> QWidget:
    view = review(studio, opened())[1]
    view.session.tabs.setCurrentIndex(2)
    return view


@screen("review-cut-off-without-sound")
def _crashed(studio: Studio) -> QWidget:
    known = replace(SESSIONS[0], agreed=None)
    shown = replace(opened(known=known, has_sound=False), damaged=("line 17 of session aa11aa11 is damaged",))
    view = review(studio, shown)[1]
    view.session.tabs.setCurrentIndex(3)
    return view


@screen("review-export")
def _export(studio: Studio) -> QWidget:
    shown = opened()
    folder = str(Path("Documents") / "VoiceDoc" / "2026-11-22 7f3a91c0")
    dialog = ExportDialog(None, shown)
    dialog._folder.setText(folder)
    return dialog
