"""Smart Turn on sounds that anybody can make again, and on speech that is cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelCorrupt
from voicedoc.segment.smart_turn import FILE, SmartTurn

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def smart_turn(loaded_model: Callable[[str], LoadedModel]) -> SmartTurn:
    return SmartTurn(loaded_model("smart-turn"))


def melody(seconds: float) -> Samples:
    """A hum that goes on."""
    time = np.arange(round(seconds * SPEECH_RATE)) / SPEECH_RATE
    pitch = 110 + 20 * np.sin(2 * np.pi * 0.7 * time)
    tone = sum(np.sin(2 * np.pi * pitch * k * time) / k for k in range(1, 9))
    return as_samples((0.05 * tone * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))).astype(np.float32))


def test_it_says_what_the_makers_own_code_says(smart_turn: SmartTurn) -> None:
    # pipecat-ai 1.14.0, LocalSmartTurnAnalyzerV3, on the same samples
    assert smart_turn.finished(melody(3.0)) == pytest.approx(0.02806, abs=2e-3)
    assert smart_turn.finished(as_samples(np.zeros(SPEECH_RATE, np.float32))) == pytest.approx(0.98704, abs=2e-3)


def test_a_long_utterance_is_judged_by_its_end(smart_turn: SmartTurn) -> None:
    long = melody(20.0)
    assert smart_turn.finished(long) == smart_turn.finished(as_samples(long[-8 * SPEECH_RATE :].copy()))


def test_a_sentence_is_finished_and_half_of_it_is_not(
    smart_turn: SmartTurn, loaded_model: Callable[[str], LoadedModel]
) -> None:
    import soxr

    from voicedoc.speak.hibari import Hibari

    voice = Hibari(loaded_model("hibari-en"))
    made = np.concatenate(list(voice.synthesize("Please take one tablet every morning.", language="en")))
    said = as_samples(np.asarray(soxr.resample(made, voice.rate, SPEECH_RATE), np.float32))
    half = as_samples(said[: round(0.55 * said.size)].copy())
    assert smart_turn.finished(said) > 0.5
    assert smart_turn.finished(half) < 0.5


def test_a_damaged_network_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no network")
    model = LoadedModel("smart-turn", tmp_path, "", "BSD-2-Clause")
    with pytest.raises(ModelCorrupt, match="cannot be loaded"):
        SmartTurn(model)
    with pytest.raises(ConfigError, match="needs a model"):
        SmartTurn(None)
