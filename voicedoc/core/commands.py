"""What people can tell a running session by key or button. The words are those of `Pressed.command`."""

from __future__ import annotations

from enum import StrEnum


class Command(StrEnum):
    """A command. What it takes as its argument is said in brackets."""

    TALK = "talk"
    """Push-to-talk is held down [the role that speaks: "doctor" or "patient"]."""
    RELEASE = "release"
    """Push-to-talk is let go."""
    SPEAKER = "speaker"
    """That was [role], not whom the screen says: an utterance's speaker is corrected."""
    REPEAT = "repeat"
    """Say the last translation again."""
    STOP = "stop"
    """The interpreter's voice is to be silent at once."""
    PAUSE = "pause"
    """Listen no more, until `RESUME`."""
    RESUME = "resume"
    """Listen again."""
    YES = "yes"
    """The answer to what was asked last."""
    NO = "no"
    """The answer to what was asked last."""
    SAY = "say"
    """Speak a held translation as it is: the clinician's yes."""
    SKIP = "skip"
    """Do not speak a held translation."""
    TEACH_BACK = "teach-back"
    """Have the patient repeat the doctor's last instruction in their own words."""
    PHRASE = "phrase"
    """Speak a phrase of the phrase bank [its id]."""
    TYPE = "type"
    """Interpret a typed text [role: text]."""
    INTERPRETER = "interpreter"
    """Call a human interpreter [the reason]."""
    END = "end"
    """End the session."""
