"""What somebody has chosen for this app, as a frozen value and as a TOML file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from voicedoc_desktop.state.visit_plan import Sharing, VisitPlan

LANGUAGES = ("en", "pt", "es", "zh", "ar")
"""Languages of the interface."""

THEMES = ("system", "light", "dark")

TEXT_SIZES = (100, 125, 150, 175, 200)
"""Per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the app remembers. What concerns the session store (its key, for how long it keeps) lies there, not here.

    `language` "" is the system's. `keys` are the hot keys that were changed. `server` is the address of a dialogue
    model on a machine of one's own, "" for none, `server_model` its name there. `welcomed`: the guide was gone through.
    """

    language: str = ""
    theme: str = "system"
    text_size: int = 100
    welcomed: bool = False
    doctor: str = "en"
    patient: str = "pt"
    profile: str = "embedded"
    sharing: str = Sharing.ONE.value
    microphone: str = ""
    patient_microphone: str = ""
    loudspeaker: str = ""
    push_to_talk: bool = False
    silent: bool = False
    checks: bool = True
    advises: bool = True
    server: str = ""
    server_model: str = ""
    width: int = 1200
    height: int = 800
    maximized: bool = False
    folded: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def plan(self) -> VisitPlan:
        """The visit that was set up last."""
        return VisitPlan(
            doctor=self.doctor,
            patient=self.patient,
            profile=self.profile,
            sharing=Sharing(self.sharing),
            microphone=self.microphone,
            patient_microphone=self.patient_microphone,
            loudspeaker=self.loudspeaker,
            push_to_talk=self.push_to_talk,
            silent=self.silent,
            checks=self.checks,
            advises=self.advises,
        )


_CHOICES: dict[str, tuple[object, ...]] = {
    "language": ("", *LANGUAGES),
    "theme": THEMES,
    "text_size": TEXT_SIZES,
    "sharing": tuple(Sharing),
}


class NotSettings(ValueError):
    """A file that holds no settings, or some that make no sense; the message says which."""


def to_toml(settings: Settings) -> str:
    """As the file holds it: only what differs from the defaults."""
    first = asdict(Settings())
    values = {name: value for name, value in asdict(settings).items() if value != first[name]}
    keys = values.pop("keys", {})
    lines = [f"{name} = {_toml(value)}" for name, value in values.items()]
    if keys:
        lines += ["", "[keys]", *(f"{_toml(name)} = {_toml(key)}" for name, key in keys.items())]
    return "\n".join(lines) + "\n" if lines else ""


def _toml(value: object) -> str:
    """A TOML value; JSON's strings, numbers and truths are TOML's, but for the control character that JSON allows."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(text: str) -> Settings:
    """The settings that a file holds. What later versions may have added is passed over.

    Raises:
        NotSettings: If it is not TOML, or a value makes no sense.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotSettings(str(error)) from error
    first = Settings()
    known = {each.name: getattr(first, each.name) for each in fields(Settings)}
    return Settings(**{name: _checked(name, value, known[name]) for name, value in table.items() if name in known})


def _checked(name: str, value: Any, first: object) -> Any:
    if name == "keys":
        is_right = isinstance(value, dict) and all(isinstance(key, str) for key in value.values())
    else:
        is_right = type(value) is type(first) and value in _CHOICES.get(name, (value,))
    if not is_right:
        raise NotSettings(f"{name} = {value!r}")
    return value
