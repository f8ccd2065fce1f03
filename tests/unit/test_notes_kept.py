"""Notes as they are kept: every version stays, a draft is a draft until it is signed, and what was signed stays so."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.notes import LABELS
from tests.helpers.transcripts import consultation_events
from tests.helpers.vault import MARKER, closed, keep_visit, vault_in
from voicedoc.converse.notes.edit import from_text, to_text
from voicedoc.converse.notes.kept import (
    NOTES,
    FolderShelf,
    Kept,
    Shelf,
    StoredShelf,
    broken,
    keep,
    kept_notes,
    latest,
    sign,
)
from voicedoc.converse.notes.material import gather
from voicedoc.converse.notes.note import Note, Origin, Paragraph, Sentence, Support, sha256_of
from voicedoc.converse.notes.rules import draft_by_rules
from voicedoc.converse.notes.template import load_template
from voicedoc.core.events import NoteSigned
from voicedoc.core.journal import Journal
from voicedoc.core.labels import one_line
from voicedoc.errors import ConfigError, StoreError
from voicedoc.store.audit import broken_at
from voicedoc.store.sessions import JOURNAL
from voicedoc.store.vault import Vault

pytestmark = pytest.mark.unit

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def drafted(shelf: Shelf, template: str = "soap") -> Note:
    plan = load_template(template)
    return draft_by_rules(gather(shelf.events(), reader=plan.reader), plan, LABELS)


def changed(note: Note, old: str, new: str, shelf: Shelf) -> Note:
    return from_text(to_text(note).replace(old, new), note, gather(shelf.events(), language=note.language))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_in(tmp_path / "store")


@pytest.fixture
def stored(vault: Vault) -> StoredShelf:
    """A consultation in the encrypted store."""
    with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        session.journal.order(["read", "segment", "recognize", "attribute", "translate", "guard"])
        for event in consultation_events():
            session.journal.append(event, "" if event.at == 0.0 else "recognize")
        session.journal.seal()
    return StoredShelf(vault, session.id)


@pytest.fixture
def folder(tmp_path: Path) -> FolderShelf:
    """The same in a folder."""
    place = tmp_path / "visit.voicedoc"
    place.mkdir()
    with Journal(place / JOURNAL) as journal:
        for event in consultation_events():
            journal.append(event, "" if event.at == 0.0 else "recognize")
        journal.seal()
    return FolderShelf(place)


@pytest.fixture(params=["stored", "folder"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    found: Shelf = request.getfixturevalue(request.param)
    return found


def test_a_draft_is_kept_as_it_is_and_says_that_it_is_one(shelf: Shelf) -> None:
    note = drafted(shelf)
    kept = keep(shelf, note)
    assert (kept.id, kept.state, kept.note) == ("soap-en.1", "draft", note)
    assert kept_notes(shelf) == [kept]


def test_the_same_note_is_kept_once(shelf: Shelf) -> None:
    assert keep(shelf, drafted(shelf)) == keep(shelf, drafted(shelf))
    assert len(kept_notes(shelf)) == 1


def test_notes_of_several_templates_have_versions_of_their_own(shelf: Shelf) -> None:
    soap, summary = keep(shelf, drafted(shelf)), keep(shelf, drafted(shelf, "summary"))
    assert [one.version for one in (soap, summary)] == [1, 1]
    assert latest(shelf, "soap-en") == soap
    assert latest(shelf, "soap-de") is None


def test_a_signed_note_says_who_when_and_what(shelf: Shelf) -> None:
    signed = sign(shelf, keep(shelf, drafted(shelf)), "Dr Ana Silva", NOW)
    found = latest(shelf, "soap-en")
    assert found == signed
    assert found is not None
    assert found.state == "signed"
    assert found.signature is not None
    assert (found.signature.signer, found.signature.sha256) == ("Dr Ana Silva", sha256_of(found.note))
    assert datetime.fromisoformat(found.signature.signed) == NOW
    assert broken(shelf) == []


def test_what_changes_after_a_signature_is_a_new_draft(shelf: Shelf) -> None:
    first = sign(shelf, keep(shelf, drafted(shelf)), "Dr Ana Silva", NOW)
    second = keep(shelf, changed(first.note, "lungs are clear", "lungs are free", shelf))
    assert (second.version, second.state) == (2, "draft")
    assert [one.state for one in kept_notes(shelf)] == ["signed", "draft"]
    assert kept_notes(shelf)[0].note == first.note


def test_a_version_is_signed_once(shelf: Shelf) -> None:
    signed = sign(shelf, keep(shelf, drafted(shelf)), "Dr Ana Silva", NOW)
    with pytest.raises(ConfigError, match="signed by Dr Ana Silva already"):
        sign(shelf, signed, "Dr Ben Or")
    forged = NoteSigned(at=0.0, note=signed.id, sha256="0" * 64, signer="Dr Ben Or", signed=NOW.isoformat())
    shelf.sign(forged)
    assert [one.signature.signer for one in kept_notes(shelf) if one.signature] == ["Dr Ana Silva"]


@pytest.mark.parametrize("name", ["", "  ", "Dr\nSilva", "Dr\x00Silva"])
def test_nobody_signs_with_what_is_no_name(shelf: Shelf, name: str) -> None:
    with pytest.raises(ConfigError, match="no name to sign with"):
        sign(shelf, keep(shelf, drafted(shelf)), name)


def test_anybody_can_compute_the_digest_that_was_signed(shelf: Shelf) -> None:
    from voicedoc.converse.notes.written import to_json

    data = to_json(sign(shelf, keep(shelf, drafted(shelf)), "Dr Ana Silva", NOW))
    canonical = json.dumps(data["note"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == data["sha256"] == data["signature"]["sha256"]


def test_a_signed_note_in_a_folder_that_was_changed_is_found(folder: FolderShelf) -> None:
    sign(folder, keep(folder, drafted(folder)), "Dr Ana Silva", NOW)
    (path,) = (folder.folder / NOTES).iterdir()
    path.write_text(path.read_text("utf-8").replace("2.5 mg", "25 mg"), "utf-8")
    assert [one.state for one in kept_notes(folder)] == ["changed"]
    assert broken(folder) == ["soap-en.1 is not what was signed"]


def test_a_signed_note_that_is_gone_is_found(folder: FolderShelf) -> None:
    sign(folder, keep(folder, drafted(folder)), "Dr Ana Silva", NOW)
    (path,) = (folder.folder / NOTES).iterdir()
    path.unlink()
    assert broken(folder) == ["soap-en.1 was signed and is gone"]


@pytest.mark.parametrize("damage", ["{", "[]", '{"template": "x"}', "\udcff"])
def test_a_file_that_is_no_note_is_an_error_that_quotes_nothing(folder: FolderShelf, damage: str) -> None:
    keep(folder, drafted(folder))
    (path,) = (folder.folder / NOTES).iterdir()
    path.write_bytes(damage.encode("utf-8", "surrogateescape"))
    with pytest.raises(StoreError, match="a note cannot be read"):
        kept_notes(folder)


# --- in the encrypted store


def test_no_word_of_a_note_lies_open_on_the_disk(stored: StoredShelf, vault: Vault, tmp_path: Path) -> None:
    sign(stored, keep(stored, drafted(stored)), "Dr Ana Silva", NOW)
    vault.close()
    for path in (tmp_path / "store").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(word in content for word in (b"bisoprolol", b"lungs", b"Silva", b"soap"))


def test_the_audit_trail_says_what_was_done_and_nothing_that_was_said(stored: StoredShelf, vault: Vault) -> None:
    kept = sign(stored, keep(stored, drafted(stored)), "Dr Ana Silva", NOW)
    kept_notes(stored)
    trail = vault.audit()
    assert broken_at(trail) is None
    assert {"note-kept", "note-signed", "notes-read"} <= {entry.action for entry in trail}
    told = " ".join(entry.detail for entry in trail)
    assert not any(word in told for word in ("Silva", "soap", kept.sha256, "bisoprolol"))


def test_a_kept_note_cannot_be_changed_in_the_database(stored: StoredShelf, vault: Vault, tmp_path: Path) -> None:
    keep(stored, drafted(stored))
    vault.close()
    db = sqlite3.connect(tmp_path / "store" / "sessions.db")
    with pytest.raises(sqlite3.IntegrityError, match="does not change"):
        db.execute("UPDATE notes SET sealed = x'00'")
    db.close()


def test_a_note_that_was_damaged_or_moved_is_found(stored: StoredShelf, vault: Vault, tmp_path: Path) -> None:
    first = keep(stored, drafted(stored))
    keep(stored, changed(first.note, "lungs are clear", "lungs are free", stored))
    db = sqlite3.connect(tmp_path / "store" / "sessions.db")
    with db:
        db.execute("DROP TRIGGER notes_are_never_changed")
        db.execute("UPDATE notes SET sealed = (SELECT sealed FROM notes WHERE number = 1) WHERE number = 2")
    db.close()
    with pytest.raises(StoreError, match="note 2 is damaged"):
        kept_notes(stored)
    assert any("note 2 is damaged" in problem for problem in vault.check())


def test_a_note_that_was_taken_out_of_the_middle_is_found(stored: StoredShelf, vault: Vault, tmp_path: Path) -> None:
    first = keep(stored, drafted(stored))
    keep(stored, changed(first.note, "lungs are clear", "lungs are free", stored))
    db = sqlite3.connect(tmp_path / "store" / "sessions.db")
    with db:
        db.execute("DELETE FROM notes WHERE number = 1")
    db.close()
    with pytest.raises(StoreError, match="note 1 is missing"):
        kept_notes(stored)


def test_a_purge_takes_the_notes_along(stored: StoredShelf, vault: Vault, tmp_path: Path) -> None:
    sign(stored, keep(stored, drafted(stored)), "Dr Ana Silva", NOW)
    vault.purge(stored.session)
    vault.close()
    with sqlite3.connect(tmp_path / "store" / "sessions.db") as db:
        assert db.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    db.close()


def test_a_session_that_goes_on_gets_no_note(vault: Vault) -> None:
    session = keep_visit(vault, sealed=False)
    with vault.resume(session) as running:
        with pytest.raises(StoreError, match="a process is at session"):
            vault.keep_note(session, b"{}")
        running.journal.append(closed(3.0))
        running.journal.seal()


def test_a_signed_session_can_be_continued_and_stays_signed(vault: Vault, stored: StoredShelf) -> None:
    kept = sign(stored, keep(stored, drafted(stored)), "Dr Ana Silva", NOW)
    with vault.resume(stored.session) as more:
        more.journal.append(closed(90.0))
        more.journal.seal()
    assert kept_notes(stored) == [kept]
    assert vault.check() == []


def test_a_store_of_the_first_version_gets_a_place_for_notes(tmp_path: Path) -> None:
    from voicedoc.store.database import shipped_schema

    with vault_in(tmp_path / "old", schema=shipped_schema()[:1]) as old:
        session = keep_visit(old)
    with vault_in(tmp_path / "old") as vault:
        shelf = StoredShelf(vault, session)
        keep(shelf, drafted(shelf))
        assert len(kept_notes(shelf)) == 1
        assert MARKER in str(vault.lines(session))


# --- a person's changes


@pytest.fixture
def edited(folder: FolderShelf) -> Callable[[Callable[[str], str]], Note]:
    note = keep(folder, drafted(folder)).note
    return lambda change: from_text(change(to_text(note)), note, gather(folder.events()))


Edit = Callable[[Callable[[str], str]], Note]


def test_what_nobody_changes_stays_as_it_was(edited: Edit, folder: FolderShelf) -> None:
    assert edited(lambda text: text) == drafted(folder)


def test_a_sentence_that_a_person_writes_is_theirs(edited: Edit) -> None:
    note = edited(lambda text: text.replace("## Assessment\n", "## Assessment\n- Stable angina.\n"))
    (own,) = [one for one in note.sentences() if one.origin is Origin.PERSON]
    assert (own.text, own.support, own.utterances) == ("Stable angina.", Support.REMARK, ())


def test_a_sentence_that_a_person_rests_on_what_was_said_is_judged(edited: Edit) -> None:
    note = edited(lambda text: text.replace("## Assessment\n", "## Assessment\n- Takes metformin 850 mg. [13]\n"))
    (own,) = [one for one in note.sentences() if one.origin is Origin.PERSON]
    assert (own.support, own.utterances) == (Support.UNSUPPORTED, (13,))


def test_a_sentence_that_is_taken_out_is_gone_with_its_evidence(edited: Edit) -> None:
    note = edited(lambda text: "\n".join(line for line in text.splitlines() if "bisoprolol" not in line))
    assert not any("bisoprolol" in one.text for one in note.sentences())
    assert 3 not in [one.utterance for one in note.evidence]


def test_a_new_paragraph_may_be_added(edited: Edit) -> None:
    note = edited(lambda text: text.replace("## Plan\n", "## Plan\n### Referral\n- Cardiology. \n"))
    (plan,) = [section for section in note.sections if section.name == "plan"]
    assert plan.paragraphs[0].label == "Referral"


@pytest.mark.parametrize(("old", "new", "message"), [
    ("## Plan", "## Planning", "there is no section 'Planning'"),
    ("## Subjective", "", "stands before the first section"),
    ("## Plan\n", "## Plan\n- x [99]\n", "no utterance 99"),
    ("## Plan\n", "## Plan\nwithout a hyphen\n", "is no sentence"),
    ("## Plan\n", "## Plan\n- [3]\n", "is no sentence"),
])  # fmt: skip
def test_a_slip_in_the_editor_is_named_by_its_line(edited: Edit, old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as raised:
        edited(lambda text: text.replace(old, new))
    assert "line " in str(raised.value)


def test_versions_of_a_note_are_told_apart_by_their_digest(edited: Edit, folder: FolderShelf) -> None:
    note = edited(lambda text: text.replace("lungs are clear", "lungs are free"))
    assert sha256_of(note) != sha256_of(drafted(folder))
    assert Kept(note, 2, None).id == "soap-en.2"


_MATERIAL = gather(consultation_events())
_NOTE = draft_by_rules(_MATERIAL, load_template("soap"), LABELS)


@given(
    st.lists(
        st.tuples(st.text(min_size=1).filter(lambda text: bool(text.strip())), st.sampled_from([(), (1,), (2, 3)])),
        max_size=4,
        unique_by=lambda one: (one_line(one[0]), one[1]),
    )
)
def test_any_sentence_comes_back_from_the_editor_as_it_was(said: list[tuple[str, tuple[int, ...]]]) -> None:
    made = tuple(Sentence(text, "en", numbers, Origin.SAID, Support.SUPPORTED) for text, numbers in said)
    first, *others = _NOTE.sections
    paragraphs = (Paragraph("", made),) if made else ()
    note = replace(_NOTE, sections=(replace(first, paragraphs=paragraphs), *others))
    assert from_text(to_text(note), note, _MATERIAL).sections == note.sections
