"""Who is the doctor and who the patient, from what they say."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.attribute import wording
from voicedoc.attribute.diarizer import Voice
from voicedoc.attribute.roles import Conclusion, Spoken, conclude
from voicedoc.attribute.wording import Wording, wording_of
from voicedoc.core.speech import Role

pytestmark = pytest.mark.unit

CUES = sorted((Path(wording.__file__).parent / "cues").glob("*.toml"))


def spoken(*rows: tuple[str, str], language: str = "en", seconds: float = 3.0) -> list[Spoken]:
    return [Spoken(speaker, text, language, 1.0, seconds) for speaker, text in rows]


def roles(conclusions: list[Conclusion]) -> dict[str, Role]:
    return {conclusion.speaker: conclusion.role for conclusion in conclusions}


CONSULTATIONS = {
    "en": [
        ("A", "Good morning. What brings you in today?"),
        ("B", "I've had a cough for a week."),
        ("A", "Do you smoke?"),
    ],
    "pt": [("A", "Bom dia, o que a traz cá?"), ("B", "Estou com dores, doutor. Dói muito."), ("A", "Há quanto tempo?")],
    "es": [("A", "¿Qué le trae por aquí?"), ("B", "Me duele la cabeza."), ("A", "¿Desde cuándo? ¿Tiene fiebre?")],
    "fr": [("A", "Qu'est-ce qui vous amène ?"), ("B", "J'ai mal au dos."), ("A", "Depuis quand ?")],
    "de": [("A", "Was führt Sie zu mir?"), ("B", "Ich habe Schmerzen im Rücken."), ("A", "Seit wann?")],
    "it": [("A", "Che cosa la porta qui?"), ("B", "Mi fa male la schiena."), ("A", "Da quanto tempo?")],
    "zh": [("A", "你好，哪里不舒服？"), ("B", "我头疼，我睡不着。"), ("A", "多久了？")],
    "hi": [("A", "आपको क्या तकलीफ है?"), ("B", "मुझे बुखार है।"), ("A", "कब से?")],
    "ar": [("A", "بماذا تشعر؟"), ("B", "عندي ألم في صدري."), ("A", "منذ متى؟")],
    "ru": [("A", "Что вас беспокоит?"), ("B", "У меня болит голова."), ("A", "Как давно?")],
}


@pytest.mark.parametrize("language", CONSULTATIONS)
@pytest.mark.parametrize("marks", [True, False])
def test_who_asks_is_the_doctor_in_every_language_with_or_without_marks(language: str, marks: bool) -> None:
    rows = CONSULTATIONS[language]
    rows = rows if marks else [(speaker, re.sub(r"[?？؟¿.,。，।]", " ", text)) for speaker, text in rows]
    found = conclude(spoken(*rows, language=language), [language])
    assert roles(found) == {"A": Role.DOCTOR, "B": Role.PATIENT}
    assert all(0.6 <= conclusion.confidence <= 0.98 for conclusion in found)


def test_reasons_count_and_never_quote() -> None:
    first, second = conclude(spoken(*CONSULTATIONS["en"]), ["en"])
    assert first.reasons == (
        "asks 2 of 2 questions",
        "2 of 2 phrases of clinicians",
        "0 of 1 phrases of patients",
        "speaks first",
    )
    assert second.reasons == ("asks 0 of 2 questions", "0 of 2 phrases of clinicians", "1 of 1 phrases of patients")


def test_the_doctors_language_decides_against_everything_else() -> None:
    asks = [Spoken("A", "Onde? Quando? Como? É grave?", "pt", 0.9, 20.0)]
    answers = [Spoken("B", "It hurts, I feel bad, my head, my back.", "en", 0.9, 20.0)]
    found = conclude(asks + answers, ["en", "pt"])
    assert roles(found) == {"A": Role.PATIENT, "B": Role.DOCTOR}
    assert "speaks en 100% of the time" in found[1].reasons
    assert roles(conclude(asks + answers, ["pt", "en"])) == {"A": Role.DOCTOR, "B": Role.PATIENT}


def test_a_bilingual_doctor_is_still_the_doctor() -> None:
    pieces = [Spoken("A", "Tem alergias?", "pt", 0.9, 8.0), Spoken("A", "Let me see.", "en", 0.9, 12.0)]
    pieces += [Spoken("B", "Dói aqui.", "pt", 0.9, 20.0)]
    assert roles(conclude(pieces, ["en", "pt"])) == {"A": Role.DOCTOR, "B": Role.PATIENT}


def test_an_interpreter_speaks_both_languages_and_is_neither() -> None:
    pieces = [
        Spoken("A", "Does it hurt?", "en", 0.9, 10.0),
        Spoken("I", "Dói?", "pt", 0.9, 10.0),
        Spoken("B", "Dói.", "pt", 0.9, 10.0),
        Spoken("I", "It does.", "en", 0.9, 10.0),
    ]
    found = conclude(pieces, ["en", "pt"])
    assert roles(found) == {"A": Role.DOCTOR, "I": Role.OTHER, "B": Role.PATIENT}
    assert "speaks both languages" in found[1].reasons


def test_a_companion_who_says_little_is_neither() -> None:
    pieces = spoken(*CONSULTATIONS["en"] * 3, seconds=10.0) + spoken(("C", "He was pale."), seconds=2.0)
    assert roles(conclude(pieces, ["en"])) == {"A": Role.DOCTOR, "B": Role.PATIENT, "C": Role.OTHER}


def test_of_two_who_tie_as_patients_neither_is_guessed() -> None:
    pieces = spoken(*CONSULTATIONS["en"] * 3, ("C", "Yes."), ("D", "Yes."), seconds=10.0)
    pieces = [piece for piece in pieces if piece.speaker != "B"]
    assert roles(conclude(pieces, ["en"])) == {"A": Role.DOCTOR, "C": Role.UNKNOWN, "D": Role.UNKNOWN}


def test_nothing_said_that_tells_them_apart_leaves_both_unknown() -> None:
    found = conclude(spoken(("A", "Yes."), ("B", "Yes."), ("A", "Good.")), ["en"])
    assert roles(found) == {"A": Role.UNKNOWN, "B": Role.UNKNOWN}
    assert {conclusion.confidence for conclusion in found} == {0.0}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Do you smoke? Any allergies? I'll prescribe something.", Role.DOCTOR),
        ("It hurts when I breathe. I feel dizzy. My head is heavy.", Role.PATIENT),
        ("Good morning. It is raining.", Role.UNKNOWN),
        ("Fifty-year-old man. Seen today. Chest clear. No fever. Plan as before. " * 5, Role.UNKNOWN),
    ],
)
def test_the_only_speaker_is_known_by_words_and_never_surely(text: str, role: Role) -> None:
    (found,) = conclude(spoken(("A", text)), ["en"])
    assert (found.role, found.reasons[0]) == (role, "the only speaker")
    assert found.confidence <= 0.7


def test_what_is_given_by_hand_wins() -> None:
    pieces = spoken(*CONSULTATIONS["en"])
    found = conclude(pieces, ["en"], given={"B": Role.DOCTOR})
    assert found[1] == Conclusion("B", Role.DOCTOR, 1.0, ("given by hand",))
    assert (found[0].role, found[0].reasons[0]) == (Role.PATIENT, "the only other speaker")
    assert roles(conclude(pieces, ["en"], given={"A": Role.OTHER, "B": Role.OTHER})) == {
        "A": Role.OTHER,
        "B": Role.OTHER,
    }


def test_who_is_left_over_is_neither() -> None:
    pieces = spoken(*CONSULTATIONS["en"], ("C", "Hello."))
    found = conclude(pieces, ["en"], given={"A": Role.DOCTOR, "C": Role.PATIENT})
    assert roles(found) == {"A": Role.DOCTOR, "B": Role.OTHER, "C": Role.PATIENT}


def voice(*numbers: float) -> Voice:
    return np.array(numbers, np.float32)


def test_a_voice_sample_wins_over_what_is_said() -> None:
    voices = {"A": voice(0.0, 1.0), "B": voice(0.8, 0.6)}
    pieces = spoken(*CONSULTATIONS["en"])
    first, second = conclude(pieces, ["en"], voices=voices, samples={Role.DOCTOR: voice(1.0, 0.0)})
    assert (second.role, second.reasons[0]) == (Role.DOCTOR, "sounds like the doctor's voice sample (0.80)")
    assert first.role is Role.PATIENT
    by_hand = conclude(pieces, ["en"], given={"A": Role.DOCTOR}, voices=voices, samples={Role.DOCTOR: voice(1.0, 0.0)})
    assert roles(by_hand) == {"A": Role.DOCTOR, "B": Role.PATIENT}


@pytest.mark.parametrize(
    "voices",
    [{}, {"A": voice(0.0, 1.0), "B": voice(0.3, 0.9)}, {"A": voice(0.75, 0.66), "B": voice(0.8, 0.6)}],
    ids=["none", "nobody is like it", "both are like it"],
)
def test_a_sample_that_fits_nobody_or_two_says_nothing(voices: dict[str, Voice]) -> None:
    found = conclude(spoken(*CONSULTATIONS["en"]), ["en"], voices=voices, samples={Role.DOCTOR: voice(1.0, 0.0)})
    assert roles(found) == {"A": Role.DOCTOR, "B": Role.PATIENT}
    assert not any("voice" in reason for conclusion in found for reason in conclusion.reasons)


@given(
    st.lists(
        st.builds(
            Spoken,
            st.sampled_from("ABCD"),
            st.sampled_from(["Yes.", "Does it hurt?", "I feel sick.", "Dói aqui.", "", "…"]),
            st.sampled_from(["en", "pt", "th"]),
            st.floats(0, 1),
            st.floats(0, 60),
        )
    ),
    st.sampled_from([["en"], ["en", "pt"], ["pt", "en", "th"]]),
)
def test_every_speaker_has_one_conclusion_and_at_most_one_is_the_doctor(
    pieces: list[Spoken], languages: list[str]
) -> None:
    found = conclude(pieces, languages)
    assert [conclusion.speaker for conclusion in found] == list(dict.fromkeys(piece.speaker for piece in pieces))
    for role in (Role.DOCTOR, Role.PATIENT):
        assert sum(conclusion.role is role for conclusion in found) <= 1
    assert all(0.0 <= conclusion.confidence <= 0.98 for conclusion in found)
    assert all((conclusion.confidence == 0.0) == (conclusion.role is Role.UNKNOWN) for conclusion in found)


# --- counting


@pytest.mark.parametrize(
    "text", ["Where?", "哪里？", "أين؟", "¿Dónde?", "OK, and so where is it", "Right. How long has it been"]
)
def test_a_question_is_known_by_its_mark_or_its_beginning(text: str) -> None:
    language = {"哪": "zh", "أ": "ar", "¿": "es"}.get(text[0], "en")
    assert wording_of(text, language).n_questions == 1


def test_a_question_word_inside_a_sentence_does_not_ask() -> None:
    assert wording_of("I know how long it was, and where is up to you.", "en").n_questions == 0


def test_phrases_are_found_as_whole_words_whatever_the_apostrophe() -> None:
    assert wording_of("I’ll prescribe it. MY HEAD!", "en") == Wording(2, 0, 1, 1)
    assert wording_of("my headache", "en").n_patient == 0


def test_a_language_without_lists_has_its_question_marks() -> None:
    assert wording_of("Kde? Tady.", "cs") == Wording(n_sentences=2, n_questions=1)


def test_short_vowels_do_not_hide_arabic_words() -> None:
    assert wording_of("عِنْدِي أَلَمٌ", "ar").n_patient == 1


@pytest.mark.parametrize("path", CUES, ids=lambda path: path.stem)
def test_a_list_has_each_phrase_once_and_for_one_side(path: Path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    for name in ("asks", "doctor", "patient"):
        phrases = [wording.plain(phrase) for phrase in table[name]]
        assert phrases, name
        assert [phrase for phrase, n in Counter(phrases).items() if n > 1] == []
    assert not set(table["doctor"]) & set(table["patient"])


def test_there_are_lists_for_ten_languages() -> None:
    assert [path.stem for path in CUES] == ["ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "zh"]


# --- real consultations


def _consultations(devset: Path) -> dict[str, list[tuple[str, str]]]:
    """Who says what, in order, in every consultation of the development set."""
    found = {}
    for line in (devset / "text" / "dialogues_primock57.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        turns = sorted(row["turns"], key=lambda turn: float(turn["start"]))
        found[row["id"]] = [(turn["speaker"], re.sub(r"<[^>]*>", "", turn["text"])) for turn in turns]
    for line in (devset / "text" / "dialogues_acibench.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["id"]] = re.findall(r"^\[(\w+)\] (.*)$", row["dialogue"], re.MULTILINE)
    for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "consultation":
            found[row["id"]] = [(turn["speaker"], turn["text"]) for turn in row["turns"]]
    return found


def test_roles_in_real_consultations_are_right(devset: Path) -> None:
    consultations = _consultations(devset)
    assert len(consultations) >= 23
    for name, turns in consultations.items():
        pieces = [Spoken(speaker, text, "en", 1.0, len(text) / 15) for speaker, text in turns]
        wrong = {c.speaker: c.role for c in conclude(pieces, ["en"]) if c.role != c.speaker}
        assert not wrong, name
