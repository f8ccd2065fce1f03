"""What is known of a patient from all that was said so far: a fold over the utterances in the order of their times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voicedoc.converse.advice.heard import Heard
from voicedoc.converse.medicines.read import Named, State
from voicedoc.converse.signs.lexicon import kinds
from voicedoc.core.speech import Role, UtteranceId
from voicedoc.guard.answers import Answer

Said = tuple[UtteranceId, ...]
"""The utterances that say something, in order."""

_NO_MEDICINES = frozenset({"alcohol", "grapefruit"})


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that an utterance says for the history. `kind`: "sign", "medicine" or "allergy".

    `answers`: with a plain yes or no to a question.
    """

    utterance: UtteranceId
    kind: str
    name: str
    present: bool
    words: str
    answers: bool = False


@dataclass
class Picture:
    """`signs` and `conditions`: whether present, and who said so. `drugs` are taken or proposed now.

    `told` are the drugs that the patient takes by their own words. `asked` are questions by id.
    """

    signs: dict[str, tuple[bool, UtteranceId]] = field(default_factory=dict)
    drugs: dict[str, Said] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    allergies: dict[str, Said] = field(default_factory=dict)
    conditions: dict[str, Said] = field(default_factory=dict)
    complaints: dict[str, UtteranceId] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    facts: list[Fact] = field(default_factory=list)

    @property
    def present(self) -> dict[str, Said]:
        """The signs and conditions that are there, with who said so."""
        signs = {name: (said,) for name, (is_present, said) in self.signs.items() if is_present}
        return {**signs, **self.conditions}

    def knows(self, sign: str) -> bool:
        """Whether it has been told that a sign is there, or that it is not."""
        return sign in self.signs


def picture_of(said: Iterable[Heard]) -> Picture:
    """Fold utterances, whatever order they come in."""
    picture = Picture()
    before: Heard | None = None
    for one in sorted(said, key=lambda one: (one.at, one.utterance)):
        _Fold(picture, one, before).run()
        before = before if _is_yes_to_the_interpreter(one) else one
    return picture


@dataclass(frozen=True, slots=True)
class _Fold:
    """One utterance on its way into the picture; `before` is the one that it may answer."""

    picture: Picture
    one: Heard
    before: Heard | None

    def run(self) -> None:
        picture, one = self.picture, self.one
        picture.asked.update(one.asked.questions)
        for complaint in one.complaints if picture.complaints else one.told_complaints:
            picture.complaints.setdefault(complaint, one.utterance)
        for sign in one.signs:
            self._sign(sign.name, sign.present, sign.words)
        question = self.before if self.before and one.may_answer(self.before) else None
        for named in one.medicines:
            self._medicine(_in_answer(named, question))
        if question and one.answer in (Answer.YES, Answer.NO):
            self._answered(question, yes=one.answer is Answer.YES)

    # --- signs

    def _sign(self, name: str, present: bool, words: str, *, answers: bool = False) -> None:
        self.picture.signs[name] = (present, self.one.utterance)
        self._fact("sign", name, present, words, answers=answers)

    def _fact(self, kind: str, name: str, present: bool, words: str, *, answers: bool = False) -> None:
        self.picture.facts.append(Fact(self.one.utterance, kind, name, present, words, answers))

    # --- medicines

    def _medicine(self, named: Named) -> None:
        match named.kind, named.state:
            case "allergy", State.NOW:
                self._add(self.picture.allergies, named.name)
                self._own_fact("allergy", named, present=True)
            case "allergy", State.DENIED if self.one.tells:
                self.picture.allergies.pop(named.name, None)
                self._own_fact("allergy", named, present=False)
            case "condition", State.NOW:
                self._add(self.picture.conditions, named.name)
            case "condition", State.DENIED:
                self.picture.conditions.pop(named.name, None)
            case "medicine", State.NOW:
                self._takes(named)
            case "medicine", State.ASKED if self.one.role in (
                Role.PATIENT,
                Role.OTHER,
            ):  # "Can I take ibuprofen?" is worth a warning
                self._add(self.picture.drugs, named.name)
            case "medicine", State.STOPPED | State.DENIED:
                self._takes_not(named)
            case _:
                pass  # what is only asked about is neither taken nor not

    def _takes(self, named: Named) -> None:
        self._add(self.picture.drugs, named.name)
        if self.one.tells:
            self.picture.told.add(named.name)
            self._own_fact("medicine", named, present=True)

    def _takes_not(self, named: Named) -> None:
        """ "Don't take aspirin with your warfarin" does not say that the patient takes no warfarin."""
        if not self.one.tells and named.state is State.DENIED and named.name in self.picture.told:
            return
        self.picture.drugs.pop(named.name, None)
        self.picture.told.discard(named.name)
        self._own_fact("medicine", named, present=False)

    def _own_fact(self, kind: str, named: Named, *, present: bool) -> None:
        if self.one.tells and named.name not in _NO_MEDICINES:
            self._fact(kind, named.name, present, named.words)

    def _add(self, known: dict[str, Said], name: str, *also: UtteranceId) -> None:
        known[name] = tuple(dict.fromkeys((*known.get(name, ()), *also, self.one.utterance)))

    # --- answers

    def _answered(self, question: Heard, *, yes: bool) -> None:
        """A plain no denies all that was asked. A plain yes to several things: nobody knows to which."""
        open_signs = [name for name in question.asked.last if not self.picture.knows(name)]
        named = [one for one in question.medicines if one.state is State.ASKED]
        for name in open_signs if not yes or len(open_signs) == 1 else ():
            self._sign(name, yes, self.one.words, answers=True)
            for meant in kinds().means.get(name, ()) if yes else ():
                self._sign(meant, True, self.one.words)
        for one in named if not yes or len(named) == 1 else ():
            self._answered_about(one, question.utterance, yes=yes)

    def _answered_about(self, named: Named, asked: UtteranceId, *, yes: bool) -> None:
        known = self._known(named)
        if yes:
            self._add(known, named.name, asked)
        else:
            known.pop(named.name, None)
        if named.kind == "medicine" and yes:
            self.picture.told.add(named.name)
        if named.kind != "condition" and named.name not in _NO_MEDICINES:
            self._fact(named.kind, named.name, yes, self.one.words)

    def _known(self, named: Named) -> dict[str, Said]:
        picture = self.picture
        return {"medicine": picture.drugs, "allergy": picture.allergies, "condition": picture.conditions}[named.kind]


def _is_yes_to_the_interpreter(one: Heard) -> bool:
    """A clinician's plain yes answers "You said penicillin. Correct?": the question to the patient still stands."""
    return not one.tells and one.answer in (Answer.YES, Answer.NO)


def _in_answer(named: Named, question: Heard | None) -> Named:
    """ "Penicillin", where that is all that is said of it, after "Are you allergic to anything?"."""
    if question is None or named.kind != "medicine" or named.is_marked or not question.asked.about_allergy:
        return named
    return replace(named, kind="allergy")


def evidence_of(signs: Sequence[str], known: Mapping[str, tuple[bool, UtteranceId]]) -> Said:
    """The utterances that said these signs, in order."""
    return tuple(sorted({known[sign][1] for sign in signs if sign in known}))
