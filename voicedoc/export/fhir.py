"""The transcript for a clinical system: FHIR documents of R5 and of R4, validated before they are written.

Each is a Bundle of type "document": a Composition (a section for each language, one for the note draft), the transcript
and the recording as DocumentReferences, the Device that made them, and the Provenance that says from what, with which
models. Everything is "preliminary": nobody has reviewed it. Nobody's identity is invented: patient and doctor are
references with a display text and nothing else, to be filled in by the system that takes the document over.

R4 is validated against R4B (4.3.0), which fhir.resources ships. R4B changed nothing in the resources written here
(Bundle, Composition, DocumentReference, Provenance, Device): what holds in R4B holds in R4 (4.0.1). What differs to R5
is in `Release`: there, `Composition.subject` and `.identifier` are lists, `Device.deviceName` is `.name` with `.value`,
and `Attachment.size` is an integer64, which JSON holds as a string. Elements that moved between the releases
(`DocumentReference.context`, `Composition.confidentiality`, `Provenance.reason`) are not used.

Source: https://hl7.org/fhir/R4/documents.html, https://hl7.org/fhir/R5/documents.html
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote
from uuid import UUID, uuid5

from voicedoc.core.speech import Role
from voicedoc.export.fhir_narrative import about, clean, language_name, lines_in, note_sentences, paragraph
from voicedoc.export.files import write_text
from voicedoc.export.markdown import to_markdown
from voicedoc.export.transcript import Transcript

Json: TypeAlias = dict[str, Any]

AUDIO = "audio.flac"
"""The lossless copy of the recording, where the session's folder has one."""

NOTE = "note.json"

_NAMESPACE = UUID("6f0f3f0e-5f0b-4a53-9c57-0d6a3d3f3c11")
_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_PRELIMINARY = "Machine transcript, preliminary: not reviewed by a person."

# LOINC has no code for a verbatim transcript. 11488-4 (consult note) would claim that a consultant wrote a note;
# 34109-9 claims no author, setting or kind. The text says what it is.
_TYPE: Json = {
    "coding": [{"system": "http://loinc.org", "code": "34109-9", "display": "Note"}],
    "text": "Transcript of a consultation, made by a machine",
}


@dataclass(frozen=True, slots=True)
class Release:
    """A release of FHIR: where its models are, and what it writes differently."""

    file: str
    models: str
    lists: bool

    def one(self, value: Json) -> Json | list[Json]:
        """An element that R5 made a list of."""
        return [value] if self.lists else value

    def size(self, n_bytes: int) -> int | str:
        """`Attachment.size`: unsignedInt in R4; integer64, a string in JSON, in R5."""
        return str(n_bytes) if self.lists else n_bytes

    def device_name(self, name: str) -> Json:
        """What a Device is called, for people."""
        kind = "user-friendly-name"
        return (
            {"name": [{"value": name, "type": kind}]} if self.lists else {"deviceName": [{"name": name, "type": kind}]}
        )

    def check(self, bundle: Json) -> None:
        """Validate a bundle by the release's models.

        Raises:
            pydantic.ValidationError: If it is not one. A bug of this module.
        """
        importlib.import_module(f"{self.models}.bundle").Bundle.model_validate(bundle)


R4 = Release("fhir-r4.json", "fhir.resources.R4B", lists=False)
R5 = Release("fhir-r5.json", "fhir.resources", lists=True)


def write_fhir(transcript: Transcript, folder: Path) -> None:
    """Write `fhir-r4.json` and `fhir-r5.json`."""
    for release in (R4, R5):
        bundle = to_bundle(transcript, folder, release)
        write_text(folder / release.file, json.dumps(bundle, ensure_ascii=False, indent=1) + "\n")


def to_bundle(transcript: Transcript, folder: Path, release: Release) -> Json:
    """A document Bundle as JSON data, validated. `folder` is looked into for the audio and the note draft."""
    document = _Document(transcript, folder, release, _recorded(transcript))
    resources = [
        document.composition(),
        document.transcript_reference(),
        document.audio_reference(),
        document.device(),
        document.provenance(),
    ]
    content = json.dumps(resources, sort_keys=True)
    bundle = {
        "resourceType": "Bundle",
        "id": str(uuid5(_NAMESPACE, content)),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uuid5(_NAMESPACE, content)}"},
        "type": "document",
        "timestamp": document.recorded,
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources],
    }
    release.check(bundle)
    return bundle


def _recorded(transcript: Transcript) -> str:
    """When the transcript was made; now, where the journal does not say. When the visit was, no recording tells."""
    began = datetime.fromisoformat(transcript.began) if transcript.began else datetime.now(UTC)
    return began.astimezone(began.tzinfo or UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class _Document:
    """What the resources of one Bundle share. Their ids follow from the recording."""

    transcript: Transcript
    folder: Path
    release: Release
    recorded: str

    def id(self, kind: str) -> str:
        told = self.transcript.source_sha256 or f"{self.transcript.source} {self.transcript.began}"
        return str(uuid5(_NAMESPACE, f"{told}:{kind}"))

    def reference(self, kind: str, display: str) -> Json:
        return {"reference": f"urn:uuid:{self.id(kind)}", "display": display}

    def composition(self) -> Json:
        one, languages = self.release.one, self.transcript.languages
        return {
            "resourceType": "Composition",
            "id": self.id("composition"),
            "language": _language(languages),
            "text": paragraph(_PRELIMINARY),
            "identifier": one({"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{self.id('composition')}"}),
            "status": "preliminary",
            "type": _TYPE,
            "subject": one({"type": "Patient", "display": "patient"}),
            "date": self.recorded,
            "author": [self.reference("device", "VoiceDoc")],
            "title": "Transcript of a consultation (preliminary, made by a machine)",
            "section": [self._about(), *map(self._said_in, languages), *self._note()],
        }

    def _about(self) -> Json:
        entries = [self.reference("transcript", "transcript"), self.reference("audio", "recording")]
        return {"title": "About this transcript", "text": about(self.transcript, _PRELIMINARY), "entry": entries}

    def _said_in(self, language: str) -> Json:
        return {"title": f"Transcript in {language_name(language)}", "text": lines_in(self.transcript, language)}

    def _note(self) -> list[Json]:
        path = self.folder / NOTE
        if not path.is_file():
            return []
        return [{"title": "Note draft (preliminary)", "text": note_sentences(json.loads(path.read_text("utf-8")))}]

    def transcript_reference(self) -> Json:
        data = clean(to_markdown(self.transcript)).encode()
        languages = ", ".join(self.transcript.languages) or "no language"
        attachment = {
            "contentType": "text/markdown; charset=utf-8",
            "language": _language(self.transcript.languages),
            "data": base64.b64encode(data).decode(),
            "size": self.release.size(len(data)),
            "hash": _sha1(data),
            "title": f"Transcript in {languages}",
        }
        return self._document_reference("transcript", "Transcript of a consultation", attachment) | {"type": _TYPE}

    def audio_reference(self) -> Json:
        path = self.folder / AUDIO
        attachment: Json = {"title": clean(Path(self.transcript.source).name) or "recording"}
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).digest()
            attachment |= {
                "contentType": "audio/flac",
                "url": quote(AUDIO),
                "size": self.release.size(path.stat().st_size),
                "hash": base64.b64encode(digest).decode(),
            }
        return self._document_reference("audio", "Sound recording of a consultation", attachment)

    def _document_reference(self, kind: str, what: str, attachment: Json) -> Json:
        made: Json = {
            "resourceType": "DocumentReference",
            "id": self.id(kind),
            "text": paragraph(f"{what}."),
            "status": "current",
            "docStatus": "preliminary",
            "type": {"text": what},
            "subject": {"type": "Patient", "display": "patient"},
            "date": self.recorded,
            "author": [self.reference("device", "VoiceDoc")],
            "description": what,
            "content": [{"attachment": attachment}],
        }
        if kind == "audio":  # the people made it, and it has no draft
            del made["author"], made["docStatus"]
            made["identifier"] = self._recording_identifiers()
        return made

    def _recording_identifiers(self) -> list[Json]:
        """The recording by its content. Source: RFC 6920, section 7 ("nih")."""
        sha256 = self.transcript.source_sha256
        value = f"nih:sha-256;{sha256}" if sha256 else f"urn:uuid:{self.id('audio')}"
        return [{"system": "urn:ietf:rfc:3986", "value": value}]

    def device(self) -> Json:
        opened = self.transcript.opened
        versions = [{"type": {"text": "software"}, "value": opened.version}] if opened else []
        for model in opened.models if opened else ():
            digest = f"sha256:{model.sha256}" if model.sha256 else "unknown"
            versions.append({"type": {"text": clean(f"model, {model.role}: {model.name}")}, "value": digest})
        made = {
            "resourceType": "Device",
            "id": self.id("device"),
            "text": paragraph("VoiceDoc, which transcribes and translates consultations."),
            **self.release.device_name("VoiceDoc"),
        }
        return made | ({"version": versions} if versions else {})

    def provenance(self) -> Json:
        recording = self.reference("audio", "recording") | {"identifier": self._recording_identifiers()[0]}
        return {
            "resourceType": "Provenance",
            "id": self.id("provenance"),
            "text": paragraph("VoiceDoc made this transcript from the recording. Nobody has signed it."),
            "target": [self.reference("composition", "document"), self.reference("transcript", "transcript")],
            "recorded": self.recorded,
            "activity": {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/v3-DataOperation",
                        "code": "CREATE",
                        "display": "create",
                    }
                ]
            },
            "agent": [_agent("assembler", "Assembler", self.reference("device", "VoiceDoc")), *self._informants()],
            "entity": [{"role": "source", "what": recording}],
        }

    def _informants(self) -> list[Json]:
        """Those who spoke, by their roles: never by a name."""
        found = {line.role for line in self.transcript.in_time() if line.hypothesis}
        kinds = ((Role.PATIENT, "Patient"), (Role.DOCTOR, "Practitioner"))
        who = [{"type": kind, "display": role.value} for role, kind in kinds if role in found]
        return [_agent("informant", "Informant", someone) for someone in who]


def _agent(code: str, display: str, who: Json) -> Json:
    return {"type": {"coding": [{"system": _PARTICIPANT, "code": code, "display": display}]}, "who": who}


def _language(languages: Sequence[str]) -> str:
    """A BCP 47 tag: "mul" where there is more than one language, "und" where there is none that FHIR can hold."""
    if len(languages) != 1:
        return "mul" if languages else "und"
    return languages[0] if re.fullmatch(r"[A-Za-z0-9-]+", languages[0]) else "und"


def _sha1(data: bytes) -> str:
    """What FHIR calls `hash`: SHA-1, in base64. It finds a damaged attachment; it protects from nobody."""
    return base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
