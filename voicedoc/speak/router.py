"""Which voice speaks a language: the best one that starts soon enough, or none, and then why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.registry import did_you_mean
from voicedoc.speak.letters import subtag_of
from voicedoc.speak.role import Synthesizer


class Quality(IntEnum):
    """How well a voice is understood in a language; profiles write "last-resort", "draft", "usable" or "good"."""

    LAST_RESORT = 0
    DRAFT = 1
    USABLE = 2
    GOOD = 3

    @property
    def label(self) -> str:
        """As profiles write it."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def named(cls, label: str) -> Quality:
        """Raises: ConfigError: If there is no such level."""
        known = {quality.label: quality for quality in cls}
        if label not in known:
            raise ConfigError(f"no quality is called '{label}'", remedy=did_you_mean(label, list(known)))
        return known[label]


@dataclass(frozen=True)
class Voice:
    """A synthesizer as one profile uses it.

    `startup` is the measured time to the first sound of a clause, in seconds (`measure_startup`). It is a given
    figure, not measured while a session runs, so that two runs of one recording choose the same voice. `languages`
    narrows the synthesizer's.
    """

    synthesizer: Synthesizer
    quality: Quality
    startup: float
    languages: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        """The synthesizer's."""
        return self.synthesizer.voice

    def speaks(self, language: str) -> bool:
        """Whether it is meant for this BCP 47 tag."""
        subtag = subtag_of(language)
        return subtag in self.synthesizer.languages and subtag in (self.languages or self.synthesizer.languages)


Pronounce: TypeAlias = Callable[[str, str], str]
"""A text in a language (BCP 47), spelled as voices are to read it."""


def as_written(text: str, _language: str) -> str:
    """A `Pronounce`: nothing is respelled."""
    return text


class Voices:
    """The voices of a profile, best first.

    Nothing below `floor` speaks. Of the rest the best whose `startup` is within `startup_budget` seconds is chosen;
    where none is that fast, the fastest. `pronounce` respells words that voices would get wrong.
    """

    def __init__(
        self,
        voices: Sequence[Voice],
        *,
        floor: str = "usable",
        startup_budget: float = 4.0,
        gone: frozenset[str] = frozenset(),
        pronounce: Pronounce = as_written,
    ) -> None:
        self._voices = tuple(voices)
        self._floor = Quality.named(floor)
        self._budget = startup_budget
        self._gone = gone
        self.pronounce = pronounce

    def ranked(self, language: str) -> tuple[Voice, ...]:
        """Those that may speak `language`: the one to use first, then its fallbacks."""
        able = [v for v in self._voices if v.speaks(language) and v.quality >= self._floor and v.name not in self._gone]
        in_time = sorted((v for v in able if v.startup <= self._budget), key=lambda v: (-v.quality, v.startup))
        late = sorted((v for v in able if v.startup > self._budget), key=lambda v: v.startup)
        return (*in_time, *late)

    def without(self, voice: Voice) -> Voices:
        """The same voices less one that has failed."""
        return Voices(
            self._voices,
            floor=self._floor.label,
            startup_budget=self._budget,
            gone=self._gone | {voice.name},
            pronounce=self.pronounce,
        )

    def voice_for(self, language: str) -> Voice:
        """The voice to use.

        Raises:
            UnsupportedLanguage: If there is none; the message names what there is, and why it does not speak.
        """
        if ranked := self.ranked(language):
            return ranked[0]
        raise UnsupportedLanguage(
            f"no adequate voice for '{language}': {self._reason(language)}", remedy=self._remedy(language)
        )

    def missing(self, languages: Sequence[str]) -> dict[str, UnsupportedLanguage]:
        """For the start of a session: each language that will only be shown, with the reason and the remedy."""
        lacking = {}
        for language in languages:
            try:
                self.voice_for(language)
            except UnsupportedLanguage as error:
                lacking[language] = error
        return lacking

    def _reason(self, language: str) -> str:
        able = [voice for voice in self._voices if voice.speaks(language)]
        if not able:
            return "no voice of this profile speaks it"
        if gone := [voice.name for voice in able if voice.name in self._gone]:
            return f"{', '.join(gone)} failed"
        levels = ", ".join(f"{voice.name} is '{voice.quality.label}'" for voice in able)
        return f"{levels}, and the profile's floor is '{self._floor.label}'"

    def _remedy(self, language: str) -> str:
        if any(voice.speaks(language) for voice in self._voices):
            return "read it on the screen, or lower [speak] floor in the profile"
        return "read it on the screen, or add a [[voices]] entry for it to the profile (voicedoc models list)"


@dataclass(frozen=True, slots=True)
class Startup:
    """What a voice needs on this machine: seconds to its first sound, and seconds of work per second of speech."""

    first_audio: float
    real_time_factor: float


def measure_startup(synthesizer: Synthesizer, text: str, language: str, now: Callable[[], float]) -> Startup:
    """Speak `text` once to warm up and once more with `now` (seconds, monotonic) running."""
    for _ in synthesizer.synthesize(text, language=language):
        pass
    began, first, n_samples = now(), 0.0, 0
    for chunk in synthesizer.synthesize(text, language=language):
        first = first or now() - began
        n_samples += chunk.size
    return Startup(first, (now() - began) * synthesizer.rate / max(1, n_samples))
