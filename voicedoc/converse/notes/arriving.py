"""The items of a JSON list, each as soon as all of it has come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_DECODER = json.JSONDecoder()


class Arriving:
    """Reads `{"…": [ {…}, {…} ]}` piece by piece. What comes after damage is not read."""

    def __init__(self) -> None:
        self._text = ""
        self._read = -1

    def feed(self, piece: str) -> Iterator[dict[str, Any]]:
        """Take the next piece; yield the items that it completes."""
        self._text += piece
        if self._read < 0:
            self._read = self._text.find("[") + 1 or -1
        while self._read >= 0:
            start = self._read + len(self._text[self._read :]) - len(self._text[self._read :].lstrip(" \n\r\t,"))
            if not self._text.startswith("{", start):
                return
            try:
                item, self._read = _DECODER.raw_decode(self._text, start)
            except ValueError:  # not all of it is there
                return
            yield item
