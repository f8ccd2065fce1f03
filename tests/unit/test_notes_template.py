"""Templates of notes: those that come with VoiceDoc are whole, and a user's that is wrong says where and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.notes import LANGUAGES
from voicedoc.converse.notes.template import SOURCES, Template, load_template, shipped
from voicedoc.errors import ConfigError

pytestmark = pytest.mark.unit

SMALL = """
reader = "doctor"
[title]
en = "Mine"
[words.nothing]
en = "nothing"
[words.draft]
en = "draft"
[words.signed]
en = "{signer} {when}"
[words.unsupported]
en = "unsupported"
[words.partly]
en = "partly"
[[sections]]
name = "all"
[sections.title]
en = "All"
[[sections.parts]]
from = ["said:plan"]
"""


def written(folder: Path, text: str, name: str = "mine.toml") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_template_has_every_wording_in_ten_languages(name: str) -> None:
    template = load_template(name)
    texts = [template.title, *template.words.values(), *(plan.title for plan in template.sections)]
    texts += [part.label for plan in template.sections for part in plan.parts if part.label]
    assert all(sorted(one) == sorted(LANGUAGES) for one in texts)
    cues = [part.cues for plan in template.sections for part in plan.parts if part.cues is not None]
    assert all(sorted(one) == sorted(LANGUAGES) and all(one.values()) for one in cues)


def test_soap_has_its_four_sections_in_order() -> None:
    assert [plan.name for plan in load_template("soap").sections] == ["subjective", "objective", "assessment", "plan"]


def test_soap_takes_everything_that_an_interview_knows() -> None:
    sources = {source for plan in load_template("soap").sections for part in plan.parts for source in part.sources}
    slots = {source for source in SOURCES if source.startswith("slot:")}
    assert slots <= sources
    assert {"denied", "unknown", "alarms", "conflicts", "open"} <= sources


def test_the_patients_summary_quotes_the_doctor_and_nobody_words_it() -> None:
    template = load_template("summary")
    assert template.reader == "patient"
    assert all(
        source.startswith("said:") for plan in template.sections for part in plan.parts for source in part.sources
    )


def test_a_file_of_the_users_is_read(tmp_path: Path) -> None:
    template = load_template(written(tmp_path, SMALL))
    assert isinstance(template, Template)
    assert template.name == "mine"
    assert template.quotes


def test_a_language_that_a_template_does_not_have_falls_back_to_english(tmp_path: Path) -> None:
    template = load_template(written(tmp_path, SMALL))
    assert template.text(template.title, "pt-BR") == "Mine"


def test_without_that_language_and_english_it_says_what_to_add(tmp_path: Path) -> None:
    template = load_template(written(tmp_path, SMALL.replace("en =", "fr =")))
    with pytest.raises(ConfigError, match="no wording in 'pt'") as raised:
        template.text(template.title, "pt")
    assert 'pt = "…"' in raised.value.remedy


WRONG = [
    ('reader = "nurse"', 'reader = "doctor"', "'nurse'", "doctor"),
    ('from = ["said:plans"]', 'from = ["said:plan"]', "'said:plans'", "did you mean 'said:plan'?"),
    ('en = "{signer}"', 'en = "{signer} {when}"', "signed.en", "{when}"),
    ('en = "{signer} {when} {who}"', 'en = "{signer} {when}"', "signed.en", "{when}"),
    ('en = "draft {0}"', 'en = "draft"', "draft.en", "no braces"),
    ("[words.drafts]", "[words.draft]", "'drafts'", "did you mean 'draft'?"),
    ("[sections.titel]", "[sections.title]", "'titel'", "did you mean 'title'?"),
    ('from = ["said:plan"]\nwho = ["docter"]', 'from = ["said:plan"]', "'docter'", "did you mean 'doctor'?"),
    ('from = ["said:plan"]\nabout = ["drugs"]', 'from = ["said:plan"]', "'drugs'", "did you mean 'drug'?"),
    ("from = []", 'from = ["said:plan"]', "made of nothing", "from = "),
    ('english = "All"', 'en = "All"', "'english'", "known:"),
]


@pytest.mark.parametrize(("wrong", "right", "named", "remedy"), WRONG)
def test_a_slip_is_named_with_what_to_write(tmp_path: Path, wrong: str, right: str, named: str, remedy: str) -> None:
    assert right in SMALL
    with pytest.raises(ConfigError) as raised:
        load_template(written(tmp_path, SMALL.replace(right, wrong)))
    assert "mine.toml" in str(raised.value)
    assert named in str(raised.value)
    assert remedy in raised.value.remedy


def test_what_a_source_needs_must_be_worded(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'denies' is missing"):
        load_template(written(tmp_path, SMALL.replace("said:plan", "denied:allergies")))


def test_a_file_cannot_pass_for_a_shipped_template(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the name of a template that comes with VoiceDoc"):
        load_template(written(tmp_path, SMALL, "soap.toml"))


def test_two_sections_of_one_name_are_refused(tmp_path: Path) -> None:
    section = SMALL[SMALL.index("[[sections]]") :]
    with pytest.raises(ConfigError, match="two sections are called 'all'"):
        load_template(written(tmp_path, SMALL + section))


def test_a_mistyped_name_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError) as raised:
        load_template("soup")
    assert "did you mean 'soap'?" in raised.value.remedy


def test_a_missing_file_and_one_that_is_no_toml_say_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read"):
        load_template(str(tmp_path / "gone.toml"))
    with pytest.raises(ConfigError, match="is no TOML"):
        load_template(written(tmp_path, "reader = "))
    with pytest.raises(ConfigError, match="template's name"):
        load_template(written(tmp_path, SMALL, "Ana Silva.toml"))
