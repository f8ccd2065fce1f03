"""The keys of a visit: what each does, which it is at first, and what somebody has made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class HotKey(NamedTuple):
    """Something that a key does in a visit. `key` is its name in `voicedoc.view.keys`, `first` the key as Qt names it.

    `name` is that of the setting.
    """

    name: str
    key: str
    first: str


HOT_KEYS: tuple[HotKey, ...] = (
    HotKey("talk", "space", "Space"),
    HotKey("talk-doctor", "left", "Left"),
    HotKey("talk-patient", "right", "Right"),
    HotKey("was-doctor", "d", "D"),
    HotKey("was-patient", "p", "P"),
    HotKey("yes", "y", "Y"),
    HotKey("no", "n", "N"),
    HotKey("say", "s", "S"),
    HotKey("skip", "x", "X"),
    HotKey("repeat", "r", "R"),
    HotKey("silence", ".", "."),
    HotKey("find-phrase", "/", "/"),
    HotKey("type", "w", "W"),
    HotKey("teach-back", "t", "T"),
    HotKey("interpreter", "h", "H"),
    HotKey("pause", "m", "M"),
    HotKey("note", "o", "O"),
    HotKey("end", "q", "Q"),
)
"""In the order in which settings show them. Digits choose phrases and cannot be changed."""

FIXED = frozenset({"1", "2", "3", "4", "5", "6", "7", "8", "9", "Esc", "Return", "Enter", "Up", "Down", "Tab"})
"""Keys that always mean the same."""


COMBINATION = "combination"
"""What `clash` says of a key that would have to be pressed together with another one."""


def single(key: str) -> str:
    """A key as Qt names it, without what a visit does not look at: Shift, and whether it is on the number pad."""
    return key.removeprefix("Shift+").removeprefix("Num+")


def keys_now(changed: Mapping[str, str]) -> dict[str, str]:
    """Each hot key's name and its key; `changed` has those that somebody has chosen."""
    chosen = {name: key for name, key in changed.items() if not _is_combination(key)}
    return {each.name: chosen.get(each.name) or each.first for each in HOT_KEYS}


def meaning(changed: Mapping[str, str], pressed: str) -> str:
    """What `voicedoc.view.keys` calls the key `pressed` (as Qt names it); "" where it means nothing any more."""
    now = keys_now(changed)
    for each in HOT_KEYS:
        if now[each.name].casefold() == pressed.casefold():
            return each.key
    is_free = pressed.casefold() in {each.first.casefold() for each in HOT_KEYS}
    return "" if is_free else pressed


def clash(changed: Mapping[str, str], name: str, key: str) -> str:
    """The name of the hot key that has `key` already; "fixed" or `COMBINATION` where it cannot be had; "" if free."""
    if _is_combination(key):
        return COMBINATION
    if key in FIXED:
        return "fixed"
    taken = (other for other, its in keys_now(changed).items() if other != name and its.casefold() == key.casefold())
    return next(taken, "")


def _is_combination(key: str) -> bool:
    return any(f"{modifier}+" in key for modifier in ("Ctrl", "Alt", "Meta", "Shift"))
