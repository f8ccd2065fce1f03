"""Every scorer and every curve by the name that a task uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voicedoc.evaluate.asking_scores import ASKING_SCORERS
from voicedoc.evaluate.consult import CONSULT_CURVES, CONSULT_SCORERS
from voicedoc.evaluate.conversations import CONVERSATION_SCORERS
from voicedoc.evaluate.curves import Curve
from voicedoc.evaluate.diarization import DIARIZATION_SCORERS
from voicedoc.evaluate.invention import INVENTION_SCORERS
from voicedoc.evaluate.scores import TEXT_SCORERS, Scorer

_ALL = (
    *TEXT_SCORERS,
    *CONVERSATION_SCORERS,
    *DIARIZATION_SCORERS,
    *INVENTION_SCORERS,
    *CONSULT_SCORERS,
    *ASKING_SCORERS,
)

SCORERS: Mapping[str, Scorer] = MappingProxyType({scorer.name: scorer for scorer in _ALL})
"""Every scorer by its name."""

CURVES: Mapping[str, Curve] = MappingProxyType({curve.name: curve for curve in CONSULT_CURVES})
"""Every curve by its name."""
