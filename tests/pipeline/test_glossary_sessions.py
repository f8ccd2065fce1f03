"""A visit's glossary through a whole session and a batch job: heard, translated, spoken and checked as it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.helpers.live import held
from tests.helpers.sounds import bursts, write_bursts
from voicedoc.batch import transcribe_file
from voicedoc.cli import main
from voicedoc.core.events import ClauseSynthesized, Cleared, Event, Finding, Guarded, Held, Notice
from voicedoc.core.glossary import NO_GLOSSARY, Glossary, Term
from voicedoc.core.journal import read_journal
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_batch_engine, open_engine, open_live_engine
from voicedoc.profiles import Profile, load_profile
from voicedoc.recognize import scripted
from voicedoc.runtime.worker import InlineWorker
from voicedoc.session import Recording, interpret_file

pytestmark = pytest.mark.unit

GLOSSARY = Glossary((Term("drug", "Zyntrafel", say={"pt": "Zintrafél"}), Term("name", "Kowalczyk")))

PROFILE = """
description = "A drug that nobody has heard of, which the translator leaves out."

[segment]
detector = "energy"
worker = "inline"

[recognize]
recognizer = "scripted"
worker = "inline"
options = { script = ["en: Take Zyntrafel now.", "en: Call Kowalczyk.", "en: Yes.", "en: Yes."] }

[[translate]]
translator = "scripted"
source = "*"
target = "*"

[translate.options.phrases]
"Take Zyntrafel now." = "Tome isso agora."
"Take Xqa now." = "PHRASE"
"Call Kowalczyk." = "Ligue para Kowalczyk."

[speak]
worker = "inline"

[[voices]]
synthesizer = "scripted"
languages = ["en", "pt"]
quality = "good"
startup = 0.0
"""


def profile(tmp_path: Path, forced: str = "Tome Xqa agora.") -> Profile:
    path = tmp_path / "visit.toml"
    path.write_text(PROFILE.replace("PHRASE", forced), "utf-8")
    return load_profile(str(path))


def interpreted(tmp_path: Path, chosen: Profile, glossary: Glossary) -> list[Event]:
    with open_engine(chosen, Visit("en", "pt"), glossary=glossary) as engine:
        outcome = interpret_file(engine, Recording(write_bursts(tmp_path / "visit.wav")), tmp_path / "out")
    return list(read_journal(outcome.folder / "journal.jsonl"))


def test_a_term_is_translated_spoken_and_checked_as_the_glossary_says(tmp_path: Path) -> None:
    events = interpreted(tmp_path, profile(tmp_path), GLOSSARY)
    texts = [event.translation.text for event in events if isinstance(event, Guarded)]
    assert texts[:2] == ["Tome Zyntrafel agora.", "Ligue para Kowalczyk."]
    first, *_ = (event for event in events if isinstance(event, ClauseSynthesized))
    assert "Zyntrafel" in first.text and "Zintrafél" in first.spoken


def test_a_drug_of_the_glossary_that_a_translation_lacks_is_held(tmp_path: Path) -> None:
    events = interpreted(tmp_path, profile(tmp_path, forced="Tome agora."), GLOSSARY)
    held, *_ = (event for event in events if isinstance(event, Held))
    assert any("zyntrafel" in difference for difference in held.differences)


def test_without_a_glossary_nothing_is_known_of_it(tmp_path: Path) -> None:
    events = interpreted(tmp_path, profile(tmp_path), NO_GLOSSARY)
    assert not any(isinstance(event, Finding | Held) for event in events)
    assert not any(isinstance(event, Notice) and event.code == "no-hints" for event in events)


def test_a_recogniser_that_takes_no_hints_is_told_of(tmp_path: Path) -> None:
    events = interpreted(tmp_path, profile(tmp_path), GLOSSARY)
    (notice,) = (event for event in events if isinstance(event, Notice) and event.code == "no-hints")
    assert "scripted" in notice.message and notice.remedy


def test_a_recogniser_is_told_the_words_of_each_language_before_the_first_utterance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Mapping[str, str]] = []
    monkeypatch.setattr(scripted.ScriptedRecognizer, "hint", lambda _, words: told.append(words), raising=False)
    interpreted(tmp_path, profile(tmp_path), GLOSSARY)
    assert told == [{"en": "Zyntrafel, Kowalczyk", "pt": "Zyntrafel, Kowalczyk"}]


def test_a_batch_job_is_held_to_the_glossary_too(tmp_path: Path) -> None:
    with open_batch_engine(profile(tmp_path), ("en", "pt"), ("pt",), glossary=GLOSSARY) as engine:
        outcome = transcribe_file(engine, write_bursts(tmp_path / "visit.wav"), tmp_path / "out")
    events = list(read_journal(outcome.folder / "journal.jsonl"))
    assert "Tome Zyntrafel agora." in [e.translation.text for e in events if isinstance(e, Guarded)]


def inline(engine: Engine) -> Engine:
    """All work in the event loop, so that virtual time waits for it."""
    return replace(engine, workers=dict.fromkeys(engine.workers, InlineWorker()))


@pytest.mark.anyio
async def test_a_live_session_hears_translates_checks_and_speaks_as_the_glossary_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Mapping[str, str]] = []
    monkeypatch.setattr(scripted.ScriptedRecognizer, "hint", lambda _, words: told.append(words), raising=False)
    with open_live_engine(profile(tmp_path), Visit("en", "pt"), glossary=GLOSSARY) as engine:
        session = await held(inline(engine), tmp_path / "store", bursts(2, seconds=1.0, pause=6.0))
    assert told == [{"en": "Zyntrafel, Kowalczyk", "pt": "Zyntrafel, Kowalczyk"}]
    assert [event.text for event in session.of(Cleared)] == ["Tome Zyntrafel agora.", "Ligue para Kowalczyk."]
    first, *_ = session.of(ClauseSynthesized)
    assert "Zyntrafel" in first.text and "Zintrafél" in first.spoken


@pytest.mark.anyio
async def test_a_live_session_holds_a_translation_without_the_glossarys_drug(tmp_path: Path) -> None:
    with open_live_engine(profile(tmp_path, "Tome agora."), Visit("en", "pt"), glossary=GLOSSARY) as engine:
        session = await held(inline(engine), tmp_path / "store", bursts(1, seconds=1.0, pause=6.0))
    assert any("zyntrafel" in difference for event in session.of(Held) for difference in event.differences)


def test_a_slip_in_a_glossary_is_found_before_a_visit_begins(tmp_path: Path) -> None:
    (tmp_path / "drugs.csv").write_text("kind,term\nmedicine,Xarelto\n", "utf-8")
    given = ["live", "--doctor", "en", "--patient", "pt", "--consented", "--glossary", str(tmp_path / "drugs.csv")]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 2, result.output
    assert "--glossary" in result.output and "line 2" in result.output and "drug, allergy" in result.output


@pytest.mark.parametrize("command", ["interpret", "transcribe"])
def test_a_slip_in_a_glossary_is_found_before_anything_is_loaded(command: str, tmp_path: Path) -> None:
    (tmp_path / "drugs.csv").write_text("kind,term\nmedicine,Xarelto\n", "utf-8")
    languages = ["--doctor", "en", "--patient", "pt"] if command == "interpret" else ["--languages", "en,pt"]
    sound = write_bursts(tmp_path / "visit.wav")
    given = [command, str(sound), *languages, "--glossary", str(tmp_path / "drugs.csv"), "--profile", "scripted"]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 2, result.output
    assert "--glossary" in result.output and "line 2" in result.output and "drug, allergy" in result.output


def test_a_command_takes_a_glossary(tmp_path: Path) -> None:
    profile(tmp_path)
    (tmp_path / "drugs.csv").write_text("kind,term\ndrug,Zyntrafel\n", "utf-8")
    sound = write_bursts(tmp_path / "visit.wav")
    given = ["interpret", str(sound), "--doctor", "en", "--patient", "pt", "--out", str(tmp_path / "out")]
    given += ["--glossary", str(tmp_path / "drugs.csv"), "--profile", str(tmp_path / "visit.toml")]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    assert "Tome Zyntrafel agora." in result.output
