"""What is asked while a session runs: reviewed phrases for what somebody types, and the note so far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from voicedoc.core.events import Event
from voicedoc.core.speech import Role
from voicedoc.view.keys import MOST_OFFERED, Offered

if TYPE_CHECKING:
    from voicedoc.converse.notes.note import Note
    from voicedoc.engine import Engine

TEMPLATE = "soap"


async def find_phrases(engine: Engine, text: str) -> list[Offered]:
    """Phrases of the bank that say what the clinician types; none where it has not both languages."""
    bank, visit = engine.phrases, engine.visit
    if bank is None:
        return []
    find = partial(bank.find, text, visit.doctor, visit.patient, MOST_OFFERED, speaker=Role.DOCTOR)
    matches = await engine.worker("phrases").call(find)
    return [Offered(match.phrase.id, match.source_text, match.text, not match.slots) for match in matches]


def note_so_far(events: Sequence[Event], language: str) -> Note:
    """What the rules make of what has been said up to now. Takes up to a second."""
    from voicedoc.converse.notes.labels import Labels
    from voicedoc.converse.notes.material import gather
    from voicedoc.converse.notes.rules import draft_by_rules
    from voicedoc.converse.notes.template import load_template

    return draft_by_rules(gather(events, language=language), load_template(TEMPLATE), Labels.shipped())
