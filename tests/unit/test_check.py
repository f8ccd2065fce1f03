"""`voicedoc check`: what it finds is so, and what it tells to do can be copied."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from voicedoc.cli import main
from voicedoc.cli.check import LIBRARIES
from voicedoc.registry import ROLES, backends
from voicedoc.shipped import shipped

pytestmark = pytest.mark.unit

SCRIPTED = """
[segment]
detector = "energy"
[recognize]
recognizer = "scripted"
options = { script = ["en: Hello."] }
"""


def text_of(*arguments: str) -> str:
    return CliRunner().invoke(main, ["check", *arguments]).output


def rows_of(*arguments: str) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in json.loads(CliRunner().invoke(main, ["check", *arguments, "--json"]).stdout):
        rows.setdefault(row["what"], []).append(row)
    return rows


def profile(folder: Path, text: str = "") -> str:
    path = folder / "mine.toml"
    path.write_text(SCRIPTED + text, "utf-8")
    return str(path)


def without(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """As if these were not installed."""
    for package in packages:
        monkeypatch.setitem(sys.modules, package, None)


# --- backends


def test_the_remedy_for_a_missing_package_is_printed_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "hibari", "fxtranslate")
    shown = text_of("--profile", "embedded")
    assert "-> pip install 'voicedoc[hibari]'\n" in shown
    assert "-> pip install 'voicedoc[fxtranslate]'\n" in shown


def test_every_extra_that_is_named_exists() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    extras = {library.extra for libraries in LIBRARIES.values() for library in libraries} - {""}
    assert [extra for extra in extras if f"\n{extra} = [" not in project] == []
    assert LIBRARIES.keys() <= {name for role in ROLES for name in backends(role)}


def test_a_package_that_every_installation_has_is_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "onnxruntime")
    row = rows_of("--profile", "embedded")["detector silero"][0]
    assert (row["works"], row["needed"], row["remedy"]) == (False, True, "pip install onnxruntime")


@pytest.mark.parametrize(("language", "asked"), [("pt", False), ("zh", True)])
def test_kokoro_needs_misaki_for_chinese_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, asked: bool
) -> None:
    without(monkeypatch, "misaki")
    voice = f'[[voices]]\nsynthesizer = "kokoro"\nlanguages = ["{language}"]\nquality = "good"\nstartup = 1.0\n'
    rows = rows_of("--profile", profile(tmp_path, voice))["synthesizer kokoro"]
    assert [row["remedy"] for row in rows if not row["works"]] == (["pip install 'voicedoc[kokoro]'"] if asked else [])


def test_the_systems_espeak_does_as_well_as_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "espeakng_loader")
    monkeypatch.setattr("ctypes.util.find_library", lambda name: f"lib{name}.so.1")
    assert all(row["works"] for row in rows_of("--profile", "embedded")["synthesizer kokoro"])
    monkeypatch.setattr("ctypes.util.find_library", lambda _: None)
    lacking = [row for row in rows_of("--profile", "embedded")["synthesizer kokoro"] if not row["works"]]
    assert [row["remedy"] for row in lacking] == ["pip install 'voicedoc[espeak]'"]


# --- programs of the system


def apertium(folder: Path, mode: str = "es-pt") -> str:
    options = f'{{ mode = "{mode}", modes = "{folder / "modes"}" }}'
    return f'[[translate]]\ntranslator = "apertium"\nsource = "es"\ntarget = "pt"\noptions = {options}\n'


def program(folder: Path, name: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("#!/bin/sh\nexec /bin/cat\n", "utf-8")
    (folder / name).chmod(0o755)


def test_apertium_without_its_programs_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    result = CliRunner().invoke(main, ["check", "--profile", profile(tmp_path, apertium(tmp_path))])
    assert result.exit_code == 1
    assert "Apertium is not installed" in result.output
    assert "-> apt install apertium-es-pt\n" in result.output


def test_apertium_without_the_mode_is_missing_and_with_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", "lt-proc")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    mine = profile(tmp_path, apertium(tmp_path))
    row = rows_of("--profile", mine)["translator apertium"][0]
    assert (row["works"], row["needed"]) == (False, True)
    assert row["remedy"] == "apt install apertium-es-pt"
    (tmp_path / "modes").mkdir()
    (tmp_path / "modes" / "es-pt.mode").write_text("lt-proc es-pt.bin\n", "utf-8")
    assert rows_of("--profile", mine)["translator apertium"][0]["works"]


def test_the_shipped_spanish_profile_looks_for_both_directions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (shipped("pipelines") / "embedded-es.toml").is_file()
    assert not any(row["works"] for row in rows_of("--profile", "embedded-es")["translator apertium"])


def test_options_that_do_not_fit_are_told_without_a_traceback(tmp_path: Path) -> None:
    mine = profile(tmp_path, apertium(tmp_path).replace("mode =", "mood ="))
    row = rows_of("--profile", mine)["translator apertium"][0]
    assert "mood" in row["detail"]
    assert not row["works"]


# --- the machine


def gpus(monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    library = ModuleType("ctranslate2")
    monkeypatch.setattr(library, "get_cuda_device_count", lambda: n, raising=False)
    library.__spec__ = SimpleNamespace()  # type: ignore[assignment]  # found where packages are looked for
    monkeypatch.setitem(sys.modules, "ctranslate2", library)


def test_a_gpu_is_needed_where_the_profile_asks_for_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    gpus(monkeypatch, 0)
    asked = rows_of("--profile", "workstation")["CUDA GPU"][0]
    assert (asked["works"], asked["needed"]) == (False, True)
    assert "'workstation' asks for one, for faster-whisper and ctranslate2" in asked["detail"]
    gpus(monkeypatch, 1)
    assert rows_of("--profile", "workstation")["CUDA GPU"][0]["works"]


@pytest.mark.parametrize("name", ["embedded", "embedded-es", "scripted"])
def test_a_profile_for_the_cpu_is_named_as_needing_no_gpu(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    gpus(monkeypatch, 0)
    row = rows_of("--profile", name)["CUDA GPU"][0]
    assert (row["works"], row["needed"]) == (False, False)
    assert row["remedy"] == f"none needed: the profile '{name}' asks for no GPU"


class Finder:
    """Stands in for `import sounddevice`: raises what the real one would, or gives what it finds."""

    def __init__(self, found: ModuleType | OSError) -> None:
        self._found = found

    def find_spec(self, name: str, *_: object) -> Any:
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, self) if name == "sounddevice" else None  # type: ignore[arg-type]

    def create_module(self, _spec: object) -> ModuleType | None:
        if isinstance(self._found, OSError):
            raise self._found
        return self._found

    def exec_module(self, _module: ModuleType) -> None: ...


MICROPHONE = {
    "name": "Yeti", "hostapi": 0, "max_input_channels": 1, "max_output_channels": 0, "default_samplerate": 44100.0,
}  # fmt: skip
SPEAKER = MICROPHONE | {"name": "Speaker", "max_input_channels": 0, "max_output_channels": 2}


class PortAudioError(Exception):
    """What PortAudio raises."""


def install_sound(monkeypatch: pytest.MonkeyPatch, found: list[Mapping[str, Any]] | Exception) -> None:
    """A sound system that lists these devices, or fails so."""

    def query_devices() -> list[Mapping[str, Any]]:
        if isinstance(found, Exception):
            raise found
        return found

    module = ModuleType("sounddevice")
    defaults = SimpleNamespace(device=(0, 1))
    hosts = [{"name": "ALSA"}]
    vars(module).update(
        query_devices=query_devices, default=defaults, query_hostapis=lambda: hosts, PortAudioError=PortAudioError
    )
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(found if isinstance(found, OSError) else module), *sys.meta_path])


def sound(monkeypatch: pytest.MonkeyPatch, found: list[Mapping[str, Any]] | Exception) -> Mapping[str, Any]:
    install_sound(monkeypatch, found)
    return rows_of("--profile", "scripted")["sound devices"][0]


def test_without_portaudio_the_library_is_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sound(monkeypatch, OSError("PortAudio library not found"))
    assert not row["works"]
    assert row["remedy"] == "apt-get install libportaudio2"


def test_with_portaudio_and_no_device_one_is_to_be_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sound(monkeypatch, [])["remedy"].startswith("plug in a microphone")
    assert sound(monkeypatch, [MICROPHONE | {"max_output_channels": 2}])["works"]


def test_what_is_missing_of_microphone_and_loudspeaker_is_what_the_remedy_is_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sound(monkeypatch, [SPEAKER])["remedy"].startswith("plug in a microphone, and see")
    row = sound(monkeypatch, [MICROPHONE])
    assert not row["works"] and "voicedoc live --silent" in row["remedy"]


def test_a_sound_system_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sound(monkeypatch, PortAudioError("Host error"))
    assert not row["works"] and "Host error" in row["detail"] and row["remedy"]


def test_each_microphone_and_loudspeaker_is_listed_with_what_options_take(monkeypatch: pytest.MonkeyPatch) -> None:
    install_sound(monkeypatch, [MICROPHONE, SPEAKER])
    rows = rows_of("--profile", "scripted")
    assert [row["detail"] for row in rows["microphone"]] == ["0 Yeti (ALSA): 1 channel, 44100 Hz, the default"]
    assert [row["detail"] for row in rows["loudspeaker"]] == ["1 Speaker (ALSA): 2 channels, 44100 Hz, the default"]
    assert rows["microphone"][0]["about"] == {
        "number": 0, "name": "Yeti", "host": "ALSA", "channels": 1, "rate": 44100, "default": True,
    }  # fmt: skip
    text = text_of("--profile", "scripted")
    assert "microphone" in text and "0 Yeti (ALSA): 1 channel, 44100 Hz, the default" in text


def test_the_model_that_finds_phrases_by_meaning_is_not_needed_and_has_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VOICEDOC_MODELS", str(tmp_path))
    row = rows_of("--profile", "scripted")["model multilingual-e5-small"][0]
    assert (row["works"], row["needed"]) == (False, False)
    assert row["remedy"] == "voicedoc models pull multilingual-e5-small"
    assert "by their letters" in row["detail"]


def test_without_sounddevice_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "sounddevice")
    assert "-> pip install 'voicedoc[audio]'" in text_of("--profile", "scripted")
