"""A note for a clinical system: a FHIR document whose Composition is "preliminary" until a person has signed it.

A signed one is "final", has its signer as attester, and a Provenance that says so: by a display name alone, since who
that is, VoiceDoc cannot know. One that is not what was signed is "preliminary" again, and says why.

Source: https://hl7.org/fhir/R4/composition.html, https://hl7.org/fhir/R5/composition.html
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from uuid import UUID, uuid5

from voicedoc.converse.notes.kept import Kept
from voicedoc.converse.notes.note import Section, Sentence
from voicedoc.converse.notes.written import status_of, to_markdown, warning_of
from voicedoc.export.fhir import R4, R5, Json, Release
from voicedoc.export.fhir_narrative import clean, narrative, paragraph
from voicedoc.export.transcript import Transcript

__all__ = ["R4", "R5", "to_bundle"]

_NAMESPACE = UUID("0f6f6a0c-6a62-4f0c-8a55-5b8d5f2d6d5e")
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
_MODE = "http://hl7.org/fhir/composition-attestation-mode"
_TYPE: Json = {"coding": [{"system": "http://loinc.org", "code": "34109-9", "display": "Note"}]}


def to_bundle(kept: Kept, transcript: Transcript, recorded: str, release: Release) -> Json:
    """A document Bundle as JSON data, validated. `recorded`: when it is made, ISO 8601 with its offset."""
    document = _Document(kept, transcript, recorded, release)
    resources = [document.composition(), document.text(), document.device(), document.made()]
    if kept.state == "signed":
        resources.append(document.attested())
    bundle: Json = {
        "resourceType": "Bundle",
        "id": document.id("bundle"),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{document.id('bundle')}"},
        "type": "document",
        "timestamp": recorded,
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources],
    }
    release.check(bundle)
    return bundle


@dataclass(frozen=True, slots=True)
class _Document:
    """What the resources of one Bundle share. Their ids follow from the recording, the note and its state."""

    kept: Kept
    transcript: Transcript
    recorded: str
    release: Release

    def id(self, kind: str) -> str:
        told = self.transcript.source_sha256 or f"{self.transcript.source} {self.transcript.began}"
        return str(uuid5(_NAMESPACE, f"{told}:{self.kept.id}:{self.kept.sha256}:{self.kept.state}:{kind}"))

    def reference(self, kind: str, display: str) -> Json:
        return {"reference": f"urn:uuid:{self.id(kind)}", "display": display}

    @property
    def status(self) -> str:
        return "final" if self.kept.state == "signed" else "preliminary"

    def composition(self) -> Json:
        one, note = self.release.one, self.kept.note
        made: Json = {
            "resourceType": "Composition",
            "id": self.id("composition"),
            "language": note.language,
            "text": paragraph(status_of(self.kept)),
            "identifier": one({"system": "urn:ietf:rfc:3986", "value": f"nih:sha-256;{self.kept.sha256}"}),
            "status": self.status,
            "type": {**_TYPE, "text": clean(note.title)},
            "subject": one({"type": "Patient", "display": "patient"}),
            "date": self.recorded,
            "author": [self.reference("device", "VoiceDoc")],
            "title": clean(note.title),
            "section": [self._section(section) for section in note.sections],
        }
        return made | ({"attester": [self._attester()]} if self.status == "final" else {})

    def _attester(self) -> Json:
        signature = self.kept.signature
        coded = {"coding": [{"system": _MODE, "code": "professional"}]}
        return {
            "mode": coded if self.release.lists else "professional",
            "time": signature.signed if signature else self.recorded,
            "party": self._signer(),
        }

    def _signer(self) -> Json:
        return {"type": "Practitioner", "display": clean(self.kept.signature.signer if self.kept.signature else "")}

    def _section(self, section: Section) -> Json:
        rows = []
        for part in section.paragraphs:
            rows += [f"<h3>{_xml(part.label)}</h3>"] if part.label else []
            rows += [f"<ul>{''.join(map(self._item, part.sentences))}</ul>"]
        body = "".join(rows) or f"<p>{_xml(self.kept.note.word('nothing'))}</p>"
        return {"title": clean(section.title), "text": narrative(body)}

    def _item(self, sentence: Sentence) -> str:
        warning = warning_of(sentence, self.kept.note)
        numbers = f" [{', '.join(map(str, sentence.utterances))}]" if sentence.utterances else ""
        shown = numbers if self.kept.note.reader == "doctor" else ""
        language = _xml(sentence.language)
        text = f'<span lang="{language}" xml:lang="{language}">{_xml(sentence.text)}</span>{shown}'
        return f"<li>{text}{f'<br/>⚠ {_xml(warning)}' if warning else ''}</li>"

    def text(self) -> Json:
        data = clean(to_markdown(self.kept)).encode()
        digest = hashlib.sha1(data, usedforsecurity=False).digest()
        attachment = {
            "contentType": "text/markdown; charset=utf-8",
            "language": self.kept.note.language,
            "data": base64.b64encode(data).decode(),
            "size": self.release.size(len(data)),
            "hash": base64.b64encode(digest).decode(),
            "title": clean(self.kept.note.title),
        }
        return {
            "resourceType": "DocumentReference",
            "id": self.id("text"),
            "text": paragraph("The note as text, with what was said."),
            "status": "current",
            "docStatus": self.status,
            "type": _TYPE,
            "subject": {"type": "Patient", "display": "patient"},
            "date": self.recorded,
            "author": [self.reference("device", "VoiceDoc")],
            "content": [{"attachment": attachment}],
        }

    def device(self) -> Json:
        opened = self.transcript.opened
        made = {
            "resourceType": "Device",
            "id": self.id("device"),
            "text": paragraph(f"VoiceDoc, which drafted this note. Worded by: {self.kept.note.method}."),
            **self.release.device_name("VoiceDoc"),
        }
        return made | ({"version": [{"type": {"text": "software"}, "value": opened.version}]} if opened else {})

    def made(self) -> Json:
        """Where the note comes from."""
        source = f"nih:sha-256;{self.transcript.source_sha256}" if self.transcript.source_sha256 else ""
        recording: Json = {"type": "DocumentReference", "display": "recording of the visit"}
        if source:
            recording["identifier"] = {"system": "urn:ietf:rfc:3986", "value": source}
        device = self.reference("device", "VoiceDoc")
        made = self._provenance("made", "VoiceDoc drafted this note from what was said.", self.recorded)
        made["activity"] = _coded(f"{_TERMINOLOGY}/v3-DataOperation", "CREATE", "create")
        made["agent"] = [{"type": _participant("assembler", "Assembler"), "who": device}]
        return made | {"entity": [{"role": "source", "what": recording}]}

    def attested(self) -> Json:
        """Who has signed it."""
        signed = self.kept.signature.signed if self.kept.signature else self.recorded
        made = self._provenance("attested", status_of(self.kept), signed)
        made["activity"] = _coded(f"{_TERMINOLOGY}/v3-DocumentCompletion", "AU", "authenticated")
        made["agent"] = [{"type": _participant("attester", "Attester"), "who": self._signer()}]
        return made

    def _provenance(self, kind: str, told: str, recorded: str) -> Json:
        return {
            "resourceType": "Provenance",
            "id": self.id(kind),
            "text": paragraph(told),
            "target": [self.reference("composition", "note"), self.reference("text", "note as text")],
            "recorded": recorded,
        }


def _participant(code: str, display: str) -> Json:
    return _coded(f"{_TERMINOLOGY}/provenance-participant-type", code, display)


def _coded(system: str, code: str, display: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def _xml(text: str) -> str:
    return escape(clean(text), quote=True)
