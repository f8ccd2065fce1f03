"""A glossary forces its terms on the packaged English–Portuguese models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("fxtranslate", reason="pip install 'voicedoc[fxtranslate]'")

from voicedoc.core.cards import LoadedModel
from voicedoc.core.glossary import Glossary, Term
from voicedoc.translate.fxtranslate import FxTranslate
from voicedoc.translate.glossary import WithGlossary
from voicedoc.translate.role import Translator

pytestmark = pytest.mark.model

GLOSSARY = Glossary(
    (
        Term("drug", "Xarelto"),
        Term("drug", "Brufen 600"),
        Term("drug", forms={"en": "acetaminophen", "pt": "paracetamol"}),
        Term("drug", forms={"en": "Tylenol", "pt": "Ben-u-ron"}),
        Term("name", "Branca Flores"),
        Term("name", "Hope"),
        Term("name", "Faith"),
        Term("name", "Rose Brown"),
    )
)


@pytest.fixture(scope="module")
def english(loaded_model: Callable[[str], LoadedModel]) -> Translator:
    return FxTranslate(loaded_model("firefox-en-pt"), source="en", target="pt")


@pytest.fixture(scope="module")
def portuguese(loaded_model: Callable[[str], LoadedModel]) -> Translator:
    return FxTranslate(loaded_model("firefox-pt-en"), source="pt", target="en")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Take Xarelto twice a day with food.", ["Xarelto"]),
        ("Take Brufen 600 every 8 hours.", ["Brufen 600"]),
        ("Good morning, Rose Brown.", ["Rose Brown"]),
        ("Take acetaminophen, not Tylenol.", ["paracetamol", "Ben-u-ron"]),
        ("Faith is waiting for Hope.", ["Faith", "Hope"]),
        ("Take two Tylenol every six hours, no more than 8 Tylenol a day.", ["Ben-u-ron"]),
    ],
)
def test_english_terms_come_through(english: Translator, text: str, terms: list[str]) -> None:
    made = WithGlossary(english, GLOSSARY).translate(text, source="en", target="pt")
    assert all(term in made.text for term in terms) and made.doubts == (), made.text


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Branca Flores toma Ben-u-ron.", ["Branca Flores", "Tylenol"]),
        ("Tomo Brufen 600 e paracetamol.", ["Brufen 600", "acetaminophen"]),
    ],
)
def test_portuguese_terms_come_through(portuguese: Translator, text: str, terms: list[str]) -> None:
    made = WithGlossary(portuguese, GLOSSARY).translate(text, source="pt", target="en")
    assert all(term in made.text for term in terms) and made.doubts == (), made.text


def test_without_the_glossary_some_are_lost(english: Translator, portuguese: Translator) -> None:
    assert "Hope" not in english.translate("Faith is waiting for Hope.", source="en", target="pt").text
    assert "Branca" not in portuguese.translate("Branca Flores toma Ben-u-ron.", source="pt", target="en").text
