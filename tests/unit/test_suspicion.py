"""What a sentence may be about by its meaning: it is asked for, and nothing else comes of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.helpers.interviews import PACKS, Talk, turn
from tests.helpers.said import said
from voicedoc.converse.advice.advisor import Advisor
from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.ask import Asker
from voicedoc.converse.complaints.load import Packs, load_packs
from voicedoc.converse.interview.history import history_of, to_markdown
from voicedoc.converse.interview.history import to_data as history_data
from voicedoc.converse.interview.interviewer import Interviewer
from voicedoc.converse.interview.policy import Plan
from voicedoc.converse.interview.state import Interview, advance, replayed
from voicedoc.converse.interview.texts import LANGUAGES
from voicedoc.converse.knowledge.boundaries import text_of
from voicedoc.converse.knowledge.search import Search
from voicedoc.converse.knowledge.starter import with_sheets
from voicedoc.converse.knowledge.store import KnowledgeStore
from voicedoc.converse.signs.sign import names
from voicedoc.converse.suspicion.suspicion import (
    NOTHING,
    Hunch,
    Suspicion,
    Weights,
    concerns,
    examples,
    examples_digest,
    shipped_weights,
)
from voicedoc.core.events import AlarmRaised, Event, FactNoted, QuestionAsked, Suspected
from voicedoc.core.speech import Role, Visit
from voicedoc.errors import ModelCorrupt

pytestmark = pytest.mark.unit

AXES = ("suicide", "heart", NOTHING)


class Words:
    """An embedder that knows three words: one axis each."""

    name = "words"

    def __init__(self) -> None:
        self.n_texts = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.n_texts += len(texts)
        keys = ("bridge", "weight", "")
        return np.array([[float(key in text) for key in keys] for text in texts], np.float32)


def weights(certain: float = 0.6) -> Weights:
    rows, nothing = 6.0 * np.eye(3, dtype=np.float32), np.zeros(3, np.float32)
    return Weights(AXES, rows, np.array([0, 0, -3], np.float32), nothing, certain, "words", "")


def suspicion() -> Suspicion:
    return Suspicion(Words(), weights())


def hunch(name: str, words: str = "the bridge") -> Hunch:
    return Hunch(concerns()[name], words, 0.9)


def test_a_sentence_is_told_with_what_it_may_be_about_and_harmless_ones_are_not() -> None:
    (one,) = suspicion().hunches("I slept well. I think of the bridge. Thank you.")
    assert (one.concern.name, one.words) == ("suicide", "I think of the bridge.")
    assert suspicion().hunches("I slept well.") == ()
    assert suspicion().hunches(" … ") == ()


def test_two_concerns_are_told_where_both_are_likely() -> None:
    assert {one.concern.name for one in suspicion().hunches("the bridge and the weight")} == {"suicide", "heart"}


def test_a_long_story_is_read_from_its_end() -> None:
    words = Words()
    Suspicion(words, weights()).hunches("Well. " * 500 + "The bridge.")
    assert words.n_texts < 20


def test_weights_of_another_model_are_refused() -> None:
    with pytest.raises(ModelCorrupt, match="vectors"):
        Suspicion(Words())


def test_the_shipped_weights_are_made_of_the_shipped_examples() -> None:
    shipped = shipped_weights()
    assert shipped.examples == examples_digest(), "run pipelines/recipes/train_suspicion.py"
    assert set(shipped.names) == {*concerns(), NOTHING}
    assert 0.3 < shipped.certain < 0.999


def test_every_language_has_examples_of_every_concern() -> None:
    assert set(examples()) == set(LANGUAGES)
    for language, by_name in examples().items():
        assert set(by_name) == {*concerns(), NOTHING}, language
        assert all(len(set(texts)) == len(texts) >= 5 for texts in by_name.values()), language


def test_every_concern_has_a_question_that_tells() -> None:
    plan = Plan(load_packs())
    for concern in concerns().values():
        assert set(concern.ask) <= set(names())
        asking = [plan.asking_about(sign) for sign in concern.ask]
        assert all(asking), concern.name
        assert all(set(LANGUAGES) <= set(question.text) for question in asking if question)


# --- in an interview


def interview(*lines: tuple[str, tuple[Hunch, ...]], packs: Packs | None = None) -> list[Event]:
    """What follows when a patient says these lines, each with what it may be about."""
    visit, numbers = Visit("en", "en"), itertools.count(3_000_000)
    who, state, events = Interviewer(Plan(packs or load_packs()), visit), Interview(visit), list[Event]()

    def follow(news: list[Event]) -> None:
        nonlocal state
        for event in news:
            state = advance(state, event)
            events.append(event)

    follow(who.begin(state, 0.0, numbers))
    for number, (text, hunches) in enumerate(lines, start=1):
        line = turn(text, number)
        events.append(line)
        follow(who.take(state, line, numbers, None, hunches))
    assert replayed(Interview(visit), events) == state
    return events


def asked(events: Sequence[Event]) -> list[str]:
    return [event.question for event in events if isinstance(event, QuestionAsked)]


def test_what_is_suspected_is_asked_at_once_and_alarms_nobody() -> None:
    events = interview(("I have a cough, and I think of the bridge", (hunch("suicide"),)))
    assert asked(events)[-1] == "mental-health-crisis.suicide"
    (told,) = [event for event in events if isinstance(event, Suspected)]
    assert (told.concern, told.words, told.reason) == ("suicide", "the bridge", concerns()["suicide"].reason["en"])
    assert not [event for event in events if isinstance(event, AlarmRaised)]


def test_a_no_goes_on_where_it_was_and_it_is_not_asked_again() -> None:
    lines = [("I have a cough", (hunch("suicide"),)), ("no", ()), ("that bridge again", (hunch("suicide"),))]
    assert asked(interview(*lines)).count("mental-health-crisis.suicide") == 1


def test_a_question_that_was_left_for_it_comes_again() -> None:
    events = interview(("chest pain", ()), ("well, that bridge", (hunch("suicide"),)), ("no", ()), packs=with_crisis())
    assert asked(events)[1:] == ["chest.pressure", "mental-health-crisis.suicide", "chest.pressure"]


def test_what_is_known_already_is_not_asked() -> None:
    events = interview(("I do not think about suicide, I like that bridge", (hunch("suicide"),)))
    assert "mental-health-crisis.suicide" not in asked(events)


def test_a_yes_brings_its_complaint_along() -> None:
    events = interview(("I have a cough", (hunch("heart"),)), ("yes", ()))
    assert "common.chest-pain" in asked(events)
    assert any(name.startswith("chest-pain.") for name in asked(events))


def test_the_first_words_of_all_are_asked_about_at_once_and_kept() -> None:
    line = "I have already chosen the bridge."
    events = interview((line, (hunch("suicide", line),)), ("no", ()))
    assert asked(events)[1:] == ["mental-health-crisis.suicide", "common.complaint"]
    kept = [event for event in events if isinstance(event, FactNoted) and event.name == "common.complaint"]
    assert [fact.words for fact in kept] == [line]


@pytest.mark.parametrize("line", ["That bridge waits for me", "Goodbye, I want to stop"])
def test_what_was_denied_before_is_told_again_but_not_asked_and_so_it_is_with_who_leaves(line: str) -> None:
    events = interview(("I have a cough", (hunch("suicide"),)), ("no", ()), (line, (hunch("suicide", line),)))
    assert asked(events).count("mental-health-crisis.suicide") == 1
    assert [event.words for event in events if isinstance(event, Suspected)] == ["the bridge", line]


def test_what_was_told_is_no_suspicion() -> None:
    events = interview(("I have a cough and I want to kill myself", (hunch("suicide"),)))
    assert not [event for event in events if isinstance(event, Suspected)]


def test_what_is_meant_at_the_very_end_is_asked_though_nothing_else_may_be() -> None:
    talk = Talk(visit=Visit("en", "en"), packs=with_crisis(), budget=1).says("I have chest pain")
    line = "I've already chosen the bridge"
    for _ in range(10):
        if talk.state.left == 0 and talk.state.open and talk.state.open.question == "common.worry":
            break
        talk.says("no")
    said_last = turn(line, 50)
    talk.follow(talk.who.take(talk.state, said_last, talk.numbers, None, (hunch("suicide", line),)))
    assert talk.asked[-1] == "mental-health-crisis.suicide"
    assert talk.state.n_asked <= talk.state.budget
    talk.answers(lambda name: "I don't know", most=10)
    assert talk.state.closed and talk.asked.count("mental-health-crisis.suicide") == 1


@pytest.mark.parametrize(("answer", "came"), [("no", ": no)"), ("", "(not asked)")])
def test_what_may_have_been_meant_stands_in_the_history_with_what_came_of_it(answer: str, came: str) -> None:
    lines = [("I have a cough", (hunch("suicide"),)), *([(answer, ())] if answer else [])]
    history = history_of(interview(*lines), load_packs(), "en")
    (one,) = history.suspicions
    assert (one.words, one.utterance) == ("the bridge", 1)
    (row,) = [row for row in to_markdown(history).splitlines() if "the bridge" in row]
    assert came in row and concerns()["suicide"].reason["en"] in row
    assert history_data(history)["suspicions"][0]["answers"] == list(one.answers)


def with_crisis() -> Packs:
    crisis = load_packs().packs["mental-health-crisis"]
    return Packs({**PACKS.packs, crisis.id: crisis}, PACKS.common)


# --- in a question


def test_a_question_that_may_come_out_of_a_crisis_hears_of_help_first(tmp_path: Path) -> None:
    with with_sheets(KnowledgeStore(tmp_path)) as store:
        asker = Asker(Search(store, None), suspicion=suspicion())
        answer = asker.ask("Is the bridge in town open on Sundays?", "en", clinician="pt")
        assert (answer.kind, answer.urgent) == ("unknown", text_of("self-harm", "en"))
        assert answer.urgent_for_clinician == text_of("self-harm", "pt")
        assert not asker.ask("Can babies have honey?", "en").urgent


class Told(Suspicion):
    """Suspects the heart, and hardly less a wish to die."""

    def hunches(self, text: str) -> tuple[Hunch, ...]:
        return (Hunch(concerns()["heart"], text, 0.41), Hunch(concerns()["suicide"], text, 0.40))


@pytest.mark.parametrize("question", ["Is the bridge open?", "I am coughing up blood, what can I do?"])
def test_help_is_told_of_though_something_else_is_likelier_or_urgent(tmp_path: Path, question: str) -> None:
    with with_sheets(KnowledgeStore(tmp_path)) as store:
        plain = Asker(Search(store, None)).ask(question, "en")
        answer = Asker(Search(store, None), suspicion=Told(Words(), weights())).ask(question, "en")
        assert answer.urgent == " ".join(filter(None, (plain.urgent, text_of("self-harm", "en"))))
        assert bool(plain.urgent) is ("blood" in question)


# --- in a visit


def test_the_clinician_is_told_once_what_the_patient_may_mean_and_never_of_the_doctors_words() -> None:
    advisor = Advisor(load_packs(), Alarms(), "pt", suspicion())
    assert not suspicions(advisor.hear(said(1, Role.DOCTOR, "Do you think of the bridge?", "en")))
    (told,) = suspicions(advisor.hear(said(2, Role.PATIENT, "I think of the bridge", "en")))
    assert told.reason == concerns()["suicide"].reason["pt"]
    assert not suspicions(advisor.hear(said(3, Role.PATIENT, "always that bridge", "en")))


def test_the_clinician_hears_of_it_though_it_was_denied_before_and_not_where_it_was_told() -> None:
    denied, told = (Advisor(load_packs(), Alarms(), "en", suspicion()) for _ in range(2))
    denied.hear(said(1, Role.PATIENT, "I do not want to kill myself", "en"))
    assert suspicions(denied.hear(said(2, Role.PATIENT, "I think of the bridge", "en")))
    told.hear(said(1, Role.PATIENT, "I want to kill myself", "en"))
    assert not suspicions(told.hear(said(2, Role.PATIENT, "I think of the bridge", "en")))


def test_words_that_turn_out_to_be_others_take_their_suspicion_along() -> None:
    advisor = Advisor(load_packs(), Alarms(), "en", suspicion())
    advisor.hear(said(1, Role.PATIENT, "I think of the bridge", "en"))
    advisor.hear(said(1, Role.PATIENT, "I think of the fridge", "en"))
    assert suspicions(advisor.hear(said(2, Role.PATIENT, "always that bridge", "en")))


def suspicions(events: Sequence[Event]) -> list[Suspected]:
    return [event for event in events if isinstance(event, Suspected)]
