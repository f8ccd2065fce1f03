"""Backends by name: what a typo and a missing package get."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.conftest import ROOT
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendUnavailable, ConfigError
from voicedoc.registry import ROLES, backend, backends

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("role", ROLES)
def test_every_registered_backend_can_be_imported_without_its_library(role: str) -> None:
    for name in backends(role):
        assert callable(backend(role, name))


def test_a_typo_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError, match="no recognizer is called 'faster-wisper'") as caught:
        backend("recognizers", "faster-wisper")
    assert caught.value.remedy == "did you mean 'faster-whisper'?"


def test_a_name_like_no_other_gets_the_list() -> None:
    with pytest.raises(ConfigError) as caught:
        backend("detectors", "zzz")
    assert caught.value.remedy == "known: energy, silero"


MISSING = [
    ("recognizers", "faster-whisper", "faster_whisper"),
    ("recognizers", "transformers", "transformers"),
    ("translators", "fxtranslate", "fxtranslate"),
    ("translators", "transformers", "transformers"),
    ("synthesizers", "hibari", "hibari"),
    ("synthesizers", "openjtalk", "pyopenjtalk"),
    ("synthesizers", "transformers", "transformers"),
    ("dialogue_models", "xllamacpp", "xllamacpp"),
    ("dialogue_models", "transformers", "transformers"),
    ("dialogue_models", "openai", "httpx"),
]

OPTIONS: dict[tuple[str, str], dict[str, object]] = {
    ("translators", "fxtranslate"): {"source": "en", "target": "pt"},
    ("synthesizers", "transformers"): {"languages": ["en"]},
    ("dialogue_models", "openai"): {"url": "http://127.0.0.1:1/v1", "name": "m"},
}


@pytest.mark.parametrize(("role", "name", "library"), MISSING)
def test_a_missing_library_names_the_extra_to_install(
    role: str, name: str, library: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    for file in ("model.bin", "vocab.spm", "lex.s2t.bin", "config.json"):
        (tmp_path / file).write_text("{}", "utf-8")
    kind = backend(role, name)
    with pytest.raises(BackendUnavailable) as caught:
        kind(LoadedModel("some", tmp_path, ""), **OPTIONS.get((role, name), {}))
    assert f"'voicedoc[{name}]'" in caught.value.remedy


def test_every_backend_has_an_extra_of_its_name_or_needs_none() -> None:
    tomllib = import_module("tomllib")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    built_in = {"silero", "energy", "scripted", "identity", "apertium", "e5"}
    named = {name for role in ROLES for name in backends(role)}
    assert named - built_in <= set(extras)
