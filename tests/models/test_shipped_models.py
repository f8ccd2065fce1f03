"""The models that are in the store are what their cards say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from voicedoc.core.cards import LoadedModel, digest_of, read_cards
from voicedoc.shipped import shipped
from voicedoc.store.models import ModelStore

pytestmark = pytest.mark.model

CARDS = read_cards(shipped("models"))


@pytest.mark.parametrize("name", CARDS)
def test_every_file_of_an_installed_model_has_the_hash_of_its_card(
    name: str, loaded_model: Callable[[str], LoadedModel]
) -> None:
    loaded = loaded_model(name)
    checks = ModelStore.default().verify(name)
    assert {check.path for check in checks} == {file.path for file in CARDS[name].files}
    assert all(check.intact for check in checks)
    if CARDS[name].pinned:
        assert loaded.sha256 == digest_of(CARDS[name].files)
