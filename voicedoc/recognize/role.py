"""What a speech recogniser is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed


class SpeechRecognizer(Protocol):
    """Reads one utterance. Blocking; made and called on one worker thread."""

    def check_languages(self, languages: tuple[str, ...]) -> None:
        """Before a session begins.

        Raises:
            UnsupportedLanguage: If the model does not know one of `languages`.
        """
        ...

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """What was said, in which of `languages` (BCP 47; at least one, the doctor's first).

        Words are on the session's audio clock, one after another, inside `utterance.span`.
        Where there are no words `text` is empty; what was judged invented is in `discarded`.

        Raises:
            BackendFailed: If this utterance could not be read. The next one may be.
            UnsupportedLanguage: If the model does not know one of `languages`.
        """
        ...


class BatchRecognizer(SpeechRecognizer, Protocol):
    """A recogniser that reads many utterances at once faster than one by one."""

    def recognize_batch(
        self, utterances: Sequence[Utterance], *, languages: tuple[str, ...]
    ) -> list[Hypothesis | BackendFailed]:
        """As `recognize`, for each of `utterances`, in order. One that could not be read has its error instead."""
        ...


class QuickRecognizer(SpeechRecognizer, Protocol):
    """A recogniser that can say at once what has been said so far of an utterance that goes on."""

    def recognize_so_far(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """A first impression: no words in time, no second opinion; `text` is empty where it is not to be trusted.

        May be called on another thread than `recognize`, at the same time.

        Raises:
            BackendFailed: If this could not be read.
            UnsupportedLanguage: If the model does not know one of `languages`.
        """
        ...


class HintedRecognizer(SpeechRecognizer, Protocol):
    """A recogniser that can be told which words to expect."""

    def hint(self, words: Mapping[str, str]) -> None:
        """Words that may be said, in one line for each language (BCP 47): they are then spelled so. Once, at the start.

        Raises:
            UnsupportedLanguage: If the model does not know one of the languages.
        """
        ...
