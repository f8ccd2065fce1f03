"""Where the data folders that come with VoiceDoc are: `models` and `pipelines`."""

from __future__ import annotations

from pathlib import Path

from voicedoc.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder `name` of this installation: inside the package in a wheel, beside it in a checkout.

    Raises:
        ConfigError: If it is in neither place.
    """
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ConfigError(f"VoiceDoc's folder '{name}' is missing beside {_PACKAGE}", remedy="install voicedoc again")
