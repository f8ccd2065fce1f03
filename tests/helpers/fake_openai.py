"""A chat server on 127.0.0.1 that speaks as much of the OpenAI protocol as a client may meet, failures included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]
"""Takes the parsed request; returns the HTTP status and the body."""


class FakeServer:
    """What it was asked, and where it listens."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []


def says(text: str | None, *, finish_reason: str = "stop", delay: float = 0.0) -> Answer:
    """An answer with this content."""

    def answer(_: dict[str, Any]) -> tuple[int, bytes]:
        time.sleep(delay)
        message = {"role": "assistant", "content": text}
        return 200, json.dumps({"choices": [{"message": message, "finish_reason": finish_reason}]}).encode()

    return answer


def breaks(status: int, body: bytes = b"") -> Answer:
    """An answer that is an error, or no JSON."""
    return lambda _: (status, body)


@contextmanager
def fake_openai(answer: Answer) -> Iterator[FakeServer]:
    """Serve until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append({**request, "path": self.path})
            served.headers.append(dict(self.headers))
            status, body = answer(request)
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                pass  # the client did not wait, as some tests have it

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # http.server's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = FakeServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
