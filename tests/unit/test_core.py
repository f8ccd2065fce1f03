"""What flows: spans, samples, the visit, the journal's round trip."""

from __future__ import annotations

import errno
import os
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.audio import as_samples, level_db
from voicedoc.core.events import Event, Frame, SessionClosed, TranscriptFinal, Utterance, event_types
from voicedoc.core.journal import Journal, from_json, read_journal, to_json
from voicedoc.core.speech import Hypothesis, Role, UtteranceId, Visit, Word
from voicedoc.core.time import Span, clock_text
from voicedoc.errors import JournalError, StoreError

pytestmark = pytest.mark.unit

seconds = st.floats(0, 1e5, allow_nan=False).map(lambda x: round(x, 5))
spans = st.tuples(seconds, seconds).map(lambda pair: Span(min(pair), max(pair)))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(spans, spans)
def test_overlap_is_symmetric_and_no_longer_than_either(a: Span, b: Span) -> None:
    assert a.overlap(b) == b.overlap(a) <= min(a.duration, b.duration) + 1e-9


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="start <= end"):
        Span(2.0, 1.0)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00.0"), (59.96, "1:00.0"), (3599.96, "1:00:00.0"), (7325.2, "2:02:05.2")]
)
def test_clock_text_carries_over(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


def test_samples_are_read_only_and_leave_the_callers_array_alone() -> None:
    data = np.zeros(4, np.float32)
    samples = as_samples(data)
    with pytest.raises(ValueError, match="read-only"):
        samples[0] = 1.0
    data[0] = 1.0
    assert samples[0] == 0.0


def test_two_channels_are_not_samples() -> None:
    with pytest.raises(ValueError, match="one channel"):
        as_samples(np.zeros((4, 2)))


def test_level_of_silence_and_of_a_full_scale_square() -> None:
    assert level_db(as_samples(np.zeros(8))) == -120.0
    assert level_db(as_samples(np.ones(8))) == pytest.approx(0.0, abs=1e-6)


def test_what_the_doctor_says_is_for_the_patient() -> None:
    visit = Visit("en", "pt")
    assert visit.listener("en") is Role.PATIENT
    assert visit.other("en") == "pt"
    assert visit.other("pt") == "en"
    assert visit.language_of(Role.UNKNOWN) == "pt"


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type, for a round trip of every kind of event."""
    if hint is Span:
        return spans
    if hint is float:
        return seconds
    if is_dataclass(hint):
        return st.builds(hint, **{f.name: _values(_hint(hint, f.name)) for f in fields(hint)})  # type: ignore[arg-type]
    return st.from_type(hint)


def _hint(kind: Any, name: str) -> Any:
    from typing import get_type_hints

    return get_type_hints(kind)[name]


st.register_type_strategy(str, texts)
st.register_type_strategy(float, seconds)
st.register_type_strategy(Span, spans)


@pytest.mark.parametrize("kind", event_types().values(), ids=lambda kind: kind.__name__)
def test_every_event_survives_the_journal(kind: type[Event]) -> None:
    silent = {f.name: st.none() for f in fields(kind) if f.metadata.get("audio")}

    @given(st.builds(kind, **silent))
    def round_trip(event: Event) -> None:
        assert from_json(kind, to_json(event)) == event

    round_trip()


def test_frames_flow_and_are_not_journalled() -> None:
    assert "Frame" not in event_types()
    assert not Frame.journalled


def _utterance(number: int) -> Utterance:
    samples = as_samples(np.zeros(1))
    return Utterance(
        at=float(number),
        utterance=UtteranceId(number),
        channel=0,
        span=Span(0.0, 1.0),
        reason="silence",
        samples=samples,
    )


def _transcript(number: int) -> TranscriptFinal:
    hypothesis = Hypothesis("não", "pt", 1.0, 0.9, (Word("não", Span(0.0, 0.5), 0.9),))
    return TranscriptFinal(
        at=float(number), utterance=UtteranceId(number), channel=0, span=Span(0.0, 1.0), hypothesis=hypothesis
    )


@pytest.mark.parametrize("sealed", [False, True])
def test_the_order_of_a_journal_depends_on_the_audio_alone(tmp_path: Path, sealed: bool) -> None:
    texts = []
    for name, order in (("paced", [0, 2, 1, 3]), ("hurried", [0, 1, 2, 3])):
        events = [
            (_utterance(1), "segment"),
            (_utterance(2), "segment"),
            (_transcript(1), "recognize"),
            (_transcript(2), "recognize"),
        ]
        with Journal(tmp_path / name) as journal:
            journal.order(["segment", "recognize"])
            for index in order:
                journal.append(*events[index])
            if sealed:
                journal.seal()
        if sealed:
            texts.append(journal.path.read_bytes())
        assert read_journal(journal.path) == [_utterance(1), _transcript(1), _utterance(2), _transcript(2)]
    assert len(set(texts)) <= 1


def test_a_half_written_last_line_is_left_out(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.jsonl") as journal:
        journal.append(_utterance(1), "segment")
        journal.append(_utterance(2), "segment")
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-20])
    assert read_journal(journal.path) == [_utterance(1)]


def test_a_damaged_line_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_text("{}x\n{}\n", "utf-8")
    with pytest.raises(JournalError, match="line 1"):
        read_journal(path)


def test_an_event_of_a_newer_version_is_an_error(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.jsonl") as journal:
        journal.append(SessionClosed(at=0.0, reason="finished", n_utterances=0))
    text = journal.path.read_text("utf-8").replace("SessionClosed", "SessionTeleported")
    journal.path.write_text(text, "utf-8")
    with pytest.raises(JournalError, match="SessionTeleported"):
        read_journal(journal.path)


def test_a_journal_never_replaces_another(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text("precious\n", "utf-8")
    with pytest.raises(FileExistsError):
        Journal(tmp_path / "journal.jsonl")
    assert (tmp_path / "journal.jsonl").read_text("utf-8") == "precious\n"


def test_a_disk_that_is_full_at_the_end_leaves_the_journal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Journal(tmp_path / "journal.jsonl") as journal:
        journal.append(_utterance(1), "segment")
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="No space left") as caught:
            journal.seal()
    assert "disk space" in caught.value.remedy
    assert read_journal(journal.path) == [_utterance(1)]
    assert [path.name for path in tmp_path.iterdir()] == ["journal.jsonl"]
