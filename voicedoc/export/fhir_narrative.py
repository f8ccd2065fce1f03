"""XHTML for FHIR narratives, of elements and attributes that FHIR allows (HTML 4.0, chapters 7 to 11 and 15).

Source: https://hl7.org/fhir/R4/narrative.html#xhtml
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from voicedoc.core.languages import same_language
from voicedoc.core.time import clock_text
from voicedoc.export.corrected import MARK, told_of
from voicedoc.export.transcript import Line, Transcript

_DRAFT = "Extractive draft: sentences of the transcript, put under headings by cue words. Not reviewed."

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and control characters, which FHIR's strings should not."""


def clean(text: str) -> str:
    """`text` as a FHIR string may hold it: control characters and lone surrogates replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def narrative(body: str) -> dict[str, str]:
    """A Narrative around XHTML that is already escaped."""
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'}


def paragraph(text: str) -> dict[str, str]:
    """A Narrative of one paragraph."""
    return narrative(f"<p>{_xml(text)}</p>")


def about(transcript: Transcript, status: str) -> dict[str, str]:
    """What a reader should know of the whole: the recording, how the session ended, notices."""
    name = Path(transcript.source).name or "a session"
    facts = [status, f"{name}: {clock_text(transcript.duration)}, {transcript.outcome}.", *transcript.notices]
    return narrative("".join(f"<p>{_xml(fact)}</p>" for fact in facts))


def lines_in(transcript: Transcript, language: str) -> dict[str, str]:
    """Everything that was said, in one language: when, who, what, and whether it is a translation."""
    rows = [_row(transcript.title(line), line, language) for line in transcript.in_time()]
    if not rows:
        return paragraph("No words were understood in this recording.")
    return narrative(f"<table><tbody>{''.join(rows)}</tbody></table>")


def _row(who: str, line: Line, language: str) -> str:
    cells = [_xml(clock_text(line.span.start)), _xml(who), _said(line, language) + _warnings(line)]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _said(line: Line, language: str) -> str:
    text = line.text_in(language)
    if line.hypothesis is None:
        return ""
    if not text:
        return f"{_isolated(line.text, line.language)} <i>({_xml(language_name(line.language))}, not translated)</i>"
    if same_language(line.language, language):
        return _isolated(text, line.language)
    heard = _xml(language_name(line.language))
    return (
        f"{_isolated(text, language)} <i>(machine translation)</i><br/>"
        f"<i>{heard}:</i> {_isolated(line.text, line.language)}"
    )


def _warnings(line: Line) -> str:
    told = [*(f"⚠ {warning}" for warning in line.warnings), *(f"{MARK} {one}" for one in told_of(line.corrections))]
    return "".join(f"<br/>{_xml(one)}" for one in told)


def _isolated(text: str, language: str) -> str:
    """The text with its language and direction, so that right-to-left scripts do not disturb their line."""
    tag = re.sub(r"[^A-Za-z0-9-]", "", language)
    return f'<span lang="{tag}" xml:lang="{tag}" dir="{_direction(language)}">{_xml(text)}</span>'


def _direction(language: str) -> str:
    locale = _locale(language)
    return str(locale.text_direction) if locale else "ltr"


def language_name(language: str) -> str:
    """The language's English name, or its tag."""
    locale = _locale(language)
    return str(locale.get_display_name("en")) if locale else clean(language) or "no language"


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def note_sentences(note: Any) -> dict[str, str]:
    """The note draft, as `note.json` has it: each section's sentences with when they were said and what they answer."""
    sections = [section for section in note["sections"] if section["entries"]]
    body = "".join(f"<h3>{_xml(part['title'])}</h3>{''.join(map(_entry, part['entries']))}" for part in sections)
    return narrative(f"<p>{_xml(_DRAFT)}</p>{body}")


def _entry(entry: Any) -> str:
    said = "".join(f"<i>{_xml(question['text'])}</i> " for question in entry["questions"])
    return f"<p>{said}{_isolated(entry['text'], entry['language'])} ({_xml(clock_text(entry['start']))})</p>"


def _xml(text: str) -> str:
    return escape(clean(text), quote=True)
