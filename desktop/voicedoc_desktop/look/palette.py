"""The colours, light and dark, and which of them stand on which.

Every pair that the style sheet or a widget uses is in `PAIRS`; a test computes its contrast.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """One colour for each meaning, as "#rrggbb". `…_soft` is a quiet background of the same meaning.

    `line` only adorns; `edge` tells where a control ends. `on_…` stands on that colour.
    """

    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_strong: str
    on_bad: str
    bad_soft: str
    info: str
    info_soft: str
    doctor: str
    doctor_soft: str
    patient: str
    patient_soft: str
    focus: str

    def as_dict(self) -> dict[str, str]:
        """The colours by their names."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


LIGHT = Palette(
    window="#f4f6f8",
    surface="#ffffff",
    sunken="#e8edf1",
    text="#17212b",
    muted="#4a5866",
    line="#d5dce3",
    edge="#74818d",
    accent="#0b6470",
    accent_strong="#084c55",
    on_accent="#ffffff",
    accent_soft="#dceff1",
    good="#19643a",
    good_soft="#dff2e5",
    warn="#744600",
    warn_soft="#fff0d1",
    bad="#a3201d",
    bad_strong="#821513",
    on_bad="#ffffff",
    bad_soft="#fde4e2",
    info="#1d4c89",
    info_soft="#e1ecfa",
    doctor="#1d4c89",
    doctor_soft="#e6eff9",
    patient="#5a3789",
    patient_soft="#f1eaf8",
    focus="#1a5fd0",
)

DARK = Palette(
    window="#11171c",
    surface="#1a2229",
    sunken="#0c1115",
    text="#e9eef2",
    muted="#aab7c3",
    line="#2c3842",
    edge="#7c8b98",
    accent="#6ccbd3",
    accent_strong="#93dfe5",
    on_accent="#06272b",
    accent_soft="#15383e",
    good="#84d9a5",
    good_soft="#143320",
    warn="#f2c266",
    warn_soft="#3a2b0c",
    bad="#ff9f98",
    bad_strong="#ffbcb7",
    on_bad="#3a0806",
    bad_soft="#451a18",
    info="#9fc6f6",
    info_soft="#17304d",
    doctor="#9fc6f6",
    doctor_soft="#172b41",
    patient="#d0b6f6",
    patient_soft="#2d2240",
    focus="#8ab4f8",
)


class Pair(NamedTuple):
    """Two colours that meet, by name, and the least contrast that they must have."""

    front: str
    back: str
    least: float


TEXT, SHAPE = 4.5, 3.0
"""Least contrasts of WCAG 2.2 AA: of text, and of what tells where a control or a mark is.

Source: W3C, Web Content Accessibility Guidelines 2.2, 1.4.3 and 1.4.11.
"""

_BACKS = ("window", "surface", "sunken")
_TONES = ("accent", "good", "warn", "bad", "info", "doctor", "patient")

PAIRS: tuple[Pair, ...] = (
    *(Pair(front, back, TEXT) for front in ("text", "muted", *_TONES) for back in _BACKS),
    *(Pair(front, f"{tone}_soft", TEXT) for tone in _TONES for front in (tone, "text", "muted")),
    Pair("on_accent", "accent", TEXT),
    Pair("on_accent", "accent_strong", TEXT),
    Pair("on_bad", "bad", TEXT),
    Pair("on_bad", "bad_strong", TEXT),
    *(Pair("edge", back, SHAPE) for back in _BACKS),
    *(Pair("focus", back, SHAPE) for back in (*_BACKS, *(f"{tone}_soft" for tone in _TONES))),
)
"""What stands on what."""


def contrast(one: str, other: str) -> float:
    """How much two colours differ in lightness, from 1 to 21.

    Source: W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio".
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
