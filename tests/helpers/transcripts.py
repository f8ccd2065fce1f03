"""A consultation as a journal tells it: two speakers in English and Portuguese, one more in Arabic.

What each utterance is there for: 1 a question, 2 its answer, 3 a number that the translation lost (a finding),
4 low confidence, 5 a character that XML escapes, 6 a question and 7 the answer "No.", 8 Arabic by a third voice,
9 nobody known, 10 two speakers, divided into 10 and 13, 11 nothing but a cough, 14 a long sentence, 12 speech into it,
whose translation failed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from voicedoc.core.audio import as_samples
from voicedoc.core.events import (
    AudioClosed,
    AudioOpened,
    Diarized,
    Event,
    Finding,
    ModelUsed,
    NothingHeard,
    Notice,
    NotTranslated,
    RoleAssigned,
    SessionClosed,
    SessionDated,
    SessionOpened,
    TranscriptFinal,
    Translated,
    TurnAttributed,
    Utterance,
    UtteranceDivided,
)
from voicedoc.core.speech import Critical, Hypothesis, Role, Translation, UtteranceId, Word
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.export.transcript import Transcript, transcript_of

DURATION = 75.0
ARABIC = "لا، ليس لديه حساسية من البنسلين."
"""Utterance 8: "No, he has no allergy to penicillin"."""


def consultation() -> Transcript:
    """What `consultation_events` say."""
    return transcript_of(consultation_events())


def consultation_events() -> list[Event]:
    """The journal of a batch job, without timing events except for the date."""
    return [*_opening(), *_spoken(), *_divided(), *_cough(), *_overlapping(), *_closing()]


def opening(*languages: str, targets: tuple[str, ...] = ()) -> SessionOpened:
    """The first event of a batch job."""
    return SessionOpened(
        at=0.0,
        version="0.1.0",
        profile="embedded",
        profile_sha256="c0ffee" * 10 + "0123",
        doctor=languages[0],
        patient=languages[-1],
        models=(
            ModelUsed("recognize", "whisper-small", "ab" * 32, "MIT"),
            ModelUsed("translate", "firefox-en-pt", "cd" * 32, "MPL-2.0"),
        ),
        stages=("read", "segment", "recognize", "attribute", "translate", "guard"),
        languages=languages,
        targets=targets or languages,
    )


def words_in_time(text: str, span: Span, *, confidence: float = 0.9) -> tuple[Word, ...]:
    """The words of `text`, each as long as its characters' share of `span`."""
    words = text.split()
    second = span.duration / max(1, sum(map(len, words)))
    edges = [span.start]
    for word in words:
        edges.append(edges[-1] + second * len(word))
    return tuple(Word(word, Span(edges[n], edges[n + 1]), confidence) for n, word in enumerate(words))


def heard(text: str, language: str, span: Span, *, confidence: float = 0.9) -> Hypothesis:
    """A reading with its words in time."""
    return Hypothesis(text, language, 0.98, confidence, words_in_time(text, span, confidence=confidence))


def turn(number: int, span: Span, text: str, language: str, speaker: str, *, confidence: float = 0.9) -> list[Event]:
    """An utterance that somebody said: its endpoint, its words and its speaker ("" where nobody is known)."""
    key, hypothesis = UtteranceId(number), heard(text, language, span, confidence=confidence)
    return [
        ended(number, span),
        TranscriptFinal(at=span.end, utterance=key, channel=0, span=span, hypothesis=hypothesis),
        attributed(number, span, hypothesis, speaker),
    ]


def ended(number: int, span: Span) -> Utterance:
    """An utterance's endpoint, as it is read back from a journal: without samples."""
    samples = np.zeros(0, np.float32)
    return Utterance(
        at=span.end, utterance=UtteranceId(number), channel=0, span=span, reason="silence", samples=as_samples(samples)
    )


def attributed(number: int, span: Span, hypothesis: Hypothesis, speaker: str) -> TurnAttributed:
    """Who said it, by voice."""
    return TurnAttributed(
        at=span.end,
        utterance=UtteranceId(number),
        span=span,
        role=Role.UNKNOWN,
        method="voice",
        confidence=0.8 if speaker else 0.0,
        hypothesis=hypothesis,
        speaker=speaker,
    )


def translated(number: int, at: float, source_text: str, text: str, source: str, target: str) -> Translated:
    """A translation of one utterance."""
    made = Translation(text, source, target, (f"firefox-{source}-{target}",))
    return Translated(
        at=at, utterance=UtteranceId(number), listener=Role.UNKNOWN, source_text=source_text, translation=made
    )


def assigned(speaker: str, role: Role, *reasons: str, name: str = "") -> RoleAssigned:
    """Who a speaker is."""
    return RoleAssigned(at=DURATION, speaker=speaker, role=role, confidence=0.9, reasons=reasons, name=name)


_SAID = (
    (1, 0.5, 4.0, "Good morning. What brings you in today?", "en", "S1", "Bom dia. O que o traz cá hoje?"),
    (2, 4.6, 10.0, "Tenho uma dor no peito há três dias.", "pt", "S2", "I have had a pain in my chest for three days."),
    (
        3, 11.0, 17.5, "I will prescribe 2.5 mg of bisoprolol, once a day, for 14 days.", "en", "S1",
        "Vou receitar bisoprolol, uma vez por dia, durante 14 dias.",
    ),
    (4, 18.2, 20.0, "O glicémico deu 13.60.", "pt", "S2", "The glycaemic gave 13.60."),
    (
        5, 21.0, 24.5, "Your heart sounds normal & your lungs are clear.", "en", "S1",
        "O seu coração soa normal & os seus pulmões estão limpos.",
    ),
    (6, 25.0, 27.0, "Do you have any allergies?", "en", "S1", "Tem alguma alergia?"),
    (7, 27.4, 27.9, "Não.", "pt", "S2", "No."),
)  # fmt: skip


def _opening() -> list[Event]:
    return [
        opening("en", "pt", "ar", targets=("en", "pt")),
        SessionDated(at=0.0, began="2026-03-02T09:15:00+00:00"),
        AudioOpened(
            at=0.0, source="visit.wav", codec="pcm_s16le", rate=48000, n_channels=1, duration=DURATION, sha256="ef" * 32
        ),
        Notice(at=0.0, code="short-beam", message="the beam is short on this machine", remedy="use --profile server"),
    ]


def _spoken() -> Iterator[Event]:
    for number, start, end, text, language, speaker, translation in _SAID:
        confidence = 0.41 if number == 4 else 0.9
        yield from turn(number, Span(start, end), text, language, speaker, confidence=confidence)
        target = "pt" if language == "en" else "en"
        yield translated(number, end, text, translation, language, target)
        if number == 3:
            yield _lost_dose(end)
    yield from turn(8, Span(29.0, 32.0), ARABIC, "ar", "S3")
    yield translated(8, 32.0, ARABIC, "No, he is not allergic to penicillin.", "ar", "en")
    yield from turn(9, Span(33.0, 34.5), "Okay, thank you.", "en", "")
    yield translated(9, 34.5, "Okay, thank you.", "Está bem, obrigado.", "en", "pt")


def _lost_dose(at: float) -> Finding:
    return Finding(
        at=at,
        utterance=UtteranceId(3),
        verdict="missing",
        item=Critical("number", "2.5", "2.5", 17, 20),
        message="the number 2.5 is not in the translation",
        target="pt",
    )


def _divided() -> list[Event]:
    """One utterance in which both speak: the doctor asks, the patient answers as 13."""
    whole, asked, answered = Span(36.0, 42.0), Span(36.0, 39.0), Span(39.2, 42.0)
    question, answer = "Are you taking any medicines?", "I take metformin 500 mg twice a day."
    key = UtteranceId(10)
    first, second = heard(question, "en", asked), heard(answer, "en", answered)
    both = Hypothesis(f"{question} {answer}", "en", 0.98, 0.9, first.words + second.words)
    return [
        ended(10, whole),
        TranscriptFinal(at=42.0, utterance=key, channel=0, span=whole, hypothesis=both),
        UtteranceDivided(at=42.0, utterance=key, parts=(key, UtteranceId(13))),
        attributed(10, asked, first, "S1"),
        attributed(13, answered, second, "S2"),
        translated(10, 42.0, question, "Está a tomar algum medicamento?", "en", "pt"),
        translated(13, 42.0, answer, "Tomo metformina 500 mg duas vezes por dia.", "en", "pt"),
    ]


def _cough() -> list[Event]:
    key, span = UtteranceId(11), Span(44.0, 44.8)
    return [
        ended(11, span),
        NothingHeard(at=44.8, utterance=key, span=span, reason="no speech"),
    ]


def _overlapping() -> list[Event]:
    """The patient speaks into the doctor's last sentence."""
    advice = "Call an ambulance if the pain comes back, and come to see me again in two weeks."
    return [
        *turn(14, Span(46.0, 54.0), advice, "en", "S1"),
        translated(
            14, 54.0, advice, "Chame uma ambulância se a dor voltar e venha ver-me daqui a duas semanas.", "en", "pt"
        ),
        *turn(12, Span(51.0, 52.5), "Está bem, doutora.", "pt", "S2"),
        NotTranslated(at=52.5, utterance=UtteranceId(12), text="Está bem, doutora.", reason="the translator failed"),
    ]


def _closing() -> list[Event]:
    spans = (
        ("S1", 0.4, 4.1), ("S2", 4.5, 10.2), ("S1", 10.9, 17.6), ("S2", 18.1, 20.1), ("S1", 20.9, 27.1),
        ("S2", 27.3, 28.0), ("S3", 28.9, 32.1), ("S1", 35.9, 39.1), ("S2", 39.1, 42.1), ("S1", 45.9, 54.1),
        ("S2", 50.9, 52.6),
    )  # fmt: skip
    turns = tuple(SpeakerTurn(Span(start, end), speaker) for speaker, start, end in spans)
    return [
        Diarized(at=DURATION, channel=0, turns=turns),
        assigned("S1", Role.DOCTOR, "asks 3 of 3 questions"),
        assigned("S2", Role.PATIENT, "answers 2 questions"),
        AudioClosed(at=DURATION, spool="audio.flac", duration=DURATION),
        SessionClosed(at=DURATION, reason="finished", n_utterances=12),
    ]
