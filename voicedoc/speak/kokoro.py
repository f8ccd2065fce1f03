"""Kokoro v1.0 (82 M parameters, int8 ONNX): Portuguese, Spanish, French, Italian, Hindi, Chinese, English.

Apache-2.0. Phonemes come from eSpeak NG, in a process of its own, and for Chinese from misaki (MIT). They are written
in misaki's alphabet; what the model's vocabulary lacks is mapped here by name, and anything else stops the clause: no
symbol is dropped in silence.
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from voicedoc.core.audio import Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, Unspeakable
from voicedoc.registry import missing_package
from voicedoc.speak.letters import check_script, subtag_of
from voicedoc.speak.onnx import onnx_errors
from voicedoc.speak.phonemes import EspeakProcess

RATE = 24_000
_MOST_TOKENS = 500
"""The model reads 510 at most, with its two paddings."""
_VOICES = {
    "en": "af_heart",
    "es": "ef_dora",
    "fr": "ff_siwis",
    "hi": "hf_alpha",
    "it": "if_sara",
    "pt": "pf_dora",
    "zh": "zf_xiaoxiao",
}
_ALPHABET = (
    ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("o^ʊ", "O"), ("ə^ʊ", "Q"), ("s^s", "S"),
    ("t^s", "ʦ"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("^", ""), ("-", ""),
)  # fmt: skip
"""Source: misaki 0.9.4 (Apache-2.0), `misaki/espeak.py`, `EspeakG2P.e2m`."""
_ENGLISH = (
    ("ə^l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"),
    ("ɬ", "l"), ("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""), ("ɾ", "T"), ("ʔ", "t"),
)  # fmt: skip
"""Source: misaki 0.9.4, `misaki/espeak.py`, `EspeakFallback`, the American half."""
_PUNCTUATION = str.maketrans({
    "।": ".", "॥": ".", "؟": "?", "،": ",", "؛": ";", "–": "—", "«": "“", "»": "”", "„": "“", "¿": None, "¡": None,
    "。": ".", "、": ",", "，": ",", "；": ";", "：": ":", "？": "?", "！": "!",
})  # fmt: skip
_NEAREST = str.maketrans(
    {"ʏ": "y", "ɫ": "l", "ɭ": "l", "ɱ": "m", "ɵ": "o", "ʑ": "ʒ", "\u0329": "ᵊ", "ʈ": "ʈ", "\u032a": None, "g": "ɡ"}
)
"""Sounds that the vocabulary lacks, with the nearest that it has; a dental mark changes nothing that is heard."""


class Kokoro:
    """A `Synthesizer`, 24 kHz. `voice` names one of the model's voices; without it each language has its own.

    `model` holds `kokoro-v1.0.int8.onnx`, `vocab.json` and `voices/*.bin`. `languages` narrows what it may speak.

    Raises:
        BackendUnavailable: If espeak-ng is missing, or misaki where Chinese is asked for by name.
    """

    def __init__(
        self,
        model: LoadedModel,
        *,
        languages: list[str] | None = None,
        voice: str = "",
        threads: int = 2,
        speed: float = 1.0,
    ) -> None:
        import onnxruntime

        self._folder = model.path
        self._vocabulary = _vocabulary(model.path / "vocab.json")
        self._languages = frozenset(languages or _VOICES)
        if unknown := sorted(self._languages - _VOICES.keys()):
            raise ConfigError(
                f"Kokoro does not speak {', '.join(unknown)}", remedy=f"it speaks {', '.join(sorted(_VOICES))}"
            )
        self._voice, self._speed = voice, np.array([speed], np.float32)
        self._styles: dict[str, Samples] = {}
        self._espeak = EspeakProcess() if self._languages - {"zh"} else None
        self._chinese = _chinese_reader() if languages and "zh" in languages else None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
        # Threads that wait by spinning take the cores from recognition, which runs beside: a quarter of its work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._runtime, self._errors = onnxruntime, onnx_errors()
        weights = str(model.path / "kokoro-v1.0.int8.onnx")
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    @property
    def rate(self) -> int:
        """24000."""
        return RATE

    @property
    def languages(self) -> frozenset[str]:
        """As configured."""
        return self._languages

    @property
    def voice(self) -> str:
        """The model's name, and the voice's where one was chosen."""
        return f"kokoro {self._voice}".strip()

    def synthesize(self, text: str, *, language: str) -> Speech:
        """One chunk for most clauses, more where one has over 500 phonemes. `close` aborts even within a chunk."""
        phonemes = self.phonemes(text, language)
        style = self._style(self._voice or _VOICES[subtag_of(language)])
        return Speech(self, _pieces(phonemes), style)

    def phonemes(self, text: str, language: str) -> str:
        """What the model reads: symbols of its vocabulary only.

        Raises:
            Unspeakable: If a word or a sound would be lost.
        """
        subtag = subtag_of(language)
        if subtag not in self._languages:
            raise BackendFailed(f"Kokoro does not speak '{language}' here", remedy="add it to the voice's languages")
        check_script(text, language, latin=subtag != "zh")
        phonemes = self._read_chinese(text) if subtag == "zh" else self._read(text, language)
        if strange := sorted({mark for mark in phonemes if mark not in self._vocabulary}):
            named = ", ".join(f"U+{ord(mark):04X}" for mark in strange)
            raise Unspeakable(f"Kokoro has no sound for {named} in '{language}'", remedy="read it on the screen")
        if not any(map(str.isalpha, phonemes)):
            raise Unspeakable("there is nothing to say", remedy="read it on the screen")
        return phonemes

    def run(self, phonemes: str, style: Samples, options: Any) -> Samples:
        """The sound of one piece. Blocks for about 0.7 s per second of speech."""
        tokens = [self._vocabulary[mark] for mark in phonemes]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style[len(tokens)][None],
            "speed": self._speed,
        }
        try:
            (sound,) = self._session.run(None, inputs, options)
        except self._errors as error:
            raise BackendFailed(f"Kokoro could not speak: {error}", remedy="choose another voice") from error
        return as_samples(np.asarray(sound, np.float32).ravel())

    def run_options(self) -> Any:
        """Through these a run can be told to stop, from any thread."""
        return self._runtime.RunOptions()

    def _read(self, text: str, language: str) -> str:
        if self._espeak is None:
            raise BackendFailed(
                f"Kokoro was made for Chinese only, not for '{language}'", remedy="name it in 'languages'"
            )
        parts = self._espeak.phonemes(text, language=language)
        table = (*_ENGLISH, *_ALPHABET) if language.startswith("en") else _ALPHABET
        phonemes = " ".join(_translated(part, table) for part in parts).translate(_NEAREST)
        return re.sub(r"\s+([;:,.!?…”])", r"\1", phonemes).strip()

    def _read_chinese(self, text: str) -> str:
        if self._chinese is None:
            self._chinese = _chinese_reader()
        return str(self._chinese(text)[0]).translate(_PUNCTUATION).translate(_NEAREST).strip()

    def _style(self, voice: str) -> Samples:
        """Shape (510, 256): one row for each number of phonemes."""
        if voice not in self._styles:
            path = self._folder / "voices" / f"{voice}.bin"
            if not path.is_file():
                raise BackendFailed(f"Kokoro has no voice '{voice}'", remedy=f"known: {_known(path.parent)}")
            self._styles[voice] = np.fromfile(path, np.float32).reshape(510, 256)
        return self._styles[voice]


class Speech(Iterator[Samples]):
    """The sound of one text, piece by piece. `close` may be called from any thread and aborts the piece in hand."""

    def __init__(self, kokoro: Kokoro, pieces: list[str], style: Samples) -> None:
        self._kokoro, self._pieces, self._style = kokoro, iter(pieces), style
        self._options = kokoro.run_options()
        self._closed = False

    def __next__(self) -> Samples:
        """Raises: BackendFailed: If it was closed in the middle of this piece."""
        if self._closed:
            raise StopIteration
        return self._kokoro.run(next(self._pieces), self._style, self._options)

    def close(self) -> None:
        """Stop: the piece in hand ends within some 20 ms."""
        self._closed = True
        self._options.terminate = True


def _vocabulary(path: Path) -> dict[str, int]:
    table = json.loads(path.read_text("utf-8"))
    return {str(mark): int(token) for mark, token in table.get("vocab", table).items()}


def _translated(part: str, table: tuple[tuple[str, str], ...]) -> str:
    """A part's IPA in the model's alphabet; punctuation in the model's punctuation."""
    if not any(map(str.isalpha, part)):
        return part.translate(_PUNCTUATION)
    for ipa, symbol in table:
        part = part.replace(ipa, symbol)
    return part


def _pieces(phonemes: str) -> list[str]:
    """At most 500 symbols each, cut after punctuation where there is some, else between words."""
    pieces, rest = [], phonemes
    while len(rest) > _MOST_TOKENS:
        window = rest[:_MOST_TOKENS]
        cuts = [found.end() for found in re.finditer(r"[.,;:!?]\s", window)] or [
            found.end() for found in re.finditer(r"\s", window)
        ]
        cut = cuts[-1] if cuts else _MOST_TOKENS
        pieces.append(rest[:cut].strip())
        rest = rest[cut:]
    return [*pieces, rest.strip()]


def _chinese_reader() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # jieba's patterns have invalid escapes, which Python warns of when it compiles them
            from misaki.zh import ZHG2P
    except ImportError as error:
        raise missing_package(error, "kokoro") from error
    logging.getLogger("jieba").setLevel(logging.WARNING)  # it reports its progress on stderr
    return ZHG2P()


def _known(folder: Path) -> str:
    return ", ".join(sorted(path.stem for path in folder.glob("*.bin")))
