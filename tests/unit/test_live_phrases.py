"""Phrases in a live session: by meaning where the model is there, on a thread of their own; else by letters."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from voicedoc.core.cards import LoadedModel
from voicedoc.core.glossary import Glossary, Term
from voicedoc.core.speech import Visit
from voicedoc.engine import Engine, open_live_engine
from voicedoc.errors import ModelCorrupt
from voicedoc.phrases.e5 import MODEL
from voicedoc.phrases.vectors import Vectors
from voicedoc.profiles import Profile, load_profile
from voicedoc.store.models import ModelStore

pytestmark = pytest.mark.unit

PROFILE = """
[segment]
detector = "energy"
[recognize]
recognizer = "scripted"
worker = "WORKER"
options = { script = ["en: Hello."] }
[[translate]]
translator = "identity"
source = "*"
target = "*"
"""

ITCH = "Does some tablet make you itch all over?"
"""No phrase has these letters; to `Topics` it is about allergies."""


class Topics:
    """An embedder that knows two things: allergies, and everything else. `threads` are those that asked."""

    threads: set[str] = set()

    def __init__(self, model: LoadedModel | None = None) -> None:
        assert model is not None
        self.name = model.name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.threads.add(threading.current_thread().name)
        about = [any(word in text.casefold() for word in ("allergic", "itch")) for text in texts]
        return np.array([[1.0, 0.0] if each else [0.0, 1.0] for each in about], np.float32)


class Stored(ModelStore):
    """A store in which every model has been pulled; or each is damaged."""

    damaged = False

    def open(self, name: str) -> LoadedModel:
        if self.damaged:
            raise ModelCorrupt(f"model '{name}' is damaged", remedy=f"voicedoc models pull {name}")
        return LoadedModel(name, self.root, "cafe" * 16, "MIT")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("voicedoc.engine.kept_vectors", lambda: tmp_path / "vectors")
    monkeypatch.setattr("voicedoc.phrases.e5.E5", Topics)
    monkeypatch.setattr(Topics, "threads", set())
    return tmp_path / "vectors"


def profile(tmp_path: Path, worker: str = "understand") -> Profile:
    path = tmp_path / "mine.toml"
    path.write_text(PROFILE.replace("WORKER", worker), "utf-8")
    return load_profile(str(path))


def found(engine: Engine, text: str = ITCH) -> list[str]:
    bank = engine.phrases
    assert bank is not None
    return engine.worker("phrases").run(lambda: [match.phrase.category for match in bank.find(text, "en", "pt")])


def test_phrases_are_found_by_meaning_where_the_model_is_there(tmp_path: Path, own_cache: Path) -> None:
    with open_live_engine(profile(tmp_path), Visit("en", "pt"), store=Stored(tmp_path)) as engine:
        assert "allergies" in found(engine)
        assert [model.name for model in engine.models if model.role == "phrases"] == [MODEL]
        assert not [notice for notice in engine.notices if notice.code == "no-meanings"]
    assert list(own_cache.glob("*.npy")), "the next session need not compute them again"


def test_meaning_is_looked_for_on_a_thread_that_nothing_else_waits_for(tmp_path: Path) -> None:
    with open_live_engine(profile(tmp_path), Visit("en", "pt"), store=Stored(tmp_path)) as engine:
        found(engine)
        others = [engine.worker(stage) for stage in ("capture", "segment", "recognize", "translate", "speak")]
        assert engine.worker("phrases") not in others
    assert Topics.threads == {"voicedoc-phrases_0"}


def test_without_the_model_letters_do_and_that_is_told_with_what_to_pull(tmp_path: Path) -> None:
    with open_live_engine(profile(tmp_path), Visit("en", "pt"), store=ModelStore(tmp_path / "models")) as engine:
        assert "allergies" in found(engine, "Are you allergic to any medicine?")
        assert "allergies" not in found(engine)
        (notice,) = [notice for notice in engine.notices if notice.code == "no-meanings"]
    assert "by their letters" in notice.message
    assert notice.remedy == f"voicedoc models pull {MODEL}"


def test_a_model_that_is_damaged_does_not_keep_a_visit_from_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stored, "damaged", True)
    with open_live_engine(profile(tmp_path), Visit("en", "pt"), store=Stored(tmp_path)) as engine:
        assert "allergies" in found(engine, "Are you allergic to any medicine?")
        assert any("damaged" in notice.message for notice in engine.notices)


def test_where_all_work_shares_one_thread_there_is_no_model_and_nothing_to_tell(tmp_path: Path) -> None:
    with open_live_engine(profile(tmp_path, "inline"), Visit("en", "pt"), store=Stored(tmp_path)) as engine:
        assert "allergies" not in found(engine)
        assert not engine.notices or all(notice.code != "no-meanings" for notice in engine.notices)


def test_the_glossarys_drugs_fill_a_phrases_gap(tmp_path: Path) -> None:
    glossary = Glossary((Term("drug", forms={"en": "Zyntrafel", "pt": "Zintrafel"}),))
    with open_live_engine(profile(tmp_path), Visit("en", "pt"), glossary=glossary, store=Stored(tmp_path)) as engine:
        assert engine.phrases is not None
        matches = engine.phrases.find("Are you allergic to Zyntrafel?", "en", "pt")
    assert any("Zintrafel" in match.text for match in matches if match.is_complete)


def test_vectors_that_cannot_be_kept_are_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    vectors = Vectors(Topics(LoadedModel(MODEL, tmp_path, "")), tmp_path / "file" / "phrases")
    assert vectors.of_bank(["Are you allergic to anything?"]).shape == (1, 2)
    assert "cannot keep the vectors" in caplog.text
    assert "allergic" not in caplog.text
