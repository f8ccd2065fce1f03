"""Models on a hub that speaks Hugging Face's HTTPS routes: downloads that go on where they were cut off.

`HF_ENDPOINT` names another hub or a mirror, `HF_TOKEN` a token for gated models; it is not sent on to other hosts.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from voicedoc import __version__
from voicedoc.core.cards import Card, HubSource, ModelFile
from voicedoc.errors import SourceFailed
from voicedoc.store.progress import Progress

TIMEOUT = 10.0
"""Seconds without a connection or without a byte, after which the hub counts as not there."""

ATTEMPTS = 4
"""How often a download that is cut off goes on before it fails. What has arrived is kept for the next pull."""

CHUNK = 1 << 18


class _Cut(Exception):
    """The connection ended before the file did."""


class _PastEnd(Exception):
    """There is nothing beyond what has arrived. `args` holds the server's Content-Range."""


def fetch(
    source: HubSource, wanted: Sequence[ModelFile], scratch: Path, progress: Progress
) -> Iterator[tuple[ModelFile, Path]]:
    """Yield each wanted file with the place in `scratch` where it has arrived.

    Raises:
        SourceFailed: If the hub cannot be reached, refuses, or does not have a file.
    """
    for file in wanted:
        member = source.files.of(file.path)[0]
        url = f"{_endpoint()}/{source.repo}/resolve/{quote(source.revision, safe='')}/{quote(member)}"
        target = scratch / "hub" / hashlib.sha256(url.encode()).hexdigest()[:24]
        target.parent.mkdir(parents=True, exist_ok=True)
        download(url, target, file.path, progress)
        yield file, target


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")


def download(url: str, target: Path, what: str, progress: Progress) -> None:
    """Write what `url` gives to `target`; go on with a `target` that an earlier call left unfinished.

    Raises:
        SourceFailed: If the server cannot be reached, refuses, or breaks off too often.
    """
    for _ in range(ATTEMPTS):
        try:
            return _continue(url, target, what, progress)
        except _Cut as error:
            reason = str(error)
            progress.note(f"{what}: {reason}; going on")
    raise SourceFailed(f"{url} broke off {ATTEMPTS} times: {reason}", remedy="pull again: what has arrived is kept")


def _continue(url: str, target: Path, what: str, progress: Progress) -> None:
    """One connection. The server's ETag is kept beside `target`, so that halves of two versions are never joined."""
    etag_file = target.with_suffix(".etag")
    etag = etag_file.read_text("utf-8") if etag_file.is_file() and target.is_file() else ""
    start = target.stat().st_size if etag else 0
    try:
        response = _get(url, {"Range": f"bytes={start}-", "If-Range": etag} if start else {})
    except _PastEnd as error:
        if error.args[0] == f"bytes */{start}":
            return
        target.unlink()
        raise _Cut(f"{start} bytes are there, which is not how long the file is now") from error
    with response:
        if response.status == 200:
            start = 0
            etag_file.write_text(_strong(response.headers.get("ETag", "")), "utf-8")
        length = response.headers.get("Content-Length")
        total = start + int(length) if length else None
        with target.open("ab" if start else "wb") as out:
            for chunk in _chunks(response):
                start += out.write(chunk)
                progress.advance(what, start, total)
    if total is not None and start < total:
        raise _Cut(f"the connection was cut after {start} of {total} bytes")


def _strong(etag: str) -> str:
    """An ETag that stands for exact bytes; weak ones do not."""
    return "" if etag.startswith("W/") else etag


def _chunks(response: HTTPResponse) -> Iterator[bytes]:
    while True:
        try:
            chunk = response.read(CHUNK)
        except (OSError, HTTPException) as error:
            raise _Cut(f"the connection failed ({error or type(error).__name__})") from error
        if not chunk:
            return
        yield chunk


def _get(url: str, headers: dict[str, str]) -> HTTPResponse:
    try:
        request = Request(url, headers={"User-Agent": f"voicedoc/{__version__}", **headers})
        if token := os.environ.get("HF_TOKEN"):
            request.add_unredirected_header("Authorization", f"Bearer {token}")
        response: HTTPResponse = urlopen(request, timeout=TIMEOUT)
    except HTTPError as error:
        with error:
            if error.code == 416 and "Range" in headers:
                raise _PastEnd(error.headers.get("Content-Range", "")) from error
            raise SourceFailed(f"{url} answers {error.code} {error.reason}", remedy=_remedy(error.code)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise SourceFailed(f"{url} cannot be reached: {getattr(error, 'reason', error)}") from error
    return response


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "accept the model's terms on the hub, and set HF_TOKEN"
    return "check the repository's name and revision" if status == 404 else "try again later"


# Weights of other frameworks, and what is not part of a model.
_NOT_NEEDED = re.compile(r"(^|/)\.|\.(h5|msgpack|ot|tflite|mlmodel|png|jpe?g|gif|svg|mp4|wav|flac|mp3)$|(^|/)onnx/")


def describe(repo: str, revision: str = "main") -> Card:
    """A card for a repository that the user names: its revision made fixed, hashes where the hub tells them.

    Raises:
        SourceFailed: If the hub cannot be reached or has no such repository.
    """
    url = f"{_endpoint()}/api/models/{repo}/revision/{quote(revision, safe='')}?blobs=true"
    with _get(url, {}) as response:
        try:
            answer = json.loads(b"".join(_chunks(response)))
        except (ValueError, _Cut) as error:
            raise SourceFailed(f"{url} gives no JSON: {error}") from error
    if not isinstance(answer, dict) or "sha" not in answer:
        raise SourceFailed(f"{url} does not describe a model")
    return _card(repo, answer)


def _card(repo: str, answer: dict[str, Any]) -> Card:
    files = tuple(_file(item) for item in answer.get("siblings", []) if not _NOT_NEEDED.search(item["rfilename"]))
    if any(file.path.endswith(".safetensors") for file in files):  # then pickles hold the same weights again
        files = tuple(file for file in files if not re.search(r"(^|/)pytorch_model.*\.(bin|json)$", file.path))
    licence = (answer.get("cardData") or {}).get("license", "")
    return Card(
        name=repo.replace("/", "--"),
        role="any",
        backend="",
        description=f"{repo}, named by the user; not evaluated by VoiceDoc",
        languages=(),
        licence=licence if isinstance(licence, str) and licence else "unknown",
        provenance=f"The hub repository {repo}, as its owner uploaded it",
        files=files,
        sources=(HubSource(repo, answer["sha"]),),
        confirm_licence=not licence,
    )


def _file(item: dict[str, Any]) -> ModelFile:
    lfs = item.get("lfs") or {}
    return ModelFile(item["rfilename"], lfs.get("size", item.get("size")), lfs.get("sha256", ""))
