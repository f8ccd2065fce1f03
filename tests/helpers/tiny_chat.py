"""A tiny, random, real checkpoint of a chat model: what it says is noise, how it is asked and bound is not."""

from __future__ import annotations

from pathlib import Path

from voicedoc.converse.dialogue.formats import formats
from voicedoc.torch_audio import import_torchaudio

SENTENCES = [
    "Where does it hurt?", "I have had pain in my chest for two days.", "Take 2.5 mg at 10:30.", "我头痛。",
    "Dói-me a barriga há três dias.", "मुझे बुखार है।", '{"answer": "yes", "days": 3}',
    "The quick brown fox jumps over the lazy dog 0123456789.",
]  # fmt: skip
N_CONTEXT = 2048


def tiny_chat_model(folder: Path, *, template: bool = True) -> Path:
    """A Qwen2 network of two thin layers, with a byte-level tokenizer; `template`: its files say how to chat."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    import_torchaudio()
    from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

    torch.manual_seed(7)
    torch.set_num_threads(1)  # models this small only wait for more
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    core.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(vocab_size=400, special_tokens=special, initial_alphabet=alphabet, show_progress=False),
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=core, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    if template:
        tokenizer.chat_template = formats()["chatml"].template
    tokenizer.save_pretrained(folder)
    config = Qwen2Config(
        vocab_size=len(tokenizer) + 13, hidden_size=32, intermediate_size=32, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=1, max_position_embeddings=N_CONTEXT, tie_word_embeddings=False,
        eos_token_id=2, bos_token_id=None, pad_token_id=0,
    )  # fmt: skip
    Qwen2ForCausalLM(config).save_pretrained(folder)
    return folder


def converted(checkpoint: Path, folder: Path) -> Path:
    """The checkpoint as CTranslate2 has it, in a new folder in `folder`."""
    from ctranslate2.converters import TransformersConverter

    made = folder / "converted"
    beside = [path.name for path in checkpoint.iterdir() if path.name.startswith(("tokenizer", "chat_template"))]
    TransformersConverter(str(checkpoint), copy_files=beside).convert(str(made))
    return made
