"""The recipes explain themselves, and break off without a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
RECIPES = sorted((ROOT / "pipelines" / "recipes").glob("*.py"))


def run(recipe: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(recipe), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.stem)
def test_a_recipe_without_arguments_says_what_it_takes(recipe: Path) -> None:
    bare, asked = run(recipe), run(recipe, "--help")
    assert bare.returncode == 2
    assert bare.stderr.startswith("usage:")
    assert "Traceback" not in bare.stderr
    assert asked.returncode == 0
    assert "out" in asked.stdout


def test_a_recording_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    recipe = ROOT / "pipelines" / "recipes" / "interpret_from_python.py"
    result = run(recipe, tmp_path / "none.wav", "en", "pt", tmp_path / "out", "--profile", "scripted")
    assert result.returncode == 1
    assert "none.wav" in result.stderr
    assert "Traceback" not in result.stderr


def test_voices_that_are_not_there_are_told_with_what_to_type(tmp_path: Path) -> None:
    recipe = ROOT / "pipelines" / "recipes" / "sample_consultation.py"
    result = run(recipe, tmp_path / "out.ogg", VOICEDOC_MODELS=str(tmp_path / "models"))
    assert result.returncode == 1
    assert "Try: " in result.stderr
    assert "Traceback" not in result.stderr
