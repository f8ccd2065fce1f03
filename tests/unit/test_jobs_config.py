"""The second half of a result's key: known without loading a model, the same as with it, different for what differs."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.jobs import scripted_order
from voicedoc.batch import Job, config_of
from voicedoc.core.glossary import Glossary, Term
from voicedoc.core.speech import Role
from voicedoc.engine import open_batch_engine
from voicedoc.errors import ModelMissing
from voicedoc.jobs.changes import changes
from voicedoc.jobs.work import EngineSpec
from voicedoc.profiles import load_profile
from voicedoc.store.models import ModelStore

PROFILE = """
[segment]
detector = "energy"
worker = "inline"

[recognize]
recognizer = "scripted"
model = "{folder}/recognizer"
worker = "inline"
options = {{ script = ["en: Hello."] }}

[[translate]]
translator = "scripted"
model = "{folder}/english"
source = "*"
target = "en"

[[translate]]
translator = "scripted"
model = "{folder}/from-english"
source = "en"
target = "*"

[[translate]]
translator = "scripted"
model = "{folder}/unused"
source = "ja"
target = "ko"

[[translate]]
via = "en"
source = "*"
target = "fr"
"""


@pytest.fixture
def spec(tmp_path: Path) -> EngineSpec:
    for name in ("recognizer", "english", "from-english", "unused"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "weights").write_text(name, "utf-8")
    path = tmp_path / "pivot.toml"
    path.write_text(PROFILE.format(folder=tmp_path), "utf-8")
    return EngineSpec(load_profile(str(path)), ("en", "pt"), ("fr",))


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "store")


def loaded_config(spec: EngineSpec, job: Job, store: ModelStore) -> str:
    with open_batch_engine(spec.profile, spec.languages, spec.targets, diarize=spec.diarize, store=store) as engine:
        return config_of(job.made_with_engine(engine))


def known_config(spec: EngineSpec, job: Job, store: ModelStore) -> str:
    return config_of(spec.made_with(job, store))


@pytest.mark.unit
@pytest.mark.parametrize("targets", [(), ("en",), ("fr",), ("en", "fr")])
@pytest.mark.parametrize("languages", [("en",), ("en", "pt"), ("pt", "de", "en")])
def test_it_is_the_same_with_and_without_loading(
    languages: tuple[str, ...], targets: tuple[str, ...], spec: EngineSpec, store: ModelStore
) -> None:
    spec = replace(spec, languages=languages, targets=targets)
    assert known_config(spec, Job(), store) == loaded_config(spec, Job(), store)


@pytest.mark.unit
def test_it_differs_with_all_that_can_change_a_journal(spec: EngineSpec, store: ModelStore, tmp_path: Path) -> None:
    voice, turns = tmp_path / "voice.wav", tmp_path / "turns.rttm"
    voice.write_bytes(b"one voice")
    turns.write_text("marks", "utf-8")
    jobs = [
        Job(), Job(n_speakers=2), Job(channels="mix"), Job(roles={"S1": Role.DOCTOR}), Job(turns=turns),
        Job(voices={Role.DOCTOR: voice}), Job(voices={Role.PATIENT: voice}),
    ]  # fmt: skip
    specs = [replace(spec, languages=("pt", "en")), replace(spec, targets=("en",)), replace(spec, targets=())]
    configs = [known_config(spec, job, store) for job in jobs] + [known_config(other, Job(), store) for other in specs]
    voice.write_bytes(b"another voice")
    turns.write_text("other marks", "utf-8")
    configs += [known_config(spec, jobs[4], store), known_config(spec, jobs[5], store)]
    (tmp_path / "recognizer" / "weights").write_text("retrained", "utf-8")
    configs.append(known_config(spec, Job(), store))
    assert len(set(configs)) == len(configs)


@pytest.mark.unit
def test_it_is_the_same_for_what_cannot_change_a_journal(spec: EngineSpec, store: ModelStore, tmp_path: Path) -> None:
    config = known_config(spec, Job(), store)
    (tmp_path / "unused" / "weights").write_text("retrained", "utf-8")
    assert known_config(spec, Job(formats=("docx",)), store) == config
    assert known_config(spec, Job(), ModelStore(tmp_path / "elsewhere")) == config


@pytest.mark.unit
def test_a_model_that_is_missing_is_named(spec: EngineSpec, store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "english" / "weights").unlink()
    (tmp_path / "english").rmdir()
    with pytest.raises(ModelMissing, match="english"):
        known_config(spec, Job(), store)


@pytest.mark.unit
def test_an_order_can_be_sent_to_another_machine(tmp_path: Path) -> None:
    order = scripted_order(tmp_path, job=Job(n_speakers=2, roles={"C1": Role.DOCTOR}, turns=tmp_path / "a.rttm"))
    assert pickle.loads(pickle.dumps(order)) == order


@pytest.mark.model
@pytest.mark.parametrize("name", ["embedded", "embedded-es"])
def test_it_is_the_same_with_and_without_loading_shipped_models(name: str) -> None:
    store = ModelStore.default()
    spec = EngineSpec(load_profile(name), ("en", "pt"), ("pt", "en"))
    try:
        config = known_config(spec, Job(), store)
    except ModelMissing as error:
        pytest.skip(f"{error}. {error.remedy}")
    assert config == loaded_config(spec, Job(), store)


@pytest.mark.unit
def test_a_glossary_makes_other_results_whatever_its_file_is_called(spec: EngineSpec, store: ModelStore) -> None:
    named = replace(spec, glossary=Glossary((Term("drug", "Xarelto"),)))
    before, now = spec.made_with(Job(), store), named.made_with(Job(), store)
    assert changes(before, now) == "--glossary was not given and is given"
    other = replace(spec, glossary=Glossary((Term("drug", "Xarelto", say={"pt": "Zarélto"}),)))
    assert changes(now, other.made_with(Job(), store)) == "--glossary was another file"
    assert replace(spec, glossary=Glossary((Term("drug", "Xarelto"),))).made_with(Job(), store) == now


@pytest.mark.unit
def test_what_is_different_about_an_earlier_result_is_said_by_name(
    spec: EngineSpec, store: ModelStore, tmp_path: Path
) -> None:
    turns = tmp_path / "turns.rttm"
    turns.write_text("marks", "utf-8")
    before = spec.made_with(Job(n_speakers=2, turns=turns), store)
    turns.write_text("other marks", "utf-8")
    (tmp_path / "recognizer" / "weights").write_text("retrained", "utf-8")
    now = replace(spec, targets=("en",)).made_with(Job(channels="mix", turns=turns), store)
    assert changes(before, now) == (
        "--translate-to was fr and is en; --speakers was 2 and is not given; --channels was auto and is mix; "
        "--turns was another file; model from-english was used; model recognizer was another file"
    )
    assert "earlier version" in changes({}, now)
