"""What goes on in a session, in a word with an icon and a tone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from voicedoc.core.speech import Role
from voicedoc.view.state import Line, State, Step
from voicedoc_desktop.widgets.step_words import Sign, step_sign

_ORDER = (Step.SPEAKING, Step.SAYING, Step.PAUSED, Step.UNDERSTANDING, Step.TRANSLATING, Step.CHECKING)
"""What is told first, where several go on at once."""


def activity_sign(state: State) -> Sign:
    """What goes on now."""
    translate = QCoreApplication.translate
    if state.closed:
        return Sign(translate("Activity", "The session has ended"), "stop")
    steps = {line.step: line for line in state.lines.values() if line.is_open}
    for step in _ORDER:
        if step in steps:
            return _doing(steps[step])
    if state.ending:
        return Sign(translate("Activity", "Ending: what is left to say is said"), "waiting", "info")
    if state.resting:
        return Sign(translate("Activity", "Paused: nothing is listened to"), "pause", "warn")
    if state.waits_for_button:
        return Sign(translate("Activity", "Waits for the talk button"), "microphone-off", "warn")
    return Sign(translate("Activity", "Listening"), "microphone", "good")


def _doing(line: Line) -> Sign:
    translate = QCoreApplication.translate
    match line.step, line.role, line.listener:
        case Step.SPEAKING, Role.DOCTOR, _:
            return Sign(translate("Activity", "The doctor speaks"), "doctor", "doctor")
        case Step.SPEAKING, Role.PATIENT, _:
            return Sign(translate("Activity", "The patient speaks"), "patient", "patient")
        case Step.SPEAKING, _, _:
            return Sign(translate("Activity", "Somebody speaks"), "microphone", "accent")
        case Step.SAYING, _, Role.DOCTOR:
            return Sign(translate("Activity", "The voice speaks to the doctor"), "loudspeaker", "accent")
        case Step.SAYING, _, _:
            return Sign(translate("Activity", "The voice speaks to the patient"), "loudspeaker", "accent")
        case step, _, _:
            sign = step_sign(step)
            return sign._replace(word=sign.word[:1].upper() + sign.word[1:])


def stage_word(stage: str) -> str:
    """What a stage that is late does."""
    translate = QCoreApplication.translate
    words = {
        "recognize": translate("Activity", "understanding"),
        "partials": translate("Activity", "words while somebody speaks"),
        "translate": translate("Activity", "translation"),
        "guard": translate("Activity", "checking"),
        "attribute": translate("Activity", "who speaks"),
        "speak": translate("Activity", "the voice"),
        "segment": translate("Activity", "hearing"),
        "capture": translate("Activity", "recording"),
    }
    return words.get(stage, stage)
