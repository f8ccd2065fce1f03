"""Scores of visits, as counts: what was asked, written down and concluded, and whether patients kept to the facts."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from voicedoc.converse.complaints.pack import Slot
from voicedoc.evaluate.consult_cases import LEVELS, NONE, Case, Fact, Item
from voicedoc.evaluate.consult_check import faults
from voicedoc.evaluate.consult_rewards import (
    is_informative,
    is_over,
    is_repeated,
    visit_combined,
    visit_efficiency,
    visit_reward,
)
from voicedoc.evaluate.consult_visit import Noted, Visit
from voicedoc.evaluate.curves import Curve
from voicedoc.evaluate.rows import Row
from voicedoc.evaluate.scores import Counts, Scorer, f1, ratio, share, whole

_ALWAYS = frozenset({Slot.PERSON.value, Slot.CHIEF_COMPLAINT.value})

HONEST, INVENTING = "honest", "inventing"


def covered(visit: Visit, n_questions: int | None = None) -> frozenset[Item]:
    """The must-ask items that the opening told, or that one of the first questions asks for."""
    told = {*visit.case.told, *(key for one in visit.exchanges[:n_questions] for key in one.asks)}
    return frozenset(item for item in visit.case.must if told & set(item))


def coverage(n_questions: int | None = None) -> Callable[[Visit], Counts]:
    """Must-ask items covered after so many questions, of all. A visit that ended before stays where it was."""

    def count(visit: Visit) -> Counts:
        return (len(covered(visit, n_questions)), len(visit.case.must))

    return count


def is_emergency(case: Case) -> bool:
    """Whether the case is one."""
    return case.level == "emergency"


def wanted_facts(case: Case) -> dict[str, Fact]:
    """What a whole history has: the signs that are there, and what is told for each slot."""
    told = {sign: Fact(sign) for sign in case.told}
    return told | {fact.key: fact for fact in case.facts if not fact.unknown}


def is_right(noted: Noted, visit: Visit) -> bool:
    """Whether something written down is so: a sign that is there, a value that the patient gave."""
    if noted.state == "present":
        return noted.name in visit.case.signs
    wanted = wanted_facts(visit.case)
    fact = wanted.get(_key(noted, wanted))
    if fact is None:
        return False
    if fact.value == NONE or _says_none(noted):
        return fact.value == NONE and _says_none(noted)
    return (
        _same_value(noted, fact)
        if fact.value
        else any(form in noted.words or noted.words in form for form in fact.said)
    )


def _key(noted: Noted, wanted: Container[str]) -> str:
    """A sign or a question that is wanted, or the slot of what was told in words."""
    return noted.name if Fact(noted.name).is_sign or noted.name in wanted else noted.slot


def _same_value(noted: Noted, fact: Fact) -> bool:
    return fact.value == noted.value or fact.value.lower() in noted.value.lower().replace(",", " ").split()


def telling(visit: Visit) -> list[Noted]:
    """What was written down that says something: no denied signs, and nothing that the patient did not know."""
    return [noted for noted in visit.noted if noted.state in ("present", "told") or _says_none(noted)]


def _says_none(noted: Noted) -> bool:
    """Whether it says that there are none: medicines, allergies."""
    return noted.state == "absent" and not Fact(noted.name).is_sign


def _facts(visit: Visit) -> Counts:
    """Right, found and wanted.

    Left out: signs that only follow from others, "none" of what no fact is about, who the patient is, and the opening.
    """
    wanted = wanted_facts(visit.case)
    told = [noted for noted in telling(visit) if not (_says_none(noted) and noted.slot not in wanted)]
    found = {_key(noted, wanted) for noted in told} - (visit.case.signs - wanted.keys()) - _ALWAYS
    return (len(_right(visit) & wanted.keys()), len(found), len(wanted))


def _right(visit: Visit) -> set[str]:
    """The keys of what was written down rightly, at least once."""
    wanted = wanted_facts(visit.case)
    return {_key(noted, wanted) for noted in telling(visit) if is_right(noted, visit)}


def _facts_told(visit: Visit) -> Counts:
    """The same among facts that the patient did tell: how well answers are read, whatever was asked."""
    told = {*visit.case.told, *(exchange.fact for exchange in visit.exchanges)}
    wanted = {key for key in wanted_facts(visit.case) if key in told}
    return (len(_right(visit) & wanted), len(wanted))


def _signs_wrong(visit: Visit) -> Counts:
    """Signs written down that are not there, or denied that are."""
    signs = [noted for noted in visit.noted if noted.state in ("present", "absent")]
    wrong = [noted for noted in signs if (noted.state == "present") != (noted.name in visit.case.signs)]
    return (len(wrong), len(signs))


def _repeated(visit: Visit) -> Counts:
    n = len(visit.exchanges)
    return (sum(is_repeated(visit.exchanges, at) for at in range(n)), n)


def _informative(visit: Visit) -> Counts:
    return (sum(map(is_informative, visit.exchanges)), len(visit.exchanges))


def _stopped(visit: Visit) -> Counts | None:
    """Emergencies after which nothing more was asked."""
    if not is_emergency(visit.case):
        return None
    alarm = visit.alarm
    return (float(alarm is not None and len(visit.exchanges) == alarm.turn), 1.0)


def _questions_to_alarm(visit: Visit) -> Counts | None:
    alarm = visit.alarm if is_emergency(visit.case) else None
    return None if alarm is None else (alarm.turn, 1.0)


def _is_under(visit: Visit) -> bool:
    """Whether it came to a level that is less urgent than the right one. No level is the least."""
    levels = (*LEVELS, "")
    return levels.index(visit.level) > levels.index(visit.case.level)


def _faulty(visit: Visit) -> Counts:
    return (sum(map(bool, faults(visit))), len(visit.exchanges))


def _invented_caught(visit: Visit) -> Counts:
    planted = [exchange.kind == "invented" for exchange in visit.exchanges]
    caught = [bool(found) for found in faults(visit)]
    return (sum(one and other for one, other in zip(planted, caught, strict=True)), sum(planted))


def _each(value: Callable[[Visit], float]) -> Callable[[Visit], Counts]:
    """A value of each visit, whose mean is the figure."""
    return lambda visit: (value(visit), 1.0)


def _only(condition: Callable[[Case], bool], count: Callable[[Visit], Counts]) -> Callable[[Visit], Counts | None]:
    return lambda visit: count(visit) if condition(visit.case) else None


def _calm(case: Case) -> bool:
    return not is_emergency(case)


def _of(count: Callable[[Visit], Counts | None], patient: str = HONEST) -> Callable[[Row], Counts | None]:
    """Counts of a row's visit; none where there is no visit, or the patient is of another kind."""
    return lambda row: count(row.visit) if row.visit is not None and row.visit.patient == patient else None


def _scorer(
    name: str,
    title: str,
    count: Callable[[Visit], Counts | None],
    *,
    lower: bool = False,
    unit: str = "%",
    patient: str = HONEST,
) -> Scorer:
    return Scorer(name, title, lower, whole(_of(count, patient)), share if unit == "%" else ratio, unit)


def _scorers() -> Iterator[Scorer]:
    yield _scorer("must-ask", "must-ask items asked or told", coverage())
    yield _scorer("must-ask-5", "must-ask items after 5 questions", coverage(5))
    yield _scorer("must-ask-10", "must-ask items after 10 questions", coverage(10))
    yield _scorer("must-ask-calm", "must-ask items where it is no emergency", _only(_calm, coverage()))
    n_asked = _each(lambda visit: len(visit.exchanges))
    yield _scorer("questions", "questions asked", n_asked, lower=True, unit="questions")
    calm_title = "questions asked where it is no emergency"
    yield _scorer("questions-calm", calm_title, _only(_calm, n_asked), lower=True, unit="questions")
    yield _scorer("repeated", "questions asked before", _repeated, lower=True)
    yield _scorer("over-budget", "visits that used up the budget", _each(is_over), lower=True)
    alarmed = _each(lambda visit: visit.alarm is not None)
    yield _scorer("red-flags", "emergencies with an alarm", _only(is_emergency, alarmed))
    yield _scorer("false-emergencies", "other visits with an emergency alarm", _only(_calm, alarmed), lower=True)
    yield _scorer("to-alarm", "questions before the alarm", _questions_to_alarm, lower=True, unit="questions")
    yield _scorer("stopped", "emergencies where asking stopped at once", _stopped)
    yield _scorer("level", "visits with the right level", _each(lambda visit: visit.level == visit.case.level))
    yield _scorer("under", "visits with too low a level", _each(_is_under), lower=True)
    yield Scorer("facts-f1", "facts written down, F1", False, whole(_of(_facts)), f1)
    calm_facts = whole(_of(_only(_calm, _facts)))
    yield Scorer("facts-f1-calm", "facts written down where it is no emergency, F1", False, calm_facts, f1)
    yield _scorer("facts-read", "facts written down, of those told", _facts_told)
    yield _scorer("signs-wrong", "signs written down wrongly", _signs_wrong, lower=True)
    yield _scorer("informative", "questions that the patient could answer", _informative)
    yield _scorer("reward", "DoctorAgent-RL's reward", _each(visit_reward), unit="points")
    yield _scorer(
        "combined", "combined score, by rule", _each(lambda visit: 100.0 * visit_combined(visit)), unit="points"
    )
    yield _scorer("dei", "efficiency, DEI", _each(lambda visit: 100.0 * visit_efficiency(visit)), unit="points")
    yield _scorer("patient-faults", "answers in which the patient strays from the facts", _faulty, lower=True)
    caught = "of answers made up on purpose, those that the check finds"
    yield _scorer("inventions-caught", caught, _invented_caught, patient=INVENTING)


CONSULT_SCORERS = tuple(_scorers())
"""Measures of visits."""


def _by_question(condition: Callable[[Case], bool]) -> Callable[[Row], list[Counts]]:
    """Must-ask items after no question, after one, and so on to the budget."""

    def points(row: Row) -> list[Counts]:
        visit = row.visit
        if visit is None or visit.patient != HONEST or not condition(visit.case):
            return []
        return [coverage(n_questions)(visit) for n_questions in range(visit.budget + 1)]

    return points


def _anybody(_: Case) -> bool:
    return True


def _curve(name: str, title: str, condition: Callable[[Case], bool]) -> Curve:
    return Curve(name, title, "questions asked", _by_question(condition), share)


CONSULT_CURVES = (
    _curve("must-ask-by-question", "Must-ask items asked or told, by question", _anybody),
    _curve("must-ask-by-question-calm", "The same where it is no emergency: asking does not stop early", _calm),
)
"""Measures of visits as they go on."""
