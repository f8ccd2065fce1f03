"""Small networks by ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from voicedoc.errors import ModelCorrupt


def open_network(path: Path, name: str, threads: int) -> Any:
    """An `InferenceSession` on the CPU. `name` is the model's.

    Raises:
        ModelCorrupt: If the file is missing or is not a network.
        ImportError: If ONNX Runtime is not installed.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (errors.NoSuchFile, errors.InvalidProtobuf, errors.InvalidArgument, errors.Fail) as error:
        raise ModelCorrupt(f"{path} cannot be loaded: {error}", remedy=f"voicedoc models pull {name}") from error
