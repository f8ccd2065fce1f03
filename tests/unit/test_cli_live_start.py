"""`voicedoc live` from the command line: what comes before a session, what it shows, and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial, reduce
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from tests.helpers.live_events import doubted, ended, held, opened, started, turn, visit
from tests.helpers.vault import vault_in
from voicedoc.capture.devices import Device, Microphone
from voicedoc.cli import main
from voicedoc.cli.consent import ask_consent
from voicedoc.cli.live_lines import lines_of, summary, summary_lines
from voicedoc.cli.live_start import choice
from voicedoc.cli.replayed import compare
from voicedoc.core.commands import Command
from voicedoc.core.events import (
    Answered,
    AudioOpened,
    Cleared,
    Consented,
    Event,
    Notice,
    Pressed,
    SessionClosed,
    SoundChecked,
    StageFailed,
    TranscriptFinal,
    TurnAttributed,
    TurnCorrected,
    Utterance,
    UtteranceReopened,
    VoiceCancelled,
    Withdrawn,
)
from voicedoc.core.speech import Role, UtteranceId, Visit
from voicedoc.core.time import Span
from voicedoc.errors import ConfigError
from voicedoc.guard.lexicon import LANGUAGES
from voicedoc.live import Room, opened_room
from voicedoc.view.advance import advance
from voicedoc.view.state import State, figures_of
from voicedoc.visit import consent
from voicedoc.visit.consent import STATUS, Script, consented, script_in
from voicedoc.visit.room import microphones_of, roles_of, room_of
from voicedoc.visit.sound_check import check_words, duplex_words, together

pytestmark = pytest.mark.unit

ONE = UtteranceId(1)
EN_PT = Visit("en", "pt")
CHECK = SoundChecked(
    at=0.0, microphone="Yeti", loudspeaker="Speaker", noise=-55.0, speech=-20.0, echo=-35.0, echo_delay=0.08,
    full_duplex=False, tail=0.3,
)  # fmt: skip


# --- consent


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_consent_script_in_every_language_of_the_guard(language: str) -> None:
    script = script_in(language)
    assert len(script.sentences) == 7
    assert all(script.sentences)


def test_a_region_does_not_hide_the_script() -> None:
    assert script_in("pt-BR").sentences == script_in("pt").sentences
    assert script_in("pt-BR").language == "pt-BR"


def test_the_script_says_that_nobody_has_reviewed_it() -> None:
    assert "not reviewed by a lawyer" in STATUS
    assert "Not reviewed by a lawyer" in Path(consent.__file__).with_suffix(".toml").read_text("utf-8")


def test_what_was_told_is_kept_word_for_word() -> None:
    fact = consented(EN_PT, agreed=True)
    assert fact.languages == ("en", "pt")
    assert fact.texts == (script_in("en").text, script_in("pt").text)
    assert consented(EN_PT, agreed=True, was_told=False).texts == ()
    assert consented(Visit("en", "sw"), agreed=True).languages == ("en",)


class Spoken:
    """A voice for consent that remembers."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.stops = 0

    def __call__(self, sentences: Any, language: str) -> None:
        self.said.append((language, sentences[0]))

    def stop(self) -> None:
        self.stops += 1


def typed(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    """Somebody presses `keys`; then the input ends."""
    waiting = iter(keys)

    def getchar(echo: bool = False) -> str:
        for key in waiting:
            return key
        raise EOFError

    monkeypatch.setattr("click.getchar", getchar)


@pytest.mark.parametrize(("keys", "agreed"), [("a", True), ("?A", True), ("d", False), ("", False)])
def test_both_agree_or_nothing_is_recorded(monkeypatch: pytest.MonkeyPatch, keys: str, agreed: bool) -> None:
    typed(monkeypatch, keys)
    out = StringIO()
    assert ask_consent(EN_PT, Console(file=out, width=80)) is agreed
    for words in ("May I record this conversation?", "Posso gravar esta conversa?", STATUS):
        assert words in out.getvalue()


def test_it_is_read_out_to_the_patient_and_again_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "sa")
    voice = Spoken()
    assert ask_consent(EN_PT, Console(file=StringIO()), voice)
    assert voice.said == [("pt", script_in("pt").sentences[0])] * 2
    assert voice.stops == 3  # before each, and at the end


def test_a_language_without_a_script_sends_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "a")
    out, voice = StringIO(), Spoken()
    assert ask_consent(Visit("en", "sw"), Console(file=out, width=80), voice)
    assert "have a person explain it" in out.getvalue()
    assert voice.said == []
    assert script_in("sw") == Script("sw", ())


# --- microphones, the sound check


def test_microphones_are_shared_split_or_two() -> None:
    doctor_patient = (Role.DOCTOR, Role.PATIENT)
    assert microphones_of(None, None, None, ()) == ((Microphone(),), ())
    assert microphones_of("USB", None, None, doctor_patient) == ((Microphone("USB", (0, 1)),), doctor_patient)
    assert microphones_of(None, "A", "B", ()) == ((Microphone("A"), Microphone("B")), doctor_patient)


@pytest.mark.parametrize("options", [(None, "A", None, ()), (None, None, "B", ()), ("C", "A", "B", ())])
def test_microphones_that_contradict_each_other_are_refused(options: Any) -> None:
    with pytest.raises(ConfigError):
        microphones_of(*options)


@pytest.mark.parametrize(
    ("check", "is_well", "words"),
    [
        (CHECK, True, "a voice 35 dB above the room"),
        (replace(CHECK, speech=-47.0), False, "which is little"),
        (replace(CHECK, speech=-54.0), False, "nobody was heard"),
        (replace(CHECK, speech=None), True, "the room at -55 dB"),
    ],
)
def test_the_microphone_is_judged_in_words(check: SoundChecked, is_well: bool, words: str) -> None:
    found, text = check_words(check)[0]
    assert found is is_well
    assert words in text


def test_the_loudspeaker_is_judged_in_words() -> None:
    assert check_words(replace(CHECK, echo_loss=22.0))[1] == (
        True,
        "loudspeaker Speaker: heard at -35 dB, 80 ms later, 22 dB of it can be taken out",
    )
    assert "does not hear it" in check_words(replace(CHECK, echo=None))[1][1]
    assert len(check_words(replace(CHECK, loudspeaker=""))) == 1
    assert "0.3 s after" in duplex_words(CHECK, speaks=True)
    assert duplex_words(replace(CHECK, full_duplex=True), speaks=True) == "the voice can be interrupted by speaking"
    assert "no voice" in duplex_words(CHECK, speaks=False)


def test_two_microphones_are_full_duplex_only_if_both_are() -> None:
    one = replace(CHECK, full_duplex=True, tail=0.2)
    other = replace(CHECK, microphone="Headset", tail=0.5)
    assert together([one, one]).full_duplex
    both = together([one, other])
    assert (both.microphone, both.full_duplex, both.tail) == ("Yeti, Headset", False, 0.5)


def test_q_gives_up_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "zc")
    assert choice("ce\n") == "c"
    typed(monkeypatch, "\r")
    assert choice("ce\n") == "\n"
    for keys in ("q", ""):
        typed(monkeypatch, keys)
        with pytest.raises(click.Abort):
            choice("ce\n")


# --- lines


def lines(events: list[Event]) -> str:
    state, shown = State(), []
    for event in events:
        before, state = state, advance(state, event)
        shown += [line.plain for line in lines_of(before, state, event)]
    return "\n".join(shown)


def test_turns_are_printed_as_interpret_prints_them() -> None:
    printed = lines(visit())
    assert "   0:01.0 doctor  en  Good morning. Do you have any pain?" in printed
    assert f"{'':18}pt  Bom dia. Tem alguma dor?" in printed
    assert "⚠ held, not said: dose: 50 mg became 15 mg; translated back: “Take 15 mg twice a day.”" in printed


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (doubted(1, 3.5), "? patient, doubt: “Disse 2 dias?”"),
        (Answered(at=4.0, utterance=ONE, kind="doubt", answer="yes", by="voice"), "answered: yes (voice)"),
        (Withdrawn(at=4.0, utterance=ONE, reason="skipped"), "not said: skipped"),
        (VoiceCancelled(at=4.0, utterance=ONE, reason="stopped", heard=""), "cut short: stopped"),
        (UtteranceReopened(at=4.0, utterance=ONE, channel=0, revision=1), "goes on"),
        (TurnCorrected(at=4.0, utterance=ONE, role=Role.PATIENT), "that was the patient"),
        (Consented(at=0.0, agreed=True, texts=(), languages=()), "consent was given"),
        (Notice(at=1.0, code="x", message="no voice", remedy="read it"), "⚠ no voice → read it"),
        (StageFailed(at=4.0, utterance=ONE, stage="speak", message="no sound"), "⚠ speak failed: no sound"),
        (
            Cleared(
                at=4.0, utterance=UtteranceId(9), listener=Role.PATIENT, language="pt", text="Olá.", purpose="phrase"
            ),
            "pt  Olá.",
        ),
    ],
)
def test_what_matters_has_a_line(event: Event, words: str) -> None:
    assert words in lines([*opened(), *turn(1, 1.0, Role.DOCTOR, ("en", "a"), ("pt", "b")), event])


def test_what_comes_too_late_is_not_printed() -> None:
    again = UtteranceReopened(at=9.0, utterance=ONE, channel=0, revision=1)
    late = Answered(at=4.0, utterance=ONE, kind="doubt", answer="yes", by="voice")
    assert "answered" not in lines([started(1, 1.0), again, late])


def test_the_end_tells_the_figures_and_where_the_session_is() -> None:
    state = reduce(advance, [*visit(), *held(5, 20.0)], State())
    told = "\n".join(line.plain for line in summary_lines("7f3a9c2e", "finished", figures_of(state)))
    for words in (
        "session 7f3a9c2e finished: 4 utterances in 0:22.5",
        "held 2",
        "1.0 s in the median of 2",
        "voicedoc sessions show 7f3a9c2e",
    ):
        assert words in told
    row = summary("7f3a9c2e", "finished", figures_of(state))
    assert (row["utterances"], row["held"], row["median_delay"]) == (4, 2, 1.0)


# --- replays


def test_a_replay_is_compared_utterance_by_utterance() -> None:
    before = visit()
    assert compare(before, before).differences == ()
    assert compare(before, before).n_alike == 3
    other = [
        replace(event, hypothesis=replace(event.hypothesis, text="Other."))
        if isinstance(event, TranscriptFinal) and event.utterance == 3
        else event
        for event in before
        if getattr(event, "utterance", 0) != 1
        and not (type(event).__name__ == "TurnAttributed" and event.utterance == 3)  # type: ignore[attr-defined]
    ]
    assert compare(before, other).differences == (
        "0:01.0 utterance 1: not in the replay",
        "0:12.0 utterance 3: text, role",
    )


def test_times_are_compared_as_exactly_as_a_journal_keeps_them() -> None:
    before = visit()

    def beginning_later(seconds: float) -> list[Event]:
        spans = (Utterance, TranscriptFinal, TurnAttributed)
        return [
            replace(event, span=Span(event.span.start + seconds, event.span.end)) if isinstance(event, spans) else event
            for event in before
        ]

    assert compare(before, beginning_later(1e-7)).differences == ()
    assert compare(before, beginning_later(1e-3)).n_alike == 0


def test_the_room_is_read_from_the_journal_and_its_last_part_holds() -> None:
    first = Room(push_to_talk=True)
    last = Room(
        microphones=(Microphone("A"), Microphone("B", (1,))),
        roles=(Role.DOCTOR, Role.PATIENT),
        loudspeaker="HDMI",
        check=CHECK,
    )
    assert room_of([*opened(), opened_room(first), CHECK, opened_room(last)]) == last
    assert room_of(visit()) == Room()
    assert room_of(opened(stages=("capture",))) == Room(speaking=False)


def test_channels_roles_are_read_from_the_journal() -> None:
    events = [
        replace(ended(1, 0.0, 1.0), channel=1),
        *(replace(event, method="channel") for event in turn(1, 0.0, Role.PATIENT, ("pt", "a"), ("en", "b"))[3:4]),
    ]
    assert roles_of(events) == (Role.UNKNOWN, Role.PATIENT)
    assert roles_of(visit()) == ()


# --- the command


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session store of the test's own, and two sound devices."""
    monkeypatch.setattr("voicedoc.cli.stored.open_vault", partial(vault_in, tmp_path / "sessions"))
    found = [Device(0, "Yeti", 2, 0, 48000, True, False), Device(1, "Speaker", 0, 2, 48000, False, True)]
    monkeypatch.setattr("voicedoc.capture.devices.devices", lambda: found)
    return tmp_path


def scripted(monkeypatch: pytest.MonkeyPatch, events: list[Event], engines: list[Any] | None = None) -> list[Room]:
    """In the place of a session: these events. The rooms that sessions were run in; their engines in `engines`."""
    rooms: list[Room] = []
    told = EARLIER
    told.clear()

    def run_live(engine: Any, stored: Any, room: Room, *, watch: Any, earlier: list[Event], beside: Any = None) -> None:
        told.append(earlier)
        rooms.append(room)
        if engines is not None:
            engines.append(engine)
        for event in [*events[:1], opened_room(room), *events[1:]]:
            stored.journal.append(event)
            watch(event)
        stored.journal.seal()

    monkeypatch.setattr("voicedoc.live.run_live", run_live)
    return rooms


EARLIER: list[list[Event]] = []
"""What each scripted session was told of the parts before it."""

CLOSED = SessionClosed(at=9.0, reason="finished", n_utterances=1)
ONE_TURN: list[Event] = [*opened(), *turn(1, 1.0, Role.DOCTOR, ("en", "Good morning."), ("pt", "Bom dia.")), CLOSED]


def live(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["live", *arguments])


def visit_live(*arguments: str) -> Result:
    return live("--doctor", "en", "--patient", "pt", "--profile", "scripted", "--no-check", *arguments)


def test_a_visit_is_shown_kept_and_summed_up(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = scripted(monkeypatch, ONE_TURN)
    result = visit_live("--consented", "--silent", "--push-to-talk", "--keep-days", "30")
    assert result.exit_code == 0, result.output
    for words in ("microphone: Yeti", "doctor  en  Good morning.", "pt  Bom dia.", "finished: 1 utterances"):
        assert words in result.output
    assert (rooms[0].speaking, rooms[0].push_to_talk) == (False, True)
    with vault_in(store / "sessions") as vault:
        (kept,) = vault.sessions()
    assert (kept.state, kept.agreed, kept.keep_days, kept.doctor, kept.patient) == ("closed", True, 30, "en", "pt")
    assert f"voicedoc sessions show {kept.id}" in result.output


def test_json_is_one_object_for_each_event_and_a_summary(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, ONE_TURN)
    result = visit_live("--consented", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    names = [type(event).__name__ for event in ONE_TURN]
    assert [row["type"] for row in rows] == ["Consented", names[0], "RoomOpened", *names[1:], "Summary"]
    assert rows[-1]["utterances"] == 1
    assert "Yeti" in result.stderr


def test_consent_that_is_refused_leaves_no_sound(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = scripted(monkeypatch, ONE_TURN)
    monkeypatch.setattr("voicedoc.cli.keys.stdin_has_keys", lambda: True)
    typed(monkeypatch, "d")
    result = visit_live("--silent")
    assert result.exit_code == 0, result.output
    assert "nothing was recorded" in result.output
    assert rooms == []
    with vault_in(store / "sessions") as vault:
        (kept,) = vault.sessions()
        assert (kept.state, kept.reason, kept.agreed) == ("closed", "declined", False)
        assert list(vault.sound(kept.id).folder.iterdir()) == []


def test_consent_is_asked_for_once_in_a_session_that_goes_on(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, ONE_TURN)
    assert visit_live("--consented").exit_code == 0
    again = live("--continue", "last", "--no-check", "--consented")
    assert again.exit_code == 0, again.output
    with vault_in(store / "sessions") as vault:
        (kept,) = vault.sessions()
    assert kept.parts == 2


def test_a_visits_glossary_reaches_its_engine(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engines: list[Any] = []
    scripted(monkeypatch, ONE_TURN, engines)
    (store / "drugs.csv").write_text("kind,term\ndrug,Zyntrafel\n", "utf-8")
    result = visit_live("--consented", "--glossary", str(store / "drugs.csv"))
    assert result.exit_code == 0, result.output
    assert [term.common for term in engines[0].glossary.terms] == ["Zyntrafel"]


TWO_SIDES = ("--microphone", "Yeti", "--channels", "doctor,patient")


def test_a_session_goes_on_in_its_room(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = scripted(monkeypatch, ONE_TURN)
    assert visit_live("--consented", "--silent", "--push-to-talk", *TWO_SIDES).exit_code == 0
    again = live("--continue", "last", "--no-check")
    assert again.exit_code == 2, "nobody has said that consent was taken"
    again = live("--continue", "last", "--no-check", "--consented")
    assert again.exit_code == 0, again.output
    assert rooms[1] == rooms[0]
    assert EARLIER[0] == [] and any(isinstance(event, TurnAttributed) for event in EARLIER[1])
    assert (rooms[1].roles, rooms[1].push_to_talk, rooms[1].speaking) == ((Role.DOCTOR, Role.PATIENT), True, False)
    otherwise = live("--continue", "last", "--no-check", "--consented", "--open-microphone", "--aloud")
    assert otherwise.exit_code == 0, otherwise.output
    assert (rooms[2].roles, rooms[2].push_to_talk, rooms[2].speaking) == (rooms[0].roles, False, True)


def test_a_session_does_not_go_on_with_another_number_of_channels(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = AudioOpened(at=0.0, source="Yeti", codec="pcm_s16le", rate=48_000, n_channels=2, duration=None)
    scripted(monkeypatch, [*ONE_TURN[:2], heard, *ONE_TURN[2:]])
    assert visit_live("--consented", *TWO_SIDES).exit_code == 0
    again = live("--continue", "last", "--no-check", "--consented", "--microphone", "Yeti")
    assert again.exit_code == 1, again.output
    assert "records 2 channel(s)" in again.output and "leave these options out" in again.output
    with vault_in(store / "sessions") as vault:
        assert vault.sessions()[0].parts == 1


def test_a_session_does_not_go_on_in_other_languages(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, ONE_TURN)
    assert visit_live("--consented").exit_code == 0
    again = live("--continue", "last", "--consented", "--doctor", "en", "--patient", "es")
    assert again.exit_code == 2
    assert "between 'en' and 'pt'" in " ".join(again.output.replace("│", " ").split())
    same = live("--continue", "last", "--consented", "--no-check", "--doctor", "en", "--patient", "pt")
    assert same.exit_code == 0, same.output


def test_what_is_over_its_time_is_destroyed_before_a_visit_and_never_the_one_that_goes_on(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted(monkeypatch, ONE_TURN)
    assert visit_live("--consented", "--keep-days", "0").exit_code == 0
    with vault_in(store / "sessions") as vault:
        first = vault.sessions()[0].id
    again = live("--continue", first, "--no-check", "--consented")
    assert again.exit_code == 0, again.output
    assert "over its time" not in again.output
    another = visit_live("--consented")
    assert f"Session {first} was over its time and has been destroyed." in another.output
    with vault_in(store / "sessions") as vault:
        assert first not in [each.id for each in vault.sessions()]
        (entry,) = [entry for entry in vault.audit() if entry.action == "purged"]
    assert (entry.session, json.loads(entry.detail)) == (first, {"reason": "expired"})


def test_a_session_that_was_cut_off_is_told_or_continued(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with vault_in(store / "sessions") as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as cut_off:
        cut_off.journal.append(opened()[0])
        name = cut_off.id
    scripted(monkeypatch, ONE_TURN)
    told = visit_live("--consented")
    assert f"voicedoc live --continue {name}" in told.output and f"voicedoc intake --continue {name}" in told.output
    monkeypatch.setattr("voicedoc.cli.keys.stdin_has_keys", lambda: True)
    typed(monkeypatch, "ca")
    continued = visit_live("--silent")
    assert f"session {name} finished" in continued.output
    with vault_in(store / "sessions") as vault:
        assert vault.find(name).parts == 2


def test_a_session_that_was_cut_off_can_be_ended(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with vault_in(store / "sessions") as vault, vault.begin(doctor="en", patient="pt", profile="scripted") as cut_off:
        cut_off.journal.append(opened()[0])
        name = cut_off.id
    scripted(monkeypatch, ONE_TURN)
    monkeypatch.setattr("voicedoc.cli.keys.stdin_has_keys", lambda: True)
    typed(monkeypatch, "ea")
    assert visit_live("--silent").exit_code == 0
    with vault_in(store / "sessions") as vault:
        assert vault.find(name).state == "closed"


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([*ONE_TURN[:-1], replace(CLOSED, reason="interrupted")], 130),
        ([*ONE_TURN[:-1], StageFailed(at=8.0, utterance=ONE, stage="speak", message="no sound"), CLOSED], 1),
    ],
)
def test_the_exit_status_tells_how_it_ended(
    store: Path, monkeypatch: pytest.MonkeyPatch, events: list[Event], status: int
) -> None:
    scripted(monkeypatch, events)
    assert visit_live("--consented").exit_code == status


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--doctor", "en", "--consented"), "which languages they speak"),
        (("--doctor", "en", "--patient", "en-GB", "--consented"), "two different languages"),
        (("--doctor", "en", "--patient", "pt"), "--consented"),
        (("--doctor", "en", "--patient", "pt", "--consented", "--paced"), "--paced goes with --replay"),
        (("--continue", "a", "--replay", "b"), "either --continue or --replay"),
        (("--replay", "last", "--microphone", "USB"), "its own languages and devices"),
        (("--replay", "last", "--doctor", "en"), "its own languages and devices"),
        (("--doctor", "en", "--patient", "pt", "--consented", "--doctor-microphone", "A"), "go together"),
        (("--doctor", "en", "--patient", "pt", "--consented", "--channels", "doctor,patinet"), "is no role"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_opened(arguments: tuple[str, ...], words: str) -> None:
    result = live(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.replace("│", " ").split())


def test_a_microphone_that_is_not_there_is_told_with_those_that_are(store: Path) -> None:
    result = visit_live("--consented", "--microphone", "Nessie")
    assert result.exit_code == 1
    assert "no microphone is called 'Nessie'" in result.output
    assert "Yeti" in result.output


def test_a_replay_says_what_came_out_alike(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, ONE_TURN)
    assert visit_live("--consented").exit_code == 0
    seen: list[Any] = []

    def replay(
        engine: Any, sound: Any, events: list[Event], room: Room, *, paced: bool, watch: Any, intake: Any = None
    ) -> list[Event]:
        seen.append((room.speaking, paced))
        for event in events:
            watch(event)
        return events

    monkeypatch.setattr("voicedoc.live.replay", replay)
    result = live("--replay", "last", "--paced")
    assert result.exit_code == 0, result.output
    assert "1 of 1 utterances came out alike" in result.output
    assert seen == [(True, True)]
    rows = [json.loads(line) for line in live("--replay", "last", "--json").stdout.splitlines()]
    assert (rows[-1]["alike"], rows[-1]["of"]) == (1, 1)


def test_nothing_that_was_said_is_logged(
    store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scripted(monkeypatch, [*ONE_TURN[:-1], Pressed(at=8.0, command=Command.STOP), CLOSED])
    with caplog.at_level(0):
        visit_live("--consented")
    assert not any("Good morning" in record.getMessage() for record in caplog.records)
