"""Live sessions as people have them: real models, PortAudio and the command line, in a room on a virtual sound card.

What people say is made by voices of the profile; what the loudspeaker played is recorded beside the program and read by
the recogniser. The microphone hears the loudspeaker, 20 dB lower, and some noise.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import soundfile
import soxr

from tests.helpers.live_program import LiveProgram, Row, TerminalProgram, voicedoc, with_stores
from tests.helpers.utterances import utterance
from tests.helpers.virtual_room import ECHO_DB, NOISE_DB, VirtualRoom, find, virtual_room
from voicedoc.core.audio import SPEECH_RATE, Samples, as_samples, level_db
from voicedoc.core.cards import LoadedModel
from voicedoc.evaluate.scores import word_errors
from voicedoc.evaluate.text import normalise
from voicedoc.profiles import load_profile
from voicedoc.recognize.faster_whisper import FasterWhisper
from voicedoc.speak.hibari import Hibari
from voicedoc.speak.kokoro import Kokoro
from voicedoc.speak.role import Synthesizer

pytestmark = [pytest.mark.device, pytest.mark.model]

Load = Callable[[str], LoadedModel]

VISIT = ("--doctor", "en", "--patient", "pt")

MOST_WORD_ERRORS = {"en": 0.25, "pt": 0.4}
"""Of the words that the voice was to say: the voices' round trip through this recogniser costs 3 and 23 %."""

WHERE = 0.15
"""Seconds by which the journal's spans may differ from where the microphone hears the voice."""


BREATH = 1.0
"""Seconds between the voice and who answers it: longer than the room rings."""


class Said(NamedTuple):
    """What somebody says, and words that its translation must have."""

    language: str
    text: str
    words: tuple[str, ...]


WHERE_IS_IT = Said("en", "Please tell me where the pain is.", ("dor",))
STOMACH = Said("pt", "Tenho uma dor forte no estômago desde ontem.", ("pain", "stomach", "yesterday"))
FEVER = Said("en", "Do you also have a fever or a cough?", ("febre",))
HEAD = Said("pt", "Sim, tenho febre e dor de cabeça.", ("fever", "head"))
NURSE = Said(
    "en",
    "Before we begin, the nurse will measure your temperature and your weight, and then I will listen to your heart.",
    ("temperatura",),
)
SORRY = Said("pt", "Desculpe, doutora, eu não entendi a pergunta.", ("sorry", "understand"))


class Voice(NamedTuple):
    """Somebody's speech: samples and their rate."""

    samples: Samples
    rate: int


@dataclass
class Held:
    """A session that is over: what it printed, what was heard in the room, and where it is kept."""

    environment: dict[str, str]
    folder: Path
    rows: list[Row]
    told: str
    status: int
    played: Samples

    def of(self, *kinds: str) -> list[Row]:
        return [row for row in self.rows if row["type"] in kinds]

    @cached_property
    def exported(self) -> Path:
        folder = self.folder / "exported"
        arguments = ("sessions", "export", "last", "--sound", "--format", "json,md", "--out", str(folder))
        done = voicedoc(self.environment, *arguments)
        assert done.returncode == 0, done.stderr
        return folder

    @cached_property
    def heard(self) -> Samples:
        """What the microphone heard, from the session's own recording."""
        sound, rate = soundfile.read(self.exported / "audio.flac", dtype="float32")
        return as_samples(soxr.resample(sound, rate, SPEECH_RATE))

    def spoken(self, number: int) -> list[Row]:
        """Where the voice said the clauses of an utterance."""
        return [row for row in self.of("ClauseSpoken") if row["utterance"] == number]

    @cached_property
    def offset(self) -> int:
        """The sample of the room's recording at which the microphone heard the audio clock's zero."""
        (first, *_) = self.of("ClauseSpoken")
        return self.place_of(first)

    def place_of(self, clause: Row) -> int:
        """The same, measured where a clause was said: its echo is looked for in what the loudspeaker played."""
        start, end = (round(clause["span"][edge] * SPEECH_RATE) for edge in ("start", "end"))
        place, alike = find(self.heard[start:end], self.played)
        assert alike > 0.6, f"only {alike:.2f} alike: is the loudspeaker heard at all?"
        return place - start

    def voice(self, number: int) -> Samples:
        """What the loudspeaker played of an utterance's translation."""
        spans = [row["span"] for row in self.spoken(number)]
        start = self.offset + round((min(span["start"] for span in spans) - 0.2) * SPEECH_RATE)
        end = self.offset + round((max(span["end"] for span in spans) + 0.2) * SPEECH_RATE)
        return as_samples(self.played[start:end])


@pytest.fixture(scope="module")
def models(loaded_model: Load) -> Load:
    for name in load_profile("embedded").models:
        loaded_model(name)
    return loaded_model


@pytest.fixture(scope="module")
def people(models: Load) -> Callable[[Said], Voice]:
    """Says something: the doctor in English, the patient in Portuguese, with a man's voice."""
    voices: dict[str, Synthesizer] = {
        "en": Hibari(models("hibari-en")),
        "pt": Kokoro(models("kokoro"), languages=["pt"], voice="pm_alex", threads=1),
    }

    def say(said: Said) -> Voice:
        voice = voices[said.language]
        sound = np.concatenate(list(voice.synthesize(said.text, language=said.language)))
        return Voice(as_samples((0.3 * sound / np.abs(sound).max()).astype(np.float32)), voice.rate)

    return say


@pytest.fixture(scope="module")
def recognizer(models: Load) -> FasterWhisper:
    return FasterWhisper(models("whisper-base"), device="cpu")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualRoom]:
    with virtual_room(tmp_path_factory.mktemp("room")) as room:
        yield room


def held(room: VirtualRoom, folder: Path, program: LiveProgram, environment: dict[str, str], since: int) -> Held:
    """End a session as its user does; `since` is where it began in what the loudspeaker played."""
    status = program.end()
    return Held(environment, folder, program.rows, program.said, status, as_samples(room.played()[since:]))


def undisturbed(hold: Callable[[], Held]) -> Held:
    """A session of which the machine was not so busy that the sound card lost half a word: tried again if it was."""
    session = hold()
    for _ in range(2):
        if not [row for row in session.of("AudioDamaged") if row["kind"] in ("lost", "overflow")]:
            break
        session = hold()
    return session


def check_voice(session: Held, number: int, said: Said, recognizer: FasterWhisper) -> None:
    """What the listener heard is the translation, in their language."""
    (cleared,) = [row for row in session.of("Cleared") if row["utterance"] == number]
    language = cleared["language"]
    assert language == {"en": "pt", "pt": "en"}[said.language]
    heard = recognizer.recognize(utterance(session.voice(number)), languages=("en", "pt"))
    assert heard.language == language
    found, wanted = normalise(heard.text, language), normalise(cleared["text"], language)
    assert word_errors(wanted, found).rate <= MOST_WORD_ERRORS[language], f"{wanted!r} was heard as {found!r}"
    assert all(word in found for word in said.words), f"{said.words} in {found!r}?"


# --- while the voice speaks, the microphone is not listened to

HALF_DUPLEX = (WHERE_IS_IT, STOMACH, FEVER, HEAD)


@pytest.fixture(scope="module")
def in_turns(room: VirtualRoom, people: Callable[[Said], Voice], tmp_path_factory: pytest.TempPathFactory) -> Held:
    """A doctor and a patient speak in turns, each once the voice has finished."""
    return undisturbed(lambda: _in_turns(room, people, tmp_path_factory.mktemp("in_turns")))


def _in_turns(room: VirtualRoom, people: Callable[[Said], Voice], folder: Path) -> Held:
    voices = [people(said) for said in HALF_DUPLEX]
    environment, since = with_stores(room.environment, folder / "sessions"), room.played().size
    with LiveProgram(environment, *VISIT, "--no-check") as program:
        program.until(lambda: bool(program.of("AudioOpened")))
        for number, voice in enumerate(voices, start=1):
            room.say(*voice)
            program.until_said(number)
            time.sleep(BREATH)
        return held(room, folder, program, environment, since)


@pytest.mark.parametrize(("number", "said"), list(enumerate(HALF_DUPLEX, start=1)))
def test_each_hears_the_other_in_their_own_language(
    in_turns: Held, number: int, said: Said, recognizer: FasterWhisper
) -> None:
    check_voice(in_turns, number, said, recognizer)


def test_who_spoke_is_told_by_what_they_spoke(in_turns: Held) -> None:
    assert [turn["role"] for turn in in_turns.of("TurnAttributed")] == ["doctor", "patient", "doctor", "patient"]
    listeners = {row["utterance"]: row["listener"] for row in in_turns.of("ClauseSpoken")}
    assert listeners == {1: "patient", 2: "doctor", 3: "patient", 4: "doctor"}


def test_nothing_that_the_voice_says_is_taken_for_a_person(in_turns: Held) -> None:
    assert len(in_turns.of("TranscriptFinal")) == len(in_turns.of("Utterance")) == len(HALF_DUPLEX)
    for clause in in_turns.of("ClauseSpoken"):  # though the microphone has heard all of it
        start, end = (round(clause["span"][edge] * SPEECH_RATE) for edge in ("start", "end"))
        assert level_db(as_samples(in_turns.heard[start:end])) > NOISE_DB + 10.0


def test_the_journal_says_where_the_voice_was_heard(in_turns: Held) -> None:
    loud = np.abs(in_turns.played) > 0.001
    differences = []
    for number in range(1, len(HALF_DUPLEX) + 1):
        places = [in_turns.place_of(clause) for clause in in_turns.spoken(number)]
        assert max(abs(place - in_turns.offset) for place in places) < 0.02 * SPEECH_RATE  # two recordings, one clock
        spans = [clause["span"] for clause in in_turns.spoken(number)]
        first = round(min(span["start"] for span in spans) * SPEECH_RATE) + places[0]
        last = round(max(span["end"] for span in spans) * SPEECH_RATE) + places[0]
        heard = first - SPEECH_RATE // 2 + np.flatnonzero(loud[first - SPEECH_RATE // 2 : last + SPEECH_RATE // 2])
        differences += [(heard[0] - first) / SPEECH_RATE, (heard[-1] - last) / SPEECH_RATE]
    assert max(map(abs, differences)) < WHERE, differences


def test_ctrl_c_ends_the_session_cleanly(in_turns: Held) -> None:
    assert in_turns.status == 0
    assert in_turns.of("SessionClosed")[0]["reason"] == "finished"
    assert in_turns.rows[-1]["type"] == "Summary"
    assert not in_turns.of("StageFailed", "DeviceLost")


def test_the_session_can_be_listed_shown_and_exported(in_turns: Held) -> None:
    listed = voicedoc(in_turns.environment, "sessions", "list", "--json")
    (session,) = json.loads(listed.stdout)
    assert (session["state"], session["doctor"], session["patient"]) == ("closed", "en", "pt")
    shown = json.loads(voicedoc(in_turns.environment, "sessions", "show", "last", "--json").stdout)
    texts = [turn["hypothesis"]["text"] for turn in in_turns.of("TurnAttributed")]
    assert [line["text"] for line in shown["transcript"]["utterances"]] == texts
    lines = (in_turns.exported / "journal.jsonl").read_text("utf-8").splitlines()
    exported = [json.loads(line)["type"] for line in lines]
    assert exported.count("ClauseSpoken") == len(in_turns.of("ClauseSpoken"))
    assert "stomach" in (in_turns.exported / "transcript.md").read_text("utf-8")


def test_nothing_of_it_can_be_read_without_the_passphrase(in_turns: Held) -> None:
    files = [path for path in (in_turns.folder / "sessions").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 100_000
    for path in files:
        content = path.read_bytes()
        assert not any(word in content for word in (b"stomach", "estômago".encode(), b"fever", b"fLaC", b"RIFF")), path
    stranger = {**in_turns.environment, "VOICEDOC_PASSPHRASE": "another passphrase"}
    refused = voicedoc(stranger, "sessions", "show", "last")
    assert refused.returncode == 1
    assert "stomach" not in refused.stdout


def test_a_replay_from_its_recording_comes_out_alike(in_turns: Held) -> None:
    done = voicedoc(in_turns.environment, "live", "--replay", "last", "--json")
    summary: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert (summary["alike"], summary["of"], summary["differences"]) == (4, 4, [])
    assert done.returncode == 0


# --- full duplex: the echo is cancelled, and the voice can be interrupted


@pytest.fixture(scope="module")
def over_the_voice(
    room: VirtualRoom, people: Callable[[Said], Voice], tmp_path_factory: pytest.TempPathFactory
) -> Held:
    """After a turn of each, the patient speaks while the voice speaks to them."""
    pytest.importorskip("livekit.rtc")
    return undisturbed(lambda: _over_the_voice(room, people, tmp_path_factory.mktemp("over_the_voice")))


def _over_the_voice(room: VirtualRoom, people: Callable[[Said], Voice], folder: Path) -> Held:
    voices = [people(said) for said in (WHERE_IS_IT, STOMACH, NURSE, SORRY)]
    environment, since = with_stores(room.environment, folder / "sessions"), room.played().size
    with LiveProgram(environment, *VISIT) as program:
        program.until(lambda: bool(program.of("AudioOpened")))
        for number, voice in enumerate(voices[:2], start=1):
            room.say(*voice)
            program.until_said(number)
            time.sleep(BREATH)
        room.say(*voices[2])
        program.until(lambda: bool(program.of("FirstAudio", utterance=3)))
        time.sleep(BREATH)  # who begins at the same moment as the voice does not mean it
        room.say(*voices[3])
        program.until_said(4)
        return held(room, folder, program, environment, since)


def test_the_sound_check_finds_that_the_echo_can_be_cancelled(over_the_voice: Held) -> None:
    (check,) = over_the_voice.of("SoundChecked")
    assert check["full_duplex"], over_the_voice.told
    assert check["noise"] == pytest.approx(NOISE_DB, abs=3.0)
    assert check["echo_loss"] > 15.0


def test_a_cancelled_echo_is_taken_for_nobody(over_the_voice: Held) -> None:
    assert [turn["role"] for turn in over_the_voice.of("TurnAttributed")] == ["doctor", "patient", "doctor", "patient"]
    assert not over_the_voice.of("Muted")  # though it was listened to
    assert not over_the_voice.of("VoicePaused", "VoiceCancelled")[2:]


def test_who_speaks_over_the_voice_silences_it(over_the_voice: Held) -> None:
    (cancelled,) = over_the_voice.of("VoiceCancelled")
    assert (cancelled["utterance"], cancelled["reason"]) == (3, "words")
    (cleared,) = [row for row in over_the_voice.of("Cleared") if row["utterance"] == 3]
    assert len(cancelled["heard"]) < 0.8 * len(cleared["text"])


@pytest.mark.parametrize(("number", "said"), [(1, WHERE_IS_IT), (2, STOMACH), (4, SORRY)])
def test_who_speaks_over_the_voice_is_translated_like_anybody(
    over_the_voice: Held, number: int, said: Said, recognizer: FasterWhisper
) -> None:
    check_voice(over_the_voice, number, said, recognizer)


@pytest.fixture(scope="module")
def turned_up(room: VirtualRoom, people: Callable[[Said], Voice], tmp_path_factory: pytest.TempPathFactory) -> Held:
    """After the sound check somebody turns the loudspeaker up, more and more, while the voice speaks."""
    pytest.importorskip("livekit.rtc")
    try:
        return undisturbed(lambda: _turned_up(room, people, tmp_path_factory.mktemp("turned_up")))
    finally:
        room.set_echo(ECHO_DB)


def _turned_up(room: VirtualRoom, people: Callable[[Said], Voice], folder: Path) -> Held:
    room.set_echo(ECHO_DB)
    voices = [people(said) for said in (NURSE, STOMACH, NURSE, SORRY)]
    environment, since = with_stores(room.environment, folder / "sessions"), room.played().size
    with LiveProgram(environment, *VISIT) as program:
        program.until(lambda: bool(program.of("AudioOpened")))
        for number, (voice, louder) in enumerate(zip(voices, (10.0, 16.0, 20.0, 23.0), strict=True), start=1):
            room.say(*voice)
            program.until(lambda number=number: len(program.of("TurnAttributed")) >= number)  # type: ignore[misc]
            said = program.of("TurnAttributed")[-1]["utterance"]  # the voice's echo has numbers, too, and no turns
            program.until(lambda said=said: bool(program.of("FirstAudio", utterance=said)))  # type: ignore[misc]
            room.set_echo(ECHO_DB + louder)
            program.until_said(said)
            time.sleep(BREATH)
        return held(room, folder, program, environment, since)


def test_a_voice_that_comes_back_louder_than_in_the_check_is_never_translated(turned_up: Held) -> None:
    (check,) = turned_up.of("SoundChecked")
    assert check["full_duplex"], turned_up.told
    assert [turn["role"] for turn in turned_up.of("TurnAttributed")] == ["doctor", "patient", "doctor", "patient"]


# --- on a terminal, with keys


def test_with_push_to_talk_only_who_holds_the_button_is_heard(
    room: VirtualRoom, people: Callable[[Said], Voice], tmp_path: Path
) -> None:
    environment = with_stores(room.environment, tmp_path / "sessions")
    doctor, patient = people(FEVER), people(HEAD)
    with TerminalProgram(environment, *VISIT, "--no-check", "--push-to-talk") as terminal:
        terminal.until_shown(" dB")  # the microphone's level: it is open
        room.say(*patient)  # to somebody else
        terminal.press("\x1b[D")
        terminal.until_shown("let go")
        room.say(*doctor)
        terminal.press(" ")
        terminal.until_shown("febre")
        terminal.press("qq")
        assert terminal.wait() == 0
        assert "finished: 1 utterances" in terminal.shown
        assert terminal.is_as_before
    shown = json.loads(voicedoc(environment, "sessions", "show", "last", "--json").stdout)
    (line,) = shown["transcript"]["utterances"]
    assert line["role"] == "doctor"
    assert line["spoken"]


def test_ctrl_c_on_the_terminal_ends_as_the_key_does(room: VirtualRoom, tmp_path: Path) -> None:
    environment = with_stores(room.environment, tmp_path / "sessions")
    with TerminalProgram(environment, *VISIT, "--no-check", "--profile", "scripted") as terminal:
        terminal.until_shown(" dB")  # the microphone's level: it is open
        terminal.press("\x03")
        assert terminal.wait() == 0
        assert "finished" in terminal.shown
        assert terminal.is_as_before
