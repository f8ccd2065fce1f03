"""Items that are whole recordings: consultations, conversations, meetings, single utterances, and no speech at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicedoc.core.audio import SPEECH_RATE, Samples
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.evaluate.rows import Account, Item, Recording, Said
from voicedoc.evaluate.systems import Sound
from voicedoc.evaluate.tasks import Task

if TYPE_CHECKING:
    from voicedoc_corpora import devset, simulated

NONSPEECH_SECONDS = 60.0
"""Length of each recording without speech."""


def consultation(task: Task, root: Path) -> Iterator[Item]:
    """The consultation, whose turns have no times, with the task's languages named."""
    from voicedoc_corpora import devset

    found = devset.consultation(root)
    said = tuple(Said(turn.speaker, found.language, turn.text, role=turn.speaker) for turn in found.turns)
    recording = Recording(task.data.languages, found.duration, Account(said))
    yield Item(found.id, "consultation", found.id, found.language, found.reference, "", "", found.audio, recording)


def conversations(task: Task, root: Path) -> Iterator[Item]:
    """Simulated conversations of each pair, the doctor's language first ("en-pt"); those within one language apart."""
    from voicedoc_corpora import simulated

    for pair in task.data.languages:
        doctor, patient = pair.split("-")
        for plan in simulated.plans(root, doctor, patient):
            yield _conversation(plan, simulated.make(plan))


def _conversation(plan: simulated.Plan, made: simulated.Simulated) -> Item:
    from voicedoc_corpora import simulated

    turns = made.consultation.turns
    said = tuple(Said(turn.role.value, turn.language, turn.text, turn.role.value, turn.span) for turn in turns)
    recording = Recording(
        languages=tuple(dict.fromkeys(plan.languages)),
        duration=made.consultation.samples.size / made.consultation.rate,
        truth=Account(said, made.speech),
        sound=lambda: _sound(simulated.make(plan)),  # made again: a task need not hold all of them
    )
    part = "two languages" if len(recording.languages) > 1 else "one language"
    return Item(plan.id, part, plan.id, plan.languages[0], " ".join(s.text for s in said), recording=recording)


def _sound(made: simulated.Simulated) -> Sound:
    return Sound(made.consultation.samples, made.consultation.rate)


def meetings(task: Task, root: Path) -> Iterator[Item]:
    """Excerpts of meetings: once with the number of speakers to be found, once with it given."""
    from voicedoc_corpora import devset

    for found in devset.meetings(root):
        turns = tuple(sorted(_speaker_turns(found), key=lambda turn: turn.span))
        recording = Recording(task.data.languages, found.duration, Account((), turns))
        item = Item(found.id, "number found", found.id, found.language, "", "", "", found.audio, recording)
        yield item
        given = replace(recording, n_speakers=len({turn.speaker for turn in turns}))
        yield replace(item, id=f"{found.id}:given", slice="number given", recording=given)


def _speaker_turns(found: devset.Recording) -> Iterator[SpeakerTurn]:
    for turn in found.turns:
        if turn.start is not None and turn.end is not None:
            yield SpeakerTurn(Span(turn.start, turn.end), turn.speaker)


def singles(task: Task, root: Path) -> Iterator[Item]:
    """Single utterances as recordings: those of the first language of "pt+en+es", all of which are named to the job."""
    from voicedoc_corpora import devset

    for named in task.data.languages:
        languages = tuple(named.split("+"))
        for found in devset.utterances(root, languages[0]):
            said = Said(found.reader, found.language, found.reference, span=Span(0.0, found.duration))
            recording = Recording(languages, found.duration, Account((said,)))
            yield Item(
                found.id, languages[0], found.id, found.language, found.reference, "", "", found.audio, recording
            )


def nonspeech(task: Task) -> Iterator[Item]:
    """Recordings without speech, as many of each kind as the task's `repeat` says."""
    from voicedoc_corpora import nonspeech as sounds

    for kind in sounds.KINDS:
        for seed in range(1, task.data.repeat + 1):
            make = partial(sounds.make, kind, NONSPEECH_SECONDS, seed)
            recording = Recording(task.data.languages, NONSPEECH_SECONDS, sound=partial(_made, make))
            name = f"{kind}-{seed}"
            yield Item(name, kind, name, task.data.languages[0], "", recording=recording)


def _made(make: partial[Samples]) -> Sound:
    return Sound(make(), SPEECH_RATE)
