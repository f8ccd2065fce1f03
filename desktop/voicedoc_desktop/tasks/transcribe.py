"""Recordings that are transcribed one after another, with one engine for all that want the same."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voicedoc_desktop.process.task import Here
from voicedoc_desktop.state.recordings import Item, Stage, Wish
from voicedoc_desktop.state.review import FormatChoice

if TYPE_CHECKING:
    from voicedoc.jobs.plan import Task as Planned
    from voicedoc.jobs.work import Order, Progress, Report, Transcriber

# --- what there is


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """A shipped profile. `lacking` names those of its models that are not there."""

    name: str
    description: str
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for a recording."""

    profiles: tuple[ProfileChoice, ...]
    formats: tuple[FormatChoice, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class ListChoices:
    """Profiles, formats, and the folder where results usually go."""

    def run(self, here: Here) -> Choices:
        from platformdirs import user_documents_path

        from voicedoc.export.formats import FORMATS
        from voicedoc.profiles import load_profile, profile_names
        from voicedoc.store.models import ModelStore

        del here
        store = ModelStore.default()
        cards = store.cards()
        profiles = tuple(
            ProfileChoice(
                name,
                profile.description,
                tuple(one for one in profile.models if one in cards and store.state(cards[one]) != "installed"),
            )
            for name, profile in ((name, load_profile(name)) for name in profile_names())
        )
        formats = tuple(FormatChoice(made.name, made.what) for made in FORMATS.values())
        return Choices(profiles, formats, str(user_documents_path() / "VoiceDoc"))


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in what was dropped. `problems` are "path: why" of what cannot be used."""

    items: tuple[Item, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookForRecordings:
    """Every recording that files and folders mean. `beside` are those that wait for results in the same folder."""

    paths: tuple[str, ...]
    wish: Wish
    beside: tuple[str, ...] = ()

    def run(self, here: Here) -> Looked:
        from voicedoc.jobs.find import find_recordings
        from voicedoc.jobs.plan import plan

        del here
        found = find_recordings(self.paths)
        before = find_recordings(self.beside).recordings if self.beside else []
        new = [one for one in found.recordings if str(one.path) not in self.beside]
        tasks = plan([one._replace(alone=False) for one in (*before, *new)], Path(self.wish.out))
        items = tuple(map(self._item, tasks[len(before) :]))
        told = tuple(f"{one.path}: {one.message}" for one in (*found.problems, *found.skipped))
        return Looked(items, told)

    def _item(self, task: Planned) -> Item:
        folder = _free(task.folder, task.path)
        return Item(path=str(task.path), wish=self.wish, duration=task.duration or 0.0, folder=str(folder))


def _free(folder: Path, recording: Path) -> Path:
    """The folder, or one beside it where another recording of that name has its results there."""
    from voicedoc.capture.decode import sha256_of
    from voicedoc.errors import AudioError
    from voicedoc.store.results import read_result

    number = 1
    wanted = folder
    while (result := read_result(wanted)) is not None:
        try:
            if result.key.recording == sha256_of(recording):
                return wanted
        except AudioError:  # told when its turn comes
            return wanted
        number += 1
        wanted = folder.with_name(f"{folder.stem}-{number}{folder.suffix}")
    return wanted


# --- doing it


@dataclass(frozen=True, slots=True)
class Also:
    """Said to `Transcribe`: these as well."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """Said to `Transcribe`: not this one; where it is being worked on, it is interrupted."""

    path: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Said to `Transcribe`: wait, or go on."""

    on: bool


@dataclass(frozen=True, slots=True)
class Loading:
    """Told: models are being loaded, or that is over."""

    on: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """Told: how far a recording has come, or what became of it."""

    item: Item


@dataclass(frozen=True, slots=True)
class Transcribe:
    """Transcribe recordings that want the same. Tells `Loading` and `Moved`; hears `Also`, `Drop` and `Hold`.

    A visit that goes on meanwhile comes first: on Linux all of it works with what others leave of the cores.
    """

    items: tuple[Item, ...]

    def run(self, here: Here) -> None:
        from voicedoc.runtime.worker import ThreadWorker

        if not self.items:
            return
        worker = ThreadWorker("queue", gives_way=True)  # its priority is that of the threads which it starts, too
        try:
            worker.run(_Queue(here, self.items).work)
        finally:
            worker.close()


@dataclass
class _Queue:
    """What waits, and what the window has said of it; a thread of its own listens to that."""

    here: Here
    first: Sequence[Item]
    waiting: deque[Item] = field(init=False)
    current: str = ""
    dropped: set[str] = field(default_factory=set)
    go: threading.Event = field(default_factory=threading.Event)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.waiting = deque(self.first)
        self.go.set()

    def work(self) -> None:
        from voicedoc.jobs.work import Transcriber

        threading.Thread(target=self._listen, name="voicedoc-queue", daemon=True).start()
        with Transcriber(_order(self.first[0].wish), asked=self._is_unwanted) as transcriber:
            is_loaded = False
            for item in self._items():
                if not is_loaded:
                    is_loaded = self._settled_or_loaded(transcriber, item)
                self._do(transcriber, item)

    def _settled_or_loaded(self, transcriber: Transcriber, item: Item) -> bool:
        """Load the models before the first recording that needs them; whether they are loaded."""
        if transcriber.settle(_task(item)):
            return False
        self.here.tell(Loading(True))
        try:
            transcriber.load()
        finally:
            self.here.tell(Loading(False))
        return True

    def _items(self) -> Iterator[Item]:
        while not self.here.stopped.is_set():
            self.current = ""
            self._wait()
            with self.turn:
                if not self.waiting:
                    return
                item = self.waiting.popleft()
                self.current = item.path
                self.dropped.discard(item.path)
            yield item

    def _do(self, transcriber: Transcriber, item: Item) -> None:
        self.here.tell(Moved(_with(item, stage=Stage.WORKING)))

        def watch(progress: Progress) -> None:
            self._wait()  # the event loop stands still, and with it the stages
            heard, duration = progress.heard, progress.duration or item.duration
            self.here.tell(Moved(_with(item, stage=Stage.WORKING, heard=heard, duration=duration)))

        report = transcriber.do(_task(item), watch)
        self.here.tell(Moved(_ended(item, report)))

    def _wait(self) -> None:
        """As long as the window wants it, and wants the current recording at all."""
        while not (self.go.is_set() or self._is_unwanted()):
            self.go.wait(0.2)

    def _is_unwanted(self) -> bool:
        return self.here.stopped.is_set() or (bool(self.current) and self.current in self.dropped)

    def _listen(self) -> None:
        while (said := self.here.heard()) is not None:
            with self.turn:
                match said:
                    case Also():
                        self.waiting.extend(said.items)
                    case Drop():
                        self.waiting = deque(one for one in self.waiting if one.path != said.path)
                        self.dropped.add(said.path)
                    case Hold():
                        self.go.clear() if said.on else self.go.set()
                    case _:
                        pass


def _order(wish: Wish) -> Order:
    from voicedoc.batch import Job
    from voicedoc.export.formats import FORMATS
    from voicedoc.jobs.work import EngineSpec, Order
    from voicedoc.profiles import load_profile

    formats = tuple(name for name in FORMATS if name in wish.formats)  # in order: FHIR documents take the note along
    for name in formats:
        FORMATS[name].check((*wish.languages, *wish.targets))
    spec = EngineSpec(load_profile(wish.profile), wish.languages, wish.targets)
    return Order(spec, Job(n_speakers=wish.n_speakers or None, formats=formats), resume=True)


def _task(item: Item) -> Planned:
    from voicedoc.jobs.plan import Task as Planned

    return Planned(Path(item.path), Path(item.folder), item.duration or None)


def _with(item: Item, **values: object) -> Item:
    from dataclasses import replace

    return replace(item, **values)  # type: ignore[arg-type]  # fields of an item


_STAGES = {
    "done": Stage.DONE,
    "already": Stage.ALREADY,
    "same": Stage.SAME,
    "failed": Stage.FAILED,
    "interrupted": Stage.STOPPED,
}


def _ended(item: Item, report: Report) -> Item:
    figures = report.figures
    return _with(
        item,
        stage=_STAGES[report.status],
        heard=figures.duration,
        duration=figures.duration or item.duration,
        message=report.message,
        remedy=_remedy(report.remedy),
        n_utterances=figures.n_utterances,
        n_findings=figures.n_findings,
        n_failed=figures.n_failed,
    )


def _remedy(remedy: str) -> str:
    """What to do here: nobody types options into a window."""
    return "choose another folder for the results" if "--" in remedy else remedy
