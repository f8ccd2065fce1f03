"""The transcript to read, in Markdown."""

from __future__ import annotations

from pathlib import Path

from voicedoc.core.time import Span, clock_text
from voicedoc.export.advice import UNREVIEWED, advice_of
from voicedoc.export.corrected import MARK, told_of
from voicedoc.export.escapes import in_markdown
from voicedoc.export.files import write_text
from voicedoc.export.transcript import Line, Speaker, Transcript


def to_markdown(transcript: Transcript) -> str:
    """The transcript to read. Each text is isolated, so that right-to-left scripts do not disturb their line."""
    name = in_markdown(Path(transcript.source).name) or "a session"
    head = [f"# Transcript of {name}", "", *_heading(transcript)]
    head += ["Machine interpretation, not reviewed by a person. It does not replace a qualified interpreter.", ""]
    notices = [f"> ⚠ {in_markdown(notice)}" for notice in transcript.notices]
    lines = [_line_markdown(line, transcript.title(line)) for line in transcript.in_time()]
    body = lines or ["No words were understood in this recording."]
    foot = _foot(transcript)
    return "\n".join([*head, *notices, *([""] if notices else []), *_advice(transcript), *body, *foot]) + "\n"


def _heading(transcript: Transcript) -> list[str]:
    opened = transcript.opened
    if opened is None:
        return []
    tail = f"{clock_text(transcript.duration)} · {transcript.outcome} · profile {opened.profile}"
    if not opened.languages:
        return [f"Doctor: {opened.doctor} · patient: {opened.patient} · {tail}", ""]
    into = f" · into {', '.join(opened.targets)}" if opened.targets else ""
    who = [f"{in_markdown(speaker.title)}: {_reasons(speaker)}" for speaker in transcript.speakers.values()]
    return [
        f"Languages: {', '.join(opened.languages)}{into} · {tail}",
        "",
        *([f"Speakers: {'; '.join(who)}.", ""] if who else []),
    ]


def _advice(transcript: Transcript) -> list[str]:
    advice = advice_of(transcript)
    if not advice:
        return []
    rows = []
    for one in advice:
        when = f" ({one.times})" if one.said else ""
        source = f" {in_markdown(one.source)}" if one.source else ""
        rows.append(f"* ⚠ **{in_markdown(one.grade)}** {_isolated(one.text)}{when}{source}")
    return ["## Warnings for the clinician", "", UNREVIEWED, "", *rows, ""]


def _reasons(speaker: Speaker) -> str:
    """Why a speaker is called what it is called."""
    reasons = ", ".join(speaker.reasons) or "told apart by voice"
    return in_markdown(f"{speaker.label}, {reasons} ({speaker.confidence:.0%})")


def _line_markdown(line: Line, title: str) -> str:
    hypothesis = line.hypothesis
    confidence = f" · {hypothesis.confidence:.0%}" if hypothesis else ""
    rows = [f"**{clock_text(line.span.start)} {in_markdown(title)}**{confidence}  "]
    if hypothesis:
        rows.append(f"{hypothesis.language}: {_isolated(hypothesis.text)}  ")
    rows += [f"{made.target}: *{_isolated(made.text)}*  " for made in line.translations.values()]
    rows += [f"⚠ {in_markdown(warning)}  " for warning in line.warnings]
    rows += [f"{MARK} {in_markdown(told)}  " for told in told_of(line.corrections)]
    return "\n".join(rows) + "\n"


def _foot(transcript: Transcript) -> list[str]:
    rows = [""]
    if transcript.nothing_heard:
        where = ", ".join(_span_text(span) for span in transcript.nothing_heard)
        rows += [f"Voice activity without words: {where}.", ""]
    if transcript.opened:
        rows += ["| step | model | sha256 | licence |", "| --- | --- | --- | --- |"]
        models = [(m.role, m.name, m.sha256[:12], m.licence) for m in transcript.opened.models]
        rows += [f"| {' | '.join(map(in_markdown, cells))} |" for cells in models]
    return rows


def _span_text(span: Span) -> str:
    return f"{clock_text(span.start)}–{clock_text(span.end)}"


def _isolated(text: str) -> str:
    """`text` between Unicode's first-strong isolate and its end."""
    return f"\u2068{in_markdown(text)}\u2069"


def write_markdown(transcript: Transcript, folder: Path) -> None:
    """Write `transcript.md`."""
    write_text(folder / "transcript.md", to_markdown(transcript))
