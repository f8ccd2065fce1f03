"""How far an utterance has come, and who speaks: in words, with an icon and a tone. Colour alone never tells it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from voicedoc.core.speech import Role
from voicedoc.view.state import Step


class Sign(NamedTuple):
    """A word, an icon of `look/icons`, and a tone of the palette ("" for none)."""

    word: str
    icon: str
    tone: str = ""


def step_sign(step: Step) -> Sign:
    """What a step is called."""
    translate = QCoreApplication.translate
    return {
        Step.SPEAKING: Sign(translate("Step", "speaking"), "microphone", "accent"),
        Step.UNDERSTANDING: Sign(translate("Step", "understanding"), "waiting", "info"),
        Step.TRANSLATING: Sign(translate("Step", "translating"), "translate", "info"),
        Step.CHECKING: Sign(translate("Step", "checking"), "shield", "info"),
        Step.HELD: Sign(translate("Step", "held, not said"), "held", "warn"),
        Step.ASKED: Sign(translate("Step", "asked back"), "question", "warn"),
        Step.WAITING: Sign(translate("Step", "to be said"), "clock", "info"),
        Step.SAYING: Sign(translate("Step", "being said"), "loudspeaker", "accent"),
        Step.PAUSED: Sign(translate("Step", "voice waits"), "pause", "warn"),
        Step.SAID: Sign(translate("Step", "said"), "check", "good"),
        Step.CUT: Sign(translate("Step", "cut short"), "cross", "warn"),
        Step.SHOWN: Sign(translate("Step", "shown only"), "screen", "good"),
        Step.WITHDRAWN: Sign(translate("Step", "not said"), "cross", "warn"),
        Step.UNTRANSLATED: Sign(translate("Step", "not translated"), "cross", "bad"),
        Step.FAILED: Sign(translate("Step", "failed"), "error", "bad"),
        Step.NOTHING: Sign(translate("Step", "no words"), "silent"),
    }[step]


def role_sign(role: Role) -> Sign:
    """What somebody is called."""
    translate = QCoreApplication.translate
    match role:
        case Role.DOCTOR:
            return Sign(translate("Role", "Doctor"), "doctor", "doctor")
        case Role.PATIENT:
            return Sign(translate("Role", "Patient"), "patient", "patient")
        case Role.OTHER:
            return Sign(translate("Role", "Somebody else"), "person")
        case Role.ASSISTANT:
            return Sign(translate("Role", "Assistant"), "sparkle")
        case Role.UNKNOWN:
            return Sign(translate("Role", "Somebody"), "person")


def level_sign(level: str) -> Sign:
    """How grave a warning is."""
    translate = QCoreApplication.translate
    match level:
        case "emergency":
            return Sign(translate("Level", "Emergency"), "error", "bad")
        case "urgent":
            return Sign(translate("Level", "Urgent"), "warning", "bad")
        case "soon":
            return Sign(translate("Level", "Soon"), "bell", "warn")
        case "major":
            return Sign(translate("Level", "Major"), "warning", "bad")
        case "moderate":
            return Sign(translate("Level", "Moderate"), "warning", "warn")
        case _:
            return Sign(level, "info", "info")
