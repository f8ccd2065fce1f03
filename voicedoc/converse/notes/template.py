"""Templates of notes, TOML files that a user may edit: which sections, in which order, called what, made of what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.complaints.tables import LANGUAGES, Table
from voicedoc.core.languages import primary
from voicedoc.core.speech import Role
from voicedoc.errors import ConfigError
from voicedoc.export.note import TITLES
from voicedoc.guard.lexicon import CATEGORIES
from voicedoc.registry import did_you_mean

_FOLDER = Path(__file__).with_name("templates")

ANY = "any"
"""Everything that was said, under whatever heading it would stand: `said:any`."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "denies": ("things",),
    "unknown": ("things",),
    "open": ("things",),
    "emergency": (),
    "urgent": (),
    "soon": (),
    "nothing": (),
    "draft": (),
    "signed": ("signer", "when"),
    "unsupported": (),
    "partly": (),
}
"""The wordings that a template may have, each with the places that its text must have: "Denies: {things}."."""

ALWAYS = ("nothing", "draft", "signed", "unsupported", "partly")
"""Wordings that every note needs. The others are needed where their source is."""

SOURCES = (
    *(f"said:{name}" for name in (*TITLES, ANY)),
    *(f"{kind}:{slot.value}" for kind in ("slot", "denied") for slot in Slot),
    *("denied", "unknown", "unplaced", "alarms", "conflicts", "open"),
)
"""What a part may be made of."""

_NEEDS = {
    "denied": ("denies", "open"),
    "unknown": ("unknown", "open"),
    "open": ("open",),
    "alarms": ("emergency", "urgent", "soon"),
}
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")

Texts = Mapping[str, str]
"""A wording by language subtag."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph. `sources` feed it in this order; what one part has taken, no later one has.

    Of what was said it takes only what somebody in `who` said, that names something of the guard's categories `about`,
    and that has one of `cues` (by language subtag); where these are empty, everything.
    """

    sources: tuple[str, ...]
    label: Texts
    who: tuple[Role, ...] = ()
    about: tuple[str, ...] = ()
    cues: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section as the template has it."""

    name: str
    title: Texts
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """`reader` is "doctor" or "patient", in whose language the note is; `quotes`: what was said stands in quotes."""

    name: str
    reader: str
    quotes: bool
    title: Texts
    words: Mapping[str, Texts]
    sections: tuple[SectionPlan, ...]

    def text(self, texts: Texts, language: str) -> str:
        """A wording in `language`, in English where it has none; "" where there is nothing to say.

        Raises:
            ConfigError: If it has neither.
        """
        found = texts.get(primary(language)) or texts.get("en")
        if texts and not found:
            raise ConfigError(
                f"template '{self.name}' has no wording in '{language}', nor in English",
                remedy=f'add {primary(language)} = "…" beside {", ".join(texts)}',
            )
        return found or ""

    def words_in(self, language: str) -> dict[str, str]:
        """Every wording of `words` in one language. Raises as `text` does."""
        return {key: self.text(texts, language) for key, texts in self.words.items()}


def shipped() -> tuple[str, ...]:
    """The names of the templates that come with VoiceDoc."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_template(name_or_path: str) -> Template:
    """A template by its name, or a file of the user's: whatever has a slash or ends in ".toml".

    Raises:
        ConfigError: If there is none, or it is wrong; says where, and what to write instead.
    """
    is_path = "/" in name_or_path or "\\" in name_or_path or name_or_path.endswith(".toml")
    if not is_path and name_or_path not in shipped():
        remedy = f"{did_you_mean(name_or_path, list(shipped()))}; or a file: ./mine.toml"
        raise ConfigError(f"there is no note template '{name_or_path}'", remedy=remedy)
    if is_path and Path(name_or_path).stem in shipped():
        raise ConfigError(
            f"{name_or_path} has the name of a template that comes with VoiceDoc",
            remedy="rename the file: my-soap.toml",
        )
    return read_template(Path(name_or_path) if is_path else _FOLDER / f"{name_or_path}.toml")


def read_template(path: Path) -> Template:
    """Read one file. Raises as `load_template` does."""
    if not _NAME.fullmatch(path.stem):
        raise ConfigError(
            f"'{path.stem}' cannot be a template's name", remedy="rename the file: small letters, digits, hyphens"
        )
    file = Table(path.name, _toml(path))
    file.check_keys(("reader", "quotes", "title", "words", "sections"))
    sections = tuple(_section(table) for table in file.tables("sections"))
    if not sections:
        raise file.wrong("there are no sections", "write some: [[sections]]")
    names = [section.name for section in sections]
    if twice := [name for name in names if names.count(name) > 1]:
        raise file.wrong(f"two sections are called '{twice[0]}'", "rename one")
    return Template(
        name=path.stem,
        reader=file.one_of("reader", ("doctor", "patient")),
        quotes=file.flag("quotes", default=True),
        title=_texts(file, "title"),
        words=_words(file.table("words"), sections),
        sections=sections,
    )


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}", remedy="name a file that is there") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no TOML: {error}", remedy="mend the file at that place") from error


def _section(table: Table) -> SectionPlan:
    name = table.text("name")
    named = Table(f"{table.where.partition(',')[0]}, section '{name}'", table.entries)
    named.check_keys(("name", "title", "parts"))
    parts = tuple(_part(part) for part in named.tables("parts"))
    if not parts:
        raise named.wrong("there are no parts", "write some: [[sections.parts]]")
    return SectionPlan(name, _texts(named, "title"), parts)


def _part(table: Table) -> Part:
    table.check_keys(("from", "label", "who", "about", "cues"))
    sources = table.words("from")
    if not sources:
        raise table.wrong("it is made of nothing", 'write from = ["said:plan"]')
    return Part(
        sources=_known(table, sources, SOURCES, "source"),
        label=_texts(table, "label") if "label" in table.entries else {},
        who=tuple(map(Role, _known(table, table.words("who"), [role.value for role in Role], "role"))),
        about=_known(table, table.words("about"), CATEGORIES, "category"),
        cues=_cues(table) if "cues" in table.entries else None,
    )


def _known(table: Table, names: tuple[str, ...], known: Iterable[str], kind: str) -> tuple[str, ...]:
    for name in names:
        table.check(name, tuple(known), kind)
    return names


def _texts(table: Table, key: str) -> Texts:
    texts = table.table(key)
    if not texts.entries:
        raise table.wrong(f"{key} has no wording", f'write a table {key} with en = "…", and other languages')
    _known(texts, tuple(texts.entries), LANGUAGES, "language")
    return {language: texts.text(language) for language in texts.entries}


def _cues(table: Table) -> Mapping[str, tuple[str, ...]]:
    cues = table.table("cues")
    _known(cues, tuple(cues.entries), LANGUAGES, "language")
    return {language: cues.words(language) for language in cues.entries}


def _words(table: Table, sections: tuple[SectionPlan, ...]) -> Mapping[str, Texts]:
    table.check_keys(WORDS)
    sources = {source.partition(":")[0] for plan in sections for part in plan.parts for source in part.sources}
    needed = [*ALWAYS, *(word for source in sorted(sources) for word in _NEEDS.get(source, ()))]
    if missing := [word for word in needed if word not in table.entries]:
        raise table.wrong(f"'{missing[0]}' is missing", f"add it: [words.{missing[0]}], as soap.toml has it")
    found = {key: _texts(table, key) for key in table.entries}
    for key, texts in found.items():
        for language, text in texts.items():
            _check_places(table, key, language, text)
    return found


def _check_places(table: Table, key: str, language: str, text: str) -> None:
    """Raises `ConfigError` if a wording has other places than it is filled with."""
    places = tuple(re.findall(r"\{([^{}]*)\}", text))
    if sorted(places) != sorted(WORDS[key]) or text.count("{") != len(places) or text.count("}") != len(places):
        wanted = ", ".join(f"{{{place}}}" for place in WORDS[key]) or "no braces"
        raise table.wrong(f"{key}.{language} is '{text}'", f"it must have {wanted}, each once")
