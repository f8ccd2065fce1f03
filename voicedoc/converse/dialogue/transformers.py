"""Any causal language model as its authors publish it, run by Transformers (PyTorch), on a CPU or a GPU."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from voicedoc.converse.dialogue.choice import Choice, choice_schema, with_tools
from voicedoc.converse.dialogue.formats import chat_format
from voicedoc.converse.dialogue.role import GREEDY, Finish, Message, Pieces, Reply, Sampling, Tool, check_request
from voicedoc.converse.dialogue.schema import Guide, grammar_of
from voicedoc.converse.dialogue.stops import Stops, Thoughts, certain
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, ModelMissing
from voicedoc.registry import missing_package
from voicedoc.torch_audio import import_torchaudio

if TYPE_CHECKING:
    import torch
    from llguidance import LLTokenizer

N_BLOCK = 256
"""Tokens of the prompt that are read at once: a reply can be cancelled between two blocks."""


@dataclass(slots=True)
class _Run:
    """One reply as it is being written."""

    n_prompt: int
    n_tokens: int = 0
    finish: Finish = "length"
    said: list[str] = field(default_factory=list)


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
        self._tokenizer, self._network = _load(model, device, dtype)
        wanted = chat_format(chat, model.name)
        if not (self._tokenizer.chat_template or wanted):
            raise ConfigError(
                f"nothing says how '{model.name}' is told who says what",
                remedy='name a chat format in its options, for example chat = "chatml"',
            )
        own = bool(self._tokenizer.chat_template) and not chat
        self._template = None if own or wanted is None else wanted.template
        self._stop = wanted.stop if wanted else ()
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
        prompt = self._prompt(with_tools(messages, tools))
        run, choice = _Run(len(prompt)), Choice() if tools else None
        stops, thoughts = Stops((*self._stop, *sampling.stop)), Thoughts()
        for written in certain(self._texts(prompt, guide, sampling, run), stops):
            answer = written if guide else thoughts.feed(written)
            piece = choice.feed(answer) if choice else answer
            run.said.append(piece)
            yield piece
        run.said.append(thoughts.rest())
        yield run.said[-1]
        calls = choice.calls() if choice else ()
        finish: Finish = "tool" if calls else "stop" if stops.reached else run.finish
        return Reply("".join(run.said), finish, run.n_prompt, run.n_tokens, calls)

    def _prompt(self, messages: Sequence[Message]) -> list[int]:
        """The tokens that the model is given."""
        from jinja2 import TemplateError

        told = [{"role": message.role, "content": message.text} for message in messages]
        try:
            text = self._tokenizer.apply_chat_template(
                told, chat_template=self._template, add_generation_prompt=True, tokenize=False
            )
        except TemplateError as error:
            raise ConfigError(
                f"the chat template of '{self.name}' does not take these messages: {error}",
                remedy='name another chat format in its options, for example chat = "chatml"',
            ) from error
        tokens: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        if len(tokens) >= self._n_context:
            raise BackendFailed(
                f"the prompt has {len(tokens)} tokens and '{self.name}' takes {self._n_context}",
                remedy="shorten what the model is given, or choose one with a longer context",
            )
        return tokens

    def _texts(self, prompt: list[int], guide: Guide | None, sampling: Sampling, run: _Run) -> Iterator[str]:
        """The text as it is written, with an empty piece for each block of the prompt but the last."""
        cache: Any = None
        for at in range(0, len(prompt) - N_BLOCK, N_BLOCK):
            _, cache = self._read(prompt[at : at + N_BLOCK], cache)
            yield ""
        rest = prompt[(len(prompt) - 1) // N_BLOCK * N_BLOCK :]
        words = _Words(self._tokenizer)
        choose = _Chooser(sampling)
        for _ in range(min(sampling.max_tokens, self._n_context - len(prompt))):
            logits, cache = self._read(rest, cache)
            token = choose(logits, guide)
            run.n_tokens += 1
            if token in self._ends:
                run.finish = "stop"
                break
            if guide:
                guide.take(token)
            yield words.feed(token)
            if guide and guide.ended:
                run.finish = "stop"
                break
            rest = [token]
        yield words.rest()

    def _read(self, tokens: list[int], cache: Any) -> tuple[torch.Tensor, Any]:
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
        return made.logits[0, -1].float().cpu(), made.past_key_values

    def _guide(self, schema: Mapping[str, Any]) -> Guide:
        grammar = grammar_of(schema, "transformers")
        return Guide(grammar, self._guided_tokenizer, self._network.config.get_text_config().vocab_size)

    @cached_property
    def _guided_tokenizer(self) -> LLTokenizer:
        """The tokenizer as llguidance reads it: about a second's work."""
        from llguidance.hf import from_tokenizer

        n_vocabulary = self._network.config.get_text_config().vocab_size
        return from_tokenizer(self._tokenizer, n_vocab=n_vocabulary)

    @property
    def _n_context(self) -> int:
        return int(getattr(self._network.config.get_text_config(), "max_position_embeddings", 1 << 20))

    def _end_tokens(self) -> frozenset[int]:
        """The tokens that end a reply: the checkpoint's, and the format's stop texts that are one token."""
        given = self._network.generation_config.eos_token_id
        ends = {given} if isinstance(given, int) else set(given or ())
        vocabulary = self._tokenizer.get_vocab()
        ends |= {vocabulary[stop] for stop in self._stop if stop in vocabulary}
        if self._tokenizer.eos_token_id is not None:
            ends.add(self._tokenizer.eos_token_id)
        return frozenset(ends)


class _Words:
    """Turns tokens into text, and holds back what is not a whole character yet."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._tokens: list[int] = []
        self._begun = self._read = 0

    def feed(self, token: int) -> str:
        """The text that is new.

        A token's text depends on the one before it, so that both are decoded and the known part taken away.
        Source: text-generation-inference, `Model.decode_token`.
        """
        self._tokens.append(token)
        known, text = self._decoded()
        if text.endswith("\ufffd") or len(text) <= len(known):
            return ""
        self._begun, self._read = self._read, len(self._tokens)
        return text[len(known) :]

    def rest(self) -> str:
        """What is left, whole or not."""
        known, text = self._decoded()
        return text[len(known) :]

    def _decoded(self) -> tuple[str, str]:
        options = {"skip_special_tokens": True, "clean_up_tokenization_spaces": False}
        known = self._tokenizer.decode(self._tokens[self._begun : self._read], **options)
        return known, self._tokenizer.decode(self._tokens[self._begun :], **options)


class _Chooser:
    """Chooses the next token. The same seed, the same choices."""

    def __init__(self, sampling: Sampling) -> None:
        import torch

        self._sampling = sampling
        self._chance = torch.Generator().manual_seed(sampling.seed)

    def __call__(self, logits: torch.Tensor, guide: Guide | None) -> int:
        import torch

        if guide:
            logits = logits.masked_fill(~torch.from_numpy(guide.allowed()), float("-inf"))
        if self._sampling.temperature == 0.0:
            return int(logits.argmax())
        shares, tokens = torch.softmax(logits / self._sampling.temperature, -1).sort(descending=True)
        before = shares.cumsum(-1) - shares
        shares = shares.masked_fill(before >= self._sampling.top_p, 0.0)
        return int(tokens[torch.multinomial(shares, 1, generator=self._chance)])


def _load(model: LoadedModel, device: str, dtype: str) -> tuple[Any, Any]:
    """The tokenizer and the network, from files alone."""
    try:
        import_torchaudio()
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging as progress
    except ImportError as error:
        raise missing_package(error, "transformers") from error

    progress.disable_progress_bar()  # type: ignore[no-untyped-call,unused-ignore]
    if not (model.path / "config.json").is_file():
        raise ModelMissing(
            f"model '{model.name}' has no config.json in {model.path}",
            remedy=f"voicedoc models verify {model.name}, or copy the file from where the model comes from",
        )
    device = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    dtype = "float32" if (dtype, device) == ("auto", "cpu") else dtype
    if dtype not in ("auto", "float32", "bfloat16", "float16"):
        raise ConfigError(f"no dtype is called '{dtype}'", remedy="auto, float32, bfloat16 or float16")
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(model.path), local_files_only=True)
        network = AutoModelForCausalLM.from_pretrained(
            str(model.path), local_files_only=True, dtype=dtype if dtype == "auto" else getattr(torch, dtype)
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelCorrupt(
            f"model '{model.name}' cannot be loaded from {model.path}: {error}",
            remedy=f"voicedoc models verify {model.name}",
        ) from error
    network.train(False)
    return tokenizer, _placed(network, device)


def _placed(network: Any, device: str) -> Any:
    try:
        return network.to(device)
    except (RuntimeError, AssertionError) as error:  # torch asserts that it was built with CUDA
        raise ConfigError(f"device = '{device}' cannot be used: {error}", remedy="device = 'auto' or 'cpu'") from error
