"""GGUF models, run by llama.cpp inside this process: the embedded model, and any other on a CPU."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from voicedoc.converse.dialogue.choice import Choice, choice_schema, with_tools
from voicedoc.converse.dialogue.formats import chat_format
from voicedoc.converse.dialogue.role import GREEDY, Finish, Message, Pieces, Reply, Sampling, Tool, check_request
from voicedoc.converse.dialogue.schema import grammar_of, on_one_line
from voicedoc.converse.dialogue.wire import message_to_wire, schema_to_wire
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, ModelMissing
from voicedoc.registry import missing_package

N_BLOCK = 128
"""Tokens of the prompt that are read at once: a reply can be cancelled between two blocks."""

_QUIET = 1
"""llama.cpp's verbosity: errors alone, since what it says of a request may quote it."""

_DONE = None

_LATER_PART = re.compile(r"-(?!00001)\d{5}-of-\d{5}\.gguf\Z")


class XLlamaCpp:
    """A `DialogueModel`. The model's folder holds one GGUF file (or the parts of one).

    `chat` names a chat format instead of the file's own. `n_ctx`: tokens that a prompt and its reply may have together.
    `threads`: 1 is slower and loses least beside other work. What prompts begin with alike is read once, as far back
    as `cache_mb` of memory reach; it is gone when the model is closed.

    Raises:
        ModelMissing: If there is no GGUF file.
        ModelCorrupt: If llama.cpp cannot load it.
        ConfigError: If an option cannot be used.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        chat: str = "",
        n_ctx: int = 4096,
        threads: int = 2,
        cache_mb: int = 256,
    ) -> None:
        if model is None:
            raise ConfigError("dialogue model 'xllamacpp' needs a model", remedy="voicedoc models list")
        if n_ctx < 256 or threads < 1 or cache_mb < 0:
            raise ConfigError(
                f"n_ctx = {n_ctx}, threads = {threads}, cache_mb = {cache_mb}",
                remedy="n_ctx from 256, threads from 1, cache_mb from 0",
            )
        self.name = model.name
        self._n_ctx = n_ctx
        wanted = chat_format(chat, model.name)
        self._stop = wanted.stop if wanted else ()
        self._server = _load(model, wanted.template if wanted else "", n_ctx, threads, cache_mb)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[Tool] = (),
        schema: Mapping[str, Any] | None = None,
        sampling: Sampling = GREEDY,
    ) -> Pieces:
        """See `DialogueModel`."""
        check_request(messages, tools, schema)
        bound = choice_schema(tools) if tools else schema
        if bound is not None:
            grammar_of(bound, "xllamacpp")  # llama.cpp's own complaints come late, and say less
        request = self._request(with_tools(messages, tools), bound, sampling)
        choice = Choice() if tools else None
        text, finish, usage = "", "", dict[str, Any]()
        with closing(self._chunks(request)) as chunks:
            for chunk in chunks:
                usage = chunk.get("usage") or usage
                content, reason = _new(chunk)
                finish = reason or finish
                piece = choice.feed(content) if choice else content
                text += piece
                yield piece
        if not (finish and usage):
            raise BackendFailed(f"llama.cpp broke off in a reply of '{self.name}'", remedy="ask again")
        calls = choice.calls() if choice else ()
        ended: Finish = "tool" if calls else "length" if finish == "length" else "stop"
        return Reply(text, ended, int(usage["prompt_tokens"]), int(usage["completion_tokens"]), calls)

    def close(self) -> None:
        """Free the model's memory."""
        self._server = None

    def _request(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None, sampling: Sampling
    ) -> dict[str, Any]:
        request: dict[str, Any] = {
            "messages": [message_to_wire(message) for message in messages],
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": sampling.seed,
            "max_tokens": sampling.max_tokens,
            "stop": [*self._stop, *sampling.stop],
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,
            "cache_prompt": True,
        }
        if schema is not None:
            request["response_format"] = schema_to_wire(on_one_line(schema))
        return request

    def _chunks(self, request: dict[str, Any]) -> Generator[dict[str, Any], None, None]:
        """What llama.cpp sends. It works on a thread of its own, and stops at the next chunk after this is closed."""
        arrived: SimpleQueue[dict[str, Any] | Exception | None] = SimpleQueue()
        cancelled = threading.Event()

        def take(chunk: dict[str, Any]) -> bool:
            arrived.put(chunk)
            return cancelled.is_set()

        def work() -> None:
            try:
                self._server.handle_chat_completions(request, take)
            except (RuntimeError, ValueError) as error:
                arrived.put(error)
            arrived.put(_DONE)

        thread = threading.Thread(target=work, name="voicedoc-llama.cpp", daemon=True)
        thread.start()
        try:
            while (chunk := arrived.get()) is not _DONE:
                yield self._checked(chunk)
        finally:
            cancelled.set()
            thread.join()

    def _checked(self, chunk: dict[str, Any] | Exception) -> dict[str, Any]:
        """The chunk, if nothing went wrong. llama.cpp's own words are not told: they may quote the request."""
        if isinstance(chunk, Exception):
            raise BackendFailed(f"llama.cpp failed at a request to '{self.name}'", remedy="ask again") from chunk
        error = chunk.get("error")
        if not error:
            return chunk
        if error.get("type") == "exceed_context_size_error":
            raise BackendFailed(
                f"the prompt has {error.get('n_prompt_tokens')} tokens and '{self.name}' takes {self._n_ctx}",
                remedy="shorten what the model is given, or raise n_ctx",
            )
        raise BackendFailed(
            f"llama.cpp refused a request to '{self.name}': {error.get('type')} {error.get('code')}",
            remedy='another chat format may do: chat = "chatml"',
        )


def _new(chunk: Mapping[str, Any]) -> tuple[str, str]:
    """The text that is new, and why the reply ended, if it did."""
    choice = (chunk.get("choices") or [{}])[0]
    return (choice.get("delta") or {}).get("content") or "", choice.get("finish_reason") or ""


def _load(model: LoadedModel, template: str, n_ctx: int, threads: int, cache_mb: int) -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise missing_package(error, "xllamacpp") from error

    settings = xllamacpp.CommonParams()
    settings.model.path = str(_weights(model))
    settings.n_ctx, settings.n_parallel = n_ctx, 1
    settings.n_batch = settings.n_ubatch = N_BLOCK
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
    settings.use_jinja, settings.chat_template = True, template
    settings.warmup, settings.verbosity = False, _QUIET
    settings.ui = settings.endpoint_slots = settings.endpoint_props = False
    settings.cache_ram_mib = cache_mb
    try:
        return _unreachable(xllamacpp, settings)
    except (RuntimeError, ValueError) as error:
        raise ModelCorrupt(
            f"llama.cpp cannot load '{model.name}' from {model.path}: {error}",
            remedy=f"voicedoc models verify {model.name}",
        ) from error


def _unreachable(library: Any, settings: Any) -> Any:
    """The server without an address: it insists on listening, so it does on a socket that no other user can open.

    The socket's name is gone from the disk before the first request, and with it every way to connect.
    """
    with tempfile.TemporaryDirectory(prefix="voicedoc-") as folder:
        settings.hostnames = [f"{folder}/llama.sock"]
        return library.Server(settings)


def _weights(model: LoadedModel) -> Path:
    """The GGUF file; of one in parts, the first."""
    files = sorted(path for path in model.path.glob("*.gguf") if not _LATER_PART.search(path.name))
    if len(files) != 1:
        raise ModelMissing(
            f"model '{model.name}' has {len(files)} GGUF files in {model.path}, and one is needed",
            remedy=f"voicedoc models verify {model.name}, or name a folder with one GGUF file",
        )
    return files[0]
