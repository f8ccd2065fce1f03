"""An output is never silently empty, and what is wrong with it on its face is named."""

from __future__ import annotations

import pytest

from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed
from voicedoc.translate.outcome import doubts_of, outcome, sound_outcome

pytestmark = pytest.mark.unit


def test_an_output_becomes_a_translation() -> None:
    made = outcome("Where does it hurt?", " Onde dói? ", source="en", target="pt", model="m")
    assert made == Translation("Onde dói?", "en", "pt", ("m",))


@pytest.mark.parametrize("empty", ["", "  ", "…", "-"])
def test_an_empty_output_is_a_failure_that_does_not_quote(empty: str) -> None:
    with pytest.raises(BackendFailed) as caught:
        outcome("My secret.", empty, source="en", target="pt", model="m")
    assert "secret" not in str(caught.value) + caught.value.remedy


def test_only_text_without_words_has_an_empty_translation() -> None:
    assert outcome(" … ", "", source="en", target="pt", model="m").text == ""


@pytest.mark.parametrize(
    ("text", "output", "target", "doubt"),
    [
        ("It gets worse.", "piora se você piora se você piora se você piora", "pt", "repetition"),
        ("It gets worse.", "dor dor dor dor", "pt", "repetition"),
        ("It gets worse.", "palavra " + " ".join(f"outra{n}" for n in range(30)), "pt", "length"),
        ("I have had a very bad headache since the day before yesterday.", "Dor.", "pt", "length"),
        ("I have a headache.", "I have a headache.", "pt", "untranslated"),
        ("I have a headache.", "Tenho dor de cabeça", "ar", "script"),
        ("I have a headache.", "Голова болит", "pt", "script"),
        ("Dói-me a cabeça.", "The doctor can see you", "pt-BR", "language"),
    ],
)
def test_what_is_wrong_on_its_face_is_named(text: str, output: str, target: str, doubt: str) -> None:
    source = "en"
    assert doubt in doubts_of(text, output, source=source, target=target)


@pytest.mark.parametrize(
    ("text", "output", "source", "target"),
    [
        ("Ibuprofen 400 mg.", "Ibuprofen 400 mg.", "en", "de"),
        ("No, no, no, no, it does not hurt.", "Não, não, não, não, não dói.", "en", "pt"),
        ("Where does it hurt, and since when has it been hurting?", "哪里痛？什么时候开始的？", "en", "zh"),
        ("38.5", "38,5", "en", "pt"),
        ("Tome 2,5 mg.", "Take 2.5 mg.", "pt", "en"),
        ("Yes.", "Да.", "en", "sr"),
    ],
)
def test_a_good_translation_is_not_doubted(text: str, output: str, source: str, target: str) -> None:
    assert doubts_of(text, output, source=source, target=target) == ()


def test_for_models_that_may_answer_a_doubt_is_a_failure() -> None:
    with pytest.raises(BackendFailed, match="language"):
        sound_outcome("Tenho dor?", "I am not able to see your pain.", source="en", target="pt", model="m")
