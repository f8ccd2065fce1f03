"""The guard on sentence pairs by somebody who had seen neither it nor its word lists: `tests/challenge/outside.toml`.

What it still gets wrong is listed here by id: the lists may only become shorter.
"""

from __future__ import annotations

import tomllib

import pytest

from tests.challenge.slots import HERE, LANGUAGES
from voicedoc.guard import compare_texts

pytestmark = pytest.mark.unit

PAIRS: list[dict[str, str]] = tomllib.loads((HERE / "outside.toml").read_text("utf-8"))["pair"]

ALARMS = {"number-22", "laterality-24", "fraction-50", "duration-67"}
"""Correct, and held: "dezesseis por nove" for 160/90, "direito" for well, "une cuillère et demie", "une quinzaine"."""

UNNOTICED = {"modality-23", "modality-181"}
"""Errors without any verdict: "parei de" and "started", "only with" and "нельзя"."""

ONLY_SHOWN = {"modality-18", "modality-59", "modality-217", "severity-64", "severity-125", "family-187", "family-208"}
"""Errors that are shown without holding the sentence."""


def test_the_pairs_are_many_in_every_language() -> None:
    assert len(PAIRS) == len({pair["id"] for pair in PAIRS}) == 219
    for language in LANGUAGES:
        assert sum(language in (pair["source"], pair["target"]) for pair in PAIRS) >= 20


def test_no_correct_translation_is_held() -> None:
    assert {pair["id"] for pair in PAIRS if _compared(pair, "right").held} <= ALARMS


def test_planted_errors_are_noticed() -> None:
    assert {pair["id"] for pair in PAIRS if not _compared(pair, "wrong").differences} <= UNNOTICED


def test_planted_errors_hold_the_sentence() -> None:
    passed = {pair["id"] for pair in PAIRS if not _compared(pair, "wrong").held}
    assert passed <= ONLY_SHOWN | UNNOTICED


def _compared(pair: dict[str, str], which: str):
    return compare_texts(pair["said"], pair[which], source=pair["source"], target=pair["target"])


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("on the twelfth of March", "en", "no dia doze de março"),
        ("on the 21st of October", "en", "no dia 21 de outubro"),
        ("March the third", "en", "no dia três de março"),
        ("le premier mai", "fr", "no dia primeiro de maio"),
        ("am dritten Mai", "de", "no dia três de maio"),
        ("il primo maggio", "it", "no dia 1 de maio"),
        ("el primero de mayo", "es", "no dia 1º de maio"),
    ],
)
def test_a_day_may_be_an_ordinal(text: str, language: str, other: str) -> None:
    same = compare_texts(text, other, source=language, target="pt")
    assert [(verdict.item.kind, verdict.kind) for verdict in same.verdicts] == [("date", "kept")]
    assert compare_texts(text, "no dia 30 de maio", source=language, target="pt").held


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Take it three times a day.", "Tome durante três dias."),
        ("Take it for two weeks.", "Tome duas vezes por semana."),
    ],
)
def test_so_many_times_a_day_is_not_for_so_many_days(said: str, shown: str) -> None:
    held = compare_texts(said, shown, source="en", target="pt").held
    assert {verdict.item.kind for verdict in held} == {"frequency", "duration"}


def test_at_bedtime_is_not_on_an_empty_stomach_and_may_be_at_night() -> None:
    assert compare_texts("Take it at bedtime.", "Tome em jejum.", source="en", target="pt").held
    assert not compare_texts("Take it at bedtime.", "Tome à noite.", source="en", target="pt").held
