"""The results of batch jobs: a folder that appears when all of it is there, and knows what it was made from."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from filelock import FileLock, Timeout

from voicedoc import __version__
from voicedoc.errors import StoreError
from voicedoc.store.durable import sync, write_json
from voicedoc.store.sessions import JOURNAL

RESULT = "result.json"
"""Written last; its presence says that the folder is whole."""

LOCK = ".lock"

SUFFIX = ".voicedoc"
"""Of the folders that batch jobs and sessions make where no other name is given."""

PARTIAL = ".partial"


class Key(NamedTuple):
    """What a result is made from: sha256 of the recording's bytes, and of everything that can change its journal."""

    recording: str
    config: str


class Result(NamedTuple):
    """A finished result as its `RESULT` file says. `made_with` is what the key's config is a digest of, for people."""

    key: Key
    formats: tuple[str, ...]
    made_with: Mapping[str, str] = MappingProxyType({})


@dataclass
class Draft:
    """Results on their way. `folder` is where they are now: `FOLDER.partial`, and once finished `FOLDER`."""

    folder: Path
    final: Path
    key: Key
    finished: bool = False

    def finish(self, formats: tuple[str, ...], made_with: Mapping[str, str] = MappingProxyType({})) -> None:
        """Say that everything is there, and what it was made with. The folder gets its name when the draft is closed.

        Raises:
            StoreError: If the disk is full.
        """
        with _told(self.folder):
            for path in self.folder.rglob("*"):
                sync(path)  # else a power failure could leave a whole `RESULT` beside half a document
        write_result(self.folder, Result(self.key, formats, made_with))
        self.finished = True


@contextmanager
def draft_folder(final: Path, key: Key, *, overwrite: bool = False) -> Iterator[Draft]:
    """A new folder beside `final` for one job, locked against others; it becomes `final` where the job finishes.

    What an earlier, unfinished job left there is removed. `final` may be there and empty.

    Raises:
        StoreError: If it cannot be written, another job is writing there, `final` holds results and `overwrite` is off,
            or `final` holds anything else, which is never removed.
    """
    if final.name in ("", ".."):
        final = final.resolve()  # "." and ".." have no name to put `PARTIAL` behind
    check_free(final, overwrite=overwrite)
    draft = Draft(partial_of(final), final, key)
    _check_ours(draft.folder)
    lock = _locked(draft.folder)
    try:
        with _told(final):
            _restore(final)
            _clear(draft.folder)
        check_free(final, overwrite=overwrite)  # once more: another job may just have finished it
        yield draft
        if draft.finished:
            with _told(final):
                _publish(draft)
    finally:
        lock.release()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a finished folder, to add documents to it.

    Raises:
        StoreError: If it cannot be written, or another job is writing there.
    """
    lock = _locked(folder)
    try:
        yield
    finally:
        with suppress(OSError):
            (folder / LOCK).unlink()
        lock.release()


def partial_of(final: Path) -> Path:
    """Where unfinished results of `final` are."""
    return final.with_name(f"{final.name}{PARTIAL}")


def holds_results(folder: Path) -> bool:
    """Whether a folder was made by VoiceDoc, by its name or by what is in it; finished or not."""
    name = folder.name.removesuffix(PARTIAL)
    marks = (RESULT, JOURNAL) if name == folder.name else (RESULT, JOURNAL, LOCK)
    # os.path: a folder that may not be read is False there, where Path.exists raises
    return name.endswith(SUFFIX) or any(os.path.exists(folder / mark) for mark in marks)  # noqa: PTH110


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn the system's refusals into a `StoreError`. What is gone all of a sudden, another job has renamed."""
    try:
        yield
    except FileNotFoundError as error:
        raise _busy(folder) from error
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(
            f"cannot write {folder}: {reason}", remedy="choose another --out, or free space on that disk"
        ) from error


def _locked(folder: Path) -> FileLock:
    lock = FileLock(folder / LOCK)
    with _told(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except (Timeout, FileExistsError) as error:
            raise _busy(folder) from error
    if not (folder / LOCK).exists():  # the holder before has just finished, and the lock that we hold is gone with it
        lock.release()
        raise _busy(folder)
    return lock


def _busy(folder: Path) -> StoreError:
    return StoreError(f"another job is writing {folder}", remedy="wait for it, or choose another --out")


def check_free(final: Path, *, overwrite: bool = False) -> None:
    """Raises: StoreError: If `final` may not become a new result."""
    with _told(final):
        if not final.exists() or (final.is_dir() and not any(final.iterdir())):
            return
    if not final.is_dir() or not ((final / RESULT).exists() or (final / JOURNAL).exists()):
        if not final.exists():
            raise _busy(final)
        raise StoreError(
            f"{final} is there already, and holds something other than results", remedy="choose another --out"
        )
    if not overwrite:
        raise StoreError(
            f"{final} exists already",
            remedy="--resume to do only what is missing, --overwrite to do it again, or another --out",
        )


def _check_ours(partial: Path) -> None:
    """Raises: StoreError: If a folder that is to be cleared is somebody else's."""
    with _told(partial):
        if not partial.is_dir() or not any(partial.iterdir()):
            return
    if not any((partial / mark).exists() for mark in (LOCK, JOURNAL)):
        if not partial.exists():
            raise _busy(partial)
        raise StoreError(
            f"{partial} is there already, and holds something other than results", remedy="choose another --out"
        )


def _older(final: Path) -> Path:
    return final.with_name(f".{final.name}.older")


def _restore(final: Path) -> None:
    """Give an older result its name back, where a job died just when it had put it out of the way."""
    if _older(final).exists() and not final.exists():
        _older(final).rename(final)


def _clear(folder: Path) -> None:
    """Remove everything but the lock."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()


def _publish(draft: Draft) -> None:
    """Give the draft its name. An older result is out of the way for a moment, and never half there."""
    older = _older(draft.final)
    shutil.rmtree(older, ignore_errors=True)
    if draft.final.exists():
        draft.final.rename(older)
    draft.folder.rename(draft.final)
    sync(draft.final.parent)
    draft.folder = draft.final
    (draft.final / LOCK).unlink(missing_ok=True)
    shutil.rmtree(older, ignore_errors=True)


def write_result(folder: Path, result: Result) -> None:
    """Write `RESULT` so that it is whole or not there.

    Raises:
        StoreError: If the disk is full.
    """
    said = {"recording": result.key.recording, "config": result.key.config, "formats": list(result.formats)}
    with _told(folder):
        write_json(folder / RESULT, {"voicedoc": __version__, **said, "made_with": dict(result.made_with)})


def read_result(folder: Path) -> Result | None:
    """What a folder's result was made from; None where it holds none, or an unfinished one."""
    try:
        said = json.loads((folder / RESULT).read_text("utf-8"))
        made_with = {str(name): str(value) for name, value in said.get("made_with", {}).items()}
        return Result(Key(said["recording"], said["config"]), tuple(said["formats"]), made_with)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
