"""What came of one question that was asked in several languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicedoc.errors import ConfigError
from voicedoc.evaluate.asking import check_answerers
from voicedoc.registry import did_you_mean

ROUTES = ("direct", "pivot")
"""Ways to an answer: the question as it is; or in English, with both question and answer translated."""


DOCUMENTS = "documents"
"""Who answers out of the starter set's sheets, as `voicedoc ask` does."""


@dataclass(frozen=True, slots=True)
class Around:
    """A question by language, and the route by which it is to be asked in each of them."""

    route: str
    questions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """The answer in one language. `asked` and `answered` are English, where the way led through it.

    `doubts` is what the guard holds of both translations. `lacking` says why the way cannot be gone in this language at
    all, `failed` why there is no answer to this question.
    """

    language: str
    text: str = ""
    asked: str = ""
    answered: str = ""
    doubts: tuple[str, ...] = ()
    lacking: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """How near in meaning the answers in two languages are: a cosine, in [-1, 1]."""

    first: str
    second: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Round:
    """A question by one route in all languages. `near` is empty where nothing measures meanings."""

    route: str
    told: tuple[Told, ...]
    near: tuple[Near, ...] = ()

    def answers(self) -> dict[str, str]:
        """What was answered, by language."""
        return {one.language: one.text for one in self.told if one.text.strip()}

    def languages(self) -> list[str]:
        """Those in which there could be an answer."""
        return [one.language for one in self.told if not one.lacking]


def check_agreeing(names: Sequence[str]) -> None:
    """Raises: ConfigError: If nobody is called so."""
    check_answerers([name for name in names if name != DOCUMENTS])


def check_routes(names: Sequence[str]) -> None:
    """Raises: ConfigError: If there is no such route."""
    for name in names:
        if name not in ROUTES:
            raise ConfigError(f"no route is called '{name}'", remedy=did_you_mean(name, list(ROUTES)))
