"""What every dialogue model is made of: what is held back from a stream, choices between tools, sampling, formats."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.converse.dialogue.choice import Choice, choice_schema, with_tools
from voicedoc.converse.dialogue.formats import chat_format
from voicedoc.converse.dialogue.role import Message, Sampling, Tool, ToolCall
from voicedoc.converse.dialogue.stops import Stops, Thoughts, certain
from voicedoc.errors import ConfigError

pytestmark = pytest.mark.unit

LOOK_UP = Tool("look_up", "Looks up.", {"type": "object", "properties": {"name": {"type": "string"}}})


def _cut(text: str, places: list[int]) -> list[str]:
    at = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[first:last] for first, last in pairwise(at)]


@given(st.text("ab<h:>", max_size=40), st.lists(st.text("ab<h:>", min_size=1, max_size=4), max_size=3), st.data())
def test_a_text_is_cut_at_its_first_stop_however_it_arrives(text: str, stops: list[str], data: st.DataObject) -> None:
    pieces = _cut(text, data.draw(st.lists(st.integers(0, 60), max_size=8)))
    held = Stops(stops)
    got = "".join(certain(iter(pieces), held))
    ends = [(at + len(stop), at) for stop in stops if (at := text.find(stop)) >= 0]
    assert held.reached == bool(ends)
    assert got == (text[: min(ends)[1]] if ends else text)


def test_what_cannot_be_a_stop_text_is_not_held_back() -> None:
    stops = Stops(["<human>:"])
    assert [stops.feed("It hurts"), stops.feed(" <hu"), stops.feed("h")] == ["It hurts", " ", "<huh"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>\nfever…</think>\n\nSince when?", "Since when?"),
        ("  <think>a</think>b", "b"),
        ("Since when?", "Since when?"),
        ("<th", "<th"),
        ("a <think>b</think>", "a <think>b</think>"),
        ("<think>never ends", ""),
    ],
)
def test_thoughts_are_no_part_of_an_answer(text: str, answer: str) -> None:
    for pieces in ([text], list(text)):
        thoughts = Thoughts()
        assert "".join([*map(thoughts.feed, pieces), thoughts.rest()]) == answer


@given(st.text(max_size=30), st.booleans(), st.data())
def test_words_inside_json_come_out_as_they_are_written(words: str, ascii_only: bool, data: st.DataObject) -> None:
    words = words.encode("utf-8", "ignore").decode()
    written = json.dumps({"reply": words}, ensure_ascii=ascii_only)
    choice = Choice()
    pieces = [choice.feed(piece) for piece in _cut(written, data.draw(st.lists(st.integers(0, 200), max_size=30)))]
    assert "".join(pieces) == words
    assert choice.calls() == ()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"a\u00e9", "aé"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d!", "\ufffd!"),
        (r"\ud83d\n", "\ufffd\n"),
        (r"\ude00", "\ufffd"),
        (r"C:\\users", r"C:\users"),
    ],
)
def test_escapes_are_read_when_they_are_whole(written: str, words: str) -> None:
    choice = Choice()
    assert "".join(map(choice.feed, f'{{"reply": "{written}"}}')) == words


def test_words_inside_json_do_not_wait_for_its_end() -> None:
    choice = Choice()
    assert [choice.feed(piece) for piece in ('{"rep', 'ly": "Since', " when\\", 'u00e9"')] == [
        "",
        "Since",
        " when",
        "é",
    ]


def test_a_call_is_read_when_it_is_whole() -> None:
    choice = Choice()
    assert choice.feed('{"tool": "look_up", "arguments": {"name": "ibu') == ""
    assert choice.calls() == ()
    choice.feed('profen"}}')
    assert choice.calls() == (ToolCall("call-1", "look_up", {"name": "ibuprofen"}),)


def test_tools_are_explained_in_the_system_message() -> None:
    system, user = with_tools([Message("system", "Be brief."), Message("user", "Hi")], [LOOK_UP])
    assert system.text.startswith("Be brief.") and "look_up" in system.text and user.text == "Hi"
    (first, _) = with_tools([Message("user", "Hi")], [LOOK_UP])
    assert first.role == "system"
    assert with_tools([Message("user", "Hi")], []) == [Message("user", "Hi")]


def test_calls_and_results_become_texts_of_the_two_who_speak() -> None:
    call = ToolCall("call-1", "look_up", {"name": "ibuprofen"})
    told = with_tools([Message("assistant", "", (call,)), Message("tool", "A painkiller.", tool_call_id="call-1")], [])
    assert [message.role for message in told] == ["assistant", "user"]
    assert json.loads(told[0].text) == {"tool": "look_up", "arguments": {"name": "ibuprofen"}}
    assert "A painkiller." in told[1].text


def test_a_choice_has_one_branch_for_words_and_one_for_each_tool() -> None:
    branches = choice_schema([LOOK_UP])["anyOf"]
    assert [list(branch["properties"]) for branch in branches] == [["reply"], ["tool", "arguments"]]
    assert branches[1]["properties"]["tool"] == {"const": "look_up"}


@pytest.mark.parametrize(
    "wrong", [{"temperature": -0.1}, {"top_p": 0.0}, {"top_p": 1.1}, {"max_tokens": 0}, {"stop": ("",)}]
)
def test_sampling_that_is_impossible_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as caught:
        Sampling(**wrong)  # type: ignore[arg-type]
    assert caught.value.remedy


def test_a_model_pulled_from_a_hub_has_its_format_by_name() -> None:
    found = chat_format("", "axiong--PMC_LLaMA_13B")
    assert found is not None and found.name == "alpaca"
    assert chat_format("", "some-other-model") is None


def test_a_mistyped_format_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError) as caught:
        chat_format("lama3", "some")
    assert caught.value.remedy == "did you mean 'llama3'?"
