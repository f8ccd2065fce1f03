"""A model hub on this machine that misbehaves as told: cuts connections, is slow, changes files, asks for a token."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class FakeHub:
    """Serves `files` of any repository by path. Use as a context manager; `url` is for `HF_ENDPOINT`.

    `cut`: break off the first answer for a path after so many bytes. `delay`: seconds before each 64 KiB.
    `etags=False` sends none. `requests` lists (path, Range header or "").
    """

    def __init__(self, files: dict[str, bytes], *, cut: dict[str, int] | None = None, delay: float = 0.0) -> None:
        self.files, self.cut, self.delay, self.etags = dict(files), dict(cut or {}), delay, True
        self.token = ""
        self.described: dict[str, object] = {}
        self.requests: list[tuple[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FakeHub:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(hub) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # `self` is the handler's, below
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                hub.answer(self)

        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path, asked = request.path.partition("?")[0], request.headers.get("Range", "")
        if "/api/models/" in path:
            return self._send(request, 200, json.dumps(self.described).encode(), {})
        name = path.split("/resolve/", 1)[1].split("/", 1)[1]
        self.requests.append((name, asked))
        if self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            return self._send(request, 403, b"", {})
        if name not in self.files:
            return self._send(request, 404, b"", {})
        return self._send_file(request, name, asked)

    def _send_file(self, request: BaseHTTPRequestHandler, name: str, asked: str) -> None:
        body = self.files[name]
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        headers = {"ETag": etag} if self.etags else {}
        if not asked or request.headers.get("If-Range", etag) != etag:
            return self._send(request, 200, body, headers, cut=self.cut.pop(name, None))
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        if start >= len(body):
            return self._send(request, 416, b"", {"Content-Range": f"bytes */{len(body)}"})
        headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return self._send(request, 206, body[start:], headers, cut=self.cut.pop(name, None))

    def _send(
        self, request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str], cut: int | None = None
    ) -> None:
        request.send_response(status)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            request.send_header(key, value)
        request.end_headers()
        for start in range(0, len(body[:cut]), 1 << 16):
            time.sleep(self.delay)
            request.wfile.write(body[:cut][start : start + (1 << 16)])
        request.close_connection = True
