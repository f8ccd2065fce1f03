"""Who is the doctor and who the patient, from what each speaker said: a pure function, with reasons for people.

What a person said by hand wins, then a voice sample, then language, then questions and phrases. The evidence of each
speaker adds up to a lean towards the doctor, in log-odds: only differences between speakers count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from voicedoc.attribute.diarizer import Voice
from voicedoc.attribute.wording import Wording, wording_of
from voicedoc.core.languages import same_language
from voicedoc.core.speech import Role

LANGUAGE = 6.0
"""Lean of somebody who speaks the doctor's language only, against one who never does."""

QUESTIONS = 1.0
PHRASES = 1.5
FIRST = 0.3
"""Lean per question and per phrase (over the square root of all of them, as they are not independent), and for who
begins. Chosen on the development set's 23 English consultations, cut into pieces of 4 to 32 turns."""

TIE = 0.4
"""Lean by which two speakers must differ to be told apart: odds of 3 to 2."""

MOST = 0.98
"""The confidence of a conclusion is never above this; only what is given by hand is certain."""

ALONE_AT_MOST = 0.7
"""Confidence in the role of a speaker with whom nobody can be compared."""

BY_ELIMINATION = 0.9
"""Confidence in the one that is left."""

USUAL_QUESTIONS = 0.15
"""Share of questions among sentences, between a patient's (at most 0.08 in those consultations) and a doctor's (at
least 0.21)."""

BYSTANDER = 0.1
"""Who speaks less than this share of the longest speaker's time is neither doctor nor patient, where two others are."""

SAME_VOICE = 0.5
CLEARER_BY = 0.1
"""Cosine with a voice sample from which a speaker is that person, and its lead over the next speaker's."""

INTERPRETS_FROM = 0.2
INTERPRETS_LONG = 2.0
"""Share of either language, and seconds of it, from which somebody among three or more speaks both."""


class Spoken(NamedTuple):
    """One piece of what a speaker said, in the order of time. `sure` is the confidence in the language."""

    speaker: str
    text: str
    language: str
    sure: float
    seconds: float


class Conclusion(NamedTuple):
    """Who a speaker is; `confidence` in [0, 1], 0.0 for an unknown role."""

    speaker: str
    role: Role
    confidence: float
    reasons: tuple[str, ...]


@dataclass
class _Speaker:
    """What is known of one speaker. `own` are seconds in the doctor's language, `all` in any, weighted by certainty."""

    label: str
    begins: bool
    seconds: float = 0.0
    own: float = 0.0
    all: float = 0.0
    wording: Wording = field(default_factory=Wording)
    lean: float = 0.0

    @property
    def share(self) -> float:
        """How much of it is in the doctor's language; drawn to a half where little was said."""
        return (self.own + 1.0) / (self.all + 2.0)

    @property
    def speaks_both(self) -> bool:
        lesser = min(self.own, self.all - self.own)
        return lesser >= max(INTERPRETS_LONG, INTERPRETS_FROM * self.all)


def conclude(
    spoken: Sequence[Spoken],
    languages: Sequence[str],
    *,
    given: Mapping[str, Role] | None = None,
    voices: Mapping[str, Voice] | None = None,
    samples: Mapping[Role, Voice] | None = None,
) -> list[Conclusion]:
    """Who each speaker of `spoken` is, in order of appearance.

    `languages` are those that may be heard, the doctor's first. `given` is by hand, `voices` are the speakers',
    `samples` those of known people.
    """
    speakers = _speakers(spoken, languages[0])
    _weigh(speakers, languages)
    fixed = _given(speakers, given or {})
    fixed |= _by_voice([s for s in speakers if s.label not in fixed], fixed, voices or {}, samples or {})
    found = fixed | _concluded([s for s in speakers if s.label not in fixed], {c.role for c in fixed.values()})
    evidence = _Evidence(speakers, languages)
    return [_explained(found[s.label], evidence.of(s)) for s in speakers]


def _speakers(spoken: Sequence[Spoken], language: str) -> list[_Speaker]:
    found: dict[str, _Speaker] = {}
    for piece in spoken:
        speaker = found.setdefault(piece.speaker, _Speaker(piece.speaker, begins=not found))
        speaker.seconds += piece.seconds
        speaker.all += piece.seconds * piece.sure
        speaker.own += piece.seconds * piece.sure * same_language(piece.language, language)
        speaker.wording += wording_of(piece.text, piece.language)
    return list(found.values())


def _weigh(speakers: Sequence[_Speaker], languages: Sequence[str]) -> None:
    """Set each speaker's lean."""
    total = _total(speakers)
    for speaker in speakers:
        counts = speaker.wording
        n_phrases = total.n_doctor + total.n_patient
        speaker.lean = (
            QUESTIONS * counts.n_questions / math.sqrt(total.n_questions + 1)
            + PHRASES * (counts.n_doctor - counts.n_patient) / math.sqrt(n_phrases + 1)
            + FIRST * speaker.begins
            + (LANGUAGE * speaker.share if len(languages) > 1 else 0.0)
        )


def _total(speakers: Sequence[_Speaker]) -> Wording:
    return sum((speaker.wording for speaker in speakers), Wording())


# --- what a person or a voice says


def _given(speakers: Sequence[_Speaker], given: Mapping[str, Role]) -> dict[str, Conclusion]:
    return {s.label: Conclusion(s.label, given[s.label], 1.0, ("given by hand",)) for s in speakers if s.label in given}


def _by_voice(
    speakers: Sequence[_Speaker],
    taken: Mapping[str, Conclusion],
    voices: Mapping[str, Voice],
    samples: Mapping[Role, Voice],
) -> dict[str, Conclusion]:
    """The speaker who sounds like a sample, for each role that nobody has been given."""
    found: dict[str, Conclusion] = {}
    roles = {conclusion.role for conclusion in taken.values()}
    for role, sample in samples.items():
        alike = {
            s.label: _cosine(voices[s.label], sample) for s in speakers if s.label in voices and s.label not in found
        }
        best, *rest = sorted(alike.items(), key=lambda item: -item[1]) or [("", 0.0)]
        if role not in roles and best[1] >= SAME_VOICE and all(best[1] - other >= CLEARER_BY for _, other in rest):
            reason = f"sounds like the {role.value}'s voice sample ({best[1]:.2f})"
            found[best[0]] = Conclusion(best[0], role, MOST, (reason,))
    return found


def _cosine(one: Voice, other: Voice) -> float:
    return float(np.dot(one, other) / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(other))))


# --- what the evidence says


def _concluded(speakers: Sequence[_Speaker], taken: set[Role]) -> dict[str, Conclusion]:
    """The roles of those of whom nobody has said who they are. `taken` are roles that somebody has."""
    roles = [role for role in (Role.DOCTOR, Role.PATIENT) if role not in taken]
    main, aside = _main(speakers, n_wanted=len(roles))
    others = {s.label: Conclusion(s.label, Role.OTHER, BY_ELIMINATION, (reason,)) for s, reason in aside}
    if not roles:
        return others | {s.label: _other(s, BY_ELIMINATION, "doctor and patient are others") for s in main}
    if not main:
        return others
    if len(main) == 1:
        only = main[0]
        return others | {only.label: _last(only, roles[0]) if len(roles) == 1 else _alone(only)}
    return others | _compared(sorted(main, key=lambda s: -s.lean), roles)


def _main(speakers: Sequence[_Speaker], n_wanted: int) -> tuple[list[_Speaker], list[tuple[_Speaker, str]]]:
    """Those who may be doctor or patient, and those who are neither, with the reason."""
    main, aside = list(speakers), []
    longest = max((s.seconds for s in speakers), default=0.0)
    for speaker in sorted(speakers, key=lambda s: s.seconds):
        if len(main) > n_wanted and speaker.seconds < BYSTANDER * longest:
            main.remove(speaker)
            aside.append((speaker, "speaks little"))
    interpreters = _interpreters(main)
    if len(main) - len(interpreters) >= n_wanted:
        main = [s for s in main if s not in interpreters]
        aside += [(s, "speaks both languages") for s in interpreters]
    return main, aside


def _interpreters(speakers: Sequence[_Speaker]) -> list[_Speaker]:
    """Who speaks both languages, where others speak one each."""
    both = [s for s in speakers if s.speaks_both]
    single = [s.share > 0.5 for s in speakers if not s.speaks_both]
    return both if True in single and False in single else []


def _compared(ranked: Sequence[_Speaker], roles: Sequence[Role]) -> dict[str, Conclusion]:
    """The role of each of two or more: the ends of the ranking are doctor and patient, who is between is neither.

    Neighbours that tie for an open role are both unknown.
    """
    margins = {Role.DOCTOR: ranked[0].lean - ranked[1].lean, Role.PATIENT: ranked[-2].lean - ranked[-1].lean}
    ends = {Role.DOCTOR: (ranked[0], ranked[1]), Role.PATIENT: (ranked[-1], ranked[-2])}
    sure = _sure(min(margins[role] for role in roles))
    found = {s.label: _other(s, sure, "others are more like doctor and patient") for s in ranked}
    for role in roles:
        owner, rival = ends[role]
        if margins[role] < TIE:
            found |= {s.label: Conclusion(s.label, Role.UNKNOWN, 0.0, ()) for s in (owner, rival)}
        else:
            found[owner.label] = Conclusion(owner.label, role, _sure(margins[role]), ())
    return found


def _last(speaker: _Speaker, role: Role) -> Conclusion:
    return Conclusion(speaker.label, role, BY_ELIMINATION, ("the only other speaker",))


def _other(speaker: _Speaker, confidence: float, reason: str) -> Conclusion:
    return Conclusion(speaker.label, Role.OTHER, confidence, (reason,))


def _alone(speaker: _Speaker) -> Conclusion:
    """The only speaker. Few questions do not make a patient: a doctor may dictate."""
    counts = speaker.wording
    n_phrases = counts.n_doctor + counts.n_patient
    more = max(0.0, counts.n_questions - USUAL_QUESTIONS * counts.n_sentences)
    lean = more / math.sqrt(counts.n_questions + 1) + PHRASES * (counts.n_doctor - counts.n_patient) / math.sqrt(
        n_phrases + 1
    )
    if abs(lean) < TIE:
        return Conclusion(speaker.label, Role.UNKNOWN, 0.0, ("the only speaker",))
    role = Role.DOCTOR if lean > 0 else Role.PATIENT
    return Conclusion(speaker.label, role, min(ALONE_AT_MOST, _sure(abs(lean))), ("the only speaker",))


def _sure(margin: float) -> float:
    """The probability that goes with a difference of log-odds."""
    return min(MOST, 1.0 / (1.0 + math.exp(-margin)))


# --- reasons


class _Evidence:
    """What can be said to people about each speaker. Counts only: never a word of what was said."""

    def __init__(self, speakers: Sequence[_Speaker], languages: Sequence[str]) -> None:
        self._total = _total(speakers)
        self._language = languages[0]
        self._both_heard = any(speaker.own < speaker.all for speaker in speakers)
        self._compared = len(speakers) > 1

    def of(self, speaker: _Speaker) -> tuple[str, ...]:
        counts, total = speaker.wording, self._total
        facts = {
            f"speaks {self._language} {_share(speaker.own, speaker.all)} of the time": self._both_heard,
            f"asks {counts.n_questions} of {total.n_questions} questions": total.n_questions > 0,
            f"{counts.n_doctor} of {total.n_doctor} phrases of clinicians": total.n_doctor > 0,
            f"{counts.n_patient} of {total.n_patient} phrases of patients": total.n_patient > 0,
            "speaks first": speaker.begins and self._compared,
        }
        return tuple(fact for fact, holds in facts.items() if holds)


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else "0%"


def _explained(conclusion: Conclusion, evidence: tuple[str, ...]) -> Conclusion:
    """What was given by hand needs no evidence."""
    if conclusion.confidence == 1.0:
        return conclusion
    return conclusion._replace(reasons=(*conclusion.reasons, *evidence))
