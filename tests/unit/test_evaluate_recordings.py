"""Whole recordings as items: what is made, what the job is told, what becomes of its transcript."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from voicedoc_corpora import nonspeech, simulated
from voicedoc_corpora.devset import meetings
from voicedoc_corpora.simulated import PAUSES, make, plans, speech_in

from tests.helpers.systems import ScriptedSystems
from tests.helpers.transcripts import consultation
from voicedoc.batch import Outcome as BatchOutcome
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples
from voicedoc.core.speech import Role
from voicedoc.core.time import Span
from voicedoc.core.turns import SpeakerTurn
from voicedoc.errors import ConfigError, CorpusError
from voicedoc.evaluate.backends import ProfileSystems
from voicedoc.evaluate.items import items_of
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.solve import account_of
from voicedoc.evaluate.tasks import Task, load_task
from voicedoc.export.transcript import Transcript
from voicedoc.profiles import load_profile

pytestmark = pytest.mark.unit

READERS = {"libri_en_1-1": "en", "libri_en_1-2": "en", "libri_en_1-3": "en", "lj_en_1": "en", "leopard_pt_0": "pt"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A development set in small: utterances of three readers, a consultation and a meeting."""
    folder = tmp_path / "devset"
    folder.mkdir()
    lines: list[dict[str, object]] = []
    for number, (name, language) in enumerate(READERS.items(), start=1):
        soundfile.write(folder / f"{name}.wav", spoken(0.3, 1.0 + 0.2 * number), SPEECH_RATE)
        lines.append(manifest("utterance", name, f"{name}.wav", language, f"words of {name}"))
    soundfile.write(folder / "visit.wav", np.zeros(4000, np.float32), SPEECH_RATE)
    said = [{"speaker": "doctor", "text": "Any pain?"}, {"speaker": "patient", "text": "No."}]
    lines.append(manifest("consultation", "visit", "visit.wav", "en", "Any pain? No.") | {"turns": said})
    soundfile.write(folder / "talk.wav", np.zeros(SPEECH_RATE, np.float32), SPEECH_RATE)
    marked = [{"speaker": "B", "start": 2.5, "end": 3.5}, {"speaker": "A", "start": 0.5, "end": 3.5}]
    lines.append(manifest("diarization", "talk", "talk.wav", "en", "") | {"turns": marked, "duration": 30.0})
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    return folder


def manifest(kind: str, name: str, audio: str, language: str, text: str) -> dict[str, object]:
    return {"id": name, "kind": kind, "audio": audio, "language": language, "duration": 2.0, "text": text} | {
        "licence": "CC0-1.0"
    }


def spoken(quiet: float, loud: float) -> Samples:
    """A room, then a voice for `loud` seconds, then the room again."""
    draw = np.random.default_rng(4)
    sound = 0.001 * draw.standard_normal(round((2 * quiet + loud) * SPEECH_RATE))
    sound[round(quiet * SPEECH_RATE) : round((quiet + loud) * SPEECH_RATE)] *= 100
    return as_samples(sound.astype(np.float32))


def task(tmp_path: Path, part: str, languages: list[str], scorers: list[str], extra: str = "") -> Task:
    path = tmp_path / "small.toml"
    path.write_text(
        f'kind = "transcription"\nversion = 1\ntitle = "Small"\nscorers = {json.dumps(scorers)}\n{extra}\n'
        f'[data]\npart = "{part}"\nlanguages = {json.dumps(languages)}\n',
        "utf-8",
    )
    return load_task(str(path))


def values(outcome: Outcome) -> dict[tuple[str, str], float]:
    return {(figure.slice, figure.scorer): round(figure.value, 2) for figure in outcome.figures}


# --- what is made


def test_a_reader_who_has_enough_to_say_speaks_with_everybody_of_the_other_language(root: Path):
    (plan,) = plans(root, "en", "pt")
    assert [role for role, _ in plan.parts] == [Role.DOCTOR, Role.PATIENT] * 3
    assert {said.reader for role, said in plan.parts if role is Role.DOCTOR} == {"libri_en"}
    assert {said.reader for role, said in plan.parts if role is Role.PATIENT} == {"leopard_pt_0"}
    assert [plan.id for plan in plans(root, "pt", "en")] == ["pt-en-1"]
    assert list(plans(root, "en", "en")) == []  # one reader alone cannot talk
    with pytest.raises(CorpusError, match="no utterances in 'de'"):
        list(plans(root, "en", "de"))


def test_a_conversation_is_the_same_each_time_and_its_turns_lie_where_it_says(root: Path):
    (plan,) = plans(root, "en", "pt")
    made, again = make(plan), make(plan)
    assert np.array_equal(made.consultation.samples, again.consultation.samples) and made.speech == again.speech
    turns = made.consultation.turns
    assert [turn.text for turn in turns] == [said.reference for _, said in plan.parts]
    for turn, speech in zip(turns, made.speech, strict=True):  # one stretch of speech each
        assert turn.span.start <= speech.span.start < speech.span.end <= turn.span.end
        assert speech.speaker == turn.role.value
        level = np.sqrt(np.mean(made.consultation.samples[samples_of(speech.span)] ** 2))
        assert -30.0 < 20 * np.log10(level) < -19.0  # two at once are louder
    gaps = [after.span.start - before.span.end for before, after in pairwise(turns)]
    assert all(-0.81 < gap <= PAUSES[1] + 0.001 for gap in gaps)


def samples_of(span: Span) -> slice:
    return slice(round(span.start * SPEECH_RATE), round(span.end * SPEECH_RATE))


def test_speech_is_where_it_is_loud_and_short_pauses_are_none():
    (span,) = speech_in(spoken(0.5, 2.0))
    assert (span.start, span.end) == pytest.approx((0.5, 2.5), abs=0.03)
    joined = as_samples(np.concatenate([spoken(0.1, 1.0), spoken(0.1, 1.0)]))
    assert len(speech_in(joined)) == 1
    apart = as_samples(np.concatenate([spoken(0.2, 1.0), spoken(0.2, 1.0)]))
    assert len(speech_in(apart)) == 2
    assert speech_in(as_samples(np.zeros(1000, np.float32))) == speech_in(as_samples(np.zeros(0, np.float32))) == []


@pytest.mark.parametrize("kind", nonspeech.KINDS)
def test_a_sound_without_words_is_the_same_for_the_same_seed_and_no_louder_than_it_may_be(kind: str):
    made = nonspeech.make(kind, 3.0, 1)
    assert made.dtype == np.float32 and made.size == 3 * SPEECH_RATE and bool(np.isfinite(made).all())
    assert np.array_equal(made, nonspeech.make(kind, 3.0, 1))
    loudest = max(float(np.sqrt(np.mean(second**2))) for second in np.split(made, 3))
    if kind == "silence":
        assert loudest == 0.0
    else:
        assert 10**-2.1 < loudest <= 10**-0.99
        assert not np.array_equal(made, nonspeech.make(kind, 3.0, 2))


def test_sounds_are_as_different_as_their_names():
    energy = {kind: spectrum(kind) for kind in ("white", "pink", "brown", "hum")}
    assert energy["white"] > 0.8 > energy["pink"] > energy["brown"] > energy["hum"]


def spectrum(kind: str) -> float:
    """The share of energy above 1 kHz."""
    power = np.abs(np.fft.rfft(nonspeech.make(kind, 4.0, 1))) ** 2
    return float(power[4000:].sum() / power.sum())


# --- items


def test_the_consultation_has_roles_and_no_times(root: Path, tmp_path: Path):
    (item,) = items_of(task(tmp_path, "consultation", ["en", "pt"], ["cpwer"]), root)
    assert item.recording is not None and item.recording.languages == ("en", "pt")
    assert [(said.role, said.span) for said in item.recording.truth.said] == [("doctor", None), ("patient", None)]


def test_meetings_are_run_with_and_without_the_number_of_speakers(root: Path, tmp_path: Path):
    free, told = items_of(task(tmp_path, "meetings", ["en"], ["der"]), root)
    assert free.recording is not None and told.recording is not None
    assert (free.recording.n_speakers, told.recording.n_speakers) == (None, 2)
    assert free.recording.truth.turns == (SpeakerTurn(Span(0.5, 3.5), "A"), SpeakerTurn(Span(2.5, 3.5), "B"))
    assert free.id != told.id and free.slice != told.slice


def test_a_single_utterance_is_a_recording_with_several_languages_named(root: Path, tmp_path: Path):
    (item,) = items_of(task(tmp_path, "singles", ["pt+en+es"], ["wer"]), root)
    assert (item.slice, item.language) == ("pt", "pt")
    assert item.recording is not None and item.recording.languages == ("pt", "en", "es")


def test_the_marked_turns_of_meetings_are_those_of_their_rttm_files_and_marked_is_all_of_it(devset: Path):
    lines = [json.loads(line) for line in (devset / "manifest.jsonl").read_text("utf-8").splitlines()]
    listed = {line["id"]: line for line in lines if line["kind"] == "diarization"}
    found = list(meetings(devset))
    assert len(found) == len(listed) == 10
    for recording in found:
        rttm = [line.split() for line in (devset / listed[recording.id]["rttm"]).read_text("utf-8").splitlines()]
        theirs = [(words[7], round(float(words[3]), 2), round(float(words[3]) + float(words[4]), 2)) for words in rttm]
        assert [(t.speaker, round(t.start or 0.0, 2), round(t.end or 0.0, 2)) for t in recording.turns] == theirs
        assert listed[recording.id]["uem"] == [0.0, recording.duration]


def test_the_shipped_conversations_are_more_than_a_dozen_in_two_languages_and_overlap_sometimes(devset: Path):
    items = items_of(load_task("conversations"), devset)
    two = [item for item in items if item.slice == "two languages"]
    assert len(two) >= 12 and len(items) - len(two) >= 3
    assert len({item.id for item in items}) == len(items)
    truths = [item.recording.truth.said for item in items if item.recording]
    spans = [[said.span for said in truth if said.span] for truth in truths]
    overlaps = [a.overlap(b) for each in spans for a, b in pairwise(each)]
    assert 0.05 < np.mean(np.array(overlaps) > 0) < 0.4


# --- runs


def test_a_recording_is_written_down_by_a_job_that_is_told_what_the_item_says(root: Path, tmp_path: Path):
    systems = ScriptedSystems(written=consultation())
    outcome = run_task(
        task(tmp_path, "meetings", ["en"], ["der", "voices-off", "failed"]), systems, tmp_path / "out", root=root
    )
    assert systems.jobs == [(SPEECH_RATE, ("en",), None), (SPEECH_RATE, ("en",), 2)]
    assert values(outcome)["number found", "failed"] == 0.0


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recordings without speech last 2 s."""
    monkeypatch.setattr("voicedoc.evaluate.recordings.NONSPEECH_SECONDS", 2.0)


def test_a_made_recording_reaches_the_job_as_a_file_of_its_length(tmp_path: Path, brief: None):
    systems = ScriptedSystems(written=consultation())
    extra = 'overall = "all kinds"'
    scorers = ["false-words", "false-recordings", "false-speech"]
    outcome = run_task(task(tmp_path, "nonspeech", ["en"], scorers, extra), systems, tmp_path / "out", root=None)
    assert {frames for frames, _, _ in systems.jobs} == {2 * SPEECH_RATE}
    n_words = sum(len(line.text.split()) for line in consultation().in_time())
    assert values(outcome)["babble", "false-words"] == n_words * 1800.0
    assert values(outcome)["all kinds", "false-words"] == n_words * 1800.0
    assert values(outcome)["all kinds", "false-speech"] == len(consultation().lines) * 1800.0
    overall = next(figure for figure in outcome.figures if figure.slice == "all kinds")
    assert overall.unit == "words/h" and overall.counts[1] == pytest.approx(len(nonspeech.KINDS) / 1800)


def test_silence_heard_as_silence_is_a_rate_of_zero_and_not_nothing(tmp_path: Path, brief: None):
    empty = Transcript(duration=2.0)
    systems = ScriptedSystems(written=empty, may_be_empty=True)
    outcome = run_task(task(tmp_path, "nonspeech", ["en"], ["false-words"]), systems, tmp_path / "out", root=None)
    assert values(outcome)["silence", "false-words"] == 0.0


def test_what_was_found_survives_being_read_back(root: Path, tmp_path: Path):
    small = task(tmp_path, "consultation", ["en"], ["cpwer", "roles", "wer-stream"])
    first, again = ScriptedSystems(written=consultation()), ScriptedSystems()
    before = values(run_task(small, first, tmp_path / "out", root=root))
    outcome = run_task(small, again, tmp_path / "out", root=root)
    assert (outcome.n_resumed, again.n_calls) == (1, 0)
    assert values(outcome) == before


def test_one_recording_of_many_turns_has_an_interval_that_is_called_what_it_is(root: Path, tmp_path: Path):
    lines = [json.loads(line) for line in (root / "manifest.jsonl").read_text("utf-8").splitlines()]
    for line in lines:
        line["turns"] = line.get("turns", []) * 10
    (root / "manifest.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    systems = ScriptedSystems(written=consultation())
    outcome = run_task(task(tmp_path, "consultation", ["en"], ["cpwer"]), systems, tmp_path / "out", root=root)
    (figure,) = outcome.figures
    assert (figure.n, figure.n_groups, figure.drawn) == (1, 2, "blocks of one recording")
    assert figure.low is not None
    assert "this says nothing of other recordings" in (tmp_path / "out" / "small" / "report.html").read_text("utf-8")


def test_a_recording_that_cannot_be_read_has_failed_and_lost_its_words(root: Path, tmp_path: Path):
    outcome = run_task(
        task(tmp_path, "consultation", ["en"], ["wer-stream", "failed"]), ScriptedSystems(), tmp_path / "out", root=root
    )
    assert values(outcome) == {("consultation", "wer-stream"): 100.0, ("consultation", "failed"): 100.0}


def test_an_utterance_that_failed_is_said(root: Path, tmp_path: Path):
    from voicedoc.core.events import StageFailed

    broken = consultation()
    broken.line(1).seen.add(StageFailed)
    outcome = run_task(
        task(tmp_path, "consultation", ["en"], ["failed"]),
        ScriptedSystems(written=broken),
        tmp_path / "out",
        root=root,
    )
    assert values(outcome) == {("consultation", "failed"): 100.0}


def test_a_kind_of_task_takes_data_of_its_kind(tmp_path: Path):
    with pytest.raises(ConfigError, match="part 'utterances' is unknown"):
        task(tmp_path, "utterances", ["en"], ["wer"])


# --- the real job, on scripted backends


def test_a_profile_writes_a_recording_down_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    recording = tmp_path / "visit.wav"
    soundfile.write(recording, np.concatenate([spoken(1.0, 2.0), spoken(1.0, 2.0)]), SPEECH_RATE)
    with ProfileSystems(load_profile("scripted")) as systems:
        account = account_of(systems.write_down(recording, ("en", "pt"), None))
        assert [said.language for said in account.said] == ["en", "pt"]
        assert {turn.speaker for turn in account.turns} == {"S1", "S2"}
        again = account_of(systems.write_down(recording, ("en", "pt"), 1))  # the same engine: its script goes on
        assert again.said[0].text != account.said[0].text and len({turn.speaker for turn in again.turns}) == 1
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_stopped_job_is_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def stopped(*_: object, **__: object) -> BatchOutcome:
        return BatchOutcome(tmp_path, "interrupted", consultation())

    monkeypatch.setattr("voicedoc.batch.transcribe_file", stopped)
    with ProfileSystems(load_profile("scripted")) as systems, pytest.raises(KeyboardInterrupt):
        systems.write_down(tmp_path / "visit.wav", ("en", "pt"), None)


# --- transcripts


def test_an_account_has_every_line_with_words_in_order_of_time_and_the_diarizer_s_turns():
    account = account_of(consultation())
    assert all(said.text for said in account.said)
    starts = [said.span.start for said in account.said if said.span]
    assert len(starts) == len(account.said) and starts == sorted(starts)
    assert {said.role for said in account.said} >= {"doctor", "patient"}
    assert account.turns == tuple(consultation().turns)


def test_without_a_diarizer_the_lines_are_the_turns():
    alone = replace(consultation(), turns=[])
    account = account_of(alone)
    assert [turn.span for turn in account.turns] == [said.span for said in account.said]


def test_the_simulation_says_how_much_speech_it_counts(devset: Path):
    (plan,) = plans(devset, "en", "pt")
    made = simulated.make(plan)
    spoken_seconds = sum(turn.span.duration for turn in made.speech)
    assert 0.6 < spoken_seconds / (made.consultation.samples.size / SPEECH_RATE) < 1.0
