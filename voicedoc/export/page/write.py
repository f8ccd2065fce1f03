"""Writes `listen.html`."""

from __future__ import annotations

import json
import logging
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import BinaryIO

from voicedoc.capture.spool import SPOOL_NAME
from voicedoc.errors import AudioError
from voicedoc.export.files import replacing
from voicedoc.export.page.clip import MEDIA_TYPE, PEAKS_PER_SECOND, Clip, write_clip
from voicedoc.export.page.heading import blanks_of
from voicedoc.export.page.rows import Rows, Voice, rows_of, voices_of
from voicedoc.export.transcript import Transcript

_LOG = logging.getLogger(__name__)

PAGE_NAME = "listen.html"

SCRIPTS = ("recording.js", "player.js", "waveform.js", "follow.js", "filter.js", "keys.js", "page.js")
"""Joined in this order into one script."""

PORTION = 3 << 18
"""Bytes of sound in one element: a multiple of 3, so that each is Base64 of its own."""

NOTHING = Clip(0.0, b"")


def write_page(transcript: Transcript, folder: Path) -> None:
    """Write `listen.html`, with the sound of `audio.flac` where there is one. The same session gives the same bytes.

    Raises:
        BackendUnavailable: If PyAV makes no MP3.
        OSError: If the disk is full, or the folder may not be written. An earlier page is then kept.
    """
    with tempfile.TemporaryFile(dir=folder) as sound:
        clip, lack = _sound(folder / SPOOL_NAME, sound)
        before, after = _page(transcript, clip, lack)
        with replacing(folder / PAGE_NAME) as page:
            page.write(before)
            page.writelines(_portions(sound))
            page.write(after)


def _sound(recording: Path, into: BinaryIO) -> tuple[Clip, str]:
    """The sound, or why there is none, in words without this machine's paths."""
    if not recording.is_file():
        return NOTHING, f"the session's folder has no {SPOOL_NAME}"
    try:
        clip = write_clip(recording, into)
    except AudioError as error:
        _LOG.warning("no sound in the listening page: %s", error)
        into.seek(0)
        into.truncate()
        return NOTHING, f"{SPOOL_NAME} cannot be read"
    return clip, "" if clip.duration else f"{SPOOL_NAME} holds no sound"


def _page(transcript: Transcript, clip: Clip, lack: str) -> tuple[bytes, ...]:
    """What stands before and after the sound."""
    voices = voices_of(transcript)
    rows = rows_of(transcript, voices)
    style, script = _asset("page.css"), "\n".join(_asset(name) for name in SCRIPTS)
    blanks = blanks_of(transcript, voices, rows, lack) | {
        "policy": _policy(style, script),
        "style": style,
        "script": script,
        "data": _data(transcript, clip, voices, rows),
    }
    before, _, after = _asset("page.html").partition("$sound")
    # A file's name may hold bytes that are no characters; they become "?".
    return tuple(Template(part).substitute(blanks).encode("utf-8", "replace") for part in (before, after))


def _asset(name: str) -> str:
    return files("voicedoc.export.page").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy: nothing is loaded from anywhere, and nothing runs but this page's own script."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}; media-src blob:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _data(transcript: Transcript, clip: Clip, voices: tuple[Voice, ...], rows: Rows) -> str:
    number_of = {voice.key: number for number, voice in enumerate(voices)}
    spoken = [(turn.span, number_of[turn.speaker]) for turn in transcript.turns]
    turns = [{"start": span.start, "end": span.end, "voice": voice} for span, voice in spoken]
    data = {
        "duration": max(transcript.duration, clip.duration),
        "mediaType": MEDIA_TYPE,
        "peaks": {"perSecond": PEAKS_PER_SECOND, "bytes": b64encode(clip.peaks).decode()},
        "voices": [voice.name for voice in voices],
        "lines": rows.lines,
        "words": rows.words,
        "turns": turns,
        "nothingHeard": [{"start": span.start, "end": span.end} for span in transcript.nothing_heard],
    }
    # "<" could end the element that holds this: as an escape it cannot.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _portions(sound: BinaryIO) -> Iterator[bytes]:
    sound.seek(0)
    while portion := sound.read(PORTION):
        yield b'<script type="text/plain" class="sound">' + b64encode(portion) + b"</script>\n"
