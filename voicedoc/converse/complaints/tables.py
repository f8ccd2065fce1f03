"""A table of a pack's file, read with errors that say where it stands and what to write instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean

LANGUAGES = ("en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru")
"""The language subtags in which a pack has its wordings."""


@dataclass(frozen=True, slots=True)
class Table:
    """`where` is what an error calls it: "chest-pain.toml, question 'chest-pain.arm'"."""

    where: str
    entries: Mapping[str, object]

    def wrong(self, what: str, remedy: str) -> ConfigError:
        """The error that `what` is wrong here."""
        return ConfigError(f"{self.where}: {what}", remedy=remedy)

    def check_keys(self, known: Collection[str]) -> None:
        """Raises `ConfigError` if there is any other key."""
        for key in self.entries:
            self.check(key, known, "key")

    def check(self, name: str, known: Collection[str], kind: str) -> None:
        """Raises `ConfigError` if `name` is none of the `known` ones."""
        if name not in known:
            raise self.wrong(f"no {kind} is called '{name}'", did_you_mean(name, list(known)))

    def one_of(self, key: str, known: Collection[str], *, default: str | None = None) -> str:
        """The text under `key`, one of the `known` ones."""
        value = self.text(key, default=default)
        self.check(value, known, key)
        return value

    def text(self, key: str, *, default: str | None = None) -> str:
        """The text under `key`. Without `default` it must be there and not empty."""
        value = self.entries.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(f"{key} is {_shown(value)}", f'write {key} = "…"')
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """The true or false under `key`."""
        value = self.entries.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} is {_shown(value)}", f"write {key} = true or {key} = false")
        return value

    def number(self, key: str, *, least: int) -> int:
        """The whole number under `key`, not below `least`."""
        value = self.entries.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.wrong(f"{key} is {_shown(value)}", f"write {key} = {least}, or a greater number")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`; empty where there is none."""
        value = self.entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(f"{key} is {_shown(value)}", f'write {key} = ["…", "…"]')
        return tuple(value)

    def table(self, key: str) -> Table:
        """The table under `key`; an empty one where there is none."""
        value = self.entries.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(f"{key} is {_shown(value)}", f"write a table: [{key}]")
        return Table(f"{self.where}, {key}", value)

    def tables(self, key: str) -> Iterator[Table]:
        """The tables under `[[key]]`, in order; they are called by their number until their reader knows better."""
        value = self.entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(f"{key} is {_shown(value)}", f"write tables: [[{key}]]")
        for place, one in enumerate(value, 1):
            yield Table(f"{self.where}, {key} {place}", one)

    def in_every_language(self, key: str) -> Mapping[str, str]:
        """The table under `key` with a text in each of `LANGUAGES`."""
        table = self._languages(key)
        return {language: table.text(language) for language in table.entries}

    def said_in_every_language(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """The table under `key` with one text or more in each of `LANGUAGES`."""
        table = self._languages(key)
        said = {language: table.words(language) for language in table.entries}
        if silent := [language for language, words in said.items() if not words]:
            raise table.wrong(f"nothing is said in '{silent[0]}'", f'write {silent[0]} = ["…", "…"]')
        return said

    def _languages(self, key: str) -> Table:
        table = self.table(key)
        for language in table.entries:
            table.check(language, LANGUAGES, "language")
        if missing := [language for language in LANGUAGES if language not in table.entries]:
            raise self.wrong(f"{key} has no {', '.join(missing)}", f"add them: each of {', '.join(LANGUAGES)}")
        return table


def _shown(value: object) -> str:
    return "missing or empty" if value in (None, "", [], {}) else repr(value)
