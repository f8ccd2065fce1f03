"""A translator that is held to a glossary."""

from __future__ import annotations

import pytest

from voicedoc.core.glossary import Glossary, Term
from voicedoc.translate.glossary import STAND_INS, WithGlossary
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = pytest.mark.unit

GLOSSARY = Glossary(
    (
        Term("drug", "Xarelto"),
        Term("drug", forms={"en": "Tylenol", "pt": "Ben-u-ron"}),
        Term("name", "Hope"),
        Term("name", "Rose"),
    )
)
FIRST, SECOND = STAND_INS[:2]


def translated(text: str, phrases: dict[str, str], failing: list[str] | None = None) -> tuple[str, tuple[str, ...]]:
    translator = WithGlossary(ScriptedTranslator(phrases=phrases, failing=failing), GLOSSARY)
    made = translator.translate(text, source="en", target="pt")
    return made.text, made.doubts


def test_a_translation_that_has_the_terms_is_left_as_it_is() -> None:
    assert translated("Take Xarelto.", {"Take Xarelto.": "Tome xarelto."}) == ("Tome xarelto.", ())


def test_a_lost_term_is_forced() -> None:
    phrases = {"Take Tylenol.": "Tome Tylenol.", f"Take {FIRST}.": f"Tome {FIRST}."}
    assert translated("Take Tylenol.", phrases) == ("Tome Ben-u-ron.", ())


def test_each_occurrence_counts() -> None:
    phrases = {"Rose, not Rose.": "Rose, não flor.", f"{FIRST}, not {FIRST}.": f"{FIRST}, não {FIRST}."}
    assert translated("Rose, not Rose.", phrases) == ("Rose, não Rose.", ())


def test_several_terms_keep_their_places() -> None:
    text = "Hope takes Tylenol."
    phrases = {text: "Espero que tome Tylenol.", f"{FIRST} takes {SECOND}.": f"{SECOND} toma {FIRST}."}
    assert translated(text, phrases) == ("Ben-u-ron toma Hope.", ())  # the model's order, each term its own place


def test_a_name_counts_only_as_it_is_written() -> None:
    assert translated("I hope so.", {"I hope so.": "Espero que sim."}) == ("Espero que sim.", ())


@pytest.mark.parametrize("output", ["Tome.", f"Tome {FIRST} {FIRST}.", "Tome Xqad."])
def test_where_the_model_loses_the_stand_in_the_first_translation_stands_with_a_doubt(output: str) -> None:
    phrases = {"Take Tylenol.": "Tome Tylenol.", f"Take {FIRST}.": output}
    assert translated("Take Tylenol.", phrases) == ("Tome Tylenol.", ("glossary term missing: Ben-u-ron",))


def test_where_the_model_fails_at_the_stand_in_the_first_translation_stands_with_a_doubt() -> None:
    made = translated("Take Tylenol.", {"Take Tylenol.": "Tome Tylenol."}, failing=[f"Take {FIRST}."])
    assert made == ("Tome Tylenol.", ("glossary term missing: Ben-u-ron",))


def test_a_text_that_has_a_stand_in_of_its_own_is_not_forced() -> None:
    text = f"{FIRST} and Tylenol."
    assert translated(text, {text: "nada"}) == ("nada", ("glossary term missing: Ben-u-ron",))


def test_the_translators_own_doubts_and_name_stay() -> None:
    inner = ScriptedTranslator(phrases={"Take it.": "Tome."}, pairs=["en-pt"], name="inner")
    outer = WithGlossary(inner, GLOSSARY)
    assert outer.name == "inner" and outer.supports("en", "pt") and not outer.supports("pt", "en")
    assert outer.translate("Take it.", source="en", target="pt") == inner.translate(
        "Take it.", source="en", target="pt"
    )


def test_a_term_with_a_turkish_capital_is_held_to() -> None:
    phrases = {"Take \u0130nsulin.": "Tome nada.", f"Take {FIRST}.": f"Tome {FIRST}."}
    translator = WithGlossary(ScriptedTranslator(phrases=phrases), Glossary((Term("drug", "insulin"),)))
    assert translator.translate("Take \u0130nsulin.", source="en", target="pt").text == "Tome insulin."
