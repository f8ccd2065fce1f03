"""A fast chat server on 127.0.0.1, in a thread or a process of its own, which answers whole and misbehaves at will.

It counts: how often each request came, how many were answered, and how many it had at once. `GET /counts` tells.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

Behaviour = Callable[[dict[str, Any], int], str]
"""A request and how often it has come, from 1, to "answer", an HTTP status, "drop", "garbage", "empty" or "silence"."""


def reply_to(request: dict[str, Any]) -> str:
    """What the model behind it says: the seed and the last words of what it was asked."""
    asked = request["messages"][-1]["content"]
    return f"{request['seed']}: {' '.join(asked.split()[-12:])}"


class ChatService:
    """One server. `delay` is how long it thinks, in seconds; `retry_after` goes with what it refuses."""

    def __init__(
        self, behave: Behaviour = lambda _request, _n: "answer", *, delay: float = 0.0, retry_after: str = ""
    ) -> None:
        self._behave, self._delay, self._retry_after = behave, delay, retry_after
        self.came: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.headers: list[str] = []
        self.n_now = self.most_at_once = 0
        self.url = ""

    def counts(self) -> dict[str, int]:
        return {
            "n_came": self.came.total(),
            "n_answered": self.answered.total(),
            "n_different": len(self.answered),
            "most_of_one": max(self.answered.values(), default=0),
            "most_at_once": self.most_at_once,
        }

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                if head.startswith(b"GET"):
                    self._send(writer, 200, json.dumps(self.counts()).encode())
                    continue
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                body = await reader.readexactly(length)
                self.n_now += 1
                self.most_at_once = max(self.most_at_once, self.n_now)
                try:
                    if not await self._answer(writer, head, body.decode()):
                        break
                finally:
                    self.n_now -= 1
                await writer.drain()

    async def _answer(self, writer: asyncio.StreamWriter, head: bytes, body: str) -> bool:
        """Whether the connection stays."""
        self.came[body] += 1
        request = json.loads(body)
        behaviour = self._behave(request, self.came[body])
        if self._delay:
            await asyncio.sleep(self._delay)
        if behaviour == "silence":
            await asyncio.sleep(30.0)
        if behaviour in ("drop", "silence"):
            return False
        if behaviour == "garbage":
            self._send(writer, 200, b"<html>overloaded</html>")
        elif behaviour == "empty":
            self._send(writer, 200, b'{"choices": []}')
        elif behaviour != "answer":
            self._send(writer, int(behaviour), body.encode())
        else:
            self.answered[body] += 1
            self._send(writer, 200, _completion(request))
        return True

    def _send(self, writer: asyncio.StreamWriter, status: int, body: bytes) -> None:
        again = f"Retry-After: {self._retry_after}\r\n" if status != 200 and self._retry_after else ""
        writer.write(f"HTTP/1.1 {status} X\r\n{again}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def _completion(request: dict[str, Any]) -> bytes:
    text = reply_to(request)
    n_prompt = sum(len(message["content"].split()) for message in request["messages"])
    usage = {"prompt_tokens": n_prompt, "completion_tokens": len(text.split())}
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps({"choices": [choice], "usage": usage}).encode()


@contextmanager
def chat_service(behave: Behaviour | None = None, **options: Any) -> Iterator[ChatService]:
    """Serve from a thread until the context ends."""
    service = ChatService(behave, **options) if behave else ChatService(**options)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(_listening(service), loop).result()
        yield service
        asyncio.run_coroutine_threadsafe(_ended(server), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listening(service: ChatService) -> asyncio.Server:
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    return server


async def _ended(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.01)  # closed connections are let go of in the loop's next rounds


def counts_of(url: str) -> dict[str, int]:
    """What a server counts."""
    with urllib.request.urlopen(url.removesuffix("/v1") + "/counts") as answer:
        counts: dict[str, int] = json.load(answer)
        return counts


async def _main(delay: float) -> None:
    service = ChatService(delay=delay)
    server = await _listening(service)
    print(service.url, flush=True)
    await server.serve_forever()


if (
    __name__ == "__main__"
):  # `python -m tests.helpers.chat_service [DELAY]` tells its URL, and serves until it is killed
    asyncio.run(_main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0))
