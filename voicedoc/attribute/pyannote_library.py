"""pyannote.audio, imported on any machine and without its network, and its checkpoints, read without running them."""

from __future__ import annotations

import inspect
import pickle
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from voicedoc.errors import BackendUnavailable, ModelCorrupt
from voicedoc.registry import missing_package
from voicedoc.torch_audio import import_torchaudio

_ARCHITECTURES = "pyannote.audio.models."
"""Where the classes of checkpoints are: nothing else is looked up by a name in a file."""


class Library(NamedTuple):
    """The two modules, imported."""

    torch: Any
    audio: Any


def pyannote_library() -> Library:
    """Import pyannote.audio; takes seconds the first time.

    Its telemetry is off (`voicedoc/__init__.py`). It is given samples, never files, so it needs no torchcodec.

    Raises:
        BackendUnavailable: If it is not installed.
    """
    try:
        import torch

        import_torchaudio()
        with warnings.catch_warnings():
            # A missing decoder: no file is ever opened by the library.
            warnings.filterwarnings("ignore", r"\s*torchcodec is not installed correctly", UserWarning)
            import pyannote.audio
            import pyannote.audio.pipelines
    except ImportError as error:
        raise missing_package(error, "pyannote") from error
    return Library(torch, pyannote.audio)


def device_of(library: Library, device: str) -> str:
    """The device meant by `device`, where "auto" is a GPU if there is one.

    Raises:
        BackendUnavailable: If it is not there.
    """
    if device == "auto":
        return "cuda" if library.torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not library.torch.cuda.is_available():
        raise BackendUnavailable(f"device '{device}' is not there", remedy="set device = 'cpu' in the profile")
    return device


def load_checkpoint(library: Library, path: Path) -> Any:
    """The network in a checkpoint of pyannote.audio, ready to run.

    The file is a pickle, which could run anything: only tensors and the classes that describe a task are let in.

    Raises:
        ModelCorrupt: If it is missing or damaged, or asks for anything else.
    """
    from pyannote.audio.core.task import Problem, Resolution, Specifications

    torch = library.torch
    checkpoint = read_tensors(torch, path, (torch.torch_version.TorchVersion, Problem, Resolution, Specifications))
    try:
        kind = _architecture(library, checkpoint["pyannote.audio"]["architecture"], path)
        taken = set(inspect.signature(kind).parameters) - {"task"}  # others were saved by an ancestor
        model = kind(**{key: value for key, value in checkpoint["hyper_parameters"].items() if key in taken})
        model.on_load_checkpoint(checkpoint)  # adds the layers that depend on the task
        model.load_state_dict(checkpoint["state_dict"], strict=False)
    except (KeyError, TypeError, ValueError, AttributeError, ImportError, RuntimeError) as error:
        raise _damaged(path, error) from error
    return model.eval()


def read_tensors(torch: Any, path: Path, allowed: Sequence[type] = ()) -> Mapping[str, Any]:
    """What PyTorch has saved at `path`, on the CPU, if that is tensors, plain values and the classes in `allowed`.

    Raises:
        ModelCorrupt: If it is missing or damaged, or asks for anything else.
    """
    if not zipfile.is_zipfile(path):
        raise _damaged(path, "it is missing or not what PyTorch saves")
    try:
        with torch.serialization.safe_globals(list(allowed)):
            saved = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError, LookupError, TypeError, ValueError) as error:
        raise _damaged(path, error) from error
    if not isinstance(saved, Mapping):
        raise _damaged(path, "it holds no table of tensors")
    return saved


def _architecture(library: Library, named: Mapping[str, str], path: Path) -> Any:
    from importlib import import_module

    if not f"{named['module']}.".startswith(_ARCHITECTURES):
        raise _damaged(path, f"it asks for {named['module']}")
    kind = getattr(import_module(named["module"]), named["class"], None)
    if not (isinstance(kind, type) and issubclass(kind, library.audio.Model)):
        raise _damaged(path, f"{named['module']} has no network {named['class']}")
    return kind


def _damaged(path: Path, why: object) -> ModelCorrupt:
    return ModelCorrupt(f"{path} cannot be loaded: {why}", remedy="voicedoc models verify; then pull the model again")
