"""Apertium's processes: unknown words, deaths, hangs, and what is not installed."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError
from voicedoc.translate.apertium import MODES, Apertium

pytestmark = pytest.mark.unit


@pytest.fixture
def apertium() -> Iterator[Apertium]:
    if not (shutil.which("lt-proc") and (MODES / "es-pt.mode").is_file()):
        pytest.skip("Apertium is not installed: apt install apertium-es-pt")
    translator = Apertium(mode="es-pt")
    yield translator
    translator.close()


def _children() -> list[psutil.Process]:
    return psutil.Process().children()


def test_unknown_words_are_kept_and_doubted(apertium: Apertium) -> None:
    made = apertium.translate("Me duele el xyzzy. ¿Tiene fiebre?", source="es-MX", target="pt")
    assert "xyzzy" in made.text and "*" not in made.text
    assert made.doubts == ("unknown: xyzzy",)
    assert made.models == ("apertium-es-pt",)


@pytest.mark.parametrize("text", ["Tome 2,5 mg a las 10:30.", "a [b] {c} ^d$ e/f \\ <g>", "Tengo 38,5 °C @ 5"])
def test_numbers_and_reserved_characters_survive(apertium: Apertium, text: str) -> None:
    made = apertium.translate(text, source="es", target="pt").text
    kept = [character for character in text if not character.isalpha() and not character.isspace()]
    assert [character for character in made if character in kept] == kept


def test_a_dead_program_is_started_again(apertium: Apertium) -> None:
    before = apertium.translate("Tengo fiebre.", source="es", target="pt")
    for child in _children():
        child.kill()
        child.wait()
    assert apertium.translate("Tengo fiebre.", source="es", target="pt") == before


def test_closing_ends_every_process(apertium: Apertium) -> None:
    n_children = len(_children())
    assert n_children >= 5
    apertium.close()
    assert len(_children()) == n_children - 6


def _fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A mode "es-pt" of one program, `lt-proc`, that is a shell script."""
    program = folder / "lt-proc"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    (folder / "es-pt.mode").write_text("lt-proc 'a b.bin'", "utf-8")
    return folder


@pytest.mark.parametrize(("script", "problem"), [("exit 3", "ended|Broken"), ("exec sleep 60", "no answer within")])
def test_a_program_that_dies_or_hangs_twice_fails_the_item(
    script: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator = Apertium(mode="es-pt", modes=str(_fake(tmp_path, monkeypatch, script)), timeout=0.2)
    with pytest.raises(BackendFailed, match=problem) as caught:
        translator.translate("Secreto.", source="es", target="pt")
    assert "Secreto" not in str(caught.value)
    translator.close()


def test_a_missing_program_or_pair_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackendUnavailable) as caught:
        Apertium(mode="pt-es")
    assert caught.value.remedy == "apt install apertium-es-pt"
    modes = _fake(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(BackendUnavailable) as caught:
        Apertium(mode="pt-es", modes=str(modes))
    assert caught.value.remedy == "apt install apertium-es-pt"
    with pytest.raises(ConfigError) as mistyped:
        Apertium(mode="es-pr", modes=str(modes))
    assert "es-pt" in mistyped.value.remedy
