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
    # whom it speaks to
    *("ai model*", "an ai", "the ai", "dear ai", "to ai", "ai system*", "ai chat*", "artificial intelligence", "llm"),
    *("dear assistant", "note to … assistant", "note to … model", "note to … machine", "virtual assistant"),
    *("modelo de linguagem", "modelo de ia", "modelo de lenguaje", "inteligencia artificial", "assistente virtual"),
    *("asistente virtual", "nota … modelo", "nota … asistente", "nota … assistente", "a ia", "la ia", "l'ia", "una ia"),
    *("uma ia", "une ia", "modele de langage", "modele de langue", "modele d'ia", "intelligence artificielle"),
    *("assistant virtuel", "note … modele", "note … l'assistant", "ki", "sprachmodell*", "ki modell*", "ki assistent*"),
    *("kunstliche* intelligenz", "hinweis … modell", "hinweis … assistent*", "modello linguistico", "modello di ia"),
    *("modello di linguaggio", "intelligenza artificiale", "nota … modello", "人工智能", "AI模型", "大模型", "AI助手"),
    *(
        "ai 模型",
        "ai 助手",
        "作为模型",
        "कृत्रिम बुद्धि*",
        "एआई",
        "भाषा मॉडल",
        "ai मॉडल",
        "الذكاء الاصطناعي",
        "ذكاء اصطناعي",
    ),
    *("نموذج اللغه", "نموذج لغوي", "نموذج لغه", "искусственн* интеллект*", "языков* модел*", "нейросет*", "ии"),
    # what it is to say
    *(
        "always reply",
        "always respond",
        "always answer",
        "from now on … reply",
        "from now on … answer",
        "from now on … say",
    ),
    *("if … asked … respond", "if … asked … reply", "if … asked … answer", "if … asks … respond"),
    *("if … asks … reply", "if … asks … answer", "when asked … reply"),
    *("when asked … answer", "when asked … respond", "to every question", "to any question", "answer every question"),
    *("responda sempre", "responde sempre", "responder sempre", "sempre responda", "se … pergunt* … respond*"),
    *("responda siempre", "responde siempre", "responder siempre"),
    *("siempre responde", "siempre responda", "si … pregunt* … respond*"),
    *("repondez toujours", "reponds toujours", "repondre toujours"),
    *("si … demande* … repond*", "antworte* immer", "immer antworten"),
    *("antworten sie immer", "wenn … gefragt … antwort*", "wenn … fragt … antwort*"),
    *("rispondi sempre", "risponda sempre", "rispondere sempre"),
    *("se … chied* … rispond*", "总是回答", "始终回答", "一律回答", "请回答"),
    *("如果…问…回答", "当…问…回答", "हमेशा जवाब", "हमेशा उत्तर", "पूछ* … जवाब", "पूछ* … उत्तर"),
    *("اجب دائما", "دائما اجب", "اذا سئلت … اجب", "اذا سالك … اجب"),
    *("всегда отвеча*", "отвечай* всегда", "если … спрос* … ответ*", "если … спрос* … отвеча*"),
    "если … спрашива* … отвеча*",
)


@cache
def _pattern() -> Pattern[str]:
    return pattern(_WORDINGS)


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells a machine what to do. Health leaflets do not; what hides in a document may."""
    return bool(_pattern().search(flat(sentence)))
