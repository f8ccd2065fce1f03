"""The transcript without what says who somebody is: names, places, dates and identifying numbers are surrogates.

Nothing of a journal is taken over but what is said, when (to whole seconds) and by which role: no source, no audio, no
words in time, no notices or warnings, no names that people gave to speakers, no model or profile.
Surrogates depend on a random salt that is made for each export and kept nowhere.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from pathlib import Path

from voicedoc.core.languages import primary, same_language
from voicedoc.core.speech import Role
from voicedoc.core.time import clock_text
from voicedoc.deidentify import LANGUAGES, Asked, Identifier, Surrogates, find, key_of, lexicon_of, measured, seen_again
from voicedoc.deidentify.identifier import without_overlaps
from voicedoc.deidentify.tokens import fold, tokenise
from voicedoc.errors import UnsupportedLanguage
from voicedoc.export.escapes import in_markdown
from voicedoc.export.files import write_text
from voicedoc.export.transcript import Line, Transcript

_MEMORY = 2
"""Lines for which a question counts as asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """One text of the transcript: line `line`, in `language`; `heard` where it is no translation."""

    line: int
    language: str
    heard: bool
    text: str
    found: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is written. Times in whole seconds; `doubtful` where the transcript has a warning."""

    start: int
    end: int
    speaker: str
    language: str
    text: str
    translations: dict[str, str]
    doubtful: bool


def write(transcript: Transcript, folder: Path) -> None:
    """Write `deidentified.md` and `deidentified.json`.

    Raises:
        UnsupportedLanguage: If something was said or translated in a language whose names cannot be found.
    """
    texts = deidentified(transcript, salt=secrets.token_bytes(32))
    rows = list(_rows(transcript, texts))
    write_text(folder / "deidentified.md", _markdown(rows))
    data = {"about": _about(rows), "lines": [asdict(row) for row in rows]}
    write_text(folder / "deidentified.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def deidentified(transcript: Transcript, *, salt: bytes) -> list[Said]:
    """Every text of the transcript with surrogates. The same salt gives the same ones.

    Raises:
        UnsupportedLanguage: As `write` does.
    """
    texts = list(_texts(transcript))
    _check(texts)
    texts = _complete(list(_found(texts)))
    surrogates = Surrogates(
        key_of(transcript.source_sha256 or transcript.began, salt),
        _locale(texts),
        avoid={token.folded for said in texts for token in tokenise(said.text)},
        today=_today(transcript),
        month_first=all(same_language(said.language, "en") and said.language != "en-GB" for said in texts),
    )
    return [_replaced(said, surrogates) for said in texts]


def _replaced(said: Said, surrogates: Surrogates) -> Said:
    return replace(said, text=surrogates.replace(said.text, said.found, said.language), found=())


def _texts(transcript: Transcript) -> Iterator[Said]:
    for line in transcript.in_time():
        if line.hypothesis and line.text:
            yield Said(line.utterance, line.language, True, line.text)
            for made in line.translations.values():
                yield Said(line.utterance, made.target, False, made.text)


def _check(texts: list[Said]) -> None:
    unknown = sorted({said.language for said in texts if primary(said.language) not in LANGUAGES})
    if unknown:
        raise UnsupportedLanguage(
            f"the transcript has text in {', '.join(unknown)}, in which names and places cannot be found: "
            "no de-identified transcript was written",
            remedy=f"supported: {', '.join(LANGUAGES)}; for others a person must do it",
        )


def _found(texts: list[Said]) -> Iterator[Said]:
    """The texts with their identifiers. A question counts for the lines after it, whoever gives the answer."""
    asked: dict[int, Asked] = {}
    for said in texts:
        asked[said.line] = asked.get(said.line, Asked()) | Asked.by(said.text, said.language)
    order = {line: place for place, line in enumerate(asked)}
    questions = list(asked.values())
    for said in texts:
        place = order[said.line]
        before = reduce(or_, questions[max(0, place - _MEMORY) : place], Asked())
        yield replace(said, found=find(said.text, said.language, before))


def _complete(texts: list[Said]) -> list[Said]:
    """What was found to be a name in one text is one in all of them, and so is a place."""
    names, places = set(_words(texts, "name")), set(_words(texts, "place"))
    return [_with_seen(said, names, places - names) for said in texts]


def _words(texts: list[Said], kind: str) -> Iterator[str]:
    for said in texts:
        for one in said.found:
            words = tokenise(said.text[one.start : one.end])
            if one.kind == kind and len(words) == 1 and len(words[0].folded) > 2:
                yield words[0].folded


def _with_seen(said: Said, names: set[str], places: set[str]) -> Said:
    own = [_as_name(one) if fold(said.text[one.start : one.end]) in names else one for one in said.found]
    again = seen_again(said.text, said.language, names, places)
    return replace(said, found=without_overlaps([*own, *again]))


def _as_name(one: Identifier) -> Identifier:
    """A town that is somebody's name elsewhere is taken for the name, lest it have two surrogates."""
    return replace(one, kind="name") if one.kind == "place" else one


def _locale(texts: list[Said]) -> str:
    """Where the surrogates come from: the language that was heard last for the first time, rather the patient's."""
    heard = list(dict.fromkeys(said.language for said in texts if said.heard))
    return lexicon_of(heard[-1]).locale_of(heard[-1]) if heard else "en_US"


def _today(transcript: Transcript) -> date:
    return (datetime.fromisoformat(transcript.began) if transcript.began else datetime.now(UTC)).date()


def _rows(transcript: Transcript, texts: list[Said]) -> Iterator[Row]:
    by_line: dict[int, list[Said]] = {}
    for said in texts:
        by_line.setdefault(said.line, []).append(said)
    for line in transcript.in_time():
        if line.utterance in by_line:
            heard, *made = by_line[line.utterance]
            yield Row(
                start=round(line.span.start),
                end=round(line.span.end),
                speaker=_who(transcript, line),
                language=heard.language,
                text=heard.text,
                translations={said.language: said.text for said in made},
                doubtful=bool(line.warnings),
            )


def _who(transcript: Transcript, line: Line) -> str:
    """The role, or the label that the machine gave: never a name."""
    speaker = transcript.speakers.get(line.speaker)
    return line.role.value if speaker is None or line.role is not Role.UNKNOWN else speaker.label


def _about(rows: list[Row]) -> list[str]:
    """What a reader must know, for the head of both files."""
    languages = sorted({primary(language) for row in rows for language in (row.language, *row.translations)})
    return [
        "Machine transcript with surrogates in the place of what identifies people. Not reviewed by a person.",
        f"Measured recall on synthetic sentences: {_recall(languages)}. This is not a guarantee: real talk is harder "
        "than test sentences. A person must check before it is given away.",
        "Changed: names, places below a country, streets, dates (all moved by one number of weeks), ages over 89 (to "
        "90), telephone, record and other identifying numbers, e-mail and web addresses.",
        "Kept as they were: doses, measurements, durations, ages up to 89, weekdays, times of day, holidays, "
        "countries, languages, professions, and what is told about a person. A story can identify without a name.",
        "Towns were recognised with data of GeoNames (https://www.geonames.org), CC BY 4.0.",
    ]


def _recall(languages: list[str]) -> str:
    figures = measured()
    told = (
        f"{language} {100 * figures[language].recall:.1f} % (95 % interval {100 * figures[language].low:.1f} to "
        f"{100 * figures[language].high:.1f} %, n = {figures[language].n})"
        for language in languages
    )
    return "; ".join(told) or "there is no text"


def _markdown(rows: list[Row]) -> str:
    head = ["# De-identified transcript", "", "\n>\n".join(f"> {row}" for row in _about(rows)), ""]
    return "\n".join([*head, *map(_row_markdown, rows)]) + "\n"


def _row_markdown(row: Row) -> str:
    doubt = " · doubtful" if row.doubtful else ""
    made = {tag: in_markdown(text) for tag, text in row.translations.items()}
    texts = [f"{row.language}: {in_markdown(row.text)}  ", *(f"{tag}: *{text}*  " for tag, text in made.items())]
    return "\n".join([f"**{clock_text(row.start)} {in_markdown(row.speaker)}**{doubt}  ", *texts]) + "\n"
