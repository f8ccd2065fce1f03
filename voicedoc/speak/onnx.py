"""What ONNX Runtime raises: its errors have no ancestor of their own."""

from __future__ import annotations


def onnx_errors() -> tuple[type[Exception], ...]:
    """The errors of a run that fails: out of memory, bad shapes, told to stop."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (state.Fail, state.RuntimeException, state.InvalidArgument)
