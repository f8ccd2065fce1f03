"""Every scorer, curve and table by the name that a task uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voicedoc.evaluate.agreeing_scores import ROUND_SCORERS, ROUND_TABLES
from voicedoc.evaluate.asking_scores import ASKING_SCORERS
from voicedoc.evaluate.battles_scores import BATTLE_SCORERS, BATTLE_TABLES
from voicedoc.evaluate.consult import CONSULT_CURVES, CONSULT_SCORERS
from voicedoc.evaluate.conversations import CONVERSATION_SCORERS
from voicedoc.evaluate.curves import Curve
from voicedoc.evaluate.diarization import DIARIZATION_SCORERS
from voicedoc.evaluate.drawing_scores import TREE_SCORERS, TREE_TABLES
from voicedoc.evaluate.invention import INVENTION_SCORERS
from voicedoc.evaluate.latency import LATENCY_SCORERS
from voicedoc.evaluate.loop_scores import LOOP_SCORERS
from voicedoc.evaluate.retrieval import RETRIEVAL_SCORERS, retrieval_tables
from voicedoc.evaluate.scores import TEXT_SCORERS, Scorer
from voicedoc.evaluate.tables import Tabled
from voicedoc.evaluate.xling import XLING_TABLES

_ALL = (
    *TEXT_SCORERS,
    *CONVERSATION_SCORERS,
    *DIARIZATION_SCORERS,
    *INVENTION_SCORERS,
    *CONSULT_SCORERS,
    *ASKING_SCORERS,
    *ROUND_SCORERS,
    *TREE_SCORERS,
    *BATTLE_SCORERS,
    *LOOP_SCORERS,
    *RETRIEVAL_SCORERS,
    *LATENCY_SCORERS,
)

SCORERS: Mapping[str, Scorer] = MappingProxyType({scorer.name: scorer for scorer in _ALL})
"""Every scorer by its name."""

CURVES: Mapping[str, Curve] = MappingProxyType({curve.name: curve for curve in CONSULT_CURVES})
"""Every curve by its name."""

TABLES: Mapping[str, Tabled] = MappingProxyType(
    {**XLING_TABLES, **ROUND_TABLES, **TREE_TABLES, **BATTLE_TABLES, "retrieval": retrieval_tables}
)
"""Every table by its name."""
