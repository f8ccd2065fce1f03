"""A note worded by the embedded model: whatever it writes is judged, and nothing that matters is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

pytest.importorskip("xllamacpp", reason="pip install 'voicedoc[xllamacpp]'")

from tests.helpers.notes import LABELS, visit
from voicedoc.converse.dialogue.xllamacpp import XLlamaCpp
from voicedoc.converse.notes.model import ModelDrafter
from voicedoc.converse.notes.note import Note, Origin, Support
from voicedoc.converse.notes.support import Checker
from voicedoc.converse.notes.template import load_template
from voicedoc.core.cards import LoadedModel

pytestmark = pytest.mark.model

VISIT = (
    ("patient", "I've had a burning pain when I pass water for six days."),
    ("patient", "I take mebeverine 200 mg three times a day."),
)


@pytest.fixture(scope="module")
def model(loaded_model: Callable[[str], LoadedModel]) -> Iterator[XLlamaCpp]:
    made = XLlamaCpp(loaded_model("qwen2.5-coder-1.5b"), threads=1, n_ctx=2048)
    yield made
    made.close()


def test_the_embedded_model_words_a_note_whose_sentences_are_judged(model: XLlamaCpp) -> None:
    material = visit("en", *VISIT)
    drafting = ModelDrafter(model, material, load_template("soap"), LABELS, Checker(material)).draft()
    placed = []
    while True:
        try:
            placed.append(next(drafting))
        except StopIteration as end:
            note: Note = end.value
            break
    worded = [one for one in note.sentences() if one.origin is Origin.MODEL]
    assert worded
    assert all(one.support is Support.SUPPORTED or one.reasons for one in worded)
    standing = " ".join(one.text for one in note.sentences() if one.support is not Support.UNSUPPORTED)
    assert "mebeverine 200 mg" in standing
    assert len(placed) >= len(list(note.sentences()))
