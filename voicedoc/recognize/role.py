"""What a speech recogniser is."""

from __future__ import annotations

from typing import Protocol

from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis


class SpeechRecognizer(Protocol):
    """Reads one utterance. Blocking; made and called on one worker thread."""

    def check_languages(self, languages: tuple[str, str]) -> None:
        """Before a session begins.

        Raises:
            UnsupportedLanguage: If the model does not know one of `languages`.
        """
        ...

    def recognize(self, utterance: Utterance, *, languages: tuple[str, str]) -> Hypothesis:
        """What was said, in which of `languages` (BCP 47: the doctor's, the patient's).

        Words are on the session's audio clock, one after another, inside `utterance.span`.
        Where there are no words `text` is empty; what was judged invented is in `discarded`.

        Raises:
            BackendFailed: If this utterance could not be read. The next one may be.
            UnsupportedLanguage: If the model does not know one of `languages`.
        """
        ...
