"""What must be seen of a visit at once: alarms, lost devices, the patient's buttons, an engine that is gone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from voicedoc.view.state import State
from voicedoc_desktop.process.task import DIED
from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.viewmodels.visit_screen import PatientSays, VisitScreen
from voicedoc_desktop.widgets.step_words import level_sign
from voicedoc_desktop.words.failures import failure_words


def must_be_seen(screen: VisitScreen) -> list[Notice]:
    """All of it. The code begins with its kind: "engine", "patient" or "alarm"; a lost device has none."""
    return [*engine_notices(screen), *patient_notices(screen), *alarm_notices(screen.talk), *lost_notices(screen.talk)]


def news(before: VisitScreen, now: VisitScreen) -> list[Notice]:
    """What there is to be seen that was not there before. That its process died, the window tells of itself."""
    known = must_be_seen(before)
    is_dead = now.trouble is not None and now.trouble.kind == DIED
    return [each for each in must_be_seen(now) if each not in known and not (is_dead and each.code == "engine")]


def engine_notices(screen: VisitScreen) -> list[Notice]:
    """An engine that is gone while people talk."""
    if screen.trouble is None:
        return []
    words = failure_words(screen.trouble)
    safe = QCoreApplication.translate("Troubles", "The session is safe up to here, and can be continued.")
    return [Notice(words.title, safe, Tone.BAD, "engine")]


def patient_notices(screen: VisitScreen) -> list[Notice]:
    """What the patient says by a button, until the clinician has seen it."""
    translate = QCoreApplication.translate
    if screen.was_heard:
        return []
    match screen.patient_says:
        case PatientSays.STOP:
            text = translate("Troubles", "The patient wants to stop")
            remedy = translate(
                "Troubles", "The voice is silent and nothing is listened to, until you or the patient go on."
            )
            return [Notice(text, remedy, Tone.BAD, "patient")]
        case PatientSays.NOT_UNDERSTOOD:
            text = translate("Troubles", "The patient did not understand")
            remedy = translate("Troubles", "The last sentence is said again.")
            return [Notice(text, remedy, Tone.WARN, "patient")]
        case _:
            return []


def alarm_notices(state: State) -> list[Notice]:
    """What cannot wait, the gravest first."""
    signs = [(level_sign(alarm.level), alarm) for alarm in state.red_flags]
    return [Notice(f"{sign.word}: {one.reason}", "", Tone(sign.tone), f"alarm {one.alarm}") for sign, one in signs]


def lost_notices(state: State) -> list[Notice]:
    """Devices that are gone."""
    text = QCoreApplication.translate("Troubles", "{device} is gone")
    return [Notice(text.format(device=lost.device), lost.remedy, Tone.BAD) for lost in state.lost]
