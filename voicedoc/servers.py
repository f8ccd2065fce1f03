"""Servers that a profile names: which may be asked at all, since what patients say stays here, and with which key."""

from __future__ import annotations

import ipaddress
import os
from http import HTTPStatus
from urllib.parse import urlsplit

from voicedoc.errors import ConfigError


def check_url(url: str, *, allow_remote: bool) -> None:
    """Refuse what is no server's URL, and another machine's unless `allow_remote`: words leave by decision alone.

    Raises:
        ConfigError: If so.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"'{url}' is not the URL of a server", remedy='for example url = "http://127.0.0.1:8000/v1"')
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
    return "look into the server's own log"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
