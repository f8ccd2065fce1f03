"""Chat formats, rendered by Transformers as it renders a checkpoint's own, against what each model's authors show."""

from __future__ import annotations

import pytest

from voicedoc.converse.dialogue.formats import formats

pytestmark = pytest.mark.unit

ONE = [{"role": "user", "content": "感冒怎么处理？"}]
TURNS = [
    {"role": "system", "content": "S"},
    {"role": "user", "content": "Q1"},
    {"role": "assistant", "content": "A1"},
    {"role": "user", "content": "Q2"},
]
HUATUO = (
    "一位用户和智能医疗大模型HuatuoGPT之间的对话。对于用户的医疗问诊，HuatuoGPT给出准确的、详细的、温暖的指导建议。"
    "对于用户的指令问题，HuatuoGPT给出有益的、详细的、有礼貌的回答。"
)
ALPACA = (
    "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n"
    "### Instruction:\n感冒怎么处理？\n\n### Response:"
)
ALPACA_INPUT = (
    "Below is an instruction that describes a task, paired with an input that provides further context. "
    "Write a response that appropriately completes the request.\n\n### Instruction:\nS\n\n"
    "### Input:\nQ1\n\n### Response:A1\n\n### Input:\nQ2\n\n### Response:"
)

GOLDEN = {
    "ziya": ("<s><human>:感冒怎么处理？\n<bot>:", "<s><human>:S\nQ1\n<bot>:A1\n<human>:Q2\n<bot>:"),
    "chimed-gpt": ("<s>[human]:感冒怎么处理？\n[bot]:", "<s>[human]:S\nQ1\n[bot]:A1\n[human]:Q2\n[bot]:"),
    "huatuogpt": (
        f"{HUATUO}<病人>：感冒怎么处理？ <HuatuoGPT>：",
        "S<病人>：Q1 <HuatuoGPT>：A1</s><病人>：Q2 <HuatuoGPT>：",
    ),
    "alpaca": (f"<s>{ALPACA}", f"<s>{ALPACA_INPUT}"),
    "mixtral": ("<s> [INST] 感冒怎么处理？ [/INST]", "<s> [INST] S\n\nQ1 [/INST] A1</s> [INST] Q2 [/INST]"),
    "chatml": (
        "<|im_start|>user\n感冒怎么处理？<|im_end|>\n<|im_start|>assistant\n",
        "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n"
        "<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\n",
    ),
    "gemma": (
        "<s><start_of_turn>user\n感冒怎么处理？<end_of_turn>\n<start_of_turn>model\n",
        "<s><start_of_turn>user\nS\n\nQ1<end_of_turn>\n<start_of_turn>model\nA1<end_of_turn>\n"
        "<start_of_turn>user\nQ2<end_of_turn>\n<start_of_turn>model\n",
    ),
    "llama3": (
        "<s><|start_header_id|>user<|end_header_id|>\n\n感冒怎么处理？<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n",
        "<s><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nQ1<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\nA1<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nQ2<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n",
    ),
}


def rendered(name: str, messages: list[dict[str, str]]) -> str:
    pytest.importorskip("transformers", reason="pip install 'voicedoc[transformers]'")
    from voicedoc.torch_audio import import_torchaudio

    import_torchaudio()
    from tokenizers import Tokenizer, models
    from transformers import PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.BPE()), bos_token="<s>", eos_token="</s>")
    text = tokenizer.apply_chat_template(
        messages, chat_template=formats()[name].template, add_generation_prompt=True, tokenize=False
    )
    return str(text)


@pytest.mark.parametrize("name", GOLDEN)
def test_one_question_looks_as_the_models_authors_show_it(name: str) -> None:
    assert rendered(name, ONE) == GOLDEN[name][0]


@pytest.mark.parametrize("name", GOLDEN)
def test_a_conversation_with_a_system_message_loses_nothing(name: str) -> None:
    assert rendered(name, TURNS) == GOLDEN[name][1]


def test_every_format_has_a_golden_and_says_who_says_so() -> None:
    assert set(GOLDEN) == set(formats())
    for known in formats().values():
        assert known.source and known.description and known.models and known.stop
