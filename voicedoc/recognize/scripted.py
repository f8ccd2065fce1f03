"""Fixed words instead of a model: for tests, demonstrations and documentation."""

from __future__ import annotations

from voicedoc.core.cards import LoadedModel
from voicedoc.core.events import Utterance
from voicedoc.core.speech import Hypothesis, Word
from voicedoc.core.time import Span
from voicedoc.errors import BackendFailed, ConfigError

WORDS_PER_SECOND = 2.5


class ScriptedRecognizer:
    """A `QuickRecognizer` whose n-th call gives the n-th line, e.g. "pt: Dói-me o peito.".

    With `numbered`, utterance n has line n however often it is read: in live sessions, which read ahead.
    An empty line hears nothing. A line without a language prefix is in the doctor's language.
    Words are spread evenly over the utterance.

    Raises:
        ConfigError: If `script` is empty.
    """

    def __init__(self, model: LoadedModel | None = None, *, script: list[str], numbered: bool = False) -> None:
        if not script:
            raise ConfigError(
                "recogniser 'scripted' needs lines", remedy='set script = ["en: Hello.", …] in its options'
            )
        self._script = list(script)
        self._numbered, self._n_read = numbered, 0

    def check_languages(self, languages: tuple[str, ...]) -> None:
        """Any languages: the script is all there is."""

    def recognize(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """See `SpeechRecognizer`.

        Raises:
            BackendFailed: If the script has ended.
        """
        line = self._line(utterance.utterance if self._numbered else self._n_read + 1)
        self._n_read += 1
        language, text = _split(line, languages)
        words = tuple(_spread(text.split(), utterance.span))
        return Hypothesis(text, language, 1.0, 1.0 if text else 0.0, words)

    def recognize_so_far(self, utterance: Utterance, *, languages: tuple[str, ...]) -> Hypothesis:
        """See `QuickRecognizer`. The first words of line n, `WORDS_PER_SECOND`."""
        language, text = _split(self._line(utterance.utterance), languages)
        words = text.split()[: int(utterance.span.duration * WORDS_PER_SECOND)]
        return Hypothesis(" ".join(words), language, 1.0, 1.0 if words else 0.0)

    def _line(self, number: int) -> str:
        if number > len(self._script):
            raise BackendFailed(
                f"the script has {len(self._script)} lines and this is one utterance more",
                remedy="add lines to the script",
            )
        return self._script[number - 1]


def _split(line: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Language and text. Only a prefix that is one of the visit's languages, or its first subtag, counts as one."""
    prefix, colon, text = line.partition(":")
    for language in languages:
        if colon and prefix.strip() in (language, language.split("-")[0]):
            return language, text.strip()
    return languages[0], line.strip()


def _spread(words: list[str], span: Span) -> list[Word]:
    edges = [span.start + span.duration * place / max(1, len(words)) for place in range(len(words))] + [span.end]
    return [Word(word, Span(edges[place], edges[place + 1]), 1.0) for place, word in enumerate(words)]
