"""Fixtures for every test: both event loops, real models where they are pulled, the development set where it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from voicedoc.core.cards import LoadedModel

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def devset() -> Path:
    """The development set's folder: `VOICEDOC_DEVSET`, or `shared/data/devset` beside the checkout."""
    folder = Path(os.environ.get("VOICEDOC_DEVSET", ROOT.parent / "shared" / "data" / "devset"))
    if not (folder / "manifest.jsonl").is_file():
        pytest.skip(f"no development set at {folder}; set VOICEDOC_DEVSET")
    return folder


@pytest.fixture(scope="session")
def loaded_model() -> Callable[[str], LoadedModel]:
    """A model from the store by its card's name; skips where it has not been pulled."""
    from voicedoc.errors import ModelMissing
    from voicedoc.store.models import ModelStore

    def load(name: str) -> LoadedModel:
        try:
            return ModelStore.default().open(name)
        except ModelMissing as error:
            pytest.skip(f"{error}. {error.remedy}")

    return load
