"""A model's files in its folder."""

from __future__ import annotations

from pathlib import Path

from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelMissing


def needs_model(model: LoadedModel | None, backend: str) -> LoadedModel:
    """The model of a backend that cannot do without.

    Raises:
        ConfigError: If the profile names none.
    """
    if model is None:
        raise ConfigError(
            f"translator '{backend}' needs a model", remedy='add model = "…" to its [[translate]]; voicedoc models list'
        )
    return model


def find_file(model: LoadedModel, *names: str) -> Path:
    """The first of `names` that is in the model's folder.

    Raises:
        ModelMissing: If none is.
    """
    for name in names:
        if (path := model.path / name).is_file():
            return path
    raise ModelMissing(
        f"model '{model.name}' has no {' or '.join(names)} in {model.path}",
        remedy=f"voicedoc models verify {model.name}, or copy the file from where the model comes from",
    )
