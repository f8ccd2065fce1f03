"""The address of a dialogue model's server."""

from __future__ import annotations

from urllib.parse import urlsplit

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine."""


def host_of(address: str) -> str:
    """The machine that an address names; "" where it is none."""
    try:
        parts = urlsplit(address.strip())
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def leaves_this_machine(address: str) -> bool:
    """Whether what is sent there goes over a network."""
    host = host_of(address)
    return bool(host) and host not in HERE
