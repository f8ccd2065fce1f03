"""Sentences that speak to a machine instead of a reader: they are never quoted."""

from __future__ import annotations

from functools import cache
from re import Pattern

from voicedoc.converse.knowledge.wording import flat, pattern

_WORDINGS = (
    *("ignore … instruction*", "ignore … rule*", "ignore … prompt*", "disregard … instruction*", "disregard … rule*"),
    *("forget … instruction*", "override … instruction*", "system prompt", "you are now", "you are an ai", "as an ai"),
    *("act as", "pretend … to be", "developer mode", "jailbreak*", "new instruction*", "do anything now", "role play"),
    *("language model", "ai assistant", "assistant must", "assistant should", "chatbot*", "prompt injection"),
    *("reply with", "respond with", "answer with the", "say to the user", "tell the user", "tell the patient to"),
    *("ignora … instruc*", "ignore … instruc*", "ignorar … instruc*", "olvida … instruc*", "esquec* … instruc*"),
    *("ignorez … instruction*", "oublie* … instruction*", "ignorier* … anweisung*", "vergiss … anweisung*"),
    *("ignora … istruzion*", "dimentica … istruzion*", "忽略…指令", "忽略…指示", "无视…指令", "你现在是", "语言模型"),
    *("निर्देश* … अनदेखा", "निर्देश* … नज़रअंदाज़", "تجاهل … تعليمات", "تجاهل … التعليمات"),
    *("игнорир* … инструкц*", "забудь … инструкц*", "не обращай внимания … инструкц*"),
)


@cache
def _pattern() -> Pattern[str]:
    return pattern(_WORDINGS)


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells a machine what to do. Health leaflets do not; what hides in a document may."""
    return bool(_pattern().search(flat(sentence)))
