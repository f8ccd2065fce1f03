"""Chat servers that a profile names: which may be asked at all, since what patients say stays here, and how."""

from __future__ import annotations

import ipaddress
import json
import math
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from voicedoc.errors import ConfigError, ServerFailed

if TYPE_CHECKING:
    import httpx

PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""HTTP statuses of a server that is busy or out of order for a while."""

_LOG = "look into the server's own log"
_NOT_V1 = "check that url ends in /v1"


class Answer(NamedTuple):
    """The text of a whole answer, why it ended ("stop", "length", …; "" where the server is silent), and its tokens."""

    text: str
    finish: str
    n_prompt_tokens: int
    n_tokens: int


class ChatServer:
    """A server that speaks the OpenAI chat protocol (vLLM, SGLang, llama.cpp, Ollama, …). Any number of threads.

    `what` is what its failures call it. `url` up to and including "/v1"; `api_key_env` names the environment variable
    that holds the key; `timeout`: seconds without a sign of it. Only this machine unless `allow_remote`.

    Raises:
        ConfigError: If `url` is not a URL, or is another machine's without `allow_remote`, or the key is not set.
        ImportError: If httpx is not installed.
    """

    def __init__(
        self, what: str, url: str, *, timeout: float, api_key_env: str = "", allow_remote: bool = False
    ) -> None:
        check_url(url, allow_remote=allow_remote)
        import httpx

        self._what, self._url, self._timeout = what, url, timeout
        # Proxies of the environment and redirects would carry the text elsewhere than to `url`.
        self._client = httpx.Client(
            timeout=timeout,
            headers=authorization(api_key_env),
            trust_env=False,
            follow_redirects=False,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=None),
        )

    def answer(self, request: Mapping[str, Any]) -> Any:
        """The server's whole answer, parsed.

        Raises:
            ServerFailed: If there is none.
        """
        with self._asked(request) as response:
            response.read()
            try:
                return response.json()
            except ValueError as error:
                raise self._failure("answered something that is not JSON", _NOT_V1, passing=True) from error

    @contextmanager
    def events(self, request: Mapping[str, Any]) -> Iterator[Iterator[dict[str, Any]]]:
        """What the server streams, parsed, up to its "[DONE]". Leaving it hangs up, at which servers stop.

        Raises:
            ServerFailed: If nothing comes, or not to its end.
        """
        with self._asked(request) as response:
            yield self._parsed(response)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    @contextmanager
    def _asked(self, request: Mapping[str, Any]) -> Iterator[httpx.Response]:
        """The server's answer while it arrives."""
        import httpx

        try:
            with self._client.stream("POST", self._url.rstrip("/") + "/chat/completions", json=request) as response:
                if response.status_code != HTTPStatus.OK:
                    raise self._refused(response)
                yield response
        except httpx.TimeoutException as error:
            message = f"was silent for {self._timeout:g} s"
            raise self._failure(message, "raise timeout, or check it", passing=True) from error
        except httpx.HTTPError as error:
            message = f"cannot be reached: {error}"
            raise self._failure(message, "start the server, or correct url", passing=True) from error

    def _parsed(self, response: httpx.Response) -> Iterator[dict[str, Any]]:
        for line in response.iter_lines():
            kind, _, data = line.partition(":")
            if kind != "data":
                continue  # comments and the other fields of server-sent events
            if data.strip() == "[DONE]":
                return
            try:
                event = json.loads(data)
            except ValueError as error:
                raise self._failure("sent something that is not JSON", _NOT_V1, passing=True) from error
            if not isinstance(event, dict) or "error" in event:
                raise self._failure("broke off with an error", _LOG, passing=True)
            yield event
        raise self._failure("broke off in the middle of its answer", _LOG, passing=True)

    def _refused(self, response: httpx.Response) -> ServerFailed:
        """The body is not shown: servers repeat the request in it."""
        status = response.status_code
        return self._failure(
            f"answered HTTP {status}",
            status_remedy(status),
            status=status,
            passing=status in PASSING,
            wait=_wait(response.headers.get("Retry-After", "")),
        )

    def _failure(self, problem: str, remedy: str, **known: Any) -> ServerFailed:
        return ServerFailed(f"{self._what} {self._url} {problem}", remedy=remedy, **known)


def read_answer(body: Any, name: str) -> Answer:
    """What a server has answered as the model `name`. Without a count of tokens, there are 0.

    Raises:
        ServerFailed: If there is no message in it.
    """
    try:
        choice, usage = body["choices"][0], body.get("usage") or {}
        text, finish = choice["message"]["content"], choice.get("finish_reason")
        counts = [int(usage.get(key) or 0) for key in ("prompt_tokens", "completion_tokens")]
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise ServerFailed(
            f"the answer of '{name}' has no message", remedy="is this an OpenAI-compatible chat server?", passing=True
        ) from error
    return Answer(text if isinstance(text, str) else "", finish or "", *counts)


def _wait(retry_after: str) -> float:
    """Seconds, from a header that has seconds or a date; 0.0 where it has neither."""
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(retry_after).timestamp() - time()
        except ValueError:
            return 0.0
    return max(0.0, seconds) if math.isfinite(seconds) else 0.0


def check_url(url: str, *, allow_remote: bool) -> None:
    """Refuse what is no server's URL, and another machine's unless `allow_remote`: words leave by decision alone.

    Raises:
        ConfigError: If so.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"'{url}' is not the URL of a server", remedy='for example url = "http://127.0.0.1:8000/v1"')
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError(
            f"the URL of the server on {parts.hostname} says more than where it is",
            remedy="end it in /v1, and name the key's environment variable in api_key_env",
        )
    if not (allow_remote or _is_loopback(parts.hostname)):
        raise ConfigError(
            f"{parts.hostname} is another machine: what patients say would leave this one",
            remedy="if that is permitted where you work, add allow_remote = true",
        )


def authorization(variable: str) -> dict[str, str]:
    """The header with the key that the environment variable `variable` holds; {} without one.

    Raises:
        ConfigError: If the variable is not set.
    """
    if not variable:
        return {}
    key = os.environ.get(variable, "")
    if not key:
        raise ConfigError(f"the environment variable {variable} is not set", remedy=f"export {variable}=…")
    return {"Authorization": f"Bearer {key}"}


def status_remedy(status: int) -> str:
    """What to do about an answer with an HTTP status that is not 200."""
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return "set api_key_env to the environment variable that holds the server's key"
    if status == HTTPStatus.NOT_FOUND:
        return "check name, and that url ends in /v1"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "ask less at once, or wait: the server has a limit"
    return _LOG


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
