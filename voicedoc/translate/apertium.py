"""Apertium, the rule-based translator of Debian (GPL): in processes of its own, which stay up."""

from __future__ import annotations

import re
import select
import shlex
import shutil
import subprocess
import time
import weakref
from pathlib import Path

from voicedoc.core.cards import LoadedModel
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError
from voicedoc.registry import did_you_mean
from voicedoc.translate.languages import tag_of
from voicedoc.translate.outcome import outcome
from voicedoc.translate.role import require_pair
from voicedoc.translate.sentences import translate_by_sentence

MODES = Path("/usr/share/apertium/modes")

_RESERVED = re.compile(r"([\[\]{}^$/\\@<>])")
_ESCAPED = re.compile(r"\\([\[\]{}^$/\\@<>])")
_MARKED = re.compile(r"[*@#](\w[\w'’-]*)")
"""A word that is unknown (*), has no translation (@) or cannot be inflected (#); it stands there untranslated."""
_END = ".[][\n]"
"""Ends what is sent: a full stop, since the tagger waits for one, and a blank that is passed through."""


class Apertium:
    """A `Translator` for one mode, e.g. "es-pt". Unknown words are kept as they are, each a doubt "unknown: <word>".

    Raises:
        BackendUnavailable: If Apertium or the pair is not installed.
        ConfigError: If the mode is not one of those installed for its pair.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        mode: str,
        timeout: float = 5.0,
        modes: str = "",
    ) -> None:
        self.name = f"apertium-{mode}"
        first, _, second = mode.partition("-")
        self._source, self._target = tag_of(first), tag_of(second)
        self._timeout = timeout
        self._commands = _commands(mode, Path(modes) if modes else MODES)
        self._pipeline = _Pipeline(self._commands)

    def supports(self, source: str, target: str) -> bool:
        """Whether this is the mode's direction."""
        return same_language(source, self._source) and same_language(target, self._target)

    def translate(self, text: str, *, source: str, target: str) -> Translation:
        """See `Translator`."""
        require_pair(self, source, target)
        marked = translate_by_sentence(text, self._translate_sentence, target=target)
        unknown = dict.fromkeys(f"unknown: {word}" for word in _MARKED.findall(marked))
        output = _MARKED.sub(r"\1", marked)
        return outcome(text, output, source=source, target=target, model=self.name, doubts=tuple(unknown))

    def close(self) -> None:
        """End the processes."""
        self._pipeline.close()

    def _translate_sentence(self, sentence: str) -> str:
        """Through the pipeline; through a fresh one if it has died or hangs, once."""
        try:
            return self._pipeline.translate(sentence, self._timeout)
        except OSError:
            self._pipeline.close()
            self._pipeline = _Pipeline(self._commands)
        try:
            return self._pipeline.translate(sentence, self._timeout)
        except OSError as error:
            raise BackendFailed(
                f"'{self.name}' gave nothing for a text of {len(sentence)} characters: {error}",
                remedy=f"try it by hand: echo … | apertium {self.name.removeprefix('apertium-')}",
            ) from error


class _Pipeline:
    """The mode's programs, each reading the one before, flushing at every null byte."""

    def __init__(self, commands: list[list[str]]) -> None:
        processes: list[subprocess.Popen[bytes]] = []
        for command in commands:
            upstream = processes[-1].stdout if processes else subprocess.PIPE
            processes.append(
                subprocess.Popen(command, stdin=upstream, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
            )
            if len(processes) > 1 and (handed_on := processes[-2].stdout):
                handed_on.close()  # the child has it; were we to hold it too, a dead reader would go unnoticed
        self._first, self._last = processes[0].stdin, processes[-1].stdout
        self.close = weakref.finalize(self, _end, processes)

    def translate(self, text: str, timeout: float) -> str:
        """One line of text.

        Raises:
            OSError: If a program has ended, or nothing came within `timeout` seconds.
        """
        if self._first is None or self._last is None:
            raise OSError("no pipes")
        self._first.write(_RESERVED.sub(r"\\\1", " ".join(text.split())).encode() + _END.encode() + b"\0")
        received = b""
        deadline = time.monotonic() + timeout
        while not received.endswith(b"\0"):
            if not select.select([self._last], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError(f"no answer within {timeout:g} s")
            block = self._last.read(65536)
            if not block:
                raise BrokenPipeError("a program of the pipeline has ended")
            received += block
        answer = received[:-1].decode("utf-8", "replace").partition("[]")[0].removesuffix(".")
        return _ESCAPED.sub(r"\1", answer).strip()


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _commands(mode: str, modes: Path) -> list[list[str]]:
    """The programs of a mode with their arguments, each told to flush at null bytes, marking unknown words."""
    if not shutil.which("lt-proc"):
        raise BackendUnavailable("Apertium is not installed", remedy=f"apt install {_package(mode)}")
    path = modes / f"{mode}.mode"
    if not path.is_file():
        installed = sorted(file.stem for file in modes.glob("*.mode"))
        if any(file.partition("-")[0] == mode.partition("-")[0] for file in installed):
            raise ConfigError(f"Apertium has no mode '{mode}'", remedy=did_you_mean(mode, installed))
        raise BackendUnavailable(f"Apertium has no mode '{mode}'", remedy=f"apt install {_package(mode)}")
    line = path.read_text("utf-8").strip().replace("$1", "-g").replace("$2", "")
    commands = [shlex.split(part) for part in line.split("|")]
    for command in commands:
        if not shutil.which(command[0]):
            raise BackendUnavailable(
                f"Apertium's mode '{mode}' needs the program {command[0]}", remedy=f"apt install {_package(mode)}"
            )
        command.insert(1, "-z")
    return commands


def _package(mode: str) -> str:
    """Debian names a pair's package by its languages in alphabetical order."""
    return "apertium-" + "-".join(sorted(part.partition("_")[0] for part in mode.split("-")))
