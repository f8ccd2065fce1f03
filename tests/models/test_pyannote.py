"""pyannote.audio with CAM++ on real voices and on none, and as a snapshot of a pipeline; damaged and hostile files."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.conftest import ROOT
from tests.helpers.nonspeech import NONSPEECH
from tests.helpers.utterances import clips
from voicedoc.attribute.campplus import FILE
from voicedoc.attribute.diarizer import Diarization
from voicedoc.attribute.pyannote import CONFIG, LONG, SEGMENTATION, Pyannote
from voicedoc.attribute.pyannote_library import load_checkpoint, pyannote_library
from voicedoc.capture.spool import stream_mono
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.cards import LoadedModel
from voicedoc.core.time import Span
from voicedoc.errors import BackendFailed, BackendUnavailable, ConfigError, ModelCorrupt, ModelError

pytestmark = pytest.mark.model

SAMPLES = ROOT / "corpora" / "samples"


@pytest.fixture(scope="module")
def model(loaded_model: Callable[[str], LoadedModel]) -> LoadedModel:
    return loaded_model("pyannote-campplus")


@pytest.fixture(scope="module")
def pyannote(model: LoadedModel) -> Pyannote:
    return Pyannote(model)


@pytest.fixture(scope="module")
def consultation() -> Samples:
    return read(SAMPLES / "consultation-en-pt.ogg")


@pytest.fixture(scope="module")
def reference() -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = json.loads((SAMPLES / "consultation-en-pt.turns.json").read_text("utf-8"))
    return turns


def read(path: Path) -> Samples:
    return as_samples(np.concatenate(list(stream_mono(path, SPEECH_RATE))))


def label_in(found: Diarization, span: Span) -> str:
    """Who speaks most in `span`."""
    seconds: dict[str, float] = {}
    for turn in found.turns:
        seconds[turn.speaker] = seconds.get(turn.speaker, 0.0) + turn.span.overlap(span)
    return max(seconds, key=lambda speaker: seconds[speaker])


def labels_by_role(found: Diarization, reference: list[dict[str, Any]], *, shift: float = 0.0) -> dict[str, set[str]]:
    labels: dict[str, set[str]] = {}
    for turn in reference:
        span = Span(turn["start"], turn["end"]).shift(shift)
        labels.setdefault(turn["speaker"], set()).add(label_in(found, span))
    return labels


def error_rate(found: Diarization, rttm: Path, duration: float) -> float:
    """DER without a collar, overlap scored."""
    core = pytest.importorskip("pyannote.core")
    metrics = pytest.importorskip("pyannote.metrics.diarization")
    heard, truth = core.Annotation(), core.Annotation()
    for number, turn in enumerate(found.turns):
        heard[core.Segment(turn.span.start, turn.span.end), number] = turn.speaker
    for number, line in enumerate(rttm.read_text("utf-8").splitlines()):
        fields = line.split()
        truth[core.Segment(float(fields[3]), float(fields[3]) + float(fields[4])), number] = fields[7]
    rate = metrics.DiarizationErrorRate(collar=0.0, skip_overlap=False)
    return float(rate(truth, heard, uem=core.Timeline([core.Segment(0, duration)])))


def test_two_voices_of_a_consultation_are_found_and_each_keeps_its_label(
    pyannote: Pyannote, consultation: Samples, reference: list[dict[str, Any]]
) -> None:
    assert labels_by_role(pyannote.diarize(consultation), reference) == {"doctor": {"S1"}, "patient": {"S2"}}


def test_a_long_recording_keeps_its_labels_to_the_end(
    pyannote: Pyannote, consultation: Samples, reference: list[dict[str, Any]]
) -> None:
    n_times = 5
    found = pyannote.diarize(as_samples(np.tile(consultation, n_times)))
    assert consultation.size * n_times / SPEECH_RATE / 2.5 > LONG, "so that not every window is sounded"
    for time in range(n_times):
        shift = time * consultation.size / SPEECH_RATE
        assert labels_by_role(found, reference, shift=shift) == {"doctor": {"S1"}, "patient": {"S2"}}
    assert len(found.voices) == 2


def test_turns_cover_the_speech_and_not_the_pauses(
    pyannote: Pyannote, consultation: Samples, reference: list[dict[str, Any]]
) -> None:
    marked = [Span(turn["start"], turn["end"]) for turn in reference]
    found = pyannote.diarize(consultation).turns
    spoken = sum(turn.span.duration for turn in found)
    inside = sum(turn.span.overlap(span) for turn in found for span in marked)
    assert inside > 0.97 * spoken
    assert inside > 0.7 * sum(span.duration for span in marked)  # the marks include pauses within a turn


def test_a_voice_sample_is_nearest_to_its_own_turns(
    pyannote: Pyannote, consultation: Samples, reference: list[dict[str, Any]]
) -> None:
    voices = pyannote.diarize(consultation).voices
    for role, own, other in (("doctor", "S1", "S2"), ("patient", "S2", "S1")):
        spans = [(turn["start"], turn["end"]) for turn in reference if turn["speaker"] == role][:2]
        parts = [consultation[round(start * SPEECH_RATE) : round(end * SPEECH_RATE)] for start, end in spans]
        voice = pyannote.voice(as_samples(np.concatenate(parts)))
        assert voice @ voices[own] > 0.7
        assert voice @ voices[own] > voice @ voices[other] + 0.3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("libri_en_6930-75918-0009", "lj_en_LJ001-0006"),
        ("leopard_fr_0", "asterisk_ru_vm-opts"),
        ("fleursq_yue_01", "librivox_en_0890"),
    ],
)
@pytest.mark.parametrize("share", [0.5, 0.75])
def test_a_voice_sample_of_two_people_is_refused(
    first: str, second: str, share: float, pyannote: Pyannote, devset: Path
) -> None:
    by_name = {clip.name: clip.utterance.samples for clip in clips(devset)}
    n_first = round(share * 10 * SPEECH_RATE)
    both = [level_to(by_name[first], 0.05)[:n_first], level_to(by_name[second], 0.05)[: 10 * SPEECH_RATE - n_first]]
    for parts in (both, both[::-1]):
        with pytest.raises(BackendFailed, match="more than one voice") as caught:
            pyannote.voice(as_samples(np.concatenate(parts)))
        assert "alone" in caught.value.remedy


def test_a_voice_sample_of_one_person_is_taken(pyannote: Pyannote, devset: Path) -> None:
    long = [clip for clip in clips(devset) if clip.utterance.span.duration > 5][::4]
    assert len(long) > 8
    for clip in long:
        assert np.linalg.norm(pyannote.voice(clip.utterance.samples)) == pytest.approx(1.0)


def test_two_voices_are_told_apart_in_ten_seconds_too(
    pyannote: Pyannote, consultation: Samples, reference: list[dict[str, Any]]
) -> None:
    found = pyannote.diarize(as_samples(consultation[: 10 * SPEECH_RATE]))
    early = [turn for turn in reference if turn["start"] < 8]
    assert {turn["speaker"] for turn in early} == {"doctor", "patient"}
    assert labels_by_role(found, early) == {"doctor": {"S1"}, "patient": {"S2"}}


def level_to(samples: Samples, level: float) -> Samples:
    return as_samples(samples * (level / np.sqrt(np.mean(np.square(samples)))))


@pytest.mark.parametrize("level", [0.003, 0.1])
@pytest.mark.parametrize("sound", NONSPEECH)
def test_nobody_speaks_where_there_is_no_speech(sound: str, level: float, pyannote: Pyannote) -> None:
    samples = NONSPEECH[sound](20.0, level)
    assert pyannote.diarize(samples) == Diarization((), {})
    with pytest.raises(BackendFailed, match=r"0\.0 s of speech"):
        pyannote.voice(samples)


def test_a_ringing_line_with_noise_is_nobody(pyannote: Pyannote) -> None:
    noisy = NONSPEECH["ringback"](20.0, 0.1) + NONSPEECH["white"](20.0, 0.01)
    assert pyannote.diarize(as_samples(noisy)).turns == ()


def test_one_utterance_has_one_speaker(pyannote: Pyannote, devset: Path) -> None:
    lines = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    long = [line for line in lines if line["kind"] == "utterance" and line["duration"] > 10]
    counts = [len(pyannote.diarize(read(devset / line["audio"])).voices) for line in long[:8]]
    assert counts == [1] * 8


def test_a_call_of_two_is_told_apart_with_few_errors(pyannote: Pyannote) -> None:
    folder = Path(pyannote_library().audio.__file__).parent / "sample"
    found = pyannote.diarize(as_samples(soundfile.read(folder / "sample.wav", dtype="float32")[0]))
    assert len(found.voices) == 2
    assert error_rate(found, folder / "sample.rttm", 30.0) < 0.07


def test_meetings_are_told_apart_as_well_as_when_they_were_measured(pyannote: Pyannote, devset: Path) -> None:
    excerpts = sorted((devset / "audio" / "diar").glob("*.flac"))
    assert len(excerpts) == 10
    rates = [error_rate(pyannote.diarize(read(path)), path.with_suffix(".rttm"), 30.0) for path in excerpts]
    assert np.median(rates) < 0.45, "the median excerpt; the error over all of them is 0.28"


def test_steps_and_threads_are_options(model: LoadedModel, consultation: Samples) -> None:
    assert len(Pyannote(model, step=0.5, threads=2).diarize(consultation).voices) == 2
    assert len(Pyannote(model, max_speakers=1).diarize(consultation).voices) == 1


@pytest.mark.parametrize("options", [{"step": 0.0}, {"threshold": 3.0}, {"threads": 0}, {"max_speakers": 0}])
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], model: LoadedModel) -> None:
    with pytest.raises(ConfigError, match=next(iter(options))):
        Pyannote(model, **options)


def test_it_needs_a_model_and_a_sensible_number_of_speakers(pyannote: Pyannote, consultation: Samples) -> None:
    with pytest.raises(ConfigError, match="needs a model"):
        Pyannote(None)
    with pytest.raises(ConfigError, match="0 speakers"):
        pyannote.diarize(consultation, n_speakers=0)


def test_a_device_that_is_not_there_is_said(model: LoadedModel) -> None:
    if pyannote_library().torch.cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(BackendUnavailable, match="cuda"):
        Pyannote(model, device="cuda")


# --- files


def copied(model: LoadedModel, folder: Path) -> LoadedModel:
    for name in (SEGMENTATION, FILE):
        (folder / name).write_bytes((model.path / name).read_bytes())
    return LoadedModel("copy", folder, "")


@pytest.mark.parametrize("name", [SEGMENTATION, FILE])
@pytest.mark.parametrize("damage", ["empty", "junk", "half", "junk inside"])
def test_a_damaged_file_is_named(name: str, damage: str, model: LoadedModel, tmp_path: Path) -> None:
    copy = copied(model, tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes({"empty": b"", "junk": b"junk" * 100}.get(damage, whole[: len(whole) // 2]))
    if damage == "junk inside":
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("archive/data.pkl", b"junk" * 100)
            archive.writestr("archive/version", b"3\n")
    with pytest.raises(ModelCorrupt, match=name) as caught:
        Pyannote(copy)
    assert caught.value.remedy


def test_the_files_of_another_model_are_refused(model: LoadedModel, tmp_path: Path) -> None:
    for name, other in ((SEGMENTATION, FILE), (FILE, SEGMENTATION)):
        copy = copied(model, tmp_path)
        (tmp_path / name).write_bytes((model.path / other).read_bytes())
        with pytest.raises(ModelCorrupt, match=name):
            Pyannote(copy)


class Hostile:
    """Touches a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self._path,))


@pytest.mark.parametrize("name", [SEGMENTATION, FILE])
def test_a_hostile_file_is_refused_and_does_nothing(name: str, model: LoadedModel, tmp_path: Path) -> None:
    copy, torch = copied(model, tmp_path), pyannote_library().torch
    torch.save({"pyannote.audio": Hostile(tmp_path / "touched")}, tmp_path / name)
    with pytest.raises(ModelCorrupt, match=name):
        Pyannote(copy)
    assert not (tmp_path / "touched").exists()


def test_a_checkpoint_cannot_name_a_class_from_elsewhere(model: LoadedModel, tmp_path: Path) -> None:
    library = pyannote_library()
    for module, name in (("os", "system"), ("pyannote.audio.models.segmentation.PyanNet", "merge_dict")):
        save(library.torch, load_checkpoint(library, model.path / SEGMENTATION), tmp_path, module=module, name=name)
        with pytest.raises(ModelCorrupt, match=f"{module}"):
            load_checkpoint(library, tmp_path / SEGMENTATION)


def test_a_folder_of_something_else_says_what_to_pull(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing")
    with pytest.raises(ModelError, match=SEGMENTATION) as caught:
        Pyannote(LoadedModel("other", tmp_path, ""))
    assert "pyannote-campplus" in caught.value.remedy


# --- a snapshot of a pipeline: the real segmentation, and networks that have learned nothing


def save(torch: Any, network: Any, folder: Path, *, module: str = "", name: str = "") -> None:
    """Write a checkpoint as pyannote.audio does."""
    folder.mkdir(exist_ok=True)
    checkpoint = {"state_dict": network.state_dict(), "hyper_parameters": dict(network.hparams)}
    network.on_save_checkpoint(checkpoint)
    named = checkpoint["pyannote.audio"]["architecture"]
    named["module"], named["class"] = module or named["module"], name or named["class"]
    with pytest.MonkeyPatch.context() as patch:  # Python 3.11.2 pickles an enum by getattr, which nobody should allow
        patch.setattr(Enum, "__reduce_ex__", lambda member, _: (type(member), (member.value,)))
        torch.save(checkpoint, folder / SEGMENTATION)


CONFIG_TEXT = """
dependencies: {pyannote.audio: 4.0.0}
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: VBxClustering
    segmentation: $model/segmentation
    segmentation_batch_size: 8
    segmentation_step: 0.25
    embedding: $model/embedding
    embedding_batch_size: 8
    embedding_exclude_overlap: true
    plda: $model/plda
params:
  clustering: {threshold: 0.6, Fa: 0.07, Fb: 0.8}
  segmentation: {min_duration_off: 0.0}
"""


@pytest.fixture(scope="module")
def snapshot(model: LoadedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the shape of `pyannote-community-1`."""
    folder, library = tmp_path_factory.mktemp("snapshot"), pyannote_library()
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding import WeSpeakerResNet34

    library.torch.manual_seed(1)
    save(library.torch, load_checkpoint(library, model.path / SEGMENTATION), folder / "segmentation")
    network = WeSpeakerResNet34()
    network.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=5.0, classes=["a", "b"]
    )
    save(library.torch, network, folder / "embedding")
    (folder / "plda").mkdir()
    rng = np.random.default_rng(1)
    np.savez(
        folder / "plda" / "xvec_transform.npz",
        mean1=np.zeros(256), mean2=np.zeros(128), lda=rng.standard_normal((256, 128)),
    )  # fmt: skip
    np.savez(folder / "plda" / "plda.npz", mu=np.zeros(128), tr=np.eye(128), psi=np.linspace(1, 2, 128))
    (folder / CONFIG).write_text(CONFIG_TEXT)
    return folder


def test_a_snapshot_of_a_pipeline_runs(snapshot: Path, consultation: Samples) -> None:
    loaded = Pyannote(LoadedModel("snapshot", snapshot, ""))
    found = loaded.diarize(as_samples(consultation[: 15 * SPEECH_RATE].copy()))
    assert found.turns
    assert list(dict.fromkeys(turn.speaker for turn in found.turns)) == list(found.voices)
    assert all(np.linalg.norm(voice) == pytest.approx(1.0, abs=1e-5) for voice in found.voices.values())
    one = loaded.diarize(as_samples(consultation[: 15 * SPEECH_RATE].copy()), n_speakers=1)
    assert set(one.voices) == {"S1"}
    assert loaded.diarize(NONSPEECH["silence"](3.0, 0.0)) == Diarization((), {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pipeline: {name: os.system, params: {}}\nparams: {}", "a pipeline of os.system"),
        (
            CONFIG_TEXT.replace("$model/segmentation", "pyannote/segmentation-3.0"),
            "where in its folder segmentation is",
        ),
        (CONFIG_TEXT.replace("$model/embedding", "$model/../../elsewhere"), "where in its folder embedding is"),
        (CONFIG_TEXT.replace("VBxClustering", "Astrology"), "does not fit"),
        ("pipeline: [", "describes no pipeline"),
        ("[]", "describes no pipeline"),
    ],
)
def test_a_snapshot_that_is_no_pipeline_of_ours_is_refused(
    text: str, said: str, snapshot: Path, tmp_path: Path
) -> None:
    for part in snapshot.iterdir():
        if part.is_dir():
            (tmp_path / part.name).symlink_to(part)
    (tmp_path / CONFIG).write_text(text)
    with pytest.raises(ModelError, match=said):
        Pyannote(LoadedModel("snapshot", tmp_path, ""))
