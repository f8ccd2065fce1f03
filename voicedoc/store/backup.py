"""Backup and restore of the whole session store: a folder with a copy of the database, the sound, and their hashes.

A backup is as encrypted as the store. One of a store whose key is in a keyring opens with that keyring only; given a
passphrase, the backup's keys are sealed under that instead, so that another machine can open it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicedoc import __version__
from voicedoc.errors import StoreError
from voicedoc.store.database import VARIABLE
from voicedoc.store.durable import disk_errors, read_json, sync, write_json
from voicedoc.store.keys import Keys
from voicedoc.store.vault import AUDIO, DATABASE, Vault
from voicedoc.store.verified import sha256_of

MANIFEST = "backup.json"
"""Written last; its presence says that the backup is whole."""


def back_up(vault: Vault, folder: Path, keys: Keys, passphrase: str | None = None) -> int:
    """Copy the store into `folder`, which must not exist yet. Returns how many sessions it has.

    `keys` opens the store where `passphrase` is to be the backup's own.

    Raises:
        StoreError: If the folder is there, or the disk is full. Nothing that looks like a backup is then left.
        KeyRefused: If a passphrase is given and the store's own key is not to be had.
    """
    with _draft(folder) as draft:
        count = vault.copy_to(draft)
        if passphrase is not None:
            _rekey(draft, keys, passphrase)
        with disk_errors(f"write {folder}"):
            hashes = {str(path.relative_to(draft)): sha256_of(path) for path in _files(draft)}
            write_json(draft / MANIFEST, {"voicedoc": __version__, "sessions": count, "sha256": hashes})
    vault.note("backed-up", sessions=count, passphrase=passphrase is not None)
    return count


def _rekey(draft: Path, keys: Keys, passphrase: str) -> None:
    with Vault(draft, keys) as copy:
        copy.change_key(lambda store: keys.make_from_passphrase(passphrase))
    for path in draft.iterdir():  # locks are no part of a backup
        if path.name not in (DATABASE, AUDIO):
            path.unlink()


def restore(backup: Path, folder: Path) -> None:
    """Make the store in `folder` from a backup. The folder must be empty or missing.

    Raises:
        StoreError: If there is a store already, the backup is damaged, or the disk is full. Nothing is then changed.
    """
    hashes = _verified(backup)
    with _draft(folder) as draft, disk_errors(f"restore {backup}", VARIABLE):
        for name in hashes:
            target = draft / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(backup / name, target)
            target.chmod(0o600)


def _verified(backup: Path) -> dict[str, str]:
    """The hashes of a backup's files, which are as they say."""
    manifest = read_json(backup / MANIFEST)
    if not isinstance(manifest, dict) or not isinstance(manifest.get("sha256"), dict):
        raise StoreError(f"{backup} is not a backup, or not a whole one", remedy=f"name a folder that has {MANIFEST}")
    hashes: dict[str, str] = manifest["sha256"]
    for name, expected in hashes.items():
        path = backup / name
        if not path.resolve().is_relative_to(backup.resolve()):
            raise StoreError(f"{backup / MANIFEST} names a file outside of the backup: {name}")
        if not path.is_file() or sha256_of(path) != expected:
            raise StoreError(f"{path} is damaged or missing", remedy="use another backup")
    return hashes


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A new folder that becomes `folder` once all of it is on the disk; removed where that fails."""
    draft = folder.with_name(f"{folder.name}.partial")
    with disk_errors(f"write {folder}", VARIABLE):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StoreError(f"{folder} is there already, and not empty", remedy="name a folder that is not there yet")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        try:
            yield draft
            _force(draft)
            draft.replace(folder)
            sync(folder.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # where it has its name, there is nothing left


def _force(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def _files(draft: Path) -> list[Path]:
    return [draft / DATABASE, *(path for path in sorted((draft / AUDIO).rglob("*")) if path.is_file())]
