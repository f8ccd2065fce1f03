"""torchaudio, also where its compiled part does not load. Other libraries import it as soon as it is installed."""

from __future__ import annotations

import sys
import types
from importlib.util import find_spec
from typing import Any


def import_torchaudio() -> None:
    """Import torchaudio, if it is installed, even where its compiled part does not load: wheels are built for CUDA.

    The filter banks are plain PyTorch; alignment and some filters need the compiled part, and nothing here uses them.
    Call it before a library that imports torchaudio: transformers, pyannote.audio.
    """
    if "torchaudio" in sys.modules or find_spec("torchaudio") is None:
        return
    try:
        import torchaudio
    except OSError:
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchaudio"]:
            del sys.modules[name]
        sys.modules["torchaudio._extension"] = _without_compiled_part()
        import torchaudio  # noqa: F401


def _without_compiled_part() -> types.ModuleType:
    """What torchaudio 2.8 to 2.11 expects of its `_extension` where it has none."""
    module = types.ModuleType("torchaudio._extension")
    names: dict[str, Any] = {
        "__path__": [],
        "_IS_TORCHAUDIO_EXT_AVAILABLE": False,
        "_IS_ALIGN_AVAILABLE": False,
        "_check_cuda_version": lambda: None,
        "fail_if_no_align": lambda function: function,
    }
    module.__dict__.update(names)
    return module
