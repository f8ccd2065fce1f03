"""The guide at the first start, and the settings: models fetched with stop and go on, one sentence, keys, the key."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.hot_keys import keys_now
from voicedoc_desktop.state.models import ModelRow, Work
from voicedoc_desktop.state.outlook import Lack
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.practice import SENTENCES, Hearing, Practised, Preparing, Understanding
from voicedoc_desktop.state.stored import StoreFacts
from voicedoc_desktop.tasks.keeping import ChangeKey, KeepFor
from voicedoc_desktop.tasks.models import PullModel
from voicedoc_desktop.tasks.outlook import LookAhead
from voicedoc_desktop.tasks.practice import PractiseSentence
from voicedoc_desktop.tasks.server import TryServer
from voicedoc_desktop.viewmodels.home_screen import VISIT_LANGUAGES
from voicedoc_desktop.viewmodels.settings import SettingsViewModel
from voicedoc_desktop.viewmodels.welcome import STEPS, Step, WelcomeViewModel
from voicedoc_desktop.views.hot_keys import HotKeys

from tests.desktop.conftest import ScriptedDesk
from tests.desktop.home_screens import outlook
from tests.desktop.screens import Studio
from tests.desktop.settings_screens import settings as settings_view
from voicedoc.capture.devices import Device, Microphone
from voicedoc.capture.recorder import Ended, Heard, Opened, Sound
from voicedoc.core.audio import Samples
from voicedoc.errors import BackendUnavailable
from voicedoc.speak.loudspeaker import Loudspeaker

pytestmark = pytest.mark.unit

LACKS = (
    Lack("whisper-base", "recognize", 147_000_000, "MIT", False),
    Lack("firefox-en-pt", "translate", 22_000_000, "MPL-2.0, unconfirmed", True),
)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "desktop.toml")


@pytest.fixture
def guide(desk: ScriptedDesk, settings: SettingsStore) -> WelcomeViewModel:
    desk.answer(LookAhead, result=outlook(LACKS))
    made = WelcomeViewModel(desk, settings)
    made.arrive(Go(Place.WELCOME))
    QApplication.processEvents()
    return made


def row(name: str) -> ModelRow:
    return ModelRow(name=name, role="recognize", state="installed", description="", licence="", provenance="")


def test_the_guide_goes_through_its_steps_and_ends_at_home(guide: WelcomeViewModel, settings: SettingsStore) -> None:
    goes: list[Go] = []
    guide.wants.connect(goes.append)
    seen = []
    for _ in STEPS:
        seen.append(guide.state.step)
        guide.forward()
    assert (seen, goes, settings.now.welcomed) == (list(STEPS), [Go(Place.HOME)], True)


def test_a_model_without_a_settled_licence_is_fetched_only_once_it_is_accepted(
    guide: WelcomeViewModel, desk: ScriptedDesk
) -> None:
    guide.fetch()
    desk.job(PullModel).finish(row("whisper-base"))
    assert [task.name for task in desk.tasks(PullModel)] == ["whisper-base"]
    assert [lack.name for lack in guide.state.lacks] == ["firefox-en-pt"]
    guide.accept("firefox-en-pt", accepted=True)
    guide.fetch()
    assert desk.tasks(PullModel)[-1] == PullModel("firefox-en-pt", accepts=True)


def test_fetching_shows_how_far_it_is_stops_and_goes_on(guide: WelcomeViewModel, desk: ScriptedDesk) -> None:
    guide.fetch()
    first = desk.job(PullModel)
    first.tell(Work("pull", "part1.whl", 10, 100), Work("pull", "part1.whl", 50, 100))
    assert guide.state.work is not None
    assert (guide.state.work.share, guide.busy) == (0.5, "Models are being fetched")
    guide.stop_fetching()
    assert (first.is_stopped, guide.state.pulling, guide.busy) == (True, "", "")
    first.finish(row("whisper-base"))
    assert "whisper-base" not in guide.state.fetched
    guide.fetch()
    assert [task.name for task in desk.tasks(PullModel)] == ["whisper-base", "whisper-base"]


def test_one_model_that_fails_keeps_no_other_from_being_fetched(guide: WelcomeViewModel, desk: ScriptedDesk) -> None:
    guide.accept("firefox-en-pt", accepted=True)
    guide.fetch()
    desk.job(PullModel).fail("cannot reach the registry", "check the connection", "SourceFailed")
    desk.job(PullModel).finish(row("firefox-en-pt"))
    assert set(guide.state.failures) == {"whisper-base"}
    assert (guide.state.pulling, [lack.name for lack in guide.state.lacks]) == ("", ["whisper-base"])


def test_leaving_the_guide_stops_what_is_fetched(guide: WelcomeViewModel, desk: ScriptedDesk) -> None:
    guide.fetch()
    guide.leave()
    assert desk.job(PullModel).is_stopped


def test_one_sentence_is_practised_and_shown(guide: WelcomeViewModel, desk: ScriptedDesk) -> None:
    guide.go_to(Step.PRACTICE)
    guide.practise()
    job = desk.job(PractiseSentence)
    job.tell(Preparing())
    job.tell(Hearing(6.0))
    assert guide.state.is_practising
    job.finish(Practised("Good morning.", "Bom dia.", is_spoken=True))
    assert (guide.state.is_practising, guide.state.practice) == (False, Practised("Good morning.", "Bom dia.", True))


def test_there_is_a_sentence_in_every_language_that_is_offered() -> None:
    assert set(SENTENCES) == set(VISIT_LANGUAGES)


# --- the practice itself


class Here:
    """A task's process, with nobody at the window."""

    def __init__(self) -> None:
        self.told: list[object] = []
        self.stopped = threading.Event()

    def tell(self, item: object) -> None:
        self.told.append(item)


class Room:
    """A room in which something is heard at once; what is played is kept."""

    def __init__(self, *heard: Heard) -> None:
        self._heard = [*heard]
        self.played: list[Samples] = []
        self.is_closed = False

    def devices(self) -> list[Device]:
        return []

    def open_input(self, microphone: Microphone, /, *, substitutes: bool) -> Room:
        return self

    def loudspeaker(self, position: Callable[[], float], device: str) -> Loudspeaker:
        raise NotImplementedError

    def play(self, samples: Samples, rate: int, device: str, stopping: threading.Event) -> None:
        self.played.append(samples)

    def read(self) -> list[Heard]:
        heard, self._heard = self._heard, []
        return heard

    def close(self) -> None:
        self.is_closed = True


def practice(room: Room) -> PractiseSentence:
    return PractiseSentence("en", "pt", "scripted", Microphone(), seconds=0.5, sound=room)


def test_what_is_read_out_is_understood_translated_and_spoken() -> None:
    room, here = Room(Opened("headset", 48_000), Sound(np.ones((24_000, 1), np.int16))), Here()
    found = practice(room).run(here)  # type: ignore[arg-type]  # the practice asks for no store
    assert found == Practised("Good morning. Do you have any pain?", "Bom dia. Tem alguma dor?", is_spoken=True)
    assert here.told == [Preparing(), Hearing(0.5), Understanding()]
    assert room.is_closed
    assert sum(map(len, room.played)) > 0


def test_a_microphone_that_ends_is_told_and_let_go() -> None:
    room = Room(Opened("headset", 48_000), Ended("the headset is gone", "plug it in"))
    with pytest.raises(BackendUnavailable, match="the headset is gone"):
        practice(room).run(Here())  # type: ignore[arg-type]
    assert room.is_closed


def test_a_microphone_that_gives_no_sound_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicedoc_desktop.tasks.practice.LONGEST_WAIT", -1.0)  # it has been waited for
    with pytest.raises(BackendUnavailable, match="gives no sound"):
        practice(Room()).run(Here())  # type: ignore[arg-type]


def test_who_thinks_better_of_practising_while_models_load_is_not_listened_to() -> None:
    here = Here()
    here.stopped.set()
    room = Room(Opened("headset", 48_000), Sound(np.ones((24_000, 1), np.int16)))
    assert practice(room).run(here) == Practised("", "", is_spoken=False)  # type: ignore[arg-type]
    assert here.told == [Preparing()] and room.read()  # nobody has listened


# --- settings


@pytest.fixture
def page(desk: ScriptedDesk, settings: SettingsStore) -> SettingsViewModel:
    return SettingsViewModel(desk, settings)


def test_a_key_that_is_taken_is_refused_with_who_has_it(page: SettingsViewModel, settings: SettingsStore) -> None:
    page.set_key("pause", "R")
    assert (page.state.clash, dict(settings.now.keys)) == (("pause", "R", "repeat"), {})
    page.set_key("pause", "F8")
    assert (page.state.clash, dict(settings.now.keys)) == (None, {"pause": "F8"})
    page.set_key("pause", "M")
    assert dict(settings.now.keys) == {}


def test_a_key_that_is_given_back_is_refused_where_another_has_it_by_now(
    page: SettingsViewModel, settings: SettingsStore
) -> None:
    page.set_key("no", "B")
    page.set_key("yes", "N")
    page.set_key("no", "")
    assert page.state.clash == ("no", "N", "yes")
    assert keys_now(settings.now.keys) | {"yes": "N", "no": "B"} == keys_now(settings.now.keys)


@pytest.mark.parametrize("key", ["Ctrl+K", "Alt+K", "Meta+K", "Ctrl+Shift+K"])
def test_a_key_that_would_need_another_one_is_refused_and_says_why(
    qtbot: QtBot, page: SettingsViewModel, settings: SettingsStore, key: str
) -> None:
    view = HotKeys(page)
    qtbot.addWidget(view)
    page.changed.connect(view.show_state)
    page.set_key("silence", key)
    assert dict(settings.now.keys) == {}
    assert any("a key of a visit is pressed alone" in label.text() for label in view.trouble.findChildren(QLabel))


@pytest.mark.parametrize(("key", "alone"), [("Shift+K", "K"), ("Shift+?", "?"), ("Num++", "+")])
def test_a_key_is_what_a_visit_sees_of_it(
    page: SettingsViewModel, settings: SettingsStore, key: str, alone: str
) -> None:
    page.set_key("silence", key)
    assert dict(settings.now.keys) == {"silence": alone}


def test_a_combination_that_a_file_has_leaves_the_first_key() -> None:
    assert keys_now({"silence": "Ctrl+K"})["silence"] == "."


def test_a_new_key_is_under_way_until_it_is_there_whatever_else_is_answered(
    page: SettingsViewModel, desk: ScriptedDesk
) -> None:
    page.change_key("keyring")
    page.keep_for(30)
    desk.job(KeepFor).finish(StoreFacts("/kept", "keyring", 30, 1, 0))
    assert page.state.doing == "key"


def test_retention_and_the_key_are_changed_by_the_store(page: SettingsViewModel, desk: ScriptedDesk) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    page.keep_for(30)
    desk.job(KeepFor).finish(StoreFacts("/kept", "keyring", 30, 1, 0))
    page.change_key("passphrase", "battery staple")
    assert page.state.doing == "key"
    desk._typed = "the passphrase before"
    desk.job(ChangeKey).finish(StoreFacts("/kept", "passphrase", 30, 1, 0))
    assert desk._typed is None  # it opens nothing any more
    assert page.state.store == StoreFacts("/kept", "passphrase", 30, 1, 0)
    assert (page.state.doing, len(said)) == ("", 2)


def test_a_key_that_is_refused_leaves_things_as_they_were(page: SettingsViewModel, desk: ScriptedDesk) -> None:
    page.change_key("keyring")
    desk.job(ChangeKey).fail("no keyring", "start it", "KeyRefused")
    assert page.state.store_failure == Failure("no keyring", "start it", "KeyRefused")
    assert page.state.doing == ""


def test_a_server_is_tried_and_only_its_own_answer_counts(
    page: SettingsViewModel, desk: ScriptedDesk, settings: SettingsStore
) -> None:
    page.try_server(" http://192.168.1.20:8000/v1 ", "qwen")
    first = desk.job(TryServer)
    page.try_server("http://192.168.1.21:8000/v1", "qwen")
    first.finish("qwen")
    assert page.state.server_answers is None
    desk.job(TryServer).fail("cannot be reached", "start the server", "ServerFailed")
    assert (page.state.server_answers, settings.now.server) == (False, "http://192.168.1.21:8000/v1")
    page.try_server("", "")
    assert (settings.now.server, len(desk.tasks(TryServer))) == ("", 2)


def test_an_address_on_the_network_warns_that_words_leave_this_machine(
    qtbot: QtBot, desk: ScriptedDesk, settings: SettingsStore, tmp_path: Path
) -> None:
    view = settings_view(Studio(desk, settings, tmp_path))
    qtbot.addWidget(view)
    view.show()
    view.server.address.setText("http://localhost:8000/v1")
    assert not view.server.warning.isVisibleTo(view)
    view.server.address.setText("http://192.168.1.20:8000/v1")
    assert view.server.warning.isVisibleTo(view)
    assert "192.168.1.20" in view.server.warning.accessibleName()
