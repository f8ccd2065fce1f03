"""`voicedoc check`: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import click

from voicedoc.cli.pipelines import complete_profile

if TYPE_CHECKING:
    from voicedoc.capture.devices import Device, Direction
    from voicedoc.profiles import Profile


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `needed`: the profile does not run without it. `about` has figures for programs."""

    what: str
    works: bool
    detail: str
    remedy: str = ""
    needed: bool = False
    about: Mapping[str, str | int | bool] = field(default_factory=dict)


@click.command(epilog="Exit status: 0 if the profile can run, 1 if something that it needs is missing.")
@click.option(
    "--profile",
    default="embedded",
    show_default=True,
    shell_complete=complete_profile,
    help="A profile's name or path.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(profile: str, as_json: bool) -> None:
    """Say what works on this machine: packages, models, microphones and loudspeakers, GPU; what to do about the rest.

    A device's number, or part of its name, is what `voicedoc live --microphone` and `--loudspeaker` take.
    """
    from voicedoc.profiles import load_profile

    loaded = load_profile(profile)
    checks = [_python(), *_backends(loaded), *_models(loaded), _meanings(), *_sound(), _gpu(loaded)]
    if as_json:
        click.echo(json.dumps([asdict(item) for item in checks], ensure_ascii=False))
    else:
        _show(checks)
    if any(item.needed and not item.works for item in checks):
        raise SystemExit(1)


def _show(checks: list[Check]) -> None:
    """One line each, and one for what to do, never broken, so that it can be copied."""
    width = max(len(item.what) for item in checks)
    for item in checks:
        mark, colour = ("ok", "green") if item.works else ("missing", "red") if item.needed else ("no", "yellow")
        click.echo(f"{click.style(f'{mark:7}', fg=colour)}  {item.what:{width}}  {item.detail}")
        if not item.works:
            click.echo(f"{'':7}  {'':{width}}  -> {item.remedy}")


def _python() -> Check:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Check("Python", True, f"{platform.python_version()} on {platform.machine()}, {cores} cores", needed=True)


# --- backends


@dataclass(frozen=True)
class Use:
    """One backend as a profile uses it."""

    role: str
    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """Its name in the list."""
        return f"{self.role.removesuffix('s')} {self.name}"


@dataclass(frozen=True)
class Library:
    """A package that a backend imports when it is constructed. `extra` is ours that brings it; "" where all have it.

    `system` is a shared library of the system that does as well. `language`: only that one needs the package.
    """

    package: str
    extra: str = ""
    system: str = ""
    language: str = ""


_ESPEAK = Library("espeakng_loader", "espeak", system="espeak-ng")
_CHINESE = ("misaki", "jieba", "pypinyin", "cn2an", "ordered_set")

LIBRARIES: dict[str, tuple[Library, ...]] = {
    "silero": (Library("onnxruntime"),),
    "smart-turn": (Library("onnxruntime"), Library("faster_whisper", "smart-turn")),
    "faster-whisper": (Library("faster_whisper", "faster-whisper"), Library("ctranslate2", "faster-whisper")),
    "transformers": tuple(Library(name, "transformers") for name in ("torch", "transformers", "sentencepiece")),
    "ctranslate2": (Library("ctranslate2", "ctranslate2"), Library("sentencepiece", "ctranslate2")),
    "fxtranslate": (Library("fxtranslate", "fxtranslate"),),
    "openai": (Library("httpx", "openai"),),
    "hibari": (Library("hibari", "hibari"),),
    "pico": (Library("py_nanotts", "pico"),),
    "kokoro": (Library("onnxruntime"), _ESPEAK, *(Library(name, "kokoro", language="zh") for name in _CHINESE)),
    "openjtalk": (Library("pyopenjtalk", "openjtalk"),),
    "espeak": (_ESPEAK,),
}
"""What each backend imports when it is constructed; one that is not here has its own code only."""

SELF_TOLD = ("apertium",)
"""Backends that load no model: they are constructed, and tell themselves what they lack."""


def _uses(profile: Profile) -> list[Use]:
    """Each backend of the profile, once for each set of options."""
    uses = [Use("detectors", profile.segment.detector, profile.segment.options)]
    uses += [Use("turn_models", profile.turns.turn_model, profile.turns.options)] if profile.turns else []
    uses.append(Use("recognizers", profile.recognize.recognizer, profile.recognize.options))
    uses += [Use("translators", spec.translator, spec.options) for spec in profile.translate if spec.translator]
    uses += [Use("synthesizers", spec.synthesizer, spec.options, spec.languages) for spec in profile.voices]
    return uses


def _backends(profile: Profile) -> Iterator[Check]:
    """Each backend of the profile: can its file and its libraries be imported, are its programs there?"""
    seen: list[Check] = []
    for item in (item for use in _uses(profile) for item in _backend(use)):
        if item not in seen:
            seen.append(item)
            yield item


def _backend(use: Use) -> Iterator[Check]:
    from voicedoc.errors import VoiceDocError
    from voicedoc.registry import backend

    try:
        kind = backend(use.role, use.name)
        if use.name in SELF_TOLD:
            yield _told_by_itself(use, kind)
            return
    except VoiceDocError as error:
        yield Check(use.what, False, str(error), error.remedy, needed=True)
        return
    libraries = [lib for lib in LIBRARIES.get(use.name, ()) if not lib.language or lib.language in _languages(use)]
    if not libraries:
        yield Check(use.what, True, f"needs no package but {kind.__module__.partition('.')[0]}", needed=True)
    for library in libraries:
        yield _library(use, library)


def _told_by_itself(use: Use, kind: Any) -> Check:
    try:
        made = kind(None, **use.options)
    except TypeError as error:
        return Check(use.what, False, f"its options do not fit: {error}", "mend them in the profile", needed=True)
    made.close()
    return Check(use.what, True, f"{made.name} runs", needed=True)


def _languages(use: Use) -> set[str]:
    return {*use.languages, *use.options.get("languages", ())}


def _library(use: Use, library: Library) -> Check:
    from ctypes.util import find_library
    from importlib.util import find_spec

    if find_spec(library.package) is not None:
        return Check(use.what, True, library.package, needed=True)
    if library.system and (found := find_library(library.system)):
        return Check(use.what, True, f"{found} of the system", needed=True)
    only = f" (for '{library.language}')" if library.language else ""
    return Check(
        use.what,
        False,
        f"package {library.package} is not installed{only}",
        f"pip install 'voicedoc[{library.extra}]'" if library.extra else f"pip install {library.package}",
        needed=not library.language or library.language in use.options.get("languages", ()),
    )


# --- models


def _models(profile: Profile) -> Iterator[Check]:
    from voicedoc.errors import VoiceDocError
    from voicedoc.store.models import ModelStore

    store = ModelStore.default()
    for name in profile.models:
        what = f"model {name}"
        try:
            model = store.open(name)
        except VoiceDocError as error:
            yield Check(what, False, str(error), error.remedy, needed=True)
        else:
            yield Check(what, True, f"{model.licence or 'licence unknown'}, {model.sha256[:12]}", needed=True)


def _meanings() -> Check:
    """The model that finds phrases by meaning, which every profile takes where it is there."""
    from voicedoc.errors import ModelError
    from voicedoc.phrases.e5 import MODEL
    from voicedoc.store.models import ModelStore

    what = f"model {MODEL}"
    try:
        model = ModelStore.default().open(MODEL)
    except ModelError as error:
        return Check(what, False, f"{error}; reviewed phrases are found by their letters alone", error.remedy)
    return Check(what, True, f"{model.licence or 'licence unknown'}, {model.sha256[:12]}")


# --- the machine


def _sound() -> Iterator[Check]:
    """Whether there is sound, then each microphone and each loudspeaker."""
    from voicedoc.capture.devices import devices
    from voicedoc.errors import BackendUnavailable

    what = "sound devices"
    try:
        import sounddevice  # noqa: F401  # told apart here: the package, or the library that it needs
    except ImportError:
        yield Check(what, False, "package sounddevice is not installed", "pip install 'voicedoc[audio]'")
        return
    except OSError as error:
        yield Check(what, False, f"the library PortAudio cannot be loaded: {error}", "apt-get install libportaudio2")
        return
    try:
        found = devices()
    except BackendUnavailable as error:
        yield Check(what, False, str(error), error.remedy)
        return
    yield _sound_devices(found)
    yield from (_device(device, "input") for device in found if device.serves("input"))
    yield from (_device(device, "output") for device in found if device.serves("output"))


def _sound_devices(found: Sequence[Device]) -> Check:
    inputs = sum(device.serves("input") for device in found)
    outputs = sum(device.serves("output") for device in found)
    counts = f"{inputs} for input, {outputs} for output"
    remedy = {
        (False, False): "plug in a microphone and a loudspeaker (live use only)",
        (False, True): "plug in a microphone, and see that the system lets programs use it (live use only)",
        (True, False): "plug in a loudspeaker; without one: voicedoc live --silent",
    }
    return Check("sound devices", bool(inputs and outputs), counts, remedy.get((inputs > 0, outputs > 0), ""))


def _device(device: Device, direction: Direction) -> Check:
    """One microphone or loudspeaker, by the number that options take."""
    n_channels = device.n_inputs if direction == "input" else device.n_outputs
    is_default = device.is_default(direction)
    channels = f"{n_channels} channel{'s' if n_channels > 1 else ''}"
    detail = f"{device.number} {device.name} ({device.host}): {channels}, {device.rate} Hz"
    return Check(
        "microphone" if direction == "input" else "loudspeaker",
        True,
        f"{detail}, the default" if is_default else detail,
        about={
            "number": device.number,
            "name": device.name,
            "host": device.host,
            "channels": n_channels,
            "rate": device.rate,
            "default": is_default,
        },
    )


def _gpu(profile: Profile) -> Check:
    """A GPU is needed where an option of the profile names one; `device = "auto"` takes one only if it is there."""
    asking = [use.name for use in _uses(profile) if str(use.options.get("device", "")).startswith("cuda")]
    n_devices = _n_gpus()
    detail = "cannot tell without ctranslate2 or torch" if n_devices is None else f"{n_devices} found"
    if not asking:
        return Check("CUDA GPU", bool(n_devices), detail, f"none needed: the profile '{profile.name}' asks for no GPU")
    names = " and ".join(dict.fromkeys(asking))
    return Check(
        "CUDA GPU",
        bool(n_devices),
        f"{detail}; '{profile.name}' asks for one, for {names}",
        "install NVIDIA's driver on a machine with such a GPU, or choose a profile without: --profile embedded",
        needed=True,
    )


def _n_gpus() -> int | None:
    """How many GPUs the libraries that would use them see; None without such a library."""
    try:
        import ctranslate2
    except ImportError:
        pass
    else:
        return int(ctranslate2.get_cuda_device_count())
    try:
        import torch
    except ImportError:
        return None
    return int(torch.cuda.device_count())
