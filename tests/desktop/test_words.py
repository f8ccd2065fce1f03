"""The app's words: whole in every language, with the same gaps to be filled, and as Qt reads them."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import voicedoc_desktop
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from voicedoc_desktop.state.settings import LANGUAGES
from voicedoc_desktop.words.load import FOLDER, chosen, speak

pytestmark = pytest.mark.unit

PACKAGE = Path(voicedoc_desktop.__file__).parent
OTHERS = tuple(language for language in LANGUAGES if language != "en")
N_FORMS = {"en": 2, "pt": 2, "es": 2, "zh": 1, "ar": 6}
GAP = re.compile(r"\{[^}]*\}|%n|%L?\d")


class Message(NamedTuple):
    """A text and its translations: one, or as many as the language has plurals."""

    context: str
    source: str
    translations: tuple[str, ...]
    has_plurals: bool


def messages(language: str) -> Iterator[Message]:
    root = ElementTree.parse(FOLDER / f"voicedoc_{language}.ts").getroot()
    for context in root.iter("context"):
        for message in context.iter("message"):
            yield _message(context.findtext("name") or "", message)


def _message(context: str, message: ElementTree.Element) -> Message:
    translation = message.find("translation")
    assert translation is not None
    is_done = translation.get("type") is None
    forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
    plural = message.get("numerus") == "yes"
    return Message(context, message.findtext("source") or "", tuple(forms) if is_done else (), plural)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    lacking = [f"{each.context}: {each.source}" for each in messages(language) if not all(each.translations or ("",))]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_has_as_many_forms_as_the_language(language: str) -> None:
    numbered = [each for each in messages(language) if each.has_plurals]
    assert numbered
    assert {len(each.translations) for each in numbered} == {N_FORMS[language]}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_gaps_of_its_source(language: str) -> None:
    wrong = [
        (each.source, form) for each in messages(language) for form in each.translations if not _same_gaps(each, form)
    ]
    assert wrong == []


def _same_gaps(message: Message, form: str) -> bool:
    wanted, found = sorted(GAP.findall(message.source)), sorted(GAP.findall(form))
    if message.has_plurals:  # "one visit" needs no number
        wanted, found = [gap for gap in wanted if gap != "%n"], [gap for gap in found if gap != "%n"]
    return wanted == found


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_sources_is_in_the_words(language: str) -> None:
    known = {each.source for each in messages(language)}
    assert sorted(set(texts_of_sources()) - known) == []


def texts_of_sources() -> Iterator[str]:
    """Every literal that is given to `tr` or `translate`."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (text := _text_of(node)) is not None:
                yield text


def _text_of(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = {"tr": 0, "translate": 1}.get(name)
    if place is None or len(call.args) <= place:
        return None
    text = call.args[place]
    return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else None


def test_only_literals_are_handed_to_the_translation() -> None:
    others = [
        f"{path.name}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _is_tr(node) and _text_of(node) is None
    ]
    assert others == []


def _is_tr(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "tr"


@pytest.mark.parametrize("language", OTHERS)
def test_what_qt_reads_is_as_new_as_the_words(qapp: QApplication, language: str) -> None:
    translator = QTranslator(qapp)
    assert translator.load(f"voicedoc_{language}", str(FOLDER))
    old = [
        each.source
        for each in messages(language)
        if not each.has_plurals and translator.translate(each.context, each.source) != each.translations[0]
    ]
    assert old == []


@pytest.mark.parametrize(
    ("wanted", "system", "language"),
    [("pt", ["en-US"], "pt"), ("", ["pt-BR", "en"], "pt"), ("", ["fi-FI", "zh-Hans-CN"], "zh"), ("", ["fi"], "en")],
)
def test_the_interface_speaks_what_is_set_or_the_systems_first_that_it_can(
    wanted: str, system: list[str], language: str
) -> None:
    assert chosen(wanted, system) == language


def test_arabic_runs_from_right_to_left_and_english_does_not(qapp: QApplication) -> None:
    speak(qapp, "ar")
    arabic = qapp.isRightToLeft(), QApplication.translate("Navigation", "Home")
    speak(qapp, "en")
    english = qapp.isRightToLeft(), QApplication.translate("Navigation", "Home")
    assert (arabic[0], english) == (True, (False, "Home"))
    assert arabic[1] != "Home"


def test_numbers_take_their_plurals_in_english(qapp: QApplication) -> None:
    speak(qapp, "en")
    days = [
        QApplication.translate("VisitSetup", "They are destroyed %n day(s) after the visit.", "", n) for n in (1, 30)
    ]
    assert days == ["They are destroyed 1 day after the visit.", "They are destroyed 30 days after the visit."]
