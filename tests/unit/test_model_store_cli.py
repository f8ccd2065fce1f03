"""`voicedoc models`: what it prints, what it asks, and how it exits."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from tests.helpers.fake_models import card, folder
from tests.unit.test_model_store import FILES, inside_a_package, overwrite
from voicedoc.cli import main, models
from voicedoc.core.cards import Card, FolderSource, PackageSource, digest_of
from voicedoc.store.models import ModelStore

pytestmark = pytest.mark.unit


@pytest.fixture
def tiny(tmp_path: Path) -> Card:
    return card("tiny", FILES, FolderSource(str(folder(tmp_path / "origin", FILES))), confirm=True)


@pytest.fixture
def store(tmp_path: Path, tiny: Card, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    broken = card("broken", FILES, FolderSource(str(tmp_path / "nowhere")))
    made = ModelStore(tmp_path / "store", {"tiny": tiny, "broken": broken})
    monkeypatch.setattr("voicedoc.cli.models._store", lambda: made)
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["models", *arguments])


def test_a_pull_shows_size_licence_and_provenance_and_installs(store: ModelStore, tiny: Card) -> None:
    result = run("pull", "tiny", "--yes")
    assert result.exit_code == 0
    assert "0.0 MB, licence: MIT" in result.stderr
    assert "made by a test" in result.stderr
    assert store.open("tiny").sha256 == digest_of(tiny.files)
    assert not (store.root / "scratch").exists()
    assert "tiny is installed" in run("pull", "tiny").stderr


def test_an_unsettled_licence_stops_a_pull_that_nobody_can_answer(store: ModelStore) -> None:
    result = run("pull", "tiny")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-2:] == [
        "Not pulled: tiny, whose licence (MIT) must be confirmed once",
        "To accept that: voicedoc models pull tiny --yes",
    ]
    assert store.installed() == ()


def test_the_last_lines_of_a_pull_name_every_model_that_is_lacking(store: ModelStore) -> None:
    lines = run("pull", "tiny", "broken").stderr.splitlines()
    assert lines[-3:] == [
        "Not pulled: broken failed, see above",
        "Not pulled: tiny, whose licence (MIT) must be confirmed once",
        "To accept that: voicedoc models pull tiny --yes",
    ]


def test_a_no_is_for_one_model_and_the_end_says_which(
    tmp_path: Path, tiny: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(tiny, name="other")
    store = ModelStore(tmp_path / "store", {"tiny": tiny, "other": other})
    monkeypatch.setattr("voicedoc.cli.models._store", lambda: store)
    monkeypatch.setattr("voicedoc.cli.models._can_answer", lambda: True)
    result = CliRunner().invoke(main, ["models", "pull", "tiny", "other"], input="n\ny\n")
    assert result.exit_code == 1
    assert store.installed() == ("other",)
    assert "each model is asked for on its own" in result.stderr
    assert result.stderr.splitlines()[-1] == "To accept that: voicedoc models pull tiny --yes"
    assert "Not pulled: other" not in result.stderr


def test_a_pull_of_a_damaged_model_says_so_and_mends_it(store: ModelStore, tiny: Card) -> None:
    run("pull", "tiny", "--yes")
    path = store.path("tiny") / "model.bin"
    overwrite(path, b"x" * path.stat().st_size)
    result = run("pull", "tiny")
    assert result.exit_code == 0
    assert "tiny was damaged (model.bin), fetched again" in result.stderr
    assert path.read_bytes() == FILES["model.bin"]


def test_a_remedy_in_brackets_is_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = card("absent", FILES, PackageSource("no_such_package_here", "absent==1.0", "pico"))
    store = ModelStore(tmp_path / "store", {"absent": replace(absent, licence="[red] and more")})
    monkeypatch.setattr("voicedoc.cli.models._store", lambda: store)
    pulled = run("pull", "absent")
    assert "Try: pip install 'voicedoc[pico]'" in pulled.stderr
    assert "licence: [red] and more" in pulled.stderr
    assert "[red] and more" in run("list").stdout


def test_a_note_in_brackets_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    with models.Bars(models._console()) as bars:
        bars.note("pip install 'voicedoc[pico]'")
        bars.advance("weights[/red].bin", 1, 2)
    assert "pip install 'voicedoc[pico]'" in capsys.readouterr().err


def test_one_failing_model_does_not_stop_the_others_but_the_exit_code_tells(store: ModelStore) -> None:
    (store.root / "scratch" / "wheels").mkdir(parents=True)
    result = run("pull", "broken", "mispelt", "tiny", "--yes")
    assert result.exit_code == 1
    assert "broken failed: no source of 'broken' gave" in result.stderr
    assert (store.root / "scratch" / "wheels").is_dir()
    assert "mispelt failed: no model is called 'mispelt'" in result.stderr
    assert store.installed() == ("tiny",)


def test_a_card_of_the_users_own_is_pulled_by_its_file(store: ModelStore, tmp_path: Path) -> None:
    text = (
        'name = "theirs"\nrole = "speak"\nbackend = "kokoro"\ndescription = "d"\nlanguages = []\nlicence = "MIT"\n'
        f'provenance = "p"\n[[files]]\npath = "model.bin"\n[[sources]]\nkind = "path"\npath = "{tmp_path / "origin"}"\n'
    )
    (tmp_path / "theirs.toml").write_text(text, "utf-8")
    assert run("pull", str(tmp_path / "theirs.toml")).exit_code == 0
    assert run("path", "theirs").output.strip() == str(store.root / "models" / "theirs")


def test_pulling_nothing_is_a_usage_error(store: ModelStore) -> None:
    assert run("pull").exit_code == 2


def test_the_list_tells_what_is_installed(store: ModelStore, tiny: Card) -> None:
    store.confirm_licence(tiny)
    store.pull(tiny)
    states = {entry["name"]: entry["state"] for entry in json.loads(run("list", "--json").output)}
    assert states == {"tiny": "installed", "broken": "missing"}
    assert "installed" in run("list").output


def test_info_names_licence_provenance_sources_and_hashes(store: ModelStore, tiny: Card) -> None:
    text = run("info", "tiny").output
    assert "licence     MIT  (to be confirmed once)" in text
    assert "provenance  made by a test" in text
    assert "source 1    path" in text
    assert tiny.files[0].sha256 in text
    assert json.loads(run("info", "tiny", "--json").output)["state"] == "missing"


def test_verify_exits_with_an_error_where_a_file_is_damaged(store: ModelStore, tiny: Card) -> None:
    store.confirm_licence(tiny)
    path = store.pull(tiny).path / "model.bin"
    assert run("verify").output == "tiny: 2 files intact\n"
    path.chmod(0o644)
    path.write_bytes(b"x")
    result = run("verify", "tiny")
    assert result.exit_code == 1
    assert "tiny: model.bin has sha256" in result.stderr
    assert "voicedoc models pull tiny --force" in result.stderr
    as_json = run("verify", "tiny", "--json")
    assert as_json.exit_code == 1
    assert [check["intact"] for check in json.loads(as_json.stdout)["tiny"]] == [False, True]


def test_verify_without_a_name_takes_the_models_of_installed_packages_too(
    store: ModelStore, tiny: Card, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordless, home = inside_a_package(tmp_path, monkeypatch)
    both = ModelStore(store.root, {"tiny": tiny, "wordless": wordless})
    monkeypatch.setattr("voicedoc.cli.models._store", lambda: both)
    both.confirm_licence(tiny)
    both.pull(tiny)
    assert run("verify").output == "tiny: 2 files intact\nwordless: 2 files intact\n"
    overwrite(home / "model.bin", b"x")
    result = run("verify")
    assert result.exit_code == 1
    assert "Try: pip install --force-reinstall --no-deps 'wordless==1.0'" in result.stderr


def test_removing_says_what_it_freed_and_removing_again_fails(store: ModelStore, tiny: Card) -> None:
    store.confirm_licence(tiny)
    store.pull(tiny)
    assert run("remove", "tiny").output == "tiny removed, 0.0 MB freed\n"
    assert run("remove", "tiny").exit_code == 1


def test_a_mistyped_name_gets_a_suggestion_without_a_traceback(store: ModelStore) -> None:
    result = run("info", "tinny")
    assert result.exit_code == 1
    assert "did you mean 'tiny'?" in result.stderr
    assert "Traceback" not in result.output


def test_the_shell_completes_model_names(store: ModelStore) -> None:
    completer = ShellComplete(main, {}, "voicedoc", "_VOICEDOC_COMPLETE")
    assert [item.value for item in completer.get_completions(["models", "info"], "ti")] == ["tiny"]


@pytest.mark.parametrize(("size", "text"), [(None, "?"), (17_100_000, "17.1 MB"), (2_960_000_000, "2.96 GB")])
def test_sizes_are_written_for_people(size: int | None, text: str) -> None:
    assert models.size_text(size) == text
