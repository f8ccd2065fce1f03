"""Real voices: every language that a voice claims can be spoken, doses included, and Kokoro can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, BackendUnavailable, Unspeakable
from voicedoc.registry import backend
from voicedoc.speak.kokoro import Kokoro
from voicedoc.speak.role import Synthesizer
from voicedoc.speak.sound import finished
from voicedoc.speak.spoken import spoken_text

pytestmark = pytest.mark.model

DOSES = {
    "de": "Nehmen Sie 2,5 mg Ibuprofen um 10:30 Uhr.",
    "en": "Take 2.5 mg of ibuprofen at 10:30.",
    "es": "Tome 2,5 mg de ibuprofeno a las 10:30.",
    "fr": "Prenez 2,5 mg d'ibuprofène à 10h30.",
    "hi": "2.5 मिलीग्राम लें।",
    "it": "Prenda 2,5 mg di ibuprofene alle 10:30.",
    "ja": "2.5mgを飲んでください。",
    "pt": "Tome 2,5 mg de ibuprofeno às 10:30.",
    "zh": "请服用2.5毫克。",
}


def make(name: str) -> Synthesizer:
    try:
        voice: Synthesizer = backend("synthesizers", name)()
    except BackendUnavailable as error:
        pytest.skip(f"{error}. {error.remedy}")
    return voice


@pytest.fixture(scope="module")
def kokoro(loaded_model: Callable[[str], LoadedModel]) -> Kokoro:
    return Kokoro(loaded_model("kokoro"))


def speak_dose(voice: Synthesizer, language: str) -> float:
    spoken = spoken_text(DOSES[language], language)
    sound = np.concatenate(list(voice.synthesize(spoken, language=language)))
    return finished(sound, voice.rate, spoken).size / voice.rate


@pytest.mark.parametrize("name", ["hibari", "pico", "openjtalk", "espeak"])
def test_a_packaged_voice_speaks_a_dose_in_each_of_its_languages(name: str) -> None:
    voice = make(name)
    for language in sorted(voice.languages & DOSES.keys()):
        assert 0.8 < speak_dose(voice, language) < 12, language


def test_kokoro_speaks_a_dose_in_each_of_its_languages(kokoro: Kokoro) -> None:
    for language in sorted(kokoro.languages):
        assert 0.8 < speak_dose(kokoro, language) < 12, language


def test_kokoro_stops_in_the_middle_of_a_clause(kokoro: Kokoro) -> None:
    speech = kokoro.synthesize(spoken_text(DOSES["pt"], "pt") * 6, language="pt")
    threading.Timer(0.3, speech.close).start()
    with pytest.raises(BackendFailed):
        list(speech)


def test_kokoro_says_a_decimal_longer_than_its_whole_part(kokoro: Kokoro) -> None:
    whole = kokoro.phonemes(spoken_text("Tome 2 mg.", "pt"), "pt")
    decimal = kokoro.phonemes(spoken_text("Tome 2,5 mg.", "pt"), "pt")
    assert len(decimal) > len(whole) + 8


def test_kokoro_refuses_latin_letters_in_chinese(kokoro: Kokoro) -> None:
    with pytest.raises(Unspeakable):
        kokoro.phonemes("服用 ibuprofen", "zh")


def test_espeak_reads_the_hindi_numerals_that_we_write_as_it_reads_digits() -> None:
    """Two sources agree: ours come from indic-numtowords."""
    from voicedoc.speak.phonemes import EspeakProcess
    from voicedoc.speak.spoken.lexicon import lexicon_of

    try:
        espeak = EspeakProcess()
    except BackendUnavailable as error:
        pytest.skip(f"{error}. {error.remedy}")
    lexicon = lexicon_of("hi")
    assert lexicon is not None
    for n in (1, 2, 3, 4, 6, 7, 8, 9, 10, 15, 20, 30, 50, 60, 70, 80):
        (ours,) = espeak.phonemes(lexicon.small[n], language="hi")
        (theirs,) = espeak.phonemes(f"{n}", language="hi")
        assert _plain(ours) == _plain(theirs), n
    espeak.close()


def _plain(ipa: str) -> str:
    return "".join(mark for mark in ipa if mark not in "ˈˌ^")
