"""What can be tested of the packaged translator without its models."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("fxtranslate", reason="pip install 'voicedoc[fxtranslate]'")

from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelCorrupt, ModelMissing
from voicedoc.translate.fxtranslate import FxTranslate

pytestmark = pytest.mark.unit


def test_no_model_one_language_and_a_missing_file_are_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="needs a model"):
        FxTranslate(None, source="en", target="pt")
    with pytest.raises(ConfigError, match="translates nothing"):
        FxTranslate(LoadedModel("m", tmp_path, ""), source="pt", target="pt-BR")
    with pytest.raises(ModelMissing, match=r"vocab\.spm"):
        FxTranslate(LoadedModel("m", tmp_path, ""), source="en", target="pt")


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"\x0a\x03\x0a\x01a" * 50])
def test_a_file_that_is_no_model_is_corrupt(content: bytes, tmp_path: Path) -> None:
    for name in ("model.bin", "vocab.spm", "lex.s2t.bin"):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelCorrupt, match="cannot be loaded") as caught:
        FxTranslate(LoadedModel("m", tmp_path, ""), source="en", target="pt")
    assert "models pull m" in caught.value.remedy
