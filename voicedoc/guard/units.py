"""Units of measure, and what they measure, from `units.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. `kind` is the category of what it measures; `factor` is None where nothing converts into it.

    `names` are the units that it may stand for, its own where it is just one.
    """

    name: str
    dimension: str
    kind: str
    factor: Decimal | None
    offset: Decimal
    cldr: str
    names: tuple[str, ...]


def _read(path: Path) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for dimension, table in tomllib.loads(path.read_text("utf-8")).items():
        kind = table.pop("kind")
        for name, entry in table.items():
            factor = Decimal(entry["factor"]) if "factor" in entry else None
            names = tuple(entry.get("any_of", (name,)))
            offset = Decimal(entry.get("offset", "0"))
            units[name] = Unit(name, dimension, kind, factor, offset, entry.get("cldr", ""), names)
    return units


UNITS = _read(Path(__file__).with_name("units.toml"))
"""Every unit by its name."""


def in_base(value: Decimal, unit: Unit) -> Decimal:
    """The value in the dimension's own unit, such as milligrams; as it is where the unit has no factor."""
    return value if unit.factor is None else (value - unit.offset) * unit.factor


def comparable(one: Unit, other: Unit) -> bool:
    """Whether values of the two can be compared."""
    return not set(one.names).isdisjoint(other.names) or (
        one.dimension == other.dimension and one.factor is not None is not other.factor
    )
