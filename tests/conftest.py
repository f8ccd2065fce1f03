"""Fixtures for every test: both event loops, real models where they are pulled, the development set where it is."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voicedoc.core.cards import LoadedModel

ROOT = Path(__file__).resolve().parent.parent


class NetworkTouched(AssertionError):
    """Something tried to leave the machine."""


@pytest.fixture(autouse=True)
def socket_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test's process connects beyond this machine, and no name is looked up."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        is_local = self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "::1", "localhost")
        if not is_local:
            raise NetworkTouched(f"a connection to {address}")
        connect(self, address)

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in (None, "127.0.0.1", "::1", "localhost", b"127.0.0.1", b"localhost"):
            raise NetworkTouched(f"a look-up of {host}")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


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
