"""A pack of one's own: read as the shipped ones are, and what is wrong in it is said with its place and a remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicedoc.converse.complaints import entries, load
from voicedoc.converse.complaints.load import load_packs
from voicedoc.converse.complaints.pack import Slot
from voicedoc.converse.complaints.tables import LANGUAGES
from voicedoc.errors import ConfigError

pytestmark = pytest.mark.unit


def in_all(text: str) -> str:
    return "\n".join(f'{language} = "{text}"' for language in LANGUAGES)


def question(id: str = "hiccups.vomiting", more: str = 'sign = "vomiting"', expects: str = "yes-no") -> str:  # noqa: A002
    return f"""
[[questions]]
id = "{id}"
slot = "associated symptoms"
expects = "{expects}"
{more}
[questions.text]
{in_all("Do you vomit?")}
[questions.label]
{in_all("Vomits")}
"""


def decision(level: str = "urgent", advice: str = "emergency.go-now") -> str:
    return f'[[tree]]\nrole = "D"\nlevel = "{level}"\nadvice = "{advice}"\n[tree.reason]\n{in_all("Hiccups.")}\n'


CONDITION = '[[tree]]\nrole = "C"\nsigns = ["vomiting"]\n'
TREE = CONDITION + decision() + decision("routine")
HEAD = f"""
version = 1
signs = ["vomiting"]
[title]
{in_all("Hiccups")}
[said]
{chr(10).join(f'{language} = ["hiccups"]' for language in LANGUAGES)}
[[sources]]
publisher = "NHS"
title = "Hiccups"
url = "https://www.nhs.uk/conditions/hiccups/"
"""


def write(folder: Path, pack: str, name: str = "hiccups") -> Path:
    (folder / f"{name}.toml").write_text(pack, "utf-8")
    return folder


def refused(folder: Path, pack: str) -> tuple[str, str]:
    """What is said of a broken pack, and the remedy."""
    with pytest.raises(ConfigError) as error:
        load_packs(write(folder, pack))
    return str(error.value), error.value.remedy


def test_a_pack_of_ones_own_joins_the_shipped_ones(tmp_path: Path) -> None:
    packs = load_packs(write(tmp_path, HEAD + question() + TREE))
    assert set(packs.packs) == {*load_packs().packs, "hiccups"}
    assert [question.id for question in packs.pack("hiccups").questions] == ["hiccups.vomiting"]
    assert packs.pack("hiccups").sources[0].year is None
    assert packs.find("I have hiccups", "en")[0].id == "hiccups"


def test_a_file_takes_the_place_of_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    packs = load_packs(write(tmp_path, HEAD + question("headache.vomiting") + TREE, "headache"))
    assert packs.pack("headache").title["en"] == "Hiccups"
    assert load_packs().pack("headache").title["en"] == "Headache"


def test_a_pack_takes_shared_questions_in_their_place_and_may_make_them_a_must(tmp_path: Path) -> None:
    use = '[[questions]]\nuse = ["common.fever", "common.cough"]\nmust = true\nonly_for = ["child"]\n'
    pack = load_packs(write(tmp_path, HEAD + use + question() + TREE)).pack("hiccups")
    assert [question.id for question in pack.questions] == ["common.fever", "common.cough", "hiccups.vomiting"]
    assert [question.must for question in pack.questions] == [True, True, False]
    assert [question.only_for for question in pack.questions] == [("child",), ("child",), ()]
    shared = next(question for question in load_packs().pack("chest-pain").questions if question.id == "common.fever")
    assert shared.text == pack.questions[0].text and shared.only_for == ()


def test_a_wording_may_be_a_phrase_of_the_bank(tmp_path: Path) -> None:
    wording = f"[questions.text]\n{in_all('Do you vomit?')}"
    own = question().replace(wording, 'phrase = "symptoms.vomiting"')
    assert load_packs(write(tmp_path, HEAD + own + TREE)).question("hiccups.vomiting").text["de"] == (
        "Haben Sie erbrochen?"
    )


def test_what_is_read_is_what_is_written(tmp_path: Path) -> None:
    more = 'sign = "vomiting"\nmust = true\nonly_if = ["nausea"]\nunless = ["fever"]\nonly_for = ["adult", "female"]'
    read = load_packs(write(tmp_path, HEAD + question(more=more) + TREE)).question("hiccups.vomiting")
    assert (read.slot, read.expects, read.sign, read.must) == (Slot.ASSOCIATED, "yes-no", "vomiting", True)
    assert (read.only_if, read.unless, read.only_for) == (("nausea",), ("fever",), ("adult", "female"))


MISTAKES = {
    "an unknown key": (HEAD.replace("version", "verzion") + question() + TREE, "verzion", "version"),
    "an unknown sign": (HEAD + question(more='sign = "vomitting"') + TREE, "vomitting", "vomiting"),
    "an unknown sign of the pack": (
        HEAD.replace('["vomiting"]', '["vomitting"]') + question(),
        "vomitting",
        "vomiting",
    ),
    "an unknown condition": (HEAD + question(more='only_if = ["fevr"]') + TREE, "fevr", "fever"),
    "an unknown group": (HEAD + question(more='only_for = ["femal"]') + TREE, "femal", "female"),
    "an unknown slot": (
        HEAD + question().replace("associated symptoms", "asociated symptoms") + TREE,
        "asociated",
        "associated",
    ),
    "an unknown kind of answer": (HEAD + question(expects="yesno") + TREE, "yesno", "yes-no"),
    "an unknown level": (HEAD + question() + CONDITION + decision("urgnt") + decision(), "urgnt", "urgent"),
    "an unknown advice": (
        HEAD + question() + CONDITION + decision(advice="emergency.go") * 2,
        "emergency.go",
        "go-now",
    ),
    "an unknown shared question": (HEAD + '[[questions]]\nuse = "common.fevr"\n' + TREE, "common.fevr", "common.fever"),
    "a language too many": (HEAD.replace("[said]", 'xx = "?"\n[said]') + question() + TREE, "xx", "en"),
    "a missing language": (HEAD.replace('hi = "Hiccups"\n', "") + question() + TREE, "title has no hi", "add them"),
    "a missing text": (HEAD + question().replace('"Vomits"', '""') + TREE, "label", "…"),
    "nothing said": (HEAD.replace('fr = ["hiccups"]', "fr = []") + question() + TREE, "'fr'", 'fr = ["…"'),
    "a question that is there twice": (HEAD + question() * 2 + TREE, "hiccups.vomiting", "another id"),
    "the id of another file": (HEAD + question("cough.vomiting") + TREE, "cough.vomiting", "hiccups.vomiting"),
    "a choice without options": (HEAD + question(more="", expects="choice"), "0 options", "options"),
    "a unit without a number": (HEAD + question(more='unit = "day"'), "unit", "number"),
    "a must that is no truth": (HEAD + question(more='must = "yes"'), "'yes'", "must = true"),
    "a tree sign that nobody asks for": (HEAD + question(more="") + TREE, "'vomiting'", 'sign = "vomiting"'),
    "a tree that ends too early": (HEAD + question() + CONDITION + decision(), "1 branches", "for no"),
    "a tree that goes on": (HEAD + question() + TREE + decision(), "node 4 has no place", "preorder"),
    "no tree": (HEAD + question(), "the tree of 0 nodes", "preorder"),
    "a relation for one sign": (HEAD + question() + CONDITION + 'relation = "or"\n' + decision() * 2, '"or"', "single"),
    "signs without a relation": (
        HEAD + question() + CONDITION.replace('"vomiting"', '"vomiting", "child"') + decision() * 2,
        "2 signs",
        '"and" or "or"',
    ),
    "a phrase with a drug in it": (
        HEAD + question().replace("[questions.text]", 'phrase = "medication.stop"\n[questions.text]') + TREE,
        "medication.stop",
        "another phrase",
    ),
    "a wording that the phrase has too": (
        HEAD + question().replace("[questions.text]", 'phrase = "symptoms.vomiting"\n[questions.text]') + TREE,
        "'en'",
        "remove it",
    ),
    "a source without an address": (
        HEAD.replace("https://www.nhs.uk/conditions/", "nhs.uk/") + question() + TREE,
        "nhs.uk",
        "https",
    ),
    "no questions": (HEAD + TREE, "no questions", "[[questions]]"),
    "no TOML": (HEAD + "[[[", "no TOML", "mend"),
    "a table where there should be many": (HEAD + "[questions]\nid = 1\n", "questions", "[[questions]]"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_a_remedy(mistake: str, tmp_path: Path) -> None:
    pack, wrong, better = MISTAKES[mistake]
    message, remedy = refused(tmp_path, pack)
    assert "hiccups.toml" in message
    assert wrong in message
    assert better in remedy


def test_a_mistake_in_a_question_names_the_question(tmp_path: Path) -> None:
    message, _ = refused(tmp_path, HEAD + question("hiccups.one", more='sign = "vomitting"') + TREE)
    assert message.startswith("hiccups.toml, question 'hiccups.one'")


def test_a_mistake_in_a_tree_names_the_node(tmp_path: Path) -> None:
    message, _ = refused(tmp_path, HEAD + question() + CONDITION + decision() + decision("rutine"))
    assert message.startswith("hiccups.toml, tree 3")


@pytest.mark.parametrize("name", ["My Pack", "back_pain", "mal-à-la-tête", "-"])
def test_a_file_whose_name_can_be_no_id_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the file's name is no id"):
        load_packs(write(tmp_path, HEAD + question() + TREE, name))


def test_common_questions_of_ones_own_need_those_that_interviews_ask_by_id(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"common\.toml has no question 'common\.age'"):
        load_packs(write(tmp_path, question("common.complaint"), "common"))


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no folder"):
        load_packs(tmp_path / "none")


def test_a_pack_or_question_that_is_not_there_is_guessed_at() -> None:
    with pytest.raises(ConfigError) as error:
        load_packs().pack("chest-pane")
    assert error.value.remedy == "did you mean 'chest-pain'?"
    with pytest.raises(ConfigError) as error:
        load_packs().question("chest-pain.armm")
    assert error.value.remedy == "did you mean 'chest-pain.arm'?"


def test_the_shipped_packs_are_read_once() -> None:
    assert load_packs() is load_packs()


def test_the_documented_format_shows_every_key() -> None:
    written = Path(load.__file__).with_name("FORMAT.md").read_text("utf-8")
    block = written.partition("```toml\n")[2].partition("```")[0]
    shown = set(_keys(tomllib.loads(block))) | {"year", "unit", "phrase", "unless"} & set(re.findall(r"\w+", written))
    format_ = {*load._PACK, *entries._QUESTION, *entries._CONDITIONS, *entries._TAKEN, *entries._CONDITION}
    assert format_ | set(entries._DECISION) <= shown


def _keys(table: object) -> Iterator[str]:
    if isinstance(table, dict):
        yield from table
    inside = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    for one in inside:
        yield from _keys(one)
