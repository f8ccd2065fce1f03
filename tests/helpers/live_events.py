"""A visit's events, written by hand, and any event at all, for whatever shows a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, cast, get_args, get_origin, get_type_hints

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from voicedoc.core import events
from voicedoc.core.audio import Samples
from voicedoc.core.events import (
    Answered,
    Asked,
    ClauseSpoken,
    ClauseSynthesized,
    Cleared,
    Event,
    Finding,
    FirstAudio,
    Guarded,
    Held,
    SessionDated,
    SessionOpened,
    SpeechStarted,
    TranscriptFinal,
    TranscriptPartial,
    Translated,
    TurnAttributed,
    Utterance,
)
from voicedoc.core.speech import Critical, Hypothesis, Role, Translation, UtteranceId
from voicedoc.core.time import Span

SILENCE = np.zeros(0, np.float32)
STAGES = ("capture", "controls", "segment", "recognize", "attribute", "translate", "guard", "confirm", "speak", "play")


def opened(doctor: str = "en", patient: str = "pt", *, stages: Sequence[str] = STAGES) -> list[Event]:
    """How a session begins."""
    first = SessionOpened(
        at=0.0,
        version="0",
        profile="scripted",
        profile_sha256="",
        doctor=doctor,
        patient=patient,
        models=(),
        stages=tuple(stages),
    )
    return [first, SessionDated(at=0.0, began="2026-11-22T09:00:00+00:00")]


def hypothesis(text: str, language: str, **changes: Any) -> Hypothesis:
    return Hypothesis(text, language, 1.0, 0.9, **changes)


def started(number: int, at: float, *, channel: int = 0) -> SpeechStarted:
    return SpeechStarted(at=at, utterance=UtteranceId(number), channel=channel)


def partial(number: int, at: float, stable: str, unstable: str = "", *, revision: int = 0) -> TranscriptPartial:
    return TranscriptPartial(
        at=at,
        utterance=UtteranceId(number),
        channel=0,
        revision=revision,
        language="en",
        stable=stable,
        unstable=unstable,
    )


def ended(number: int, start: float, end: float, *, revision: int = 0) -> Utterance:
    """The endpoint, half a second after the end of speech."""
    return Utterance(
        at=end + 0.5,
        utterance=UtteranceId(number),
        channel=0,
        span=Span(start, end),
        reason="silence",
        revision=revision,
        samples=SILENCE,
    )


def understood(number: int, start: float, end: float, role: Role, language: str, text: str) -> list[Event]:
    """From the endpoint to who said it."""
    heard, span = hypothesis(text, language), Span(start, end)
    about: dict[str, Any] = {"at": end + 0.5, "utterance": UtteranceId(number), "span": span, "hypothesis": heard}
    return [TranscriptFinal(**about, channel=0), TurnAttributed(**about, role=role, method="language", confidence=0.9)]


def translated(number: int, at: float, listener: Role, source: tuple[str, str], target: tuple[str, str]) -> Translated:
    """`source` and `target`: language and text."""
    made = Translation(target[1], source[0], target[0], ("scripted",))
    return Translated(at=at, utterance=UtteranceId(number), listener=listener, source_text=source[1], translation=made)


def said(number: int, at: float, listener: Role, language: str, text: str, begins: float) -> list[Event]:
    """From the guard's yes to the end of the voice."""
    about: dict[str, Any] = {"at": at, "utterance": UtteranceId(number), "listener": listener}
    made = ClauseSynthesized(
        **about,
        clause=0,
        language=language,
        text=text,
        spoken=text,
        voice="scripted",
        rate=16000,
        duration=1.0,
        samples=SILENCE,
    )
    return [
        Guarded(**about, translation=Translation(text, "", language, ("scripted",)), n_findings=0),
        Cleared(**about, language=language, text=text, purpose="translation"),
        made,
        FirstAudio(at=at, utterance=UtteranceId(number), seconds=begins - at),
        ClauseSpoken(**about, clause=0, span=Span(begins, begins + 1.0)),
    ]


def turn(number: int, start: float, role: Role, source: tuple[str, str], target: tuple[str, str]) -> list[Event]:
    """A whole turn of two seconds, heard and said, the voice beginning one second after its end."""
    listener = Role.PATIENT if role is Role.DOCTOR else Role.DOCTOR
    end = start + 2.0
    return [
        started(number, start),
        ended(number, start, end),
        *understood(number, start, end, role, *source),
        translated(number, end + 0.5, listener, source, target),
        *said(number, end + 0.5, listener, *target, begins=end + 1.0),
    ]


def held(number: int, start: float) -> list[Event]:
    """A doctor's dose that the translation changed, held and put to the doctor."""
    at, utterance = start + 2.5, UtteranceId(number)
    source, target = ("en", "Take 50 mg twice a day."), ("pt", "Tome 15 mg duas vezes por dia.")
    made = Translation(target[1], "en", "pt", ("scripted",))
    message = "dose: 50 mg became 15 mg"
    return [
        started(number, start),
        ended(number, start, start + 2.0),
        *understood(number, start, start + 2.0, Role.DOCTOR, *source),
        translated(number, at, Role.PATIENT, source, target),
        Finding(
            at=at,
            utterance=utterance,
            verdict="changed",
            item=Critical("dose", "50 milligram", "50 mg", 5, 10),
            other=Critical("dose", "15 milligram", "15 mg", 5, 10),
            message=message,
            target="pt",
            held=True,
        ),
        Held(
            at=at,
            utterance=utterance,
            listener=Role.PATIENT,
            translation=made,
            back="Take 15 mg twice a day.",
            differences=(message,),
            n_attempts=2,
        ),
        Asked(
            at=at,
            utterance=utterance,
            kind="hold",
            listener=Role.DOCTOR,
            language="en",
            text="The translation changes the dose. Say it?",
            items=(message,),
        ),
    ]


def doubted(number: int, at: float) -> Asked:
    return Asked(
        at=at,
        utterance=UtteranceId(number),
        kind="doubt",
        listener=Role.PATIENT,
        language="pt",
        text="Disse 2 dias?",
        items=("2 dias",),
    )


def answered(number: int, at: float, answer: str) -> Answered:
    return Answered(at=at, utterance=UtteranceId(number), kind="doubt", answer=answer, by="voice")


def visit() -> list[Event]:
    """Two turns, a held one, and one that goes on."""
    return [
        *opened(),
        *turn(1, 1.0, Role.DOCTOR, ("en", "Good morning. Do you have any pain?"), ("pt", "Bom dia. Tem alguma dor?")),
        *turn(
            2,
            6.0,
            Role.PATIENT,
            ("pt", "Sim, dói-me o peito há 2 dias, sobretudo quando subo as escadas e à noite."),
            ("en", "Yes, my chest has been hurting for 2 days, mostly when I climb the stairs and at night."),
        ),
        *held(3, 12.0),
        started(4, 15.0),
        partial(4, 16.0, "And drink plenty", " of water"),
    ]


# --- any event at all

WORDS = ("", "yes", "no", "hold", "doubt", "translation", "question", "phrase", "doctor", "patient", "talk", "pause")
"""What the code looks for in fields of text."""

_texts = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
_numbers = st.floats(0.0, 60.0)
_spans = st.tuples(_numbers, _numbers).map(lambda ends: Span(min(ends), max(ends)))


def _values(hint: Any) -> st.SearchStrategy[Any]:
    known: dict[Any, st.SearchStrategy[Any]] = {
        str: _texts,
        float: _numbers,
        float | None: st.none() | _numbers,
        Span: _spans,
        UtteranceId: st.integers(0, 4).map(UtteranceId),
        Samples: st.just(SILENCE),
        Mapping[str, NDArray[np.float32]]: st.just({}),
    }
    if hint in known:
        return known[hint]
    if get_origin(hint) is tuple:
        return st.lists(_values(get_args(hint)[0]), max_size=3).map(tuple)
    if is_dataclass(hint):
        return _built(cast("type[Any]", hint))
    return st.from_type(hint)


def _built(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _values(hints[field.name]) for field in fields(kind)})


def kinds_of_events() -> list[type[Event]]:
    """Every kind of event, journalled or not."""
    found = [kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Event)]
    return [kind for kind in found if kind not in (Event, events.UtteranceEvent)]


def any_event() -> st.SearchStrategy[Event]:
    """Any event, with any content; few utterances, so that events are about the same ones."""
    return st.one_of([_built(kind) for kind in kinds_of_events()])
