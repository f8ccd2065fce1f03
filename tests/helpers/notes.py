"""Sessions that notes are made of: a visit in one language, and an interview that an assistant has held."""

from __future__ import annotations

from collections.abc import Sequence

from tests.helpers.transcripts import assigned, heard, opening, translated, turn
from voicedoc.converse.complaints.pack import Option, Question, Slot
from voicedoc.converse.notes.labels import Labels
from voicedoc.converse.notes.material import Material, gather
from voicedoc.core.events import (
    AlarmRaised,
    ConflictFound,
    Event,
    FactNoted,
    InterviewClosed,
    QuestionAsked,
    SessionClosed,
    TurnAttributed,
)
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.core.time import Span

LANGUAGES = ("en", "pt", "es", "fr", "de", "it", "zh", "hi", "ar", "ru")


def visit_events(language: str, *turns: tuple[str, str]) -> list[Event]:
    """A visit in one language: who ("doctor" or "patient") said what, from utterance 1."""
    events: list[Event] = [opening(language)]
    for number, (who, text) in enumerate(turns, start=1):
        events += turn(number, Span(3.0 * number, 3.0 * number + 2.0), text, language, who)
    return [*events, assigned("doctor", Role.DOCTOR), assigned("patient", Role.PATIENT)]


def visit(language: str, *turns: tuple[str, str]) -> Material:
    """What a note of it is made of."""
    return gather(visit_events(language, *turns))


def question(id: str, slot: Slot, label: str, *, sign: str = "", expects: str = "yes-no", **more: object) -> Question:  # noqa: A002
    """One of a pack, its label with the language's tag before it in all but English."""
    labels = {tag: label if tag == "en" else f"{tag}:{label}" for tag in LANGUAGES}
    return Question(id, slot, expects, labels, labels, sign=sign, **more)  # type: ignore[arg-type]


QUESTIONS = (
    question("common.reason", Slot.CHIEF_COMPLAINT, "Reason", expects="text"),
    question("chest.since", Slot.ONSET, "Since", expects="duration"),
    question("chest.how-bad", Slot.SEVERITY, "How bad", expects="scale"),
    question("chest.breath", Slot.ASSOCIATED, "Short of breath", sign="breathless"),
    question("chest.sweat", Slot.ASSOCIATED, "Cold sweat", sign="sweating-cold"),
    question("chest.faint", Slot.ASSOCIATED, "Fainted", sign="fainted"),
    question("common.allergies", Slot.ALLERGIES, "Allergies", expects="allergies"),
    question("common.drugs", Slot.DRUGS, "Medicines", expects="drugs"),
    question("common.family", Slot.FAMILY, "Family", expects="text"),
    question(
        "common.sex",
        Slot.PERSON,
        "Sex",
        expects="choice",
        options=(Option("female", {tag: (f"{tag}:woman",) for tag in LANGUAGES}),),
    ),
)
LABELS = Labels.of(QUESTIONS)


def fact(utterance: int, slot: Slot, name: str, state: str, words: str, value: str = "", **more: str) -> FactNoted:
    """What an utterance of an interview says."""
    by, asked = more.get("by", "rule"), more.get("question", "")
    return FactNoted(
        at=utterance * 10.0,
        utterance=UtteranceId(utterance),
        slot=slot.value,
        name=name,
        state=state,
        value=value,
        words=words,
        by=by,
        question=asked,
    )


def interview_events() -> list[Event]:
    """An assistant asks in Portuguese for a doctor who speaks English. Even utterances are the patient's."""
    events: list[Event] = [opening("en", "pt")]
    for number, (asked, english, answer, translation) in enumerate(_ASKED, start=1):
        events += _said(2 * number - 1, asked, Role.ASSISTANT, english)
        events.append(
            QuestionAsked(at=number * 20.0 - 10.0, utterance=UtteranceId(2 * number - 1), question="q", act="ask")
        )
        events += _said(2 * number, answer, Role.PATIENT, translation)
    events += _FACTS
    events += [
        AlarmRaised(
            at=80.0,
            utterance=UtteranceId(8),
            alarm="acs",
            level="emergency",
            reason="chest pain with breathlessness",
            signs=("chest-pain", "breathless"),
            evidence=(UtteranceId(2), UtteranceId(6)),
        ),
        ConflictFound(
            at=120.0,
            utterance=UtteranceId(12),
            kind="interaction",
            names=("ibuprofen", "warfarin"),
            severity="major",
            message="may cause bleeding",
            source="SmPC",
            evidence=(UtteranceId(12),),
        ),
        InterviewClosed(at=140.0, reason="budget", n_questions=7, open=("common.family",)),
        SessionClosed(at=140.0, reason="finished", n_utterances=14),
    ]
    return events


_ASKED = (
    ("O que o traz cá?", "What brings you here?", "Tenho uma dor no peito.", "I have a pain in my chest."),
    ("Desde quando?", "Since when?", "Há três dias.", "For three days."),
    ("Tem falta de ar?", "Are you short of breath?", "Sim.", "Yes."),
    ("Tem suores frios?", "Do you have cold sweats?", "Não.", "No."),
    ("Desmaiou?", "Did you faint?", "Não sei.", "I do not know."),
    ("Que medicamentos toma?", "Which medicines do you take?", "Varfarina e ibuprofeno.", "Warfarin and ibuprofen."),
    ("Tem alergias?", "Do you have allergies?", "Não.", "No."),
)

_FACTS: Sequence[Event] = (
    fact(2, Slot.CHIEF_COMPLAINT, "common.reason", "told", "Tenho uma dor no peito.", "Tenho uma dor no peito."),
    fact(4, Slot.ONSET, "chest.since", "told", "Há três dias.", "3 day", question="chest.since"),
    fact(6, Slot.ASSOCIATED, "breathless", "present", "Sim.", question="chest.breath"),
    fact(8, Slot.ASSOCIATED, "sweating-cold", "absent", "Não.", question="chest.sweat"),
    fact(10, Slot.ASSOCIATED, "fainted", "unknown", "Não sei.", question="chest.faint"),
    fact(12, Slot.DRUGS, "common.drugs", "told", "Varfarina e ibuprofeno.", "warfarin; ibuprofen"),
    fact(14, Slot.ALLERGIES, "common.allergies", "absent", "Não.", question="common.allergies"),
)


def _said(number: int, text: str, role: Role, translation: str) -> list[Event]:
    span = Span(number * 10.0 - 2.0, number * 10.0)
    spoken = TurnAttributed(
        at=span.end,
        utterance=UtteranceId(number),
        span=span,
        role=role,
        method="channel",
        confidence=1.0,
        hypothesis=heard(text, "pt", span),
    )
    return [spoken, translated(number, span.end, text, translation, "pt", "en")]
