"""Small models to pull: cards, wheels and npm packages made on the spot."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

from voicedoc.core.cards import Card, ModelFile, Source


def described(path: str, content: bytes) -> ModelFile:
    return ModelFile(path, len(content), hashlib.sha256(content).hexdigest())


def card(name: str, files: dict[str, bytes], *sources: Source, confirm: bool = False, pinned: bool = True) -> Card:
    listed = tuple(described(p, c) if pinned else ModelFile(p) for p, c in files.items())
    return Card(
        name=name,
        role="speak",
        backend="kokoro",
        description="a model for tests",
        languages=("en",),
        licence="MIT",
        provenance="made by a test",
        files=listed,
        sources=sources,
        confirm_licence=confirm,
    )


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def wheel(where: Path, name: str, version: str, members: dict[str, bytes], *, tag: str = "py3-none-any") -> Path:
    where.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    path = where / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def npm_package(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for member, content in members.items():
            entry = tarfile.TarInfo(member)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path
