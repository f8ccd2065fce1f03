"""The program that loads eSpeak NG. Run as a script, never imported by VoiceDoc.

Licence boundary: eSpeak NG is GPL-3.0-or-later. VoiceDoc neither links nor imports it: this file is started as a
separate program, is told what to do through a pipe in plain JSON, and answers in plain JSON. It uses nothing of
VoiceDoc. Whoever ships this program together with the library ships that combination under the GPL; the rest stays
as it is.

Requests and their answers, one JSON object a line:
    {"do": "hello"} → {"version": ...}, or {"missing": why} where the library cannot be loaded
    {"do": "phonemes", "voice": "pt-br", "text": ...} → {"parts": [IPA, punctuation, ...], "silent": [words]}
    {"do": "speak", "voice": ..., "text": ...} → {"rate": 22050, "pcm": base64 of 16-bit mono}
    any that fails → {"error": why}
"""

from __future__ import annotations

import base64
import ctypes
import ctypes.util
import json
import re
import sys
from typing import Any

SYNCHRONOUS, UTF8, IPA_WITH_TIE = 2, 1, 0x02 | 1 << 7 | ord("^") << 8
_PUNCTUATION = re.compile(r"([;:,.!?¡¿—–…\"«»“”„()।॥؟،؛。、，；：？！]+)")
_SWITCH = re.compile(r"\([\^a-z-]+\)")  # "(^e^n)": espeak marks that it changes the language within a text
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """libespeak-ng through ctypes."""

    def __init__(self) -> None:
        self._library, data = _load()
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_Info.restype = ctypes.c_char_p
        self.rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, data, 0)
        if self.rate <= 0:
            raise OSError("espeak-ng cannot read its data")
        self._pcm = bytearray()
        self._collector = _CALLBACK(self._collect)
        self._library.espeak_SetSynthCallback(self._collector)
        self._voice = ""
        self._silent: dict[tuple[str, str], bool] = {}

    def version(self) -> str:
        return str(self._library.espeak_Info(None).decode())

    def phonemes(self, voice: str, text: str) -> dict[str, Any]:
        """IPA between punctuation, which is kept, and the words that have no phonemes of their own."""
        self._select(voice)
        parts = [self._ipa(p) if not _PUNCTUATION.fullmatch(p) else p for p in _PUNCTUATION.split(text) if p.strip()]
        words = {word for part in _PUNCTUATION.split(text) for word in part.split() if any(map(str.isalpha, word))}
        return {"parts": parts, "silent": sorted(word for word in words if self._is_silent(voice, word))}

    def speak(self, voice: str, text: str) -> dict[str, Any]:
        self._select(voice)
        self._pcm.clear()
        encoded = text.encode()
        if self._library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, UTF8, None, None):
            raise ValueError("synthesis failed")
        return {"rate": self.rate, "pcm": base64.b64encode(bytes(self._pcm)).decode()}

    def _select(self, voice: str) -> None:
        if voice != self._voice and self._library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"no voice {voice!r}")
        self._voice = voice

    def _is_silent(self, voice: str, word: str) -> bool:
        if (voice, word) not in self._silent:
            self._silent[voice, word] = not any(map(str.isalpha, self._ipa(word)))
        return self._silent[voice, word]

    def _ipa(self, text: str) -> str:
        buffer = ctypes.create_string_buffer(text.strip().encode() + b"\0")
        rest = ctypes.c_void_p(ctypes.addressof(buffer))
        clauses = []
        while rest.value:
            clauses.append(self._library.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, IPA_WITH_TIE) or b"")
        return _SWITCH.sub("", " ".join(clause.decode() for clause in clauses if clause)).strip()

    def _collect(self, samples: Any, n_samples: int, _: Any) -> int:
        if samples and n_samples > 0:
            self._pcm += ctypes.string_at(samples, 2 * n_samples)
        return 0


def _load() -> tuple[Any, bytes | None]:
    """The library from the package espeakng-loader, else the system's; and its data folder."""
    try:
        import espeakng_loader
    except ImportError:
        name = ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1"
        return ctypes.CDLL(name), None
    return ctypes.CDLL(espeakng_loader.get_library_path()), espeakng_loader.get_data_path().encode()


def _answer(espeak: Espeak, request: dict[str, str]) -> dict[str, Any]:
    try:
        if request["do"] == "speak":
            return espeak.speak(request["voice"], request["text"])
        if request["do"] == "phonemes":
            return espeak.phonemes(request["voice"], request["text"])
        return {"version": espeak.version()}
    except ValueError as error:
        return {"error": str(error)}


def main() -> None:
    """Answer requests until the pipe closes."""
    try:
        espeak = Espeak()
    except OSError as error:
        sys.stdin.readline()
        sys.stdout.write(json.dumps({"missing": str(error)}) + "\n")
        return
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(espeak, json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
