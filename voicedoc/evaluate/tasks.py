"""Evaluation tasks: what to measure on what, one TOML file each in `pipelines/evaluate/`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from voicedoc.errors import ConfigError
from voicedoc.evaluate.asking import ONCE, Draw, check_answerers, check_pressed
from voicedoc.evaluate.battles import check_contestants
from voicedoc.evaluate.consult_doctors import DOCTORS
from voicedoc.evaluate.drawing import check_drawers
from voicedoc.evaluate.loop import check_loop_answerers
from voicedoc.evaluate.retrieval import check_finders
from voicedoc.evaluate.rounds import check_agreeing, check_routes
from voicedoc.evaluate.scorers import CURVES, SCORERS, TABLES
from voicedoc.registry import did_you_mean
from voicedoc.shipped import shipped

TEXTS = ("utterances", "translations", "sentences")

PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "recognition": TEXTS,
        "translation": TEXTS,
        "voices": TEXTS,
        "transcription": ("consultation", "conversations", "meetings", "singles", "nonspeech"),
        "consult": ("patients",),
        "asking": ("verdicts", "answers", "choices", "pressed"),
        "agreement": ("questions",),
        "trees": ("texts",),
        "arena": ("answers",),
        "loop": ("exchanges",),
        "retrieval": ("wanted",),
        "latency": ("spoken", "journals"),
    }
)
"""What each kind of task can run on."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a task runs on. `part` is one of its kind's `PARTS`.

    `files` are below the task's folder or the development set. `repeat` is how many of each kind of sound are made.
    `doctors` ask simulated patients, each at most `budget` questions. `answerers` answer questions, which are asked as
    `draw` says; questions in several languages by each of `routes`.
    """

    part: str
    files: tuple[str, ...]
    languages: tuple[str, ...]
    repeat: int = 1
    doctors: tuple[str, ...] = ()
    budget: int = 0
    answerers: tuple[str, ...] = ()
    draw: Draw = ONCE
    routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task as written. `version` changes when its numbers change meaning; `sha256` covers its own data, too.

    `overall` is what the figures over all slices together are called; "" for none. `curves` are drawn in the report,
    `tables` are made of all rows together.
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
    curves: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


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
    keys = {"kind": str, "version": int, "title": str, "data": dict, "scorers": list, "overall": str, "curves": list}
    keys |= {"tables": list}
    _check(table, keys, where, optional=("overall", "curves", "tables"))
    needed, others = {"part": str, "languages": list}, {"files": list, "repeat": int, "doctors": list, "budget": int}
    others |= {
        "answerers": list,
        "samples": int,
        "temperatures": list,
        "judged": bool,
        "translated": bool,
        "routes": list,
    }
    _check(table["data"], needed | others, f"{where} [data]", optional=tuple(others))
    _known(table["kind"], tuple(PARTS), f"{where}: kind")
    _known(table["data"]["part"], PARTS[table["kind"]], f"{where} [data]: part")
    for scorer in table["scorers"]:
        _known(scorer, tuple(SCORERS), f"{where}: scorer")
    for curve in table.get("curves", ()):
        _known(curve, tuple(CURVES), f"{where}: curve")
    for name in table.get("tables", ()):
        _known(name, tuple(TABLES), f"{where}: table")
    for doctor in table["data"].get("doctors", ()):
        _known(doctor, tuple(DOCTORS), f"{where} [data]: doctor")
    checks = {"loop": check_loop_answerers, "retrieval": check_finders}
    checks |= {"agreement": check_agreeing, "trees": check_drawers, "arena": check_contestants}
    checks.get(table["kind"], check_answerers)(table["data"].get("answerers", ()))
    if table["data"]["part"] == "pressed":
        check_pressed(table["data"].get("answerers", ()))
    if table["data"].get("samples", 1) < 1:
        raise ConfigError(f"{where} [data]: samples = {table['data']['samples']}", remedy="it takes 1 or more")
    check_routes(table["data"].get("routes", ()))
    files = tuple(table["data"].get("files", ()))
    data = Data(
        part=table["data"]["part"],
        files=files,
        languages=tuple(table["data"]["languages"]),
        repeat=table["data"].get("repeat", 1),
        doctors=tuple(table["data"].get("doctors", ())),
        budget=table["data"].get("budget", 0),
        answerers=tuple(table["data"].get("answerers", ())),
        draw=Draw(
            table["data"].get("samples", 1),
            tuple(float(one) for one in table["data"].get("temperatures", (0.0,))),
            table["data"].get("judged", False),
            table["data"].get("translated", False),
        ),
        routes=tuple(table["data"].get("routes", ())),
    )
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
        curves=tuple(table.get("curves", ())),
        tables=tuple(table.get("tables", ())),
    )


def _check(table: dict[str, Any], wanted: dict[str, type], where: str, *, optional: tuple[str, ...] = ()) -> None:
    for key in table:
        if key not in wanted:
            raise ConfigError(f"{where}: unknown key '{key}'", remedy=did_you_mean(key, list(wanted)))
    for key, kind in wanted.items():
        if key not in table and key not in optional:
            raise ConfigError(f"{where} lacks the key '{key}'", remedy=f"add {key} = …")
        if key in table and type(table[key]) is not kind:
            raise ConfigError(
                f"{where}: {key} = {table[key]!r} is a {type(table[key]).__name__}",
                remedy=f"it takes a {kind.__name__}",
            )


def _known(value: object, known: tuple[str, ...], where: str) -> None:
    if value not in known:
        raise ConfigError(f"{where} '{value}' is unknown", remedy=did_you_mean(str(value), list(known)))
