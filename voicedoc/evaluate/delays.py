"""How late a streamed translation comes: average lagging and its kin, in milliseconds of the source's time.

Source: Ma et al. 2019 (AL, arXiv 1810.08398); Papi et al. 2022 (LAAL, 2206.05807); Cherry and Foster 2019 (DAL,
1906.00048); Cho and Esipova 2016 (AP, 1606.02012); Kano et al. 2023 (ATD, 2211.13173). Logs are written as SimulEval's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

SPOKEN_TOKEN = 300.0
"""Milliseconds of speech that count as one token in ATD."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """One translation as it came, token by token; tokens are words.

    `delays` says for each token how many milliseconds of the source had been heard when it came, `elapsed` also counts
    the time that was needed to make it. `source_length` in milliseconds.
    """

    prediction: str
    reference: str
    delays: tuple[float, ...]
    elapsed: tuple[float, ...]
    source_length: float
    source: str = ""

    def __post_init__(self) -> None:
        n_tokens = len(self.prediction.split())
        if not (len(self.delays) == len(self.elapsed) == n_tokens) or self.source_length <= 0:
            raise ValueError(
                f"{n_tokens} tokens, {len(self.delays)} delays, {len(self.elapsed)} times, {self.source_length} ms"
            )

    @property
    def n_reference(self) -> int:
        """Words of the reference."""
        return len(self.reference.split())


@dataclass(frozen=True, slots=True)
class Timed:
    """A translation of a session, and what people wait from the end of speech, in seconds.

    `endpoint`: until it is clear that the speaker has ended; `first_audio`: until the first sound of the translation,
    None where there was none.
    """

    streamed: Streamed
    endpoint: float = 0.0
    first_audio: float | None = None


def average_lagging(one: Streamed) -> float | None:
    """AL: how far behind a speaker who would be translated at an even pace; None where nothing came."""
    return _lagging(one.delays, one.source_length, one.n_reference or len(one.delays))


def length_adaptive_average_lagging(one: Streamed) -> float | None:
    """LAAL: the same, where translating more words than the reference has is no merit."""
    return _lagging(one.delays, one.source_length, max(one.n_reference, len(one.delays)))


def differentiable_average_lagging(one: Streamed) -> float | None:
    """DAL: the same over all tokens, where none comes sooner after another than an even pace allows."""
    if not one.delays:
        return None
    pace = one.source_length / len(one.delays)
    total, last = 0.0, -pace
    for number, delay in enumerate(one.delays):
        last = max(delay, last + pace)
        total += last - number * pace
    return total / len(one.delays)


def average_proportion(one: Streamed) -> float | None:
    """AP: the mean share of the source that had been heard when a token came, per word of the reference."""
    if not one.delays:
        return None
    return sum(one.delays) / (one.source_length * (one.n_reference or len(one.delays)))


def average_token_delay(one: Streamed) -> float | None:
    """ATD: how long after the piece of speech that it stands for a token came; the source in pieces of 300 ms."""
    if not one.delays:
        return None
    ends, heard = _pieces(one.delays)
    waits: list[float] = []
    n_before_target = n_before_source = 0
    for (delay, tokens), n_source in zip(groupby(one.delays), heard, strict=True):
        n_tokens = len(list(tokens))
        for token in range(n_before_target + 1, n_before_target + n_tokens + 1):
            place = min(token - max(0, n_before_target - n_before_source), n_source)
            waits.append(delay - (ends[place - 1] if place > 0 else 0.0))
        n_before_target, n_before_source = n_before_target + n_tokens, n_source
    return sum(waits) / len(waits)


METRICS = {
    "AL": average_lagging,
    "LAAL": length_adaptive_average_lagging,
    "DAL": differentiable_average_lagging,
    "AP": average_proportion,
    "ATD": average_token_delay,
}
"""By the names of the field."""


def write_instances(path: Path, streamed: Iterable[Streamed]) -> None:
    """SimulEval's `instances.log`: one JSON object each, which public scorers read."""
    path.write_text("".join(f"{line}\n" for line in _lines(streamed)), "utf-8")


def _lines(streamed: Iterable[Streamed]) -> Iterator[str]:
    for index, one in enumerate(streamed):
        yield json.dumps(
            {
                "index": index,
                "prediction": one.prediction,
                "delays": list(one.delays),
                "elapsed": list(one.elapsed),
                "prediction_length": len(one.delays),
                "reference": one.reference,
                "source": [one.source or f"{index}.wav"],
                "source_length": one.source_length,
            },
            ensure_ascii=False,
        )


def _lagging(delays: Sequence[float], source_length: float, n_target: int) -> float | None:
    """Over the tokens up to the first that came when all had been heard."""
    if not delays:
        return None
    if delays[0] > source_length:
        return delays[0]
    pace = source_length / n_target
    n_counted = next((n for n, delay in enumerate(delays, start=1) if delay >= source_length), len(delays))
    return sum(delay - number * pace for number, delay in enumerate(delays[:n_counted])) / n_counted


def _pieces(delays: Sequence[float]) -> tuple[list[float], list[int]]:
    """Where the pieces of speech end, in milliseconds; and how many had been heard when each chunk of tokens came."""
    ends: list[float] = []
    heard: list[int] = []
    begun = 0.0
    for delay, _ in groupby(delays):
        n_whole, rest = divmod(delay - begun, SPOKEN_TOKEN)
        ends += [begun + SPOKEN_TOKEN * number for number in range(1, int(n_whole) + 1)]
        ends += [delay] if rest > 0 else []
        begun = delay
        heard.append(len(ends))
    return ends, heard
