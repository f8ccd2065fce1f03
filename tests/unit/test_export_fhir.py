from __future__ import annotations

import base64
import hashlib
import importlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.transcripts import ARABIC, consultation, consultation_events
from voicedoc.core.events import AudioOpened
from voicedoc.export.fhir import R4, R5, Release, to_bundle, write_fhir
from voicedoc.export.fhir_narrative import clean, paragraph
from voicedoc.export.formats import write_documents
from voicedoc.export.note import write_note
from voicedoc.export.transcript import Transcript, transcript_of

pytest.importorskip("fhir.resources")
pytestmark = pytest.mark.unit

RELEASES = [R4, R5]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(params=RELEASES, ids=["R4", "R5"])
def release(request: pytest.FixtureRequest) -> Release:
    made: Release = request.param
    return made


def resources(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The last of each type, by type."""
    return {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}


def documents(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == "DocumentReference"]


def values(node: Any, key: str) -> Iterator[Any]:
    """Every value under `key`, at any depth."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from values(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from values(item, key)


def test_both_files_are_read_again_by_the_library_as_they_were_written(tmp_path: Path):
    write_fhir(consultation(), tmp_path)
    for release in RELEASES:
        data = json.loads((tmp_path / release.file).read_text("utf-8"))
        bundle = importlib.import_module(f"{release.models}.bundle").Bundle.model_validate(data)
        again = json.loads(bundle.model_dump_json())
        assert [entry["resource"]["id"] for entry in again["entry"]] == [e["resource"]["id"] for e in data["entry"]]
        assert len(again["entry"]) == len(data["entry"]) == 5
        assert again["entry"][0]["resource"]["section"] == data["entry"][0]["resource"]["section"]


def test_a_document_begins_with_its_composition_and_says_who_and_when(tmp_path: Path, release: Release):
    """Invariants bdl-9, bdl-10 and bdl-11 of a document, which the library does not check."""
    bundle = to_bundle(consultation(), tmp_path, release)
    assert bundle["type"] == "document"
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    assert bundle["identifier"]["system"] and bundle["identifier"]["value"].startswith("urn:uuid:")
    assert bundle["timestamp"]


def test_full_urls_are_unique_and_name_their_resources(tmp_path: Path, release: Release):
    """Invariants bdl-7 and bdl-8."""
    bundle = to_bundle(consultation(), tmp_path, release)
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    assert urls == [f"urn:uuid:{entry['resource']['id']}" for entry in bundle["entry"]]
    assert not any("/_history/" in url for url in urls)


def test_every_reference_is_to_something_in_the_bundle(tmp_path: Path, release: Release):
    bundle = to_bundle(consultation(), tmp_path, release)
    urls = {entry["fullUrl"] for entry in bundle["entry"]}
    references = list(values(bundle, "reference"))
    assert references
    assert set(references) <= urls


def test_everything_in_the_document_is_reached_from_its_composition_or_aims_at_it(tmp_path: Path, release: Release):
    by_url = {entry["fullUrl"]: entry["resource"] for entry in to_bundle(consultation(), tmp_path, release)["entry"]}
    first = next(iter(by_url))
    reached, waiting = set(), [first]
    while waiting:
        url = waiting.pop()
        if url not in reached:
            reached.add(url)
            waiting += list(values(by_url[url], "reference"))
    aiming = {url for url, resource in by_url.items() if first in list(values(resource.get("target"), "reference"))}
    assert reached | aiming == set(by_url)


def test_every_resource_has_a_narrative_that_is_xhtml(tmp_path: Path, release: Release):
    """Invariants dom-6 and txt-1: only what FHIR allows."""
    bundle = to_bundle(consultation(), tmp_path, release)
    assert all(entry["resource"]["text"]["status"] == "generated" for entry in bundle["entry"])
    allowed = {"div", "p", "table", "tbody", "tr", "td", "span", "i", "br", "h3"}
    attributes = {"lang", "dir", "{http://www.w3.org/XML/1998/namespace}lang"}
    for div in values(bundle, "div"):
        root = ET.fromstring(div)
        assert root.tag == f"{XHTML}div"
        assert {element.tag.removeprefix(XHTML) for element in root.iter()} <= allowed
        assert {name for element in root.iter() for name in element.attrib} <= attributes
        assert "".join(root.itertext()).strip()


def test_nothing_is_called_final_or_signed(tmp_path: Path, release: Release):
    bundle = to_bundle(consultation(), tmp_path, release)
    assert resources(bundle)["Composition"]["status"] == "preliminary"
    assert documents(bundle)[0]["docStatus"] == "preliminary"
    assert "attester" not in json.dumps(bundle) and "signature" not in json.dumps(bundle)


def test_times_have_an_offset(tmp_path: Path, release: Release):
    bundle = to_bundle(consultation(), tmp_path, release)
    times = [bundle["timestamp"], *values(bundle, "date"), *values(bundle, "recorded")]
    assert len(times) >= 4
    assert all(datetime.fromisoformat(time).tzinfo is not None for time in times)


def test_the_same_recording_gives_the_same_document_and_another_another(tmp_path: Path, release: Release):
    first, second = (to_bundle(consultation(), tmp_path, release) for _ in range(2))
    assert first == second
    events = [replace(e, sha256="12" * 32) if isinstance(e, AudioOpened) else e for e in consultation_events()]
    other = to_bundle(transcript_of(events), tmp_path, release)
    assert {e["fullUrl"] for e in other["entry"]}.isdisjoint({e["fullUrl"] for e in first["entry"]})


def test_the_bundle_is_a_new_one_when_its_content_has_changed(tmp_path: Path, release: Release):
    before = to_bundle(consultation(), tmp_path, release)
    transcript = consultation()
    transcript.notices.append("another notice")
    after = to_bundle(transcript, tmp_path, release)
    assert before["identifier"] != after["identifier"]
    assert before["entry"][0]["fullUrl"] == after["entry"][0]["fullUrl"]


def test_patient_and_doctor_are_words_and_not_identities(tmp_path: Path, release: Release):
    bundle = to_bundle(consultation(), tmp_path, release)
    assert {"Patient", "Practitioner"}.isdisjoint(resources(bundle))
    subject = resources(bundle)["Composition"]["subject"]
    assert (subject[0] if release is R5 else subject) == {"type": "Patient", "display": "patient"}


def test_each_language_has_a_section_in_which_every_line_is(tmp_path: Path, release: Release):
    transcript = consultation()
    sections = resources(to_bundle(transcript, tmp_path, release))["Composition"]["section"]
    assert [section["title"] for section in sections] == [
        "About this transcript", "Transcript in English", "Transcript in Portuguese", "Transcript in Arabic",
    ]  # fmt: skip
    for section in sections[1:]:
        assert section["text"]["div"].count("<tr>") == len(transcript.in_time())


def test_right_to_left_text_keeps_its_direction(tmp_path: Path, release: Release):
    sections = resources(to_bundle(consultation(), tmp_path, release))["Composition"]["section"]
    div = ET.fromstring(sections[1]["text"]["div"])
    spans = {"".join(span.itertext()): span.get("dir") for span in div.iter(f"{XHTML}span")}
    assert spans[ARABIC] == "rtl"
    assert spans["Do you have any allergies?"] == "ltr"


def test_the_transcript_is_attached_with_its_size_and_sha1(tmp_path: Path, release: Release):
    attachment = documents(to_bundle(consultation(), tmp_path, release))[0]["content"][0]["attachment"]
    data = base64.b64decode(attachment["data"])
    assert "Good morning. What brings you in today?" in data.decode()
    assert base64.b64decode(attachment["hash"]) == hashlib.sha1(data).digest()
    assert attachment["size"] == (str(len(data)) if release is R5 else len(data))
    assert attachment["language"] == "mul"


def test_the_audio_is_referred_to_and_never_embedded(tmp_path: Path, release: Release):
    without = documents(to_bundle(consultation(), tmp_path, release))[1]
    assert without["content"][0]["attachment"] == {"title": "visit.wav"}
    (tmp_path / "audio.flac").write_bytes(b"fLaC and more")
    attachment = documents(to_bundle(consultation(), tmp_path, release))[1]["content"][0]["attachment"]
    assert attachment["url"] == "audio.flac"
    assert base64.b64decode(attachment["hash"]) == hashlib.sha1(b"fLaC and more").digest()
    assert "data" not in attachment


def test_the_provenance_names_the_source_by_its_sha256_and_the_models_by_theirs(tmp_path: Path, release: Release):
    found = resources(to_bundle(consultation(), tmp_path, release))
    entity = found["Provenance"]["entity"][0]
    assert entity["role"] == "source"
    assert entity["what"]["identifier"]["value"] == f"nih:sha-256;{'ef' * 32}"
    versions = {version["type"]["text"]: version["value"] for version in found["Device"]["version"]}
    assert versions["software"] == "0.1.0"
    assert versions["model, recognize: whisper-small"] == f"sha256:{'ab' * 32}"


def test_the_note_draft_is_a_section_where_there_is_one(tmp_path: Path, release: Release):
    write_note(consultation(), tmp_path)
    section = resources(to_bundle(consultation(), tmp_path, release))["Composition"]["section"][-1]
    assert section["title"] == "Note draft (preliminary)"
    assert "Not reviewed" in section["text"]["div"]
    assert "metformin 500 mg" in section["text"]["div"]


def test_the_note_is_taken_along_whichever_of_the_two_is_named_first(tmp_path: Path):
    write_documents(consultation(), tmp_path, ("fhir", "note"))
    for release in RELEASES:
        composition = resources(json.loads((tmp_path / release.file).read_text("utf-8")))["Composition"]
        assert composition["section"][-1]["title"] == "Note draft (preliminary)"


def test_an_empty_transcript_is_a_document_too(tmp_path: Path, release: Release):
    bundle = to_bundle(Transcript(), tmp_path, release)
    composition = resources(bundle)["Composition"]
    assert composition["language"] == "und"
    assert all(section["text"]["div"] for section in composition["section"])  # cmp-1


def test_no_path_of_the_machine_is_in_a_document(tmp_path: Path, release: Release):
    transcript = consultation()
    transcript.source = "/home/somebody/visits/visit.wav"
    assert "somebody" not in json.dumps(to_bundle(transcript, tmp_path, release))


@given(st.text(max_size=80))
def test_any_text_becomes_a_narrative_that_xml_and_fhir_can_hold(text: str):
    div = paragraph(text)["div"]
    assert "".join(ET.fromstring(div).itertext()) == re.sub("\r\n?", "\n", clean(text))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", div)
    div.encode("utf-8")


def test_control_characters_and_markup_in_speech_do_no_harm(tmp_path: Path, release: Release):
    transcript = consultation()
    line = transcript.in_time()[0]
    assert line.hypothesis is not None
    line.hypothesis = replace(line.hypothesis, text="<script>alert(1)</script>\x00\x1b[31m & \ud800 ]]>")
    bundle = to_bundle(transcript, tmp_path, release)
    written = json.dumps(bundle, ensure_ascii=False)
    written.encode("utf-8")
    assert "<script" not in written and "\\u0000" not in written and "\\u001b" not in written
