"""Recordings and models, in the states that they have."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from voicedoc_desktop.state.models import ModelRow, ModelsState, Work
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.recordings import Item, Stage, Wish
from voicedoc_desktop.state.review import FormatChoice
from voicedoc_desktop.tasks.models import ListModels, PullModel
from voicedoc_desktop.tasks.transcribe import (
    Choices,
    ListChoices,
    Looked,
    LookForRecordings,
    Moved,
    ProfileChoice,
    Transcribe,
)
from voicedoc_desktop.viewmodels.models import ModelsViewModel
from voicedoc_desktop.viewmodels.recordings import RecordingsViewModel
from voicedoc_desktop.views.models import ModelsView
from voicedoc_desktop.views.recordings import RecordingsView

from tests.desktop.screens import Studio, screen

CHOICES = Choices(
    profiles=(
        ProfileChoice("embedded", "A laptop."),
        ProfileChoice("workstation", "One GPU.", ("whisper-large-v3-turbo", "madlad400-3b")),
    ),
    formats=tuple(FormatChoice(name, f"as {name}") for name in ("json", "md", "docx", "srt", "vtt", "html", "fhir")),
    folder="Documents/VoiceDoc",
)

WISH = Wish(languages=("en", "pt"), targets=("en", "pt"), out="Documents/VoiceDoc")

ITEMS = (
    Item(path="clinic/visit-1.wav", wish=WISH, duration=312.0, folder="Documents/VoiceDoc/visit-1.voicedoc"),
    Item(path="clinic/visit-2.m4a", wish=WISH, duration=640.0, folder="Documents/VoiceDoc/visit-2.voicedoc"),
    Item(path="clinic/visit-3.mp3", wish=WISH, duration=95.0, folder="Documents/VoiceDoc/visit-3.voicedoc"),
    Item(path="clinic/a very long name of a recording.wav", wish=WISH, duration=0.0, folder="Documents/VoiceDoc/x"),
)

MOVED = (
    replace(ITEMS[0], stage=Stage.DONE, heard=312.0, n_utterances=61, n_findings=2),
    replace(ITEMS[1], stage=Stage.WORKING, heard=180.0),
    replace(ITEMS[3], stage=Stage.FAILED, message="x.wav is not audio", remedy="name a recording"),
)

ROWS = (
    ModelRow(
        name="silero-vad", role="segment", state="installed", description="Hears speech.", licence="MIT",
        provenance="Silero, out of a wheel.", size=2_300_000, profiles=("embedded", "workstation"),
        inside="faster-whisper==1.2.0", n_files=1,
    ),
    ModelRow(
        name="whisper-base", role="recognize", state="installed", description="Whisper base, 74 M parameters.",
        licence="MIT", provenance="OpenAI, converted.", languages=("en", "pt", "es"), size=148_000_000,
        profiles=("embedded",), measured="0.19 s per second of audio (2 cores)", n_files=4, sources=("wheel x==1",),
    ),
    ModelRow(
        name="whisper-large-v3-turbo", role="recognize", state="missing", description="The larger one, for a GPU.",
        licence="MIT", provenance="OpenAI.", languages=("en", "pt"), size=1_620_000_000, profiles=("workstation",),
    ),
    ModelRow(
        name="opus-mt-en-es", role="translate", state="damaged", description="English to Spanish.",
        licence="CC-BY-4.0", provenance="Helsinki-NLP.", size=310_000_000, n_files=6,
    ),
    ModelRow(
        name="hibari-en", role="speak", state="missing", description="A voice.", licence="not stated",
        provenance="unknown", asks=True, languages=("en",), size=64_000_000, profiles=("embedded",),
    ),
)  # fmt: skip


def recordings(studio: Studio, *, items: tuple[Item, ...] = ()) -> tuple[RecordingsViewModel, RecordingsView]:
    """The screen, with these dropped into it."""
    studio.desk.answer(ListChoices, result=CHOICES)
    studio.desk.answer(LookForRecordings, result=Looked(items, ()))
    model = RecordingsViewModel(studio.desk, studio.settings)
    view = RecordingsView(model)
    model.setParent(view)
    model.arrive(Go(Place.RECORDINGS, files=tuple(item.path for item in items)))
    return model, view


def models(studio: Studio) -> tuple[ModelsViewModel, ModelsView]:
    """The screen, with `ROWS`."""
    studio.desk.answer(ListModels, result=ROWS)
    model = ModelsViewModel(studio.desk, studio.settings)
    view = ModelsView(model)
    model.setParent(view)
    model.arrive(Go(Place.MODELS))
    return model, view


@screen("recordings-empty")
def _empty(studio: Studio) -> QWidget:
    return recordings(studio)[1]


@screen("recordings-queue")
def _queue(studio: Studio) -> QWidget:
    studio.desk.script(Transcribe, lambda job: job.tell(*map(Moved, MOVED)))
    return recordings(studio, items=ITEMS)[1]


@screen("recordings-models-missing")
def _missing(studio: Studio) -> QWidget:
    model, view = recordings(studio)
    model.change(profile="workstation")
    return view


@screen("models")
def _models(studio: Studio) -> QWidget:
    model, view = models(studio)
    arriving = Work("pull", "whisper-large-v3-turbo.bin", 410_000_000, 1_620_000_000)
    studio.desk.script(PullModel, lambda job: job.tell(arriving))

    def pull_once(state: ModelsState) -> None:
        if state.rows:
            model.changed.disconnect(pull_once)
            model.pull(["whisper-large-v3-turbo", "hibari-en"])

    model.changed.connect(pull_once)
    return view


@screen("models-of-a-profile")
def _profile(studio: Studio) -> QWidget:
    model, view = models(studio)
    model.choose_profile("workstation")
    return view


@screen("models-looking")
def _looking(studio: Studio) -> QWidget:
    model = ModelsViewModel(studio.desk, studio.settings)
    view = ModelsView(model)
    model.setParent(view)
    return view
