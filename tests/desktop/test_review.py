"""Review: what a user does there, with keys and mouse, and what the office is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.review import Known, Opened, containing, matching, row_at, word_at
from voicedoc_desktop.tasks.notes import DraftNote, EditNote, SignNote
from voicedoc_desktop.tasks.sessions import (
    At,
    CorrectText,
    DrawOutline,
    Exported,
    ExportSession,
    ListSessions,
    NameSpeaker,
    OpenSession,
    Pause,
    PlaySound,
    PurgeSession,
    Resume,
    Seek,
)
from voicedoc_desktop.viewmodels.printing import NAME, Printing
from voicedoc_desktop.viewmodels.review import ReviewViewModel
from voicedoc_desktop.views import review as review_view
from voicedoc_desktop.views import review_note
from voicedoc_desktop.views.review import ReviewView
from voicedoc_desktop.views.review_export import ExportDialog
from voicedoc_desktop.widgets.question import Question

from tests.desktop.conftest import ScriptedDesk
from tests.desktop.review_screens import CORRECTED, SESSION, SESSIONS, note, opened, review
from tests.desktop.screens import Studio

pytestmark = pytest.mark.unit


@pytest.fixture
def studio(desk: ScriptedDesk, tmp_path: Path) -> Studio:
    return Studio(desk, SettingsStore(tmp_path / "desktop.toml"), tmp_path)


def shown(
    qtbot: QtBot, studio: Studio, session: Opened | None = None, **options: Any
) -> tuple[ReviewViewModel, ReviewView]:
    """The screen with a session, on the screen."""
    model, view = review(studio, session or opened(), **options)
    qtbot.addWidget(view)
    view.resize(1300, 850)
    view.show()
    qtbot.waitUntil(lambda: model.state.opened is not None and not model.state.is_listing)
    lines = view.session.lines
    last = lines.lines.index(lines.lines.rowCount() - 1)
    qtbot.waitUntil(lambda: lines.visualRect(last).isValid())
    return model, view


# --- pure


def test_a_search_finds_sessions_that_have_all_of_its_words() -> None:
    assert [one.id for one in matching(SESSIONS, "2026-11-21 ar")] == ["cc33cc33"]
    assert matching(SESSIONS, "  ") == SESSIONS
    assert matching(SESSIONS, "nothing of this") == ()


def test_the_row_and_the_word_that_are_heard_are_found_by_time() -> None:
    rows = opened().rows
    assert row_at(rows, 0.1) is None
    row = row_at(rows, 12.9)
    assert row is not None and row.utterance == 3 and row.said is not None
    number = word_at(row.said, 12.9)
    assert row.said.words[number].start <= 12.9 < row.said.words[number].end
    assert word_at(row.said, 10_000.0) == -1


def test_lines_are_found_by_what_was_said_and_by_its_translation() -> None:
    rows = opened().rows
    assert containing(rows, "BISOPROLOL") == (3,)
    assert containing(rows, "pulmões") == (5,)
    assert containing(rows, " ") == ()


# --- opening


def test_a_session_that_was_asked_for_is_opened(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    assert view.session.lines.lines.rowCount() == len(opened().rows)
    assert view.session.tabs.tabText(1) == "Findings (1)"


def test_the_answer_for_a_session_that_nobody_waits_for_any_more_is_not_shown(qtbot: QtBot, studio: Studio) -> None:
    model, view = review(studio, None)
    qtbot.addWidget(view)
    model.open("aa11aa11")
    first = studio.desk.job(OpenSession)
    model.open(SESSION.id)
    first.finish(opened(known=SESSIONS[0]))
    assert model.state.opened is None and model.state.opening == SESSION.id
    studio.desk.job(OpenSession).finish(opened())
    assert model.state.opened and model.state.opened.known.id == SESSION.id


def test_a_session_is_shown_though_another_that_was_asked_for_before_cannot_be_opened(studio: Studio) -> None:
    model, _ = review(studio, None)
    model.open("aa11aa11")
    first = studio.desk.job(OpenSession)
    model.open(SESSION.id)
    first.fail("line 3 is damaged", "restore it", "StoreError")
    assert (model.state.opening, model.state.problem) == (SESSION.id, "")
    studio.desk.job(OpenSession).finish(opened())
    assert model.state.opened and model.state.opened.known.id == SESSION.id


def test_a_folder_is_opened_however_the_system_writes_it(studio: Studio) -> None:
    model, _ = review(studio, None)
    model.open("C:/results")
    studio.desk.job(OpenSession).finish(opened(known=replace(SESSION, id="C:\\results")))
    assert model.state.opened and model.state.opening == ""


def test_what_cannot_be_opened_is_told_and_the_list_stays(qtbot: QtBot, studio: Studio) -> None:
    model, view = review(studio, None)
    qtbot.addWidget(view)
    model.open(SESSION.id)
    studio.desk.job(OpenSession).fail("line 3 is damaged", "restore it", "StoreError")
    assert "damaged" in model.state.problem
    assert view.problem.isVisibleTo(view)


def test_a_session_is_chosen_with_a_click_or_with_enter(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    sessions = view.sessions.view
    place = sessions.visualRect(view.sessions.model.index(2)).center()
    QTest.mouseClick(sessions.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert studio.desk.tasks(OpenSession)[-1].session == "cc33cc33"
    view.sessions.search.setText("2026-11-23")
    assert [one.id for one in model.state.found] == ["aa11aa11"]


def test_a_session_that_was_cut_off_can_be_continued(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio, opened(known=SESSIONS[0]))
    with qtbot.waitSignal(model.wants) as caught:
        view.session.go_on.click()
    assert caught.args == [Go(Place.VISIT, session="aa11aa11")]


def test_a_visit_that_ended_with_the_window_can_be_continued_and_one_that_is_over_cannot(
    qtbot: QtBot, studio: Studio
) -> None:
    model, view = shown(qtbot, studio, opened(known=replace(SESSION, reason="interrupted")))
    assert view.session.go_on.isVisibleTo(view) and not view.session.end.isVisibleTo(view)
    studio.desk.answer(OpenSession, result=opened(known=replace(SESSIONS[2], reason="finished")))
    model.open("cc33cc33")
    qtbot.waitUntil(lambda: model.state.opened is not None and model.state.opened.known.id == "cc33cc33")
    assert not view.session.go_on.isVisibleTo(view)


def test_a_session_that_goes_on_cannot_be_changed(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio, opened(known=SESSIONS[3]))
    session = view.session
    assert not any(
        made.isEnabled() for made in (session.correct, session.retranslate, session.purge, session.note.draft)
    )


# --- hearing


def test_a_click_on_a_word_plays_from_it(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    lines = view.session.lines
    index = lines.lines.index_of(3)
    row = lines.lines.rows[index.row()]
    assert row.said is not None
    wanted = next(n for n, word in enumerate(row.said.words) if row.said.text[word.first : word.stop] == "bisoprolol,")
    place = place_of(view, 3, f"word:{wanted}")
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert studio.desk.tasks(PlaySound)[-1].start == row.said.words[wanted].start


def place_of(view: ReviewView, utterance: int, anchor: str) -> QPoint:
    """A point of the transcript on which a link lies."""
    lines = view.session.lines
    index = lines.lines.index_of(utterance)
    rect = lines.visualRect(index)
    for y in range(0, rect.height(), 3):
        for x in range(0, rect.width(), 4):
            if lines.painter._anchor(lines.lines.rows[index.row()], QPointF(x, y)) == anchor:
                return rect.topLeft() + QPoint(x + 1, y + 1)
    raise AssertionError(f"{anchor} is nowhere in line {utterance}")


def test_enter_plays_the_current_line(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    view.session.lines.show_line(5)
    QTest.keyClick(view.session.lines, Qt.Key.Key_Return)
    assert studio.desk.tasks(PlaySound)[-1].start == 21.0
    QTest.keyClick(view.session.lines, Qt.Key.Key_Space)
    assert studio.desk.job(PlaySound).said == [Pause()]


def test_the_word_that_is_heard_is_marked(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    model.play(12.0)
    studio.desk.job(PlaySound).tell(At(12.5), At(12.9))
    assert view.session.lines.painter.heard[0] == 3
    assert view.session.lines.painter.heard[1] >= 0
    assert view.session.play.accessibleName() == "Pause"
    assert view.session.outline.value() == 12_900


def test_pause_seek_and_the_end(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    view.session.play.click()
    job = studio.desk.job(PlaySound)
    view.session.play.click()
    assert job.said == [Pause()] and model.state.playing.is_paused
    view.session.forth.click()
    assert job.said[-1] == Seek(5.0)
    view.session.play.click()
    assert job.said[-1] == Resume()
    view.session.outline.setFocus()
    QTest.keyClick(view.session.outline, Qt.Key.Key_Right)
    assert job.said[-1] == Seek(10.0)
    job.finish()
    assert not model.state.playing.is_on
    assert len(studio.desk.tasks(PlaySound)) == 1
    model.leave()
    view.session.play.click()
    assert studio.desk.tasks(PlaySound)[-1].start == 10.0


def test_a_loudspeaker_that_is_not_there_is_told_at_the_player(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    view.session.play.click()
    studio.desk.job(PlaySound).fail("the loudspeaker cannot be opened", "choose another one", "BackendUnavailable")
    assert view.session.unheard.isVisibleTo(view)
    assert not model.state.playing.is_on


def test_leaving_the_screen_stops_the_sound(qtbot: QtBot, studio: Studio) -> None:
    model, _ = shown(qtbot, studio)
    model.play(3.0)
    model.leave()
    assert studio.desk.job(PlaySound).is_stopped


# --- correcting


def edit(view: ReviewView, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type into the editor that is open, and end it by a key."""
    editor = view.session.lines.viewport().findChild(QPlainTextEdit)
    assert editor is not None
    editor.setPlainText(text)
    editor.document().setModified(True)
    QTest.keyClick(editor, key)
    QApplication.processEvents()


def test_f2_corrects_the_current_line_where_it_stands(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    view.session.speakers.editor.setText("Ana Silva")
    view.session.lines.show_line(7)
    QTest.keyClick(view.session.lines, Qt.Key.Key_F2)
    edit(view, "Não,\nnenhuma.")
    assert studio.desk.tasks(CorrectText) == [CorrectText(SESSION.id, 7, "pt", "Não, nenhuma.", "Ana Silva")]
    studio.desk.job(CorrectText).finish(opened(CORRECTED))
    row = model.state.opened.row(7) if model.state.opened else None
    assert row and row.said and row.said.text == "Não, nenhuma."
    assert view.session.corrections.isVisibleTo(view)
    assert view.session.lines.row and view.session.lines.row.utterance == 7


def test_shift_f2_corrects_the_translation(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    view.session.lines.show_line(7)
    QTest.keyClick(view.session.lines, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    edit(view, "No, none.")
    assert studio.desk.tasks(CorrectText) == [CorrectText(SESSION.id, 7, "en", "No, none.")]


def test_escape_leaves_a_text_as_it_was(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    view.session.lines.show_line(7)
    view.session.correct.click()
    edit(view, "something else", Qt.Key.Key_Escape)
    assert studio.desk.tasks(CorrectText) == []


def test_a_text_that_is_as_it_was_or_empty_is_not_sent(qtbot: QtBot, studio: Studio) -> None:
    model, _ = shown(qtbot, studio)
    model.correct(7, "pt", "Não.")
    model.correct(7, "pt", "   ")
    model.correct(999, "pt", "x")
    assert studio.desk.tasks(CorrectText) == []


def test_an_editor_runs_the_way_of_its_language(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    view.session.lines.show_line(8)
    view.session.correct.click()
    editor = view.session.lines.viewport().findChild(QPlainTextEdit)
    assert editor is not None and editor.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_a_correction_that_fails_is_told(qtbot: QtBot, studio: Studio) -> None:
    model, _ = shown(qtbot, studio)
    model.correct(7, "pt", "Não, nenhuma.")
    assert model.state.working
    studio.desk.job(CorrectText).fail("a process is at it", "end it there", "StoreBusy")
    assert model.state.problem and not model.state.working
    assert "Não, nenhuma." in model.state.remedy


def test_one_correction_waits_for_the_one_before(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    model.correct(7, "pt", "Não, nenhuma.")
    model.correct(6, "en", "Any allergies?")
    assert [task.utterance for task in studio.desk.tasks(CorrectText)] == [7]
    studio.desk.job(CorrectText).fail()
    assert [task.utterance for task in studio.desk.tasks(CorrectText)] == [7, 6]
    studio.desk.job(CorrectText).finish(opened())
    assert not model.state.working
    assert view.session.correct.isEnabled()


def test_a_speaker_is_named(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    view.session.speakers.named.emit("S1", "Dr Ana Silva")
    assert studio.desk.tasks(NameSpeaker) == [NameSpeaker(SESSION.id, "S1", "Dr Ana Silva")]


# --- finding


def test_a_finding_leads_to_its_line(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    panel = view.session.findings
    panel.list.itemActivated.emit(panel.list.item(0))
    assert view.session.lines.row and view.session.lines.row.utterance == 3
    assert view.session.lines.painter.marked == frozenset({3})


def test_what_is_searched_for_is_marked_and_enter_goes_on(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    view.session.finder.setText("any")
    found = view.session.lines.painter.marked
    assert {6, 10} <= found
    seen = []
    for _ in range(len(found) + 1):
        QTest.keyClick(view.session.finder, Qt.Key.Key_Return)
        assert view.session.lines.row is not None
        seen.append(view.session.lines.row.utterance)
    assert set(seen) == found and seen[0] == seen[-1]


def test_evidence_of_a_note_leads_to_the_lines_it_rests_on(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio, notes=(note(),))
    view.session.note.text.anchorClicked.emit(QUrl("1,2"))
    assert view.session.lines.painter.marked == frozenset({1, 2})
    assert view.session.lines.row and view.session.lines.row.utterance == 1


# --- the note


def test_a_note_is_drafted_edited_and_signed(qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    model, view = shown(qtbot, studio)
    monkeypatch.setattr(review_note, "asked", lambda question: True)
    panel = view.session.note
    panel.draft.click()
    assert studio.desk.tasks(DraftNote) == [DraftNote(SESSION.id, "soap", "")]
    studio.desk.job(DraftNote).finish(note())
    assert "Draft" in panel.badge.accessibleName()
    panel.edit.click()
    panel.editor.setPlainText(panel.editor.toPlainText() + "\n- Bed rest.\n")
    panel.keep.click()
    task = studio.desk.tasks(EditNote)[-1]
    assert task.note == "soap-en.1" and task.text.endswith("- Bed rest.\n")
    second = replace(note(), id="soap-en.2")
    studio.desk.job(EditNote).finish(second)
    assert [page.id for page in model.state.notes] == ["soap-en.2"]
    assert not panel.sign.isEnabled()
    panel.signer.setText("Dr Ana Silva")
    panel.sign.click()
    assert studio.desk.tasks(SignNote) == [SignNote(SESSION.id, "soap-en.2", second.sha256, "Dr Ana Silva")]
    studio.desk.job(SignNote).finish(replace(note(signer="Dr Ana Silva"), id="soap-en.2"))
    assert "Signed" in panel.badge.accessibleName()
    assert not panel.sign.isVisibleTo(panel)


def test_the_model_drafts_only_where_one_is_set_up_and_somebody_has_read_where_the_words_go(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, view = shown(qtbot, studio)
    assert not view.session.note.by_model.isVisibleTo(view)
    model.draft_by_model()
    assert studio.desk.tasks(DraftNote) == []
    studio.settings.change(server="http://192.168.1.5:8000/v1", server_model="qwen")
    model.search("x")
    questions: list[Question] = []
    monkeypatch.setattr(review_view, "asked", lambda question: bool(questions.append(question)))
    view.session.note.by_model.click()
    assert studio.desk.tasks(DraftNote) == []
    told = " ".join(label.text() for label in questions[0].findChildren(QLabel))
    assert "192.168.1.5" in told and "not encrypted" in told
    monkeypatch.setattr(review_view, "asked", lambda question: True)
    view.session.note.by_model.click()
    assert studio.desk.tasks(DraftNote) == [DraftNote(SESSION.id, "soap", "", "http://192.168.1.5:8000/v1", "qwen")]


def test_a_draft_by_the_model_can_be_stopped_and_other_work_cannot(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.settings.change(server="http://127.0.0.1:8000/v1", server_model="qwen")
    model, view = shown(qtbot, studio)
    model.draft()
    assert not view.session.stop.isVisibleTo(view)
    studio.desk.job(DraftNote).finish(note())
    monkeypatch.setattr(review_view, "asked", lambda question: True)
    view.session.note.by_model_again.click()
    view.session.stop.click()
    assert studio.desk.job(DraftNote).is_stopped
    studio.desk.job(DraftNote).fail("the draft was stopped", "draft it again", "BackendFailed")
    assert not view.session.stop.isVisibleTo(view)


def test_a_model_words_no_summary_for_the_patient_and_another_template_is_kept(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.settings.change(server="http://127.0.0.1:8000/v1", server_model="qwen")
    monkeypatch.setattr(review_view, "asked", lambda question: True)
    own = replace(note(), id="referral-en.1", template="referral")
    model, view = shown(qtbot, studio, notes=(replace(note(), id="summary-pt.1", template="summary"), own))
    view.session.note.by_model_again.click()
    assert studio.desk.job(DraftNote).task.template == "referral"
    studio.desk.job(DraftNote).finish(own)
    model.show_note("summary-pt.1")
    assert not view.session.note.by_model_again.isVisibleTo(view.session.note)


@pytest.mark.parametrize("is_left", [False, True])
def test_a_note_that_is_being_edited_is_not_lost_by_a_click_on_another_session(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch, is_left: bool
) -> None:
    model, view = shown(qtbot, studio, notes=(note(),))
    questions: list[Question] = []
    monkeypatch.setattr(review_view, "asked", lambda question: bool(questions.append(question)) or is_left)
    panel = view.session.note
    panel.edit.click()
    assert model.busy == ""
    panel.editor.appendPlainText("- One more.")
    assert model.busy
    view.sessions.chosen.emit(SESSION.id)
    assert questions == []
    model.arrive(Go(Place.REVIEW, session="cc33cc33"))
    assert model.state.opening == ""
    view.sessions.chosen.emit("cc33cc33")
    assert len(questions) == 1
    assert model.state.opening == ("cc33cc33" if is_left else "")
    assert (panel.editor.isVisible(), bool(model.busy)) == (not is_left, not is_left)


def test_an_edited_note_that_was_kept_is_no_longer_in_the_way(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio, notes=(note(),))
    view.session.note.edit.click()
    view.session.note.editor.appendPlainText("- One more.")
    view.session.note.keep.click()
    studio.desk.job(EditNote).finish(replace(note(), id="soap-en.2"))
    assert model.busy == ""


def test_a_correction_that_is_being_typed_is_something_under_way(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    view.session.lines.show_line(3)
    view.session.lines.edit_text()
    assert model.busy
    editor = view.session.lines.findChild(QPlainTextEdit)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: model.busy == "")
    view.session.lines.edit_text()
    model.open("cc33cc33")
    assert model.busy == ""


def test_a_session_that_may_not_be_changed_opens_no_editor(qtbot: QtBot, studio: Studio) -> None:
    whole = opened()
    _, view = shown(qtbot, studio, replace(whole, known=replace(whole.known, state="open")))
    view.session.lines.show_line(3)
    view.session.lines.edit_text()
    assert view.session.lines.findChild(QPlainTextEdit) is None


def test_a_signed_version_stays_where_a_new_one_is_drafted(qtbot: QtBot, studio: Studio) -> None:
    signed = note(signer="Dr Ana Silva")
    model, _ = shown(qtbot, studio, notes=(signed,))
    model.draft()
    studio.desk.job(DraftNote).finish(replace(note(), id="soap-en.2"))
    assert [page.id for page in model.state.notes] == [signed.id, "soap-en.2"]


def test_nothing_is_signed_by_whoever_thinks_better_of_it(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, view = shown(qtbot, studio, notes=(note(),))
    monkeypatch.setattr(review_note, "asked", lambda question: False)
    view.session.note.signer.setText("Dr Ana Silva")
    view.session.note.sign.click()
    assert studio.desk.tasks(SignNote) == []


def test_what_is_wrong_with_an_edited_note_is_told_and_the_text_stays(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio, notes=(note(),))
    panel = view.session.note
    panel.edit.click()
    panel.editor.setPlainText("nonsense")
    panel.keep.click()
    studio.desk.job(EditNote).fail("line 1 stands before the first section", "put it under a heading", "ConfigError")
    assert panel.problem.isVisibleTo(panel)
    assert panel.editor.isVisible() and panel.editor.toPlainText() == "nonsense"


# --- documents and the end


def test_documents_are_written_as_chosen(qtbot: QtBot, studio: Studio) -> None:
    model, _ = shown(qtbot, studio)
    dialog = ExportDialog(None, opened())
    qtbot.addWidget(dialog)
    assert set(dialog.formats) == {"pdf", "docx"}
    assert SESSION.id in dialog.folder
    model.export("somewhere", dialog.formats, sound=True)
    assert studio.desk.tasks(ExportSession) == [ExportSession(SESSION.id, "somewhere", dialog.formats, True)]
    with qtbot.waitSignal(model.said) as said:
        studio.desk.job(ExportSession).finish(Exported("somewhere", ("transcript.docx",)))
    assert "somewhere" in said.args[0]
    assert not model.state.problem
    model.export("somewhere", ("md",), sound=False)
    studio.desk.job(ExportSession).finish(Exported("somewhere", ("transcript.md",), ("line 3 is damaged",)))
    assert "line 3" in model.state.remedy


def test_a_page_becomes_a_pdf_in_every_script(qtbot: QtBot, tmp_path: Path) -> None:
    page = '<p dir="rtl">لا، ليس لديه حساسية</p><p>头痛 — dor de cabeça</p>'
    printing = Printing(page, str(tmp_path))
    with qtbot.waitSignal(printing.printed, timeout=20_000) as made:
        printing.begin()
    assert made.args == [NAME]
    assert (tmp_path / NAME).read_bytes().startswith(b"%PDF")


def test_a_pdf_of_before_does_not_pass_for_one_that_cannot_be_written(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise PermissionError("a viewer has it open")

    (tmp_path / NAME).write_bytes(b"%PDF of before")
    monkeypatch.setattr(Path, "replace", refuse)
    printing = Printing("<p>x</p>", str(tmp_path))
    with qtbot.waitSignal(printing.failed, timeout=20_000):
        printing.begin()
    assert [each.name for each in tmp_path.iterdir()] == [NAME]


def test_a_mistake_while_a_pdf_is_made_ends_the_making(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def err(printing: Printing, path: Path) -> None:
        raise ValueError

    monkeypatch.setattr(Printing, "_print", err)
    printing, ends = Printing("<p>x</p>", str(tmp_path)), list[str]()
    printing.failed.connect(ends.append)
    with pytest.raises(ValueError):
        printing.make()
    assert len(ends) == 1


def test_a_pdf_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    printing = Printing("<p>x</p>", str(tmp_path / "nowhere"))
    with qtbot.waitSignal(printing.failed, timeout=20_000):
        printing.begin()


def test_a_session_is_destroyed_only_by_typing_its_name(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, view = shown(qtbot, studio)
    questions: list[Any] = []

    def ask(question: Any) -> bool:
        questions.append(question)
        question.typed.setText("wrong")
        assert not question.yes.isEnabled()
        question.typed.setText(SESSION.id)
        return bool(question.yes.isEnabled())

    monkeypatch.setattr(review_view, "asked", ask)
    view.session.purge.click()
    assert studio.desk.tasks(PurgeSession) == [PurgeSession(SESSION.id)]
    studio.desk.job(PurgeSession).finish()
    assert model.state.opened is None
    assert len(studio.desk.tasks(ListSessions)) == 2


def test_results_in_a_folder_are_not_destroyed_from_here(qtbot: QtBot, studio: Studio) -> None:
    known = Known(id=str(studio.folder / "visit.voicedoc"), state="folder", languages=("en", "pt"))
    model, view = shown(qtbot, studio, opened(known=known))
    assert not view.session.purge.isVisibleTo(view)
    model.purge()
    assert studio.desk.tasks(PurgeSession) == []


# --- long sessions


def test_a_long_session_is_laid_out_bit_by_bit(qtbot: QtBot, studio: Studio) -> None:
    one = opened().rows[0]
    rows = tuple(replace(one, utterance=n, start=float(n), end=n + 0.5) for n in range(1, 801))
    _, view = shown(qtbot, studio, replace(opened(), rows=rows))
    made: list[int] = []
    painter = view.session.lines.painter
    make = painter._made

    def counted(*arguments: Any, **options: Any) -> Any:
        made.append(1)
        return make(*arguments, **options)

    painter._made = counted  # type: ignore[method-assign]
    changed = (replace(rows[0], who="Dr Ana Silva"), *rows[1:])
    view.session.lines.lines.show_rows(changed)
    QApplication.processEvents()
    assert len(made) < 100
    assert view.session.lines.lines.rowCount() == 800


def test_the_list_gives_way_where_there_is_little_room(qtbot: QtBot, studio: Studio) -> None:
    _, view = shown(qtbot, studio)
    view.resize(QSize(900, 700))
    view._open(SESSION.id)
    assert not view._side.isVisibleTo(view)
    view.session.list_wanted.click()
    assert view._side.isVisibleTo(view)


def test_an_outline_that_comes_late_is_drawn(qtbot: QtBot, studio: Studio) -> None:
    model, view = shown(qtbot, studio)
    qtbot.waitUntil(lambda: model.state.outline is not None)
    assert studio.desk.tasks(DrawOutline) == [DrawOutline(SESSION.id)]
    assert view.session.outline._outline == model.state.outline
