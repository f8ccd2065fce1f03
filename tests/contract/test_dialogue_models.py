"""One suite over every dialogue model that can be had here: what each promises to who asks it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.helpers.fake_chat import answered_by, fake_chat
from tests.helpers.tiny_chat import converted, tiny_chat_model
from voicedoc.converse.dialogue.role import DialogueModel, Message, Sampling, Tool, ToolCall, whole
from voicedoc.converse.dialogue.scripted import ScriptedDialogue
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import ConfigError
from voicedoc.registry import backend, backends
from voicedoc.runtime.worker import ThreadWorker

QUESTION = [Message("system", "You are brief."), Message("user", "Which colours does a rainbow have?")]
SHORT = Sampling(max_tokens=24)
SCHEMA = {
    "type": "object",
    "properties": {"urgent": {"type": "boolean"}, "site": {"enum": ["chest", "head"]}},
    "required": ["urgent", "site"],
    "additionalProperties": False,
}
LOOK_UP = Tool(
    "look_up",
    "Looks a medicine up.",
    {
        "type": "object",
        "properties": {"name": {"enum": ["ibuprofen", "paracetamol"]}},
        "required": ["name"],
        "additionalProperties": False,
    },
)
ASKS_FOR_TOOL = [Message("user", "Use the tool to look up ibuprofen.")]
ASKS_FOR_JSON = [Message("user", "I have chest pain. Fill in the form.")]

SCRIPT: dict[str, Any] = {
    "replies": {
        QUESTION[1].text: "Red, orange, yellow, green, blue, indigo and violet are the colours of it, and no others.",
        ASKS_FOR_JSON[0].text: '{"urgent": true, "site": "chest"}',
    },
    "calls": {ASKS_FOR_TOOL[0].text: {"tool": "look_up", "arguments": {"name": "ibuprofen"}}},
}


class Case(NamedTuple):
    """A model, and what can be expected of it. `binds`: it enforces schemas itself. `random`: what it says is noise."""

    model: DialogueModel
    worker: ThreadWorker
    binds: bool = False
    random: bool = False

    def run(self, function: Callable[[], Any]) -> Any:
        """On the worker's thread, as a session does it."""
        return self.worker.run(function)

    def ask(self, messages: list[Message], **options: Any) -> Any:
        return self.run(lambda: whole(self.model.stream(messages, **options)))


def _made(name: str, folder: Path, load: Callable[[str], LoadedModel], closing: ExitStack) -> Callable[[], Any]:
    kind = backend("dialogue_models", name)
    if name == "scripted":
        return partial(kind, **SCRIPT)
    if name == "openai":
        pytest.importorskip("httpx", reason="pip install 'voicedoc[openai]'")
        server = closing.enter_context(fake_chat(answered_by(ScriptedDialogue(**SCRIPT))))
        return partial(kind, url=server.url, name="m")
    if name == "transformers":
        for package in ("torch", "transformers", "llguidance"):
            pytest.importorskip(package, reason="pip install 'voicedoc[transformers]'")
        return partial(kind, LoadedModel("tiny", tiny_chat_model(folder), ""), device="cpu")
    if name == "ctranslate2":
        for package in ("ctranslate2", "torch", "transformers", "llguidance"):
            pytest.importorskip(package, reason="pip install 'voicedoc[ctranslate2,transformers]'")
        return partial(kind, LoadedModel("tiny", converted(tiny_chat_model(folder / "tiny"), folder), ""), device="cpu")
    pytest.importorskip("xllamacpp", reason="pip install 'voicedoc[xllamacpp]'")
    return partial(kind, load("qwen2.5-coder-1.5b"), threads=1)


NAMES = [
    pytest.param(name, marks=pytest.mark.model if name == "xllamacpp" else pytest.mark.unit)
    for name in ("scripted", "openai", "transformers", "ctranslate2", "xllamacpp")
]


RANDOM = ("transformers", "ctranslate2")


@pytest.fixture(scope="module", params=NAMES)
def case(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    loaded_model: Callable[[str], LoadedModel],
) -> Iterator[Case]:
    name = request.param
    worker = ThreadWorker("contract")
    with ExitStack() as closing:
        make = _made(name, tmp_path_factory.mktemp("contract"), loaded_model, closing)
        model = worker.run(make)
        yield Case(model, worker, binds=name not in ("scripted", "openai"), random=name in RANDOM)
        if hasattr(model, "close"):
            worker.run(model.close)
    worker.close()


def test_the_pieces_are_the_reply(case: Case) -> None:
    def stream() -> tuple[list[str], Any]:
        pieces, stream = [], case.model.stream(QUESTION, sampling=SHORT)
        while True:
            try:
                pieces.append(next(stream))
            except StopIteration as end:
                return pieces, end.value

    pieces, reply = case.run(stream)
    assert "".join(pieces) == reply.text != ""
    assert len([piece for piece in pieces if piece]) > 3
    assert "<|im_" not in reply.text
    assert 0 < reply.n_tokens <= SHORT.max_tokens
    assert reply.tool_calls == ()


def test_the_same_question_gets_the_same_reply(case: Case) -> None:
    assert case.ask(QUESTION, sampling=SHORT) == case.ask(QUESTION, sampling=SHORT)


def test_a_seed_makes_chance_repeatable(case: Case) -> None:
    lively = Sampling(temperature=1.0, top_p=0.95, seed=11, max_tokens=12)
    assert case.ask(QUESTION, sampling=lively).text == case.ask(QUESTION, sampling=lively).text


def test_a_reply_that_is_cut_off_says_so(case: Case) -> None:
    reply = case.ask(QUESTION, sampling=Sampling(max_tokens=5))
    assert (reply.finish, reply.n_tokens) == ("length", 5)


def test_a_reply_ends_before_a_stop_text(case: Case) -> None:
    text = case.ask(QUESTION, sampling=SHORT).text
    stop = text[len(text) // 2 : len(text) // 2 + 3]
    reply = case.ask(QUESTION, sampling=Sampling(max_tokens=24, stop=(stop,)))
    assert (reply.text, reply.finish) == (text[: text.index(stop)], "stop")


def test_a_longer_prompt_counts_more_tokens(case: Case) -> None:
    longer = [*QUESTION, Message("assistant", "Seven."), Message("user", "Which colours, one by one, please?")]
    few, many = (case.ask(messages, sampling=SHORT).n_prompt_tokens for messages in (QUESTION, longer))
    assert 0 < few < many


def test_a_reply_bound_to_a_schema_fits_it(case: Case) -> None:
    reply = case.ask(ASKS_FOR_JSON, schema=SCHEMA, sampling=Sampling(max_tokens=60))
    made = json.loads(reply.text)
    assert reply.finish == "stop"
    assert set(made) == {"urgent", "site"} and isinstance(made["urgent"], bool) and made["site"] in ("chest", "head")


def test_a_tool_is_called_with_arguments_that_fit(case: Case) -> None:
    reply = case.ask(ASKS_FOR_TOOL, tools=[LOOK_UP], sampling=Sampling(max_tokens=60))
    if case.random:
        assert reply.finish in ("tool", "stop", "length")
    else:
        assert reply.finish == "tool"
    assert bool(reply.tool_calls) == (reply.finish == "tool")
    for call in reply.tool_calls:
        assert call.id and call.name == "look_up"
        assert call.arguments in ({"name": "ibuprofen"}, {"name": "paracetamol"})
        assert reply.text == ""


def test_the_result_of_a_tool_can_be_answered(case: Case) -> None:
    call = ToolCall("call-1", "look_up", {"name": "ibuprofen"})
    messages = [
        *ASKS_FOR_TOOL,
        Message("assistant", "", (call,)),
        Message("tool", "Ibuprofen is a painkiller.", tool_call_id="call-1"),
    ]
    reply = case.ask(messages, tools=[LOOK_UP], sampling=Sampling(max_tokens=40))
    assert reply.text or reply.tool_calls


def test_a_reply_can_be_stopped_at_any_piece_and_the_next_is_as_if_it_had_not_been(case: Case) -> None:
    before = case.ask(QUESTION, sampling=SHORT)

    def stop_after(n_pieces: int) -> None:
        stream = case.model.stream(QUESTION, sampling=Sampling(max_tokens=400))
        for _ in range(n_pieces):
            next(stream)
        stream.close()

    for n_pieces in (0, 1, 4):
        case.run(partial(stop_after, n_pieces))
    assert case.ask(QUESTION, sampling=SHORT).text == before.text


def test_what_no_model_can_answer_is_refused(case: Case) -> None:
    for messages, options in (
        ([], {}),
        ([Message("system", "You are brief.")], {}),
        (QUESTION, {"tools": [LOOK_UP], "schema": SCHEMA}),
        (QUESTION, {"tools": [LOOK_UP, LOOK_UP]}),
    ):
        with pytest.raises(ConfigError) as caught:
            case.ask(messages, **options)
        assert caught.value.remedy


@pytest.mark.parametrize(
    "schema", [{"type": "nonsense"}, {"$ref": "#/$defs/none"}, {"type": "object", "properties": 3}]
)
def test_a_schema_that_is_none_is_refused_before_anything_is_written(case: Case, schema: dict[str, Any]) -> None:
    if not case.binds:
        pytest.skip("the server, or the script, judges schemas")
    with pytest.raises(ConfigError, match="schema") as caught:
        case.ask(QUESTION, schema=schema)
    assert caught.value.remedy


@pytest.mark.unit
def test_every_registered_dialogue_model_is_in_this_suite() -> None:
    assert set(backends("dialogue_models")) <= {parameter.values[0] for parameter in NAMES}
