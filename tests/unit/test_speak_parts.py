"""Letters, sound and child processes: what the voices are built from."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from voicedoc.errors import BackendFailed, BackendUnavailable, Unspeakable
from voicedoc.speak.kokoro import _ALPHABET, _pieces, _translated
from voicedoc.speak.letters import check_script, fold
from voicedoc.speak.phonemes import EspeakProcess, voice_of
from voicedoc.speak.process import ChildProcess
from voicedoc.speak.sound import finished

pytestmark = pytest.mark.unit

ECHO = """
import json, os, sys
for line in sys.stdin:
    request = json.loads(line)
    if request.get("die"):
        os._exit(3)
    answer = {"error": "refused"} if request.get("refuse") else {"pid": os.getpid(), "modules": sorted(sys.modules)}
    sys.stdout.write(json.dumps(answer) + "\\n")
    sys.stdout.flush()
"""


@pytest.fixture
def child(tmp_path: Path) -> ChildProcess:
    script = tmp_path / "echo.py"
    script.write_text(ECHO, "utf-8")
    return ChildProcess(script, name="echo")


def test_a_child_answers_and_lives_on(child: ChildProcess) -> None:
    assert child.ask(do="x")["pid"] == child.ask(do="x")["pid"]
    child.close()


def test_a_child_imports_nothing_of_ours(child: ChildProcess) -> None:
    assert not [name for name in child.ask(do="x")["modules"] if name.startswith("voicedoc")]
    child.close()


def test_a_refusal_is_an_error_and_the_child_lives_on(child: ChildProcess) -> None:
    pid = child.ask(do="x")["pid"]
    with pytest.raises(BackendFailed, match="refused"):
        child.ask(refuse=True)
    assert child.ask(do="x")["pid"] == pid
    child.close()


def test_a_child_that_dies_is_started_again(child: ChildProcess) -> None:
    pid = child.ask(do="x")["pid"]
    with pytest.raises(BackendFailed, match="died"):
        child.ask(die=True)
    assert child.ask(do="x")["pid"] != pid
    child.close()


def test_a_child_that_cannot_start_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BackendFailed):
        ChildProcess(tmp_path / "missing.py", name="missing").ask(do="x")


def test_a_missing_library_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "missing.py"
    script.write_text('import sys; sys.stdin.readline(); print(\'{"missing": "libespeak-ng.so.1"}\')', "utf-8")
    monkeypatch.setattr("voicedoc.speak.phonemes._SCRIPT", script)
    with pytest.raises(BackendUnavailable, match=r"libespeak-ng\.so\.1") as missing:
        EspeakProcess()
    assert missing.value.remedy == "pip install 'voicedoc[espeak]'"


def test_nothing_of_espeak_is_loaded_here() -> None:
    import voicedoc.speak.phonemes  # noqa: F401

    assert not {"espeakng_loader", "phonemizer", "misaki.espeak"} & sys.modules.keys()


@pytest.mark.parametrize(
    ("tag", "voice"), [("pt", "pt-br"), ("pt-BR", "pt-br"), ("pt-PT", "pt"), ("en", "en-us"), ("fr-CA", "fr")]
)
def test_espeak_names_its_voices_in_its_own_way(tag: str, voice: str) -> None:
    assert voice_of(tag) == voice


def test_letters_of_another_script_are_refused() -> None:
    check_script("ibuprofen लें", "hi")
    check_script("一日三回、ー", "ja")
    with pytest.raises(Unspeakable, match="cyrillic"):
        check_script("Ибупрофен", "pt")
    with pytest.raises(Unspeakable, match="latin"):
        check_script("服用 ibuprofen", "zh", latin=False)


def test_foreign_accents_are_folded_and_own_ones_kept() -> None:
    assert fold("João, Straße, señor", "ñ") == "Joao, Strasse, señor"
    with pytest.raises(Unspeakable):
        fold("ʃ", "")


def test_sound_keeps_its_pauses_and_loses_its_edges() -> None:
    rate = 1000
    tone = np.full(300, 0.5, np.float32)
    sound = np.concatenate([np.zeros(500), tone, np.zeros(400), tone, np.zeros(700)]).astype(np.float32)
    assert finished(sound, rate, "ab").size == 30 + 300 + 400 + 300 + 150


@pytest.mark.parametrize(
    ("samples", "reason"),
    [
        (np.zeros(100), "0.00 s"),
        (np.zeros(0), "0.00 s"),
        (np.full(50, 0.5), "at least"),
        (np.array([0.5, np.nan]), "no numbers"),
    ],
)
def test_sound_that_cannot_be_the_text_is_a_failure(samples: np.ndarray, reason: str) -> None:
    with pytest.raises(BackendFailed, match=reason):
        finished(samples.astype(np.float32), 1000, "a whole sentence of words")


def test_kokoro_reads_espeaks_diphthongs_as_one_sign() -> None:
    assert _translated("dˈo^ɪz d^ʒˈia", _ALPHABET) == "dˈoɪz ʤˈia"
    assert _translated("।", _ALPHABET) == "."


def test_long_phonemes_are_cut_at_punctuation_without_loss() -> None:
    phonemes = ("tomi " * 30 + "ɡota. ") * 6
    pieces = _pieces(phonemes.strip())
    assert all(len(piece) <= 500 and piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == phonemes.strip()
