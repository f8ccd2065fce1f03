"""A session as Review shows it, made of its journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voicedoc.core.events import Finding, TextCorrected
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Critical, Hypothesis
from voicedoc.errors import VoiceDocError
from voicedoc.export.advice import advice_of
from voicedoc.export.formats import FORMATS
from voicedoc.export.page.marking import place_words
from voicedoc.export.transcript import Line, Transcript, transcript_of
from voicedoc_desktop.state.review import (
    Correction,
    FormatChoice,
    Found,
    Marked,
    Opened,
    Passage,
    Row,
    TimedWord,
    Voice,
)
from voicedoc_desktop.tasks.archive import Archive, Read
from voicedoc_desktop.tasks.sessions import PDF


def opened_of(archive: Archive, read: Read) -> Opened:
    """A session as Review shows it."""
    transcript = transcript_of(read.events)
    return Opened(
        known=archive.known(),
        rows=tuple(_row(transcript, line) for line in transcript.in_time()),
        voices=tuple(_voices(transcript)),
        notices=tuple(transcript.notices),
        alarms=tuple(f"{one.grade}: {one.text}" for one in advice_of(transcript)),
        duration=transcript.duration,
        has_sound=_has_sound(archive),
        languages=transcript.languages,
        formats=tuple(_formats(transcript)),
        damaged=read.damaged,
    )


def _has_sound(archive: Archive) -> bool:
    try:
        return archive.recording() is not None
    except VoiceDocError:  # told where somebody wants to hear it
        return True


def _voices(transcript: Transcript) -> Iterator[Voice]:
    for one in transcript.speakers.values():
        yield Voice(one.label, one.title, one.role.value, one.name, ", ".join(one.reasons))


def _formats(transcript: Transcript) -> Iterator[FormatChoice]:
    yield FormatChoice(PDF, "the transcript to print")
    for made in FORMATS.values():
        try:
            made.check(transcript.languages)
        except VoiceDocError as error:
            yield FormatChoice(made.name, made.what, f"{error}. {error.remedy}" if error.remedy else str(error))
        else:
            yield FormatChoice(made.name, made.what)


def _row(transcript: Transcript, line: Line) -> Row:
    messages = {finding.message for finding in line.findings}
    return Row(
        utterance=line.utterance,
        start=line.span.start,
        end=line.span.end,
        who=transcript.title(line),
        role=line.role.value,
        speaker=line.speaker if line.speaker in transcript.speakers else "",
        said=_said(line, line.hypothesis) if line.hypothesis else None,
        translations=tuple(
            Passage(language, made.text, marks=tuple(_marks_in(made.text, language, line)))
            for language, made in line.translations.items()
        ),
        warnings=tuple(warning for warning in line.warnings if warning not in messages),
        findings=tuple(_found(line, finding) for finding in line.findings),
        corrections=tuple(map(_correction, line.corrections)),
    )


def _said(line: Line, hypothesis: Hypothesis) -> Passage:
    words = tuple(
        TimedWord(placed.start, placed.end, placed.word.span.start, placed.word.span.end, placed.is_doubtful)
        for placed in place_words(hypothesis.text, hypothesis.words)
    )
    lost = (finding for finding in line.findings if finding.verdict in ("missing", "changed"))
    marks = tuple(mark for one in lost for mark in _mark(hypothesis.text, one.item, one))
    return Passage(hypothesis.language, hypothesis.text, words, marks)


def _marks_in(text: str, language: str, line: Line) -> Iterator[Marked]:
    """What a translation has that was not said, or has instead."""
    for finding in line.findings:
        if finding.target and not same_language(finding.target, language):
            continue
        item = {"invented": finding.item, "changed": finding.other}.get(finding.verdict)
        if item:
            yield from _mark(text, item, finding)


def _mark(text: str, item: Critical, finding: Finding) -> Iterable[Marked]:
    """Where `item` is, if this is the text that it was found in."""
    if item.start < item.end and text[item.start : item.end].casefold() == item.text.casefold():
        return (Marked(item.start, item.end, finding.verdict, finding.message),)
    return ()


def _found(line: Line, finding: Finding) -> Found:
    return Found(line.utterance, line.span.start, finding.verdict, finding.message, finding.target)


def _correction(one: TextCorrected) -> Correction:
    return Correction(one.language, one.before, one.editor, one.corrected)
