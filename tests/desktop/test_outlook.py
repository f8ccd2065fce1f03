"""What is told of a pair of languages before a visit: what the engine would say, and what was measured."""

from __future__ import annotations

import sys
from itertools import permutations
from pathlib import Path
from threading import Event

import pytest
from voicedoc_desktop.state.outlook import Measured
from voicedoc_desktop.tasks.keeping import ChangeKey, DestroyExpired, KeepFor, ReadStore
from voicedoc_desktop.tasks.outlook import FIGURES, LookAhead, LookAround, outlook_of
from voicedoc_desktop.viewmodels.home_screen import VISIT_LANGUAGES

from voicedoc.core.speech import Visit
from voicedoc.engine import _check_pair
from voicedoc.errors import ConfigError, UnsupportedLanguage
from voicedoc.profiles import load_profile, profile_names
from voicedoc.store.keys import Keys
from voicedoc.store.vault import Vault

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]


class Alone:
    """A process with a store and nobody who listens."""

    def __init__(self, folder: Path) -> None:
        self.stopped = Event()
        self._vault = Vault(folder, Keys("passphrase", given=lambda: "correct horse", work=2**4))

    def tell(self, item: object) -> None:
        """Nobody listens."""

    def heard(self) -> object | None:
        return None

    def poll(self, timeout: float = 0.0) -> object | None:
        return None

    def vault(self) -> Vault:
        return self._vault


@pytest.fixture
def here(tmp_path: Path) -> Alone:
    return Alone(tmp_path / "sessions")


@pytest.mark.parametrize("name", profile_names())
def test_the_first_screen_refuses_the_pairs_that_the_engine_refuses(name: str) -> None:
    profile = load_profile(name)
    for doctor, patient in [*permutations(VISIT_LANGUAGES, 2), ("pt", "pt-BR")]:
        try:
            _check_pair(profile, Visit(doctor, patient))
        except (ConfigError, UnsupportedLanguage) as error:
            found = outlook_of(profile, doctor, patient)
            assert found.problem, f"{doctor}-{patient}: {error}"
        else:
            assert not outlook_of(profile, doctor, patient).problem, f"{doctor}-{patient}"


def test_the_figures_are_those_of_the_benchmarks() -> None:
    sys.path.insert(0, str(ROOT / "desktop" / "packaging"))
    try:
        import figures
    finally:
        sys.path.pop(0)
    assert FIGURES.read_text("utf-8") == figures.figures_text(figures.RESULTS)


def test_a_pair_that_was_measured_has_its_figures_and_another_none(here: Alone) -> None:
    served = LookAhead("en", "pt-BR", "embedded").run(here)
    assert served.to_patient is not None
    assert served.to_patient.translated == Measured(68.6, 157)
    unserved = LookAhead("en", "ar", "embedded").run(here)
    assert unserved.problem
    assert unserved.to_patient is not None
    assert unserved.to_patient.translated is None


def test_a_pivot_is_told_as_a_draft(here: Alone) -> None:
    found = LookAhead("en", "es", "embedded-es").run(here)
    assert found.to_patient is not None
    assert (found.problem, found.to_patient.quality) == ("", "draft")


def test_models_that_are_not_in_the_store_are_listed_with_their_sizes(
    here: Alone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICEDOC_MODELS", str(tmp_path / "models"))
    found = LookAhead("en", "pt", "embedded").run(here)
    lacks = {lack.name: lack for lack in found.lacks}
    assert {"whisper-base", "silero-vad", "firefox-en-pt", "firefox-pt-en"} <= set(lacks)
    assert lacks["firefox-en-pt"].must_confirm
    assert found.size > 100_000_000
    assert not found.can_start
    assert LookAhead("en", "pt", "scripted").run(here).can_start


def test_both_are_shown_what_they_will_be_told(here: Alone) -> None:
    found = LookAhead("en", "ar", "workstation").run(here)
    assert [told.language for told in found.consent] == ["en", "ar"]
    assert all(told.sentences for told in found.consent)
    assert "not reviewed" in found.consent_status


def test_profiles_and_retention_are_looked_up_without_a_key(here: Alone) -> None:
    around = LookAround().run(here)
    assert {"embedded", "workstation"} <= {each.name for each in around.profiles}
    assert around.keep_days is None


def test_retention_is_set_for_visits_to_come(here: Alone) -> None:
    assert KeepFor(30).run(here).keep_days == 30
    assert KeepFor(None).run(here).keep_days is None
    assert ReadStore().run(here).key_kind == ""


def test_a_new_passphrase_opens_what_the_old_one_did(here: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keys, "work", 2**4)
    with here.vault().begin(doctor="en", patient="pt", profile="scripted") as session:
        session.journal.seal()
    changed = ChangeKey("passphrase", "battery staple").run(here)
    assert (changed.key_kind, changed.n_sessions) == ("passphrase", 1)
    again = Vault(here.vault().folder, Keys("passphrase", given=lambda: "battery staple"))
    again.unlock()
    again.close()


def test_a_passphrase_is_in_no_representation() -> None:
    assert "staple" not in repr(ChangeKey("passphrase", "battery staple"))


def test_visits_over_their_time_are_destroyed_when_somebody_says_so(here: Alone) -> None:
    with here.vault().begin(doctor="en", patient="pt", profile="scripted", keep_days=0) as session:
        session.journal.seal()
    assert ReadStore().run(here).n_expired == 1
    assert DestroyExpired().run(here).n_sessions == 0
