"""The places of the window, and what it takes to go to one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicedoc_desktop.state.visit_plan import VisitPlan


class Place(StrEnum):
    """A screen. `WELCOME` is the guide at the first start."""

    HOME = "home"
    VISIT = "visit"
    REVIEW = "review"
    RECORDINGS = "recordings"
    MODELS = "models"
    SETTINGS = "settings"
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Go:
    """Where somebody wants to go, and with what.

    `session` is opened in Review, continued in Visit. `plan` begins a visit. `files` are recordings that were dropped.
    """

    place: Place
    session: str = ""
    plan: VisitPlan | None = None
    files: tuple[str, ...] = ()
