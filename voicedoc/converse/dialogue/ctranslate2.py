"""Causal language models that were converted for CTranslate2, on a CPU or a GPU, with their tokenizer beside them."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from queue import SimpleQueue
from typing import Any, NamedTuple

import numpy as np

from voicedoc.converse.dialogue.choice import choice_schema, with_tools
from voicedoc.converse.dialogue.role import GREEDY, Message, Pieces, Sampling, Tool, check_request
from voicedoc.converse.dialogue.schema import Guide, grammar_of
from voicedoc.converse.dialogue.stops import Stops
from voicedoc.converse.dialogue.tokens import ChatTokenizer
from voicedoc.converse.dialogue.writing import Chooser, Logits, Run, replied, texts
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, ModelMissing
from voicedoc.registry import missing_package

VOCABULARY = "vocabulary.json"


class _Guess(NamedTuple):
    """The token that the model likes best, and how much it likes all."""

    token: int
    logits: Logits


class CTranslate2Dialogue:
    """A `DialogueModel`. The model's folder is the converter's output, with the checkpoint's tokenizer beside it
    (`ct2-transformers-converter … --copy_files tokenizer.json tokenizer_config.json chat_template.jinja`).

    `device`: "auto", "cpu" or "cuda". `compute_type`: as it was converted, "int8", … `threads`: on a CPU. `n_ctx`:
    tokens that a prompt and its reply may have together. `chat` names a chat format instead of the checkpoint's own.

    CTranslate2 takes the likeliest token each time and lets nobody choose. Where a schema or chance wants another one,
    it begins again after that, and reads everything before once more: free text at temperature 0 is fast, the rest is
    slow. The prompt is read as one block.

    Raises:
        BackendUnavailable: If CTranslate2 or Transformers is not installed.
        ModelMissing: If a file is not there.
        ModelCorrupt: If the model cannot be loaded.
        ConfigError: If an option does not fit the model or this machine, or nobody says how it is to be told a chat.
    """

    def __init__(
        self,
        model: LoadedModel | None = None,
        *,
        device: str = "auto",
        compute_type: str = "default",
        threads: int = 2,
        n_ctx: int = 4096,
        chat: str = "",
    ) -> None:
        if model is None:
            raise ConfigError("dialogue model 'ctranslate2' needs a model", remedy="voicedoc models list")
        if n_ctx < 256 or threads < 1:
            raise ConfigError(f"n_ctx = {n_ctx}, threads = {threads}", remedy="n_ctx from 256, threads from 1")
        self.name = model.name
        self._n_ctx = n_ctx
        self._tokenizer = ChatTokenizer(model, chat, "ctranslate2")
        self._vocabulary = _vocabulary(model)
        self._generator = _load(model, device=device, compute_type=compute_type, intra_threads=threads)

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
        guide = self._guide(bound) if bound is not None else None
        prompt = self._tokenizer.prompt(with_tools(messages, tools), self._n_ctx)
        run, stops = Run(len(prompt)), Stops((*self._tokenizer.stop, *sampling.stop))
        with closing(self._tokens(prompt, Chooser(sampling, guide), sampling.max_tokens)) as tokens:
            written = texts(tokens, self._tokenizer, guide, self._tokenizer.ends, run)
            return (yield from replied(written, run, stops, bound=guide is not None, calls_tools=bool(tools)))

    def close(self) -> None:
        """Free the model's memory."""
        self._generator.unload_model()

    def _guide(self, schema: Mapping[str, Any]) -> Guide:
        grammar = grammar_of(schema, "ctranslate2")
        n_vocabulary = len(self._vocabulary)
        return Guide(grammar, self._tokenizer.guided(n_vocabulary), n_vocabulary)

    def _tokens(self, prompt: list[int], choose: Chooser, at_most: int) -> Generator[int, None, None]:
        """The tokens after the prompt, as `choose` wants them."""
        known = list(prompt)
        most = min(len(prompt) + at_most, self._n_ctx)
        while len(known) < most:
            with closing(self._guesses(known, most - len(known))) as guesses:
                for guess in guesses:
                    known.append(choose(guess.logits))
                    yield known[-1]
                    if known[-1] != guess.token:
                        break

    def _guesses(self, known: Sequence[int], at_most: int) -> Generator[_Guess, None, None]:
        """What the model would say. It works on a thread of its own, and stops at the next token after a close."""
        arrived: SimpleQueue[_Guess | RuntimeError | None] = SimpleQueue()
        cancelled = threading.Event()

        def take(step: Any) -> bool:
            arrived.put(_Guess(step.token_id, _as_array(step.logits)))
            return cancelled.is_set()

        def work() -> None:
            try:
                self._generator.generate_batch(
                    [[self._vocabulary[token] for token in known]],
                    max_length=at_most,
                    end_token=[],
                    include_prompt_in_result=False,
                    return_logits_vocab=True,
                    callback=take,
                )
            except RuntimeError as error:
                arrived.put(error)
            arrived.put(None)

        thread = threading.Thread(target=work, name="voicedoc-ctranslate2", daemon=True)
        thread.start()
        try:
            while (guess := arrived.get()) is not None:
                if isinstance(guess, RuntimeError):
                    raise BackendFailed(
                        f"'{self.name}' failed: {guess}", remedy="choose a smaller model or device = 'cpu'"
                    ) from guess
                yield guess
        finally:
            cancelled.set()
            thread.join()


def _as_array(logits: Any) -> Logits:
    """Logits of shape `(1, n_vocabulary)`, on whatever device, as an array of shape `(n_vocabulary,)`."""
    import ctranslate2

    moved = logits.to_device(ctranslate2.Device.cpu).to(ctranslate2.DataType.float32)
    found: Logits = np.array(moved, np.float32)[0]
    return found


def _vocabulary(model: LoadedModel) -> list[str]:
    path = model.path / VOCABULARY
    try:
        names: list[str] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelMissing(
            f"model '{model.name}' has no {VOCABULARY} in {model.path}",
            remedy="convert it with ct2-transformers-converter, or copy the file from where the model comes from",
        ) from error
    except ValueError as error:
        raise _damaged(model, error) from error
    return names


def _load(model: LoadedModel, **options: Any) -> Any:
    try:
        import ctranslate2
    except ImportError as error:
        raise missing_package(error, "ctranslate2") from error
    try:
        return ctranslate2.Generator(str(model.path), **options)
    except ValueError as error:
        raise ConfigError(f"'{model.name}' cannot be run so: {error}", remedy='device = "cpu", or another') from error
    except RuntimeError as error:
        raise _damaged(model, error) from error


def _damaged(model: LoadedModel, error: Exception) -> ModelCorrupt:
    return ModelCorrupt(
        f"model '{model.name}' cannot be loaded from {model.path}: {error}",
        remedy=f"voicedoc models verify {model.name}",
    )
