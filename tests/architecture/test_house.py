"""The house's rules that no linter knows: light imports, no print, nothing swallowed, one top level, short READMEs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.unit

SOURCES = sorted((ROOT / "voicedoc").rglob("*.py"))

HEAVY = (
    "torch", "torchaudio", "ctranslate2", "transformers", "faster_whisper", "onnxruntime", "sounddevice", "soundfile",
    "av", "soxr", "pyannote", "PySide6", "fxtranslate", "hibari", "py_nanotts", "pyopenjtalk", "misaki", "matplotlib",
    "sacrebleu", "httpx", "xllamacpp", "llguidance", "numpy",
)  # fmt: skip


def _imported_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert _imported_by("import voicedoc") & set(HEAVY) == set()


def test_help_loads_nothing_heavy() -> None:
    loaded = _imported_by(
        "from click.testing import CliRunner; from voicedoc.cli import main; "
        "result = CliRunner().invoke(main, ['--help']); assert 'interpret' in result.output, result.output"
    )
    assert loaded & set(HEAVY) == set()


@pytest.mark.parametrize("command", ["interpret", "models", "pipelines", "check", "evaluate", "completion"])
def test_each_commands_help_loads_nothing_heavy(command: str) -> None:
    loaded = _imported_by(
        f"from click.testing import CliRunner; from voicedoc.cli import main; "
        f"result = CliRunner().invoke(main, ['{command}', '--help']); assert result.exit_code == 0, result.output"
    )
    assert loaded & (set(HEAVY) - {"numpy"}) == set()


def test_no_module_imports_a_heavy_library_at_its_top() -> None:
    offenders = []
    for path in SOURCES:
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            heavy = {name.split(".")[0] for name in names} & (set(HEAVY) - {"numpy"})
            offenders += [f"{path.relative_to(ROOT)}: {name}" for name in heavy]
    assert offenders == []


def test_nothing_prints() -> None:
    printers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.name != "start.py"  # runs before any library is installed
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printers == []


def test_no_error_is_swallowed_wholesale() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert offenders == []


def test_the_top_level_is_the_one_that_was_chosen() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    tops = {line.split("/")[0] for line in tracked if line}
    if not tops:
        pytest.skip("not a git checkout")
    assert tops <= {
        "pyproject.toml", "README.md", "LICENSE", ".gitignore", ".ci", "voicedoc", "models", "pipelines", "corpora",
        "desktop", "tests",
    }  # fmt: skip


FOLDERS = {path.parent for path in SOURCES} | {ROOT / name for name in ("models", "pipelines", "corpora", "tests")}


@pytest.mark.parametrize("folder", sorted(FOLDERS), ids=lambda folder: folder.name)
def test_every_folder_has_a_readme_of_one_screen(folder: Path) -> None:
    if folder == ROOT / "voicedoc":
        folder = ROOT
        limit = 400
    else:
        limit = 60
    lines = (folder / "README.md").read_text("utf-8").splitlines()
    assert 3 <= len(lines) <= limit


def test_telemetry_is_off_before_any_library_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import voicedoc, os; print(os.environ['HF_HUB_OFFLINE'], os.environ['DO_NOT_TRACK'])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "1"]
