"""What a file's header promises, so that one that was cut off can be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SAID_IN_HEADER = ("wav", "flac", "matroska,webm", "mov,mp4,m4a,3gp,3g2,mj2", "aiff")
"""Formats of ffmpeg whose header says the duration. For the others ffmpeg may estimate it."""

MAX_OGG_PAGE = 65307
END_OF_STREAM = 0x04
"""Source: RFC 3533, section 6."""


def promised_seconds(path: Path, container: Any, stream: Any) -> float | None:
    """The duration that the header says, in seconds; None where there is none to rely on."""
    name = container.format.name
    if name == "wav" and _riff_bytes(path) > path.stat().st_size:
        return float(_riff_bytes(path) * 8 / stream.codec_context.bit_rate)
    if name in SAID_IN_HEADER or (name == "mp3" and _mp3_counts_frames(path)):
        if stream.duration is not None:
            return float(stream.duration * stream.time_base)
        return container.duration / 1_000_000 if container.duration is not None else None
    return None


def lacks_its_end(path: Path, container: Any) -> bool:
    """Whether an Ogg file does not end with a whole page that is marked as the last."""
    if container.format.name != "ogg":
        return False
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - MAX_OGG_PAGE))
        tail = file.read()
    page = tail[max(0, tail.rfind(b"OggS")) :]
    if len(page) < 27 or not page[5] & END_OF_STREAM:
        return True
    n_segments = page[26]
    return len(page) < 27 + n_segments + sum(page[27 : 27 + n_segments])


def _riff_bytes(path: Path) -> int:
    """How long a WAV file says it is; 0 where it was written as a stream and does not know."""
    with path.open("rb") as file:
        head = file.read(8)
    n_bytes = int.from_bytes(head[4:8], "little")
    return n_bytes + 8 if head[:4] == b"RIFF" and n_bytes != 0xFFFFFFFF else 0


def _mp3_counts_frames(path: Path) -> bool:
    """Whether the first frame is an index that counts the frames. Source: the Xing and VBRI headers."""
    with path.open("rb") as file:
        head = file.read(10)
        if head[:3] == b"ID3":
            size = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9]
            file.seek(10 + size)
        else:
            file.seek(0)
        frame = file.read(256)
    return any(mark in frame for mark in (b"Xing", b"Info", b"VBRI"))
