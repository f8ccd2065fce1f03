"""Visits for the app's processes without a sound card or models: what is heard is a file, what is said has a script."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicedoc_desktop.process.task import Here
from voicedoc_desktop.tasks.visit import HoldVisit, VisitEnded

from tests.helpers.desktop_tasks import cheap_keys
from tests.helpers.mortal import LINES, paced_microphone
from tests.helpers.sounds import bursts
from voicedoc.capture.chunks import as_pcm
from voicedoc.capture.devices import Device, Microphone
from voicedoc.capture.recorder import Input
from voicedoc.core.audio import Samples
from voicedoc.runtime.clock import WallClock
from voicedoc.shipped import shipped
from voicedoc.speak.loudspeaker import Loudspeaker
from voicedoc.speak.scripted_loudspeaker import ScriptedLoudspeaker
from voicedoc.store.keys import Keys


@dataclass(frozen=True)
class FileSound:
    """A `SoundSystem` whose microphone hears a file at its own pace, every time from its beginning.

    What is read out is noted in the file `said`, one line for each sentence.
    """

    heard: Path
    said: Path

    def devices(self) -> list[Device]:
        return [Device(0, "Yeti", 2, 0, 48000, True, False), Device(1, "Speaker", 0, 2, 48000, False, True)]

    def open_input(self, microphone: Microphone, /, *, substitutes: bool) -> Input:
        return paced_microphone(self.heard, self.heard.with_suffix(".log"))(microphone, substitutes=substitutes)

    def loudspeaker(self, position: Callable[[], float], device: str) -> Loudspeaker:
        del position
        assert device in ("", "Speaker")
        return ScriptedLoudspeaker(WallClock(), block=0.02)

    def play(self, samples: Samples, rate: int, device: str, stopping: threading.Event) -> None:
        with self.said.open("a") as file:
            file.write(f"{len(samples)}\n")
        stopping.wait(0.05)


def file_sound(folder: Path, n_bursts: int = 20, pause: float = 1.6) -> FileSound:
    """Somebody says something 0.4 s long after every pause, in seconds."""
    as_pcm(bursts(n_bursts, seconds=0.4, pause=pause)[:, None]).tofile(folder / "sound")
    return FileSound(folder / "sound", folder / "said")


def scripted_profile(
    folder: Path, lines: Sequence[str] = LINES * 10, translated: Mapping[str, str] | None = None
) -> str:
    """The profile "scripted" in which utterance n has line n, however often it is read; the file's path.

    `translated` are other translations than its own.
    """
    text = (shipped("pipelines") / "scripted.toml").read_text("utf-8")
    before, _, rest = text.partition("options = { script = [")
    script = ", ".join(json.dumps(line, ensure_ascii=False) for line in lines)
    text = f"{before}options = {{ numbered = true, script = [{script}{rest[rest.index(']') :]}"
    for own, other in (translated or {}).items():
        assert own in text
        text = text.replace(own, other)
    path = folder / "scripted.toml"
    path.write_text(text, "utf-8")
    return str(path)


class NetworkTouched(AssertionError):
    """A process tried to leave the machine."""


def guard_network() -> None:
    """From now on this process connects to nothing."""

    def refuse(*arguments: Any, **options: Any) -> Any:
        raise NetworkTouched(f"{arguments[1:]}")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse


@dataclass(frozen=True)
class GuardedVisit(HoldVisit):
    """A visit in whose process every connection is an error, and a passphrase costs nothing."""

    def run(self, here: Here) -> VisitEnded:
        guard_network()
        if Keys().work > 2:
            cheap_keys()
        return HoldVisit.run(self, here)
