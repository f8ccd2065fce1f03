"""Which differences hold a sentence back, and which are only shown."""

from __future__ import annotations

MISSING, CHANGED, INVENTED, KEPT = "missing", "changed", "invented", "kept"

_ALWAYS = frozenset({MISSING, CHANGED, INVENTED})
_WHEN_CHANGED = frozenset({CHANGED})

HOLDS = {
    "number": _ALWAYS,
    "dose": _ALWAYS,
    "frequency": _ALWAYS,
    "duration": _ALWAYS,
    "time": _ALWAYS,
    "drug": _ALWAYS,
    "allergy": _ALWAYS,
    "negation": _ALWAYS,
    "laterality": _ALWAYS,
    "pregnancy": _ALWAYS,
    "date": _WHEN_CHANGED,
    "timing": _WHEN_CHANGED,
    "severity": _WHEN_CHANGED,
    "modality": _WHEN_CHANGED,
    "family": _WHEN_CHANGED,
    "body": _WHEN_CHANGED,
    "symptom": frozenset[str](),
}
"""For each category, the verdicts that hold. What people paraphrase all the time is shown and does not hold."""

OPPOSITES = {
    "timing": (
        {"before-meal"},
        {"after-meal"},
        {"with-food"},
        {"fasting"},
        {"morning"},
        {"noon"},
        {"evening", "bedtime"},
    ),
    "body": (
        {"head", "face"},
        {"eye"},
        {"ear"},
        {"nose"},
        {"mouth", "tooth", "tongue"},
        {"throat", "neck"},
        {"shoulder"},
        {"arm", "elbow", "hand", "wrist", "finger"},
        {"chest", "breast", "lung", "heart"},
        {"back"},
        {"belly", "stomach", "bowel"},
        {"liver"},
        {"kidney", "bladder"},
        {"groin", "hip"},
        {"leg", "thigh", "calf"},
        {"knee"},
        {"ankle", "foot", "toe"},
    ),
    "modality": ({"stop"}, {"continue"}),
    "severity": ({"mild"}, {"moderate"}, {"severe"}),
}
"""Where a category has an entry, one value is changed into another only between these; those that stand together, and
others, are paraphrases."""


def holds(category: str, verdict: str) -> bool:
    """Whether such a difference holds the sentence."""
    return verdict in HOLDS[category]
