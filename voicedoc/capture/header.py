"""What a file's header says: what it is where it is no recording, and how long it should be, to tell a broken one."""

from __future__ import annotations

from codecs import getincrementaldecoder
from pathlib import Path
from typing import Any

SAID_IN_HEADER = ("wav", "flac", "matroska,webm", "mov,mp4,m4a,3gp,3g2,mj2", "aiff")
"""Formats of ffmpeg whose header says the duration. For the others ffmpeg may estimate it."""

MAX_OGG_PAGE = 65307
END_OF_STREAM = 0x04
"""Source: RFC 3533, section 6."""


FORMATS = "name a recording, such as .wav, .mp3, .m4a, .flac, .ogg, .opus, .webm or .mp4"
UNPACK = "unpack it, and name the recordings in it"
DECRYPT = "decrypt it first, with the program and the key that it was encrypted with"
OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\3\4", "a ZIP archive or an office document", UNPACK),
    (b"PK\5\6", "an empty ZIP archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\7", "a RAR archive", UNPACK),
    (b"\x1f\x8b", "packed by gzip", UNPACK),
    (b"BZh", "packed by bzip2", UNPACK),
    (b"\xfd7zXZ\0", "packed by xz", UNPACK),
    (b"(\xb5/\xfd", "packed by zstd", UNPACK),
    (b"Salted__", "encrypted by OpenSSL", DECRYPT),
    (b"age-encryption.org/", "encrypted by age", DECRYPT),
    (b"-----BEGIN PGP MESSAGE", "encrypted by PGP", DECRYPT),
)
"""First bytes, what begins with them, and what to do. ffmpeg finds a few frames of MP3 in any long random bytes."""


def other_kind(path: Path) -> tuple[str, str]:
    """What a file is, and what to do with it, where its first bytes say that it is no recording; else "" and ""."""
    with path.open("rb") as file:
        head = file.read(512)
    if _is_text(head):
        return "text", FORMATS
    if head[:4] == b"PK\3\4" and len(head) > 6 and head[6] & 1:
        return "an encrypted ZIP archive", UNPACK
    return next(((what, remedy) for begin, what, remedy in OTHERS if head.startswith(begin)), ("", ""))


def _is_text(head: bytes) -> bool:
    """Whether bytes are whole characters that people write; the last one may be cut."""
    try:
        text = getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text) and all(character.isprintable() or character.isspace() for character in text)


def is_encrypted(packet: Any, tag: str) -> bool:
    """Whether a stream of MP4 is under common encryption or of a protected shop. `tag` is its codec's."""
    return tag in ("drms", "enca") or bool(packet.has_sidedata("encryption_info"))


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
