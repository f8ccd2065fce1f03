"""The embedded dialogue model with its real weights: what the product relies on, and what must never be relied on."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("xllamacpp", reason="pip install 'voicedoc[xllamacpp]'")

from voicedoc.converse.dialogue.role import Message, Sampling, Tool, whole
from voicedoc.converse.dialogue.xllamacpp import N_BLOCK, XLlamaCpp
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import BackendFailed, ConfigError, ModelCorrupt, ModelMissing

pytestmark = pytest.mark.model

HISTORY = [
    Message(
        "system",
        "You read a patient's answer into JSON. site: the part of the body that hurts. days: for how many days. "
        "medicines: what is taken.",
    ),
    Message("user", "It started three days ago, in my lower back. I take ibuprofen."),
]
FORM = {
    "type": "object",
    "properties": {
        "site": {"type": "string", "maxLength": 40},
        "days": {"type": "integer", "minimum": 0, "maximum": 999},
        "medicines": {"type": "array", "items": {"type": "string", "maxLength": 30}, "maxItems": 4},
    },
    "required": ["site", "days", "medicines"],
    "additionalProperties": False,
}
LONG = " ".join(f"On day {number} nothing of note happened." for number in range(40))


@pytest.fixture(scope="module")
def model(loaded_model: Callable[[str], LoadedModel]) -> Iterator[XLlamaCpp]:
    made = XLlamaCpp(loaded_model("qwen2.5-coder-1.5b"), threads=1, n_ctx=2048)
    yield made
    made.close()


def test_a_plain_answer_is_read_into_a_form(model: XLlamaCpp) -> None:
    reply = whole(model.stream(HISTORY, schema=FORM, sampling=Sampling(max_tokens=80)))
    made = json.loads(reply.text)
    assert reply.finish == "stop"
    assert "back" in made["site"].lower()
    assert made["days"] == 3
    assert [name.lower() for name in made["medicines"]] == ["ibuprofen"]


def test_a_greeting_calls_no_tool(model: XLlamaCpp) -> None:
    tool = Tool(
        "look_up_medicine",
        "Finds what a leaflet says about a medicine.",
        {"type": "object", "properties": {"name": {"type": "string", "maxLength": 30}}, "required": ["name"]},
    )
    reply = whole(model.stream([Message("user", "Hello!")], tools=[tool], sampling=Sampling(max_tokens=40)))
    assert reply.tool_calls == ()
    assert reply.text and "{" not in reply.text


def test_a_prompt_can_be_left_between_two_of_its_blocks(model: XLlamaCpp) -> None:
    """The whole of it takes many times as long as one block."""
    stream = model.stream([Message("user", LONG)], sampling=Sampling(max_tokens=1))
    began = time.monotonic()
    pieces = [next(stream)]
    stream.close()
    left = time.monotonic() - began
    began = time.monotonic()
    reply = whole(model.stream([Message("user", "x" + LONG)], sampling=Sampling(max_tokens=1)))
    took = time.monotonic() - began
    assert pieces == [""]
    assert reply.n_prompt_tokens > 3 * N_BLOCK
    assert left < 0.7 * took


def test_nothing_works_on_after_a_reply_was_left(model: XLlamaCpp) -> None:
    stream = model.stream([Message("user", "Count to a thousand.")], sampling=Sampling(max_tokens=500))
    while not next(stream):
        pass
    stream.close()
    worked = time.process_time()
    time.sleep(2.0)
    assert time.process_time() - worked < 0.1


def test_what_prompts_begin_with_alike_is_read_once_even_with_another_between(model: XLlamaCpp) -> None:
    """As an interview has it: one prompt that reads answers, one that words questions, in turns."""

    def first_token(system: str, question: str) -> float:
        began = time.monotonic()
        whole(model.stream([Message("system", system), Message("user", question)], sampling=Sampling(max_tokens=1)))
        return time.monotonic() - began

    first = first_token(LONG, "Which day?")
    first_token("You are brief.", "Since when?")
    assert first > 2 * first_token(LONG, "Which year?")


def test_a_prompt_that_is_too_long_is_refused_and_not_cut(model: XLlamaCpp) -> None:
    with pytest.raises(BackendFailed, match="takes 2048") as caught:
        whole(model.stream([Message("user", LONG * 6)]))
    assert "n_ctx" in caught.value.remedy
    assert "nothing of note" not in str(caught.value)


def test_nothing_that_is_said_reaches_a_log(
    model: XLlamaCpp, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    whole(model.stream([Message("user", "Xanthippe hurts. Say Xanthippe.")], sampling=Sampling(max_tokens=8)))
    out, err = capfd.readouterr()
    assert "Xanthippe" not in out + err + caplog.text


def test_nobody_can_connect_to_the_engine(model: XLlamaCpp) -> None:
    """llama.cpp's server listens on a socket whose name is gone; no port is open."""
    inodes = {path.readlink().name for path in Path("/proc/self/fd").iterdir() if path.is_symlink() or path.exists()}
    sockets = {name[len("socket:[") : -1] for name in inodes if name.startswith("socket:[")}
    listening = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/self/net/{name}").read_text("utf-8").splitlines()[1:]
    ]
    assert [row for row in listening if row[3] == "0A" and row[9] in sockets] == []
    named = [line.split() for line in Path("/proc/self/net/unix").read_text("utf-8").splitlines()[1:]]
    assert [row for row in named if row[6] in sockets and len(row) > 7 and Path(row[7]).exists()] == []


def test_a_named_format_is_how_the_engine_is_told(loaded_model: Callable[[str], LoadedModel]) -> None:
    """ChatML's 30 tokens for these four messages, counted by hand; the file's own template gives as many."""
    model = XLlamaCpp(loaded_model("qwen2.5-coder-1.5b"), threads=1, n_ctx=512, chat="chatml")
    turns = [Message("system", "S"), Message("user", "Q1"), Message("assistant", "A1"), Message("user", "Q2")]
    assert whole(model.stream(turns, sampling=Sampling(max_tokens=1))).n_prompt_tokens == 30
    model.close()


def test_what_cannot_be_loaded_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="0 GGUF files"):
        XLlamaCpp(LoadedModel("none", tmp_path, ""))
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ModelCorrupt, match="broken"):
        XLlamaCpp(LoadedModel("broken", tmp_path, ""))


@pytest.mark.parametrize("options", [{"n_ctx": 10}, {"threads": 0}, {"cache_mb": -1}, {"chat": "none"}])
def test_options_that_cannot_be_used_are_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError) as caught:
        XLlamaCpp(LoadedModel("some", tmp_path, ""), **options)
    assert caught.value.remedy
