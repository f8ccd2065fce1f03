"""Visits made by hand."""

from __future__ import annotations

from voicedoc.converse.complaints.pack import Expects, Question, Slot
from voicedoc.evaluate.consult_cases import Case, Fact
from voicedoc.evaluate.consult_patient import Kind
from voicedoc.evaluate.consult_visit import Exchange, Noted, Raised, Visit
from voicedoc.evaluate.rows import Row


def case(
    *, level: str = "soon", facts: tuple[Fact, ...] = (), told: tuple[str, ...] = ("headache",), language: str = "en"
) -> Case:
    """Somebody with a migraine."""
    return Case(
        id="made",
        language=language,
        complaint="headache",
        level=level,
        conclusion="migraine",
        recommendation="Rest.",
        age=30,
        sex="female",
        opening="My head hurts.",
        told=told,
        facts=facts,
        must=(("headache",), ("onset",), ("nausea", "vomiting"), ("drugs",)),
    )


def question(sign: str = "", slot: Slot = Slot.ASSOCIATED, expects: Expects = "yes-no", name: str = "") -> Question:
    """A question for a sign or a slot."""
    text = {"en": f"What about {name or sign or slot}?"}
    return Question(f"made.{name or sign or slot}", slot, expects, text, text, sign=sign)


def asked(  # a question and its answer
    text: str,
    *,
    question: str = "",
    asks: tuple[str, ...] = (),
    answer: str = "Yes.",
    kind: Kind = "told",
    fact: str = "",
) -> Exchange:
    """A question and its answer; one for a single sign is answered by yes or no."""
    sign = asks[0] if len(asks) == 1 and Fact(asks[0]).is_sign else ""
    expects = "yes-no" if sign else "text"
    return Exchange(question, asks, sign, expects, "ask", text, answer, kind, fact)


def held(
    *exchanges: Exchange,
    of: Case | None = None,
    noted: tuple[Noted, ...] = (),
    raised: tuple[Raised, ...] = (),
    reason: str = "complete",
    level: str = "",
    complaint: str = "",
    conclusion: str = "",
    recommendation: str = "",
    patient: str = "honest",
) -> Visit:
    """A visit that has taken place."""
    return Visit(
        case=of or case(),
        budget=10,
        exchanges=exchanges,
        noted=noted,
        raised=raised,
        reason=reason,
        level=level,
        complaint=complaint,
        conclusion=conclusion,
        recommendation=recommendation,
        patient=patient,
    )


def row(visit: Visit | None) -> Row:
    """The outcome of a visit."""
    return Row("1", "en interview", "1", "en", "", "", visit=visit)
