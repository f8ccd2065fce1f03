"""Whatever people say and press, nothing is lost, nothing is spoken unconfirmed, and a key always leads on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Answered,
    Asked,
    Cleared,
    Event,
    Guarded,
    Held,
    NotTranslated,
    Pressed,
    TurnAttributed,
    UtteranceReopened,
    Withdrawn,
)
from voicedoc.core.speech import Hypothesis, Role, Translation, UtteranceId, Visit, Word
from voicedoc.core.time import Span
from voicedoc.guard.asking import Asking
from voicedoc.guard.confirmation import Confirmation

pytestmark = pytest.mark.unit

VISIT = Visit("en", "pt")
DOSES = {"en": "Take twenty milligrams.", "pt": "Tomo vinte miligramas."}
TEXTS = {
    "en": [DOSES["en"], "Yes.", "No.", "Mm-hm.", "What?", "No, fifteen.", "No, take 15 milligrams.",
           "Yes, but not now.", "Rest for two days.", "My left arm."],
    "pt": [DOSES["pt"], "Sim.", "Não.", "Hum.", "Como?", "Não, quinze.", "Sim, mas agora não.",
           "Dois dias.", "Meu braço."],
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One utterance: by whom, what, whether the reading is sure, and what the guard makes of its translation."""

    role: Role
    text: str
    sure: bool
    outcome: str
    gap: float

    @property
    def language(self) -> str:
        return VISIT.language_of(self.role)


@dataclass(frozen=True)
class Key:
    command: Command
    about: int


@dataclass(frozen=True)
class GoesOn:
    """The utterance said so many before the last one goes on, and comes again."""

    back: int
    text: str


ROLES = st.sampled_from([Role.DOCTOR, Role.PATIENT])
COMMANDS = st.sampled_from(
    [Command.YES, Command.NO, Command.SAY, Command.SKIP, Command.TEACH_BACK, Command.REPEAT]
)  # fmt: skip
OUTCOMES = st.sampled_from(["guarded", "guarded", "guarded", "held", "not translated", "failed"])


@st.composite
def utterances(draw: st.DrawFn) -> Said:
    role = draw(ROLES)
    text = draw(st.sampled_from(TEXTS[VISIT.language_of(role)]))
    return Said(role, text, draw(st.booleans()), draw(OUTCOMES), draw(st.sampled_from([0.5, 2.0, 5.0, 30.0])))


KEYS = st.builds(Key, COMMANDS, st.integers(0, 8))
STEPS = st.one_of(utterances(), utterances(), utterances(), KEYS, st.builds(GoesOn, st.integers(0, 2), st.just("Yes.")))
OPTIONS = st.builds(
    Asking,
    read_back=st.sampled_from([(), ("dose",), ("dose", "duration")]),
    ask_doubts=st.booleans(),
    say_by_voice=st.booleans(),
)


def turn_of(number: int, at: float, said: Said) -> TurnAttributed:
    words = tuple(Word(word, Span(0, 1), 0.9 if said.sure else 0.1) for word in said.text.split())
    return TurnAttributed(
        at=at,
        utterance=UtteranceId(number),
        span=Span(max(0.0, at - 0.5), at),
        role=said.role,
        method="channel",
        confidence=1.0,
        hypothesis=Hypothesis(said.text, said.language, 1.0, 0.9, words),
    )


def outcome_of(number: int, at: float, said: Said) -> list[Guarded | Held | NotTranslated]:
    utterance, listener = UtteranceId(number), VISIT.listener(said.language)
    translation = Translation(f"{number} at {at}", said.language, VISIT.other(said.language), ("scripted",))
    if said.outcome == "guarded":
        return [Guarded(at=at, utterance=utterance, listener=listener, translation=translation, n_findings=0)]
    if said.outcome == "held":
        return [
            Held(
                at=at,
                utterance=utterance,
                listener=listener,
                translation=translation,
                back="",
                differences=("20 is 200",),
                n_attempts=0,
            )
        ]
    if said.outcome == "not translated":
        return [NotTranslated(at=at, utterance=utterance, text=said.text, reason="no words")]
    return []


def script(steps: Iterable[Said | Key | GoesOn]) -> list[tuple[str, Event]]:
    """The events of a conversation, each with what it is: "turn", "outcome" or "control"."""
    events: list[tuple[str, Event]] = []
    at, said = 1.0, list[Said]()
    for step in steps:
        at += step.gap if isinstance(step, Said) else 0.25
        if isinstance(step, Key):
            events.append(("control", Pressed(at=at, command=step.command, utterance=UtteranceId(step.about))))
            continue
        if isinstance(step, GoesOn):
            if step.back >= len(said):
                continue
            number = len(said) - step.back
            events.append(("control", UtteranceReopened(at=at, utterance=UtteranceId(number), channel=0, revision=1)))
            at += 1.0
            spoken = said[number - 1]
        else:
            said.append(step)
            number, spoken = len(said), step
        events.append(("turn", turn_of(number, at, spoken)))
        events += [("outcome", outcome) for outcome in outcome_of(number, at, spoken)]
    return events


def take_all(confirmation: Confirmation, events: Iterable[Event]) -> list[Event]:
    return [told for event in events for told in confirmation.take(event)]


def ended(told: Iterable[Event]) -> list[tuple[int, str]]:
    """Translations that came to an end, as they did."""
    return [
        (event.utterance, "withdrawn" if isinstance(event, Withdrawn) else event.text)
        for event in told
        if isinstance(event, Withdrawn) or (isinstance(event, Cleared) and event.purpose == "translation")
    ]


@given(st.lists(STEPS, max_size=14), OPTIONS)
@settings(max_examples=300, deadline=None)
def test_every_translation_is_spoken_or_withdrawn_in_the_end(steps: list[Said | Key | GoesOn], options: Asking):
    confirmation = Confirmation(VISIT, options)
    events = [event for _, event in script(steps)]
    told = take_all(confirmation, events) + confirmation.close()
    came = [event.utterance for event in events if isinstance(event, (Guarded, Held))]
    ends = [utterance for utterance, _ in ended(told)]
    assert all(ends.count(utterance) >= came.count(utterance) for utterance in came)
    assert set(ends) <= set(came)


@given(st.lists(STEPS, max_size=14), OPTIONS)
@settings(max_examples=300, deadline=None)
def test_the_key_that_a_question_names_always_leads_on(steps: list[Said | Key | GoesOn], options: Asking):
    confirmation = Confirmation(VISIT, options)
    told = take_all(confirmation, [event for _, event in script(steps)])
    last = Said(Role.DOCTOR, "Hello there.", True, "guarded", 1.0)  # a turn whose translation failed is over by then
    other = Said(Role.PATIENT, "Meu braço.", True, "guarded", 1.0)
    for number, spoken in ((101, last), (102, other)):
        told += take_all(
            confirmation, [turn_of(number, 1e6 + number, spoken), *outcome_of(number, 1e6 + number, spoken)]
        )
    for _ in range(3 * len(steps) + 3):
        waiting = open_questions(told)
        if not waiting:
            break
        told += confirmation.take(Pressed(at=2e6, command=Command.SAY, utterance=UtteranceId(waiting[-1])))
    assert {101, 102} <= {utterance for utterance, end in ended(told) if end != "withdrawn"}
    assert confirmation.close() == []


def open_questions(told: Iterable[Event]) -> list[int]:
    """What a screen shows as open: asked, and neither answered with yes or no, nor withdrawn, nor spoken since."""
    opened: dict[int, None] = {}
    for event in told:
        if isinstance(event, Asked) and event.kind != "teach-back":
            opened.pop(event.utterance, None)
            opened[event.utterance] = None
        elif isinstance(event, Answered):
            closed = event.answer in {"yes", "no"}
            opened = {utterance: None for utterance in opened if not closed or utterance != event.utterance}
        elif isinstance(event, Withdrawn) or (isinstance(event, Cleared) and event.purpose == "translation"):
            opened.pop(event.utterance, None)
    return list(opened)


@given(st.lists(st.one_of(utterances(), KEYS), max_size=14), OPTIONS)
@settings(max_examples=300, deadline=None)
def test_each_listener_hears_translations_in_the_order_in_which_they_were_said(
    steps: list[Said | Key], options: Asking
):
    told = take_all(Confirmation(VISIT, options), [event for _, event in script(steps)])
    for listener in (Role.DOCTOR, Role.PATIENT):
        heard = [
            event.utterance
            for event in told
            if isinstance(event, Cleared) and event.purpose == "translation" and event.listener is listener
        ]
        assert heard == sorted(set(heard))


@given(st.lists(STEPS, max_size=14), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_dose_is_spoken_and_nothing_held_without_a_yes(steps: list[Said | Key | GoesOn], by_voice: bool):
    events = [event for _, event in script(steps)]
    told = take_all(Confirmation(VISIT, Asking(read_back=("dose",), say_by_voice=by_voice)), events)
    turns = [event for event in events if isinstance(event, TurnAttributed)]
    doses = {turn.utterance for turn in turns if "mili" in turn.hypothesis.text.replace("ll", "l")}
    held = {event.utterance for event in events if isinstance(event, Held)}
    agreed: set[int] = set()
    learned = {event.utterance for event in told if type(event).__name__ == "TaughtBack"}
    for event in told:
        if isinstance(event, Answered):
            (agreed.add if event.answer == "yes" else agreed.discard)(event.utterance)
        elif isinstance(event, Asked):
            agreed.discard(event.utterance)
        elif isinstance(event, Cleared) and event.purpose == "translation":
            assert event.utterance in agreed or event.utterance not in (doses | held) - learned


@given(st.lists(utterances(), max_size=10), OPTIONS, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_how_far_translation_is_behind_changes_nothing(steps: list[Said], options: Asking, random: Random):
    events = script(steps)
    turns = [event for what, event in events if what == "turn"]
    results = [event for what, event in events if what == "outcome"]
    mixed: list[Event] = []
    while turns or results:
        take_turn = bool(turns) and (not results or random.random() < 0.5)
        mixed.append(turns.pop(0) if take_turn else results.pop(0))
    together, apart = Confirmation(VISIT, options), Confirmation(VISIT, options)
    told = take_all(together, [event for _, event in events]) + together.close()
    assert take_all(apart, mixed) + apart.close() == told
