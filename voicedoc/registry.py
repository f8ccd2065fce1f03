"""Backends by name, through entry points: a package of yours can add one."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.metadata import entry_points
from typing import Any

from voicedoc.errors import BackendUnavailable, ConfigError

ROLES = (
    "detectors",
    "turn_models",
    "recognizers",
    "diarizers",
    "translators",
    "synthesizers",
    "embedders",
    "dialogue_models",
)


def backends(role: str) -> dict[str, str]:
    """The names registered under `voicedoc.<role>`, each with the object that it names, not loaded."""
    return {point.name: point.value for point in entry_points(group=f"voicedoc.{role}")}


def backend(role: str, name: str) -> Any:
    """Return the class registered under `[project.entry-points."voicedoc.<role>"]`.

    Raises:
        ConfigError: If no such name is registered.
        BackendUnavailable: If its package is not installed.
    """
    known = {point.name: point for point in entry_points(group=f"voicedoc.{role}")}
    if name not in known:
        one = role.removesuffix("s").replace("_", " ")
        raise ConfigError(f"no {one} is called '{name}'", remedy=did_you_mean(name, list(known)))
    try:
        return known[name].load()
    except ImportError as error:
        raise missing_package(error, name) from error


def missing_package(error: ImportError, name: str) -> BackendUnavailable:
    """The error for a backend whose library is not installed. `name` is the backend's and also its extra's."""
    return BackendUnavailable(
        f"backend '{name}' needs the package {error.name or error}", remedy=f"pip install 'voicedoc[{name}]'"
    )


def did_you_mean(name: str, known: list[str]) -> str:
    """A remedy for a mistyped name."""
    near = get_close_matches(name, known)
    return f"did you mean '{near[0]}'?" if near else f"known: {', '.join(sorted(known))}"
