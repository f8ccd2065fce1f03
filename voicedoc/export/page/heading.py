"""What stands around the transcript: what was recorded, by what it was read, what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import PurePosixPath, PureWindowsPath

from voicedoc.core.time import Span, clock_text
from voicedoc.export.advice import UNREVIEWED, advice_of
from voicedoc.export.page.columns import Column, columns_of
from voicedoc.export.page.rows import Rows, Voice, seek_button
from voicedoc.export.transcript import Speaker, Transcript


def blanks_of(transcript: Transcript, voices: Sequence[Voice], rows: Rows, lack: str) -> dict[str, str]:
    """The template's blanks, as HTML. `lack` says why there is no sound, "" where there is."""
    columns = columns_of(transcript)
    return {
        "title": escape(_title(transcript)),
        "facts": _pairs(_facts(transcript, columns)),
        "notices": "".join(f"<li><bdi>{escape(notice)}</bdi></li>" for notice in transcript.notices),
        "advice": _advice(transcript),
        "lack": escape(f"No sound in this page: {lack}. The transcript can be read without it." if lack else ""),
        "state": "silent" if lack else "waiting",
        "heads": "".join(_head(place, column) for place, column in enumerate(columns)),
        "voices": "".join(_voice_box(number, voice, rows) for number, voice in enumerate(voices)),
        "columns": "".join(_column_box(place, column) for place, column in enumerate(columns)),
        "lines": "".join(rows.html) or '<p class="nothing">No words were understood in this recording.</p>',
        "found": _list(rows.found, _nothing_found(transcript)),
        "n_found": str(len(rows.found)),
        "nothing_heard": _list([_silence(span) for span in transcript.nothing_heard], "None."),
        "n_nothing_heard": str(len(transcript.nothing_heard)),
        "people": _table(("who", "label", "concluded from", "sure"), _people(transcript)),
        "models": _table(("step", "model", "licence", "SHA-256"), _models(transcript)),
        "origins": _pairs(_origins(transcript)),
    }


def _advice(transcript: Transcript) -> str:
    """A list, where the rules have found something."""
    items = [
        f"<li><strong>{escape(one.grade)}</strong> <bdi>{escape(one.text)}</bdi> "
        f"{' '.join(seek_button(moment) for moment in one.said)} {_source(one.source)}</li>"
        for one in advice_of(transcript)
    ]
    if not items:
        return ""
    return f'<section class="advice"><h2>Warnings for the clinician</h2><p>{UNREVIEWED}</p>{_list(items, "")}</section>'


def _source(url: str) -> str:
    """An address to be read and copied: the page opens nothing outside itself."""
    return f"<small><bdi>{escape(url)}</bdi></small>" if url else ""


def _title(transcript: Transcript) -> str:
    """The recording's name without folders, whichever system wrote it."""
    return PureWindowsPath(PurePosixPath(transcript.source).name).name or "A session"


def _facts(transcript: Transcript, columns: Sequence[Column]) -> dict[str, str]:
    opened = transcript.opened
    spoken = opened.languages or (opened.doctor, opened.patient) if opened else ()
    names = {column.language: column.name for column in columns}
    return {
        "Session begun": transcript.began.replace("T", " "),
        "Length": clock_text(transcript.duration),
        "Spoken": ", ".join(names[tag] for tag in dict.fromkeys(spoken) if tag in names),
        "Translated into": ", ".join(names[tag] for tag in opened.targets) if opened else "",
        "State": transcript.outcome,
    }


def _origins(transcript: Transcript) -> dict[str, str]:
    recording = {"Recording’s SHA-256": transcript.source_sha256}
    if (opened := transcript.opened) is None:
        return recording
    made = {"VoiceDoc": opened.version, "Profile": opened.profile, "Profile’s SHA-256": opened.profile_sha256}
    return made | recording


def _people(transcript: Transcript) -> list[tuple[str, ...]]:
    return [
        (speaker.title, speaker.label, _reasons(speaker), f"{speaker.confidence:.0%}")
        for speaker in transcript.speakers.values()
    ]


def _reasons(speaker: Speaker) -> str:
    return ", ".join(speaker.reasons) or "told apart by voice"


def _models(transcript: Transcript) -> list[tuple[str, ...]]:
    models = transcript.opened.models if transcript.opened else ()
    return [(model.role, model.name, model.licence, model.sha256) for model in models]


def _head(place: int, column: Column) -> str:
    return f'<div role="columnheader" data-column="{place}" dir="{column.direction}">{escape(column.name)}</div>'


def _voice_box(number: int, voice: Voice, rows: Rows) -> str:
    n_lines = sum(line["voice"] == number for line in rows.lines)
    if not n_lines:
        return ""
    name = f"<bdi>{escape(voice.name)}</bdi> <small>{n_lines}</small>"
    return f'<label class="box voice-{number % 8}"><input type="checkbox" data-voice="{number}" checked>{name}</label>'


def _column_box(place: int, column: Column) -> str:
    box = f'<input type="checkbox" data-shows="{place}" checked>'
    return f'<label class="box">{box}<bdi>{escape(column.name)}</bdi></label>'


def _nothing_found(transcript: Transcript) -> str:
    """No findings are good news only where somebody looked."""
    if transcript.opened and "guard" not in transcript.opened.stages:
        return "The translations were not checked against what was said."
    return "The guard found no number, dose, time, drug, allergy, negation or side that a translation lost or changed."


def _silence(span: Span) -> str:
    return f"<li>{seek_button(span.start)} to {clock_text(span.end)}</li>"


def _list(items: Sequence[str], otherwise: str) -> str:
    return f"<ul>{''.join(items)}</ul>" if items else f"<p>{otherwise}</p>"


def _pairs(pairs: dict[str, str]) -> str:
    told = ((name, text) for name, text in pairs.items() if text)
    return "".join(f"<div><dt>{escape(name)}</dt><dd><bdi>{escape(text)}</bdi></dd></div>" for name, text in told)


def _table(heads: Iterable[str], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(f'<td><bdi>{escape(text)}</bdi></td>' for text in row)}</tr>" for row in rows)
    return f'<div class="scrolls"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
