"""Decision trees drawn from texts: by a model bound to their form, and by rules that read nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from voicedoc_corpora.rows import DecisionTree, Node

from tests.helpers.systems import ScriptedSystems
from voicedoc.converse.dialogue.role import Message, Reply, Sampling
from voicedoc.errors import BackendFailed, ConfigError, CorpusError, UnsupportedLanguage
from voicedoc.evaluate.drawing import DRAWERS, SCHEMA, Told, check_drawers, draw, read_nodes, told_by
from voicedoc.evaluate.drawing_items import texts
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit

GOUT = (
    Node("C", (("gout", "clinical feature", "kidney failure"),), "null"),
    Node("D", (("gout", "medicine", "prednisolone"),), "null"),
    Node("D", (("gout", "medicine", "colchicine"), ("colchicine", "dosage", "0.5 mg")), "and"),
)
TOLD = Told("With kidney failure prednisolone, else colchicine 0.5 mg.", GOUT, GOUT[:1])


def as_reply(nodes: Sequence[Node]) -> str:
    return json.dumps({"nodes": [{"role": n.role, "triples": n.triples, "logic": n.logic} for n in nodes]})


def test_a_reply_that_tells_the_tree_is_the_tree() -> None:
    assert read_nodes(as_reply(GOUT)) == GOUT
    joined = (Node("D", GOUT[1].triples, "or"), Node("D", (), "and"))  # where there is nothing to join
    assert read_nodes(as_reply(joined)) == (GOUT[1], Node("D", (), "null"))


@pytest.mark.parametrize(
    "reply",
    [
        as_reply(GOUT)[:-20],  # cut off
        "I think so.",
        '{"nodes": []}',
        '{"nodes": "C"}',
        '{"nodes": [{"role": "C", "triples": [["a", "b"]], "logic": "null"}]}',
        '{"nodes": [{"role": "C", "triples": [["a", "b", 3]], "logic": "null"}]}',
        '{"nodes": [{"role": "C", "logic": "null"}]}',
        '{"nodes": [{"role": ["C"], "triples": [["a", "b", "c"]], "logic": "null"}]}',
        '{"nodes": [{"role": "E", "triples": [["a", "b", "c"]], "logic": "null"}]}',
        '{"nodes": [{"role": "C", "triples": [["a", "b", "c"]], "logic": ["and"]}]}',
        '{"nodes": [{"role": "C", "triples": ["abc"], "logic": "null"}]}',
        "[1]",
    ],
)
def test_a_reply_that_is_no_tree_cannot_be_read(reply: str) -> None:
    assert read_nodes(reply) is None


def test_the_model_is_shown_an_example_and_bound_to_the_form() -> None:
    asked: list[tuple[Sequence[Message], Sampling, Mapping[str, Any] | None]] = []

    class Drawing(ScriptedSystems):
        def reply(
            self,
            messages: Sequence[Message],
            sampling: Sampling,
            *,
            of: str = "",
            schema: Mapping[str, Any] | None = None,
        ) -> Reply:
            asked.append((messages, sampling, schema))
            return super().reply(messages, sampling, of=of, schema=schema)

    drawn = draw("model", TOLD, "en", Drawing(replies=lambda _: [as_reply(GOUT)]))
    assert drawn.found == drawn.wanted == GOUT and drawn.readable
    ((messages, sampling, schema),) = asked
    assert [message.role for message in messages] == ["system", "user", "assistant", "user"]
    assert read_nodes(messages[2].text) is not None and messages[3].text == TOLD.text
    assert schema == SCHEMA and sampling.temperature == 0.0
    unread = draw("model", TOLD, "zh", ScriptedSystems(replies=lambda _: ["痛风"]))
    assert (unread.found, unread.readable, unread.reply) == ((), False, "痛风")
    with pytest.raises(UnsupportedLanguage, match="'fr'"):
        draw("model", TOLD, "fr", ScriptedSystems())


def test_the_schema_lets_every_tree_of_the_task_through() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for item in texts(load_task("trees"), None):
        assert item.told is not None
        jsonschema.validate(json.loads(as_reply(item.told.wanted)), dict(SCHEMA))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"nodes": []}, dict(SCHEMA))


def test_rules_draw_without_a_model() -> None:
    silent = ScriptedSystems()
    shapes = {name: [node.role for node in draw(name, TOLD, "en", silent).found] for name in DRAWERS if name != "model"}
    assert shapes == {"one decision": ["D"], "one condition": ["C", "D", "D"], "tree of the nearest text": ["C"]}
    assert silent.n_calls == 0
    with pytest.raises(ConfigError, match="oracle"):
        check_drawers(["model", "oracle"])


def test_the_nearest_text_is_another_one() -> None:
    trees = [DecisionTree(name, "en", text, GOUT[place : place + 1]) for place, (name, text) in enumerate(
        [("a", "patients with gout"), ("b", "children with fever"), ("c", "patients with gout and fever")]
    )]  # fmt: skip
    found = {tree.id: told.nearest for tree, told in told_by(trees)}
    assert found == {"a": trees[2].nodes, "b": trees[2].nodes, "c": trees[0].nodes}
    ((_, alone),) = told_by(trees[:1])
    assert alone.nearest == ()


def run(tmp_path: Path, systems: ScriptedSystems) -> Outcome:
    return run_task(load_task("trees"), systems, tmp_path / "out", root=None)


def figure(outcome: Outcome, scorer: str, part: str) -> float:
    return next(one.value for one in outcome.figures if (one.scorer, one.slice) == (scorer, part))


def test_a_model_that_draws_every_tree_is_perfect_and_no_rule_is(tmp_path: Path) -> None:
    wanted = {item.source: item.told.wanted for item in texts(load_task("trees"), None) if item.told}
    outcome = run(tmp_path, ScriptedSystems(replies=lambda asked: [as_reply(wanted[asked])]))
    for scorer in ("triple-f1", "node-f1", "path-f1", "tree-accuracy", "tree-readable"):
        assert figure(outcome, scorer, "en model") == 100.0
    assert figure(outcome, "edit-distance", "en model") == 0.0
    for rule in set(DRAWERS) - {"model"}:
        assert figure(outcome, "tree-accuracy", f"en {rule}") == 0.0
        assert figure(outcome, "edit-distance", f"en {rule}") > 2.0
    (table,) = outcome.tables
    assert ("en model", 10, 4.0, 4.0, 100.0) in table.rows and ("en one decision", 10, 1.0, 4.0, 100.0) in table.rows
    again = run(tmp_path, ScriptedSystems())
    assert again.n_resumed == again.n_items == 40 and again.tables == outcome.tables


def test_a_reply_that_cannot_be_read_costs_the_whole_tree(tmp_path: Path) -> None:
    outcome = run(tmp_path, ScriptedSystems(replies=lambda _: ["I cannot."]))
    assert figure(outcome, "tree-readable", "en model") == figure(outcome, "triple-f1", "en model") == 0.0
    assert figure(outcome, "edit-distance", "en model") > figure(outcome, "edit-distance", "en one decision")


def test_a_model_that_draws_nothing_has_drawn_nothing_right(tmp_path: Path) -> None:
    def silent(_asked: str) -> Sequence[str]:
        raise BackendFailed("'m' gave an empty reply")

    outcome = run(tmp_path, ScriptedSystems(replies=silent))
    assert figure(outcome, "failed", "en model") == 100.0
    assert [one.n for one in outcome.figures if (one.scorer, one.slice) == ("edit-distance", "en model")] == [10]
    assert figure(outcome, "edit-distance", "en model") > figure(outcome, "edit-distance", "en one decision")


def test_published_texts_are_read_from_the_folder_of_the_data(tmp_path: Path) -> None:
    task = load_task("trees-text2mdt")
    with pytest.raises(CorpusError, match="text2mdt"):
        list(texts(task, tmp_path))
    (tmp_path / "text2mdt").mkdir()
    nodes = [{"role": "D", "triples": [["患者", "治疗药物", "青霉素"]], "logical_rel": "null"}]
    (tmp_path / "text2mdt" / "dev.json").write_text(json.dumps([{"text": "患者用青霉素。", "tree": nodes}]), "utf-8")
    (item,) = texts(task, tmp_path)
    assert item.language == "zh" and item.told and item.told.wanted[0].triples == (("患者", "治疗药物", "青霉素"),)
