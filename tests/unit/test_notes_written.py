"""Notes as files: they say truthfully whether they are drafts, and mark what nobody said."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.notes import LABELS, interview_events, visit_events
from tests.helpers.transcripts import consultation_events
from voicedoc.converse.notes.files import ENDINGS, content, ending_of, write
from voicedoc.converse.notes.kept import Kept, Signature
from voicedoc.converse.notes.material import gather
from voicedoc.converse.notes.note import Note, Origin, Paragraph, Sentence, Support, sha256_of
from voicedoc.converse.notes.rules import draft_by_rules
from voicedoc.converse.notes.template import load_template
from voicedoc.converse.notes.written import to_json, to_markdown
from voicedoc.core.events import Event
from voicedoc.errors import ConfigError, StoreError
from voicedoc.export.transcript import transcript_of

pytestmark = pytest.mark.unit

WHEN = "2026-03-02T10:00:00+00:00"


def drafted(template: str = "soap", events: list[Event] | None = None, language: str = "") -> Note:
    plan = load_template(template)
    material = gather(events or consultation_events(), language=language, reader=plan.reader)
    return draft_by_rules(material, plan, LABELS)


def with_sentence(note: Note, sentence: Sentence) -> Note:
    first, *others = note.sections
    return replace(note, sections=(replace(first, paragraphs=(Paragraph("", (sentence,)),)), *others))


def states(note: Note) -> dict[str, Kept]:
    return {
        "draft": Kept(note, 1, None),
        "signed": Kept(note, 1, Signature("Dr Ana Silva", WHEN, sha256_of(note))),
        "changed": Kept(note, 1, Signature("Dr Ana Silva", WHEN, "0" * 64)),
    }


INVENTED = Sentence("Has a dog.", "en", (2,), Origin.MODEL, Support.UNSUPPORTED, ("0% of its words",))
DOUBTFUL = Sentence("Has pain.", "en", (2,), Origin.MODEL, Support.PARTLY, ("what was said denies",))


def text_of(kept: Kept, ending: str) -> str:
    """Everything that a reader of the file sees."""
    made = content(kept, transcript_of(consultation_events()), ending)
    if ending == ".docx":
        import docx

        document = docx.Document(io.BytesIO(made))
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    return made.decode()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_draft_says_so_in_every_format_and_a_signed_one_says_by_whom(ending: str) -> None:
    found = states(drafted())
    draft, signed = text_of(found["draft"], ending), text_of(found["signed"], ending)
    if ending == ".json":
        assert json.loads(draft)["state"] == "draft"
        assert json.loads(signed)["state"] == "signed"
    else:
        assert "DRAFT, not reviewed" in draft
        assert "DRAFT" not in signed.replace(base64_of(signed), "")
    assert "Dr Ana Silva" not in draft
    assert "Dr Ana Silva" in signed


def base64_of(text: str) -> str:
    """The attachment of a FHIR document, whose letters are accidents; "-" where there is none."""
    if not text.startswith("{"):
        return "-"
    found = [one["resource"] for one in json.loads(text).get("entry", [])]
    data = [one["content"][0]["attachment"]["data"] for one in found if one["resourceType"] == "DocumentReference"]
    return str(data[0]) if data else "-"


@pytest.mark.parametrize("ending", [".md", ".docx", ".fhir-r4.json", ".fhir-r5.json"])
def test_what_is_not_what_was_signed_says_so(ending: str) -> None:
    assert "NOT what was signed" in text_of(states(drafted())["changed"], ending)


@pytest.mark.parametrize("ending", [".md", ".docx", ".fhir-r4.json", ".fhir-r5.json"])
def test_what_nobody_said_is_marked_in_every_format(ending: str) -> None:
    for sentence, mark in ((INVENTED, "not supported by what was said"), (DOUBTFUL, "to be checked")):
        text = text_of(Kept(with_sentence(drafted(), sentence), 1, None), ending)
        assert sentence.text in text
        assert f"⚠ {mark}" in text


def test_json_has_the_rate_of_support_with_its_counts() -> None:
    data = to_json(Kept(with_sentence(drafted(), INVENTED), 1, None))
    support = data["support"]
    assert support["unsupported"] == 1
    assert support["rate"] == round(support["supported"] / (support["supported"] + 1), 4)
    assert json.dumps(data)


def test_a_remark_is_no_claim() -> None:
    data = to_json(Kept(drafted(events=interview_events()), 1, None))
    assert data["support"]["remark"] == 1
    assert data["support"]["rate"] == 1.0


def test_a_patient_is_told_what_to_check_and_no_technicalities() -> None:
    note = drafted("summary", language="pt")
    text = to_markdown(Kept(note, 1, None))
    assert "⚠ a verificar" in text
    assert "2.5 is not in the translation" not in text
    assert "sha256" not in text
    assert "[3]" not in text.replace("\\", "")


def test_a_clinician_can_look_up_what_a_sentence_rests_on() -> None:
    text = to_markdown(Kept(drafted(), 1, None))
    assert "| 2 | 0:04.6–0:10.0 | patient | \u2068Tenho uma dor no peito há três dias.\u2069 (pt)" in text
    assert "rest on 10 of the 14 sentences" in text


def test_markup_in_what_was_said_stays_text() -> None:
    note = drafted(events=visit_events("en", ("doctor", "I'll prescribe *two* [pills] | <b>now</b>.")))
    assert "\\*two\\* \\[pills\\] \\| \\<b>now" in to_markdown(Kept(note, 1, None))


# --- FHIR


def resources(kept: Kept, ending: str) -> dict[str, list[dict[str, object]]]:
    bundle = json.loads(content(kept, transcript_of(consultation_events()), ending))
    found: dict[str, list[dict[str, object]]] = {}
    for entry in bundle["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


FHIR = [".fhir-r4.json", ".fhir-r5.json"]


@pytest.mark.parametrize("ending", FHIR)
@pytest.mark.parametrize(
    ("state", "status"), [("draft", "preliminary"), ("signed", "final"), ("changed", "preliminary")]
)
def test_a_composition_is_final_when_it_was_signed_and_only_then(ending: str, state: str, status: str) -> None:
    found = resources(states(drafted())[state], ending)
    (composition,), (reference,) = found["Composition"], found["DocumentReference"]
    assert composition["status"] == reference["docStatus"] == status
    assert ("attester" in composition) == (state == "signed")
    assert len(found["Provenance"]) == (2 if state == "signed" else 1)


@pytest.mark.parametrize("ending", FHIR)
def test_an_attester_is_a_name_and_a_time_and_no_invented_identity(ending: str) -> None:
    found = resources(states(drafted())["signed"], ending)
    attester = found["Composition"][0]["attester"][0]  # type: ignore[index]
    assert attester["party"] == {"type": "Practitioner", "display": "Dr Ana Silva"}
    assert attester["time"] == WHEN
    attested = found["Provenance"][1]
    assert attested["recorded"] == WHEN
    assert attested["agent"][0]["who"] == attester["party"]  # type: ignore[index]


@pytest.mark.parametrize("ending", FHIR)
def test_the_attached_text_is_the_note(ending: str) -> None:
    kept = states(drafted())["signed"]
    (reference,) = resources(kept, ending)["DocumentReference"]
    attachment = reference["content"][0]["attachment"]  # type: ignore[index]
    assert base64.b64decode(attachment["data"]).decode() == to_markdown(kept)


@pytest.mark.parametrize("ending", FHIR)
@pytest.mark.parametrize("template", ["soap", "summary"])
def test_an_empty_note_is_a_valid_document(ending: str, template: str) -> None:
    events = visit_events("en")
    kept = Kept(drafted(template, events), 1, None)
    assert content(kept, transcript_of(events), ending)


def test_signed_and_unsigned_documents_have_different_ids() -> None:
    found = states(drafted())
    ids = {json.loads(text_of(kept, ".fhir-r5.json"))["id"] for kept in found.values()}
    assert len(ids) == 3


# --- files


@pytest.mark.parametrize(("name", "ending"), [
    ("a.md", ".md"), ("a.fhir-r4.json", ".fhir-r4.json"), ("a.json", ".json"), ("A.DOCX", ".docx"),
])  # fmt: skip
def test_a_files_name_says_what_it_holds(name: str, ending: str) -> None:
    assert ending_of(Path(name)) == ending


def test_a_name_that_says_nothing_is_refused_with_what_is_known() -> None:
    with pytest.raises(ConfigError) as raised:
        ending_of(Path("note.docs"))
    assert "'.docx'" in raised.value.remedy


def test_a_place_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot write"):
        write(Kept(drafted(), 1, None), transcript_of(consultation_events()), tmp_path / "gone" / "note.md")


def test_the_same_note_gives_the_same_word_document() -> None:
    kept = states(drafted())["signed"]
    transcript = transcript_of(consultation_events())
    assert content(kept, transcript, ".docx") == content(kept, transcript, ".docx")


def test_an_arabic_note_runs_from_right_to_left_in_word() -> None:
    import docx

    note = drafted("summary", language="ar")
    made = content(Kept(note, 1, None), transcript_of(consultation_events()), ".docx")
    document = docx.Document(io.BytesIO(made))
    title = document.paragraphs[0]
    assert title._p.xpath("w:pPr/w:bidi")
