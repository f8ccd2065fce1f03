"""`voicedoc sessions note`: drafts, shows, edits, signs and checks the notes of a session."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.helpers.transcripts import consultation_events, turn
from tests.helpers.vault import PASSPHRASE, vault_in
from tests.unit.test_notes_model import Writes, each_line
from voicedoc import engine
from voicedoc.cli import main, notes
from voicedoc.converse.dialogue.role import GREEDY, Message, Pieces, Sampling, Tool
from voicedoc.core.events import NoteSigned
from voicedoc.core.journal import Journal
from voicedoc.core.time import Span
from voicedoc.store.sessions import JOURNAL

pytestmark = pytest.mark.unit


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's store, under a passphrase that the environment gives."""
    monkeypatch.setenv("VOICEDOC_SESSIONS", str(tmp_path / "store"))
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "passphrase")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "store"


@pytest.fixture
def session(store: Path) -> str:
    """A consultation in it."""
    with vault_in(store) as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as opened:
        opened.journal.order(["recognize"])
        for event in consultation_events():
            opened.journal.append(event, "" if event.at == 0.0 else "recognize")
        opened.journal.seal()
    return opened.id


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["sessions", "note", *(str(argument) for argument in arguments)], input=typed)


def data(*arguments: str | Path) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the terminal."""
    monkeypatch.setattr(notes, "can_answer", lambda: True)


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """An editor that a shell script plays."""
    program = folder / "editor.sh"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(program))
    monkeypatch.setenv("VISUAL", str(program))


def test_help_teaches() -> None:
    text = run("--help").stdout
    for word in ("--template", "--sign", "--verify", "--edit", "summary", "Exit status"):
        assert word in text


def test_a_note_is_drafted_shown_and_kept(session: str) -> None:
    shown = run("last")
    assert shown.exit_code == 0
    assert "Your heart sounds normal" in shown.stdout
    assert "soap-en.1: DRAFT, not reviewed" in shown.stderr
    assert run("last").stdout == shown.stdout
    assert data("last")["version"] == 1


def test_the_patients_summary_is_in_their_language(session: str) -> None:
    shown = run(session, "--template", "summary", "--language", "pt").stdout
    assert "Resumo da sua consulta" in shown
    assert "RASCUNHO" in shown


@pytest.mark.parametrize("ending", [".md", ".json", ".docx", ".fhir-r4.json", ".fhir-r5.json"])
def test_a_note_is_written_to_a_file(session: str, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"note{ending}"
    assert run("last", "--out", out).exit_code == 0
    assert out.stat().st_size > 500


def test_a_file_of_no_known_kind_is_refused_before_anything_is_kept(session: str, store: Path) -> None:
    result = run("last", "--out", "note.odt")
    assert result.exit_code == 1
    assert "does not say what kind of file" in result.output
    with vault_in(store) as vault:
        assert vault.notes(session) == []


def test_a_template_of_the_users_is_taken(session: str, tmp_path: Path) -> None:
    from tests.unit.test_notes_template import SMALL

    (tmp_path / "mine.toml").write_text(SMALL, "utf-8")
    made = data("last", "--template", "./mine.toml")
    assert made["note"]["template"] == "mine"
    assert "mine.toml" in run("last", "--template", "gone/mine.toml").output


def test_a_mistyped_template_gets_a_suggestion(session: str) -> None:
    result = run("last", "--template", "sopa")
    assert result.exit_code == 1
    assert "did you mean 'soap'?" in result.output


def test_a_note_of_a_session_that_went_on_says_that_it_is_old(session: str, store: Path) -> None:
    assert "--again" not in run("last").stderr
    with vault_in(store) as vault:
        events = turn(20, Span(80.0, 82.0), "I forgot: my leg is swollen.", "en", "S2")
        vault.amend(session, events)
    assert "--again drafts anew" in run("last").stderr
    assert "leg is swollen" in run("last", "--again").stdout
    assert "--again" not in run("last").stderr


# --- signing


def test_signing_shows_the_note_asks_and_says_what_is_not_supported(session: str, somebody: None) -> None:
    signed = run("last", "--sign", "Dr Ana Silva", typed="y\n")
    assert signed.exit_code == 0, signed.output
    assert "Your heart sounds normal" in signed.stdout
    assert "0 not supported" in signed.stderr
    assert "I have read this note" in signed.stderr
    assert "soap-en.1: Signed by Dr Ana Silva" in signed.stderr
    assert data("last")["state"] == "signed"


def test_who_says_no_has_signed_nothing(session: str, store: Path, somebody: None) -> None:
    assert run("last", "--sign", "Dr Ana Silva", typed="n\n").exit_code == 1
    assert data("last")["state"] == "draft"
    with vault_in(store) as vault:
        assert not any(isinstance(event, NoteSigned) for event in vault.read(session))


def test_where_nobody_can_confirm_it_nothing_is_signed(session: str) -> None:
    result = run("last", "--sign", "Dr Ana Silva")
    assert result.exit_code == 2
    assert "--yes" in result.output
    assert data("last")["state"] == "draft"


def test_a_script_signs_with_yes_and_never_twice(session: str) -> None:
    assert run("last", "--sign", "Dr Ana Silva", "--yes").exit_code == 0
    again = run("last", "--sign", "Dr Ben Or", "--yes")
    assert again.exit_code == 1
    assert "signed by Dr Ana Silva already" in again.output


def test_verify_prints_the_digest_and_finds_nothing_wrong(session: str) -> None:
    assert "no note of this session is signed" in run("last", "--verify").stderr
    run("last", "--sign", "Dr Ana Silva", "--yes")
    result = run("last", "--verify")
    assert result.exit_code == 0
    assert "soap-en.1  signed  Dr Ana Silva" in result.stdout
    assert data("last", "--verify")["problems"] == []


def test_a_session_without_a_note_is_verified_without_making_one(session: str, store: Path) -> None:
    assert run("last", "--verify").exit_code == 0
    with vault_in(store) as vault:
        assert vault.notes(session) == []


# --- editing


def test_an_edit_is_a_new_version_and_the_signed_one_stays(
    session: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("last", "--sign", "Dr Ana Silva", "--yes")
    editor(monkeypatch, tmp_path, 'sed -i "s/lungs are clear/lungs are free/" "$1"')
    edited = run("last", "--edit")
    assert edited.exit_code == 0, edited.output
    assert "lungs are free" in edited.stdout
    assert "soap-en.2: DRAFT" in edited.stderr
    kept = data("last", "--verify")["notes"]
    assert [(one["note"], one["state"]) for one in kept] == [("soap-en.1", "signed"), ("soap-en.2", "draft")]


def test_an_edit_that_changes_nothing_makes_no_version(
    session: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor(monkeypatch, tmp_path, "true")
    assert "nothing was changed" in run("last", "--edit").stderr
    assert data("last")["version"] == 1


def test_the_file_that_is_edited_is_for_one_person_and_is_gone_afterwards(
    session: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    editor(monkeypatch, tmp_path, f'stat -c "%a %n" "$1" > {seen}; stat -c %a "$(dirname "$1")" >> {seen}')
    run("last", "--edit")
    (rights, name), (folder,) = (line.split() for line in seen.read_text("utf-8").splitlines())
    assert (rights, folder) == ("600", "700")
    assert not Path(name).exists()
    assert not Path(name).parent.exists()
    assert stat.S_IMODE(seen.stat().st_mode)


def test_a_slip_in_the_editor_keeps_nothing(session: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor(monkeypatch, tmp_path, 'echo "no hyphen" >> "$1"')
    result = run("last", "--edit")
    assert result.exit_code == 1
    assert "is no sentence" in result.output
    assert data("last")["version"] == 1


# --- with a model


def test_a_model_words_it_and_its_sentences_are_shown_as_they_come(
    session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "named_dialogue_model", lambda name: Writes(each_line))
    run("last")
    made = run("last", "--model", "writes")
    assert made.exit_code == 0, made.output
    assert "Medicines: I take metformin 500 mg twice a day." in made.stderr
    kept = data("last")
    assert (kept["version"], kept["note"]["method"]) == (2, "writes")
    assert data("last", "--again")["note"]["method"] == "rules"


class Interrupted(Writes):
    """A model during which somebody presses Ctrl-C."""

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[Tool] = (),
        schema: Mapping[str, Any] | None = None,
        sampling: Sampling = GREEDY,
    ) -> Pieces:
        if self.prompts:
            raise KeyboardInterrupt
        return super().stream(messages, tools=tools, schema=schema, sampling=sampling)


def test_an_interrupted_draft_is_not_kept(session: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "named_dialogue_model", lambda name: Interrupted(each_line))
    assert run("last", "--model", "writes").exit_code == 130
    with vault_in(store) as vault:
        assert vault.notes(session) == []


def test_a_model_for_something_else_is_refused(session: str) -> None:
    result = run("last", "--model", "no-such-model")
    assert result.exit_code == 1
    assert "no-such-model" in result.output


# --- elsewhere


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A session's folder."""
    place = tmp_path / "visit.voicedoc"
    place.mkdir()
    with Journal(place / JOURNAL) as journal:
        for event in consultation_events():
            journal.append(event, "" if event.at == 0.0 else "recognize")
        journal.seal()
    return place


def test_a_folders_notes_are_kept_in_it(folder: Path) -> None:
    assert run(folder, "--sign", "Dr Ana Silva", "--yes").exit_code == 0
    assert run(folder, "--verify").exit_code == 0
    (path,) = (folder / "notes").iterdir()
    path.write_text(path.read_text("utf-8").replace("2.5 mg", "25 mg"), "utf-8")
    result = run(folder, "--verify")
    assert result.exit_code == 1
    assert "soap-en.1 is not what was signed" in result.stderr
    assert "NOT what was signed" in run(folder).stdout


def test_what_is_no_session_is_wrong_usage(store: Path) -> None:
    assert run("no/such/folder").exit_code == 2


def test_an_exported_session_has_its_notes_as_they_stand(session: str, tmp_path: Path) -> None:
    run("last", "--sign", "Dr Ana Silva", "--yes")
    out = tmp_path / "out"
    arguments = ["sessions", "export", session, "--format", "note,docx,fhir", "--out", str(out)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    made = {path.name for path in out.iterdir()}
    names = {f"note-soap-en.1{ending}" for ending in (".md", ".json", ".docx", ".fhir-r4.json", ".fhir-r5.json")}
    assert names <= made
    assert json.loads((out / "note-soap-en.1.json").read_text("utf-8"))["state"] == "signed"
    assert "Signed by Dr Ana Silva" in (out / "note-soap-en.1.md").read_text("utf-8")
