"""What the first screen shows: a visit being set up, and the sessions that were. Pure, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.state.outlook import Outlook, Surroundings
from voicedoc_desktop.state.review import Known
from voicedoc_desktop.state.visit_plan import VisitPlan, has_two_languages

VISIT_LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "pt", "ru", "zh")
"""Languages that are offered: those of the phrase bank and the guard."""

MOST_RECENT = 6
"""Sessions that are listed; Review has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeState:
    """The first screen. What is None is being looked up; the failure beside it says why it was not found."""

    plan: VisitPlan
    around: Surroundings | None = None
    outlook: Outlook | None = None
    outlook_failure: Failure | None = None
    has_microphone: bool = True
    sessions: tuple[Known, ...] | None = None
    sessions_failure: Failure | None = None

    @property
    def recent(self) -> tuple[Known, ...]:
        """The last sessions that were not cut off."""
        return tuple(each for each in self.sessions or () if each.state != "crashed")[:MOST_RECENT]

    @property
    def unfinished(self) -> tuple[Known, ...]:
        """Sessions whose program died: to be continued, or ended."""
        return tuple(each for each in self.sessions or () if each.state == "crashed")

    @property
    def can_start(self) -> bool:
        """Whether a visit can begin as it is set up."""
        if self.outlook is None or not has_two_languages(self.plan.doctor, self.plan.patient):
            return False
        return self.has_microphone and self.outlook.can_start


def planned(state: HomeState, plan: VisitPlan) -> HomeState:
    """The state with another plan: what was known of the old one's languages holds no more."""
    asked = (plan.doctor, plan.patient, plan.profile)
    if asked == (state.plan.doctor, state.plan.patient, state.plan.profile):
        return replace(state, plan=plan)
    return replace(state, plan=plan, outlook=None, outlook_failure=None)
