"""A profile: which backends and models a use runs on, and with which settings. One TOML file in `pipelines/`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from voicedoc.errors import ConfigError
from voicedoc.registry import did_you_mean
from voicedoc.shipped import shipped

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SegmentSpec:
    """`[segment]`. `endpointing` takes the fields of `voicedoc.segment.endpoint.Endpointing`.

    `listening` takes those of `voicedoc.segment.patience.Listening`, for live sessions.
    """

    detector: str
    model: str = ""
    worker: str = "listen"
    options: Mapping[str, Any] = field(default_factory=dict)
    endpointing: Mapping[str, Any] = field(default_factory=dict)
    listening: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TurnsSpec:
    """`[turns]`: hears whether a speaker has finished, in live sessions. Without it, only silence decides."""

    turn_model: str
    model: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecognizeSpec:
    """`[recognize]`. `unfit` names languages that this recogniser must not be used for, and why.

    `partials` names the worker of a second recogniser, which reads utterances that go on; "" has none.
    """

    recognizer: str
    model: str = ""
    worker: str = "understand"
    options: Mapping[str, Any] = field(default_factory=dict)
    unfit: Mapping[str, str] = field(default_factory=dict)
    partials: str = ""


@dataclass(frozen=True, slots=True)
class DiarizeSpec:
    """`[diarize]`: tells voices apart in a batch job. Without it, speakers are told apart by channel or language."""

    diarizer: str
    model: str = ""
    worker: str = "diarize"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TranslateSpec:
    """One `[[translate]]`: `source` to `target` ("*" is any), or, with `via`, a pivot through that language."""

    source: str
    target: str
    translator: str = ""
    model: str = ""
    via: str = ""
    quality: str = "good"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """One `[[voices]]`. `startup` is the measured time to first audio of a clause, in seconds."""

    synthesizer: str
    languages: tuple[str, ...]
    quality: str
    startup: float
    model: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpeakSpec:
    """`[speak]`. Voices below `floor` stay silent; `startup_budget` is the longest wait for a first sound, seconds."""

    floor: str = "usable"
    startup_budget: float = 4.0
    worker: str = "speak"


@dataclass(frozen=True, slots=True)
class DialogueSpec:
    """`[dialogue]`: the model that words and reads for the assistant. Without it, rules and fixed wordings do alone."""

    dialogue_model: str
    model: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """As written. `sha256` is that of its text; `guard` takes the fields of `voicedoc.guard.asking.Asking`, `ask` those
    of `voicedoc.converse.ask.Asking`. `advise` is `on` of [advise]: rules tell the clinician what cannot wait.
    """

    name: str
    description: str
    path: Path
    sha256: str
    segment: SegmentSpec
    recognize: RecognizeSpec
    translate: tuple[TranslateSpec, ...]
    voices: tuple[VoiceSpec, ...]
    speak: SpeakSpec
    pull: Mapping[str, str]
    turns: TurnsSpec | None = None
    diarize: DiarizeSpec | None = None
    dialogue: DialogueSpec | None = None
    guard: Mapping[str, Any] = field(default_factory=dict)
    ask: Mapping[str, Any] = field(default_factory=dict)
    advise: bool = True

    @property
    def models(self) -> tuple[str, ...]:
        """The names of every model that the profile may load, each once."""
        named = [self.segment.model, self.recognize.model]
        named += [spec.model for spec in self.translate] + [spec.model for spec in self.voices]
        named += [spec.model for spec in (self.turns, self.diarize, self.dialogue) if spec]
        return tuple(dict.fromkeys(name for name in named if name))


def profile_names() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    return tuple(sorted(path.stem for path in shipped("pipelines").glob("*.toml")))


def load_profile(name_or_path: str) -> Profile:
    """Read a shipped profile by name, or any file by path.

    Raises:
        ConfigError: If there is none, it is not TOML, or a key is unknown, missing or of the wrong type.
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = shipped("pipelines") / f"{name_or_path}.toml"
    if not path.is_file():
        raise ConfigError(
            f"there is no profile '{name_or_path}'", remedy=did_you_mean(name_or_path, list(profile_names()))
        )
    raw = path.read_bytes()
    try:
        table = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}", remedy="mend that line") from error
    return _profile(table, path, hashlib.sha256(raw).hexdigest())


def _profile(table: dict[str, Any], path: Path, sha256: str) -> Profile:
    known = ["description", "segment", "turns", "recognize", "diarize", "translate", "guard", "ask", "speak", "voices"]
    known += ["dialogue", "advise", "pull"]
    _check_keys(table, known, path.name)
    for required in ("segment", "recognize"):
        if required not in table:
            raise ConfigError(
                f"{path.name} has no [{required}]", remedy=f"add a [{required}] table; see the shipped profiles"
            )
    return Profile(
        name=path.stem,
        description=str(table.get("description", "")),
        path=path,
        sha256=sha256,
        segment=_spec(SegmentSpec, table["segment"], f"{path.name} [segment]"),
        recognize=_spec(RecognizeSpec, table["recognize"], f"{path.name} [recognize]"),
        translate=tuple(_spec(TranslateSpec, t, f"{path.name} [[translate]]") for t in table.get("translate", [])),
        voices=tuple(_spec(VoiceSpec, t, f"{path.name} [[voices]]") for t in table.get("voices", [])),
        speak=_spec(SpeakSpec, table.get("speak", {}), f"{path.name} [speak]"),
        diarize=_spec(DiarizeSpec, table["diarize"], f"{path.name} [diarize]") if "diarize" in table else None,
        turns=_spec(TurnsSpec, table["turns"], f"{path.name} [turns]") if "turns" in table else None,
        dialogue=_spec(DialogueSpec, table["dialogue"], f"{path.name} [dialogue]") if "dialogue" in table else None,
        guard=table.get("guard", {}),
        ask=table.get("ask", {}),
        advise=_switch(table.get("advise", {}), f"{path.name} [advise]"),
        pull={str(k): str(v) for k, v in table.get("pull", {}).items()},
    )


def _switch(table: Any, where: str) -> bool:
    """`on` of a table that has nothing else; true without it."""
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table", remedy="write on = true or on = false in it")
    _check_keys(table, ["on"], where)
    value = table.get("on", True)
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: on = {value!r} is neither true nor false", remedy="write on = true or on = false")
    return value


def _check_keys(table: Mapping[str, Any], known: list[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise ConfigError(f"{where}: unknown key '{key}'", remedy=did_you_mean(key, known))


_TOML_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "float": (int, float),
    "Mapping[str, Any]": (dict,),
    "Mapping[str, str]": (dict,),
    "tuple[str, ...]": (list,),
}


def _spec(kind: type[T], table: Any, where: str) -> T:
    """Build the dataclass `kind` from a TOML table, strictly."""
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table", remedy="see the shipped profiles for its keys")
    specs = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]  # kind is one of the dataclasses above
    _check_keys(table, list(specs), where)
    values: dict[str, Any] = {}
    for name, spec in specs.items():
        if name not in table:
            if spec.default is MISSING and spec.default_factory is MISSING:
                raise ConfigError(f"{where} lacks the key '{name}'", remedy=f"add {name} = …")
            continue
        wanted = _TOML_TYPES[str(spec.type)]
        if not isinstance(table[name], wanted) or isinstance(table[name], bool):
            raise ConfigError(
                f"{where}: {name} = {table[name]!r} is a {type(table[name]).__name__}",
                remedy=f"it takes a {wanted[0].__name__}",
            )
        values[name] = tuple(table[name]) if wanted == (list,) else table[name]
    return kind(**values)
