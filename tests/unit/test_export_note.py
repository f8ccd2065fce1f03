"""The draft of the note: what was said, under the right heading, with its evidence and its doubts."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.transcripts import (
    ARABIC,
    assigned,
    consultation,
    consultation_events,
    opening,
    translated,
    turn,
)
from voicedoc.core.events import Event
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.export.cues import lexicon as lexicon_module
from voicedoc.export.cues.lexicon import languages, lexicon_of, plain
from voicedoc.export.formats import FORMATS
from voicedoc.export.note import DRAFT, TITLES, Draft, draft_of, to_markdown
from voicedoc.export.transcript import Transcript, transcript_of
from voicedoc.translate.sentences import sentences

pytestmark = pytest.mark.unit


def spoken(language: str, *turns: tuple[str, str]) -> Transcript:
    """A visit in one language: who ("doctor" or "patient") said what."""
    events: list[Event] = [opening(language)]
    for number, (who, text) in enumerate(turns, start=1):
        events += turn(number, Span(3.0 * number, 3.0 * number + 2.0), text, language, who)
    return transcript_of([*events, assigned("doctor", Role.DOCTOR), assigned("patient", Role.PATIENT)])


def texts(draft: Draft, section: str) -> list[str]:
    return [entry.statement.text for entry in draft.sections[section]]


def asked(draft: Draft, section: str) -> list[list[str]]:
    return [[question.text for question in entry.questions] for entry in draft.sections[section]]


# --- what belongs where


def test_a_bilingual_consultation_is_drafted_in_the_doctor_s_language():
    draft = draft_of(consultation())
    assert draft.language == "en"
    assert texts(draft, "reason") == ["I have had a pain in my chest for three days."]
    assert texts(draft, "medications") == ["I take metformin 500 mg twice a day."]
    assert texts(draft, "plan") == ["I will prescribe 2.5 mg of bisoprolol, once a day, for 14 days."]
    assert texts(draft, "examination") == ["Your heart sounds normal & your lungs are clear."]
    assert texts(draft, "safety_net")[0].startswith("Call an ambulance if the pain comes back")


def test_a_denial_keeps_its_question():
    draft = draft_of(consultation())
    entry = draft.sections["allergies"][0]
    assert (entry.statement.text, entry.statement.original) == ("No.", "Não.")
    assert [question.text for question in entry.questions] == ["Do you have any allergies?"]


VISITS = {
    "en": ("What brings you in today?", "My knee hurts when I walk.", "Any allergies?", "No, none.", "Do you smoke?",
           "Not any more.", "I'll refer you to physical therapy.", "Call us if it gets worse."),
    "pt": ("O que o traz cá hoje?", "Dói-me o joelho quando ando.", "Tem alguma alergia?", "Não, nenhuma.", "Fuma?",
           "Já não.", "Vou encaminhá-lo para a fisioterapia.", "Ligue-nos se piorar."),
    "es": ("¿Qué le trae por aquí?", "Me duele la rodilla cuando camino.", "¿Tiene alguna alergia?", "No, ninguna.",
           "¿Fuma?", "Ya no.", "Voy a derivarle a fisioterapia.", "Llámenos si empeora."),
    "fr": ("Qu’est-ce qui vous amène ?", "J'ai mal au genou quand je marche.", "Avez-vous des allergies ?",
           "Non, aucune.", "Vous fumez ?", "Plus maintenant.", "Je vais vous adresser au kinésithérapeute.",
           "Appelez-nous si cela empire."),
    "de": ("Was führt Sie zu mir?", "Mein Knie tut beim Gehen weh.", "Haben Sie Allergien?", "Nein, keine.",
           "Rauchen Sie?", "Nicht mehr.", "Ich überweise Sie zur Krankengymnastik.",
           "Rufen Sie uns an, wenn es schlimmer wird."),
    "it": ("Che cosa la porta qui?", "Mi fa male il ginocchio quando cammino.", "Ha allergie?", "No, nessuna.",
           "Fuma?", "Non più.", "La vorrei mandare dal fisioterapista per la fisioterapia.", "Ci chiami se peggiora."),
}  # fmt: skip
"""One short visit in each language that has cues."""


def test_there_is_a_visit_for_every_language_with_cues():
    assert sorted(VISITS) == languages()


@pytest.mark.parametrize("language", sorted(VISITS))
def test_each_language_s_cues_find_a_short_visit_s_sections(language: str):
    opens, complaint, allergies, none, smokes, not_now, plan, worse = VISITS[language]
    draft = draft_of(spoken(
        language, ("doctor", opens), ("patient", complaint), ("doctor", allergies), ("patient", none),
        ("doctor", smokes), ("patient", not_now), ("doctor", plan), ("doctor", worse),
    ))  # fmt: skip
    found = {section: texts(draft, section) for section in TITLES if texts(draft, section)}
    assert found == {
        "reason": [complaint], "allergies": [none], "social": [not_now], "plan": [plan], "safety_net": [worse],
    }  # fmt: skip
    assert asked(draft, "allergies") == [[allergies]] and asked(draft, "social") == [[smokes]]
    assert draft.n_used == draft.n_sentences == 8


@pytest.mark.parametrize("language", languages())
def test_every_language_has_cues_for_every_section_in_lower_case(language: str):
    lexicon = lexicon_of(language)
    assert lexicon is not None and set(lexicon.sections) == set(TITLES)
    folder = Path(lexicon_module.__file__).parent
    table = tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))
    cues = [cue for cues in (table["yes"], table["no"], table["opening"], *table["sections"].values()) for cue in cues]
    assert cues == [cue.lower() for cue in cues] and all(plain(cue) for cue in cues)


def test_cues_are_whole_words():
    lexicon = lexicon_of("en-GB")
    assert lexicon is not None
    assert lexicon.found("present_illness", "Painful, and I ACHE.") == {"painful", "ache"}
    assert not lexicon.found("social", "an understatement, a homework")


def test_a_patient_does_not_make_the_plan_and_a_doctor_does_not_have_the_complaint():
    draft = draft_of(spoken("en", ("patient", "I will take an appointment."), ("doctor", "It hurts you to walk.")))
    assert texts(draft, "plan") == []
    assert texts(draft, "reason") == []


def test_a_question_to_the_doctor_is_kept_with_the_doctor_s_answer():
    draft = draft_of(spoken("en", ("patient", "Can I take ibuprofen?"), ("doctor", "No, avoid it.")))
    (entry,) = draft.sections["plan"] + draft.sections["medications"]
    assert entry.statement.text == "No, avoid it."
    assert [question.text for question in entry.questions] == ["Can I take ibuprofen?"]


def test_several_questions_in_a_row_are_all_evidence_of_their_answer():
    draft = draft_of(spoken("en", ("doctor", "Any allergies? To penicillin, for example?"), ("patient", "No.")))
    assert asked(draft, "allergies") + asked(draft, "medications") == [
        ["Any allergies?", "To penicillin, for example?"]
    ]


def test_a_question_is_over_once_it_has_been_answered_and_its_asker_goes_on():
    draft = draft_of(
        spoken("en", ("doctor", "Any allergies?"), ("patient", "No."), ("doctor", "Good."), ("patient", "Right."))
    )
    assert texts(draft, "allergies") == ["No."]


def test_a_third_voice_s_small_talk_is_no_answer():
    assert "Okay, thank you." not in to_markdown(draft_of(consultation()))


# --- evidence and doubts


def test_every_sentence_is_word_for_word_in_the_transcript():
    transcript = consultation()
    draft = draft_of(transcript)
    for entry in (entry for section in draft.sections.values() for entry in section):
        for said in (entry.statement, *entry.questions):
            line = transcript.lines[said.utterance]
            assert said.text in (line.text_in("en") or line.text)
            assert said.original in line.text
            assert line.span.start <= said.span.start <= said.span.end <= line.span.end


def test_a_sentence_s_time_is_its_own_and_not_the_utterance_s():
    draft = draft_of(spoken("en", ("patient", "Good morning. I have a cough.")))
    (entry,) = draft.sections["reason"]
    assert entry.statement.text == "I have a cough."
    assert entry.statement.span.start > 3.5


def test_what_the_guard_found_stands_with_the_sentence(tmp_path: Path):
    FORMATS["note"].write(consultation(), tmp_path)
    plan = (tmp_path / "note.md").read_text("utf-8").split("## Plan")[1].split("##")[0]
    assert "⚠ the number 2.5 is not in the translation" in plan
    data = json.loads((tmp_path / "note.json").read_text("utf-8"))
    (entry,) = next(section for section in data["sections"] if section["name"] == "plan")["entries"]
    assert entry["findings"] == [
        {"verdict": "missing", "message": "the number 2.5 is not in the translation", "target": "pt", "item": "2.5"}
    ]


def test_the_doubts_of_a_question_stand_with_its_answer():
    events = [opening("en", "pt"), *turn(1, Span(0, 2), "Any allergies?", "en", "D", confidence=0.3)]
    events += turn(2, Span(3, 4), "No.", "en", "P")
    draft = draft_of(transcript_of([*events, assigned("D", Role.DOCTOR), assigned("P", Role.PATIENT)]))
    assert "⚠ doubtful: low confidence" in to_markdown(draft)


def test_what_was_not_translated_says_so():
    events = [opening("en", "pt"), *turn(1, Span(0, 2), "Tenho uma dor no peito.", "pt", "P")]
    draft = draft_of(transcript_of([*events, assigned("P", Role.PATIENT)]))
    (entry,) = draft.sections["reason"]
    assert entry.statement.text == "Tenho uma dor no peito."
    assert any(warning.startswith("not translated") for warning in entry.statement.warnings)


def test_sentences_of_an_uneven_translation_have_the_whole_original_as_evidence():
    original = "Tenho dor, e tosse."
    events = [opening("en", "pt"), *turn(1, Span(0, 4), original, "pt", "P")]
    events.append(translated(1, 4.0, original, "I have pain. And a cough.", "pt", "en"))
    draft = draft_of(transcript_of([*events, assigned("P", Role.PATIENT)]))
    entries = draft.sections["reason"] + draft.sections["present_illness"]
    assert [(entry.statement.text, entry.statement.original) for entry in entries] == [
        ("I have pain.", original), ("And a cough.", original),
    ]  # fmt: skip


def test_a_language_without_cues_says_so_plainly():
    events = [opening("ar", "en"), *turn(1, Span(0.0, 2.0), ARABIC, "ar", "S1")]
    draft = draft_of(transcript_of(events))
    assert draft.without_cues == ("ar",)
    assert "⚠ There are no cue words for 'ar': what was said in it is not in this draft." in to_markdown(draft)


def test_a_translation_without_cues_is_placed_by_the_cues_of_the_original():
    events = [opening("ar", "pt"), *turn(1, Span(0.0, 2.0), "Sou alérgico à penicilina.", "pt", "S1")]
    events.append(translated(1, 2.0, "Sou alérgico à penicilina.", "لدي حساسية من البنسلين.", "pt", "ar"))
    draft = draft_of(transcript_of(events))
    assert texts(draft, "allergies") == ["لدي حساسية من البنسلين."]
    assert draft.without_cues == ()


# --- the files


def test_the_note_says_at_its_top_that_it_is_a_draft(tmp_path: Path):
    FORMATS["note"].write(consultation(), tmp_path)
    text = (tmp_path / "note.md").read_text("utf-8")
    assert text.startswith(f"# {DRAFT}\n")
    assert [row[3:] for row in text.splitlines() if row.startswith("## ")] == list(TITLES.values())
    assert text.split("## Family history")[1].strip().startswith("nothing said")
    data = json.loads((tmp_path / "note.json").read_text("utf-8"))
    assert (data["status"], data["method"], data["reviewed"]) == ("draft", "extractive", False)
    assert [section["name"] for section in data["sections"]] == list(TITLES)
    assert data["sections"][0]["entries"][0]["questions"][0]["text"] == "What brings you in today?"


def test_an_empty_recording_gives_an_empty_draft():
    draft = draft_of(Transcript())
    assert (draft.n_used, draft.n_sentences) == (0, 0)
    assert to_markdown(draft).count("nothing said") == len(TITLES)


def test_the_draft_depends_on_the_journal_alone():
    assert to_markdown(draft_of(consultation())) == to_markdown(draft_of(transcript_of(consultation_events())))


# --- the development set


def dialogues(devset: Path) -> list[tuple[Transcript, str]]:
    """Primary-care consultations and the notes that clinicians wrote of them (PriMock57, CC BY 4.0)."""
    rows = (devset / "text" / "dialogues_primock57.jsonl").read_text("utf-8").splitlines()
    return [(_transcript(row["turns"]), row["note"]) for row in map(json.loads, rows)]


def _transcript(turns: list[dict[str, str]]) -> Transcript:
    said = ((turn["speaker"], re.sub(r"<[^>]*>", "", turn["text"]).strip()) for turn in turns)
    return spoken("en", *((who, text) for who, text in said if text))


def _content(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 3 or word.isdigit())


def _recalled(note: str, text: str) -> int:
    return (_content(note) & _content(text)).total()


def test_the_draft_has_more_of_the_clinician_s_note_than_as_many_sentences_taken_evenly(devset: Path):
    ours, even = 0, 0
    for transcript, note in dialogues(devset):
        draft = draft_of(transcript)
        entries = [entry for section in draft.sections.values() for entry in section]
        said = {(s.utterance, s.span): s.text for entry in entries for s in (entry.statement, *entry.questions)}
        everything = [sentence for line in transcript.in_time() for sentence in sentences(line.text)]
        step = len(everything) / len(said)
        ours += _recalled(note, " ".join(said.values()))
        even += _recalled(note, " ".join(everything[int(n * step)] for n in range(len(said))))
    assert ours > 1.2 * even
