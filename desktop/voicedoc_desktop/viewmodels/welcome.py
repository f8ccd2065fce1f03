"""The guide at the first start: what this is, the models, the sound, one practice sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from voicedoc_desktop.bridge import Desk
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.models import ModelRow, Work
from voicedoc_desktop.state.outlook import Lack, Outlook
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.practice import Practised
from voicedoc_desktop.state.settings import Settings
from voicedoc_desktop.tasks.models import PullModel
from voicedoc_desktop.tasks.outlook import LookAhead
from voicedoc_desktop.tasks.practice import PractiseSentence
from voicedoc_desktop.viewmodels.asking import Asking
from voicedoc_desktop.viewmodels.screen import Screen
from voicedoc_desktop.viewmodels.sound_devices import SoundDevices


class Step(StrEnum):
    """A step of the guide, in order."""

    LIMITS = "limits"
    MODELS = "models"
    SOUND = "sound"
    PRACTICE = "practice"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeState:
    """The guide. `pulling` is the model that is being fetched, `work` how far it is; `fetched` are those that came.

    `accepted`: models whose unsettled licence somebody has accepted. `practice` is what the practice is at:
    `Preparing`, `Hearing`, `Understanding`, `Practised`, or None.
    """

    settings: Settings
    step: Step = Step.LIMITS
    outlook: Outlook | None = None
    outlook_failure: Failure | None = None
    accepted: frozenset[str] = frozenset()
    pulling: str = ""
    work: Work | None = None
    fetched: frozenset[str] = frozenset()
    failures: Mapping[str, Failure] = field(default_factory=dict)
    practice: object | None = None
    practice_failure: Failure | None = None

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Models that are still to be fetched."""
        return tuple(lack for lack in (self.outlook.lacks if self.outlook else ()) if lack.name not in self.fetched)

    @property
    def size(self) -> int:
        """Bytes still to be fetched, as far as they are known."""
        return sum(lack.size or 0 for lack in self.lacks)

    @property
    def unconfirmed(self) -> tuple[Lack, ...]:
        """Those whose licence somebody must accept first."""
        return tuple(lack for lack in self.lacks if lack.must_confirm and lack.name not in self.accepted)

    @property
    def is_practising(self) -> bool:
        """Whether the practice is under way."""
        return self.practice is not None and not isinstance(self.practice, Practised)


class WelcomeViewModel(Screen):
    """See `Screen`. `state` is a `WelcomeState`."""

    def __init__(self, desk: Desk, settings: SettingsStore) -> None:
        super().__init__()
        self._settings, self._asking = settings, Asking(desk)
        self.devices = SoundDevices(desk, settings, self)
        self.state = WelcomeState(settings=settings.now)
        settings.changed.connect(self._settings_changed)

    def arrive(self, go: Go) -> None:
        """Begin at the first step; where somebody has been through, at what is missing."""
        del go
        first = Step.MODELS if self._settings.now.welcomed else Step.LIMITS
        self._show(replace(self.state, step=first, fetched=frozenset(), failures={}))
        self._look_ahead()

    def leave(self) -> None:
        """What is being fetched stops; what has arrived stays for the next time."""
        self.stop_fetching()
        self.stop_practice()
        self.devices.rest()

    def close(self) -> None:
        """As `leave`."""
        self.leave()

    # --- steps

    def go_to(self, step: Step) -> None:
        """Show a step."""
        if self.state.step is Step.SOUND and step is not Step.SOUND:
            self.devices.rest()
        self.stop_practice()
        self._show(replace(self.state, step=step))
        if step is Step.SOUND:
            self.devices.find()

    def forward(self) -> None:
        """The next step; after the last one, home."""
        place = STEPS.index(self.state.step) + 1
        if place == len(STEPS):
            self.finish()
        else:
            self.go_to(STEPS[place])

    def back(self) -> None:
        """The step before."""
        self.go_to(STEPS[max(0, STEPS.index(self.state.step) - 1)])

    def finish(self) -> None:
        """Home, and do not come here by yourself again."""
        self._settings.change(welcomed=True)
        self.wants.emit(Go(Place.HOME))

    def change(self, **values: Any) -> None:
        """Change settings by their names."""
        self._settings.change(**values)

    # --- models

    def accept(self, model: str, *, accepted: bool) -> None:
        """Accept a licence that is not settled, or take that back."""
        others = self.state.accepted - {model}
        self._show(replace(self.state, accepted=others | {model} if accepted else others))

    def fetch(self) -> None:
        """Fetch what is missing, one model after the other. What was begun before goes on where it was."""
        self._show(replace(self.state, failures={}))
        self._fetch_next()

    def stop_fetching(self) -> None:
        """Fetch no more. What has arrived is kept."""
        self._asking.stop("pull")
        self._show(replace(self.state, pulling="", work=None))
        self.set_busy("")

    def _fetch_next(self) -> None:
        wanted = [lack for lack in self.state.lacks if self._may_fetch(lack)]
        if not wanted:
            self._show(replace(self.state, pulling="", work=None))
            self.set_busy("")
            if not self.state.lacks:
                self.said.emit(self.tr("All models are there and verified."))
                self._look_ahead()
            return
        name = wanted[0].name
        self._show(replace(self.state, pulling=name, work=Work("pull")))
        self.set_busy(self.tr("Models are being fetched"))
        task = PullModel(name, accepts=name in self.state.accepted)
        self._asking.ask(
            "pull",
            task,
            self._pulled,
            lambda failure: self._not_pulled(name, failure),
            self._told_of_pull,
        )

    def _may_fetch(self, lack: Lack) -> bool:
        is_confirmed = not lack.must_confirm or lack.name in self.state.accepted
        return is_confirmed and not lack.is_in_package and lack.name not in self.state.failures

    def _told_of_pull(self, items: tuple[object, ...]) -> None:
        work = [item for item in items if isinstance(item, Work)]
        if work:
            self._show(replace(self.state, work=work[-1]))

    def _pulled(self, row: ModelRow) -> None:
        self._show(replace(self.state, fetched=self.state.fetched | {row.name}))
        self._fetch_next()

    def _not_pulled(self, name: str, failure: Failure) -> None:
        self._show(replace(self.state, failures={**self.state.failures, name: failure}))
        self._fetch_next()

    # --- practice

    def practise(self) -> None:
        """Listen to one sentence."""
        from voicedoc.capture.devices import Microphone

        plan = self._settings.now.plan
        task = PractiseSentence(plan.doctor, plan.patient, plan.profile, Microphone(plan.microphone), plan.loudspeaker)
        self._show(replace(self.state, practice=None, practice_failure=None))
        self._asking.ask("practice", task, self._practised, self._not_practised, self._told_of_practice)

    def stop_practice(self) -> None:
        """Listen no more."""
        self._asking.stop("practice")
        if self.state.is_practising:
            self._show(replace(self.state, practice=None))

    def _told_of_practice(self, items: tuple[object, ...]) -> None:
        self._show(replace(self.state, practice=items[-1]))

    def _practised(self, found: Practised) -> None:
        self._show(replace(self.state, practice=found))

    def _not_practised(self, failure: Failure) -> None:
        self._show(replace(self.state, practice=None, practice_failure=failure))

    # --- what comes back

    def _settings_changed(self, now: Settings) -> None:
        before = self.state.settings.plan
        self._show(replace(self.state, settings=now))
        asked = (now.doctor, now.patient, now.profile)
        if asked != (before.doctor, before.patient, before.profile):
            self.stop_fetching()
            self._look_ahead()

    def _look_ahead(self) -> None:
        now = self._settings.now
        self._show(replace(self.state, outlook=None, outlook_failure=None))
        self._asking.ask("ahead", LookAhead(now.doctor, now.patient, now.profile), self._known, self._unknown)

    def _known(self, found: Outlook) -> None:
        self._show(replace(self.state, outlook=found, fetched=frozenset()))

    def _unknown(self, failure: Failure) -> None:
        self._show(replace(self.state, outlook_failure=failure))

    def _show(self, state: WelcomeState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
