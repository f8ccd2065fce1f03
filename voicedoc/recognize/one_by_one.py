"""Any recogniser as one for batch jobs."""

from __future__ import annotations

from collections.abc import Sequence

from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.errors import BackendFailed
from voicedoc.recognize.role import SpeechRecognizer


class OneByOne:
    """A `BatchRecognizer` that reads utterances one after another with a recogniser that cannot do more at once."""

    def __init__(self, recognizer: SpeechRecognizer) -> None:
        self._recognizer = recognizer

    def check_languages(self, languages: tuple[str, ...]) -> None:
        """See `SpeechRecognizer`."""
        self._recognizer.check_languages(languages)

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """See `SpeechRecognizer`."""
        return self._recognizer.recognize(utterance, languages=languages)

    def recognize_batch(
        self, utterances: Sequence[Utterance], *, languages: tuple[str, ...]
    ) -> list[Hypothesis | BackendFailed]:
        """See `BatchRecognizer`."""
        return [self._read(utterance, languages) for utterance in utterances]

    def _read(self, utterance: Utterance, languages: tuple[str, ...]) -> Hypothesis | BackendFailed:
        try:
            return self._recognizer.recognize(utterance, languages=languages)
        except BackendFailed as error:
            return error
