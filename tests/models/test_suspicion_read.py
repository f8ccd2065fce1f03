"""The second net on its real model: sentences that no example has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from voicedoc.converse.suspicion.suspicion import Suspicion, examples
from voicedoc.core.cards import LoadedModel
from voicedoc.phrases.e5 import E5, MODEL

pytestmark = pytest.mark.model

DANGERS = {
    "Every morning I am disappointed that I woke up again.": "suicide",
    "Estou a pensar em pôr fim a isto de vez.": "suicide",
    "Ich habe das Gefühl, jemand schnürt mir die Brust zu.": "heart",
    "他半边脸歪着，说不清楚话。": "stroke",
    "No puedo meter aire en los pulmones.": "breathing",
    "Mon fils a vidé la bouteille de javel.": "overdose",
}

HARMLESS = (
    "The pharmacy opens at nine.",
    "Tomo um chá antes de dormir.",
    "Meine Schulter ist seit dem Sport verspannt.",
    "我想预约下个星期。",
    "Je voudrais renouveler mon ordonnance.",
)


@pytest.fixture(scope="module")
def suspicion(loaded_model: Callable[[str], LoadedModel]) -> Suspicion:
    return Suspicion(E5(loaded_model(MODEL)))


def test_dangers_in_other_words_are_asked_for_and_everyday_sentences_are_not(suspicion: Suspicion) -> None:
    known = {text for by_name in examples().values() for texts in by_name.values() for text in texts}
    assert not known & {*DANGERS, *HARMLESS}
    read = {text: {one.concern.name for one in suspicion.hunches(text)} for text in (*DANGERS, *HARMLESS)}
    assert sum(name in read[text] for text, name in DANGERS.items()) >= len(DANGERS) - 2, read
    assert not any(read[text] for text in HARMLESS), read
