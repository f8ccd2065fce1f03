"""Published data that lies beside the checkout, where it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT


def shared_data(name: str) -> Path:
    """A file or folder of `shared/data` beside the checkout. Skips the test where there is none."""
    path = ROOT.parent / "shared" / "data" / name
    if not path.exists():
        pytest.skip(f"no {name} in {path.parent}")
    return path
