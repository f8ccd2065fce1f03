"""Profiles: strict to the last key, with a suggestion for every slip."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voicedoc.core.speech import Visit
from voicedoc.engine import open_engine
from voicedoc.errors import ConfigError
from voicedoc.profiles import load_profile, profile_names

pytestmark = pytest.mark.unit

SCRIPTED = load_profile("scripted").path.read_text("utf-8")


def written(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", profile_names())
def test_every_shipped_profile_is_valid_and_says_what_it_is_for(name: str) -> None:
    profile = load_profile(name)
    assert profile.description
    assert profile.translate
    assert profile.voices


def test_a_profile_names_each_of_its_models_once() -> None:
    models = load_profile("embedded").models
    assert {"silero-vad", "whisper-base", "firefox-en-pt", "firefox-pt-en", "kokoro", "hibari-en"} <= set(models)
    assert len(models) == len(set(models))


@pytest.mark.parametrize(
    ("before", "after", "message", "remedy"),
    [
        ("[segment]", "[segmnt]", "unknown key 'segmnt'", "did you mean 'segment'"),
        ("detector =", "detecter =", "unknown key 'detecter'", "did you mean 'detector'"),
        ('detector = "energy"', "detector = 3", "detector = 3 is a int", "takes a str"),
        ("startup = 0.0", "startup = true", "startup = True is a bool", "takes a int"),
        ('detector = "energy"\n', "", "lacks the key 'detector'", "add detector"),
        ('description = "', 'description = "x', "", ""),
    ],
)
def test_a_slip_in_a_profile_is_named(tmp_path: Path, before: str, after: str, message: str, remedy: str) -> None:
    assert before in SCRIPTED
    path = written(tmp_path, SCRIPTED.replace(before, after, 1))
    if not message:
        load_profile(path)
        return
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        load_profile(path)
    assert remedy in caught.value.remedy


def test_a_profile_that_is_not_toml_says_where(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 1"):
        load_profile(written(tmp_path, "= nonsense"))


def test_an_unknown_option_of_a_backend_gets_a_suggestion(tmp_path: Path) -> None:
    path = written(tmp_path, SCRIPTED.replace("options = { script", "options = { scrpt"))
    with (
        pytest.raises(ConfigError, match="unknown key 'scrpt'") as caught,
        open_engine(load_profile(path), Visit("en", "pt")),
    ):
        pass
    assert "did you mean 'script'" in caught.value.remedy


def test_an_unknown_backend_gets_a_suggestion(tmp_path: Path) -> None:
    path = written(tmp_path, SCRIPTED.replace('translator = "scripted"', 'translator = "scriptd"'))
    with pytest.raises(ConfigError) as caught, open_engine(load_profile(path), Visit("en", "pt")):
        pass
    assert "did you mean 'scripted'" in caught.value.remedy


def test_a_copied_profile_has_another_hash(tmp_path: Path) -> None:
    assert load_profile(written(tmp_path, SCRIPTED + "\n")).sha256 != load_profile("scripted").sha256
