"""Language tags, as BCP 47 has them."""

from __future__ import annotations


def primary(tag: str) -> str:
    """The language subtag: 'pt' of 'pt-BR'."""
    return tag.replace("_", "-").partition("-")[0].lower()


def same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, whatever the region or script."""
    return primary(one) == primary(other)
