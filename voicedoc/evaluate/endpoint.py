"""OpenAI-compatible servers as dialogue models in evaluation: several requests at once, retried, within limits."""

from __future__ import annotations

import hashlib
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any

from voicedoc.converse.dialogue.role import Finish, Message, Reply, Sampling
from voicedoc.converse.dialogue.stops import Thoughts
from voicedoc.converse.dialogue.wire import request_to_wire
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError, ServerFailed
from voicedoc.evaluate.pace import Pace
from voicedoc.evaluate.replies import stopped
from voicedoc.evaluate.spending import Used
from voicedoc.registry import did_you_mean, missing_package
from voicedoc.servers import Answer, ChatServer, read_answer

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds before a request is repeated for the first time, twice as many each time; and at most."""

_REFUSALS = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
)
"""What is wrong for every request alike."""

_CHARACTERS = 4
"""About so many make a token of a prompt, until the server has counted them."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and a model on it. `url` up to and including "/v1"; `name` as the server calls the model.

    `api_key_env` names the environment variable that holds the key. Only this machine unless `allow_remote`. `timeout`
    in seconds without a sign of it. `at_once`: requests at a time; `attempts` for each. Limits per minute are the
    server's, 0 for none; prices are for a million tokens.
    """

    url: str
    name: str
    api_key_env: str = ""
    allow_remote: bool = False
    timeout: float = 120.0
    at_once: int = 16
    attempts: int = 8
    requests_per_minute: float = 0.0
    tokens_per_minute: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0
    currency: str = "USD"

    @property
    def identity(self) -> str:
        """What its replies depend on."""
        return f"{self.url} {self.name}"

    @property
    def title(self) -> str:
        """What reports call it: two servers may have a model of the same name."""
        return f"{self.name} at {self.url}"

    @property
    def sha256(self) -> str:
        """A digest over that: whether the server has changed the model behind the name, nobody here can tell."""
        return hashlib.sha256(self.identity.encode()).hexdigest()

    def share(self, n: int) -> Endpoint:
        """What one of `n` processes may ask of it that have its limits in common."""
        return replace(
            self,
            at_once=max(1, self.at_once // n),
            requests_per_minute=self.requests_per_minute / n,
            tokens_per_minute=self.tokens_per_minute / n,
        )

    def cost(self, used: Used) -> float | None:
        """In `currency`; None without prices."""
        if not (self.price_in or self.price_out):
            return None
        return (used.n_prompt_tokens * self.price_in + used.n_tokens * self.price_out) / 1e6


def is_endpoint(name: str) -> bool:
    """Whether the name of a model is that of an endpoint's file."""
    return name.endswith(".toml")


def load_endpoint(path: Path) -> Endpoint:
    """Read an endpoint's TOML file.

    Raises:
        ConfigError: If it is not there, is not TOML, or a key is unknown, missing or of the wrong type.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}", remedy="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}", remedy="mend that line") from error
    known = {field.name: field.default for field in fields(Endpoint)}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path.name}: unknown key '{key}'", remedy=did_you_mean(key, list(known)))
        _check(path, key, value, str if key in ("url", "name") else type(known[key]))
    for key in ("url", "name"):
        if key not in table:
            raise ConfigError(f"{path.name} lacks the key '{key}'", remedy=f'add {key} = "…"')
    return Endpoint(**table)


def _check(path: Path, key: str, value: Any, wanted: type) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not (number and wanted is float) and type(value) is not wanted:
        raise ConfigError(
            f"{path.name}: {key} = {value!r} is a {type(value).__name__}", remedy=f"it takes a {wanted.__name__}"
        )
    least = 1 if key in ("at_once", "attempts") else 0
    if number and (value < least or (key == "timeout" and value == 0)):
        raise ConfigError(f"{path.name}: {key} = {value} is too little", remedy=f"it takes {least or 'more than 0'}")


class EndpointReplier:
    """A `Replier` of an endpoint's model. What fails for a while is tried again, later each time.

    Raises:
        ConfigError: If the URL is not one, or is another machine's without `allow_remote`, or the key is not set.
        BackendUnavailable: If httpx is not installed.
    """

    def __init__(self, endpoint: Endpoint, *, first_wait: float = FIRST_WAIT) -> None:
        self.name, self.identity = endpoint.name, endpoint.identity
        self._endpoint, self._first_wait = endpoint, first_wait
        self._stopped, self._counting, self._n_asking = threading.Event(), threading.Lock(), 0
        self._requests = Pace(endpoint.requests_per_minute, sleep=self._sleep)
        self._tokens = Pace(endpoint.tokens_per_minute, sleep=self._sleep)
        self._n_failed = 0
        try:
            self._server = ChatServer(
                "server",
                endpoint.url,
                timeout=endpoint.timeout,
                api_key_env=endpoint.api_key_env,
                allow_remote=endpoint.allow_remote,
            )
        except ImportError as error:
            raise missing_package(error, "openai") from error

    def reply(self, messages: Sequence[Message], sampling: Sampling, schema: Mapping[str, Any] | None) -> Reply:
        """See `Replier`.

        Raises:
            ServerFailed: If it gave no reply at any attempt; it may later.
            BackendUnavailable: If it refuses everything, or is gone: what was not asked yet would fail, too.
        """
        request = {**request_to_wire(self._endpoint.name, messages, sampling, schema=schema), "stream": False}
        expected = sum(len(message.text) for message in messages) / _CHARACTERS + sampling.max_tokens
        attempt = 1
        while True:
            try:
                return _reply(self._answer(request, expected), self.name)
            except ServerFailed as failure:
                self._bear(failure, attempt)
                self._sleep(max(failure.wait, self._backoff(attempt, messages)))
            attempt += 1

    def close(self) -> None:
        """See `Replier`. Whoever waits for another attempt gives it up; who waits for an answer is the last to go."""
        with self._counting:
            self._stopped.set()
            idle = not self._n_asking
        if idle:
            self._server.close()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """While a request is on its way: connections that open now must be closed, too."""
        with self._counting:
            if self._stopped.is_set():
                raise stopped()
            self._n_asking += 1
        try:
            yield
        finally:
            with self._counting:
                self._n_asking -= 1
                last = self._stopped.is_set() and not self._n_asking
            if last:
                self._server.close()

    def _answer(self, request: Mapping[str, Any], expected: float) -> Answer:
        """One attempt, when the server's limits allow it."""
        self._requests.take(1)
        self._tokens.take(expected)
        try:
            with self._asking():
                answer = read_answer(self._server.answer(request), self.name)
        except ServerFailed:
            self._tokens.settle(-expected)
            raise
        used = answer.n_prompt_tokens + answer.n_tokens
        self._tokens.settle(used - expected if used else 0.0)
        self._n_failed = 0
        return answer

    def _bear(self, failure: ServerFailed, attempt: int) -> None:
        """Raises: VoiceDocError: If it is of no use to try again."""
        if failure.status in _REFUSALS:
            raise BackendUnavailable(str(failure), remedy=failure.remedy) from failure
        if not failure.passing:
            raise BackendFailed(str(failure), remedy=failure.remedy) from failure
        self._n_failed += 1
        if self._n_failed >= self._endpoint.attempts * self._endpoint.at_once:
            raise BackendUnavailable(
                f"{failure}; {self._n_failed} requests in a row came to nothing",
                remedy=f"{failure.remedy}; then run the same again: it goes on where it stopped",
            ) from failure
        if attempt >= self._endpoint.attempts:
            raise failure
        if failure.wait:
            self._requests.hold(failure.wait)

    def _backoff(self, attempt: int, messages: Sequence[Message]) -> float:
        """Seconds, of which a part depends on the messages, so that not all requests come back at one moment."""
        longest = min(LONGEST_WAIT, self._first_wait * 2.0 ** (attempt - 1))
        return longest * Random(f"{attempt} {messages}").uniform(0.5, 1.0)

    def _sleep(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise stopped()


def _reply(answer: Answer, name: str) -> Reply:
    """The answer without the thoughts before it.

    Raises:
        BackendFailed: If there is none, or it is not whole.
    """
    finishes: Mapping[str, Finish] = {"": "stop", "stop": "stop", "length": "length"}
    if answer.finish not in finishes:
        raise BackendFailed(f"the reply of '{name}' is not whole: {answer.finish}", remedy="ask another model")
    thoughts, finish = Thoughts(), finishes[answer.finish]
    text = thoughts.feed(answer.text) + thoughts.rest()
    if not text.strip() and finish == "stop":
        raise BackendFailed(f"'{name}' gave an empty reply", remedy="ask another model")
    return Reply(text, finish, answer.n_prompt_tokens, answer.n_tokens)
