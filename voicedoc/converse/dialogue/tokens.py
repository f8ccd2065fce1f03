"""A checkpoint's tokenizer: messages become tokens as its chat template has them, and tokens become words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from voicedoc.converse.dialogue.formats import chat_format
from voicedoc.converse.dialogue.role import Message
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, ModelMissing
from voicedoc.registry import missing_package
from voicedoc.torch_audio import import_torchaudio

if TYPE_CHECKING:
    from llguidance import LLTokenizer


class ChatTokenizer:
    """The tokenizer in a model's folder. `chat` names a chat format instead of the checkpoint's own.

    Raises:
        BackendUnavailable: If Transformers is not installed; `extra` names what to install.
        ModelMissing: If there is no `config.json`.
        ModelCorrupt: If the tokenizer cannot be loaded.
        ConfigError: If nobody says how the model is to be told a chat.
    """

    def __init__(self, model: LoadedModel, chat: str, extra: str) -> None:
        self.name = model.name
        self.all = _load(model, extra)
        wanted = chat_format(chat, model.name)
        if not (self.all.chat_template or wanted):
            raise ConfigError(
                f"nothing says how '{model.name}' is told who says what",
                remedy='name a chat format in its options, for example chat = "chatml"',
            )
        own = bool(self.all.chat_template) and not chat
        self._template = None if own or wanted is None else wanted.template
        self.stop = wanted.stop if wanted else ()
        self._guided: LLTokenizer | None = None

    def prompt(self, messages: Sequence[Message], n_context: int) -> list[int]:
        """The tokens that the model is given, fewer than `n_context`.

        Raises:
            ConfigError: If the template does not take such messages.
            BackendFailed: If they are too many.
        """
        tokens = self._tokens(messages)
        if len(tokens) >= n_context:
            raise BackendFailed(
                f"the prompt has {len(tokens)} tokens and '{self.name}' takes {n_context}",
                remedy="shorten what the model is given, or choose one with a longer context",
            )
        return tokens

    def _tokens(self, messages: Sequence[Message]) -> list[int]:
        from jinja2 import TemplateError

        told = [{"role": message.role, "content": message.text} for message in messages]
        try:
            text = self.all.apply_chat_template(
                told, chat_template=self._template, add_generation_prompt=True, tokenize=False
            )
        except TemplateError as error:
            raise ConfigError(
                f"the chat template of '{self.name}' does not take these messages: {error}",
                remedy='name another chat format in its options, for example chat = "chatml"',
            ) from error
        tokens: list[int] = self.all(text, add_special_tokens=False)["input_ids"]
        return tokens

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end a reply, as far as the tokenizer and the format know: its own, and stop texts of one."""
        vocabulary = self.all.get_vocab()
        ends = {vocabulary[stop] for stop in self.stop if stop in vocabulary}
        return frozenset(ends if self.all.eos_token_id is None else {*ends, self.all.eos_token_id})

    def guided(self, n_vocabulary: int) -> LLTokenizer:
        """The tokenizer as llguidance reads it, for logits of this width: about a second's work, once."""
        if self._guided is None:
            from llguidance.hf import from_tokenizer

            self._guided = from_tokenizer(self.all, n_vocab=n_vocabulary)
        return self._guided


class Words:
    """Turns tokens into text, and holds back what is not a whole character yet."""

    def __init__(self, tokenizer: ChatTokenizer) -> None:
        self._tokenizer = tokenizer.all
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


def _load(model: LoadedModel, extra: str) -> Any:
    """The tokenizer, from files alone."""
    try:
        import_torchaudio()
        from transformers import AutoTokenizer
    except ImportError as error:
        raise missing_package(error, extra) from error
    if not (model.path / "config.json").is_file():
        raise ModelMissing(
            f"model '{model.name}' has no config.json in {model.path}",
            remedy=f"voicedoc models verify {model.name}, or copy the file from where the model comes from",
        )
    try:
        return AutoTokenizer.from_pretrained(str(model.path), local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelCorrupt(
            f"the tokenizer of '{model.name}' cannot be loaded from {model.path}: {error}",
            remedy=f"voicedoc models verify {model.name}",
        ) from error
