"""Where the store's key comes from: the keyring, or a passphrase; and what is said where neither is to be had."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from tests.conftest import ROOT
from tests.helpers.vault import PASSPHRASE, keep_visit, passphrase_keys, vault_in
from voicedoc.errors import ConfigError, KeyRefused
from voicedoc.store.keys import Keys
from voicedoc.store.vault import Vault

pytestmark = pytest.mark.unit


class Scripted(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Plaintext(Scripted):
    """One that its makers do not recommend."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def kept_in_keyring() -> Scripted:
    backend = Scripted()
    keyring.set_keyring(backend)
    return backend


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VOICEDOC_SESSIONS_KEY", "VOICEDOC_PASSPHRASE", "VOICEDOC_PASSPHRASE_FD"):
        monkeypatch.delenv(name, raising=False)


# --- a passphrase


def test_the_same_passphrase_opens_the_store_and_another_does_not(tmp_path: Path) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
    with vault_in(tmp_path) as vault:
        assert vault.key_kind() == "passphrase"
        assert len(vault.read(session)) == 7
    with vault_in(tmp_path, "Correct horse battery") as vault, pytest.raises(KeyRefused, match="not the passphrase"):
        vault.read(session)


def test_a_passphrase_may_be_composed_in_either_way(tmp_path: Path) -> None:
    with vault_in(tmp_path, "caf\u00e9 du matin") as vault:
        session = keep_visit(vault)
    with vault_in(tmp_path, "cafe\u0301 du matin") as vault:
        assert len(vault.read(session)) == 7


def test_a_short_passphrase_is_refused_for_a_new_store(tmp_path: Path) -> None:
    with vault_in(tmp_path, "short") as vault, pytest.raises(KeyRefused, match="5 letters"):
        vault.unlock()


def test_without_a_passphrase_it_says_how_to_give_one(tmp_path: Path) -> None:
    with vault_in(tmp_path, None) as vault, pytest.raises(KeyRefused) as caught:
        vault.unlock()
    assert "VOICEDOC_PASSPHRASE" in caught.value.remedy
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
    with vault_in(tmp_path, None) as vault:
        assert len(vault.sessions()) == 1, "what needs no key does not ask for it"
        with pytest.raises(KeyRefused, match="none was given"):
            vault.read(session)


def test_a_person_is_asked_twice_for_a_new_passphrase_and_once_for_a_known_one(tmp_path: Path) -> None:
    asked: list[tuple[str, bool]] = []

    def ask(prompt: str, twice: bool) -> str:
        asked.append((prompt, twice))
        return PASSPHRASE

    for _ in range(2):
        with Vault(tmp_path, Keys("passphrase", ask=ask, work=2)) as vault:
            keep_visit(vault)
            keep_visit(vault)
    assert [twice for _, twice in asked] == [True, False]


def test_the_environment_gives_a_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEDOC_PASSPHRASE", PASSPHRASE)
    assert Keys.from_environment().given() == PASSPHRASE
    reading, writing = os.pipe()
    os.write(writing, b"another one\nand more\n")
    os.close(writing)
    monkeypatch.setenv("VOICEDOC_PASSPHRASE_FD", str(reading))
    keys = Keys.from_environment()
    assert (keys.given(), keys.given()) == ("another one", "another one")
    monkeypatch.setenv("VOICEDOC_PASSPHRASE_FD", "977")
    with pytest.raises(ConfigError, match="VOICEDOC_PASSPHRASE_FD=977"):
        Keys.from_environment().given()


def test_a_choice_that_makes_no_sense_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEDOC_SESSIONS_KEY", "sticky note")
    with pytest.raises(ConfigError, match="sticky note"):
        Keys.from_environment()


def test_the_usual_cost_of_a_guess_is_what_is_recommended(tmp_path: Path) -> None:
    record = Keys().make_from_passphrase(PASSPHRASE).record["scrypt"]
    assert (record["n"], record["r"], record["p"]) == (2**17, 8, 1)


# --- the keyring


def test_a_new_store_prefers_the_keyring_and_remembers_it(tmp_path: Path, kept_in_keyring: Scripted) -> None:
    with Vault(tmp_path, Keys(given=lambda: PASSPHRASE)) as vault:
        session = keep_visit(vault)
        assert vault.key_kind() == "keyring"
    with Vault(tmp_path, Keys("passphrase", given=lambda: PASSPHRASE)) as vault:
        assert len(vault.read(session)) == 7, "the choice is the store's, once it is made"
    assert len(kept_in_keyring.kept) == 1


def test_two_stores_have_keys_of_their_own_in_one_keyring(tmp_path: Path, kept_in_keyring: Scripted) -> None:
    for name in ("one", "two"):
        with Vault(tmp_path / name, Keys()) as vault:
            keep_visit(vault)
    assert len(set(kept_in_keyring.kept.values())) == 2


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, Plaintext])
def test_a_keyring_that_keeps_no_secrets_is_not_chosen(
    backend: type[keyring.backend.KeyringBackend], tmp_path: Path
) -> None:
    keyring.set_keyring(backend())
    with Vault(tmp_path, Keys(given=lambda: PASSPHRASE, work=2)) as vault:
        vault.unlock()
        assert vault.key_kind() == "passphrase"


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring])
def test_where_a_keyring_is_wanted_and_there_is_none_it_says_what_to_do(
    backend: type[keyring.backend.KeyringBackend], tmp_path: Path
) -> None:
    keyring.set_keyring(backend())
    with Vault(tmp_path, Keys("keyring")) as vault, pytest.raises(KeyRefused) as caught:
        vault.unlock()
    assert "VOICEDOC_SESSIONS_KEY=passphrase" in caught.value.remedy


def test_without_keyring_and_passphrase_it_says_so(tmp_path: Path) -> None:
    with Vault(tmp_path, Keys()) as vault, pytest.raises(KeyRefused, match="no keyring, and no passphrase"):
        vault.begin(doctor="en", patient="pt", profile="scripted")
    with Vault(tmp_path, Keys()) as vault:
        assert vault.sessions() == []


def test_a_key_that_is_gone_from_the_keyring_is_told(tmp_path: Path, kept_in_keyring: Scripted) -> None:
    with Vault(tmp_path, Keys()) as vault:
        session = keep_visit(vault)
    kept_in_keyring.kept.clear()
    with Vault(tmp_path, Keys()) as vault, pytest.raises(KeyRefused, match="the keyring has no key"):
        vault.read(session)


# --- another key


def test_the_key_can_be_changed_in_both_directions(tmp_path: Path, kept_in_keyring: Scripted) -> None:
    with vault_in(tmp_path) as vault:
        session = keep_visit(vault)
        vault.change_key(Keys("keyring").make)
        assert vault.key_kind() == "keyring"
        assert len(vault.read(session)) == 7
    with vault_in(tmp_path, "nobody asks for it") as vault:
        assert len(vault.read(session)) == 7
        vault.change_key(passphrase_keys("a new passphrase").make)
    with vault_in(tmp_path, "a new passphrase") as vault:
        assert len(vault.read(session)) == 7
        assert vault.check() == []
    with vault_in(tmp_path) as vault, pytest.raises(KeyRefused):
        vault.read(session)


def test_a_key_that_was_changed_elsewhere_is_the_one_that_the_next_visit_is_kept_under(tmp_path: Path) -> None:
    given = PASSPHRASE
    with Vault(tmp_path, Keys("passphrase", given=lambda: given, work=2)) as visit, vault_in(tmp_path) as office:
        before = keep_visit(visit)
        office.change_key(passphrase_keys("a new passphrase").make)
        with pytest.raises(KeyRefused):
            visit.unlock()
        with pytest.raises(KeyRefused):
            keep_visit(visit)
        assert [each.id for each in visit.sessions()] == [before]
        given = "a new passphrase"
        after = keep_visit(visit)
        assert [len(vault.read(session)) for vault in (visit, office) for session in (before, after)] == [7] * 4
    with vault_in(tmp_path, "a new passphrase") as vault:
        assert [len(vault.read(session)) for session in (before, after)] == [7, 7]
        assert vault.check() == []


def test_two_processes_that_make_the_first_key_agree_on_one(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.helpers.vault import *\n" + (
        "with vault_in(Path(sys.argv[1])) as vault: vault.unlock(); print('ready', flush=True); keep_visit(vault)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT, stdout=subprocess.DEVNULL)
               for _ in range(3)]  # fmt: skip
    assert [process.wait() for process in running] == [0, 0, 0]
    with vault_in(tmp_path) as vault:
        assert [len(vault.read(each.id)) for each in vault.sessions()] == [7, 7, 7]
        assert [entry.action for entry in vault.audit()].count("key-made") == 1
