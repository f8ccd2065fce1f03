"""One measured item: what goes in, what should come out, what did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.evaluate.asking import Asked, Inquiry
from voicedoc.evaluate.consult_cases import Case
from voicedoc.evaluate.consult_visit import Visit
from voicedoc.evaluate.contest import Fought
from voicedoc.evaluate.delays import Timed
from voicedoc.evaluate.documents import Retrieved
from voicedoc.evaluate.drawing import Drawn, Told
from voicedoc.evaluate.exchanges import Exchange, Looped
from voicedoc.evaluate.rounds import Around, Round
from voicedoc.evaluate.spending import Used
from voicedoc.evaluate.systems import Sound


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker said without a break. `role` is "" and `span` None where nobody knows them."""

    speaker: str
    language: str
    text: str
    role: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A recording, told: who said what, in order of time, and who spoke when.

    `n_detected` counts the stretches of voice activity, with words or without.
    """

    said: tuple[Said, ...] = ()
    turns: tuple[SpeakerTurn, ...] = ()
    n_detected: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """A whole recording to be written down, with what is true of it. `duration` in seconds.

    `languages` and `n_speakers` are what the job is told: the languages that may be heard, the doctor's first.
    `sound` makes the recording when it is needed; None where the item has a file.
    """

    languages: tuple[str, ...]
    duration: float
    truth: Account = Account()
    n_speakers: int | None = None
    sound: Callable[[], Sound] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to measure. `reference` should come out, in `language`; `source` goes in, where it is text.

    `slice` is what figures are given for, `group` what the bootstrap draws as one.
    """

    id: str
    slice: str
    group: str
    language: str
    reference: str
    source: str = ""
    source_language: str = ""
    audio: Path | None = None
    recording: Recording | None = None
    case: Case | None = None
    inquiry: Inquiry | None = None
    around: Around | None = None
    told: Told | None = None
    exchange: Exchange | None = None
    journal: Path | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The outcome for one item of a task. It holds texts and times only: a scorer sees rows, never a model.

    `slice` is what figures are given for: a language ("pt"), a direction ("en-pt") or a voice ("pt kokoro").
    `group` holds items that belong together (a consultation), which the bootstrap draws as one.
    `source` is the text before translation, else "". `error` says why there is no output, or not all of it.
    Of whole recordings, `truth` should have been `found`; `duration` is theirs, in seconds. `visit` is a simulated one;
    `asked` is what a dialogue model was asked, with every sample; `looped` a question through the speech loop;
    `retrieved` what a question found in documents; `timed` how late each translation of a session came;
    `round` a question in several languages; `drawn` a text's decision tree; `fought` two answers beside each other.
    `used` is what models' replies took.
    """

    item: str
    slice: str
    group: str
    language: str
    reference: str
    output: str
    source: str = ""
    source_language: str = ""
    seconds: float = 0.0
    error: str = ""
    truth: Account = Account()
    found: Account = Account()
    duration: float = 0.0
    visit: Visit | None = None
    asked: Asked | None = None
    looped: Looped | None = None
    retrieved: Retrieved | None = None
    timed: tuple[Timed, ...] = ()
    round: Round | None = None
    drawn: Drawn | None = None
    fought: Fought | None = None
    used: tuple[Used, ...] = ()
