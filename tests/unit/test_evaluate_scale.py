"""Runs of many items on a server: each request once, whatever dies in between; memory that does not grow with them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("httpx", reason="pip install 'voicedoc[openai]'")
pytest.importorskip("matplotlib", reason="pip install 'voicedoc[evaluate]'")

from tests.conftest import ROOT
from tests.helpers.asked import systems_at, without_times, write_endpoint, write_questions, write_task
from tests.helpers.chat_service import ChatService, chat_service
from tests.helpers.systems import ScriptedSystems
from voicedoc.cli import main
from voicedoc.converse.dialogue.role import Message, Sampling
from voicedoc.errors import BackendFailed, BackendUnavailable, StoreError
from voicedoc.evaluate.run import Outcome, run_task
from voicedoc.evaluate.tasks import load_task

pytestmark = pytest.mark.unit


def measured(folder: Path, service: ChatService, *, out: str = "out", at_once: int = 8, **options: Any) -> Outcome:
    """The task in `folder`, asked of a server."""
    endpoint = write_endpoint(folder, service.url, at_once=at_once, attempts=3)
    with systems_at(endpoint, folder / out) as systems:
        return run_task(write_task(folder, **options), systems, folder / out, root=folder / "data")


def test_every_sample_of_every_item_is_asked_for_once_and_never_again(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 20)
    with chat_service(delay=0.002) as service:
        first = measured(tmp_path, service)
        assert service.counts() | {"most_at_once": 8} == {
            "n_came": 120, "n_answered": 120, "n_different": 120, "most_of_one": 1, "most_at_once": 8,
        }  # fmt: skip
        assert service.most_at_once <= 8
        again = measured(tmp_path, service)
        assert (first.n_items, first.n_resumed, again.n_resumed) == (40, 0, 40)
        results = tmp_path / "out" / "many" / "results.jsonl"
        rows = without_times(results)
        results.unlink()
        anew = measured(tmp_path, service)
        assert service.counts()["n_came"] == 120
    assert anew.n_resumed == 0 and without_times(results) == rows
    assert {(one.scorer, one.slice) for one in first.figures} >= {("unigrams", "es model"), ("answer-words", "all")}


def test_the_same_seed_gives_the_same_bytes_on_one_thread_and_on_many(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 12)
    texts = []
    with chat_service() as service:
        for out, at_once in (("one", 1), ("many", 8)):
            outcome = measured(tmp_path, service, out=out, at_once=at_once, answerers=("model", "copies the question"))
            rows = without_times(outcome.folder / "results.jsonl")
            files = [(outcome.folder / name).read_bytes() for name in ("scores.json", "report.html")]
            texts.append((rows, files))
        assert service.counts()["most_of_one"] == 2  # once for each folder
    assert texts[0] == texts[1]


def test_what_was_kept_counts_for_as_long_as_it_took(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 2)
    with chat_service(delay=0.05) as service:
        measured(tmp_path, service, samples=4)
        results = tmp_path / "out" / "many" / "results.jsonl"
        for again in range(2):
            seconds = [json.loads(line)["seconds"] for line in results.read_text("utf-8").splitlines()]
            assert len(seconds) == 4 and min(seconds) >= 0.2
            results.unlink()
            if not again:
                measured(tmp_path, service, samples=4)
        assert service.counts()["n_came"] == 16


def test_a_server_that_fails_some_items_is_asked_for_those_again_and_for_no_other(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 6)
    broken = True

    def behave(request: dict[str, Any], _times: int) -> str:
        return "400" if broken and "question 3?" in request["messages"][-1]["content"] else "answer"

    def busy(request: dict[str, Any], _times: int) -> str:
        return "429" if broken and "question 3?" in request["messages"][-1]["content"] else "answer"

    for name, how, n_again in (("refused", behave, 0), ("busy", busy, 2)):
        broken = True
        with chat_service(how) as service:
            (tmp_path / name).mkdir()
            (tmp_path / name / "data").symlink_to(tmp_path / "data")
            first = measured(tmp_path / name, service)
            assert next(one.value for one in first.figures if one.scorer == "failed") == pytest.approx(100 / 6)
            broken = False
            again = measured(tmp_path / name, service)
            assert again.n_resumed == 12 - n_again
            assert service.counts()["most_of_one"] == 1


def test_a_run_that_is_broken_off_waits_for_no_busy_server(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 30)

    def behave(_request: dict[str, Any], _times: int) -> str:
        return "answer" if service.answered.total() < 12 else "429"

    def broken_off(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with chat_service(behave, retry_after="600") as service:
        endpoint = write_endpoint(tmp_path, service.url, at_once=4)
        with pytest.raises(KeyboardInterrupt), systems_at(endpoint, tmp_path / "out") as systems:
            run_task(write_task(tmp_path), systems, tmp_path / "out", root=tmp_path / "data", progress=broken_off)
        for thread in threading.enumerate():
            if thread.name.startswith("evaluate"):
                thread.join(60.0)
                assert not thread.is_alive()
        with pytest.raises(BackendFailed, match="stopped"):  # nor is it asked for what comes after
            systems.reply([Message("user", "Q")], Sampling())
    assert len((tmp_path / "out" / "many" / "results.jsonl").read_bytes().splitlines()) >= 2


def test_a_damaged_file_of_results_is_said_to_be_one(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 1)
    results = tmp_path / "out" / "many" / "results.jsonl"
    results.parent.mkdir(parents=True)
    results.write_text('{"config": \n')
    with pytest.raises(StoreError, match="damaged") as caught:
        run_task(write_task(tmp_path), ScriptedSystems(), tmp_path / "out", root=tmp_path / "data")
    assert "delete it" in caught.value.remedy and results.read_text() == '{"config": \n'


def test_a_server_that_goes_away_ends_the_run_which_then_goes_on(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 30)
    gone = False

    def behave(_request: dict[str, Any], _times: int) -> str:
        return "drop" if gone or service.answered.total() >= 50 else "answer"

    with chat_service(behave) as service:
        with pytest.raises(BackendUnavailable, match="in a row"):
            measured(tmp_path, service, at_once=2)
        kept = len((tmp_path / "out" / "many" / "results.jsonl").read_bytes().splitlines())
        assert 10 <= kept <= 17
        n_before = service.answered.total()
        service._behave = lambda _request, _times: "answer"
        outcome = measured(tmp_path, service, at_once=2)
        assert outcome.n_items == 60 and outcome.n_resumed >= kept - 1
        assert (n_before, service.counts()["n_different"], service.counts()["most_of_one"]) == (50, 180, 1)


def test_a_changed_question_is_asked_anew_and_the_others_are_not(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 5)
    path = tmp_path / "data" / "text" / "xlinghealth.jsonl"
    with chat_service() as service:
        measured(tmp_path, service)
        path.write_text(path.read_text("utf-8").replace("en question 2?", "en question two?"), "utf-8")
        again = measured(tmp_path, service)
        assert (again.n_items, again.n_resumed) == (10, 9)
        assert service.counts()["n_came"] == 33


def test_a_judge_is_another_model_and_a_rule_may_be_either(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 3)
    task = write_task(tmp_path, judged=True, samples=1, scorers=("judged-readable", "answer-words"))
    with chat_service() as service:
        endpoint = write_endpoint(tmp_path, service.url)
        with systems_at("rule:copy-question", tmp_path / "out", judge=endpoint) as systems:
            assert systems.at_once == 16 and dict(systems.models)["rule:copy-question"]
            outcome = run_task(task, systems, tmp_path / "out", root=tmp_path / "data")
    assert service.counts()["n_came"] == 6
    asked = [json.loads(body)["messages"][-1]["content"] for body in service.answered]
    assert all("Answer 2: " in text and "question" in text for text in asked)
    assert (outcome.model, outcome.judge) == ("rule:copy-question", f"m at {service.url}")
    assert {"rule:copy-question", f"m at {service.url}"} < set(outcome.models)


def test_who_answers_and_who_judges_is_in_the_fingerprint(tmp_path: Path) -> None:
    one, other = "rule:copy-question", "rule:always-no"
    pairings = [("", ""), (one, ""), ("", one), (one, other), (other, one)]
    found = []
    for model, judge in pairings:
        with systems_at(model, tmp_path / "out", judge=judge) as systems:
            found.append((systems.fingerprint, systems.model, systems.judge))
    assert len({fingerprint for fingerprint, *_ in found}) == len(pairings)
    assert [roles for _, *roles in found] == [["", ""], [one, one], ["", one], [one, other], [other, one]]


def test_two_servers_with_a_model_of_one_name_are_two(tmp_path: Path) -> None:
    fingerprints = set()
    for first, second in ((1, 2), (2, 1), (1, 1)):
        paths = []
        for port in (first, second):
            (tmp_path / f"{port}").mkdir(exist_ok=True)
            paths.append(write_endpoint(tmp_path / f"{port}", f"http://127.0.0.1:{port}/v1"))
        with systems_at(paths[0], tmp_path / "out", judge=paths[1]) as systems:
            fingerprints.add(systems.fingerprint)
            assert {f"m at http://127.0.0.1:{port}/v1" for port in (first, second)} <= set(systems.models)
    assert len(fingerprints) == 3


def test_a_judge_does_not_change_what_the_profiles_own_model_has_replied(tmp_path: Path) -> None:
    with systems_at("", tmp_path / "a") as alone, systems_at("", tmp_path / "b", judge="rule:always-no") as judged:
        assert alone._own == judged._own


def test_what_tells_meanings_is_part_of_the_configuration_where_it_is_asked(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 2)
    task = write_task(tmp_path, samples=1)
    configs = set()
    for digest in ("missing", "ab" * 32):
        systems = ScriptedSystems(replies=lambda _: ["Yes."], meaning_models={"e5": digest})
        outcome = run_task(task, systems, tmp_path / "out", root=tmp_path / "data")
        assert (outcome.n_resumed, outcome.models["e5"]) == (0, digest)
        configs.add(outcome.config)
    assert len(configs) == 2
    plain = [
        run_task(load_task("nonspeech"), quiet(digest), tmp_path / "out", root=None, limit=1).config
        for digest in ("missing", "cd" * 32)
    ]
    assert len(set(plain)) == 1


def quiet(digest: str) -> ScriptedSystems:
    return ScriptedSystems(may_be_empty=True, meaning_models={"e5": digest})


def test_tokens_and_cost_are_told_in_scores_and_report_whenever_they_were_asked_for(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 3)
    task = write_task(tmp_path, samples=2, languages=("en",))
    with chat_service() as service:
        endpoint = write_endpoint(tmp_path, service.url, price_in=1e6, price_out=2e6, currency="EUR")
        told = []
        for _ in range(2):
            with systems_at(endpoint, tmp_path / "out") as systems:
                outcome = run_task(task, systems, tmp_path / "out", root=tmp_path / "data")
            told.append(json.loads((outcome.folder / "scores.json").read_text("utf-8")))
        assert service.counts()["n_came"] == 6
    assert outcome.n_resumed == 3 and told[0] == told[1]
    (bill,) = told[0]["replies"]
    assert (bill["model"], bill["n_replies"], bill["currency"]) == (f"m at {service.url}", 6, "EUR")
    assert bill["cost"] == bill["n_prompt_tokens"] + 2 * bill["n_tokens"] > 0
    assert (told[0]["model"], told[0]["judge"]) == (f"m at {service.url}", "")
    page = (outcome.folder / "report.html").read_text("utf-8")
    assert "6 replies" in page and f"Answers by m at {service.url}." in page and "EUR" in page


def test_memory_does_not_grow_with_what_was_replied(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 60)
    task = write_task(tmp_path, samples=4, languages=("en",), scorers=("failed",))

    def replies(asked: str) -> Sequence[str]:
        return [f"{asked} " + "a long answer " * 3000 + str(n) for n in range(4)]  # 42 KB each, 10 MB in all

    class Quiet(ScriptedSystems):
        def embed(self, texts: Sequence[str]) -> None:
            return None

        def token_vectors(self, texts: Sequence[str]) -> None:
            return None

    run_task(task, Quiet(replies=replies), tmp_path / "warm", root=tmp_path / "data", limit=1)
    tracemalloc.start()
    outcome = run_task(task, Quiet(replies=replies), tmp_path / "out", root=tmp_path / "data")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outcome.n_items == 60
    assert (outcome.folder / "results.jsonl").stat().st_size > 10e6
    assert peak < 3e6


DRIVER = """
import sys
from pathlib import Path
from tests.helpers.asked import systems_at, write_task
from voicedoc.evaluate.run import run_task

folder = Path(sys.argv[1])
with systems_at(str(folder / "server.toml"), folder / "out") as systems:
    outcome = run_task(write_task(folder), systems, folder / "out", root=folder / "data")
print(outcome.n_items, outcome.n_resumed)
"""


def test_a_killed_run_goes_on_and_asks_again_for_nothing_that_it_had(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 40)
    command = [sys.executable, "-c", DRIVER, str(tmp_path)]
    with chat_service(delay=0.005) as service:
        write_endpoint(tmp_path, service.url, at_once=4)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as run:
            while service.answered.total() < 60:
                time.sleep(0.005)
            run.kill()
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        n_items, n_resumed = map(int, again.stdout.split())
        assert n_items == 80 and 1 <= n_resumed < 80
        counts = service.counts()
        assert counts["n_different"] == 240
        assert counts["n_answered"] - 240 <= 4  # what was on its way when the process died
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "data").symlink_to(tmp_path / "data")
    with chat_service() as service:
        whole = measured(tmp_path / "whole", service)
    rows = [without_times(folder / "results.jsonl") for folder in (whole.folder, tmp_path / "out" / "many")]
    own = [
        [{key: value for key, value in row.items() if key not in ("config", "used")} for row in each] for each in rows
    ]
    assert own[0] == own[1]


def test_the_command_asks_a_server_and_says_what_it_took(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 3)
    write_task(tmp_path)
    with chat_service() as service:
        endpoint = write_endpoint(tmp_path, service.url, price_in=1000.0, price_out=1000.0)
        command = [
            "evaluate", str(tmp_path / "many.toml"), "--profile", "scripted", "--data", str(tmp_path / "data"),
            "--out", str(tmp_path / "out"), "--model", endpoint,
        ]  # fmt: skip
        shown = CliRunner().invoke(main, command)
        assert shown.exit_code == 0, shown.output
        again = CliRunner().invoke(main, command)
        assert service.counts()["n_came"] == 18
    told = " ".join(shown.output.split())
    assert f"m at {service.url}: 18 replies now" in told and "USD" in told
    assert "/v1: 0 replies now, 0 tokens read and 0 written, 0.00 USD (" in " ".join(again.output.split())
    assert (tmp_path / "out" / "replies.sqlite").is_file()
    assert "Try:" in CliRunner().invoke(main, [*command[:-1], str(tmp_path / "nowhere.toml")]).output
    assert CliRunner().invoke(main, [*command, "--workers", "2"]).exit_code == 2
    assert CliRunner().invoke(main, [*command, "--ray", "some where"]).exit_code == 2


# --- on a cluster


needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'voicedoc[ray]'")

ON_CLUSTER = """
import os
import sys
from pathlib import Path
from tests.helpers.asked import systems_at, write_task
from voicedoc.evaluate.run import run_task
from voicedoc.evaluate.sharded import SystemsSpec, sharded
from voicedoc.jobs.joining import Cluster
from voicedoc.profiles import load_profile

folder, out = Path(sys.argv[1]), Path(sys.argv[1]) / "out"
endpoint = str(folder / "server.toml")
spec = SystemsSpec(load_profile("scripted"), endpoint)
solver = sharded(Cluster("local", workers=2, cores=1), spec, out / "replies.sqlite", "asking", poll=0.05)
with systems_at(endpoint, out) as systems:
    outcome = run_task(write_task(folder), systems, out, root=folder / "data", solver=solver)
print(outcome.n_items, outcome.n_resumed)
"""


def workers_of(pid: int) -> list[Any]:
    """The processes below one that solve jobs."""
    psutil = pytest.importorskip("psutil")
    below = psutil.Process(pid).children(recursive=True)
    return [one for one in below if one.name().startswith("ray::Worker")]


@needs_ray
def test_on_a_cluster_a_killed_worker_and_then_a_killed_driver_cost_nothing_that_was_replied(tmp_path: Path) -> None:
    write_questions(tmp_path / "data", 60)
    command = [sys.executable, "-c", ON_CLUSTER, str(tmp_path)]
    with chat_service(delay=0.02) as service:
        write_endpoint(tmp_path, service.url, at_once=4)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as run:
            while service.answered.total() < 40:
                assert run.poll() is None
                time.sleep(0.01)
            os.kill(workers_of(run.pid)[0].pid, signal.SIGKILL)
            while service.answered.total() < 120:
                assert run.poll() is None
                time.sleep(0.01)
            run.kill()
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        counts = service.counts()
    n_items, n_resumed = map(int, again.stdout.split())
    assert n_items == 120 and 10 <= n_resumed < 120
    assert counts["n_different"] == 360 and counts["most_at_once"] <= 4
    assert counts["n_answered"] - 360 <= 2 + 4  # what was on its way when the worker died, and when all did
    rows = without_times(tmp_path / "out" / "many" / "results.jsonl")
    assert len({row["item"] for row in rows}) == 120 and not any(row["error"] for row in rows)
