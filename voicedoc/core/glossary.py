"""The words of one visit that must come through: drugs, allergies, names.

A glossary is a file that the clinic writes, TOML or CSV. It feeds every step that would lose such words: the recogniser
(`Glossary.hotwords`), the translator (`Glossary.pairs`, in `voicedoc.translate.glossary`), the phrase bank
(`Glossary.drug`) and the voice (`Glossary.pronounce`).

    [[terms]]
    kind = "drug"            # drug, allergy, name or term
    term = "Xarelto"         # the same in every language
    say = { pt = "Zarélto" } # how it is spelled for the voice, where the voice gets it wrong

    [[terms]]
    kind = "drug"
    en = "acetaminophen"
    pt = "paracetamol"

As CSV: a header of `kind`, `term`, language tags, and `say:` before a language tag; commas, semicolons or tabs between.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from voicedoc.core.languages import primary
from voicedoc.errors import ConfigError

KINDS = ("drug", "allergy", "name", "term")

MAX_HOTWORDS = 400
"""Characters of `hotwords`. Whisper's prompt has 223 tokens; a name has a token for every two or three letters."""

_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff]"
"""A letter or digit of a script that puts spaces between words."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Pair(NamedTuple):
    """A term in the source's language, and what it must be in the target's.

    `cased`: it counts only as it is written, as names do ("Hope" is not "hope").
    """

    source: str
    target: str
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. `common` is its form in every language that `forms` (by language subtag) does not have.

    `say`: how a voice is to read it, by language subtag, where that differs from how it is written.
    """

    kind: str
    common: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)

    def form(self, language: str) -> str:
        """How it is written in `language` (BCP 47); "" where that is not known."""
        return self.forms.get(primary(language), self.common)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a visit, in the file's order."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Glossary:
        """The glossary in a file that ends in `.toml` or `.csv`.

        Raises:
            ConfigError: If the file cannot be read, or an entry is wrong; names the file, the entry and what to write.
        """
        readers = {".toml": _from_toml, ".csv": _from_csv}
        if path.suffix.lower() not in readers:
            raise ConfigError(
                f"glossary {path} is neither .toml nor .csv", remedy="rename it, or write it as one of these"
            )
        try:
            entries = readers[path.suffix.lower()](path)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
            raise ConfigError(
                f"cannot read glossary {path}: {error}",
                remedy="save it as UTF-8 (in a spreadsheet: CSV UTF-8), well formed",
            ) from error
        terms = tuple(_term(entry, f"{path.name}, {place}") for place, entry in entries)
        _check_ambiguity(terms, path.name)
        return cls(terms)

    @property
    def sha256(self) -> str:
        """A digest over what it says, whatever the file is called; "" where it says nothing."""
        if not self.terms:
            return ""
        said = [(term.kind, term.common, dict(term.forms), dict(term.say)) for term in self.terms]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def hotwords(self, language: str) -> str:
        """The terms in `language`, in one line: a hint for a recogniser, which then spells them so.

        For Whisper they go before the transcript's own tokens: `[sot_prev, *encode(" " + hotwords), *sot_sequence]`, as
        faster-whisper does with `hotwords=`. At most `MAX_HOTWORDS` characters: whole terms, in the file's order.
        With ten names whisper-base wrote 19 of 20 right that two synthetic voices said, and 2 without; on other
        speech (834 words of the development set) it made 73 errors instead of 62. So name what matters, not everything.
        """
        chosen = ""
        for form in self._forms(language):
            longer = f"{chosen}, {form}" if chosen else form
            if len(longer) <= MAX_HOTWORDS:
                chosen = longer
        return chosen

    def pairs(self, source: str, target: str) -> list[Pair]:
        """What must become what, the longest first. Terms without a form in one of the languages are not among them."""
        found = [
            Pair(term.form(source), term.form(target), term.kind == "name")
            for term in self.terms
            if term.form(source) and term.form(target)
        ]
        return sorted(found, key=lambda pair: -len(pair.source))

    def pronounce(self, text: str, language: str) -> str:
        """`text` with its terms as a voice in `language` is to read them. For speech only, never for the screen."""
        respelled = [term for term in self.terms if primary(language) in term.say and term.form(language)]
        if not respelled:
            return text
        spellings = {key_of(term.form(language)): term.say[primary(language)] for term in respelled}
        return any_term(spellings).sub(lambda found: spellings[key_of(found.group())], text)

    def drug(self, text: str, source: str, target: str) -> str | None:
        """What the drug or allergen called `text` in `source` is called in `target`; None for any other word."""
        wanted = key_of(text)
        for term in self._substances():
            if key_of(term.form(source)) == wanted and term.form(target):
                return term.form(target)
        return None

    def drugs(self, language: str) -> Sequence[str]:
        """The drugs and allergens in `language`."""
        return [term.form(language) for term in self._substances() if term.form(language)]

    def _substances(self) -> list[Term]:
        return [term for term in self.terms if term.kind in ("drug", "allergy")]

    def _forms(self, language: str) -> list[str]:
        return list(dict.fromkeys(term.form(language) for term in self.terms if term.form(language)))


NO_GLOSSARY = Glossary()
"""Of a visit without words of its own."""


def any_term(terms: Iterable[str], *, cased: Iterable[str] = ()) -> re.Pattern[str]:
    """Any of `terms` in any case, or of `cased` as they are written, as whole words; the longest at each place."""
    patterns = [(term, f"(?i:{_spaced(term)})") for term in terms] + [(term, _spaced(term)) for term in cased]
    ordered = "|".join(pattern for _, pattern in sorted(patterns, key=lambda entry: -len(entry[0])))
    return re.compile(rf"(?<!{_LETTER})(?:{ordered})(?!{_LETTER})" if ordered else r"(?!)")


def key_of(term: str) -> str:
    """Equal for all that `any_term` takes for one term: whatever its case and its spaces."""
    return " ".join(term.translate(_ONE_I).casefold().split())


_ONE_I = str.maketrans("İı", "ii")
"""Turkish letters that patterns take for an i where case does not matter, and `casefold` does not."""


def _spaced(term: str) -> str:
    return r"\s+".join(map(re.escape, term.split()))


def _from_toml(path: Path) -> list[tuple[str, dict[str, object]]]:
    table = tomllib.loads(_text(path))
    entries = table.get("terms")
    if (
        set(table) != {"terms"}
        or not isinstance(entries, list)
        or not all(isinstance(entry, dict) for entry in entries)
    ):
        raise ConfigError(
            f"glossary {path.name} is a list of [[terms]] and nothing else",
            remedy='write [[terms]] before each kind = "drug"',
        )
    return [(f"entry {number}", entry) for number, entry in enumerate(entries, start=1)]


def _from_csv(path: Path) -> list[tuple[str, dict[str, object]]]:
    text = _text(path)
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(header), strict=True)
    reader.fieldnames = _columns(reader.fieldnames or (), path.name)
    rows = [(f"line {reader.line_num}", row) for row in reader]
    return [(place, _from_row(row, f"{path.name}, {place}")) for place, row in rows if any(row.values())]


def _text(path: Path) -> str:
    """What the file says, each letter with its accents as one sign, as recognisers write it."""
    return unicodedata.normalize("NFC", path.read_text("utf-8-sig"))


def _delimiter(header: str) -> str:
    """What stands between the columns: spreadsheets write semicolons where the comma is the decimal mark."""
    return max(",;\t", key=header.count)


def _columns(header: Sequence[str], name: str) -> list[str]:
    """The header's columns, whatever their case."""
    columns = [column.strip().lower() for column in header]
    twice = next((column for column in columns if column and columns.count(column) > 1), "")
    if "kind" not in columns or twice:
        problem = f"has the column '{twice}' twice" if twice else "has no column 'kind'"
        raise ConfigError(
            f"{name}: its first line {problem}", remedy="it names the columns, such as kind,term or kind,en,pt"
        )
    return columns


def _from_row(row: Mapping[str | None, str | list[str] | None], where: str) -> dict[str, object]:
    if None in row:
        raise ConfigError(
            f"{where} has more cells than the header", remedy="put quotation marks around cells with commas"
        )
    entry: dict[str, object] = {}
    say: dict[str, str] = {}
    for key, cell in row.items():
        column, text = str(key), str(cell or "").strip()
        if text and column.startswith("say:"):
            say[column.removeprefix("say:").strip()] = text
        elif text:
            entry[column] = text.lower() if column == "kind" else text
    return {**entry, "say": say} if say else entry


def _term(entry: Mapping[str, object], where: str) -> Term:
    """An entry, checked."""
    forms = {key: value for key, value in entry.items() if key not in ("kind", "term", "say")}
    say = entry.get("say", {})
    if entry.get("kind") not in KINDS:
        raise ConfigError(f"{where}: kind is '{entry.get('kind', '')}'", remedy=f"write one of {', '.join(KINDS)}")
    if not isinstance(say, dict):
        raise ConfigError(f"{where}: say is not a table", remedy='write say = { pt = "…" }')
    _check_texts(
        {**forms, **{f"say.{tag}": text for tag, text in say.items()}, "term": entry.get("term", "none")}, where
    )
    for tag in (*forms, *say):
        if not _TAG.fullmatch(tag):
            raise ConfigError(
                f"{where}: '{tag}' is neither a language tag nor kind, term or say",
                remedy="tags are such as en, pt, zh",
            )
    if not entry.get("term") and len(forms) < 2:
        raise ConfigError(
            f"{where}: needs a term, or its form in two languages",
            remedy='write term = "…" if it is the same in every language',
        )
    by_language = {primary(tag): str(text).strip() for tag, text in forms.items()}
    respelled = {primary(tag): str(text).strip() for tag, text in say.items()}
    return Term(str(entry["kind"]), str(entry.get("term", "")).strip(), by_language, respelled)


def _check_texts(texts: Mapping[str, object], where: str) -> None:
    for name, text in texts.items():
        if not isinstance(text, str) or not any(letter.isalnum() for letter in text):
            raise ConfigError(f"{where}: {name} is no text", remedy=f'write {name} = "…", or leave it out')


def _check_ambiguity(terms: Sequence[Term], name: str) -> None:
    """One word may not have to become two different ones."""
    languages = {language for term in terms for language in term.forms}
    for language in languages:
        known: dict[str, Term] = {}
        for term in terms:
            form = term.form(language).casefold()
            if form and known.setdefault(form, term) != term:
                raise ConfigError(
                    f"{name}: '{term.form(language)}' stands there twice for '{language}'",
                    remedy="keep one of the entries",
                )
