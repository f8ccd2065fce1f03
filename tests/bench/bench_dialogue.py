"""The embedded dialogue model through our role, and the raw engine: first token, tokens per second, in turns.

The raw engine is a second one with the library's own defaults (our role reads prompts in smaller blocks, so that they
can be left). The same prompts, one after the other; each begins with words of its own, so that none finds its beginning
already read. On a busy machine go by the CPU seconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from tests.bench.report import spread, write_result
from voicedoc.converse.dialogue.role import Message, Sampling
from voicedoc.converse.dialogue.schema import on_one_line
from voicedoc.converse.dialogue.wire import schema_to_wire
from voicedoc.converse.dialogue.xllamacpp import XLlamaCpp
from voicedoc.core.cards import LoadedModel
from voicedoc.store.models import ModelStore

MODEL = "qwen2.5-coder-1.5b"
SYSTEM = "You are the interviewer of a clinic. Ask one short question at a time, and never give advice. " * 6
COMPLAINTS = (
    "My head hurts.",
    "I have had a cough for a week.",
    "My child has a fever.",
    "My back hurts.",
    "I am dizzy.",
)
SCHEMA = {
    "type": "object",
    "properties": {"site": {"type": "string", "maxLength": 40}, "days": {"type": "integer", "maximum": 999}},
    "required": ["site", "days"],
    "additionalProperties": False,
}


class Timed(NamedTuple):
    """Seconds to the first text, seconds in all, the process's CPU seconds, tokens written."""

    first: float
    whole: float
    cpu: float
    n_tokens: int

    @property
    def per_second(self) -> float:
        """Tokens per second after the first."""
        return (self.n_tokens - 1) / (self.whole - self.first)


def ours(model: XLlamaCpp, system: str, user: str, schema: dict[str, Any] | None, n_tokens: int) -> Timed:
    """Through the role."""
    began, worked = time.perf_counter(), time.process_time()
    first = 0.0
    pieces = model.stream(
        [Message("system", system), Message("user", user)], schema=schema, sampling=Sampling(max_tokens=n_tokens)
    )
    while True:
        try:
            if next(pieces) and not first:
                first = time.perf_counter() - began
        except StopIteration as end:
            return Timed(first, time.perf_counter() - began, time.process_time() - worked, end.value.n_tokens)


def engine(model: LoadedModel, threads: int) -> Any:
    """llama.cpp as its library would have it."""
    import xllamacpp

    (weights,) = model.path.glob("*.gguf")
    with tempfile.TemporaryDirectory() as folder:
        settings = xllamacpp.CommonParams()
        settings.model.path, settings.hostnames = str(weights), [f"{folder}/raw.sock"]
        settings.n_ctx, settings.n_parallel, settings.use_jinja, settings.warmup = 4096, 1, True, False
        settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
        settings.verbosity = 1
        return xllamacpp.Server(settings)


def raw(server: Any, system: str, user: str, schema: dict[str, Any] | None, n_tokens: int) -> Timed:
    """The engine's own call, with a callback that only looks at the clock."""
    at: list[float] = []
    usage: dict[str, int] = {}

    def take(chunk: dict[str, Any]) -> None:
        usage.update(chunk.get("usage") or {})
        if chunk["choices"] and chunk["choices"][0]["delta"].get("content"):
            at.append(time.perf_counter() - began)

    request = {
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        "temperature": 0.0, "max_tokens": n_tokens, "stream": True, "stream_options": {"include_usage": True},
    }  # fmt: skip
    if schema is not None:
        request["response_format"] = schema_to_wire(on_one_line(schema))
    began, worked = time.perf_counter(), time.process_time()
    server.handle_chat_completions(request, take)
    return Timed(at[0], time.perf_counter() - began, time.process_time() - worked, usage["completion_tokens"])


def measure(
    model: XLlamaCpp, server: Any, n_prompts: int, n_tokens: int, schema: dict[str, Any] | None
) -> dict[str, Any]:
    """First token and speed of both, and the ratio of each pair."""
    rows: dict[str, list[Timed]] = {"ours": [], "raw": []}
    runs: list[tuple[str, Callable[..., Timed]]] = [("ours", partial(ours, model)), ("raw", partial(raw, server))]
    for number in range(n_prompts):
        for name, run in runs if number % 2 else runs[::-1]:
            system = f"{'Form' if schema else 'Visit'} {number}-{name}. {SYSTEM}"
            rows[name].append(run(system, COMPLAINTS[number % len(COMPLAINTS)], schema, n_tokens))
    pairs = list(zip(rows["ours"], rows["raw"], strict=True))
    return {
        "first_token_seconds": {name: spread([row.first for row in found]) for name, found in rows.items()},
        "tokens_per_second": {name: spread([row.per_second for row in found]) for name, found in rows.items()},
        "cpu_seconds": {name: spread([row.cpu for row in found]) for name, found in rows.items()},
        "cpu_seconds_ratio": spread([mine.cpu / theirs.cpu for mine, theirs in pairs]),
        "first_token_ratio": spread([mine.first / theirs.first for mine, theirs in pairs]),
        "speed_ratio": spread([mine.per_second / theirs.per_second for mine, theirs in pairs]),
    }


def main() -> None:
    """Measure, write `results/dialogue.json` and print where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompts", type=int, default=15)
    parser.add_argument("--tokens", type=int, default=40)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    loaded = ModelStore.default().open(MODEL)
    began = time.perf_counter()
    model = XLlamaCpp(loaded, threads=options.threads)
    load = time.perf_counter() - began
    server = engine(loaded, options.threads)
    for warm_up in (partial(ours, model), partial(raw, server)):
        warm_up("Warm up.", "Hello.", None, 4)
    figures = {
        "model": loaded.name, "model_sha256": loaded.sha256, "threads": options.threads, "load_seconds": load,
        "free": measure(model, server, options.prompts, options.tokens, None),
        "bound_to_a_schema": measure(model, server, options.prompts, options.tokens, SCHEMA),
    }  # fmt: skip
    model.close()
    print(write_result("dialogue", figures))


if __name__ == "__main__":
    main()
