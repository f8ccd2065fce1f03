"""Texts that a person corrects after a session: they stand in every document, and what stood there before stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.transcripts import ARABIC, consultation_events, heard, words_in_time
from tests.helpers.vault import vault_in
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.interview.history import history_of
from voicedoc.converse.interview.history import to_data as history_data
from voicedoc.converse.interview.history import to_markdown as to_history
from voicedoc.converse.interview.texts import texts
from voicedoc.converse.notes.material import gather
from voicedoc.core.events import (
    AlarmRaised,
    ConflictFound,
    Event,
    FactNoted,
    Held,
    Suspected,
    TextCorrected,
    TurnAttributed,
)
from voicedoc.core.journal import Journal
from voicedoc.core.speech import Hypothesis, Role, Translation, UtteranceId
from voicedoc.core.time import Span
from voicedoc.errors import ConfigError, StoreError
from voicedoc.export.corrected import MARK, retimed, told_of
from voicedoc.export.deidentified import deidentified
from voicedoc.export.docx_file import to_docx
from voicedoc.export.formats import write_documents
from voicedoc.export.json_file import to_data
from voicedoc.export.markdown import to_markdown
from voicedoc.export.page.rows import rows_of, voices_of
from voicedoc.export.transcript import OF_OLD_WORDS, Line, Transcript, transcript_of
from voicedoc.revise import correct_stored_text, correct_text
from voicedoc.store.audit import broken_at
from voicedoc.store.sessions import JOURNAL
from voicedoc.store.vault import Vault
from voicedoc.view.advance import advance
from voicedoc.view.state import State

pytestmark = pytest.mark.unit

DOSE = "I will prescribe 2.5 mg of bisoprolol, once a day, for 14 days."


def corrected(number: int, language: str, before: str, text: str, *, spoken: bool = True) -> TextCorrected:
    return TextCorrected(
        at=75.0,
        utterance=UtteranceId(number),
        language=language,
        spoken=spoken,
        before=before,
        text=text,
        editor="Ana Silva",
        corrected="2026-03-02T10:00:00+00:00",
    )


def line_of(*more: Event, number: int = 3) -> Line:
    return transcript_of([*consultation_events(), *more]).lines[number]


def transcript_with(*more: Event) -> Transcript:
    return transcript_of([*consultation_events(), *more])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "visit.voicedoc"
    place.mkdir()
    with Journal(place / JOURNAL) as journal:
        for event in consultation_events():
            journal.append(event)
        journal.seal()
    write_documents(transcript_of(consultation_events()), place, ["md"])
    return place


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_in(tmp_path / "store")


def stored(vault: Vault) -> str:
    with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        for event in consultation_events():
            session.journal.append(event)
        session.journal.seal()
    return session.id


# --- what a transcript then says


def test_the_corrected_words_stand_in_the_transcript_and_are_certain() -> None:
    line = line_of(corrected(4, "pt", "O glicémico deu 13.60.", "A glicemia deu 136."), number=4)
    assert line.text == "A glicemia deu 136."
    assert line.hypothesis is not None and line.hypothesis.confidence == 1.0
    assert not [warning for warning in line.warnings if "confidence" in warning]


def test_a_translation_of_words_that_were_corrected_is_told_to_be_of_the_old_ones() -> None:
    line = line_of(corrected(3, "en", DOSE, DOSE.replace("2.5", "5")))
    assert "the translation (pt) is of the words before they were corrected" in line.warnings


def test_a_translation_that_is_corrected_after_the_words_is_of_the_new_ones() -> None:
    said = corrected(3, "en", DOSE, DOSE.replace("2.5", "5"))
    made = corrected(3, "pt", "Vou receitar bisoprolol, uma vez por dia.", "Vou receitar 5 mg.", spoken=False)
    line = line_of(said, made)
    assert not [warning for warning in line.warnings if "before they were corrected" in warning]
    assert line.translations["pt"].models == ("a person",)


def test_findings_about_words_that_are_not_there_any_more_are_not_shown() -> None:
    before = line_of()
    assert [finding.message for finding in before.findings] == ["the number 2.5 is not in the translation"]
    after = line_of(corrected(3, "pt", before.translations["pt"].text, "Vou receitar 2,5 mg.", spoken=False))
    assert not after.findings
    assert "the number 2.5 is not in the translation" not in after.warnings


def test_a_held_translation_that_a_person_has_corrected_is_held_no_more() -> None:
    made = Translation("Vou receitar bisoprolol, uma vez por dia, durante 14 dias.", "en", "pt", ("firefox-en-pt",))
    held = Held(
        at=17.5,
        utterance=UtteranceId(3),
        listener=Role.PATIENT,
        translation=made,
        back="",
        differences=("the number 2.5 is not in the translation",),
        n_attempts=0,
    )
    assert "pt" in line_of(held).held
    corrections = corrected(3, "pt", made.text, "Vou receitar 2,5 mg de bisoprolol.", spoken=False)
    after = line_of(held, corrections)
    assert not after.held
    assert not [warning for warning in after.warnings if warning.startswith("held")]


def test_what_the_translator_could_not_do_a_person_can() -> None:
    assert "not translated: the translator failed" in line_of(number=12).warnings
    line = line_of(corrected(12, "en", "", "All right, doctor.", spoken=False), number=12)
    assert line.text_in("en") == "All right, doctor."
    assert not [warning for warning in line.warnings if warning.startswith("not translated")]


def test_facts_that_were_read_from_words_that_were_wrong_are_not_in_the_note() -> None:
    fact = FactNoted(
        at=20.0, utterance=UtteranceId(4), slot="results", name="glucose", state="told", value="13.60",
        words="deu 13.60", by="rule",
    )  # fmt: skip
    misspelt = corrected(4, "pt", "O glicémico deu 13.60.", "A glicemia deu 13.60.")
    wrong = corrected(4, "pt", "A glicemia deu 13.60.", "A glicemia deu 136.")
    assert gather([*consultation_events(), fact]).interview.facts
    assert gather([*consultation_events(), fact, misspelt]).interview.facts
    assert not gather([*consultation_events(), fact, misspelt, wrong]).interview.facts


def noted(number: int, name: str, state: str, words: str, *, slot: str = "history", question: str = "") -> FactNoted:
    return FactNoted(
        at=20.0, utterance=UtteranceId(number), slot=slot, name=name, state=state, value="", words=words, by="rule",
        question=question,
    )  # fmt: skip


def heard_as(number: int, text: str, language: str = "en") -> TurnAttributed:
    return TurnAttributed(
        at=20.0, utterance=UtteranceId(number), span=Span(19.0, 20.0), role=Role.PATIENT, method="typed",
        confidence=1.0, hypothesis=Hypothesis(text, language, 1.0, 1.0),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "before", "words", "after", "stays"),
    [
        ("en", "no", "no", "Yes, now I do", False),
        ("en", "No.", "No.", "I don't know", False),
        ("en", "no", "no", "No!", True),
        ("pt", "é", "é", "sinto que não é", False),
        ("zh", "是", "是", "不是", False),
        ("en", "I have chest pain.", "chest pain", "I have no chest pain.", False),
        ("en", "I have chest pain and a caugh.", "chest pain", "I have chest pain and a cough.", True),
        ("en", "I feel ill. I have chest pain.", "I have chest pain.", "I feel well. I have chest pain.", True),
    ],
)
def test_a_fact_outlives_a_correction_only_where_its_words_still_say_it(
    language: str, before: str, words: str, after: str, stays: bool
) -> None:
    fact = noted(50, "chest-pain", "present", words)
    journal = [heard_as(50, before, language), fact, corrected(50, language, before, after)]
    assert bool(gather(journal).interview.facts) is stays
    assert ("chest-pain" in shown_history(journal)) is stays


def shown_history(journal: Sequence[Event]) -> str:
    return json.dumps(history_data(history_of(journal, load_packs(), "en"))["slots"])


def test_a_medicine_that_was_stopped_after_all_is_not_taken() -> None:
    before, after = "I take warfarin every day.", "I stopped warfarin every day."
    fact = noted(50, "warfarin", "present", "warfarin", slot="drugs")
    assert not gather([heard_as(50, before), fact, corrected(50, "en", before, after)]).interview.facts


def test_a_corrected_translation_takes_no_fact_along() -> None:
    fact = noted(50, "chest-pain", "present", "dói")
    journal = [heard_as(50, "dói o peito", "pt"), fact, corrected(50, "en", "", "my chest hurts", spoken=False)]
    assert gather(journal).interview.facts


def test_a_history_says_what_was_corrected_and_has_the_new_words() -> None:
    before, after = "I take warfarin. I have chest pain.", "I stopped Marevan. I have chest pain."
    facts = [
        replace(noted(50, "drugs", "told", "I take warfarin.", slot="drugs"), value="warfarin"),
        noted(50, "chest-pain", "present", "I have chest pain.", slot="associated symptoms"),
    ]
    alarm = AlarmRaised(
        at=20.0, utterance=UtteranceId(50), alarm="x", level="urgent", reason="chest pain", signs=("chest-pain",),
        evidence=(UtteranceId(50),),
    )  # fmt: skip
    journal = [heard_as(50, before), *facts, alarm, corrected(50, "en", before, after)]
    history = to_history(history_of(journal, load_packs(), "en"))
    assert "warfarin" not in history and "I stopped Marevan." in history
    since = texts("en").history["corrected"]
    assert [row for row in history.splitlines() if since in row and "«I have chest pain.»" in row]
    assert f"- **urgent**: chest pain ({since}) [50]" in history


def test_warnings_of_words_that_were_corrected_say_so_in_every_document() -> None:
    told = [
        AlarmRaised(
            at=20.0, utterance=UtteranceId(7), alarm="x", level="urgent", reason="chest pain", signs=("chest-pain",),
            evidence=(UtteranceId(3), UtteranceId(7)),
        ),
        Suspected(
            at=20.0, utterance=UtteranceId(7), concern="heart", reason="the heart", signs=("chest-pain",),
            words="Não.", probability=0.9,
        ),
        ConflictFound(
            at=20.0, utterance=UtteranceId(7), kind="interaction", names=("a", "b"), severity="major",
            message="may bleed", source="", evidence=(UtteranceId(7),),
        ),
    ]  # fmt: skip
    assert OF_OLD_WORDS not in to_markdown(transcript_with(*told))
    shown = transcript_with(*told, corrected(7, "pt", "Não.", "Não, nenhuma."))
    state = advanced(told, corrected(7, "pt", "Não.", "Não, nenhuma."), corrected(7, "pt", "Não, nenhuma.", "Sim."))
    for found in (shown, state):
        said = [
            found.alarms["x"].reason,
            found.suspicions["heart"].reason,
            *(c.message for c in found.conflicts.values()),
        ]
        assert [text.count(OF_OLD_WORDS) for text in said] == [1, 1, 1]
    assert to_markdown(shown).replace("\\", "").count(OF_OLD_WORDS) == 3
    only_translation = corrected(7, "en", "No.", "None.", spoken=False)
    assert OF_OLD_WORDS not in to_markdown(transcript_with(*told, only_translation)).replace("\\", "")


def advanced(told: Sequence[Event], *corrections: Event) -> State:
    state = State()
    for event in [*consultation_events(), *told, *corrections]:
        state = advance(state, event)
    return state


# --- every document tells it


def test_every_document_says_what_stood_there_before() -> None:
    transcript = transcript_with(corrected(7, "pt", "Não.", "Não, nenhuma."))
    told = "corrected by Ana Silva, 2026-03-02 10:00; before: “Não.”"
    assert told_of(transcript.lines[7].corrections) == [told]
    assert f"{MARK} {told}" in to_markdown(transcript).replace("\\", "")
    assert any(told in row for row in rows_of(transcript, voices_of(transcript)).html)
    (row,) = [one for one in to_data(transcript)["utterances"] if one["utterance"] == 7]  # type: ignore[attr-defined]
    assert row["corrections"][0]["before"] == "Não."
    assert row["text"] == "Não, nenhuma."
    assert to_docx(transcript) != to_docx(transcript_with())


def test_a_de_identified_transcript_has_the_new_words_and_never_the_old_ones() -> None:
    pytest.importorskip("faker")
    events = [event for event in consultation_events() if getattr(event, "utterance", 0) != 8]
    transcript = transcript_of([*events, corrected(7, "pt", "Não, Zeferina.", "Não.")])
    said = [one.text for one in deidentified(transcript, salt=b"salt")]
    assert "Não." in said
    assert not any("Zeferina" in text for text in said)


# --- words in time


def test_words_that_stayed_keep_their_time() -> None:
    before, span = "I take aspirin every day", Span(1.0, 3.0)
    old = words_in_time(before, span)
    new = retimed("I take ibuprofen every single day", "en", before, old, span)
    assert [word.text for word in new] == ["I", "take", "ibuprofen", "every", "single", "day"]
    assert new[0].span.start == pytest.approx(old[0].span.start, abs=0.02)
    assert new[5].span.end == pytest.approx(old[4].span.end, abs=0.02)
    assert old[1].span.end - 0.1 <= new[2].span.start and new[2].span.end <= old[3].span.start + 0.1


def test_characters_are_words_where_words_are_not_apart() -> None:
    old = heard("头痛", "zh", Span(0.0, 1.0)).words
    assert [word.text for word in retimed("头很痛", "zh", "头痛", old, Span(0.0, 1.0))] == ["头", "很", "痛"]


def test_without_words_in_time_there_are_none_after() -> None:
    assert retimed("new", "en", "old", (), Span(0.0, 1.0)) == ()


@given(before=st.text(min_size=1, max_size=60), text=st.text(max_size=60))
def test_words_in_time_are_ordered_and_inside_the_utterance(before: str, text: str) -> None:
    span = Span(2.0, 5.0)
    words = retimed(text, "en", before, words_in_time(before, span), span)
    starts = [word.span.start for word in words]
    assert starts == sorted(starts)
    assert all(span.start <= word.span.start <= word.span.end <= span.end for word in words)
    if words:
        assert [word.text for word in words] == text.split()


# --- correcting


def test_a_correction_in_a_folder_is_kept_in_its_journal_and_its_documents_are_made_again(folder: Path) -> None:
    transcript = correct_text(folder, 7, "pt", "Não, nenhuma.", "Ana Silva")
    assert transcript.lines[7].text == "Não, nenhuma."
    assert [one.before for one in transcript.lines[7].corrections] == ["Não."]
    assert "nenhuma" in (folder / "transcript.md").read_text("utf-8")
    kinds = [json.loads(row)["type"] for row in (folder / JOURNAL).read_text("utf-8").splitlines()]
    assert kinds.count("TextCorrected") == 1
    assert kinds[-1] == "SessionClosed"


def test_corrections_follow_each_other_and_all_of_them_stay(folder: Path) -> None:
    correct_text(folder, 7, "pt", "Não, nenhuma.")
    line = correct_text(folder, 7, "pt", "Não tenho nenhuma.").lines[7]
    assert line.text == "Não tenho nenhuma."
    assert [one.before for one in line.corrections] == ["Não.", "Não, nenhuma."]


def test_a_text_that_is_as_it_was_is_no_correction(folder: Path) -> None:
    before = (folder / JOURNAL).read_bytes()
    correct_text(folder, 7, "pt", " Não. ")
    assert (folder / JOURNAL).read_bytes() == before


def test_the_guard_compares_the_texts_again(folder: Path) -> None:
    line = correct_text(folder, 3, "en", DOSE.replace("14 days", "10 days")).lines[3]
    assert any("14" in finding.message or "10" in finding.message for finding in line.findings)
    translation = "Vou receitar 2,5 mg de bisoprolol, uma vez por dia, durante 10 dias."
    line = correct_text(folder, 3, "pt", translation).lines[3]
    assert not line.findings


def test_a_language_that_the_guard_does_not_know_is_corrected_all_the_same(folder: Path) -> None:
    line = correct_text(folder, 8, "sw", "Hapana, hana mzio.").lines[8]
    assert line.text_in("sw") == "Hapana, hana mzio."
    assert line.text == ARABIC


@pytest.mark.parametrize(("number", "text"), [(99, "x"), (11, "x"), (7, "   ")])
def test_what_cannot_be_corrected_is_told(folder: Path, number: int, text: str) -> None:
    with pytest.raises(ConfigError):
        correct_text(folder, number, "pt", text)


def test_control_characters_and_lines_are_not_written(folder: Path) -> None:
    assert correct_text(folder, 7, "pt", "Não,\nnada\x07.").lines[7].text == "Não, nada\ufffd."


def test_a_correction_in_the_store_is_sealed_and_audited_without_a_word(vault: Vault) -> None:
    session = stored(vault)
    transcript = correct_stored_text(vault, session, 7, "pt", "Não, nenhuma.", "Ana Silva")
    assert transcript.lines[7].text == "Não, nenhuma."
    moment = datetime.fromisoformat(transcript.lines[7].corrections[0].corrected)
    assert moment.tzinfo is not None
    entry = vault.audit()[-2]
    assert entry.action == "text-corrected"
    assert "nenhuma" not in entry.detail and "Ana" not in entry.detail
    assert broken_at(vault.audit()) is None
    assert transcript_of(vault.read(session)).lines[7].text == "Não, nenhuma."
    assert vault.check() == []


def test_a_session_that_is_open_is_not_corrected(vault: Vault) -> None:
    with vault.begin(doctor="en", patient="pt", profile="scripted") as session:
        for event in consultation_events()[:-1]:
            session.journal.append(event)
        with pytest.raises(StoreError):
            correct_stored_text(vault, session.id, 7, "pt", "Não, nenhuma.")
