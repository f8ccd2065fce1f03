"""A recogniser that remembers its last readings, so that work done ahead is found when it is wanted."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis
from voicedoc.recognize.role import SpeechRecognizer


class RememberingRecognizer:
    """A `SpeechRecognizer` with the results of another one. The same sound at the same time is read once.

    It knows the last `size` utterances, by a digest of their samples; failures are not remembered. Called on one
    worker's thread, as any recogniser.
    """

    def __init__(self, recognizer: SpeechRecognizer, *, size: int = 4) -> None:
        self._recognizer, self._size = recognizer, size
        self._known: OrderedDict[tuple[object, ...], Hypothesis] = OrderedDict()

    def check_languages(self, languages: tuple[str, ...]) -> None:
        """See `SpeechRecognizer`."""
        self._recognizer.check_languages(languages)

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """See `SpeechRecognizer`."""
        digest = hashlib.blake2b(utterance.samples.tobytes(), digest_size=16).digest()
        key = (digest, utterance.span, languages)
        if key not in self._known:
            self._known[key] = self._recognizer.recognize(utterance, languages=languages)
        self._known.move_to_end(key)
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return self._known[key]
