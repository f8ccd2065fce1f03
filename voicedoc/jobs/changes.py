"""What is different about how an earlier result was made, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_DIGEST = re.compile(r" ?[0-9a-f]{64}")
"""A sha256, which tells people nothing."""


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Every setting that is not what it was, by name: `--speakers was not given and is 2`."""
    if not before:
        return "which ones, an earlier version of VoiceDoc did not write down"
    return "; ".join(_changes(before, now)) or "which ones is not known"


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys([*before, *now]):
        was, is_ = before.get(name, ""), now.get(name, "")
        if was == is_:
            continue
        shown = [_DIGEST.sub("", value) for value in (was, is_)]
        if was and is_ and shown[0] == shown[1]:
            yield f"{name}{' ' + shown[0] if shown[0] else ''} was another file"
        elif name.startswith("model "):
            yield f"{name} was {'used' if was else 'not used'}"
        else:
            yield f"{name} was {_said(was, shown[0])} and is {_said(is_, shown[1])}"


def _said(value: str, shown: str) -> str:
    return shown or ("given" if value else "not given")
