"""Families of multilingual models: how each is told the languages, read from the model's own vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from voicedoc.core.languages import same_language
from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean
from voicedoc.translate.languages import codes


@dataclass(frozen=True, slots=True)
class Family:
    """A language's token is `before` + code + `after`.

    `forces_target`: the text begins with its own language's token and the decoder is forced to begin with the
    target's. Otherwise the text begins with the target's, and the source's language is not told.
    """

    name: str
    before: str
    after: str
    code: str
    forces_target: bool

    def is_language(self, token: str) -> bool:
        """Whether `token` names a language."""
        return re.fullmatch(f"{re.escape(self.before)}{self.code}{re.escape(self.after)}", token) is not None


FAMILIES = {
    family.name: family
    for family in (
        Family("nllb", "", "", r"[a-z]{3}_[A-Z][a-z]{3}", forces_target=True),
        Family("m2m100", "__", "__", r"[a-z]{2,3}", forces_target=True),
        Family("madlad", "<2", ">", r"[a-zA-Z]{2,3}(_[A-Za-z]+)*", forces_target=False),
        Family("opus", ">>", "<<", r"[a-z]{2,3}(_[A-Za-z]+)*", forces_target=False),
    )
}


class Prompt(NamedTuple):
    """The tokens that name the languages: before the text's pieces, and forced to begin the output ("": none)."""

    before: tuple[str, ...]
    forced: str


class Told:
    """The languages that a model knows, and how it is told which to translate between.

    `vocabulary` holds at least the model's special tokens. `family` "" reads it off them. `source` and `target` say
    what the vocabulary does not: both of a bilingual Opus-MT model, the source of a multilingual one ("*": any).

    Raises:
        ConfigError: If the family is unknown, or the vocabulary does not tell the languages and nor do the options.
    """

    def __init__(self, vocabulary: Iterable[str], *, family: str = "", source: str = "", target: str = "") -> None:
        tokens = frozenset(vocabulary)
        self.family = _named(family) if family else _detected(tokens)
        self.tokens = frozenset(token for token in tokens if self.family.is_language(token))
        self._source, self._target = source, target
        self._check()

    def supports(self, source: str, target: str) -> bool:
        """Whether the model can be told this pair and the options allow it."""
        if same_language(source, target) or not self._allowed(source, target):
            return False
        source_known = not self.family.forces_target or bool(self._token(source))
        return source_known and (not self.tokens or bool(self._token(target)))

    def prompt(self, source: str, target: str) -> Prompt:
        """How to ask for a pair that it supports."""
        target_token = self._token(target)
        if self.family.forces_target:
            return Prompt((self._token(source),), target_token)
        return Prompt((target_token,) if target_token else (), "")

    def _check(self) -> None:
        if self.family.name != "opus" and not self.tokens:
            raise ConfigError(
                f"the vocabulary has no language token of the family '{self.family.name}'",
                remedy="check the option 'family', or the model's vocabulary file",
            )
        if self.family.name == "opus" and not (self._source and (self._target or self.tokens)):
            raise ConfigError(
                "this model's files do not say which languages it is for",
                remedy='add options = { source = "en", target = "pt" }, with "*" for a source that may be anything',
            )

    def _allowed(self, source: str, target: str) -> bool:
        return all(
            wanted in ("", "*") or same_language(wanted, given)
            for wanted, given in ((self._source, source), (self._target, target))
        )

    def _token(self, tag: str) -> str:
        candidates = (f"{self.family.before}{code}{self.family.after}" for code in codes(tag))
        return next((token for token in candidates if token in self.tokens), "")


def _named(name: str) -> Family:
    if name not in FAMILIES:
        raise ConfigError(f"no family of models is called '{name}'", remedy=did_you_mean(name, list(FAMILIES)))
    return FAMILIES[name]


def _detected(tokens: frozenset[str]) -> Family:
    """The family with the most language tokens; Opus-MT where there are none, as in its bilingual models."""
    counts = {name: sum(map(family.is_language, tokens)) for name, family in FAMILIES.items()}
    best = max(counts, key=lambda name: counts[name])
    return FAMILIES[best] if counts[best] else FAMILIES["opus"]
