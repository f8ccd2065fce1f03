"""Model cards: read strictly, and those that ship."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.core.cards import (
    Card,
    HubSource,
    Members,
    ModelFile,
    card_from_table,
    card_to_table,
    digest_of,
    read_card,
    read_cards,
)
from voicedoc.errors import ConfigError
from voicedoc.registry import ROLES, backends
from voicedoc.shipped import shipped

pytestmark = pytest.mark.unit

SHA = "0" * 64
GOOD = f"""
name = "tiny"
role = "recognize"
backend = "faster-whisper"
description = "tiny"
languages = ["en"]
licence = "MIT"
provenance = "unknown"

[[files]]
path = "model.bin"
size = 3
sha256 = "{SHA}"

[[sources]]
kind = "wheel"
packages = ["tiny==1.0"]
files = {{ "model.bin" = ["a", "b"] }}
"""

SHIPPED = read_cards(shipped("models"))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "card.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_card_is_read_as_written(tmp_path: Path) -> None:
    card = read_card(written(tmp_path, GOOD))
    assert card.name == "tiny"
    assert card.pinned
    assert card.size == 3
    assert card.sources[0].files.of("model.bin") == ("a", "b")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "after", "complaint", "remedy"),
    [
        ("licence", "license", "unknown key 'license'", "did you mean 'licence'?"),
        ("sha256", "sha265", "unknown key 'sha265'", "did you mean 'sha256'?"),
        ("packages", "package", "unknown key 'package'", "did you mean 'packages'?"),
        ('"wheel"', '"weel"', "no kind of source is called 'weel'", "did you mean 'wheel'?"),
        ('"recognize"', '"recognise"', "no role is called 'recognise'", "did you mean 'recognize'?"),
        ("size = 3", 'size = "3"', "size must be int", ""),
        ("size = 3", "size = true", "size must be int", ""),
        ('["en"]', '"en"', "languages must be a list", ""),
        ('provenance = "unknown"', "", "'provenance' is missing", ""),
        ('licence = "MIT"', 'licence = ""', "'licence' is empty", "say 'unknown' where it is"),
        ("tiny==1.0", "tiny>=1.0", "is not pinned", "write name==version"),
        (SHA, SHA[1:], "64 lower-case hex digits", ""),
        ('"model.bin"\nsize', '"../model.bin"\nsize', "not inside the model's folder", ""),
        ('"model.bin"\nsize', '"/model.bin"\nsize', "not inside the model's folder", ""),
        ('name = "tiny"', 'name = "../tiny"', "is not a model's name", ""),
        ('["a", "b"]', "3", "must be a member's name or a list of names", ""),
    ],
)
def test_a_wrong_card_is_refused_with_file_and_key(
    tmp_path: Path, before: str, after: str, complaint: str, remedy: str
) -> None:
    path = written(tmp_path, GOOD.replace(before, after))
    with pytest.raises(ConfigError) as caught:
        read_card(path)
    assert complaint in str(caught.value)
    assert "card.toml" in str(caught.value)
    assert remedy in caught.value.remedy


def test_a_card_that_is_no_toml_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not TOML"):
        read_card(written(tmp_path, "name = "))
    with pytest.raises(ConfigError, match="cannot read"):
        read_card(tmp_path / "absent.toml")


def test_two_cards_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(ConfigError, match="also called 'tiny'"):
        read_cards(tmp_path)


def test_a_star_in_members_stands_for_the_same_text_on_both_sides() -> None:
    members = Members({"voices/*.bin": ("package/voices/*.bin",), "model": ("part1", "part2")})
    assert members.of("voices/pf_dora.bin") == ("package/voices/pf_dora.bin",)
    assert members.of("model") == ("part1", "part2")
    assert members.of("config.json") == ()
    assert Members().of("config.json") == ("config.json",)


@given(st.lists(st.sampled_from(["a", "b/c", "d"]), unique=True, min_size=1), st.randoms(use_true_random=False))
def test_a_models_digest_does_not_depend_on_the_order_of_its_files(paths: list[str], random: object) -> None:
    files = [ModelFile(path, sha256=SHA) for path in paths]
    shuffled = sorted(files, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert digest_of(files) == digest_of(shuffled)


def test_a_models_digest_changes_with_a_name_and_with_a_hash() -> None:
    first = digest_of([ModelFile("a", sha256=SHA)])
    assert first != digest_of([ModelFile("b", sha256=SHA)])
    assert first != digest_of([ModelFile("a", sha256="1" * 64)])


# --- the shipped ones


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_card_survives_being_written_and_read(card: Card) -> None:
    assert card_from_table(card_to_table(card), card.name) == card


@pytest.mark.parametrize("path", sorted(shipped("models").rglob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_card_lies_where_its_name_and_role_say(path: Path) -> None:
    card = read_card(path)
    assert (path.parent.name, path.stem) == (card.role, card.name)


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_card_names_a_registered_backend(card: Card) -> None:
    known = {name for role in ROLES for name in backends(role)}
    assert card.backend in known or (card.role == "knowledge" and not card.backend)


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_every_file_of_a_shipped_card_has_a_source_that_gives_it(card: Card) -> None:
    if card.package:
        assert "==" in card.package.requirement
        return
    for file in card.files:
        assert any(source.files.of(file.path) for source in card.sources)  # type: ignore[union-attr]


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_a_shipped_card_without_hashes_says_so_and_has_no_evaluated_language(card: Card) -> None:
    revisions = [source.revision for source in card.sources if isinstance(source, HubSource)]
    if card.pinned:
        assert all(re.fullmatch(r"[0-9a-f]{40}", revision) for revision in revisions)
        assert all(file.size for file in card.files)
    else:
        assert card.languages == ()


def test_every_language_of_a_translator_is_a_direction() -> None:
    for card in SHIPPED.values():
        tags = [tag for language in card.languages for tag in language.split(">")]
        assert all(re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", tag) for tag in tags)
        assert all((">" in language) == (card.role == "translate") for language in card.languages)


def test_the_shipped_folders_are_found_and_an_absent_one_is_refused() -> None:
    assert (shipped("models") / "speak" / "kokoro.toml").is_file()
    with pytest.raises(ConfigError, match="is missing"):
        shipped("recipes-of-nobody")
