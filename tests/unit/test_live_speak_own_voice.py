"""The interpreter's own voice in the microphone is told from people, above all from a patient who repeats."""

from __future__ import annotations

import pytest

from tests.helpers.live_voice import LiveVoice, cleared
from voicedoc.attribute.own_voice import OwnVoice, found_in
from voicedoc.core.events import ClauseSpoken, TranscriptFinal
from voicedoc.core.speech import Hypothesis, UtteranceId
from voicedoc.core.time import Span
from voicedoc.runtime.sounded import Sounded

pytestmark = pytest.mark.unit

TEXT = "Tome 2 comprimidos por dia, com um copo de água."
SPOKEN = "Tome dois comprimidos por dia, com um copo de água."


def heard(text: str, start: float, end: float, language: str = "pt") -> TranscriptFinal:
    hypothesis = Hypothesis(text, language, 1.0, 1.0)
    return TranscriptFinal(at=end, utterance=UtteranceId(9), channel=0, span=Span(start, end), hypothesis=hypothesis)


@pytest.fixture
def own_voice() -> OwnVoice:
    sounded = Sounded(tail=0.3)
    sounded.says(TEXT, SPOKEN, "pt", Span(10.0, 13.0))
    return OwnVoice(sounded)


@pytest.mark.parametrize(
    "text",
    [
        "Tome dois comprimidos por dia, com um copo de água.",
        "tome 2 comprimidos por dia com um copo de agua",
        "tomi dois comprimido por dia com um corpo de água",  # misheard
        "comprimidos por dia",  # only a part of it came through
        "um copo",
    ],
)
def test_an_echo_is_the_voice_however_it_was_understood(own_voice: OwnVoice, text: str) -> None:
    assert own_voice(heard(text, 10.1, 13.3))


def test_a_patient_who_repeats_the_instruction_afterwards_is_heard(own_voice: OwnVoice) -> None:
    assert not own_voice(heard(SPOKEN, 13.4, 16.5))
    assert not own_voice(heard(SPOKEN, 13.05, 16.0))  # at once, within the tail
    assert not own_voice(heard(SPOKEN, 12.0, 15.5))  # before the voice has ended
    assert not own_voice(heard(SPOKEN, 40.0, 43.0))


def test_other_words_over_the_voice_are_heard(own_voice: OwnVoice) -> None:
    assert not own_voice(heard("Mas eu já tomei o remédio hoje de manhã", 10.5, 12.5))
    assert not own_voice(heard("Não entendi", 10.5, 12.5))


def test_another_language_is_not_the_voices(own_voice: OwnVoice) -> None:
    assert not own_voice(heard(SPOKEN, 10.1, 13.0, "en"))
    assert own_voice(heard(SPOKEN, 10.1, 13.0, "pt-BR"))


def test_an_echo_over_two_clauses_is_the_voice() -> None:
    sounded = Sounded()
    sounded.says("Tome dois comprimidos,", "Tome dois comprimidos,", "pt", Span(1.0, 2.2))
    sounded.says("com um copo de água.", "com um copo de água.", "pt", Span(2.2, 3.5))
    assert OwnVoice(sounded)(heard("dois comprimidos com um copo", 1.3, 3.3))


def test_before_the_voice_has_spoken_everything_is_heard() -> None:
    assert not OwnVoice(Sounded())(heard(SPOKEN, 1.0, 3.0))


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_what_was_cut_short_is_no_longer_the_voice_after_the_cut(backend: str) -> None:
    import anyio

    from tests.helpers.live_voice import withdrawn

    live = LiveVoice()

    async def run() -> None:
        await live.through(cleared("Take two tablets with a glass of water please", at=0.5), withdrawn(1, 1.2))

    anyio.run(run, backend=backend)
    own_voice = OwnVoice(live.floor.sounded)
    assert own_voice(heard("take two tablets", 0.6, 1.4, "en"))
    assert not own_voice(heard("take two tablets with a glass of water", 1.3, 3.0, "en"))


@pytest.mark.anyio
async def test_what_the_loudspeaker_says_is_known_while_it_is_said() -> None:
    live, known = LiveVoice(), []
    journal = await live.through(
        cleared("Take 2 tablets.", at=0.5), (1.0, lambda: known.extend(live.floor.sounded.said(Span(0.6, 0.9))))
    )
    (said,) = known
    (spoken,) = [event for event in journal if isinstance(event, ClauseSpoken)]
    assert (said.text, said.spoken, said.language) == ("Take 2 tablets.", "Take two tablets.", "en")
    assert said.span.start == spoken.span.start
    assert said.span.end == pytest.approx(spoken.span.end, abs=0.011)


def test_unrelated_sentences_share_little() -> None:
    assert found_in("Where does it hurt?", "Have you taken any medicine today?") < 0.5
    assert found_in("", "Anything") == 0.0
    assert found_in("你哪里疼？", "你今天吃药了吗？") < 0.5
