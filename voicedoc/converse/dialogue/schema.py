"""JSON schemas as grammars that a model cannot leave, by llguidance: the same in Transformers and in llama.cpp."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from voicedoc.errors import BackendFailed, ConfigError
from voicedoc.registry import missing_package

if TYPE_CHECKING:
    from llguidance import LLTokenizer


_WRITTEN = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""On one line, as Python's `json.dumps` writes it: a model that may choose its white space wastes tokens on it."""


def on_one_line(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema, with what llguidance is told about white space."""
    return {**schema, "x-guidance": _WRITTEN}


def grammar_of(schema: Mapping[str, Any], backend: str) -> str:
    """The grammar of the JSON texts on one line that fit `schema`.

    Raises:
        ConfigError: If `schema` is not a schema, or says what no grammar can hold.
        BackendUnavailable: If llguidance is not installed; `backend` names the extra.
    """
    try:
        from llguidance import LLMatcher
    except ImportError as error:
        raise missing_package(error, backend) from error
    try:
        grammar: str = LLMatcher.grammar_from_json_schema(json.dumps(on_one_line(schema)))
    except (TypeError, ValueError) as error:
        raise _unusable(str(error)) from error
    if problem := LLMatcher.validate_grammar(grammar):
        raise _unusable(problem)
    return grammar


class Guide:
    """Follows a reply token by token, and says which tokens may come next. `n_vocabulary` as wide as the logits."""

    def __init__(self, grammar: str, tokenizer: LLTokenizer, n_vocabulary: int) -> None:
        from llguidance import LLMatcher

        self._matcher = LLMatcher(tokenizer, grammar, log_level=0)
        self._n_vocabulary = n_vocabulary
        self._check()

    @property
    def ended(self) -> bool:
        """Whether nothing can follow."""
        return bool(self._matcher.is_stopped())

    def allowed(self) -> NDArray[np.bool_]:
        """Which tokens may come next, shape `(n_vocabulary,)`."""
        bits = np.frombuffer(self._matcher.compute_bitmask(), np.uint8)
        self._check()
        known = np.unpackbits(bits, bitorder="little")[: self._n_vocabulary].astype(np.bool_)
        return np.pad(known, (0, self._n_vocabulary - known.size))

    def take(self, token: int) -> None:
        """Go on with `token`."""
        self._matcher.consume_token(token)
        self._check()

    def _check(self) -> None:
        if self._matcher.is_error():
            raise BackendFailed(
                f"the schema's grammar failed: {self._matcher.get_error()}", remedy="a simpler schema may do"
            )


def _unusable(problem: str) -> ConfigError:
    return ConfigError(
        f"this JSON schema cannot be used: {problem.strip().splitlines()[0]}",
        remedy="use type, properties, required, enum, items, anyOf and limits; see json-schema.org",
    )
