"""A chat server as a translator: what it is asked, what it must not be told, and what is not taken from it."""

from __future__ import annotations

import logging
import socket

import pytest

pytest.importorskip("httpx", reason="pip install 'voicedoc[openai]'")

from tests.helpers.fake_openai import Answer, breaks, fake_openai, says
from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed, ConfigError, UnsupportedLanguage
from voicedoc.translate.openai import OpenAIServer

pytestmark = pytest.mark.unit

SECRET = "I was hit by Xanthippe."


def ask(answer: Answer, text: str = SECRET, *, timeout: float = 5.0) -> Translation:
    with fake_openai(answer) as server:
        translator = OpenAIServer(url=server.url, name="m", timeout=timeout)
        try:
            return translator.translate(text, source="en", target="pt-BR")
        finally:
            translator.close()


def test_the_server_is_asked_to_translate_and_nothing_else() -> None:
    with fake_openai(says("Onde dói?")) as server:
        translator = OpenAIServer(url=server.url, name="qwen")
        made = translator.translate("Where does it hurt?", source="en", target="pt-BR")
        translator.close()
    (request,) = server.requests
    system, user = request["messages"]
    assert made == Translation("Onde dói?", "en", "pt-BR", ("qwen",))
    assert request["path"] == "/v1/chat/completions"
    assert (request["model"], request["temperature"], request["stream"]) == ("qwen", 0, False)
    assert "from English to Portuguese (Brazil)" in system["content"]
    assert user == {"role": "user", "content": "Where does it hurt?"}
    assert "authorization" not in {name.lower() for name in server.headers[0]}


def test_thoughts_are_not_part_of_the_translation() -> None:
    assert ask(says("<think>\nthe user says…</think>\n\nXantipa bateu-me.")).text == "Xantipa bateu-me."


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (says(""), "empty"),
        (says(None), "empty"),
        (says(SECRET), "untranslated"),
        (says("I am sorry, but I can not help you with that."), "language"),
        (says("Claro! " + "Aqui está a tradução que pediu, e mais umas notas sobre o caso. " * 4), "length"),
        (says("Xantipa bateu", finish_reason="length"), "not whole"),
        (says("…", finish_reason="content_filter"), "not whole"),
        (breaks(500, SECRET.encode()), "HTTP 500"),
        (breaks(401), "HTTP 401"),
        (breaks(404), "HTTP 404"),
        (breaks(307), "HTTP 307"),
        (breaks(200, b"<html>"), "not JSON"),
        (breaks(200, b'{"choices": []}'), "no message"),
        (breaks(200, b"[1]"), "no message"),
    ],
)
def test_what_is_no_translation_is_a_failure_that_quotes_nobody(
    answer: Answer, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(BackendFailed, match=message) as caught:
        ask(answer)
    assert caught.value.remedy
    assert "Xanthippe" not in f"{caught.value} {caught.value.remedy} {caplog.text}"


def test_a_slow_server_is_not_waited_for() -> None:
    with pytest.raises(BackendFailed, match=r"0\.05 s"):
        ask(says("Onde dói?", delay=0.4), timeout=0.05)


def test_a_server_that_is_not_there_fails_each_item_with_a_remedy() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        translator = OpenAIServer(url=f"http://127.0.0.1:{unused.getsockname()[1]}/v1", name="m")
        with pytest.raises(BackendFailed, match="cannot be reached") as caught:
            translator.translate(SECRET, source="en", target="pt")
        translator.close()
    assert "start the server" in caught.value.remedy


def test_text_without_words_is_not_sent() -> None:
    with fake_openai(says("x")) as server:
        translator = OpenAIServer(url=server.url, name="m")
        assert translator.translate(" … ", source="en", target="pt").text == ""
        translator.close()
    assert server.requests == []


@pytest.mark.parametrize(
    "url", ["http://example.org/v1", "https://10.0.0.5:8000/v1", "http://127.0.0.1.example.org/v1"]
)
def test_nothing_leaves_this_machine_unless_the_profile_says_so(url: str) -> None:
    with pytest.raises(ConfigError, match="another machine") as caught:
        OpenAIServer(url=url, name="m")
    assert "allow_remote = true" in caught.value.remedy
    OpenAIServer(url=url, name="m", allow_remote=True).close()


@pytest.mark.parametrize("url", ["http://localhost:1/v1", "http://127.0.0.1:1/v1", "http://[::1]:1/v1"])
def test_this_machine_has_several_names(url: str) -> None:
    OpenAIServer(url=url, name="m").close()


@pytest.mark.parametrize("url", ["", "127.0.0.1:8000", "file:///etc/passwd"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="URL"):
        OpenAIServer(url=url, name="m")


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="VOICEDOC_TEST_KEY"):
        OpenAIServer(url="http://127.0.0.1:1/v1", name="m", api_key_env="VOICEDOC_TEST_KEY")
    monkeypatch.setenv("VOICEDOC_TEST_KEY", "k")
    with fake_openai(says("Onde dói?")) as server:
        translator = OpenAIServer(url=server.url, name="m", api_key_env="VOICEDOC_TEST_KEY")
        translator.translate("Where does it hurt?", source="en", target="pt")
        translator.close()
    assert server.headers[0]["Authorization"] == "Bearer k"


def test_languages_restrict_the_pairs() -> None:
    translator = OpenAIServer(url="http://127.0.0.1:1/v1", name="m", languages=["en", "vi"])
    assert translator.supports("en-GB", "vi") and not translator.supports("en", "pt")
    with pytest.raises(UnsupportedLanguage):
        translator.translate("x", source="en", target="pt")
    translator.close()
