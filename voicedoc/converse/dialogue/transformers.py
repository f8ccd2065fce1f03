"""Any causal language model as its authors publish it, run by Transformers (PyTorch), on a CPU or a GPU."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voicedoc.converse.dialogue.choice import choice_schema, with_tools
from voicedoc.converse.dialogue.role import GREEDY, Message, Pieces, Sampling, Tool, check_request
from voicedoc.converse.dialogue.schema import Guide, grammar_of
from voicedoc.converse.dialogue.stops import Stops
from voicedoc.converse.dialogue.tokens import ChatTokenizer
from voicedoc.converse.dialogue.writing import Chooser, Logits, Run, replied, texts
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt
from voicedoc.registry import missing_package
from voicedoc.torch_audio import import_torchaudio

N_BLOCK = 256
"""Tokens of the prompt that are read at once: a reply can be cancelled between two blocks."""


class TransformersDialogue:
    """A `DialogueModel`. The model's folder is a checkpoint of `AutoModelForCausalLM` with its tokenizer.

    `device`: "auto" (CUDA if there is one), "cpu", "cuda", "cuda:1". `dtype`: "auto" (as saved; float32 on a CPU),
    "float32", "bfloat16" or "float16". `chat` names a chat format instead of the checkpoint's own. Code that comes
    with a checkpoint is never run.

    Raises:
        ModelMissing: If a file is not there.
        ModelCorrupt: If the model cannot be loaded.
        ConfigError: If an option does not fit the model or this machine, or nobody says how it is to be told a chat.
    """

    def __init__(
        self, model: LoadedModel | None = None, *, device: str = "auto", dtype: str = "auto", chat: str = ""
    ) -> None:
        if model is None:
            raise ConfigError("dialogue model 'transformers' needs a model", remedy="voicedoc models list")
        self.name = model.name
        self._tokenizer = ChatTokenizer(model, chat, "transformers")
        self._network = _load(model, device, dtype)
        self._ends = self._end_tokens()

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
        prompt = self._tokenizer.prompt(with_tools(messages, tools), self._n_context)
        run, stops = Run(len(prompt)), Stops((*self._tokenizer.stop, *sampling.stop))
        tokens = self._tokens(prompt, Chooser(sampling, guide), sampling.max_tokens)
        written = texts(tokens, self._tokenizer, guide, self._ends, run)
        return (yield from replied(written, run, stops, bound=guide is not None, calls_tools=bool(tools)))

    def _tokens(self, prompt: list[int], choose: Chooser, at_most: int) -> Iterator[int | None]:
        """The tokens as they are chosen, with None for each block of the prompt but the last."""
        cache: Any = None
        for at in range(0, len(prompt) - N_BLOCK, N_BLOCK):
            _, cache = self._read(prompt[at : at + N_BLOCK], cache)
            yield None
        rest = prompt[(len(prompt) - 1) // N_BLOCK * N_BLOCK :]
        for _ in range(min(at_most, self._n_context - len(prompt))):
            logits, cache = self._read(rest, cache)
            rest = [choose(logits)]
            yield rest[0]

    def _read(self, tokens: list[int], cache: Any) -> tuple[Logits, Any]:
        """The logits after `tokens`, shape `(n_vocabulary,)`, and what the model remembers of them."""
        import torch

        try:
            with torch.inference_mode():
                inputs = torch.tensor([tokens], device=self._network.device)
                made = self._network(input_ids=inputs, past_key_values=cache, use_cache=True, logits_to_keep=1)
        except RuntimeError as error:  # CUDA reports out of memory this way
            raise BackendFailed(
                f"'{self.name}' failed: {error}", remedy="choose a smaller model or device = 'cpu'"
            ) from error
        return made.logits[0, -1].float().cpu().numpy(), made.past_key_values

    def _guide(self, schema: Mapping[str, Any]) -> Guide:
        grammar = grammar_of(schema, "transformers")
        n_vocabulary = self._network.config.get_text_config().vocab_size
        return Guide(grammar, self._tokenizer.guided(n_vocabulary), n_vocabulary)

    @property
    def _n_context(self) -> int:
        return int(getattr(self._network.config.get_text_config(), "max_position_embeddings", 1 << 20))

    def _end_tokens(self) -> frozenset[int]:
        """The tokens that end a reply: the checkpoint's, and the format's stop texts that are one token."""
        given = self._network.generation_config.eos_token_id
        return frozenset({given} if isinstance(given, int) else given or ()) | self._tokenizer.ends


def _load(model: LoadedModel, device: str, dtype: str) -> Any:
    """The network, from files alone."""
    try:
        import_torchaudio()
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModelForCausalLM
        from transformers.utils import logging as progress
    except ImportError as error:
        raise missing_package(error, "transformers") from error

    progress.disable_progress_bar()  # type: ignore[no-untyped-call,unused-ignore]
    device = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    dtype = "float32" if (dtype, device) == ("auto", "cpu") else dtype
    if dtype not in ("auto", "float32", "bfloat16", "float16"):
        raise ConfigError(f"no dtype is called '{dtype}'", remedy="auto, float32, bfloat16 or float16")
    try:
        network = AutoModelForCausalLM.from_pretrained(
            str(model.path), local_files_only=True, dtype=dtype if dtype == "auto" else getattr(torch, dtype)
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelCorrupt(
            f"model '{model.name}' cannot be loaded from {model.path}: {error}",
            remedy=f"voicedoc models verify {model.name}",
        ) from error
    network.train(False)
    return _placed(network, device)


def _placed(network: Any, device: str) -> Any:
    try:
        return network.to(device)
    except (RuntimeError, AssertionError) as error:  # torch asserts that it was built with CUDA
        raise ConfigError(f"device = '{device}' cannot be used: {error}", remedy="device = 'auto' or 'cpu'") from error
