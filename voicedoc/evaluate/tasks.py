"""Evaluation tasks: what to measure on what, one TOML file each in `pipelines/evaluate/`."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicedoc.errors import ConfigError
from voicedoc.evaluate.scorers import SCORERS
from voicedoc.registry import did_you_mean
from voicedoc.shipped import shipped

KINDS = ("recognition", "translation", "voices", "transcription")
TEXTS = ("utterances", "translations", "sentences")
RECORDINGS = ("consultation", "conversations", "meetings", "singles", "nonspeech")


@dataclass(frozen=True, slots=True)
class Data:
    """What a task runs on. `part` is one of `TEXTS` or, for kind "transcription", of `RECORDINGS`.

    `files` are below the task's folder or the development set. `repeat` is how many of each kind of sound are made.
    """

    part: str
    files: tuple[str, ...]
    languages: tuple[str, ...]
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Task:
    """A task as written. `version` changes when its numbers change meaning; `sha256` covers its own data, too.

    `overall` is what the figures over all slices together are called; "" for none.
    """

    name: str
    kind: str
    version: int
    title: str
    data: Data
    scorers: tuple[str, ...]
    overall: str
    folder: Path
    sha256: str


def task_names() -> tuple[str, ...]:
    """The names of the shipped tasks."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load_task(name_or_path: str) -> Task:
    """Read a shipped task by name, or any file by path.

    Raises:
        ConfigError: If there is none, it is not TOML, or a key or a scorer is unknown, missing or of the wrong type.
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = _folder() / f"{name_or_path}.toml"
    if not path.is_file():
        raise ConfigError(f"there is no task '{name_or_path}'", remedy=did_you_mean(name_or_path, list(task_names())))
    raw = path.read_bytes()
    try:
        table = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}", remedy="mend that line") from error
    return _task(table, path, raw)


def _folder() -> Path:
    return shipped("pipelines") / "evaluate"


def _task(table: dict[str, Any], path: Path, raw: bytes) -> Task:
    where = path.name
    keys = {"kind": str, "version": int, "title": str, "data": dict, "scorers": list, "overall": str}
    _check(table, keys, where, optional=("overall",))
    data_keys = {"part": str, "files": list, "languages": list, "repeat": int}
    _check(table["data"], data_keys, f"{where} [data]", optional=("files", "repeat"))
    _known(table["kind"], KINDS, f"{where}: kind")
    _known(table["data"]["part"], RECORDINGS if table["kind"] == "transcription" else TEXTS, f"{where} [data]: part")
    for scorer in table["scorers"]:
        _known(scorer, tuple(SCORERS), f"{where}: scorer")
    files = tuple(table["data"].get("files", ()))
    data = Data(table["data"]["part"], files, tuple(table["data"]["languages"]), table["data"].get("repeat", 1))
    own = [path.parent / name for name in files]
    sha256 = hashlib.sha256(b"\0".join([raw, *(file.read_bytes() for file in own if file.is_file())])).hexdigest()
    return Task(
        name=path.stem,
        kind=table["kind"],
        version=table["version"],
        title=table["title"],
        data=data,
        scorers=tuple(table["scorers"]),
        overall=table.get("overall", ""),
        folder=path.parent,
        sha256=sha256,
    )


def _check(table: dict[str, Any], wanted: dict[str, type], where: str, *, optional: tuple[str, ...] = ()) -> None:
    for key in table:
        if key not in wanted:
            raise ConfigError(f"{where}: unknown key '{key}'", remedy=did_you_mean(key, list(wanted)))
    for key, kind in wanted.items():
        if key not in table and key not in optional:
            raise ConfigError(f"{where} lacks the key '{key}'", remedy=f"add {key} = …")
        if key in table and (not isinstance(table[key], kind) or isinstance(table[key], bool)):
            raise ConfigError(
                f"{where}: {key} = {table[key]!r} is a {type(table[key]).__name__}",
                remedy=f"it takes a {kind.__name__}",
            )


def _known(value: object, known: tuple[str, ...], where: str) -> None:
    if value not in known:
        raise ConfigError(f"{where} '{value}' is unknown", remedy=did_you_mean(str(value), list(known)))
