"""A chat server on 127.0.0.1 that streams, with a scripted model behind it; what is sent can be broken at will."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from voicedoc.converse.dialogue.role import Message, Sampling, Tool, ToolCall
from voicedoc.converse.dialogue.scripted import ScriptedDialogue

Sent = Callable[[dict[str, Any]], Iterable[dict[str, Any] | str]]
"""Takes the parsed request; gives the events, or lines as they stand."""


class FakeChat:
    """What the server was asked, where it listens, and how many events went out before a client hung up."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.n_sent = 0
        self.hung_up = threading.Event()


def delta(content: str = "", finish_reason: str | None = None, **more: Any) -> dict[str, Any]:
    """One event of a streamed reply."""
    return {"choices": [{"index": 0, "delta": {"content": content, **more}, "finish_reason": finish_reason}]}


def answered_by(model: ScriptedDialogue) -> Sent:
    """Events of what `model` says to a request."""

    def sent(request: dict[str, Any]) -> Iterator[dict[str, Any] | str]:
        pieces = model.stream(
            [_message(message) for message in request["messages"]],
            tools=[Tool(**tool["function"]) for tool in request.get("tools", ())],
            sampling=Sampling(max_tokens=request["max_tokens"], stop=tuple(request.get("stop", ()))),
        )
        yield delta(role="assistant")
        while True:
            try:
                yield delta(next(pieces))
            except StopIteration as end:
                reply = end.value
                break
        for number, call in enumerate(reply.tool_calls):
            begun, rest = json.dumps(call.arguments)[:3], json.dumps(call.arguments)[3:]
            function = {"name": call.name, "arguments": begun}
            yield delta(tool_calls=[{"index": number, "id": call.id, "type": "function", "function": function}])
            yield delta(tool_calls=[{"index": number, "function": {"arguments": rest}}])
        yield delta(finish_reason="tool_calls" if reply.tool_calls else reply.finish)
        yield {"choices": [], "usage": {"prompt_tokens": reply.n_prompt_tokens, "completion_tokens": reply.n_tokens}}
        yield "data: [DONE]"

    return sent


def _message(given: dict[str, Any]) -> Message:
    calls = [
        ToolCall(call["id"], call["function"]["name"], json.loads(call["function"]["arguments"]))
        for call in given.get("tool_calls", ())
    ]
    return Message(given["role"], given["content"], tuple(calls), given.get("tool_call_id", ""))


@contextmanager
def fake_chat(sent: Sent, *, status: int = 200, pause: float = 0.0) -> Iterator[FakeChat]:
    """Serve until the context ends, with `pause` seconds before each event."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append({**request, "path": self.path})
            served.headers.append(dict(self.headers))
            self.send_response(status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for event in sent(request):
                    time.sleep(pause)
                    line = event if isinstance(event, str) else f"data: {json.dumps(event)}"
                    self.wfile.write(f"{line}\n\n".encode())
                    self.wfile.flush()
                    served.n_sent += 1
            except ConnectionError:
                served.hung_up.set()

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # http.server's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = FakeChat(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
