"""Which voice speaks: the best that starts in time; and why none does."""

from __future__ import annotations

import pytest

from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.speak.router import Quality, Voice, Voices, measure_startup
from voicedoc.speak.scripted import Tones

pytestmark = pytest.mark.unit


class Named(Tones):
    def __init__(self, name: str, *languages: str) -> None:
        super().__init__(languages=list(languages) or None)
        self._name = name

    @property
    def voice(self) -> str:
        return self._name


def names(voices: Voices, language: str) -> list[str]:
    return [voice.name for voice in voices.ranked(language)]


def test_the_best_voice_that_starts_in_time_speaks() -> None:
    slow, fast = Voice(Named("slow"), Quality.GOOD, 6.0), Voice(Named("fast"), Quality.USABLE, 0.1)
    assert names(Voices([slow, fast], startup_budget=4.0), "es") == ["fast", "slow"]
    assert names(Voices([slow, fast], startup_budget=8.0), "es") == ["slow", "fast"]


def test_where_no_voice_is_fast_enough_the_fastest_speaks() -> None:
    voices = [Voice(Named("slow"), Quality.GOOD, 9.0), Voice(Named("less slow"), Quality.USABLE, 6.0)]
    assert Voices(voices, startup_budget=1.0).voice_for("pt").name == "less slow"


def test_a_voice_can_be_narrowed_to_some_of_its_languages() -> None:
    voices = Voices([Voice(Named("pico", "es", "fr"), Quality.USABLE, 0.1, frozenset({"es"}))])
    assert voices.voice_for("es-MX").name == "pico"
    assert set(voices.missing(["es", "fr", "pt"])) == {"fr", "pt"}


def test_a_missing_voice_says_what_there_is_and_what_to_do() -> None:
    voices = Voices([Voice(Named("espeak-ng", "ar"), Quality.LAST_RESORT, 0.1)])
    with pytest.raises(
        UnsupportedLanguage, match="espeak-ng is 'last-resort', and the profile's floor is 'usable'"
    ) as refused:
        voices.voice_for("ar")
    assert "floor" in refused.value.remedy
    with pytest.raises(UnsupportedLanguage, match="no voice of this profile speaks it"):
        voices.voice_for("pt")


def test_a_dropped_voice_speaks_no_more_and_is_named() -> None:
    voice = Voice(Named("broken"), Quality.GOOD, 0.1)
    voices = Voices([voice]).without(voice)
    with pytest.raises(UnsupportedLanguage, match="broken failed"):
        voices.voice_for("en")


def test_a_mistyped_floor_is_an_error_with_a_hint() -> None:
    with pytest.raises(ConfigError) as refused:
        Voices([], floor="usabel")
    assert refused.value.remedy == "did you mean 'usable'?"


def test_the_levels_stand_in_order() -> None:
    labels = ["last-resort", "draft", "usable", "good"]
    assert sorted(labels, key=Quality.named) == labels
    assert [Quality.named(label).label for label in labels] == labels


def test_startup_is_measured_with_the_clock_that_is_given() -> None:
    ticks = iter([10.0, 10.5, 12.0])
    startup = measure_startup(Tones(rate=1000), "ab cd", "en", lambda: next(ticks))
    n_seconds = sum(chunk.size for chunk in Tones(rate=1000).synthesize("ab cd", language="en")) / 1000
    assert startup.first_audio == 0.5
    assert startup.real_time_factor == pytest.approx(2.0 / n_seconds)
