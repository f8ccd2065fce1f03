"""The folder of a session: made once, locked while a session writes into it, never overwritten unasked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from voicedoc.errors import StoreError

JOURNAL = "journal.jsonl"

SESSION_FILES = (
    JOURNAL,
    "journal.sealing",
    "audio.flac",
    "interpretation.wav",
    "interpretation-doctor.wav",
    "interpretation-patient.wav",
    "transcript.json",
    "transcript.md",
    "history.json",
    "history.md",
)
"""Everything that a session writes. Nothing else in its folder is ever touched."""


@contextmanager
def session_folder(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Hold `folder` for one session; it is made where it is missing.

    Raises:
        StoreError: If it cannot be written, another run is writing there, or it holds an earlier session and
            `overwrite` is off.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreError(
            f"another run is writing into {folder}", remedy="wait for it, or choose another --out"
        ) from error
    except OSError as error:
        raise StoreError(f"cannot write into {folder}: {error.strerror}", remedy="choose another --out") from error
    try:
        _make_room(folder, overwrite=overwrite)
        yield folder
    finally:
        lock.release()


def _make_room(folder: Path, *, overwrite: bool) -> None:
    earlier = [folder / name for name in SESSION_FILES if (folder / name).exists()]
    if earlier and not overwrite:
        raise StoreError(
            f"{folder} holds an earlier session", remedy="choose another --out, or --overwrite to replace it"
        )
    for path in earlier:
        path.unlink()
