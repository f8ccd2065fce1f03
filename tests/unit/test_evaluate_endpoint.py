"""A dialogue model on a server, in evaluation: asked again when it was busy, never when it has answered."""

from __future__ import annotations

import logging
import socket
import sqlite3
import threading
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("httpx", reason="pip install 'voicedoc[openai]'")

from tests.conftest import ROOT
from tests.helpers.chat_service import Behaviour, ChatService, chat_service
from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError, ServerFailed, StoreError
from voicedoc.evaluate.endpoint import Endpoint, EndpointReplier, load_endpoint
from voicedoc.evaluate.pace import Pace
from voicedoc.evaluate.replies import Asked, Spent, StoredReplies
from voicedoc.evaluate.rules import RULES, RuleReplier

pytestmark = pytest.mark.unit

SECRET = "I was hit by Xanthippe."
ONE = Sampling(max_tokens=20)


@contextmanager
def asking(
    behave: Behaviour | None = None, *, retry_after: str = "", delay: float = 0.0, **options: Any
) -> Iterator[tuple[ChatService, EndpointReplier]]:
    """A server that misbehaves, and who asks it."""
    with chat_service(behave, retry_after=retry_after, delay=delay) as service:
        replier = EndpointReplier(Endpoint(service.url, "m", **options), first_wait=0.001)
        try:
            yield service, replier
        finally:
            replier.close()


def ask(replier: EndpointReplier, text: str = SECRET) -> Reply:
    return replier.reply([Message("user", text)], ONE, None)


def until(n: int, behaviour: str) -> Behaviour:
    """Misbehave so often to each request."""
    return lambda _request, times: behaviour if times <= n else "answer"


def test_a_request_says_everything_and_tokens_are_the_servers() -> None:
    with asking() as (service, replier):
        reply = replier.reply([Message("user", "How much?")], Sampling(0.75, 0.9, 7, 20, ("X",)), {"type": "object"})
        (request,) = service.answered
    assert reply == Reply("7: How much?", "stop", 2, 3)
    for part in ('"seed":7', '"temperature":0.75', '"top_p":0.9', '"stop":["X"]', '"stream":false', '"json_schema"'):
        assert part in request.replace(": ", ":").replace(", ", ",")


@pytest.mark.parametrize("behaviour", ["429", "500", "502", "503", "504", "529", "408", "drop", "garbage", "empty"])
def test_a_server_that_is_out_of_order_for_a_while_is_asked_again(behaviour: str) -> None:
    with asking(until(3, behaviour)) as (service, replier):
        assert ask(replier).text.endswith("Xanthippe.")
    assert (service.came.total(), service.answered.total()) == (4, 1)


def test_a_silent_server_is_asked_again() -> None:
    with asking(until(1, "silence"), timeout=0.2) as (service, replier):
        assert ask(replier).text.endswith("Xanthippe.")
    assert service.came.total() == 2


def test_after_so_many_attempts_an_item_fails_and_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with asking(until(99, "503"), attempts=4) as (service, replier), pytest.raises(ServerFailed, match="503") as caught:
        ask(replier)
    assert service.came.total() == 4
    assert (caught.value.status, caught.value.passing) == (503, True) and caught.value.remedy
    assert "Xanthippe" not in f"{caught.value} {caught.value.remedy} {caplog.text}"


@pytest.mark.parametrize("status", ["400", "413", "422", "307"])
def test_what_the_server_will_never_answer_is_asked_once(status: str) -> None:
    with asking(until(99, status)) as (service, replier):
        with pytest.raises(BackendFailed, match=f"HTTP {status}") as caught:
            ask(replier)
        assert not isinstance(caught.value, ServerFailed)  # such a row stands; what may pass is asked for again
        assert service.came.total() == 1


@pytest.mark.parametrize(("status", "remedy"), [("401", "api_key_env"), ("403", "api_key_env"), ("404", "/v1")])
def test_what_is_wrong_for_all_requests_ends_the_run_at_the_first(status: str, remedy: str) -> None:
    with asking(until(99, status)) as (service, replier):
        with pytest.raises(BackendUnavailable, match=status) as caught:
            ask(replier)
        assert remedy in caught.value.remedy
        assert service.came.total() == 1


def test_a_server_that_is_gone_ends_the_run_rather_than_failing_each_item() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        replier = EndpointReplier(Endpoint(url, "m", at_once=2, attempts=3), first_wait=0.001)
        with pytest.raises(ServerFailed):
            ask(replier)
        with pytest.raises(BackendUnavailable, match="6 requests in a row") as caught:
            ask(replier)
        replier.close()
    assert "goes on where it stopped" in caught.value.remedy


def test_the_server_says_when_it_wants_to_be_asked_again() -> None:
    with asking(until(1, "429"), retry_after="0.3") as (_, replier):
        began = time.monotonic()
        ask(replier)
    assert time.monotonic() - began >= 0.3


def test_a_date_is_understood_and_nonsense_is_no_wait() -> None:
    for retry_after, least, most in ((formatdate(time.time() + 90, usegmt=True), 80, 91), ("soon", 0, 0), ("-5", 0, 0)):
        with asking(until(9, "429"), retry_after=retry_after, attempts=1) as (_, replier):
            with pytest.raises(ServerFailed) as caught:
                ask(replier)
            assert least <= caught.value.wait <= most


def test_while_one_thread_is_told_to_wait_the_others_do_too() -> None:
    told = threading.Event()

    def behave(request: dict[str, Any], times: int) -> str:
        return "429" if request["messages"][0]["content"] == "first" and times == 1 else "answer"

    with asking(behave, retry_after="0.4") as (_, replier), ThreadPoolExecutor(2) as threads:
        began = time.monotonic()
        first = threads.submit(ask, replier, "first")
        while replier._requests._held <= began:
            told.wait(0.005)
        ask(replier, "second")
        assert time.monotonic() - began >= 0.35
        first.result()


def test_a_storm_of_refusals_is_weathered_and_everything_is_answered_once() -> None:
    def storm(request: dict[str, Any], times: int) -> str:
        number = int(request["messages"][0]["content"])
        kinds = ("429", "503", "drop", "garbage", "500")
        return kinds[(number + times) % len(kinds)] if times <= number % 5 else "answer"

    with asking(storm, at_once=16, attempts=6) as (service, replier), ThreadPoolExecutor(16) as threads:
        replies = list(threads.map(lambda number: ask(replier, str(number)), range(200)))
    assert [reply.text for reply in replies] == [f"0: {number}" for number in range(200)]
    assert service.counts()["most_of_one"] == 1 and service.counts()["n_different"] == 200
    assert service.came.total() == 200 + sum(number % 5 for number in range(200))
    assert service.most_at_once <= 16


def test_closing_gives_up_what_waits_for_another_attempt() -> None:
    with chat_service(until(99, "503")) as service, ThreadPoolExecutor(1) as threads:
        replier = EndpointReplier(Endpoint(service.url, "m"), first_wait=60.0)
        waiting = threads.submit(ask, replier)
        while not service.came:
            time.sleep(0.005)
        replier.close()
        with pytest.raises(BackendFailed):
            waiting.result(timeout=10)


def test_thoughts_are_no_part_of_a_reply_and_nothing_is_no_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["<think>Hm.</think>\n\nYes.", "<think>Hm.</think>", "  "])
    monkeypatch.setattr("tests.helpers.chat_service.reply_to", lambda _request: next(said))
    with asking() as (_, replier):
        assert ask(replier).text == "Yes."
        for _ in range(2):
            with pytest.raises(BackendFailed, match="empty reply"):
                ask(replier)


# --- limits


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_requests_come_evenly_and_never_more_than_the_limit() -> None:
    clock = Clock()
    pace, times = Pace(120, clock=clock, sleep=clock.sleep), []
    for _ in range(5):
        pace.take(1)
        times.append(clock.now)
    assert times == pytest.approx([100.0, 100.5, 101.0, 101.5, 102.0])
    clock.now = 200.0
    pace.take(1)
    assert clock.now == 200.0  # what was not used is not caught up with
    pace.take(1)
    assert clock.now == pytest.approx(200.5)


def test_tokens_that_were_not_used_are_given_back() -> None:
    clock = Clock()
    pace = Pace(600, clock=clock, sleep=clock.sleep)
    pace.take(100)
    pace.settle(-90)
    pace.take(100)
    assert clock.now == pytest.approx(101.0)


def test_no_limit_is_no_wait_unless_held() -> None:
    clock = Clock()
    pace = Pace(0, clock=clock, sleep=clock.sleep)
    for _ in range(100):
        pace.take(1000)
    assert clock.now == 100.0
    pace.hold(5.0)
    pace.take(1)
    assert clock.now == 105.0


def test_an_endpoints_limit_is_kept() -> None:
    with asking(requests_per_minute=1200) as (service, replier), ThreadPoolExecutor(8) as threads:
        began = time.monotonic()
        list(threads.map(lambda number: ask(replier, str(number)), range(11)))
        assert time.monotonic() - began >= 10 * 60 / 1200
    assert service.answered.total() == 11


# --- its file


def written(folder: Path, text: str) -> Path:
    path = folder / "server.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_gives_an_endpoint(tmp_path: Path) -> None:
    text = 'url = "http://127.0.0.1:8000/v1"\nname = "m"\nat_once = 4\nprice_in = 2\nprice_out = 10.0\n'
    endpoint = load_endpoint(written(tmp_path, text))
    assert endpoint == Endpoint("http://127.0.0.1:8000/v1", "m", at_once=4, price_in=2, price_out=10.0)
    assert endpoint.cost(Spent(3, 1_000_000, 500_000)) == pytest.approx(7.0)
    assert replace(endpoint, at_once=9, price_in=3).sha256 == endpoint.sha256 != replace(endpoint, name="n").sha256


def test_the_file_that_the_documents_show_has_every_key_with_its_default(tmp_path: Path) -> None:
    page = (ROOT / "pipelines" / "evaluate" / "SERVERS.md").read_text("utf-8")
    shown = page.partition("```toml\n")[2].partition("```")[0]
    assert load_endpoint(written(tmp_path, shown)) == Endpoint("http://127.0.0.1:8000/v1", "qwen3")
    assert set(tomllib.loads(shown)) == {field.name for field in fields(Endpoint)}


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ('url = "http://127.0.0.1/v1"', "lacks the key 'name'", "name ="),
        ('url = "u"\nname = "m"\nat_onse = 3', "unknown key 'at_onse'", "at_once"),
        ('url = "u"\nname = "m"\nat_once = 0', "too little", "1"),
        ('url = "u"\nname = "m"\ntimeout = 0', "too little", "more than 0"),
        ('url = "u"\nname = "m"\nat_once = "4"', "is a str", "int"),
        ('url = "u"\nname = "m"\nallow_remote = 1', "is a int", "bool"),
        ('url = "u"\nname = 3', "is a int", "str"),
        ("url = ", "not TOML", "mend"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, message: str, remedy: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load_endpoint(written(tmp_path, text))
    assert remedy in caught.value.remedy
    with pytest.raises(ConfigError, match="cannot read"):
        load_endpoint(tmp_path / "nowhere.toml")


def test_another_machine_is_asked_by_decision_alone() -> None:
    with pytest.raises(ConfigError, match="another machine"):
        EndpointReplier(Endpoint("http://example.org/v1", "m"))
    EndpointReplier(Endpoint("http://example.org/v1", "m", allow_remote=True)).close()


@pytest.mark.parametrize("url", ["http://me:secret@127.0.0.1/v1", "http://127.0.0.1/v1?key=secret"])
def test_a_key_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ConfigError, match="says more than where it is") as caught:
        EndpointReplier(Endpoint(url, "m"))
    assert "api_key_env" in caught.value.remedy and "secret" not in str(caught.value) + caught.value.remedy


# --- what is kept


def test_the_same_request_is_never_made_twice_not_even_in_another_life(tmp_path: Path) -> None:
    with asking() as (service, replier):
        for _ in range(2):
            replies = StoredReplies(tmp_path / "replies.sqlite")
            asked = Asked(replies)
            for seed in (1, 2, 1):
                reply = asked.reply(replier, [Message("user", "Q")], Sampling(0.5, seed=seed))
                assert reply.text == f"{seed}: Q"
            assert replies.spent() == {replier.identity: Spent(2, 2, 4)}
            replies.close()
    assert service.counts()["n_came"] == 2


def test_anything_else_about_a_request_makes_it_another() -> None:
    others = [
        ([Message("user", "R")], Sampling(0.5), None),
        ([Message("system", "S"), Message("user", "Q")], Sampling(0.5), None),
        ([Message("user", "Q")], Sampling(0.6), None),
        ([Message("user", "Q")], Sampling(0.5, max_tokens=9), None),
        ([Message("user", "Q")], Sampling(0.5, top_p=0.9), None),
        ([Message("user", "Q")], Sampling(0.5, stop=("X",)), None),
        ([Message("user", "Q")], Sampling(0.5), {"type": "object"}),
    ]
    with asking() as (service, replier):
        asked = Asked(StoredReplies())
        asked.reply(replier, [Message("user", "Q")], Sampling(0.5))
        for request in others:
            asked.reply(replier, *request)
        other = EndpointReplier(Endpoint(service.url, "another"))
        asked.reply(other, [Message("user", "Q")], Sampling(0.5))
        other.close()
    assert service.counts()["n_came"] == len(others) + 2


def test_threads_that_want_the_same_reply_have_it_asked_for_once() -> None:
    with asking(delay=0.1) as (service, replier), ThreadPoolExecutor(8) as threads:
        asked = Asked(StoredReplies())
        replies = list(threads.map(lambda _: asked.reply(replier, [Message("user", "Q")], ONE), range(8)))
        assert not asked._turns
    assert len(set(replies)) == 1 and service.counts()["n_came"] == 1


def test_a_failure_is_not_kept() -> None:
    with asking(until(1, "400")) as (_, replier):
        asked = Asked(StoredReplies())
        with pytest.raises(BackendFailed):
            asked.reply(replier, [Message("user", "Q")], ONE)
        assert asked.reply(replier, [Message("user", "Q")], ONE).text == "0: Q"


def test_a_file_that_is_no_store_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "replies.sqlite").write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(StoreError) as caught:
        StoredReplies(tmp_path / "replies.sqlite")
    assert "delete the file" in caught.value.remedy


def test_a_store_of_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE replies (key BLOB)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not made by this version") as caught:
        StoredReplies(path)
    assert "delete the file" in caught.value.remedy and path.read_bytes()[100:] == before[100:]


# --- rules


def test_rules_reply_without_a_model() -> None:
    options = "Which?\n(A) rest\n(B) a long walk by the sea\n\nFinal Answer"
    said = {
        name: RuleReplier(f"rule:{name}").reply([Message("user", options), Message("assistant", "-")], ONE, None).text
        for name in RULES
    }
    assert said == {"always-no": "No", "longest-answer": "Final Answer: (B)", "copy-question": options}
    assert RuleReplier("rule:longest-answer").reply([Message("user", "a\nbcd\nef")], ONE, None).text == "bcd"
    with pytest.raises(ConfigError, match="no rule is called 'always-now'") as caught:
        RuleReplier("rule:always-now")
    assert "always-no" in caught.value.remedy
