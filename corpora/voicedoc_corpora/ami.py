"""AMI: meetings of four people, and who speaks when in them; the reader takes any RTTM."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicedoc.core.turns import SpeakerTurn
from voicedoc_corpora.card import CorpusCard, Source
from voicedoc_corpora.files import Malformed, lines, number, over, span
from voicedoc_corpora.rows import Broken, Diarized

CARD = CorpusCard(
    name="ami",
    description="100 hours of meetings; turns as RTTM from the diarization set-up of BUT, or from any other",
    languages=("en",),
    sources=(
        Source("**/*.rttm", "BUTSpeechFIT/AMI-diarization-setup, only_words/rttms", "CC-BY-4.0", True),
        Source("*.wav", "AMI Corpus, <meeting>.Mix-Headset.wav", "CC-BY-4.0", True),
    ),
    attribution="Carletta et al. 2006, The AMI Meeting Corpus: A Pre-announcement (MLMI 2005)",
    fields={
        "SPEAKER <recording>": "id; audio: a recording of that name beside the file",
        "<onset> <duration> … <speaker>": "turns",
    },
    certainty="reads ten real RTTM files of AMI with their recordings, excerpts of 30 s",
)

N_FIELDS = (9, 10)
"""Without and with the look-ahead time, which came to RTTM last."""

SUFFIXES = (".wav", ".flac", ".Mix-Headset.wav")


def read(path: Path) -> Iterator[Diarized | Broken]:
    """The recordings of an RTTM file, or of all below a folder; of each file, first the lines that are broken.

    Lines of other types than SPEAKER, and comments, say nothing of turns.

    Source: NIST RT-09 evaluation plan, appendix A.

    Raises:
        CorpusError: If there is no `.rttm` file.
    """
    return over(path, _recordings, "*.rttm")


def _recordings(path: Path) -> Iterator[Diarized | Broken]:
    turns: dict[str, list[SpeakerTurn]] = {}
    for line in lines(path):
        if isinstance(line, Broken):
            yield line
        elif line[1].split()[0] == "SPEAKER":
            try:
                recording, turn = _turn(line[1].split())
            except Malformed as error:
                yield Broken(path, line[0], str(error))
            else:
                turns.setdefault(recording, []).append(turn)
        elif not line[1].startswith(";;") and line[1].split()[0] not in OTHERS:
            yield Broken(path, line[0], "is of no type that RTTM has")
    for recording, found in turns.items():
        yield Diarized(recording, tuple(sorted(found, key=lambda turn: turn.span)), _audio(path, recording))


OTHERS = frozenset(
    {"SEGMENT", "NOSCORE", "NO_RT_METADATA", "LEXEME", "NON-LEX", "NON-SPEECH", "FILLER", "EDIT", "IP", "SU", "CB"}
    | {"A/P", "SPKR-INFO"}
)


def _turn(fields: list[str]) -> tuple[str, SpeakerTurn]:
    if len(fields) not in N_FIELDS:
        raise Malformed(f"has {len(fields)} fields instead of 9 or 10")
    start, duration = number(fields[3], "its onset"), number(fields[4], "its duration")
    return fields[1], SpeakerTurn(span(start, start + duration), fields[7])


def _audio(path: Path, recording: str) -> Path | None:
    found = [path.with_name(recording + suffix) for suffix in SUFFIXES]
    return next((audio for audio in found if audio.is_file()), None)
