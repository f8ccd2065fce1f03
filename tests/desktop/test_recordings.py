"""Recordings: the queue, what is asked of the office, and the office's work on recordings without models."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.places import Go, Place
from voicedoc_desktop.state.recordings import (
    AGAIN,
    OVER,
    Item,
    QueueState,
    Stage,
    Wish,
    added,
    again,
    changed,
    following,
    removed,
)
from voicedoc_desktop.tasks.transcribe import (
    Also,
    Drop,
    Hold,
    ListChoices,
    Loading,
    Looked,
    LookForRecordings,
    Moved,
    Transcribe,
)
from voicedoc_desktop.viewmodels.recordings import RecordingsViewModel
from voicedoc_desktop.views.recordings import RecordingsView

from tests.desktop.conftest import ScriptedDesk
from tests.desktop.office import Office
from tests.desktop.screens import Studio
from tests.desktop.work_screens import CHOICES, ITEMS, WISH, recordings
from tests.helpers.jobs import check_finished, scripted_profile
from tests.helpers.sounds import write_bursts
from voicedoc.errors import VoiceDocError

pytestmark = pytest.mark.unit


@pytest.fixture
def studio(desk: ScriptedDesk, tmp_path: Path) -> Studio:
    return Studio(desk, SettingsStore(tmp_path / "desktop.toml"), tmp_path)


# --- the queue, pure

STAGES = st.sampled_from(list(Stage))


@given(st.lists(st.tuples(st.integers(0, 5), STAGES, st.floats(0, 100), st.floats(0, 100)), max_size=8))
def test_the_share_of_a_queue_is_a_share_and_whole_only_when_all_is_over(
    given_items: list[tuple[int, Stage, float, float]],
) -> None:
    items = tuple(
        Item(path=f"{n}-{name}", wish=WISH, stage=stage, heard=min(heard, length), duration=length)
        for n, (name, stage, heard, length) in enumerate(given_items)
    )
    state = QueueState(items=items)
    assert 0.0 <= state.share <= 1.0 + 1e-9
    if items and all(one.stage in OVER for one in items):
        assert state.share == pytest.approx(1.0)


def test_a_recording_is_in_the_queue_once_and_one_that_is_over_is_done_again() -> None:
    state = added(added(QueueState(), ITEMS[:2]), ITEMS[:1])
    assert [one.path for one in state.items] == [ITEMS[0].path, ITEMS[1].path]
    done = changed(state, ITEMS[0].path, stage=Stage.DONE)
    assert [one.stage for one in added(done, ITEMS[:1]).items] == [Stage.WAITING, Stage.WAITING]


def test_what_is_worked_on_is_not_taken_out() -> None:
    state = changed(added(QueueState(), ITEMS[:2]), ITEMS[0].path, stage=Stage.WORKING)
    assert [one.path for one in removed(state, [one.path for one in ITEMS[:2]]).items] == [ITEMS[0].path]


def test_only_what_failed_or_was_stopped_is_tried_again() -> None:
    state = added(QueueState(), ITEMS[:3])
    for item, stage in zip(ITEMS[:3], (Stage.DONE, Stage.FAILED, Stage.STOPPED), strict=True):
        state = changed(state, item.path, stage=stage, message="why")
    tried = again(state, [one.path for one in ITEMS[:3]])
    assert [one.stage for one in tried.items] == [Stage.DONE, Stage.WAITING, Stage.WAITING]
    assert [one.message for one in tried.items] == ["why", "", ""]
    assert AGAIN <= OVER


def test_what_comes_next_wants_all_the_same() -> None:
    other = replace(WISH, languages=("es", "pt"))
    state = added(QueueState(), [ITEMS[0], replace(ITEMS[1], wish=other), ITEMS[2]])
    assert [one.path for one in following(state)] == [ITEMS[0].path, ITEMS[2].path]


# --- the view-model


def shown(
    qtbot: QtBot, studio: Studio, *, items: tuple[Item, ...] = ITEMS[:2]
) -> tuple[RecordingsViewModel, RecordingsView]:
    model, view = recordings(studio, items=items)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: not items or bool(studio.desk.tasks(Transcribe)))
    return model, view


def test_files_that_were_dropped_elsewhere_are_transcribed(qtbot: QtBot, studio: Studio) -> None:
    model, _view = shown(qtbot, studio)
    assert studio.desk.tasks(LookForRecordings)[0].paths == tuple(one.path for one in ITEMS[:2])
    assert studio.desk.tasks(LookForRecordings)[0].wish.out == "Documents/VoiceDoc"
    assert studio.desk.tasks(Transcribe)[0].items == ITEMS[:2]
    assert "2 recordings" in model.runs


def test_progress_and_results_are_shown_and_results_open_in_review(qtbot: QtBot, studio: Studio) -> None:
    model, _view = shown(qtbot, studio)
    job = studio.desk.job(Transcribe)
    job.tell(Loading(True))
    assert model.state.is_loading
    job.tell(Loading(False), Moved(replace(ITEMS[0], stage=Stage.WORKING, heard=100.0)))
    assert model.state.items[0].share == pytest.approx(100 / 312)
    job.tell(Moved(replace(ITEMS[0], stage=Stage.DONE)))
    with qtbot.waitSignal(model.wants) as wanted:
        model.open(ITEMS[0].path)
    assert wanted.args == [Go(Place.REVIEW, session=ITEMS[0].folder)]


def test_more_recordings_join_those_that_are_being_done(qtbot: QtBot, studio: Studio) -> None:
    model, _view = shown(qtbot, studio)
    studio.desk.answer(LookForRecordings, result=Looked((ITEMS[2],), ("notes.txt: no recording",)))
    model.add(("clinic/visit-3.mp3", "notes.txt"))
    qtbot.waitUntil(lambda: len(model.state.items) == 3)
    assert studio.desk.tasks(LookForRecordings)[-1].beside == tuple(one.path for one in ITEMS[:2])
    assert studio.desk.job(Transcribe).said == [Also((ITEMS[2],))]
    assert "notes.txt" in model.state.problem


def test_pause_stop_take_out_and_try_again(qtbot: QtBot, studio: Studio) -> None:
    model, _view = shown(qtbot, studio)
    job = studio.desk.job(Transcribe)
    model.pause()
    model.pause()
    model.stop(ITEMS[1].path)
    assert job.said == [Hold(True), Hold(False), Drop(ITEMS[1].path)]
    assert model.state.items[1].stage is Stage.STOPPED
    model.retry([ITEMS[1].path])
    assert job.said[-1] == Also((ITEMS[1],))
    model.remove([ITEMS[1].path])
    assert job.said[-1] == Drop(ITEMS[1].path)
    assert [one.path for one in model.state.items] == [ITEMS[0].path]


def test_what_wants_something_else_is_done_afterwards(qtbot: QtBot, studio: Studio) -> None:
    model, _view = shown(qtbot, studio)
    model.change(languages=("es", "pt"), targets=("es",))
    other = replace(ITEMS[2], wish=model.wish)
    studio.desk.answer(LookForRecordings, result=Looked((other,), ()))
    model.add((other.path,))
    qtbot.waitUntil(lambda: len(model.state.items) == 3)
    job = studio.desk.job(Transcribe)
    assert job.said == []
    job.tell(*(Moved(replace(one, stage=Stage.DONE)) for one in ITEMS[:2]))
    job.finish()
    assert studio.desk.tasks(Transcribe)[-1].items == (other,)


def test_a_process_that_dies_fails_what_it_was_at_and_all_can_be_tried_again(qtbot: QtBot, studio: Studio) -> None:
    model, _view = shown(qtbot, studio)
    job = studio.desk.job(Transcribe)
    job.tell(Moved(replace(ITEMS[0], stage=Stage.WORKING, heard=10.0)))
    job.fail("the process died", "try again", "died")
    assert [one.stage for one in model.state.items] == [Stage.FAILED, Stage.FAILED]
    assert model.runs == ""
    model.retry([one.path for one in ITEMS])
    assert len(studio.desk.tasks(Transcribe)) == 2


def test_the_end_is_told_wherever_one_is(qtbot: QtBot, studio: Studio) -> None:
    model, _view = shown(qtbot, studio, items=ITEMS[:1])
    job = studio.desk.job(Transcribe)
    job.tell(Moved(replace(ITEMS[0], stage=Stage.FAILED, message="not audio")))
    with qtbot.waitSignal(model.noticed):
        job.finish()


def test_nothing_is_taken_that_cannot_be_transcribed(qtbot: QtBot, studio: Studio) -> None:
    model, view = recordings(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: model.choices is not None)
    model.change(formats=())
    assert not view.drop.isEnabled()
    model.add(("x.wav",))
    assert studio.desk.tasks(LookForRecordings) == []


def test_choices_change_what_is_wished(qtbot: QtBot, studio: Studio) -> None:
    model, view = recordings(studio)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: model.choices is not None)
    view.wish.patient.chosen.emit("es")
    assert model.wish.languages == ("en", "es") and model.wish.targets == ("en", "es")
    view.wish.into["doctor"].click()
    assert model.wish.targets == ("es",)
    view.wish.formats["srt"].click()
    assert "srt" not in model.wish.formats
    view.wish.speakers.chosen.emit("3")
    assert model.wish.n_speakers == 3
    view.wish.profile.chosen.emit("workstation")
    assert view.wish.lacks.isVisibleTo(view.wish)


def test_only_rows_that_changed_are_drawn_again(qtbot: QtBot, studio: Studio) -> None:
    model, view = recordings(studio, items=ITEMS)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(studio.desk.tasks(Transcribe)))
    rows = dict(view.queue._rows)
    studio.desk.job(Transcribe).tell(Moved(replace(ITEMS[0], stage=Stage.WORKING, heard=5.0)))
    QApplication.processEvents()
    assert view.queue._rows == rows
    model.remove([ITEMS[2].path])
    assert set(view.queue._rows) == {one.path for one in ITEMS if one is not ITEMS[2]}
    assert isinstance(view, RecordingsView)


# --- the office's work, without models


@pytest.fixture
def wish(tmp_path: Path) -> Wish:
    profile = scripted_profile(tmp_path)
    return Wish(
        languages=("en", "pt"), targets=("pt",), formats=("json", "md"), profile=str(profile.path),
        out=str(tmp_path / "out"),
    )  # fmt: skip


def stages(office: Office) -> dict[str, list[Stage]]:
    """The stages that each recording went through, by its name."""
    found: dict[str, list[Stage]] = {}
    for told in office.told:
        if isinstance(told, Moved):
            seen = found.setdefault(Path(told.item.path).name, [])
            if not seen or seen[-1] is not told.item.stage:
                seen.append(told.item.stage)
    return found


def look(tmp_path: Path, wish: Wish, *names: str) -> tuple[Item, ...]:
    paths = tuple(str(write_bursts(tmp_path / "recordings" / name, n=2 + n)) for n, name in enumerate(names))
    return LookForRecordings(paths, wish).run(Office(tmp_path)).items


def test_recordings_are_transcribed_into_folders_of_their_own(tmp_path: Path, wish: Wish) -> None:
    items = look(tmp_path, wish, "one.wav", "two.wav")
    office = Office(tmp_path)
    Transcribe(items).run(office)
    office.close()
    assert stages(office) == {name: [Stage.WORKING, Stage.DONE] for name in ("one.wav", "two.wav")}
    for item in items:
        check_finished(Path(item.folder))
    assert [told.on for told in office.told if isinstance(told, Loading)] == [True, False]
    done = [told.item for told in office.told if isinstance(told, Moved) and told.item.stage is Stage.DONE]
    assert all(item.n_utterances > 0 and item.duration > 0 for item in done)


def test_what_was_done_before_is_not_done_again_and_loads_nothing(tmp_path: Path, wish: Wish) -> None:
    items = look(tmp_path, wish, "one.wav")
    Transcribe(items).run(first := Office(tmp_path))
    first.close()
    Transcribe(items).run(office := Office(tmp_path))
    office.close()
    assert stages(office) == {"one.wav": [Stage.WORKING, Stage.ALREADY]}
    assert not [told for told in office.told if isinstance(told, Loading)]


def test_a_file_that_is_no_recording_fails_and_the_next_is_done(tmp_path: Path, wish: Wish) -> None:
    bad = tmp_path / "recordings" / "bad.wav"
    bad.parent.mkdir()
    bad.write_text("not audio")
    items = (*LookForRecordings((str(bad),), wish).run(Office(tmp_path)).items, *look(tmp_path, wish, "one.wav"))
    Transcribe(items).run(office := Office(tmp_path))
    office.close()
    assert stages(office) == {"bad.wav": [Stage.WORKING, Stage.FAILED], "one.wav": [Stage.WORKING, Stage.DONE]}


def test_what_is_dropped_is_stopped_and_the_others_are_done(tmp_path: Path, wish: Wish) -> None:
    items = look(tmp_path, wish, "one.wav", "two.wav")

    def drop(told: object) -> None:
        if isinstance(told, Moved) and told.item.path == items[0].path and told.item.stage is Stage.WORKING:
            office.say(Drop(items[0].path), Hold(True))
            while not held.wait(0.01):
                held.set() if any(isinstance(one, Loading) for one in office.told) else None

    held = threading.Event()
    office = Office(tmp_path, drop)
    office.say(Drop(items[1].path), Also((items[1],)))
    threading.Timer(1.0, lambda: office.say(Hold(False))).start()
    Transcribe(items).run(office)
    office.close()
    assert stages(office)["one.wav"][-1] in (Stage.STOPPED, Stage.DONE)
    assert stages(office)["two.wav"][-1] is Stage.DONE


def test_a_queue_that_waits_does_nothing_and_goes_on_when_it_may(tmp_path: Path, wish: Wish) -> None:
    items = look(tmp_path, wish, "one.wav")
    office = Office(tmp_path)
    office.say(Hold(True))
    worker = threading.Thread(target=Transcribe(items).run, args=(office,))
    worker.start()
    worker.join(0.7)
    assert worker.is_alive()
    assert Stage.DONE not in stages(office).get("one.wav", [])
    office.say(Hold(False))
    worker.join(30)
    office.close()
    assert stages(office)["one.wav"][-1] is Stage.DONE


def test_a_queue_that_nobody_wants_ends(tmp_path: Path, wish: Wish) -> None:
    items = look(tmp_path, wish, "one.wav")
    office = Office(tmp_path)
    office.say(Hold(True))
    worker = threading.Thread(target=Transcribe(items).run, args=(office,))
    worker.start()
    office.close()
    worker.join(30)
    assert not worker.is_alive()


def test_two_recordings_of_one_name_have_results_of_their_own(tmp_path: Path, wish: Wish) -> None:
    first = str(write_bursts(tmp_path / "monday" / "visit.wav", n=2))
    second = str(write_bursts(tmp_path / "tuesday" / "visit.wav", n=3))
    (one,) = LookForRecordings((first,), wish).run(Office(tmp_path)).items
    (two,) = LookForRecordings((second,), wish, beside=(first,)).run(Office(tmp_path)).items
    assert one.folder != two.folder
    Transcribe((one,)).run(office := Office(tmp_path))
    office.close()
    (later,) = LookForRecordings((second,), wish).run(Office(tmp_path)).items
    assert later.folder != one.folder
    (same,) = LookForRecordings((first,), wish).run(Office(tmp_path)).items
    assert same.folder == one.folder


def test_a_profile_that_is_not_there_is_told(tmp_path: Path, wish: Wish) -> None:
    items = look(tmp_path, replace(wish, profile="nonsense"), "one.wav")
    with pytest.raises(VoiceDocError):
        Transcribe(items).run(Office(tmp_path))


def test_choices_name_profiles_formats_and_a_folder(tmp_path: Path) -> None:
    choices = ListChoices().run(Office(tmp_path))
    assert "embedded" in [one.name for one in choices.profiles]
    assert "docx" in [one.name for one in choices.formats]
    assert choices.folder.endswith("VoiceDoc")


def test_a_model_that_was_fetched_meanwhile_is_there_when_one_comes_back(
    qtbot: QtBot, studio: Studio, desk: ScriptedDesk
) -> None:
    lacking = replace(CHOICES, profiles=tuple(replace(one, lacking=("whisper",)) for one in CHOICES.profiles))
    model, _ = recordings(studio)
    qtbot.waitUntil(lambda: model.choices is not None)
    model.change(n_speakers=3)
    for found in (lacking, CHOICES):
        desk.answer(ListChoices, result=found)
        model.arrive(Go(Place.RECORDINGS))
        qtbot.waitUntil(lambda found=found: model.choices == found)
    assert model.wish.n_speakers == 3
