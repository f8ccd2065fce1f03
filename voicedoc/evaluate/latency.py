"""How late interpreting comes, read from a session's journal: each translated utterance as one streamed translation.

Where nothing waits for a person, the words of an utterance come all at once, at its endpoint: lagging says how long
somebody speaks and how long the endpoint waits. `elapsed` also counts what the machine needed; it and the first audio
can only be told of sessions at the recording's own speed. A translation that is held until a person says yes is not
among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicedoc.core.events import Event, FirstAudio, Guarded, StageTimed, Utterance
from voicedoc.core.speech import UtteranceId
from voicedoc.evaluate.delays import METRICS, Streamed, Timed, write_instances
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Figures, Scorer, ratio

LOG, REFERENCES = "instances.log", "references.txt"
"""What a public scorer reads: SimulEval's log, and the references line by line."""

_BIN, _N_BINS = 0.1, 201
"""Seconds; the last bin holds all that is 20 s and later."""

_BEFORE_SPEECH = frozenset({"recognize", "attribute", "translate", "guard"})
"""The stages that a translation's text has been through."""


def timed_of(events: Iterable[Event], *, source: str = "", reference: str = "") -> tuple[Timed, ...]:
    """Each translation of a session. `reference` is of a session of one utterance; "" where nobody knows one."""
    told = list(events)
    utterances = {event.utterance: event for event in told if isinstance(event, Utterance)}
    guarded = {event.utterance: event for event in told if isinstance(event, Guarded)}
    audio = {event.utterance: event.seconds for event in told if isinstance(event, FirstAudio)}
    ready = _ready(told)
    return tuple(
        _timed(utterances[number], one, ready, audio.get(number), source, reference)
        for number, one in guarded.items()
        if number in utterances and one.translation.text.split() and utterances[number].span.duration > 0.0
    )


def _ready(events: Sequence[Event]) -> dict[UtteranceId, float]:
    """When the last stage before the voice was done with each utterance, in wall seconds since the session began."""
    ready: dict[UtteranceId, float] = {}
    for event in events:
        if isinstance(event, StageTimed) and event.stage in _BEFORE_SPEECH:
            ready[event.utterance] = max(ready.get(event.utterance, 0.0), event.began + event.seconds)
    return ready


def _timed(
    utterance: Utterance,
    guarded: Guarded,
    ready: Mapping[UtteranceId, float],
    first_audio: float | None,  # from the endpoint
    source: str,
    reference: str,
) -> Timed:
    start, words = utterance.span.start, guarded.translation.text.split()
    came, endpoint = max(0.0, guarded.at - start), max(0.0, guarded.at - utterance.span.end)
    made = max(came, ready.get(utterance.utterance, guarded.at) - start)
    streamed = Streamed(
        prediction=" ".join(words),
        reference=reference,
        delays=(1000.0 * came,) * len(words),
        elapsed=(1000.0 * made,) * len(words),
        source_length=1000.0 * utterance.span.duration,
        source=source and f"{source}:{utterance.utterance}",
    )
    return Timed(streamed, endpoint, None if first_audio is None else endpoint + first_audio)


def write_logs(folder: Path, rows: Iterable[Row]) -> None:
    """`instances.log` and `references.txt` of all translations, for a public scorer; nothing where there are none."""
    streamed = [timed.streamed for row in rows for timed in row.timed]
    if streamed:
        write_instances(folder / LOG, streamed)
        (folder / REFERENCES).write_text("".join(f"{one.reference}\n" for one in streamed), "utf-8")


# --- scores


def _mean_of(metric: Callable[[Streamed], float | None]) -> Callable[[Row], Sequence[Counts]]:
    def blocks(row: Row) -> Sequence[Counts]:
        values = [metric(timed.streamed) for timed in row.timed]
        return [(value, 1.0) for value in values if value is not None]

    return blocks


def _as_elapsed(metric: Callable[[Streamed], float | None]) -> Callable[[Streamed], float | None]:
    return lambda one: metric(replace(one, delays=one.elapsed))


def _endpoints(row: Row) -> Sequence[Counts]:
    return [(timed.endpoint, 1.0) for timed in row.timed]


def _waits(row: Row) -> Iterator[float]:
    return (timed.first_audio for timed in row.timed if timed.first_audio is not None)


def _mean_wait(row: Row) -> Sequence[Counts]:
    return [(wait, 1.0) for wait in _waits(row)]


def _binned(row: Row) -> Sequence[Counts]:
    """A histogram for each wait: so that quantiles of sums are right."""
    places = [min(round(wait / _BIN), _N_BINS - 1) for wait in _waits(row)]
    return [tuple(float(at == place) for at in range(_N_BINS)) for place in places]


def _quantile(of: float) -> Figures:
    """Seconds, to a tenth; NaN where nothing was counted."""

    def figure(counts: NDArray[np.float64]) -> NDArray[np.float64]:
        below = np.cumsum(counts, axis=-1)
        total = below[..., -1:]
        place = np.argmax(below >= of * total, axis=-1)
        return np.where(total[..., 0] > 0, place * _BIN, np.nan)

    return figure


def _silent(row: Row) -> Sequence[Counts]:
    """Translations of which nothing was heard, of all: left out of the waits."""
    return [(float(timed.first_audio is None), 1.0) for timed in row.timed]


def _lagging() -> Iterator[Scorer]:
    for name, metric in METRICS.items():
        unit = "of the source" if name == "AP" else "ms"
        yield Scorer(name.lower(), f"{name} of translations", True, _mean_of(metric), ratio, unit)
        real = _mean_of(_as_elapsed(metric))
        yield Scorer(f"{name.lower()}-ca", f"{name}, with the time that the machine needed", True, real, ratio, unit)


LATENCY_SCORERS = (
    *_lagging(),
    Scorer("endpoint", "from the end of speech to the endpoint, mean", True, _endpoints, ratio, "s"),
    Scorer("first-audio", "from the end of speech to the first audio, mean", True, _mean_wait, ratio, "s"),
    Scorer("first-audio-p50", "the same, median", True, _binned, _quantile(0.5), "s"),
    Scorer("first-audio-p95", "the same, 95th percentile", True, _binned, _quantile(0.95), "s"),
    Scorer("not-heard", "translations without a sound", True, _silent, lambda counts: 100.0 * ratio(counts)),
)
"""How late interpreting comes."""
