"""An evaluation of many items on a server: replies per second beside what the server can do, and memory along the way.

The server is a fake one in a process of its own that thinks for `--think` seconds; what it can do is measured first by
a client that does nothing but ask, with as many connections. Items are made; each is asked for `--samples` times in
four languages. `going_on` is a second run over the same results, which asks nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from tests.bench.report import ROOT, write_result
from tests.helpers.asked import LANGUAGES, systems_at, write_endpoint, write_questions, write_task
from tests.helpers.chat_service import counts_of
from voicedoc.evaluate.run import run_task

SCORERS = ("unigrams", "bigrams", "answer-words", "failed")


async def _asked(url: str, n: int, at_once: int) -> float:
    """Seconds for `n` requests on `at_once` connections."""
    place = urlsplit(url)
    body = json.dumps({"messages": [{"role": "user", "content": "en question?"}], "seed": 0}).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    async def ask(n_own: int) -> None:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        for _ in range(n_own):
            writer.write(head + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(answer.partition(b"Content-Length: ")[2].split(b"\r\n")[0]))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(ask(n // at_once) for _ in range(at_once)))
    return time.perf_counter() - began


class Memory:
    """What this process holds, looked at when a part of the work is done."""

    def __init__(self, n_parts: int = 10) -> None:
        self._n_parts, self._process = n_parts, psutil.Process()
        self.mb: list[float] = []

    def __call__(self, done: int, total: int) -> None:
        if done * self._n_parts // total > len(self.mb) - 1 or not self.mb:
            self.mb.append(round(self._process.memory_info().rss / 2**20, 1))


def run(folder: Path, url: str, n_items: int, samples: int, at_once: int) -> dict[str, Any]:
    """One run, and one over its results."""
    write_questions(folder / "data", n_items)
    task = write_task(folder, samples=samples, languages=LANGUAGES, scorers=SCORERS)
    endpoint, memory = write_endpoint(folder, url, at_once=at_once), Memory()
    figures: dict[str, Any] = {}
    for name in ("run", "going_on"):
        began, began_cpu = time.perf_counter(), time.process_time()
        solved_after = 0.0

        def told(done: int, total: int, began: float = began) -> None:
            nonlocal solved_after
            memory(done, total)
            solved_after = time.perf_counter() - began

        with systems_at(endpoint, folder / "out") as systems:
            outcome = run_task(task, systems, folder / "out", root=folder / "data", progress=told)
        figures[name] = {
            "wall_seconds": round(time.perf_counter() - began, 1),
            "solved_after_seconds": round(solved_after, 1),
            "cpu_seconds": round(time.process_time() - began_cpu, 1),
            "items": outcome.n_items,
            "resumed": outcome.n_resumed,
        }
    figures["memory_mb_along"] = memory.mb
    figures["memory_mb_after"] = round(psutil.Process().memory_info().rss / 2**20, 1)
    figures["results_mb"] = round((folder / "out" / "many" / "results.jsonl").stat().st_size / 2**20, 1)
    figures["replies_mb"] = round((folder / "out" / "replies.sqlite").stat().st_size / 2**20, 1)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--samples", type=int, default=10)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--think", type=float, default=0.05, help="seconds that the server takes for a reply")
    given = parser.parse_args()
    n_replies = given.items * len(LANGUAGES) * given.samples
    command = [sys.executable, "-m", "tests.helpers.chat_service", str(given.think)]
    with tempfile.TemporaryDirectory() as name, subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as server:
        try:
            assert server.stdout
            url = server.stdout.readline().decode().strip()
            n_probe = min(n_replies, 20 * given.at_once)
            most = n_probe / asyncio.run(_asked(url, n_probe, given.at_once))
            figures = run(Path(name), url, given.items, given.samples, given.at_once)
            counts = counts_of(url)
        finally:
            server.kill()
    asked = n_replies / figures["run"]["solved_after_seconds"]
    figures |= {
        "n_items": given.items,
        "n_languages": len(LANGUAGES),
        "n_samples": given.samples,
        "at_once": given.at_once,
        "think_seconds": given.think,
        "replies_per_second": round(asked, 1),
        "server_alone_per_second": round(most, 1),
        "share_of_server": round(asked / most, 3),
        "asked_twice": counts["n_answered"] - n_probe - n_replies,
        "most_at_once": counts["most_at_once"],
    }
    print(write_result("evaluate", figures))


if __name__ == "__main__":
    main()
