"""Notes that a model words: everything is offered once, whatever comes is judged, what must not be lost is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.notes import LABELS, interview_events, visit_events
from voicedoc.converse.dialogue.role import GREEDY, Finish, Message, Pieces, Reply, Sampling, Tool
from voicedoc.converse.notes.arriving import Arriving
from voicedoc.converse.notes.material import gather
from voicedoc.converse.notes.model import Drafting, ModelDrafter
from voicedoc.converse.notes.note import Note, Origin, Support
from voicedoc.converse.notes.prompts import Chunk, estimated_tokens, form, in_chunks, messages, shown
from voicedoc.converse.notes.support import Checker
from voicedoc.converse.notes.template import load_template
from voicedoc.core.events import Event
from voicedoc.errors import BackendFailed, ConfigError

pytestmark = pytest.mark.unit

Item = dict[str, Any]
Answer = Callable[[list[str], Mapping[str, Any]], list[Item] | BackendFailed]

VISIT = (
    ("doctor", "What brings you in today?"),
    ("patient", "I have had a pain in my chest for three days."),
    ("doctor", "Do you take any medicines?"),
    ("patient", "I take metformin 500 mg twice a day."),
    ("patient", "My neighbour has a new car."),
    ("doctor", "I'll order a blood test."),
)


class Writes:
    """A model that writes what a function makes of the lines it is shown, in pieces of seven characters."""

    name = "writes"

    def __init__(self, answer: Answer, *, finish: Finish = "stop") -> None:
        self._answer, self._finish = answer, finish
        self.prompts: list[str] = []
        self.schemas: list[Mapping[str, Any]] = []
        self.n_closed = 0

    def stream(
        self,
        messages: Sequence[Message],
        *,
        tools: Sequence[Tool] = (),
        schema: Mapping[str, Any] | None = None,
        sampling: Sampling = GREEDY,
    ) -> Pieces:
        assert schema is not None
        self.prompts.append(messages[-1].text)
        self.schemas.append(schema)
        lines = [line for line in messages[-1].text.splitlines() if line.startswith("[")]
        return self._pieces(self._answer(lines, schema))

    def _pieces(self, items: list[Item] | BackendFailed) -> Generator[str, None, Reply]:
        if isinstance(items, BackendFailed):
            raise items
        text = json.dumps({"sentences": items})
        try:
            for at in range(0, len(text), 7):
                yield text[at : at + 7]
        except GeneratorExit:
            self.n_closed += 1
            raise
        return Reply(text, self._finish, 1, 1)


def number_of(line: str) -> int:
    return int(line[1 : line.index("]")])


def each_line(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
    """Every line as it is, under the first section."""
    properties = schema["properties"]["sentences"]["items"]["properties"]
    sections = properties.get("section", {}).get("enum")
    made: list[Item] = [{"text": line.partition(": ")[2], "utterances": [number_of(line)]} for line in lines]
    return [item | ({"section": sections[0]} if sections else {}) for item in made]


def nothing(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
    return []


def drafter(model: Writes, events: Sequence[Event], *, budget: int = 700, template: str = "soap") -> ModelDrafter:
    material = gather(events)
    return ModelDrafter(model, material, load_template(template), LABELS, Checker(material), budget)


def finished(drafting: Drafting) -> Note:
    while True:
        try:
            next(drafting)
        except StopIteration as end:
            note: Note = end.value
            return note


def drafted(answer: Answer, *turns: tuple[str, str], finish: Finish = "stop") -> tuple[Note, Writes]:
    model = Writes(answer, finish=finish)
    return finished(drafter(model, visit_events("en", *(turns or VISIT))).draft()), model


# --- everything is offered, once


_SENTENCES = st.sampled_from(
    [
        "I have a pain in my chest.", "Do you smoke?", "No.", "Yes, I take metformin.", "I'll order a blood test.",
        "Any allergies?", "My mother had a stroke.", "Come back if it gets worse.", "The weather is nice.",
        "Your lungs are clear.", "What brings you in today?", "It started three days ago.",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["doctor", "patient"]), _SENTENCES), max_size=40), st.integers(10, 200))
def test_every_sentence_is_offered_to_the_model_exactly_once(turns: list[tuple[str, str]], budget: int) -> None:
    model = Writes(each_line)
    work = drafter(model, visit_events("en", *turns), budget=budget)
    finished(work.draft())
    offered = sorted(line for prompt in model.prompts for line in prompt.splitlines() if line.startswith("["))
    assert offered == sorted(shown(said) for said in work.material.said())


@settings(deadline=None)
@given(st.integers(20, 400))
def test_a_long_visit_comes_in_chunks_that_fit(budget: int) -> None:
    material = gather(visit_events("en", *[("patient", f"It hurts on day {n}, more or less.") for n in range(60)]))
    chunks = in_chunks(material.draft.said, ("subjective",), "", budget=budget)
    assert [said for chunk in chunks for said in chunk.statements] == list(material.draft.said)
    for chunk in chunks:
        size = sum(estimated_tokens(shown(said) + "\n") for said in chunk.statements)
        assert size <= budget or len(chunk.statements) == 1


def test_a_sentence_longer_than_the_budget_is_still_offered_whole() -> None:
    long = "It hurts " + "very " * 500 + "much."
    model = Writes(each_line)
    finished(drafter(model, visit_events("en", ("patient", long)), budget=50).draft())
    assert sum(long in prompt for prompt in model.prompts) == 1


def test_what_prompts_begin_with_is_always_the_same() -> None:
    chunks = [Chunk((), ("a",), "A"), Chunk((), ("b", "none"))]
    first, second = (messages(chunk, "pt")[0] for chunk in chunks)
    assert first == second
    assert "Portuguese" in first.text


def test_a_reply_can_rest_on_what_was_shown_alone() -> None:
    _, model = drafted(each_line)
    for prompt, schema in zip(model.prompts, model.schemas, strict=True):
        shown_numbers = {number_of(line) for line in prompt.splitlines() if line.startswith("[")}
        item = schema["properties"]["sentences"]["items"]["properties"]
        assert set(item["utterances"]["items"]["enum"]) == shown_numbers


# --- what comes of it


def test_sentences_come_as_they_are_written() -> None:
    model = Writes(each_line)
    drafting = drafter(model, visit_events("en", *VISIT)).draft()
    _, _, first = next(drafting)
    assert first.origin is Origin.MODEL
    assert len(model.prompts) == 1  # nothing else has been asked for yet
    drafting.close()
    assert model.n_closed == 1


def test_a_cancelled_draft_asks_nothing_more() -> None:
    model = Writes(each_line)
    drafting = drafter(model, visit_events("en", *VISIT)).draft()
    next(drafting)
    drafting.close()
    assert len(model.prompts) == 1
    with pytest.raises(StopIteration):
        next(drafting)


def test_what_a_model_invents_is_marked_and_stays() -> None:
    def invents(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
        return [{"text": "Takes warfarin 5 mg daily.", "utterances": [number_of(lines[0])], "section": "subjective"}]

    note, _ = drafted(invents)
    invented = [one for one in note.sentences() if "warfarin" in one.text]
    assert invented
    assert all(one.support is Support.UNSUPPORTED and one.reasons for one in invented)
    assert note.counts().by_support[Support.UNSUPPORTED] == len(invented)


def test_what_a_model_cites_that_it_was_not_shown_is_not_believed() -> None:
    def cites(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
        return [{"text": "Chest pain.", "utterances": [999, "2", None]}]

    note, _ = drafted(cites)
    (said, *_) = [one for one in note.sentences() if one.origin is Origin.MODEL]
    assert (said.utterances, said.support) == ((), Support.UNSUPPORTED)


@pytest.mark.parametrize("item", [{}, {"text": 3}, {"text": "x", "utterances": 7}, {"section": "nowhere", "text": "y"}])
def test_a_reply_that_does_not_fit_its_form_breaks_nothing(item: Item) -> None:
    note, _ = drafted(lambda lines, schema: [item])
    assert all(one.support is Support.UNSUPPORTED for one in note.sentences() if one.origin is Origin.MODEL)


def test_medicines_that_the_model_leaves_out_are_quoted() -> None:
    note, _ = drafted(nothing)
    assert any("metformin 500 mg" in one.text and one.origin is Origin.SAID for one in note.sentences())


def test_medicines_that_stand_under_no_heading_are_quoted_too() -> None:
    note, _ = drafted(nothing, ("doctor", "Bisoprolol, 2.5 mg."), ("patient", "Fine, thanks."))
    (kept,) = note.sentences()
    assert "Bisoprolol, 2.5 mg." in kept.text
    assert kept.origin is Origin.SAID


def test_a_sentence_that_drops_the_dose_does_not_stand_for_it() -> None:
    def vague(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
        return [
            {"text": "Takes metformin.", "utterances": [number_of(line)], "section": "subjective"} for line in lines
        ]

    note, _ = drafted(vague, ("patient", "I take metformin 500 mg twice a day."))
    assert [one.origin for one in note.sentences()] == [Origin.MODEL, Origin.SAID]


def test_a_sentence_that_rests_on_a_question_rests_on_its_answer_too() -> None:
    def cites(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
        return [{"text": "Has no allergies.", "utterances": [1], "section": "subjective"}]

    note, _ = drafted(cites, ("doctor", "Do you have any allergies?"), ("patient", "No."))
    (said,) = note.sentences()
    assert (said.utterances, said.support) == ((1, 2), Support.SUPPORTED)


def test_an_unsupported_sentence_does_not_stand_for_what_was_said() -> None:
    def garbles(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
        return [{"text": line.partition(": ")[2].replace("500", "50"), "utterances": [number_of(line)],
                 "section": "subjective"} for line in lines]  # fmt: skip

    note, _ = drafted(garbles)
    garbled, kept = sorted(
        (one for one in note.sentences() if "metformin" in one.text), key=lambda one: one.origin.value
    )
    assert (garbled.support, kept.origin) == (Support.UNSUPPORTED, Origin.SAID)
    assert "500 mg" in kept.text


def test_a_model_that_fails_leaves_what_was_said() -> None:
    note, _ = drafted(lambda lines, schema: BackendFailed("the server is gone"))
    assert {one.origin for one in note.sentences()} == {Origin.SAID}
    assert any("the server is gone" in notice for notice in note.notices)
    assert any("pain in my chest" in one.text for one in note.sentences())


def test_a_reply_that_was_cut_off_is_told() -> None:
    note, _ = drafted(each_line, finish="length")
    assert any("cut off" in notice for notice in note.notices)


def test_the_same_sentence_twice_is_one_that_rests_on_both() -> None:
    def repeats(lines: list[str], schema: Mapping[str, Any]) -> list[Item]:
        return [{"text": "Chest pain.", "utterances": [number_of(line)], "section": "subjective"} for line in lines]

    turns = (("doctor", "I'll order a chest X-ray."), ("doctor", "I'll prescribe something for the chest pain."))
    note, _ = drafted(repeats, *turns)
    (said,) = [one for one in note.sentences() if one.origin is Origin.MODEL]
    assert said.utterances == (1, 2)


def test_small_talk_may_be_left_out() -> None:
    note, _ = drafted(nothing, ("patient", "My neighbour has a new car."))
    assert list(note.sentences()) == []


def test_what_an_interview_noted_is_never_the_models() -> None:
    model = Writes(each_line)
    note = finished(drafter(model, interview_events()).draft())
    facts = [one for one in note.sentences() if one.origin is Origin.RULE]
    assert "Denies: Cold sweat." in [one.text for one in facts]
    assert any("EMERGENCY" in one.text for one in facts)


def test_a_models_note_names_it() -> None:
    note, _ = drafted(each_line)
    assert note.method == "writes"


def test_no_model_words_what_a_patient_takes_home() -> None:
    with pytest.raises(ConfigError, match="for the patient"):
        drafter(Writes(each_line), visit_events("en", *VISIT), template="summary")


# --- items as they arrive


@given(
    st.lists(st.dictionaries(st.text(max_size=4), st.text(max_size=8) | st.integers(), max_size=3), max_size=6),
    st.integers(1, 9),
)
def test_items_arrive_whole_however_the_text_is_cut(items: list[dict[str, Any]], size: int) -> None:
    text = json.dumps({"sentences": items})
    arriving = Arriving()
    got = [item for at in range(0, len(text), size) for item in arriving.feed(text[at : at + size])]
    assert got == items


def test_a_text_that_breaks_off_gives_what_was_whole() -> None:
    arriving = Arriving()
    assert list(arriving.feed('{"sentences": [{"text": "a"}, {"text": "b')) == [{"text": "a"}]
    assert list(arriving.feed("")) == []


@given(st.text(max_size=60))
def test_text_that_is_no_list_gives_nothing_and_raises_nothing(text: str) -> None:
    assert all(isinstance(item, dict) for item in Arriving().feed(text))


def test_the_form_has_sections_only_where_there_is_a_choice() -> None:
    item = form(Chunk((), ("a",)))["properties"]["sentences"]["items"]
    assert "section" not in item["properties"]
    item = form(Chunk((), ("a", "none")))["properties"]["sentences"]["items"]
    assert item["properties"]["section"]["enum"] == ["a", "none"]
