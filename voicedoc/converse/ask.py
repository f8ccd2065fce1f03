"""Ask: a question about medicines or health, answered with sentences of documents, or not at all.

In this order, and only the last looks anything up: alarms and what is never answered, by rules; then a route to the
documents. A model may word a search and pick among sentences; what is shown is out of a document or is a fixed text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from voicedoc.converse.alarms.alarm import Alarm, Alarms
from voicedoc.converse.dialogue.role import DialogueModel
from voicedoc.converse.knowledge.answer import Answer
from voicedoc.converse.knowledge.boundaries import ALARMING, boundary_of, text_of
from voicedoc.converse.knowledge.search import Search
from voicedoc.converse.knowledge.situations import tells_many_taken, without_feared
from voicedoc.converse.routes import Both, DirectRoute, PivotRoute, Route
from voicedoc.converse.signs.read import signs_of
from voicedoc.converse.signs.sign import Sign
from voicedoc.converse.suspicion.suspicion import Suspicion
from voicedoc.core.languages import primary
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.guard import LANGUAGES
from voicedoc.registry import did_you_mean
from voicedoc.translate.role import Translator

ROUTES = ("direct", "pivot", "both")

_CRISES = {"suicide": "self-harm", "overdose": "overdose"}
"""What is said where a question may be about one of these concerns."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A profile's `[ask]`: which way questions go, for all languages and, in `routes`, for some.

    Raises:
        ConfigError: If there is no such route.
    """

    route: str = "direct"
    routes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for route in (self.route, *self.routes.values()):
            if route not in ROUTES:
                raise ConfigError(f"[ask]: no route is called '{route}'", remedy=did_you_mean(route, list(ROUTES)))

    @classmethod
    def from_table(cls, table: Mapping[str, Any], where: str) -> Asking:
        """A profile's `[ask]` as written.

        Raises:
            ConfigError: If it has another key, or a value of another type.
        """
        for key, value in table.items():
            wanted = {"route": str, "routes": dict}.get(key)
            if wanted is None:
                raise ConfigError(f"{where} [ask]: unknown key '{key}'", remedy=did_you_mean(key, ["route", "routes"]))
            if not isinstance(value, wanted):
                raise ConfigError(
                    f"{where} [ask]: {key} = {value!r}", remedy='route = "direct", routes = { pt = "both" }'
                )
        return cls(**table)

    def of(self, language: str) -> str:
        """The route of a language."""
        return self.routes.get(primary(language), self.route)


class Asker:
    """Answers questions out of what `search` finds. Blocking; used on one thread.

    Without a translator, sentences of documents in other languages are shown as they are. `model` may word searches
    and pick among sentences. `alarms` are the rules of `voicedoc.converse.alarms`; `suspicion` reads questions by their
    meaning for what those do not know: what is said in a crisis is then said first.
    """

    def __init__(
        self,
        search: Search,
        *,
        translator: Translator | None = None,
        model: DialogueModel | None = None,
        alarms: Alarms | None = None,
        asking: Asking | None = None,
        suspicion: Suspicion | None = None,
    ) -> None:
        self._suspicion = suspicion
        self._search, self._translator, self._model = search, translator, model
        self._alarms = alarms or Alarms()
        self._asking = asking or Asking()

    def ask(self, question: str, language: str, *, clinician: str = "en") -> Answer:
        """The answer to `question`, which is in `language`, shown in that language; fixed words also in `clinician`'s.

        Raises:
            ConfigError: If the question is empty.
            UnsupportedLanguage: If emergencies cannot be recognised in the language: then nothing is answered in it.
        """
        if not any(letter.isalnum() for letter in question):
            raise ConfigError("there is no question", remedy='voicedoc ask "Can babies have honey?"')
        bound = _bound(question, language)
        if bound in ALARMING:  # whatever else is told, and whether or not it can be read
            answer = Answer("emergency", question, language, text_of(bound, language), reason=bound)
            return _with_alarms(answer, [], language, clinician)
        alarms = self._raised(question, language)
        answer = _at_once(question, language, bound, alarms) or self._route(language).answer(question, language)
        return self._with_suspicion(_with_alarms(answer, alarms, language, clinician), clinician)

    def _with_suspicion(self, answer: Answer, clinician: str) -> Answer:
        """What is said in a crisis, before an answer to a question that may come out of one."""
        if self._suspicion is None or answer.kind == "emergency":
            return answer
        named = (one.concern.name for one in self._suspicion.hunches(answer.question))
        crisis = next((_CRISES[name] for name in named if name in _CRISES), None)
        if crisis is None:
            return answer
        patients, clinicians = text_of(crisis, answer.language), text_of(crisis, clinician)
        return replace(
            answer,
            urgent=_joined(answer.urgent, patients),
            urgent_for_clinician=_joined(answer.urgent_for_clinician, clinicians),
        )

    def _raised(self, question: str, language: str) -> list[Alarm]:
        """The alarms for what the question says of somebody, the most urgent first."""
        signs = without_feared(question, language, _signs(question, language))
        return list(self._alarms.raised({sign.name: sign.present for sign in signs}))

    def _route(self, language: str) -> Route:
        """The profile's way for a language; the direct one where nothing translates into English."""
        direct = DirectRoute(self._search, translator=self._translator, model=self._model)
        wanted = self._asking.of(language)
        if wanted == "direct" or self._translator is None:
            return direct
        pivot = PivotRoute(self._search, self._translator, model=self._model)
        if not pivot.supports(language):
            return direct
        return pivot if wanted == "pivot" else Both(direct, pivot)


def _bound(question: str, language: str) -> str:
    """What is never answered, by its wording or by a number of tablets."""
    bound = boundary_of(question, language)
    return "overdose" if bound != "self-harm" and tells_many_taken(question, language) else bound


def _joined(told: str, more: str) -> str:
    """Both texts, unless the first has the second."""
    return told if more in told else " ".join(filter(None, (told, more)))


def _at_once(question: str, language: str, bound: str, alarms: list[Alarm]) -> Answer | None:
    """What rules say before anything is looked up."""
    emergencies = [alarm for alarm in alarms if alarm.level == "emergency"]
    if emergencies:
        reason = ", ".join(alarm.id for alarm in emergencies)
        return Answer("emergency", question, language, said(emergencies[0], language), reason=reason)
    return Answer("boundary", question, language, text_of(bound, language), reason=bound) if bound else None


def _signs(question: str, language: str) -> tuple[Sign, ...]:
    """What the question says of somebody; without that, no emergency would be seen."""
    remedy = f"ask in one of {', '.join(LANGUAGES)}"
    if primary(language) not in LANGUAGES:
        raise UnsupportedLanguage(f"emergencies cannot be recognised in '{language}'", remedy=remedy)
    try:
        return signs_of(question, language)
    except (OSError, KeyError, ValueError, ConfigError) as error:  # a lexicon that is missing or broken
        told = f"emergencies cannot be recognised in '{language}': its words for complaints cannot be read ({error})"
        raise UnsupportedLanguage(told, remedy=remedy) from error


def said(alarm: Alarm, language: str) -> str:
    """What an alarm says in a language; in English where it does not have it."""
    return alarm.say.get(primary(language), alarm.say["en"])


def _with_alarms(answer: Answer, alarms: list[Alarm], language: str, clinician: str) -> Answer:
    """The answer with its fixed words in the clinician's language, and what cannot wait until tomorrow."""
    if answer.kind == "emergency" and answer.reason not in ALARMING:
        return replace(answer, message_for_clinician=said(alarms[0], clinician))
    names = {"answer": "ask-also", "unknown": "unknown"}
    answer = replace(answer, message_for_clinician=text_of(names.get(answer.kind, answer.reason), clinician))
    urgent = [alarm for alarm in alarms if alarm.level == "urgent"]
    if answer.kind == "emergency" or not urgent:
        return answer
    return replace(answer, urgent=said(urgent[0], language), urgent_for_clinician=said(urgent[0], clinician))
