"""The packs that come with VoiceDoc, and those of a folder of yours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voicedoc.converse.complaints.entries import read_questions, read_source, read_tree
from voicedoc.converse.complaints.find import likeliest
from voicedoc.converse.complaints.pack import Pack, Question
from voicedoc.converse.complaints.tables import Table
from voicedoc.converse.signs.sign import Sign, names
from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean

_FOLDER = Path(__file__).with_name("packs")
_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_ALWAYS, _SHARED = "common", "shared"
_NEEDED = frozenset({"common.complaint", "common.age", "common.sex"})
_PACK = ("version", "reviewed", "title", "said", "signs", "questions", "tree", "sources")


@dataclass(frozen=True, slots=True)
class Packs:
    """`packs` by id. `common` are the questions that every interview asks, in the order in which they are asked."""

    packs: Mapping[str, Pack]
    common: tuple[Question, ...]

    def pack(self, id: str) -> Pack:  # noqa: A002  # what it is called everywhere else
        """The pack of this id.

        Raises:
            ConfigError: If there is none.
        """
        if id not in self.packs:
            raise ConfigError(f"no complaint pack is called '{id}'", remedy=did_you_mean(id, list(self.packs)))
        return self.packs[id]

    def question(self, id: str) -> Question:  # noqa: A002
        """The question of this id; of one that several packs share, the first pack's.

        Raises:
            ConfigError: If there is none.
        """
        asked = (*self.common, *(question for pack in self.packs.values() for question in pack.questions))
        by_id = {question.id: question for question in reversed(asked)}
        if id not in by_id:
            raise ConfigError(f"no question is called '{id}'", remedy=did_you_mean(id, list(by_id)))
        return by_id[id]

    def find(self, text: str, language: str, signs: Iterable[Sign] = ()) -> tuple[Pack, ...]:
        """What `text` complains of, in `language` (BCP 47), likeliest first. `signs` are those read from it.

        Nothing is found where neither a pack's words nor a sign of it are said, or where they are denied.
        """
        return likeliest(tuple(self.packs.values()), text, language, tuple(signs))


def load_packs(folder: Path | None = None) -> Packs:
    """The packs that come with VoiceDoc. A file of `folder` joins them, or takes the place of the one of its name.

    Raises:
        ConfigError: If a file is wrong; names the file, the entry and what to write.
    """
    if folder is None:
        return _shipped()
    if not folder.is_dir():
        raise ConfigError(f"there is no folder {folder}", remedy="make it, with a TOML file for each complaint")
    return _read(folder)


@cache
def _shipped() -> Packs:
    return _read(_FOLDER)


def _read(folder: Path) -> Packs:
    paths = {path.stem: path for where in (_FOLDER, folder) for path in sorted(where.glob("*.toml"))}
    shared = _questions_of(paths.pop(_SHARED))
    common = _questions_of(paths.pop(_ALWAYS))
    if missing := _NEEDED - {question.id for question in common}:
        raise ConfigError(
            f"{_ALWAYS}.toml has no question '{min(missing)}'", remedy="add it: interviews ask it by this id"
        )
    return Packs({name: _pack(path, shared, common) for name, path in sorted(paths.items())}, common)


def _questions_of(path: Path) -> tuple[Question, ...]:
    """The questions of a file that has nothing else."""
    file = _file(path)
    file.check_keys(("questions",))
    return read_questions(file, _ALWAYS, {})


def _pack(path: Path, shared: Iterable[Question], common: tuple[Question, ...]) -> Pack:
    file = _file(path)
    if not _NAME.fullmatch(path.stem):
        raise file.wrong("the file's name is no id", "use small letters, digits and hyphens: 'back-pain.toml'")
    file.check_keys(_PACK)
    for sign in (signs := file.words("signs")):
        file.check(sign, names(), "sign")
    questions = read_questions(file, path.stem, {question.id: question for question in shared})
    if not questions:
        raise file.wrong("there are no questions", "write some: [[questions]]")
    return Pack(
        id=path.stem,
        title=file.in_every_language("title"),
        said=file.said_in_every_language("said"),
        signs=signs,
        questions=questions,
        tree=read_tree(file, (*questions, *common)),
        sources=tuple(read_source(source) for source in file.tables("sources")),
        version=file.number("version", least=1),
        reviewed=file.text("reviewed", default=""),
    )


def _file(path: Path) -> Table:
    try:
        return Table(path.name, tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} is no TOML: {error}", remedy="mend the file at that place") from error
