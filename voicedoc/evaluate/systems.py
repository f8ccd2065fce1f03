"""What is measured: something that hears, translates and speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.core.audio import Samples
from voicedoc.core.events import Event
from voicedoc.evaluate.documents import Documents
from voicedoc.evaluate.spending import Bill, Used
from voicedoc.export.transcript import Transcript


class Sound(NamedTuple):
    """One channel of samples at `rate` Hz."""

    samples: Samples
    rate: int


class Systems(Protocol):
    """The backends under test. They raise `BackendFailed` for one item, `UnsupportedLanguage` for a slice."""

    @property
    def name(self) -> str:
        """What the report calls it: the profile's name."""
        ...

    @property
    def fingerprint(self) -> str:
        """A digest over everything that can change an output: settings and models."""
        ...

    @property
    def models(self) -> Mapping[str, str]:
        """The digest of each model by its name."""
        ...

    @property
    def meaning_models(self) -> Mapping[str, str]:
        """The digest of what tells meanings, by its name; `fingerprint` and `models` leave it out."""
        ...

    @property
    def model(self) -> str:
        """What reports call the dialogue model under test; "" where there is none."""
        ...

    @property
    def judge(self) -> str:
        """What they call the one that judges."""
        ...

    def called(self, name: str) -> tuple[str, str]:
        """What they call another dialogue model, and its digest."""
        ...

    def bills(self, used: Iterable[Used]) -> tuple[Bill, ...]:
        """What replies of all these models took."""
        ...

    @property
    def at_once(self) -> int:
        """How many threads may ask for replies, meanings and translations at once; 1: only the one that made it."""
        ...

    def transcribe(self, sound: Sound, language: str) -> str:
        """What was said, the language being known."""
        ...

    def write_down(self, recording: Path, languages: tuple[str, ...], n_speakers: int | None) -> Transcript:
        """What the journal of a whole batch job says. `languages` are those named, the doctor's first.

        Raises:
            AudioError: If the recording cannot be read.
        """
        ...

    @property
    def documents(self) -> Documents:
        """What questions are looked up in."""
        ...

    def interpret(self, recording: Path, languages: tuple[str, str]) -> list[Event]:
        """The journal of a session at the recording's own speed. `languages`: what is spoken, and what it becomes.

        Raises:
            AudioError: If the recording cannot be read.
        """
        ...

    def translate(self, text: str, source: str, target: str) -> str:
        """`text` in `target`."""
        ...

    def voices(self, language: str) -> tuple[str, ...]:
        """The names of the voices for a language."""
        ...

    def say(self, voice: str, text: str, language: str) -> Sound:
        """`text` read out."""
        ...

    def reply(
        self, messages: Sequence[Message], sampling: Sampling, *, of: str = "", schema: Mapping[str, Any] | None = None
    ) -> Reply:
        """What a dialogue model replies: the one under test, the one called `of`, or for `JUDGE` the judge.

        With a JSON `schema` the text is JSON that fits it, unless the reply is cut off.
        """
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """The texts' meanings as vectors of length 1, shape `(n_texts, n_dimensions)`; None where nothing tells."""
        ...

    def token_vectors(self, texts: Sequence[str]) -> Sequence[NDArray[np.float32]] | None:
        """What each token means in its place; see `TokenEmbedder`. None where nothing tells."""
        ...
