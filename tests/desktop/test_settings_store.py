"""The settings' file, the hot keys in it, and the address of a server."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from voicedoc_desktop.settings import SettingsStore
from voicedoc_desktop.state.address import host_of, leaves_this_machine
from voicedoc_desktop.state.hot_keys import FIXED, HOT_KEYS, clash, keys_now, meaning
from voicedoc_desktop.state.settings import NotSettings, Settings, from_toml, to_toml
from voicedoc_desktop.state.visit_plan import Sharing, has_two_languages
from voicedoc_desktop.views.hot_keys import hot_key_words
from voicedoc_desktop.views.passphrase import SHORTEST

from voicedoc.store import keys

pytestmark = pytest.mark.unit

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@given(microphone=TEXTS, server=TEXTS, size=st.sampled_from((100, 150)), key=TEXTS, on=st.booleans())
def test_what_is_written_is_read_again(microphone: str, server: str, size: int, key: str, on: bool) -> None:
    settings = Settings(microphone=microphone, server=server, text_size=size, push_to_talk=on, keys={"pause": key})
    assert from_toml(to_toml(settings)) == settings
    tomllib.loads(to_toml(settings))


def test_only_what_differs_from_the_defaults_is_written() -> None:
    assert to_toml(Settings()) == ""
    assert to_toml(Settings(theme="dark")) == 'theme = "dark"\n'


@pytest.mark.parametrize(
    "text",
    ["theme = ", 'theme = "mauve"', "text_size = 37", 'text_size = "100"', "welcomed = 1", 'sharing = "?"', "keys = 3",
     "[keys]\npause = 1"],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(NotSettings):
        from_toml(text)


def test_what_a_later_version_has_added_is_passed_over() -> None:
    assert from_toml('theme = "dark"\nhologram = true\n') == Settings(theme="dark")


def test_settings_are_kept_and_whoever_listens_is_told(tmp_path: Path, qapp: object) -> None:
    del qapp
    store = SettingsStore(tmp_path / "config" / "desktop.toml")
    told: list[Settings] = []
    store.changed.connect(told.append)
    store.change(theme="dark", sharing=Sharing.TWO.value)
    store.change(theme="dark")
    assert told == [replace(Settings(), theme="dark", sharing="two")]
    assert SettingsStore(store.path).now == told[0]
    assert told[0].plan.sharing is Sharing.TWO


@pytest.mark.parametrize("broken", [b'theme = "mauve"', b"\xff\xfe", b"theme"])
def test_a_broken_file_gives_the_defaults_and_is_kept_aside(tmp_path: Path, qapp: object, broken: bytes) -> None:
    del qapp
    path = tmp_path / "desktop.toml"
    path.write_bytes(broken)
    store = SettingsStore(path)
    assert store.now == Settings()
    assert store.broken
    assert path.with_suffix(".broken").read_bytes() == broken
    store.change(theme="dark")
    assert SettingsStore(path).broken == ""


def test_a_folder_that_cannot_be_written_is_told_and_the_setting_holds(tmp_path: Path, qapp: object) -> None:
    del qapp
    (tmp_path / "taken").write_text("a file where a folder should be")
    store = SettingsStore(tmp_path / "taken" / "desktop.toml")
    failures: list[str] = []
    store.failed.connect(failures.append)
    store.change(theme="dark")
    assert store.now.theme == "dark"
    assert len(failures) == 1


def test_two_languages_differ_by_more_than_a_region() -> None:
    assert has_two_languages("en", "pt-BR")
    assert not has_two_languages("pt", "pt-BR")
    assert not has_two_languages("", "pt")


# --- hot keys


def test_each_hot_key_has_a_key_of_its_own_and_words() -> None:
    firsts = [each.first for each in HOT_KEYS]
    assert len(set(firsts)) == len(firsts)
    assert not set(firsts) & FIXED
    assert set(hot_key_words()) == {each.name for each in HOT_KEYS}


def test_a_changed_key_means_what_it_was_given_and_its_old_key_nothing() -> None:
    changed = {"pause": "F8"}
    assert meaning(changed, "F8") == "m"
    assert meaning(changed, "M") == ""
    assert meaning({}, "m") == "m"
    assert meaning({}, "3") == "3"


def test_two_keys_that_change_places_both_work() -> None:
    swapped = {"yes": "N", "no": "Y"}
    assert (meaning(swapped, "N"), meaning(swapped, "Y")) == ("y", "n")


def test_a_key_that_is_taken_is_told() -> None:
    assert clash({}, "pause", "R") == "repeat"
    assert clash({}, "pause", "1") == "fixed"
    assert clash({"repeat": "F1"}, "pause", "R") == ""
    assert clash({}, "pause", "M") == ""
    assert keys_now({"pause": "F8"})["pause"] == "F8"


# --- a server


@pytest.mark.parametrize(
    ("address", "host", "leaves"),
    [
        ("http://192.168.1.20:8000/v1", "192.168.1.20", True),
        ("https://models.clinic.example/v1", "models.clinic.example", True),
        ("http://localhost:8000/v1", "localhost", False),
        ("http://[::1]:8000/v1", "::1", False),
        ("http://127.0.0.1.evil.example/v1", "127.0.0.1.evil.example", True),
        ("192.168.1.20", "", False),
        ("http://[", "", False),
        ("", "", False),
    ],
)
def test_an_address_says_whether_words_leave_this_machine(address: str, host: str, leaves: bool) -> None:
    assert host_of(address) == host
    assert leaves_this_machine(address) is leaves


def test_the_shortest_passphrase_is_the_stores() -> None:
    assert SHORTEST == keys.SHORTEST
