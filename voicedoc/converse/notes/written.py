"""Notes to read, in Markdown and as JSON. A draft says so, and so does whatever nobody said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from voicedoc.converse.notes.kept import Kept
from voicedoc.converse.notes.note import Evidence, Note, Origin, Paragraph, Sentence, Support, to_data
from voicedoc.core.time import clock_text
from voicedoc.export.escapes import in_markdown

MARK = "\u26a0"

CHANGED = "This is NOT what was signed: it was changed afterwards."


def status_of(kept: Kept) -> str:
    """Whether it is a draft, or who has signed it and when, in the note's words."""
    if kept.signature is None:
        return kept.note.word("draft")
    when = datetime.fromisoformat(kept.signature.signed).strftime("%Y-%m-%d %H:%M %z")
    signed = kept.note.word("signed").format(signer=kept.signature.signer, when=when)
    return signed if kept.is_whole else f"{CHANGED} ({signed})"


def to_json(kept: Kept) -> dict[str, Any]:
    """A note with its state: "state" ("draft", "signed", "changed"), "version", "sha256", "signature" (or null),
    "support" (counts, and "rate": the share of what was claimed that is supported), "note".

    "sha256" is the digest of "note" as JSON in UTF-8, with sorted keys and without white space.
    """
    counts = kept.note.counts()
    signature = kept.signature
    return {
        "state": kept.state,
        "version": kept.version,
        "sha256": kept.sha256,
        "signature": {"signer": signature.signer, "signed": signature.signed, "sha256": signature.sha256}
        if signature
        else None,
        "support": {
            **{kind.value: n for kind, n in counts.by_support.items()},
            "rate": None if counts.rate is None else round(counts.rate, 4),
        },
        "note": to_data(kept.note),
    }


def to_markdown(kept: Kept) -> str:
    """A note to read. Each text is isolated, so that right-to-left scripts do not disturb their line."""
    note = kept.note
    rows = [f"# {in_markdown(note.title)}", "", f"**{in_markdown(status_of(kept))}**", ""]
    if note.reader == "doctor":
        rows += [f"> {MARK} {in_markdown(notice)}" for notice in note.notices]
        rows += [""] if note.notices else []
    for section in note.sections:
        rows += [f"## {in_markdown(section.title)}", ""]
        rows += [row for paragraph in section.paragraphs for row in _paragraph(paragraph, note)]
        rows += [] if section.paragraphs else [in_markdown(note.word("nothing")), ""]
    if note.reader == "doctor":
        rows += _foot(kept)
    return "\n".join(rows).rstrip() + "\n"


def _paragraph(paragraph: Paragraph, note: Note) -> Iterator[str]:
    if paragraph.label:
        yield from (f"### {in_markdown(paragraph.label)}", "")
    for sentence in paragraph.sentences:
        numbers = f" [{', '.join(map(str, sentence.utterances))}]" if sentence.utterances else ""
        shown = numbers if note.reader == "doctor" else ""
        yield f"- \u2068{in_markdown(sentence.text)}\u2069 {in_markdown(shown)}{_by(sentence)}".rstrip()
        if warning := warning_of(sentence, note):
            yield f"  - {MARK} {in_markdown(warning)}"
    yield ""


def _by(sentence: Sentence) -> str:
    return " ✎" if sentence.origin is Origin.PERSON else ""


def warning_of(sentence: Sentence, note: Note) -> str:
    """What a reader must be told of a sentence; "" where there is nothing. A patient is told that, and not why."""
    key = {Support.UNSUPPORTED: "unsupported", Support.PARTLY: "partly"}.get(sentence.support, "")
    said = note.word(key) if key else ""
    reasons = "; ".join(sentence.reasons) if note.reader == "doctor" else ""
    return ": ".join(part for part in (said, reasons) if part)


def _foot(kept: Kept) -> Iterator[str]:
    note, counts = kept.note, kept.note.counts()
    supported = counts.by_support[Support.SUPPORTED]
    yield from ("---", "")
    yield f"{supported} of {counts.n_claims} sentences are supported by what was said. "
    yield f"They rest on {note.n_used} of the {note.n_said} sentences that were said; the transcript has all of them. "
    yield f"Worded by {in_markdown(note.method)}; version {kept.version}; sha256 {kept.sha256}."
    if any(sentence.origin is Origin.PERSON for sentence in note.sentences()):
        yield "✎ was written by a person."
    yield ""
    if note.evidence:
        yield from ("| said in | when | who | words |", "| --- | --- | --- | --- |")
        yield from (_evidence(one) for one in note.evidence)


def _evidence(one: Evidence) -> str:
    words = f"\u2068{in_markdown(one.text)}\u2069 ({one.language})"
    if one.translation:
        words += f" → \u2068{in_markdown(one.translation)}\u2069"
    when = f"{clock_text(one.start)}–{clock_text(one.end)}"
    return f"| {one.utterance} | {when} | {in_markdown(one.speaker)} | {words} |"
