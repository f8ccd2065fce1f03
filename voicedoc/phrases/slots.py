"""The slots of a phrase: found in what was said, and written in the target's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from voicedoc.phrases.agreement import Marks, marks
from voicedoc.phrases.amounts import Amount, amounts, written
from voicedoc.phrases.lexicon import lexicon_of
from voicedoc.phrases.normal import SLOT

DRUG = "drug"

UNITS: Mapping[str, frozenset[str]] = {
    "dose": frozenset({"milligram", "microgram", "gram", "milliliter", "tablet", "capsule", "drop", "puff", "unit"}),
    "times": frozenset({"time"}),
    "hours": frozenset({"hour"}),
    "days": frozenset({"day", "week"}),
}
"""What each slot takes, by the units of its amount. The slot "drug" takes a name instead."""

_COUNTED = frozenset({"times", "hours", "days"})
_SEVERAL = frozenset({"hours", "days"})
_LARGEST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose slots' contents have been replaced by "{dose}" and so on, and what was there.

    `marks` are those of the rest, which a phrase must share.
    """

    text: str
    amounts: Mapping[str, Amount]
    drug: str
    marks: Marks

    @property
    def filled(self) -> frozenset[str]:
        """The slots that have content."""
        return frozenset(self.amounts) | ({DRUG} if self.drug else frozenset())


def slots_of(wording: str) -> frozenset[str]:
    """The names of a wording's slots."""
    return frozenset(SLOT.findall(wording))


def masked(text: str, slots: frozenset[str], language: str, *, drug: str = "") -> Masked:
    """`text`, normalised, with the first amount that fits each of `slots` replaced by the slot, and `drug`, too."""
    named = _without_drug(text, drug, language) if drug and DRUG in slots else text
    filled: dict[str, Amount] = {}
    rest: list[Amount] = []
    for amount in amounts(named, language):
        slot = _slot(amount)
        if slot in slots and slot not in filled:
            filled[slot] = amount
        else:
            rest.append(amount)
    shown = " ".join(_replaced(named, filled).split())
    return Masked(shown, filled, drug if named != text else "", marks(_bare(shown), rest, language))


def fill(wording: str, values: Mapping[str, str]) -> str:
    """`wording` with its slots filled; those without a value stay as they are."""
    return SLOT.sub(lambda slot: values.get(slot[1], slot[0]), wording)


def write_all(found: Mapping[str, Amount], language: str) -> dict[str, str]:
    """The slots' amounts in words of `language`."""
    return {
        slot: written(amount.value, amount.unit, language) for slot, amount in found.items() if amount.value is not None
    }


def _slot(amount: Amount) -> str:
    """The slot that an amount fits, or ""."""
    slot = next((name for name, units in UNITS.items() if amount.unit in units), "")
    value = amount.value
    if not slot or value is None or not 0 < value <= _LARGEST:
        return ""
    too_small = slot in _SEVERAL and value < 2
    in_parts = slot in _COUNTED and value != value.to_integral_value()
    return "" if too_small or in_parts else slot


def _replaced(text: str, filled: Mapping[str, Amount]) -> str:
    for slot, amount in sorted(filled.items(), key=lambda item: -item[1].start):
        text = f"{text[: amount.start]} {{{slot}}} {text[amount.end :]}"
    return text


def _without_drug(text: str, drug: str, language: str) -> str:
    return re.sub(lexicon_of(language).whole(re.escape(drug)), f" {{{DRUG}}} ", text)


def _bare(text: str) -> str:
    return SLOT.sub(" ", text)
