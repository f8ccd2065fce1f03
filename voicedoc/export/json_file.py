"""The transcript as data."""

from __future__ import annotations

import json
from pathlib import Path

from voicedoc.core.journal import to_json
from voicedoc.export.files import write_text
from voicedoc.export.transcript import Line, Transcript


def to_data(transcript: Transcript) -> dict[str, object]:
    """The transcript as plain JSON data. Times in seconds on the audio clock."""
    opened = transcript.opened
    return {
        "source": transcript.source,
        "duration": transcript.duration,
        "outcome": transcript.outcome,
        "profile": opened.profile if opened else "",
        "languages": {"doctor": opened.doctor, "patient": opened.patient} if opened else {},
        "columns": list(transcript.languages),
        "models": [to_json(model) for model in opened.models] if opened else [],
        "notices": transcript.notices,
        "alarms": [to_json(event) for event in transcript.alarms.values()],
        "conflicts": [to_json(event) for event in transcript.conflicts.values()],
        "nothing_heard": to_json(transcript.nothing_heard),
        "speakers": [to_json(speaker) | {"title": speaker.title} for speaker in transcript.speakers.values()],
        "utterances": [_line_data(line) for line in transcript.in_time()],
    }


def _line_data(line: Line) -> dict[str, object]:
    hypothesis = line.hypothesis
    return {
        "utterance": line.utterance,
        "start": line.span.start,
        "end": line.span.end,
        "role": line.role.value,
        "speaker": line.speaker,
        "language": hypothesis.language if hypothesis else None,
        "text": line.text,
        "confidence": hypothesis.confidence if hypothesis else None,
        "words": to_json(hypothesis.words) if hypothesis else [],
        "translations": [to_json(translation) for translation in line.translations.values()],
        "findings": [
            {"verdict": f.verdict, "item": to_json(f.item), "message": f.message, "target": f.target}
            for f in line.findings
        ],
        "spoken": [to_json(span) for span in line.spoken.values()],
        "warnings": line.warnings,
        "corrections": [to_json(one) for one in line.corrections],
    }


def write_json(transcript: Transcript, folder: Path) -> None:
    """Write `transcript.json`."""
    data = json.dumps(to_data(transcript), ensure_ascii=False, indent=1)
    write_text(folder / "transcript.json", data + "\n")
