"""A chat server as a dialogue model: what it is asked, what is not taken from it, and who hears of it."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

import pytest

pytest.importorskip("httpx", reason="pip install 'voicedoc[openai]'")

from tests.helpers.fake_chat import Sent, answered_by, delta, fake_chat
from voicedoc.converse.dialogue.openai import OpenAIDialogue
from voicedoc.converse.dialogue.role import Message, Reply, Sampling, Tool, ToolCall, whole
from voicedoc.converse.dialogue.scripted import ScriptedDialogue
from voicedoc.errors import BackendFailed, ConfigError

pytestmark = pytest.mark.unit

SECRET = "I was hit by Xanthippe."
LOOK_UP = Tool("look_up", "Looks up.", {"type": "object", "properties": {}})
DONE = "data: [DONE]"


def sends(*events: dict[str, Any] | str) -> Sent:
    return lambda _: events


def ask(sent: Sent, *, status: int = 200, timeout: float = 5.0, pause: float = 0.0, **options: Any) -> Reply:
    with fake_chat(sent, status=status, pause=pause) as server:
        model = OpenAIDialogue(url=server.url, name="m", timeout=timeout)
        try:
            return whole(model.stream([Message("user", SECRET)], **options))
        finally:
            model.close()


def test_the_server_is_asked_what_was_asked() -> None:
    call = ToolCall("c7", "look_up", {"name": "ibuprofen"})
    messages = [
        Message("system", "S"), Message("user", "Q"), Message("assistant", "", (call,)),
        Message("tool", "R", tool_call_id="c7"),
    ]  # fmt: skip
    sampling = Sampling(temperature=0.3, top_p=0.9, seed=4, max_tokens=9, stop=("X",))
    with fake_chat(sends(delta("ok", "stop"), DONE)) as server:
        model = OpenAIDialogue(url=server.url, name="qwen")
        whole(model.stream(messages, tools=[LOOK_UP], sampling=sampling))
        whole(model.stream(messages[:2]))
        model.close()
    first, second = server.requests
    assert first["path"] == "/v1/chat/completions"
    assert (first["model"], first["stream"], first["max_tokens"], first["stop"]) == ("qwen", True, 9, ["X"])
    assert (first["temperature"], first["top_p"], first["seed"]) == (0.3, 0.9, 4)
    assert first["tools"][0]["function"]["name"] == "look_up"
    called, result = first["messages"][2:]
    assert called["tool_calls"][0]["function"] == {"name": "look_up", "arguments": '{"name": "ibuprofen"}'}
    assert (result["role"], result["tool_call_id"]) == ("tool", "c7")
    assert not {"tools", "response_format", "stop"} & set(second)
    assert second["temperature"] == 0
    assert "authorization" not in {name.lower() for name in server.headers[0]}


def test_a_schema_is_sent_as_the_protocol_has_it() -> None:
    schema = {"type": "object", "properties": {}}
    with fake_chat(sends(delta("{}", "stop"), DONE)) as server:
        model = OpenAIDialogue(url=server.url, name="m")
        assert whole(model.stream([Message("user", "Q")], schema=schema)).text == "{}"
        model.close()
    assert server.requests[0]["response_format"]["json_schema"]["schema"] == schema


def test_tokens_are_counted_by_the_server_or_else_by_what_it_sends() -> None:
    counted = {"choices": [], "usage": {"prompt_tokens": 40, "completion_tokens": 30}}
    reply = ask(sends(delta("Since"), delta(" when?", "stop"), counted, DONE))
    assert (reply.text, reply.finish, reply.n_prompt_tokens, reply.n_tokens) == ("Since when?", "stop", 40, 30)
    assert ask(sends(delta("Since"), delta(" when?", "stop"), DONE)).n_tokens == 2


def test_thoughts_are_not_part_of_the_reply() -> None:
    events = [delta(piece) for piece in ("<thi", "nk>\nthe user ", "says…</think>", "\n\nSince", " when?")]
    assert ask(sends(*events, delta(finish_reason="stop"), DONE)).text == "Since when?"
    separate = delta(reasoning_content="the user says…")
    assert ask(sends(separate, delta("Since when?", "stop"), DONE)).text == "Since when?"


def test_comments_and_events_without_choices_are_passed_over() -> None:
    assert ask(sends(": ping", "event: x", {"choices": []}, delta("Yes.", "stop"), DONE)).text == "Yes."


def called(name: str, arguments: str) -> dict[str, Any]:
    return delta(tool_calls=[{"index": 0, "id": "c", "function": {"name": name, "arguments": arguments}}])


@pytest.mark.parametrize(
    ("events", "options", "message"),
    [
        ([delta("", "stop"), DONE], {}, "empty reply"),
        ([delta("Xanthippe", "content_filter"), DONE], {}, "content_filter"),
        ([delta("Xanthippe"), DONE], {}, "not whole"),
        ([delta("Xanthippe")], {}, "in the middle"),
        (["data: Xanthippe"], {}, "not JSON"),
        (["data: [1]"], {}, "error"),
        ([{"error": {"message": SECRET}}], {}, "error"),
        ([delta("Xanthippe", "stop"), DONE], {"schema": {"type": "object"}}, "no JSON"),
        ([called("rm", "{}"), DONE], {"tools": [LOOK_UP]}, "not offered"),
        ([called("look_up", '{"Xanthippe'), DONE], {"tools": [LOOK_UP]}, "no JSON object"),
        ([called("look_up", "[]"), DONE], {"tools": [LOOK_UP]}, "no JSON object"),
    ],
)
def test_what_is_no_reply_is_a_failure_that_quotes_nobody(
    events: list[dict[str, Any] | str], options: dict[str, Any], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(BackendFailed, match=message) as caught:
        ask(sends(*events), **options)
    assert caught.value.remedy
    assert "Xanthippe" not in f"{caught.value} {caught.value.remedy} {caplog.text}"


@pytest.mark.parametrize(("status", "remedy"), [(500, "log"), (401, "api_key_env"), (404, "/v1"), (307, "log")])
def test_an_http_error_says_what_to_do(status: int, remedy: str) -> None:
    with pytest.raises(BackendFailed, match=f"HTTP {status}") as caught:
        ask(sends(SECRET), status=status)
    assert remedy in caught.value.remedy


def test_a_silent_server_is_not_waited_for() -> None:
    with pytest.raises(BackendFailed, match=r"silent for 0\.05 s"):
        ask(sends(delta("Yes.", "stop"), DONE), timeout=0.05, pause=0.4)


def test_a_server_that_is_not_there_fails_each_item_with_a_remedy() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        model = OpenAIDialogue(url=f"http://127.0.0.1:{unused.getsockname()[1]}/v1", name="m")
        with pytest.raises(BackendFailed, match="cannot be reached") as caught:
            whole(model.stream([Message("user", SECRET)]))
        model.close()
    assert "start the server" in caught.value.remedy


def test_closing_a_reply_hangs_up_so_that_the_server_can_stop() -> None:
    script = ScriptedDialogue(replies={SECRET: "word " * 2000})
    with fake_chat(answered_by(script), pause=0.002) as server:
        model = OpenAIDialogue(url=server.url, name="m")
        stream = model.stream([Message("user", SECRET)], sampling=Sampling(max_tokens=2000))
        next(stream)
        began = time.monotonic()
        stream.close()
        assert time.monotonic() - began < 1.0
        assert server.hung_up.wait(5.0)
        assert server.n_sent < 1500
        model.close()


@pytest.mark.parametrize("url", ["http://example.org/v1", "https://10.0.0.5:8000/v1"])
def test_nothing_leaves_this_machine_unless_the_profile_says_so(url: str) -> None:
    with pytest.raises(ConfigError, match="another machine") as caught:
        OpenAIDialogue(url=url, name="m")
    assert "allow_remote = true" in caught.value.remedy
    OpenAIDialogue(url=url, name="m", allow_remote=True).close()


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="VOICEDOC_TEST_KEY"):
        OpenAIDialogue(url="http://127.0.0.1:1/v1", name="m", api_key_env="VOICEDOC_TEST_KEY")
    monkeypatch.setenv("VOICEDOC_TEST_KEY", "k")
    with fake_chat(sends(delta("Yes.", "stop"), DONE)) as server:
        model = OpenAIDialogue(url=server.url, name="m", api_key_env="VOICEDOC_TEST_KEY")
        whole(model.stream([Message("user", "Q")]))
        model.close()
    assert server.headers[0]["Authorization"] == "Bearer k"
