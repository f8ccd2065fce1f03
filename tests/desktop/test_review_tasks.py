"""What the office does with sessions that are over, on a store and on folders as they are. Without Qt."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from voicedoc_desktop.state.review import NotePage, Opened
from voicedoc_desktop.tasks import sound as sounds
from voicedoc_desktop.tasks.notes import DraftNote, EditNote, ReadNotes, SignNote
from voicedoc_desktop.tasks.sessions import (
    At,
    CloseSession,
    CorrectText,
    DrawOutline,
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

from tests.desktop.office import Office, Speaker
from tests.helpers.fake_chat import delta, fake_chat
from tests.helpers.transcripts import consultation_events
from voicedoc.capture.chunks import CHUNKS_NAME, ChunkWriter
from voicedoc.core.journal import Journal
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError, StoreError
from voicedoc.store.sessions import JOURNAL

pytestmark = pytest.mark.unit

RATE = 8000
DONE = "data: [DONE]"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def speaker(monkeypatch: pytest.MonkeyPatch) -> Speaker:
    made = Speaker()
    monkeypatch.setattr(sounds, "portaudio", lambda: made)
    return made


def stored(office: Office, *, seconds: float = 0.0, sealed: bool = True) -> str:
    """The consultation in the store, with a sound that rises from second to second; its id."""
    with office.vault().begin(doctor="en", patient="pt", profile="scripted") as session:
        for event in consultation_events():
            session.journal.append(event)
        if seconds:
            with ChunkWriter.create(session.audio / CHUNKS_NAME, session.cipher, rate=RATE, n_channels=2) as writer:
                writer.write(np.repeat(_rising(seconds)[:, None], 2, axis=1))
        if sealed:
            session.journal.seal()
    return session.id


def _rising(seconds: float) -> np.ndarray:
    """Each second is louder than the one before, so that it can be told which one is heard."""
    at = np.arange(round(seconds * RATE))
    return ((at // RATE + 1) * 1000 * (1 - 2 * (at % 2))).astype(np.int16)


def results(tmp_path: Path) -> Path:
    """The consultation in a folder."""
    folder = tmp_path / "visit.voicedoc"
    folder.mkdir()
    with Journal(folder / JOURNAL) as journal:
        for event in consultation_events():
            journal.append(event)
        journal.seal()
    return folder


# --- looking


def test_sessions_are_listed_the_last_one_first_and_need_no_key(office: Office) -> None:
    first, second = stored(office), stored(office, sealed=False)
    listed = ListSessions().run(office)
    assert [one.id for one in listed] == [second, first]
    assert [one.state for one in listed] == ["crashed", "closed"]
    assert listed[1].languages == ("en", "pt")


@pytest.mark.parametrize("place", ["store", "folder"])
def test_a_session_is_opened_with_words_in_time_marks_and_findings(office: Office, tmp_path: Path, place: str) -> None:
    session = stored(office) if place == "store" else str(results(tmp_path))
    opened = OpenSession(session).run(office)
    row = opened.row(3)
    assert row and row.said
    word = next(one for one in row.said.words if row.said.text[one.first : one.stop] == "2.5")
    assert row.start <= word.start < word.end <= row.end
    assert [row.said.text[mark.first : mark.stop] for mark in row.said.marks] == ["2.5"]
    assert [found.utterance for found in opened.findings] == [3]
    assert "the number 2.5 is not in the translation" not in row.warnings
    assert opened.known.is_folder is (place == "folder")
    assert [one.utterance for one in opened.rows] == sorted((r.utterance for r in opened.rows), key=_start(opened))


def _start(opened: Opened) -> object:
    starts = {row.utterance: row.start for row in opened.rows}
    return lambda utterance: starts[utterance]


def test_everything_that_crosses_to_the_window_can_be_pickled(office: Office) -> None:
    session = stored(office, seconds=2.0)
    for task in (ListSessions(), OpenSession(session), DraftNote(session), ReadNotes(session), DrawOutline(session)):
        result = pickle.loads(pickle.dumps(task)).run(office)
        assert pickle.loads(pickle.dumps(result)) == result


def test_what_is_damaged_is_told_and_the_rest_is_shown(office: Office) -> None:
    session = stored(office)
    vault = office.vault()
    with vault._db.transaction():
        vault._db.execute("UPDATE lines SET sealed = x'01' WHERE session = ? AND number = 30", (session,))
    opened = OpenSession(session).run(office)
    assert opened.damaged
    assert opened.rows


def test_a_folder_without_results_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        OpenSession(str(tmp_path / "nothing")).run(office)


def test_a_session_whose_process_died_can_be_ended(office: Office) -> None:
    session = stored(office, sealed=False)
    assert CloseSession(session).run(office).state == "closed"


# --- correcting


@pytest.mark.parametrize("place", ["store", "folder"])
def test_a_correction_is_shown_with_what_stood_there_before(office: Office, tmp_path: Path, place: str) -> None:
    session = stored(office) if place == "store" else str(results(tmp_path))
    opened = CorrectText(session, 7, "pt", "Não, nenhuma.", "Ana Silva").run(office)
    row = opened.row(7)
    assert row and row.said and row.said.text == "Não, nenhuma."
    assert [(one.before, one.editor) for one in row.corrections] == [("Não.", "Ana Silva")]
    assert opened.n_corrections == 1
    assert [row.said.text[word.first : word.stop] for word in row.said.words] == ["Não,", "nenhuma."]


def test_a_speaker_is_named_and_given_a_role(office: Office) -> None:
    session = stored(office)
    NameSpeaker(session, "S1", "Dr Ana Silva").run(office)
    opened = NameSpeaker(session, "S2", "other").run(office)
    voices = {voice.label: (voice.title, voice.role) for voice in opened.voices}
    assert voices["S1"] == ("Dr Ana Silva", "doctor")
    assert voices["S2"][1] == "other"
    assert next(row for row in opened.rows if row.speaker == "S1").who == "Dr Ana Silva"


# --- sound


def test_the_outline_is_as_loud_as_the_sound(office: Office) -> None:
    outline = DrawOutline(stored(office, seconds=4.0)).run(office)
    assert outline and outline.duration == pytest.approx(4.0)
    quarters = [max(outline.peaks[n * 300 : (n + 1) * 300]) for n in range(4)]
    assert quarters == sorted(quarters) and len(set(quarters)) == 4


def test_a_session_without_sound_has_no_outline_and_says_so_when_played(office: Office, speaker: Speaker) -> None:
    session = stored(office)
    assert DrawOutline(session).run(office) is None
    assert not OpenSession(session).run(office).has_sound
    with pytest.raises(ConfigError, match="no sound"):
        PlaySound(session).run(office)


def test_sound_is_played_from_the_second_that_is_wanted(office: Office, speaker: Speaker) -> None:
    PlaySound(stored(office, seconds=4.0), 2.0).run(office)
    assert len(speaker.played) == 2 * RATE
    assert abs(speaker.played[0]) == pytest.approx(3000 / 2**15, abs=1e-3)
    assert speaker.options["channels"] == 1
    places = [told.seconds for told in office.told if isinstance(told, At)]
    assert places[0] == 2.0 and places[-1] == pytest.approx(4.0)
    assert places == sorted(places)
    assert speaker.states[-1] == "closed"


def test_a_player_goes_elsewhere_at_once(office: Office, speaker: Speaker) -> None:
    office.say(Seek(3.0))
    PlaySound(stored(office, seconds=4.0), 0.0).run(office)
    assert len(speaker.played) == RATE
    assert abs(speaker.played[0]) == pytest.approx(4000 / 2**15, abs=1e-3)


def test_a_player_waits_while_it_is_paused_and_goes_on_from_there(office: Office, speaker: Speaker) -> None:
    office.say(Pause(), Resume())
    PlaySound(stored(office, seconds=1.0)).run(office)
    assert len(speaker.played) == RATE
    assert [told.is_paused for told in office.told[:3]] == [False, True, False]
    assert speaker.states[:3] == ["on", "off", "on"]


def test_a_player_that_is_paused_can_be_stopped(tmp_path: Path, speaker: Speaker) -> None:
    office = Office(tmp_path, lambda told: office.stopped.set() if isinstance(told, At) and told.is_paused else None)
    office.say(Pause())
    PlaySound(stored(office, seconds=1.0)).run(office)
    assert speaker.played == []


def test_a_player_that_nobody_wants_any_more_is_silent(tmp_path: Path, speaker: Speaker) -> None:
    office = Office(tmp_path, lambda told: office.stopped.set() if told.seconds > 0.5 else None)  # type: ignore[attr-defined]
    PlaySound(stored(office, seconds=4.0)).run(office)
    assert 0 < len(speaker.played) < RATE
    assert speaker.states[-1] == "closed"


def test_a_loudspeaker_that_cannot_be_opened_is_told(office: Office, speaker: Speaker) -> None:
    speaker.refuses = True
    with pytest.raises(BackendUnavailable):
        PlaySound(stored(office, seconds=1.0)).run(office)


# --- notes


def test_a_note_is_drafted_edited_and_signed(office: Office) -> None:
    session = stored(office)
    assert ReadNotes(session).run(office) == ()
    draft = DraftNote(session).run(office)
    assert draft.state == "draft" and draft.id == "soap-en.1"
    assert any(claim.utterances for heading in draft.headings for claim in heading.claims)
    edited = EditNote(session, draft.id, draft.text.replace("Good morning. ", "").replace("- ", "- ", 1)).run(office)
    edited = EditNote(session, edited.id, edited.text.replace("## Plan\n", "## Plan\n\n- Bed rest.\n", 1)).run(office)
    assert any(claim.by_person for heading in edited.headings for claim in heading.claims)
    signed = SignNote(session, edited.id, edited.sha256, "Dr Ana Silva").run(office)
    assert signed.state == "signed" and "Dr Ana Silva" in signed.status
    assert [page.state for page in ReadNotes(session).run(office)] == ["signed"]


def test_nothing_else_is_signed_than_what_was_shown(office: Office) -> None:
    session = stored(office)
    draft: NotePage = DraftNote(session).run(office)
    with pytest.raises(ConfigError, match="not what was shown"):
        SignNote(session, draft.id, "0" * 64, "Dr Ana Silva").run(office)
    assert [page.state for page in ReadNotes(session).run(office)] == ["draft"]


def test_a_line_that_is_no_sentence_is_told_and_nothing_is_kept(office: Office) -> None:
    session = stored(office)
    draft = DraftNote(session).run(office)
    with pytest.raises(ConfigError):
        EditNote(session, draft.id, draft.text + "\nnot a sentence\n").run(office)
    assert [page.id for page in ReadNotes(session).run(office)] == [draft.id]


# --- documents, the end


def test_documents_of_a_stored_session_go_into_a_new_folder(office: Office, tmp_path: Path) -> None:
    session = stored(office, seconds=1.0)
    DraftNote(session).run(office)
    CorrectText(session, 7, "pt", "Não, nenhuma.", "Ana Silva").run(office)
    made = ExportSession(session, str(tmp_path / "out"), ("pdf", "md", "docx"), sound=True).run(office)
    assert {"transcript.md", "transcript.docx", "audio.flac", "journal.jsonl"} <= set(made.files)
    assert "nenhuma" in (tmp_path / "out" / "transcript.md").read_text("utf-8")
    assert "Não, nenhuma." in made.page and "before: “Não.”" in made.page
    assert 'dir="rtl"' in made.page
    with pytest.raises(StoreError):
        ExportSession(session, str(tmp_path / "out"), ("md",)).run(office)


def test_documents_of_a_folder_are_made_in_it(office: Office, tmp_path: Path) -> None:
    folder = results(tmp_path)
    made = ExportSession(str(folder), str(folder), ("md", "srt")).run(office)
    assert "transcript.md" in made.files and JOURNAL not in made.files
    assert made.page == ""
    with pytest.raises(ConfigError):
        ExportSession(str(folder), str(tmp_path / "elsewhere"), ("md",)).run(office)


def test_formats_that_are_not_for_a_language_say_why(office: Office) -> None:
    formats = {one.name: one.problem for one in OpenSession(stored(office)).run(office).formats}
    assert "ar" in formats["deid"]
    assert formats["docx"] == "" and "pdf" in formats


def test_a_session_is_destroyed_for_good(office: Office) -> None:
    session = stored(office, seconds=1.0)
    PurgeSession(session).run(office)
    assert ListSessions().run(office) == ()
    with pytest.raises(ConfigError):
        OpenSession(session).run(office)


def test_a_model_on_the_own_network_words_a_draft_that_rules_judge(office: Office) -> None:
    session = stored(office)
    written = json.dumps({"sentences": [{"text": "The patient takes metformin 500 mg twice a day.", "evidence": [1]}]})
    with fake_chat(lambda _: (delta(written, "stop"), DONE)) as server:
        page = DraftNote(session, "soap", "", server.url, "tiny").run(office)
        assert server.requests
    assert page.state == "draft" and page.id == "soap-en.1"
    assert [claim for heading in page.headings for claim in heading.claims]


def test_a_draft_that_nobody_wants_any_more_keeps_nothing(office: Office) -> None:
    session = stored(office)
    office.stopped.set()
    with fake_chat(lambda _: (delta("{}", "stop"), DONE)) as server, pytest.raises(BackendFailed):
        DraftNote(session, "soap", "", server.url, "tiny").run(office)
    assert ReadNotes(session).run(office) == ()
