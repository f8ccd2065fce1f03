"""What Review shows of a session that is over: texts with their words in time, findings, notes. Without Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A session in the list. `id` is the store's, or the path of a folder of results.

    `state`: "open", "crashed", "closed", "purging" or "folder". `began` is ISO 8601, "" where it is not known;
    `keep_until` likewise, "" is for ever. `agreed` is None where nobody was asked. `reason` is why it ended, "" where
    it has not.
    """

    id: str
    state: str
    began: str = ""
    seconds: float = 0.0
    languages: tuple[str, ...] = ()
    keep_until: str = ""
    agreed: bool | None = None
    n_lines: int = 0
    reason: str = ""

    @property
    def may_continue(self) -> bool:
        """Whether it did not come to its end: its process died, or the window was closed."""
        return self.state == "crashed" or (self.state == "closed" and self.reason == "interrupted")

    @property
    def is_folder(self) -> bool:
        """Whether these are results in a folder, which everybody can read who can read the folder."""
        return self.state == "folder"

    @property
    def may_change(self) -> bool:
        """Whether a person may correct it now: no process is at it."""
        return self.state in ("closed", "crashed", "folder")


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word of a text: characters `first` to `stop`, said from `start` to `end`, in seconds."""

    first: int
    stop: int
    start: float
    end: float
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A place in a text that the guard has marked. `kind`: "missing", "changed" or "invented"."""

    first: int
    stop: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a line, in its language."""

    language: str
    text: str
    words: tuple[TimedWord, ...] = ()
    marks: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A text before a person has corrected it. `when` is ISO 8601."""

    language: str
    before: str
    editor: str
    when: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the guard has found in a line."""

    utterance: int
    start: float
    verdict: str
    message: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the transcript. `speaker` is the label of a voice that was told apart, "" where there is none."""

    utterance: int
    start: float
    end: float
    who: str
    role: str
    speaker: str = ""
    said: Passage | None = None
    translations: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()
    findings: tuple[Found, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its texts: what was said first."""
        return (*((self.said,) if self.said else ()), *self.translations)

    def passage(self, language: str) -> Passage | None:
        """Its text in a language."""
        return next((one for one in self.passages if one.language == language), None)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker who was told apart. `why` says what the role was concluded from."""

    label: str
    title: str
    role: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A kind of document. `problem` says why it cannot be made of this session; "" where it can."""

    name: str
    what: str
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A session that was opened. `damaged` says what of it cannot be read. `languages` are the columns' tags."""

    known: Known
    rows: tuple[Row, ...]
    voices: tuple[Voice, ...] = ()
    notices: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    duration: float = 0.0
    has_sound: bool = False
    languages: tuple[str, ...] = ()
    formats: tuple[FormatChoice, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Found, ...]:
        """Everything that the guard has found, in time."""
        return tuple(found for row in self.rows for found in row.findings)

    @property
    def n_corrections(self) -> int:
        """How often a person has corrected a text."""
        return sum(len(row.corrections) for row in self.rows)

    def row(self, utterance: int) -> Row | None:
        """The line of an utterance."""
        return next((row for row in self.rows if row.utterance == utterance), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a note, and the utterances that it rests on. `warning`: what a reader must know of it."""

    text: str
    language: str
    utterances: tuple[int, ...]
    by_person: bool
    warning: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands under a heading of a note. `level` 1 is a section, 2 a paragraph in it."""

    level: int
    title: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """A version of a note. `id` is what a signature names ("soap-en.2"); `state`: "draft", "signed" or "changed".

    `text` is what a person edits. `sha256` is of what is shown, so that nothing else is signed.
    """

    id: str
    template: str
    language: str
    title: str
    state: str
    status: str
    sha256: str
    headings: tuple[Heading, ...]
    notices: tuple[str, ...]
    text: str
    n_doubtful: int = 0

    @property
    def may_be_signed(self) -> bool:
        """Whether it waits for a signature."""
        return self.state == "draft"


@dataclass(frozen=True, slots=True)
class Outline:
    """A recording's outline: the loudest sample of each of equal parts, 0 to 255."""

    peaks: bytes
    duration: float


@dataclass(frozen=True, slots=True)
class Playing:
    """The player. `at` in seconds."""

    at: float = 0.0
    is_on: bool = False
    is_paused: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """Everything that the screen shows. `opening` is the session that is being opened.

    `problem` and `remedy` concern the last thing that was asked for; `note_problem` what was written into the note.
    `working` says what is under way, "" where nothing is; `can_stop`: it can be stopped.
    """

    sessions: tuple[Known, ...] = ()
    is_listing: bool = True
    search: str = ""
    opening: str = ""
    opened: Opened | None = None
    notes: tuple[NotePage, ...] = ()
    note: str = ""
    playing: Playing = Playing()
    outline: Outline | None = None
    working: str = ""
    can_stop: bool = False
    problem: str = ""
    remedy: str = ""
    note_problem: str = ""

    @property
    def found(self) -> tuple[Known, ...]:
        """The sessions that the search finds."""
        return matching(self.sessions, self.search)

    @property
    def page(self) -> NotePage | None:
        """The note that is shown."""
        return next((one for one in self.notes if one.id == self.note), self.notes[-1] if self.notes else None)


def matching(sessions: Sequence[Known], search: str) -> tuple[Known, ...]:
    """The sessions of which every word that is searched for is in the id, the date, the state or a language."""
    words = search.casefold().split()
    return tuple(one for one in sessions if all(word in _searched(one) for word in words))


def _searched(one: Known) -> str:
    return " ".join((one.id, one.began.replace("T", " "), one.state, *one.languages)).casefold()


def row_at(rows: Sequence[Row], seconds: float) -> Row | None:
    """The last line that has begun at a moment, in rows that are in time."""
    place = bisect_right([row.start for row in rows], seconds)
    return rows[place - 1] if place else None


def word_at(passage: Passage, seconds: float) -> int:
    """The number of the word that is heard at a moment; -1 where none is."""
    for number, word in enumerate(passage.words):
        if word.start <= seconds < word.end:
            return number
    return -1


def containing(rows: Sequence[Row], text: str) -> tuple[int, ...]:
    """The utterances in one of whose texts `text` is."""
    wanted = text.casefold().strip()
    if not wanted:
        return ()
    return tuple(row.utterance for row in rows if any(wanted in one.text.casefold() for one in row.passages))


def with_note(state: ReviewState, page: NotePage) -> ReviewState:
    """The state with a version of a note as the one that is shown, in the place of drafts of its name."""
    name = page.id.rpartition(".")[0]
    stay = (one for one in state.notes if one.id.rpartition(".")[0] != name or one.state != "draft")
    others = tuple(one for one in stay if one.id != page.id)
    return replace(state, notes=(*others, page), note=page.id, note_problem="", working="")
